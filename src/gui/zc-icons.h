/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * zc_icons_keep: holds on to the small icons that the window is made of, for as long as @display is open.
 *
 * GTK keeps the icons that were looked up last, and lets go of the others, also from the thread that loads icons; if the
 * main thread looks up an icon at the very moment when its last reference goes there, it gets one that is being finalized
 * ("g_object_ref: assertion '!object_already_finalized' failed"), and ends. Icons that somebody holds are never let go.
 */
void zc_icons_keep (GdkDisplay *display);

G_END_DECLS
