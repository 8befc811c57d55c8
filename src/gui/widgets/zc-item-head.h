/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_item_head_new: what an item asks: section and clause, title, requirement, threshold, and folded how to check it.
 */
GtkWidget *zc_item_head_new (ZcSession *session, const ZcItem *item);
/** zc_item_head_refresh: its state, and whether it applies. */
void zc_item_head_refresh (GtkWidget *head, ZcSession *session, const ZcItem *item);

G_END_DECLS
