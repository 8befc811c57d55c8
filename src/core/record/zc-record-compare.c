/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-private.h"

#include <string.h>

/* Where two records first state different things. */

static gboolean
same (const char *one, const char *other)
{
  return g_strcmp0 (one ? one : "", other ? other : "") == 0;
}

static const char *
fact_text (ZcRecord *record, const char *id)
{
  const ZcField *fact = zc_scheme_find_fact (record->scheme, id);

  return fact ? zc_record_node_text (record->facts[fact->order]) : NULL;
}

static char *
different_fact (ZcRecord *self, ZcRecord *other, gboolean derived)
{
  for (guint i = 0; i < self->scheme->facts->len; i++)
    {
      const ZcField *fact = self->scheme->facts->pdata[i];

      if ((fact->select != NULL) == derived &&
          !same (zc_record_node_text (self->facts[i]), fact_text (other, fact->id)))
        return zc_place_new (ZC_PLACE_FACT, fact->id, 0, NULL);
    }
  return NULL;
}

static char *
different_part (const xmlNode *one,
                const xmlNode *other,
                ZcPlaceKind kind,
                const char *id,
                const ZcRecordPart *parts,
                guint n)
{
  guint64 number = one ? zc_record_node_number (one) : other ? zc_record_node_number (other) : 0;

  for (guint i = 0; i < n; i++)
    if (!same (one ? zc_record_part (one, parts[i].name) : NULL,
               other ? zc_record_part (other, parts[i].name) : NULL))
      return zc_place_new (kind, id, number, parts[i].name);
  return NULL;
}

static char *
different_answer (ZcRecord *self, ZcRecord *other)
{
  for (guint i = 0; i < self->scheme->items->len; i++)
    {
      const ZcItem *item = self->scheme->items->pdata[i];
      const ZcItem *there = zc_scheme_find_item (other->scheme, item->id);
      char *place = different_part (self->answers[i], there ? other->answers[there->order] : NULL,
                                    ZC_PLACE_ANSWER, item->id, zc_answer_parts, ZC_ANSWER_PARTS);

      if (place)
        return place;
    }
  return NULL;
}

static char *
different_cell (const ZcRecordRow *one, const ZcRecordRow *other)
{
  const ZcLedger *ledger = one->ledger->spec;

  for (guint i = 0; i < ledger->columns->len; i++)
    {
      const char *column = ((const ZcField *) ledger->columns->pdata[i])->id;

      if (!same (zc_record_node_text (zc_record_cell_node (one, column)),
                 zc_record_node_text (zc_record_cell_node (other, column))))
        return zc_place_new (ZC_PLACE_CELL, ledger->id, one->number, column);
    }
  return NULL;
}

/* At the first position where the two have different rows: the one that only one of them has, else the one
 * that moved. */
static char *
different_row (const ZcRecordLedger *one, const ZcRecordRow *row, const ZcRecordRow *there)
{
  const ZcRecordRow *odd = row;

  if (!row || (there && !g_hash_table_contains (one->by_number, &there->number)))
    odd = there;
  return zc_place_new (ZC_PLACE_ROW, one->spec->id, odd->number, NULL);
}

static char *
different_ledger (const ZcRecordLedger *one, const ZcRecordLedger *other)
{
  guint theirs = other ? other->rows->len : 0;

  for (guint i = 0; i < MAX (one->rows->len, theirs); i++)
    {
      const ZcRecordRow *row = i < one->rows->len ? one->rows->pdata[i] : NULL;
      const ZcRecordRow *there = i < theirs ? other->rows->pdata[i] : NULL;
      char *place;

      if (!row || !there || row->number != there->number)
        return different_row (one, row, there);
      place = different_cell (row, there);
      if (place)
        return place;
    }
  return NULL;
}

static char *
different_rows (ZcRecord *self, ZcRecord *other)
{
  for (guint i = 0; i < self->scheme->ledgers->len; i++)
    {
      const ZcRecordLedger *one = &self->ledgers[i];
      char *place = different_ledger (one, zc_record_find_ledger (other, one->spec->id));

      if (place)
        return place;
    }
  return NULL;
}

static char *
different_finding (ZcRecord *self, ZcRecord *other)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const xmlNode *one = self->findings->pdata[i];
      char *place = different_part (one, zc_record_find_finding (other, zc_record_node_number (one)),
                                    ZC_PLACE_FINDING, NULL, zc_finding_parts, ZC_FINDING_PARTS);

      if (place)
        return place;
    }
  for (guint i = 0; i < other->findings->len; i++)
    {
      guint64 number = zc_record_node_number (other->findings->pdata[i]);

      if (!zc_record_find_finding (self, number))
        return zc_place_new (ZC_PLACE_FINDING, NULL, number, "item");
    }
  return NULL;
}

static char *
different_text (ZcRecord *self, ZcRecord *other)
{
  for (guint i = 0; i < self->scheme->chapters->len; i++)
    {
      const char *id = ((const ZcChapter *) self->scheme->chapters->pdata[i])->id;
      int there = zc_record_chapter_index (other, id);

      if (!same (zc_record_node_text (self->texts[i]),
                 there >= 0 ? zc_record_node_text (other->texts[there]) : NULL))
        return zc_place_new (ZC_PLACE_TEXT, id, 0, NULL);
    }
  return NULL;
}

/* An item that only one of the two files serves. */
static const char *
different_link (const xmlNode *one, const xmlNode *other)
{
  for (const xmlNode *item = one->children; item; item = item->next)
    {
      const char *id = zc_record_node_attribute (item, "id");
      const xmlNode *there = other->children;

      while (there && !same (zc_record_node_attribute (there, "id"), id))
        there = there->next;
      if (!there)
        return id;
    }
  return NULL;
}

static char *
different_file (const xmlNode *one, const xmlNode *other)
{
  static const char *const names[] = { "sha256", "sm3", "size", "name" };
  guint64 id = zc_record_node_number (one);
  const char *item;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (!other ||
        !same (zc_record_node_attribute (one, names[i]), zc_record_node_attribute (other, names[i])))
      return zc_place_new (ZC_PLACE_EVIDENCE, NULL, id, "name");
  if (!same (zc_record_node_attribute (one, "caption"), zc_record_node_attribute (other, "caption")))
    return zc_place_new (ZC_PLACE_EVIDENCE, NULL, id, "caption");
  item = different_link (one, other);
  if (!item)
    item = different_link (other, one);
  return item ? zc_place_new (ZC_PLACE_LINK, item, id, NULL) : NULL;
}

static char *
different_evidence (ZcRecord *self, ZcRecord *other)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const xmlNode *one = self->files->pdata[i];
      char *place = different_file (one, zc_record_find_file (other, zc_record_node_number (one)));

      if (place)
        return place;
    }
  for (guint i = 0; i < other->files->len; i++)
    {
      guint64 id = zc_record_node_number (other->files->pdata[i]);

      if (!zc_record_find_file (self, id))
        return zc_place_new (ZC_PLACE_EVIDENCE, NULL, id, "name");
    }
  return NULL;
}

char *
zc_record_first_difference (ZcRecord *self, ZcRecord *other)
{
  char *place = different_fact (self, other, FALSE);

  if (!place)
    place = different_answer (self, other);
  if (!place)
    place = different_rows (self, other);
  if (!place)
    place = different_finding (self, other);
  if (!place)
    place = different_text (self, other);
  if (!place)
    place = different_evidence (self, other);
  /* Differs by itself only if the schemes do. */
  return place ? place : different_fact (self, other, TRUE);
}
