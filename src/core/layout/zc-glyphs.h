/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <ft2build.h>

#include FT_FREETYPE_H

#include "layout/zc-fonts.h"

G_BEGIN_DECLS

/* What the composer asks of ZcFonts; for layout and pdf only. */

/** ZcGlyph: the nominal glyph of a character. */
typedef struct
{
  guint32 glyph;
  guint16 font;   /* number of a loaded font in its ZcFonts */
  gboolean known; /* FALSE: no font has the character, this is the glyph of 〓 */
  float advance;  /* in em */
} ZcGlyph;

/** zc_fonts_lock: the caller may use zc_fonts_glyph() until zc_fonts_unlock(). */
void zc_fonts_lock (ZcFonts *self);
void zc_fonts_unlock (ZcFonts *self);

/** zc_fonts_glyph: the glyph of @character in @face or, failing that, in whatever else has it. Under the
 * lock. */
const ZcGlyph *zc_fonts_glyph (ZcFonts *self, ZcFace face, gunichar character);

/** The middle of a Han character lies so far above the baseline, in em, when it is set. */
#define ZC_GLYPH_MIDDLE 0.38

/** zc_fonts_rise: how far glyphs of font number @font are raised for that, in em. Under the lock. */
float zc_fonts_rise (ZcFonts *self, guint font);

/** zc_fonts_cairo_face: Returns: (transfer none): font number @font. Any thread, no lock needed. */
cairo_font_face_t *zc_fonts_cairo_face (ZcFonts *self, guint font);

/** zc_fonts_ft_face: Returns: (transfer none): font number @font, for use under the lock. */
FT_Face zc_fonts_ft_face (ZcFonts *self, guint font);

/**
 * zc_fonts_file: the file of font number @font, of which the font is number @index; valid as long as @self. Any
 * thread, no lock needed. Returns: (transfer full) (nullable): NULL if it does not lie in memory
 */
GBytes *zc_fonts_file (ZcFonts *self, guint font, guint *index);

G_END_DECLS
