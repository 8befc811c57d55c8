/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-expression.h"

#include "base/zc-clock.h"
#include "base/zc-text.h"
#include "record/zc-record-private.h"
#include "record/zc-xpath-scan.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

/*
 * An evaluation notes the stamps of all it reads; while they stay the same, so does its result.
 *
 * Without a context the result itself is kept. With a ledger's row as the context its truth is kept in the
 * row, which forgets it when one of its cells changes; what such evaluations read besides their row is noted
 * once for all rows. Predicates that are conditions on a row, as in count(rows('systems')[cell('level') =
 * '3']), are taken out of the expression and treated likewise, so that after one edit they are evaluated for
 * one row, not for thousands.
 */

/* About a second's work; 5,000 rows take some 50,000. */
#define MAX_OPERATIONS (20 * 1000 * 1000)
#define MAX_REGEXES 256

typedef struct
{
  xmlXPathObjectType type; /* XPATH_UNDEFINED: no result */
  gboolean truth;
  double number;
  char *string;
  GPtrArray *nodes;
} Value;

typedef struct
{
  GHashTable *stamps; /* guint64 * → nothing: what was read */
  guint64 checked;    /* the record's clock when it was last seen to be valid */
  guint64 made;       /* the record's clock when the results were made */
} Reads;

struct _ZcExpression
{
  ZcEvaluator *evaluator;
  char *text;
  xmlXPathCompExpr *compiled; /* nullable: does not compile */
  guint slot;                 /* in the memo of rows */
  gboolean keep;              /* its result without a context may be kept */
  gboolean keep_rows;         /* its result for a row may be kept */
  gboolean clocked;           /* may read the clock */
  gboolean failed;
  gboolean has_value;
  Value value;
  Reads reads;
  Reads row_reads;
};

struct _ZcEvaluator
{
  ZcRecord *record;
  xmlXPathContext *context;
  GHashTable *expressions; /* text → ZcExpression */
  GPtrArray *filters;      /* (element-type ZcExpression) borrowed: predicates taken out */
  GHashTable *regexes;     /* pattern → GRegex, or NULL if it is none */
  guint depth;
  gboolean deriving;
  gconstpointer subject; /* the row that is the context of the evaluation under way */
  GHashTable *reading;   /* stamps noted by the evaluation under way; borrowed */
  guint64 *last_touched;
};

/* Values */

static void
value_clear (Value *value)
{
  g_clear_pointer (&value->string, g_free);
  g_clear_pointer (&value->nodes, g_ptr_array_unref);
  value->type = XPATH_UNDEFINED;
}

static void
value_take (Value *value, xmlXPathObject *object)
{
  value->type = object->type;
  switch (object->type)
    {
    case XPATH_BOOLEAN:
      value->truth = object->boolval != 0;
      break;
    case XPATH_NUMBER:
      value->number = object->floatval;
      break;
    case XPATH_STRING:
      value->string = g_strdup ((const char *) object->stringval);
      break;
    case XPATH_NODESET:
      value->nodes = g_ptr_array_new ();
      for (int i = 0; object->nodesetval && i < object->nodesetval->nodeNr; i++)
        if (object->nodesetval->nodeTab[i]->type != XML_NAMESPACE_DECL)
          g_ptr_array_add (value->nodes, object->nodesetval->nodeTab[i]);
      break;
    default:
      value->type = XPATH_UNDEFINED;
    }
  xmlXPathFreeObject (object);
}

static gboolean
value_truth (const Value *value)
{
  switch (value->type)
    {
    case XPATH_BOOLEAN:
      return value->truth;
    case XPATH_NUMBER:
      return value->number != 0 && !isnan (value->number);
    case XPATH_STRING:
      return *value->string != 0;
    case XPATH_NODESET:
      return value->nodes->len > 0;
    default:
      return FALSE;
    }
}

static char *
value_string (const Value *value)
{
  switch (value->type)
    {
    case XPATH_BOOLEAN:
      return g_strdup (value->truth ? "true" : "false");
    case XPATH_NUMBER:
      return zc_number_format (value->number, 9);
    case XPATH_STRING:
      return g_strdup (value->string);
    case XPATH_NODESET:
      return zc_xml_text (value->nodes->len > 0 ? value->nodes->pdata[0] : NULL);
    default:
      return g_strdup ("");
    }
}

static double
value_number (const Value *value)
{
  g_autofree char *text = NULL;

  if (value->type == XPATH_BOOLEAN)
    return value->truth ? 1 : 0;
  if (value->type == XPATH_NUMBER)
    return value->number;
  text = value_string (value);
  return xmlXPathCastStringToNumber ((const xmlChar *) text);
}

/* What was read */

static void
reads_clear (Reads *reads)
{
  g_hash_table_remove_all (reads->stamps);
  reads->checked = reads->made = 0;
}

void
zc_record_tick (ZcRecord *self)
{
  g_autofree char *date = zc_clock_today ();
  guint today = zc_date_to_days (date);

  if (today != self->today)
    {
      self->today = today;
      self->today_stamp = ++self->clock;
    }
}

static gboolean
reads_valid (Reads *reads, ZcRecord *record)
{
  GHashTableIter iter;
  gpointer stamp;

  if (reads->checked == record->clock)
    return TRUE;
  g_hash_table_iter_init (&iter, reads->stamps);
  while (g_hash_table_iter_next (&iter, &stamp, NULL))
    if (*(const guint64 *) stamp > reads->made)
      return FALSE;
  reads->checked = record->clock;
  return TRUE;
}

void
zc_evaluator_touch (ZcEvaluator *self, guint64 *stamp)
{
  if (!self->reading || stamp == self->last_touched)
    return;
  g_hash_table_add (self->reading, stamp);
  self->last_touched = stamp;
}

void
zc_expression_touch_all (ZcExpression *self)
{
  GHashTableIter iter;
  gpointer stamp;

  if (self->evaluator->reading == self->row_reads.stamps)
    return;
  g_hash_table_iter_init (&iter, self->row_reads.stamps);
  while (g_hash_table_iter_next (&iter, &stamp, NULL))
    zc_evaluator_touch (self->evaluator, stamp);
}

gconstpointer
zc_evaluator_subject (ZcEvaluator *self)
{
  return self->subject;
}

gboolean
zc_evaluator_is_deriving (ZcEvaluator *self)
{
  return self->deriving;
}

void
zc_evaluator_set_deriving (ZcEvaluator *self, gboolean deriving)
{
  self->deriving = deriving;
}

/* Compiling */

static void
ignore_error (void *data, xmlError *error)
{
}

static void
regex_free (gpointer regex)
{
  if (regex)
    g_regex_unref (regex);
}

static guint
add_filter (gpointer data, const char *condition)
{
  ZcEvaluator *self = data;

  g_ptr_array_add (self->filters, zc_record_expression (self->record, condition));
  return self->filters->len - 1;
}

static ZcExpression *
expression_new (ZcEvaluator *self, const char *text)
{
  ZcExpression *expression = g_new0 (ZcExpression, 1);
  g_autofree char *rewritten = zc_xpath_take_out_filters (text, add_filter, self);

  expression->evaluator = self;
  expression->text = g_strdup (text);
  if (!zc_xpath_has_prefix (text))
    expression->compiled = xmlXPathCtxtCompile (self->context, (const xmlChar *) rewritten);
  expression->clocked = strstr (text, "today") != NULL;
  expression->keep = zc_xpath_reads_by_functions (text, FALSE);
  expression->keep_rows = zc_xpath_reads_by_functions (text, TRUE);
  expression->failed = expression->compiled == NULL;
  expression->reads.stamps = g_hash_table_new (NULL, NULL);
  expression->row_reads.stamps = g_hash_table_new (NULL, NULL);
  return expression;
}

static void
expression_free (gpointer data)
{
  ZcExpression *self = data;

  value_clear (&self->value);
  g_hash_table_unref (self->reads.stamps);
  g_hash_table_unref (self->row_reads.stamps);
  if (self->compiled)
    xmlXPathFreeCompExpr (self->compiled);
  g_free (self->text);
  g_free (self);
}

ZcExpression *
zc_record_expression (ZcRecord *self, const char *xpath)
{
  ZcEvaluator *evaluator = self->evaluator;
  ZcExpression *expression = g_hash_table_lookup (evaluator->expressions, xpath);

  if (!expression)
    {
      expression = expression_new (evaluator, xpath);
      expression->slot = g_hash_table_size (evaluator->expressions);
      g_hash_table_insert (evaluator->expressions, expression->text, expression);
    }
  return expression;
}

ZcExpression *
zc_evaluator_filter (ZcEvaluator *self, guint number)
{
  return number < self->filters->len ? self->filters->pdata[number] : NULL;
}

gboolean
zc_expression_failed (const ZcExpression *self)
{
  return self->failed;
}

GRegex *
zc_evaluator_regex (ZcEvaluator *self, const char *pattern)
{
  gpointer found;
  g_autofree char *limited = NULL;

  if (g_hash_table_lookup_extended (self->regexes, pattern, NULL, &found))
    return found;
  if (g_hash_table_size (self->regexes) >= MAX_REGEXES)
    g_hash_table_remove_all (self->regexes);
  /* A pattern that tries too many ways does not match, instead of taking for ever. */
  limited = g_strconcat ("(*LIMIT_MATCH=100000)(?:", pattern, ")", NULL);
  found = g_regex_new (limited, 0, 0, NULL);
  g_hash_table_insert (self->regexes, g_strdup (pattern), found);
  return found;
}

/* Evaluating */

/* Evaluates, also from within another evaluation, whose state is put back afterwards. */
static gboolean
run (ZcExpression *expression, const xmlNode *node, GHashTable *reading, Value *value)
{
  ZcEvaluator *self = expression->evaluator;
  xmlXPathContext *context = self->context;
  xmlNode *outer_node = context->node;
  int outer_size = context->contextSize;
  int outer_position = context->proximityPosition;
  gconstpointer outer_subject = self->subject;
  GHashTable *outer_reading = self->reading;
  xmlXPathObject *object = NULL;

  self->subject = node ? zc_record_row_of (node) : NULL;
  self->reading = reading;
  self->last_touched = NULL;
  if (self->depth++ == 0)
    context->opCount = context->depth = 0;
  context->node = node ? (xmlNode *) node : self->record->root;
  if (expression->compiled)
    object = xmlXPathCompiledEval (expression->compiled, context);
  self->depth--;
  context->node = outer_node;
  context->contextSize = outer_size;
  context->proximityPosition = outer_position;
  self->subject = outer_subject;
  self->reading = outer_reading;
  self->last_touched = NULL;

  if (!object)
    {
      expression->failed = TRUE;
      value->type = XPATH_UNDEFINED;
      return FALSE;
    }
  value_take (value, object);
  return TRUE;
}

/* The kept value without a context. Valid until the record changes. */
static const Value *
evaluate_record (ZcExpression *self)
{
  ZcRecord *record = self->evaluator->record;

  if (self->clocked)
    zc_record_tick (record);
  if (self->has_value && self->keep && reads_valid (&self->reads, record))
    return &self->value;
  value_clear (&self->value);
  reads_clear (&self->reads);
  self->failed = FALSE;
  self->has_value = run (self, NULL, self->reads.stamps, &self->value);
  self->reads.made = self->reads.checked = record->clock;
  return &self->value;
}

static void
evaluate_once (ZcExpression *self, const xmlNode *context, Value *value)
{
  g_autoptr (GHashTable) reading = g_hash_table_new (NULL, NULL);

  if (self->clocked)
    zc_record_tick (self->evaluator->record);
  memset (value, 0, sizeof *value);
  run (self, context, reading, value);
}

static void
forget_rows (ZcExpression *self)
{
  ZcRecord *record = self->evaluator->record;

  for (guint i = 0; i < record->scheme->ledgers->len; i++)
    for (guint j = 0; j < record->ledgers[i].rows->len; j++)
      {
        GByteArray *memo = ((ZcRecordRow *) record->ledgers[i].rows->pdata[j])->memo;

        if (self->slot < memo->len)
          memo->data[self->slot] = 0;
      }
  reads_clear (&self->row_reads);
  self->failed = FALSE;
}

static gboolean
is_known (const ZcExpression *self, const ZcRecordRow *row)
{
  return self->slot < row->memo->len && row->memo->data[self->slot] != 0;
}

static gboolean
holds_for_row (ZcExpression *self, ZcRecordRow *row)
{
  Value value = { 0 };
  guint old = row->memo->len;
  gboolean truth;

  if (self->clocked && !is_known (self, row))
    zc_record_tick (self->evaluator->record);
  if (!reads_valid (&self->row_reads, self->evaluator->record))
    forget_rows (self);
  if (is_known (self, row))
    return row->memo->data[self->slot] == 2;

  run (self, row->node, self->row_reads.stamps, &value);
  self->row_reads.made = self->row_reads.checked = self->evaluator->record->clock;
  truth = value_truth (&value);
  value_clear (&value);
  if (self->slot >= row->memo->len)
    {
      g_byte_array_set_size (row->memo,
                             MAX (self->slot + 1, g_hash_table_size (self->evaluator->expressions)));
      memset (row->memo->data + old, 0, row->memo->len - old);
    }
  row->memo->data[self->slot] = truth ? 2 : 1;
  return truth;
}

gboolean
zc_expression_holds (ZcExpression *self, const xmlNode *context)
{
  Value value;
  gboolean truth;

  if (!context)
    return value_truth (evaluate_record (self));
  if (self->keep_rows && zc_xml_is (context, "row"))
    return holds_for_row (self, context->_private);
  evaluate_once (self, context, &value);
  truth = value_truth (&value);
  value_clear (&value);
  return truth;
}

gboolean
zc_record_eval_boolean (ZcRecord *self, const char *xpath, const xmlNode *context)
{
  return zc_expression_holds (zc_record_expression (self, xpath), context);
}

double
zc_record_eval_number (ZcRecord *self, const char *xpath, const xmlNode *context)
{
  ZcExpression *expression = zc_record_expression (self, xpath);
  Value value;
  double number;

  if (!context)
    return value_number (evaluate_record (expression));
  evaluate_once (expression, context, &value);
  number = value_number (&value);
  value_clear (&value);
  return number;
}

char *
zc_record_eval_string (ZcRecord *self, const char *xpath, const xmlNode *context)
{
  ZcExpression *expression = zc_record_expression (self, xpath);
  Value value;
  char *string;

  if (!context)
    return value_string (evaluate_record (expression));
  evaluate_once (expression, context, &value);
  string = value_string (&value);
  value_clear (&value);
  return string;
}

GPtrArray *
zc_record_eval_nodes (ZcRecord *self, const char *xpath, const xmlNode *context)
{
  ZcExpression *expression = zc_record_expression (self, xpath);
  Value value;
  GPtrArray *nodes;

  if (!context)
    {
      const Value *kept = evaluate_record (expression);

      return kept->nodes ? g_ptr_array_copy (kept->nodes, NULL, NULL) : g_ptr_array_new ();
    }
  evaluate_once (expression, context, &value);
  nodes = value.nodes ? g_steal_pointer (&value.nodes) : g_ptr_array_new ();
  value_clear (&value);
  return nodes;
}

/* Life */

ZcEvaluator *
zc_evaluator_new (ZcRecord *record)
{
  ZcEvaluator *self = g_new0 (ZcEvaluator, 1);

  self->record = record;
  self->expressions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, expression_free);
  self->filters = g_ptr_array_new ();
  self->regexes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, regex_free);
  self->context = xmlXPathNewContext (NULL);
  self->context->userData = record;
  self->context->error = ignore_error;
  self->context->opLimit = MAX_OPERATIONS;
  xmlXPathContextSetCache (self->context, 1, -1, 0);
  zc_functions_register (self->context);
  return self;
}

void
zc_evaluator_bind (ZcEvaluator *self, xmlDoc *doc)
{
  self->context->doc = doc;
  self->context->node = NULL;
}

void
zc_evaluator_forget (ZcEvaluator *self)
{
  GHashTableIter iter;
  gpointer expression;

  g_hash_table_iter_init (&iter, self->expressions);
  while (g_hash_table_iter_next (&iter, NULL, &expression))
    {
      ZcExpression *one = expression;

      value_clear (&one->value);
      one->has_value = FALSE;
      reads_clear (&one->reads);
      reads_clear (&one->row_reads);
    }
}

void
zc_evaluator_free (ZcEvaluator *self)
{
  g_hash_table_unref (self->expressions);
  g_ptr_array_unref (self->filters);
  g_hash_table_unref (self->regexes);
  xmlXPathFreeContext (self->context);
  g_free (self);
}
