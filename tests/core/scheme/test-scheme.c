/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Schemes as a whole: those that come with the program, the starter, and how they are made whole, found and
 * imported. */

#include "base/zc-source.h"
#include "base/zc-text.h"
#include "scheme-testing.h"
#include "scheme/zc-scheme-private.h"

#include <glib/gstdio.h>
#include <libxml/relaxng.h>
#include <string.h>

/* Every file of the shipped folder, the dictionary too, one after another. */
static void
test_shipped_pass (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ZICHA_DATADIR"), "schemes", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GBytes) bytes = NULL;

      if (!g_str_has_suffix (name, ".xml"))
        continue;
      bytes = read_file (path);
      expect_no_faults (bytes, name);
      n++;
    }
  g_assert_cmpuint (n, >=, 2);
}

/* What was made whole reads to itself, byte by byte, and needs no dictionary any more. */
static void
test_whole_reads_to_itself (void)
{
  g_auto (GStrv) ids = zc_scheme_list ();

  g_assert_nonnull (ids[0]);
  for (char **id = ids; *id; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcScheme) first = zc_scheme_load (*id, &error);
      g_autoptr (ZcScheme) second = NULL;

      g_assert_no_error (error);
      g_setenv ("ZICHA_DATADIR", "/nonexistent", TRUE);
      second = zc_scheme_load_bytes (first->bytes, *id, &error);
      g_setenv ("ZICHA_DATADIR", data_folder, TRUE);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (first->bytes, second->bytes));
      g_assert_cmpstr (first->digest, ==, second->digest);
      g_assert_cmpuint (first->facts->len, ==, second->facts->len);
      g_assert_cmpuint (first->items->len, ==, second->items->len);
    }
}

static void
test_listed_by_title (void)
{
  g_auto (GStrv) ids = zc_scheme_list ();
  g_autofree char *before = NULL;

  for (char **id = ids; *id; id++)
    {
      g_autoptr (ZcScheme) self = zc_scheme_load (*id, NULL);

      g_assert_cmpstr (self->id, ==, *id);
      if (before)
        g_assert_cmpint (g_utf8_collate (before, self->title), <=, 0);
      g_free (before);
      before = g_strdup (self->title);
    }
}

static void
test_starter_passes (void)
{
  g_autoptr (GBytes) bytes = zc_scheme_starter ("fire-2026");
  g_autoptr (GBytes) unnamed = zc_scheme_starter ("no id at all");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) self = NULL;

  expect_no_faults (bytes, "starter");
  expect_no_faults (unnamed, "starter");
  self = zc_scheme_load_bytes (bytes, "starter", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->id, ==, "fire-2026");
}

static void
test_starter_reads_as_written (void)
{
  g_autoptr (GBytes) bytes = zc_scheme_starter ("x");
  g_autoptr (ZcScheme) self = zc_scheme_load_bytes (bytes, "starter", NULL);
  const ZcItem *item = zc_scheme_find_item (self, "A02");
  const ZcLedger *places = zc_scheme_find_ledger (self, "places");
  const ZcField *derived = zc_scheme_find_fact (self, "n.places");
  const ZcDelivery *paper = g_ptr_array_index (self->deliveries, 0);
  const ZcRule *rule = g_ptr_array_index (self->rules, 1);

  g_assert_cmpstr (item->section->id, ==, "s2");
  g_assert_false (item->allows_na);
  g_assert_true (item->conformity);
  g_assert_cmpuint (item->order, ==, 1);
  g_assert_true (g_ptr_array_index (item->ledgers, 0) == places);
  g_assert_cmpuint (strlen (item->wording), ==, 64);
  g_assert_cmpstr (places->title_column, ==, "name");
  g_assert_cmpstr (places->empty_text, ==, "无");
  g_assert_true (zc_ledger_find_column (places, "name")->unique);
  g_assert_cmpstr (derived->select, ==, "count(rows('places'))");
  g_assert_true (zc_scheme_find_fact (self, "unit.name")->common);
  g_assert_true (zc_scheme_find_fact (self, "unit.name")->required);
  g_assert_false (zc_scheme_find_fact (self, "x.training")->common);
  g_assert_cmpstr (zc_scheme_find_chapter (self, "c1")->document, ==, "summary");
  g_assert_cmpint (zc_scheme_find_document (self, "form")->confidence, ==, ZC_CONFIDENCE_DERIVED);
  g_assert_true (zc_xml_is (zc_scheme_find_document (self, "form")->body, "document"));
  g_assert_cmpint (rule->level, ==, ZC_LEVEL_SHOULD);
  g_assert_cmpstr (self->due, ==, "2026-03-27");
  g_assert_cmpint (paper->carrier, ==, ZC_CARRIER_PAPER);
  g_assert_cmpstr (paper->plan, ==, "2026-03-26");
  g_assert_null (zc_scheme_find_fact (self, "nothing"));
  g_assert_null (zc_scheme_find_item (self, "nothing"));
}

/* Working days */

static void
test_plan (void)
{
  /* 2016-07-08 is a Friday, 2016-07-11 a Monday. */
  static const struct
  {
    const char *due, *before, *plan;
  } cases[] = {
    { "2016-07-08", "no", "2016-07-08" },  { "2016-07-08", "yes", "2016-07-07" },
    { "2016-07-09", "no", "2016-07-08" },  { "2016-07-10", "no", "2016-07-08" },
    { "2016-07-10", "yes", "2016-07-08" }, { "2016-07-11", "yes", "2016-07-08" },
    { "2016-07-11", "no", "2016-07-11" },  { "2016-01-01", "yes", "2015-12-31" },
    { "2016-02-29", "no", "2016-02-29" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *deliver = g_strdup_printf (
          "<handin to=\"o\"><deliver id=\"d\" medium=\"paper\" due=\"%s\" before=\"%s\">x</deliver></handin>",
          cases[i].due, cases[i].before);
      g_autoptr (ZcScheme) self = scheme_with (deliver);

      g_assert_cmpstr (((ZcDelivery *) g_ptr_array_index (self->deliveries, 0))->plan, ==, cases[i].plan);
    }
}

/* Days relative to the period, and the calendar of working days */

static const ZcDelivery *
delivery_of (GPtrArray *deliveries)
{
  return g_ptr_array_index (deliveries, 0);
}

static void
test_relative (void)
{
  /* 2016-06-30 is a Thursday; the calendar lets people rest on the Friday after it and work on the Saturday. */
  static const struct
  {
    const char *written, *before, *from, *to, *due, *plan;
  } cases[] = {
    { "period.to", "no", "2016-01-01", "2016-06-30", "2016-06-30", "2016-06-30" },
    { "period.to", "yes", "2016-01-01", "2016-06-30", "2016-06-30", "2016-06-29" },
    { "period.to+1", "no", "2016-01-01", "2016-06-30", "2016-07-01", "2016-06-30" },
    { "period.to+2", "no", "2016-01-01", "2016-06-30", "2016-07-02", "2016-07-02" },
    { "period.to+3", "no", "2016-01-01", "2016-06-30", "2016-07-03", "2016-07-02" },
    { "period.to+15", "yes", "2016-01-01", "2016-06-30", "2016-07-15", "2016-07-14" },
    { "period.to+1w", "no", "2016-01-01", "2016-06-30", "2016-07-02", "2016-07-02" },
    { "period.to+5w", "no", "2016-01-01", "2016-06-30", "2016-07-07", "2016-07-07" },
    { "period.to-5w", "no", "2016-01-01", "2016-06-30", "2016-06-23", "2016-06-23" },
    { "period.from+10", "no", "2015-12-25", "2016-06-30", "2016-01-04", "2016-01-04" },
    { "year.to", "no", "2016-01-01", "2016-06-30", "2016-12-31", "2016-12-30" },
    { "year.from+30", "yes", "2015-07-01", "2016-06-30", "2016-01-31", "2016-01-29" },
    { "period.to", "no", NULL, NULL, NULL, NULL },
    { "period.from-999", "no", "0001-01-05", "0001-02-01", NULL, NULL }, /* before the first day and after the last */
    { "period.from-9w", "no", "0001-01-05", "0001-02-01", NULL, NULL },
    { "period.from", "yes", "0001-01-01", "0001-02-01", "0001-01-01", NULL },
    { "period.to+999", "no", "9999-01-01", "9999-12-31", NULL, NULL },
    { "2016-07-01", "no", NULL, NULL, "2016-07-01", "2016-06-30" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *parts = g_strdup_printf (
          "<workdays><rest from=\"2016-07-01\">休</rest><work from=\"2016-07-02\">班</work></workdays>"
          "<facts><fact id=\"period.from\" type=\"date\" label=\"a\"/><fact id=\"period.to\" type=\"date\" label=\"b\"/></facts>"
          "<handin to=\"o\"><deliver id=\"d\" medium=\"paper\" due=\"%s\" before=\"%s\">x</deliver></handin>",
          cases[i].written, cases[i].before);
      g_autofree char *xml = scheme_text (parts);
      g_autoptr (GString) half = g_string_new (xml);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GPtrArray) deliveries = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcScheme) self = NULL;
      g_autofree char *due = NULL;

      g_string_replace (half, "<period kind=\"once\"/>", "<period kind=\"half-yearly\"/>", 0);
      bytes = g_bytes_new (half->str, half->len);
      self = zc_scheme_load_bytes (bytes, "x", &error);
      g_assert_no_error (error);
      deliveries = zc_scheme_deliveries (self, cases[i].from, cases[i].to);
      due = zc_scheme_due (self, cases[i].from, cases[i].to);
      g_assert_cmpstr (delivery_of (deliveries)->due, ==, cases[i].due);
      g_assert_cmpstr (delivery_of (deliveries)->plan, ==, cases[i].plan);
      g_assert_cmpstr (due, ==, cases[i].due);
      g_assert_cmpstr (delivery_of (self->deliveries)->due, ==, zc_day_is_relative (cases[i].written) ? NULL : cases[i].due);
    }
}

static void
test_day_words (void)
{
  static const char *const cases[][2] = {
    { "2016-07-08", "2016年7月8日" },        { "period.to", "自查期间结束之日" }, { "period.to+15", "自查期间结束后15日" },
    { "period.to-5w", "自查期间结束前5个工作日" }, { "period.from", "自查期间开始之日" }, { "year.to", "当年年底" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = zc_day_words (cases[i][0]);

      g_assert_cmpstr (words, ==, cases[i][1]);
    }
}

/* Periods */

static void
test_period (void)
{
  static const struct
  {
    const char *period, *today, *from, *to;
  } cases[] = {
    { "kind=\"once\" from=\"2016-06-01\" to=\"2016-07-08\"", "2020-01-01", "2016-06-01", "2016-07-08" },
    { "kind=\"once\"", "2016-03-01", NULL, NULL },
    { "kind=\"yearly\"", "2016-03-01", "2016-01-01", "2016-12-31" },
    { "kind=\"yearly\" from=\"2016-01-01\" to=\"2016-12-31\"", "2015-12-31", "2016-01-01", "2016-12-31" },
    { "kind=\"yearly\" from=\"2016-01-01\" to=\"2016-12-31\"", "2016-12-31", "2016-01-01", "2016-12-31" },
    { "kind=\"yearly\" from=\"2016-01-01\" to=\"2016-12-31\"", "2017-01-01", "2017-01-01", "2017-12-31" },
    { "kind=\"yearly\" from=\"2015-07-01\" to=\"2016-06-30\"", "2018-06-30", "2017-07-01", "2018-06-30" },
    { "kind=\"yearly\" from=\"2015-07-01\" to=\"2016-06-30\"", "2018-07-01", "2018-07-01", "2019-06-30" },
    { "kind=\"yearly\" from=\"2015-03-01\" to=\"2016-02-29\"", "2017-01-15", "2016-03-01", "2017-02-28" },
    { "kind=\"half-yearly\"", "2014-01-01", "2014-01-01", "2014-06-30" },
    { "kind=\"half-yearly\"", "2014-06-30", "2014-01-01", "2014-06-30" },
    { "kind=\"half-yearly\"", "2014-07-01", "2014-07-01", "2014-12-31" },
    { "kind=\"half-yearly\"", "2014-12-31", "2014-07-01", "2014-12-31" },
    { "kind=\"half-yearly\" from=\"2013-04-01\" to=\"2013-09-30\"", "2013-09-30", "2013-04-01", "2013-09-30" },
    { "kind=\"half-yearly\" from=\"2013-04-01\" to=\"2013-09-30\"", "2013-10-01", "2013-07-01", "2013-12-31" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = scheme_text ("");
      g_auto (GStrv) parts = g_strsplit (text, "kind=\"once\"", 2);
      g_autofree char *other = g_strjoin (cases[i].period, parts[0], parts[1], NULL);
      g_autoptr (ZcScheme) self = load_text (other);
      g_autofree char *from = NULL, *to = NULL;

      zc_scheme_period (self, cases[i].today, &from, &to);
      g_assert_cmpstr (from, ==, cases[i].from);
      g_assert_cmpstr (to, ==, cases[i].to);
    }
}

/* The dictionary */

static void
test_use_overrides (void)
{
  g_autoptr (ZcScheme) self = scheme_with (
      "<facts><use fact=\"unit.name\" required=\"yes\" label=\"单位\"><help>own help</help></use></facts>"
      "<ledgers><use ledger=\"systems\" columns=\"name level\" min-rows=\"2\">"
      "<column id=\"own\" type=\"text\" label=\"own\"/></use></ledgers>");
  const ZcField *fact = zc_scheme_find_fact (self, "unit.name");
  const ZcLedger *ledger = zc_scheme_find_ledger (self, "systems");

  g_assert_true (fact->required && fact->common);
  g_assert_cmpstr (fact->label, ==, "单位");
  g_assert_cmpstr (fact->help, ==, "own help");
  g_assert_cmpuint (ledger->min_rows, ==, 2);
  g_assert_cmpuint (ledger->columns->len, ==, 3);
  g_assert_cmpstr (((ZcField *) g_ptr_array_index (ledger->columns, 1))->id, ==, "level");
  g_assert_true (zc_ledger_find_column (ledger, "name")->common);
  g_assert_false (zc_ledger_find_column (ledger, "own")->common);
}

static void
test_whole_bytes_are_kept (void)
{
  g_autofree char *text = scheme_text ("");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (ZcScheme) self = zc_scheme_load_bytes (bytes, "x", NULL);

  g_assert_true (g_bytes_equal (self->bytes, bytes));
}

static void
test_wording_follows_the_words (void)
{
  g_autofree char *text = scheme_text ("");
  g_auto (GStrv) parts = g_strsplit (text, "<title>item</title>", 2);
  g_autofree char *changed = g_strjoinv ("<title>item</title><threshold>每年</threshold>", parts);
  g_autofree char *guided = g_strjoinv ("<title>item</title><guidance>how</guidance>", parts);
  g_autoptr (ZcScheme) first = load_text (text);
  g_autoptr (ZcScheme) second = load_text (changed);
  g_autoptr (ZcScheme) third = load_text (guided);

  g_assert_cmpstr (zc_scheme_find_item (first, "X1")->wording, !=,
                   zc_scheme_find_item (second, "X1")->wording);
  g_assert_cmpstr (zc_scheme_find_item (first, "X1")->wording, ==,
                   zc_scheme_find_item (third, "X1")->wording);
}

/* Loading by name, and importing */

static void
expect_load_fails (const char *name, ZcErrorCode code, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_scheme_load (name, &error));
  g_assert_error (error, ZC_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_load_fails (void)
{
  g_autofree char *missing = g_build_filename (data_folder, "nothing.xml", NULL);

  expect_load_fails ("xicheng-2061", ZC_ERROR_USAGE, "xicheng-2016");
  expect_load_fails ("..", ZC_ERROR_USAGE, "..");
  expect_load_fails ("", ZC_ERROR_USAGE, "zicha schemes");
  expect_load_fails ("facts", ZC_ERROR_USAGE, "facts");
  expect_load_fails (missing, ZC_ERROR_IO, "nothing.xml");
}

static char *
write_temporary (const char *name, const char *text)
{
  char *path = g_build_filename (scratch_folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static gboolean
is_listed (const char *id)
{
  g_auto (GStrv) ids = zc_scheme_list ();

  return g_strv_contains ((const char *const *) ids, id);
}

static void
test_import (void)
{
  g_autofree char *text = scheme_text ("<facts><use fact=\"unit.name\"/></facts>");
  g_autofree char *path = write_temporary ("own.xml", text);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = zc_scheme_import (path, &error);
  g_autoptr (ZcScheme) self = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "test");
  g_assert_true (is_listed ("test"));
  self = zc_scheme_load ("test", &error);
  g_assert_no_error (error);
  g_assert_nonnull (zc_scheme_find_fact (self, "unit.name"));
  /* What was imported stands alone. */
  g_assert_false (zc_merge_is_needed (xmlDocGetRootElement (((ZcSchemeReal *) self)->doc)));
}

static void
expect_import_fails (const char *name, const char *text, const char *says)
{
  g_autofree char *path = write_temporary (name, text);
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_scheme_import (path, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
  if (!strstr (error->message, says))
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
test_import_refuses (void)
{
  g_autoptr (GBytes) shipped = zc_scheme_starter ("xicheng-2016");
  g_autoptr (GBytes) dictionary = zc_scheme_starter ("facts");
  g_autofree char *one = g_strndup (g_bytes_get_data (shipped, NULL), g_bytes_get_size (shipped));
  g_autofree char *two = g_strndup (g_bytes_get_data (dictionary, NULL), g_bytes_get_size (dictionary));

  expect_import_fails ("a.xml", one, "comes with the program");
  expect_import_fails ("b.xml", two, "dictionary");
  expect_import_fails ("c.xml", "<scheme id=\"broken\" version=\"1\"/>", "line 1");
  expect_import_fails ("d.xml", "<overlay for=\"nowhere\" version=\"1\"/>", "nowhere");
  g_assert_false (is_listed ("broken"));
  g_assert_false (is_listed ("facts"));
}

/* Overlays */

#define LAY(content) "<overlay for=\"test\" version=\"7\">" content "</overlay>"

static ZcScheme *
lay (const char *overlay, GError **error)
{
  g_autoptr (ZcScheme) base = scheme_with ("<facts><fact id=\"f\" type=\"text\" label=\"f\"/></facts>"
                                           "<ledgers><ledger id=\"l\" label=\"l\"><column id=\"name\" "
                                           "type=\"text\" label=\"n\"/></ledger></ledgers>"
                                           "<stages><stage id=\"s\">old</stage></stages>");
  g_autoptr (GBytes) bytes = g_bytes_new (overlay, strlen (overlay));

  return zc_scheme_overlay (base, bytes, "own.xml", error);
}

static void
test_overlay_replaces_and_adds (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) self =
      lay (LAY ("<notice title=\"own title\"><issuer>own</issuer></notice>"
                "<stages><stage id=\"s\">new</stage><stage id=\"t\">more</stage></stages>"
                "<facts><fact id=\"g\" type=\"number\" label=\"g\"/><use fact=\"f\" required=\"yes\"/><use "
                "fact=\"unit.name\"/></facts>"
                "<ledgers><use ledger=\"l\"><column id=\"more\" type=\"date\" label=\"m\"/></use></ledgers>"
                "<sections><section id=\"s1\"><item id=\"X2\"><title>two</title></item><item "
                "id=\"X1\"><title>own</title></item></section></sections>"
                "<documents><document id=\"d\" kind=\"form\" title=\"d\" "
                "file=\"d\"><p>{g}</p></document></documents>"),
           &error);

  g_assert_no_error (error);
  g_assert_cmpstr (self->version, ==, "1.7");
  g_assert_cmpstr (self->title, ==, "own title");
  g_assert_cmpstr (self->issuer, ==, "own");
  g_assert_cmpuint (self->stages->len, ==, 2);
  g_assert_cmpstr (((ZcStage *) g_ptr_array_index (self->stages, 0))->label, ==, "new");
  g_assert_true (zc_scheme_find_fact (self, "f")->required);
  g_assert_nonnull (zc_scheme_find_fact (self, "g"));
  g_assert_true (zc_scheme_find_fact (self, "unit.name")->common);
  g_assert_nonnull (zc_ledger_find_column (zc_scheme_find_ledger (self, "l"), "more"));
  g_assert_cmpstr (zc_scheme_find_item (self, "X1")->title, ==, "own");
  g_assert_cmpuint (zc_scheme_find_item (self, "X1")->order, ==, 0);
  g_assert_nonnull (zc_scheme_find_item (self, "X2"));
  g_assert_cmpint (zc_scheme_find_document (self, "d")->kind, ==, ZC_DOCUMENT_FORM);
}

static void
test_overlay_result_reads_to_itself (void)
{
  g_autoptr (ZcScheme) self = lay (LAY ("<facts><use fact=\"unit.name\"/></facts>"), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) again = zc_scheme_load_bytes (self->bytes, "again", &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (self->bytes, again->bytes));
}

static void
test_overlay_refuses (void)
{
  static const struct
  {
    const char *overlay, *says;
  } cases[] = {
    { LAY ("<facts><fact id=\"f\" type=\"number\" label=\"f\"/></facts>"), "“f”" },
    { LAY ("<ledgers><use ledger=\"l\" columns=\"nothing\"/></ledgers>"), "nothing" },
    { LAY ("<ledgers><use ledger=\"l\"><column id=\"name\" type=\"date\" label=\"n\"/></use></ledgers>"),
      "type of “name”" },
    { LAY ("<sections><section id=\"s9\"><item id=\"X9\"><title>t</title></item></section></sections>"),
      "label" },
    { LAY ("<documents><document id=\"d\" kind=\"form\" title=\"d\" "
           "file=\"d\"><p>{nothing}</p></document></documents>"),
      "nothing" },
    { LAY ("<item id=\"X1\"/>"), "<item> can't stand in <overlay>" },
    { "<scheme id=\"a\" version=\"1\"/>", "<overlay" },
    { "<overlay for=\"other\" version=\"1\"/>", "“other”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lay (cases[i].overlay, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
      if (!strstr (error->message, cases[i].says))
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
    }
}

/* An item's own fact goes with the item: replacing the item without it would lose what units have stated. */
static void
test_overlay_keeps_answers (void)
{
  g_autoptr (ZcScheme) base = NULL;
  g_autofree char *text = scheme_text ("");
  g_auto (GStrv) parts = g_strsplit (text, "<title>item</title>", 2);
  g_autofree char *asking =
      g_strjoinv ("<title>item</title><fact id=\"own\" type=\"text\" label=\"o\"/>", parts);
  const char *overlay =
      LAY ("<sections><section id=\"s1\"><item id=\"X1\"><title>new</title></item></section></sections>");
  g_autoptr (GBytes) bytes = g_bytes_new (overlay, strlen (overlay));
  g_autoptr (GError) error = NULL;

  base = load_text (asking);
  g_assert_null (zc_scheme_overlay (base, bytes, "own.xml", &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "takes away “own”"));
}

static void
test_overlay_import (void)
{
  g_autofree char *text = scheme_text ("");
  g_autofree char *scheme = write_temporary ("base.xml", text);
  g_autofree char *overlay = write_temporary ("lay.xml", LAY ("<notice title=\"laid over\"/>"));
  g_autofree char *first = zc_scheme_import (scheme, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *second = zc_scheme_import (overlay, &error);
  g_autoptr (ZcScheme) self = NULL;
  g_autoptr (GBytes) bytes = read_file (overlay);

  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, second);
  expect_no_faults (bytes, "lay.xml");
  self = zc_scheme_load (first, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->title, ==, "laid over");
}

/* Editors on Chinese desktops save in GB18030, with a byte order mark or with CR LF: all of them say the same. */
static void
test_encodings (void)
{
  g_autofree char *text = scheme_text ("<stages><stage id=\"s\">单位\r\n自查</stage></stages>");
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", text, NULL);
  g_autofree char *named = g_strconcat ("<?xml version=\"1.0\" encoding=\"GB18030\"?>\r\n", text, NULL);
  gsize size;
  g_autofree char *converted = g_convert (named, -1, "GB18030", "UTF-8", NULL, &size, NULL);
  const struct
  {
    const char *text;
    gsize size;
  } cases[] = { { text, strlen (text) }, { marked, strlen (marked) }, { converted, size } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) saved = g_bytes_new (cases[i].text, cases[i].size);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcScheme) self = zc_scheme_load_bytes (saved, "x", &error);

      g_assert_no_error (error);
      g_assert_cmpstr (((ZcStage *) g_ptr_array_index (self->stages, 0))->label, ==, "单位自查");
    }
}

/* The page of documentation carries a whole scheme, which is also a fixture: they may not drift apart. */
static void
test_example_of_the_page (void)
{
  g_autofree char *page_path = g_build_filename (data_folder, "schemes", "LANGUAGE.md", NULL);
  g_autofree char *fixture_path =
      g_build_filename (g_getenv ("ZICHA_FIXTURES"), "schemes", "fire-safety.xml", NULL);
  g_autoptr (GBytes) fixture = read_file (fixture_path);
  g_autofree char *page = NULL;
  g_autofree char *example = g_strndup (g_bytes_get_data (fixture, NULL), g_bytes_get_size (fixture));

  g_assert_true (g_file_get_contents (page_path, &page, NULL, NULL));
  expect_no_faults (fixture, "fire-safety.xml");
  g_assert_nonnull (strstr (page, example));
}

int
main (int argc, char **argv)
{
  scheme_testing_init (&argc, &argv);
  g_test_add_func ("/scheme/shipped/pass", test_shipped_pass);
  g_test_add_func ("/scheme/shipped/whole", test_whole_reads_to_itself);
  g_test_add_func ("/scheme/shipped/listed", test_listed_by_title);
  g_test_add_func ("/scheme/starter/passes", test_starter_passes);
  g_test_add_func ("/scheme/starter/reads", test_starter_reads_as_written);
  g_test_add_func ("/scheme/relative", test_relative);
  g_test_add_func ("/scheme/day-words", test_day_words);
  g_test_add_func ("/scheme/plan", test_plan);
  g_test_add_func ("/scheme/period", test_period);
  g_test_add_func ("/scheme/dictionary/overrides", test_use_overrides);
  g_test_add_func ("/scheme/dictionary/kept", test_whole_bytes_are_kept);
  g_test_add_func ("/scheme/wording", test_wording_follows_the_words);
  g_test_add_func ("/scheme/load/fails", test_load_fails);
  g_test_add_func ("/scheme/import/import", test_import);
  g_test_add_func ("/scheme/import/refuses", test_import_refuses);
  g_test_add_func ("/scheme/overlay/merges", test_overlay_replaces_and_adds);
  g_test_add_func ("/scheme/overlay/whole", test_overlay_result_reads_to_itself);
  g_test_add_func ("/scheme/overlay/refuses", test_overlay_refuses);
  g_test_add_func ("/scheme/overlay/keeps-answers", test_overlay_keeps_answers);
  g_test_add_func ("/scheme/overlay/import", test_overlay_import);
  g_test_add_func ("/scheme/encodings", test_encodings);
  g_test_add_func ("/scheme/example", test_example_of_the_page);
  return scheme_testing_run ();
}
