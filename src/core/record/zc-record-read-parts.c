/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-reader.h"

#include "base/zc-text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* The six parts of a record from outside, each entry checked before it is put into a record of our own. */

static gboolean
read_fact (ZcRecordReader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "id", NULL };
  static const char *const allowed[] = { "derived", NULL };
  g_autofree char *id = NULL, *derived = NULL, *text = NULL, *value = NULL;
  const ZcField *fact;

  if (!zc_reader_check_element (reader, node, needed, allowed) ||
      !(text = zc_reader_leaf_text (reader, node)))
    return FALSE;
  id = zc_xml_attribute (node, "id");
  derived = zc_xml_attribute (node, "derived");
  fact = zc_scheme_find_fact (reader->scheme, id);
  if (!fact)
    return zc_reader_refuse (reader, node, _ ("The scheme has no fact “%s”."), id);
  if ((derived != NULL) != (fact->select != NULL) || (derived && strcmp (derived, "yes") != 0))
    return zc_reader_refuse (reader, node, _ ("The fact “%s” is wrongly marked as derived or typed."), id);
  if (fact->select)
    return g_hash_table_insert (reader->derived, g_steal_pointer (&id), g_steal_pointer (&text)) ||
           zc_reader_refuse (reader, node, _ ("The fact “%s” is stated twice."), fact->id);
  if (reader->record->facts[fact->order])
    return zc_reader_refuse (reader, node, _ ("The fact “%s” is stated twice."), id);
  value = zc_reader_check_value (reader, node, fact, text);
  if (value)
    zc_record_put_fact (reader->record, fact, value);
  return value != NULL;
}

static const ZcField *
find_field (GPtrArray *fields, const char *id)
{
  for (guint i = 0; i < fields->len; i++)
    if (strcmp (((const ZcField *) fields->pdata[i])->id, id) == 0)
      return fields->pdata[i];
  return NULL;
}

static gboolean
read_part (ZcRecordReader *reader,
           const xmlNode *node,
           const char *name,
           GPtrArray *fields,
           const char *text,
           char **value)
{
  const ZcField *field = find_field (fields, name);

  if (*value)
    return zc_reader_refuse (reader, node, _ ("“%s” is stated twice."), name);
  if (!field)
    return zc_reader_refuse (reader, node, _ ("“%s” is not known here."), name);
  *value = zc_reader_check_value (reader, node, field, text);
  return *value != NULL;
}

static int
part_index (const ZcRecordPart *parts, guint n, const char *name, gboolean element)
{
  for (guint i = 0; i < n; i++)
    if (parts[i].element == element && strcmp (parts[i].name, name) == 0)
      return (int) i;
  return -1;
}

/* Reads the fields of an answer or finding, besides the attribute @key, into @values. */
static gboolean
read_parts (ZcRecordReader *reader,
            const xmlNode *node,
            const char *key,
            const ZcRecordPart *parts,
            guint n,
            GPtrArray *fields,
            char **values)
{
  static const char *const nothing[] = { NULL };

  for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
    {
      int i = part_index (parts, n, (const char *) attribute->name, FALSE);
      g_autofree char *text = zc_xml_attribute (node, (const char *) attribute->name);

      if (strcmp ((const char *) attribute->name, key) == 0 && !attribute->ns)
        continue;
      if (i < 0 || attribute->ns)
        return zc_reader_refuse (reader, node, _ ("“%s” has no attribute “%s”."), node->name,
                                 attribute->name);
      if (!read_part (reader, node, parts[i].name, fields, text, &values[i]))
        return FALSE;
    }
  for (const xmlNode *child = zc_xml_first (node, NULL); child; child = zc_xml_next (child, NULL))
    {
      int i = part_index (parts, n, (const char *) child->name, TRUE);
      g_autofree char *text = NULL;

      if (i < 0)
        return zc_reader_refuse (reader, child, _ ("“%s” does not belong into “%s”."), child->name,
                                 node->name);
      if (!zc_reader_check_element (reader, child, nothing, NULL) ||
          !(text = zc_reader_leaf_text (reader, child)) ||
          !read_part (reader, child, parts[i].name, fields, text, &values[i]))
        return FALSE;
    }
  return zc_reader_check_children (reader, node);
}

static void
free_values (char **values, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (values[i]);
}

static gboolean
read_answer (ZcRecordReader *reader, const xmlNode *node)
{
  char *values[ZC_ANSWER_PARTS] = { NULL };
  g_autofree char *id = zc_xml_attribute (node, "item");
  const ZcItem *item = id ? zc_scheme_find_item (reader->scheme, id) : NULL;
  gboolean ok;

  if (!item)
    return zc_reader_refuse (reader, node, _ ("The scheme has no item “%s”."), id ? id : "");
  if (reader->record->answers[item->order])
    return zc_reader_refuse (reader, node, _ ("The item “%s” is answered twice."), id);
  ok = read_parts (reader, node, "item", zc_answer_parts, ZC_ANSWER_PARTS, zc_answer_fields (), values);
  if (ok)
    {
      zc_record_put_answer (reader->record, item, (const char *const *) values);
      ok = reader->record->answers[item->order] ||
           zc_reader_refuse (reader, node, _ ("The answer to “%s” states nothing."), id);
    }
  free_values (values, ZC_ANSWER_PARTS);
  return ok;
}

static gboolean
read_cell (ZcRecordReader *reader, const xmlNode *node, ZcRecordRow *row)
{
  static const char *const needed[] = { "column", NULL };
  g_autofree char *id = NULL, *text = NULL, *value = NULL;
  const ZcField *column;

  if (!zc_xml_is (node, "cell"))
    return zc_reader_refuse (reader, node, _ ("“%s” does not belong into “%s”."), node->name, "row");
  if (!zc_reader_check_element (reader, node, needed, NULL) || !(text = zc_reader_leaf_text (reader, node)))
    return FALSE;
  id = zc_xml_attribute (node, "column");
  column = zc_ledger_find_column (row->ledger->spec, id);
  if (!column)
    return zc_reader_refuse (reader, node, _ ("“%s” has no column “%s”."), row->ledger->spec->label, id);
  if (zc_record_cell_node (row, id))
    return zc_reader_refuse (reader, node, _ ("“%s” is stated twice."), column->label);
  value = zc_reader_check_value (reader, node, column, text);
  if (value)
    zc_record_put_cell (reader->record, row, column, value);
  return value != NULL;
}

static gboolean
read_row (ZcRecordReader *reader, const xmlNode *node, ZcRecordLedger *ledger)
{
  static const char *const needed[] = { "id", NULL };
  ZcRecordRow *row;
  guint64 number;

  if (!zc_xml_is (node, "row"))
    return zc_reader_refuse (reader, node, _ ("“%s” does not belong into “%s”."), node->name, "ledger");
  if (!zc_reader_check_element (reader, node, needed, NULL) || !zc_reader_check_children (reader, node) ||
      !zc_reader_number (reader, node, "id", 1, ZC_RECORD_MAX_NUMBER, &number))
    return FALSE;
  if (++reader->n_rows > ZC_RECORD_MAX_ROWS)
    return zc_fail (reader->error, ZC_ERROR_LIMIT,
                    _ ("The record has more than %d rows, which is more than can be read."),
                    ZC_RECORD_MAX_ROWS);
  if (g_hash_table_contains (ledger->by_number, &number))
    return zc_reader_refuse (reader, node, _ ("“%s” has two rows with the same number."),
                             ledger->spec->label);
  row = zc_record_add_row (reader->record, ledger, number);
  for (const xmlNode *cell = zc_xml_first (node, NULL); cell; cell = zc_xml_next (cell, NULL))
    if (!read_cell (reader, cell, row))
      return FALSE;
  return TRUE;
}

static gboolean
read_ledger (ZcRecordReader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "id", NULL };
  g_autofree char *id = NULL;
  ZcRecordLedger *ledger;

  if (!zc_reader_check_element (reader, node, needed, NULL) || !zc_reader_check_children (reader, node))
    return FALSE;
  id = zc_xml_attribute (node, "id");
  ledger = zc_record_find_ledger (reader->record, id);
  if (!ledger)
    return zc_reader_refuse (reader, node, _ ("The scheme has no ledger “%s”."), id);
  if (ledger->rows->len > 0)
    return zc_reader_refuse (reader, node, _ ("The ledger “%s” is there twice."), id);
  for (const xmlNode *row = zc_xml_first (node, NULL); row; row = zc_xml_next (row, NULL))
    if (!read_row (reader, row, ledger))
      return FALSE;
  return TRUE;
}

static gboolean
read_finding (ZcRecordReader *reader, const xmlNode *node)
{
  char *values[ZC_FINDING_PARTS] = { NULL };
  const int item = part_index (zc_finding_parts, ZC_FINDING_PARTS, "item", FALSE);
  guint64 number;
  gboolean ok;

  if (!zc_reader_number (reader, node, "id", 1, ZC_RECORD_MAX_NUMBER, &number))
    return FALSE;
  if (reader->record->findings->len >= ZC_RECORD_MAX_FINDINGS)
    return zc_fail (reader->error, ZC_ERROR_LIMIT,
                    _ ("The record has more than %d findings, which is more than can be read."),
                    ZC_RECORD_MAX_FINDINGS);
  if (zc_record_find_finding (reader->record, number))
    return zc_reader_refuse (reader, node, _ ("Two findings have the number %" PRIu64 "."), number);
  ok = read_parts (reader, node, "id", zc_finding_parts, ZC_FINDING_PARTS, zc_finding_fields (), values);
  if (ok && (!values[item] || !zc_scheme_find_item (reader->scheme, values[item])))
    ok =
        zc_reader_refuse (reader, node, _ ("The scheme has no item “%s”."), values[item] ? values[item] : "");
  if (ok)
    zc_record_put_finding (reader->record, number, (const char *const *) values);
  free_values (values, ZC_FINDING_PARTS);
  return ok;
}

static gboolean
read_text (ZcRecordReader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "chapter", NULL };
  g_autofree char *id = NULL, *text = NULL, *value = NULL;
  int chapter;

  if (!zc_reader_check_element (reader, node, needed, NULL) || !(text = zc_reader_leaf_text (reader, node)))
    return FALSE;
  id = zc_xml_attribute (node, "chapter");
  chapter = zc_record_chapter_index (reader->record, id);
  if (chapter < 0)
    return zc_reader_refuse (reader, node, _ ("The scheme has no chapter “%s”."), id);
  if (reader->record->texts[chapter])
    return zc_reader_refuse (reader, node, _ ("The chapter “%s” is there twice."), id);
  value = zc_reader_check_words (reader, node, text, TRUE);
  if (value)
    zc_record_put_text (reader->record, (guint) chapter, value);
  return value != NULL;
}

/* The items of a file. Returns: (transfer full) (nullable) (element-type char*): NULL-terminated */
static GPtrArray *
read_file_items (ZcRecordReader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "id", NULL };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (const xmlNode *child = zc_xml_first (node, NULL); child; child = zc_xml_next (child, NULL))
    {
      char *id;

      if (!zc_xml_is (child, "item"))
        return zc_reader_refuse_null (reader, child, _ ("“%s” does not belong into “%s”."), child->name,
                                      "file");
      if (!zc_reader_check_element (reader, child, needed, NULL))
        return NULL;
      id = zc_xml_attribute (child, "id");
      g_ptr_array_add (items, id);
      if (!zc_scheme_find_item (reader->scheme, id))
        return zc_reader_refuse_null (reader, child, _ ("The scheme has no item “%s”."), id);
      if (child->children || !g_hash_table_add (seen, id))
        return zc_reader_refuse_null (reader, child,
                                      _ ("The item “%s” is there twice, or has something in it."), id);
    }
  g_ptr_array_add (items, NULL);
  return g_steal_pointer (&items);
}

static gboolean
check_file (ZcRecordReader *reader, const xmlNode *node, const ZcRecordFile *file)
{
  g_autofree char *name = zc_text_shown_name (file->name);

  if (!*file->name || strlen (file->name) > ZC_RECORD_MAX_NAME || strcmp (name, file->name) != 0)
    return zc_reader_refuse (reader, node, _ ("“%s” can't be the name of a file."), name);
  if (!zc_reader_is_hex (file->sm3, 64) || !zc_reader_is_hex (file->sha256, 64))
    return zc_reader_refuse (reader, node, _ ("A digest of “%s” is malformed."), name);
  if (!g_hash_table_add (reader->digests, g_strdup (file->sha256)))
    return zc_reader_refuse (reader, node, _ ("“%s” is the same file as another one."), name);
  return TRUE;
}

static gboolean
read_file (ZcRecordReader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "id", "name", "sha256", "size", "sm3", NULL };
  static const char *const allowed[] = { "caption", NULL };
  g_autofree char *name = NULL, *sm3 = NULL, *sha256 = NULL, *words = NULL, *caption = NULL;
  g_autoptr (GPtrArray) items = NULL;
  ZcRecordFile file = { 0 };

  if (!zc_reader_check_element (reader, node, needed, allowed) || !zc_reader_check_children (reader, node) ||
      !zc_reader_number (reader, node, "id", 1, ZC_RECORD_MAX_NUMBER, &file.id) ||
      !zc_reader_number (reader, node, "size", 1, ZC_EVIDENCE_MAX_BYTES, &file.size))
    return FALSE;
  if (reader->record->files->len >= ZC_RECORD_MAX_FILES)
    return zc_fail (reader->error, ZC_ERROR_LIMIT,
                    _ ("The record has more than %d files, which is more than can be read."),
                    ZC_RECORD_MAX_FILES);
  file.name = name = zc_xml_attribute (node, "name");
  file.sm3 = sm3 = zc_xml_attribute (node, "sm3");
  file.sha256 = sha256 = zc_xml_attribute (node, "sha256");
  words = zc_xml_attribute (node, "caption");
  if (words && !(file.caption = caption = zc_reader_check_words (reader, node, words, FALSE)))
    return FALSE;
  if (zc_record_find_file (reader->record, file.id))
    return zc_reader_refuse (reader, node, _ ("Two files have the number %" PRIu64 "."), file.id);
  if (!check_file (reader, node, &file) || !(items = read_file_items (reader, node)))
    return FALSE;
  zc_record_add_file (reader->record, &file, (const char *const *) items->pdata);
  return TRUE;
}

static const struct
{
  const char *child;
  gboolean (*read) (ZcRecordReader *reader, const xmlNode *node);
} sections[] = {
  [ZC_SECTION_FACTS] = { "fact", read_fact },       [ZC_SECTION_ANSWERS] = { "answer", read_answer },
  [ZC_SECTION_LEDGERS] = { "ledger", read_ledger }, [ZC_SECTION_FINDINGS] = { "finding", read_finding },
  [ZC_SECTION_TEXTS] = { "text", read_text },       [ZC_SECTION_EVIDENCE] = { "file", read_file },
};

gboolean
zc_reader_section (ZcRecordReader *reader, const xmlNode *node, guint section)
{
  static const char *const nothing[] = { NULL };

  if (!zc_xml_is (node, zc_record_sections[section]))
    return zc_reader_refuse (reader, node, _ ("“%s” should stand here."), zc_record_sections[section]);
  if (!zc_reader_check_element (reader, node, nothing, NULL) || !zc_reader_check_children (reader, node))
    return FALSE;
  for (const xmlNode *child = zc_xml_first (node, NULL); child; child = zc_xml_next (child, NULL))
    {
      if (!zc_xml_is (child, sections[section].child))
        return zc_reader_refuse (reader, child, _ ("“%s” does not belong into “%s”."), child->name,
                                 node->name);
      if (!sections[section].read (reader, child))
        return FALSE;
    }
  return TRUE;
}
