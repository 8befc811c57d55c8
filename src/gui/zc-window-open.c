/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-dialog.h"
#include "zc-window-private.h"

#include <glib/gi18n.h>

/* A file is read, and its record put together, on a thread: it may lie on a slow stick, and hold years of rows. */

/* What is open by then needs no bar. */
#define PATIENCE_MS 200
#define PULSE_MS 100

struct _ZcOpening
{
  ZcWindow *window; /* NULL when nobody wants it any more */
  char *path;
  ZcJob *job;
  gboolean is_shown;
  guint patience;

  /* the thread's, then the window's */
  ZcInspection *inspection; /* nullable */
  ZcRecord *record;         /* nullable */
  GError *warning;          /* nullable: it is for reading only */
};

static void
opening_free (gpointer data)
{
  ZcOpening *self = data;

  g_clear_pointer (&self->record, zc_record_unref);
  g_clear_object (&self->inspection);
  g_clear_error (&self->warning);
  g_object_unref (self->job);
  g_free (self->path);
  g_free (self);
}

static gboolean
is_for_reading (const GError *error)
{
  return g_error_matches (error, ZC_ERROR, ZC_ERROR_TOO_NEW) || g_error_matches (error, ZC_ERROR, ZC_ERROR_READ_ONLY);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ZcOpening *self = data;
  GError *error = NULL;

  self->inspection = zc_inspection_open (self->path, ZC_OPEN_NORMAL, &error);
  if (!self->inspection && is_for_reading (error))
    {
      self->inspection = zc_inspection_open (self->path, ZC_OPEN_READ_ONLY, NULL);
      if (self->inspection)
        self->warning = g_steal_pointer (&error);
    }
  if (self->inspection)
    self->record = zc_record_new (self->inspection);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The window and what is read have no more to do with each other. */
static void
part (ZcOpening *self)
{
  ZcWindow *window = g_steal_pointer (&self->window);

  g_clear_handle_id (&self->patience, g_source_remove);
  window->opening = NULL;
  gtk_widget_set_visible (GTK_WIDGET (window->start), TRUE);
  if (self->is_shown)
    zc_window_remove_job (window, self->job);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  ZcOpening *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (ZcWindow) window = self->window ? g_object_ref (self->window) : NULL;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (window)
    part (self);
  if (window && !g_cancellable_is_cancelled (G_CANCELLABLE (self->job)))
    {
      if (error || self->warning)
        zc_window_show_error (window, error ? error->message : self->warning->message);
      if (self->inspection)
        _zc_window_show_opened (window, self->inspection, self->record);
    }
  /* The lock of a file that nobody wants goes now, not when the thread lets go of its task. */
  g_clear_pointer (&self->record, zc_record_unref);
  g_clear_object (&self->inspection);
}

static gboolean
on_pulse (gpointer data)
{
  ZcOpening *self = data;

  if (g_cancellable_is_cancelled (G_CANCELLABLE (self->job)))
    {
      self->patience = 0;
      part (self);
      return G_SOURCE_REMOVE;
    }
  zc_pulse (self->window->job_bar);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_impatient (gpointer data)
{
  ZcOpening *self = data;

  self->is_shown = TRUE;
  zc_window_add_job (self->window, self->job);
  self->patience = g_timeout_add (PULSE_MS, on_pulse, self);
  return G_SOURCE_REMOVE;
}

gboolean
_zc_window_is_opening (ZcWindow *self, GFile *file)
{
  g_autoptr (GFile) opening = self->opening ? g_file_new_for_path (self->opening->path) : NULL;

  return opening && g_file_equal (opening, file);
}

void
_zc_window_stop_opening (ZcWindow *self)
{
  if (self->opening)
    part (self->opening);
}

static ZcOpening *
opening_new (ZcWindow *window, const char *path)
{
  ZcOpening *self = g_new0 (ZcOpening, 1);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *title = g_strdup_printf (_("Opening “%s”"), name);

  self->window = window;
  self->path = g_strdup (path);
  self->job = zc_job_new (title, ZC_JOB_HARMLESS);
  self->patience = g_timeout_add (PATIENCE_MS, on_impatient, self);
  return self;
}

void
zc_window_open (ZcWindow *self, GFile *file)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = g_file_get_path (file);

  if (!path)
    {
      zc_window_show_error (self, _("Only files on this computer can be opened. Copy the file to it first."));
      return;
    }
  if (zc_window_has_file (self, file))
    return;
  _zc_window_stop_opening (self);
  self->opening = opening_new (self, path);
  /* A start page that is gone again before it could be read would only flicker. */
  gtk_widget_set_visible (GTK_WIDGET (self->start), self->drawn);
  task = g_task_new (NULL, NULL, on_opened, NULL);
  g_task_set_source_tag (task, zc_window_open);
  g_task_set_task_data (task, self->opening, opening_free);
  g_task_run_in_thread (task, open_in_thread);
}
