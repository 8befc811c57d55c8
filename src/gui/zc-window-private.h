/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by zc-window.c and zc-window-actions.c only. */

#include "zc-page.h"
#include "zc-start-page.h"
#include "zc-window.h"

G_BEGIN_DECLS

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

void _zc_window_close_session (ZcWindow *self);
/** _zc_window_may_stop_job: whether the running job may be stopped without asking. */
gboolean _zc_window_may_stop_job (ZcWindow *self);
void _zc_window_set_working (ZcWindow *self, gboolean working);
void _zc_window_show_step (ZcWindow *self, ZcRoadStep step);
ZcPage *_zc_window_current_page (ZcWindow *self);
ZcRoadStep _zc_window_current_step (ZcWindow *self);
void _zc_window_focus_page (ZcWindow *self);

/** _zc_window_install_actions: what menu, keys and buttons do, as "win.…". */
void _zc_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
