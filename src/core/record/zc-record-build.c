/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"
#include "record/zc-record-private.h"

#include <math.h>
#include <string.h>

const char *const zc_record_sections[6] = { "facts", "answers", "ledgers", "findings", "texts", "evidence" };

const ZcRecordPart zc_answer_parts[ZC_ANSWER_PARTS] = {
  { "confirmed", FALSE }, { "conformity", FALSE }, { "review", FALSE }, { "reason", TRUE }, { "note", TRUE },
};

const ZcRecordPart zc_finding_parts[ZC_FINDING_PARTS] = {
  { "due", FALSE },   { "item", FALSE },   { "severity", FALSE }, { "source", FALSE },
  { "state", FALSE }, { "problem", TRUE }, { "measure", TRUE },   { "person", TRUE },
};

static void
row_free (gpointer data)
{
  ZcRecordRow *row = data;

  g_byte_array_unref (row->memo);
  g_free (row);
}

static guint64
next_stamp (ZcRecord *self)
{
  return ++self->clock;
}

static xmlNode *
new_element (ZcRecord *self, const char *name)
{
  return xmlNewDocNode (self->doc, NULL, (const xmlChar *) name, NULL);
}

static void
set_attribute (xmlNode *node, const char *name, const char *value)
{
  xmlNewProp (node, (const xmlChar *) name, (const xmlChar *) value);
}

static void
set_text (xmlNode *node, const char *text)
{
  /* Never xmlNodeSetContent(), which would read “&” as the start of an entity. */
  xmlAddChild (node, xmlNewDocText (node->doc, (const xmlChar *) text));
}

static void
drop (xmlNode *node)
{
  if (!node)
    return;
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

/* Puts @node into @parent behind the nearest one before index @at of @nodes. */
static void
insert_at (xmlNode *parent, xmlNode **nodes, guint at, xmlNode *node)
{
  nodes[at] = node;
  for (guint i = at; i-- > 0;)
    if (nodes[i])
      {
        xmlAddNextSibling (nodes[i], node);
        return;
      }
  if (parent->children)
    xmlAddPrevSibling (parent->children, node);
  else
    xmlAddChild (parent, node);
}

static void
init_ledger (ZcRecord *self, ZcRecordLedger *ledger, const ZcLedger *spec)
{
  ledger->spec = spec;
  ledger->node = new_element (self, "ledger");
  set_attribute (ledger->node, "id", spec->id);
  xmlAddChild (self->sections[ZC_SECTION_LEDGERS], ledger->node);
  ledger->rows = g_ptr_array_new_with_free_func (row_free);
  ledger->by_number = g_hash_table_new (g_int64_hash, g_int64_equal);
  ledger->sums = g_new (double, spec->columns->len + 1);
  for (guint i = 0; i < spec->columns->len; i++)
    ledger->sums[i] = NAN;
}

static void
free_tree (ZcRecord *self)
{
  if (!self->doc)
    return;
  zc_evaluator_forget (self->evaluator);
  for (guint i = 0; i < self->scheme->ledgers->len; i++)
    {
      g_ptr_array_unref (self->ledgers[i].rows);
      g_hash_table_unref (self->ledgers[i].by_number);
      g_free (self->ledgers[i].sums);
    }
  g_clear_pointer (&self->ledgers, g_free);
  g_clear_pointer (&self->facts, g_free);
  g_clear_pointer (&self->answers, g_free);
  g_clear_pointer (&self->texts, g_free);
  g_clear_pointer (&self->fact_stamps, g_free);
  g_clear_pointer (&self->answer_stamps, g_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->finding_numbers, g_hash_table_unref);
  g_clear_pointer (&self->file_numbers, g_hash_table_unref);
  g_clear_pointer (&self->files_of, g_hash_table_unref);
  g_clear_pointer (&self->doc, xmlFreeDoc);
  g_clear_pointer (&self->scheme, zc_scheme_unref);
}

static void
init_tree (ZcRecord *self, ZcScheme *scheme)
{
  self->scheme = zc_scheme_ref (scheme);
  self->doc = xmlNewDoc ((const xmlChar *) "1.0");
  self->doc->dict = xmlDictCreate ();
  self->root = new_element (self, "record");
  xmlDocSetRootElement (self->doc, self->root);
  for (guint i = 0; i < G_N_ELEMENTS (zc_record_sections); i++)
    {
      self->sections[i] = new_element (self, zc_record_sections[i]);
      xmlAddChild (self->root, self->sections[i]);
    }
  self->facts = g_new0 (xmlNode *, scheme->facts->len + 1);
  self->answers = g_new0 (xmlNode *, scheme->items->len + 1);
  self->texts = g_new0 (xmlNode *, scheme->chapters->len + 1);
  self->fact_stamps = g_new0 (guint64, scheme->facts->len + 1);
  self->answer_stamps = g_new0 (guint64, scheme->items->len + 1);
  self->ledgers = g_new0 (ZcRecordLedger, scheme->ledgers->len + 1);
  for (guint i = 0; i < scheme->ledgers->len; i++)
    init_ledger (self, &self->ledgers[i], scheme->ledgers->pdata[i]);
  self->findings = g_ptr_array_new ();
  self->files = g_ptr_array_new ();
  self->finding_numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->file_numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->files_of =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  next_stamp (self);
  zc_evaluator_bind (self->evaluator, self->doc);
}

ZcRecord *
zc_record_new_empty (ZcScheme *scheme)
{
  ZcRecord *self = g_new0 (ZcRecord, 1);

  g_atomic_ref_count_init (&self->references);
  self->evaluator = zc_evaluator_new (self);
  init_tree (self, scheme);
  return self;
}

void
zc_record_clear (ZcRecord *self, ZcScheme *scheme)
{
  g_autoptr (ZcScheme) kept = zc_scheme_ref (scheme);

  free_tree (self);
  init_tree (self, kept);
}

ZcRecord *
zc_record_ref (ZcRecord *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
zc_record_unref (ZcRecord *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->references))
    return;
  free_tree (self);
  zc_evaluator_free (self->evaluator);
  g_free (self);
}

void
zc_record_put_root (ZcRecord *self, const char *id, const char *nonce, const char *created, guint revision)
{
  char number[16];

  g_snprintf (number, sizeof number, "%u", revision);
  self->revision = revision;
  xmlFreePropList (self->root->properties);
  self->root->properties = NULL;
  set_attribute (self->root, "created", created);
  set_attribute (self->root, "format", "1");
  set_attribute (self->root, "id", id);
  set_attribute (self->root, "nonce", nonce);
  set_attribute (self->root, "revision", number);
  set_attribute (self->root, "scheme", self->scheme->id);
  set_attribute (self->root, "scheme-digest", self->scheme->digest);
  set_attribute (self->root, "scheme-version", self->scheme->version);
}

void
zc_record_put_fact (ZcRecord *self, const ZcField *fact, const char *value)
{
  xmlNode *node = NULL;

  g_clear_pointer (&self->facts[fact->order], drop);
  self->fact_stamps[fact->order] = next_stamp (self);
  if (!value || !*value)
    return;
  node = new_element (self, "fact");
  if (fact->select)
    set_attribute (node, "derived", "yes");
  set_attribute (node, "id", fact->id);
  set_text (node, value);
  node->_private = (gpointer) fact;
  insert_at (self->sections[ZC_SECTION_FACTS], self->facts, fact->order, node);
}

/* An element with its fields: the attributes, @key among them, in byte order, then the elements. NULL if
 * nothing is stated. */
static xmlNode *
new_with_parts (ZcRecord *self,
                const char *name,
                const char *key,
                const char *key_value,
                const ZcRecordPart *parts,
                const char *const *values,
                guint n)
{
  xmlNode *node = new_element (self, name);
  gboolean keyed = FALSE;
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (!keyed && (parts[i].element || strcmp (parts[i].name, key) > 0))
        {
          set_attribute (node, key, key_value);
          keyed = TRUE;
        }
      if (!values[i] || !*values[i])
        continue;
      any = TRUE;
      if (parts[i].element)
        set_text (xmlAddChild (node, new_element (self, parts[i].name)), values[i]);
      else
        set_attribute (node, parts[i].name, values[i]);
    }
  if (!any)
    g_clear_pointer (&node, xmlFreeNode);
  return node;
}

void
zc_record_put_answer (ZcRecord *self, const ZcItem *item, const char *const values[ZC_ANSWER_PARTS])
{
  xmlNode *node = new_with_parts (self, "answer", "item", item->id, zc_answer_parts, values, ZC_ANSWER_PARTS);

  g_clear_pointer (&self->answers[item->order], drop);
  self->answer_stamps[item->order] = next_stamp (self);
  if (node)
    insert_at (self->sections[ZC_SECTION_ANSWERS], self->answers, item->order, node);
}

static void
stamp_ledger (ZcRecord *self, ZcRecordLedger *ledger)
{
  ledger->stamp = next_stamp (self);
}

static void
forget_sums (ZcRecordLedger *ledger)
{
  for (guint i = 0; i < ledger->spec->columns->len; i++)
    ledger->sums[i] = NAN;
}

ZcRecordRow *
zc_record_add_row (ZcRecord *self, ZcRecordLedger *ledger, guint64 number)
{
  ZcRecordRow *row = g_new0 (ZcRecordRow, 1);
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, number);
  row->ledger = ledger;
  row->number = number;
  row->position = ledger->rows->len;
  row->memo = g_byte_array_new ();
  row->node = new_element (self, "row");
  row->node->_private = row;
  set_attribute (row->node, "id", text);
  xmlAddChild (ledger->node, row->node);
  g_ptr_array_add (ledger->rows, row);
  g_hash_table_insert (ledger->by_number, &row->number, row);
  stamp_ledger (self, ledger);
  return row;
}

static gboolean
same_order (const ZcRecordLedger *ledger, const guint64 *numbers, guint n)
{
  if (ledger->rows->len != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (((ZcRecordRow *) ledger->rows->pdata[i])->number != numbers[i])
      return FALSE;
  return TRUE;
}

/**
 * zc_record_order_rows: makes the rows of @ledger be @numbers, in that order: rows not among them go, new
 * ones have no cells.
 */
void
zc_record_order_rows (ZcRecord *self, ZcRecordLedger *ledger, const guint64 *numbers, guint n)
{
  GPtrArray *old = ledger->rows;
  g_autoptr (GHashTable) by_number = ledger->by_number;

  if (same_order (ledger, numbers, n))
    {
      g_steal_pointer (&by_number);
      return;
    }
  ledger->rows = g_ptr_array_new_with_free_func (row_free);
  ledger->by_number = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_ptr_array_set_free_func (old, NULL);
  for (guint i = 0; i < n; i++)
    {
      ZcRecordRow *row = g_hash_table_lookup (by_number, &numbers[i]);

      if (!row)
        {
          zc_record_add_row (self, ledger, numbers[i]);
          continue;
        }
      g_hash_table_remove (by_number, &numbers[i]);
      xmlUnlinkNode (row->node);
      xmlAddChild (ledger->node, row->node);
      row->position = ledger->rows->len;
      g_ptr_array_add (ledger->rows, row);
      g_hash_table_insert (ledger->by_number, &row->number, row);
    }
  for (guint i = 0; i < old->len; i++)
    {
      ZcRecordRow *row = old->pdata[i];

      if (g_hash_table_lookup (by_number, &row->number) == row)
        {
          drop (row->node);
          g_hash_table_remove (by_number, &row->number);
          row_free (row);
        }
    }
  g_ptr_array_unref (old);
  forget_sums (ledger);
  stamp_ledger (self, ledger);
}

/* Where a cell of @column goes: the child of the row that it replaces or stands before; NULL for the end. */
static xmlNode *
cell_slot (const ZcRecordRow *row, const ZcField *column)
{
  xmlNode *last = row->node->last;

  if (!last || ((const ZcField *) last->_private)->order < column->order)
    return NULL;
  for (xmlNode *cell = row->node->children; cell; cell = cell->next)
    if (((const ZcField *) cell->_private)->order >= column->order)
      return cell;
  return NULL;
}

static xmlNode *
new_cell (ZcRecord *self, const ZcField *column, const char *value)
{
  xmlNode *cell = new_element (self, "cell");

  cell->_private = (gpointer) column;
  set_attribute (cell, "column", column->id);
  set_text (cell, value);
  return cell;
}

void
zc_record_put_cell (ZcRecord *self, ZcRecordRow *row, const ZcField *column, const char *value)
{
  xmlNode *slot = cell_slot (row, column);

  row->ledger->sums[column->order] = NAN;
  row->fine = FALSE;
  g_byte_array_set_size (row->memo, 0);
  stamp_ledger (self, row->ledger);
  if (slot && slot->_private == column)
    {
      xmlNode *next = slot->next;

      drop (slot);
      slot = next;
    }
  if (!value || !*value)
    return;
  if (slot)
    xmlAddPrevSibling (slot, new_cell (self, column, value));
  else
    xmlAddChild (row->node, new_cell (self, column, value));
}

/* Findings stand in the order of their items, then of their numbers. */
static gint64
finding_rank (ZcRecord *self, const char *item)
{
  const ZcItem *found = item ? zc_scheme_find_item (self->scheme, item) : NULL;

  return found ? found->order : G_MAXUINT;
}

static gboolean
finding_before (ZcRecord *self, const xmlNode *one, const xmlNode *other)
{
  gint64 a = finding_rank (self, zc_record_part (one, "item"));
  gint64 b = finding_rank (self, zc_record_part (other, "item"));

  return a != b ? a < b : zc_record_node_number (one) < zc_record_node_number (other);
}

void
zc_record_put_finding (ZcRecord *self, guint64 number, const char *const values[ZC_FINDING_PARTS])
{
  xmlNode *old = zc_record_find_finding (self, number);
  xmlNode *node;
  char id[24];
  guint at = self->findings->len;

  self->findings_stamp = next_stamp (self);
  if (old)
    {
      g_ptr_array_remove (self->findings, old);
      g_hash_table_remove (self->finding_numbers, &number);
      drop (old);
      at--;
    }
  g_snprintf (id, sizeof id, "%" G_GUINT64_FORMAT, number);
  node = new_with_parts (self, "finding", "id", id, zc_finding_parts, values, ZC_FINDING_PARTS);
  if (!node)
    return;
  while (at > 0 && finding_before (self, node, self->findings->pdata[at - 1]))
    at--;
  if (at < self->findings->len)
    xmlAddPrevSibling (self->findings->pdata[at], node);
  else
    xmlAddChild (self->sections[ZC_SECTION_FINDINGS], node);
  g_ptr_array_insert (self->findings, (int) at, node);
  g_hash_table_insert (self->finding_numbers, g_memdup2 (&number, sizeof number), node);
}

static void
drop_children (xmlNode *node)
{
  xmlFreeNodeList (node->children);
  node->children = node->last = NULL;
}

void
zc_record_drop_findings (ZcRecord *self)
{
  g_ptr_array_set_size (self->findings, 0);
  g_hash_table_remove_all (self->finding_numbers);
  drop_children (self->sections[ZC_SECTION_FINDINGS]);
  self->findings_stamp = next_stamp (self);
}

void
zc_record_put_text (ZcRecord *self, guint chapter, const char *value)
{
  const ZcChapter *spec = self->scheme->chapters->pdata[chapter];
  xmlNode *node;

  g_clear_pointer (&self->texts[chapter], drop);
  next_stamp (self);
  if (!value || !*value)
    return;
  node = new_element (self, "text");
  set_attribute (node, "chapter", spec->id);
  set_text (node, value);
  insert_at (self->sections[ZC_SECTION_TEXTS], self->texts, chapter, node);
}

static void
add_file_item (ZcRecord *self, xmlNode *file, const char *item)
{
  xmlNode *node = new_element (self, "item");
  GPtrArray *files = g_hash_table_lookup (self->files_of, item);

  set_attribute (node, "id", item);
  xmlAddChild (file, node);
  if (!files)
    {
      files = g_ptr_array_new ();
      g_hash_table_insert (self->files_of, g_strdup (item), files);
    }
  g_ptr_array_add (files, file);
}

void
zc_record_add_file (ZcRecord *self, const ZcRecordFile *file, const char *const *items)
{
  xmlNode *node = new_element (self, "file");
  char number[24];

  if (file->caption && *file->caption)
    set_attribute (node, "caption", file->caption);
  g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, file->id);
  set_attribute (node, "id", number);
  set_attribute (node, "name", file->name);
  set_attribute (node, "sha256", file->sha256);
  g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, file->size);
  set_attribute (node, "size", number);
  set_attribute (node, "sm3", file->sm3);
  for (guint i = 0; items && items[i]; i++)
    add_file_item (self, node, items[i]);
  xmlAddChild (self->sections[ZC_SECTION_EVIDENCE], node);
  g_ptr_array_add (self->files, node);
  g_hash_table_insert (self->file_numbers, g_memdup2 (&file->id, sizeof file->id), node);
  self->evidence_stamp = next_stamp (self);
}

void
zc_record_drop_files (ZcRecord *self)
{
  g_ptr_array_set_size (self->files, 0);
  g_hash_table_remove_all (self->file_numbers);
  g_hash_table_remove_all (self->files_of);
  drop_children (self->sections[ZC_SECTION_EVIDENCE]);
  self->evidence_stamp = next_stamp (self);
}

static char *
derived_value (ZcRecord *self, const ZcField *fact)
{
  g_autofree char *text = NULL;

  if (fact->type == ZC_VALUE_NUMBER)
    return zc_number_format (zc_record_eval_number (self, fact->select, NULL), fact->decimals);
  text = zc_record_eval_string (self, fact->select, NULL);
  /* What its field does not take is not stated, as a sum over nothing is not. */
  return zc_field_check (fact, text, NULL);
}

void
zc_record_derive (ZcRecord *self)
{
  zc_evaluator_set_deriving (self->evaluator, TRUE);
  for (guint i = 0; i < self->scheme->facts->len; i++)
    {
      const ZcField *fact = self->scheme->facts->pdata[i];
      g_autofree char *value = fact->select ? derived_value (self, fact) : NULL;
      const char *now = self->facts[i] ? zc_record_node_text (self->facts[i]) : "";

      if (fact->select && g_strcmp0 (now, value ? value : "") != 0)
        zc_record_put_fact (self, fact, value);
    }
  zc_evaluator_set_deriving (self->evaluator, FALSE);
}
