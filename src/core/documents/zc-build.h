/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the builders of this folder only: one document under construction. */

#include "documents/zc-document-builder.h"

G_BEGIN_DECLS

typedef struct
{
  ZcRecord *record;
  const ZcScheme *scheme;
  ZcDocument *document;
} ZcBuild;

/* Texts (zc-build-text.c) */

/** zc_build_holds: whether @element applies: its `when` (if any) holds for @context. */
gboolean zc_build_holds (const ZcBuild *self, const xmlNode *element, const xmlNode *context);
/**
 * zc_build_nodes: the nodes of @element's `each`; one NULL if it has none. Returns: (transfer full) (element-type
 * xmlNode)
 */
GPtrArray *zc_build_nodes (const ZcBuild *self, const xmlNode *element);
/**
 * zc_build_template: expands @text into @spans (of ZcSpan); @own_place (nullable): what the words between bound
 * values state.
 */
void zc_build_template (const ZcBuild *self, GPtrArray *spans, const char *text, const xmlNode *context, const char *own_place);
/**
 * zc_build_value: adds the displayed value of @place to @spans; nothing stated adds nothing. Returns: whether
 * something was added.
 */
gboolean zc_build_value (const ZcBuild *self, GPtrArray *spans, const char *place);
/**
 * zc_build_text: the blocks of one text element (title, p, heading, chapter, signature …). Returns: FALSE if it is
 * none.
 */
gboolean zc_build_text (const ZcBuild *self, const xmlNode *element);

/* Tables (zc-build-table.c) */

void zc_build_table (const ZcBuild *self, const xmlNode *element);
/** zc_build_finding_field: Returns: (nullable): the field of a finding called @id. */
const ZcField *zc_build_finding_field (const char *id);

/* Lists that the program draws up by itself (zc-build-lists.c) */

void zc_build_answers (const ZcBuild *self, const char *section);
void zc_build_ledger (const ZcBuild *self, const ZcLedger *ledger, gboolean landscape);
void zc_build_findings (const ZcBuild *self);
void zc_build_evidence (const ZcBuild *self);
void zc_build_chart (const ZcBuild *self);
/** zc_build_places: a table of label and value of @places (element-type char*). */
void zc_build_places (const ZcBuild *self, const char *heading, GPtrArray *places);

/* zc-build-turns.c */

/**
 * zc_build_turns: short tables between two wide ones become wide, so that the paper is not turned for them twice and each
 * of the pages is not nearly empty.
 */
void zc_build_turns (ZcDocument *document);

/* zc-handin-list.c */

/**
 * zc_handin_list_new: what goes to the office, on which medium, with whose signature; the words on the disc; the
 * receipt.
 */
ZcDocument *zc_handin_list_new (ZcRecord *record, const ZcSealMark *mark);

G_END_DECLS
