/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <hb.h>

#include "pdf/zc-pdf-fonts.h"

G_BEGIN_DECLS

/* What the use of fonts knows and their writing needs. */

#define ZC_PDF_BLOCKS 256

/** ZcPdfKind: what kind of font it is for a PDF. */
typedef enum
{
  ZC_PDF_KIND_TRUETYPE,
  ZC_PDF_KIND_NAMED,   /* “CFF ”, glyphs have names: their numbers are the codes */
  ZC_PDF_KIND_CID,     /* “CFF ”, glyphs have numbers of their own, which are the codes */
  ZC_PDF_KIND_DRAWN,   /* of another kind */
} ZcPdfKind;

/** ZcPdfSource: a font as far as it is used. */
typedef struct
{
  ZcPdfKind kind;
  guint font;  /* its number in the ZcFonts */
  FT_Face ft;  /* owned by the ZcFonts */
  guint name;  /* ZC_PDF_KIND_DRAWN: of the last one */
  guint codes; /* ZC_PDF_KIND_DRAWN: taken in it */
  hb_set_t *used;
  ZcPdfGlyph *blocks[ZC_PDF_BLOCKS]; /* by number, 256 each */
} ZcPdfSource;

/** ZcPdfDrawn: a font of drawings. */
typedef struct
{
  ZcPdfSource *source;
  guint name;
  GArray *glyphs; /* (element-type guint32) by code */
} ZcPdfDrawn;

struct _ZcPdfFonts
{
  ZcFonts *fonts;
  GPtrArray *sources; /* (element-type ZcPdfSource) nullable each; by number of font */
  GArray *drawn;      /* (element-type ZcPdfDrawn) */
  guint n_names;
};

/** zc_pdf_source_glyph: glyph @id of @self, used or not. Returns: (transfer none) */
ZcPdfGlyph *zc_pdf_source_glyph (ZcPdfSource *self, guint32 id);

G_END_DECLS
