/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * zc_pdf_update: appends to the PDF in @pdf what Cairo 1.16 cannot write: the language of the text (zh-CN),
 * "show the title" for viewers, labels of pages that are simply counted, dates with their prefix, XMP
 * metadata and a file identifier that is made from the content (ISO 32000-1 7.5.6, 7.9.4, 12.4.2, 14.4).
 * @title, @unit: nullable
 * @date: RFC 3339
 *
 * Returns: FALSE, with @pdf as it was, if the file is not built as Cairo builds them
 */
gboolean zc_pdf_update (GByteArray *pdf, const char *title, const char *unit, const char *date);

G_END_DECLS
