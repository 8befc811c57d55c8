/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** zc_road_list_fill: gives @list one row for each step of the road, in order. */
void zc_road_list_fill (GtkListBox *list);
/**
 * zc_road_list_refresh: how far each step is: an icon, how many things are left, and both in words for screen
 * readers.
 */
void zc_road_list_refresh (GtkListBox *list, ZcSession *session);

G_END_DECLS
