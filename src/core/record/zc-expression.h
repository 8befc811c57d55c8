/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/zc-record.h"

#include <libxml/xpath.h>

G_BEGIN_DECLS

/*
 * Expressions of a record, compiled once, whose results are kept while nothing they read has changed. For
 * loops over many rows; everybody else calls zc_record_eval_boolean() and its sisters.
 */
typedef struct _ZcExpression ZcExpression;
typedef struct _ZcEvaluator ZcEvaluator;

/** zc_record_expression: Returns: (transfer none): lives as long as @self. */
ZcExpression *zc_record_expression (ZcRecord *self, const char *xpath);

/** zc_expression_holds: the boolean value for @context (nullable: the record). */
gboolean zc_expression_holds (ZcExpression *self, const xmlNode *context);

/** zc_expression_failed: whether an evaluation of it went wrong: does not compile, unknown function, too many
 * steps. */
gboolean zc_expression_failed (const ZcExpression *self);

/* For the record's own files. */
ZcEvaluator *zc_evaluator_new (ZcRecord *record);
void zc_evaluator_free (ZcEvaluator *self);
/** zc_evaluator_forget: drops every kept result; called before nodes go. */
void zc_evaluator_forget (ZcEvaluator *self);
/** zc_evaluator_bind: evaluates over @doc from now on. */
void zc_evaluator_bind (ZcEvaluator *self, xmlDoc *doc);
/** zc_evaluator_set_deriving: while set, today() is an error: derived facts don't change by themselves. */
void zc_evaluator_set_deriving (ZcEvaluator *self, gboolean deriving);
/** zc_evaluator_touch: says that the evaluation under way has read what @stamp stands for. */
void zc_evaluator_touch (ZcEvaluator *self, guint64 *stamp);
/** zc_evaluator_subject: Returns: (nullable): the row that the evaluation under way has as its context. */
gconstpointer zc_evaluator_subject (ZcEvaluator *self);
gboolean zc_evaluator_is_deriving (ZcEvaluator *self);
/** zc_evaluator_filter: the condition that the compiler took out of a predicate. Returns: (nullable) */
ZcExpression *zc_evaluator_filter (ZcEvaluator *self, guint number);
/** zc_expression_touch_all: says that the evaluation under way has read all that @self reads of other rows
 * and facts. */
void zc_expression_touch_all (ZcExpression *self);
/** zc_evaluator_regex: Returns: (nullable) (transfer none): compiled once, NULL if it is none. */
GRegex *zc_evaluator_regex (ZcEvaluator *self, const char *pattern);

/** zc_functions_register: the functions that zc-record.h lists. */
void zc_functions_register (xmlXPathContext *context);

G_END_DECLS
