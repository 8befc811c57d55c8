/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-writer-private.h"

#include "package/zc-lock.h"
#include "package/zc-manifest.h"
#include "package/zc-pace.h"
#include "package/zc-readme.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_PADDING (1024 * 1024)
#define DIGEST_BUFFER (256 * 1024)

static gboolean
digest_member (ZcMember *member, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcDigest) digest = zc_digest_new (ZC_DIGEST_SM3 | ZC_DIGEST_SHA256);
  g_autofree guint8 *buffer = g_malloc (DIGEST_BUFFER);
  ZcPace pace = { 0 };

  for (guint64 at = 0; at < member->size;)
    {
      gsize n = (gsize) MIN (member->size - at, DIGEST_BUFFER);

      if (zc_fail_if_cancelled (zc_progress_cancellable (progress), error)
          || !zc_source_read (member->source, at, buffer, n, error))
        return FALSE;
      zc_digest_update (digest, buffer, n);
      at += n;
      zc_pace_report (&pace, progress, _("Digesting"), at, member->size);
    }
  zc_digest_get (digest, ZC_DIGEST_SM3, member->sm3);
  zc_digest_get (digest, ZC_DIGEST_SHA256, member->sha256);
  member->has_digests = TRUE;
  return TRUE;
}

static gboolean
copy_members (ZcPackageWriter *self, GPtrArray *members, const ZcProgress *progress, GError **error)
{
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  for (guint i = 0; i < members->len; i++)
    {
      const ZcMember *member = members->pdata[i];
      ZcMember *copy = zc_member_new (member->name, member->original_name, member->source);

      g_ptr_array_add (self->members, copy);
      if (member->has_digests)
        zc_member_set_digests (copy, member->sm3, member->sha256);
      else if (!digest_member (copy, progress, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
lay_out_content (ZcPackageWriter *self, guint64 granularity, GError **error)
{
  g_autoptr (ZcTarLayout) bare = NULL;
  guint64 padded;

  self->manifest = zc_manifest_write (self->members);
  bare = zc_manifest_layout (g_bytes_get_size (self->manifest), self->members, 0);
  padded = (bare->size + granularity - 1) & ~(granularity - 1);
  if (padded > ZC_FRAME_PAYLOAD_MAX || g_bytes_get_size (self->manifest) > ZC_MANIFEST_MAX_BYTES)
    return zc_fail (error, ZC_ERROR_LIMIT,
                    _("This is too much for one package: it may hold at most 256 GiB."));
  self->content = zc_manifest_layout (g_bytes_get_size (self->manifest), self->members, padded - bare->size);
  zc_tar_walk_init (&self->walk, self->content);
  self->digest = zc_content_digest_new (self->content, self->members);
  self->frame->payload_size = self->content->size;
  return TRUE;
}

static gboolean
add_certificate_lock (ZcPackageWriter *self,
                      const ZcCertificate *certificate,
                      const ZcSecret *key,
                      GError **error)
{
  ZcFrameLock *lock = &self->frame->locks[self->frame->n_locks];
  ZcSuite suite;
  GBytes *wrapped;

  if (!zc_certificate_check (certificate, error))
    return FALSE;
  if (!zc_certificate_get_suite (certificate, &suite) || suite != self->frame->suite)
    return zc_fail (
        error, ZC_ERROR_KEY,
        _("The certificate of “%s” (%s) does not fit the suite %s. Choose the other suite, or another "
           "certificate."),
        certificate->name, certificate->algorithm, zc_suite_title (self->frame->suite));
  wrapped = zc_lock_wrap (suite, X509_get0_pubkey (certificate->x509), key, error);
  if (!wrapped)
    return FALSE;
  g_ptr_array_add (self->smalls, wrapped);
  lock->number = ++self->frame->n_locks;
  lock->size = g_bytes_get_size (wrapped);
  return TRUE;
}

static gboolean
add_passphrase_lock (ZcPackageWriter *self, const ZcSecret *passphrase, const ZcSecret *key, GError **error)
{
  ZcFrameLock *lock = &self->frame->locks[self->frame->n_locks];
  g_autoptr (EVP_PKEY) pair = zc_lock_generate (self->frame->suite, error);
  GBytes *sealed = pair ? zc_lock_protect (self->frame->suite, pair, passphrase, error) : NULL;
  GBytes *wrapped = sealed ? zc_lock_wrap (self->frame->suite, pair, key, error) : NULL;

  if (sealed)
    g_ptr_array_add (self->smalls, sealed);
  if (!wrapped)
    return FALSE;
  g_ptr_array_add (self->smalls, wrapped);
  lock->number = ++self->frame->n_locks;
  lock->phrase = TRUE;
  lock->key_size = g_bytes_get_size (sealed);
  lock->size = g_bytes_get_size (wrapped);
  return TRUE;
}

static gboolean
add_locks (ZcPackageWriter *self, const ZcPackageRequest *request, const ZcSecret *key, GError **error)
{
  guint n = (request->certificates ? request->certificates->len : 0) + (request->passphrase ? 1 : 0);

  if (n == 0)
    return zc_fail (error, ZC_ERROR_USAGE,
                    _("Nobody could open this package: choose a certificate or a passphrase."));
  if (n > ZC_FRAME_MAX_LOCKS)
    return zc_fail (error, ZC_ERROR_LIMIT, _("Too many recipients: a package may have %d."),
                    ZC_FRAME_MAX_LOCKS);
  for (guint i = 0; request->certificates && i < request->certificates->len; i++)
    if (!add_certificate_lock (self, request->certificates->pdata[i], key, error))
      return FALSE;
  return !request->passphrase || add_passphrase_lock (self, request->passphrase, key, error);
}

static void
set_numbers (ZcFrame *frame)
{
  guint8 id[ZC_FRAME_ID_SIZE];
  g_autofree char *hex = NULL;

  zc_random (id, sizeof id);
  zc_random (frame->iv, 8);
  hex = zc_hex (id, sizeof id);
  memcpy (frame->id, hex, sizeof frame->id);
}

gboolean
zc_package_writer_prepare (ZcPackageWriter *self,
                           const ZcPackageRequest *request,
                           const ZcProgress *progress,
                           GError **error)
{
  g_autoptr (ZcSecret) key = zc_secret_new_random (ZC_PACKAGE_KEY_SIZE);
  ZcFrame *frame = self->frame;
  guint64 granularity = request->padding ? request->padding : DEFAULT_PADDING;
  GBytes *readme;

  g_return_val_if_fail (granularity >= ZC_TAR_BLOCK && (granularity & (granularity - 1)) == 0, FALSE);

  frame->suite = request->suite;
  set_numbers (frame);
  readme = zc_readme_text (frame);
  g_ptr_array_add (self->smalls, readme);
  frame->readme_size = g_bytes_get_size (readme);
  if (!zc_suite_self_test (error) || !zc_manifest_check_members (request->members, error)
      || !add_locks (self, request, key, error) || !copy_members (self, request->members, progress, error)
      || !lay_out_content (self, granularity, error))
    return FALSE;
  zc_frame_complete (frame);
  g_ptr_array_insert (self->smalls, 0, g_bytes_ref (frame->format));
  self->key_enc = zc_suite_derive (frame->suite, key, "enc", zc_suite_info (frame->suite)->cipher_key_size);
  self->key_mac = zc_suite_derive (frame->suite, key, "mac", ZC_MAC_SIZE);
  return TRUE;
}
