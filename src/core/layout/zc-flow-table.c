/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "layout/zc-table.h"

#define EPSILON 0.05
/* A row of so many lines is parted between pages rather than moved to the next. */
#define LINES_TO_PART 12
#define GAP_BELOW 8.0

/** Table: a table while it is laid out. Heights are measured from the top of the paper. */
typedef struct
{
  ZcFlow *flow;
  ZcTableReader reader;
  ZcTablePart part;
  GPtrArray *header; /* (element-type ZcTableRow) repeated on each page */
  double header_height;
  GPtrArray *open; /* (element-type ZcTableCell) cells that go on into the next row */
  GQueue ahead;    /* (element-type ZcTableRow) measured, not yet placed */
  double y, bottom;
  gboolean fresh; /* nothing but the header is on this page */
  double tail;    /* of the last row */
} Table;

static void
table_clear (Table *self)
{
  zc_table_part_clear (&self->part);
  g_clear_pointer (&self->header, g_ptr_array_unref);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_queue_clear_full (&self->ahead, (GDestroyNotify) zc_table_row_free);
  zc_table_reader_clear (&self->reader);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

/* Heights. */

static double
line_height (const Table *self, guint lines)
{
  return lines * self->reader.pitch + 2 * self->reader.pad_y;
}

static double
full_room (const Table *self)
{
  return self->flow->sheet.height - self->header_height;
}

/* Height of @row from here on: what ends in it must be told to its end. */
static double
row_need (const Table *self, const ZcTableRow *row)
{
  double need = line_height (self, 1);

  for (guint i = 0; i < row->cells->len; i++)
    {
      const ZcTableCell *cell = row->cells->pdata[i];

      if (cell->last_row == row->index)
        need = MAX (need, zc_table_cell_rest (&self->reader, cell));
    }
  for (guint i = 0; i < self->open->len; i++)
    {
      const ZcTableCell *cell = self->open->pdata[i];

      if (cell->last_row == row->index)
        need = MAX (need, zc_table_cell_rest (&self->reader, cell) - (self->y - cell->top));
    }
  return need;
}

static guint
lines_left (const Table *self, const ZcTableRow *row)
{
  guint most = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const ZcTableCell *cell = row->cells->pdata[i];

      if (!cell->whole)
        most = MAX (most, cell->lines->len - cell->done);
    }
  for (guint i = 0; i < self->open->len; i++)
    {
      const ZcTableCell *cell = self->open->pdata[i];

      if (cell->last_row == row->index && !cell->whole)
        most = MAX (most, cell->lines->len - cell->done);
    }
  return most;
}

/* Placing. */

static guint
lines_in (const Table *self, double height)
{
  double lines = floor ((height - 2 * self->reader.pad_y + EPSILON) / self->reader.pitch);

  return lines > 0 ? (guint) lines : 0;
}

/* Ends the part of @cell that stands on this page. @final: and the cell itself */
static void
close_cell (Table *self, ZcTableCell *cell, double y_end, gboolean final)
{
  double height = y_end - cell->top;
  guint n = cell->lines->len, end;

  if (height < EPSILON)
    return;
  if (cell->whole || (cell->done == 0 && cell->need <= height + EPSILON))
    {
      gboolean fits = cell->need <= height + EPSILON;

      zc_table_part_add (&self->part, cell, cell->top, height, 0,
                         !fits            ? 0
                         : cell->vertical ? 1
                                          : n,
                         !cell->whole);
      cell->whole = TRUE;
      return;
    }
  if (cell->vertical)
    {
      zc_table_part_add (&self->part, cell, cell->top, height, 0, final ? 1 : 0, FALSE);
      return;
    }
  end = final ? n : MIN (n, cell->done + lines_in (self, height));
  zc_table_part_add (&self->part, cell, cell->top, height, cell->done, end, final);
  cell->done = end;
}

static void
begin_row (Table *self, ZcTableRow *row)
{
  for (guint i = 0; !row->begun && i < row->cells->len; i++)
    {
      ZcTableCell *cell = row->cells->pdata[i];

      if (cell->last_row == row->index)
        continue;
      cell->top = self->y;
      cell->references++;
      g_ptr_array_add (self->open, cell);
    }
  row->begun = TRUE;
}

static void
finish_row (Table *self, ZcTableRow *row, double y_end)
{
  begin_row (self, row);
  for (guint i = 0; i < row->cells->len; i++)
    {
      ZcTableCell *cell = row->cells->pdata[i];

      if (cell->last_row == row->index)
        zc_table_part_add (&self->part, cell, self->y, y_end - self->y, cell->done,
                           cell->vertical ? !cell->whole : cell->lines->len, TRUE);
    }
  for (guint i = 0; i < self->open->len;)
    {
      ZcTableCell *cell = self->open->pdata[i];

      if (cell->last_row != row->index)
        {
          i++;
          continue;
        }
      close_cell (self, cell, y_end, TRUE);
      g_ptr_array_remove_index (self->open, i);
    }
  self->y = y_end;
  self->fresh = FALSE;
}

/* Sets as much of @row as stands above @y_end. */
static void
part_row (Table *self, ZcTableRow *row, double y_end)
{
  guint fit = lines_in (self, y_end - self->y);

  begin_row (self, row);
  for (guint i = 0; i < row->cells->len; i++)
    {
      ZcTableCell *cell = row->cells->pdata[i];
      guint end = MIN (cell->lines->len, cell->done + fit);

      if (cell->last_row != row->index)
        continue;
      if (cell->vertical)
        end = !cell->whole && cell->need <= y_end - self->y + EPSILON ? 1 : 0;
      zc_table_part_add (&self->part, cell, self->y, y_end - self->y, cell->vertical ? 0 : cell->done, end,
                         FALSE);
      if (cell->vertical)
        cell->whole = cell->whole || end == 1;
      else
        cell->done = end;
    }
  self->y = y_end;
  self->fresh = FALSE;
}

static void
place_header (Table *self)
{
  for (guint i = 0; i < self->header->len; i++)
    {
      ZcTableRow *row = self->header->pdata[i];

      row->begun = FALSE;
      for (guint c = 0; c < row->cells->len; c++)
        {
          ZcTableCell *cell = row->cells->pdata[c];

          cell->done = 0;
          cell->whole = FALSE;
        }
      finish_row (self, row, self->y + row_need (self, row));
    }
}

/* Pages. */

static void
start_part (Table *self)
{
  self->y = zc_flow_top (self->flow);
  self->bottom = self->y - self->flow->y + self->flow->sheet.height;
  self->fresh = self->flow->y == 0;
  if (self->header->len > 0)
    {
      g_autoptr (GPtrArray) open = g_steal_pointer (&self->open);
      gboolean fresh = self->fresh;

      self->open = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_table_cell_unref);
      place_header (self);
      g_clear_pointer (&self->open, g_ptr_array_unref);
      self->open = g_steal_pointer (&open);
      self->fresh = fresh;
    }
  for (guint i = 0; i < self->open->len; i++)
    ((ZcTableCell *) self->open->pdata[i])->top = self->y;
}

static void
end_part (Table *self)
{
  double end = self->y;

  /* The label of a group stands on its first page whole, even if few of its rows do. */
  for (guint i = 0; i < self->open->len; i++)
    {
      const ZcTableCell *cell = self->open->pdata[i];

      if (!cell->whole && cell->done == 0 && cell->top + cell->need <= self->bottom + EPSILON &&
          cell->top < self->y)
        end = MAX (end, cell->top + cell->need);
    }
  if (end > self->y)
    zc_table_part_grow (&self->part, self->y, end);
  self->y = end;
  for (guint i = 0; i < self->open->len; i++)
    close_cell (self, self->open->pdata[i], end, FALSE);
  zc_table_part_draw (&self->part);
  self->flow->y = self->y - (self->bottom - self->flow->sheet.height);
}

static gboolean
next_page (Table *self, GError **error)
{
  end_part (self);
  if (!zc_flow_new_page (self->flow, self->flow->sheet.landscape, error))
    return FALSE;
  start_part (self);
  return TRUE;
}

/* Rows. */

static gboolean
peek (Table *self, guint n, ZcTableRow **row, GError **error)
{
  while (self->ahead.length <= n)
    {
      if (!zc_table_reader_next (&self->reader, row, error))
        return FALSE;
      if (!*row)
        return TRUE;
      g_queue_push_tail (&self->ahead, *row);
    }
  *row = g_queue_peek_nth (&self->ahead, n);
  return TRUE;
}

/* Whether @row must stand on the page of @next. */
static gboolean
keeps (const Table *self, const ZcTableRow *row, const ZcTableRow *next)
{
  double low = line_height (self, LINES_TO_PART);

  return row->keep || (row->keep_low && row_need (self, row) < low && row_need (self, next) < low);
}

/* Height of @row and of those it is kept with, the first of which is number @ahead of those that are measured. */
static gboolean
chain_need (Table *self, const ZcTableRow *row, guint ahead, double *need, GError **error)
{
  *need = row_need (self, row);
  while ((row->keep || row->keep_low) && *need <= full_room (self))
    {
      ZcTableRow *next;

      if (!peek (self, ahead++, &next, error))
        return FALSE;
      if (!next || !keeps (self, row, next))
        break;
      *need += row_need (self, next) + (next->index + 1 == self->reader.table->rows->len ? self->tail : 0);
      row = next;
    }
  return TRUE;
}

/* Height that must be free for @row to begin here: its groups' labels, and the rows it is kept with. */
static gboolean
wanted_room (Table *self, const ZcTableRow *row, guint ahead, double *want, GError **error)
{
  double chain;

  *want = 0;
  for (guint i = 0; i < row->cells->len; i++)
    {
      const ZcTableCell *cell = row->cells->pdata[i];

      if (cell->last_row > row->index)
        *want = MAX (*want, cell->need);
    }
  if (!row->keep && !row->keep_low)
    return TRUE;
  if (!chain_need (self, row, ahead, &chain, error))
    return FALSE;
  if (row->keep || chain > row_need (self, row))
    *want = MAX (*want, chain);
  return TRUE;
}

/* Decides where @row goes; *@y_end is where this piece of it ends, 0 if it goes to the next page. */
static gboolean
decide (const Table *self, const ZcTableRow *row, double tail, double *y_end)
{
  double need = row_need (self, row), room = self->bottom - self->y;
  guint left = lines_left (self, row);

  *y_end = self->y + need;
  if (need + tail <= room + EPSILON || (self->fresh && left == 0))
    return TRUE;
  if (!self->fresh && need + tail <= full_room (self) &&
      (need < line_height (self, LINES_TO_PART) || left < 4 || room < line_height (self, 4)))
    {
      *y_end = 0;
      return FALSE;
    }
  if (need <= room + EPSILON)
    {
      /* It fits, but what must follow it does not: take two lines along. Counted from the height, as most lines of
       * a cell that covers rows above stand beside those. */
      if (left < 3 || need - 2 * self->reader.pitch < line_height (self, 1))
        return TRUE;
      *y_end = self->y + need - 2 * self->reader.pitch;
      return FALSE;
    }
  *y_end = !self->fresh && room < line_height (self, 2) ? 0 : self->bottom;
  if (*y_end > 0 && lines_in (self, *y_end - self->y) == 0)
    *y_end = self->y + line_height (self, 1);
  return FALSE;
}

/* What makes @row as high as it is. */
static const char *
place_of_highest (const Table *self, const ZcTableRow *row)
{
  const ZcTableCell *highest = NULL;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const ZcTableCell *cell = row->cells->pdata[i];

      if (!highest || zc_table_cell_rest (&self->reader, cell) > zc_table_cell_rest (&self->reader, highest))
        highest = cell;
    }
  return highest ? zc_flow_place_of (highest->measured) : NULL;
}

static gboolean
place_row (Table *self, ZcTableRow *row, GError **error)
{
  double want, y_end, tail = row->index + 1 == self->reader.table->rows->len ? self->tail : 0;

  if (!wanted_room (self, row, 0, &want, error))
    return FALSE;
  if (!self->fresh && self->y + want > self->bottom + EPSILON && want <= full_room (self) &&
      !next_page (self, error))
    return FALSE;
  while (!decide (self, row, tail, &y_end))
    {
      if (y_end > 0)
        part_row (self, row, y_end);
      if (!next_page (self, error))
        return FALSE;
    }
  if (y_end > self->bottom + 1)
    zc_flow_overflow (self->flow, place_of_highest (self, row));
  finish_row (self, row, y_end);
  return TRUE;
}

/* The header is measured once; one that would fill half of each page is printed once. */
static gboolean
read_header (Table *self, GError **error)
{
  for (guint i = 0; i < self->reader.header_rows; i++)
    {
      ZcTableRow *row;

      if (!zc_table_reader_next (&self->reader, &row, error))
        return FALSE;
      g_ptr_array_add (self->header, row);
    }
  self->y = 0;
  place_header (self);
  self->header_height = self->y;
  g_array_set_size (self->part.pieces, 0);
  if (self->header_height <= self->flow->sheet.height / 2)
    return TRUE;
  while (self->header->len > 0)
    {
      ZcTableRow *row = g_ptr_array_steal_index (self->header, self->header->len - 1);

      row->begun = FALSE;
      for (guint c = 0; c < row->cells->len; c++)
        {
          ZcTableCell *cell = row->cells->pdata[c];

          cell->done = 0;
          cell->whole = FALSE;
        }
      g_queue_push_head (&self->ahead, row);
    }
  self->header_height = 0;
  return TRUE;
}

static gboolean
table_init (Table *self, ZcFlow *flow, const ZcTable *table, GError **error)
{
  self->flow = flow;
  self->header = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_table_row_free);
  self->open = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_table_cell_unref);
  g_queue_init (&self->ahead);
  zc_table_part_init (&self->part, &self->reader);
  return zc_table_reader_init (&self->reader, flow, table, error) && read_header (self, error);
}

static double
first_height (Table *self)
{
  ZcTableRow *row;
  double need, want;

  if (!peek (self, 0, &row, NULL) || !row)
    return self->header_height;
  self->y = 0;
  need = row_need (self, row);
  if (need >= line_height (self, LINES_TO_PART))
    need = line_height (self, 4);
  if (wanted_room (self, row, 1, &want, NULL) && want <= full_room (self))
    need = MAX (need, want);
  return self->header_height + need;
}

double
zc_flow_table_lead (ZcFlow *flow, const ZcBlock *block)
{
  g_auto (Table) self = { 0 };

  return block->table && table_init (&self, flow, block->table, NULL) ? first_height (&self) : 0;
}

gboolean
zc_flow_table (ZcFlow *flow, const ZcBlock *block, double tail, GError **error)
{
  g_auto (Table) self = { 0 };
  ZcTableRow *row;

  if (!block->table || block->table->rows->len == 0)
    return TRUE;
  if (!table_init (&self, flow, block->table, error))
    return FALSE;
  self.tail = tail;
  if (flow->y > 0 && !zc_flow_fits (flow, first_height (&self)) &&
      !zc_flow_new_page (flow, flow->sheet.landscape, error))
    return FALSE;
  start_part (&self);
  for (;;)
    {
      g_autoptr (ZcTableRow) placed = NULL;

      if (!peek (&self, 0, &row, error))
        return FALSE;
      placed = g_queue_pop_head (&self.ahead);
      if (!placed)
        break;
      if (!place_row (&self, placed, error))
        return FALSE;
    }
  end_part (&self);
  flow->y += GAP_BELOW;
  return TRUE;
}
