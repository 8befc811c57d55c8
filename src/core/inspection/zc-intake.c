/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-intake.h"

#include "base/zc-source.h"
#include "base/zc-text.h"
#include "inspection/zc-digester.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much goes into one transaction: it fits the page cache, so readers are kept out only while it is
 * committed. */
#define BATCH_BYTES ((guint64) 12 << 20)
#define REPORT_MICROSECONDS 100000

/** Where bytes come from: a file or memory. */
typedef struct
{
  int fd; /* -1 for memory */
  const guint8 *memory;
  const char *shown;
  guint64 size;
  guint64 done;
  struct stat before;
  const ZcProgress *progress;
  gint64 reported;
} Flow;

static gboolean
fail_changed (const Flow *flow, GError **error)
{
  return zc_fail (error, ZC_ERROR_IO,
                  _("“%s” changed while it was read. Close it in other programs and add it again."),
                  flow->shown);
}

static gboolean
read_piece (Flow *flow, ZcPiece *piece, GError **error)
{
  piece->size = (gsize) MIN (flow->size - flow->done, ZC_CHUNK_SIZE);
  if (flow->fd < 0)
    {
      memcpy (piece->data, flow->memory + flow->done, piece->size);
      flow->done += piece->size;
      return TRUE;
    }
  for (gsize have = 0; have < piece->size;)
    {
      ssize_t n = pread (flow->fd, piece->data + have, piece->size - have, (off_t) (flow->done + have));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return zc_fail_errno (error, errno, _("Cannot read “%s”."), flow->shown);
      if (n == 0)
        return fail_changed (flow, error);
      have += (gsize) n;
    }
  flow->done += piece->size;
  return TRUE;
}

/* That nothing was written to the file, and nobody took it away, while it was read. */
static gboolean
check_still (const Flow *flow, GError **error)
{
  struct stat now;
  char more;

  if (flow->fd < 0)
    return TRUE;
  if (fstat (flow->fd, &now) < 0)
    return zc_fail_errno (error, errno, _("Cannot read “%s”."), flow->shown);
  if (now.st_nlink == 0)
    return zc_fail (error, ZC_ERROR_IO, _("“%s” was removed while it was read. Nothing was added."),
                    flow->shown);
  if (now.st_size != flow->before.st_size || now.st_mtim.tv_sec != flow->before.st_mtim.tv_sec ||
      now.st_mtim.tv_nsec != flow->before.st_mtim.tv_nsec ||
      pread (flow->fd, &more, 1, (off_t) flow->size) != 0)
    return fail_changed (flow, error);
  return TRUE;
}

static void
report (Flow *flow, const char *phase)
{
  gint64 now = g_get_monotonic_time ();

  if (flow->done < flow->size && now - flow->reported < REPORT_MICROSECONDS)
    return;
  flow->reported = now;
  zc_progress_report (flow->progress, phase, flow->done, flow->size);
}

/* Storing */

static gboolean
is_zero (const ZcPiece *piece)
{
  return piece->data[0] == 0 && memcmp (piece->data, piece->data + 1, piece->size - 1) == 0;
}

/* A piece of nothing but zeros takes no room: disk images and sparse files are full of them. */
static gboolean
insert_piece (ZcInspection *self, guint64 id, const ZcPiece *piece, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (piece->data, is_zero (piece) ? 0 : piece->size);

  return zc_store_run (self->store, error, "INSERT INTO chunk VALUES (?, ?)", "ib", (gint64) id, bytes);
}

static gboolean
store_piece (ZcInspection *self, guint64 blob, Flow *flow, ZcDigester *digester, GError **error)
{
  ZcPiece *piece = _zc_digester_take (digester);
  guint64 n = flow->done / ZC_CHUNK_SIZE;
  gboolean ok;

  if (!read_piece (flow, piece, error))
    return FALSE;
  _zc_digester_push (digester, piece);
  ok = insert_piece (self, blob << 17 | n, piece, error);
  _zc_digester_let_go (digester, piece);
  return ok;
}

/* One transaction, unless one is open around it. */
static gboolean
store_batch (ZcInspection *self, guint64 blob, Flow *flow, ZcDigester *digester, GError **error)
{
  guint64 end = MIN (flow->size, flow->done + BATCH_BYTES);
  gboolean own = self->depth == 0;
  gboolean ok;

  if (own && (!_zc_edit_check_writable (self, error) || !zc_store_begin (self->store, error)))
    return FALSE;
  ok = TRUE;
  while (ok && flow->done < end)
    {
      ok = !zc_fail_if_cancelled (zc_progress_cancellable (flow->progress), error) &&
           store_piece (self, blob, flow, digester, error);
      report (flow, _("Adding evidence"));
    }
  if (own && ok)
    ok = zc_store_commit (self->store, error);
  if (own && !ok)
    zc_store_rollback (self->store);
  return ok;
}

static gboolean
store_all (ZcInspection *self, guint64 blob, Flow *flow, char **sm3, char **sha256, GError **error)
{
  g_autoptr (ZcDigester) digester = _zc_digester_new (ZC_CHUNK_SIZE);

  while (flow->done < flow->size)
    {
      gboolean ok;

      /* Whoever edits meanwhile goes first. */
      while (g_atomic_int_get (&self->store->waiting) > 0)
        g_usleep (200);
      zc_store_lock (self->store);
      ok = store_batch (self, blob, flow, digester, error);
      zc_store_unlock (self->store);
      if (!ok)
        return FALSE;
    }
  _zc_digester_finish (digester, sm3, sha256);
  return check_still (flow, error);
}

static guint64
take_blob (ZcInspection *self, GError **error)
{
  gboolean own;
  guint64 blob = 0;

  zc_store_lock (self->store);
  own = self->depth == 0;
  if (!own || (_zc_edit_check_writable (self, error) && zc_store_begin (self->store, error)))
    {
      blob = _zc_counter_next (self, "blob", error);
      if (own && blob != 0 && !zc_store_commit (self->store, error))
        blob = 0;
      if (own && blob == 0)
        zc_store_rollback (self->store);
    }
  if (blob != 0)
    g_hash_table_add (self->storing, g_memdup2 (&blob, sizeof blob));
  zc_store_unlock (self->store);
  return blob;
}

/* Knowing */

ZcStored *
_zc_intake_find (ZcInspection *self, const char *sm3, const char *sha256)
{
  GHashTableIter iter;
  gpointer value;
  ZcStored *found = NULL;

  zc_store_lock (self->store);
  g_hash_table_iter_init (&iter, self->evidence);
  while (!found && g_hash_table_iter_next (&iter, NULL, &value))
    if (((ZcStored *) value)->blob != 0 && strcmp (((ZcStored *) value)->sha256, sha256) == 0 &&
        strcmp (((ZcStored *) value)->sm3, sm3) == 0)
      found = value;
  zc_store_unlock (self->store);
  return found;
}

static gboolean
size_is_known (ZcInspection *self, guint64 size)
{
  GHashTableIter iter;
  gpointer value;
  gboolean known = FALSE;

  zc_store_lock (self->store);
  g_hash_table_iter_init (&iter, self->evidence);
  while (!known && g_hash_table_iter_next (&iter, NULL, &value))
    known = ((ZcStored *) value)->blob != 0 && ((ZcStored *) value)->size == size;
  zc_store_unlock (self->store);
  return known;
}

/* What may be there already is digested first, so that the same large file again takes no room even for a
 * while. */
static gboolean
look_up (ZcInspection *self, Flow *flow, ZcIntake *intake, GError **error)
{
  g_autoptr (ZcDigester) digester = _zc_digester_new (ZC_CHUNK_SIZE);
  ZcStored *stored;

  while (flow->done < flow->size)
    {
      ZcPiece *piece = _zc_digester_take (digester);

      if (zc_fail_if_cancelled (zc_progress_cancellable (flow->progress), error) ||
          !read_piece (flow, piece, error))
        return FALSE;
      _zc_digester_push (digester, piece);
      _zc_digester_let_go (digester, piece);
      report (flow, _("Comparing with the evidence there is"));
    }
  _zc_digester_finish (digester, &intake->sm3, &intake->sha256);
  if (!check_still (flow, error))
    return FALSE;
  stored = _zc_intake_find (self, intake->sm3, intake->sha256);
  if (stored)
    intake->known = stored->id;
  else
    {
      g_clear_pointer (&intake->sm3, g_free);
      g_clear_pointer (&intake->sha256, g_free);
    }
  flow->done = 0;
  return TRUE;
}

/* The whole way */

static ZcIntake *
take_in (ZcInspection *self, Flow *flow, const char *name, GError **error)
{
  ZcIntake *intake = g_new0 (ZcIntake, 1);
  gboolean ok = TRUE;

  intake->name = zc_text_shown_name (name);
  intake->size = flow->size;
  if (size_is_known (self, flow->size))
    ok = look_up (self, flow, intake, error);
  if (ok && intake->known == 0)
    {
      intake->blob = take_blob (self, error);
      ok = intake->blob != 0 && store_all (self, intake->blob, flow, &intake->sm3, &intake->sha256, error);
    }
  if (ok)
    return intake;
  _zc_intake_drop (self, intake);
  return NULL;
}

static gboolean
check_size (guint64 size, const char *shown, GError **error)
{
  if (size == 0)
    return zc_fail (error, ZC_ERROR_INVALID, _("“%s” is empty: it proves nothing. Choose another file."),
                    shown);
  if (size > ZC_EVIDENCE_MAX_BYTES)
    return zc_fail (error, ZC_ERROR_LIMIT, _("“%s” is too large: a file may have at most 64 GiB."), shown);
  return TRUE;
}

ZcIntake *
_zc_intake_file (ZcInspection *self, const char *path, const ZcProgress *progress, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *shown = zc_text_shown_name (base);
  Flow flow = { .shown = shown, .progress = progress };
  ZcIntake *intake = NULL;

  /* Closing a descriptor of our own database would drop SQLite's locks on it (zc-file-lock.h), so it is not
   * even opened. */
  if (zc_file_lock_is_file (self->store->lock, path))
    return zc_fail_null (error, ZC_ERROR_USAGE,
                         _("“%s” is this inspection itself: it can't be its own evidence."), shown);
  flow.fd = zc_open_regular (path, &flow.size, error);
  if (flow.fd < 0)
    return NULL;
  if (fstat (flow.fd, &flow.before) < 0)
    zc_fail_errno (error, errno, _("Cannot read “%s”."), shown);
  else if (check_size (flow.size, shown, error))
    intake = take_in (self, &flow, base, error);
  close (flow.fd);
  return intake;
}

ZcIntake *
_zc_intake_bytes (ZcInspection *self, GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *shown = zc_text_shown_name (base);
  Flow flow = { .fd = -1, .shown = shown };
  gsize size;

  flow.memory = g_bytes_get_data (bytes, &size);
  flow.size = size;
  return check_size (flow.size, shown, error) ? take_in (self, &flow, base, error) : NULL;
}

void
_zc_intake_drop (ZcInspection *self, ZcIntake *intake)
{
  if (!intake)
    return;
  if (intake->blob != 0)
    {
      zc_store_lock (self->store);
      g_hash_table_remove (self->storing, &intake->blob);
      _zc_blobs_drop (self, intake->blob, NULL);
      zc_store_unlock (self->store);
    }
  g_free (intake->name);
  g_free (intake->sm3);
  g_free (intake->sha256);
  g_free (intake);
}
