/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcColumn: a part of a page as wide as its text wants it: a width in pixels for text of the usual size, that grows with
 * the size of the text which the desktop is set to.
 *
 * Properties:
 *  "least" (int): narrower it does not get
 *  "comfortable" (int): what it asks for; 0: what its child asks for. An AdwFlap around it folds when it can't have that,
 *  if its threshold is the natural width
 */
#define ZC_TYPE_COLUMN (zc_column_get_type ())
G_DECLARE_FINAL_TYPE (ZcColumn, zc_column, ZC, COLUMN, AdwBin)

/** zc_text_scale: Returns: how much larger than usual the text of @widget's display is: 1 to 2 and more. */
double zc_text_scale (GtkWidget *widget);

/**
 * zc_clamps_follow_text: lets the clamps in @root, libadwaita's own too, be as wide as they were made for text of the usual size
 * and wider with larger text: a line keeps its number of words. Clamps that follow already are left alone.
 */
void zc_clamps_follow_text (GtkWidget *root);

G_END_DECLS
