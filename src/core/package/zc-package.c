/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-private.h"

#include "package/zc-chunk-pipe.h"
#include "package/zc-lock.h"
#include "package/zc-manifest.h"
#include "package/zc-passphrase.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <openssl/crypto.h>
#include <string.h>

/* Most of a number that differs means another package; a few digits mean damage. For the wording alone. */
#define ID_DIGITS_DAMAGED 4

/* The frame */

static GBytes *
read_entry (ZcSource *source, const ZcTarEntry *entry, GError **error)
{
  g_autofree guint8 *data = g_malloc (entry->size + 1);

  if (!zc_source_read (source, entry->offset + ZC_TAR_BLOCK, data, entry->size, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), entry->size);
}

static gboolean
fail_beginning (GError **error)
{
  return zc_fail (error, ZC_ERROR_DAMAGED,
                  _("The package was altered: its beginning (format.txt) is not as it was written."));
}

static gpointer
fail_stump (GError **error)
{
  return zc_fail_null (error, ZC_ERROR_DAMAGED,
                       _("The package was cut short: hardly anything of it is there. Copy it again."));
}

/* Whether the first bytes, @n of them, are those of a package: by the name of its first file or by what that
 * says. */
static gboolean
looks_like_package (const guint8 *start, gsize n)
{
  static const char name[] = ZC_FRAME_FORMAT, text[] = "zicha-package ";

  if (n == 0)
    return FALSE;
  if (memcmp (start, name, MIN (n, sizeof name)) == 0)
    return TRUE;
  return n >= ZC_TAR_BLOCK + strlen (text) && memcmp (start + ZC_TAR_BLOCK, text, strlen (text)) == 0;
}

/* Reads format.txt, which stands in front and says how large everything is. */
static ZcFrame *
read_format (ZcSource *source, GError **error)
{
  guint8 start[2 * ZC_TAR_BLOCK] = { 0 }, wanted[ZC_TAR_BLOCK];
  gsize available = (gsize) MIN (zc_source_size (source), sizeof start);
  g_autoptr (GBytes) format = NULL;
  ZcTarEntry entry = { NULL };
  char digits[12] = "";

  if (!zc_source_read (source, 0, start, available, error))
    return NULL;
  if (!looks_like_package (start, available))
    return zc_fail_null (error, ZC_ERROR_INVALID, _("This file is not a submission package."));
  if (available < ZC_TAR_BLOCK)
    return fail_stump (error);
  memcpy (digits, start + 124, 11);
  entry.size = g_ascii_strtoull (digits, NULL, 8);
  if (entry.size == 0 || entry.size > ZC_FRAME_FORMAT_MAX)
    return fail_beginning (error), NULL;
  zc_tar_header (ZC_FRAME_FORMAT, entry.size, wanted);
  if (memcmp (start, wanted, sizeof wanted) != 0)
    return fail_beginning (error), NULL;
  if (zc_source_size (source) - ZC_TAR_BLOCK < entry.size)
    return fail_stump (error);
  format = read_entry (source, &entry, error);
  return format ? zc_frame_parse (format, error) : NULL;
}

static gboolean
check_size (const ZcFrame *frame, ZcSource *source, GError **error)
{
  guint64 wanted = frame->layout->size, found = zc_source_size (source);

  if (found < wanted)
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("The package was cut short: %" PRIu64 " of %" PRIu64
                       " bytes are there. "
                       "Copy it again."),
                    found, wanted);
  if (found > wanted)
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("Something was appended to the package: it has %" PRIu64 " bytes too many."),
                    found - wanted);
  return TRUE;
}

static gboolean
is_zero (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (data[i])
      return FALSE;
  return TRUE;
}

/* Every header must be the one right header, everything between the files zero: no byte is left unchecked. */
static gboolean
check_tar (const ZcFrame *frame, ZcSource *source, GError **error)
{
  const ZcTarLayout *layout = frame->layout;
  guint8 found[ZC_TAR_END], wanted[ZC_TAR_BLOCK];

  for (guint i = 0; i < layout->entries->len; i++)
    {
      const ZcTarEntry *entry = zc_tar_layout_get (layout, i);
      guint64 end = entry->offset + ZC_TAR_BLOCK + entry->size;
      gsize rest = (gsize) (zc_tar_rounded (entry->size) - entry->size);

      if (!zc_source_read (source, entry->offset, found, ZC_TAR_BLOCK, error))
        return FALSE;
      zc_tar_header (entry->name, entry->size, wanted);
      if (memcmp (found, wanted, ZC_TAR_BLOCK) != 0)
        return zc_fail (error, ZC_ERROR_DAMAGED,
                        _("The package was altered: the header of its part “%s” is not as it was written."),
                        entry->name);
      if (!zc_source_read (source, end, found, rest, error))
        return FALSE;
      if (!is_zero (found, rest))
        return zc_fail (error, ZC_ERROR_DAMAGED,
                        _("The package was altered: there is something behind its part “%s”."), entry->name);
    }
  if (!zc_source_read (source, layout->size - ZC_TAR_END, found, ZC_TAR_END, error))
    return FALSE;
  return is_zero (found, ZC_TAR_END)
         || zc_fail (error, ZC_ERROR_DAMAGED,
                     _("The package was altered: its end is not as it was written."));
}

static void
fill_info (const ZcFrame *frame, ZcPackageInfo *info)
{
  memset (info, 0, sizeof *info);
  info->suite = frame->suite;
  memcpy (info->id, frame->id, sizeof info->id);
  info->size = frame->layout->size;
  for (guint i = 0; i < frame->n_locks; i++)
    if (frame->locks[i].phrase)
      info->passphrase = TRUE;
    else
      info->certificates++;
}

static ZcFrame *
read_frame (ZcSource *source, GError **error)
{
  g_autoptr (ZcFrame) frame = read_format (source, error);

  if (!frame || !check_size (frame, source, error) || !check_tar (frame, source, error))
    return NULL;
  return g_steal_pointer (&frame);
}

gboolean
zc_package_peek (ZcSource *source, ZcPackageInfo *info, GError **error)
{
  g_autoptr (ZcFrame) frame = read_frame (source, error);

  if (!frame)
    return FALSE;
  fill_info (frame, info);
  return TRUE;
}

/* The locks. What was altered is looked at before anything is authenticated, for the sake of the message
 * alone. */

typedef struct
{
  const ZcFrame *frame;
  GPtrArray *smalls; /* (element-type GBytes): the contents of the small entries */
  GBytes *index;
  guint8 *digests; /* what the index says of the small entries */
  guint8 *chunks;
  char id[2 * ZC_FRAME_ID_SIZE + 1];
  gboolean *altered; /* for each small entry */
} Outside;

static void
outside_clear (Outside *self)
{
  g_clear_pointer (&self->smalls, g_ptr_array_unref);
  g_clear_pointer (&self->index, g_bytes_unref);
  g_clear_pointer (&self->digests, g_free);
  g_clear_pointer (&self->chunks, g_free);
  g_clear_pointer (&self->altered, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outside, outside_clear)

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
check_ids (const Outside *self, GError **error)
{
  guint differing = 0;

  for (guint i = 0; i < 2 * ZC_FRAME_ID_SIZE; i++)
    if (self->id[i] != self->frame->id[i])
      differing++;
  if (differing == 0)
    return TRUE;
  return differing > ID_DIGITS_DAMAGED ? fail_mixed (error) : fail_beginning (error);
}

static gboolean
read_outside (Outside *self, const ZcFrame *frame, ZcSource *source, GError **error)
{
  self->frame = frame;
  self->smalls = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; zc_frame_is_small (frame, i); i++)
    {
      GBytes *bytes = read_entry (source, zc_tar_layout_get (frame->layout, i), error);

      if (!bytes)
        return FALSE;
      g_ptr_array_add (self->smalls, bytes);
    }
  self->index = read_entry (source, zc_tar_layout_get (frame->layout, self->smalls->len + 1), error);
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
lock_entry (const Outside *self, guint lock, gboolean key)
{
  g_autofree char *name = zc_frame_lock_name (self->frame, lock, key);

  return zc_frame_find (self->frame, name);
}

static gboolean
fail_small (const Outside *self, guint entry, GError **error)
{
  const char *name = zc_tar_layout_get (self->frame->layout, entry)->name;

  if (entry == 0)
    return fail_beginning (error);
  if (g_str_has_prefix (name, "lock-"))
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("The package was altered: its lock “%s” is not as it was written."), name);
  return zc_fail (error, ZC_ERROR_DAMAGED,
                  _("The package was altered: its part “%s” is not as it was written."), name);
}

/* Tries one lock by a passphrase. */
static ZcSecret *
try_passphrase (const Outside *self, guint lock, const ZcSecret *passphrase, gboolean *sound)
{
  GBytes *pem = self->smalls->pdata[lock_entry (self, lock, TRUE)];
  GBytes *wrapped = self->smalls->pdata[lock_entry (self, lock, FALSE)];
  g_autoptr (EVP_PKEY) key = zc_lock_unprotect (self->frame->suite, pem, passphrase, sound);

  return key ? zc_lock_unwrap (self->frame->suite, key, wrapped) : NULL;
}

/* A generated passphrase may be typed in small letters or with blanks. */
static ZcSecret *
try_passphrase_forms (const Outside *self, guint lock, const ZcSecret *passphrase, gboolean *sound)
{
  g_autoptr (ZcSecret) canonical = zc_passphrase_canonical (passphrase);
  ZcSecret *secret = canonical ? try_passphrase (self, lock, canonical, sound) : NULL;

  if (!secret && (!canonical || !zc_secret_equal (canonical, passphrase)))
    secret = try_passphrase (self, lock, passphrase, sound);
  return secret;
}

/* Tries the locks of one kind: @key opens those for certificates, @passphrase the others. */
static ZcSecret *
try_locks (const Outside *self, const ZcOfficeKey *key, const ZcSecret *passphrase, GError **error)
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
          ? _("The passphrase does not open this package.")
          : _("The private key does not open this package: it was encrypted to another certificate."));
}

static ZcSecret *
open_locks (const Outside *self, const ZcOfficeKey *key, const ZcSecret *passphrase, GError **error)
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

/* The authentication of all that stands outside the payload. */
static gboolean
authenticate (const Outside *self, ZcSource *source, const ZcSecret *key, GError **error)
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
  for (guint i = 0; i < self->smalls->len; i++)
    if (self->altered[i])
      return fail_small (self, i, error);
  return TRUE;
}

/* Without a key */

static gboolean
check_chunks (const Outside *self, ZcSource *source, const ZcProgress *progress, GError **error)
{
  const ZcFrame *frame = self->frame;
  guint64 start = zc_tar_layout_get (frame->layout, self->smalls->len)->offset + ZC_TAR_BLOCK;
  g_autofree guint8 *data = g_malloc (MIN (frame->payload_size, ZC_CHUNK_BYTES));
  guint8 digest[ZC_DIGEST_SIZE];

  for (guint64 n = 0; n < frame->n_chunks; n++)
    {
      guint64 at = n * ZC_CHUNK_BYTES;
      gsize size = (gsize) MIN (frame->payload_size - at, ZC_CHUNK_BYTES);

      zc_progress_report (progress, _("Checking the package"), at, frame->payload_size);
      if (zc_fail_if_cancelled (zc_progress_cancellable (progress), error) || !zc_source_read (source, start + at, data, size, error))
        return FALSE;
      zc_suite_chunk_digest (frame->suite, data, size, digest);
      if (memcmp (digest, self->chunks + n * ZC_DIGEST_SIZE, sizeof digest) != 0)
        return zc_fail (error, ZC_ERROR_DAMAGED,
                        _("The package was altered: part %" PRIu64 " of %" PRIu64
                           " of its content "
                           "is not as it was written."),
                        n + 1, frame->n_chunks);
    }
  zc_progress_report (progress, _("Checking the package"), frame->payload_size, frame->payload_size);
  return TRUE;
}

gboolean
zc_package_check (ZcSource *source, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcFrame) frame = read_frame (source, error);
  g_auto (Outside) outside = { NULL };

  if (!frame || !read_outside (&outside, frame, source, error))
    return FALSE;
  for (guint i = 0; i < outside.smalls->len; i++)
    if (outside.altered[i])
      return fail_small (&outside, i, error);
  return check_chunks (&outside, source, progress, error);
}

/* The inside */

static gboolean
fail_inside (GError **error)
{
  return zc_fail (error, ZC_ERROR_DAMAGED,
                  _("The package was not made by this program: its content is not laid out as it must be. "
                     "Ask the unit for a new one."));
}

static gboolean
read_manifest (ZcPackage *self, GError **error)
{
  guint8 header[ZC_TAR_BLOCK], wanted[ZC_TAR_BLOCK];
  g_autofree guint8 *data = NULL;
  char digits[12] = "";
  guint64 size;

  if (!zc_package_read_content (self, 0, header, sizeof header, error))
    return FALSE;
  memcpy (digits, header + 124, 11);
  size = g_ascii_strtoull (digits, NULL, 8);
  if (size == 0 || size > ZC_MANIFEST_MAX_BYTES || size > self->frame->payload_size - ZC_TAR_BLOCK)
    return fail_inside (error);
  zc_tar_header (ZC_MEMBER_MANIFEST, size, wanted);
  if (memcmp (header, wanted, sizeof wanted) != 0)
    return fail_inside (error);
  data = g_malloc (size);
  if (!zc_package_read_content (self, ZC_TAR_BLOCK, data, size, error))
    return FALSE;
  self->manifest = g_bytes_new_take (g_steal_pointer (&data), size);
  return TRUE;
}

static gboolean
read_contents (ZcPackage *self, GError **error)
{
  g_autoptr (ZcTarLayout) bare = NULL;
  guint64 total = 0;

  if (!read_manifest (self, error))
    return FALSE;
  self->members = zc_manifest_parse (self->manifest);
  if (!self->members)
    return fail_inside (error);
  for (guint i = 0; i < self->members->len; i++)
    {
      const ZcMember *member = self->members->pdata[i];

      total += MIN (member->size, ZC_FRAME_PAYLOAD_MAX);
      if (member->size > self->frame->payload_size || total > self->frame->payload_size)
        return fail_inside (error);
    }
  bare = zc_manifest_layout (g_bytes_get_size (self->manifest), self->members, 0);
  if (bare->size > self->frame->payload_size)
    return fail_inside (error);
  self->content = zc_manifest_layout (g_bytes_get_size (self->manifest), self->members,
                                      self->frame->payload_size - bare->size);
  return TRUE;
}

ZcPackage *
zc_package_open (ZcSource *source, const ZcOfficeKey *key, const ZcSecret *passphrase, GError **error)
{
  g_autoptr (ZcPackage) self = g_new0 (ZcPackage, 1);
  g_auto (Outside) outside = { NULL };
  g_autoptr (ZcSecret) secret = NULL;

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  self->cached_n = G_MAXUINT64;
  self->source = zc_source_ref (source);
  if (!zc_suite_self_test (error) || !(self->frame = read_frame (source, error))
      || !read_outside (&outside, self->frame, source, error)
      || !(secret = open_locks (&outside, key, passphrase, error))
      || !authenticate (&outside, source, secret, error))
    return NULL;
  fill_info (self->frame, &self->info);
  self->chunks = g_steal_pointer (&outside.chunks);
  self->key_enc = zc_suite_derive (self->frame->suite, secret, "enc",
                                   zc_suite_info (self->frame->suite)->cipher_key_size);
  self->payload_offset = zc_tar_layout_get (self->frame->layout, outside.smalls->len)->offset + ZC_TAR_BLOCK;
  return read_contents (self, error) ? g_steal_pointer (&self) : NULL;
}

const ZcPackageInfo *
zc_package_info (const ZcPackage *self)
{
  return &self->info;
}

GPtrArray *
zc_package_members (ZcPackage *self)
{
  return self->members;
}

const ZcMember *
zc_package_find (ZcPackage *self, const char *name)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      const ZcMember *member = self->members->pdata[i];

      if (g_str_equal (member->name, name))
        return member;
    }
  return NULL;
}

ZcPackage *
zc_package_ref (ZcPackage *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
zc_package_unref (ZcPackage *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->refs))
    return;
  zc_source_unref (self->source);
  zc_frame_free (self->frame);
  zc_secret_free (self->key_enc);
  g_free (self->chunks);
  g_clear_pointer (&self->manifest, g_bytes_unref);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  zc_tar_layout_free (self->content);
  g_free (self->cached);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
