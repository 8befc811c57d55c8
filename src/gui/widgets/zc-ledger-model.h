/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-inspection.h"

G_BEGIN_DECLS

/** ZcLedgerRow: a row of a ledger as an item of a list. Signal "changed": something that is shown of it changed. */
#define ZC_TYPE_LEDGER_ROW (zc_ledger_row_get_type ())
G_DECLARE_FINAL_TYPE (ZcLedgerRow, zc_ledger_row, ZC, LEDGER_ROW, GObject)

/** zc_ledger_row_get_number: the row's number for ever, not its position. */
guint64 zc_ledger_row_get_number (ZcLedgerRow *self);

/**
 * ZcLedgerModel: the rows of one ledger as a GListModel of ZcLedgerRow, and what is known of their cells beside what
 * is stated: text that was typed and can't be taken, and what preflight says. Items are made when they are asked for
 * and forgotten when nobody holds them, so thousands of rows cost a number each. Needs no display.
 */
#define ZC_TYPE_LEDGER_MODEL (zc_ledger_model_get_type ())
G_DECLARE_FINAL_TYPE (ZcLedgerModel, zc_ledger_model, ZC, LEDGER_MODEL, GObject)

ZcLedgerModel *zc_ledger_model_new (void);

/** zc_ledger_model_set_ledger: shows the rows of @ledger (an id; nullable: none) of @inspection; drafts are dropped. */
void zc_ledger_model_set_ledger (ZcLedgerModel *self, ZcInspection *inspection, const char *ledger);
/**
 * zc_ledger_model_sync: takes over what changed at @place (NULL: anywhere); says only of what is different that it
 * changed.
 */
void zc_ledger_model_sync (ZcLedgerModel *self, const char *place);

/** zc_ledger_model_find: Returns: the position of row number @row, G_MAXUINT if it has none. */
guint zc_ledger_model_find (ZcLedgerModel *self, guint64 row);
/** zc_ledger_model_number_at: Returns: the number of the row at @position, 0 if there is none. */
guint64 zc_ledger_model_number_at (ZcLedgerModel *self, guint position);

/** zc_ledger_model_get_draft: Returns: (transfer none) (nullable): what was typed at @place and can't be taken. */
const char *zc_ledger_model_get_draft (ZcLedgerModel *self, const char *place);
void zc_ledger_model_set_draft (ZcLedgerModel *self, const char *place, const char *text);

/** zc_ledger_model_set_faults: (transfer full) (nullable): a table of places and sentences. Live rows are told. */
void zc_ledger_model_set_faults (ZcLedgerModel *self, GHashTable *faults);
/** zc_ledger_model_get_fault: Returns: (transfer none) (nullable) */
const char *zc_ledger_model_get_fault (ZcLedgerModel *self, const char *place);
/** zc_ledger_model_drop_fault: what preflight said of @place does not hold any more. */
void zc_ledger_model_drop_fault (ZcLedgerModel *self, const char *place);

/** zc_ledger_model_live: Returns: how many items exist at the moment. */
guint zc_ledger_model_live (ZcLedgerModel *self);

G_END_DECLS
