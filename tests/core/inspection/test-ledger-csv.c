/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection-fixture.h"
#include "inspection/zc-ledger-csv.h"

#include <glib/gstdio.h>
#include <string.h>

/* Rows from spreadsheets: what is taken, what is refused and where, and that nothing gets lost on the way out and in. */

#define HEADER "名称,等级,标记,数量,日期,地址（IPv4）,地址（IPv6）,备注\n"

/* Bytes and their number, NULs included. */
#define LITERAL(text) text, sizeof text - 1

static const char scheme_text[] =
  "<scheme id='csv' version='1'>"
  "<notice title='t' subject='s' status='in-force'><full-title>f</full-title><issuer>i</issuer><recipient>r</recipient>"
  "<about>a</about></notice><period kind='once'/><ledgers>"
  "<ledger id='systems' label='系统台账' title-column='name'>"
  "<column id='name' type='text' label='名称' required='yes'/>"
  "<column id='level' type='choice' label='等级'><option id='l2'>第二级</option><option id='l3'>第三级</option></column>"
  "<column id='marks' type='multiple' label='标记'><option id='a'>甲</option><option id='b'>乙</option></column>"
  "<column id='count' type='number' label='数量' unit='台' min='-10' max='10' decimals='1'/>"
  "<column id='day' type='date' label='日期'/>"
  "<column id='v4' type='text' label='地址（IPv4）'/><column id='v6' type='text' label='地址（IPv6）'/>"
  "<column id='note' type='prose' label='备注'/>"
  "</ledger></ledgers>"
  "<sections><section id='s1' label='s'><item id='A1'><title>t</title><requirement>r</requirement><rows ledger='systems'/></item>"
  "</section></sections>"
  "<documents><document id='d' kind='summary' title='t' file='d'><answers/></document></documents></scheme>";

static ZcScheme *
make_scheme (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (scheme_text, strlen (scheme_text));
  g_autoptr (GError) error = NULL;
  ZcScheme *scheme = zc_scheme_load_bytes (bytes, "csv.xml", &error);

  g_assert_no_error (error);
  return scheme;
}

static ZcInspection *
make_inspection (Fixture *fixture)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autoptr (GError) error = NULL;
  ZcInspection *inspection = zc_inspection_create (fixture->path, scheme, &error);

  g_assert_no_error (error);
  return inspection;
}

static ZcLedgerTable *
parse_bytes (ZcScheme *scheme, gconstpointer data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return zc_ledger_table_parse (scheme, "systems", bytes, TRUE, 0, "x.csv", error);
}

static ZcLedgerTable *
parse (ZcScheme *scheme, const char *text)
{
  g_autoptr (GError) error = NULL;
  ZcLedgerTable *table = parse_bytes (scheme, text, strlen (text), &error);

  g_assert_no_error (error);
  return table;
}

static const char *
cell (const ZcLedgerTable *table, guint row, guint column)
{
  return ((char **) table->rows->pdata[row])[column];
}

static const ZcCsvFault *
fault (const ZcLedgerTable *table, guint i)
{
  g_assert_cmpuint (i, <, table->faults->len);
  return table->faults->pdata[i];
}

/* What is taken */

static void
test_values (void)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autoptr (ZcLedgerTable) table =
      parse (scheme, HEADER "一, 第三级 ,乙、甲,１.５,2016/7/8,1.2.3.4,::1,\"两行\r\n\"\"话\"\"\"\r\n,,,,,,,\r\n二,l2,,-2,2016年7月9日,,,");

  g_assert_cmpuint (table->faults->len, ==, 0);
  g_assert_cmpuint (table->rows->len, ==, 2);
  g_assert_cmpstr (cell (table, 0, 1), ==, "l3");
  g_assert_cmpstr (cell (table, 0, 2), ==, "a b");
  g_assert_cmpstr (cell (table, 0, 3), ==, "1.5");
  g_assert_cmpstr (cell (table, 0, 4), ==, "2016-07-08");
  g_assert_cmpstr (cell (table, 0, 5), ==, "1.2.3.4");
  g_assert_cmpstr (cell (table, 0, 6), ==, "::1");
  g_assert_cmpstr (cell (table, 0, 7), ==, "两行\n\"话\"");
  g_assert_cmpstr (cell (table, 1, 4), ==, "2016-07-09");
  /* the blank row counts, as it does in the spreadsheet */
  g_assert_cmpuint (g_array_index (table->numbers, guint, 1), ==, 4);
}

static void
test_headers (void)
{
  static const char *const headers[] = { "名称,等级",        "等级,名称",       "name,level",           " 名 称 *,等级",
                                         "NAME;LEVEL",       "名称\t等级",      "名称（必填）;等级(选)", "序号,名称,不认识,等级",
                                         "\"名称\",\"等级\"" };
  g_autoptr (ZcScheme) scheme = make_scheme ();

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *text = g_strconcat (headers[i], "\n", NULL);
      g_autoptr (ZcLedgerTable) table = parse (scheme, text);
      guint matched = 0;

      for (guint c = 0; c < table->columns->len; c++)
        matched += table->columns->pdata[c] != NULL;
      g_assert_cmpuint (matched, ==, 2);
      g_assert_cmpuint (table->faults->len, ==, 0);
    }
}

static void
test_encodings (void)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  const char *text = HEADER "系统𠮷,,,,,,,备注\n";
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", text, NULL);
  gsize size;
  g_autofree char *gb = g_convert (text, -1, "GB18030", "UTF-8", NULL, &size, NULL);
  g_autoptr (ZcLedgerTable) plain = parse (scheme, text);
  g_autoptr (ZcLedgerTable) bom = parse (scheme, marked);
  g_autoptr (ZcLedgerTable) chinese = parse_bytes (scheme, gb, size, NULL);

  g_assert_nonnull (chinese);
  g_assert_cmpstr (cell (plain, 0, 0), ==, "系统𠮷");
  g_assert_cmpstr (cell (bom, 0, 0), ==, "系统𠮷");
  g_assert_cmpstr (cell (chinese, 0, 0), ==, "系统𠮷");
}

static void
test_line_ends (void)
{
  static const char *const ends[] = { "\n", "\r\n", "\r" };
  g_autoptr (ZcScheme) scheme = make_scheme ();

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *text = g_strconcat ("name,note", ends[i], "a,b", ends[i], "c,d", ends[i], NULL);
      g_autoptr (ZcLedgerTable) table = parse (scheme, text);

      g_assert_cmpuint (table->rows->len, ==, 2);
      g_assert_cmpstr (cell (table, 1, 1), ==, "d");
    }
}

/* What is wrong, by row and column */

static void
test_faults (void)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autoptr (ZcLedgerTable) table = parse (scheme, HEADER "一,第九级,丙,11,2016-02-30,,,\n二,,,,,,,\n三,,,,,,,,多\n四,,,x,,,,a\x01\x62\n");
  static const struct
  {
    guint row;
    const char *column;
  } expected[] = { { 2, "等级" }, { 2, "标记" }, { 2, "数量" }, { 2, "日期" }, { 4, "" }, { 5, "数量" }, { 5, "备注" } };

  g_assert_cmpuint (table->faults->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpuint (fault (table, i)->row, ==, expected[i].row);
      g_assert_cmpstr (fault (table, i)->column, ==, expected[i].column);
      g_assert_nonnull (strstr (fault (table, i)->message, "x.csv"));
      g_assert_nonnull (strstr (fault (table, i)->message, expected[i].column));
    }
  g_assert_true (g_array_index (table->bad, gboolean, 0));
  g_assert_false (g_array_index (table->bad, gboolean, 1));
  g_assert_true (g_array_index (table->bad, gboolean, 2));
}

static void
test_missing_column (void)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autoptr (ZcLedgerTable) table = parse (scheme, "等级,备注\n第二级,x\n");

  g_assert_cmpuint (table->faults->len, ==, 1);
  g_assert_cmpuint (fault (table, 0)->row, ==, 1);
  g_assert_cmpstr (fault (table, 0)->column, ==, "名称");
}

static void
test_many_faults (void)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autoptr (GString) text = g_string_new ("name,count\n");
  g_autoptr (ZcLedgerTable) table = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "a,b\n");
  table = parse (scheme, text->str);
  g_assert_cmpuint (table->faults->len, ==, ZC_CSV_MAX_FAULTS);
  g_assert_cmpuint (table->more, ==, 3000 - ZC_CSV_MAX_FAULTS);
  g_assert_true (g_array_index (table->bad, gboolean, 2999));
}

/* What is refused whole */

static void
test_refused (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    ZcErrorCode code;
    const char *words;
  } cases[] = {
    { LITERAL (""), ZC_ERROR_INVALID, "No column" },
    { LITERAL ("\n\n"), ZC_ERROR_INVALID, "No column" },
    { LITERAL ("甲,乙\n1,2\n"), ZC_ERROR_INVALID, "No column" },
    { LITERAL ("name,名称\n"), ZC_ERROR_INVALID, "twice" },
    { LITERAL ("name\n\0\n"), ZC_ERROR_INVALID, "not a text file" },
    { LITERAL ("\xff\xfen\0a\0m\0e\0"), ZC_ERROR_INVALID, "not a text file" },
    { LITERAL ("name\n\xff\xff\n"), ZC_ERROR_INVALID, "GB18030" },
    { LITERAL ("name\n\x81\n"), ZC_ERROR_INVALID, "GB18030" },
    { LITERAL ("name\na\nb\n\"c\nd\ne\n"), ZC_ERROR_INVALID, "row 4" },
    { LITERAL ("\"name\n"), ZC_ERROR_INVALID, "row 1" },
  };
  g_autoptr (ZcScheme) scheme = make_scheme ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcLedgerTable) table = parse_bytes (scheme, cases[i].bytes, cases[i].size, &error);

      g_assert_null (table);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      assert_fails (FALSE, cases[i].code, error);
    }
}

static char *
repeat (const char *start, const char *part, guint times)
{
  GString *text = g_string_new (start);

  for (guint i = 0; i < times; i++)
    g_string_append (text, part);
  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autofree char *wide = repeat ("name", ",", 5000000);
  g_autofree char *wide_row = repeat ("name\na", ",", 5000000);
  g_autofree char *full = repeat ("name\n", "a\n", ZC_CSV_MAX_ROWS);
  g_autofree char *over = repeat ("name\n", "a\n", ZC_CSV_MAX_ROWS + 1);
  const char *const refused[] = { wide, wide_row, over };
  g_autoptr (ZcLedgerTable) table = parse (scheme, full);
  g_autofree char *width = repeat ("name", ",", ZC_CSV_MAX_COLUMNS - 1);
  g_autoptr (ZcLedgerTable) widest = parse (scheme, width);

  g_assert_cmpuint (table->rows->len, ==, ZC_CSV_MAX_ROWS);
  g_assert_cmpuint (widest->columns->len, ==, ZC_CSV_MAX_COLUMNS);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_fails (parse_bytes (scheme, refused[i], strlen (refused[i]), &error) != NULL, ZC_ERROR_LIMIT, error);
    }
}

static void
test_unknown_ledger (void)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("name\n", 5);
  g_autoptr (GError) error = NULL;

  assert_fails (zc_ledger_table_parse (scheme, "nothing", bytes, TRUE, 0, "x", &error) != NULL, ZC_ERROR_USAGE, error);
}

/* Pasted */

static void
test_pasted (void)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("第二级\t甲\n第三级\t甲,乙\n", strlen ("第二级\t甲\n第三级\t甲,乙\n"));
  g_autoptr (ZcLedgerTable) table = zc_ledger_table_parse (scheme, "systems", bytes, FALSE, 1, "Clipboard", NULL);

  g_assert_cmpuint (table->rows->len, ==, 2);
  g_assert_cmpstr (((const ZcField *) table->columns->pdata[0])->id, ==, "level");
  g_assert_cmpstr (cell (table, 0, 0), ==, "l2");
  g_assert_cmpuint (g_array_index (table->numbers, guint, 0), ==, 1);
}

/* Choosing rows */

static void
test_choose (void)
{
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autoptr (ZcLedgerTable) table = parse (scheme, "name,count\na,x\nb,1\nc,y\nd,2\n");
  static const char *const wrong[] = { "", "0", "a", "5-3", "2,,3", "1-", "-4", "2-3-4" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_fails (zc_ledger_table_choose (table, wrong[i], &error), ZC_ERROR_USAGE, error);
  g_assert_cmpuint (table->rows->len, ==, 4);
  g_assert_true (zc_ledger_table_choose (table, "3-4,9", NULL));
  g_assert_cmpuint (table->rows->len, ==, 2);
  g_assert_cmpstr (cell (table, 0, 0), ==, "b");
  g_assert_cmpuint (table->faults->len, ==, 1);
  g_assert_cmpuint (fault (table, 0)->row, ==, 4);
}

/* Into the inspection and out again */

static void
import (ZcInspection *inspection, const char *text, gboolean replace, guint expected)
{
  g_autoptr (ZcLedgerTable) table = parse (zc_inspection_get_scheme (inspection), text);
  g_autoptr (GError) error = NULL;
  guint rows;

  g_assert_true (zc_ledger_table_apply (table, inspection, replace, &rows, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rows, ==, expected);
}

/* A few rows at a time, and given up half way. */
static void
test_filling (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = make_inspection (fixture);
  g_autoptr (ZcLedgerTable) table = parse (zc_inspection_get_scheme (inspection), "name,count\na,1\nb,x\nc,3\nd,4\n");
  g_autofree char *before = fixture_dump (inspection);
  g_autofree char *given_up = NULL;
  g_autofree char *undone = NULL;
  ZcLedgerFilling *filling = zc_ledger_filling_new (table, inspection, FALSE, NULL);
  guint rows = 9;

  g_assert_true (zc_ledger_filling_step (filling, 3, NULL));
  g_assert_cmpuint (zc_ledger_filling_done (filling), ==, 3);
  g_assert_cmpstr (zc_inspection_get (inspection, "cell:systems/2/name"), ==, "c");
  zc_ledger_filling_free (filling);
  given_up = fixture_dump (inspection);
  g_assert_cmpstr (given_up, ==, before);
  g_assert_false (zc_inspection_undo (inspection, NULL));

  filling = zc_ledger_filling_new (table, inspection, FALSE, NULL);
  while (zc_ledger_filling_done (filling) < table->rows->len)
    g_assert_true (zc_ledger_filling_step (filling, 1, NULL));
  g_assert_true (zc_ledger_filling_finish (filling, &rows, NULL));
  g_assert_cmpuint (rows, ==, 3);
  zc_ledger_filling_free (filling);
  /* Numbers that were given up are not given again. */
  g_assert_cmpstr (zc_inspection_get (inspection, "cell:systems/5/name"), ==, "d");
  g_assert_true (zc_inspection_undo (inspection, NULL));
  undone = fixture_dump (inspection);
  g_assert_cmpstr (undone, ==, before);
}

static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = make_inspection (fixture);
  g_autofree char *before = fixture_dump (inspection);
  g_autofree char *after = NULL;

  import (inspection, "name,count\na,1\nb,x\nc,3\n", FALSE, 2);
  g_assert_cmpstr (zc_inspection_get (inspection, "cell:systems/2/name"), ==, "c");
  import (inspection, "name\nd\n", TRUE, 1);
  g_assert_null (zc_inspection_get (inspection, "cell:systems/1/name"));
  g_assert_cmpstr (zc_inspection_get (inspection, "cell:systems/3/name"), ==, "d");
  /* each is one step */
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_cmpstr (zc_inspection_get (inspection, "cell:systems/1/name"), ==, "a");
  g_assert_true (zc_inspection_undo (inspection, NULL));
  after = fixture_dump (inspection);
  g_assert_cmpstr (after, ==, before);
}

static char *
export (Fixture *fixture, ZcInspection *inspection)
{
  g_autofree char *path = fixture_file (fixture, "out.csv");
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_true (zc_ledger_csv_export (inspection, "systems", path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "平常", "=1+1",  "=cmd|' /C calc'!A0", "@SUM(A1)", "+86-10-55550000", "-1",      "-1+1", "a,b;c",
                                       "\"引\"", "\"",    "'单", "第二级",        "０１２",         "𠮷野",    "名称", "序号\t一" };
  g_autoptr (ZcInspection) inspection = make_inspection (fixture);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *again = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("cell:systems/%u/name", i + 1);
      g_autofree char *note = g_strdup_printf ("cell:systems/%u/note", i + 1);
      g_autofree char *text = g_strdup_printf ("%s\n\n二,\"%s\"\t三", names[i], names[i]);

      g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", 0, NULL), ==, i + 1);
      fixture_set (inspection, name, names[i]);
      fixture_set (inspection, note, text);
    }
  fixture_set (inspection, "cell:systems/1/level", "l3");
  fixture_set (inspection, "cell:systems/1/marks", "a b");
  fixture_set (inspection, "cell:systems/1/count", "-0.5");
  fixture_set (inspection, "cell:systems/1/day", "2016-07-08");
  fixture_set (inspection, "cell:systems/2/v4", "10.0.0.1");
  fixture_set (inspection, "cell:systems/2/v6", "fe80::1");
  dump = fixture_dump (inspection);
  first = export (fixture, inspection);

  /* into an empty inspection, so that rows get the same numbers */
  g_clear_object (&inspection);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  inspection = make_inspection (fixture);
  import (inspection, first, FALSE, G_N_ELEMENTS (names));
  again = fixture_dump (inspection);
  g_assert_cmpstr (again, ==, dump);
  second = export (fixture, inspection);
  g_assert_cmpstr (second, ==, first);
}

/* No cell of an export begins with what a spreadsheet works out. */
static void
test_formulas (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "=1", "=1+1", "@a", "+cmd", "-1+1", "+1-2" };
  g_autoptr (ZcInspection) inspection = make_inspection (fixture);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("cell:systems/%u/name", i + 1);

      zc_inspection_add_row (inspection, "systems", 0, NULL);
      fixture_set (inspection, name, names[i]);
    }
  text = export (fixture, inspection);
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbf\"名称\",\"等级\""));
  g_assert_false (g_regex_match_simple ("\"[=@+-]", text, 0, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspection/csv/values", test_values);
  g_test_add_func ("/inspection/csv/headers", test_headers);
  g_test_add_func ("/inspection/csv/encodings", test_encodings);
  g_test_add_func ("/inspection/csv/line-ends", test_line_ends);
  g_test_add_func ("/inspection/csv/faults", test_faults);
  g_test_add_func ("/inspection/csv/missing-column", test_missing_column);
  g_test_add_func ("/inspection/csv/many-faults", test_many_faults);
  g_test_add_func ("/inspection/csv/refused", test_refused);
  g_test_add_func ("/inspection/csv/limits", test_limits);
  g_test_add_func ("/inspection/csv/unknown-ledger", test_unknown_ledger);
  g_test_add_func ("/inspection/csv/pasted", test_pasted);
  g_test_add_func ("/inspection/csv/choose", test_choose);
  fixture_test ("/inspection/csv/apply", test_apply);
  fixture_test ("/inspection/csv/filling", test_filling);
  fixture_test ("/inspection/csv/round-trip", test_round_trip);
  fixture_test ("/inspection/csv/formulas", test_formulas);
  return g_test_run ();
}
