/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-clock.h"
#include "base/zc-digest.h"
#include "base/zc-text.h"
#include "inspection/zc-intake.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Adding */

/* Among the changes, so that memory forgets it when the transaction is taken back. */
static void
remember (ZcInspection *self, const char *what, guint64 id)
{
  ZcChange *change = g_new0 (ZcChange, 1);

  change->place = g_strdup_printf ("%s:%" G_GUINT64_FORMAT, what, id);
  g_ptr_array_add (self->changes, change);
}

static gboolean
keep_stored (ZcInspection *self, ZcStored *stored, GError **error)
{
  if (!zc_store_run (self->store, error, "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)", "iitittt",
                     (gint64) stored->id, (gint64) stored->blob, stored->name, (gint64) stored->size,
                     stored->sm3, stored->sha256, stored->added))
    {
      _zc_stored_free (stored);
      return FALSE;
    }
  remember (self, "stored", stored->id);
  g_hash_table_insert (self->evidence, &stored->id, stored);
  return TRUE;
}

/* Files whose bytes were missing (taken over from a record without them) have them now. */
static gboolean
fill_missing (ZcInspection *self, const ZcIntake *intake, guint64 *id, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->evidence);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ZcStored *stored = value;

      if (stored->blob != 0 || strcmp (stored->sha256, intake->sha256) != 0 ||
          strcmp (stored->sm3, intake->sm3) != 0)
        continue;
      if (!zc_store_run (self->store, error, "UPDATE evidence SET blob = ? WHERE id = ?", "ii",
                         (gint64) intake->blob, (gint64) stored->id))
        return FALSE;
      stored->blob = intake->blob;
      remember (self, "filled", stored->id);
      *id = stored->id;
    }
  return TRUE;
}

static ZcStored *
stored_new (ZcInspection *self, guint64 id, guint64 blob, const ZcIntake *intake)
{
  ZcStored *stored = g_new0 (ZcStored, 1);

  stored->id = id;
  stored->blob = blob;
  stored->size = intake->size;
  stored->name = g_strdup (intake->name);
  stored->sm3 = g_strdup (intake->sm3);
  stored->sha256 = g_strdup (intake->sha256);
  stored->added = zc_clock_now_string ();
  return stored;
}

static guint64
register_intake (ZcInspection *self, ZcIntake *intake, GError **error)
{
  ZcStored *known = _zc_intake_find (self, intake->sm3, intake->sha256);
  guint64 id = 0;

  if (known)
    return known->id;
  if (!fill_missing (self, intake, &id, error))
    return 0;
  if (id != 0)
    return id;
  if (g_hash_table_size (self->evidence) >= ZC_MAX_EVIDENCE)
    return zc_fail (error, ZC_ERROR_LIMIT, _ ("“%s” holds as much as an inspection may hold."),
                    self->store->shown);
  id = _zc_counter_next (self, "evidence", error);
  return id != 0 && keep_stored (self, stored_new (self, id, intake->blob, intake), error) ? id : 0;
}

/* The bytes belong to evidence now, unless the very same ones came in meanwhile. */
static void
settle (ZcInspection *self, ZcIntake *intake, guint64 id)
{
  ZcStored *stored = id ? _zc_stored_find (self, id) : NULL;

  if (stored && stored->blob == intake->blob)
    {
      g_hash_table_remove (self->storing, &intake->blob);
      intake->blob = 0;
    }
  _zc_intake_drop (self, intake);
}

/* Takes @intake. */
static guint64
finish_attach (ZcInspection *self, ZcIntake *intake, const char *item, GError **error)
{
  g_autofree char *step = _zc_attach_step (self, intake->name, item);
  guint64 id = 0;

  if (_zc_edit_begin (self, step, error))
    {
      gboolean ok;

      id = register_intake (self, intake, error);
      ok = _zc_edit_end (self, id != 0 && _zc_state_link (self, id, item, error), error);
      if (!ok)
        id = 0;
    }
  settle (self, intake, id);
  return id;
}

guint64
zc_inspection_attach (
    ZcInspection *self, const char *path, const char *item, const ZcProgress *progress, GError **error)
{
  ZcIntake *intake;

  if (!_zc_edit_check_writable (self, error) || !_zc_check_item (self, item, error))
    return 0;
  intake = _zc_intake_file (self, path, progress, error);
  return intake ? finish_attach (self, intake, item, error) : 0;
}

guint64
zc_inspection_attach_bytes (
    ZcInspection *self, GBytes *bytes, const char *name, const char *item, GError **error)
{
  ZcIntake *intake;

  if (!_zc_edit_check_writable (self, error) || !_zc_check_item (self, item, error))
    return 0;
  intake = _zc_intake_bytes (self, bytes, name, error);
  return intake ? finish_attach (self, intake, item, error) : 0;
}

/* Adding in the background */

typedef struct
{
  char *path;
  char *item;
  ZcProgress progress;
  GThread *thread;
  ZcIntake *intake;
  GError *error;
} AttachJob;

static void
attach_job_free (gpointer data)
{
  AttachJob *job = data;

  g_free (job->path);
  g_free (job->item);
  g_clear_object (&job->progress.cancellable);
  g_free (job);
}

/* The thread has ended before the caller hears of it: it must not be the last to hold the inspection, and so
 * keep it locked. */
static gboolean
return_attach (gpointer data)
{
  g_autoptr (GTask) task = data;
  AttachJob *job = g_task_get_task_data (task);

  g_thread_join (g_steal_pointer (&job->thread));
  if (job->intake)
    g_task_return_pointer (task, g_steal_pointer (&job->intake), NULL);
  else
    g_task_return_error (task, g_steal_pointer (&job->error));
  return G_SOURCE_REMOVE;
}

static gpointer
run_attach (gpointer data)
{
  GTask *task = data;
  AttachJob *job = g_task_get_task_data (task);
  g_autoptr (GSource) source = g_idle_source_new ();

  job->intake = _zc_intake_file (g_task_get_source_object (task), job->path, &job->progress, &job->error);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, return_attach, task, NULL);
  g_source_attach (source, g_task_get_context (task));
  return NULL;
}

void
zc_inspection_attach_async (ZcInspection *self,
                            const char *path,
                            const char *item,
                            const ZcProgress *progress,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  AttachJob *job = g_new0 (AttachJob, 1);
  GError *error = NULL;

  job->path = g_strdup (path);
  job->item = g_strdup (item);
  if (progress)
    job->progress = *progress;
  if (job->progress.cancellable)
    g_object_ref (job->progress.cancellable);
  g_task_set_source_tag (task, zc_inspection_attach_async);
  g_task_set_task_data (task, job, attach_job_free);
  if (!_zc_edit_check_writable (self, &error) || !_zc_check_item (self, item, &error))
    g_task_return_error (task, error);
  else
    job->thread = g_thread_new ("attach", run_attach, g_object_ref (task));
}

guint64
zc_inspection_attach_finish (ZcInspection *self, GAsyncResult *result, GError **error)
{
  AttachJob *job;
  ZcIntake *intake;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  job = g_task_get_task_data (G_TASK (result));
  intake = g_task_propagate_pointer (G_TASK (result), error);
  return intake ? finish_attach (self, intake, job->item, error) : 0;
}

/* Taking over */

/* The number that @evidence gets: its own unless other bytes have it here. */
static guint64
number_for (ZcInspection *self, const ZcEvidence *evidence, GError **error)
{
  ZcStored *there = _zc_stored_find (self, evidence->id);

  if (there && strcmp (there->sm3, evidence->sm3) == 0 && strcmp (there->sha256, evidence->sha256) == 0 &&
      strcmp (there->name, evidence->name) == 0)
    return evidence->id;
  if (there || evidence->id < 1 || evidence->id >= (guint64) 1 << 46)
    return _zc_counter_next (self, "evidence", error);
  return _zc_counter_reach (self, "evidence", evidence->id, TRUE, error) ? evidence->id : 0;
}

static gboolean
bytes_for (ZcInspection *self,
           const ZcEvidence *evidence,
           const char *path,
           gboolean allow_missing,
           const ZcProgress *progress,
           ZcIntake **intake,
           GError **error)
{
  if (!path)
    return allow_missing ||
           zc_fail (error, ZC_ERROR_MISMATCH, _ ("The file “%s” is missing."), evidence->name);
  *intake = _zc_intake_file (self, path, progress, error);
  if (!*intake)
    return FALSE;
  if (strcmp ((*intake)->sm3, evidence->sm3) == 0 && strcmp ((*intake)->sha256, evidence->sha256) == 0)
    return TRUE;
  _zc_intake_drop (self, g_steal_pointer (intake));
  return allow_missing || zc_fail (error, ZC_ERROR_MISMATCH,
                                   _ ("“%s” is not the file that the record means."), evidence->name);
}

static guint64
restore_as (ZcInspection *self, const ZcEvidence *evidence, guint64 blob, GError **error)
{
  guint64 id = number_for (self, evidence, error);
  ZcIntake like = { evidence->name, evidence->size, evidence->sm3, evidence->sha256, 0, 0 };
  ZcStored *there = id ? _zc_stored_find (self, id) : NULL;

  if (id == 0)
    return 0;
  if (there && there->blob == 0 && blob != 0)
    {
      like.blob = blob;
      if (!fill_missing (self, &like, &id, error))
        return 0;
    }
  else if (!there && !keep_stored (self, stored_new (self, id, blob, &like), error))
    return 0;
  return _zc_state_link (self, id, NULL, error) ? id : 0;
}

guint64
zc_inspection_restore_evidence (ZcInspection *self,
                                const ZcEvidence *evidence,
                                const char *path,
                                gboolean allow_missing,
                                const ZcProgress *progress,
                                GError **error)
{
  g_autofree char *shown = zc_text_shown_name (evidence->name);
  ZcStored *known = _zc_intake_find (self, evidence->sm3, evidence->sha256);
  guint8 digest[32];
  ZcIntake *intake = NULL;
  guint64 id = 0;
  gboolean ok;

  if (strcmp (shown, evidence->name) != 0 || evidence->size < 1 || evidence->size > ZC_EVIDENCE_MAX_BYTES ||
      !zc_unhex (evidence->sm3, digest, 32) || !zc_unhex (evidence->sha256, digest, 32))
    return zc_fail (error, ZC_ERROR_INVALID, _ ("“%s” is not stated as a file can be."), shown);
  if (!_zc_edit_begin (self, _ ("Take over another record"), error))
    return 0;
  ok = known || bytes_for (self, evidence, path, allow_missing, progress, &intake, error);
  if (ok)
    id = restore_as (self, evidence, known ? known->blob : intake ? intake->blob : 0, error);
  ok = _zc_edit_end (self, id != 0, error);
  if (intake)
    settle (self, intake, ok ? id : 0);
  return ok ? id : 0;
}
