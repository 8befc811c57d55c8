/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* The encrypted chunks: digest first, decryption only after it. */

gsize
zc_package_chunk_size (const ZcPackage *self, guint64 n)
{
  return (gsize) MIN (self->frame->payload_size - n * ZC_CHUNK_BYTES, ZC_CHUNK_BYTES);
}

static const guint8 *
listed_digest (const ZcPackage *self, guint64 n)
{
  return self->chunks + n * ZC_DIGEST_SIZE;
}

/* Whether chunk @n, as it lies there, is the listed one. */
static gboolean
chunk_is_sound (ZcPackage *self, guint64 n)
{
  gsize size = zc_package_chunk_size (self, n);
  g_autofree guint8 *data = g_malloc (size);
  guint8 digest[ZC_DIGEST_SIZE];

  if (!zc_package_read_chunk (self, n, data, NULL))
    return TRUE;
  zc_suite_chunk_digest (self->frame->suite, data, size, digest);
  return memcmp (digest, listed_digest (self, n), ZC_DIGEST_SIZE) == 0;
}

/* What lies in chunk @n, for people. */
static const char *
name_in_chunk (const ZcPackage *self, guint64 n)
{
  guint64 start = n * ZC_CHUNK_BYTES, end = start + zc_package_chunk_size (self, n);

  for (guint i = 0; self->content && i < self->members->len; i++)
    {
      const ZcTarEntry *entry = zc_tar_layout_get (self->content, i + 1);
      const ZcMember *member = self->members->pdata[i];

      if (entry->offset < end && entry->offset + ZC_TAR_BLOCK + entry->size > start)
        return member->original_name ? member->original_name : member->name;
    }
  return NULL;
}

/* Says what is wrong with a chunk whose digest is @found. Returns: FALSE */
static gboolean
fail_chunk (ZcPackage *self, guint64 n, const guint8 *found, GError **error)
{
  guint64 total = self->frame->n_chunks;
  const char *name = name_in_chunk (self, n);

  for (guint64 other = 0; other < total; other++)
    if (memcmp (found, listed_digest (self, other), ZC_DIGEST_SIZE) == 0)
      return zc_fail (error, ZC_ERROR_DAMAGED,
                      _("The package was altered: parts of its content are swapped (part %" PRIu64
                         " stands where part %" PRIu64 " belongs)."),
                      other + 1, n + 1);
  if ((n + 1 < total && !chunk_is_sound (self, n + 1))
      || (n > 0 && n + 1 == total && !chunk_is_sound (self, n - 1)))
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("The package was altered over a long stretch from part %" PRIu64
                       " of its content "
                       "on, or that stretch comes from another package. Copy it again."),
                    n + 1);
  if (name)
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("The package was altered: part %" PRIu64 " of %" PRIu64
                       " of its content, "
                       "with “%s” in it, is not as it was written."),
                    n + 1, total, name);
  return zc_fail (error, ZC_ERROR_DAMAGED,
                  _("The package was altered: part %" PRIu64 " of %" PRIu64
                     " of its content "
                     "is not as it was written."),
                  n + 1, total);
}

gboolean
zc_package_read_chunk (const ZcPackage *self, guint64 n, guint8 *data, GError **error)
{
  return zc_source_read (self->source, self->payload_offset + n * ZC_CHUNK_BYTES, data,
                         zc_package_chunk_size (self, n), error);
}

gboolean
zc_package_open_chunk (ZcPackage *self, guint64 n, guint8 *data, GError **error)
{
  gsize size = zc_package_chunk_size (self, n);
  guint8 digest[ZC_DIGEST_SIZE];

  zc_suite_chunk_digest (self->frame->suite, data, size, digest);
  if (memcmp (digest, listed_digest (self, n), ZC_DIGEST_SIZE) != 0)
    return fail_chunk (self, n, digest, error);
  zc_suite_crypt (self->frame->suite, self->key_enc, self->frame->iv, n * ZC_CHUNK_BYTES, data, size);
  return TRUE;
}

/* Here and there */

/* Makes chunk @n the cached one; called under the mutex. */
static gboolean
cache_chunk (ZcPackage *self, guint64 n, GError **error)
{
  if (self->cached_n == n)
    return TRUE;
  self->cached_n = G_MAXUINT64;
  if (!self->cached)
    self->cached = g_malloc (MIN (self->frame->payload_size, ZC_CHUNK_BYTES));
  if (!zc_package_read_chunk (self, n, self->cached, error) || !zc_package_open_chunk (self, n, self->cached, error))
    return FALSE;
  self->cached_n = n;
  return TRUE;
}

gboolean
zc_package_read_content (ZcPackage *self, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  guint8 *out = buffer;
  gboolean ok = TRUE;

  g_mutex_lock (&self->mutex);
  while (ok && size > 0)
    {
      guint64 n = offset / ZC_CHUNK_BYTES;
      gsize at = (gsize) (offset % ZC_CHUNK_BYTES);
      gsize some = MIN (size, zc_package_chunk_size (self, n) - at);

      ok = cache_chunk (self, n, error);
      if (!ok)
        break;
      memcpy (out, self->cached + at, some);
      out += some;
      offset += some;
      size -= some;
    }
  g_mutex_unlock (&self->mutex);
  return ok;
}

static gboolean
read_content (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  return zc_package_read_content (data, offset, buffer, size, error);
}

ZcSource *
zc_package_member_source (ZcPackage *self, const ZcMember *member)
{
  g_autoptr (ZcSource) content = NULL;
  guint index = 0;

  g_return_val_if_fail (g_ptr_array_find (self->members, member, &index), NULL);

  content = zc_source_new (self->frame->payload_size, read_content, zc_package_ref (self), (GDestroyNotify) zc_package_unref);
  return zc_source_new_slice (content, zc_tar_layout_get (self->content, index + 1)->offset + ZC_TAR_BLOCK, member->size);
}

gboolean
zc_package_fail_member (const ZcMember *member, GError **error)
{
  return zc_fail (
      error, ZC_ERROR_DAMAGED,
      _("“%s” in the package is not the file that its list of contents states. Ask the unit for a "
         "new package."),
      member->original_name ? member->original_name : member->name);
}

GBytes *
zc_package_read_member (ZcPackage *self, const char *name, gsize limit, GError **error)
{
  const ZcMember *member = zc_package_find (self, name);
  g_autoptr (ZcSource) source = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint8 sm3[ZC_DIGEST_SIZE], sha256[ZC_DIGEST_SIZE];

  if (!member)
    return zc_fail_null (error, ZC_ERROR_INVALID, _("There is no “%s” in the package."), name);
  if (member->size > limit)
    return zc_fail_null (
        error, ZC_ERROR_LIMIT,
        _("“%s” in the package is too large: it may have at most %zu bytes."), name, limit);
  source = zc_package_member_source (self, member);
  bytes = zc_source_read_all (source, limit, error);
  if (!bytes)
    return NULL;
  zc_digest_of (ZC_DIGEST_SM3, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), sm3);
  zc_digest_of (ZC_DIGEST_SHA256, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), sha256);
  if (memcmp (sm3, member->sm3, sizeof sm3) != 0 || memcmp (sha256, member->sha256, sizeof sha256) != 0)
    return zc_package_fail_member (member, error), NULL;
  return g_steal_pointer (&bytes);
}
