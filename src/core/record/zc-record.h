/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-inspection.h"

G_BEGIN_DECLS

/**
 * ZcRecord: everything the unit states, as one XML document, with XPath 1.0 over it.
 *
 *     <record format="1" scheme="…" scheme-version="…" scheme-digest="…" id="…" nonce="…" created="…" revision="1">
 *       <facts>    <fact id="unit.name">…</fact>  <fact id="n.systems" derived="yes">3</fact> </facts>
 *       <answers>  <answer item="X07" conformity="yes" review="1" …> <reason>…</reason> <note>…</note> </answer> </answers>
 *       <ledgers>  <ledger id="systems"> <row id="3"> <cell column="name">…</cell> </row> </ledger> </ledgers>
 *       <findings> <finding id="2" item="X31" state="open" …> <problem>…</problem> <measure>…</measure> </finding> </findings>
 *       <texts>    <text chapter="c2">…</text> </texts>
 *       <evidence> <file id="5" name="…" size="…" sm3="…" sha256="…" caption="…"> <item id="X07"/> </file> </evidence>
 *     </record>
 *
 * Its bytes (zc_record_to_bytes) are a fixed point of C14N 1.1 and the same for the same inspection on any machine:
 * they are what is exported, sealed and packed. The exact form is written down in src/core/record/RECORD.md.
 */
typedef struct _ZcRecord ZcRecord;

/* The most that a record from outside may have. */
#define ZC_RECORD_MAX_ROWS 200000
#define ZC_RECORD_MAX_FINDINGS 20000
#define ZC_RECORD_MAX_FILES 100000
#define ZC_RECORD_MAX_NAME 1024 /* bytes of a file's name */
#define ZC_RECORD_MAX_NUMBER (((guint64) 1 << 46) - 1) /* of a row, finding or file */

/**
 * zc_record_new: the record of @inspection as it stands, derived facts computed.
 * Returns: (transfer full)
 */
ZcRecord *zc_record_new (ZcInspection *inspection);

/**
 * zc_record_parse: reads a record from outside (an export, a package): hostile input; it must be in canonical form if
 * @strict (sealed records), and then every evidence, row and finding number is checked too.
 * @scheme: the scheme it was made with
 *
 * Returns: (transfer full) (nullable)
 */
ZcRecord *zc_record_parse (GBytes *bytes, ZcScheme *scheme, gboolean strict, GError **error);

/** zc_record_scheme_id: reads only the root's attributes. Returns: (transfer full) (nullable): the id of its scheme. */
char *zc_record_scheme_id (GBytes *bytes, GError **error);

/** zc_record_to_bytes: Returns: (transfer full): the canonical bytes. */
GBytes *zc_record_to_bytes (ZcRecord *self);

ZcScheme *zc_record_get_scheme (ZcRecord *self);
guint zc_record_get_revision (ZcRecord *self);

/** zc_record_update: brings the record of a living inspection up to date after its "changed"; cheap for one place. */
void zc_record_update (ZcRecord *self, ZcInspection *inspection, const char *place);
/**
 * zc_record_update_some: the same in parts, for thousands of places at once (zc_inspection_get_told()): at most @most of
 * @places from @from on. Between two calls the record is of before and after; edits may be made, and told to it.
 * Returns: where to go on; the length of @places when it is up to date
 */
guint zc_record_update_some (ZcRecord *self, ZcInspection *inspection, GPtrArray *places, guint from, guint most);

/**
 * zc_record_import: makes @inspection state exactly what @self states, as one step. Evidence is linked by digest
 * where the inspection has the bytes; what it lacks is looked for in @evidence_dir (nullable); still missing is an
 * error that names the files, unless @allow_missing. What the scheme does not know is an error naming it; nothing is
 * changed then.
 */
gboolean zc_record_import (ZcRecord *self, ZcInspection *inspection, const char *evidence_dir, gboolean allow_missing,
                           const ZcProgress *progress, GError **error);

/**
 * zc_record_first_difference: what the two state differently; @self is asked first for labels, @other for what only
 * it has.
 * Returns: (transfer full) (nullable): the first place (in record order) that differs; a row that only one has or
 * that moved as row:…, a file as link:… or evidence:…/name. NULL if they state the same: then at most revision, nonce
 * or times differ
 */
char *zc_record_first_difference (ZcRecord *self, ZcRecord *other);

/* Reading */

/** zc_record_get: Returns: (transfer full) (nullable): what is stated (or derived) at @place. */
char *zc_record_get (ZcRecord *self, const char *place);
/**
 * zc_record_display: as zc_record_get(), as it is printed (options by label, dates in words); "" if nothing. Returns:
 * (transfer full)
 */
char *zc_record_display (ZcRecord *self, const char *place);
/** zc_record_label: Returns: (transfer full): how messages and the history call @place: "系统台账 第3行 名称". */
char *zc_record_label (ZcRecord *self, const char *place);
/** zc_record_rows: Returns: (transfer full) (element-type xmlNode, borrowed): row elements of a ledger in order. */
GPtrArray *zc_record_rows (ZcRecord *self, const char *ledger);
/** zc_record_row: Returns: (transfer none) (nullable): the element of row number @row of a ledger. */
const xmlNode *zc_record_row (ZcRecord *self, const char *ledger, guint64 row);
/** zc_record_findings: Returns: (transfer full) (element-type xmlNode, borrowed): finding elements in order. */
GPtrArray *zc_record_findings (ZcRecord *self);
/**
 * zc_record_node_place: the place of an element of the record (row → row:…, finding → finding:…/item …). Returns:
 * (transfer full) (nullable)
 */
char *zc_record_node_place (const xmlNode *node);
/**
 * zc_record_places: every place with a typed value, in order; not the marks for the work at hand (review, confirmed)
 * and what the program states by itself (derived facts, the item of a finding, links).
 * Returns: (transfer full) (element-type char*)
 */
GPtrArray *zc_record_places (ZcRecord *self);

/*
 * XPath 1.0 over the record, with these functions added:
 *
 *     fact(ID)          string: a fact's value, "" if none       num(ID)      number: the same, 0 if none
 *     has(ID, OPTION)   boolean: a multiple choice has it         answer(ITEM) string: yes, partly, no, na or ""
 *     rows(LEDGER)      its row elements                          cell(COLUMN) string: of the context row; row/cell[@column=…] works too
 *     cellnum(COLUMN)   number, 0 if none                         total(LEDGER, COLUMN) sum of a column
 *     findings()        all finding elements                      evidence(ITEM) file elements of an item
 *     day(DATE)         day number of a YYYY-MM-DD, NaN if none   today()      day number of the clock's today (never in derived facts)
 *     workdays(A, B)    working days after A up to B        matches(TEXT, REGEX) boolean: somewhere in it
 *
 * Each evaluation has a step limit; the expression came with the scheme, which the check compiled. One that fails is
 * false, NaN, "" or no node, and preflight says so. Without @context the context node is the record element.
 *
 * Results are kept while nothing that was read by these functions has changed, so that after one edit thousands of
 * rows are not gone through again: write count(rows('systems')[cell('level') = '3']) rather than absolute paths,
 * which are evaluated anew each time.
 */

gboolean zc_record_eval_boolean (ZcRecord *self, const char *xpath, const xmlNode *context);
double zc_record_eval_number (ZcRecord *self, const char *xpath, const xmlNode *context);
/** zc_record_eval_string: Returns: (transfer full): numbers in canonical form, "" for NaN. */
char *zc_record_eval_string (ZcRecord *self, const char *xpath, const xmlNode *context);
/** zc_record_eval_nodes: Returns: (transfer full) (element-type xmlNode, borrowed) */
GPtrArray *zc_record_eval_nodes (ZcRecord *self, const char *xpath, const xmlNode *context);

ZcRecord *zc_record_ref (ZcRecord *self);
void zc_record_unref (ZcRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcRecord, zc_record_unref)

G_END_DECLS
