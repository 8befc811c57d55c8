/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"
#include "documents/zc-block.h"
#include "layout/zc-fonts.h"

G_BEGIN_DECLS

/**
 * ZcPages: a document composed into pages, once for screen, print and PDF (pdf/zc-pdf.h draws it).
 *
 * It owns all it needs; the ZcDocument may go. Immutable, so any thread may read it. Pages count from 1, as
 * they are printed; lengths are points of 1/72 inch, y grows downwards from the top of the paper.
 */
typedef struct _ZcPages ZcPages;

typedef enum
{
  ZC_DEFECT_MISSING,  /* a character that no installed font has; 〓 stands in its place */
  ZC_DEFECT_OVERFLOW, /* something that is larger than the room it has; printed whole, over its border */
} ZcDefectKind;

/** ZcDefect: what went wrong on a page and must be looked at before the document is handed in. */
typedef struct
{
  ZcDefectKind kind;
  guint page;
  char *place;        /* nullable: whose text it is */
  gunichar character; /* ZC_DEFECT_MISSING */
  char *message;      /* one translated sentence */
} ZcDefect;

/** ZcSealPlace: where the official seal is to be pressed: nothing but the unit's name and the date is printed
 * there. */
typedef struct
{
  guint page;
  double x, y; /* the seal's centre */
  double diameter;
} ZcSealPlace;

/** ZcOutlineEntry: a title or heading, for bookmarks. */
typedef struct
{
  char *text;
  char *anchor; /* nullable: of the block */
  guint level;  /* 0 the document's title, 1 to 4 headings */
  guint page;
  double y; /* its upper edge */
} ZcOutlineEntry;

/**
 * zc_pages_new: composes @document.
 *
 * The same document and fonts give the same pages, whatever the locale, time zone or moment. Nothing is left
 * out or clipped: what does not fit is printed all the same and stands in zc_pages_defects().
 *
 * Returns: (transfer full) (nullable): NULL and ZC_ERROR_INVALID for a table whose cells overlap or stand
 * outside its columns, ZC_ERROR_LIMIT for more columns than a page can hold or more than 20,000 pages, or
 * ZC_ERROR_CANCELLED
 */
ZcPages *
zc_pages_new (const ZcDocument *document, ZcFonts *fonts, const ZcProgress *progress, GError **error);

/** zc_pages_survey: the same only to know what the functions below tell: no page is kept, none can be drawn. */
ZcPages *
zc_pages_survey (const ZcDocument *document, ZcFonts *fonts, const ZcProgress *progress, GError **error);

ZcPages *zc_pages_ref (ZcPages *self);
void zc_pages_unref (ZcPages *self);

guint zc_pages_count (const ZcPages *self);

/** zc_pages_size: the paper of @page; landscape pages are wider than high. */
void zc_pages_size (const ZcPages *self, guint page, double *width, double *height);

/** zc_pages_of_place: Returns: (nullable) (element-type guint): the pages that state @place, ascending; NULL
 * if none does. */
const GArray *zc_pages_of_place (const ZcPages *self, const char *place);

/** zc_pages_places: Returns: (transfer container) (element-type utf8): all places that are stated, sorted. */
GPtrArray *zc_pages_places (const ZcPages *self);

/** zc_pages_defects: Returns: (element-type ZcDefect): in page order; empty for a good document. */
const GPtrArray *zc_pages_defects (const ZcPages *self);

/** zc_pages_seals: Returns: (element-type ZcSealPlace): for the shape that the screen shows; print never has
 * it. */
const GArray *zc_pages_seals (const ZcPages *self);

/** zc_pages_outline: Returns: (element-type ZcOutlineEntry): in reading order. */
const GPtrArray *zc_pages_outline (const ZcPages *self);

/** zc_pages_uses_face: whether anything is set in @face, so that only substitutions that matter need be told.
 */
gboolean zc_pages_uses_face (const ZcPages *self, ZcFace face);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPages, zc_pages_unref)

G_END_DECLS
