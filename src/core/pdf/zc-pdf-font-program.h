/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <hb.h>

#include "layout/zc-glyphs.h"

G_BEGIN_DECLS

/** ZcPdfProgram: what of a font goes into a PDF (ISO 32000-1 9.9). */
typedef struct
{
  GBytes *data;
  GHashTable *numbers; /* nullable: numbers of the glyphs in it by those in the font; NULL: they kept theirs */
} ZcPdfProgram;

/**
 * zc_pdf_program_cut: cuts font @index of @file down to the outlines of @glyphs.
 * @compact: the outlines are in a table “CFF ”, of which alone is asked; else all of a TrueType font
 * @keep: leave the glyphs their numbers
 *
 * A font that HarfBuzz cannot cut comes whole.
 */
void zc_pdf_program_cut (
    ZcPdfProgram *self, GBytes *file, guint index, const hb_set_t *glyphs, gboolean compact, gboolean keep);
void zc_pdf_program_clear (ZcPdfProgram *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZcPdfProgram, zc_pdf_program_clear)

G_END_DECLS
