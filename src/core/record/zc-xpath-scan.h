/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What can be told of an XPath expression from its text alone. Both functions are careful: what they are not
 * sure of they leave as it is, and it is then evaluated each time in full.
 */

/**
 * zc_xpath_reads_by_functions: whether all that the expression reads it gets by the record's functions, or
 * from its context node if it has one (@has_context): then the functions can note what it read.
 */
gboolean zc_xpath_reads_by_functions (const char *text, gboolean has_context);

/** zc_xpath_has_prefix: whether a name in it has a namespace prefix; the record has none, and libxml2 would
 * print about it. */
gboolean zc_xpath_has_prefix (const char *text);

/**
 * zc_xpath_take_out_filters: each rows('LEDGER')[CONDITION] in @text whose condition concerns a row alone
 * becomes _rows('LEDGER', N), with N what @add returns for the condition. Returns: (transfer full)
 */
char *zc_xpath_take_out_filters (const char *text,
                                 guint (*add) (gpointer data, const char *condition),
                                 gpointer data);

G_END_DECLS
