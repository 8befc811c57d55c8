/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/zc-rules.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Words and icons that several pages share: a state is always told by both, never by colour alone. All translated. */

const char *zc_words_state (ZcState state);
const char *zc_words_item_state (ZcItemState state);
const char *zc_words_item_icon (ZcItemState state);
const char *zc_words_level (ZcLevel level);
const char *zc_words_carrier (ZcCarrier carrier);
/**
 * zc_words_due: Returns: (transfer full): how many days are left until @due (nullable: YYYY-MM-DD); "" if there is
 * none.
 */
char *zc_words_due (const char *due);
/** zc_words_due_passed: whether @due (nullable) lies before today. */
gboolean zc_words_due_passed (const char *due);
/**
 * zc_words_time: Returns: (transfer full): @time (RFC 3339) in the local zone, to the minute, as people write it; a copy
 * if it is none.
 */
char *zc_words_time (const char *time);
/**
 * zc_words_example: Returns: (transfer full): what could be typed into @field, a date as it is shown when it has been; "" if there
 * is nothing to go by.
 */
char *zc_words_example (const ZcField *field);
/** zc_words_keep_days_whole: lets no line of @label end within a day: 2016年6月30 | 日. */
void zc_words_keep_days_whole (GtkLabel *label);
/** zc_words_confidence_tag: Returns: a word or two for a tag, "" for what stands in the notice itself. */
const char *zc_words_confidence_tag (ZcConfidence confidence);

G_END_DECLS
