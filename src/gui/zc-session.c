/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-session.h"

#include "zc-relay.h"

#include <glib/gi18n.h>

/* How long after the last edit preflight runs: not between two keys. */
#define CHECK_DELAY_MS 400

struct _ZcSession
{
  GObject parent_instance;
  ZcInspection *inspection;
  ZcRecord *record;
  GPtrArray *results;
  guint64 whole; /* of what data version, plus one, the results are of the whole preflight; 0: they are not */
  gboolean checking;
  guint check_timeout;
  char *here;
};

G_DEFINE_FINAL_TYPE (ZcSession, zc_session, G_TYPE_OBJECT)

enum
{
  CHANGED,
  CHECKED,
  STATE_CHANGED,
  GO,
  HERE,
  FAILED,
  SAVED,
  JOB,
  JOB_PROGRESS,
  JOB_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

ZcInspection *
zc_session_inspection (ZcSession *self)
{
  return self->inspection;
}

ZcScheme *
zc_session_scheme (ZcSession *self)
{
  return zc_inspection_get_scheme (self->inspection);
}

ZcRecord *
zc_session_record (ZcSession *self)
{
  return self->record;
}

GPtrArray *
zc_session_results (ZcSession *self)
{
  return self->results;
}

gboolean
zc_session_can_edit (ZcSession *self)
{
  return !zc_inspection_is_read_only (self->inspection) && zc_inspection_get_state (self->inspection) < ZC_STATE_SEALED;
}

static void
take_results (ZcSession *self, GPtrArray *results, guint64 whole)
{
  g_clear_handle_id (&self->check_timeout, g_source_remove);
  g_ptr_array_unref (self->results);
  self->results = results;
  self->whole = whole;
}

static void
tell_results (ZcSession *self)
{
  g_signal_emit (self, signals[CHECKED], 0);
}

gboolean
zc_session_is_checked (ZcSession *self)
{
  return self->whole == zc_inspection_data_version (self->inspection) + 1;
}

gboolean
zc_session_is_checking (ZcSession *self)
{
  return self->checking;
}

static gpointer
check_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcRecord) record = zc_record_new (inspection);

  return zc_handin_preflight (inspection, record);
}

typedef struct
{
  guint64 version;
} Check;

static void
on_check_done (ZcSession *self, gpointer result, const GError *error, gpointer data)
{
  const Check *check = data;
  g_autoptr (GPtrArray) results = result;

  self->checking = FALSE;
  if (error)
    {
      /* Not again by itself: it would fail again. */
      self->whole = check->version + 1;
      zc_session_fail (self, g_error_copy (error));
      tell_results (self);
    }
  else if (check->version != zc_inspection_data_version (self->inspection))
    zc_session_check (self);
  else
    {
      gboolean good = zc_preflight_count (results, ZC_LEVEL_MUST) == 0;

      take_results (self, g_steal_pointer (&results), check->version + 1);
      if (good && zc_inspection_get_state (self->inspection) == ZC_STATE_DRAFT && zc_session_can_edit (self))
        zc_inspection_set_checked (self->inspection, NULL);
      tell_results (self);
    }
}

void
zc_session_check (ZcSession *self)
{
  g_autoptr (GCancellable) cancellable = NULL;
  Check *check;

  if (self->checking)
    return;
  self->checking = TRUE;
  cancellable = g_cancellable_new ();
  check = g_new0 (Check, 1);
  check->version = zc_inspection_data_version (self->inspection);
  zc_session_run_quietly (self, cancellable, check_job, on_check_done, check, g_free);
}

static gboolean
on_check_timeout (gpointer data)
{
  ZcSession *self = data;

  self->check_timeout = 0;
  take_results (self, zc_handin_quick_check (self->inspection, self->record), 0);
  tell_results (self);
  return G_SOURCE_REMOVE;
}

static void
check_soon (ZcSession *self)
{
  g_clear_handle_id (&self->check_timeout, g_source_remove);
  self->check_timeout = g_timeout_add (CHECK_DELAY_MS, on_check_timeout, self);
}

static void
on_changed (ZcInspection *inspection, const char *place, ZcSession *self)
{
  zc_record_update (self->record, inspection, place);
  g_signal_emit (self, signals[CHANGED], 0, place);
  g_signal_emit (self, signals[SAVED], 0);
  check_soon (self);
}

static void
on_state_changed (ZcInspection *inspection, ZcSession *self)
{
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

ZcSession *
zc_session_new (ZcInspection *inspection)
{
  ZcSession *self = g_object_new (ZC_TYPE_SESSION, NULL);

  self->inspection = g_object_ref (inspection);
  self->record = zc_record_new (inspection);
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_result_free);
  g_signal_connect_object (inspection, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (inspection, "state-changed", G_CALLBACK (on_state_changed), self, 0);
  check_soon (self);
  return self;
}

const char *
zc_session_get (ZcSession *self, const char *place)
{
  const char *value = zc_inspection_get (self->inspection, place);

  return value ? value : "";
}

void
zc_session_fail (ZcSession *self, GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
  g_error_free (error);
}

gboolean
zc_session_set (ZcSession *self, const char *place, const char *value)
{
  GError *error = NULL;

  if (zc_inspection_set (self->inspection, place, value, &error))
    return TRUE;
  zc_session_fail (self, error);
  return FALSE;
}

void
zc_session_go (ZcSession *self, const char *place)
{
  g_signal_emit (self, signals[GO], 0, place);
}

void
zc_session_set_here (ZcSession *self, const char *place)
{
  if (g_strcmp0 (self->here, place) == 0)
    return;
  g_free (self->here);
  self->here = g_strdup (place);
  g_signal_emit (self, signals[HERE], 0);
}

const char *
zc_session_get_here (ZcSession *self)
{
  return self->here;
}

static void
step (ZcSession *self, gboolean (*func) (ZcInspection *, GError **))
{
  GError *error = NULL;

  if (!func (self->inspection, &error) && error)
    zc_session_fail (self, error);
}

void
zc_session_undo (ZcSession *self)
{
  step (self, zc_inspection_undo);
}

void
zc_session_redo (ZcSession *self)
{
  step (self, zc_inspection_redo);
}

/* Long work */

typedef struct
{
  ZcSession *session;
  ZcSessionJob func;
  ZcSessionDone done;
  gpointer data;
  GDestroyNotify data_free;
  char *path;
  GCancellable *cancellable;
  ZcJob *job; /* (nullable): the cancellable, unless it works quietly */
  ZcRelay *relay;
} Work;

/* What belongs to the main thread. The worker may be the last to let go of the task, and must not be the last to hold
 * a widget or an inspection. */
static void
work_let_go (Work *work)
{
  if (work->data_free)
    work->data_free (g_steal_pointer (&work->data));
  work->data_free = NULL;
  g_clear_object (&work->session);
}

static void
work_free (Work *work)
{
  g_object_unref (work->cancellable);
  zc_relay_unref (work->relay);
  g_free (work->path);
  g_free (work);
}

void
zc_session_add_job (ZcSession *self, ZcJob *job)
{
  g_signal_emit (self, signals[JOB], 0, job);
}

void
zc_session_remove_job (ZcSession *self, ZcJob *job)
{
  g_signal_emit (self, signals[JOB_DONE], 0, job);
}

static void
on_job_progress (const char *phase, guint64 done, guint64 total, gpointer data)
{
  const Work *work = data;

  if (work->job)
    g_signal_emit (work->session, signals[JOB_PROGRESS], 0, work->job, phase, done, total);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  g_autoptr (ZcInspection) inspection = zc_inspection_open (work->path, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, &error);
  gpointer result = inspection ? work->func (inspection, work->data, zc_relay_progress (work->relay), &error) : NULL;

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, NULL);
}

static void
on_worked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  zc_relay_stop (work->relay);
  if (work->job)
    zc_session_remove_job (work->session, work->job);
  work->done (work->session, value, error, work->data);
  work_let_go (work);
}

static Work *
work_new (ZcSession *self, GCancellable *cancellable, ZcSessionJob func, ZcSessionDone done, gpointer data, GDestroyNotify data_free)
{
  Work *work = g_new0 (Work, 1);

  work->session = g_object_ref (self);
  work->func = func;
  work->done = done;
  work->data = data;
  work->data_free = data_free;
  work->path = g_strdup (zc_inspection_get_path (self->inspection));
  work->cancellable = g_object_ref (cancellable);
  work->relay = zc_relay_new (cancellable, on_job_progress, work);
  return work;
}

/* Takes @work. */
static void
work_run (Work *work)
{
  g_autoptr (GTask) task = g_task_new (NULL, work->cancellable, on_worked, NULL);

  g_task_set_source_tag (task, zc_session_run);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, run_in_thread);
}

ZcJob *
zc_session_run (ZcSession *self, const char *title, ZcSessionJob func, ZcSessionDone done, gpointer data, GDestroyNotify data_free)
{
  g_autoptr (ZcJob) job = zc_job_new (title, 0);
  Work *work = work_new (self, G_CANCELLABLE (job), func, done, data, data_free);

  work->job = job;
  zc_session_add_job (self, job);
  work_run (work);
  return job;
}

void
zc_session_run_quietly (ZcSession *self, GCancellable *cancellable, ZcSessionJob func, ZcSessionDone done, gpointer data,
                        GDestroyNotify data_free)
{
  work_run (work_new (self, cancellable, func, done, data, data_free));
}

static void
zc_session_dispose (GObject *object)
{
  ZcSession *self = ZC_SESSION (object);

  g_clear_handle_id (&self->check_timeout, g_source_remove);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_pointer (&self->record, zc_record_unref);
  g_clear_object (&self->inspection);
  g_clear_pointer (&self->here, g_free);
  G_OBJECT_CLASS (zc_session_parent_class)->dispose (object);
}

static void
zc_session_class_init (ZcSessionClass *klass)
{
  const GSignalFlags flags = G_SIGNAL_RUN_LAST;

  G_OBJECT_CLASS (klass)->dispose = zc_session_dispose;
  signals[CHANGED] = g_signal_new ("changed", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHECKED] = g_signal_new ("checked", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GO] = g_signal_new ("go", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[HERE] = g_signal_new ("here", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SAVED] = g_signal_new ("saved", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[JOB] = g_signal_new ("job", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ZC_TYPE_JOB);
  signals[JOB_PROGRESS] = g_signal_new ("job-progress", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                                        ZC_TYPE_JOB, G_TYPE_STRING, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[JOB_DONE] = g_signal_new ("job-done", ZC_TYPE_SESSION, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ZC_TYPE_JOB);
}

static void
zc_session_init (ZcSession *self)
{
}
