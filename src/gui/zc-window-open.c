/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-carry-over.h"
#include "zc-dialog.h"
#include "zc-window-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* A file is read, and its record put together, on a thread: it may lie on a slow stick, and hold years of rows. So is one that
 * is made, with last year's taken over. */

/* What is open by then needs no bar. */
#define PATIENCE_MS 200
#define PULSE_MS 100

struct _ZcOpening
{
  ZcWindow *window; /* NULL when nobody wants it any more */
  char *path;
  ZcScheme *scheme;          /* nullable: the file is made for it */
  char *last;                /* nullable: after that one */
  GApplication *application; /* nullable: held, so that nothing of a file is left when the window is closed */
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
  zc_scheme_unref (self->scheme);
  g_free (self->last);
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
read_file (ZcOpening *self, GError **error)
{
  g_autoptr (GError) refused = NULL;

  self->inspection = zc_inspection_open (self->path, ZC_OPEN_NORMAL, &refused);
  if (!self->inspection && is_for_reading (refused))
    self->inspection = zc_inspection_open (self->path, ZC_OPEN_READ_ONLY, NULL);
  if (self->inspection)
    self->warning = g_steal_pointer (&refused);
  else
    g_propagate_error (error, g_steal_pointer (&refused));
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ZcOpening *self = data;
  const ZcProgress progress = { NULL, NULL, G_CANCELLABLE (self->job) };
  GError *error = NULL;

  if (self->scheme)
    self->inspection = zc_inspection_create_after (self->path, self->scheme, self->last, &progress, &error);
  else
    read_file (self, &error);
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

/* Of a file that was made only to be given up, nothing stays. */
static void
let_go (ZcOpening *self, gboolean taken)
{
  gboolean made = self->scheme && self->inspection;

  /* The lock of a file that nobody wants goes now, not when the thread lets go of its task. */
  g_clear_pointer (&self->record, zc_record_unref);
  g_clear_object (&self->inspection);
  if (made && !taken)
    g_unlink (self->path);
  if (self->application)
    g_application_release (self->application);
  g_clear_object (&self->application);
}

/* What was promised last year is asked before all else. */
static void
show_made (ZcOpening *self, ZcWindow *window)
{
  g_autoptr (GArray) promises = self->scheme ? zc_inspection_get_promises (self->inspection) : NULL;

  _zc_window_show_opened (window, self->inspection, self->record);
  if (promises && promises->len > 0 && window->session)
    _zc_window_show_step (window, ZC_ROAD_ITEMS);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  ZcOpening *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (ZcWindow) window = self->window ? g_object_ref (self->window) : NULL;
  gboolean wanted = window && !g_cancellable_is_cancelled (G_CANCELLABLE (self->job));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (window)
    part (self);
  if (wanted && (error || self->warning))
    zc_window_show_error (window, error ? error->message : self->warning->message);
  if (wanted && self->inspection)
    show_made (self, window);
  let_go (self, wanted);
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
  if (!self->opening)
    return;
  g_cancellable_cancel (G_CANCELLABLE (self->opening->job));
  part (self->opening);
}

/* Takes @title. */
static ZcOpening *
opening_new (ZcWindow *window, const char *path, char *title)
{
  ZcOpening *self = g_new0 (ZcOpening, 1);

  self->window = window;
  self->path = g_strdup (path);
  self->job = zc_job_new (title, ZC_JOB_HARMLESS);
  self->patience = g_timeout_add (PATIENCE_MS, on_impatient, self);
  g_free (title);
  return self;
}

static void
begin (ZcWindow *self, ZcOpening *opening)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_opened, NULL);

  _zc_window_stop_opening (self);
  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
  self->opening = opening;
  g_task_set_source_tag (task, zc_window_open);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

void
zc_window_open (ZcWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = path ? g_filename_display_basename (path) : NULL;

  if (!path)
    {
      zc_window_show_error (self, _("Only files on this computer can be opened. Copy the file to it first."));
      return;
    }
  if (zc_window_has_file (self, file))
    return;
  begin (self, opening_new (self, path, g_strdup_printf (_("Opening “%s”"), name)));
  /* A start page that is gone again before it could be read would only flicker. */
  gtk_widget_set_visible (GTK_WIDGET (self->start), self->drawn);
}

void
zc_window_create (ZcWindow *self, const char *path, ZcScheme *scheme, const char *last)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ZcOpening *opening;

  if (zc_window_has_file (self, file))
    return;
  opening = opening_new (self, path, g_strdup_printf (_("Beginning “%s”"), name));
  opening->scheme = zc_scheme_ref (scheme);
  opening->last = g_strdup (last);
  opening->application = g_object_ref (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  g_application_hold (opening->application);
  begin (self, opening);
}
