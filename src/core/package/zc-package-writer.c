/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-writer-private.h"

#include "package/zc-pace.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The stations of a chunk: it is filled, its members are digested to see whether they are still the files that were taken
 * in, it is encrypted, and written. */

static gboolean
fill_content (ZcPackageWriter *self, const ZcTarPiece *piece, guint8 *out, GError **error)
{
  const ZcMember *member = zc_content_member (self->members, piece->entry);

  if (member)
    return zc_source_read (member->source, piece->at, out, piece->size, error);
  if (piece->entry == 0)
    memcpy (out, (const guint8 *) g_bytes_get_data (self->manifest, NULL) + piece->at, piece->size);
  else
    memset (out, 0, piece->size);
  return TRUE;
}

static void
fill_header (ZcPackageWriter *self, const ZcTarPiece *piece, guint8 *out)
{
  const ZcTarEntry *entry = zc_tar_layout_get (self->content, piece->entry);
  guint8 header[ZC_TAR_BLOCK];

  zc_tar_header (entry->name, entry->size, header);
  memcpy (out, header + piece->at, piece->size);
}

static gboolean
fill_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  ZcPackageWriter *self = data;
  ZcTarPiece piece;

  chunk->size = 0;
  while (zc_tar_walk_next (&self->walk, ZC_CHUNK_BYTES - chunk->size, &piece))
    {
      guint8 *out = chunk->data + chunk->size;

      if (piece.kind == ZC_TAR_PIECE_HEADER)
        fill_header (self, &piece, out);
      else if (piece.kind == ZC_TAR_PIECE_ZEROS)
        memset (out, 0, piece.size);
      else if (!fill_content (self, &piece, out, error))
        return FALSE;
      chunk->size += piece.size;
    }
  return TRUE;
}

static gboolean
digest_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  ZcPackageWriter *self = data;
  const ZcMember *wrong = zc_content_digest_take (self->digest, chunk->data, chunk->size);

  return !wrong
         || zc_fail (error, ZC_ERROR_MISMATCH,
                     _("“%s” is not the file that was taken in: its content changed. Nothing was packed."),
                     wrong->original_name ? wrong->original_name : wrong->name);
}

static gboolean
encrypt_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  ZcPackageWriter *self = data;

  zc_suite_crypt (self->frame->suite, self->key_enc, self->frame->iv, chunk->number * ZC_CHUNK_BYTES,
                  chunk->data, chunk->size);
  zc_suite_chunk_digest (self->frame->suite, chunk->data, chunk->size,
                         self->digests + chunk->number * ZC_DIGEST_SIZE);
  return TRUE;
}

static gboolean
write_chunk (ZcChunk *chunk, gpointer data, GError **error)
{
  ZcPackageWriter *self = data;

  return !self->output || zc_output_write (self->output, chunk->data, chunk->size, error);
}

static const ZcChunkStation stations[] = {
  { fill_chunk, TRUE },
  { digest_chunk, TRUE },
  { encrypt_chunk, FALSE },
  { write_chunk, TRUE },
};

ZcPackageWriter *
zc_package_writer_new (const ZcPackageRequest *request, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcPackageWriter) self = g_new0 (ZcPackageWriter, 1);

  self->frame = g_new0 (ZcFrame, 1);
  self->smalls = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->text = g_byte_array_new ();
  if (!zc_package_writer_prepare (self, request, progress, error))
    return NULL;
  self->digests = g_malloc (self->frame->n_chunks * ZC_DIGEST_SIZE);
  self->pipe = zc_chunk_pipe_new (stations, G_N_ELEMENTS (stations), self->frame->n_chunks, self);
  return g_steal_pointer (&self);
}

/* What stands before and behind the chunks */

static void
append_zeros (GByteArray *out, gsize size)
{
  guint at = out->len;

  g_byte_array_set_size (out, at + (guint) size);
  memset (out->data + at, 0, size);
}

static void
append_header (ZcPackageWriter *self, guint entry)
{
  const ZcTarEntry *file = zc_tar_layout_get (self->frame->layout, entry);
  guint8 header[ZC_TAR_BLOCK];

  zc_tar_header (file->name, file->size, header);
  g_byte_array_append (self->text, header, sizeof header);
}

static void
append_file (ZcPackageWriter *self, guint entry, gconstpointer data, gsize size)
{
  append_header (self, entry);
  g_byte_array_append (self->text, data, (guint) size);
  append_zeros (self->text, zc_tar_rounded (size) - size);
}

static void
write_head (ZcPackageWriter *self)
{
  for (guint i = 0; i < self->smalls->len; i++)
    append_file (self, i, g_bytes_get_data (self->smalls->pdata[i], NULL),
                 g_bytes_get_size (self->smalls->pdata[i]));
  append_header (self, self->smalls->len);
}

static void
write_tail (ZcPackageWriter *self)
{
  const ZcFrame *frame = self->frame;
  g_autofree guint8 *smalls = g_malloc (self->smalls->len * ZC_DIGEST_SIZE);
  g_autoptr (GBytes) index = NULL;
  g_autofree char *mac_line = NULL, *mac_hex = NULL;
  guint8 mac[ZC_MAC_SIZE];
  gsize size;

  for (guint i = 0; i < self->smalls->len; i++)
    zc_digest_of (zc_suite_info (frame->suite)->hash, g_bytes_get_data (self->smalls->pdata[i], NULL),
                  g_bytes_get_size (self->smalls->pdata[i]), smalls + i * ZC_DIGEST_SIZE);
  index = zc_frame_write_index (frame, smalls, self->digests);
  size = g_bytes_get_size (index);
  zc_suite_mac (frame->suite, self->key_mac, g_bytes_get_data (index, NULL), size, mac);
  mac_hex = zc_hex (mac, sizeof mac);
  mac_line = g_strconcat (mac_hex, "\n", NULL);
  g_byte_array_set_size (self->text, 0);
  append_file (self, self->smalls->len + 1, g_bytes_get_data (index, NULL), size);
  append_file (self, self->smalls->len + 2, mac_line, ZC_FRAME_MAC_BYTES);
  append_zeros (self->text, ZC_TAR_END);
}

/* The head or the tail is what comes next. */
static gboolean
give_text (ZcPackageWriter *self, GError **error)
{
  self->block = self->text->data;
  self->block_size = self->text->len;
  return !self->output || zc_output_write (self->output, self->block, self->block_size, error);
}

static gboolean
give_chunk (ZcPackageWriter *self, GError **error)
{
  const ZcChunk *chunk = zc_chunk_pipe_next (self->pipe, error);

  self->block = chunk ? chunk->data : NULL;
  self->block_size = chunk ? chunk->size : 0;
  return chunk != NULL;
}

/* Makes the next block ready and, if there is an output, writes it; without one the end is reached. */
static void
advance (ZcPackageWriter *self, GError **error)
{
  switch (self->phase)
    {
    case ZC_PHASE_HEAD:
      write_head (self);
      self->phase = ZC_PHASE_PAYLOAD;
      give_text (self, error);
      break;
    case ZC_PHASE_PAYLOAD:
      if (give_chunk (self, error) || *error)
        break;
      write_tail (self);
      self->phase = ZC_PHASE_END;
      give_text (self, error);
      break;
    case ZC_PHASE_END:
    default:
      break;
    }
}

/* Makes sure that there is something to give out, unless the end is reached; an error stays. */
static gboolean
have_block (ZcPackageWriter *self, GError **error)
{
  if (!self->failed && self->block_size == 0)
    advance (self, &self->failed);
  if (!self->failed)
    return TRUE;
  if (error)
    *error = g_error_copy (self->failed);
  return FALSE;
}

guint64
zc_package_writer_size (const ZcPackageWriter *self)
{
  return self->frame->layout->size;
}

const char *
zc_package_writer_id (const ZcPackageWriter *self)
{
  return self->frame->id;
}

gssize
zc_package_writer_read (ZcPackageWriter *self, gpointer buffer, gsize size, GError **error)
{
  guint8 *out = buffer;
  gsize done = 0;

  while (done < size)
    {
      gsize n;

      if (!have_block (self, error))
        return -1;
      if (self->block_size == 0)
        break;
      n = MIN (size - done, self->block_size);
      memcpy (out + done, self->block, n);
      self->block += n;
      self->block_size -= n;
      done += n;
    }
  return (gssize) done;
}

void
zc_package_writer_free (ZcPackageWriter *self)
{
  if (!self)
    return;
  zc_chunk_pipe_free (self->pipe);
  zc_frame_free (self->frame);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_ptr_array_unref (self->smalls);
  zc_secret_free (self->key_enc);
  zc_secret_free (self->key_mac);
  g_clear_pointer (&self->manifest, g_bytes_unref);
  zc_tar_layout_free (self->content);
  zc_content_digest_free (self->digest);
  g_free (self->digests);
  g_byte_array_unref (self->text);
  g_clear_error (&self->failed);
  g_free (self);
}

gboolean
zc_package_write_file (const ZcPackageRequest *request,
                       const char *path,
                       const ZcProgress *progress,
                       GError **error)
{
  /* Goes last: until the writer is gone, its threads write here. */
  g_autoptr (ZcOutput) output = NULL;
  g_autoptr (ZcPackageWriter) writer = zc_package_writer_new (request, progress, error);
  guint64 done = 0;
  ZcPace pace = { 0 };

  if (!writer || !(output = zc_output_open (path, error)))
    return FALSE;
  writer->output = output;
  while (!zc_fail_if_cancelled (zc_progress_cancellable (progress), error) && have_block (writer, error))
    {
      if (writer->block_size == 0)
        return zc_output_commit (output, error);
      done += writer->block_size;
      writer->block_size = 0;
      zc_pace_report (&pace, progress, _("Encrypting"), done, zc_package_writer_size (writer));
    }
  return FALSE;
}
