/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "layout/zc-measure.h"

G_BEGIN_DECLS

/*
 * The display list of one page: what pdf/zc-pdf-content.h writes and pdf/zc-paint.h draws. Points, y down from the top of the paper. It is
 * kept small, a form of 5,000 rows has half a million glyphs.
 */

typedef enum
{
  ZC_OP_RUN,   /* glyphs of one font at one size */
  ZC_OP_SHAPE, /* the same as outlines: seen, not text that can be copied */
  ZC_OP_BOX,   /* a filled rectangle */
  ZC_OP_RULE,  /* a straight line */
  ZC_OP_TAG,   /* what follows, up to the end, is one @tag */
  ZC_OP_TAG_END,
} ZcOpKind;

typedef enum
{
  ZC_TAG_P,
  ZC_TAG_H1,
  ZC_TAG_H2,
  ZC_TAG_H3,
  ZC_TAG_H4,
  ZC_TAG_TABLE,
  ZC_TAG_TR,
  ZC_TAG_TH,
  ZC_TAG_TD,
} ZcTag;

typedef struct
{
  guint8 kind;
  guint8 tag;   /* TAG, TAG_END */
  guint8 grey;  /* 0 black to 255 white */
  guint16 font; /* RUN, SHAPE */
  float x, y;   /* a run's origin, a box's upper left corner, a rule's start */
  union
  {
    struct
    {
      float size, angle;       /* @angle: clockwise, radians */
      guint32 glyph, n_glyphs; /* in ZcPage.glyphs */
      guint32 cluster, n_clusters;
      guint32 text, n_bytes;
    } run;
    struct
    {
      float width, height;
    } box;
    struct
    {
      float x, y, width; /* the end, the thickness */
    } rule;
  };
} ZcOp;

/** zc_op_goes_with: whether the boxes or rules @a and @b can be one path: no seams within a QR, one stroke for a table. */
static inline gboolean
zc_op_goes_with (const ZcOp *a, const ZcOp *b)
{
  return a->kind == b->kind && a->grey == b->grey && (a->kind != ZC_OP_RULE || a->rule.width == b->rule.width);
}

typedef struct
{
  guint32 id;
  float x; /* from the run's origin, along its line */
} ZcPageGlyph;

/** ZcCluster: @bytes of text that @glyphs show. */
typedef struct
{
  guint8 bytes, glyphs;
} ZcCluster;

typedef struct
{
  double width, height;
  GArray *ops;      /* (element-type ZcOp) */
  GArray *glyphs;   /* (element-type ZcPageGlyph) */
  GArray *clusters; /* (element-type ZcCluster) */
  GString *text;
} ZcPage;

ZcPage *zc_page_new (double width, double height);
void zc_page_free (ZcPage *self);

/** zc_page_forget: only its size remains. */
void zc_page_forget (ZcPage *self);

void zc_page_add_box (ZcPage *self, double x, double y, double width, double height, double grey);
void zc_page_add_rule (ZcPage *self, double x1, double y1, double x2, double y2, double width);
void zc_page_add_tag (ZcPage *self, ZcTag tag);
void zc_page_end_tag (ZcPage *self, ZcTag tag);

/** zc_page_add_line: sets @line of @measured from (@x, @y) on its baseline. @x: before the line's own indent.
 */
void zc_page_add_line (
    ZcPage *self, ZcFonts *fonts, const ZcMeasured *measured, const ZcLine *line, double x, double y);

/** zc_page_add_text: sets all of @measured in one line, turned clockwise by @angle around (@x, @y). */
void
zc_page_add_text (ZcPage *self, ZcFonts *fonts, const ZcMeasured *measured, double x, double y, double angle);

/** zc_page_add_shape: the same as pale outlines. */
void zc_page_add_shape (
    ZcPage *self, ZcFonts *fonts, const ZcMeasured *measured, double x, double y, double angle, double grey);

/** zc_page_add_atom: sets one character, its cell's centre at (@x, @y), for vertical text. */
void zc_page_add_atom (
    ZcPage *self, ZcFonts *fonts, const ZcMeasured *measured, guint atom, guint text, double x, double y);

G_END_DECLS
