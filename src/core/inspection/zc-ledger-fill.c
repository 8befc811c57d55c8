/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-ledger-csv.h"

#include <glib/gi18n-lib.h>

struct _ZcLedgerFilling
{
  const ZcLedgerTable *table;
  ZcInspection *inspection;
  guint at;   /* the next row of the table */
  guint rows; /* how many were added */
  gboolean open;
};

static gboolean
add_row (const ZcLedgerTable *table, ZcInspection *inspection, char **values, GError **error)
{
  guint64 row = zc_inspection_add_row (inspection, table->ledger->id, 0, error);

  if (row == 0)
    return FALSE;
  for (guint i = 0; i < table->columns->len; i++)
    {
      const ZcField *column = table->columns->pdata[i];
      g_autofree char *place = NULL;

      if (!column || column->select || !*values[i])
        continue;
      place = zc_place_new (ZC_PLACE_CELL, table->ledger->id, row, column->id);
      if (!zc_inspection_set (inspection, place, values[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
remove_all (const ZcLedgerTable *table, ZcInspection *inspection, GError **error)
{
  g_autoptr (GArray) rows = zc_inspection_get_rows (inspection, table->ledger->id);

  for (guint i = 0; i < rows->len; i++)
    if (!zc_inspection_remove_row (inspection, table->ledger->id, g_array_index (rows, guint64, i), error))
      return FALSE;
  return TRUE;
}

/* Returns: FALSE, always. */
static gboolean
take_back (ZcLedgerFilling *self)
{
  if (self->open)
    zc_inspection_rollback (self->inspection);
  self->open = FALSE;
  return FALSE;
}

ZcLedgerFilling *
zc_ledger_filling_new (const ZcLedgerTable *table, ZcInspection *inspection, gboolean replace, GError **error)
{
  g_autofree char *name = g_strdup_printf (_("Import rows of %s"), table->ledger->label);
  g_autoptr (ZcLedgerFilling) self = g_new0 (ZcLedgerFilling, 1);

  self->table = table;
  self->inspection = inspection;
  self->open = zc_inspection_begin (inspection, name, error);
  if (!self->open || (replace && !remove_all (table, inspection, error)))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
zc_ledger_filling_step (ZcLedgerFilling *self, guint most, GError **error)
{
  for (; most > 0 && self->at < self->table->rows->len; most--, self->at++)
    {
      if (g_array_index (self->table->bad, gboolean, self->at))
        continue;
      if (!add_row (self->table, self->inspection, self->table->rows->pdata[self->at], error))
        return take_back (self);
      self->rows++;
    }
  return TRUE;
}

guint
zc_ledger_filling_done (const ZcLedgerFilling *self)
{
  return self->at;
}

gboolean
zc_ledger_filling_finish (ZcLedgerFilling *self, guint *rows, GError **error)
{
  *rows = 0;
  g_return_val_if_fail (self->open, FALSE);

  if (!zc_inspection_commit (self->inspection, error))
    return take_back (self);
  self->open = FALSE;
  *rows = self->rows;
  return TRUE;
}

void
zc_ledger_filling_free (ZcLedgerFilling *self)
{
  if (!self)
    return;
  take_back (self);
  g_free (self);
}

gboolean
zc_ledger_table_apply (const ZcLedgerTable *self, ZcInspection *inspection, gboolean replace, guint *rows, GError **error)
{
  g_autoptr (ZcLedgerFilling) filling = zc_ledger_filling_new (self, inspection, replace, error);

  *rows = 0;
  return filling && zc_ledger_filling_step (filling, self->rows->len, error) && zc_ledger_filling_finish (filling, rows, error);
}
