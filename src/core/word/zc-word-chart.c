/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#define LABEL_WIDTH 3.0
#define NUMBER_WIDTH 1.0

/* How many parts have a name; the others are not shown. */
static guint
legend_length (const ZcBlock *block)
{
  guint n = block->legend ? g_strv_length (block->legend) : 0;

  return MIN (n, (guint) G_N_ELEMENTS (((ZcBar *) 0)->parts));
}

static void
add_label (ZcRow *row, guint column, const char *text, ZcAlign align)
{
  ZcCell *cell = zc_row_add (row, zc_cell_new (column, 1));

  cell->label = TRUE;
  cell->align = align;
  zc_cell_add (cell, text, NULL);
}

static void
add_number (ZcRow *row, guint column, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  ZcCell *cell = zc_row_add (row, zc_cell_new (column, 1));

  cell->align = ZC_ALIGN_END;
  zc_cell_add (cell, text, NULL);
}

static void
add_bar (ZcTable *table, const ZcBar *bar, guint n)
{
  ZcRow *row = zc_table_add_row (table);
  guint64 sum = 0;

  row->keep_with_next = TRUE;
  add_label (row, 0, bar->label, ZC_ALIGN_START);
  for (guint i = 0; i < n; i++)
    {
      sum += bar->parts[i];
      add_number (row, i + 1, bar->parts[i]);
    }
  add_number (row, n + 1, sum);
}

ZcTable *
zc_word_chart_table (const ZcBlock *block)
{
  const guint n = legend_length (block);
  double widths[2 + G_N_ELEMENTS (((ZcBar *) 0)->parts)] = { LABEL_WIDTH };
  ZcTable *table;
  ZcRow *head;

  for (guint i = 0; i <= n; i++)
    widths[i + 1] = NUMBER_WIDTH;
  table = zc_table_new (widths, n + 2);
  if (!block->bars || !block->bars->len)
    return table;
  table->header_rows = 1;
  head = zc_table_add_row (table);
  add_label (head, 0, "类别", ZC_ALIGN_CENTER);
  for (guint i = 0; i < n; i++)
    add_label (head, i + 1, block->legend[i], ZC_ALIGN_CENTER);
  add_label (head, n + 1, "合计", ZC_ALIGN_CENTER);
  for (guint i = 0; i < block->bars->len; i++)
    add_bar (table, block->bars->pdata[i], n);
  return table;
}
