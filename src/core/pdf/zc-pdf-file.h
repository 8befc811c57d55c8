/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/**
 * ZcPdfSink: takes the next bytes of the file.
 *
 * Returns: FALSE and @error if they cannot be kept
 */
typedef gboolean (*ZcPdfSink) (gpointer sink, gconstpointer data, gsize size, GError **error);

/**
 * ZcPdfFile: the objects of a PDF 1.5 file, written one after another (ISO 32000-1 7.5).
 *
 * Nothing is kept but where each object lies, so that memory does not grow with what they hold. Objects that are no
 * streams go into compressed object streams by the hundred. The same objects in the same order give the same bytes. A
 * failure of the sink is kept and told by zc_pdf_file_finish(); what is added after it is dropped. One thread.
 */
typedef struct _ZcPdfFile ZcPdfFile;

/** zc_pdf_file_new: @sink is called with @data, in larger pieces. */
ZcPdfFile *zc_pdf_file_new (ZcPdfSink sink, gpointer data);
void zc_pdf_file_free (ZcPdfFile *self);

/** zc_pdf_file_reserve: Returns: the number of an object that can be referred to from now on, and must be added later. */
guint zc_pdf_file_reserve (ZcPdfFile *self);

/** zc_pdf_file_add: object @number is @body. */
void zc_pdf_file_add (ZcPdfFile *self, guint number, const GString *body);

/** zc_pdf_file_add_plain: the same, readable for programs that do not look into object streams. */
void zc_pdf_file_add_plain (ZcPdfFile *self, guint number, const GString *body);

/**
 * zc_pdf_file_add_stream: object @number is a stream.
 * @entries: of its dictionary, beside length and filter
 * @plain: leave it uncompressed
 */
void zc_pdf_file_add_stream (
    ZcPdfFile *self, guint number, const char *entries, gconstpointer data, gsize size, gboolean plain);

/** zc_pdf_file_failed: whether nothing more needs to be added. */
gboolean zc_pdf_file_failed (const ZcPdfFile *self);

/** zc_pdf_file_finish: writes the table of all objects and what @root and @info are. */
gboolean zc_pdf_file_finish (ZcPdfFile *self, guint root, guint info, GError **error);

/* Writing the syntax. */

/** zc_pdf_put_number: @value with up to @decimals (at most 4) digits behind the point, and a blank before it. */
void zc_pdf_put_number (GString *to, double value, guint decimals);

/** zc_pdf_put_count: the same for what is counted; zc_pdf_put_digits: without the blank. */
void zc_pdf_put_count (GString *to, guint value);
void zc_pdf_put_digits (GString *to, guint64 value);

/** zc_pdf_put_reference: " 12 0 R" */
void zc_pdf_put_reference (GString *to, guint number);

/** zc_pdf_put_text: @text as a text string, in UTF-16 if it is not ASCII. */
void zc_pdf_put_text (GString *to, const char *text);

/** zc_pdf_put_hex: @value with four hexadecimal digits. */
void zc_pdf_put_hex (GString *to, guint16 value);

/** zc_pdf_put_utf16: @character as one or two of them. */
void zc_pdf_put_utf16 (GString *to, gunichar character);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPdfFile, zc_pdf_file_free)

G_END_DECLS
