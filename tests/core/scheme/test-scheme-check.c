/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Faults: every file of fixtures/schemes-bad has one, is named for it, and must be told so at its line. */

#include "scheme-testing.h"
#include "scheme/zc-scheme-private.h"
#include "scheme/zc-xpath-names.h"

#include <libxml/relaxng.h>
#include <string.h>

static const struct
{
  const char *file;
  int line;
  const char *says;
} bad[] = {
  { "xxe", 1, "DOCTYPE" },
  { "relative-day-malformed", 15, "period.end+3" },
  { "relative-day-without-period", 15, "<period> names no days" },
  { "relative-day-period-not-asked", 15, "fact=\"period.from\"" },
  { "relative-stage-backwards", 12, "before it starts" },
  { "rest-too-long", 12, "at most 31 days" },
  { "rest-too-many", 58, "more than 1000 days" },
  { "rest-backwards", 12, "at most 31 days" },
  { "work-on-a-weekday", 12, "working day already" },
  { "external-dtd", 1, "DOCTYPE" },
  { "billion-laughs", 1, "DOCTYPE" },
  { "undefined-entity", 8, "nbsp" },
  { "deep-nesting", 1, "nested too deeply" },
  { "very-deep-nesting", 2, "well-formed" },
  { "empty", 1, "empty" },
  { "not-xml", 1, "well-formed" },
  { "unclosed-element", 44, "<section> of line 36" },
  { "cut-off", 46, "well-formed" },
  { "unescaped-less-than", 54, "&lt;" },
  { "xinclude", 11, "include" },
  { "wrong-root", 1, "checklist" },
  { "with-namespace", 2, "xmlns" },
  { "bad-encoding", 1, "well-formed" },
  { "wrong-encoding", 1, "encoding=\"UTF-8\"" },
  { "missing-id", 37, "“id”" },
  { "missing-version", 2, "“version”" },
  { "missing-notice-about", 3, "<about>" },
  { "missing-documents", 2, "<documents>" },
  { "invalid-id", 37, "A 1" },
  { "unknown-attribute", 36, "“clause”" },
  { "unknown-element", 39, "“requirement”" },
  { "element-in-wrong-place", 47, "<item>" },
  { "element-twice", 39, "two <title>" },
  { "loose-text", 47, "规则如下" },
  { "wrong-value", 10, "“yearly”" },
  { "wrong-type", 32, "datum" },
  { "wrong-yes", 40, "true" },
  { "date-in-words", 5, "2026年3月2日" },
  { "empty-ledger", 30, "<column>" },
  { "bad-filename", 50, "../报告" },
  { "wide-column", 31, "30" },
  { "text-in-empty-element", 42, "台账" },
  { "duplicate-fact", 26, "“a”" },
  { "duplicate-item", 44, "“A1”" },
  { "duplicate-column", 32, "“name”" },
  { "duplicate-option", 24, "“yes”" },
  { "duplicate-option-text", 24, "“是”" },
  { "duplicate-rule", 48, "“V1”" },
  { "duplicate-document", 66, "“summary”" },
  { "duplicate-file", 66, "“baogao”" },
  { "duplicate-chapter", 57, "“c1”" },
  { "duplicate-section", 45, "“s1”" },
  { "duplicate-stage", 13, "“self”" },
  { "duplicate-delivery", 16, "“paper”" },
  { "unknown-fact", 41, "“aa”" },
  { "unknown-ledger", 42, "“ll”" },
  { "unknown-evidence-kind", 40, "E99" },
  { "unknown-document", 15, "“summary”" },
  { "unknown-delivery-item", 15, "A9" },
  { "unknown-title-column", 30, "“name”" },
  { "unknown-column-in-cell", 60, "“date”" },
  { "unknown-fact-in-cell", 58, "“z”" },
  { "unknown-item-in-cell", 62, "“A7”" },
  { "unknown-dictionary-fact", 26, "“unit.name”" },
  { "unknown-dictionary-ledger", 30, "“systems”" },
  { "used-twice", 27, "“unit.name” is used twice" },
  { "unknown-section", 57, "“s2”" },
  { "field-twice", 41, "twice" },
  { "xpath-not-closed", 47, "not well formed" },
  { "xpath-unknown-function", 27, "“count”" },
  { "xpath-unknown-fact", 54, "“aa”" },
  { "xpath-unknown-ledger", 27, "“k”" },
  { "xpath-unknown-column", 47, "“name”" },
  { "xpath-unknown-item", 54, "“A8”" },
  { "xpath-unknown-option", 54, "“ja”" },
  { "xpath-unknown-answer", 54, "'ok'" },
  { "xpath-too-few-arguments", 27, "total()" },
  { "xpath-too-many-arguments", 27, "num()" },
  { "xpath-cell-without-row", 54, "no row" },
  { "xpath-variable", 54, "$a" },
  { "xpath-namespace", 54, "x:row" },
  { "xpath-has-of-single-choice", 54, "fact('b') = 'yes'" },
  { "xpath-bad-date", 54, "2026-02-30" },
  { "xpath-bad-regex", 54, "[0-9" },
  { "derived-from-itself", 27, "itself" },
  { "derived-from-later", 27, "“m”" },
  { "derived-from-clock", 27, "today()" },
  { "bad-pattern", 26, "[0-9+" },
  { "example-refused", 26, "一一〇" },
  { "min-above-max", 21, "“a”" },
  { "range-of-text", 26, "“min”" },
  { "pattern-of-number", 21, "pattern" },
  { "choice-without-options", 22, "“b”" },
  { "options-of-text", 22, "“b”" },
  { "exclusive-single", 24, "exclusive" },
  { "no-such-day", 5, "2026-02-30" },
  { "stage-backwards", 12, "before it starts" },
  { "period-backwards", 10, "before it starts" },
  { "expired-without-reason", 3, "<status-text>" },
  { "item-asks-nothing", 44, "“A2”" },
  { "condition-without-words", 37, "condition" },
  { "evidence-when-not-required", 40, "required" },
  { "column-called-row", 33, "“row”" },
  { "ledger-called-findings", 34, "“findings”" },
  { "empty-item-title", 37, "“A1”" },
  { "empty-rule-message", 47, "<rule>" },
  { "impossible-regex-in-use", 26, "(?P<n>a" },
  { "template-unknown-fact", 54, "“aa”" },
  { "template-not-closed", 54, "{{" },
  { "template-lone-brace", 54, "}}" },
  { "template-column-without-row", 54, "{@name}" },
  { "template-unknown-column", 47, "“nom”" },
  { "template-not-a-place", 54, "cell:l" },
  { "place-malformed", 47, "row l" },
  { "place-unknown-column", 47, "“nom”" },
  { "place-unknown-ledger", 47, "“k”" },
  { "place-unknown-answer-field", 47, "“score”" },
  { "place-unknown-chapter", 47, "“c9”" },
  { "document-prints-nothing", 66, "“x”" },
  { "table-row-too-long", 63, "3 columns" },
  { "table-row-too-short", 63, "2 of 3" },
  { "table-rows-beyond-end", 63, "beyond" },
  { "table-rows-beyond-each", 60, "beyond" },
  { "table-header-too-long", 57, "header-rows" },
  { "cell-shows-two-things", 62, "one thing" },
  { "cell-column-outside-each", 62, "<each" },
  { "cell-note-without-answer", 62, "note" },
  { "cell-boxes-of-number", 58, "boxes" },
  { "each-of-nothing", 59, "either" },
  { "each-of-two", 59, "either" },
  { "findings-unknown-field", 60, "“cost”" },
};

static char *
fixture_path (const char *folder, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".xml", NULL);

  g_assert_nonnull (g_getenv ("ZICHA_FIXTURES"));
  return g_build_filename (g_getenv ("ZICHA_FIXTURES"), folder, file, NULL);
}

static void
test_bad (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *path = fixture_path ("schemes-bad", bad[i].file);
  g_autoptr (GBytes) bytes = read_file (path);
  g_autoptr (GPtrArray) faults = zc_scheme_check (bytes, bad[i].file);
  g_autoptr (GError) error = NULL;
  const ZcFault *fault;

  g_assert_cmpuint (faults->len, ==, 1);
  fault = g_ptr_array_index (faults, 0);
  g_test_message ("%s", fault->message);
  g_assert_cmpint (fault->line, ==, bad[i].line);
  g_assert_nonnull (strstr (fault->message, bad[i].says));

  g_assert_null (zc_scheme_load_bytes (bytes, bad[i].file, &error));
  g_assert_true (error && error->domain == ZC_ERROR);
  g_assert_nonnull (strstr (error->message, bad[i].file));
}

/* A fixture that nobody tests proves nothing. */
static void
test_every_file_is_tested (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ZICHA_FIXTURES"), "schemes-bad", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (bad));
}

/* The grammar twice: our reader of scheme.rng and libxml2's validator must agree on every file. */

static xmlRelaxNG *
load_validator (void)
{
  g_autoptr (GBytes) bytes = zc_scheme_resource ("scheme.rng");
  xmlRelaxNGParserCtxt *context =
    xmlRelaxNGNewMemParserCtxt (g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes));
  xmlRelaxNG *schema = xmlRelaxNGParse (context);

  xmlRelaxNGFreeParserCtxt (context);
  g_assert_nonnull (schema);
  return schema;
}

static void
ignore_error (void *data, xmlError *error)
{
}

static void
expect_agreement (xmlRelaxNG *schema, const char *path)
{
  g_autoptr (GBytes) bytes = read_file (path);
  g_autoptr (xmlDoc) doc = zc_xml_parse (bytes, path, NULL);
  g_autoptr (GPtrArray) list = zc_fault_list_new ();
  ZcFaults faults = { list, path };
  xmlRelaxNGValidCtxt *context;
  const char *root;
  gboolean valid;

  if (!doc)
    return;
  root = (const char *) xmlDocGetRootElement (doc)->name;
  context = xmlRelaxNGNewValidCtxt (schema);
  xmlRelaxNGSetValidStructuredErrors (context, ignore_error, NULL);
  valid = xmlRelaxNGValidateDoc (context, doc) == 0;
  xmlRelaxNGFreeValidCtxt (context);
  zc_grammar_check (xmlDocGetRootElement (doc), strcmp (root, "dictionary") == 0 ? root : "scheme", &faults);
  if (valid != (list->len == 0))
    g_error ("%s: libxml2 says %s, we say %s", path, valid ? "good" : "bad", list->len == 0 ? "good" : "bad");
}

static void
expect_agreement_in (xmlRelaxNG *schema, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".xml"))
        expect_agreement (schema, path);
    }
}

static void
test_agreement (void)
{
  xmlRelaxNG *schema = load_validator ();
  g_autofree char *shipped = g_build_filename (data_folder, "schemes", NULL);
  g_autofree char *fixtures = g_build_filename (g_getenv ("ZICHA_FIXTURES"), "schemes-bad", NULL);
  g_autofree char *examples = g_build_filename (g_getenv ("ZICHA_FIXTURES"), "schemes", NULL);

  expect_agreement_in (schema, shipped);
  expect_agreement_in (schema, fixtures);
  expect_agreement_in (schema, examples);
  xmlRelaxNGFree (schema);
}

/* Limits */

static void
expect_first_fault (const char *text, gsize size, const char *says)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);
  g_autoptr (GPtrArray) faults = zc_scheme_check (bytes, "x.xml");

  g_assert_cmpuint (faults->len, >, 0);
  g_assert_cmpuint (faults->len, <=, ZC_SCHEME_MAX_FAULTS);
  if (!strstr (((ZcFault *) g_ptr_array_index (faults, 0))->message, says))
    g_error ("“%s” does not say “%s”", ((ZcFault *) g_ptr_array_index (faults, 0))->message, says);
}

static char *
many (const char *before, const char *format, guint n, const char *after)
{
  g_autoptr (GString) extra = g_string_new (before);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  for (guint i = 0; i < n; i++)
    g_string_append_printf (extra, format, i);
#pragma GCC diagnostic pop
  g_string_append (extra, after);
  return g_strdup (extra->str);
}

static void
test_huge (void)
{
  g_autofree char *blank = g_strnfill (ZC_SCHEME_MAX_BYTES, ' ');
  g_autofree char *text = scheme_text (blank);

  expect_first_fault (text, strlen (text), "too large");
}

static void
test_too_many_rules (void)
{
  const char *rule = "<rule id=\"R%u\" level=\"note\" test=\"true()\" at=\"item:X1\">x</rule>";
  g_autofree char *good_rules = many ("<rules>", rule, ZC_SCHEME_MAX_RULES, "</rules>");
  g_autofree char *bad_rules = many ("<rules>", rule, ZC_SCHEME_MAX_RULES + 1, "</rules>");
  g_autofree char *text = scheme_text (bad_rules);
  g_autoptr (ZcScheme) good = scheme_with (good_rules);

  g_assert_cmpuint (good->rules->len, ==, ZC_SCHEME_MAX_RULES);
  expect_first_fault (text, strlen (text), "2001 rules");
}

static void
test_too_many_items (void)
{
  g_autofree char *items = many ("", "<item id=\"I%u\"><title>t</title></item>", ZC_SCHEME_MAX_ITEMS, "</section>");
  g_autofree char *text = scheme_text ("");
  g_auto (GStrv) parts = g_strsplit (text, "</section>", 2);
  g_autofree char *whole = g_strjoinv (items, parts);

  expect_first_fault (whole, strlen (whole), "5001 items");
}

/* All faults are told, not only the first; but not without end. */
static void
test_many_faults (void)
{
  g_autofree char *rules = many ("<rules>\n", "<rule id=\"R%u\" level=\"note\" test=\"nothing()\" at=\"item:X1\">x</rule>\n", 50, "</rules>");
  g_autofree char *endless = many ("<rules>", "<rule id=\"R%u\" level=\"note\" test=\"1 +\" at=\"x\">{</rule>", 1000, "</rules>");
  g_autofree char *text = scheme_text (rules);
  g_autofree char *long_text = scheme_text (endless);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) faults = zc_scheme_check (bytes, "x.xml");

  g_assert_cmpuint (faults->len, ==, 50);
  for (guint i = 0; i < faults->len; i++)
    g_assert_cmpint (((ZcFault *) g_ptr_array_index (faults, i))->line, ==, (int) i + 2);
  expect_first_fault (long_text, strlen (long_text), "XPath");
}

static void
test_nul_and_invalid_utf8 (void)
{
  g_autofree char *text = scheme_text ("");

  text[strlen (text) / 2] = '\xff';
  expect_first_fault (text, strlen (text), "UTF-8");
  expect_first_fault ("<scheme\0/>", 10, "well-formed");
}

/* Expressions */

static const struct
{
  const char *xpath, *scope, *says;
} expressions[] = {
  { "count(rows('l')[cell('name') = 'x'][cellnum('size') > 3]) = num('a')", NULL, NULL },
  { "rows('l')[cell('nme') = 'x']", NULL, "“name”" },
  { "rows('l')[1][cell('nme') = 'x']", NULL, "“name”" },
  { "rows('l')[position() < last() and cell('k') = 'no']", NULL, NULL },
  { "rows('l')[cell('k') = 'never']", NULL, "“never”" },
  { "'never' != fact('b')", NULL, "“never”" },
  { "fact('b') = ''", NULL, NULL },
  { "has('m', 'x') or has('m', 'y')", NULL, NULL },
  { "has('m', 'z')", NULL, "“z”" },
  { "total('l', 'size') div 2 > num('a') - 1", NULL, NULL },
  { "total('l', 'sise')", NULL, "“size”" },
  { "rows('l')/cell[@column='name']", NULL, NULL },
  { "rows(concat('l', ''))[cell('anything') = '']", NULL, NULL },
  { "cell('name')", "l", NULL },
  { "cell('name')", "findings", "Findings" },
  { "cell('name')", "?", NULL },
  { "cell('name')", NULL, "no row" },
  { "findings()[@item = 'X1' and @state != 'done']", NULL, NULL },
  { "findings()[cell('name') = '']", NULL, "Findings" },
  { "workdays('2016-07-01', fact('t')) <= 5", NULL, NULL },
  { "day('soon')", NULL, "soon" },
  { "matches(fact('t'), '^[a-z]+$')", NULL, NULL },
  { "div div div", NULL, NULL },
  { "and or or", NULL, NULL },
  { "text() | node() | comment()", NULL, NULL },
  { "document('/etc/passwd')", NULL, "document()" },
  { "id('x')", NULL, "id()" },
  { "fact()", NULL, "at least 1 argument" },
  { "substring('abc', 1, 2, 3)", NULL, "at most 3 arguments" },
  { "concat('a', 'b', 'c', 'd', 'e')", NULL, NULL },
  { "((((1))))", NULL, NULL },
  { "1 +", NULL, "not well formed" },
  { "'open", NULL, "not well formed" },
  { "", NULL, "not well formed" },
};

static ZcScheme *
scheme_of_names (void)
{
  return scheme_with ("<facts><fact id=\"a\" type=\"number\" label=\"a\"/><fact id=\"t\" type=\"text\" label=\"t\"/>"
                      "<fact id=\"b\" type=\"choice\" label=\"b\"><option id=\"yes\">1</option></fact>"
                      "<fact id=\"m\" type=\"multiple\" label=\"m\"><option id=\"x\">1</option><option id=\"y\">2</option></fact></facts>"
                      "<ledgers><ledger id=\"l\" label=\"l\"><column id=\"name\" type=\"text\" label=\"n\"/>"
                      "<column id=\"size\" type=\"number\" label=\"s\"/>"
                      "<column id=\"k\" type=\"choice\" label=\"k\"><option id=\"no\">1</option></column></ledger></ledgers>");
}

static void
test_expressions (void)
{
  g_autoptr (ZcScheme) scheme = scheme_of_names ();

  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean good = zc_xpath_check (scheme, expressions[i].xpath, expressions[i].scope, &error);

      g_test_message ("%s → %s", expressions[i].xpath, error ? error->message : "good");
      g_assert_true (good == (expressions[i].says == NULL));
      g_assert_true (good == (error == NULL));
      if (!good)
        g_assert_nonnull (strstr (error->message, expressions[i].says));
    }
}

static void
test_long_expression (void)
{
  g_autoptr (ZcScheme) scheme = scheme_of_names ();
  g_autofree char *deep = many ("", "(", 1500, "1");
  g_autofree char *sum = many ("0", "+%u", 2000, "");
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  g_assert_false (zc_xpath_check (scheme, deep, NULL, &first));
  g_assert_false (zc_xpath_check (scheme, sum, NULL, &second));
  g_assert_error (second, ZC_ERROR, ZC_ERROR_LIMIT);
}

static void
test_scopes (void)
{
  static const char *const cases[][2] = {
    { "rows('l')", "l" },
    { "rows('l')[cell('name') = 'x']", "l" },
    { "rows(\"l\")[1][2]", "l" },
    { "findings()", "findings" },
    { "findings()[@state = 'open']", "findings" },
    { "rows('l')/cell", "?" },
    { "rows(fact('t'))", "?" },
    { "//row", "?" },
    { "", "?" },
    { "(rows('l'))", "?" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *scope = zc_xpath_scope (cases[i][0]);

      g_assert_cmpstr (scope, ==, cases[i][1]);
    }
}

/* Whatever function the check lets pass, record/ has to know: the list is exactly the documented one. */
static void
test_functions (void)
{
  guint n;
  const ZcXPathFunction *functions = zc_xpath_functions (&n);

  g_assert_cmpuint (n, ==, 14);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (functions[i].n_args, <=, G_N_ELEMENTS (functions[i].args));
}

int
main (int argc, char **argv)
{
  scheme_testing_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = g_strconcat ("/scheme-check/bad/", bad[i].file, NULL);

      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/scheme-check/bad/all-tested", test_every_file_is_tested);
  g_test_add_func ("/scheme-check/grammar/agrees-with-libxml2", test_agreement);
  g_test_add_func ("/scheme-check/limits/huge", test_huge);
  g_test_add_func ("/scheme-check/limits/rules", test_too_many_rules);
  g_test_add_func ("/scheme-check/limits/items", test_too_many_items);
  g_test_add_func ("/scheme-check/limits/faults", test_many_faults);
  g_test_add_func ("/scheme-check/limits/bytes", test_nul_and_invalid_utf8);
  g_test_add_func ("/scheme-check/xpath/names", test_expressions);
  g_test_add_func ("/scheme-check/xpath/long", test_long_expression);
  g_test_add_func ("/scheme-check/xpath/scopes", test_scopes);
  g_test_add_func ("/scheme-check/xpath/functions", test_functions);
  return scheme_testing_run ();
}
