/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-road-list.h"

#include "zc-dialog.h"

#include <glib/gi18n.h>

/* What was carried over and waits for confirmation has its word here too. */
static char *
unconfirmed_text (ZcSession *session, ZcRoadStep step)
{
  ZcTally tally = { 0 };

  if (step == ZC_ROAD_ITEMS)
    tally = zc_rules_tally (zc_session_record (session), NULL);
  return tally.unconfirmed > 0 ? g_strdup_printf (_("%u to confirm"), tally.unconfirmed) : g_strdup ("");
}

/* State by icon and number, never by colour alone. */
static void
refresh_row (GtkListBox *list, ZcSession *session, ZcRoadStep step)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, (int) step);
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  GtkWidget *count = g_object_get_data (G_OBJECT (row), "count");
  GtkWidget *unconfirmed = g_object_get_data (G_OBJECT (row), "unconfirmed");
  g_autofree char *text = NULL, *name = NULL, *waiting = unconfirmed_text (session, step), *all = NULL;
  guint open = 0;
  ZcRoadState state = zc_road_state (zc_session_inspection (session), zc_session_record (session),
                                     zc_session_has_results (session) ? zc_session_results (session) : NULL, step, &open);
  static const char *const icons[] = { "zc-open-symbolic", "zc-done-symbolic", "zc-blocked-symbolic", "zc-unknown-symbolic" };
  const char *const words[] = { _("open"), _("complete"), _("waits for earlier steps"), _("being checked") };

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), *waiting ? "zc-unconfirmed-symbolic" : icons[state]);
  if (state == ZC_ROAD_COMPLETE && !*waiting)
    gtk_widget_add_css_class (icon, "success");
  else
    gtk_widget_remove_css_class (icon, "success");
  gtk_label_set_label (GTK_LABEL (unconfirmed), waiting);
  gtk_widget_set_visible (unconfirmed, *waiting);
  text = open > 0 ? g_strdup_printf ("%u", open) : g_strdup ("");
  gtk_label_set_label (GTK_LABEL (count), text);
  name = open > 0 ? g_strdup_printf (ngettext ("%s, %s, %u thing left", "%s, %s, %u things left", open), zc_road_title (step), words[state], open)
                  : g_strdup_printf ("%s, %s", zc_road_title (step), words[state]);
  all = g_strjoin (*waiting ? ", " : "", name, waiting, NULL);
  zc_set_name (GTK_WIDGET (row), all);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), words[state]);
}

void
zc_road_list_refresh (GtkListBox *list, ZcSession *session)
{
  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    refresh_row (list, session, step);
}

static GtkWidget *
row_new (ZcRoadStep step)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *label = gtk_label_new (zc_road_title (step));
  GtkWidget *count = gtk_label_new ("");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *unconfirmed = gtk_label_new ("");

  zc_set_name (row, zc_road_title (step));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (unconfirmed), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (unconfirmed, FALSE);
  gtk_widget_add_css_class (unconfirmed, "caption");
  gtk_widget_add_css_class (unconfirmed, "dim-label");
  gtk_box_append (GTK_BOX (words), label);
  gtk_box_append (GTK_BOX (words), unconfirmed);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data (G_OBJECT (row), "count", count);
  g_object_set_data (G_OBJECT (row), "unconfirmed", unconfirmed);
  return row;
}

void
zc_road_list_fill (GtkListBox *list)
{
  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    gtk_list_box_append (list, row_new (step));
}
