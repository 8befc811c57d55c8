/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "layout/zc-glyphs.h"
#include "pdf/zc-pdf-file.h"

G_BEGIN_DECLS

/**
 * ZcPdfFonts: the fonts of one PDF. It learns while pages are written which glyphs they show, and embeds no more than
 * those at the end. One thread, which has locked the ZcFonts but for zc_pdf_fonts_write().
 *
 * What an OpenType font has is cut by HarfBuzz and embedded as it is, as a composite font (ISO 32000-1 9.7) whose codes are
 * the font's own numbers, so that they are known before it is cut. Glyphs of fonts of other kinds become drawings, 256 of
 * them a font (9.6.5).
 */
typedef struct _ZcPdfFonts ZcPdfFonts;

/** ZcPdfGlyph: how a glyph is shown. */
typedef struct
{
  gunichar text; /* what it is taken for when it is copied: the first text that it alone showed; 0: none so far */
  guint16 font;  /* its name among the resources is /F and this number */
  guint16 code;
  gint16 width; /* in thousandths of an em */
  gboolean used : 1;
  gboolean wide : 1; /* @code takes two bytes */
} ZcPdfGlyph;

ZcPdfFonts *zc_pdf_fonts_new (ZcFonts *fonts);
void zc_pdf_fonts_free (ZcPdfFonts *self);

/**
 * zc_pdf_fonts_use: glyph @id of font number @font stands on a page.
 * @text: what it shows there, 0 if only together with others
 *
 * Returns: (transfer none)
 */
const ZcPdfGlyph *zc_pdf_fonts_use (ZcPdfFonts *self, guint font, guint32 id, gunichar text);

/** zc_pdf_fonts_write: writes all fonts. @resources: gets what goes into a dictionary of fonts by name */
void zc_pdf_fonts_write (ZcPdfFonts *self, ZcPdfFile *file, GString *resources);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPdfFonts, zc_pdf_fonts_free)

G_END_DECLS
