/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "layout/zc-pages.h"

G_BEGIN_DECLS

/**
 * zc_pdf_to_bytes: @pages as a PDF 1.5 file: text that can be searched and copied, embedded subset fonts,
 * outline, links, page labels, language, metadata dated by the document, structure (up to
 * 200 pages). The same pages give the same bytes.
 *
 * Returns: (transfer full) (nullable): NULL and @error when cancelled or when Cairo fails
 */
GBytes *zc_pdf_to_bytes (ZcPages *pages, const ZcProgress *progress, GError **error);

/** zc_pdf_write: the same into the file @path, which appears whole or not at all. */
gboolean zc_pdf_write (ZcPages *pages, const char *path, const ZcProgress *progress, GError **error);

/**
 * zc_pdf_draw_page: draws @page (from 1) for screen or print.
 * @cr: one unit is one point, the origin is the upper left corner of the paper, which is not painted
 */
void zc_pdf_draw_page (ZcPages *pages, guint page, cairo_t *cr);

G_END_DECLS
