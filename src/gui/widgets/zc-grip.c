/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-grip.h"

#include "widgets/zc-column.h"

#include <stdlib.h>

/* How far beside the line the pointer may be. */
#define REACH 5

typedef struct
{
  int least, comfortable; /* of the column, as it was made */
  int begin;              /* its width when the drag began */
} ZcGrip;

static ZcGrip *
grip_of (AdwFlap *flap)
{
  return g_object_get_data (G_OBJECT (flap), "zc-grip");
}

static int
direction (AdwFlap *flap)
{
  return gtk_widget_get_direction (GTK_WIDGET (flap)) == GTK_TEXT_DIR_RTL ? -1 : 1;
}

static gboolean
is_at_line (AdwFlap *flap, double x)
{
  graphene_rect_t line;

  return !adw_flap_get_folded (flap) && gtk_widget_compute_bounds (adw_flap_get_separator (flap), GTK_WIDGET (flap), &line) &&
         abs ((int) (x - line.origin.x)) <= REACH;
}

void
zc_grip_set_width (AdwFlap *flap, int width)
{
  GtkWidget *column = adw_flap_get_flap (flap);
  double scale = zc_text_scale (column);
  int line, content, most, wanted;

  gtk_widget_measure (adw_flap_get_separator (flap), GTK_ORIENTATION_HORIZONTAL, -1, &line, NULL, NULL, NULL);
  gtk_widget_measure (adw_flap_get_content (flap), GTK_ORIENTATION_HORIZONTAL, -1, &content, NULL, NULL, NULL);
  most = (int) ((gtk_widget_get_width (GTK_WIDGET (flap)) - content - line) / scale);
  wanted = MAX (grip_of (flap)->least, MIN ((int) (width / scale), most));
  if (!adw_flap_get_folded (flap))
    g_object_set (column, "least", wanted, "comfortable", wanted, NULL);
}

static gboolean
restore (gpointer flap)
{
  GtkWidget *column = adw_flap_get_flap (flap);

  if (column && adw_flap_get_folded (flap))
    g_object_set (column, "least", grip_of (flap)->least, "comfortable", grip_of (flap)->comfortable, NULL);
  return G_SOURCE_REMOVE;
}

/* It folds while sizes are given out, when none may be changed. */
static void
on_folded (AdwFlap *flap)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, restore, g_object_ref (flap), g_object_unref);
}

static void
on_begin (GtkGestureDrag *drag, double x, double y, AdwFlap *flap)
{
  grip_of (flap)->begin = gtk_widget_get_width (adw_flap_get_flap (flap));
  gtk_gesture_set_state (GTK_GESTURE (drag), is_at_line (flap, x) ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_update (GtkGestureDrag *drag, double x, double y, AdwFlap *flap)
{
  zc_grip_set_width (flap, grip_of (flap)->begin + direction (flap) * (int) x);
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, AdwFlap *flap)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (flap), is_at_line (flap, x) ? "col-resize" : NULL);
}

void
zc_grip_add (AdwFlap *flap)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  ZcGrip *grip = g_new0 (ZcGrip, 1);

  g_object_get (adw_flap_get_flap (flap), "least", &grip->least, "comfortable", &grip->comfortable, NULL);
  g_object_set_data_full (G_OBJECT (flap), "zc-grip", grip, g_free);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_begin), flap, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_update), flap, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), flap, 0);
  g_signal_connect (flap, "notify::folded", G_CALLBACK (on_folded), NULL);
  gtk_widget_add_controller (GTK_WIDGET (flap), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (flap), motion);
}
