/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheme/zc-scheme.h"

G_BEGIN_DECLS

/*
 * The names that expressions and templates of a scheme may use. The check refuses all others, and record/ registers
 * exactly the functions listed here, so that whatever passed the check can be evaluated.
 */

/** What a string argument of an added XPath function names. */
typedef enum
{
  ZC_NAMES_NOTHING, /* any value */
  ZC_NAMES_FACT,
  ZC_NAMES_ITEM,
  ZC_NAMES_LEDGER,
  ZC_NAMES_COLUMN, /* of the ledger named by the argument before it, or of the context row */
  ZC_NAMES_OPTION, /* of the fact named by the argument before it */
  ZC_NAMES_DATE,
  ZC_NAMES_REGEX,
} ZcNames;

/** ZcXPathFunction: a function added to XPath 1.0; what each does is told in record/zc-record.h. */
typedef struct
{
  const char *name;
  guint n_args; /* all of them are required */
  ZcNames args[2];
  gboolean clock; /* its result changes from day to day: not in derived facts */
} ZcXPathFunction;

/** zc_xpath_functions: Returns: (transfer none) (array length=n) */
const ZcXPathFunction *zc_xpath_functions (guint *n);

/* What the context node of an expression or template is, besides the id of a ledger (one of its rows). */
#define ZC_SCOPE_NONE NULL
#define ZC_SCOPE_FINDINGS "findings"
#define ZC_SCOPE_UNKNOWN "?" /* some node that the check can't tell; names of columns are let pass */

/**
 * zc_xpath_check: whether @xpath compiles, calls only known functions with the right number of arguments, and names
 * only what @scheme has wherever an argument is written out ('…'), a value compared with a choice included.
 * @scope: ZC_SCOPE_NONE, a ledger's id, ZC_SCOPE_FINDINGS or ZC_SCOPE_UNKNOWN
 */
gboolean zc_xpath_check (const ZcScheme *scheme, const char *xpath, const char *scope, GError **error);

/** zc_xpath_check_derived: as zc_xpath_check(), for the `select` of @fact: it may not read the clock, itself, or derived
 * facts behind it. */
gboolean zc_xpath_check_derived (const ZcScheme *scheme, const char *xpath, const ZcField *fact, GError **error);

/** zc_xpath_scope: what the nodes selected by @xpath are. Returns: (transfer full): a ledger's id, "findings" or "?" */
char *zc_xpath_scope (const char *xpath);

/** zc_names_check_template: whether every {…} of @text names something of @scheme. */
gboolean zc_names_check_template (const ZcScheme *scheme, const char *text, const char *scope, GError **error);

/** zc_names_check_place: whether @place, or a template of a place as in a rule's `at`, is a place of @scheme. */
gboolean zc_names_check_place (const ZcScheme *scheme, const char *place, const char *scope, GError **error);

/** zc_names_is_finding_field: whether findings have @field ("problem", "due" …), as in {@problem} and finding:2/due. */
gboolean zc_names_is_finding_field (const char *field);

G_END_DECLS
