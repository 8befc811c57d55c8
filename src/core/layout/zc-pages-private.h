/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "layout/zc-page.h"
#include "layout/zc-pages.h"

G_BEGIN_DECLS

/** ZcAnchor: where a block that has a name begins. */
typedef struct
{
  guint page;
  double y;
} ZcAnchor;

/** ZcLink: a line that leads to the anchor @to, which may be missing. */
typedef struct
{
  guint page;
  double x, y, width, height;
  char *to;
} ZcLink;

/* For layout, which fills it, and pdf, which draws it. */
struct _ZcPages
{
  gatomicrefcount references;
  ZcFonts *fonts;
  char *title, *unit, *date; /* of the document, for the metadata */
  GPtrArray *pages;          /* (element-type ZcPage) */
  GHashTable *places;        /* (element-type utf8 GArray(guint)) keys in @names */
  GStringChunk *names;
  GPtrArray *defects;        /* (element-type ZcDefect) */
  GArray *seals;             /* (element-type ZcSealPlace) */
  GPtrArray *outline;        /* (element-type ZcOutlineEntry) */
  GHashTable *anchors;       /* (element-type utf8 ZcAnchor) */
  GArray *links;             /* (element-type ZcLink) in page order */
  guint faces;               /* bit 1 << ZcFace */
  gboolean first_waits;      /* the first page says how many there are: it is done when all others are */
};

/**
 * ZcPageSink: takes page @page of @pages when nothing more comes onto it, while their fonts are locked. What stands on
 * the page is forgotten after that.
 */
typedef gboolean (*ZcPageSink) (ZcPages *pages, guint page, gpointer data, GError **error);

/**
 * zc_pages_new_for: as zc_pages_new(), but of one page at a time; memory does not grow with what they hold. In order,
 * but for the first, which comes last if it says how many follow.
 *
 * Returns: (transfer full) (nullable): pages of which everything is known but what stands on them
 */
ZcPages *zc_pages_new_for (const ZcDocument *document, ZcFonts *fonts, ZcPageSink sink, gpointer data,
                           const ZcProgress *progress, GError **error);

ZcPages *zc_pages_alloc (const ZcDocument *document, ZcFonts *fonts);

static inline const ZcPage *
zc_pages_get (const ZcPages *self, guint page)
{
  return self->pages->pdata[page - 1];
}

G_END_DECLS
