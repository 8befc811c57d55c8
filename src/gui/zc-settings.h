/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What the program remembers of the user's ways, in GSettings (data/org.zicha.Zicha.gschema.xml). Nothing depends on it: where the
 * schema is not installed everything has its default and nothing is kept. The self-checks that were open lately are no setting: they
 * are in a file of their own (zc-recent.h).
 */

/** zc_settings_restore_window: gives a new window the size of the last one. */
void zc_settings_restore_window (GtkWindow *window);
/** zc_settings_save_window: keeps the size of a window that is being closed. */
void zc_settings_save_window (GtkWindow *window);

/** zc_settings_get_folder: Returns: (transfer full) (nullable): where a file dialog opens, if that is still there. */
GFile *zc_settings_get_folder (void);
/** zc_settings_set_folder: @chosen: a file whose folder is kept, or a folder. */
void zc_settings_set_folder (GFile *chosen);

double zc_settings_get_zoom (void);
void zc_settings_set_zoom (double zoom);

G_END_DECLS
