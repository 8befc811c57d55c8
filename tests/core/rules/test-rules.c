/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../record/record-samples.h"

#include "base/zc-clock.h"
#include "rules/zc-rules-private.h"
#include "rules/zc-rules.h"

#include <string.h>

static ZcScheme *scheme;

/* A record about which preflight has nothing to say, piece by piece. */
#define FACTS                                                                                                \
  "<fact id='unit.name'>某局</fact><fact id='x.graded'>2</fact><fact id='x.site'>none</fact>"              \
  "<fact id='period.from'>2026-01-01</fact><fact id='period.to'>2026-12-31</fact>"
#define ANSWERS                                                                                              \
  "<answer item='A01' conformity='yes'/><answer item='A02' conformity='partly'/><answer item='B01' "         \
  "conformity='yes'/>"
#define LEDGERS                                                                                              \
  "<ledger id='systems'>"                                                                                    \
  "<row id='4'><cell column='name'>门户</cell><cell column='level'>3</cell><cell "                         \
  "column='filed'>2026-03-01</cell></row>"                                                                   \
  "<row id='2'><cell column='name'>邮件</cell><cell column='level'>2</cell></row></ledger>"
#define FINDINGS                                                                                                \
  "<finding id='1' item='A02' state='done' due='2026-05-01'><problem>缺制度</problem><measure>补</measure>" \
  "<person>甲</person></finding>"
#define EVIDENCE SAMPLE_FILE ("5", "<item id='A01'/>")

/* One thing wrong, and all that preflight says of it: "level rule place" each. */
typedef struct
{
  const char *name;
  const char *facts, *answers, *ledgers, *findings, *texts, *evidence;
  const char *expected[5];
} Case;

static const Case cases[] = {
  { "clean" },
  { "item-unanswered",
    .answers = "<answer item='A01' conformity='yes'/><answer item='B01' conformity='yes'/>",
    .expected = { "0 unanswered item:A02" } },
  { "item-only-noted", .answers = ANSWERS "<answer item='B02' conformity='yes'/>", .expected = { NULL } },
  { "na-without-reason",
    .answers = "<answer item='A01' conformity='na'/><answer item='A02' conformity='partly'/><answer "
               "item='B01' conformity='yes'/>",
    .expected = { "0 reason answer:A01/reason" } },
  { "na-with-reason",
    .answers = "<answer item='A01' conformity='na'><reason>无</reason></answer><answer item='A02' "
               "conformity='partly'/>"
               "<answer item='B01' conformity='yes'/>",
    .evidence = "" },
  { "na-not-allowed",
    .answers =
        "<answer item='A01' conformity='yes'/><answer item='A02' conformity='na'><reason>无</reason></answer>"
        "<answer item='B01' conformity='yes'/>",
    .expected = { "0 not-applicable item:A02" } },
  { "carried-over",
    .answers = "<answer item='A01' conformity='yes' confirmed='0'/><answer item='A02' conformity='partly'/>"
               "<answer item='B01' conformity='yes'/>",
    .expected = { "0 confirmed item:A01" } },
  { "marked-for-review",
    .answers = "<answer item='A01' conformity='yes' review='1'/><answer item='A02' conformity='partly'/>"
               "<answer item='B01' conformity='yes'/>",
    .expected = { "1 review item:A01" } },
  { "evidence-missing", .evidence = "", .expected = { "0 evidence item:A01" } },
  { "evidence-of-another-item", .evidence = SAMPLE_FILE ("5", "<item id='A02'/>"),
    .expected = { "0 evidence item:A01" } },
  { "evidence-of-nothing-not-asked", .evidence = "",
    .answers = "<answer item='A01' conformity='no'/><answer item='A02' conformity='yes'/><answer item='B01' "
               "conformity='yes'/>",
    .findings =
        "<finding id='1' item='A01' state='done' due='2026-05-01'><problem>x</problem><measure>x</measure>"
        "<person>x</person></finding>" },
  { "finding-missing", .findings = "", .expected = { "0 finding item:A02" } },
  { "finding-empty", .findings = "<finding id='3' item='A02' state='open'/>",
    .expected = { "0 finding finding:3/problem", "0 finding finding:3/measure", "0 finding finding:3/person",
                  "0 finding finding:3/due" } },
  { "finding-without-date",
    .findings = "<finding id='1' item='A02' "
                "state='open'><problem>x</problem><measure>x</measure><person>x</person></finding>",
    .expected = { "0 finding finding:1/due" } },
  { "finding-promised",
    .findings =
        "<finding id='1' item='A02' state='doing' due='2026-05-01'><problem>x</problem><measure>x</measure>"
        "<person>x</person></finding>",
    .expected = { "2 promise finding:1/state" } },
  { "finding-overdue",
    .findings =
        "<finding id='1' item='A02' state='open' due='2026-03-01'><problem>x</problem><measure>x</measure>"
        "<person>x</person></finding>",
    .expected = { "1 promise finding:1/state" } },
  { "finding-before-period",
    .findings =
        "<finding id='1' item='A02' state='open' due='2025-12-31'><problem>x</problem><measure>x</measure>"
        "<person>x</person></finding>",
    .expected = { "1 period finding:1/due" } },
  { "fact-missing",
    .facts =
        "<fact id='x.graded'>2</fact><fact id='x.site'>none</fact><fact id='period.to'>2026-12-31</fact>",
    .expected = { "0 required fact:unit.name" } },
  { "period-turned-round",
    .facts =
        "<fact id='unit.name'>某局</fact><fact id='x.graded'>2</fact><fact id='period.from'>2026-12-31</fact>"
        "<fact id='period.to'>2026-03-01</fact>",
    .expected = { "0 period fact:period.to" } },
  /* With a site, its item, its fact, its ledger and rule V3 come alive. */
  { "conditional", .facts = FACTS, .expected = { NULL } },
  { "conditional-alive",
    .facts = "<fact id='unit.name'>某局</fact><fact id='x.graded'>2</fact><fact id='x.site'>own</fact>"
             "<fact id='period.to'>2026-12-31</fact>",
    .expected = { "0 required fact:x.host", "0 unanswered item:B02", "0 rows ledger:vendors",
                  "2 V3 fact:x.protect" } },
  { "conditional-answered-na",
    .facts = "<fact id='unit.name'>某局</fact><fact id='x.graded'>2</fact><fact id='x.site'>own</fact><fact "
             "id='x.protect'>waf</fact>"
             "<fact id='period.to'>2026-12-31</fact>",
    .answers = ANSWERS "<answer item='B02' conformity='na'><reason>在建</reason></answer>" },
  { "rows-too-few", .facts = "<fact id='unit.name'>某局</fact><fact id='x.graded'>0</fact>", .ledgers = "",
    .expected = { "0 rows ledger:systems" } },
  { "cell-missing",
    .ledgers = "<ledger id='systems'><row id='4'><cell column='level'>2</cell></row>"
               "<row id='2'><cell column='name'>邮件</cell><cell column='level'>2</cell></row></ledger>",
    .expected = { "0 required cell:systems/4/name" } },
  { "cell-missing-when",
    .ledgers =
        "<ledger id='systems'><row id='4'><cell column='name'>门户</cell><cell column='level'>3</cell></row>"
        "<row id='2'><cell column='name'>邮件</cell><cell column='level'>2</cell></row></ledger>",
    .expected = { "0 required cell:systems/4/filed" } },
  { "cell-not-unique",
    .ledgers =
        "<ledger id='systems'><row id='4'><cell column='name'>邮件</cell><cell column='level'>2</cell></row>"
        "<row id='2'><cell column='name'>邮件</cell><cell column='level'>2</cell></row></ledger>",
    .expected = { "0 unique cell:systems/2/name" } },
  { "rule-sum", .facts = FACTS "<fact id='x.budget'>1</fact>",
    .ledgers = "<ledger id='systems'><row id='4'>"
               "<cell column='name'>门户</cell><cell column='level'>2</cell></row></ledger>",
    .expected = { "0 V1 fact:x.graded" } },
  { "rule-each",
    .ledgers = "<ledger id='systems'><row id='4'><cell column='name'>门户</cell><cell column='level'>3</cell>"
               "<cell column='filed'>2027-03-01</cell></row><row id='2'><cell column='name'>邮件</cell>"
               "<cell column='level'>2</cell></row></ledger>",
    .expected = { "1 V2 cell:systems/4/filed" } },
  { "marking-in-fact", .facts = FACTS "<fact id='x.about'>见机密★文件</fact>",
    .expected = { "0 marking fact:x.about" } },
  { "marking-in-note",
    .answers = "<answer item='A01' conformity='yes'><note>秘密★1年</note></answer><answer item='A02' "
               "conformity='partly'/>"
               "<answer item='B01' conformity='yes'/>",
    .expected = { "0 marking answer:A01/note" } },
  { "marking-in-hidden-item", .answers = ANSWERS "<answer item='B02'><note>绝密★长期</note></answer>",
    .expected = { "0 marking answer:B02/note" } },
  { "marking-in-cell",
    .ledgers =
        "<ledger id='systems'><row id='4'><cell column='name'>秘密★</cell><cell column='level'>2</cell></row>"
        "<row id='2'><cell column='name'>邮件</cell><cell column='level'>2</cell></row></ledger>",
    .expected = { "0 marking cell:systems/4/name" } },
  { "marking-in-finding",
    .findings = "<finding id='1' item='A02' state='done' "
                "due='2026-05-01'><problem>秘密★</problem><measure>x</measure>"
                "<person>x</person></finding>",
    .expected = { "0 marking finding:1/problem" } },
  { "marking-in-text", .texts = "<text chapter='c1'>机密★</text>", .expected = { "0 marking text:c1" } },
  { "marking-in-file-name",
    .evidence =
        "<file id='5' name='机密★.pdf' size='12' "
        "sm3='0000000000000000000000000000000000000000000000000000000000000000'"
        " sha256='0000000000000000000000000000000000000000000000000000000000000000'><item id='A01'/></file>",
    .expected = { "0 marking evidence:5/name" } },
  { "marking-in-caption",
    .evidence =
        "<file id='5' name='a.pdf' caption='机密★' size='12'"
        " sm3='0000000000000000000000000000000000000000000000000000000000000000'"
        " sha256='0000000000000000000000000000000000000000000000000000000000000000'><item id='A01'/></file>",
    .expected = { "0 marking evidence:5/caption" } },
  { "text-good", .texts = "<text chapter='c1'>{unit.name}有{cell:systems/4/name}，{{花括号}}</text>" },
  { "text-unknown-fact", .texts = "<text chapter='c1'>{no.such}</text>",
    .expected = { "0 template text:c1" } },
  { "text-removed-row", .texts = "<text chapter='c1'>{cell:systems/9/name}</text>",
    .expected = { "0 template text:c1" } },
  { "text-removed-finding", .texts = "<text chapter='c2'>{finding:9/due}</text>",
    .expected = { "0 template text:c2" } },
  { "text-single-brace", .texts = "<text chapter='c2'>a } b</text>", .expected = { "0 template text:c2" } },
  { "text-open-brace", .texts = "<text chapter='c2'>a {unit.name</text>",
    .expected = { "0 template text:c2" } },
  { "text-of-row-without-row", .texts = "<text chapter='c2'>{@name}</text>",
    .expected = { "0 template text:c2" } },
  { "text-of-text", .texts = "<text chapter='c2'>{text:c1}</text>", .expected = { "0 template text:c2" } },
};

static const char *
or_default (const char *text, const char *fallback)
{
  return text ? text : fallback;
}

static ZcRecord *
record_of (const Case *one)
{
  return sample_record (scheme, or_default (one->facts, FACTS), or_default (one->answers, ANSWERS),
                        or_default (one->ledgers, LEDGERS), or_default (one->findings, FINDINGS),
                        or_default (one->texts, ""), or_default (one->evidence, EVIDENCE));
}

static void
assert_results (GPtrArray *results, const char *const *expected, gsize n)
{
  gsize i;

  for (i = 0; i < results->len; i++)
    {
      const ZcResult *result = results->pdata[i];
      g_autofree char *line = g_strdup_printf ("%d %s %s", result->level, result->rule, result->place);
      ZcPlace place;

      g_test_message ("%s: %s", line, result->message);
      g_assert_cmpuint (i, <, n);
      g_assert_cmpstr (line, ==, expected[i]);
      g_assert_true (zc_place_parse (result->place, &place));
      g_assert_true (g_utf8_validate (result->message, -1, NULL));
      g_assert_cmpuint (strlen (result->message), >, 10);
    }
  g_assert_true (i == n || expected[i] == NULL);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (ZcRecord) record = record_of (one);

  /* The second time much of it is remembered, and must be the same. */
  for (int twice = 0; twice < 2; twice++)
    {
      g_autoptr (GPtrArray) results = zc_preflight (record, NULL);

      assert_results (results, one->expected, G_N_ELEMENTS (one->expected));
    }
}

static const char *
message_of (GPtrArray *results, const char *rule)
{
  for (guint i = 0; i < results->len; i++)
    if (g_str_equal (((const ZcResult *) results->pdata[i])->rule, rule))
      return ((const ZcResult *) results->pdata[i])->message;
  return NULL;
}

static void
test_messages (void)
{
  g_autoptr (ZcRecord) record =
      sample_record (scheme, "<fact id='period.to'>2026-12-31</fact>", ANSWERS,
                     "<ledger id='systems'><row id='4'><cell column='name'>门户</cell><cell "
                     "column='filed'>2027-03-01</cell></row></ledger>",
                     FINDINGS, "", EVIDENCE);
  g_autoptr (GPtrArray) results = zc_preflight (record, NULL);

  g_assert_cmpstr (message_of (results, "V1"), ==, "系统总数1与已定级(not stated)不一致");
  g_assert_cmpstr (message_of (results, "V2"), ==, "第1行“门户”的备案日期2027年3月1日晚于2026年12月31日");
  g_assert_cmpuint (zc_preflight_count (results, ZC_LEVEL_MUST), ==, 3);
  g_assert_cmpuint (zc_preflight_count (results, ZC_LEVEL_SHOULD), ==, 1);
}

static void
test_printed (void)
{
  g_autoptr (ZcRecord) record = record_of (&cases[0]);
  g_autoptr (GHashTable) printed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) places = zc_record_places (record);
  g_autoptr (GPtrArray) none = NULL, one = NULL, all = NULL;
  static const char *const expected[] = { "0 printed cell:systems/2/name" };

  none = zc_preflight (record, printed);
  g_assert_cmpuint (none->len, ==, places->len);
  for (guint i = 0; i < places->len; i++)
    if (!g_str_equal (places->pdata[i], "cell:systems/2/name"))
      g_hash_table_add (printed, places->pdata[i]);
  one = zc_preflight (record, printed);
  assert_results (one, expected, 1);
  g_hash_table_add (printed, (gpointer) "cell:systems/2/name");
  all = zc_preflight (record, printed);
  g_assert_cmpuint (all->len, ==, 0);
}

static void
test_many_results_of_one_rule (void)
{
  GString *rows = g_string_new ("<ledger id='systems'>");
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (GPtrArray) results = NULL;
  guint n = 0;

  for (int i = 1; i <= 1000; i++)
    g_string_append_printf (rows,
                            "<row id='%d'><cell column='name'>n%d</cell><cell column='level'>3</cell>"
                            "<cell column='filed'>2027-01-01</cell></row>",
                            i, i);
  g_string_append (rows, "</ledger>");
  record = sample_record (scheme, FACTS, ANSWERS, rows->str, FINDINGS, "", EVIDENCE);
  g_string_free (rows, TRUE);
  results = zc_preflight (record, NULL);
  for (guint i = 0; i < results->len; i++)
    n += g_str_equal (((const ZcResult *) results->pdata[i])->rule, "V2");
  g_assert_cmpuint (n, ==, 201);
  g_assert_nonnull (strstr (((const ZcResult *) results->pdata[results->len - 1])->message, "800"));
}

static void
test_markings (void)
{
  static const char *const marked[] = {
    "秘密★1年",
    "机密★",
    "绝密★长期",
    "秘密★ 10年",
    "秘 密 ★ 1 年",
    "机　密★",
    "机密★启用前",
    "（秘密☆５年）",
    "秘密*3年",
    "秘密＊",
    "秘密10年",
    "机密 二十年",
    "绝密（长期）",
    "机密长期",
    "密级：机密5年。",
    "秘密6个月",
    "文件为机密★20年，请勿外传",
  };
  static const char *const free_text[] = {
    "",
    "保密",
    "密码",
    "保守秘密",
    "商业秘密3年内不得披露",
    "工作秘密",
    "涉密计算机★",
    "机密性",
    "机密、完整",
    "秘密级",
    "绝密飞行",
    "秘书★",
    "密★",
    "商业秘密",
    "保密期限10年",
    "不得处理机密文件",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (marked); i++)
    {
      g_autofree char *found = zc_marking_find (marked[i]);

      g_test_message ("%s", marked[i]);
      g_assert_nonnull (found);
      g_assert_nonnull (strstr (marked[i], found));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (free_text); i++)
    {
      g_test_message ("%s", free_text[i]);
      g_assert_null (zc_marking_find (free_text[i]));
    }
}

/* Applicability and progress */

static ZcItemState
state_of (ZcRecord *record, const char *item)
{
  return zc_rules_item_state (record, zc_scheme_find_item (scheme, item));
}

static void
test_states (void)
{
  g_autoptr (ZcRecord) empty = sample_record (scheme, "", "", "", "", "", "");
  g_autoptr (ZcRecord) record =
      sample_record (scheme, "<fact id='x.site'>own</fact>",
                     "<answer item='A01' conformity='no' review='1'/><answer item='A02' conformity='no'/>"
                     "<answer item='B01'><note>x</note></answer><answer item='B02' conformity='na'/>",
                     "", "", "", "");
  ZcTally tally = zc_rules_tally (record, NULL);
  ZcTally none = zc_rules_tally (empty, NULL);
  ZcTally second = zc_rules_tally (record, scheme->sections->pdata[1]);

  g_assert_cmpint (state_of (record, "A01"), ==, ZC_ITEM_REVIEW);
  g_assert_cmpint (state_of (record, "A02"), ==, ZC_ITEM_PROBLEM);
  g_assert_cmpint (state_of (record, "B01"), ==, ZC_ITEM_UNANSWERED);
  g_assert_cmpint (state_of (record, "B02"), ==, ZC_ITEM_NOT_APPLICABLE);
  g_assert_cmpint (state_of (record, "B03"), ==, ZC_ITEM_ANSWERED);
  g_assert_cmpint (state_of (empty, "B02"), ==, ZC_ITEM_NOT_APPLICABLE);
  g_assert_cmpint (state_of (empty, "B03"), ==, ZC_ITEM_UNANSWERED);
  g_assert_cmpuint (tally.total, ==, 5);
  g_assert_cmpuint (tally.review + tally.problem + tally.unanswered + tally.not_applicable + tally.answered,
                    ==, 5);
  g_assert_cmpuint (none.unanswered, ==, 4);
  g_assert_cmpuint (second.total, ==, 3);
  g_assert_cmpuint (second.not_applicable, ==, 1);
}

/* What was carried over counts as nothing until it is confirmed, whatever it says. */
static void
test_unconfirmed (void)
{
  static const char *const carried[] = { "conformity='yes'", "conformity='no'", "conformity='na'", "conformity='yes' review='1'", "" };
  g_autoptr (ZcRecord) empty = sample_record (scheme, "", "", "", "", "", "");
  ZcTally before = zc_rules_tally (empty, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (carried); i++)
    {
      g_autofree char *answers = g_strdup_printf ("<answer item='A01' %s confirmed='0'/>", carried[i]);
      g_autoptr (ZcRecord) record = sample_record (scheme, "", answers, "", "", "", "");
      ZcTally tally = zc_rules_tally (record, NULL);

      g_assert_cmpint (state_of (record, "A01"), ==, ZC_ITEM_UNCONFIRMED);
      g_assert_cmpuint (tally.unconfirmed, ==, 1);
      g_assert_cmpuint (tally.unanswered, ==, before.unanswered - 1);
      g_assert_cmpuint (zc_tally_done (&tally), ==, zc_tally_done (&before));
      g_assert_cmpstr (zc_rules_next_open (record, NULL)->id, ==, "A01");
    }
}

static void
test_next_open (void)
{
  g_autoptr (ZcRecord) record =
      sample_record (scheme, "<fact id='x.site'>none</fact>",
                     "<answer item='A01' conformity='yes' review='1'/><answer item='A02' conformity='yes'/>",
                     "", "", "", "");
  g_autoptr (ZcRecord) done = sample_record (scheme, "<fact id='x.site'>none</fact>",
                                             "<answer item='A01' conformity='yes'/><answer item='A02' "
                                             "conformity='yes'/><answer item='B01' conformity='no'/>",
                                             "", "", "", "");
  const ZcItem *item = zc_rules_next_open (record, NULL);

  g_assert_cmpstr (item->id, ==, "A01");
  item = zc_rules_next_open (record, item);
  g_assert_cmpstr (item->id, ==, "B01");
  item = zc_rules_next_open (record, item);
  g_assert_cmpstr (item->id, ==, "A01");
  g_assert_null (zc_rules_next_open (done, NULL));
}

/* Drafts */

static void
test_drafts (void)
{
  g_autoptr (ZcRecord) record = sample_record (
      scheme, "<fact id='x.site'>own</fact>", "", LEDGERS,
      FINDINGS "<finding id='7' item='B01' state='open'><problem>二</problem></finding>", "", "");
  g_autoptr (ZcRecord) empty = sample_record (scheme, "", "", "", "", "", "");
  g_autofree char *first = zc_draft_chapter (record, zc_scheme_find_chapter (scheme, "c1"));
  g_autofree char *second = zc_draft_chapter (record, zc_scheme_find_chapter (scheme, "c2"));
  g_autofree char *without = zc_draft_chapter (empty, zc_scheme_find_chapter (scheme, "c2"));

  g_assert_cmpstr (first, ==,
                   "{unit.name}共有{n.systems}个系统，其中三级{n.level3}个。\n网站域名为{x.host}"
                   "，用花括号写作{{{x.host}}}。");
  g_assert_cmpstr (second, ==,
                   "{finding:1/problem}：{finding:1/measure}，{finding:1/person}，{finding:1/due}。\n"
                   "{finding:7/problem}：{finding:7/measure}，{finding:7/person}，{finding:7/due}。\n"
                   "第1个：{cell:systems/4/name}为{cell:systems/4/level}。");
  g_assert_cmpstr (without, ==, "未发现问题。");
}

/* Every scheme that is shipped can be evaluated, from the first empty record on. */
static void
test_shipped_schemes (void)
{
  g_auto (GStrv) ids = zc_scheme_list ();

  g_assert_cmpuint (g_strv_length (ids), >, 0);
  for (guint i = 0; ids[i]; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcScheme) shipped = zc_scheme_load (ids[i], &error);
      g_autoptr (ZcRecord) record = NULL;
      g_autoptr (GPtrArray) results = NULL;

      g_assert_no_error (error);
      record = sample_record (shipped, "", "", "", "", "", "");
      results = zc_preflight (record, NULL);
      g_assert_cmpuint (zc_preflight_count (results, ZC_LEVEL_MUST), >, 0);
      g_assert_null (message_of (results, "rule"));
      for (guint j = 0; j < results->len; j++)
        {
          const ZcResult *result = results->pdata[j];
          ZcPlace place;

          g_assert_true (zc_place_parse (result->place, &place));
          g_assert_null (strchr (result->message, '{'));
        }
      for (guint j = 0; j < shipped->chapters->len; j++)
        {
          g_autofree char *draft = zc_draft_chapter (record, shipped->chapters->pdata[j]);

          g_assert_true (g_utf8_validate (draft, -1, NULL));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-04-01T09:00:00+08:00", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  zc_clock_set (now);
  scheme = sample_scheme ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/preflight/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/rules/preflight/messages", test_messages);
  g_test_add_func ("/rules/preflight/printed", test_printed);
  g_test_add_func ("/rules/preflight/many-results-of-one-rule", test_many_results_of_one_rule);
  g_test_add_func ("/rules/marking/found", test_markings);
  g_test_add_func ("/rules/progress/states", test_states);
  g_test_add_func ("/rules/progress/unconfirmed", test_unconfirmed);
  g_test_add_func ("/rules/progress/next-open", test_next_open);
  g_test_add_func ("/rules/draft/chapters", test_drafts);
  g_test_add_func ("/rules/shipped-schemes", test_shipped_schemes);
  status = g_test_run ();
  zc_scheme_unref (scheme);
  zc_clock_set (NULL);
  return status;
}
