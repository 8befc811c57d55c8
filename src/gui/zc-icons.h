/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * zc_icons_keep: from now on no icon of the theme that was looked up is let go.
 *
 * GTK keeps the icons that were looked up last and lets go of the others, also on the thread that loads icons. If the main
 * thread looks up an icon at the very moment when its last reference goes there, it is given one that is being finalized
 * ("g_object_ref: assertion '!object_already_finalized' failed"), and the program ends. An icon that somebody holds does not
 * go; a window uses about a hundred of them, of a few kilobytes each.
 *
 * To be called once GTK is initialised, before the first window; later calls do nothing.
 */
void zc_icons_keep (void);

G_END_DECLS
