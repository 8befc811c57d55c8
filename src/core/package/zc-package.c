/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-private.h"

#include "package/zc-chunk-pipe.h"
#include "package/zc-frame-reader.h"
#include "package/zc-manifest.h"
#include "package/zc-package-outside.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

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

gboolean
zc_package_peek (ZcSource *source, ZcPackageInfo *info, GError **error)
{
  g_autoptr (ZcFrame) frame = zc_frame_read (source, error);

  if (!frame)
    return FALSE;
  fill_info (frame, info);
  return TRUE;
}

/* Without a key */

typedef struct
{
  const ZcFrame *frame;
  const ZcOutside *outside;
  ZcSource *source;
  guint64 start; /* of the payload in the source */
} Check;

static gboolean
read_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  const Check *self = data;
  guint64 at = chunk->number * ZC_CHUNK_BYTES;

  chunk->size = (gsize) MIN (self->frame->payload_size - at, ZC_CHUNK_BYTES);
  return zc_source_read (self->source, self->start + at, chunk->data, chunk->size, error);
}

static gboolean
compare_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  const Check *self = data;
  guint8 digest[ZC_DIGEST_SIZE];

  zc_suite_chunk_digest (self->frame->suite, chunk->data, chunk->size, digest);
  return memcmp (digest, self->outside->chunks + chunk->number * ZC_DIGEST_SIZE, sizeof digest) == 0
         || zc_fail (error, ZC_ERROR_DAMAGED,
                     _("The package was altered: part %" PRIu64 " of %" PRIu64
                        " of its content "
                        "is not as it was written."),
                     chunk->number + 1, self->frame->n_chunks);
}

static gboolean
check_chunks (Check *self, const ZcProgress *progress, GError **error)
{
  static const ZcChunkStation stations[] = { { read_chunk, TRUE }, { compare_chunk, FALSE } };
  g_autoptr (ZcChunkPipe) pipe = zc_chunk_pipe_new (stations, G_N_ELEMENTS (stations), self->frame->n_chunks, self);

  return zc_chunk_pipe_drain (pipe, _("Checking the package"), self->frame->payload_size, progress, error);
}

gboolean
zc_package_check (ZcSource *source, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcFrame) frame = zc_frame_read (source, error);
  g_auto (ZcOutside) outside = { NULL };
  Check check = { frame, &outside, source, 0 };

  if (!frame || !zc_outside_read (&outside, frame, source, error) || !zc_outside_check (&outside, error))
    return FALSE;
  check.start = zc_tar_layout_get (frame->layout, outside.smalls->len)->offset + ZC_TAR_BLOCK;
  return check_chunks (&check, progress, error);
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
  g_auto (ZcOutside) outside = { NULL };
  g_autoptr (ZcSecret) secret = NULL;

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  self->cached_n = G_MAXUINT64;
  self->source = zc_source_ref (source);
  if (!zc_suite_self_test (error) || !(self->frame = zc_frame_read (source, error))
      || !zc_outside_read (&outside, self->frame, source, error)
      || !(secret = zc_outside_open_locks (&outside, key, passphrase, error))
      || !zc_outside_authenticate (&outside, source, secret, error))
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
