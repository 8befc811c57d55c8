/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheme/zc-xpath-names.h"

#include "base/zc-place.h"
#include "base/zc-text.h"
#include "scheme/zc-scheme-private.h"
#include "scheme/zc-xpath-tokens.h"

#include <glib/gi18n-lib.h>
#include <libxml/xpath.h>
#include <string.h>

#define MAX_EXPRESSION 4096

static const ZcXPathFunction added[] = {
  { "fact", 1, { ZC_NAMES_FACT } },
  { "num", 1, { ZC_NAMES_FACT } },
  { "has", 2, { ZC_NAMES_FACT, ZC_NAMES_OPTION } },
  { "answer", 1, { ZC_NAMES_ITEM } },
  { "rows", 1, { ZC_NAMES_LEDGER } },
  { "cell", 1, { ZC_NAMES_COLUMN } },
  { "cellnum", 1, { ZC_NAMES_COLUMN } },
  { "total", 2, { ZC_NAMES_LEDGER, ZC_NAMES_COLUMN } },
  { "findings", 0, { ZC_NAMES_NOTHING } },
  { "evidence", 1, { ZC_NAMES_ITEM } },
  { "day", 1, { ZC_NAMES_DATE } },
  { "today", 0, { ZC_NAMES_NOTHING }, TRUE },
  { "workdays", 2, { ZC_NAMES_DATE, ZC_NAMES_DATE } },
  { "matches", 2, { ZC_NAMES_NOTHING, ZC_NAMES_REGEX } },
};

/* XPath 1.0 §4, with the least and the most arguments; id(), lang() and the namespace functions have no use
 * here. */
static const struct
{
  const char *name;
  guint least, most;
} core[] = {
  { "last", 0, 0 },
  { "position", 0, 0 },
  { "count", 1, 1 },
  { "string", 0, 1 },
  { "concat", 2, G_MAXUINT },
  { "starts-with", 2, 2 },
  { "contains", 2, 2 },
  { "substring-before", 2, 2 },
  { "substring-after", 2, 2 },
  { "substring", 2, 3 },
  { "string-length", 0, 1 },
  { "normalize-space", 0, 1 },
  { "translate", 3, 3 },
  { "boolean", 1, 1 },
  { "not", 1, 1 },
  { "true", 0, 0 },
  { "false", 0, 0 },
  { "number", 0, 1 },
  { "sum", 1, 1 },
  { "floor", 1, 1 },
  { "ceiling", 1, 1 },
  { "round", 1, 1 },
  { "name", 0, 1 },
  { "local-name", 0, 1 },
};

static const char *const answers[] = { "yes", "partly", "no", "na", "", NULL };

typedef struct
{
  const ZcScheme *scheme;
  const ZcField *derived; /* nullable: whose select it is */
  ZcTokens *tokens;
  GError **error;
} Check;

const ZcXPathFunction *
zc_xpath_functions (guint *n)
{
  *n = G_N_ELEMENTS (added);
  return added;
}

static const ZcXPathFunction *
find_added (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (added); i++)
    if (strcmp (added[i].name, name) == 0)
      return &added[i];
  return NULL;
}

static gboolean
unknown_function (const char *name, GError **error)
{
  const char *names[G_N_ELEMENTS (added) + G_N_ELEMENTS (core) + 1] = { NULL };
  g_autofree char *nearest = NULL;
  g_autofree char *all = NULL;
  gsize n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (added); i++)
    names[n++] = added[i].name;
  for (gsize i = 0; i < G_N_ELEMENTS (core); i++)
    names[n++] = core[i].name;
  nearest = zc_faults_nearest (name, names);
  all = g_strjoinv (", ", (char **) names);
  return zc_fail (error, ZC_ERROR_INVALID, _("There is no function %s().%s There are: %s."), name, nearest,
                  all);
}

static char *
nearest_key (GHashTable *table, const char *id)
{
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (table, NULL);

  return zc_faults_nearest (id, (const char *const *) keys);
}

/* Names of each kind */

static gboolean
check_fact (const Check *check, const char *id)
{
  const ZcSchemeReal *real = (const ZcSchemeReal *) check->scheme;
  const ZcField *fact = zc_scheme_find_fact (check->scheme, id);

  if (!fact)
    {
      g_autofree char *nearest = nearest_key (real->facts, id);

      return zc_fail (check->error, ZC_ERROR_INVALID,
                      _("There is no fact “%s”.%s Declare it under <facts>, or take it from the dictionary "
                         "by <use fact=\"%s\"/>."),
                      id, nearest, id);
    }
  if (check->derived && fact == check->derived)
    return zc_fail (check->error, ZC_ERROR_INVALID, _("The derived fact “%s” is computed from itself."), id);
  if (check->derived && fact->select && fact->order > check->derived->order)
    return zc_fail (check->error, ZC_ERROR_INVALID,
                    _("“%s” is computed from “%s”, which is derived further down. Move “%s” above it."),
                    check->derived->id, id, id);
  return TRUE;
}

static gboolean
check_item (const ZcScheme *scheme, const char *id, GError **error)
{
  g_autofree char *nearest = NULL;

  if (zc_scheme_find_item (scheme, id))
    return TRUE;
  nearest = nearest_key (((const ZcSchemeReal *) scheme)->items, id);
  return zc_fail (error, ZC_ERROR_INVALID, _("There is no item “%s”.%s"), id, nearest);
}

static gboolean
check_ledger (const ZcScheme *scheme, const char *id, GError **error)
{
  g_autofree char *nearest = NULL;

  if (zc_scheme_find_ledger (scheme, id))
    return TRUE;
  nearest = nearest_key (((const ZcSchemeReal *) scheme)->ledgers, id);
  return zc_fail (error, ZC_ERROR_INVALID, _("There is no ledger “%s”.%s"), id, nearest);
}

static gboolean
check_column (const ZcScheme *scheme, const char *scope, const char *id, GError **error)
{
  const ZcLedger *ledger;

  if (g_strcmp0 (scope, ZC_SCOPE_UNKNOWN) == 0)
    return TRUE;
  if (!scope)
    return zc_fail (
        error, ZC_ERROR_INVALID,
        _("The column “%s” is asked for where there is no row. Use rows('…')[…] or each=\"rows('…')\"."),
        id);
  if (strcmp (scope, ZC_SCOPE_FINDINGS) == 0)
    return zc_fail (error, ZC_ERROR_INVALID,
                    _("Findings have no column “%s”: cell() reads rows of ledgers. Write @%s or %s for a "
                       "field of the finding."),
                    id, id, id);
  ledger = zc_scheme_find_ledger (scheme, scope);
  if (ledger && !zc_ledger_find_column (ledger, id))
    {
      g_autofree char *nearest = nearest_key (((const ZcLedgerReal *) ledger)->columns, id);

      return zc_fail (error, ZC_ERROR_INVALID, _("The ledger “%s” has no column “%s”.%s"), scope, id,
                      nearest);
    }
  return TRUE;
}

static gboolean
check_option (const ZcField *field, const char *id, GError **error)
{
  g_autofree char *nearest = NULL;

  if (!field || (field->type != ZC_VALUE_CHOICE && field->type != ZC_VALUE_MULTIPLE) || !*id ||
      zc_field_find_option (field, id))
    return TRUE;
  nearest = nearest_key (((const ZcFieldReal *) field)->options, id);
  return zc_fail (error, ZC_ERROR_INVALID, _("“%s” has no option “%s”.%s"), field->id, id, nearest);
}

static gboolean
check_has (const ZcScheme *scheme, const char *fact, const char *option, GError **error)
{
  const ZcField *field = zc_scheme_find_fact (scheme, fact);

  if (field && field->type != ZC_VALUE_MULTIPLE)
    return zc_fail (error, ZC_ERROR_INVALID,
                    _("has() asks a multiple choice, and “%s” is none. Write fact('%s') = '%s'."), fact,
                    fact, option);
  return check_option (field, option, error);
}

static gboolean
check_regex (const char *pattern, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, &why);

  if (!regex)
    return zc_fail (error, ZC_ERROR_INVALID, _("The pattern “%s” is not a regular expression: %s."), pattern,
                    why->message);
  return TRUE;
}

/* Calls */

static gboolean
check_literal (const Check *check, const ZcXPathFunction *function, guint call, guint n)
{
  const char *text = zc_tokens_literal_argument (check->tokens, call, n);
  const char *before = n > 0 ? zc_tokens_literal_argument (check->tokens, call, n - 1) : NULL;

  if (!text)
    return TRUE;
  switch (function->args[n])
    {
    case ZC_NAMES_FACT:
      return check_fact (check, text);
    case ZC_NAMES_ITEM:
      return check_item (check->scheme, text, check->error);
    case ZC_NAMES_LEDGER:
      return check_ledger (check->scheme, text, check->error);
    case ZC_NAMES_COLUMN:
      if (n > 0)
        return check_column (check->scheme, before ? before : ZC_SCOPE_UNKNOWN, text, check->error);
      return check_column (check->scheme, zc_tokens_get (check->tokens, call)->scope, text, check->error);
    case ZC_NAMES_OPTION:
      return !before || check_has (check->scheme, before, text, check->error);
    case ZC_NAMES_DATE:
      if (*text && zc_date_to_days (text) == 0)
        return zc_fail (check->error, ZC_ERROR_INVALID,
                        _("“%s” is not a date. Write it as in '2016-07-08'."), text);
      return TRUE;
    case ZC_NAMES_REGEX:
      return check_regex (text, check->error);
    case ZC_NAMES_NOTHING:
    default:
      return TRUE;
    }
}

static gboolean
check_count (const char *name, guint given, guint least, guint most, GError **error)
{
  if (given < least)
    return zc_fail (error, ZC_ERROR_INVALID,
                    ngettext ("%s() needs at least %u argument, and %u are given.",
                              "%s() needs at least %u arguments, and %u are given.", least),
                    name, least, given);
  if (given > most)
    return zc_fail (error, ZC_ERROR_INVALID,
                    ngettext ("%s() takes at most %u argument, and %u are given.",
                              "%s() takes at most %u arguments, and %u are given.", most),
                    name, most, given);
  return TRUE;
}

static gboolean
check_call (const Check *check, guint call)
{
  const char *name = zc_tokens_get (check->tokens, call)->text;
  const ZcXPathFunction *function = find_added (name);
  guint given = zc_tokens_count_arguments (check->tokens, call);

  if (!function)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (core); i++)
        if (strcmp (core[i].name, name) == 0)
          return check_count (name, given, core[i].least, core[i].most, check->error);
      return unknown_function (name, check->error);
    }
  if (!check_count (name, given, function->n_args, function->n_args, check->error))
    return FALSE;
  if (function->clock && check->derived)
    return zc_fail (check->error, ZC_ERROR_INVALID,
                    _("%s() can't stand in a derived fact, which must not change from day to day. Compare "
                       "in a rule instead."),
                    name);
  for (guint i = 0; i < function->n_args; i++)
    if (!check_literal (check, function, call, i))
      return FALSE;
  return TRUE;
}

/* fact('x') = 'option', either way round: an option that does not exist would never hold. */
static gboolean
check_comparison (const Check *check, guint call, const char *literal)
{
  const ZcToken *function = zc_tokens_get (check->tokens, call);
  const char *id = zc_tokens_literal_argument (check->tokens, call, 0);

  if (!id)
    return TRUE;
  if (strcmp (function->text, "fact") == 0)
    return check_option (zc_scheme_find_fact (check->scheme, id), literal, check->error);
  if (strcmp (function->text, "cell") == 0 && function->scope)
    {
      const ZcLedger *ledger = zc_scheme_find_ledger (check->scheme, function->scope);

      return !ledger || check_option (zc_ledger_find_column (ledger, id), literal, check->error);
    }
  if (strcmp (function->text, "answer") == 0 && !g_strv_contains (answers, literal))
    return zc_fail (check->error, ZC_ERROR_INVALID,
                    _("answer('%s') is never '%s'. It is 'yes', 'partly', 'no', 'na' or ''."), id, literal);
  return TRUE;
}

static gboolean
check_tokens (const Check *check)
{
  for (guint i = 0; i < zc_tokens_length (check->tokens); i++)
    {
      const ZcToken *token = zc_tokens_get (check->tokens, i);
      const char *literal;

      if (token->kind == ZC_TOKEN_VARIABLE)
        return zc_fail (check->error, ZC_ERROR_INVALID, _("There are no variables: take out “%s”."),
                        token->text);
      if (token->kind == ZC_TOKEN_NAME && strchr (token->text, ':'))
        return zc_fail (check->error, ZC_ERROR_INVALID,
                        _("There are no namespaces: write “%s” without its prefix."), token->text);
      if (token->kind != ZC_TOKEN_FUNCTION)
        continue;
      if (!check_call (check, i))
        return FALSE;
      literal = zc_tokens_compared_literal (check->tokens, i);
      if (literal && !check_comparison (check, i, literal))
        return FALSE;
    }
  return TRUE;
}

static void
remember_error (void *data, xmlError *found)
{
  int *offset = data;

  *offset = found->int1;
}

static gboolean
compiles (const char *xpath, GError **error)
{
  xmlXPathContext *context = xmlXPathNewContext (NULL);
  xmlXPathCompExpr *compiled;
  gboolean good;
  int offset = -1;

  context->error = remember_error;
  context->userData = &offset;
  compiled = xmlXPathCtxtCompile (context, (const xmlChar *) xpath);
  good = compiled != NULL;
  if (compiled)
    xmlXPathFreeCompExpr (compiled);
  xmlXPathFreeContext (context);
  if (good)
    return TRUE;
  if (offset > 0 && (gsize) offset < strlen (xpath) && g_utf8_validate (xpath + offset, -1, NULL))
    return zc_fail (error, ZC_ERROR_INVALID, _("The XPath “%s” is not well formed; it goes wrong at “%s”."),
                    xpath, xpath + offset);
  return zc_fail (error, ZC_ERROR_INVALID,
                  _("The XPath “%s” is not well formed; its end is missing or too much."), xpath);
}

static gboolean
check_expression (
    const ZcScheme *scheme, const char *xpath, const char *scope, const ZcField *derived, GError **error)
{
  g_autoptr (ZcTokens) tokens = NULL;
  Check check = { scheme, derived, NULL, error };

  if (strlen (xpath) > MAX_EXPRESSION)
    return zc_fail (error, ZC_ERROR_LIMIT,
                    _("The XPath is too long: at most %u bytes. Split it by a derived fact."),
                    MAX_EXPRESSION);
  if (!compiles (xpath, error))
    return FALSE;
  check.tokens = tokens = zc_tokens_new (xpath, scope);
  return check_tokens (&check);
}

gboolean
zc_xpath_check (const ZcScheme *scheme, const char *xpath, const char *scope, GError **error)
{
  return check_expression (scheme, xpath, scope, NULL, error);
}

gboolean
zc_xpath_check_derived (const ZcScheme *scheme, const char *xpath, const ZcField *fact, GError **error)
{
  return check_expression (scheme, xpath, ZC_SCOPE_NONE, fact, error);
}

char *
zc_xpath_scope (const char *xpath)
{
  g_autoptr (ZcTokens) tokens = zc_tokens_new (xpath, ZC_SCOPE_UNKNOWN);
  guint n = zc_tokens_length (tokens);
  const char *scope = n > 0 ? zc_tokens_get (tokens, n - 1)->scope : NULL;
  gboolean closes = n > 0 && strchr ("])", zc_tokens_get (tokens, n - 1)->text[0]);

  return g_strdup (closes && scope ? scope : ZC_SCOPE_UNKNOWN);
}

/* Templates and places */

gboolean
zc_names_is_finding_field (const char *field)
{
  static const char *const fields[] = { "item", "source", "problem",  "measure", "person",
                                        "due",  "state",  "severity", NULL };

  return g_strv_contains (fields, field);
}

static gboolean
check_row_name (const ZcScheme *scheme, const char *scope, const char *name, GError **error)
{
  if (strcmp (name, "row") == 0 && scope)
    return TRUE;
  if (g_strcmp0 (scope, ZC_SCOPE_FINDINGS) == 0)
    {
      if (zc_names_is_finding_field (name))
        return TRUE;
      return zc_fail (error, ZC_ERROR_INVALID,
                      _("Findings have no “%s”. They have: row, item, source, problem, measure, person, "
                         "due, state, severity."),
                      name);
    }
  if (!scope)
    return zc_fail (error, ZC_ERROR_INVALID,
                    _("{@%s} stands where there is no row. It needs each=\"rows('…')\"."), name);
  return check_column (scheme, scope, name, error);
}

static gboolean
check_parts (const ZcScheme *scheme, const ZcPlace *place, GError **error)
{
  static const char *const answer_fields[] = { "conformity", "reason", "note", "review", "confirmed", NULL };
  Check check = { scheme, NULL, NULL, error };

  switch (place->kind)
    {
    case ZC_PLACE_FACT:
      return check_fact (&check, place->id);
    case ZC_PLACE_ANSWER:
      if (!g_strv_contains (answer_fields, place->field))
        return zc_fail (error, ZC_ERROR_INVALID,
                        _("An answer has no “%s”. It has: conformity, reason, note, review, confirmed."),
                        place->field);
      return check_item (scheme, place->id, error);
    case ZC_PLACE_ITEM:
    case ZC_PLACE_LINK:
      return check_item (scheme, place->id, error);
    case ZC_PLACE_LEDGER:
    case ZC_PLACE_ROW:
      return check_ledger (scheme, place->id, error);
    case ZC_PLACE_CELL:
      return check_ledger (scheme, place->id, error) && check_column (scheme, place->id, place->field, error);
    case ZC_PLACE_FINDING:
      if (!zc_names_is_finding_field (place->field))
        return zc_fail (error, ZC_ERROR_INVALID,
                        _("A finding has no “%s”. It has: item, source, problem, measure, person, due, "
                           "state, severity."),
                        place->field);
      return TRUE;
    case ZC_PLACE_TEXT:
      if (!zc_scheme_find_chapter (scheme, place->id))
        return zc_fail (error, ZC_ERROR_INVALID, _("There is no chapter “%s”."), place->id);
      return TRUE;
    case ZC_PLACE_EVIDENCE:
      if (strcmp (place->field, "caption") != 0)
        return zc_fail (error, ZC_ERROR_INVALID, _("Evidence has no “%s”, only a caption."), place->field);
      return TRUE;
    default:
      return TRUE;
    }
}

static gboolean
not_a_place (const char *text, GError **error)
{
  return zc_fail (error, ZC_ERROR_INVALID,
                  _("“%s” is not a place. Write for example fact:unit.name, item:X07, answer:X07/note, "
                     "ledger:systems or cell:systems/{@row}/name."),
                  text);
}

gboolean
zc_names_check_place (const ZcScheme *scheme, const char *text, const char *scope, GError **error)
{
  g_autoptr (GString) filled = g_string_new (NULL);
  gboolean open_name = FALSE;
  ZcPlace place;

  for (const char *at = text; *at; at++)
    {
      if (at[0] == '{' && at[1] == '@' && strchr (at, '}'))
        {
          g_autofree char *name = g_strndup (at + 2, (gsize) (strchr (at, '}') - at - 2));

          if (!check_row_name (scheme, scope, name, error))
            return FALSE;
          open_name = open_name || strcmp (name, "row") != 0;
          g_string_append (filled, strcmp (name, "row") == 0 ? "1" : "x");
          at = strchr (at, '}');
        }
      else
        g_string_append_c (filled, *at);
    }
  if (!zc_place_parse (filled->str, &place))
    return not_a_place (text, error);
  return open_name || check_parts (scheme, &place, error);
}

static gboolean
check_binding (const ZcScheme *scheme, const char *name, const char *scope, GError **error)
{
  Check check = { scheme, NULL, NULL, error };

  if (name[0] == '@')
    return check_row_name (scheme, scope, name + 1, error);
  if (strchr (name, ':'))
    {
      ZcPlace place;

      return zc_place_parse (name, &place) ? check_parts (scheme, &place, error) : not_a_place (name, error);
    }
  return check_fact (&check, name);
}

gboolean
zc_names_check_template (const ZcScheme *scheme, const char *text, const char *scope, GError **error)
{
  for (const char *at = text; *at; at++)
    {
      if ((at[0] == '{' && at[1] == '{') || (at[0] == '}' && at[1] == '}'))
        at++;
      else if (at[0] == '}')
        return zc_fail (error, ZC_ERROR_INVALID, _("A “}” stands alone in “%s”. Write }} for a brace."),
                        text);
      else if (at[0] == '{')
        {
          const char *end = at + strcspn (at, "}\n");
          g_autofree char *name = g_strndup (at + 1, (gsize) (end - at - 1));

          if (*end != '}')
            return zc_fail (error, ZC_ERROR_INVALID, _("A “{” is not closed in “%s”. Write {{ for a brace."),
                            text);
          if (!check_binding (scheme, name, scope, error))
            return FALSE;
          at = end;
        }
    }
  return TRUE;
}
