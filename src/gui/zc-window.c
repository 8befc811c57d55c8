/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-window.h"

#include "base/zc-text.h"
#include "pages/zc-road-pages.h"
#include "zc-choose.h"
#include "zc-dialog.h"
#include "zc-help-dialog.h"
#include "zc-history-dialog.h"
#include "zc-page.h"
#include "zc-recent.h"
#include "zc-start-page.h"
#include "zc-words.h"

#include <glib/gi18n.h>

struct _ZcWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkWidget *back;
  GtkWidget *to_check;
  GtkWidget *undo_box;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkWidget *saved;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;
  GtkRevealer *job_revealer;
  GtkLabel *job_label;
  GtkProgressBar *job_bar;
  GtkStack *stack;
  AdwBin *start_bin;
  GtkListBox *road;
  GtkStack *pages;

  ZcStartPage *start;
  ZcSession *session; /* NULL on the start page */
  GCancellable *job;
  gint64 job_started;
  guint note_timeout; /* where the user is, is not written down with every step */
};

/* How long after the user moved it is written down where to. */
#define NOTE_DELAY_MS 800

G_DEFINE_FINAL_TYPE (ZcWindow, zc_window, ADW_TYPE_APPLICATION_WINDOW)

ZcWindow *
zc_window_new (ZcApplication *application)
{
  return g_object_new (ZC_TYPE_WINDOW, "application", application, NULL);
}

ZcSession *
zc_window_session (ZcWindow *self)
{
  return self->session;
}

gboolean
zc_window_has_file (ZcWindow *self, GFile *file)
{
  g_autoptr (GFile) open = self->session ? g_file_new_for_path (zc_inspection_get_path (zc_session_inspection (self->session))) : NULL;

  return open && g_file_equal (open, file);
}

void
zc_window_show_error (ZcWindow *self, const char *sentence)
{
  gtk_label_set_label (self->error_label, sentence);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
}

void
zc_window_toast (ZcWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
on_error_close (ZcWindow *self)
{
  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
}

/* The road */

static const GType *
page_types (void)
{
  static GType types[ZC_N_ROAD_STEPS];

  types[ZC_ROAD_UNIT] = zc_unit_page_get_type ();
  types[ZC_ROAD_ITEMS] = zc_items_page_get_type ();
  types[ZC_ROAD_LEDGERS] = zc_ledgers_page_get_type ();
  types[ZC_ROAD_FINDINGS] = zc_findings_page_get_type ();
  types[ZC_ROAD_REPORT] = zc_report_page_get_type ();
  types[ZC_ROAD_CHECK] = zc_check_page_get_type ();
  types[ZC_ROAD_PREVIEW] = zc_preview_page_get_type ();
  types[ZC_ROAD_SEAL] = zc_seal_page_get_type ();
  types[ZC_ROAD_PACK] = zc_pack_page_get_type ();
  types[ZC_ROAD_DONE] = zc_done_page_get_type ();
  return types;
}

static ZcPage *
current_page (ZcWindow *self)
{
  return self->session ? ZC_PAGE (gtk_stack_get_visible_child (self->pages)) : NULL;
}

static ZcRoadStep
current_step (ZcWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);

  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    if (g_strcmp0 (zc_road_id (step), name) == 0)
      return step;
  return ZC_ROAD_UNIT;
}

/* Where the user is, for the list of recent ones: so a power cut loses nothing of it. */

static void
note_now (ZcWindow *self, gboolean open)
{
  g_clear_handle_id (&self->note_timeout, g_source_remove);
  zc_recent_note (self->session, gtk_stack_get_visible_child_name (self->pages), zc_session_get_here (self->session), open);
}

static gboolean
on_note_timeout (gpointer data)
{
  ZcWindow *self = data;

  self->note_timeout = 0;
  note_now (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
note_soon (ZcWindow *self)
{
  if (self->note_timeout == 0)
    self->note_timeout = g_timeout_add (NOTE_DELAY_MS, on_note_timeout, self);
}

static void
show_step (ZcWindow *self, ZcRoadStep step)
{
  if (step == ZC_ROAD_CHECK)
    gtk_widget_set_visible (self->to_check, FALSE);
  gtk_stack_set_visible_child_name (self->pages, zc_road_id (step));
  gtk_list_box_select_row (self->road, gtk_list_box_get_row_at_index (self->road, (int) step));
  note_soon (self);
}

static void
on_road_activated (ZcWindow *self, GtkListBoxRow *row)
{
  show_step (self, (ZcRoadStep) gtk_list_box_row_get_index (row));
}

static void
focus_page (ZcWindow *self)
{
  gtk_widget_child_focus (GTK_WIDGET (current_page (self)), GTK_DIR_TAB_FORWARD);
}

static void
on_to_check (ZcWindow *self)
{
  show_step (self, ZC_ROAD_CHECK);
  focus_page (self);
}

/* State by icon and number, never by colour alone. */
static void
refresh_road_row (ZcWindow *self, ZcRoadStep step)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->road, (int) step);
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  GtkWidget *count = g_object_get_data (G_OBJECT (row), "count");
  g_autofree char *text = NULL, *name = NULL;
  guint open = 0;
  ZcRoadState state = zc_road_state (zc_session_inspection (self->session), zc_session_record (self->session),
                                     zc_session_results (self->session), step, &open);
  static const char *const icons[] = { "zc-open-symbolic", "zc-done-symbolic", "zc-blocked-symbolic" };
  const char *const words[] = { _("open"), _("complete"), _("waits for earlier steps") };

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), icons[state]);
  text = open > 0 ? g_strdup_printf ("%u", open) : g_strdup ("");
  gtk_label_set_label (GTK_LABEL (count), text);
  name = open > 0 ? g_strdup_printf (ngettext ("%s, %s, %u thing left", "%s, %s, %u things left", open), zc_road_title (step), words[state], open)
                  : g_strdup_printf ("%s, %s", zc_road_title (step), words[state]);
  zc_set_name (GTK_WIDGET (row), name);
}

static void
refresh_road (ZcWindow *self)
{
  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    refresh_road_row (self, step);
}

static GtkWidget *
road_row_new (ZcRoadStep step)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *label = gtk_label_new (zc_road_title (step));
  GtkWidget *count = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data (G_OBJECT (row), "count", count);
  return row;
}

/* Undo, redo, title */

static void
refresh_undo (ZcWindow *self)
{
  g_autofree char *undo = zc_inspection_undo_name (zc_session_inspection (self->session));
  g_autofree char *redo = zc_inspection_redo_name (zc_session_inspection (self->session));
  g_autofree char *undo_tip = undo ? g_strdup_printf (_("Undo: %s"), undo) : g_strdup (_("Nothing to undo"));
  g_autofree char *redo_tip = redo ? g_strdup_printf (_("Redo: %s"), redo) : g_strdup (_("Nothing to redo"));
  gboolean can_edit = zc_session_can_edit (self->session);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", undo && can_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", redo && can_edit);
  gtk_widget_set_tooltip_text (self->undo, undo_tip);
  gtk_widget_set_tooltip_text (self->redo, redo_tip);
}

static void
refresh_title (ZcWindow *self)
{
  ZcInspection *inspection = zc_session_inspection (self->session);
  g_autofree char *base = g_path_get_basename (zc_inspection_get_path (inspection));
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", name, zc_words_state (zc_inspection_get_state (inspection)));

  adw_window_title_set_title (self->title, zc_session_scheme (self->session)->title);
  adw_window_title_set_subtitle (self->title, subtitle);
}

/* What the session says */

static void
on_session_changed (ZcSession *session, const char *place, ZcWindow *self)
{
  refresh_undo (self);
}

static void
on_session_checked (ZcSession *session, ZcWindow *self)
{
  refresh_road (self);
}

static void
on_session_state_changed (ZcSession *session, ZcWindow *self)
{
  refresh_title (self);
  refresh_undo (self);
  refresh_road (self);
}

static void
on_session_saved (ZcSession *session, ZcWindow *self)
{
  gtk_widget_set_visible (self->saved, TRUE);
}

static void
on_session_failed (ZcSession *session, GError *error, ZcWindow *self)
{
  zc_window_show_error (self, error->message);
}

static void
on_session_go (ZcSession *session, const char *place, ZcWindow *self)
{
  gboolean from_check = current_step (self) == ZC_ROAD_CHECK;

  show_step (self, zc_road_step_of (zc_session_scheme (session), place));
  if (from_check)
    gtk_widget_set_visible (self->to_check, current_step (self) != ZC_ROAD_CHECK);
  zc_page_reveal (current_page (self), place);
}

static void
on_session_here (ZcSession *session, ZcWindow *self)
{
  note_soon (self);
}

static void
on_session_job (ZcSession *session, const char *title, GCancellable *cancellable, ZcWindow *self)
{
  g_set_object (&self->job, cancellable);
  self->job_started = g_get_monotonic_time ();
  gtk_label_set_label (self->job_label, title);
  gtk_progress_bar_set_fraction (self->job_bar, 0);
  gtk_revealer_set_reveal_child (self->job_revealer, TRUE);
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
on_session_job_progress (ZcSession *session, const char *phase, guint64 done, guint64 total, ZcWindow *self)
{
  g_autofree char *speed = speed_text (MIN (done, total), total, g_get_monotonic_time () - self->job_started);
  g_autofree char *text = g_strconcat (phase, speed, NULL);

  gtk_label_set_label (self->job_label, text);
  if (total > 0)
    gtk_progress_bar_set_fraction (self->job_bar, (double) MIN (done, total) / (double) total);
  else
    gtk_progress_bar_pulse (self->job_bar);
}

static void
on_session_job_done (ZcSession *session, ZcWindow *self)
{
  g_clear_object (&self->job);
  gtk_revealer_set_reveal_child (self->job_revealer, FALSE);
}

static void
on_cancel_answered (AdwMessageDialog *dialog, const char *response, GCancellable *job)
{
  if (strcmp (response, "cancel") == 0)
    g_cancellable_cancel (job);
}

/* Says what stopping the job costs, and stops it only when that is wanted all the same. */
static void
ask_to_cancel (ZcWindow *self, const char *cost, gboolean can_cancel)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), can_cancel ? _("Cancel All the Same?") : _("Please Wait"), cost);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "wait", can_cancel ? _("_Go On") : _("_OK"));
  if (can_cancel)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel It"));
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "cancel", ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "wait");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "wait");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_cancel_answered), self->job, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Returns: whether the running job may be stopped without asking. */
static gboolean
may_stop_job (ZcWindow *self)
{
  gboolean can_cancel = TRUE;
  const char *cost = self->job && self->session ? zc_session_get_cancel_cost (self->session, &can_cancel) : NULL;

  if (cost)
    ask_to_cancel (self, cost, can_cancel);
  return cost == NULL;
}

static void
on_job_cancel (ZcWindow *self)
{
  if (may_stop_job (self) && self->job)
    g_cancellable_cancel (self->job);
}

/* Closing the window stops its job, and so asks the same. */
static gboolean
zc_window_close_request (GtkWindow *window)
{
  return !may_stop_job (ZC_WINDOW (window)) || GTK_WINDOW_CLASS (zc_window_parent_class)->close_request (window);
}

/* Opening and leaving */

static void
add_pages (ZcWindow *self)
{
  const GType *types = page_types ();

  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    {
      GtkWidget *page = g_object_new (types[step], NULL);

      gtk_stack_add_named (self->pages, page, zc_road_id (step));
      zc_page_bind (ZC_PAGE (page), self->session);
    }
}

static void
close_session (ZcWindow *self)
{
  GtkWidget *child;

  if (!self->session)
    return;
  if (self->job)
    g_cancellable_cancel (self->job);
  note_now (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "start");
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))))
    gtk_stack_remove (self->pages, child);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_revealer_set_reveal_child (self->job_revealer, FALSE);
  g_clear_object (&self->job);
}

static void
set_working (ZcWindow *self, gboolean working)
{
  static const char *const actions[] = { "win.undo", "win.redo", "win.search", "win.next", "win.previous", "win.history", "win.back", "win.switch" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], working);
  gtk_widget_set_visible (self->back, working);
  gtk_widget_set_visible (self->undo_box, working);
  gtk_widget_set_visible (self->saved, FALSE);
  gtk_widget_set_visible (self->to_check, FALSE);
  gtk_stack_set_visible_child_name (self->stack, working ? "work" : "start");
  if (working)
    return;
  adw_window_title_set_title (self->title, _("Zicha"));
  adw_window_title_set_subtitle (self->title, "");
}

static void
connect_session (ZcWindow *self)
{
  static const struct
  {
    const char *signal;
    GCallback callback;
  } handlers[] = {
    { "changed", G_CALLBACK (on_session_changed) },
    { "checked", G_CALLBACK (on_session_checked) },
    { "state-changed", G_CALLBACK (on_session_state_changed) },
    { "saved", G_CALLBACK (on_session_saved) },
    { "failed", G_CALLBACK (on_session_failed) },
    { "go", G_CALLBACK (on_session_go) },
    { "here", G_CALLBACK (on_session_here) },
    { "job", G_CALLBACK (on_session_job) },
    { "job-progress", G_CALLBACK (on_session_job_progress) },
    { "job-done", G_CALLBACK (on_session_job_done) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->session, handlers[i].signal, handlers[i].callback, self, 0);
}

/* Back to where the user was, if that is still there. */
static void
restore (ZcWindow *self, const ZcRecent *recent)
{
  ZcRoadStep step = ZC_ROAD_UNIT;

  for (ZcRoadStep at = 0; recent && at < ZC_N_ROAD_STEPS; at++)
    if (g_strcmp0 (zc_road_id (at), recent->step) == 0)
      step = at;
  show_step (self, step);
  if (recent && *recent->place && zc_road_step_of (zc_session_scheme (self->session), recent->place) == step)
    zc_page_reveal (current_page (self), recent->place);
}

void
zc_window_show_inspection (ZcWindow *self, ZcInspection *inspection)
{
  g_autoptr (ZcRecent) recent = zc_recent_find (zc_inspection_get_path (inspection));

  close_session (self);
  self->session = zc_session_new (inspection);
  connect_session (self);
  add_pages (self);
  set_working (self, TRUE);
  refresh_title (self);
  refresh_undo (self);
  refresh_road (self);
  restore (self, recent);
  focus_page (self);
  zc_start_page_show_home (self->start);
}

void
zc_window_open (ZcWindow *self, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autofree char *path = g_file_get_path (file);

  if (!path)
    {
      zc_window_show_error (self, _("Only files on this computer can be opened. Copy the file to it first."));
      return;
    }
  inspection = zc_inspection_open (path, ZC_OPEN_NORMAL, &error);
  if (!inspection && (g_error_matches (error, ZC_ERROR, ZC_ERROR_TOO_NEW) || g_error_matches (error, ZC_ERROR, ZC_ERROR_READ_ONLY)))
    {
      zc_window_show_error (self, error->message);
      inspection = zc_inspection_open (path, ZC_OPEN_READ_ONLY, NULL);
    }
  if (inspection)
    zc_window_show_inspection (self, inspection);
  else
    zc_window_show_error (self, error->message);
}

/* Actions */

static void
on_open_files (gpointer target, GPtrArray *files)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (target));

  /* The application knows which window is free, and which has the file already. */
  if (application)
    g_application_open (G_APPLICATION (application), (GFile **) files->pdata, (int) files->len, "");
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN, _("Open a Self-Check"), NULL, _("Self-checks (*.zicha)"), "*.zicha" };

  zc_choose (widget, &choice, on_open_files, widget);
}

static void
action_new (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);

  /* What is open stays open. */
  if (self->session)
    self = zc_window_new (ZC_APPLICATION (gtk_window_get_application (GTK_WINDOW (widget))));
  gtk_window_present (GTK_WINDOW (self));
  zc_start_page_choose_scheme (self->start);
}

static void
action_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);

  if (!may_stop_job (self))
    return;
  close_session (self);
  set_working (self, FALSE);
  zc_start_page_show_home (self->start);
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_session_undo (ZC_WINDOW (widget)->session);
}

static void
action_redo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_session_redo (ZC_WINDOW (widget)->session);
}

static void
action_history (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_history_dialog_present (GTK_WINDOW (widget), ZC_WINDOW (widget)->session);
}

static void
action_help (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_help_dialog_present (GTK_WINDOW (widget));
}

/* Between the road and the page. */
static void
action_switch (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->road);

  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->road)))
    focus_page (self);
  else if (row)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  if (!zc_page_search (current_page (self)))
    {
      show_step (self, ZC_ROAD_ITEMS);
      zc_page_search (current_page (self));
    }
}

static void
action_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  int step = (int) current_step (self) + (g_str_equal (name, "win.next") ? 1 : -1);

  show_step (self, (ZcRoadStep) CLAMP (step, 0, ZC_N_ROAD_STEPS - 1));
  focus_page (self);
}

static void
action_show_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    if (g_str_equal (zc_road_id (step), g_variant_get_string (parameter, NULL)))
      show_step (ZC_WINDOW (widget), step);
}

static void
on_first_frame (GdkFrameClock *clock, ZcWindow *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_first_frame, self);
  if (zc_application_exit_after_startup (ZC_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)))))
    g_application_quit (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static void
zc_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zc_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (on_first_frame), widget, 0);
}

static void
zc_window_dispose (GObject *object)
{
  close_session (ZC_WINDOW (object));
  G_OBJECT_CLASS (zc_window_parent_class)->dispose (object);
}

static void
zc_window_class_init (ZcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = zc_window_close_request;
  G_OBJECT_CLASS (klass)->dispose = zc_window_dispose;
  widget_class->realize = zc_window_realize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, back);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, to_check);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, undo_box);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, undo);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, redo);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, saved);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, error_label);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, job_revealer);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, job_label);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, job_bar);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, start_bin);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, road);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, on_error_close);
  gtk_widget_class_bind_template_callback (widget_class, on_job_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_road_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_to_check);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, action_new);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, action_open);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, action_back);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, action_undo);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, action_redo);
  gtk_widget_class_install_action (widget_class, "win.history", NULL, action_history);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, action_help);
  gtk_widget_class_install_action (widget_class, "win.switch", NULL, action_switch);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, action_search);
  gtk_widget_class_install_action (widget_class, "win.next", NULL, action_step);
  gtk_widget_class_install_action (widget_class, "win.previous", NULL, action_step);
  gtk_widget_class_install_action (widget_class, "win.show-step", "s", action_show_step);
}

static void
zc_window_init (ZcWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    gtk_list_box_append (self->road, road_row_new (step));
  self->start = zc_start_page_new ();
  adw_bin_set_child (self->start_bin, GTK_WIDGET (self->start));
  set_working (self, FALSE);
}
