/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "layout/zc-pages-private.h"
#include "pdf/zc-pdf-file.h"
#include "pdf/zc-pdf-structure.h"

G_BEGIN_DECLS

/** ZcPdfSheet: a page as an object. */
typedef struct
{
  guint object, content; /* numbers */
  float width, height;
} ZcPdfSheet;

/**
 * zc_pdf_catalog_write: what holds a file together: the tree of pages with their links, bookmarks, page labels, language,
 * metadata (ISO 32000-1 7.7, 12.3, 14.3).
 * @sheets: (element-type ZcPdfSheet): all pages, in order
 * @resources: number of the dictionary that they share
 * @info: gets the number of the old kind of metadata
 *
 * Returns: the number of the catalog
 */
guint zc_pdf_catalog_write (ZcPdfFile *file, const ZcPages *pages, const GArray *sheets, guint resources,
                            ZcPdfStructure *structure, guint *info);

G_END_DECLS
