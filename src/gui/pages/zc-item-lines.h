/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

G_BEGIN_DECLS

/* The lines of the items page's list (ZcLine). The key of an item's line is the item's id; that of what was promised
 * last year is the place of its finding ("finding:3/state"). */

typedef enum
{
  ZC_ITEM_FILTER_ALL,
  ZC_ITEM_FILTER_OPEN,        /* unanswered */
  ZC_ITEM_FILTER_UNCONFIRMED, /* carried over; also promises that were not answered for */
  ZC_ITEM_FILTER_REVIEW,
  ZC_ITEM_FILTER_PROBLEM,
} ZcItemFilter;

/**
 * zc_item_lines: what was promised last year, then sections with how far they are, and their items with their states. Returns: (transfer full)
 * (element-type ZcLine)
 */
GPtrArray *zc_item_lines (ZcSession *session, ZcItemFilter filter);

/**
 * zc_item_lines_search: items in whose words or answers (fields, notes, findings, evidence) all words of @text are,
 * with where they were found. Returns: (transfer full) (element-type ZcLine)
 */
GPtrArray *zc_item_lines_search (ZcSession *session, const char *text);

/** zc_item_lines_promise: Returns: the finding that the key of a line stands for; 0 if it is none. */
guint64 zc_item_lines_promise (const char *key);

/**
 * zc_item_lines_next_promise: Returns: (transfer full) (nullable): the key of the first promise that nobody answered for,
 * other than @but (nullable).
 */
char *zc_item_lines_next_promise (ZcSession *session, const char *but);

/** zc_item_lines_tally: Returns: (transfer full): how far all is, in words. */
char *zc_item_lines_tally (ZcSession *session);

G_END_DECLS
