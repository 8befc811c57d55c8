/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-fold.h"
#include "zc-choose.h"
#include "zc-help-book.h"
#include "zc-help-dialog.h"
#include "zc-history-dialog.h"
#include "zc-window-private.h"

#include <glib/gi18n.h>

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
back (ZcWindow *self, gpointer data)
{
  _zc_window_close_session (self);
  _zc_window_set_working (self, FALSE);
  zc_start_page_show_home (self->start);
}

static void
action_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _zc_window_leave (ZC_WINDOW (widget), back, NULL, NULL);
}

/* What an input method holds back becomes text, or is given up, before the text changes under it. */
static void
end_composition (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *entry = focus ? gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY) : NULL;

  if (GTK_IS_TEXT_VIEW (focus))
    gtk_text_view_reset_im_context (GTK_TEXT_VIEW (focus));
  else if (entry)
    gtk_entry_reset_im_context (GTK_ENTRY (entry));
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  end_composition (GTK_WINDOW (widget));
  zc_session_undo (ZC_WINDOW (widget)->session);
}

static void
action_redo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  end_composition (GTK_WINDOW (widget));
  zc_session_redo (ZC_WINDOW (widget)->session);
}

static void
action_history (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_history_dialog_present (GTK_WINDOW (widget), ZC_WINDOW (widget)->session);
}

/* Opened at the topic of what is on the screen. */
static void
action_help (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  const ZcHelpTopic *topic = NULL;

  if (self->session)
    topic = zc_help_book_find_step (zc_help_book_get (), zc_road_id (_zc_window_current_step (self)));
  zc_help_dialog_present (GTK_WINDOW (widget), self->session ? (topic ? topic->id : NULL) : zc_start_page_get_topic (self->start));
}

/* Between the road and the page. */
static void
action_switch (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->road)))
    _zc_window_focus_road (self);
  else if (!zc_fold_close (self->road_flap))
    _zc_window_focus_page (self);
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  if (!zc_page_search (_zc_window_current_page (self)))
    {
      _zc_window_show_step (self, ZC_ROAD_ITEMS);
      zc_page_search (_zc_window_current_page (self));
    }
}

static void
action_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  int step = (int) _zc_window_current_step (self) + (g_str_equal (name, "win.next") ? 1 : -1);

  _zc_window_show_step (self, (ZcRoadStep) CLAMP (step, 0, ZC_N_ROAD_STEPS - 1));
  _zc_window_focus_page (self);
}

static void
action_show_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    if (g_str_equal (zc_road_id (step), g_variant_get_string (parameter, NULL)))
      _zc_window_show_step (ZC_WINDOW (widget), step);
}

void
_zc_window_install_actions (GtkWidgetClass *widget_class)
{
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
