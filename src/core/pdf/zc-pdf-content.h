/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "layout/zc-page.h"
#include "pdf/zc-pdf-fonts.h"
#include "pdf/zc-pdf-structure.h"

G_BEGIN_DECLS

/**
 * ZcPdfContent: turns display lists into the content streams of pages (ISO 32000-1 7.8.2), and tells fonts and structure
 * what is in them. What belongs to no element of the structure (rules, page numbers, the draft's pale words) is
 * marked as an artifact. One thread, which has locked the ZcFonts.
 */
typedef struct _ZcPdfContent ZcPdfContent;

/** zc_pdf_content_new: all but the result must outlive it. */
ZcPdfContent *zc_pdf_content_new (ZcPdfFile *file, ZcFonts *fonts, ZcPdfFonts *cut, ZcPdfStructure *structure);
void zc_pdf_content_free (ZcPdfContent *self);

/** zc_pdf_content_write: writes the content of @page as object @number. */
void zc_pdf_content_write (ZcPdfContent *self, const ZcPage *page, guint number);

/** zc_pdf_content_put_shapes: what goes into the dictionary of drawings by name, which pages share. */
void zc_pdf_content_put_shapes (const ZcPdfContent *self, GString *resources);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPdfContent, zc_pdf_content_free)

G_END_DECLS
