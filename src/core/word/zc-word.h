/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"
#include "documents/zc-block.h"

G_BEGIN_DECLS

/*
 * The same blocks as the PDF, as a DOCX (ECMA-376 transitional) that an office can edit: real styles, the official East
 * Asian faces by name, the fixed grid of GB/T 9704-2012, tables whose headers repeat. A draft says so on every page; a
 * sealed document carries the seal code and the sentence that the PDF is the sealed one.
 */

/**
 * zc_word_to_bytes: @document as a DOCX file. The same document gives the same bytes, at any time and in any zone.
 *
 * Characters that XML can't hold are shown as U+FFFD. Errors: ZC_ERROR_INVALID for a table whose cells overlap or leave
 * it, ZC_ERROR_LIMIT for more than 63 columns (Word opens no such table) or a QR text that no QR holds,
 * ZC_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *zc_word_to_bytes (const ZcDocument *document, const ZcProgress *progress, GError **error);

/** zc_word_write: writes zc_word_to_bytes() to @path, whole or not at all. */
gboolean zc_word_write (const ZcDocument *document, const char *path, const ZcProgress *progress, GError **error);

G_END_DECLS
