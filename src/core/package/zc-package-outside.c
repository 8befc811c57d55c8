/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-outside.h"

#include "package/zc-frame-reader.h"
#include "package/zc-lock.h"
#include "package/zc-passphrase.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <string.h>

/* Most of a number that differs means another package; a few digits mean damage. For the wording alone. */
#define ID_DIGITS_DAMAGED 4

/* What was altered is looked at before anything is authenticated, for the sake of the message alone. */

void
zc_outside_clear (ZcOutside *self)
{
  g_clear_pointer (&self->smalls, g_ptr_array_unref);
  g_clear_pointer (&self->index, g_bytes_unref);
  g_clear_pointer (&self->digests, g_free);
  g_clear_pointer (&self->chunks, g_free);
  g_clear_pointer (&self->altered, g_free);
}

static gboolean
fail_index (GError **error)
{
  return zc_fail (error, ZC_ERROR_DAMAGED,
                  _("The package was altered: its list of digests (index.txt) is not as it was written."));
}

static gboolean
fail_mixed (GError **error)
{
  return zc_fail (
      error, ZC_ERROR_DAMAGED,
      _("Parts of two packages are mixed in this file: it is not as it was written. Copy it again."));
}

static gboolean
check_ids (const ZcOutside *self, GError **error)
{
  guint differing = 0;

  for (guint i = 0; i < 2 * ZC_FRAME_ID_SIZE; i++)
    if (self->id[i] != self->frame->id[i])
      differing++;
  if (differing == 0)
    return TRUE;
  return differing > ID_DIGITS_DAMAGED ? fail_mixed (error) : zc_frame_fail_beginning (error);
}

gboolean
zc_outside_read (ZcOutside *self, const ZcFrame *frame, ZcSource *source, GError **error)
{
  self->frame = frame;
  self->smalls = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; zc_frame_is_small (frame, i); i++)
    {
      GBytes *bytes = zc_frame_read_entry (source, zc_tar_layout_get (frame->layout, i), error);

      if (!bytes)
        return FALSE;
      g_ptr_array_add (self->smalls, bytes);
    }
  self->index = zc_frame_read_entry (source, zc_tar_layout_get (frame->layout, self->smalls->len + 1), error);
  if (!self->index)
    return FALSE;
  if (!zc_frame_parse_index (frame, self->index, self->id, &self->digests, &self->chunks))
    return fail_index (error);
  self->altered = g_new0 (gboolean, self->smalls->len);
  for (guint i = 0; i < self->smalls->len; i++)
    {
      guint8 digest[ZC_DIGEST_SIZE];

      zc_digest_of (zc_suite_info (frame->suite)->hash, g_bytes_get_data (self->smalls->pdata[i], NULL),
                    g_bytes_get_size (self->smalls->pdata[i]), digest);
      self->altered[i] = memcmp (digest, self->digests + i * ZC_DIGEST_SIZE, sizeof digest) != 0;
    }
  return check_ids (self, error);
}

static guint
lock_entry (const ZcOutside *self, guint lock, gboolean key)
{
  g_autofree char *name = zc_frame_lock_name (self->frame, lock, key);

  return zc_frame_find (self->frame, name);
}

static gboolean
fail_small (const ZcOutside *self, guint entry, GError **error)
{
  const char *name = zc_tar_layout_get (self->frame->layout, entry)->name;

  if (entry == 0)
    return zc_frame_fail_beginning (error);
  if (g_str_has_prefix (name, "lock-"))
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("The package was altered: its lock “%s” is not as it was written."), name);
  return zc_fail (error, ZC_ERROR_DAMAGED,
                  _("The package was altered: its part “%s” is not as it was written."), name);
}

/* Tries one lock by a passphrase. */
static ZcSecret *
try_passphrase (const ZcOutside *self, guint lock, const ZcSecret *passphrase, gboolean *sound)
{
  GBytes *pem = self->smalls->pdata[lock_entry (self, lock, TRUE)];
  GBytes *wrapped = self->smalls->pdata[lock_entry (self, lock, FALSE)];
  g_autoptr (EVP_PKEY) key = zc_lock_unprotect (self->frame->suite, pem, passphrase, sound);

  return key ? zc_lock_unwrap (self->frame->suite, key, wrapped) : NULL;
}

/* A generated passphrase may be typed in small letters or with blanks. */
static ZcSecret *
try_passphrase_forms (const ZcOutside *self, guint lock, const ZcSecret *passphrase, gboolean *sound)
{
  g_autoptr (ZcSecret) canonical = zc_passphrase_canonical (passphrase);
  ZcSecret *secret = canonical ? try_passphrase (self, lock, canonical, sound) : NULL;

  if (!secret && (!canonical || !zc_secret_equal (canonical, passphrase)))
    secret = try_passphrase (self, lock, passphrase, sound);
  return secret;
}

/* Tries the locks of one kind: @key opens those for certificates, @passphrase the others. */
static ZcSecret *
try_locks (const ZcOutside *self, const ZcOfficeKey *key, const ZcSecret *passphrase, GError **error)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->frame->n_locks; i++)
    {
      gboolean sound = TRUE;
      ZcSecret *secret;

      if (self->frame->locks[i].phrase != (passphrase != NULL))
        continue;
      any = TRUE;
      secret = passphrase ? try_passphrase_forms (self, i, passphrase, &sound)
                          : zc_lock_unwrap (self->frame->suite, zc_office_key_pkey (key),
                                            self->smalls->pdata[lock_entry (self, i, FALSE)]);
      if (secret)
        return secret;
      if (passphrase && (!sound || self->altered[lock_entry (self, i, TRUE)]))
        return fail_small (self, lock_entry (self, i, TRUE), error), NULL;
      if (self->altered[lock_entry (self, i, FALSE)])
        return fail_small (self, lock_entry (self, i, FALSE), error), NULL;
    }
  if (!any)
    return zc_fail_null (error, ZC_ERROR_KEY,
                         passphrase
                             ? _("This package has no passphrase: it is opened by the office's private key.")
                             : _("This package is opened by a passphrase, not by a private key."));
  return zc_fail_null (
      error, ZC_ERROR_KEY,
      passphrase
          ? _("The passphrase does not open this package. Type it again as the unit gave it; capitals and spaces count.")
          : _("The private key does not open this package: it was encrypted to another certificate."));
}

ZcSecret *
zc_outside_open_locks (const ZcOutside *self, const ZcOfficeKey *key, const ZcSecret *passphrase, GError **error)
{
  ZcSecret *secret;

  if (!key && !passphrase)
    return zc_fail_null (error, ZC_ERROR_KEY,
                         _("Give the private key or the passphrase that opens this package."));
  if (key && zc_office_key_suite (key) != self->frame->suite && !passphrase)
    return zc_fail_null (error, ZC_ERROR_KEY,
                         _("The private key is for the suite %s, but the package is of the suite %s."),
                         zc_suite_title (zc_office_key_suite (key)), zc_suite_title (self->frame->suite));
  if (key && zc_office_key_suite (key) == self->frame->suite)
    {
      secret = try_locks (self, key, NULL, passphrase ? NULL : error);
      if (secret || !passphrase)
        return secret;
    }
  return try_locks (self, NULL, passphrase, error);
}

gboolean
zc_outside_check (const ZcOutside *self, GError **error)
{
  for (guint i = 0; i < self->smalls->len; i++)
    if (self->altered[i])
      return fail_small (self, i, error);
  return TRUE;
}

gboolean
zc_outside_authenticate (const ZcOutside *self, ZcSource *source, const ZcSecret *key, GError **error)
{
  const ZcTarEntry *entry = zc_tar_layout_get (self->frame->layout, self->smalls->len + 2);
  g_autoptr (ZcSecret) key_mac = zc_suite_derive (self->frame->suite, key, "mac", ZC_MAC_SIZE);
  g_autofree char *hex = NULL, *line = NULL;
  char found[ZC_FRAME_MAC_BYTES];
  guint8 mac[ZC_MAC_SIZE];

  if (!zc_source_read (source, entry->offset + ZC_TAR_BLOCK, found, sizeof found, error))
    return FALSE;
  zc_suite_mac (self->frame->suite, key_mac, g_bytes_get_data (self->index, NULL),
                g_bytes_get_size (self->index), mac);
  hex = zc_hex (mac, sizeof mac);
  line = g_strconcat (hex, "\n", NULL);
  if (CRYPTO_memcmp (line, found, sizeof found) != 0)
    {
      /* A lock that opens but is not the listed one came from elsewhere. */
      for (guint i = 1; i < self->smalls->len; i++)
        if (self->altered[i] && g_str_has_prefix (zc_tar_layout_get (self->frame->layout, i)->name, "lock-"))
          return fail_mixed (error);
      return fail_index (error);
    }
  return zc_outside_check (self, error);
}
