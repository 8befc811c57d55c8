/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"
#include "inspection/zc-inspection.h"

G_BEGIN_DECLS

/** What to take over from last year's inspection. */
typedef enum
{
  ZC_CARRY_FACTS = 1 << 0,    /* facts of the same id and kind; not the period, dates and what is computed */
  ZC_CARRY_LEDGERS = 1 << 1,  /* rows, column by column */
  ZC_CARRY_ANSWERS = 1 << 2,  /* of items of the same id: as answers that wait for confirmation */
  ZC_CARRY_FINDINGS = 1 << 3, /* those not done: what was promised comes first this year */
  ZC_CARRY_TEXTS = 1 << 4,    /* the unit's own chapters */
  ZC_CARRY_ALL = (1 << 5) - 1,
} ZcCarryOver;

/**
 * zc_carry_over: takes over what @last (of the same or another scheme) states, as one step. What @self states already
 * is left alone, and so is what its scheme has no place for or does not take.
 *
 * Nothing of it counts as answered: each answer states confirmed "0" until its conformity is chosen again (the same
 * or another) or that is taken back, and so does each item that only asks for values, if any of them came over. What
 * stood there last year is kept for comparison (zc_inspection_get_previous()), also for answers that are not taken
 * over, and so is which files were evidence then (zc_inspection_is_former_evidence()).
 */
gboolean zc_carry_over (ZcInspection *self, ZcInspection *last, ZcCarryOver flags, GError **error);

/**
 * zc_inspection_create_after: as zc_inspection_create(), with all of the inspection in the file @last taken over; long work.
 * There is a file at @path when all of it is in it, and not before.
 * @last: (nullable): NULL: there is none
 *
 * Returns: (transfer full) (nullable)
 */
ZcInspection *zc_inspection_create_after (const char *path, ZcScheme *scheme, const char *last, const ZcProgress *progress, GError **error);

/** zc_inspection_get_previous: Returns: (transfer none) (nullable): what last year's inspection stated at @place. */
const char *zc_inspection_get_previous (ZcInspection *self, const char *place);

/**
 * zc_inspection_get_origin: where the fact, answer, text, row ("row:systems/1") or finding ("finding:1/item") at
 * @place was taken over from, for people: the notice's title and the file's name.
 * Returns: (transfer none) (nullable): NULL if it is the unit's own statement of this time, or was changed since
 */
const char *zc_inspection_get_origin (ZcInspection *self, const char *place);

/**
 * zc_inspection_get_promises: the findings that were taken over: what was promised last year. Each is a question first:
 * has it been done? Returns: (transfer full) (element-type guint64): numbers, ordered by item and number
 */
GArray *zc_inspection_get_promises (ZcInspection *self);

/**
 * zc_inspection_promise_waits: Returns: TRUE until the state of the promise @finding is stated, be it the same as last
 * year's.
 */
gboolean zc_inspection_promise_waits (ZcInspection *self, guint64 finding);

/** zc_inspection_wording_changed: Returns: TRUE if last year's answer to @item was given to other words. */
gboolean zc_inspection_wording_changed (ZcInspection *self, const char *item);

/** zc_item_words: Returns: (transfer full): "clause title\nrequirement\nthreshold" of @item. */
char *zc_item_words (const ZcItem *item);

/** zc_inspection_previous_item: Returns: (transfer full) (nullable): zc_item_words() of last year, to show beside this
 * year's; NULL if the words are the same. */
char *zc_inspection_previous_item (ZcInspection *self, const char *item);

/**
 * zc_inspection_is_former_evidence: Returns: TRUE if the very same bytes as evidence @id were evidence last year:
 * perhaps stale.
 */
gboolean zc_inspection_is_former_evidence (ZcInspection *self, guint64 id);

G_END_DECLS
