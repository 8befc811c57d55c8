/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "layout/zc-table.h"

#define OUTER_RULE 1.0
#define INNER_RULE 0.5
#define EPSILON 0.05

/** Piece: some lines of a cell in a box. */
typedef struct
{
  ZcTableCell *cell;
  double y, height;
  guint first, end;
  gboolean last; /* of its cell: the seal's place is in it */
} Piece;

/** Edge: a side of a box. */
typedef struct
{
  double at, from, to;
} Edge;

static void
piece_clear (gpointer data)
{
  zc_table_cell_unref (((Piece *) data)->cell);
}

void
zc_table_part_init (ZcTablePart *self, const ZcTableReader *reader)
{
  self->reader = reader;
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
}

void
zc_table_part_clear (ZcTablePart *self)
{
  g_clear_pointer (&self->pieces, g_array_unref);
}

void
zc_table_part_add (
    ZcTablePart *self, ZcTableCell *cell, double y, double height, guint first, guint end, gboolean last)
{
  Piece piece = { cell, y, height, first, end, last };

  cell->references++;
  g_array_append_val (self->pieces, piece);
}

void
zc_table_part_grow (ZcTablePart *self, double from, double to)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (fabs (piece->y + piece->height - from) < EPSILON)
        piece->height = to - piece->y;
    }
}

/* Text. */

static void
draw_vertical (const ZcTableReader *reader, const Piece *piece, double left)
{
  ZcFlow *flow = reader->flow;
  const ZcMeasured *measured = piece->cell->measured;
  double pitch = reader->size * 1.15, column_width = reader->size * 1.2;
  guint n = measured->atoms->len;
  guint tall = MAX (1, (guint) floor ((piece->height - 2 * reader->pad_y + EPSILON) / pitch));
  guint columns = (n + tall - 1) / tall;
  ZcLine all = { .first = 0, .end = n };
  double x = left + piece->cell->width / 2 + (columns - 1) * column_width / 2;
  guint text = 0;

  tall = (n + columns - 1) / columns;
  for (guint i = 0; i < n; i++)
    {
      const ZcAtom *atom = zc_measured_atom (measured, i);
      double y = piece->y + piece->height / 2 + (i % tall - (tall - 1) / 2.0) * pitch;

      if (atom->class != ZC_CLASS_NEWLINE)
        zc_page_add_atom (flow->page, flow->fonts, measured, i, text, x - i / tall * column_width, y);
      text += atom->bytes;
    }
  zc_flow_note_line (flow, measured, &all);
}

static void
draw_seal (const ZcTableReader *reader, const Piece *piece, double left, double text_end)
{
  double side = MIN (piece->cell->cell->seal_mm, 120) * ZC_MM;

  zc_flow_add_seal (reader->flow, left + piece->cell->width / 2,
                    MAX (text_end + side / 2, piece->y + piece->height - reader->pad_y - side / 2), side);
  if (side > piece->cell->width)
    zc_flow_overflow (reader->flow, zc_flow_place_of (piece->cell->measured));
}

static void
draw_text (const ZcTableReader *reader, const Piece *piece, double left)
{
  const ZcTableCell *cell = piece->cell;
  gboolean has_seal = cell->cell && cell->cell->seal_mm > 0;
  gboolean all = piece->first == 0 && piece->end == cell->lines->len;
  double height = (piece->end - piece->first) * reader->pitch, room = cell->width - 2 * reader->pad_x;
  double y = piece->y + reader->pad_y;

  if (all && !has_seal)
    y = piece->y + MAX (0, (piece->height - height) / 2);
  for (guint i = piece->first; i < piece->end; i++)
    {
      const ZcLine *line = &g_array_index (cell->lines, ZcLine, i);
      ZcAlign align = cell->cell ? cell->cell->align : ZC_ALIGN_START;
      double free = MAX (0, room - line->width);
      double x = left + reader->pad_x +
                 (align == ZC_ALIGN_CENTER ? free / 2
                  : align == ZC_ALIGN_END  ? free
                                           : 0);

      zc_flow_set_line (reader->flow, cell->measured, line, x, y, reader->pitch, room);
      y += reader->pitch;
    }
  if (has_seal && piece->last)
    draw_seal (reader, piece, left, y);
}

/* Rules. */

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const Edge *left = a, *right = b;

  if (fabs (left->at - right->at) > EPSILON)
    return left->at < right->at ? -1 : 1;
  return left->from < right->from ? -1 : left->from > right->from;
}

static void
add_edge (GArray *edges, double at, double from, double to)
{
  Edge edge = { at, from, to };

  g_array_append_val (edges, edge);
}

static gboolean
touches (const Edge *a, const Edge *b)
{
  return fabs (a->at - b->at) <= EPSILON && b->from <= a->to + EPSILON;
}

/* Draws the edges that are at @low or @high (outer), or all others, joining those that touch. */
static void
draw_edges (ZcPage *page, GArray *edges, gboolean upright, double low, double high, gboolean outer)
{
  for (guint i = 0; i < edges->len;)
    {
      Edge edge = g_array_index (edges, Edge, i++);
      gboolean is_outer = fabs (edge.at - low) <= EPSILON || fabs (edge.at - high) <= EPSILON;
      double width = outer ? OUTER_RULE : INNER_RULE;

      for (; i < edges->len && touches (&edge, &g_array_index (edges, Edge, i)); i++)
        edge.to = MAX (edge.to, g_array_index (edges, Edge, i).to);
      if (is_outer != outer)
        continue;
      if (upright)
        zc_page_add_rule (page, edge.at, edge.from, edge.at, edge.to, width);
      else
        zc_page_add_rule (page, edge.from, edge.at, edge.to, edge.at, width);
    }
}

static void
draw_rules (ZcTablePart *self, double left)
{
  g_autoptr (GArray) upright = g_array_new (FALSE, FALSE, sizeof (Edge));
  g_autoptr (GArray) across = g_array_new (FALSE, FALSE, sizeof (Edge));
  double top = G_MAXDOUBLE, bottom = 0, right = left + self->reader->edges[self->reader->n_columns];
  ZcPage *page = self->reader->flow->page;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      double x = left + piece->cell->x, x2 = x + piece->cell->width, y2 = piece->y + piece->height;

      top = MIN (top, piece->y);
      bottom = MAX (bottom, y2);
      add_edge (upright, x, piece->y, y2);
      add_edge (upright, x2, piece->y, y2);
      add_edge (across, piece->y, x, x2);
      add_edge (across, y2, x, x2);
    }
  g_array_sort (upright, compare_edges);
  g_array_sort (across, compare_edges);
  for (int outer = 0; outer < 2; outer++)
    {
      draw_edges (page, upright, TRUE, left, right, outer);
      draw_edges (page, across, FALSE, top, bottom, outer);
    }
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const ZcTableCell *left = ((const Piece *) a)->cell, *right = ((const Piece *) b)->cell;

  if (left->row != right->row)
    return left->row < right->row ? -1 : 1;
  return left->column < right->column ? -1 : left->column > right->column;
}

void
zc_table_part_draw (ZcTablePart *self)
{
  ZcPage *page = self->reader->flow->page;
  double left = zc_flow_x (self->reader->flow);

  if (self->pieces->len == 0)
    return;
  g_array_sort (self->pieces, compare_pieces);
  zc_page_add_tag (page, ZC_TAG_TABLE);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      guint row = piece->cell->row;
      ZcTag tag = row < self->reader->header_rows || (piece->cell->cell && piece->cell->cell->label)
                      ? ZC_TAG_TH
                      : ZC_TAG_TD;

      if (i == 0 || g_array_index (self->pieces, Piece, i - 1).cell->row != row)
        zc_page_add_tag (page, ZC_TAG_TR);
      zc_page_add_tag (page, tag);
      if (!piece->cell->vertical)
        draw_text (self->reader, piece, left + piece->cell->x);
      else if (piece->end > 0)
        draw_vertical (self->reader, piece, left + piece->cell->x);
      zc_page_end_tag (page, tag);
      if (i + 1 == self->pieces->len || g_array_index (self->pieces, Piece, i + 1).cell->row != row)
        zc_page_end_tag (page, ZC_TAG_TR);
    }
  zc_page_end_tag (page, ZC_TAG_TABLE);
  draw_rules (self, left);
  g_array_set_size (self->pieces, 0);
}
