/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-template.h"
#include "rules/zc-rules-private.h"

#include <glib/gi18n-lib.h>

/* The scheme's own rules. */

/* What one rule says of this many rows is enough to start with. */
#define MAX_RESULTS_OF_A_RULE 200

static char *
rule_place (ZcPreflight *self, const ZcRule *rule, const xmlNode *node)
{
  char *place = zc_template_expand_place (rule->at, self->record, node);

  if (!place && node)
    place = zc_record_node_place (node);
  if (!place && self->scheme->items->len > 0)
    place = zc_place_new (ZC_PLACE_ITEM, ((const ZcItem *) self->scheme->items->pdata[0])->id, 0, NULL);
  return place ? place : g_strdup ("");
}

static void
add_violation (ZcPreflight *self, const ZcRule *rule, const xmlNode *node)
{
  g_autofree char *message = zc_template_expand_message (rule->message, self->record, node);

  zc_preflight_add (self, rule->level, rule->id, rule_place (self, rule, node), "%s", message);
}

static gboolean
failed (ZcPreflight *self, const char *xpath)
{
  return xpath && zc_expression_failed (zc_record_expression (self->record, xpath));
}

static void
check_each (ZcPreflight *self, const ZcRule *rule)
{
  g_autoptr (GPtrArray) nodes = zc_record_eval_nodes (self->record, rule->each, NULL);
  ZcExpression *test = zc_record_expression (self->record, rule->test);
  g_autoptr (GPtrArray) wrong = g_ptr_array_new ();

  for (guint i = 0; i < nodes->len; i++)
    if (!zc_expression_holds (test, nodes->pdata[i]))
      g_ptr_array_add (wrong, nodes->pdata[i]);
  if (zc_expression_failed (test))
    return;
  for (guint i = 0; i < wrong->len && i < MAX_RESULTS_OF_A_RULE; i++)
    add_violation (self, rule, wrong->pdata[i]);
  if (wrong->len > MAX_RESULTS_OF_A_RULE)
    zc_preflight_add (self, rule->level, rule->id,
                      rule_place (self, rule, wrong->pdata[MAX_RESULTS_OF_A_RULE]),
                      _ ("The same is wrong in %u more places."), wrong->len - MAX_RESULTS_OF_A_RULE);
}

/* A rule that can't be evaluated says nothing about the unit's entries; it is reported as what it is. */
static void
check_rule (ZcPreflight *self, const ZcRule *rule)
{
  gboolean applies = !rule->when || zc_record_eval_boolean (self->record, rule->when, NULL);

  if (applies && rule->each)
    check_each (self, rule);
  else if (applies && !zc_record_eval_boolean (self->record, rule->test, NULL) && !failed (self, rule->test))
    add_violation (self, rule, NULL);
  if (failed (self, rule->when) || failed (self, rule->each) || failed (self, rule->test))
    zc_preflight_add (self, ZC_LEVEL_NOTE, "rule", rule_place (self, rule, NULL),
                      _ ("Rule %s of the scheme can't be evaluated. Check this point yourself, and tell "
                         "whoever wrote the scheme."),
                      rule->id);
}

static void
report_failure (ZcPreflight *self, const char *xpath, ZcPlaceKind kind, const char *id)
{
  g_autofree char *label = NULL;
  char *place;

  if (!failed (self, xpath))
    return;
  place = zc_place_new (kind, id, 0, NULL);
  label = zc_record_label (self->record, place);
  zc_preflight_add (
      self, ZC_LEVEL_NOTE, "rule", place,
      _ ("A condition or sum of the scheme for “%s” can't be evaluated. Tell whoever wrote the scheme."),
      label);
}

static void
report_failures (ZcPreflight *self)
{
  for (guint i = 0; i < self->scheme->facts->len; i++)
    {
      const ZcField *fact = self->scheme->facts->pdata[i];

      report_failure (self, fact->select, ZC_PLACE_FACT, fact->id);
      report_failure (self, fact->when, ZC_PLACE_FACT, fact->id);
    }
  for (guint i = 0; i < self->scheme->items->len; i++)
    {
      const ZcItem *item = self->scheme->items->pdata[i];

      report_failure (self, item->when, ZC_PLACE_ITEM, item->id);
      for (guint j = 0; j < item->evidence->len; j++)
        report_failure (self, ((const ZcEvidenceNeed *) item->evidence->pdata[j])->when, ZC_PLACE_ITEM,
                        item->id);
    }
  for (guint i = 0; i < self->scheme->ledgers->len; i++)
    {
      const ZcLedger *ledger = self->scheme->ledgers->pdata[i];

      report_failure (self, ledger->when, ZC_PLACE_LEDGER, ledger->id);
      for (guint j = 0; j < ledger->columns->len; j++)
        report_failure (self, ((const ZcField *) ledger->columns->pdata[j])->when, ZC_PLACE_LEDGER,
                        ledger->id);
    }
}

void
zc_check_rules (ZcPreflight *self)
{
  for (guint i = 0; i < self->scheme->rules->len; i++)
    check_rule (self, self->scheme->rules->pdata[i]);
  report_failures (self);
}
