/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * A place is the name of one thing a unit can state, as a string. Everything that speaks of such a thing uses it: the
 * store's key, the history, a rule's target, the page map ("printed on page n"), the first difference of two records,
 * a jump in the window, the command line's ID.
 *
 *     fact:ID                        one fact                    fact:unit.name
 *     answer:ITEM/FIELD              conformity, reason, note, review (marked 待查: "1"), confirmed   answer:X07/note
 *     ledger:LEDGER                  a whole ledger (never has a value)
 *     row:LEDGER/ROW                 a row; its value is the sort key          row:systems/3
 *     cell:LEDGER/ROW/COLUMN         one cell                    cell:systems/3/name
 *     finding:N/FIELD                item, source, problem, measure, person, due, state, severity  finding:2/due
 *     text:CHAPTER                   the unit's own text of a chapter, replacing its draft
 *     link:ITEM/EVIDENCE             this evidence belongs to that item; the value is a sort key
 *     evidence:EVIDENCE/FIELD        caption                     evidence:5/caption
 *     item:ITEM                      a whole item (never has a value)
 *
 * ITEM, LEDGER, COLUMN, CHAPTER and fact ids match [A-Za-z][A-Za-z0-9._-]{0,63}; ROW, N and EVIDENCE are decimal
 * numbers from 1 on, given once and never again within one inspection.
 */
typedef enum
{
  ZC_PLACE_FACT,
  ZC_PLACE_ANSWER,
  ZC_PLACE_LEDGER,
  ZC_PLACE_ROW,
  ZC_PLACE_CELL,
  ZC_PLACE_FINDING,
  ZC_PLACE_TEXT,
  ZC_PLACE_LINK,
  ZC_PLACE_EVIDENCE,
  ZC_PLACE_ITEM,
} ZcPlaceKind;

/** ZcPlace: a place taken apart. Pointers lead into @buffer. */
typedef struct
{
  ZcPlaceKind kind;
  const char *id;    /* fact, item, ledger, chapter id; or the finding's or evidence's number as text */
  const char *field; /* answer, finding, evidence: the field; cell: the column; else NULL */
  guint64 number;    /* row, finding or evidence number; 0 if the kind has none */
  char buffer[256];
} ZcPlace;

/** zc_place_parse: Returns: FALSE if @text is not a well-formed place; what it names need not exist. */
gboolean zc_place_parse (const char *text, ZcPlace *place);

/**
 * zc_place_new: e.g. zc_place_new (ZC_PLACE_CELL, "systems", 3, "name"). Unused parts are 0 and NULL. Returns:
 * (transfer full)
 */
char *zc_place_new (ZcPlaceKind kind, const char *id, guint64 number, const char *field);

/** zc_id_is_valid: whether @id matches [A-Za-z][A-Za-z0-9._-]{0,63}. */
gboolean zc_id_is_valid (const char *id);

G_END_DECLS
