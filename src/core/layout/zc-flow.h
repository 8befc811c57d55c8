/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "layout/zc-pages-private.h"
#include "layout/zc-sheet.h"

G_BEGIN_DECLS

/** Where a letter's baseline lies in its em, from above: 0.88 in all Chinese fonts; their own metrics differ
 * and lie. */
#define ZC_ASCENT 0.88

/** ZcFlow: a document while it is being composed; blocks are set one below the other, page after page. */
typedef struct
{
  const ZcDocument *document;
  const ZcProgress *progress;
  ZcFonts *fonts;
  ZcPages *pages;
  ZcSheet sheet;    /* of the page at hand */
  ZcPage *page;     /* the last one; owned by @pages */
  double y;         /* how much of the type area's height is used */
  GArray *here;     /* (element-type guint) nullable: the number of the last page that states something */
  GHashTable *told; /* defects that are known, so that each is told once */
  ZcPageSink sink;  /* nullable */
  gpointer sink_data;
  guint n_done; /* pages that have all that stands on them, but for the first */
  gint64 last_report;
} ZcFlow;

/** zc_flow_new_page: FALSE and ZC_ERROR_LIMIT beyond the last page we make. */
gboolean zc_flow_new_page (ZcFlow *self, gboolean landscape, GError **error);

/** zc_flow_tick: reports progress; FALSE and ZC_ERROR_CANCELLED when the user cancelled. */
gboolean zc_flow_tick (ZcFlow *self, GError **error);

/** zc_flow_fits: whether @height still fits on the page. */
gboolean zc_flow_fits (const ZcFlow *self, double height);

/** zc_flow_x, zc_flow_top: the left edge of the type area; the height at which the next thing comes to stand.
 */
double zc_flow_x (const ZcFlow *self);
double zc_flow_top (const ZcFlow *self);

/** zc_flow_measure: the text of @spans from number @first on. */
ZcMeasured *zc_flow_measure (
    ZcFlow *self, ZcFace face, double size, double cell, GPtrArray *spans, guint first, guint end);
ZcMeasured *zc_flow_measure_text (ZcFlow *self, ZcFace face, double size, const char *text);

/**
 * zc_flow_set_line: sets @line into the box of height @pitch at (@x, @top), and notes what it states.
 * @room: the width it has; more is a defect
 */
void zc_flow_set_line (ZcFlow *self,
                       const ZcMeasured *measured,
                       const ZcLine *line,
                       double x,
                       double top,
                       double pitch,
                       double room);

/** zc_flow_note_line: notes what @line states, on the page at hand. */
void zc_flow_note_line (ZcFlow *self, const ZcMeasured *measured, const ZcLine *line);

/** zc_flow_overflow: something is larger than its room. @place: (nullable): whose text it is */
void zc_flow_overflow (ZcFlow *self, const char *place);
/** zc_flow_place_of: Returns: (nullable): the first place that @measured states. */
const char *zc_flow_place_of (const ZcMeasured *measured);
void zc_flow_add_outline (ZcFlow *self, const ZcBlock *block, const char *text, guint level);
/** zc_flow_add_anchor: what links to @block lead to is here. */
void zc_flow_add_anchor (ZcFlow *self, const ZcBlock *block);
void zc_flow_add_seal (ZcFlow *self, double x, double y, double diameter);

/* The kinds of blocks. @tail: height of what must stand on the same page as the block's last lines, 0 for
 * nothing. */

gboolean zc_flow_text (ZcFlow *self, const ZcBlock *block, double tail, GError **error);
/** zc_flow_text_lead: height of the first lines of @block, which must not part from a heading above them. */
double zc_flow_text_lead (ZcFlow *self, const ZcBlock *block, double tail);

gboolean zc_flow_table (ZcFlow *self, const ZcBlock *block, double tail, GError **error);
double zc_flow_table_lead (ZcFlow *self, const ZcBlock *block);

gboolean zc_flow_signature (ZcFlow *self, const ZcBlock *block, GError **error);
double zc_flow_signature_height (ZcFlow *self, const ZcBlock *block);

gboolean zc_flow_chart (ZcFlow *self, const ZcBlock *block, double tail, GError **error);
double zc_flow_chart_lead (ZcFlow *self, const ZcBlock *block);

/**
 * zc_flow_furniture: page numbers, marking, seal code and QR on the pages that nothing more comes onto; those go to the
 * sink. @all: the last one too, and the first, which may have to wait until their number is known
 */
gboolean zc_flow_furniture (ZcFlow *self, gboolean all, GError **error);

/** zc_flow_draft: the pale words that say that nothing is sealed yet, under all that follows. */
void zc_flow_draft (ZcFlow *self);

G_END_DECLS
