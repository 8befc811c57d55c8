/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "layout/zc-pages.h"

G_BEGIN_DECLS

/**
 * zc_pdf_to_bytes: @pages as a PDF 1.5 file: text that can be searched and copied, embedded subset fonts,
 * outline, links, page labels, language, metadata dated by the document, structure. The same pages give the same
 * bytes.
 *
 * Returns: (transfer full) (nullable): NULL and @error when cancelled, or beyond 4 GB
 */
GBytes *zc_pdf_to_bytes (ZcPages *pages, const ZcProgress *progress, GError **error);

/** zc_pdf_write: the same into the file @path, which appears whole or not at all. */
gboolean zc_pdf_write (ZcPages *pages, const char *path, const ZcProgress *progress, GError **error);

/**
 * zc_pdf_compose: composes @document and writes each page as soon as it is set, so that no more than one is in memory.
 * The bytes are those of zc_pages_new() and zc_pdf_to_bytes().
 * @pdf: (out) (transfer full)
 *
 * Returns: (transfer full) (nullable): what is known about the pages; they cannot be drawn any more. NULL as
 * zc_pages_new() and zc_pdf_to_bytes() do
 */
ZcPages *zc_pdf_compose (
    const ZcDocument *document, ZcFonts *fonts, GBytes **pdf, const ZcProgress *progress, GError **error);

/** zc_pdf_compose_file: the same into the file @path, which appears whole or not at all. */
ZcPages *zc_pdf_compose_file (
    const ZcDocument *document, ZcFonts *fonts, const char *path, const ZcProgress *progress, GError **error);

/**
 * zc_pdf_draw_page: draws @page (from 1) for screen or print.
 * @cr: one unit is one point, the origin is the upper left corner of the paper, which is not painted
 */
void zc_pdf_draw_page (ZcPages *pages, guint page, cairo_t *cr);

G_END_DECLS
