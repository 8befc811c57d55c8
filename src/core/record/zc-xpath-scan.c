/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-xpath-scan.h"

#include <string.h>

/* Longer expressions are evaluated as they stand. */
#define MAX_LENGTH 4096

typedef enum
{
  TOKEN_END,
  TOKEN_LITERAL,
  TOKEN_NUMBER,
  TOKEN_NAME,
  TOKEN_FUNCTION, /* a name with a parenthesis behind it */
  TOKEN_SIGN,     /* one character of punctuation; “..”, “::” and “//” by their own kinds */
  TOKEN_PARENT,
  TOKEN_AXIS,
  TOKEN_DESCENDANTS,
} TokenKind;

typedef struct
{
  TokenKind kind;
  const char *start;
  gsize length;
} Token;

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_' || (guchar) c >= 0x80;
}

static gboolean
is_name (char c)
{
  return is_name_start (c) || g_ascii_isdigit (c) || c == '-' || c == '.';
}

static const char *
skip_space (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

static Token
token_of (TokenKind kind, const char *start, gsize length)
{
  return (Token){ kind, start, length };
}

static Token
literal_at (const char *at)
{
  const char *end = strchr (at + 1, *at);

  return token_of (TOKEN_LITERAL, at, end ? (gsize) (end - at) + 1 : strlen (at));
}

static Token
name_at (const char *at)
{
  gsize length = 1;

  while (is_name (at[length]))
    length++;
  return token_of (*skip_space (at + length) == '(' ? TOKEN_FUNCTION : TOKEN_NAME, at, length);
}

static Token
next_token (const char *at)
{
  at = skip_space (at);
  if (!*at)
    return token_of (TOKEN_END, at, 0);
  if (*at == '\'' || *at == '"')
    return literal_at (at);
  if (g_ascii_isdigit (*at) || (*at == '.' && g_ascii_isdigit (at[1])))
    return token_of (TOKEN_NUMBER, at, strspn (at, "0123456789."));
  if (is_name_start (*at))
    return name_at (at);
  if (g_str_has_prefix (at, ".."))
    return token_of (TOKEN_PARENT, at, 2);
  if (g_str_has_prefix (at, "::"))
    return token_of (TOKEN_AXIS, at, 2);
  if (g_str_has_prefix (at, "//"))
    return token_of (TOKEN_DESCENDANTS, at, 2);
  return token_of (TOKEN_SIGN, at, 1);
}

static gboolean
is_one_of (const Token *token, const char *const *words)
{
  for (; *words; words++)
    if (strlen (*words) == token->length && strncmp (token->start, *words, token->length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_sign (const Token *token, const char *signs)
{
  return token->kind == TOKEN_SIGN && strchr (signs, *token->start);
}

/* Whether an operand ends with this token, so that what follows is an operator. */
static gboolean
ends_operand (const Token *token, gboolean was_operator)
{
  switch (token->kind)
    {
    case TOKEN_LITERAL:
    case TOKEN_NUMBER:
      return TRUE;
    case TOKEN_NAME:
      return !was_operator;
    case TOKEN_SIGN:
      return strchr (")].", *token->start) || (*token->start == '*' && !was_operator);
    default:
      return FALSE;
    }
}

static gboolean
is_operator_word (const Token *token)
{
  static const char *const words[] = { "and", "or", "div", "mod", NULL };

  return is_one_of (token, words);
}

/* Functions that read the context node when they are called without arguments. */
static gboolean
reads_context (const Token *token)
{
  static const char *const names[] = { "string", "normalize-space", "string-length", "number",
                                       "name",   "local-name",      "namespace-uri", NULL };

  return token->kind == TOKEN_FUNCTION && is_one_of (token, names) &&
         *skip_space (skip_space (token->start + token->length) + 1) == ')';
}

/* Whether @token starts a step from the context node rather than going on from what stands before it. */
static gboolean
starts_step (const Token *token, const Token *before, gboolean after_operand)
{
  if (is_sign (before, "/@"))
    return FALSE;
  if (token->kind == TOKEN_NAME)
    return !(after_operand && is_operator_word (token));
  return is_sign (token, "@.") || (is_sign (token, "*") && !after_operand);
}

gboolean
zc_xpath_reads_by_functions (const char *text, gboolean has_context)
{
  Token before = token_of (TOKEN_END, text, 0);
  gboolean after_operand = FALSE;
  int depth = 0;

  for (Token token = next_token (text); token.kind != TOKEN_END;
       token = next_token (token.start + token.length))
    {
      gboolean operator;

      if (token.kind >= TOKEN_PARENT || is_sign (&token, "$:"))
        return FALSE;
      if (is_sign (&token, "/") && !after_operand)
        return FALSE;
      if (!has_context && depth == 0 &&
          (starts_step (&token, &before, after_operand) || reads_context (&token)))
        return FALSE;
      depth += is_sign (&token, "[") - is_sign (&token, "]");
      operator=
          after_operand && ((token.kind == TOKEN_NAME && is_operator_word (&token)) || is_sign (&token, "*"));
      after_operand = ends_operand (&token, operator);
      before = token;
    }
  return TRUE;
}

gboolean
zc_xpath_has_prefix (const char *text)
{
  for (Token token = next_token (text); token.kind != TOKEN_END;
       token = next_token (token.start + token.length))
    if (is_sign (&token, ":"))
      return TRUE;
  return FALSE;
}

/* Behind the bracket or parenthesis that closes the one at @at; NULL if none does. */
static const char *
behind_closing (const char *at)
{
  int depth = 0;

  for (Token token = next_token (at); token.kind != TOKEN_END;
       token = next_token (token.start + token.length))
    {
      depth += is_sign (&token, "([") - is_sign (&token, ")]");
      if (depth == 0)
        return token.start + token.length;
    }
  return NULL;
}

/* A predicate that is a number selects by position; only one that is surely a boolean is a condition. */
static gboolean
is_boolean (const char *text)
{
  static const char *const functions[] = {
    "not", "contains", "starts-with", "matches", "has", "boolean", NULL
  };
  Token first = next_token (text);
  gboolean after_operand = FALSE;
  int depth = 0;

  if (first.kind == TOKEN_FUNCTION && is_one_of (&first, functions))
    {
      const char *end = behind_closing (first.start + first.length);

      if (end && !*skip_space (end))
        return TRUE;
    }
  for (Token token = first; token.kind != TOKEN_END; token = next_token (token.start + token.length))
    {
      static const char *const words[] = { "and", "or", NULL };

      if (depth == 0 && (is_sign (&token, "=<>") || (after_operand && is_one_of (&token, words))))
        return TRUE;
      depth += is_sign (&token, "([") - is_sign (&token, ")]");
      after_operand = ends_operand (&token, after_operand && is_operator_word (&token));
    }
  return FALSE;
}

static gboolean
is_positional (const char *text)
{
  static const char *const names[] = { "position", "last", NULL };

  for (Token token = next_token (text); token.kind != TOKEN_END;
       token = next_token (token.start + token.length))
    if (token.kind == TOKEN_FUNCTION && is_one_of (&token, names))
      return TRUE;
  return FALSE;
}

static gboolean
is_condition (const char *text)
{
  return zc_xpath_reads_by_functions (text, TRUE) && is_boolean (text) && !is_positional (text);
}

/* Reads rows('LEDGER')[CONDITION] at @name. Returns what stands behind it, NULL if it is anything else. */
static const char *
read_filter (const Token *name, char **ledger, char **condition)
{
  static const char *const rows[] = { "rows", NULL };
  const char *open, *end;
  Token argument, close;

  if (name->kind != TOKEN_FUNCTION || !is_one_of (name, rows))
    return NULL;
  argument = next_token (skip_space (name->start + name->length) + 1);
  close = next_token (argument.start + argument.length);
  if (argument.kind != TOKEN_LITERAL || argument.length < 2 || !is_sign (&close, ")"))
    return NULL;
  open = skip_space (close.start + 1);
  end = *open == '[' ? behind_closing (open) : NULL;
  if (!end)
    return NULL;
  *ledger = g_strndup (argument.start, argument.length);
  *condition = g_strndup (open + 1, (gsize) (end - open) - 2);
  return end;
}

char *
zc_xpath_take_out_filters (const char *text,
                           guint (*add) (gpointer data, const char *condition),
                           gpointer data)
{
  GString *out = g_string_new (NULL);
  const char *copied = text;

  if (strlen (text) > MAX_LENGTH)
    return g_string_free (g_string_append (out, text), FALSE);
  for (Token token = next_token (text); token.kind != TOKEN_END;
       token = next_token (token.start + token.length))
    {
      g_autofree char *ledger = NULL, *condition = NULL;
      const char *end = read_filter (&token, &ledger, &condition);

      if (!end || !is_condition (condition))
        continue;
      g_string_append_len (out, copied, token.start - copied);
      g_string_append_printf (out, "_rows(%s, %u)", ledger, add (data, condition));
      copied = end;
      token = token_of (TOKEN_SIGN, end, 0);
    }
  g_string_append (out, copied);
  return g_string_free (out, FALSE);
}
