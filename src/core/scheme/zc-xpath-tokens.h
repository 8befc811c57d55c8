/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * XPath 1.0 cut into its tokens (§3.7 of the recommendation), as far as the check of names needs them: who is called
 * with which literal arguments, and whose rows a predicate stands at. libxml2 has compiled the expression before.
 */

typedef enum
{
  ZC_TOKEN_SYMBOL,   /* parentheses, brackets, operators, "and" among them */
  ZC_TOKEN_NAME,     /* element, attribute or axis name */
  ZC_TOKEN_FUNCTION, /* name before a parenthesis */
  ZC_TOKEN_LITERAL,  /* text without its quotes */
  ZC_TOKEN_NUMBER,
  ZC_TOKEN_VARIABLE,
} ZcTokenKind;

typedef struct
{
  ZcTokenKind kind;
  char *text;
  /* nullable. At ) and ]: what the closed rows('…') or findings() selects; at all others: the context it stands in */
  char *scope;
  guint partner; /* of ( and [: the index of the closing one; of a closing one: of the opening one; else 0 */
} ZcToken;

typedef struct _ZcTokens ZcTokens;

/** zc_tokens_new: @scope is the scope of the expression's context node. Returns: (transfer full) */
ZcTokens *zc_tokens_new (const char *xpath, const char *scope);
void zc_tokens_free (ZcTokens *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcTokens, zc_tokens_free)

guint zc_tokens_length (const ZcTokens *self);
const ZcToken *zc_tokens_get (const ZcTokens *self, guint n);

/** zc_tokens_count_arguments: how many arguments the function token @call is given. */
guint zc_tokens_count_arguments (const ZcTokens *self, guint call);

/**
 * zc_tokens_literal_argument: Returns: (nullable): argument @n (from 0) of @call if it is one literal, nothing else.
 */
const char *zc_tokens_literal_argument (const ZcTokens *self, guint call, guint n);

/** zc_tokens_compared_literal: Returns: (nullable): the literal to which the result of @call is compared by = or !=. */
const char *zc_tokens_compared_literal (const ZcTokens *self, guint call);

G_END_DECLS
