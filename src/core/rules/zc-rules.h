/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/zc-record.h"

G_BEGIN_DECLS

/** ZcResult: one thing that preflight found. */
typedef struct
{
  ZcLevel level;
  char *rule;    /* the rule's id, or a built-in one: "unanswered", "evidence", "reason", "finding", "required", "range", "marking", "printed", "stored" … */
  char *place;   /* where to go: a place */
  char *message; /* one sentence: what, where, what to do */
} ZcResult;

void zc_result_free (ZcResult *self);

/**
 * zc_preflight: evaluates every rule of the scheme and the built-in ones on @record: unanswered items, missing
 * compulsory evidence and required fields, 不适用 without reason, findings without measure, person or date, open
 * promises, dates outside the period, ledger rows (required, unique, pattern), unconfirmed carried-over answers,
 * classified marks (秘密★ …: always must).
 * @printed: (nullable): set of places that the documents print; what is typed and not among them is "must"
 *
 * Returns: (transfer full) (element-type ZcResult): must first, then in the scheme's order
 */
GPtrArray *zc_preflight (ZcRecord *record, GHashTable *printed);

/** zc_preflight_count: how many of @results have @level. */
guint zc_preflight_count (GPtrArray *results, ZcLevel level);

/* Applicability and progress (zc-progress-of-items.c) */

typedef enum
{
  ZC_ITEM_UNANSWERED, /* 未答 */
  ZC_ITEM_ANSWERED,   /* 已答 */
  ZC_ITEM_UNCONFIRMED, /* 待确认: carried over, and nobody said yet that it still holds */
  ZC_ITEM_REVIEW,     /* 待查: marked by the user */
  ZC_ITEM_PROBLEM,    /* 有问题: 部分符合 or 不符合 */
  ZC_ITEM_NOT_APPLICABLE, /* 不适用: chosen, or its condition does not hold */
} ZcItemState;

typedef struct
{
  guint total, unanswered, unconfirmed, answered, review, problem, not_applicable;
} ZcTally;

gboolean zc_rules_item_applies (ZcRecord *record, const ZcItem *item);
/** zc_rules_field_applies: @row: (nullable): the context of a column's condition. */
gboolean zc_rules_field_applies (ZcRecord *record, const ZcField *field, const xmlNode *row);
gboolean zc_rules_evidence_required (ZcRecord *record, const ZcEvidenceNeed *need);
ZcItemState zc_rules_item_state (ZcRecord *record, const ZcItem *item);
/** zc_rules_tally: of one section, or of the whole scheme if @section is NULL. */
ZcTally zc_rules_tally (ZcRecord *record, const ZcSection *section);
/** zc_tally_done: Returns: how many items nothing is left to do with: neither open, nor unconfirmed, nor marked. */
guint zc_tally_done (const ZcTally *tally);
/**
 * zc_rules_next_open: Returns: (nullable): the next unanswered, unconfirmed or marked item after @item (NULL: from the start),
 * wrapping.
 */
const ZcItem *zc_rules_next_open (ZcRecord *record, const ZcItem *item);

/* Drafts (zc-draft.c) */

/**
 * zc_draft_chapter: the draft text of a chapter: paragraphs (bound templates, one a line) as the scheme describes it.
 * Returns: (transfer full)
 */
char *zc_draft_chapter (ZcRecord *record, const ZcChapter *chapter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcResult, zc_result_free)

G_END_DECLS
