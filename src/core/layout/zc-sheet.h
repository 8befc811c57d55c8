/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/zc-block.h"

G_BEGIN_DECLS

#define ZC_MM (72.0 / 25.4)

/** ZcSheet: the measures of a page, in points. Left, top and so on are those of the upright paper. */
typedef struct
{
  double paper_width, paper_height;
  double left, top;     /* of the type area, 版心 */
  double width, height; /* of the type area */
  double pitch;         /* from baseline to baseline of the body */
  double size, cell;    /* of the body's letters; what a Han character takes */
  double title_size, title_pitch, after_title;
  double before_heading; /* blank above a heading that does not begin the page */
  guint least_lines;     /* of a paragraph on one page, if it has as many: 2 or 1 */
  double note_size, note_pitch;
  gboolean landscape; /* turned a quarter to the left when bound: @width and @height are as read */
} ZcSheet;

/** zc_sheet_for: GB/T 9704-2012 5.2 for official documents; a wider type area with smaller letters for forms.
 */
ZcSheet zc_sheet_for (ZcDocumentStyle style, gboolean landscape);

/** zc_sheet_map: turns a point and an @angle on the upright paper into those of the page as it is read. */
void zc_sheet_map (const ZcSheet *self, double *x, double *y, double *angle);

/** zc_sheet_origin: the upper left corner of the type area on the page as it is read. */
void zc_sheet_origin (const ZcSheet *self, double *x, double *y);

G_END_DECLS
