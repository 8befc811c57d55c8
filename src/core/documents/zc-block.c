/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/zc-block.h"

#include <string.h>

static GPtrArray *
spans_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) zc_span_free);
}

/* With its words in one piece of memory: a ledger has hundreds of thousands. */
ZcSpan *
zc_span_new (const char *text, const char *place)
{
  gsize text_size = text ? strlen (text) + 1 : 1, place_size = place ? strlen (place) + 1 : 0;
  ZcSpan *self = g_malloc0 (G_STRUCT_OFFSET (ZcSpan, text) + text_size + place_size);

  memcpy (self->text, text ? text : "", text_size);
  self->place = place ? memcpy (self->text + text_size, place, place_size) : NULL;
  return self;
}

void
zc_span_free (ZcSpan *self)
{
  if (!self)
    return;
  g_free (self->link);
  g_free (self);
}

ZcCell *
zc_cell_new (guint column, guint colspan)
{
  ZcCell *self = g_new0 (ZcCell, 1);

  self->column = column;
  self->colspan = colspan;
  self->rowspan = 1;
  self->spans = spans_new ();
  return self;
}

void
zc_cell_free (ZcCell *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->spans);
  g_free (self);
}

ZcCell *
zc_cell_add (ZcCell *self, const char *text, const char *place)
{
  g_ptr_array_add (self->spans, zc_span_new (text, place));
  return self;
}

static void
row_free (gpointer data)
{
  ZcRow *row = data;

  g_ptr_array_unref (row->cells);
  g_free (row);
}

ZcTable *
zc_table_new (const double *widths, guint n_columns)
{
  ZcTable *self = g_new0 (ZcTable, 1);

  self->widths = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_vals (self->widths, widths, n_columns);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  return self;
}

void
zc_table_free (ZcTable *self)
{
  if (!self)
    return;
  g_array_unref (self->widths);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

ZcRow *
zc_table_add_row (ZcTable *self)
{
  ZcRow *row = g_new0 (ZcRow, 1);

  row->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_cell_free);
  g_ptr_array_add (self->rows, row);
  return row;
}

gboolean
zc_table_keeps (const ZcTable *self, guint row)
{
  if (row + 1 >= self->rows->len)
    return FALSE;
  return ((const ZcRow *) self->rows->pdata[row])->keep_with_next || row <= self->header_rows || row + 2 == self->rows->len;
}

ZcCell *
zc_row_add (ZcRow *self, ZcCell *cell)
{
  g_ptr_array_add (self->cells, cell);
  return cell;
}

ZcBlock *
zc_block_new (ZcBlockKind kind)
{
  ZcBlock *self = g_new0 (ZcBlock, 1);

  self->kind = kind;
  self->spans = spans_new ();
  return self;
}

ZcBlock *
zc_block_new_text (ZcBlockKind kind, const char *text, const char *place)
{
  ZcBlock *self = zc_block_new (kind);

  zc_block_add (self, text, place);
  return self;
}

void
zc_block_add (ZcBlock *self, const char *text, const char *place)
{
  g_ptr_array_add (self->spans, zc_span_new (text, place));
}

void
zc_block_free (ZcBlock *self)
{
  if (!self)
    return;
  g_free (self->anchor);
  g_ptr_array_unref (self->spans);
  zc_table_free (self->table);
  g_clear_pointer (&self->bars, g_ptr_array_unref);
  g_strfreev (self->legend);
  g_free (self);
}

ZcSealMark *
zc_seal_mark_new (const char *code, const char *qr, guint revision)
{
  ZcSealMark *self = g_new0 (ZcSealMark, 1);

  self->code = g_strdup (code);
  self->qr = g_strdup (qr);
  self->revision = revision;
  return self;
}

ZcSealMark *
zc_seal_mark_copy (const ZcSealMark *self)
{
  return self ? zc_seal_mark_new (self->code, self->qr, self->revision) : NULL;
}

void
zc_seal_mark_free (ZcSealMark *self)
{
  if (!self)
    return;
  g_free (self->code);
  g_free (self->qr);
  g_free (self);
}

ZcDocument *
zc_document_new (const char *id, const char *title, ZcDocumentStyle style)
{
  ZcDocument *self = g_new0 (ZcDocument, 1);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->filename = g_strdup (id);
  self->style = style;
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_block_free);
  return self;
}

ZcBlock *
zc_document_add (ZcDocument *self, ZcBlock *block)
{
  g_ptr_array_add (self->blocks, block);
  return block;
}

void
zc_document_free (ZcDocument *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->title);
  g_free (self->filename);
  g_free (self->unit);
  g_free (self->date);
  g_free (self->marking);
  zc_seal_mark_free (self->mark);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

static void
add_span_places (GPtrArray *spans, GHashTable *places)
{
  for (guint i = 0; spans && i < spans->len; i++)
    {
      const ZcSpan *span = spans->pdata[i];

      if (span->place && !g_hash_table_contains (places, span->place))
        g_hash_table_add (places, g_strdup (span->place));
    }
}

static void
add_table_places (const ZcTable *table, GHashTable *places)
{
  for (guint r = 0; r < table->rows->len; r++)
    {
      const ZcRow *row = table->rows->pdata[r];

      for (guint c = 0; c < row->cells->len; c++)
        add_span_places (((const ZcCell *) row->cells->pdata[c])->spans, places);
    }
}

void
zc_document_add_places (const ZcDocument *self, GHashTable *places)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const ZcBlock *block = self->blocks->pdata[i];

      add_span_places (block->spans, places);
      if (block->table)
        add_table_places (block->table, places);
    }
}
