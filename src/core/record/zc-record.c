/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-private.h"

#include <string.h>

/* Looking up in the tree */

const char *
zc_record_node_text (const xmlNode *node)
{
  return node && node->children ? (const char *) node->children->content : NULL;
}

const char *
zc_record_node_attribute (const xmlNode *node, const char *name)
{
  for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
    if (strcmp ((const char *) attribute->name, name) == 0)
      return attribute->children ? (const char *) attribute->children->content : "";
  return NULL;
}

const char *
zc_record_part (const xmlNode *node, const char *name)
{
  const char *value = zc_record_node_attribute (node, name);

  return value ? value : zc_record_node_text (zc_xml_first (node, name));
}

guint64
zc_record_node_number (const xmlNode *node)
{
  const char *id = zc_record_node_attribute (node, "id");

  return id ? g_ascii_strtoull (id, NULL, 10) : 0;
}

ZcRecordLedger *
zc_record_find_ledger (ZcRecord *self, const char *id)
{
  const ZcLedger *ledger = zc_scheme_find_ledger (self->scheme, id);

  return ledger ? &self->ledgers[ledger->order] : NULL;
}

ZcRecordRow *
zc_record_find_row (ZcRecord *self, const char *ledger, guint64 number)
{
  ZcRecordLedger *found = zc_record_find_ledger (self, ledger);

  return found ? g_hash_table_lookup (found->by_number, &number) : NULL;
}

ZcRecordRow *
zc_record_row_of (const xmlNode *node)
{
  if (node && node->type != XML_ELEMENT_NODE)
    node = node->parent;
  while (node && node->type == XML_ELEMENT_NODE && !zc_xml_is (node, "row"))
    node = node->parent;
  return node && node->type == XML_ELEMENT_NODE ? node->_private : NULL;
}

xmlNode *
zc_record_find_finding (ZcRecord *self, guint64 number)
{
  return g_hash_table_lookup (self->finding_numbers, &number);
}

xmlNode *
zc_record_find_file (ZcRecord *self, guint64 id)
{
  return g_hash_table_lookup (self->file_numbers, &id);
}

int
zc_record_chapter_index (ZcRecord *self, const char *id)
{
  for (guint i = 0; i < self->scheme->chapters->len; i++)
    if (strcmp (((const ZcChapter *) self->scheme->chapters->pdata[i])->id, id) == 0)
      return (int) i;
  return -1;
}

const xmlNode *
zc_record_cell_node (const ZcRecordRow *row, const char *column)
{
  for (const xmlNode *cell = row->node->children; cell; cell = cell->next)
    if (strcmp (((const ZcField *) cell->_private)->id, column) == 0)
      return cell;
  return NULL;
}

static const char *
peek_cell (ZcRecord *self, const ZcPlace *place)
{
  const ZcRecordRow *row = zc_record_find_row (self, place->id, place->number);

  return row ? zc_record_node_text (zc_record_cell_node (row, place->field)) : NULL;
}

static const char *
peek_linked (ZcRecord *self, const ZcPlace *place)
{
  GPtrArray *files = g_hash_table_lookup (self->files_of, place->id);
  xmlNode *file = zc_record_find_file (self, place->number);

  return file && files && g_ptr_array_find (files, file, NULL) ? "1" : NULL;
}

const char *
zc_record_peek (ZcRecord *self, const ZcPlace *place)
{
  const ZcField *fact;
  const ZcItem *item;
  const xmlNode *node;
  int chapter;

  switch (place->kind)
    {
    case ZC_PLACE_FACT:
      fact = zc_scheme_find_fact (self->scheme, place->id);
      return fact ? zc_record_node_text (self->facts[fact->order]) : NULL;
    case ZC_PLACE_ANSWER:
      item = zc_scheme_find_item (self->scheme, place->id);
      return item && self->answers[item->order] && strcmp (place->field, "item") != 0
                 ? zc_record_part (self->answers[item->order], place->field)
                 : NULL;
    case ZC_PLACE_CELL:
      return peek_cell (self, place);
    case ZC_PLACE_FINDING:
      node = zc_record_find_finding (self, place->number);
      return node && strcmp (place->field, "id") != 0 ? zc_record_part (node, place->field) : NULL;
    case ZC_PLACE_TEXT:
      chapter = zc_record_chapter_index (self, place->id);
      return chapter >= 0 ? zc_record_node_text (self->texts[chapter]) : NULL;
    case ZC_PLACE_EVIDENCE:
      node = zc_record_find_file (self, place->number);
      return node && strcmp (place->field, "caption") == 0 ? zc_record_node_attribute (node, "caption")
                                                           : NULL;
    case ZC_PLACE_LINK:
      return peek_linked (self, place);
    case ZC_PLACE_ROW:
    case ZC_PLACE_LEDGER:
    case ZC_PLACE_ITEM:
      return NULL;
    }
  return NULL;
}

/* Reading for everybody */

ZcScheme *
zc_record_get_scheme (ZcRecord *self)
{
  return self->scheme;
}

guint
zc_record_get_revision (ZcRecord *self)
{
  return self->revision;
}

char *
zc_record_get (ZcRecord *self, const char *place)
{
  ZcPlace parsed;

  return zc_place_parse (place, &parsed) ? g_strdup (zc_record_peek (self, &parsed)) : NULL;
}

GPtrArray *
zc_record_rows (ZcRecord *self, const char *ledger)
{
  ZcRecordLedger *found = zc_record_find_ledger (self, ledger);
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; found && i < found->rows->len; i++)
    g_ptr_array_add (rows, ((ZcRecordRow *) found->rows->pdata[i])->node);
  return rows;
}

const xmlNode *
zc_record_row (ZcRecord *self, const char *ledger, guint64 row)
{
  const ZcRecordRow *found = zc_record_find_row (self, ledger, row);

  return found ? found->node : NULL;
}

GPtrArray *
zc_record_findings (ZcRecord *self)
{
  return g_ptr_array_copy (self->findings, NULL, NULL);
}

static void
add_parts (GPtrArray *places,
           ZcPlaceKind kind,
           const xmlNode *node,
           const char *id,
           const ZcRecordPart *parts,
           guint n)
{
  for (guint i = 0; i < n; i++)
    if (zc_record_part (node, parts[i].name))
      g_ptr_array_add (places, zc_place_new (kind, id, zc_record_node_number (node), parts[i].name));
}

/* What the program itself sets or the user notes for the work at hand is not typed to be printed. */
static void
add_answer (GPtrArray *places, const xmlNode *node)
{
  static const ZcRecordPart typed[] = { { "conformity" }, { "reason" }, { "note" } };

  add_parts (places, ZC_PLACE_ANSWER, node, zc_record_node_attribute (node, "item"), typed,
             G_N_ELEMENTS (typed));
}

static void
add_finding (GPtrArray *places, const xmlNode *node)
{
  static const ZcRecordPart typed[] = { { "source" }, { "problem" }, { "severity" }, { "measure" },
                                        { "person" }, { "due" },     { "state" } };

  add_parts (places, ZC_PLACE_FINDING, node, NULL, typed, G_N_ELEMENTS (typed));
}

static void
add_rows (GPtrArray *places, const ZcRecordLedger *ledger)
{
  for (guint i = 0; i < ledger->rows->len; i++)
    {
      const ZcRecordRow *row = ledger->rows->pdata[i];

      for (const xmlNode *cell = row->node->children; cell; cell = cell->next)
        g_ptr_array_add (places, zc_place_new (ZC_PLACE_CELL, ledger->spec->id, row->number,
                                               ((const ZcField *) cell->_private)->id));
    }
}

GPtrArray *
zc_record_places (ZcRecord *self)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->scheme->facts->len; i++)
    {
      const ZcField *fact = self->scheme->facts->pdata[i];

      if (self->facts[i] && !fact->select)
        g_ptr_array_add (places, zc_place_new (ZC_PLACE_FACT, fact->id, 0, NULL));
    }
  for (guint i = 0; i < self->scheme->items->len; i++)
    if (self->answers[i])
      add_answer (places, self->answers[i]);
  for (guint i = 0; i < self->scheme->ledgers->len; i++)
    add_rows (places, &self->ledgers[i]);
  for (guint i = 0; i < self->findings->len; i++)
    add_finding (places, self->findings->pdata[i]);
  for (guint i = 0; i < self->scheme->chapters->len; i++)
    if (self->texts[i])
      g_ptr_array_add (
          places,
          zc_place_new (ZC_PLACE_TEXT, ((const ZcChapter *) self->scheme->chapters->pdata[i])->id, 0, NULL));
  for (guint i = 0; i < self->files->len; i++)
    if (zc_record_node_attribute (self->files->pdata[i], "caption"))
      g_ptr_array_add (places, zc_place_new (ZC_PLACE_EVIDENCE, NULL,
                                             zc_record_node_number (self->files->pdata[i]), "caption"));
  return places;
}
