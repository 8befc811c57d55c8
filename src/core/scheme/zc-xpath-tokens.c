/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheme/zc-xpath-tokens.h"

#include "scheme/zc-xpath-names.h"

#include <string.h>

struct _ZcTokens
{
  GArray *list;
};

static void
token_clear (gpointer data)
{
  ZcToken *token = data;

  g_free (token->text);
  g_free (token->scope);
}

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_' || (guchar) c >= 0x80;
}

static gboolean
is_name_part (char c)
{
  return is_name_start (c) || g_ascii_isdigit (c) || c == '-' || c == '.';
}

/* A name there is an operator if something that could end an operand stands before it (§3.7). */
static gboolean
is_operator_place (const GArray *list)
{
  const ZcToken *before;

  if (list->len == 0)
    return FALSE;
  before = &g_array_index (list, ZcToken, list->len - 1);
  if (before->kind != ZC_TOKEN_SYMBOL)
    return TRUE;
  return strcmp (before->text, ")") == 0 || strcmp (before->text, "]") == 0 ||
         strcmp (before->text, ".") == 0 || strcmp (before->text, "..") == 0;
}

static gboolean
is_operator_name (const char *name)
{
  static const char *const names[] = { "and", "or", "div", "mod", NULL };

  return g_strv_contains (names, name);
}

static gboolean
is_node_test (const char *name)
{
  static const char *const names[] = { "comment", "text", "processing-instruction", "node", NULL };

  return g_strv_contains (names, name);
}

static gsize
name_length (const char *at)
{
  gsize n = 0;

  while (is_name_part (at[n]) || (at[n] == ':' && at[n + 1] != ':' && is_name_start (at[n + 1])))
    n++;
  return n;
}

static gsize
symbol_length (const char *at)
{
  static const char *const pairs[] = { "..", "::", "//", "!=", "<=", ">=" };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strncmp (at, pairs[i], 2) == 0)
      return 2;
  return 1;
}

static ZcTokenKind
kind_of_name (const GArray *list, const char *name, const char *rest)
{
  if (is_operator_name (name) && is_operator_place (list))
    return ZC_TOKEN_SYMBOL;
  while (g_ascii_isspace (*rest))
    rest++;
  return *rest == '(' && !is_node_test (name) ? ZC_TOKEN_FUNCTION : ZC_TOKEN_NAME;
}

/* Reads the token at @at into @token. Returns: how many bytes it takes. */
static gsize
read_token (const GArray *list, const char *at, ZcToken *token)
{
  gsize n;

  if (*at == '\'' || *at == '"')
    {
      const char *end = strchr (at + 1, *at);

      n = end ? (gsize) (end - at - 1) : strlen (at + 1);
      token->kind = ZC_TOKEN_LITERAL;
      token->text = g_strndup (at + 1, n);
      return n + (end ? 2 : 1);
    }
  if (g_ascii_isdigit (*at) || (*at == '.' && g_ascii_isdigit (at[1])))
    {
      n = strspn (at, "0123456789.");
      token->kind = ZC_TOKEN_NUMBER;
    }
  else if (is_name_start (*at))
    {
      g_autofree char *name = g_strndup (at, n = name_length (at));

      token->kind = kind_of_name (list, name, at + n);
    }
  else if (*at == '$')
    {
      n = 1 + name_length (at + 1);
      token->kind = ZC_TOKEN_VARIABLE;
    }
  else
    {
      n = symbol_length (at);
      token->kind = ZC_TOKEN_SYMBOL;
    }
  token->text = g_strndup (at, n);
  return n;
}

static ZcToken *
token_at (const ZcTokens *self, guint n)
{
  return &g_array_index (self->list, ZcToken, n);
}

static gboolean
is_symbol (const ZcTokens *self, guint n, const char *symbol)
{
  return n < self->list->len && token_at (self, n)->kind == ZC_TOKEN_SYMBOL &&
         strcmp (token_at (self, n)->text, symbol) == 0;
}

/* What the call that ends at @close selects: rows of a ledger, findings, or what cannot be told. */
static const char *
selected (const ZcTokens *self, guint open)
{
  const ZcToken *function = open > 0 ? token_at (self, open - 1) : NULL;

  if (!function || function->kind != ZC_TOKEN_FUNCTION)
    return ZC_SCOPE_UNKNOWN;
  if (strcmp (function->text, "findings") == 0)
    return ZC_SCOPE_FINDINGS;
  if (strcmp (function->text, "rows") == 0 && token_at (self, open + 1)->kind == ZC_TOKEN_LITERAL &&
      is_symbol (self, open + 2, ")"))
    return token_at (self, open + 1)->text;
  return ZC_SCOPE_UNKNOWN;
}

/* Finds the partners of brackets, and for each token whose rows it stands at. */
static void
find_scopes (ZcTokens *self, const char *scope)
{
  g_autoptr (GArray) opened = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) scopes = g_ptr_array_new ();

  g_ptr_array_add (scopes, (gpointer) scope);
  for (guint i = 0; i < self->list->len; i++)
    {
      ZcToken *token = token_at (self, i);
      gboolean closes = is_symbol (self, i, ")") || is_symbol (self, i, "]");
      guint open;

      token->scope = g_strdup (g_ptr_array_index (scopes, scopes->len - 1));
      if (is_symbol (self, i, "(") || is_symbol (self, i, "["))
        g_array_append_val (opened, i);
      if (is_symbol (self, i, "["))
        {
          gboolean after_call = i > 0 && (is_symbol (self, i - 1, ")") || is_symbol (self, i - 1, "]"));

          g_ptr_array_add (scopes, (gpointer) (after_call && token_at (self, i - 1)->scope
                                                   ? token_at (self, i - 1)->scope
                                                   : ZC_SCOPE_UNKNOWN));
        }
      if (!closes || opened->len == 0)
        continue;
      open = g_array_index (opened, guint, opened->len - 1);
      g_array_set_size (opened, opened->len - 1);
      token->partner = open;
      token_at (self, open)->partner = i;
      g_free (token->scope);
      if (is_symbol (self, i, ")"))
        token->scope = g_strdup (selected (self, open));
      else
        {
          token->scope = g_strdup (g_ptr_array_index (scopes, scopes->len - 1));
          if (scopes->len > 1)
            g_ptr_array_set_size (scopes, (int) scopes->len - 1);
        }
    }
}

ZcTokens *
zc_tokens_new (const char *xpath, const char *scope)
{
  ZcTokens *self = g_new0 (ZcTokens, 1);

  self->list = g_array_new (FALSE, TRUE, sizeof (ZcToken));
  g_array_set_clear_func (self->list, token_clear);
  while (*xpath)
    {
      ZcToken token = { 0 };

      if (g_ascii_isspace (*xpath))
        {
          xpath++;
          continue;
        }
      xpath += read_token (self->list, xpath, &token);
      g_array_append_val (self->list, token);
    }
  find_scopes (self, scope);
  return self;
}

void
zc_tokens_free (ZcTokens *self)
{
  if (!self)
    return;
  g_array_unref (self->list);
  g_free (self);
}

guint
zc_tokens_length (const ZcTokens *self)
{
  return self->list->len;
}

const ZcToken *
zc_tokens_get (const ZcTokens *self, guint n)
{
  return token_at (self, n);
}

/* Where argument @n of @call starts; the index of its closing parenthesis behind the last one. */
static guint
argument_start (const ZcTokens *self, guint call, guint n)
{
  guint close = token_at (self, call + 1)->partner;
  guint i = call + 2;

  for (; i < close && n > 0; i++)
    {
      if (is_symbol (self, i, "(") || is_symbol (self, i, "["))
        i = MAX (i, token_at (self, i)->partner);
      else if (is_symbol (self, i, ","))
        n--;
    }
  return i;
}

guint
zc_tokens_count_arguments (const ZcTokens *self, guint call)
{
  guint close = token_at (self, call + 1)->partner;
  guint n = 0;

  if (close <= call + 2)
    return 0;
  while (argument_start (self, call, n) < close)
    n++;
  return n;
}

const char *
zc_tokens_literal_argument (const ZcTokens *self, guint call, guint n)
{
  guint at = argument_start (self, call, n);

  if (at >= self->list->len || token_at (self, at)->kind != ZC_TOKEN_LITERAL ||
      !(is_symbol (self, at + 1, ",") || is_symbol (self, at + 1, ")")))
    return NULL;
  return token_at (self, at)->text;
}

const char *
zc_tokens_compared_literal (const ZcTokens *self, guint call)
{
  guint close = token_at (self, call + 1)->partner;

  if ((is_symbol (self, close + 1, "=") || is_symbol (self, close + 1, "!=")) &&
      close + 2 < self->list->len && token_at (self, close + 2)->kind == ZC_TOKEN_LITERAL)
    return token_at (self, close + 2)->text;
  if (call >= 2 && (is_symbol (self, call - 1, "=") || is_symbol (self, call - 1, "!=")) &&
      token_at (self, call - 2)->kind == ZC_TOKEN_LITERAL)
    return token_at (self, call - 2)->text;
  return NULL;
}
