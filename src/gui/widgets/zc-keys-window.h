/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * zc_keys_window_follow_text: lets the window of keyboard shortcuts fit a small screen when text is large: one column that is
 * scrolled, where GTK would set two side by side and make the window as large as they are.
 * @window: (nullable)
 */
void zc_keys_window_follow_text (GtkShortcutsWindow *window);

G_END_DECLS
