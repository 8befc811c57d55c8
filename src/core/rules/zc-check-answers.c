/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"
#include "rules/zc-rules-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Items: answered, with reasons, evidence and findings. */

static char *
item_place (const ZcItem *item)
{
  return zc_place_new (ZC_PLACE_ITEM, item->id, 0, NULL);
}

static void
check_conformity (ZcPreflight *self, const ZcItem *item, const xmlNode *answer, const char *conformity)
{
  if (!conformity)
    {
      if (item->conformity)
        zc_preflight_add (self, ZC_LEVEL_MUST, "unanswered", item_place (item),
                          _ ("%s “%s” is not answered yet."), item->id, item->title);
      return;
    }
  if (strcmp (conformity, "na") == 0 && !item->allows_na)
    zc_preflight_add (self, ZC_LEVEL_MUST, "not-applicable", item_place (item),
                      _ ("%s “%s” applies to every unit. Choose another answer than 不适用."), item->id,
                      item->title);
  else if (strcmp (conformity, "na") == 0 && !zc_record_part (answer, "reason"))
    zc_preflight_add (self, ZC_LEVEL_MUST, "reason", zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "reason"),
                      _ ("%s “%s” is answered 不适用 without a reason. State why it does not apply."),
                      item->id, item->title);
  if ((strcmp (conformity, "partly") == 0 || strcmp (conformity, "no") == 0) &&
      !g_hash_table_contains (self->found, item->id))
    zc_preflight_add (
        self, ZC_LEVEL_MUST, "finding", item_place (item),
        _ ("%s “%s” has a problem, but no finding says which and what is done about it. Add one."), item->id,
        item->title);
}

static void
check_marks (ZcPreflight *self, const ZcItem *item, const xmlNode *answer)
{
  if (zc_record_node_attribute (answer, "confirmed"))
    zc_preflight_add (self, ZC_LEVEL_MUST, "confirmed", item_place (item),
                      _ ("The answer to %s “%s” was carried over and is not confirmed yet."), item->id,
                      item->title);
  if (zc_record_node_attribute (answer, "review"))
    zc_preflight_add (self, ZC_LEVEL_SHOULD, "review", item_place (item), _ ("%s “%s” is still marked 待查."),
                      item->id, item->title);
}

/* What is in order needs its proof. Where there is nothing (不符合) there is nothing to show. */
static void
check_evidence (ZcPreflight *self, const ZcItem *item, const char *conformity)
{
  GPtrArray *files = g_hash_table_lookup (self->record->files_of, item->id);
  guint have = files ? files->len : 0;
  guint need = 0;
  g_autoptr (GString) names = g_string_new (NULL);

  if (conformity && (strcmp (conformity, "no") == 0 || strcmp (conformity, "na") == 0))
    return;
  for (guint i = 0; i < item->evidence->len; i++)
    {
      const ZcEvidenceNeed *one = item->evidence->pdata[i];

      if (!zc_rules_evidence_required (self->record, one))
        continue;
      g_string_append_printf (names, "%s%s", need++ > 0 ? "、" : "", one->label);
    }
  if (need > 0 && have == 0)
    zc_preflight_add (self, ZC_LEVEL_MUST, "evidence", item_place (item),
                      _ ("%s “%s” needs evidence: %s. Attach the files."), item->id, item->title, names->str);
  else if (have < need)
    zc_preflight_add (
        self, ZC_LEVEL_SHOULD, "evidence", item_place (item),
        _ ("%s “%s” asks for %u pieces of evidence (%s) and has %u. Check that nothing is missing."),
        item->id, item->title, need, names->str, have);
}

static void
check_words (ZcPreflight *self, const ZcItem *item, const xmlNode *answer)
{
  static const char *const names[] = { "reason", "note" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = zc_record_part (answer, names[i]);

      if (text)
        zc_check_value (self, NULL, text, ZC_PLACE_ANSWER, item->id, 0, names[i]);
    }
}

void
zc_check_items (ZcPreflight *self)
{
  for (guint i = 0; i < self->scheme->items->len; i++)
    {
      const ZcItem *item = self->scheme->items->pdata[i];
      const xmlNode *answer = self->record->answers[i];
      const char *conformity = answer ? zc_record_node_attribute (answer, "conformity") : NULL;

      if (answer)
        check_words (self, item, answer);
      if (!zc_rules_item_applies (self->record, item))
        continue;
      check_conformity (self, item, answer, conformity);
      if (answer)
        check_marks (self, item, answer);
      check_evidence (self, item, conformity);
    }
}

/* Findings */

static void
check_finding_complete (ZcPreflight *self, const xmlNode *finding, const ZcItem *item)
{
  static const char *const needed[] = { "problem", "measure", "person", "due" };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autofree char *place =
          zc_place_new (ZC_PLACE_FINDING, NULL, zc_record_node_number (finding), needed[i]);
      ZcPlace parsed;

      if (zc_record_part (finding, needed[i]) || !zc_place_parse (place, &parsed))
        continue;
      zc_preflight_add (self, ZC_LEVEL_MUST, "finding", g_strdup (place),
                        _ ("The finding of %s “%s” lacks “%s”."), item->id, item->title,
                        zc_record_field_of (self->scheme, &parsed)->label);
    }
}

static void
check_promise (ZcPreflight *self, const xmlNode *finding, const ZcItem *item)
{
  const char *due = zc_record_part (finding, "due");
  const ZcField *period = zc_scheme_find_fact (self->scheme, "period.from");
  const char *from = period ? zc_record_node_text (self->record->facts[period->order]) : NULL;
  g_autofree char *shown = due ? zc_date_display (due) : NULL;
  guint64 number = zc_record_node_number (finding);

  if (!due || g_strcmp0 (zc_record_part (finding, "state"), "done") == 0)
    return;
  if (from && strcmp (due, from) < 0)
    zc_preflight_add (
        self, ZC_LEVEL_SHOULD, "period", zc_place_new (ZC_PLACE_FINDING, NULL, number, "due"),
        _ ("The finding of %s “%s” was due on %s, before the period that is inspected. Check the date."),
        item->id, item->title, shown);
  else if (strcmp (due, self->today) < 0)
    zc_preflight_add (
        self, ZC_LEVEL_SHOULD, "promise", zc_place_new (ZC_PLACE_FINDING, NULL, number, "state"),
        _ ("The finding of %s “%s” was due on %s and is not marked as done."), item->id, item->title, shown);
  else
    zc_preflight_add (self, ZC_LEVEL_NOTE, "promise", zc_place_new (ZC_PLACE_FINDING, NULL, number, "state"),
                      _ ("The finding of %s “%s” is promised for %s."), item->id, item->title, shown);
}

void
zc_check_findings (ZcPreflight *self)
{
  static const char *const words[] = { "problem", "measure", "person" };

  for (guint i = 0; i < self->record->findings->len; i++)
    {
      const xmlNode *finding = self->record->findings->pdata[i];
      const char *id = zc_record_node_attribute (finding, "item");
      const ZcItem *item = id ? zc_scheme_find_item (self->scheme, id) : NULL;

      for (gsize j = 0; j < G_N_ELEMENTS (words); j++)
        if (zc_record_part (finding, words[j]))
          zc_check_value (self, NULL, zc_record_part (finding, words[j]), ZC_PLACE_FINDING, NULL,
                          zc_record_node_number (finding), words[j]);
      if (!item)
        continue;
      check_finding_complete (self, finding, item);
      check_promise (self, finding, item);
    }
}
