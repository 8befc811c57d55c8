/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-outline.h"

#include FT_OUTLINE_H

#include "pdf/zc-pdf-file.h"

/** Pen: a path while it is drawn. */
typedef struct
{
  GString *to;
  const ZcPdfTurn *turn;
  double em;     /* in the font's units */
  double x, y;   /* where the pen is, in those */
  gboolean open; /* a contour is begun */
} Pen;

static void
put_point (Pen *pen, double x, double y)
{
  const ZcPdfTurn *turn = pen->turn;
  double scale = turn->scale / pen->em;

  x *= scale;
  y *= scale;
  zc_pdf_put_number (pen->to, turn->x + x * turn->cosine + y * turn->sine, 2);
  zc_pdf_put_number (pen->to, turn->y - x * turn->sine + y * turn->cosine, 2);
}

static void
go_to (Pen *pen, const FT_Vector *point, const char *operator)
{
  put_point (pen, (double) point->x, (double) point->y);
  g_string_append (pen->to, operator);
  pen->x = (double) point->x;
  pen->y = (double) point->y;
}

static int
move_to (const FT_Vector *point, void *data)
{
  Pen *pen = data;

  if (pen->open)
    g_string_append (pen->to, " h\n");
  pen->open = TRUE;
  go_to (pen, point, " m\n");
  return 0;
}

static int
line_to (const FT_Vector *point, void *data)
{
  go_to (data, point, " l\n");
  return 0;
}

/* PDF has cubic curves only. */
static int
conic_to (const FT_Vector *control, const FT_Vector *point, void *data)
{
  Pen *pen = data;
  double x = (double) control->x, y = (double) control->y;

  put_point (pen, pen->x + (x - pen->x) * 2 / 3, pen->y + (y - pen->y) * 2 / 3);
  put_point (pen, (double) point->x + (x - (double) point->x) * 2 / 3, (double) point->y + (y - (double) point->y) * 2 / 3);
  go_to (pen, point, " c\n");
  return 0;
}

static int
cubic_to (const FT_Vector *first, const FT_Vector *second, const FT_Vector *point, void *data)
{
  Pen *pen = data;

  put_point (pen, (double) first->x, (double) first->y);
  put_point (pen, (double) second->x, (double) second->y);
  go_to (pen, point, " c\n");
  return 0;
}

void
zc_pdf_put_outline (GString *to, FT_Face font, guint32 glyph, const ZcPdfTurn *turn)
{
  static const FT_Outline_Funcs funcs = { move_to, line_to, conic_to, cubic_to, 0, 0 };
  Pen pen = { .to = to, .turn = turn, .em = font->units_per_EM };

  if (pen.em <= 0 || FT_Load_Glyph (font, glyph, FT_LOAD_NO_SCALE) != 0 || font->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
    return;
  FT_Outline_Decompose (&font->glyph->outline, &funcs, &pen);
  if (pen.open)
    g_string_append (to, " h\n");
}
