/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ZcPaper: a sheet of paper: as large as its scale says, or as wide as there is room and as high as its shape then
 * asks for.
 */
#define ZC_TYPE_PAPER (zc_paper_get_type ())
G_DECLARE_FINAL_TYPE (ZcPaper, zc_paper, ZC, PAPER, GtkWidget)

/** ZcPaperFunc: draws the sheet; one unit of @cr is one point. */
typedef void (*ZcPaperFunc) (guint number, cairo_t *cr, gpointer target);

/** zc_paper_new: @target must live as long as the widget. */
GtkWidget *zc_paper_new (ZcPaperFunc func, gpointer target);

/**
 * zc_paper_set: shows sheet @number of @width by @height points.
 * @scale: pixels a point; 0: as wide as there is room
 */
void zc_paper_set (ZcPaper *self, guint number, double width, double height, double scale);
guint zc_paper_get_number (ZcPaper *self);

G_END_DECLS
