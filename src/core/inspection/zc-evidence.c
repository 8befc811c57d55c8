/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-clock.h"
#include "base/zc-digest.h"
#include "base/zc-text.h"
#include "inspection/zc-intake.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
zc_evidence_free (ZcEvidence *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->sm3);
  g_free (self->sha256);
  g_free (self->caption);
  g_free (self->added);
  g_strfreev (self->items);
  g_free (self);
}

static const char *
link_get (ZcInspection *self, const char *item, guint64 id)
{
  return _zc_statements_get (self, ZC_PLACE_LINK, item, id, NULL);
}

/* Returns: (transfer full): the items that evidence @id serves, in scheme order. */
static GPtrArray *
items_of (ZcInspection *self, guint64 id)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->scheme->items->len; i++)
    {
      const ZcItem *item = self->scheme->items->pdata[i];

      if (_zc_statements_numbered (self->links, item->id) && link_get (self, item->id, id))
        g_ptr_array_add (items, g_strdup (item->id));
    }
  return items;
}

static ZcEvidence *
evidence_new (ZcInspection *self, const ZcStored *stored)
{
  const char *caption = _zc_statements_get (self, ZC_PLACE_EVIDENCE, NULL, stored->id, "caption");
  GPtrArray *items = items_of (self, stored->id);
  ZcEvidence *evidence = g_new0 (ZcEvidence, 1);

  evidence->id = stored->id;
  evidence->name = g_strdup (stored->name);
  evidence->size = stored->size;
  evidence->sm3 = g_strdup (stored->sm3);
  evidence->sha256 = g_strdup (stored->sha256);
  evidence->caption = g_strdup (caption ? caption : "");
  evidence->added = g_strdup (stored->added);
  g_ptr_array_set_free_func (items, NULL);
  g_ptr_array_add (items, NULL);
  evidence->items = (char **) g_ptr_array_free (items, FALSE);
  return evidence;
}

static gboolean
is_kept (ZcInspection *self, guint64 id)
{
  return _zc_statements_get (self, ZC_PLACE_EVIDENCE, NULL, id, "kept") != NULL;
}

static int
compare_evidence (gconstpointer a, gconstpointer b)
{
  const ZcEvidence *x = *(ZcEvidence *const *) a, *y = *(ZcEvidence *const *) b;

  return x->id < y->id ? -1 : x->id > y->id;
}

GPtrArray *
zc_inspection_get_evidence (ZcInspection *self, const char *item)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_evidence_free);
  GArray *links = item ? _zc_statements_numbered (self->links, item) : NULL;
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; links && i < links->len; i++)
    {
      ZcStored *stored = _zc_stored_find (self, g_array_index (links, ZcNumbered, i).number);

      if (stored)
        g_ptr_array_add (list, evidence_new (self, stored));
    }
  if (item)
    return list;

  g_hash_table_iter_init (&iter, self->evidence);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      g_autoptr (ZcEvidence) evidence = evidence_new (self, value);

      if (evidence->items[0] || is_kept (self, evidence->id))
        g_ptr_array_add (list, g_steal_pointer (&evidence));
    }
  g_ptr_array_sort (list, compare_evidence);
  return list;
}

ZcEvidence *
zc_inspection_find_evidence (ZcInspection *self, guint64 id)
{
  ZcStored *stored = _zc_stored_find (self, id);

  return stored ? evidence_new (self, stored) : NULL;
}

static ZcStored *
find_stored (ZcInspection *self, guint64 id, GError **error)
{
  ZcStored *stored = _zc_stored_find (self, id);

  return stored ? stored : zc_fail_null (error, ZC_ERROR_USAGE, _("There is no evidence number %" G_GUINT64_FORMAT "."), id);
}

/* Links */

static gboolean
check_item (ZcInspection *self, const char *item, GError **error)
{
  return !item || zc_scheme_find_item (self->scheme, item) || zc_fail (error, ZC_ERROR_USAGE, _("There is no item “%s”."), item);
}

/* Behind the item's other files; what serves an item need not be kept for itself. */
static gboolean
state_link (ZcInspection *self, guint64 id, const char *item, GError **error)
{
  GArray *links = item ? _zc_statements_numbered (self->links, item) : NULL;
  g_autofree char *key = NULL;

  if (!item)
    {
      g_autoptr (GPtrArray) items = items_of (self, id);

      return items->len > 0 || _zc_edit_put (self, ZC_PLACE_EVIDENCE, NULL, id, "kept", "1", error);
    }
  if (link_get (self, item, id))
    return TRUE;
  key = g_strdup_printf ("%" G_GUINT64_FORMAT, links && links->len ? g_array_index (links, ZcNumbered, links->len - 1).key + 1 : 1);
  return _zc_edit_put (self, ZC_PLACE_LINK, item, id, NULL, key, error) &&
         _zc_edit_put (self, ZC_PLACE_EVIDENCE, NULL, id, "kept", NULL, error);
}

static char *
attach_step (ZcInspection *self, const char *name, const char *item)
{
  g_autofree char *label = item ? _zc_item_label (self, item) : NULL;

  return label ? g_strdup_printf (_("Add “%s” to %s"), name, label) : g_strdup_printf (_("Add “%s”"), name);
}

gboolean
zc_inspection_link (ZcInspection *self, guint64 id, const char *item, GError **error)
{
  ZcStored *stored = find_stored (self, id, error);
  g_autofree char *step = NULL;

  if (!stored || !check_item (self, item, error))
    return FALSE;
  step = attach_step (self, stored->name, item);
  if (!_zc_edit_begin (self, step, error))
    return FALSE;
  return _zc_edit_end (self, state_link (self, id, item, error), error);
}

static gboolean
drop_links (ZcInspection *self, guint64 id, const char *item, GError **error)
{
  g_autoptr (GPtrArray) items = items_of (self, id);

  for (guint i = 0; i < items->len; i++)
    if ((!item || strcmp (items->pdata[i], item) == 0) &&
        !_zc_edit_put (self, ZC_PLACE_LINK, items->pdata[i], id, NULL, NULL, error))
      return FALSE;
  if (item && items->len > 1)
    return TRUE;
  return _zc_edit_put (self, ZC_PLACE_EVIDENCE, NULL, id, "kept", NULL, error) &&
         _zc_edit_put (self, ZC_PLACE_EVIDENCE, NULL, id, "caption", NULL, error);
}

gboolean
zc_inspection_detach (ZcInspection *self, guint64 id, const char *item, GError **error)
{
  ZcStored *stored = find_stored (self, id, error);
  g_autofree char *label = NULL;
  g_autofree char *step = NULL;

  if (!stored || !check_item (self, item, error))
    return FALSE;
  label = item ? _zc_item_label (self, item) : NULL;
  if (item && !link_get (self, item, id))
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” does not belong to %s."), stored->name, label);
  step = item ? g_strdup_printf (_("Remove “%s” from %s"), stored->name, label) : g_strdup_printf (_("Remove “%s”"), stored->name);
  if (!_zc_edit_begin (self, step, error))
    return FALSE;
  return _zc_edit_end (self, drop_links (self, id, item, error), error);
}

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
  if (!zc_store_run (self->store, error, "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)", "iitittt", (gint64) stored->id,
                     (gint64) stored->blob, stored->name, (gint64) stored->size, stored->sm3, stored->sha256, stored->added))
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

      if (stored->blob != 0 || strcmp (stored->sha256, intake->sha256) != 0 || strcmp (stored->sm3, intake->sm3) != 0)
        continue;
      if (!zc_store_run (self->store, error, "UPDATE evidence SET blob = ? WHERE id = ?", "ii", (gint64) intake->blob, (gint64) stored->id))
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
    return zc_fail (error, ZC_ERROR_LIMIT, _("“%s” holds as much as an inspection may hold."), self->store->shown);
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
  g_autofree char *step = attach_step (self, intake->name, item);
  guint64 id = 0;

  if (_zc_edit_begin (self, step, error))
    {
      gboolean ok;

      id = register_intake (self, intake, error);
      ok = _zc_edit_end (self, id != 0 && state_link (self, id, item, error), error);
      if (!ok)
        id = 0;
    }
  settle (self, intake, id);
  return id;
}

guint64
zc_inspection_attach (ZcInspection *self, const char *path, const char *item, const ZcProgress *progress, GError **error)
{
  ZcIntake *intake;

  if (!_zc_edit_check_writable (self, error) || !check_item (self, item, error))
    return 0;
  intake = _zc_intake_file (self, path, progress, error);
  return intake ? finish_attach (self, intake, item, error) : 0;
}

guint64
zc_inspection_attach_bytes (ZcInspection *self, GBytes *bytes, const char *name, const char *item, GError **error)
{
  ZcIntake *intake;

  if (!_zc_edit_check_writable (self, error) || !check_item (self, item, error))
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

/* The thread has ended before the caller hears of it: it must not be the last to hold the inspection, and so keep it locked. */
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
zc_inspection_attach_async (ZcInspection *self, const char *path, const char *item, const ZcProgress *progress,
                            GAsyncReadyCallback callback, gpointer data)
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
  if (!_zc_edit_check_writable (self, &error) || !check_item (self, item, &error))
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
bytes_for (ZcInspection *self, const ZcEvidence *evidence, const char *path, gboolean allow_missing, const ZcProgress *progress,
           ZcIntake **intake, GError **error)
{
  if (!path)
    return allow_missing || zc_fail (error, ZC_ERROR_MISMATCH, _("The file “%s” is missing."), evidence->name);
  *intake = _zc_intake_file (self, path, progress, error);
  if (!*intake)
    return FALSE;
  if (strcmp ((*intake)->sm3, evidence->sm3) == 0 && strcmp ((*intake)->sha256, evidence->sha256) == 0)
    return TRUE;
  _zc_intake_drop (self, g_steal_pointer (intake));
  return allow_missing || zc_fail (error, ZC_ERROR_MISMATCH, _("“%s” is not the file that the record means."), evidence->name);
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
  return state_link (self, id, NULL, error) ? id : 0;
}

guint64
zc_inspection_restore_evidence (ZcInspection *self, const ZcEvidence *evidence, const char *path, gboolean allow_missing,
                                const ZcProgress *progress, GError **error)
{
  g_autofree char *shown = zc_text_shown_name (evidence->name);
  ZcStored *known = _zc_intake_find (self, evidence->sm3, evidence->sha256);
  guint8 digest[32];
  ZcIntake *intake = NULL;
  guint64 id = 0;
  gboolean ok;

  if (strcmp (shown, evidence->name) != 0 || evidence->size < 1 || evidence->size > ZC_EVIDENCE_MAX_BYTES ||
      !zc_unhex (evidence->sm3, digest, 32) || !zc_unhex (evidence->sha256, digest, 32))
    return zc_fail (error, ZC_ERROR_INVALID, _("“%s” is not stated as a file can be."), shown);
  if (!_zc_edit_begin (self, _("Take over another record"), error))
    return 0;
  ok = known || bytes_for (self, evidence, path, allow_missing, progress, &intake, error);
  if (ok)
    id = restore_as (self, evidence, known ? known->blob : intake ? intake->blob : 0, error);
  ok = _zc_edit_end (self, id != 0, error);
  if (intake)
    settle (self, intake, ok ? id : 0);
  return ok ? id : 0;
}

/* Reading */

ZcSource *
zc_inspection_open_evidence (ZcInspection *self, guint64 id, GError **error)
{
  ZcStored *stored = find_stored (self, id, error);

  if (!stored)
    return NULL;
  if (stored->blob == 0)
    return zc_fail_null (error, ZC_ERROR_DAMAGED, _("The file “%s” is missing. Add it again."), stored->name);
  return _zc_blob_source (self, stored);
}

gboolean
zc_inspection_check_evidence (ZcInspection *self, guint64 id, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcSource) source = zc_inspection_open_evidence (self, id, error);
  g_autoptr (ZcDigest) digest = zc_digest_new (ZC_DIGEST_SM3 | ZC_DIGEST_SHA256);
  g_autofree guint8 *buffer = g_malloc (ZC_CHUNK_SIZE);
  g_autofree char *sm3 = NULL;
  g_autofree char *sha256 = NULL;
  ZcStored *stored = _zc_stored_find (self, id);

  if (!source)
    return FALSE;
  for (guint64 done = 0; done < stored->size;)
    {
      gsize part = (gsize) MIN (stored->size - done, ZC_CHUNK_SIZE);

      if (zc_fail_if_cancelled (zc_progress_cancellable (progress), error) || !zc_source_read (source, done, buffer, part, error))
        return FALSE;
      zc_digest_update (digest, buffer, part);
      done += part;
      zc_progress_report (progress, _("Checking evidence"), done, stored->size);
    }
  sm3 = zc_digest_hex (digest, ZC_DIGEST_SM3);
  sha256 = zc_digest_hex (digest, ZC_DIGEST_SHA256);
  if (strcmp (sm3, stored->sm3) == 0 && strcmp (sha256, stored->sha256) == 0)
    return TRUE;
  return zc_fail (error, ZC_ERROR_DAMAGED, _("The stored copy of “%s” is damaged. Add the file again."), stored->name);
}
