/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-ledger-csv.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcImportDialog: what of a table can be taken into a ledger and what can't, by row and column, before anything is
 * taken.
 *
 * Signal "accepted": the user wants the good rows; the dialog closes after it.
 */
#define ZC_TYPE_IMPORT_DIALOG (zc_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcImportDialog, zc_import_dialog, ZC, IMPORT_DIALOG, AdwWindow)

/** zc_import_dialog_new: @table: (transfer full) */
ZcImportDialog *zc_import_dialog_new (GtkWindow *parent, ZcLedgerTable *table);
const ZcLedgerTable *zc_import_dialog_get_table (ZcImportDialog *self);
/** zc_import_dialog_good_rows: Returns: how many rows of @table have no fault. */
guint zc_import_dialog_good_rows (const ZcLedgerTable *table);

G_END_DECLS
