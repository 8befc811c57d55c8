/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-writer.h"

#include "base/zc-output.h"
#include "package/zc-chunk-pipe.h"
#include "package/zc-frame.h"
#include "package/zc-lock.h"
#include "package/zc-manifest.h"
#include "package/zc-pace.h"
#include "package/zc-readme.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_PADDING (1024 * 1024)
#define DIGEST_BUFFER (256 * 1024)

typedef enum
{
  PHASE_HEAD,    /* everything up to the payload */
  PHASE_PAYLOAD, /* chunk by chunk */
  PHASE_TAIL,    /* index.txt, index.mac, the end */
  PHASE_END,
} Phase;

struct _ZcPackageWriter
{
  ZcFrame *frame;
  GPtrArray *members; /* (element-type ZcMember) */
  GPtrArray *smalls;  /* (element-type GBytes): the contents of format.txt, README.txt and the locks */
  ZcSecret *key_enc, *key_mac;

  /* The plain content */
  GBytes *manifest;
  ZcTarLayout *content;
  ZcTarWalk walk;
  ZcDigest *digest; /* of the member that is being read */

  /* Its way out */
  ZcChunkPipe *pipe;
  ZcOutput *output; /* (nullable) (transfer none): where the workers put their chunks */
  guint64 next_chunk; /* to be filled */
  guint8 *digests;    /* of the encrypted chunks */
  Phase phase;
  GByteArray *text; /* the head or the tail */
  guint64 head_size;
  ZcChunk *chunk;   /* the one being given out */
  const guint8 *block;
  gsize block_size;
  GError *failed;
};

/* Getting ready */

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
encrypt_chunk (ZcChunk *chunk, gpointer data)
{
  ZcPackageWriter *self = data;

  zc_suite_crypt (self->frame->suite, self->key_enc, self->frame->iv, chunk->number * ZC_CHUNK_BYTES,
                  chunk->data, chunk->size);
  zc_suite_chunk_digest (self->frame->suite, chunk->data, chunk->size, chunk->digest);
  if (self->output)
    zc_output_write_at (self->output, self->head_size + chunk->number * ZC_CHUNK_BYTES, chunk->data, chunk->size,
                        &chunk->error);
}

static gboolean
prepare (ZcPackageWriter *self, const ZcPackageRequest *request, const ZcProgress *progress, GError **error)
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
  self->digests = g_malloc (frame->n_chunks * ZC_DIGEST_SIZE);
  self->pipe = zc_chunk_pipe_new (encrypt_chunk, self);
  write_head (self);
  self->head_size = self->text->len;
  self->block = self->text->data;
  self->block_size = self->text->len;
  return TRUE;
}

ZcPackageWriter *
zc_package_writer_new (const ZcPackageRequest *request, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcPackageWriter) self = g_new0 (ZcPackageWriter, 1);

  self->frame = g_new0 (ZcFrame, 1);
  self->smalls = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->text = g_byte_array_new ();
  self->digest = zc_digest_new (ZC_DIGEST_SHA256);
  return prepare (self, request, progress, error) ? g_steal_pointer (&self) : NULL;
}

/* The plain content, from the first byte to the last */

static gboolean
check_member (ZcPackageWriter *self, const ZcMember *member, GError **error)
{
  guint8 digest[ZC_DIGEST_SIZE];

  zc_digest_get (self->digest, ZC_DIGEST_SHA256, digest);
  zc_digest_reset (self->digest);
  if (memcmp (digest, member->sha256, sizeof digest) != 0)
    return zc_fail (error, ZC_ERROR_MISMATCH,
                    _("“%s” is not the file that was taken in: its content changed. Nothing was packed."),
                    member->original_name ? member->original_name : member->name);
  return TRUE;
}

/* A file without content is never read, but its digest must still be that of nothing. */
static gboolean
end_empty (ZcPackageWriter *self, guint entry, GError **error)
{
  return entry == 0 || entry > self->members->len
         || check_member (self, self->members->pdata[entry - 1], error);
}

static gboolean
fill_content (ZcPackageWriter *self, const ZcTarPiece *piece, guint8 *out, GError **error)
{
  ZcMember *member;

  if (piece->entry == 0)
    {
      memcpy (out, (const guint8 *) g_bytes_get_data (self->manifest, NULL) + piece->at, piece->size);
      return TRUE;
    }
  if (piece->entry > self->members->len)
    {
      memset (out, 0, piece->size);
      return TRUE;
    }
  member = self->members->pdata[piece->entry - 1];
  /* So much at a time as stays in the processor's own cache until it is digested. */
  for (gsize done = 0, n; done < piece->size; done += n)
    {
      n = MIN (piece->size - done, DIGEST_BUFFER);
      if (!zc_source_read (member->source, piece->at + done, out + done, n, error))
        return FALSE;
      zc_digest_update (self->digest, out + done, n);
    }
  return !piece->last || check_member (self, member, error);
}

static gboolean
fill_chunk (ZcPackageWriter *self, ZcChunk *chunk, GError **error)
{
  ZcTarPiece piece;

  chunk->number = self->next_chunk++;
  chunk->size = 0;
  while (zc_tar_walk_next (&self->walk, ZC_CHUNK_BYTES - chunk->size, &piece))
    {
      guint8 *out = chunk->data + chunk->size;

      if (piece.kind == ZC_TAR_PIECE_CONTENT)
        {
          if (!fill_content (self, &piece, out, error))
            return FALSE;
        }
      else if (piece.kind == ZC_TAR_PIECE_ZEROS)
        memset (out, 0, piece.size);
      else
        {
          const ZcTarEntry *entry = zc_tar_layout_get (self->content, piece.entry);
          guint8 header[ZC_TAR_BLOCK];

          zc_tar_header (entry->name, entry->size, header);
          memcpy (out, header + piece.at, piece.size);
          if (piece.last && entry->size == 0 && !end_empty (self, piece.entry, error))
            return FALSE;
        }
      chunk->size += piece.size;
    }
  return TRUE;
}

/* Keeps the workers busy; the source is read ahead of them. */
static gboolean
feed (ZcPackageWriter *self, GError **error)
{
  ZcChunk *chunk;

  while (self->next_chunk < self->frame->n_chunks && (chunk = zc_chunk_pipe_get (self->pipe)))
    {
      if (!fill_chunk (self, chunk, error))
        {
          zc_chunk_pipe_put (self->pipe, chunk);
          return FALSE;
        }
      zc_chunk_pipe_push (self->pipe, chunk);
    }
  return TRUE;
}

/* The finished package */

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

/* Makes the next block ready. */
static gboolean
advance (ZcPackageWriter *self, GError **error)
{
  if (self->phase == PHASE_HEAD)
    self->phase = PHASE_PAYLOAD;
  if (self->phase == PHASE_PAYLOAD)
    {
      if (self->chunk)
        zc_chunk_pipe_put (self->pipe, g_steal_pointer (&self->chunk));
      if (!feed (self, error))
        return FALSE;
      self->chunk = zc_chunk_pipe_pop (self->pipe);
      if (self->chunk && self->chunk->error)
        {
          g_propagate_error (error, g_steal_pointer (&self->chunk->error));
          return FALSE;
        }
      if (self->chunk)
        {
          memcpy (self->digests + self->chunk->number * ZC_DIGEST_SIZE, self->chunk->digest, ZC_DIGEST_SIZE);
          self->block = self->chunk->data;
          self->block_size = self->chunk->size;
          return TRUE;
        }
      self->phase = PHASE_TAIL;
      write_tail (self);
      self->block = self->text->data;
      self->block_size = self->text->len;
      return TRUE;
    }
  self->phase = PHASE_END;
  return TRUE;
}

/* Makes sure that there is something to give out, unless the end is reached; an error stays. */
static gboolean
have_block (ZcPackageWriter *self, GError **error)
{
  if (!self->failed && self->block_size == 0 && self->phase != PHASE_END)
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
  zc_digest_free (self->digest);
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
  /* Goes last: until the writer is gone, its workers write here. */
  g_autoptr (ZcOutput) output = NULL;
  g_autoptr (ZcPackageWriter) writer = zc_package_writer_new (request, progress, error);
  guint64 done = 0, total;
  ZcPace pace = { 0 };

  if (!writer || !(output = zc_output_open (path, error)))
    return FALSE;
  writer->output = output;
  total = zc_package_writer_size (writer);
  while (TRUE)
    {
      if (zc_fail_if_cancelled (zc_progress_cancellable (progress), error) || !have_block (writer, error))
        return FALSE;
      if (writer->block_size == 0)
        break;
      if (writer->phase != PHASE_PAYLOAD
          && !zc_output_write_at (output, done, writer->block, writer->block_size, error))
        return FALSE;
      done += writer->block_size;
      writer->block_size = 0;
      zc_pace_report (&pace, progress, _("Encrypting"), done, total);
    }
  return zc_output_commit (output, error);
}
