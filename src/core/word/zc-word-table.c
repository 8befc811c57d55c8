/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define CELL_PT 10.5
#define CELL_LINE 300 /* twips, as the style TableText has it */
#define CELL_MARGIN 85
#define BORDER 15 /* about what programs take from a cell for its rules */
#define SEAL_MAX_MM 100
#define ROWS_PER_REPORT 128

/* A row of so many lines may break over pages, as in the PDF; some programs cut a row off that is taller than a page. */
#define BREAKABLE_LINES 12

/* A group of so many rows is kept on one page, so that its vertical label is not torn. */
#define KEPT_ROWS 6

/* Characters in a column of vertical text: longer text is set across; short text stands in one column. */
#define MIN_VERTICAL 4
#define MAX_VERTICAL 40

/* What covers one column of the row being written, from a row above. */
typedef struct
{
  const ZcCell *cell;
  guint left;     /* rows it covers yet */
  int row_height; /* twips that each of its rows must have for its vertical text; 0: it is set across */
} Cover;

typedef struct
{
  ZcWordBody *body;
  const ZcTable *table;
  guint n_columns;
  guint header_rows;  /* that are repeated */
  gboolean keep_next; /* the last row keeps with what follows the table */
  int widths[ZC_WORD_MAX_COLUMNS];
  Cover covers[ZC_WORD_MAX_COLUMNS];
} Writer;

static double
usable_width (double width)
{
  return isfinite (width) && width > 0 ? MIN (width, 1e6) : 0;
}

/* Longer words are parted within a column. */
#define LONGEST_KEPT 18
/* Characters of a column's heading that it is made wide for. */
#define LONGEST_HEADER 12
/* What columns ask for at the least may take so much of the width, or they ask for less. */
#define MOST_ASKED 0.8

/* What a column would keep in one line. */
typedef enum
{
  KEEP_DATES, /* and words, and headings in three lines */
  KEEP_WORDS, /* and headings */
  KEEP_HEADINGS,
  KEEP_NOTHING,
} Keep;

/* Characters that the longest number, date or code in @text is wide: ASCII, or the 年 of 2016年. */
static double
longest_word (const char *text, Keep keep)
{
  double longest = 0, width = 0;
  guint n = 0;

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gboolean of_date =
          keep == KEEP_DATES && n > 0 && g_ascii_isdigit (p[-1]) &&
          (g_str_has_prefix (p, "年") || g_str_has_prefix (p, "月") || g_str_has_prefix (p, "日"));

      if (of_date || (*p > ' ' && *p < 0x7F))
        {
          width += of_date ? 1 : 0.5;
          n++;
          continue;
        }
      if (n <= LONGEST_KEPT)
        longest = MAX (longest, width);
      if (!*p)
        return longest;
      width = n = 0;
    }
}

/* Characters that @cell wants its column to be wide. */
static double
asked_by_cell (const ZcCell *cell, gboolean header, Keep keep)
{
  double asked = 1;
  glong n = 0;

  for (guint i = 0; cell->spans && i < cell->spans->len; i++)
    {
      const char *text = ((const ZcSpan *) cell->spans->pdata[i])->text;

      if (keep < KEEP_HEADINGS)
        asked = MAX (asked, longest_word (text, keep));
      n += header ? g_utf8_strlen (text, LONGEST_HEADER * 3) : 0;
    }
  n = MIN (n, LONGEST_HEADER);
  return MAX (asked, n <= 2 ? n : MAX (2, (n + 2) / 3));
}

/* The least width of each column in twips. Returns: their sum */
static int
find_least (const Writer *self, Keep keep, int *least)
{
  int sum = 0;

  for (guint i = 0; i < self->n_columns; i++)
    least[i] = ZC_WORD_PT (CELL_PT) + 2 * CELL_MARGIN;
  for (guint r = 0; keep != KEEP_NOTHING && r < self->table->rows->len; r++)
    {
      const ZcRow *row = self->table->rows->pdata[r];

      for (guint c = 0; c < row->cells->len; c++)
        {
          const ZcCell *cell = row->cells->pdata[c];

          if (cell->colspan == 1 && cell->column < self->n_columns && !cell->vertical)
            {
              double asked = asked_by_cell (cell, r < self->table->header_rows, keep);

              least[cell->column] =
                  MAX (least[cell->column], ZC_WORD_PT (asked * CELL_PT) + 2 * CELL_MARGIN + BORDER);
            }
        }
    }
  for (guint i = 0; i < self->n_columns; i++)
    sum += least[i];
  return sum;
}

/* Gives columns whose share would be too narrow their least; returns how many twips the others share. */
static int
fix_narrow_columns (Writer *self, int total, const int *least, double *sum)
{
  gboolean more = TRUE;
  int shared = total;

  while (more)
    {
      more = FALSE;
      shared = total;
      *sum = 0;
      for (guint i = 0; i < self->n_columns; i++)
        if (self->widths[i])
          shared -= self->widths[i];
        else
          *sum += usable_width (g_array_index (self->table->widths, double, i));
      for (guint i = 0; i < self->n_columns; i++)
        if (!self->widths[i] &&
            usable_width (g_array_index (self->table->widths, double, i)) * shared <= least[i] * *sum)
          {
            self->widths[i] = least[i];
            more = TRUE;
          }
    }
  return shared;
}

/* Relative widths to twips that sum to the type area exactly; each column holds at least one character, and
   what is hard to read in pieces if there is room, as in the PDF. */
static void
share_widths (Writer *self)
{
  const int total = zc_word_page_text_width (&self->body->page);
  int least[ZC_WORD_MAX_COLUMNS], asked, shared, given = 0;
  double sum = 0, done = 0;

  for (Keep keep = KEEP_DATES;
       (asked = find_least (self, keep, least)) > total * MOST_ASKED && keep != KEEP_NOTHING;)
    keep++;
  for (guint i = 0; asked > total && i < self->n_columns; i++)
    least[i] = total / (int) self->n_columns;
  shared = fix_narrow_columns (self, total, least, &sum);
  for (guint i = 0; i < self->n_columns; i++)
    if (!self->widths[i])
      {
        done += usable_width (g_array_index (self->table->widths, double, i));
        self->widths[i] = (int) round (done / sum * shared) - given;
        given += self->widths[i];
      }
  /* All columns as narrow as can be: the last takes what is left. */
  if (!given)
    self->widths[self->n_columns - 1] += shared;
}

static int
cell_width (const Writer *self, guint column, guint colspan)
{
  int width = 0;

  for (guint i = column; i < column + colspan; i++)
    width += self->widths[i];
  return width;
}

static void
table_properties (const Writer *self)
{
  static const char *const sides[] = { "w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV" };
  ZcWordXml *xml = self->body->xml;

  zc_word_open (xml, "w:tblPr");
  zc_word_open (xml, "w:tblW");
  zc_word_attribute_int (xml, "w:w", zc_word_page_text_width (&self->body->page));
  zc_word_attribute (xml, "w:type", "dxa");
  zc_word_close (xml);
  zc_word_value (xml, "w:jc", "center");
  zc_word_open (xml, "w:tblBorders");
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      zc_word_open (xml, sides[i]);
      zc_word_attributes (xml, "w:val", "single", "w:sz", "4", "w:space", "0", "w:color", "000000", NULL);
      zc_word_close (xml);
    }
  zc_word_close (xml);
  zc_word_open (xml, "w:tblLayout");
  zc_word_attribute (xml, "w:type", "fixed");
  zc_word_close (xml);
  zc_word_open (xml, "w:tblCellMar");
  for (gsize i = 0; i < 4; i++)
    {
      zc_word_open (xml, sides[i]);
      zc_word_attribute_int (xml, "w:w", i % 2 ? CELL_MARGIN : 40);
      zc_word_attribute (xml, "w:type", "dxa");
      zc_word_close (xml);
    }
  zc_word_close (xml);
  zc_word_close (xml);
  zc_word_open (xml, "w:tblGrid");
  for (guint i = 0; i < self->n_columns; i++)
    {
      zc_word_open (xml, "w:gridCol");
      zc_word_attribute_int (xml, "w:w", self->widths[i]);
      zc_word_close (xml);
    }
  zc_word_close (xml);
}

static gboolean
check_cell (const Writer *self, guint row, const ZcCell *cell, guint free_from, GError **error)
{
  if (!cell->colspan || !cell->rowspan || cell->column >= self->n_columns ||
      cell->colspan > self->n_columns - cell->column || cell->rowspan > self->table->rows->len - row)
    return zc_fail (error, ZC_ERROR_INVALID, _ ("A cell in row %u of a table reaches out of the table."),
                    row + 1);
  for (guint i = 0; i < cell->colspan; i++)
    if (cell->column < free_from || self->covers[cell->column + i].left > 0)
      return zc_fail (error, ZC_ERROR_INVALID, _ ("Two cells in row %u of a table cover the same place."),
                      row + 1);
  return TRUE;
}

/* How many lines the text of a cell takes if each holds @room characters. */
static int
cell_lines (const ZcCell *cell, double room)
{
  g_autoptr (GPtrArray) lines = zc_word_lines (cell->spans);
  double count = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const GPtrArray *line = lines->pdata[i];
      double cells = 0;

      for (guint j = 0; j < line->len; j++)
        cells += zc_word_width (((const ZcWordPiece *) line->pdata[j])->text);
      count += MAX (1, ceil (cells / room));
    }
  return (int) MIN (count, 10000);
}

/* How many twips a cell has for its text if @width is its side. */
static int
inside (int width)
{
  return width - 2 * CELL_MARGIN;
}

/*
 * The height that vertical text needs, spread over the rows of its cell: Word makes no row taller for it and
 * cuts it off. 0 if the cell is not vertical, or if its text is so long that it has to be set across.
 */
static int
vertical_row_height (const ZcCell *cell, int width)
{
  const int columns = MAX (1, inside (width) / CELL_LINE);

  for (int room = 1; cell->vertical && room <= MAX_VERTICAL; room++)
    if (cell_lines (cell, room) <= columns && (room >= MIN_VERTICAL || cell_lines (cell, room) == 1))
      return (ZC_WORD_PT (room * CELL_PT) + 2 * CELL_MARGIN) / (int) cell->rowspan + 1;
  return 0;
}

/* How many lines of a row the text of a cell takes, over the rows it spans. */
static int
height_in_lines (const ZcCell *cell, int width)
{
  int vertical = cell->rowspan ? vertical_row_height (cell, width) : 0;

  return vertical ? vertical / CELL_LINE + 1 : cell_lines (cell, MAX (1, inside (width) / (CELL_PT * 20)));
}

/* Lays the cells that start in @row over their columns, so that covers[] describes the whole row. */
static gboolean
start_cells (Writer *self, guint row, int *height, gboolean *breakable, GError **error)
{
  const ZcRow *cells = self->table->rows->pdata[row];
  guint free_from = 0;

  *breakable = FALSE;
  for (guint i = 0; i < cells->cells->len; i++)
    {
      const ZcCell *cell = cells->cells->pdata[i];
      int row_height, width;

      if (!check_cell (self, row, cell, free_from, error))
        return FALSE;
      width = cell_width (self, cell->column, cell->colspan);
      row_height = vertical_row_height (cell, width);
      for (guint j = 0; j < cell->colspan; j++)
        self->covers[cell->column + j] = (Cover){ cell, cell->rowspan, row_height };
      free_from = cell->column + cell->colspan;
      if (!row_height && height_in_lines (cell, width) >= BREAKABLE_LINES)
        *breakable = TRUE;
    }
  *height = 0;
  for (guint i = 0; i < self->n_columns; i++)
    if (self->covers[i].left > 0)
      *height = MAX (*height, self->covers[i].row_height);
  return TRUE;
}

static const char *
alignment (const ZcCell *cell, gboolean vertical)
{
  if (cell->align == ZC_ALIGN_CENTER || vertical)
    return "center";
  return cell->align == ZC_ALIGN_END && cell->label ? "right" : NULL;
}

static const char *
cell_style (const ZcCell *cell)
{
  if (cell->label)
    return "TableLabel";
  return cell->align == ZC_ALIGN_END ? "TableNumber" : "TableText";
}

static void
seal_space (Writer *self, const ZcCell *cell, gboolean keep_next)
{
  double mm = isfinite (cell->seal_mm) ? MIN (cell->seal_mm, SEAL_MAX_MM) : 0;
  ZcWordParagraph paragraph = { .style = "TableText",
                                .keep_next = keep_next,
                                .line = ZC_WORD_MM (MAX (mm, 0)) };

  if (paragraph.line < 20)
    return;
  zc_word_paragraph_open (self->body, &paragraph);
  zc_word_paragraph_close (self->body);
}

static void
cell_content (Writer *self, const Cover *cover, gboolean keep_next)
{
  const ZcCell *cell = cover->cell;
  g_autoptr (GPtrArray) lines = zc_word_lines (cell->spans);
  ZcWordParagraph paragraph = { .style = cell_style (cell), .keep_next = keep_next };

  paragraph.jc = alignment (cell, cover->row_height > 0);
  for (guint i = 0; i < lines->len; i++)
    {
      zc_word_paragraph_open (self->body, &paragraph);
      zc_word_line_runs (self->body, lines->pdata[i]);
      zc_word_paragraph_close (self->body);
    }
  seal_space (self, cell, keep_next);
}

static void
cell_properties (Writer *self, const Cover *cover, guint column, gboolean continued)
{
  const ZcCell *cell = cover ? cover->cell : NULL;
  ZcWordXml *xml = self->body->xml;

  zc_word_open (xml, "w:tcPr");
  zc_word_open (xml, "w:tcW");
  zc_word_attribute_int (xml, "w:w", cell_width (self, column, cell ? cell->colspan : 1));
  zc_word_attribute (xml, "w:type", "dxa");
  zc_word_close (xml);
  if (cell && cell->colspan > 1)
    zc_word_value_int (xml, "w:gridSpan", (int) cell->colspan);
  if (continued)
    zc_word_empty (xml, "w:vMerge");
  else if (cell && cell->rowspan > 1)
    zc_word_value (xml, "w:vMerge", "restart");
  if (cover && cover->row_height > 0)
    zc_word_value (xml, "w:textDirection", "tbRl");
  zc_word_value (xml, "w:vAlign", cell && cell->seal_mm > 0 ? "top" : "center");
  zc_word_close (xml);
}

/* One w:tc: a cell that starts here, the continuation of one from above, or (@cover NULL) a place without
 * any. */
static void
write_cell (Writer *self, const Cover *cover, guint column, gboolean keep_next)
{
  gboolean continued = cover && cover->left < cover->cell->rowspan;
  ZcWordParagraph blank = { .style = "TableText", .keep_next = keep_next };

  zc_word_open (self->body->xml, "w:tc");
  cell_properties (self, cover, column, continued);
  if (cover && !continued)
    cell_content (self, cover, keep_next);
  else
    {
      zc_word_paragraph_open (self->body, &blank);
      zc_word_paragraph_close (self->body);
    }
  zc_word_close (self->body->xml);
}

static void
row_properties (Writer *self, guint row, int height, gboolean breakable)
{
  gboolean header = row < self->header_rows;
  ZcWordXml *xml = self->body->xml;

  zc_word_open (xml, "w:trPr");
  if (!breakable)
    zc_word_empty (xml, "w:cantSplit");
  if (height > 0)
    {
      zc_word_open (xml, "w:trHeight");
      zc_word_attribute_int (xml, "w:val", height);
      zc_word_attribute (xml, "w:hRule", "atLeast");
      zc_word_close (xml);
    }
  if (header)
    zc_word_empty (xml, "w:tblHeader");
  zc_word_close (xml);
}

/* Whether a short group with a vertical label goes on in the next row. */
static gboolean
group_goes_on (const Writer *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const Cover *cover = &self->covers[i];

      if (cover->left > 1 && cover->row_height > 0 && cover->cell->rowspan <= KEPT_ROWS)
        return TRUE;
    }
  return FALSE;
}

static gboolean
write_row (Writer *self, guint row, GError **error)
{
  const ZcRow *cells = self->table->rows->pdata[row];
  gboolean is_last = row + 1 == self->table->rows->len;
  gboolean keep_next, breakable;
  int height;

  if (!start_cells (self, row, &height, &breakable, error))
    return FALSE;
  keep_next = is_last ? self->keep_next
                      : cells->keep_with_next ||
                            (!breakable && (group_goes_on (self) || zc_table_keeps (self->table, row)));
  /* Where the first row below a repeated heading is kept with the second, LibreOffice 7.4 at some heights of the page
     loses all rows from the third on. */
  if (row > 0 && row == self->header_rows && !is_last)
    keep_next = FALSE;
  zc_word_open (self->body->xml, "w:tr");
  row_properties (self, row, height, breakable);
  for (guint column = 0; column < self->n_columns;)
    {
      const Cover *cover = self->covers[column].left > 0 ? &self->covers[column] : NULL;
      guint next = column + (cover ? cover->cell->colspan : 1);

      write_cell (self, cover, column, keep_next);
      for (; column < next; column++)
        if (cover)
          self->covers[column].left--;
    }
  zc_word_close (self->body->xml);
  return TRUE;
}

/* Header rows higher than a third of the page are not repeated: they would leave no room for what they head.
 */
static guint
repeated_rows (const Writer *self)
{
  const ZcWordPage *page = &self->body->page;
  const int most = (page->height - page->top - page->bottom) / 3 / CELL_LINE;
  const guint n = MIN (self->table->header_rows, self->table->rows->len);
  int lines = 0;

  for (guint i = 0; i < n && lines <= most; i++)
    {
      const ZcRow *row = self->table->rows->pdata[i];
      int highest = 1;

      for (guint j = 0; j < row->cells->len; j++)
        {
          const ZcCell *cell = row->cells->pdata[j];

          /* What lies outside the table is refused when its row is written. */
          if (cell->column < self->n_columns && cell->colspan <= self->n_columns - cell->column)
            highest = MAX (highest, height_in_lines (cell, cell_width (self, cell->column, cell->colspan)));
        }
      lines += highest;
    }
  return lines <= most ? n : 0;
}

static gboolean
write_rows (Writer *self, GError **error)
{
  GCancellable *cancellable = zc_progress_cancellable (self->body->progress);
  const guint n_rows = self->table->rows->len;

  for (guint i = 0; i < n_rows; i++)
    {
      if (i % ROWS_PER_REPORT == 0 && zc_fail_if_cancelled (cancellable, error))
        return FALSE;
      if (!write_row (self, i, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
zc_word_table (ZcWordBody *self, const ZcTable *table, gboolean keep_next, GError **error)
{
  Writer writer = { .body = self, .table = table, .n_columns = table->widths->len, .keep_next = keep_next };

  if (!table->rows->len)
    return TRUE;
  if (!writer.n_columns)
    return zc_fail (error, ZC_ERROR_INVALID, _ ("A table has rows, but no columns."));
  if (writer.n_columns > ZC_WORD_MAX_COLUMNS)
    return zc_fail (error, ZC_ERROR_LIMIT, _ ("A table has %u columns; Word opens at most %u."),
                    writer.n_columns, ZC_WORD_MAX_COLUMNS);
  share_widths (&writer);
  writer.header_rows = repeated_rows (&writer);
  zc_word_open (self->xml, "w:tbl");
  table_properties (&writer);
  if (!write_rows (&writer, error))
    return FALSE;
  zc_word_close (self->xml);
  return TRUE;
}
