/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-private.h"

#include <string.h>

/* From a living inspection to its record. */

static void
take_root (ZcRecord *self, ZcInspection *inspection)
{
  g_autoptr (ZcSealing) sealing = NULL;
  guint revision = zc_inspection_next_revision (inspection);

  /* What is sealed states the revision it was sealed as. */
  if (zc_inspection_get_state (inspection) >= ZC_STATE_SEALED &&
      (sealing = zc_inspection_get_sealing (inspection, 0)))
    revision = sealing->revision;
  zc_record_put_root (self, zc_inspection_get_meta (inspection, "id"),
                      zc_inspection_get_meta (inspection, "nonce"),
                      zc_inspection_get_meta (inspection, "created"), revision);
}

static void
take_fact (ZcRecord *self, ZcInspection *inspection, const ZcField *fact)
{
  if (!fact->select)
    zc_record_put_fact (self, fact, zc_inspection_get_at (inspection, ZC_PLACE_FACT, fact->id, 0, NULL));
}

static void
take_answer (ZcRecord *self, ZcInspection *inspection, const ZcItem *item)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ZC_ANSWER_PARTS; i++)
    g_ptr_array_add (kept,
                     g_strdup (zc_inspection_get_at (inspection, ZC_PLACE_ANSWER, item->id, 0, zc_answer_parts[i].name)));
  zc_record_put_answer (self, item, (const char *const *) kept->pdata);
}

static void
take_cells (ZcRecord *self, ZcInspection *inspection, ZcRecordRow *row)
{
  const ZcLedger *ledger = row->ledger->spec;

  for (guint i = 0; i < ledger->columns->len; i++)
    {
      const ZcField *column = ledger->columns->pdata[i];

      zc_record_put_cell (self, row, column,
                          zc_inspection_get_at (inspection, ZC_PLACE_CELL, ledger->id, row->number, column->id));
    }
}

static void
take_rows (ZcRecord *self, ZcInspection *inspection, ZcRecordLedger *ledger)
{
  g_autoptr (GArray) numbers = zc_inspection_get_rows (inspection, ledger->spec->id);

  zc_record_order_rows (self, ledger, (const guint64 *) (gpointer) numbers->data, numbers->len);
  for (guint i = 0; i < ledger->rows->len; i++)
    {
      ZcRecordRow *row = ledger->rows->pdata[i];

      if (!row->node->children)
        take_cells (self, inspection, row);
    }
}

static void
take_finding (ZcRecord *self, ZcInspection *inspection, guint64 number)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ZC_FINDING_PARTS; i++)
    g_ptr_array_add (
        kept, g_strdup (zc_inspection_get_at (inspection, ZC_PLACE_FINDING, NULL, number, zc_finding_parts[i].name)));
  zc_record_put_finding (self, number, (const char *const *) kept->pdata);
}

static void
take_findings (ZcRecord *self, ZcInspection *inspection)
{
  g_autoptr (GArray) numbers = zc_inspection_get_findings (inspection);

  zc_record_drop_findings (self);
  for (guint i = 0; i < numbers->len; i++)
    take_finding (self, inspection, g_array_index (numbers, guint64, i));
}

static void
take_text (ZcRecord *self, ZcInspection *inspection, guint chapter)
{
  const ZcChapter *spec = self->scheme->chapters->pdata[chapter];

  zc_record_put_text (self, chapter, zc_inspection_get_at (inspection, ZC_PLACE_TEXT, spec->id, 0, NULL));
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const ZcEvidence *one = *(ZcEvidence *const *) a;
  const ZcEvidence *other = *(ZcEvidence *const *) b;

  return (one->id > other->id) - (one->id < other->id);
}

static void
take_evidence (ZcRecord *self, ZcInspection *inspection)
{
  g_autoptr (GPtrArray) all = zc_inspection_get_evidence (inspection, NULL);

  zc_record_drop_files (self);
  g_ptr_array_sort (all, compare_ids);
  for (guint i = 0; i < all->len; i++)
    {
      const ZcEvidence *one = all->pdata[i];
      ZcRecordFile file = { one->id, one->name, one->size, one->sm3, one->sha256, one->caption };

      zc_record_add_file (self, &file, (const char *const *) one->items);
    }
}

static void
take_all (ZcRecord *self, ZcInspection *inspection)
{
  ZcScheme *scheme = self->scheme;

  take_root (self, inspection);
  for (guint i = 0; i < scheme->facts->len; i++)
    take_fact (self, inspection, scheme->facts->pdata[i]);
  for (guint i = 0; i < scheme->items->len; i++)
    take_answer (self, inspection, scheme->items->pdata[i]);
  for (guint i = 0; i < scheme->ledgers->len; i++)
    take_rows (self, inspection, &self->ledgers[i]);
  take_findings (self, inspection);
  for (guint i = 0; i < scheme->chapters->len; i++)
    take_text (self, inspection, i);
  take_evidence (self, inspection);
}

ZcRecord *
zc_record_new (ZcInspection *inspection)
{
  ZcRecord *self;

  g_return_val_if_fail (ZC_IS_INSPECTION (inspection), NULL);
  self = zc_record_new_empty (zc_inspection_get_scheme (inspection));
  take_all (self, inspection);
  zc_record_derive (self);
  return self;
}

static void
update_fact (ZcRecord *self, ZcInspection *inspection, const ZcPlace *place)
{
  const ZcField *fact = zc_scheme_find_fact (self->scheme, place->id);

  if (fact)
    take_fact (self, inspection, fact);
}

static void
update_answer (ZcRecord *self, ZcInspection *inspection, const ZcPlace *place)
{
  const ZcItem *item = zc_scheme_find_item (self->scheme, place->id);

  if (item)
    take_answer (self, inspection, item);
}

static void
update_ledger (ZcRecord *self, ZcInspection *inspection, const ZcPlace *place)
{
  ZcRecordLedger *ledger = zc_record_find_ledger (self, place->id);
  ZcRecordRow *row;

  if (!ledger)
    return;
  take_rows (self, inspection, ledger);
  row = place->kind == ZC_PLACE_ROW ? zc_record_find_row (self, place->id, place->number) : NULL;
  if (row)
    take_cells (self, inspection, row);
}

static void
update_cell (ZcRecord *self, ZcInspection *inspection, const ZcPlace *place)
{
  ZcRecordRow *row = zc_record_find_row (self, place->id, place->number);
  const ZcField *column = row ? zc_ledger_find_column (row->ledger->spec, place->field) : NULL;

  if (!row)
    update_ledger (self, inspection, place);
  else if (column)
    zc_record_put_cell (self, row, column,
                        zc_inspection_get_at (inspection, ZC_PLACE_CELL, place->id, place->number, place->field));
}

static void
update_place (ZcRecord *self, ZcInspection *inspection, const ZcPlace *place)
{
  int chapter;

  switch (place->kind)
    {
    case ZC_PLACE_FACT:
      update_fact (self, inspection, place);
      break;
    case ZC_PLACE_ANSWER:
    case ZC_PLACE_ITEM:
      update_answer (self, inspection, place);
      break;
    case ZC_PLACE_LEDGER:
    case ZC_PLACE_ROW:
      update_ledger (self, inspection, place);
      break;
    case ZC_PLACE_CELL:
      update_cell (self, inspection, place);
      break;
    case ZC_PLACE_FINDING:
      take_finding (self, inspection, place->number);
      break;
    case ZC_PLACE_TEXT:
      chapter = zc_record_chapter_index (self, place->id);
      if (chapter >= 0)
        take_text (self, inspection, (guint) chapter);
      break;
    case ZC_PLACE_LINK:
    case ZC_PLACE_EVIDENCE:
      take_evidence (self, inspection);
      break;
    }
}

/* Rows that were added are empty after this. */
static void
order_all_rows (ZcRecord *self, ZcInspection *inspection)
{
  for (guint i = 0; i < self->scheme->ledgers->len; i++)
    {
      ZcRecordLedger *ledger = &self->ledgers[i];
      g_autoptr (GArray) numbers = zc_inspection_get_rows (inspection, ledger->spec->id);

      zc_record_order_rows (self, ledger, (const guint64 *) (gpointer) numbers->data, numbers->len);
    }
}

static gboolean
is_same_row (const ZcPlace *one, const ZcPlace *other)
{
  return other->kind == ZC_PLACE_CELL && one->number == other->number && strcmp (one->id, other->id) == 0;
}

/* Brings one of many places up to date; @last is the one before, whose row is up to date already. */
static void
update_one_of_many (ZcRecord *self, ZcInspection *inspection, const ZcPlace *place, const ZcPlace *last)
{
  ZcRecordRow *row;

  if (place->kind == ZC_PLACE_ROW)
    return;
  if (place->kind != ZC_PLACE_CELL)
    {
      update_place (self, inspection, place);
      return;
    }
  if (last && is_same_row (place, last))
    return;
  row = zc_record_find_row (self, place->id, place->number);
  if (row)
    take_cells (self, inspection, row);
}

guint
zc_record_update_some (ZcRecord *self, ZcInspection *inspection, GPtrArray *places, guint from, guint most)
{
  guint end = MIN (places->len, from + most);
  ZcPlace two[2]; /* they point into themselves and may not be copied */
  gboolean known = FALSE;

  g_return_val_if_fail (zc_inspection_get_scheme (inspection) == self->scheme, places->len);

  if (from == 0)
    order_all_rows (self, inspection);
  for (guint i = from; i < end; i++)
    {
      ZcPlace *place = &two[i % 2], *last = known ? &two[(i + 1) % 2] : NULL;

      known = zc_place_parse (places->pdata[i], place);
      if (known)
        update_one_of_many (self, inspection, place, last);
    }
  zc_record_tick (self);
  if (end < places->len)
    return end;
  take_root (self, inspection);
  zc_record_derive (self);
  return end;
}

void
zc_record_update (ZcRecord *self, ZcInspection *inspection, const char *place)
{
  GPtrArray *told = place ? NULL : zc_inspection_get_told (inspection);
  ZcPlace parsed;

  g_return_if_fail (self != NULL && ZC_IS_INSPECTION (inspection));
  if (told && zc_inspection_get_scheme (inspection) == self->scheme)
    {
      zc_record_update_some (self, inspection, told, 0, told->len);
      return;
    }
  if (place && zc_inspection_get_scheme (inspection) == self->scheme && zc_place_parse (place, &parsed))
    {
      update_place (self, inspection, &parsed);
      take_root (self, inspection);
    }
  else
    {
      zc_record_clear (self, zc_inspection_get_scheme (inspection));
      take_all (self, inspection);
    }
  zc_record_tick (self);
  zc_record_derive (self);
}
