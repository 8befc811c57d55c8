/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-inspection.h"

G_BEGIN_DECLS

/* Rows in bulk: CSV as spreadsheets write it (RFC 4180, UTF-8 with or without BOM, GB18030; comma, semicolon or TAB). */

#define ZC_CSV_MAX_BYTES (64u * 1024 * 1024)
#define ZC_CSV_MAX_ROWS 100000
#define ZC_CSV_MAX_COLUMNS 200
#define ZC_CSV_MAX_FAULTS 1000

/** ZcCsvFault: a cell that can't be taken. */
typedef struct
{
  guint row;    /* of the file, from 1, the header included */
  char *column; /* the header's words, "" for the whole row */
  char *message;
} ZcCsvFault;

/** ZcLedgerTable: a CSV file read against a ledger's columns: nothing is in the inspection yet. For preview. */
typedef struct
{
  const ZcLedger *ledger;
  GPtrArray *columns;  /* (element-type ZcField) the ledger's column of each of the file's, NULL if it matches none */
  char **headers;      /* the file's own */
  GPtrArray *rows;     /* (element-type GStrv) checked values in kept form, one a file's column */
  GArray *bad;         /* (element-type gboolean) whether the row of this index has a fault */
  GArray *numbers;     /* (element-type guint) the row of the file, from 1, that the row of this index is */
  GPtrArray *faults;   /* (element-type ZcCsvFault) in order; at most ZC_CSV_MAX_FAULTS */
  guint more;          /* how many faults more there are */
} ZcLedgerTable;

/**
 * zc_ledger_table_read: columns are matched by their label or id (case, blanks and a unit in brackets aside); a file
 * that matches no column, or that opens a quotation mark and never closes it, is an error; a required column that is
 * missing a fault of row 1.
 * Returns: (transfer full) (nullable)
 */
ZcLedgerTable *zc_ledger_table_read (ZcScheme *scheme, const char *ledger, const char *path, GError **error);

/** zc_ledger_table_parse: the same for text, for example pasted from a spreadsheet: then @has_header may be FALSE, the columns
 * are the ledger's from @first on, and only a TAB separates them. @name: how messages call it */
ZcLedgerTable *zc_ledger_table_parse (ZcScheme *scheme, const char *ledger, GBytes *text, gboolean has_header, guint first,
                                      const char *name, GError **error);

/**
 * zc_ledger_table_choose: leaves out all rows but those that @rows names as the file counts them ("2-40,52"), and
 * their faults.
 */
gboolean zc_ledger_table_choose (ZcLedgerTable *self, const char *rows, GError **error);

/**
 * zc_ledger_table_apply: adds (or, with @replace, puts in place of all) the rows without fault, as one step. @rows:
 * how many
 */
gboolean zc_ledger_table_apply (const ZcLedgerTable *self, ZcInspection *inspection, gboolean replace, guint *rows, GError **error);

/**
 * ZcLedgerFilling: the same a few rows at a time, for a window that has to go on in between. All of it is one group of
 * @inspection: what else is stated until the end goes with it, so nothing else should be.
 */
typedef struct _ZcLedgerFilling ZcLedgerFilling;

/** zc_ledger_filling_new: @table and @inspection must live as long. Returns: (transfer full) (nullable) */
ZcLedgerFilling *zc_ledger_filling_new (const ZcLedgerTable *table, ZcInspection *inspection, gboolean replace, GError **error);
/**
 * zc_ledger_filling_step: up to @most rows of the table more. Returns: FALSE with @error when it failed, which takes all
 * back
 */
gboolean zc_ledger_filling_step (ZcLedgerFilling *self, guint most, GError **error);
/** zc_ledger_filling_done: how many rows of the table are behind; all of them at the end. */
guint zc_ledger_filling_done (const ZcLedgerFilling *self);
/** zc_ledger_filling_finish: makes it a step of the history. @rows: (out): how many rows were added */
gboolean zc_ledger_filling_finish (ZcLedgerFilling *self, guint *rows, GError **error);
/** zc_ledger_filling_free: takes all back unless it was finished. */
void zc_ledger_filling_free (ZcLedgerFilling *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcLedgerFilling, zc_ledger_filling_free)

/** zc_ledger_csv_export: all columns by label, values as they are shown, UTF-8 with BOM (spreadsheets need it), CRLF. Cells that
 * a spreadsheet would take for a formula get a leading TAB, which import takes off again. */
gboolean zc_ledger_csv_export (ZcInspection *inspection, const char *ledger, const char *path, GError **error);

void zc_ledger_table_free (ZcLedgerTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcLedgerTable, zc_ledger_table_free)

G_END_DECLS
