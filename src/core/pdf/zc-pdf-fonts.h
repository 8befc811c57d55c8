/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "layout/zc-pages-private.h"

G_BEGIN_DECLS

/**
 * ZcPdfFonts: the fonts of one document, cut down by HarfBuzz to the glyphs that stand on its pages.
 *
 * Cairo embeds subsets by itself, but copies all outlines of a font more than once on the way, 20 MB each time
 * for a Chinese one, and keeps more of it in the file. Cut down beforehand, a document of few pages takes a third
 * of the time and of the memory. One thread.
 */
typedef struct _ZcPdfFonts ZcPdfFonts;

ZcPdfFonts *zc_pdf_fonts_new (const ZcPages *pages);
void zc_pdf_fonts_free (ZcPdfFonts *self);

/** zc_pdf_fonts_face: Returns: (transfer none): what stands for font number @font; the whole font if it could not
 * be cut. */
cairo_font_face_t *zc_pdf_fonts_face (ZcPdfFonts *self, guint font);

/** zc_pdf_fonts_glyphs: Returns: (nullable): the new numbers of the glyphs of font number @font, by their old ones;
 * NULL if they kept theirs. */
const guint16 *zc_pdf_fonts_glyphs (ZcPdfFonts *self, guint font);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPdfFonts, zc_pdf_fonts_free)

G_END_DECLS
