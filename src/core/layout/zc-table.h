/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "layout/zc-flow.h"

G_BEGIN_DECLS

/** ZcTableCell: a cell on its way to the pages. Counted: a page keeps its cells until it is drawn. */
typedef struct
{
  guint references;
  const ZcCell *cell; /* NULL: a gap in the grid, printed as an empty cell */
  ZcMeasured *measured;
  GArray *lines;     /* (element-type ZcLine) */
  guint row, column; /* where it begins */
  guint last_row;    /* the last row it covers */
  double x, width;   /* from the table's left edge */
  double need;       /* height of all of it, padding and seal included */
  gboolean vertical;
  guint done;     /* lines that are set */
  gboolean whole; /* it was set in one piece; later pages repeat it */
  double top;     /* where its part on this page begins */
} ZcTableCell;

/** ZcTableRow: the cells that begin in a row. */
typedef struct
{
  guint index;
  gboolean keep;     /* with the next row */
  gboolean keep_low; /* the same, if neither is so high that it is parted */
  GPtrArray *cells; /* (element-type ZcTableCell) */
  gboolean begun;
} ZcTableRow;

/** ZcTableReader: measures a table's rows one by one, so that memory does not grow with them. */
typedef struct
{
  ZcFlow *flow;
  const ZcTable *table;
  guint n_columns, header_rows;
  double *edges;  /* n_columns + 1 */
  guint *covered; /* by column: the first row that no cell above covers */
  double size, pitch, pad_x, pad_y;
  guint next;
} ZcTableReader;

gboolean zc_table_reader_init (ZcTableReader *self, ZcFlow *flow, const ZcTable *table, GError **error);
void zc_table_reader_clear (ZcTableReader *self);

/** zc_table_reader_next: *@row is (transfer full), NULL after the last. */
gboolean zc_table_reader_next (ZcTableReader *self, ZcTableRow **row, GError **error);

void zc_table_row_free (ZcTableRow *self);
void zc_table_cell_unref (ZcTableCell *self);

/** zc_table_cell_rest: height that what is not yet set of @self needs. */
double zc_table_cell_rest (const ZcTableReader *reader, const ZcTableCell *self);

/** ZcTablePart: the piece of a table that stands on one page, until it is drawn. */
typedef struct
{
  const ZcTableReader *reader;
  GArray *pieces;
} ZcTablePart;

void zc_table_part_init (ZcTablePart *self, const ZcTableReader *reader);
void zc_table_part_clear (ZcTablePart *self);

/** zc_table_part_add: lines @first to before @end of @cell stand from @y on in a box of @height. @last:
 * nothing follows */
void zc_table_part_add (
    ZcTablePart *self, ZcTableCell *cell, double y, double height, guint first, guint end, gboolean last);

/** zc_table_part_grow: moves the lower edge of boxes that end at @from to @to. */
void zc_table_part_grow (ZcTablePart *self, double from, double to);

/** zc_table_part_draw: text, in order of rows and columns, then rules; and forgets all. */
void zc_table_part_draw (ZcTablePart *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZcTableReader, zc_table_reader_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcTableRow, zc_table_row_free)

G_END_DECLS
