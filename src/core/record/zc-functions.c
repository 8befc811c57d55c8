/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-private.h"

#include "base/zc-text.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

/* The functions that the record adds to XPath 1.0. Each notes what it reads, for zc-expression.c. */

static ZcRecord *
record_of (xmlXPathParserContext *ctxt)
{
  return ctxt->context->userData;
}

static void
touch (ZcRecord *record, guint64 *stamp)
{
  zc_evaluator_touch (record->evaluator, stamp);
}

/* Takes the last argument from the stack. The arity was checked. */
static char *
pop_string (xmlXPathParserContext *ctxt)
{
  return (char *) xmlXPathPopString (ctxt);
}

static void
push_string (xmlXPathParserContext *ctxt, const char *text)
{
  valuePush (ctxt, xmlXPathNewString ((const xmlChar *) (text ? text : "")));
}

static void
push_nodes (xmlXPathParserContext *ctxt, GPtrArray *nodes)
{
  xmlNodeSet *set = xmlXPathNodeSetCreate (NULL);

  for (guint i = 0; nodes && i < nodes->len; i++)
    xmlXPathNodeSetAddUnique (set, nodes->pdata[i]);
  valuePush (ctxt, xmlXPathWrapNodeSet (set));
}

static double
number_of (const char *text)
{
  double number = text && *text ? xmlXPathCastStringToNumber ((const xmlChar *) text) : 0;

  return isnan (number) ? 0 : number;
}

static const char *
fact_value (ZcRecord *record, const char *id)
{
  const ZcField *fact = id ? zc_scheme_find_fact (record->scheme, id) : NULL;

  if (!fact)
    return NULL;
  touch (record, &record->fact_stamps[fact->order]);
  return zc_record_node_text (record->facts[fact->order]);
}

static void
call_fact (xmlXPathParserContext *ctxt, int nargs)
{
  char *id;

  CHECK_ARITY (1);
  id = pop_string (ctxt);
  push_string (ctxt, fact_value (record_of (ctxt), id));
  xmlFree (id);
}

static void
call_num (xmlXPathParserContext *ctxt, int nargs)
{
  char *id;

  CHECK_ARITY (1);
  id = pop_string (ctxt);
  valuePush (ctxt, xmlXPathNewFloat (number_of (fact_value (record_of (ctxt), id))));
  xmlFree (id);
}

static gboolean
has_word (const char *words, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = words; at && *at; at = strchr (at, ' ') ? strchr (at, ' ') + 1 : NULL)
    if (length > 0 && strncmp (at, word, length) == 0 && (at[length] == ' ' || at[length] == 0))
      return TRUE;
  return FALSE;
}

static void
call_has (xmlXPathParserContext *ctxt, int nargs)
{
  char *id, *option;

  CHECK_ARITY (2);
  option = pop_string (ctxt);
  id = pop_string (ctxt);
  valuePush (ctxt, xmlXPathNewBoolean (option && has_word (fact_value (record_of (ctxt), id), option)));
  xmlFree (option);
  xmlFree (id);
}

static void
call_answer (xmlXPathParserContext *ctxt, int nargs)
{
  ZcRecord *record = record_of (ctxt);
  const ZcItem *item;
  const xmlNode *answer;
  char *id;

  CHECK_ARITY (1);
  id = pop_string (ctxt);
  item = id ? zc_scheme_find_item (record->scheme, id) : NULL;
  xmlFree (id);
  if (item)
    touch (record, &record->answer_stamps[item->order]);
  answer = item ? record->answers[item->order] : NULL;
  push_string (ctxt, answer ? zc_record_node_attribute (answer, "conformity") : NULL);
}

static void
call_rows (xmlXPathParserContext *ctxt, int nargs)
{
  ZcRecord *record = record_of (ctxt);
  ZcRecordLedger *ledger;
  xmlNodeSet *set;
  char *id;

  CHECK_ARITY (1);
  id = pop_string (ctxt);
  ledger = id ? zc_record_find_ledger (record, id) : NULL;
  xmlFree (id);
  if (ledger)
    touch (record, &ledger->stamp);
  set = xmlXPathNodeSetCreate (NULL);
  for (guint i = 0; ledger && i < ledger->rows->len; i++)
    xmlXPathNodeSetAddUnique (set, ((ZcRecordRow *) ledger->rows->pdata[i])->node);
  valuePush (ctxt, xmlXPathWrapNodeSet (set));
}

/* _rows(LEDGER, N): the rows for which condition N holds; what a predicate on rows() is compiled to. */
static void
call_filtered_rows (xmlXPathParserContext *ctxt, int nargs)
{
  ZcRecord *record = record_of (ctxt);
  ZcRecordLedger *ledger;
  ZcExpression *condition;
  xmlNodeSet *set;
  double number;
  char *id;

  CHECK_ARITY (2);
  number = xmlXPathPopNumber (ctxt);
  id = pop_string (ctxt);
  ledger = id ? zc_record_find_ledger (record, id) : NULL;
  xmlFree (id);
  condition =
      number >= 0 && number < G_MAXUINT ? zc_evaluator_filter (record->evaluator, (guint) number) : NULL;
  if (!condition)
    XP_ERROR (XPATH_EXPR_ERROR);

  set = xmlXPathNodeSetCreate (NULL);
  for (guint i = 0; ledger && i < ledger->rows->len; i++)
    {
      xmlNode *row = ((ZcRecordRow *) ledger->rows->pdata[i])->node;

      if (zc_expression_holds (condition, row))
        xmlXPathNodeSetAddUnique (set, row);
    }
  if (ledger)
    touch (record, &ledger->stamp);
  zc_expression_touch_all (condition);
  valuePush (ctxt, xmlXPathWrapNodeSet (set));
  if (zc_expression_failed (condition))
    XP_ERROR (XPATH_EXPR_ERROR);
}

/* The field @name of the row or finding in which the context node lies. */
static const char *
field_of_context (xmlXPathParserContext *ctxt, const char *name)
{
  ZcRecord *record = record_of (ctxt);
  const xmlNode *node = ctxt->context->node;
  ZcRecordRow *row = zc_record_row_of (node);

  if (!name)
    return NULL;
  if (row)
    {
      if (row != zc_evaluator_subject (record->evaluator))
        touch (record, &row->ledger->stamp);
      return zc_record_node_text (zc_record_cell_node (row, name));
    }
  touch (record, &record->findings_stamp);
  return zc_xml_is (node, "finding") && strcmp (name, "id") != 0 ? zc_record_part (node, name) : NULL;
}

static void
call_cell (xmlXPathParserContext *ctxt, int nargs)
{
  char *name;

  CHECK_ARITY (1);
  name = pop_string (ctxt);
  push_string (ctxt, field_of_context (ctxt, name));
  xmlFree (name);
}

static void
call_cellnum (xmlXPathParserContext *ctxt, int nargs)
{
  char *name;

  CHECK_ARITY (1);
  name = pop_string (ctxt);
  valuePush (ctxt, xmlXPathNewFloat (number_of (field_of_context (ctxt, name))));
  xmlFree (name);
}

static double
sum_of (ZcRecordLedger *ledger, const ZcField *column)
{
  double sum = 0;

  if (!isnan (ledger->sums[column->order]))
    return ledger->sums[column->order];
  for (guint i = 0; i < ledger->rows->len; i++)
    sum += number_of (zc_record_node_text (zc_record_cell_node (ledger->rows->pdata[i], column->id)));
  ledger->sums[column->order] = sum;
  return sum;
}

static void
call_total (xmlXPathParserContext *ctxt, int nargs)
{
  ZcRecord *record = record_of (ctxt);
  ZcRecordLedger *ledger;
  const ZcField *column;
  char *id, *name;

  CHECK_ARITY (2);
  name = pop_string (ctxt);
  id = pop_string (ctxt);
  ledger = id ? zc_record_find_ledger (record, id) : NULL;
  column = ledger && name ? zc_ledger_find_column (ledger->spec, name) : NULL;
  xmlFree (name);
  xmlFree (id);
  if (ledger)
    touch (record, &ledger->stamp);
  valuePush (ctxt, xmlXPathNewFloat (column ? sum_of (ledger, column) : 0));
}

static void
call_findings (xmlXPathParserContext *ctxt, int nargs)
{
  ZcRecord *record = record_of (ctxt);

  CHECK_ARITY (0);
  touch (record, &record->findings_stamp);
  push_nodes (ctxt, record->findings);
}

static void
call_evidence (xmlXPathParserContext *ctxt, int nargs)
{
  ZcRecord *record = record_of (ctxt);
  char *item;

  CHECK_ARITY (1);
  item = pop_string (ctxt);
  touch (record, &record->evidence_stamp);
  push_nodes (ctxt, item ? g_hash_table_lookup (record->files_of, item) : NULL);
  xmlFree (item);
}

static double
day_of (const char *date)
{
  guint days = date ? zc_date_to_days (date) : 0;

  return days > 0 ? days : NAN;
}

static void
call_day (xmlXPathParserContext *ctxt, int nargs)
{
  char *date;

  CHECK_ARITY (1);
  date = pop_string (ctxt);
  valuePush (ctxt, xmlXPathNewFloat (day_of (date)));
  xmlFree (date);
}

static void
call_today (xmlXPathParserContext *ctxt, int nargs)
{
  ZcRecord *record = record_of (ctxt);

  CHECK_ARITY (0);
  if (zc_evaluator_is_deriving (record->evaluator))
    XP_ERROR (XPATH_EXPR_ERROR);
  touch (record, &record->today_stamp);
  valuePush (ctxt, xmlXPathNewFloat (record->today));
}

/* A date, or the number of a day as day() and today() give it. */
static double
pop_day (xmlXPathParserContext *ctxt)
{
  char *date;
  double day;

  if (ctxt->value && ctxt->value->type == XPATH_NUMBER)
    return xmlXPathPopNumber (ctxt);
  date = pop_string (ctxt);
  day = day_of (date);
  xmlFree (date);
  return day;
}

/* Mondays to Fridays from the beginning of time to day @day (a Julian day number; day 1, the first of January
 * 1, is a Monday). */
static double
workdays_up_to (double day)
{
  double weeks = floor (day / 7);

  return weeks * 5 + fmin (day - weeks * 7, 5);
}

/* What the scheme's calendar makes different after @from up to @to. */
static double
days_among (const GArray *days, double from, double to)
{
  double n = 0;

  for (guint i = 0; i < days->len; i++)
    n += g_array_index (days, guint, i) > from && g_array_index (days, guint, i) <= to;
  return n;
}

static void
call_workdays (xmlXPathParserContext *ctxt, int nargs)
{
  const ZcScheme *scheme = zc_record_get_scheme (record_of (ctxt));
  double from, to;

  CHECK_ARITY (2);
  to = floor (pop_day (ctxt));
  from = floor (pop_day (ctxt));
  if (isnan (from) || isnan (to))
    valuePush (ctxt, xmlXPathNewFloat (NAN));
  else
    valuePush (ctxt, xmlXPathNewFloat (fmax (workdays_up_to (to) - workdays_up_to (from) - days_among (scheme->rest_days, from, to) +
                                                 days_among (scheme->work_days, from, to),
                                             0)));
}

static void
call_matches (xmlXPathParserContext *ctxt, int nargs)
{
  ZcRecord *record = record_of (ctxt);
  char *text, *pattern;
  GRegex *regex;

  CHECK_ARITY (2);
  pattern = pop_string (ctxt);
  text = pop_string (ctxt);
  regex = pattern ? zc_evaluator_regex (record->evaluator, pattern) : NULL;
  if (regex && text)
    valuePush (ctxt, xmlXPathNewBoolean (g_regex_match (regex, text, 0, NULL)));
  xmlFree (text);
  xmlFree (pattern);
  if (!regex)
    XP_ERROR (XPATH_EXPR_ERROR);
}

static void
call_unknown (xmlXPathParserContext *ctxt, int nargs)
{
  XP_ERROR (XPATH_UNKNOWN_FUNC_ERROR);
}

/* libxml2 would print that a function is unknown; this way it is an error like the others. */
static xmlXPathFunction
look_up (void *data, const xmlChar *name, const xmlChar *namespace)
{
  xmlXPathContext *context = data;

  return xmlHashLookup2 (context->funcHash, name, namespace) ? NULL : call_unknown;
}

static const struct
{
  const char *name;
  xmlXPathFunction call;
} functions[] = {
  { "_rows", call_filtered_rows }, { "answer", call_answer },     { "cell", call_cell },
  { "cellnum", call_cellnum },     { "day", call_day },           { "evidence", call_evidence },
  { "fact", call_fact },           { "findings", call_findings }, { "has", call_has },
  { "matches", call_matches },     { "num", call_num },           { "rows", call_rows },
  { "today", call_today },         { "total", call_total },       { "workdays", call_workdays },
};

void
zc_functions_register (xmlXPathContext *context)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    xmlXPathRegisterFunc (context, (const xmlChar *) functions[i].name, functions[i].call);
  xmlXPathRegisterFuncLookup (context, look_up, context);
}
