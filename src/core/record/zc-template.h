/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/zc-record.h"

G_BEGIN_DECLS

/*
 * Templates: text with bound values in it. Messages, drafts, cells of forms and the unit's own chapter texts are
 * templates, so that a number in a sentence always is the number of its field.
 *
 *     {ID}          the displayed value of fact ID (typed or derived)
 *     {@COLUMN}     inside an `each`: the cell of this row, or the field of this finding; {@row} the row's
 *                   position in words, and in places its number
 *     {place}       any place: {cell:systems/3/name}, {answer:X07/note}
 *     {{ and }}     the braces themselves
 *
 * A value that is not stated prints as "____" in documents and as “(not stated)” in messages.
 */

/** ZcPiece: a part of an expanded template. */
typedef struct
{
  char *text;
  char *place; /* nullable: what this piece states; NULL for the words between */
} ZcPiece;

/** zc_template_expand: Returns: (transfer full) (element-type ZcPiece) */
GPtrArray *zc_template_expand (const char *text, ZcRecord *record, const xmlNode *context);

/**
 * zc_template_from_pieces: the way back: the template that expands to @pieces, places as names in braces, braces
 * among the words doubled. What an editor shows as words and values is kept by it.
 * @pieces: (element-type ZcPiece)
 *
 * Returns: (transfer full)
 */
char *zc_template_from_pieces (GPtrArray *pieces);

/** zc_piece_new: @place: (nullable). Returns: (transfer full) */
ZcPiece *zc_piece_new (const char *text, const char *place);
void zc_piece_free (ZcPiece *self);

/** zc_template_expand_string: the same as one string. Returns: (transfer full) */
char *zc_template_expand_string (const char *text, ZcRecord *record, const xmlNode *context);

/**
 * zc_template_expand_message: as zc_template_expand_string(), with “(not stated)” for what is not. Returns: (transfer
 * full)
 */
char *zc_template_expand_message (const char *text, ZcRecord *record, const xmlNode *context);

/** zc_template_expand_place: of a place, as in a rule's `at`: values as they are kept. Returns: (transfer full) (nullable): NULL if
 * no place comes out */
char *zc_template_expand_place (const char *text, ZcRecord *record, const xmlNode *context);

/** zc_template_bind: replaces {@COLUMN} by {cell:LEDGER/ROW/COLUMN} (or finding:…), so that the text stands without its context and
 * keeps its numbers bound; what drafts become when the user edits them. Returns: (transfer full) */
char *zc_template_bind (const char *text, const xmlNode *context);

/**
 * zc_template_check: whether every {…} of @text names something of @scheme. @columns_of (nullable): the ledger of the
 * context, "findings" for findings.
 */
gboolean zc_template_check (const char *text, const ZcScheme *scheme, const char *columns_of, GError **error);

/**
 * zc_template_check_text: the same for a text of the unit: every {…} must also name a row, finding or file that is
 * there.
 */
gboolean zc_template_check_text (const char *text, ZcRecord *record, GError **error);

G_END_DECLS
