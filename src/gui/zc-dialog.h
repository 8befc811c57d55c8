/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_dialog_new: a modal window above @parent with a header bar and @content, closed by Escape.
 * @bar: (out) (nullable): its header bar, for buttons
 */
GtkWindow *zc_dialog_new (GtkWindow *parent, const char *title, int width, int height, GtkWidget *content, AdwHeaderBar **bar);

/** zc_tell_focus: has a screen reader say that @row has the focus: libadwaita 1.2 does not tell where the text of its entry rows is. */
void zc_tell_focus (AdwEntryRow *row);
/**
 * zc_focus_into: the first widget of @part gets the focus, unless one of them has it: a stack takes the focus along that was on
 * the page before, and once more would be the second.
 */
void zc_focus_into (GtkWidget *part);
/** zc_hush_stacks: a screen reader does not say “GtkStackPage” for the pages of the stacks in @root, which have no names. */
void zc_hush_stacks (GtkWidget *root);
/** zc_icon_button_new: a button with an icon, whose name and tooltip is @label. */
GtkWidget *zc_icon_button_new (const char *icon, const char *label);

/**
 * zc_announce: has a screen reader say @sentence now, wherever the focus is. GTK 4.8 has no announcements; but the name of the
 * window in which somebody works is said when it changes, so the sentence stands before the title until that changes.
 * @from: the window, or a widget in it
 */
void zc_announce (GtkWidget *from, const char *sentence);
/** zc_set_name: gives @widget the accessible name @name. */
void zc_set_name (GtkWidget *widget, const char *name);
/** zc_set_description: what is to be known of @widget beyond its name; said at once if it has the focus. */
void zc_set_description (GtkWidget *widget, const char *description);

/**
 * zc_drop_down_new: a drop-down of @labels whose list opens with the focus on what is chosen: GTK 4.8 begins at the
 * first line, where Enter would take back what was stated.
 */
GtkWidget *zc_drop_down_new (GListModel *labels);

/**
 * zc_set_progress: shows how far a piece of work is, and says it to a screen reader in words.
 * @phase: translated: what is being done
 * @total: 0 if it is not known
 */
void zc_set_progress (GtkProgressBar *bar, const char *phase, guint64 done, guint64 total);
/** zc_pulse: shows that the work goes on, as gtk_progress_bar_pulse() does; a bar that is put out of sight stops by itself. */
void zc_pulse (GtkProgressBar *bar);

G_END_DECLS
