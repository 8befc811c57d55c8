/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-session.h"

#include "inspection/zc-travel.h"
#include "zc-slices.h"

#include <glib/gi18n.h>

/* How long after the last edit preflight runs: not between two keys. */
#define CHECK_DELAY_MS 400
/* Up to so many places are undone, or read anew, at once. */
#define FEW_PLACES 500
#define PLACES_AT_ONCE 50

struct _ZcSession
{
  GObject parent_instance;
  ZcInspection *inspection;
  ZcRecord *record;
  GPtrArray *results;
  gboolean has_results;
  guint64 whole; /* of what data version, plus one, the results are of the whole preflight; 0: they are not */
  gboolean checking;
  guint check_timeout;
  char *here;
  /* what may be too much for one turn of the main loop */
  ZcTravel *travel; /* nullable: undo or redo under way */
  ZcSlices *travelling;
  GPtrArray *behind; /* nullable: places that the record does not follow yet */
  guint caught_up;   /* of them */
  ZcSlices *catching_up;
  gboolean state_too; /* "state-changed" waits until it has */
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
zc_session_is_behind (ZcSession *self)
{
  return self->travel || self->behind;
}

gboolean
zc_session_has_results (ZcSession *self)
{
  return self->has_results;
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
  self->has_results = TRUE;
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

  if (zc_session_is_behind (self))
    return G_SOURCE_CONTINUE;
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

/* The record follows what changed */

static void
tell_changed (ZcSession *self, const char *place)
{
  g_signal_emit (self, signals[CHANGED], 0, place);
  g_signal_emit (self, signals[SAVED], 0);
  check_soon (self);
}

static void
forget_behind (ZcSession *self)
{
  g_clear_pointer (&self->catching_up, zc_slices_free);
  g_clear_pointer (&self->behind, g_ptr_array_unref);
}

static gboolean
catch_up_some (gpointer data, guint64 *done, guint64 *total)
{
  ZcSession *self = data;

  self->caught_up = zc_record_update_some (self->record, self->inspection, self->behind, self->caught_up, PLACES_AT_ONCE);
  *done = self->caught_up;
  *total = self->behind->len;
  if (*done < *total)
    return TRUE;
  forget_behind (self);
  tell_changed (self, NULL);
  if (self->state_too)
    g_signal_emit (self, signals[STATE_CHANGED], 0);
  self->state_too = FALSE;
  return FALSE;
}

static void
on_slow (gpointer data, ZcJob *job)
{
  zc_session_add_job (data, job);
}

static void
on_slow_over (gpointer data, ZcJob *job)
{
  zc_session_remove_job (data, job);
}

static void
on_slow_moved (gpointer data, ZcJob *job, guint64 done, guint64 total)
{
  g_signal_emit (data, signals[JOB_PROGRESS], 0, job, zc_job_get_title (job), done, total);
}

/* There is no way back: what is stated is stated. */
static void
on_catch_up_slow (gpointer data, ZcJob *job)
{
  zc_job_set_cost (job, _("All is on disk already; the pages only follow it."), FALSE);
  zc_session_add_job (data, job);
}

static void
catch_up (ZcSession *self, GPtrArray *told)
{
  static const ZcSlicesFuncs funcs = { catch_up_some, on_catch_up_slow, on_slow_over, on_slow_moved, NULL };

  if (!self->behind)
    {
      self->behind = g_ptr_array_ref (told);
      self->catching_up = zc_slices_new (_("Bringing everything up to date"), ZC_JOB_HARMLESS, &funcs, self);
    }
  else
    {
      /* Those that wait still wait; and rows may have come and gone. */
      g_autoptr (GPtrArray) before = self->behind;

      self->behind = g_ptr_array_new_with_free_func (g_free);
      for (guint i = self->caught_up; i < before->len; i++)
        g_ptr_array_add (self->behind, g_strdup (before->pdata[i]));
      for (guint i = 0; i < told->len; i++)
        g_ptr_array_add (self->behind, g_strdup (told->pdata[i]));
    }
  self->caught_up = 0;
}

static void
on_changed (ZcInspection *inspection, const char *place, ZcSession *self)
{
  GPtrArray *told = place ? NULL : zc_inspection_get_told (inspection);

  if (told && told->len > FEW_PLACES && zc_record_get_scheme (self->record) == zc_inspection_get_scheme (inspection))
    {
      catch_up (self, told);
      return;
    }
  if (!place)
    forget_behind (self);
  zc_record_update (self->record, inspection, place);
  tell_changed (self, place);
}

static void
on_state_changed (ZcInspection *inspection, ZcSession *self)
{
  if (self->behind)
    self->state_too = TRUE;
  else
    g_signal_emit (self, signals[STATE_CHANGED], 0);
}

ZcSession *
zc_session_new (ZcInspection *inspection, ZcRecord *record)
{
  ZcSession *self = g_object_new (ZC_TYPE_SESSION, NULL);

  self->inspection = g_object_ref (inspection);
  self->record = zc_record_ref (record);
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

/* Undo and redo */

static void
arrive (ZcSession *self)
{
  g_autoptr (ZcTravel) travel = g_steal_pointer (&self->travel);
  GError *error = NULL;

  g_clear_pointer (&self->travelling, zc_slices_free);
  if (travel && !zc_travel_finish (travel, &error) && error)
    zc_session_fail (self, error);
}

static void
turn_back (gpointer data)
{
  ZcSession *self = data;

  g_clear_pointer (&self->travelling, zc_slices_free);
  g_clear_pointer (&self->travel, zc_travel_free);
  tell_changed (self, NULL);
}

static gboolean
travel_some (gpointer data, guint64 *done, guint64 *total)
{
  ZcSession *self = data;
  GError *error = NULL;

  *done = zc_travel_get_progress (self->travel, total);
  if (*done < *total && zc_travel_step (self->travel, PLACES_AT_ONCE, &error))
    return TRUE;
  if (error)
    {
      turn_back (self);
      zc_session_fail (self, error);
    }
  else
    arrive (self);
  return FALSE;
}

static void
travel (ZcSession *self, gboolean redo)
{
  static const ZcSlicesFuncs funcs = { travel_some, on_slow, on_slow_over, on_slow_moved, turn_back };
  GError *error = NULL;
  guint64 total;

  arrive (self);
  self->travel = zc_travel_new (self->inspection, redo, &error);
  if (!self->travel)
    {
      zc_session_fail (self, error);
      return;
    }
  zc_travel_get_progress (self->travel, &total);
  if (total <= 2 * FEW_PLACES)
    arrive (self);
  else
    self->travelling = zc_slices_new (redo ? _("Redoing") : _("Undoing"), ZC_JOB_HARMLESS, &funcs, self);
}

void
zc_session_undo (ZcSession *self)
{
  travel (self, FALSE);
}

void
zc_session_redo (ZcSession *self)
{
  travel (self, TRUE);
}

/* Long work is told of here; zc-session-work.c does it. */

void
zc_session_add_job (ZcSession *self, ZcJob *job)
{
  g_signal_emit (self, signals[JOB], 0, job);
}

void
zc_session_job_moved (ZcSession *self, ZcJob *job, const char *phase, guint64 done, guint64 total)
{
  g_signal_emit (self, signals[JOB_PROGRESS], 0, job, phase, done, total);
}

void
zc_session_remove_job (ZcSession *self, ZcJob *job)
{
  g_signal_emit (self, signals[JOB_DONE], 0, job);
}

static void
zc_session_dispose (GObject *object)
{
  ZcSession *self = ZC_SESSION (object);

  g_clear_handle_id (&self->check_timeout, g_source_remove);
  if (self->inspection)
    arrive (self);
  forget_behind (self);
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
