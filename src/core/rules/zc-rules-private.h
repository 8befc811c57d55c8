/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/zc-record-private.h"
#include "rules/zc-rules.h"

G_BEGIN_DECLS

/** ZcPreflight: one run of preflight, handed through the checks. */
typedef struct
{
  ZcRecord *record;
  ZcScheme *scheme;
  GPtrArray *results;     /* (element-type ZcResult) */
  char *today;            /* YYYY-MM-DD */
  gboolean *fact_asked;   /* by ZcField.order: on an item's page that applies, or on none */
  gboolean *ledger_asked; /* by ZcLedger.order */
  GHashTable *found;      /* ids of the items that have a finding */
} ZcPreflight;

/** zc_preflight_add: takes @place. */
void
zc_preflight_add (ZcPreflight *self, ZcLevel level, const char *rule, char *place, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

/* zc-check-answers.c */
void zc_check_items (ZcPreflight *self);
void zc_check_findings (ZcPreflight *self);

/* zc-check-values.c */
void zc_check_facts (ZcPreflight *self);
void zc_check_texts (ZcPreflight *self);
void zc_check_evidence_words (ZcPreflight *self);
/** zc_check_value: whether @field takes @value and nothing in it looks classified. Returns: FALSE if a result
 * was added. */
gboolean zc_check_value (ZcPreflight *self,
                         const ZcField *field,
                         const char *value,
                         ZcPlaceKind kind,
                         const char *id,
                         guint64 number,
                         const char *name);

/* zc-check-ledgers.c */
void zc_check_ledgers (ZcPreflight *self);

/* zc-check-rules.c */
void zc_check_rules (ZcPreflight *self);

/** zc_marking_find: a mark of state secrets in @text (绝密, 机密 or 秘密 with a star or a period). Returns:
 * (transfer full) (nullable) */
char *zc_marking_find (const char *text);

G_END_DECLS
