/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/zc-ledger-cell.h"

G_BEGIN_DECLS

/**
 * ZcLedgerGrid: the rows of one ledger as a grid that is filled in like a spreadsheet: Tab and Enter go on, arrows
 * move, F2 opens, Escape takes back. Only rows near the screen have widgets.
 *
 * Signals:
 *  "current-changed": another cell has the focus, or what is to be said of it is different
 *  "rows-pasted" (const char *text): tab-separated rows were pasted
 */
#define ZC_TYPE_LEDGER_GRID (zc_ledger_grid_get_type ())
G_DECLARE_FINAL_TYPE (ZcLedgerGrid, zc_ledger_grid, ZC, LEDGER_GRID, AdwBin)

/** zc_ledger_grid_set_ledger: @ledger: (nullable): none. */
void zc_ledger_grid_set_ledger (ZcLedgerGrid *self, ZcSession *session, const ZcLedger *ledger);
/** zc_ledger_grid_sync: takes over what changed at @place (NULL: anywhere) and what preflight says. */
void zc_ledger_grid_sync (ZcLedgerGrid *self, const char *place);

ZcLedgerModel *zc_ledger_grid_get_model (ZcLedgerGrid *self);
/** zc_ledger_grid_get_row: Returns: the number of the row last worked in, 0 if there is none. */
guint64 zc_ledger_grid_get_row (ZcLedgerGrid *self);
/** zc_ledger_grid_get_column: Returns: the index of the column last worked in. */
guint zc_ledger_grid_get_column (ZcLedgerGrid *self);
/**
 * zc_ledger_grid_get_message: see zc_ledger_cell_get_message(); of the cell last worked in. Returns: (transfer full)
 * (nullable)
 */
char *zc_ledger_grid_get_message (ZcLedgerGrid *self, gboolean *fault);

/**
 * zc_ledger_grid_focus: scrolls to a cell and gives it the focus. @column: an index. Returns: FALSE if it can't have
 * it.
 */
gboolean zc_ledger_grid_focus (ZcLedgerGrid *self, guint64 row, guint column);
/** zc_ledger_grid_find_cell: Returns: (transfer none) (nullable): the widget of a cell, if it has one at the moment. */
ZcLedgerCell *zc_ledger_grid_find_cell (ZcLedgerGrid *self, guint64 row, guint column);
/** zc_ledger_grid_count_cells: Returns: how many cells have widgets. */
guint zc_ledger_grid_count_cells (ZcLedgerGrid *self);

G_END_DECLS
