/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * zc_one_stop_leave: moves the focus from @list on to what is before or behind it.
 *
 * GTK 4.8 walks with Tab through every row of a list, where GNOME's rule is that a list is one stop and its rows are
 * walked with the arrow keys.
 *
 * @direction: GTK_DIR_TAB_FORWARD or GTK_DIR_TAB_BACKWARD
 */
void zc_one_stop_leave (GtkWidget *list, GtkDirectionType direction);

/**
 * zc_one_stop_new: Returns: (transfer full): a controller for @list that makes it one stop.
 */
GtkEventController *zc_one_stop_new (GtkWidget *list);

/**
 * zc_one_stop_sidebar: makes @list one stop whose selected row is what is shown beside it.
 *
 * GTK selects each row that the focus passes, but only Enter or a click shows it: so the row that was chosen with
 * zc_one_stop_show() stays selected.
 */
void zc_one_stop_sidebar (GtkListBox *list);
void zc_one_stop_show (GtkListBox *list, GtkListBoxRow *row);

G_END_DECLS
