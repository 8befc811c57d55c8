/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcPdfView: a PDF by Poppler: thumbnails, the pages below each other, zoom, search, print. Only visible pages are
 * drawn.
 *
 * Signal "searched" (guint page): a search is over: the page, from 1, that it went to; 0 if no page has the words.
 */
#define ZC_TYPE_PDF_VIEW (zc_pdf_view_get_type ())
G_DECLARE_FINAL_TYPE (ZcPdfView, zc_pdf_view, ZC, PDF_VIEW, AdwBin)

/** zc_pdf_view_show: shows the PDF in @bytes, at the page that was shown of the one before it. */
gboolean zc_pdf_view_show (ZcPdfView *self, GBytes *bytes, GError **error);
guint zc_pdf_view_count (ZcPdfView *self);
/** zc_pdf_view_go: scrolls to @page, from 1. */
void zc_pdf_view_go (ZcPdfView *self, guint page);
/** zc_pdf_view_set_fits: pages as wide as there is room, and no thumbnails: to be read beside something else. */
void zc_pdf_view_set_fits (ZcPdfView *self, gboolean fits);
/** zc_pdf_view_zoom: by a factor, between a quarter and four times. Returns: how large the pages are now. */
double zc_pdf_view_zoom (ZcPdfView *self, double factor);
/**
 * zc_pdf_view_search: marks @text on all pages and goes to the first one that has it, while the main loop turns; ""
 * ends it.
 */
void zc_pdf_view_search (ZcPdfView *self, const char *text);
/** zc_pdf_view_search_next: to the next page, or the one before, that has what was searched. */
void zc_pdf_view_search_next (ZcPdfView *self, gboolean backward);
/** zc_pdf_view_print: the system's print dialog. Returns: FALSE with @error only when printing failed. */
gboolean zc_pdf_view_print (ZcPdfView *self, GtkWindow *parent, GError **error);

G_END_DECLS
