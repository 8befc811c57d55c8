/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "big-inspection.h"

#include "inspection/zc-inspection.h"
#include "scheme/zc-scheme-private.h"

/* What a ledger of the shipped notices has: some fields are required, one must differ from row to row, one depends on
 * another. */
static const char columns[] =
    "<column id=\"name\" type=\"text\" label=\"名称\" required=\"yes\" unique=\"yes\"/>"
    "<column id=\"level\" type=\"choice\" label=\"等级\" required=\"yes\"><option id=\"2\">二级</option>"
    "<option id=\"3\">三级</option></column>"
    "<column id=\"filed\" type=\"date\" label=\"备案日期\" required=\"yes\" when=\"cell('level') = '3'\"/>"
    "<column id=\"cost\" type=\"number\" label=\"费用\" min=\"0\" decimals=\"2\"/>"
    "<column id=\"phone\" type=\"text\" label=\"电话\"/>"
    "<column id=\"owner\" type=\"text\" label=\"责任人\" required=\"yes\"/>"
    "<column id=\"place\" type=\"text\" label=\"地点\"/>"
    "<column id=\"vendor\" type=\"text\" label=\"厂商\"/>"
    "<column id=\"model\" type=\"text\" label=\"型号\"/>"
    "<column id=\"note\" type=\"prose\" label=\"备注\"/>";

static void
append_items (GString *text, guint items)
{
  g_string_append (text, "<sections>");
  for (guint i = 0; i < items; i++)
    {
      if (i % 50 == 0)
        g_string_append_printf (text, "%s<section id=\"s%u\" label=\"第%u类\">", i > 0 ? "</section>" : "", i / 50, i / 50 + 1);
      g_string_append_printf (text,
                              "<item id=\"X%u\" clause=\"五（%u）\"%s><title>第%u项检查</title>"
                              "<requirement>本单位应当按照要求落实该项工作，并留存记录备查。</requirement>"
                              "<evidence kind=\"E1\" required=\"yes\">文件</evidence>"
                              "<fact id=\"f%u\" type=\"number\" label=\"数量%u\" unit=\"个\" min=\"0\"/>%s</item>",
                              i, i, i % 4 == 1 ? " condition=\"c\" when=\"not(num('f0') = 9)\"" : "", i, i, i,
                              i == 0 ? "<rows ledger=\"" BIG_LEDGER "\"/>" : "");
    }
  g_string_append (text, "</section></sections>");
}

static ZcScheme *
make_scheme (guint items)
{
  GString *text = g_string_new (
      "<scheme id=\"big\" version=\"1\"><notice title=\"大通知\" subject=\"自查\" status=\"in-force\">"
      "<full-title>大通知</full-title><issuer>市局</issuer><recipient>各单位</recipient><about>a</about></notice>"
      "<period kind=\"yearly\"/><evidence-kinds><kind id=\"E1\">文件</kind></evidence-kinds><facts>"
      "<derived id=\"three\" type=\"number\" label=\"三级系统\" select=\"count(rows('systems')[cell('level') = '3'])\"/>"
      "<derived id=\"paid\" type=\"number\" label=\"费用合计\" decimals=\"2\" select=\"total('systems', 'cost')\"/></facts>"
      "<ledgers><ledger id=\"" BIG_LEDGER "\" label=\"系统台账\" title-column=\"name\">");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ZcScheme *scheme;

  g_string_append (text, columns);
  g_string_append (text, "</ledger></ledgers>");
  append_items (text, items);
  g_string_append (text, "<rules>");
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text,
                            "<rule id=\"R%u\" level=\"should\" each=\"rows('systems')[cell('level') = '3']\" "
                            "at=\"cell:systems/{@row}/filed\" test=\"day(cell('filed')) &gt;= day('2010-01-01') - %u\">{@name}</rule>",
                            i, i);
  g_string_append (text, "</rules><documents><document id=\"d\" kind=\"form\" title=\"d\" file=\"d\"><answers/>"
                         "</document></documents></scheme>");
  bytes = g_string_free_to_bytes (text);
  scheme = zc_scheme_load_bytes (bytes, "big", &error);
  g_assert_no_error (error);
  return scheme;
}

static char *
make_csv (guint rows)
{
  GString *text = g_string_new ("名称,等级,备案日期,费用,电话,责任人,地点,厂商,型号,备注\n");

  for (guint i = 0; i < rows; i++)
    g_string_append_printf (text, "导入%u,%s,2016-0%u-11,%u.25,010-%u,责任人%u,机房%u,厂商%u,型号%u,第%u行的备注。\n", i,
                            i % 2 ? "三级" : "二级", 1 + i % 9, i % 300, i, i % 70, i % 20, i % 12, i % 50, i);
  return g_string_free (text, FALSE);
}

void
big_inspection_write_csv (const char *path)
{
  g_autofree char *text = make_csv (BIG_ROWS);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
add_row (ZcInspection *inspection, guint i)
{
  static const char *const ids[] = { "name", "level", "filed", "cost", "phone", "owner", "place", "vendor", "model", "note" };
  guint64 row = zc_inspection_add_row (inspection, BIG_LEDGER, 0, NULL);

  for (guint c = 0; c < G_N_ELEMENTS (ids); c++)
    {
      g_autofree char *place = zc_place_new (ZC_PLACE_CELL, BIG_LEDGER, row, ids[c]);
      g_autofree char *value = NULL;
      g_autoptr (GError) error = NULL;

      if (c == 1)
        value = g_strdup (i % 2 ? "3" : "2");
      else if (c == 2)
        value = g_strdup_printf ("2016-0%u-11", 1 + i % 9);
      else if (c == 3)
        value = g_strdup_printf ("%u.25", i % 300);
      else
        value = g_strdup_printf ("值%s%u", ids[c], i);
      zc_inspection_set (inspection, place, value, &error);
      g_assert_no_error (error);
    }
}

void
big_inspection_make (const char *path, guint items, guint rows)
{
  g_autoptr (ZcScheme) scheme = make_scheme (items);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) inspection = zc_inspection_create (path, scheme, &error);

  g_assert_no_error (error);
  g_assert_true (zc_inspection_begin (inspection, "rows", NULL));
  for (guint i = 0; i < rows; i++)
    add_row (inspection, i);
  g_assert_true (zc_inspection_commit (inspection, NULL));
}
