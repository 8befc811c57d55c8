/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be stated in a field, in which form it is kept, and how it is shown. */

#include "scheme-testing.h"

#include <string.h>

#define FIELDS                                                                                                                  \
  "<facts>"                                                                                                                     \
  "<fact id=\"text\" type=\"text\" label=\"姓名\"/>"                                                                            \
  "<fact id=\"prose\" type=\"prose\" label=\"说明\"/>"                                                                          \
  "<fact id=\"phone\" type=\"text\" label=\"电话\" pattern=\"[0-9]{3,4}-?[0-9]{7,8}|1[0-9]{10}\" example=\"010-12345678\"/>"    \
  "<fact id=\"evil\" type=\"text\" label=\"难\" pattern=\"(a+)+b\"/>"                                                           \
  "<fact id=\"whole\" type=\"number\" label=\"台数\" unit=\"台\" min=\"0\" max=\"1000\"/>"                                      \
  "<fact id=\"money\" type=\"number\" label=\"经费\" unit=\"万元\" decimals=\"2\" min=\"-1.5\"/>"                               \
  "<fact id=\"date\" type=\"date\" label=\"日期\"/>"                                                                            \
  "<fact id=\"choice\" type=\"choice\" label=\"情况\"><option id=\"yes\">是</option><option id=\"no\">否</option></fact>"       \
  "<fact id=\"many\" type=\"multiple\" label=\"措施\"><option id=\"1\">登记、配发</option><option id=\"2\">登记</option>"       \
  "<option id=\"wall\">防火墙</option><option id=\"ids\">IDS, IPS</option><option id=\"none\" exclusive=\"yes\">未设置</option></fact>" \
  "</facts>"

static const struct
{
  const char *field, *text;
  const char *kept; /* NULL: refused, and says what follows */
  const char *says;
} checks[] = {
  { "text", "  张三\t ", "张三" },
  { "text", "　张三　", "张三" },
  { "text", "两\n行", "两 行" },
  { "text", "e\xcc\x81", "é" },
  { "text", "   ", "" },
  { "text", "", "" },
  { "text", "a\x01", NULL, "姓名" },
  { "text", "\xff", NULL, "UTF-8" },
  { "prose", "两\r\n行\n", "两\n行" },
  { "phone", "010-12345678", "010-12345678" },
  { "phone", "13800000000", "13800000000" },
  { "phone", "13800000000 转 1", NULL, "010-12345678" },
  { "phone", "x13800000000", NULL, "电话" },
  { "phone", "010-12345678\n", "010-12345678" },
  { "evil", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL, "难" },
  { "whole", "12", "12" },
  { "whole", "１２台", "12" },
  { "whole", "12 台", "12" },
  { "whole", "012", "12" },
  { "whole", "12个", NULL, "whole number" },
  { "whole", "1.5", NULL, "whole number" },
  { "whole", "1e3", NULL, "whole number" },
  { "whole", "-1", NULL, "from 0 to 1000" },
  { "whole", "1,001", NULL, "from 0 to 1000" },
  { "whole", "0x10", NULL, "whole number" },
  { "whole", "nan", NULL, "whole number" },
  { "money", "1,234.50万元", "1234.5" },
  { "money", "-1.5", "-1.5" },
  { "money", "-1.51", NULL, "at least -1.5" },
  { "money", "1.234", NULL, "2 digits" },
  { "money", "万元", NULL, "2 digits" },
  { "date", "2016年7月8日", "2016-07-08" },
  { "date", "2016/7/8", "2016-07-08" },
  { "date", "2016-02-30", NULL, "2016年7月8日" },
  { "date", "today", NULL, "today" },
  { "choice", "yes", "yes" },
  { "choice", "是", "yes" },
  { "choice", "yes no", NULL, "是、否" },
  { "choice", "maybe", NULL, "maybe" },
  { "many", "wall 1", "1 wall" },
  { "many", "防火墙、登记", "2 wall" },
  { "many", "登记、配发;防火墙", "1 wall" },
  { "many", "登记、防火墙", "2 wall" },
  { "many", "IDS, IPS, 防火墙", "wall ids" },
  { "many", "wall，wall；wall", "wall" },
  { "many", "none", "none" },
  { "many", "未设置、防火墙", NULL, "未设置" },
  { "many", "防火", NULL, "防火" },
  { "many", "、 ;", "" },
};

static void
test_check (void)
{
  g_autoptr (ZcScheme) scheme = scheme_with (FIELDS);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      const ZcField *field = zc_scheme_find_fact (scheme, checks[i].field);
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = zc_field_check (field, checks[i].text, &error);

      g_test_message ("%s: %s", checks[i].field, error ? error->message : kept);
      g_assert_cmpstr (kept, ==, checks[i].kept);
      if (kept)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_true (error && error->domain == ZC_ERROR);
      g_assert_nonnull (strstr (error->message, checks[i].says));
      g_assert_nonnull (strstr (error->message, field->label));
    }
}

/* What is kept, and what is shown of it, is kept again as it is: imports and exports are exact. */
static void
test_kept_is_kept (void)
{
  g_autoptr (ZcScheme) scheme = scheme_with (FIELDS);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      const ZcField *field = zc_scheme_find_fact (scheme, checks[i].field);
      g_autofree char *again = NULL;
      g_autofree char *shown = NULL;
      g_autofree char *reread = NULL;

      if (!checks[i].kept)
        continue;
      again = zc_field_check (field, checks[i].kept, NULL);
      shown = zc_field_display (field, checks[i].kept);
      reread = zc_field_check (field, shown, NULL);
      g_assert_cmpstr (again, ==, checks[i].kept);
      g_assert_cmpstr (reread, ==, checks[i].kept);
    }
}

static void
test_display (void)
{
  static const char *const cases[][3] = {
    { "text", "张三", "张三" },     { "whole", "12", "12" },       { "date", "2016-07-08", "2016年7月8日" },
    { "choice", "no", "否" },       { "choice", "gone", "gone" },  { "many", "1 wall", "登记、配发、防火墙" },
    { "many", "", "" },             { "date", "", "" },            { "choice", "", "" },
  };
  g_autoptr (ZcScheme) scheme = scheme_with (FIELDS);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = zc_field_display (zc_scheme_find_fact (scheme, cases[i][0]), cases[i][1]);

      g_assert_cmpstr (shown, ==, cases[i][2]);
    }
}

static void
test_too_long (void)
{
  g_autoptr (ZcScheme) scheme = scheme_with (FIELDS);
  g_autofree char *text = g_strnfill (1 << 20, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_field_check (zc_scheme_find_fact (scheme, "prose"), text, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  scheme_testing_init (&argc, &argv);
  g_test_add_func ("/field/check", test_check);
  g_test_add_func ("/field/kept-is-kept", test_kept_is_kept);
  g_test_add_func ("/field/display", test_display);
  g_test_add_func ("/field/too-long", test_too_long);
  return scheme_testing_run ();
}
