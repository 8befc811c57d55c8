/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-private.h"

#include "package/zc-chunk-pipe.h"
#include "package/zc-content-digest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One pass from the first byte to the last. */

typedef struct
{
  ZcPackage *package;
  const ZcPackageSink *sink;
  ZcTarWalk walk;
  ZcContentDigest *digest; /* nullable: not needed a second time */
  guint8 header[ZC_TAR_BLOCK];
} Stream;

static gboolean
end_entry (Stream *self, GError **error)
{
  return !self->sink || !self->sink->end || self->sink->end (self->sink->data, error);
}

static gboolean
take_header (Stream *self, const ZcTarPiece *piece, const guint8 *data, GError **error)
{
  const ZcTarEntry *entry = zc_tar_layout_get (self->package->content, piece->entry);

  if (piece->at == 0)
    zc_tar_header (entry->name, entry->size, self->header);
  if (memcmp (self->header + piece->at, data, piece->size) != 0)
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("The package was not made by this program: its content is not laid out as it must be. "
                       "Ask the unit for a new one."));
  if (!piece->last || piece->entry > self->package->members->len)
    return TRUE;
  if (self->sink && self->sink->begin
      && !self->sink->begin (zc_content_member (self->package->members, piece->entry), self->sink->data, error))
    return FALSE;
  return entry->size > 0 || end_entry (self, error);
}

static gboolean
take_zeros (const guint8 *data, gsize size, GError **error)
{
  if (size > 0 && (data[0] || memcmp (data, data + 1, size - 1) != 0))
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("The package was not made by this program: something is hidden between its files. "
                       "Ask the unit for a new one."));
  return TRUE;
}

static gboolean
take_piece (Stream *self, const ZcTarPiece *piece, const guint8 *data, GError **error)
{
  if (piece->kind == ZC_TAR_PIECE_HEADER)
    return take_header (self, piece, data, error);
  if (piece->kind == ZC_TAR_PIECE_ZEROS || piece->entry > self->package->members->len)
    return take_zeros (data, piece->size, error);
  if (self->sink && self->sink->write && !self->sink->write (data, piece->size, self->sink->data, error))
    return FALSE;
  return !piece->last || end_entry (self, error);
}

/* The stations of a chunk: it is read, authenticated before it is decrypted, given out, and its members are digested; who
 * takes it releases nothing before the last one was found right. */

static gboolean
read_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  const Stream *self = data;

  chunk->size = zc_package_chunk_size (self->package, chunk->number);
  return zc_package_read_chunk (self->package, chunk->number, chunk->data, error);
}

static gboolean
open_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  Stream *self = data;

  return zc_package_open_chunk (self->package, chunk->number, chunk->data, error);
}

static gboolean
give_out_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  Stream *self = data;
  ZcTarPiece piece;

  for (gsize at = 0; zc_tar_walk_next (&self->walk, chunk->size - at, &piece); at += piece.size)
    if (!take_piece (self, &piece, chunk->data + at, error))
      return FALSE;
  return TRUE;
}

static gboolean
digest_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  Stream *self = data;
  const ZcMember *wrong = self->digest ? zc_content_digest_take (self->digest, chunk->data, chunk->size) : NULL;

  return !wrong || zc_package_fail_member (wrong, error);
}

static const ZcChunkStation stations[] = {
  { read_chunk, TRUE },
  { open_chunk, FALSE },
  { give_out_chunk, TRUE },
  { digest_chunk, TRUE },
};

gboolean
zc_package_stream (
    ZcPackage *self, const ZcPackageSink *sink, const char *phase, const ZcProgress *progress, GError **error)
{
  /* Once all was found right, each chunk that still has its listed digest holds the very bytes that were found so, and
   * taking SHA-256 of them again would say nothing new. */
  g_autoptr (ZcContentDigest) digest =
      g_atomic_int_get (&self->verified) ? NULL : zc_content_digest_new (self->content, self->members);
  Stream stream = { .package = self, .sink = sink, .digest = digest };
  /* Goes first when all is freed: until then its threads use the stream. */
  g_autoptr (ZcChunkPipe) pipe =
      zc_chunk_pipe_new (stations, G_N_ELEMENTS (stations), self->frame->n_chunks, &stream);

  zc_tar_walk_init (&stream.walk, self->content);
  if (!zc_chunk_pipe_drain (pipe, phase, self->frame->payload_size, progress, error))
    return FALSE;
  g_atomic_int_set (&self->verified, TRUE);
  return TRUE;
}

gboolean
zc_package_verify (ZcPackage *self, const ZcProgress *progress, GError **error)
{
  return zc_package_stream (self, NULL, _("Verifying"), progress, error);
}
