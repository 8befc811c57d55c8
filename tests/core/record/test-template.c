/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-samples.h"

#include "record/zc-template.h"

static ZcScheme *scheme;
static ZcRecord *record;

static void
test_expand (void)
{
  static const struct
  {
    const char *text, *string;
  } cases[] = {
    { "", "" },
    { "没有名字", "没有名字" },
    { "{unit.name}共{n.systems}个", "某局共2个" },
    { "{x.graded}", "____" },
    { "{fact:unit.name}", "某局" },
    { "{cell:systems/4/level}、{cell:systems/2/level}", "第三级、____" },
    { "{cell:systems/9/level}", "____" },
    { "{finding:1/due}前由{finding:1/person}完成", "2026年5月1日前由____完成" },
    { "{answer:A02/conformity}", "部分符合" },
    { "{{unit.name}}", "{unit.name}" },
    { "{{{unit.name}}}", "{某局}" },
    { "{{", "{" },
    { "}}", "}" },
    { "{", "{" },
    { "}", "}" },
    { "a{b", "a{b" },
    { "{no.such}", "{no.such}" },
    { "{}", "{}" },
    { "{@name}", "{@name}" },
    { "{@row}", "{@row}" },
    { "{text:c1}", "{text:c1}" },
    { "{item:A01}", "{item:A01}" },
    { "{cell:boats/1/name}", "{cell:boats/1/name}" },
    { "{unit\n.name}", "{unit\n.name}" },
    { "{unit.{name}", "{unit.{name}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *string = zc_template_expand_string (cases[i].text, record, NULL);

      g_assert_cmpstr (string, ==, cases[i].string);
    }
}

static void
test_pieces (void)
{
  g_autoptr (GPtrArray) rows = zc_record_rows (record, "systems");
  g_autoptr (GPtrArray) pieces =
      zc_template_expand ("第{@row}个{@name}，{unit.name}：{@cost}。", record, rows->pdata[0]);
  static const struct
  {
    const char *text, *place;
  } expected[] = {
    { "第1个", NULL }, { "门户", "cell:systems/4/name" }, { "，", NULL }, { "某局", "fact:unit.name" },
    { "：", NULL },    { "____", "cell:systems/4/cost" }, { "。", NULL },
  };

  g_assert_cmpuint (pieces->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < pieces->len; i++)
    {
      const ZcPiece *piece = pieces->pdata[i];

      g_assert_cmpstr (piece->text, ==, expected[i].text);
      g_assert_cmpstr (piece->place, ==, expected[i].place);
    }
}

static void
test_messages_and_places (void)
{
  g_autoptr (GPtrArray) rows = zc_record_rows (record, "systems");
  g_autofree char *message = zc_template_expand_message ("{@row}：{x.graded}", record, rows->pdata[1]);
  g_autofree char *place = zc_template_expand_place ("cell:systems/{@row}/level", record, rows->pdata[1]);
  g_autofree char *plain = zc_template_expand_place ("fact:unit.name", record, NULL);

  g_assert_cmpstr (message, ==, "2：(not stated)");
  g_assert_cmpstr (place, ==, "cell:systems/2/level");
  g_assert_cmpstr (plain, ==, "fact:unit.name");
  g_assert_null (zc_template_expand_place ("cell:systems/{@row}/level", record, NULL));
  g_assert_null (zc_template_expand_place ("{unit.name}", record, NULL));
}

/* Bound, a text says the same without its context. */
static void
test_bind (void)
{
  static const char *const texts[] = { "第{@row}个{@name}为{@level}，{unit.name}", "{{@name}}{@name}",
                                       "{@none}", "}{@name}{", "" };
  g_autoptr (GPtrArray) rows = zc_record_rows (record, "systems");

  for (guint row = 0; row < rows->len; row++)
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      {
        g_autofree char *bound = zc_template_bind (texts[i], rows->pdata[row]);
        g_autofree char *with = zc_template_expand_string (texts[i], record, rows->pdata[row]);
        g_autofree char *without = zc_template_expand_string (bound, record, NULL);

        g_assert_cmpstr (with, ==, without);
      }
}

static void
test_check (void)
{
  static const char *const good[] = {
    "", "{unit.name}", "{{x}}", "{cell:systems/4/name}", "{finding:1/due}", "{answer:A01/note}"
  };
  static const char *const bad[] = { "{no.such}",
                                     "{",
                                     "}",
                                     "{}",
                                     "{ unit.name}",
                                     "{cell:systems/9/name}",
                                     "{cell:systems/4/none}",
                                     "{finding:8/due}",
                                     "{finding:1/none}",
                                     "{answer:Z/note}",
                                     "{text:c1}",
                                     "{@name}",
                                     "{{}",
                                     "{unit.name" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (zc_template_check_text (good[i], record, &error));
      g_assert_no_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_false (zc_template_check_text (bad[i], record, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
    }
}

static void
test_check_of_scheme (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (zc_template_check ("{unit.name} {@level} {@row}", scheme, "systems", &error));
  g_assert_no_error (error);
  g_assert_true (zc_template_check ("{@due}", scheme, "findings", &error));
  g_assert_false (zc_template_check ("{@due}", scheme, "systems", NULL));
  g_assert_false (zc_template_check ("{@level}", scheme, NULL, NULL));
  g_assert_false (zc_template_check ("{none}", scheme, NULL, NULL));
}

static void
test_from_pieces (void)
{
  static const struct
  {
    const char *text, *kept;
  } cases[] = {
    { "", "" },
    { "没有名字", "没有名字" },
    { "{unit.name}共{n.systems}个", "{unit.name}共{n.systems}个" },
    { "{fact:unit.name}{fact:unit.name}", "{unit.name}{unit.name}" },
    { "{cell:systems/4/level}、{finding:1/due}", "{cell:systems/4/level}、{finding:1/due}" },
    { "{{unit.name}}", "{{unit.name}}" },
    { "{{{unit.name}}}", "{{{unit.name}}}" },
    { "a{b}}", "a{{b}}}}" },
    { "{no.such}{@name}", "{{no.such}}{{@name}}" },
    { "一\n{x.graded}\n", "一\n{x.graded}\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) pieces = zc_template_expand (cases[i].text, record, NULL);
      g_autofree char *kept = zc_template_from_pieces (pieces);
      g_autoptr (GPtrArray) again = zc_template_expand (kept, record, NULL);
      g_autofree char *fixed = zc_template_from_pieces (again);
      g_autofree char *before = zc_template_expand_string (cases[i].text, record, NULL);
      g_autofree char *after = zc_template_expand_string (kept, record, NULL);

      g_assert_cmpstr (kept, ==, cases[i].kept);
      g_assert_cmpstr (fixed, ==, kept);
      g_assert_cmpstr (after, ==, before);
      g_assert_true (zc_template_check_text (kept, record, NULL));
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  scheme = sample_scheme ();
  record = sample_record (
      scheme, "<fact id='unit.name'>某局</fact>", "<answer item='A02' conformity='partly'/>",
      "<ledger id='systems'><row id='4'><cell column='name'>门户</cell><cell column='level'>3</cell></row>"
      "<row id='2'><cell column='name'>邮{件}</cell></row></ledger>",
      "<finding id='1' item='A02' state='open' due='2026-05-01'/>", "", "");
  g_test_add_func ("/template/from-pieces", test_from_pieces);
  g_test_add_func ("/template/expand/strings", test_expand);
  g_test_add_func ("/template/expand/pieces", test_pieces);
  g_test_add_func ("/template/expand/messages-and-places", test_messages_and_places);
  g_test_add_func ("/template/bind/same", test_bind);
  g_test_add_func ("/template/check/text", test_check);
  g_test_add_func ("/template/check/scheme", test_check_of_scheme);
  status = g_test_run ();
  zc_record_unref (record);
  zc_scheme_unref (scheme);
  return status;
}
