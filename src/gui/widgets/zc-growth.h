/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ZcGrowth: lets a list view see a long model frame by frame. GTK 4.8 makes two hundred rows of widgets at once, whatever can
 * be seen, which holds the window for as long; here the first frame has a screenful, and each further one some more. It is
 * the model to give to the view's selection.
 */
typedef struct _ZcGrowth ZcGrowth;

/** zc_growth_new: @view: the list view that it is for, which owns it. */
ZcGrowth *zc_growth_new (GListModel *model, GtkWidget *view);
/** zc_growth_get_model: Returns: (transfer none): what is seen of the model so far, always from its beginning. */
GListModel *zc_growth_get_model (ZcGrowth *self);
/** zc_growth_restart: before all of the model is going to be another. */
void zc_growth_restart (ZcGrowth *self);
/** zc_growth_reach: @position is to be seen now. */
void zc_growth_reach (ZcGrowth *self, guint position);

G_END_DECLS
