/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-relay.h"
#include "zc-session.h"

/* The session's long work: each on a thread of its own, with a handle of its own of the file. */

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

static void
on_job_progress (const char *phase, guint64 done, guint64 total, gpointer data)
{
  const Work *work = data;

  if (work->job)
    zc_session_job_moved (work->session, work->job, phase, done, total);
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
  if (work->job && error)
    zc_job_add_flags (work->job, ZC_JOB_FAILED);
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
  work->path = g_strdup (zc_inspection_get_path (zc_session_inspection (self)));
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
