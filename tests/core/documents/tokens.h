/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-inspection.h"

/*
 * Random texts that are found again wherever they are printed: each begins with a character that stands nowhere else,
 * followed by characters of all kinds, those that no font has included, without white space.
 */

/** Token: what was typed at @place. */
typedef struct
{
  char *place;
  char *text;
} Token;

typedef struct
{
  GRand *rand;
  GPtrArray *tokens; /* (element-type Token); number n begins with the character TOKEN_FIRST + n */
} Tokens;

#define TOKEN_FIRST 0x3400
#define TOKEN_END 0x4DC0

Tokens *tokens_new (guint32 seed);
void tokens_free (Tokens *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tokens, tokens_free)

/** tokens_fill: states a token at each place of @inspection that takes any words; adds rows, findings and evidence. */
void tokens_fill (Tokens *self, ZcInspection *inspection);

/** tokens_at: Returns: (nullable): the token of which @character is the first. */
const Token *tokens_at (const Tokens *self, gunichar character);
