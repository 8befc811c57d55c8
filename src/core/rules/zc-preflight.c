/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/zc-rules-private.h"

#include "base/zc-clock.h"

#include <glib/gi18n-lib.h>

void
zc_result_free (ZcResult *self)
{
  if (!self)
    return;
  g_free (self->rule);
  g_free (self->place);
  g_free (self->message);
  g_free (self);
}

void
zc_preflight_add (ZcPreflight *self, ZcLevel level, const char *rule, char *place, const char *format, ...)
{
  ZcResult *result = g_new0 (ZcResult, 1);
  va_list arguments;

  va_start (arguments, format);
  result->level = level;
  result->rule = g_strdup (rule);
  result->place = place;
  result->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->results, result);
}

/* What is asked on pages of items only, none of which applies, need not be stated. */
static void
find_asked (ZcPreflight *self)
{
  g_autofree gboolean *fact_shown = g_new0 (gboolean, self->scheme->facts->len + 1);
  g_autofree gboolean *ledger_shown = g_new0 (gboolean, self->scheme->ledgers->len + 1);

  for (guint i = 0; i < self->scheme->items->len; i++)
    {
      const ZcItem *item = self->scheme->items->pdata[i];
      const xmlNode *answer = self->record->answers[i];
      gboolean asks = zc_rules_item_applies (self->record, item) &&
                      !(answer && g_strcmp0 (zc_record_node_attribute (answer, "conformity"), "na") == 0);

      for (guint j = 0; j < item->fields->len; j++)
        {
          fact_shown[((const ZcField *) item->fields->pdata[j])->order] = TRUE;
          self->fact_asked[((const ZcField *) item->fields->pdata[j])->order] |= asks;
        }
      for (guint j = 0; j < item->ledgers->len; j++)
        {
          ledger_shown[((const ZcLedger *) item->ledgers->pdata[j])->order] = TRUE;
          self->ledger_asked[((const ZcLedger *) item->ledgers->pdata[j])->order] |= asks;
        }
    }
  for (guint i = 0; i < self->scheme->facts->len; i++)
    self->fact_asked[i] |= !fact_shown[i];
  for (guint i = 0; i < self->scheme->ledgers->len; i++)
    self->ledger_asked[i] |= !ledger_shown[i];
}

static void
check_printed (ZcPreflight *self, GHashTable *printed)
{
  g_autoptr (GPtrArray) places = zc_record_places (self->record);

  for (guint i = 0; i < places->len; i++)
    if (!g_hash_table_contains (printed, places->pdata[i]))
      {
        g_autofree char *label = zc_record_label (self->record, places->pdata[i]);

        zc_preflight_add (self, ZC_LEVEL_MUST, "printed", g_strdup (places->pdata[i]),
                          _ ("“%s” is filled in, but no document prints it."), label);
      }
}

static int
compare_levels (gconstpointer a, gconstpointer b)
{
  const ZcResult *one = *(ZcResult *const *) a;
  const ZcResult *other = *(ZcResult *const *) b;

  return (int) one->level - (int) other->level;
}

GPtrArray *
zc_preflight (ZcRecord *record, GHashTable *printed)
{
  ZcScheme *scheme = zc_record_get_scheme (record);
  g_autofree char *today = zc_clock_today ();
  g_autofree gboolean *fact_asked = g_new0 (gboolean, scheme->facts->len + 1);
  g_autofree gboolean *ledger_asked = g_new0 (gboolean, scheme->ledgers->len + 1);
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_result_free);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  ZcPreflight self = { record, scheme, results, today, fact_asked, ledger_asked, found };

  zc_record_tick (record);
  for (guint i = 0; i < record->findings->len; i++)
    g_hash_table_add (found, (gpointer) zc_record_node_attribute (record->findings->pdata[i], "item"));
  find_asked (&self);
  zc_check_facts (&self);
  zc_check_items (&self);
  zc_check_ledgers (&self);
  zc_check_findings (&self);
  zc_check_texts (&self);
  zc_check_evidence_words (&self);
  zc_check_rules (&self);
  if (printed)
    check_printed (&self, printed);
  /* Merge sort: what has the same level keeps its order. */
  g_ptr_array_sort (results, compare_levels);
  return results;
}

guint
zc_preflight_count (GPtrArray *results, ZcLevel level)
{
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    n += ((const ZcResult *) results->pdata[i])->level == level;
  return n;
}
