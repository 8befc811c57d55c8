/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/zc-block.h"

#define SAMPLE_CODE "100001-200002-300003-400004-500005-600006-700007-800008"

/* Documents by hand for the tests of layout and pdf, and for the benchmarks. */

ZcBlock *sample_add (ZcDocument *document, ZcBlockKind kind, const char *text, const char *place);
ZcBlock *sample_add_heading (ZcDocument *document, guint level, const char *text);
ZcBlock *sample_add_signature (ZcDocument *document, double seal_mm);

/* An official document, sealed. */
ZcDocument *sample_document (ZcDocumentStyle style, gboolean sealed);

/* A title, an addressee, headings of all levels, text, attachments and a signature. */
ZcDocument *sample_report (void);

/* A block with a table of @rows rows under a header of two: a group column over seventeen rows each, numbers,
 * notes. */
ZcBlock *sample_table (guint rows);
ZcDocument *sample_form (guint rows);

/* @n times @unit, owned. */
char *sample_repeat (const char *unit, guint n);
