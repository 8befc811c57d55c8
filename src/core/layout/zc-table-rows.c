/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "layout/zc-table.h"

static const double sizes[] = { 10.5, 9, 7.5, 6 }; /* 5号, 小5号, 6号: for tables of very many columns */

/* Longer words may be parted within a narrow column. */
#define LONGEST_KEPT 18
/* Characters of a column's heading that it is made wide for. */
#define LONGEST_HEADER 12

#define VERTICAL_PITCH 1.15 /* of the letters' size */

/* Columns. */

static double
sane (double width)
{
  return isfinite (width) && width > 0 ? MIN (width, 1e6) : 0;
}

/* What is kept whole if there is room for it. */
typedef enum
{
  WHOLE_DATES, /* and words */
  WHOLE_WORDS,
  WHOLE_NOTHING,
} Whole;

/* The bytes at @p that belong to a word, 0 if it ends here: ASCII, or the 年 of 2016年. */
static guint
word_bytes (const char *p, guint before, Whole whole)
{
  if (*p > ' ' && *p < 0x7F)
    return 1;
  if (whole == WHOLE_DATES && before > 0 && g_ascii_isdigit (p[-1]) &&
      (g_str_has_prefix (p, "年") || g_str_has_prefix (p, "月") || g_str_has_prefix (p, "日")))
    return 3;
  return 0;
}

/* Width of the longest word in @text that is to be kept whole: a number, a date, a code, but not an address.
 */
static double
longest_word (ZcTableReader *self, const ZcCell *cell, const char *text, Whole whole)
{
  ZcFace face = cell->label ? ZC_FACE_HEITI : ZC_FACE_SONGTI;
  double width = 0, longest = 0;
  guint n = 0;

  for (const char *p = text;;)
    {
      guint bytes = word_bytes (p, n, whole);

      if (bytes > 0)
        {
          width += bytes > 1 ? self->size
                             : zc_fonts_glyph (self->flow->fonts, face, (gunichar) *p)->advance * self->size;
          p += bytes;
          n++;
          continue;
        }
      if (n <= LONGEST_KEPT)
        longest = MAX (longest, width);
      if (*p++ == '\0')
        return longest;
      width = 0;
      n = 0;
    }
}

/* How many characters wide a column is made for a heading of @n: two stay in one line, more go into three. */
static guint
header_width (glong n)
{
  return n <= 2 ? (guint) n : MAX (2, (guint) (MIN (n, LONGEST_HEADER) + 2) / 3);
}

/* Width that @cell asks of its column: for its longest word and, in a header, for its text in few lines. */
static double
least_of_cell (ZcTableReader *self, const ZcCell *cell, gboolean header, Whole whole)
{
  double longest = 0;
  glong characters = 0;

  for (guint i = 0; i < cell->spans->len; i++)
    {
      const char *text = ((const ZcSpan *) cell->spans->pdata[i])->text;

      longest = MAX (longest, longest_word (self, cell, text, whole));
      characters += header ? g_utf8_strlen (text, LONGEST_HEADER * 3) : 0;
    }
  return MAX (longest, header_width (characters) * self->size) + 2 * self->pad_x + 0.1;
}

/* The least width of each column: one Han character, or what its cells ask for. Returns: their sum */
static double
find_least (ZcTableReader *self, double character, Whole whole, double *least)
{
  double sum = 0;

  for (guint i = 0; i < self->n_columns; i++)
    least[i] = character;
  for (guint r = 0; whole != WHOLE_NOTHING && r < self->table->rows->len; r++)
    {
      const ZcRow *row = self->table->rows->pdata[r];

      for (guint c = 0; c < row->cells->len; c++)
        {
          const ZcCell *cell = row->cells->pdata[c];

          if (cell->colspan <= 1 && cell->column < self->n_columns)
            least[cell->column] =
                MAX (least[cell->column], least_of_cell (self, cell, r < self->header_rows, whole));
        }
    }
  for (guint i = 0; i < self->n_columns; i++)
    sum += least[i];
  return sum;
}

/* As much as there is room for of what should be whole. */
static double *
choose_least (ZcTableReader *self, double total, double character)
{
  double *least = g_new (double, self->n_columns);

  for (Whole whole = WHOLE_DATES; find_least (self, character, whole, least) > total * 0.8 && whole != WHOLE_NOTHING;)
    whole++;
  return least;
}

/* Shares out @total; no column gets narrower than @least. */
static void
share_out (ZcTableReader *self, double total, const double *least)
{
  g_autofree double *widths = g_new0 (double, self->n_columns);
  double sum = 0, fixed = 0;
  guint n_fixed;

  for (guint i = 0; i < self->n_columns; i++)
    sum += widths[i] = sane (g_array_index (self->table->widths, double, i));
  for (guint i = 0; sum == 0 && i < self->n_columns; i++)
    widths[i] = 1;
  do
    {
      double rest = total - fixed;

      n_fixed = 0;
      sum = 0;
      for (guint i = 0; i < self->n_columns; i++)
        sum += widths[i] >= 0 ? widths[i] : 0;
      for (guint i = 0; i < self->n_columns; i++)
        if (widths[i] >= 0 && (sum == 0 || widths[i] / sum * rest < least[i]))
          {
            widths[i] = -1; /* as narrow as can be */
            fixed += least[i];
            n_fixed++;
          }
      if (n_fixed == 0 && sum > 0)
        for (guint i = 0; i < self->n_columns; i++)
          widths[i] = widths[i] >= 0 ? widths[i] / sum * rest : -1;
    }
  while (n_fixed > 0);
  for (guint i = 0; i < self->n_columns; i++)
    self->edges[i + 1] = self->edges[i] + (widths[i] >= 0 ? widths[i] : least[i]);
  for (guint i = 0; i <= self->n_columns; i++)
    self->edges[i] *= total / self->edges[self->n_columns];
}

gboolean
zc_table_reader_init (ZcTableReader *self, ZcFlow *flow, const ZcTable *table, GError **error)
{
  gsize s = 0;
  double least;

  *self = (ZcTableReader){ .flow = flow, .table = table, .n_columns = table->widths->len };
  self->header_rows = table->header_rows < table->rows->len ? table->header_rows : 0;
  do
    {
      self->size = sizes[s++];
      self->pitch = ceil (self->size * 1.4 * 2) / 2;
      self->pad_x = self->size / 3;
      self->pad_y = self->size / 4;
      least = self->size + 2 * self->pad_x;
    }
  while (s < G_N_ELEMENTS (sizes) && self->n_columns * least > flow->sheet.width);
  if (self->n_columns * least > flow->sheet.width)
    return zc_fail (error, ZC_ERROR_LIMIT, _ ("A table of “%s” has %u columns, more than a page can hold."),
                    flow->document->title, self->n_columns);
  self->edges = g_new0 (double, self->n_columns + 1);
  self->covered = g_new0 (guint, self->n_columns + 1);
  if (self->n_columns > 0)
    {
      g_autofree double *columns = choose_least (self, flow->sheet.width, least);

      share_out (self, flow->sheet.width, columns);
    }
  return TRUE;
}

void
zc_table_reader_clear (ZcTableReader *self)
{
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->covered, g_free);
}

/* Cells. */

void
zc_table_cell_unref (ZcTableCell *self)
{
  if (--self->references > 0)
    return;
  zc_measured_free (self->measured);
  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self);
}

void
zc_table_row_free (ZcTableRow *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->cells);
  g_free (self);
}

static double
seal_room (const ZcTableCell *cell)
{
  return cell->cell && cell->cell->seal_mm > 0 ? MIN (cell->cell->seal_mm, 120) * ZC_MM : 0;
}

double
zc_table_cell_rest (const ZcTableReader *reader, const ZcTableCell *self)
{
  if (self->whole)
    return 0;
  if (self->vertical)
    return self->need;
  return (self->lines->len - self->done) * reader->pitch + 2 * reader->pad_y + seal_room (self);
}

/* One character a line, in as many columns as the cell is wide; text that stays too tall for that is set
 * across. */
static gboolean
measure_vertical (const ZcTableReader *reader, ZcTableCell *cell)
{
  double pitch = reader->size * VERTICAL_PITCH;
  guint columns = (guint) MAX (1, floor ((cell->width - reader->pad_x) / (reader->size * 1.2)));
  guint tall = (cell->measured->atoms->len + columns - 1) / columns;

  cell->need = tall * pitch + 2 * reader->pad_y;
  return cell->measured->atoms->len > 0 && cell->need < reader->flow->sheet.height / 3;
}

static ZcTableCell *
measure_cell (ZcTableReader *self, const ZcCell *source, guint row, guint column, guint end, guint last_row)
{
  ZcTableCell *cell = g_new0 (ZcTableCell, 1);
  double room;

  cell->references = 1;
  cell->cell = source;
  cell->row = row;
  cell->column = column;
  cell->last_row = last_row;
  cell->x = self->edges[column];
  cell->width = self->edges[end] - self->edges[column];
  cell->measured = zc_flow_measure (self->flow, source && source->label ? ZC_FACE_HEITI : ZC_FACE_SONGTI,
                                    self->size, self->size, source ? source->spans : NULL, 0, G_MAXUINT);
  room = cell->width - 2 * self->pad_x;
  if (source && source->vertical && seal_room (cell) == 0 && measure_vertical (self, cell))
    {
      cell->vertical = TRUE;
      cell->lines = g_array_new (FALSE, FALSE, sizeof (ZcLine));
      return cell;
    }
  cell->lines =
      source && source->align == ZC_ALIGN_CENTER
          ? zc_measured_balance (cell->measured, room)
          : zc_measured_break (cell->measured, room, 0, 0, source && source->align == ZC_ALIGN_START);
  cell->need = zc_table_cell_rest (self, cell);
  return cell;
}

static gboolean
add_cell (ZcTableReader *self, ZcTableRow *row, const ZcCell *source, GError **error)
{
  guint limit = row->index < self->header_rows ? self->header_rows : self->table->rows->len;
  guint end, last_row;

  if (source->column >= self->n_columns)
    return zc_fail (error, ZC_ERROR_INVALID,
                    _ ("A table of “%s” has a cell in column %u, but only %u columns."),
                    self->flow->document->title, source->column + 1, self->n_columns);
  end = source->column + CLAMP (source->colspan, 1, self->n_columns - source->column);
  last_row = row->index + CLAMP (source->rowspan, 1, limit - row->index) - 1;
  for (guint i = source->column; i < end; i++)
    {
      if (self->covered[i] > row->index)
        return zc_fail (error, ZC_ERROR_INVALID, _ ("In a table of “%s” two cells cover row %u, column %u."),
                        self->flow->document->title, row->index + 1, i + 1);
      self->covered[i] = last_row + 1;
    }
  g_ptr_array_add (row->cells, measure_cell (self, source, row->index, source->column, end, last_row));
  return TRUE;
}

gboolean
zc_table_reader_next (ZcTableReader *self, ZcTableRow **next, GError **error)
{
  g_autoptr (ZcTableRow) row = NULL;
  const ZcRow *source;

  *next = NULL;
  if (self->next >= self->table->rows->len)
    return TRUE;
  if (!zc_flow_tick (self->flow, error))
    return FALSE;
  source = self->table->rows->pdata[self->next];
  row = g_new0 (ZcTableRow, 1);
  row->index = self->next++;
  row->keep = source->keep_with_next;
  row->keep_low = zc_table_keeps (self->table, row->index);
  row->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_table_cell_unref);
  for (guint i = 0; i < source->cells->len; i++)
    if (!add_cell (self, row, source->cells->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    if (self->covered[i] <= row->index)
      {
        self->covered[i] = row->index + 1;
        g_ptr_array_add (row->cells, measure_cell (self, NULL, row->index, i, i + 1, row->index));
      }
  *next = g_steal_pointer (&row);
  return TRUE;
}
