/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_previous_box_new: what was answered to @item last year, whether the wording was another one then, and a way to
 * confirm.
 */
GtkWidget *zc_previous_box_new (ZcSession *session, const ZcItem *item);
/** zc_previous_box_refresh: hidden where nothing came from last year. */
void zc_previous_box_refresh (GtkWidget *box, ZcSession *session, const ZcItem *item);

G_END_DECLS
