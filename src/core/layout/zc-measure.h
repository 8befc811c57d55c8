/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/zc-block.h"
#include "layout/zc-glyphs.h"
#include "layout/zc-kinsoku.h"

G_BEGIN_DECLS

/** ZcAtom: one character, with its glyph and what it adds to the line. */
typedef struct
{
  guint32 glyph;
  guint16 font;
  guint8 class;
  guint8 bytes : 4; /* of its UTF-8 */
  guint8 over : 2;  /* ZcOver */
  guint8 weak : 1;
  guint8 wide : 1; /* its advance is one cell of the grid */
  float advance;   /* points, before justification */
  float shift;     /* from the atom's left edge to the glyph's origin */
} ZcAtom;

/** ZcOver: what is set over the glyph: ☑ and ☒ are in few Chinese fonts, □ √ × in all. */
typedef enum
{
  ZC_OVER_NOTHING,
  ZC_OVER_CHECK,
  ZC_OVER_CROSS,
} ZcOver;

/** ZcSpanRange: atoms @first to before @end print @span. */
typedef struct
{
  const ZcSpan *span;
  guint first, end;
} ZcSpanRange;

/** ZcMissing: a character without a glyph. */
typedef struct
{
  guint atom;
  gunichar character;
} ZcMissing;

/** ZcMeasured: text with the width of each character, ready to be broken into lines. */
typedef struct
{
  ZcFace face;
  double size;     /* of the letters, points */
  double cell;     /* advance of a Han character: @size, or a little less on the 28-cell grid */
  GArray *atoms;   /* (element-type ZcAtom) */
  GString *text;   /* the UTF-8 of all atoms */
  GArray *ranges;  /* (element-type ZcSpanRange) */
  GArray *missing; /* (element-type ZcMissing) nullable */
} ZcMeasured;

/** ZcLine: atoms @first to before @end in one line. */
typedef struct
{
  guint first, end;
  guint text;    /* where its text begins in ZcMeasured.text */
  float indent;  /* blank before it */
  float width;   /* as it will be set, trailing spaces not counted */
  float spread;  /* added after each atom that allows it */
  float squeeze; /* taken from each mark that is half blank, as a part of its cell */
  guint n_set;   /* atoms that count: trailing spaces and newline left out */
} ZcLine;

ZcMeasured *zc_measured_new (ZcFonts *fonts, ZcFace face, double size, double cell);
void zc_measured_free (ZcMeasured *self);

/** zc_measured_add: appends the text of @span. Called under the lock of @fonts. */
void zc_measured_add (ZcMeasured *self, ZcFonts *fonts, const ZcSpan *span);

/** zc_measured_add_text: appends @text of the form itself, for which no span exists. */
void zc_measured_add_text (ZcMeasured *self, ZcFonts *fonts, const char *text);

/**
 * zc_measured_break: breaks @self into lines of @width, the first of each paragraph @first and all others
 * @rest farther in.
 * @justify: fill each line but the last of a paragraph, on the grid if it is all Han characters
 *
 * Returns: (transfer full) (element-type ZcLine): at least one line
 */
GArray *zc_measured_break (const ZcMeasured *self, double width, double first, double rest, gboolean justify);

/** zc_measured_balance: as few lines of @width as can be, for centred labels all of about one length.
 * Returns: (transfer full) */
GArray *zc_measured_balance (const ZcMeasured *self, double width);

/** zc_measured_split: two lines, the second beginning with atom @at. Returns: (transfer full) */
GArray *zc_measured_split (const ZcMeasured *self, guint at);

/** zc_measured_width: of all its atoms in one line. */
double zc_measured_width (const ZcMeasured *self);

static inline const ZcAtom *
zc_measured_atom (const ZcMeasured *self, guint i)
{
  return &g_array_index (self->atoms, ZcAtom, i);
}

/** zc_atoms_spread: whether justification may put space between neighbours @a and @b. */
static inline gboolean
zc_atoms_spread (const ZcAtom *a, const ZcAtom *b)
{
  return !(zc_class_is_latin (a->class) && zc_class_is_latin (b->class)) &&
         !(a->class == ZC_CLASS_DASH && b->class == ZC_CLASS_DASH);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcMeasured, zc_measured_free)

G_END_DECLS
