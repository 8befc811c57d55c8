/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcItemView: one item with all that is asked of it. Made anew for each item, so that only one item's widgets exist.
 */
#define ZC_TYPE_ITEM_VIEW (zc_item_view_get_type ())
G_DECLARE_FINAL_TYPE (ZcItemView, zc_item_view, ZC, ITEM_VIEW, AdwBin)

GtkWidget *zc_item_view_new (ZcSession *session, const ZcItem *item);
const ZcItem *zc_item_view_get_item (ZcItemView *self);
void zc_item_view_refresh (ZcItemView *self);
/** zc_item_view_reveal: scrolls to @place and gives it the focus, once the view is laid out. */
void zc_item_view_reveal (ZcItemView *self, const char *place);
/** zc_item_view_answer: as if answer button @index (from 0) had been pressed. */
void zc_item_view_answer (ZcItemView *self, guint index);
/** zc_item_view_confirm: that what was carried over still holds; nothing if there is nothing to confirm. */
void zc_item_view_confirm (ZcItemView *self);
void zc_item_view_paste (ZcItemView *self);
/** zc_item_view_paste_picture: the same unless the clipboard has a text. Returns: whether there was something to paste. */
gboolean zc_item_view_paste_picture (ZcItemView *self);

G_END_DECLS
