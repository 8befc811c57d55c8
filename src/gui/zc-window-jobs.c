/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"
#include "zc-dialog.h"
#include "zc-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the window shows of long work, and what it asks before work is stopped: by its button, or because the window is
 * closed, goes back to the start page or is to show another self-check. */

struct _ZcLeaving
{
  ZcWindowThen then;
  gpointer data;
  GDestroyNotify data_free; /* nullable */
  gboolean agreed;          /* the user was told what it costs; the work is being stopped */
};

static void
leaving_free (ZcLeaving *self)
{
  if (self->data_free)
    self->data_free (self->data);
  g_free (self);
}

static gboolean
has_flag (ZcJob *job, ZcJobFlags flag)
{
  return (zc_job_get_flags (job) & flag) != 0;
}

/* For whoever does not see the bar: what goes on, once it is clear that it takes time, and how it ended. */

#define TELL_SECONDS 2

static gboolean
on_takes_time (gpointer data)
{
  ZcWindow *self = data;

  self->tell_source = 0;
  zc_announce (GTK_WIDGET (self), self->phase);
  return G_SOURCE_REMOVE;
}

static void
tell_phase (ZcWindow *self, const char *phase)
{
  if (g_strcmp0 (phase, self->phase) == 0)
    return;
  g_free (self->phase);
  self->phase = g_strdup (phase);
  if (self->tell_source == 0)
    zc_announce (GTK_WIDGET (self), phase);
}

static void
tell_begin (ZcWindow *self, ZcJob *job)
{
  g_clear_handle_id (&self->tell_source, g_source_remove);
  self->tell_source = g_timeout_add_seconds (TELL_SECONDS, on_takes_time, self);
  tell_phase (self, zc_job_get_title (job));
}

static void
tell_end (ZcWindow *self, ZcJob *job)
{
  gboolean told = job == self->shown_job && self->tell_source == 0;
  gboolean stopped = g_cancellable_is_cancelled (G_CANCELLABLE (job));
  g_autofree char *sentence =
      stopped ? g_strdup_printf (_("Stopped: %s"), zc_job_get_title (job)) : g_strdup_printf (_("Done: %s"), zc_job_get_title (job));

  if (job == self->shown_job)
    g_clear_handle_id (&self->tell_source, g_source_remove);
  if (!has_flag (job, ZC_JOB_TOLD_ELSEWHERE | ZC_JOB_FAILED) && (told || !has_flag (job, ZC_JOB_HARMLESS)))
    zc_announce (GTK_WIDGET (self), sentence);
}

/* The bar */

/* The oldest, but what loses nothing when it is stopped comes last. */
static ZcJob *
shown_job (ZcWindow *self)
{
  ZcJob *shown = NULL;

  for (guint i = self->jobs->len; i > 0; i--)
    {
      ZcJob *job = self->jobs->pdata[i - 1];

      if (has_flag (job, ZC_JOB_SHOWN_ELSEWHERE))
        continue;
      if (!shown || !has_flag (job, ZC_JOB_HARMLESS) || has_flag (shown, ZC_JOB_HARMLESS))
        shown = job;
    }
  return shown;
}

static void
show_bar (ZcWindow *self)
{
  ZcJob *job = shown_job (self);

  gtk_revealer_set_reveal_child (self->job_revealer, job != NULL);
  if (!job || job == self->shown_job)
    return;
  self->shown_job = job;
  tell_begin (self, job);
  gtk_label_set_label (self->job_label, zc_job_get_title (job));
  gtk_progress_bar_set_fraction (self->job_bar, 0);
}

static char *
speed_text (guint64 done, guint64 total, gint64 elapsed_us)
{
  double seconds = (double) elapsed_us / G_USEC_PER_SEC;
  double rate = seconds > 0 ? (double) done / seconds : 0;
  g_autofree char *speed = NULL;
  guint left;

  /* Counts of pages or rows have no speed that helps anybody. */
  if (total < 1024 * 1024 || seconds < 1 || rate <= 0)
    return g_strdup ("");
  left = (guint) ((double) (total - done) / rate) + 1;
  speed = zc_size_display ((guint64) rate);
  return g_strdup_printf (ngettext (" · %s/s, about %u second left", " · %s/s, about %u seconds left", left), speed, left);
}

static void
on_session_job_progress (ZcSession *session, ZcJob *job, const char *phase, guint64 done, guint64 total, ZcWindow *self)
{
  g_autofree char *speed = NULL;
  g_autofree char *text = NULL;

  if (job != self->shown_job)
    return;
  speed = speed_text (MIN (done, total), total, g_get_monotonic_time () - zc_job_get_started (job));
  text = g_cancellable_is_cancelled (G_CANCELLABLE (job)) ? g_strdup (_("Stopping…")) : g_strconcat (phase, speed, NULL);
  gtk_label_set_label (self->job_label, text);
  zc_set_progress (self->job_bar, phase, done, total);
  tell_phase (self, phase);
}

/* Stopping */

static void
stop (ZcWindow *self, ZcJob *job)
{
  g_cancellable_cancel (G_CANCELLABLE (job));
  if (job == self->shown_job)
    gtk_label_set_label (self->job_label, _("Stopping…"));
}

/* Returns: (transfer full) (nullable): what stopping the work that somebody asked for costs, work by work. */
static char *
cost_of_leaving (ZcWindow *self, gboolean *can_cancel)
{
  GString *text = g_string_new (NULL);

  *can_cancel = TRUE;
  for (guint i = 0; i < self->jobs->len; i++)
    {
      ZcJob *job = self->jobs->pdata[i];
      gboolean can;
      const char *cost = zc_job_get_cost (job, &can);

      if (has_flag (job, ZC_JOB_HARMLESS))
        continue;
      *can_cancel = *can_cancel && can;
      g_string_append (text, text->len ? "\n\n" : "");
      if (cost)
        g_string_append (text, cost);
      else
        g_string_append_printf (text, _("“%s” is not finished. If it is stopped now, nothing of it is kept and it has to be begun anew."),
                                zc_job_get_title (job));
    }
  return g_string_free (text, text->len == 0);
}

static void
close_question (ZcWindow *self)
{
  GtkWindow *question = GTK_WINDOW (self->question);

  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->asked_job);
  g_clear_pointer (&self->asked_cost, g_free);
  if (question)
    gtk_window_destroy (question);
}

/* Says @cost, and offers to stop all the same, if that is possible. */
static void
ask (ZcWindow *self, const char *title, const char *cost, gboolean can_cancel, const char *label, GCallback answered)
{
  AdwMessageDialog *dialog;

  close_question (self);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), can_cancel ? title : _("Please Wait"), cost));
  adw_message_dialog_add_response (dialog, "wait", can_cancel ? _("_Go On") : _("_OK"));
  if (can_cancel)
    {
      adw_message_dialog_add_response (dialog, "stop", label);
      adw_message_dialog_set_response_appearance (dialog, "stop", ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_default_response (dialog, "wait");
  adw_message_dialog_set_close_response (dialog, "wait");
  g_signal_connect_object (dialog, "response", answered, self, 0);
  g_set_weak_pointer (&self->question, GTK_WIDGET (dialog));
  self->asked_cost = g_strdup (cost);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The button in the bar */

static void ask_to_cancel (ZcWindow *self, ZcJob *job, const char *cost, gboolean can_cancel);

static void
on_cancel_answered (AdwMessageDialog *dialog, const char *response, ZcWindow *self)
{
  g_autoptr (ZcJob) job = g_steal_pointer (&self->asked_job);
  g_autofree char *asked = g_steal_pointer (&self->asked_cost);
  gboolean can_cancel;
  const char *cost;

  g_clear_weak_pointer (&self->question);
  if (!job || !g_str_equal (response, "stop"))
    return;
  cost = zc_job_get_cost (job, &can_cancel);
  /* The work went on under the question: what was agreed to is not what would happen now. */
  if (cost && strcmp (cost, asked) != 0)
    ask_to_cancel (self, job, cost, can_cancel);
  else
    stop (self, job);
}

static void
ask_to_cancel (ZcWindow *self, ZcJob *job, const char *cost, gboolean can_cancel)
{
  ask (self, _("Cancel All the Same?"), cost, can_cancel, _("_Cancel It"), G_CALLBACK (on_cancel_answered));
  self->asked_job = g_object_ref (job);
}

void
_zc_window_cancel_job (ZcWindow *self)
{
  ZcJob *job = shown_job (self);
  gboolean can_cancel = TRUE;
  const char *cost = job ? zc_job_get_cost (job, &can_cancel) : NULL;

  if (cost)
    ask_to_cancel (self, job, cost, can_cancel);
  else if (job)
    stop (self, job);
}

/* Leaving */

static void
on_leave_answered (AdwMessageDialog *dialog, const char *response, ZcWindow *self)
{
  g_autofree char *asked = g_steal_pointer (&self->asked_cost);
  gboolean can_cancel;
  g_autofree char *cost = cost_of_leaving (self, &can_cancel);

  g_clear_weak_pointer (&self->question); /* it closes by itself */
  if (!self->leaving || !g_str_equal (response, "stop"))
    {
      g_clear_pointer (&self->leaving, leaving_free);
      return;
    }
  if (g_strcmp0 (cost, asked) != 0)
    {
      ask (self, _("Stop It and Leave?"), cost, can_cancel, _("_Stop and Leave"), G_CALLBACK (on_leave_answered));
      return;
    }
  self->leaving->agreed = TRUE;
  for (guint i = 0; i < self->jobs->len; i++)
    stop (self, self->jobs->pdata[i]);
}

gboolean
_zc_window_may_leave (ZcWindow *self, ZcWindowThen then, gpointer data, GDestroyNotify data_free)
{
  gboolean was_agreed = self->leaving && self->leaving->agreed;
  gboolean can_cancel;
  g_autofree char *cost = cost_of_leaving (self, &can_cancel);

  g_clear_pointer (&self->leaving, leaving_free);
  if (!cost)
    return TRUE;
  self->leaving = g_new0 (ZcLeaving, 1);
  *self->leaving = (ZcLeaving) { then, data, data_free, was_agreed };
  if (!was_agreed)
    ask (self, _("Stop It and Leave?"), cost, can_cancel, _("_Stop and Leave"), G_CALLBACK (on_leave_answered));
  return FALSE;
}

void
_zc_window_leave (ZcWindow *self, ZcWindowThen then, gpointer data, GDestroyNotify data_free)
{
  if (!_zc_window_may_leave (self, then, data, data_free))
    return;
  then (self, data);
  if (data_free)
    data_free (data);
}

/* What ended may have begun other work; that is meant, too. */
static gboolean
on_stopped (gpointer data)
{
  ZcWindow *self = data;
  ZcLeaving *leaving;
  gboolean can_cancel;
  g_autofree char *cost = cost_of_leaving (self, &can_cancel);

  self->leave_source = 0;
  for (guint i = 0; cost && i < self->jobs->len; i++)
    stop (self, self->jobs->pdata[i]);
  if (cost || !self->leaving)
    return G_SOURCE_REMOVE;
  leaving = g_steal_pointer (&self->leaving);
  leaving->then (self, leaving->data);
  leaving_free (leaving);
  return G_SOURCE_REMOVE;
}

/* Work begins and ends */

void
zc_window_add_job (ZcWindow *self, ZcJob *job)
{
  g_ptr_array_add (self->jobs, g_object_ref (job));
  show_bar (self);
}

void
zc_window_remove_job (ZcWindow *self, ZcJob *job)
{
  gboolean can_cancel;
  g_autofree char *cost = NULL;

  tell_end (self, job);
  if (job == self->shown_job)
    self->shown_job = NULL;
  if (job == self->asked_job)
    close_question (self);
  g_ptr_array_remove (self->jobs, job);
  show_bar (self);
  cost = cost_of_leaving (self, &can_cancel);
  if (cost || !self->leaving)
    return;
  /* It ended while the user was thinking: they see what became of it first. */
  if (!self->leaving->agreed)
    {
      g_clear_pointer (&self->leaving, leaving_free);
      close_question (self);
    }
  /* Not at once: whoever ran it still has to be told how it went. */
  else if (self->leave_source == 0)
    self->leave_source = g_idle_add (on_stopped, self);
}

static void
on_session_job (ZcSession *session, ZcJob *job, ZcWindow *self)
{
  zc_window_add_job (self, job);
}

static void
on_session_job_done (ZcSession *session, ZcJob *job, ZcWindow *self)
{
  zc_window_remove_job (self, job);
}

void
_zc_window_watch_jobs (ZcWindow *self)
{
  g_signal_connect_object (self->session, "job", G_CALLBACK (on_session_job), self, 0);
  g_signal_connect_object (self->session, "job-progress", G_CALLBACK (on_session_job_progress), self, 0);
  g_signal_connect_object (self->session, "job-done", G_CALLBACK (on_session_job_done), self, 0);
}

void
_zc_window_stop_jobs (ZcWindow *self)
{
  close_question (self);
  for (guint i = 0; i < self->jobs->len; i++)
    g_cancellable_cancel (self->jobs->pdata[i]);
  g_ptr_array_set_size (self->jobs, 0);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  self->shown_job = NULL;
  gtk_revealer_set_reveal_child (self->job_revealer, FALSE);
}

void
_zc_window_init_jobs (ZcWindow *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
}

void
_zc_window_dispose_jobs (ZcWindow *self)
{
  close_question (self);
  g_clear_handle_id (&self->leave_source, g_source_remove);
  g_clear_pointer (&self->leaving, leaving_free);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_pointer (&self->phase, g_free);
  g_ptr_array_set_size (self->jobs, 0);
}
