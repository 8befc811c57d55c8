/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-private.h"

#include "package/zc-chunk-pipe.h"
#include "package/zc-pace.h"

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

/* Digests and, if that is right, decrypts @data. */
static gboolean
open_chunk (ZcPackage *self, guint64 n, guint8 *data, gsize size, guint8 digest[ZC_DIGEST_SIZE])
{
  zc_suite_chunk_digest (self->frame->suite, data, size, digest);
  if (memcmp (digest, listed_digest (self, n), ZC_DIGEST_SIZE) != 0)
    return FALSE;
  zc_suite_crypt (self->frame->suite, self->key_enc, self->frame->iv, n * ZC_CHUNK_BYTES, data, size);
  return TRUE;
}

/* Whether chunk @n, as it lies there, is the listed one. */
static gboolean
chunk_is_sound (ZcPackage *self, guint64 n)
{
  gsize size = zc_package_chunk_size (self, n);
  g_autofree guint8 *data = g_malloc (size);
  guint8 digest[ZC_DIGEST_SIZE];

  if (!zc_source_read (self->source, self->payload_offset + n * ZC_CHUNK_BYTES, data, size, NULL))
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

gboolean
zc_package_fail_chunk (ZcPackage *self, guint64 n, const guint8 *found, GError **error)
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

/* Here and there */

/* Makes chunk @n the cached one; called under the mutex. */
static gboolean
cache_chunk (ZcPackage *self, guint64 n, GError **error)
{
  gsize size = zc_package_chunk_size (self, n);
  guint8 digest[ZC_DIGEST_SIZE];

  if (self->cached_n == n)
    return TRUE;
  self->cached_n = G_MAXUINT64;
  if (!self->cached)
    self->cached = g_malloc (MIN (self->frame->payload_size, ZC_CHUNK_BYTES));
  if (!zc_source_read (self->source, self->payload_offset + n * ZC_CHUNK_BYTES, self->cached, size, error))
    return FALSE;
  if (!open_chunk (self, n, self->cached, size, digest))
    return zc_package_fail_chunk (self, n, digest, error);
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

typedef struct
{
  ZcPackage *package;
  guint64 offset;
} MemberSource;

static gboolean
read_member_source (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  MemberSource *source = data;

  return zc_package_read_content (source->package, source->offset + offset, buffer, size, error);
}

static void
member_source_free (gpointer data)
{
  MemberSource *source = data;

  zc_package_unref (source->package);
  g_free (source);
}

ZcSource *
zc_package_member_source (ZcPackage *self, const ZcMember *member)
{
  MemberSource *source;
  guint index = 0;

  g_return_val_if_fail (g_ptr_array_find (self->members, member, &index), NULL);

  source = g_new0 (MemberSource, 1);
  source->package = zc_package_ref (self);
  source->offset = zc_tar_layout_get (self->content, index + 1)->offset + ZC_TAR_BLOCK;
  return zc_source_new (member->size, read_member_source, source, member_source_free);
}

static gboolean
fail_member (const ZcMember *member, GError **error)
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
    return fail_member (member, error), NULL;
  return g_steal_pointer (&bytes);
}

/* The digests of the members, taken in a thread of its own: while it reads a chunk, the streaming thread gives out the
 * same one, and the workers authenticate and decrypt the next. */

typedef struct
{
  ZcPackage *package;
  ZcTarWalk walk;
  ZcDigest *digest;
  GThread *thread;
  GAsyncQueue *todo, *done; /* (element-type ZcChunk) */
  const ZcMember *wrong;    /* (atomic) the first one that is not what the manifest states */
} Checker;

/* What ends the thread. */
static ZcChunk no_more;

/* The member of entry @i; NULL for the manifest and the padding. */
static const ZcMember *
member_of (const ZcPackage *package, guint i)
{
  return i >= 1 && i <= package->members->len ? package->members->pdata[i - 1] : NULL;
}

static void
check_member (Checker *self, const ZcMember *member)
{
  guint8 digest[ZC_DIGEST_SIZE];

  zc_digest_get (self->digest, ZC_DIGEST_SHA256, digest);
  zc_digest_reset (self->digest);
  if (memcmp (digest, member->sha256, sizeof digest) != 0)
    g_atomic_pointer_compare_and_exchange (&self->wrong, NULL, member);
}

static void
digest_chunk (Checker *self, const ZcChunk *chunk)
{
  const guint8 *data = chunk->data;
  gsize left = chunk->size;
  ZcTarPiece piece;

  while (zc_tar_walk_next (&self->walk, left, &piece))
    {
      const ZcMember *member = member_of (self->package, piece.entry);

      if (member && piece.kind == ZC_TAR_PIECE_CONTENT)
        zc_digest_update (self->digest, data, piece.size);
      /* Without content there is no piece of it: the header is the last one. */
      if (member && piece.last && piece.kind == (member->size > 0 ? ZC_TAR_PIECE_CONTENT : ZC_TAR_PIECE_HEADER))
        check_member (self, member);
      data += piece.size;
      left -= piece.size;
    }
}

static gpointer
run_checker (gpointer data)
{
  Checker *self = data;
  ZcChunk *chunk;

  while ((chunk = g_async_queue_pop (self->todo)) != &no_more)
    {
      digest_chunk (self, chunk);
      g_async_queue_push (self->done, chunk);
    }
  return NULL;
}

static Checker *
checker_new (ZcPackage *package)
{
  Checker *self = g_new0 (Checker, 1);

  self->package = package;
  zc_tar_walk_init (&self->walk, package->content);
  self->digest = zc_digest_new (ZC_DIGEST_SHA256);
  self->todo = g_async_queue_new ();
  self->done = g_async_queue_new ();
  self->thread = g_thread_new ("zicha-digest", run_checker, self);
  return self;
}

static void
checker_free (Checker *self)
{
  g_async_queue_push (self->todo, &no_more);
  g_thread_join (self->thread);
  g_async_queue_unref (self->todo);
  g_async_queue_unref (self->done);
  zc_digest_free (self->digest);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Checker, checker_free)

/* From the first byte to the last */

typedef struct
{
  ZcPackage *package;
  const ZcPackageSink *sink;
  ZcTarWalk walk;
  ZcChunkPipe *pipe;
  Checker *checker; /* nullable: not needed a second time */
  guint checking;   /* chunks that the checker has */
  guint8 header[ZC_TAR_BLOCK];
} Stream;

static void
read_chunk (ZcChunk *chunk, gpointer data)
{
  chunk->refused = !open_chunk (data, chunk->number, chunk->data, chunk->size, chunk->digest);
}

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
      && !self->sink->begin (member_of (self->package, piece->entry), self->sink->data, error))
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

static gboolean
take_chunk (Stream *self, const ZcChunk *chunk, GError **error)
{
  const guint8 *data = chunk->data;
  gsize left = chunk->size;
  ZcTarPiece piece;

  while (zc_tar_walk_next (&self->walk, left, &piece))
    {
      if (!take_piece (self, &piece, data, error))
        return FALSE;
      data += piece.size;
      left -= piece.size;
    }
  return TRUE;
}

/* Waits until the checker has no more than @most chunks. */
static gboolean
settle (Stream *self, guint most, GError **error)
{
  const ZcMember *wrong;

  for (; self->checking > most; self->checking--)
    zc_chunk_pipe_put (self->pipe, g_async_queue_pop (self->checker->done));
  wrong = self->checker ? g_atomic_pointer_get (&self->checker->wrong) : NULL;
  return !wrong || fail_member (wrong, error);
}

/* The next chunk, through all hands. */
static gboolean
pass_chunk (Stream *self, guint64 *done, GError **error)
{
  ZcChunk *chunk = zc_chunk_pipe_pop (self->pipe);

  if (chunk->refused)
    return zc_package_fail_chunk (self->package, chunk->number, chunk->digest, error);
  if (self->checker)
    {
      g_async_queue_push (self->checker->todo, chunk);
      self->checking++;
    }
  *done += chunk->size;
  if (!take_chunk (self, chunk, error) || !settle (self, 1, error))
    return FALSE;
  if (!self->checker)
    zc_chunk_pipe_put (self->pipe, chunk);
  return TRUE;
}

/* Reads ahead as far as there are free chunks. */
static gboolean
read_ahead (ZcPackage *self, ZcChunkPipe *pipe, guint64 *next, GError **error)
{
  ZcChunk *chunk;

  while (*next < self->frame->n_chunks && (chunk = zc_chunk_pipe_get (pipe)))
    {
      chunk->number = (*next)++;
      chunk->size = zc_package_chunk_size (self, chunk->number);
      if (!zc_source_read (self->source, self->payload_offset + chunk->number * ZC_CHUNK_BYTES, chunk->data,
                           chunk->size, error))
        {
          zc_chunk_pipe_put (pipe, chunk);
          return FALSE;
        }
      zc_chunk_pipe_push (pipe, chunk);
    }
  return TRUE;
}

gboolean
zc_package_stream (
    ZcPackage *self, const ZcPackageSink *sink, const char *phase, const ZcProgress *progress, GError **error)
{
  /* Once all was found right, each chunk that still has its listed digest holds the very bytes that were found so, and
   * taking SHA-256 of them again would say nothing new.
   * The checker goes first: the chunks that it has are the pipe's. */
  g_autoptr (ZcChunkPipe) pipe = zc_chunk_pipe_new (read_chunk, self);
  g_autoptr (Checker) checker = g_atomic_int_get (&self->verified) ? NULL : checker_new (self);
  Stream stream = { .package = self, .sink = sink, .pipe = pipe, .checker = checker };
  guint64 next = 0, done = 0;
  ZcPace pace = { 0 };

  zc_tar_walk_init (&stream.walk, self->content);
  while (done < self->frame->payload_size)
    {
      if (zc_fail_if_cancelled (zc_progress_cancellable (progress), error)
          || !read_ahead (self, pipe, &next, error) || !pass_chunk (&stream, &done, error))
        return FALSE;
      zc_pace_report (&pace, progress, phase, done, self->frame->payload_size);
    }
  if (!settle (&stream, 0, error))
    return FALSE;
  g_atomic_int_set (&self->verified, TRUE);
  return TRUE;
}

gboolean
zc_package_verify (ZcPackage *self, const ZcProgress *progress, GError **error)
{
  return zc_package_stream (self, NULL, _("Verifying"), progress, error);
}
