/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The stored bytes of evidence: chunks of ZC_CHUNK_SIZE, number n of a blob under blob × 2^17 + n. An empty
 * chunk is zeros. */

/* So many chunks go, or pages of 8 KiB are given back, in one transaction. */
#define SWEEP_CHUNKS 64
#define SWEEP_PAGES 8192

void
_zc_stored_free (ZcStored *stored)
{
  g_free (stored->name);
  g_free (stored->sm3);
  g_free (stored->sha256);
  g_free (stored->added);
  g_free (stored);
}

ZcStored *
_zc_stored_find (ZcInspection *self, guint64 id)
{
  return g_hash_table_lookup (self->evidence, &id);
}

/* Removing */

/* Gives free pages back to the file system, from the end of the file. */
static gboolean
shrink (ZcInspection *self, GError **error)
{
  for (;;)
    {
      sqlite3_stmt *statement = zc_store_query (self->store, error, "PRAGMA freelist_count", "");
      gint64 pages;

      if (!zc_store_next (self->store, statement, NULL))
        return FALSE;
      pages = sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
      if (pages == 0)
        return TRUE;
      if (!zc_store_run (self->store, error, "PRAGMA incremental_vacuum (" G_STRINGIFY (SWEEP_PAGES) ")", ""))
        return FALSE;
    }
}

/* Removes the chunks from @first to @last, as many at a time as one short transaction takes. */
static gboolean
drop_range (ZcInspection *self, guint64 first, guint64 last, GError **error)
{
  do
    if (!zc_store_run (
            self->store, error,
            "DELETE FROM chunk WHERE id IN (SELECT id FROM chunk WHERE id BETWEEN ? AND ? LIMIT ?)", "iii",
            (gint64) first, (gint64) last, (gint64) SWEEP_CHUNKS))
      return FALSE;
  while (sqlite3_changes (self->store->db) > 0);
  return TRUE;
}

gboolean
_zc_blobs_drop (ZcInspection *self, guint64 blob, GError **error)
{
  if (!drop_range (self, blob << 17, (blob << 17) + (1 << 17) - 1, error))
    return FALSE;
  return self->depth > 0 || shrink (self, error);
}

static int
compare_blobs (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* Returns: (transfer full) (element-type guint64): all blobs that something names, in order. */
static GArray *
named_blobs (ZcInspection *self)
{
  GArray *blobs = g_array_new (FALSE, FALSE, sizeof (guint64));
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->evidence);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_array_append_val (blobs, ((ZcStored *) value)->blob);
  g_hash_table_iter_init (&iter, self->storing);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_val (blobs, *(guint64 *) key);
  g_array_sort (blobs, compare_blobs);
  return blobs;
}

/* The first chunk from @from on; 0 if there is none. */
static guint64
next_chunk (ZcInspection *self, guint64 from)
{
  sqlite3_stmt *statement = zc_store_query (
      self->store, NULL, "SELECT id FROM chunk WHERE id >= ? ORDER BY id LIMIT 1", "i", (gint64) from);
  guint64 id = 0;

  if (zc_store_next (self->store, statement, NULL))
    id = (guint64) sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return id;
}

gboolean
_zc_blobs_sweep (ZcInspection *self, GError **error)
{
  g_autoptr (GArray) named = named_blobs (self);
  gboolean swept = FALSE, ok = TRUE;
  guint64 id = 0;
  guint i = 0;

  zc_store_lock (self->store);
  /* Goes from gap to gap between the blobs that are named; those themselves are jumped over. */
  while (ok && (id = next_chunk (self, id)) != 0)
    {
      guint64 blob = id >> 17;

      while (i < named->len && g_array_index (named, guint64, i) < blob)
        i++;
      if (i == named->len || g_array_index (named, guint64, i) != blob)
        {
          ok = drop_range (self, blob << 17, (blob << 17) + (1 << 17) - 1, error);
          swept = TRUE;
        }
      id = (blob + 1) << 17;
    }
  if (ok && swept)
    ok = shrink (self, error);
  zc_store_unlock (self->store);
  return ok;
}

/* Reading */

typedef struct
{
  ZcStore *store;
  guint64 blob;
  guint64 size;
  char *name;
  GMutex mutex;
  guint64 at; /* which chunk @chunk is; G_MAXUINT64 before the first */
  guint8 *chunk;
} Reader;

static gboolean
fail_missing (const Reader *reader, GError **error)
{
  return zc_fail (error, ZC_ERROR_DAMAGED, _("The stored copy of “%s” is damaged. Add the file again."),
                  reader->name);
}

static gboolean
read_chunk (Reader *reader, guint64 n, GError **error)
{
  gsize want = (gsize) MIN (reader->size - n * ZC_CHUNK_SIZE, ZC_CHUNK_SIZE);
  GError *fault = NULL;
  sqlite3_stmt *statement;
  gboolean found = FALSE;

  reader->at = G_MAXUINT64;
  zc_store_lock (reader->store);
  statement = zc_store_query (reader->store, &fault, "SELECT bytes FROM chunk WHERE id = ?", "i",
                              (gint64) (reader->blob << 17 | n));
  if (zc_store_next (reader->store, statement, &fault))
    {
      gconstpointer data = sqlite3_column_blob (statement, 0);
      gsize have = data ? (gsize) sqlite3_column_bytes (statement, 0) : 0;

      found = have == want || have == 0;
      if (have == 0)
        memset (reader->chunk, 0, want);
      else if (found)
        memcpy (reader->chunk, data, want);
      sqlite3_reset (statement);
    }
  zc_store_unlock (reader->store);
  if (fault)
    {
      g_propagate_error (error, fault);
      return FALSE;
    }
  if (!found)
    return fail_missing (reader, error);
  reader->at = n;
  return TRUE;
}

static gboolean
read_blob (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  Reader *reader = data;
  guint8 *out = buffer;
  gboolean ok = TRUE;

  g_mutex_lock (&reader->mutex);
  while (ok && size > 0)
    {
      guint64 n = offset / ZC_CHUNK_SIZE;
      gsize inside = (gsize) (offset % ZC_CHUNK_SIZE);
      gsize part = MIN (size, ZC_CHUNK_SIZE - inside);

      ok = reader->at == n || read_chunk (reader, n, error);
      if (ok)
        memcpy (out, reader->chunk + inside, part);
      out += part;
      offset += part;
      size -= part;
    }
  g_mutex_unlock (&reader->mutex);
  return ok;
}

static void
reader_free (gpointer data)
{
  Reader *reader = data;

  zc_store_unref (reader->store);
  g_mutex_clear (&reader->mutex);
  g_free (reader->name);
  g_free (reader->chunk);
  g_free (reader);
}

ZcSource *
_zc_blob_source (ZcInspection *self, const ZcStored *stored)
{
  Reader *reader = g_new0 (Reader, 1);

  reader->store = zc_store_ref (self->store);
  reader->blob = stored->blob;
  reader->size = stored->size;
  reader->name = g_strdup (stored->name);
  reader->at = G_MAXUINT64;
  reader->chunk = g_malloc (ZC_CHUNK_SIZE);
  g_mutex_init (&reader->mutex);
  return zc_source_new (stored->size, read_blob, reader, reader_free);
}
