/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcPdfView: a PDF by Poppler: thumbnails, the pages below each other, zoom, search, print. Only visible pages are
 * drawn.
 */
#define ZC_TYPE_PDF_VIEW (zc_pdf_view_get_type ())
G_DECLARE_FINAL_TYPE (ZcPdfView, zc_pdf_view, ZC, PDF_VIEW, AdwBin)

/** zc_pdf_view_show: shows the PDF in @bytes, at the page that was shown of the one before it. */
gboolean zc_pdf_view_show (ZcPdfView *self, GBytes *bytes, GError **error);
/** zc_pdf_view_zoom: by a factor, between a quarter and four times. */
void zc_pdf_view_zoom (ZcPdfView *self, double factor);
/** zc_pdf_view_search: marks @text on all pages and goes to the first one that has it; "" ends it. */
void zc_pdf_view_search (ZcPdfView *self, const char *text);
void zc_pdf_view_search_next (ZcPdfView *self);
/** zc_pdf_view_print: the system's print dialog. Returns: FALSE with @error only when printing failed. */
gboolean zc_pdf_view_print (ZcPdfView *self, GtkWindow *parent, GError **error);

G_END_DECLS
