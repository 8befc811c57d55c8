/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/zc-rules-private.h"

#include <glib/gi18n-lib.h>

/* Ledgers may have thousands of rows: what only concerns a row's own values is remembered in the row. */

static char *
cell_place (const ZcRecordRow *row, const ZcField *column)
{
  return zc_place_new (ZC_PLACE_CELL, row->ledger->spec->id, row->number, column->id);
}

static void
check_required (ZcPreflight *self, ZcRecordLedger *ledger, const ZcField *column)
{
  ZcExpression *when = column->when ? zc_record_expression (self->record, column->when) : NULL;

  for (guint i = 0; i < ledger->rows->len; i++)
    {
      ZcRecordRow *row = ledger->rows->pdata[i];

      if (!zc_record_cell_node (row, column->id) && (!when || zc_expression_holds (when, row->node)))
        {
          g_autofree char *place = cell_place (row, column);
          g_autofree char *label = zc_record_label (self->record, place);

          zc_preflight_add (self, ZC_LEVEL_MUST, "required", g_strdup (place), _ ("“%s” is not filled in."),
                            label);
        }
    }
}

static void
check_unique (ZcPreflight *self, ZcRecordLedger *ledger, const ZcField *column)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ledger->rows->len; i++)
    {
      ZcRecordRow *row = ledger->rows->pdata[i];
      const char *value = zc_record_node_text (zc_record_cell_node (row, column->id));
      const ZcRecordRow *first = value ? g_hash_table_lookup (seen, value) : NULL;

      if (first)
        zc_preflight_add (self, ZC_LEVEL_MUST, "unique", cell_place (row, column),
                          _ ("%s: rows %u and %u both state “%s” as “%s”. Correct one, or remove the row "
                             "that is there twice."),
                          ledger->spec->label, first->position + 1, row->position + 1, value, column->label);
      else if (value)
        g_hash_table_insert (seen, (gpointer) value, row);
    }
}

static void
check_values (ZcPreflight *self, ZcRecordLedger *ledger)
{
  for (guint i = 0; i < ledger->rows->len; i++)
    {
      ZcRecordRow *row = ledger->rows->pdata[i];
      gboolean fine = TRUE;

      if (row->fine)
        continue;
      for (const xmlNode *cell = row->node->children; cell; cell = cell->next)
        {
          const ZcField *column = cell->_private;

          fine &= zc_check_value (self, column, zc_record_node_text (cell), ZC_PLACE_CELL, ledger->spec->id,
                                  row->number, column->id);
        }
      row->fine = fine;
    }
}

static void
check_columns (ZcPreflight *self, ZcRecordLedger *ledger)
{
  for (guint i = 0; i < ledger->spec->columns->len; i++)
    {
      const ZcField *column = ledger->spec->columns->pdata[i];

      if (column->required)
        check_required (self, ledger, column);
      if (column->unique)
        check_unique (self, ledger, column);
    }
}

void
zc_check_ledgers (ZcPreflight *self)
{
  for (guint i = 0; i < self->scheme->ledgers->len; i++)
    {
      ZcRecordLedger *ledger = &self->record->ledgers[i];
      const ZcLedger *spec = ledger->spec;

      check_values (self, ledger);
      check_columns (self, ledger);
      if (ledger->rows->len < spec->min_rows && self->ledger_asked[i] &&
          (!spec->when || zc_record_eval_boolean (self->record, spec->when, NULL)))
        zc_preflight_add (self, ZC_LEVEL_MUST, "rows", zc_place_new (ZC_PLACE_LEDGER, spec->id, 0, NULL),
                          ngettext ("“%s” needs at least %u row and has %u.",
                                    "“%s” needs at least %u rows and has %u.", spec->min_rows),
                          spec->label, spec->min_rows, ledger->rows->len);
    }
}
