/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

G_BEGIN_DECLS

/* The lines of the items page's list (ZcLine); the key of an item's line is the item's id. */

typedef enum
{
  ZC_ITEM_FILTER_ALL,
  ZC_ITEM_FILTER_OPEN, /* unanswered */
  ZC_ITEM_FILTER_REVIEW,
  ZC_ITEM_FILTER_PROBLEM,
} ZcItemFilter;

/**
 * zc_item_lines: sections with how far they are, and their items with their states. Returns: (transfer full)
 * (element-type ZcLine)
 */
GPtrArray *zc_item_lines (ZcSession *session, ZcItemFilter filter);

/**
 * zc_item_lines_search: items in whose words or answers (fields, notes, findings, evidence) all words of @text are,
 * with where they were found. Returns: (transfer full) (element-type ZcLine)
 */
GPtrArray *zc_item_lines_search (ZcSession *session, const char *text);

G_END_DECLS
