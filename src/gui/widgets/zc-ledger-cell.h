/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/zc-ledger-model.h"
#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcLedgerCell: one cell of a ledger's grid. It shows its value; while it has the focus it holds what edits it: an
 * entry, a drop-down, a list to tick, a text. Everything valid is stated as it is typed; what can't be taken stays as
 * a draft of the model, marked, until it is mended or Escape takes it back. Its keys activate "ledger.append",
 * "ledger.duplicate", "ledger.remove", "ledger.up" and "ledger.down", which a widget around it installs.
 *
 * Signals:
 *  "entered": it got the focus
 *  "move" (int columns, int rows) → boolean: a key that leads to another cell; FALSE: there is none
 *  "rows-pasted" (const char *text): rows from a spreadsheet were pasted here
 */
#define ZC_TYPE_LEDGER_CELL (zc_ledger_cell_get_type ())
G_DECLARE_FINAL_TYPE (ZcLedgerCell, zc_ledger_cell, ZC, LEDGER_CELL, GtkWidget)

GtkWidget *zc_ledger_cell_new (ZcSession *session, ZcLedgerModel *model, const ZcLedger *ledger, const ZcField *field);
/** zc_ledger_cell_bind: shows the cell of @row, which stands at @position; NULL: of none. */
void zc_ledger_cell_bind (ZcLedgerCell *self, ZcLedgerRow *row, guint position);
/** zc_ledger_cell_set_position: its row stands at @position now. */
void zc_ledger_cell_set_position (ZcLedgerCell *self, guint position);

const ZcField *zc_ledger_cell_get_field (ZcLedgerCell *self);
/** zc_ledger_cell_get_row: Returns: the number of its row, 0 if it shows none. */
guint64 zc_ledger_cell_get_row (ZcLedgerCell *self);
/** zc_ledger_cell_get_entry: Returns: (transfer none) (nullable): what is typed into, while it has the focus. */
GtkEditable *zc_ledger_cell_get_entry (ZcLedgerCell *self);

/** zc_ledger_cell_get_text: Returns: (transfer none): what it shows. */
const char *zc_ledger_cell_get_text (ZcLedgerCell *self);
/**
 * zc_ledger_cell_get_message: what is to be said of it: the fault of what was typed, what preflight says, or the
 * field's help.
 * @fault: (out): whether it is a fault
 * Returns: (transfer full)
 */
char *zc_ledger_cell_get_message (ZcLedgerCell *self, gboolean *fault);

G_END_DECLS
