/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-sheet.h"

/* 5.2.1: type area 156 × 225 mm, 37 mm from the top and 28 mm from the left; 5.2.3: 22 lines of 28 characters
 * fill it. */
static const ZcSheet official = {
  .paper_width = 210 * ZC_MM,
  .paper_height = 297 * ZC_MM,
  .left = 28 * ZC_MM,
  .top = 37 * ZC_MM,
  .width = 156 * ZC_MM,
  .height = 225 * ZC_MM,
  .pitch = 225 * ZC_MM / 22,
  .size = 16,
  .cell = 156 * ZC_MM / 28,
  .title_size = 22,
  .title_pitch = 225 * ZC_MM / 22,
  .after_title = 225 * ZC_MM / 22,
  .least_lines = 1, /* each page has its 22 lines */
  .note_size = 10.5,
  .note_pitch = 16,
};

static const ZcSheet form = {
  .paper_width = 210 * ZC_MM,
  .paper_height = 297 * ZC_MM,
  .left = 23 * ZC_MM,
  .top = 23 * ZC_MM,
  .width = 168 * ZC_MM,
  .height = 242 * ZC_MM,
  .pitch = 242 * ZC_MM / 32,
  .size = 12,
  .cell = 168 * ZC_MM / 39,
  .title_size = 18,
  .title_pitch = 242 * ZC_MM / 26,
  .after_title = 12,
  .before_heading = 5,
  .least_lines = 2,
  .note_size = 9,
  .note_pitch = 14,
};

ZcSheet
zc_sheet_for (ZcDocumentStyle style, gboolean landscape)
{
  ZcSheet sheet = style == ZC_STYLE_OFFICIAL ? official : form;

  if (landscape)
    {
      double width = sheet.width;

      sheet.width = sheet.height;
      sheet.height = width;
      sheet.landscape = TRUE;
    }
  return sheet;
}

/* Clause 8: a table across the page has its head at the left of the upright paper, and page numbers stay
   where upright pages have them. So a landscape page is the upright one turned a quarter to the right, with
   all its marks. */
void
zc_sheet_map (const ZcSheet *self, double *x, double *y, double *angle)
{
  double upright = *x;

  if (!self->landscape)
    return;
  *x = self->paper_height - *y;
  *y = upright;
  *angle += G_PI_2;
}

void
zc_sheet_origin (const ZcSheet *self, double *x, double *y)
{
  double angle = 0;

  *x = self->left;
  *y = self->landscape ? self->top + self->width : self->top;
  zc_sheet_map (self, x, y, &angle);
}
