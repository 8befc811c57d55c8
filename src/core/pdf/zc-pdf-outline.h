/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include <ft2build.h>

#include FT_FREETYPE_H

G_BEGIN_DECLS

/** ZcPdfTurn: where a drawing's origin goes, upwards from the foot of the page, and how it is turned. */
typedef struct
{
  double x, y;
  double scale;
  double sine, cosine; /* of the angle, counted clockwise */
} ZcPdfTurn;

/**
 * zc_pdf_put_outline: the outline of @glyph as a path (ISO 32000-1 8.5.2), to be filled.
 * @turn: its scale counts from one em
 */
void zc_pdf_put_outline (GString *to, FT_Face font, guint32 glyph, const ZcPdfTurn *turn);

G_END_DECLS
