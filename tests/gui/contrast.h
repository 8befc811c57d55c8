/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * How well what a window shows can be told from what lies under it, by WCAG 2.1's contrast ratio. Read from the render nodes
 * with which GTK is about to paint, so every opacity, filter and translucent background counts, and neither fonts nor glyphs do.
 */

typedef struct
{
  gboolean icon; /* a symbolic icon; else text */
  double ratio; /* 1 to 21 */
  double colour[3], ground[3];
  GtkWidget *widget; /* borrowed: what lies there */
} Contrast;

/** contrast_measure: Returns: (transfer full) (element-type Contrast): every text and icon that can be seen in @window. */
GArray *contrast_measure (GtkWidget *window);
/** contrast_describe: Returns: (transfer full): colours, and which widget it is. */
char *contrast_describe (const Contrast *self);

G_END_DECLS
