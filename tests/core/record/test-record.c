/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-samples.h"

#include "base/zc-clock.h"

#include <libxml/c14n.h>
#include <math.h>
#include <string.h>

static ZcScheme *scheme;

#define SYSTEMS                                                                                              \
  "<ledger id='systems'>"                                                                                    \
  "<row id='3'><cell column='name'>门户</cell><cell column='level'>3</cell><cell "                         \
  "column='cost'>1.5</cell></row>"                                                                           \
  "<row id='1'><cell column='name'>邮件</cell><cell column='level'>2</cell><cell "                         \
  "column='cost'>2.25</cell></row>"                                                                          \
  "<row id='7'><cell column='name'>办公</cell><cell column='level'>3</cell></row>"                         \
  "</ledger>"
#define FACTS "<fact id='unit.name'>某局</fact><fact id='x.graded'>3</fact><fact id='x.protect'>waf av</fact>"
#define FINDING "<finding id='2' item='A02' state='open' due='2026-05-01'><problem>无制度</problem></finding>"

static ZcRecord *
whole (void)
{
  return sample_record (scheme, FACTS, "<answer item='A02' conformity='no'><note>说明</note></answer>",
                        SYSTEMS, FINDING, "<text chapter='c1'>共{n.systems}个</text>",
                        SAMPLE_FILE ("5", "<item id='A01'/>"));
}

/* Canonical bytes */

static GBytes *
by_c14n (GBytes *bytes)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  xmlDoc *doc = xmlReadMemory (text, (int) size, NULL, NULL, XML_PARSE_NONET);
  xmlChar *out = NULL;
  int length = xmlC14NDocDumpMemory (doc, NULL, XML_C14N_1_1, NULL, 1, &out);
  GBytes *canonical;

  g_assert_nonnull (doc);
  g_assert_cmpint (length, >, 0);
  canonical = g_bytes_new (out, (gsize) length);
  xmlFree (out);
  xmlFreeDoc (doc);
  return canonical;
}

static void
assert_same_bytes (GBytes *one, GBytes *other)
{
  gsize a, b;
  const char *x = g_bytes_get_data (one, &a);
  const char *y = g_bytes_get_data (other, &b);

  g_assert_cmpmem (x, a, y, b);
}

static void
test_canonical_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20160708);

  for (int i = 0; i < 400; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) loose = sample_random (scheme, rand);
      g_autoptr (ZcRecord) record = zc_record_parse (loose, scheme, FALSE, &error);
      g_autoptr (GBytes) bytes = NULL, c14n = NULL, again = NULL;
      g_autoptr (ZcRecord) strict = NULL;

      g_assert_no_error (error);
      bytes = zc_record_to_bytes (record);
      c14n = by_c14n (bytes);
      assert_same_bytes (bytes, c14n);
      strict = zc_record_parse (bytes, scheme, TRUE, &error);
      g_assert_no_error (error);
      again = zc_record_to_bytes (strict);
      assert_same_bytes (bytes, again);
      g_assert_null (zc_record_first_difference (record, strict));
      g_assert_null (memchr (g_bytes_get_data (bytes, NULL), '\r', g_bytes_get_size (bytes)));
    }
}

static void
test_canonical_form (void)
{
  g_autoptr (ZcRecord) record = whole ();
  g_autoptr (GBytes) bytes = zc_record_to_bytes (record);
  const char *text = g_bytes_get_data (bytes, NULL);
  const char *end = text + g_bytes_get_size (bytes);

  g_assert_true (g_str_has_prefix (
      text, "<record created=\"2026-03-02T09:00:00+08:00\" format=\"1\" id=\"0123456789abcdef0123"));
  g_assert_cmpmem (end - 10, 10, "\n</record>", 10);
  g_assert_nonnull (strstr (
      text,
      "\n<fact derived=\"yes\" id=\"n.level3\">2</fact>\n<fact derived=\"yes\" id=\"n.cost\">3.75</fact>\n"
      "<fact derived=\"yes\" id=\"n.share\">66.7</fact>\n"));
  g_assert_nonnull (strstr (text, "<answer conformity=\"no\" item=\"A02\">\n<note>说明</note>\n</answer>\n"));
  g_assert_nonnull (strstr (text, "<item id=\"A01\"></item>\n</file>\n</evidence>\n</record>"));
  g_assert_nonnull (strstr (text, "<ledger id=\"vendors\">\n</ledger>\n</ledgers>\n"));
}

/* Reading: everything that must be refused */

typedef struct
{
  const char *name;
  const char *facts, *answers, *ledgers, *findings, *texts, *evidence;
  const char *says; /* part of the message */
} Refused;

#define DIGESTS                                                                                              \
  " sm3='0000000000000000000000000000000000000000000000000000000000000000'"                                  \
  " sha256='0000000000000000000000000000000000000000000000000000000000000000'"

static const Refused refused[] = {
  { "fact-unknown", .facts = "<fact id='x.none'>1</fact>", .says = "x.none" },
  { "fact-twice", .facts = "<fact id='x.graded'>1</fact><fact id='x.graded'>1</fact>", .says = "twice" },
  { "fact-typed-derived", .facts = "<fact id='n.systems'>1</fact>", .says = "derived" },
  { "fact-derived-typed", .facts = "<fact id='x.graded' derived='yes'>1</fact>", .says = "derived" },
  { "fact-derived-twice",
    .facts = "<fact id='n.systems' derived='yes'>1</fact><fact id='n.systems' derived='yes'>1</fact>",
    .says = "twice" },
  { "fact-without-id", .facts = "<fact>1</fact>", .says = "id" },
  { "fact-empty", .facts = "<fact id='unit.name'></fact>", .says = "empty" },
  { "fact-not-a-number", .facts = "<fact id='x.graded'>viele</fact>", .says = "已定级" },
  { "fact-out-of-range", .facts = "<fact id='x.graded'>-1</fact>", .says = "已定级" },
  { "fact-no-option", .facts = "<fact id='x.site'>rented</fact>", .says = "网站" },
  { "fact-exclusive", .facts = "<fact id='x.protect'>waf nothing</fact>", .says = "防护措施" },
  { "fact-control-character", .facts = "<fact id='unit.name'>a&#x85;b</fact>", .says = "U+0085" },
  { "fact-element-inside", .facts = "<fact id='unit.name'>a<b/>c</fact>", .says = "belong" },
  { "fact-comment-inside", .facts = "<fact id='unit.name'>a<!-- b -->c</fact>", .says = "belong" },
  { "fact-attribute", .facts = "<fact id='unit.name' x='1'>a</fact>", .says = "attribute" },
  { "fact-namespace", .facts = "<fact id='unit.name' xmlns='urn:x'>a</fact>", .says = "namespace" },
  { "facts-text-between", .facts = "stray", .says = "belong" },
  { "facts-wrong-child", .facts = "<answer item='A01'/>", .says = "belong" },
  { "answer-unknown-item", .answers = "<answer item='Z99' conformity='yes'/>", .says = "Z99" },
  { "answer-without-item", .answers = "<answer conformity='yes'/>", .says = "item" },
  { "answer-twice", .answers = "<answer item='A01' conformity='yes'/><answer item='A01' conformity='no'/>",
    .says = "twice" },
  { "answer-conformity", .answers = "<answer item='A01' conformity='maybe'/>", .says = "record" },
  { "answer-empty", .answers = "<answer item='A01'/>", .says = "nothing" },
  { "answer-unknown-part", .answers = "<answer item='A01'><remark>x</remark></answer>", .says = "remark" },
  { "answer-part-twice", .answers = "<answer item='A01'><note>x</note><note>y</note></answer>",
    .says = "twice" },
  { "answer-note-as-attribute", .answers = "<answer item='A01' note='x'/>", .says = "note" },
  { "ledger-unknown", .ledgers = "<ledger id='boats'/>", .says = "boats" },
  { "ledger-twice",
    .ledgers = "<ledger id='vendors'><row id='1'/></ledger><ledger id='vendors'><row id='2'/></ledger>",
    .says = "twice" },
  { "row-without-id", .ledgers = "<ledger id='systems'><row/></ledger>", .says = "id" },
  { "row-zero", .ledgers = "<ledger id='systems'><row id='0'/></ledger>", .says = "number" },
  { "row-leading-zero", .ledgers = "<ledger id='systems'><row id='01'/></ledger>", .says = "number" },
  { "row-plus", .ledgers = "<ledger id='systems'><row id='+1'/></ledger>", .says = "number" },
  { "row-huge", .ledgers = "<ledger id='systems'><row id='99999999999999999999'/></ledger>",
    .says = "number" },
  { "row-twice", .ledgers = "<ledger id='systems'><row id='1'/><row id='1'/></ledger>",
    .says = "same number" },
  { "cell-unknown",
    .ledgers = "<ledger id='systems'><row id='1'><cell column='colour'>x</cell></row></ledger>",
    .says = "colour" },
  { "cell-twice",
    .ledgers = "<ledger id='systems'><row id='1'><cell column='name'>x</cell><cell "
               "column='name'>y</cell></row></ledger>",
    .says = "twice" },
  { "cell-pattern",
    .ledgers = "<ledger id='systems'><row id='1'><cell column='phone'>call me</cell></row></ledger>",
    .says = "电话" },
  { "cell-too-large",
    .ledgers = "<ledger id='systems'><row id='1'><cell column='cost'>1000.01</cell></row></ledger>",
    .says = "费用" },
  { "finding-without-item", .findings = "<finding id='1' state='open'/>", .says = "item" },
  { "finding-unknown-item", .findings = "<finding id='1' item='Q' state='open'/>", .says = "Q" },
  { "finding-twice", .findings = "<finding id='1' item='A01'/><finding id='1' item='A02'/>",
    .says = "number 1" },
  { "finding-date", .findings = "<finding id='1' item='A01' due='2026-02-30'/>", .says = "record" },
  { "text-unknown-chapter", .texts = "<text chapter='c9'>x</text>", .says = "c9" },
  { "text-twice", .texts = "<text chapter='c1'>x</text><text chapter='c1'>x</text>", .says = "twice" },
  { "file-no-digest", .evidence = "<file id='1' name='a' size='1' sm3='00'/>", .says = "sha256" },
  { "file-short-digest", .evidence = "<file id='1' name='a' size='1' sm3='00' sha256='00'/>",
    .says = "digest" },
  { "file-empty", .evidence = "<file id='1' name='a' size='0'" DIGESTS "/>", .says = "size" },
  { "file-too-large", .evidence = "<file id='1' name='a' size='68719476737'" DIGESTS "/>", .says = "size" },
  { "file-name-control", .evidence = "<file id='1' name='a&#9;b' size='1'" DIGESTS "/>", .says = "name" },
  { "file-name-direction", .evidence = "<file id='1' name='a&#x202e;gpj.exe' size='1'" DIGESTS "/>",
    .says = "name" },
  { "file-same-bytes",
    .evidence = "<file id='1' name='a' size='1'" DIGESTS "/><file id='2' name='b' size='1'" DIGESTS "/>",
    .says = "same file" },
  { "file-unknown-item", .evidence = "<file id='1' name='a' size='1'" DIGESTS "><item id='Q'/></file>",
    .says = "Q" },
  { "file-item-twice",
    .evidence = "<file id='1' name='a' size='1'" DIGESTS "><item id='A01'/><item id='A01'/></file>",
    .says = "twice" },
};

static const char *
or_nothing (const char *text)
{
  return text ? text : "";
}

static void
test_refused (gconstpointer data)
{
  const Refused *one = data;
  g_autofree char *parts =
      sample_parts (or_nothing (one->facts), or_nothing (one->answers), or_nothing (one->ledgers),
                    or_nothing (one->findings), or_nothing (one->texts), or_nothing (one->evidence));
  g_autoptr (GBytes) bytes = sample_wrap (scheme, parts);
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_record_parse (bytes, scheme, FALSE, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, one->says));
}

static GBytes *
replaced (GBytes *bytes, const char *what, const char *with)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  GString *out = g_string_new (text);

  g_assert_cmpuint (g_string_replace (out, what, with, 1), ==, 1);
  return g_string_free_to_bytes (out);
}

static void
assert_refused (GBytes *good, const char *what, const char *with, gboolean strict, int code, const char *says)
{
  g_autoptr (GBytes) bad = replaced (good, what, with);
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_record_parse (bad, scheme, strict, &error));
  g_assert_error (error, ZC_ERROR, code);
  if (!strstr (error->message, says))
    g_test_message ("%s: %s", with, error->message);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refused_root (void)
{
  g_autofree char *parts = sample_parts ("", "", "", "", "", "");
  g_autoptr (GBytes) good = sample_wrap (scheme, parts);

  assert_refused (good, "format=\"1\"", "format=\"2\"", FALSE, ZC_ERROR_TOO_NEW, "newer");
  assert_refused (good, "format=\"1\"", "format=\"x\"", FALSE, ZC_ERROR_INVALID, "not the record");
  assert_refused (good, "scheme=\"sample\"", "scheme=\"other\"", FALSE, ZC_ERROR_INVALID, "other");
  assert_refused (good, "revision=\"1\"", "revision=\"0\"", FALSE, ZC_ERROR_INVALID, "revision");
  assert_refused (good, "revision=\"1\"", "", FALSE, ZC_ERROR_INVALID, "revision");
  assert_refused (good, "id=\"0123", "id=\"012g", FALSE, ZC_ERROR_INVALID, "malformed");
  assert_refused (good, "+08:00", "", FALSE, ZC_ERROR_INVALID, "point in time");
  assert_refused (good, "<facts>", "<fakes/><facts>", FALSE, ZC_ERROR_INVALID, "facts");
  assert_refused (good, "<texts></texts>", "", FALSE, ZC_ERROR_INVALID, "texts");
  assert_refused (good, "</evidence>", "</evidence><more/>", FALSE, ZC_ERROR_INVALID, "more");
  assert_refused (good, "<record", "<!DOCTYPE record><record", FALSE, ZC_ERROR_INVALID, "DOCTYPE");
}

/* A sealed record must be the canonical one, and true to itself. */
static void
test_refused_strict (void)
{
  g_autoptr (ZcRecord) record = whole ();
  g_autoptr (GBytes) good = zc_record_to_bytes (record);

  assert_refused (good, "id=\"n.level3\">2<", "id=\"n.level3\">3<", TRUE, ZC_ERROR_INVALID, "n.level3");
  assert_refused (good, "<fact derived=\"yes\" id=\"n.cost\">3.75</fact>\n", "", TRUE, ZC_ERROR_INVALID,
                  "n.cost");
  assert_refused (good, "<cell column=\"cost\">1.5<", "<cell column=\"cost\">1.50<", TRUE, ZC_ERROR_INVALID,
                  "费用");
  assert_refused (good, "<cell column=\"cost\">1.5<", "<cell column=\"cost\">1.6<", TRUE, ZC_ERROR_INVALID,
                  "n.cost");
  assert_refused (good, "<facts>\n", "<facts>\n\n", TRUE, ZC_ERROR_INVALID, "Line 3");
  assert_refused (good, "</record>", "</record>\n", TRUE, ZC_ERROR_INVALID, "canonical");
  assert_refused (good, "<record ", "<?xml version=\"1.0\"?><record ", TRUE, ZC_ERROR_INVALID, "canonical");
  assert_refused (good, "<record ", "<!--x--><record ", TRUE, ZC_ERROR_INVALID, "canonical");
  assert_refused (good, "<fact id=\"unit.name\">某局", "<fact id=\"unit.name\">&#x67d0;局", TRUE,
                  ZC_ERROR_INVALID, "canonical");
  assert_refused (good, "conformity=\"no\" item=\"A02\"", "item=\"A02\" conformity=\"no\"", TRUE,
                  ZC_ERROR_INVALID, "canonical");
  assert_refused (good, "<item id=\"A01\"></item>", "<item id=\"A01\"/>", TRUE, ZC_ERROR_INVALID,
                  "canonical");
  assert_refused (good, "<ledger id=\"vendors\">\n</ledger>\n", "", TRUE, ZC_ERROR_INVALID, "canonical");
  assert_refused (good, scheme->digest, "0000000000000000000000000000000000000000000000000000000000000000",
                  TRUE, ZC_ERROR_INVALID, "version");
}

/* Cut anywhere, with any byte changed: refused or read, but nothing else happens. */
static void
test_damaged (void)
{
  g_autoptr (ZcRecord) record = whole ();
  g_autoptr (GBytes) good = zc_record_to_bytes (record);
  gsize size = g_bytes_get_size (good);

  for (gsize i = 0; i < size; i += 3)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, i);
      g_autofree char *flipped = g_memdup2 (g_bytes_get_data (good, NULL), size);
      g_autoptr (GBytes) bad = NULL;
      g_autoptr (GError) cut_error = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcRecord) read = NULL;

      g_assert_null (zc_record_parse (cut, scheme, FALSE, &cut_error));
      g_assert_nonnull (cut_error);
      flipped[i] ^= 1 << (i % 7);
      bad = g_bytes_new (flipped, size);
      read = zc_record_parse (bad, scheme, TRUE, &error);
      g_assert_true ((read == NULL) == (error != NULL));
      if (read)
        {
          /* It was a text that changed: then exactly that place is named, or the root's own words. */
          g_autoptr (GBytes) again = zc_record_to_bytes (read);

          assert_same_bytes (again, bad);
        }
    }
}

static void
test_too_many_rows (void)
{
  GString *rows = g_string_new ("<ledger id='systems'>");
  g_autofree char *parts = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= ZC_RECORD_MAX_ROWS + 1; i++)
    g_string_append_printf (rows, "<row id='%d'/>", i);
  g_string_append (rows, "</ledger>");
  parts = sample_parts ("", "", rows->str, "", "", "");
  g_string_free (rows, TRUE);
  bytes = sample_wrap (scheme, parts);
  g_assert_null (zc_record_parse (bytes, scheme, FALSE, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_LIMIT);
}

static void
test_scheme_id (void)
{
  g_autofree char *parts = sample_parts ("", "", "", "", "", "");
  g_autoptr (GBytes) good = sample_wrap (scheme, parts);
  g_autoptr (GBytes) bad = g_bytes_new_static ("<scheme id='x'/>", 16);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = zc_record_scheme_id (good, &error);

  g_assert_cmpstr (id, ==, "sample");
  g_assert_null (zc_record_scheme_id (bad, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
}

/* XPath */

static void
test_xpath_numbers (void)
{
  static const struct
  {
    const char *xpath;
    double number;
  } cases[] = {
    { "count(rows('systems'))", 3 },
    { "count(rows('systems')[cell('level') = '3'])", 2 },
    { "count( rows( \"systems\" ) [ cell(\"level\")='3' and cellnum('cost') > 1 ] )", 1 },
    { "count(rows('systems')[cell[@column='level'] = '2'])", 1 },
    { "count(rows('systems')[2]/cell)", 3 },
    { "count(rows('systems')[cellnum('cost')])", 0 },
    { "count(rows('systems')[cell('level') = '3'][2])", 1 },
    { "count(rows('systems')[position() > 1])", 2 },
    { "count(rows('systems')[position() = last()][cell('name') = '办公'])", 1 },
    { "count(rows('systems')[not(cell('cost'))])", 1 },
    { "count(rows('systems')[not(cellnum('cost') > 0)])", 1 },
    { "count(rows('systems')[cell('name') = ']'])", 0 },
    { "count(rows('systems')[count(rows('systems')[cell('level') = '2']) = 1])", 3 },
    { "count(rows('systems')[contains(cell('name'), '门')])", 1 },
    { "count(/record/ledgers/ledger/row)", 3 },
    { "count(ledgers//cell)", 8 },
    { "count(rows('none'))", 0 },
    { "total('systems', 'cost')", 3.75 },
    { "total('systems', 'none') + total('none', 'cost')", 0 },
    { "sum(rows('systems')/cell[@column='cost'])", 3.75 },
    { "num('x.graded') + num('x.budget')", 3 },
    { "count(findings())", 1 },
    { "count(findings()[@item = 'A02' and @state = 'open'])", 1 },
    { "count(evidence('A01'))", 1 },
    { "count(evidence('A02'))", 0 },
    { "day('2026-03-03') - day('2026-02-27')", 4 },
    { "workdays('2026-02-27', '2026-03-03')", 2 },
    { "workdays('2026-02-28', '2026-03-01')", 0 },
    { "workdays(day('2026-02-26'), day('2026-03-09'))", 7 },
    { "workdays('2026-03-03', '2026-02-27')", 0 },
    { "workdays('2026-09-30', '2026-10-10')", 3 }, /* a week of rest, and a Saturday of work */
    { "workdays('2026-10-01', '2026-10-07')", 0 },
    { "string-length(answer('A02'))", 2 },
    { "5 div 2 * 2 mod 3", 2 },
  };
  g_autoptr (ZcRecord) record = whole ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int twice = 0; twice < 2; twice++)
      {
        g_test_message ("%s", cases[i].xpath);
        g_assert_cmpfloat (zc_record_eval_number (record, cases[i].xpath, NULL), ==, cases[i].number);
      }
}

static void
test_xpath_strings (void)
{
  static const struct
  {
    const char *xpath, *string;
  } cases[] = {
    { "fact('unit.name')", "某局" },
    { "fact('none')", "" },
    { "fact('x.host')", "" },
    { "answer('A02')", "no" },
    { "answer('A01')", "" },
    { "1 div 3", "0.333333333" },
    { "1 div 0", "" },
    { "day('never')", "" },
    { "has('x.protect', 'av')", "true" },
    { "has('x.protect', 'a')", "false" },
    { "has('x.protect', '')", "false" },
    { "matches('2016-1', '^[0-9]{4}')", "true" },
    { "matches('abc', '^b')", "false" },
    { "workdays('x', '2026-01-01')", "" },
    { "rows('systems')[1]/cell[1]", "门户" },
    { "string(/record/@revision)", "1" },
    { "rows('none')", "" },
    { "rows('systems')[cell('level') = '2']/@id", "1" },
  };
  g_autoptr (ZcRecord) record = whole ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *string = zc_record_eval_string (record, cases[i].xpath, NULL);

      g_test_message ("%s", cases[i].xpath);
      g_assert_cmpstr (string, ==, cases[i].string);
    }
}

static void
test_xpath_failing (void)
{
  static const char *const cases[] = {
    "count(",
    "none()",
    "fact()",
    "fact('a', 'b')",
    "rows()",
    "today(1)",
    "matches('a', '(')",
    "$x",
    "x:y()",
    "document('/etc/passwd')",
    "_rows('systems', 99)",
    "_rows('systems', -1)",
    "_rows('systems', 'x')",
    "count('x')",
    "key('a', 'b')",
    "current()",
    "",
  };
  g_autoptr (ZcRecord) record = whole ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *string = zc_record_eval_string (record, cases[i], NULL);
      g_autoptr (GPtrArray) nodes = zc_record_eval_nodes (record, cases[i], NULL);

      g_test_message ("%s", cases[i]);
      g_assert_false (zc_record_eval_boolean (record, cases[i], NULL));
      g_assert_true (isnan (zc_record_eval_number (record, cases[i], NULL)));
      g_assert_cmpstr (string, ==, "");
      g_assert_cmpuint (nodes->len, ==, 0);
    }
}

/* An expression that would take for ever is given up. */
static void
test_xpath_too_long (void)
{
  GString *rows = g_string_new ("<ledger id='systems'>");
  g_autoptr (ZcRecord) record = NULL;

  for (int i = 1; i <= 3000; i++)
    g_string_append_printf (rows, "<row id='%d'><cell column='name'>n%d</cell></row>", i, i);
  g_string_append (rows, "</ledger>");
  record = sample_record (scheme, "", "", rows->str, "", "", "");
  g_string_free (rows, TRUE);
  g_assert_false (
      zc_record_eval_boolean (record, "count(//cell[count(//cell[count(//cell) > 0]) > 0]) > 0", NULL));
  g_assert_true (zc_record_eval_boolean (record, "count(//cell) = 3000", NULL));
  g_assert_true (zc_record_eval_boolean (record, "count(rows('systems')[cell('name') = 'n7']) = 1", NULL));
  /* A pattern that backtracks without end. */
  g_assert_false (zc_record_eval_boolean (
      record, "matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '^(a+)+$')", NULL));
}

static void
test_xpath_context (void)
{
  g_autoptr (ZcRecord) record = whole ();
  g_autoptr (GPtrArray) rows = zc_record_rows (record, "systems");
  g_autoptr (GPtrArray) findings = zc_record_findings (record);
  g_autofree char *name = zc_record_eval_string (record, "cell('name')", rows->pdata[1]);
  g_autofree char *problem = zc_record_eval_string (record, "cell('problem')", findings->pdata[0]);
  g_autofree char *none = zc_record_eval_string (record, "cell('name')", NULL);

  g_assert_cmpstr (name, ==, "邮件");
  g_assert_cmpstr (problem, ==, "无制度");
  g_assert_cmpstr (none, ==, "");
  g_assert_true (
      zc_record_eval_boolean (record, "cell('level') = '3' and cellnum('cost') = 1.5", rows->pdata[0]));
  g_assert_false (
      zc_record_eval_boolean (record, "cell('level') = '3' and cellnum('cost') = 1.5", rows->pdata[2]));
  g_assert_true (zc_record_eval_boolean (record, "@due = '2026-05-01'", findings->pdata[0]));
  g_assert_true (zc_record_eval_boolean (record, "../@id = 'systems'", rows->pdata[0]));
}

static void
test_xpath_today (void)
{
  g_autoptr (ZcRecord) record = whole ();
  g_autoptr (GDateTime) first = g_date_time_new_from_iso8601 ("2026-03-02T09:00:00+08:00", NULL);
  g_autoptr (GDateTime) second = g_date_time_new_from_iso8601 ("2026-03-03T09:00:00+08:00", NULL);

  zc_clock_set (first);
  g_assert_true (zc_record_eval_boolean (record, "today() = day('2026-03-02')", NULL));
  zc_clock_set (second);
  g_assert_true (zc_record_eval_boolean (record, "today() = day('2026-03-03')", NULL));
  zc_clock_set (NULL);
}

/* Names and values */

static void
test_get_and_display (void)
{
  static const struct
  {
    const char *place, *value, *display, *label;
  } cases[] = {
    { "fact:unit.name", "某局", "某局", "单位名称" },
    { "fact:n.systems", "3", "3", "系统总数" },
    { "fact:x.protect", "waf av", "防火墙、防病毒", "防护措施" },
    { "fact:none", NULL, "", "none" },
    { "answer:A02/conformity", "no", "不符合", "A02 “制度健全”, 自查结果" },
    { "answer:A02/note", "说明", "说明", "A02 “制度健全”, 说明" },
    { "answer:A02/item", NULL, "", "A02 “制度健全”" },
    { "cell:systems/1/level", "2", "第二级", "系统台账 row 2 (邮件), 等级" },
    { "cell:systems/9/level", NULL, "", "系统台账, a row that is not there, 等级" },
    { "row:systems/3", NULL, "", "系统台账 row 1 (门户)" },
    { "finding:2/due", "2026-05-01", "2026年5月1日", "finding 2 of A02 “制度健全”, 完成时限" },
    { "finding:2/id", NULL, "", "finding 2 of A02 “制度健全”" },
    { "text:c1", "共{n.systems}个", "共3个", "the text of “一、组织情况”" },
    { "link:A01/5", "1", "1", "evidence “文件5.pdf” at A01 “责任人明确”" },
    { "link:A02/5", NULL, "", "evidence “文件5.pdf” at A02 “制度健全”" },
    { "evidence:5/caption", NULL, "", "the caption of evidence “文件5.pdf”" },
    { "item:A01", NULL, "", "A01 “责任人明确”" },
    { "ledger:systems", NULL, "", "系统台账" },
    { "nonsense", NULL, "", "nonsense" },
  };
  g_autoptr (ZcRecord) record = whole ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = zc_record_get (record, cases[i].place);
      g_autofree char *display = zc_record_display (record, cases[i].place);
      g_autofree char *label = zc_record_label (record, cases[i].place);

      g_assert_cmpstr (value, ==, cases[i].value);
      g_assert_cmpstr (display, ==, cases[i].display);
      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

static void
test_places (void)
{
  static const char *const expected[] = {
    "fact:unit.name",
    "fact:x.graded",
    "fact:x.protect",
    "answer:A02/conformity",
    "answer:A02/note",
    "cell:systems/3/name",
    "cell:systems/3/level",
    "cell:systems/3/cost",
    "cell:systems/1/name",
    "cell:systems/1/level",
    "cell:systems/1/cost",
    "cell:systems/7/name",
    "cell:systems/7/level",
    "finding:2/problem",
    "finding:2/due",
    "finding:2/state",
    "text:c1",
  };
  g_autoptr (ZcRecord) record = whole ();
  g_autoptr (GPtrArray) places = zc_record_places (record);

  g_assert_cmpuint (places->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < places->len; i++)
    g_assert_cmpstr (places->pdata[i], ==, expected[i]);
}

static void
test_node_places (void)
{
  g_autoptr (ZcRecord) record = whole ();
  static const struct
  {
    const char *xpath, *place;
  } cases[] = {
    { "/record", NULL },
    { "rows('systems')[2]", "row:systems/1" },
    { "rows('systems')[2]/cell[2]", "cell:systems/1/level" },
    { "findings()", "finding:2/item" },
    { "//fact[1]", "fact:unit.name" },
    { "//answer/note", "item:A02" },
    { "//text", "text:c1" },
    { "//file/item", "evidence:5/caption" },
    { "//ledger[2]", "ledger:vendors" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) nodes = zc_record_eval_nodes (record, cases[i].xpath, NULL);
      g_autofree char *place = NULL;

      g_assert_cmpuint (nodes->len, >, 0);
      place = zc_record_node_place (nodes->pdata[0]);
      g_assert_cmpstr (place, ==, cases[i].place);
    }
}

/* Differences */

static void
test_first_difference (void)
{
  static const struct
  {
    const char *what, *with, *place;
  } cases[] = {
    { ">某局<", ">某某局<", "fact:unit.name" },
    { "<fact id=\"x.graded\">3</fact>\n", "", "fact:x.graded" },
    { "conformity=\"no\"", "conformity=\"partly\"", "answer:A02/conformity" },
    { "<note>说明</note>\n", "", "answer:A02/note" },
    { ">门户<", ">门厅<", "cell:systems/3/name" },
    { "<row id=\"7\">", "<row id=\"8\">", "row:systems/8" },
    { "<row id=\"3\">", "<row id=\"9\">", "row:systems/9" },
    { "due=\"2026-05-01\"", "due=\"2026-05-02\"", "finding:2/due" },
    { "<finding due=\"2026-05-01\" id=\"2\"", "<finding due=\"2026-05-01\" id=\"3\"", "finding:2/due" },
    { "共{n.systems}个", "共{n.level3}个", "text:c1" },
    { "name=\"文件5.pdf\"", "name=\"文件6.pdf\"", "evidence:5/name" },
    { "<item id=\"A01\">", "<item id=\"A02\">", "link:A01/5" },
    { "<item id=\"A01\"></item>\n", "", "link:A01/5" },
    { "revision=\"1\"", "revision=\"2\"", NULL },
  };
  g_autoptr (ZcRecord) record = whole ();
  g_autoptr (GBytes) bytes = zc_record_to_bytes (record);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) changed = replaced (bytes, cases[i].what, cases[i].with);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcRecord) other = zc_record_parse (changed, scheme, FALSE, &error);
      g_autofree char *place = NULL;
      g_autofree char *back = NULL;

      g_assert_no_error (error);
      place = zc_record_first_difference (record, other);
      back = zc_record_first_difference (other, record);
      g_test_message ("%s -> %s", cases[i].what, cases[i].with);
      g_assert_cmpstr (place, ==, cases[i].place);
      g_assert_true ((back == NULL) == (place == NULL));
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  scheme = sample_scheme ();
  g_test_add_func ("/record/canonical/random", test_canonical_random);
  g_test_add_func ("/record/canonical/form", test_canonical_form);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/record/refused/", refused[i].name, NULL);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/record/refused/root", test_refused_root);
  g_test_add_func ("/record/refused/strict", test_refused_strict);
  g_test_add_func ("/record/refused/damaged", test_damaged);
  g_test_add_func ("/record/refused/too-many-rows", test_too_many_rows);
  g_test_add_func ("/record/scheme-id", test_scheme_id);
  g_test_add_func ("/record/xpath/numbers", test_xpath_numbers);
  g_test_add_func ("/record/xpath/strings", test_xpath_strings);
  g_test_add_func ("/record/xpath/failing", test_xpath_failing);
  g_test_add_func ("/record/xpath/too-long", test_xpath_too_long);
  g_test_add_func ("/record/xpath/context", test_xpath_context);
  g_test_add_func ("/record/xpath/today", test_xpath_today);
  g_test_add_func ("/record/places/values", test_get_and_display);
  g_test_add_func ("/record/places/typed", test_places);
  g_test_add_func ("/record/places/nodes", test_node_places);
  g_test_add_func ("/record/difference/first", test_first_difference);
  status = g_test_run ();
  zc_scheme_unref (scheme);
  return status;
}
