/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-one-stop.h"

void
zc_one_stop_leave (GtkWidget *list, GtkDirectionType direction)
{
  GtkWidget *from = list;
  gboolean moved = FALSE;

  gtk_widget_set_can_focus (list, FALSE);
  for (GtkWidget *parent = gtk_widget_get_parent (from); parent && !moved; parent = gtk_widget_get_parent (parent))
    {
      gtk_widget_set_focus_child (parent, from);
      moved = gtk_widget_child_focus (parent, direction);
      from = parent;
    }
  gtk_widget_set_can_focus (list, TRUE);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, gpointer data)
{
  if ((keyval != GDK_KEY_Tab && keyval != GDK_KEY_ISO_Left_Tab) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    return FALSE;
  zc_one_stop_leave (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys)),
                     keyval == GDK_KEY_Tab && !(state & GDK_SHIFT_MASK) ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD);
  return TRUE;
}

GtkEventController *
zc_one_stop_new (GtkWidget *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), NULL);
  return keys;
}

static void
on_selected (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  GtkListBoxRow *shown = g_object_get_data (G_OBJECT (list), "zc-shown");

  if (row && shown && row != shown)
    gtk_list_box_select_row (list, shown);
}

static void
on_unparented (GtkWidget *row, GParamSpec *pspec, GtkListBox *list)
{
  if (!gtk_widget_get_parent (row) && g_object_get_data (G_OBJECT (list), "zc-shown") == row)
    g_object_set_data (G_OBJECT (list), "zc-shown", NULL);
}

void
zc_one_stop_show (GtkListBox *list, GtkListBoxRow *row)
{
  g_object_set_data (G_OBJECT (list), "zc-shown", row);
  if (row)
    {
      g_signal_handlers_disconnect_by_func (row, on_unparented, list);
      g_signal_connect_object (row, "notify::parent", G_CALLBACK (on_unparented), list, 0);
    }
  gtk_list_box_select_row (list, row);
}

void
zc_one_stop_sidebar (GtkListBox *list)
{
  gtk_widget_add_controller (GTK_WIDGET (list), zc_one_stop_new (GTK_WIDGET (list)));
  g_signal_connect (list, "row-selected", G_CALLBACK (on_selected), NULL);
}
