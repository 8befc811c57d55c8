/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-private.h"
#include "record/zc-template.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* How places are shown: their values as printed, their names in sentences. */

static const ZcField *
find_in (GPtrArray *fields, const char *id)
{
  for (guint i = 0; i < fields->len; i++)
    if (strcmp (((const ZcField *) fields->pdata[i])->id, id) == 0)
      return fields->pdata[i];
  return NULL;
}

const ZcField *
zc_record_field_of (const ZcScheme *scheme, const ZcPlace *place)
{
  const ZcLedger *ledger;

  switch (place->kind)
    {
    case ZC_PLACE_FACT:
      return zc_scheme_find_fact (scheme, place->id);
    case ZC_PLACE_ANSWER:
      return zc_scheme_find_item (scheme, place->id) ? find_in (zc_answer_fields (), place->field) : NULL;
    case ZC_PLACE_CELL:
      ledger = zc_scheme_find_ledger (scheme, place->id);
      return ledger ? zc_ledger_find_column (ledger, place->field) : NULL;
    case ZC_PLACE_FINDING:
      return find_in (zc_finding_fields (), place->field);
    default:
      return NULL;
    }
}

static char *
item_label (const ZcScheme *scheme, const char *id)
{
  const ZcItem *item = zc_scheme_find_item (scheme, id);

  /* Translators: an item's id and title, as in: X07 “Backups of data” */
  return item ? g_strdup_printf (_ ("%s “%s”"), item->id, item->title) : g_strdup (id);
}

char *
zc_record_display (ZcRecord *self, const char *place)
{
  ZcPlace parsed;
  const char *value;
  const ZcField *field;

  if (!zc_place_parse (place, &parsed) || !(value = zc_record_peek (self, &parsed)))
    return g_strdup ("");
  if (parsed.kind == ZC_PLACE_TEXT)
    return zc_template_expand_string (value, self, NULL);
  if (parsed.kind == ZC_PLACE_FINDING && strcmp (parsed.field, "item") == 0)
    {
      const ZcItem *item = zc_scheme_find_item (self->scheme, value);

      return g_strdup (item ? item->title : value);
    }
  field = zc_record_field_of (self->scheme, &parsed);
  return field ? zc_field_display (field, value) : g_strdup (value);
}

static char *
row_label (ZcRecord *self, const ZcPlace *place)
{
  const ZcLedger *ledger = zc_scheme_find_ledger (self->scheme, place->id);
  ZcRecordRow *row = zc_record_find_row (self, place->id, place->number);
  const char *name;

  if (!ledger)
    return g_strdup (place->id);
  if (!row)
    return g_strdup_printf (_ ("%s, a row that is not there"), ledger->label);
  name = ledger->title_column ? zc_record_node_text (zc_record_cell_node (row, ledger->title_column)) : NULL;
  /* Translators: a ledger, the position of a row in it, what the row is called */
  return name ? g_strdup_printf (_ ("%s row %u (%s)"), ledger->label, row->position + 1, name)
              : g_strdup_printf (_ ("%s row %u"), ledger->label, row->position + 1);
}

static char *
finding_label (ZcRecord *self, const ZcPlace *place)
{
  const xmlNode *finding = zc_record_find_finding (self, place->number);
  const char *item = finding ? zc_record_part (finding, "item") : NULL;
  g_autofree char *of = item ? item_label (self->scheme, item) : NULL;

  return of ? g_strdup_printf (_ ("finding %s of %s"), place->id, of)
            : g_strdup_printf (_ ("finding %s"), place->id);
}

static char *
file_label (ZcRecord *self, guint64 id)
{
  const xmlNode *file = zc_record_find_file (self, id);

  return file ? g_strdup_printf (_ ("evidence “%s”"), zc_record_node_attribute (file, "name"))
              : g_strdup_printf (_ ("evidence number %" PRIu64), id);
}

/* The thing that a place is part of, without its field. */
static char *
owner_label (ZcRecord *self, const ZcPlace *place)
{
  const ZcLedger *ledger;
  const ZcChapter *chapter;

  switch (place->kind)
    {
    case ZC_PLACE_ANSWER:
    case ZC_PLACE_ITEM:
      return item_label (self->scheme, place->id);
    case ZC_PLACE_LEDGER:
      ledger = zc_scheme_find_ledger (self->scheme, place->id);
      return g_strdup (ledger ? ledger->label : place->id);
    case ZC_PLACE_ROW:
    case ZC_PLACE_CELL:
      return row_label (self, place);
    case ZC_PLACE_FINDING:
      return finding_label (self, place);
    case ZC_PLACE_TEXT:
      chapter = zc_scheme_find_chapter (self->scheme, place->id);
      return g_strdup_printf (_ ("the text of “%s”"), chapter ? chapter->heading : place->id);
    case ZC_PLACE_EVIDENCE:
    case ZC_PLACE_LINK:
      return file_label (self, place->number);
    case ZC_PLACE_FACT:
      break;
    }
  return g_strdup (place->id);
}

char *
zc_record_label (ZcRecord *self, const char *place)
{
  ZcPlace parsed;
  const ZcField *field;
  g_autofree char *owner = NULL;

  if (!zc_place_parse (place, &parsed))
    return g_strdup (place);
  field = zc_record_field_of (self->scheme, &parsed);
  if (parsed.kind == ZC_PLACE_FACT)
    return g_strdup (field ? field->label : parsed.id);
  owner = owner_label (self, &parsed);
  if (parsed.kind == ZC_PLACE_LINK)
    {
      g_autofree char *item = item_label (self->scheme, parsed.id);

      return g_strdup_printf (_ ("%s at %s"), owner, item);
    }
  if (parsed.kind == ZC_PLACE_EVIDENCE && strcmp (parsed.field, "caption") == 0)
    return g_strdup_printf (_ ("the caption of %s"), owner);
  /* Translators: a thing and its field, as in: Ledger of systems row 3 (Mail), Level */
  return field ? g_strdup_printf (_ ("%s, %s"), owner, field->label) : g_steal_pointer (&owner);
}

char *
zc_record_node_place (const xmlNode *node)
{
  const ZcRecordRow *row;

  if (node && node->type != XML_ELEMENT_NODE)
    node = node->parent;
  if (!node || node->type != XML_ELEMENT_NODE)
    return NULL;
  row = zc_record_row_of (node);
  if (row && node == row->node)
    return zc_place_new (ZC_PLACE_ROW, row->ledger->spec->id, row->number, NULL);
  if (row)
    return zc_place_new (ZC_PLACE_CELL, row->ledger->spec->id, row->number,
                         zc_record_node_attribute (node, "column"));
  if (zc_xml_is (node, "fact"))
    return zc_place_new (ZC_PLACE_FACT, zc_record_node_attribute (node, "id"), 0, NULL);
  if (zc_xml_is (node, "answer"))
    return zc_place_new (ZC_PLACE_ITEM, zc_record_node_attribute (node, "item"), 0, NULL);
  if (zc_xml_is (node, "ledger"))
    return zc_place_new (ZC_PLACE_LEDGER, zc_record_node_attribute (node, "id"), 0, NULL);
  if (zc_xml_is (node, "finding"))
    return zc_place_new (ZC_PLACE_FINDING, NULL, zc_record_node_number (node), "item");
  if (zc_xml_is (node, "text"))
    return zc_place_new (ZC_PLACE_TEXT, zc_record_node_attribute (node, "chapter"), 0, NULL);
  if (zc_xml_is (node, "file"))
    return zc_place_new (ZC_PLACE_EVIDENCE, NULL, zc_record_node_number (node), "caption");
  return zc_xml_is (node, "record") ? NULL : zc_record_node_place (node->parent);
}
