/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-fold.h"

static gboolean
is_open (AdwFlap *flap)
{
  return adw_flap_get_folded (flap) && adw_flap_get_reveal_flap (flap);
}

static GtkWidget *
focus_of (AdwFlap *flap)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (flap));

  return root ? gtk_root_get_focus (root) : NULL;
}

static gboolean
has_focus_in (AdwFlap *flap, GtkWidget *part)
{
  GtkWidget *focus = focus_of (flap);

  return focus && (focus == part || gtk_widget_is_ancestor (focus, part));
}

gboolean
zc_fold_close (AdwFlap *flap)
{
  if (!is_open (flap))
    return FALSE;
  adw_flap_set_reveal_flap (flap, FALSE);
  return TRUE;
}

gboolean
zc_fold_open (AdwFlap *flap)
{
  /* One that was never given a place may fold when it gets it. */
  if (gtk_widget_get_width (GTK_WIDGET (flap)) == 0)
    g_object_set_data (G_OBJECT (flap), "zc-fold-wanted", flap);
  if (!adw_flap_get_folded (flap) || adw_flap_get_reveal_flap (flap))
    return FALSE;
  adw_flap_set_reveal_flap (flap, TRUE);
  return TRUE;
}

/* Only what is mapped takes the focus, and a flap that slides in is so a moment later than it is told to. */
static void
on_flap_mapped (GtkWidget *part, AdwFlap *flap)
{
  if (is_open (flap) && !has_focus_in (flap, part))
    gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD);
}

static void
on_content_entered (AdwFlap *flap)
{
  zc_fold_close (flap);
}

/* A flap folds while sizes are given out, when nothing that changes sizes may be done: so all of it is done after that. */

static gboolean
follow (gpointer data)
{
  AdwFlap *flap = data;
  GtkWidget *content = adw_flap_get_content (flap);
  gboolean gone = adw_flap_get_folded (flap) && !adw_flap_get_reveal_flap (flap);
  gboolean lost = g_object_steal_data (G_OBJECT (flap), "zc-fold-lost") != NULL;

  if (!content || !gtk_widget_get_root (content))
    return G_SOURCE_REMOVE;
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (flap), "zc-fold-button"), adw_flap_get_folded (flap));
  if (gone && g_object_steal_data (G_OBJECT (flap), "zc-fold-wanted"))
    adw_flap_set_reveal_flap (flap, TRUE);
  else if (gone && (lost || has_focus_in (flap, adw_flap_get_flap (flap))) && !has_focus_in (flap, content))
    gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

static void
on_changed (AdwFlap *flap)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, follow, g_object_ref (flap), g_object_unref);
}

/* Of what goes while it has the focus, GTK gives that to whatever comes first in the window. */
static void
on_flap_left (AdwFlap *flap)
{
  if (!adw_flap_get_folded (flap))
    g_object_set_data (G_OBJECT (flap), "zc-fold-wanted", NULL);
  if (!adw_flap_get_folded (flap) || adw_flap_get_reveal_flap (flap))
    return;
  g_object_set_data (G_OBJECT (flap), "zc-fold-lost", flap);
  on_changed (flap);
}

void
zc_fold_watch (AdwFlap *flap, GtkWidget *button)
{
  GtkEventController *in_flap = gtk_event_controller_focus_new (), *in_content = gtk_event_controller_focus_new ();

  g_object_set_data_full (G_OBJECT (flap), "zc-fold-button", g_object_ref (button), g_object_unref);
  g_object_bind_property (flap, "reveal-flap", button, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect (flap, "notify::folded", G_CALLBACK (on_changed), NULL);
  g_signal_connect (flap, "notify::reveal-flap", G_CALLBACK (on_changed), NULL);
  g_signal_connect_object (adw_flap_get_flap (flap), "map", G_CALLBACK (on_flap_mapped), flap, 0);
  g_signal_connect_object (in_flap, "leave", G_CALLBACK (on_flap_left), flap, G_CONNECT_SWAPPED);
  g_signal_connect_object (in_content, "enter", G_CALLBACK (on_content_entered), flap, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (adw_flap_get_flap (flap), in_flap);
  gtk_widget_add_controller (adw_flap_get_content (flap), in_content);
}
