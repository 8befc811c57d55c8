/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by zc-window.c, zc-window-actions.c, zc-window-jobs.c and zc-window-open.c only. */

#include "zc-job.h"
#include "zc-page.h"
#include "zc-start-page.h"
#include "zc-window.h"

G_BEGIN_DECLS

/** ZcWindowThen: what is done once the window may be left: closing it, going back, showing another self-check. */
typedef void (*ZcWindowThen) (ZcWindow *self, gpointer data);

typedef struct _ZcLeaving ZcLeaving;
typedef struct _ZcOpening ZcOpening;

struct _ZcWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkWidget *back;
  GtkWidget *road_button;
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
  AdwFlap *road_flap;
  GtkListBox *road;
  GtkStack *pages;

  ZcStartPage *start;
  ZcSession *session; /* NULL on the start page */
  ZcState state; /* of the session, that was last told */
  ZcOpening *opening; /* (nullable): the file that is being read */
  gboolean drawn; /* somebody may have seen it */
  GPtrArray *jobs; /* (element-type ZcJob): what runs */
  ZcJob *shown_job; /* (nullable): borrowed: whose progress is in the bar */
  char *phase; /* (nullable): what of it goes on */
  guint tell_source; /* until it ends, nobody is told what goes on: perhaps it is over before */
  GtkWidget *question; /* (nullable): weak: the dialog that asks whether to stop */
  ZcJob *asked_job; /* (nullable): the one that it asks about, unless it is about leaving */
  char *asked_cost; /* (nullable): what it said */
  ZcLeaving *leaving; /* (nullable): what is to be done when the work has stopped */
  guint leave_source;
  guint note_timeout; /* where the user is, is not written down with every step */
};

void _zc_window_close_session (ZcWindow *self);
void _zc_window_set_working (ZcWindow *self, gboolean working);
void _zc_window_show_step (ZcWindow *self, ZcRoadStep step);
ZcPage *_zc_window_current_page (ZcWindow *self);
ZcRoadStep _zc_window_current_step (ZcWindow *self);
void _zc_window_focus_page (ZcWindow *self);
/** _zc_window_focus_road: brings the road out if it is folded away. */
void _zc_window_focus_road (ZcWindow *self);

/** _zc_window_show_opened: as zc_window_show_inspection(), with its @record. */
void _zc_window_show_opened (ZcWindow *self, ZcInspection *inspection, ZcRecord *record);

/* Opening: zc-window-open.c */

gboolean _zc_window_is_opening (ZcWindow *self, GFile *file);
/** _zc_window_stop_opening: nobody wants it any more. */
void _zc_window_stop_opening (ZcWindow *self);

/* Long work: zc-window-jobs.c */

void _zc_window_init_jobs (ZcWindow *self);
void _zc_window_dispose_jobs (ZcWindow *self);
/** _zc_window_watch_jobs: shows those of the session that was just opened. */
void _zc_window_watch_jobs (ZcWindow *self);
/** _zc_window_stop_jobs: without a question, and without waiting for them. */
void _zc_window_stop_jobs (ZcWindow *self);
/** _zc_window_cancel_job: what the button in the bar does: asks if it costs something. */
void _zc_window_cancel_job (ZcWindow *self);
/**
 * _zc_window_may_leave: whether nothing runs that would be lost. If something does, the user is told what stopping it
 * costs; if they want it all the same, @then runs as soon as it has stopped, and if not, never.
 * @data_free: (nullable): @data is the window's only if the answer is FALSE
 */
gboolean _zc_window_may_leave (ZcWindow *self, ZcWindowThen then, gpointer data, GDestroyNotify data_free);
/** _zc_window_leave: runs @then at once or, as above, later; @data is the window's. */
void _zc_window_leave (ZcWindow *self, ZcWindowThen then, gpointer data, GDestroyNotify data_free);

/** _zc_window_install_actions: what menu, keys and buttons do, as "win.…". */
void _zc_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
