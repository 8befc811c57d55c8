/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The schemes that come with the program: complete, filled by their sample units, every rule of theirs at work. */

#include "documents/zc-document-builder.h"
#include "record/zc-template.h"
#include "scheme/zc-scheme-check.h"
#include "shipped-breaks.h"

#include <stdlib.h>
#include <string.h>

static ZcScheme *
load (const Shipped *one)
{
  g_autoptr (GError) error = NULL;
  ZcScheme *scheme = zc_scheme_load (one->id, &error);

  g_assert_no_error (error);
  return scheme;
}

/* "X01-X38 X40" → a set of ids */
static GHashTable *
unit_items (const char *ranges)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) parts = g_strsplit (ranges, " ", -1);

  for (char **part = parts; *part; part++)
    {
      const char *dash = strchr (*part, '-');
      int first = atoi (*part + 1);
      int last = dash ? atoi (dash + 2) : first;

      for (int n = first; n <= last; n++)
        g_hash_table_add (ids, g_strdup_printf ("%c%02d", **part, n));
    }
  return ids;
}

/* Everything the notice lays on a unit is an item, with clause and words of its own; nothing else is. */
static void
test_items (gconstpointer data)
{
  const Shipped *one = data;
  g_autoptr (ZcScheme) scheme = load (one);
  g_autoptr (GHashTable) ids = unit_items (one->items);

  for (guint i = 0; i < scheme->items->len; i++)
    {
      const ZcItem *item = scheme->items->pdata[i];

      g_assert_true (g_hash_table_remove (ids, item->id));
      g_assert_cmpstr (item->clause, !=, "");
      g_assert_cmpuint (g_utf8_strlen (item->requirement, -1), >=, 8);
      g_assert_cmpuint (g_utf8_strlen (item->guidance, -1), >=, 8);
      if (!item->conformity)
        g_assert_cmpuint (item->fields->len + item->ledgers->len + item->evidence->len, >, 0);
    }
  g_assert_cmpuint (g_hash_table_size (ids), ==, 0);
  g_assert_cmpuint (scheme->chapters->len, ==, one->chapters);
}

static void
expect_basis (const ZcField *field, const char *where)
{
  if (field->type == ZC_VALUE_NUMBER && !field->select && !*field->basis)
    g_error ("%s: the number “%s” does not say what is counted", where, field->id);
}

/* A number that a unit types says what is counted, in which unit. Columns count what their row is about. */
static void
test_numbers (gconstpointer data)
{
  g_autoptr (ZcScheme) scheme = load (data);

  for (guint i = 0; i < scheme->facts->len; i++)
    {
      const ZcField *fact = scheme->facts->pdata[i];

      expect_basis (fact, scheme->id);
      if (fact->type == ZC_VALUE_NUMBER && !fact->select)
        g_assert_cmpstr (fact->unit, !=, "");
    }
}

static void
test_sample (gconstpointer data)
{
  const Shipped *one = data;
  ZcInspection *inspection = sample_open (one->id);
  g_autoptr (ZcRecord) record = zc_record_new (inspection);
  g_autoptr (GHashTable) printed = zc_documents_printed (record);
  g_autoptr (GPtrArray) results = zc_preflight (record, printed);
  ZcTally tally = zc_rules_tally (record, NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const ZcResult *result = results->pdata[i];

      if (result->level == ZC_LEVEL_MUST)
        g_error ("%s: %s at %s: %s", one->id, result->rule, result->place, result->message);
      g_assert_cmpstr (result->rule, !=, "rule");
    }
  g_assert_cmpuint (tally.unanswered, ==, 0);
  g_assert_cmpuint (tally.problem, >, 0);
  g_assert_cmpuint (tally.answered, >, tally.problem);
  sample_close (inspection);
}

/* Derived facts are numbers, or nothing where there is nothing to divide by. */
static void
test_derived (gconstpointer data)
{
  const Shipped *one = data;
  ZcInspection *inspection = sample_open (one->id);
  g_autoptr (ZcRecord) record = zc_record_new (inspection);
  ZcScheme *scheme = zc_inspection_get_scheme (inspection);

  for (guint i = 0; i < scheme->facts->len; i++)
    {
      const ZcField *fact = scheme->facts->pdata[i];
      g_autofree char *place = zc_place_new (ZC_PLACE_FACT, fact->id, 0, NULL);
      g_autofree char *value = fact->select ? zc_record_get (record, place) : NULL;

      if (fact->select && (!value || !*value))
        g_error ("%s: %s gives nothing", one->id, fact->id);
    }
  sample_close (inspection);
}

/* Drafts stand without gaps: everything they bind is stated in the sample. */
static void
test_drafts (gconstpointer data)
{
  const Shipped *one = data;
  ZcInspection *inspection = sample_open (one->id);
  g_autoptr (ZcRecord) record = zc_record_new (inspection);
  ZcScheme *scheme = zc_inspection_get_scheme (inspection);

  for (guint i = 0; i < scheme->chapters->len; i++)
    {
      const ZcChapter *chapter = scheme->chapters->pdata[i];
      g_autofree char *draft = zc_draft_chapter (record, chapter);
      g_autofree char *text = zc_template_expand_string (draft, record, NULL);

      g_assert_cmpuint (g_utf8_strlen (text, -1), >=, 2);
      if (strstr (text, "____") || strchr (text, '{') || strstr (text, "。。"))
        g_error ("%s, %s: %s", one->id, chapter->id, text);
    }
  sample_close (inspection);
}

/* SHA-256 of the undertaking's text in the notice's annex, without white space: it is signed as it is prescribed. */
#define UNDERTAKING "8dcff3fde852578b3ac9ed0bb972623538b13a135e35090be906328c9f5f0530"

/* The four headings as the annex prints them, and the undertaking's seven clauses, to the letter. */
static void
test_prescribed (void)
{
  static const char *const headings[] = { "一、本单位安全检查工作组织开展情况。", "二、本单位信息安全主要工作情况",
                                          "三、检查发现的主要问题及整改情况。", "四、对信息安全工作的意见和建议。" };
  static const char *const numbers[] = { "一、", "二、", "三、", "四、", "五、", "六、", "七、" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) xicheng = zc_scheme_load ("xicheng-2016", &error);
  g_autoptr (ZcScheme) education = zc_scheme_load ("beijing-education-2019", &error);
  const ZcDocumentSpec *undertaking;
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *digest = NULL;
  guint clauses = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (xicheng->chapters->len, ==, G_N_ELEMENTS (headings));
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    g_assert_cmpstr (((const ZcChapter *) xicheng->chapters->pdata[i])->heading, ==, headings[i]);
  undertaking = zc_scheme_find_document (education, "undertaking");
  g_assert_nonnull (undertaking);
  for (const xmlNode *p = zc_xml_first (undertaking->body, "p"); p; p = zc_xml_next (p, "p"))
    {
      g_autofree char *text = zc_xml_prose (p);

      g_string_append (words, text);
      if (clauses < G_N_ELEMENTS (numbers) && g_str_has_prefix (text, numbers[clauses]))
        clauses++;
    }
  g_assert_cmpuint (clauses, ==, G_N_ELEMENTS (numbers));
  for (const char *blank = " \n\t"; *blank; blank++)
    g_string_replace (words, (const char[]){ *blank, 0 }, "", 0);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, words->str, -1);
  g_assert_cmpstr (digest, ==, UNDERTAKING);
}

/* The score: Σ V×P over what applies, brought to a hundred. */
static void
test_score (void)
{
  ZcInspection *inspection = sample_open ("national-2016");
  g_autoptr (GError) error = NULL;
  double raw, weight, score;
  double left_before, left_after;

  {
    g_autoptr (ZcRecord) record = zc_record_new (inspection);

    raw = zc_record_eval_number (record, "num('s.raw')", NULL);
    weight = zc_record_eval_number (record, "num('s.weight')", NULL);
    score = zc_record_eval_number (record, "num('s.score')", NULL);
    left_before = zc_record_eval_number (record, "num('s.left')", NULL);
    g_assert_cmpfloat_with_epsilon (score, raw / weight * 100, 0.051);
    g_assert_cmpfloat (weight + left_before, ==, 100);
    g_assert_cmpfloat (raw, <, weight);
    /* 9 of 10 departments have their person: 2 × 0.9 */
    g_assert_cmpfloat (zc_record_eval_number (record, "num('s03.v')", NULL), ==, 1.8);
  }
  zc_inspection_set (inspection, "fact:s01", "na", &error);
  g_assert_no_error (error);
  {
    g_autoptr (ZcRecord) record = zc_record_new (inspection);

    left_after = zc_record_eval_number (record, "num('s.left')", NULL);
    g_assert_cmpfloat (left_after, ==, left_before + 3);
    g_assert_cmpfloat (zc_record_eval_number (record, "num('s.raw')", NULL), ==, raw - 3);
  }
  sample_close (inspection);
}

static void
add_case (const char *what, const Shipped *one, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/schemes-shipped/%s/%s", what, one->id);

  g_test_add_data_func (path, one, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_shipped; i++)
    {
      add_case ("items", &shipped[i], test_items);
      add_case ("numbers", &shipped[i], test_numbers);
      add_case ("sample", &shipped[i], test_sample);
      add_case ("derived", &shipped[i], test_derived);
      add_case ("drafts", &shipped[i], test_drafts);
      add_case ("breaks", &shipped[i], test_breaks);
    }
  g_test_add_func ("/schemes-shipped/prescribed", test_prescribed);
  g_test_add_func ("/schemes-shipped/score", test_score);
  return g_test_run ();
}
