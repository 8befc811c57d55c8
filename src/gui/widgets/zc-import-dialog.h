/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-ledger-csv.h"
#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcImportDialog: takes a table into a ledger: reads it on a thread, shows what can be taken and what can't, by row and
 * column, before anything is taken, then adds the rows a few at a time. It keeps the window below from being edited
 * meanwhile; closing it takes everything back.
 *
 * Signal "added" (guint rows): they are in the ledger.
 */
#define ZC_TYPE_IMPORT_DIALOG (zc_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcImportDialog, zc_import_dialog, ZC, IMPORT_DIALOG, AdwWindow)

ZcImportDialog *zc_import_dialog_new (GtkWindow *parent, ZcSession *session, const ZcLedger *ledger);

/** zc_import_dialog_read_file: what is in the file @path is shown before anything is taken. */
void zc_import_dialog_read_file (ZcImportDialog *self, const char *path);
/**
 * zc_import_dialog_read_text: rows copied in a spreadsheet, for the columns from @first on; they are added at once
 * unless something in them has a fault.
 */
void zc_import_dialog_read_text (ZcImportDialog *self, GBytes *text, guint first);

/** zc_import_dialog_good_rows: Returns: how many rows of @table have no fault. */
guint zc_import_dialog_good_rows (const ZcLedgerTable *table);

G_END_DECLS
