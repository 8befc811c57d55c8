/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tokens.h"

#include <string.h>

#define LONGEST 20000
/* Of file names: 255 bytes, four a character. */
#define LONGEST_NAME 60

static void
token_free (gpointer data)
{
  Token *token = data;

  g_free (token->place);
  g_free (token->text);
  g_free (token);
}

Tokens *
tokens_new (guint32 seed)
{
  Tokens *self = g_new0 (Tokens, 1);

  self->rand = g_rand_new_with_seed (seed);
  self->tokens = g_ptr_array_new_with_free_func (token_free);
  return self;
}

void
tokens_free (Tokens *self)
{
  g_rand_free (self->rand);
  g_ptr_array_unref (self->tokens);
  g_free (self);
}

const Token *
tokens_at (const Tokens *self, gunichar character)
{
  return character >= TOKEN_FIRST && character - TOKEN_FIRST < self->tokens->len
             ? self->tokens->pdata[character - TOKEN_FIRST]
             : NULL;
}

/* Making them */

static gunichar
random_han (GRand *rand)
{
  static const struct
  {
    gint32 first, end;
  } blocks[] = {
    { 0x4E00, 0x9FA6 }, { 0x4E00, 0x9FA6 }, { 0x4E00, 0x9FA6 }, { 0x4E00, 0x9FA6 }, { 0x4E00, 0x9FA6 },
    { 0x4E00, 0x9FA6 }, { 0x9FA6, 0x9FFD }, { 0x20000, 0x2A6D7 } /* B */, { 0x2A700, 0x2B735 } /* C */,
    { 0x2B740, 0x2B81E } /* D */, { 0x2B820, 0x2CEA2 } /* E */, { 0x2CEB0, 0x2EBE1 } /* F */, { 0x30000, 0x3134B } /* G */,
  };
  int block = g_rand_int_range (rand, 0, G_N_ELEMENTS (blocks));

  return (gunichar) g_rand_int_range (rand, blocks[block].first, blocks[block].end);
}

static void
append_random (GString *text, GRand *rand)
{
  static const char *const kinds[] = { "0123456789", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                       "，。、；：（）《》“”——……·！？％", "☑☐√①Ⅳ℃→<>&'\"{}[]\\%#", "堃犇昇珺喆翀䶮𠮷㑇𫖮" };
  int kind = g_rand_int_range (rand, 0, 11);

  if (kind < (int) G_N_ELEMENTS (kinds))
    {
      glong n = g_utf8_strlen (kinds[kind], -1);
      const char *p = g_utf8_offset_to_pointer (kinds[kind], g_rand_int_range (rand, 0, (gint32) n));
      gunichar c = g_utf8_get_char (p);

      /* First characters are found nowhere but in front. */
      g_string_append_unichar (text, c >= TOKEN_FIRST && c < TOKEN_END ? 0x56FD : c);
    }
  else
    g_string_append_unichar (text, random_han (rand));
}

static char *
make_text (Tokens *self, guint length)
{
  GString *text = g_string_new (NULL);

  g_assert_cmpuint (TOKEN_FIRST + self->tokens->len, <, TOKEN_END);
  g_string_append_unichar (text, TOKEN_FIRST + self->tokens->len);
  for (guint i = 1; i < length; i++)
    append_random (text, self->rand);
  return g_string_free (text, FALSE);
}

static guint
random_length (Tokens *self, guint most)
{
  static const gint32 limits[] = { 1, 8, 30, 30, 200, 200, 1500 };
  gint32 limit = limits[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (limits))];

  return MIN ((guint) g_rand_int_range (self->rand, 1, limit + 1), most);
}

static void
add (Tokens *self, const char *place, char *text)
{
  Token *token = g_new (Token, 1);

  token->place = g_strdup (place);
  token->text = text;
  g_ptr_array_add (self->tokens, token);
}

/* The unit's chapters are templates, whose braces are doubled (record/zc-template.h). */
static char *
as_kept (const char *place, const char *text)
{
  g_autoptr (GString) kept = g_string_new (text);

  if (g_str_has_prefix (place, "text:"))
    {
      g_string_replace (kept, "{", "{{", 0);
      g_string_replace (kept, "}", "}}", 0);
    }
  return g_strdup (kept->str);
}

/* States one at @place; takes @place. */
static void
state (Tokens *self, ZcInspection *inspection, char *place, guint most)
{
  g_autoptr (GError) error = NULL;
  char *text = make_text (self, random_length (self, most));
  g_autofree char *kept = as_kept (place, text);

  if (!zc_inspection_set (inspection, place, kept, &error))
    g_error ("%s: %s", place, error->message);
  add (self, place, text);
  g_free (place);
}

/* Where they go */

static gboolean
takes_words (const ZcField *field)
{
  return (field->type == ZC_VALUE_TEXT || field->type == ZC_VALUE_PROSE) && !field->pattern && !field->select;
}

static void
fill_facts (Tokens *self, ZcInspection *inspection, const ZcScheme *scheme)
{
  for (guint i = 0; i < scheme->facts->len; i++)
    {
      const ZcField *fact = scheme->facts->pdata[i];

      if (takes_words (fact))
        state (self, inspection, zc_place_new (ZC_PLACE_FACT, fact->id, 0, NULL), G_MAXUINT);
    }
}

static void
fill_row (Tokens *self, ZcInspection *inspection, const ZcLedger *ledger, guint64 row)
{
  for (guint c = 0; c < ledger->columns->len; c++)
    {
      const ZcField *column = ledger->columns->pdata[c];

      if (takes_words (column))
        state (self, inspection, zc_place_new (ZC_PLACE_CELL, ledger->id, row, column->id), 300);
    }
}

static void
fill_ledgers (Tokens *self, ZcInspection *inspection, const ZcScheme *scheme)
{
  for (guint i = 0; i < scheme->ledgers->len; i++)
    {
      const ZcLedger *ledger = scheme->ledgers->pdata[i];
      g_autoptr (GArray) rows = NULL;

      g_assert_cmpuint (zc_inspection_add_row (inspection, ledger->id, 0, NULL), >, 0);
      g_assert_cmpuint (zc_inspection_add_row (inspection, ledger->id, 0, NULL), >, 0);
      rows = zc_inspection_get_rows (inspection, ledger->id);
      for (guint r = 0; r < rows->len; r++)
        fill_row (self, inspection, ledger, g_array_index (rows, guint64, r));
    }
}

static void
fill_answers (Tokens *self, ZcInspection *inspection, const ZcScheme *scheme)
{
  static const char *const fields[] = { "note", "reason" };

  for (guint i = 0; i < scheme->items->len; i++)
    for (gsize f = 0; f < G_N_ELEMENTS (fields); f++)
      {
        const ZcItem *item = scheme->items->pdata[i];

        if (item->conformity)
          state (self, inspection, zc_place_new (ZC_PLACE_ANSWER, item->id, 0, fields[f]), G_MAXUINT);
      }
}

static void
fill_findings (Tokens *self, ZcInspection *inspection, const ZcScheme *scheme)
{
  static const char *const fields[] = { "problem", "measure", "person" };
  g_autoptr (GArray) findings = NULL;

  for (guint i = 0; i < scheme->items->len; i += 7)
    {
      const ZcItem *item = scheme->items->pdata[i];

      if (item->conformity)
        g_assert_cmpuint (zc_inspection_add_finding (inspection, item->id, NULL), >, 0);
    }
  findings = zc_inspection_get_findings (inspection);
  for (guint i = 0; i < findings->len; i++)
    for (gsize f = 0; f < G_N_ELEMENTS (fields); f++)
      state (self, inspection, zc_place_new (ZC_PLACE_FINDING, NULL, g_array_index (findings, guint64, i), fields[f]),
             G_MAXUINT);
}

static void
fill_texts (Tokens *self, ZcInspection *inspection, const ZcScheme *scheme)
{
  for (guint i = 0; i < scheme->chapters->len; i++)
    {
      const ZcChapter *chapter = scheme->chapters->pdata[i];

      state (self, inspection, zc_place_new (ZC_PLACE_TEXT, chapter->id, 0, NULL), G_MAXUINT);
    }
}

/* A file's name is kept as it can be shown, without what ends a path. */
static void
attach (Tokens *self, ZcInspection *inspection, const ZcItem *item, guint number)
{
  g_autofree char *content = g_strdup_printf ("%u", number);
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;
  char *name = make_text (self, random_length (self, LONGEST_NAME));
  guint64 id = zc_inspection_attach_bytes (inspection, bytes, name, item->id, &error);

  g_assert_no_error (error);
  place = zc_place_new (ZC_PLACE_EVIDENCE, NULL, id, "name");
  add (self, place, name);
  state (self, inspection, zc_place_new (ZC_PLACE_EVIDENCE, NULL, id, "caption"), G_MAXUINT);
}

/* The longest that is promised, somewhere. */
static void
fill_longest (Tokens *self, ZcInspection *inspection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) longer = NULL;
  Token *token;
  guint n;

  do
    n = (guint) g_rand_int_range (self->rand, 0, (gint32) self->tokens->len);
  while (!g_str_has_prefix (((const Token *) self->tokens->pdata[n])->place, "answer:"));
  token = self->tokens->pdata[n];
  longer = g_string_new (token->text);
  for (glong i = g_utf8_strlen (token->text, -1); i < LONGEST; i++)
    append_random (longer, self->rand);
  g_free (token->text);
  token->text = g_strdup (longer->str);
  zc_inspection_set (inspection, token->place, token->text, &error);
  g_assert_no_error (error);
}

void
tokens_fill (Tokens *self, ZcInspection *inspection)
{
  const ZcScheme *scheme = zc_inspection_get_scheme (inspection);
  g_autoptr (GError) error = NULL;

  zc_inspection_begin (inspection, "tokens", &error);
  g_assert_no_error (error);
  fill_facts (self, inspection, scheme);
  fill_ledgers (self, inspection, scheme);
  fill_answers (self, inspection, scheme);
  fill_findings (self, inspection, scheme);
  fill_texts (self, inspection, scheme);
  fill_longest (self, inspection);
  zc_inspection_commit (inspection, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < scheme->items->len; i += 5)
    attach (self, inspection, scheme->items->pdata[i], i);
}
