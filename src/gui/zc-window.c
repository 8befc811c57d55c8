/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-window-private.h"

#include "base/zc-text.h"
#include "pages/zc-road-pages.h"
#include "widgets/zc-column.h"
#include "widgets/zc-fold.h"
#include "widgets/zc-keys-window.h"
#include "widgets/zc-one-stop.h"
#include "widgets/zc-road-list.h"
#include "zc-dialog.h"
#include "zc-recent.h"
#include "zc-settings.h"
#include "zc-words.h"

#include <glib/gi18n.h>

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

  return (open && g_file_equal (open, file)) || _zc_window_is_opening (self, file);
}

void
zc_window_show_error (ZcWindow *self, const char *sentence)
{
  gtk_label_set_label (self->error_label, sentence);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
  zc_announce (GTK_WIDGET (self), sentence);
}

void
zc_window_toast (ZcWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
  zc_announce (GTK_WIDGET (self), text);
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

ZcPage *
_zc_window_current_page (ZcWindow *self)
{
  return self->session ? ZC_PAGE (gtk_stack_get_visible_child (self->pages)) : NULL;
}

ZcRoadStep
_zc_window_current_step (ZcWindow *self)
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

void
_zc_window_show_step (ZcWindow *self, ZcRoadStep step)
{
  if (step == ZC_ROAD_CHECK)
    gtk_widget_set_visible (self->to_check, FALSE);
  gtk_stack_set_visible_child_name (self->pages, zc_road_id (step));
  zc_one_stop_show (self->road, gtk_list_box_get_row_at_index (self->road, (int) step));
  note_soon (self);
}

static void
on_road_activated (ZcWindow *self, GtkListBoxRow *row)
{
  _zc_window_show_step (self, (ZcRoadStep) gtk_list_box_row_get_index (row));
  zc_fold_close (self->road_flap);
}

void
_zc_window_focus_road (ZcWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->road);

  if (!zc_fold_open (self->road_flap) && row)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
_zc_window_focus_page (ZcWindow *self)
{
  zc_focus_into (GTK_WIDGET (_zc_window_current_page (self)));
}

static void
on_to_check (ZcWindow *self)
{
  _zc_window_show_step (self, ZC_ROAD_CHECK);
  _zc_window_focus_page (self);
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
  /* Nor is the name said again that stays. */
  if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (self)), name) != 0)
    gtk_window_set_title (GTK_WINDOW (self), name);
}

/* To seal, to pack and to burn are what the work was for; that everything is answered now and then is not. */
static void
tell_state (ZcWindow *self)
{
  ZcState before = self->state;

  self->state = zc_inspection_get_state (zc_session_inspection (self->session));
  if (self->state != before && MAX (self->state, before) >= ZC_STATE_SEALED)
    zc_announce (GTK_WIDGET (self), zc_words_state (self->state));
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
  zc_road_list_refresh (self->road, self->session);
}

static void
on_session_state_changed (ZcSession *session, ZcWindow *self)
{
  refresh_title (self);
  refresh_undo (self);
  zc_road_list_refresh (self->road, self->session);
  tell_state (self);
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
  gboolean from_check = _zc_window_current_step (self) == ZC_ROAD_CHECK;

  _zc_window_show_step (self, zc_road_step_of (zc_session_scheme (session), place));
  if (from_check)
    gtk_widget_set_visible (self->to_check, _zc_window_current_step (self) != ZC_ROAD_CHECK);
  zc_page_reveal (_zc_window_current_page (self), place);
}

static void
on_session_here (ZcSession *session, ZcWindow *self)
{
  note_soon (self);
}

/* Opening and leaving */

static void
close_now (ZcWindow *self, gpointer data)
{
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
zc_window_close_request (GtkWindow *window)
{
  if (!_zc_window_may_leave (ZC_WINDOW (window), close_now, NULL, NULL))
    return TRUE;
  zc_settings_save_window (window);
  return GTK_WINDOW_CLASS (zc_window_parent_class)->close_request (window);
}

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
  zc_clamps_follow_text (GTK_WIDGET (self->pages));
  zc_hush_stacks (GTK_WIDGET (self));
  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_stack_get_page (self->pages, gtk_stack_get_child_by_name (self->pages, zc_road_id (step)))),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, zc_road_title (step), -1);
}

void
_zc_window_close_session (ZcWindow *self)
{
  GtkWidget *child;

  if (!self->session)
    return;
  _zc_window_stop_jobs (self);
  note_now (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "start");
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))))
    gtk_stack_remove (self->pages, child);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
}

void
_zc_window_set_working (ZcWindow *self, gboolean working)
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
  gtk_window_set_title (GTK_WINDOW (self), _("Zicha"));
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
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->session, handlers[i].signal, handlers[i].callback, self, 0);
  _zc_window_watch_jobs (self);
}

/* Back to where the user was, if that is still there. */
static void
restore (ZcWindow *self, const ZcRecent *recent)
{
  ZcRoadStep step = ZC_ROAD_UNIT;

  for (ZcRoadStep at = 0; recent && at < ZC_N_ROAD_STEPS; at++)
    if (g_strcmp0 (zc_road_id (at), recent->step) == 0)
      step = at;
  _zc_window_show_step (self, step);
  if (recent && *recent->place && zc_road_step_of (zc_session_scheme (self->session), recent->place) == step)
    zc_page_reveal (_zc_window_current_page (self), recent->place);
}

static void
show_session (ZcWindow *self, ZcInspection *inspection, ZcRecord *record)
{
  g_autoptr (ZcRecent) recent = zc_recent_find (zc_inspection_get_path (inspection));

  _zc_window_close_session (self);
  self->session = zc_session_new (inspection, record);
  self->state = zc_inspection_get_state (inspection);
  connect_session (self);
  add_pages (self);
  _zc_window_set_working (self, TRUE);
  refresh_title (self);
  refresh_undo (self);
  zc_road_list_refresh (self->road, self->session);
  restore (self, recent);
  _zc_window_focus_page (self);
  zc_start_page_show_home (self->start);
}

static void
show_now (ZcWindow *self, gpointer inspection)
{
  g_autoptr (ZcRecord) record = zc_record_new (inspection);

  show_session (self, inspection, record);
}

void
zc_window_show_inspection (ZcWindow *self, ZcInspection *inspection)
{
  _zc_window_leave (self, show_now, g_object_ref (inspection), g_object_unref);
}

typedef struct
{
  ZcInspection *inspection;
  ZcRecord *record;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  zc_record_unref (opened->record);
  g_object_unref (opened->inspection);
  g_free (opened);
}

static void
show_opened (ZcWindow *self, gpointer data)
{
  const Opened *opened = data;

  show_session (self, opened->inspection, opened->record);
}

void
_zc_window_show_opened (ZcWindow *self, ZcInspection *inspection, ZcRecord *record)
{
  Opened *opened = g_new0 (Opened, 1);

  opened->inspection = g_object_ref (inspection);
  opened->record = zc_record_ref (record);
  _zc_window_leave (self, show_opened, opened, opened_free);
}

void
zc_window_verify (ZcWindow *self, GPtrArray *files)
{
  zc_start_page_verify (self->start, files);
}

gboolean
zc_window_is_free (ZcWindow *self)
{
  return !self->session && !self->opening && zc_start_page_is_home (self->start);
}

static void
on_first_frame (GdkFrameClock *clock, ZcWindow *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_first_frame, self);
  self->drawn = TRUE;
  if (zc_application_exit_after_startup (ZC_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)))))
    g_application_quit (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static void
zc_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zc_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (on_first_frame), widget, 0);
  zc_keys_window_follow_text (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (widget)));
}

static void
zc_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zc_window_parent_class)->map (widget);
  /* GTK would begin with the header's first button. */
  if (!gtk_window_get_focus (GTK_WINDOW (widget)))
    zc_focus_into (GTK_WIDGET (ZC_WINDOW (widget)->start));
}

static void
zc_window_dispose (GObject *object)
{
  _zc_window_stop_opening (ZC_WINDOW (object));
  _zc_window_close_session (ZC_WINDOW (object));
  _zc_window_dispose_jobs (ZC_WINDOW (object));
  G_OBJECT_CLASS (zc_window_parent_class)->dispose (object);
}

static void
zc_window_finalize (GObject *object)
{
  g_ptr_array_unref (ZC_WINDOW (object)->jobs);
  G_OBJECT_CLASS (zc_window_parent_class)->finalize (object);
}

static void
zc_window_class_init (ZcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = zc_window_close_request;
  G_OBJECT_CLASS (klass)->dispose = zc_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_window_finalize;
  widget_class->realize = zc_window_realize;
  widget_class->map = zc_window_map;
  g_type_ensure (ZC_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, back);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, road_button);
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
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, road_flap);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, road);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, on_error_close);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_job_cancel", G_CALLBACK (_zc_window_cancel_job));
  gtk_widget_class_bind_template_callback (widget_class, on_road_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_to_check);
  _zc_window_install_actions (widget_class);
}

static void
zc_window_init (ZcWindow *self)
{
  _zc_window_init_jobs (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_settings_restore_window (GTK_WINDOW (self));
  zc_road_list_fill (self->road);
  zc_one_stop_sidebar (self->road);
  zc_fold_watch (self->road_flap, self->road_button);
  self->start = zc_start_page_new ();
  adw_bin_set_child (self->start_bin, GTK_WIDGET (self->start));
  zc_hush_stacks (GTK_WIDGET (self));
  zc_clamps_follow_text (GTK_WIDGET (self->stack));
  _zc_window_set_working (self, FALSE);
}
