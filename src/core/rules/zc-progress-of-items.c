/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/zc-rules-private.h"

#include <string.h>

gboolean
zc_rules_item_applies (ZcRecord *record, const ZcItem *item)
{
  return !item->when || zc_record_eval_boolean (record, item->when, NULL);
}

gboolean
zc_rules_field_applies (ZcRecord *record, const ZcField *field, const xmlNode *row)
{
  return !field->when || zc_record_eval_boolean (record, field->when, row);
}

gboolean
zc_rules_evidence_required (ZcRecord *record, const ZcEvidenceNeed *need)
{
  return need->required && (!need->when || zc_record_eval_boolean (record, need->when, NULL));
}

/* An item without a conformity is answered when something is stated on its page and nothing required is
 * missing. */
static ZcItemState
state_of_fields (ZcRecord *record, const ZcItem *item)
{
  gboolean any = item->fields->len == 0 && item->ledgers->len == 0;

  for (guint i = 0; i < item->fields->len; i++)
    {
      const ZcField *field = item->fields->pdata[i];
      gboolean stated = record->facts[field->order] != NULL;

      any |= stated && !field->select;
      if (!stated && field->required && !field->select && zc_rules_field_applies (record, field, NULL))
        return ZC_ITEM_UNANSWERED;
    }
  for (guint i = 0; i < item->ledgers->len; i++)
    {
      const ZcLedger *ledger = item->ledgers->pdata[i];
      guint rows = record->ledgers[ledger->order].rows->len;

      any |= rows > 0;
      if (rows < ledger->min_rows && (!ledger->when || zc_record_eval_boolean (record, ledger->when, NULL)))
        return ZC_ITEM_UNANSWERED;
    }
  return any ? ZC_ITEM_ANSWERED : ZC_ITEM_UNANSWERED;
}

ZcItemState
zc_rules_item_state (ZcRecord *record, const ZcItem *item)
{
  const xmlNode *answer = record->answers[item->order];
  const char *conformity = answer ? zc_record_node_attribute (answer, "conformity") : NULL;

  if (!zc_rules_item_applies (record, item))
    return ZC_ITEM_NOT_APPLICABLE;
  if (answer && zc_record_node_attribute (answer, "confirmed"))
    return ZC_ITEM_UNCONFIRMED;
  if (answer && zc_record_node_attribute (answer, "review"))
    return ZC_ITEM_REVIEW;
  if (!item->conformity)
    return state_of_fields (record, item);
  if (!conformity)
    return ZC_ITEM_UNANSWERED;
  if (strcmp (conformity, "na") == 0)
    return ZC_ITEM_NOT_APPLICABLE;
  return strcmp (conformity, "yes") == 0 ? ZC_ITEM_ANSWERED : ZC_ITEM_PROBLEM;
}

ZcTally
zc_rules_tally (ZcRecord *record, const ZcSection *section)
{
  GPtrArray *items = section ? section->items : record->scheme->items;
  ZcTally tally = { .total = items->len };

  for (guint i = 0; i < items->len; i++)
    switch (zc_rules_item_state (record, items->pdata[i]))
      {
      case ZC_ITEM_UNANSWERED:
        tally.unanswered++;
        break;
      case ZC_ITEM_UNCONFIRMED:
        tally.unconfirmed++;
        break;
      case ZC_ITEM_ANSWERED:
        tally.answered++;
        break;
      case ZC_ITEM_REVIEW:
        tally.review++;
        break;
      case ZC_ITEM_PROBLEM:
        tally.problem++;
        break;
      case ZC_ITEM_NOT_APPLICABLE:
        tally.not_applicable++;
        break;
      }
  return tally;
}

guint
zc_tally_done (const ZcTally *tally)
{
  return tally->answered + tally->problem + tally->not_applicable;
}

const ZcItem *
zc_rules_next_open (ZcRecord *record, const ZcItem *item)
{
  GPtrArray *items = record->scheme->items;
  guint start = item ? item->order + 1 : 0;

  for (guint i = 0; i < items->len; i++)
    {
      const ZcItem *next = items->pdata[(start + i) % items->len];
      ZcItemState state = zc_rules_item_state (record, next);

      if (state == ZC_ITEM_UNANSWERED || state == ZC_ITEM_UNCONFIRMED || state == ZC_ITEM_REVIEW)
        return next;
    }
  return NULL;
}
