/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_previous_box_new: what was answered to @item last year, side by side how it read then and reads now if the words
 * changed, and one button to confirm.
 */
GtkWidget *zc_previous_box_new (ZcSession *session, const ZcItem *item);
/** zc_previous_box_refresh: hidden where nothing came from last year. */
void zc_previous_box_refresh (GtkWidget *box, ZcSession *session, const ZcItem *item);
/** zc_previous_box_confirm: as if its button had been pressed, if there is something to confirm. */
void zc_previous_box_confirm (GtkWidget *box);

G_END_DECLS
