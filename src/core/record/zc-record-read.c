/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-private.h"

#include "base/zc-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Reads a record that somebody else wrote. What it says is checked piece by piece and put into a record of our own; in strict mode
 * that record must then have the very same bytes, so that nothing we did not look at can hide in a sealed record.
 */

typedef struct
{
  ZcRecord *record;
  ZcScheme *scheme;
  gboolean strict;
  guint n_rows;
  GHashTable *digests; /* SHA-256 of the files read so far */
  GHashTable *derived; /* fact id → value that the document states */
  GError **error;
} Reader;

static gboolean G_GNUC_PRINTF (3, 4)
refuse (Reader *reader, const xmlNode *node, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list arguments;

  va_start (arguments, format);
  why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return zc_fail (reader->error, ZC_ERROR_INVALID, _("Line %ld of the record: %s"), xmlGetLineNo ((xmlNode *) node), why);
}

/* For functions that return a pointer. */
#define refuse_null(...) (refuse (__VA_ARGS__) ? NULL : NULL)

/* Only the named attributes, each needed one there, and between elements nothing but white space. */
static gboolean
check_element (Reader *reader, const xmlNode *node, const char *const *needed, const char *const *allowed)
{
  for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
    if (attribute->ns || !(g_strv_contains (needed, (const char *) attribute->name) ||
                           (allowed && g_strv_contains (allowed, (const char *) attribute->name))))
      return refuse (reader, node, _("“%s” has no attribute “%s”."), node->name, attribute->name);
  for (; *needed; needed++)
    if (!xmlHasProp (node, (const xmlChar *) *needed))
      return refuse (reader, node, _("“%s” lacks its attribute “%s”."), node->name, *needed);
  if (node->ns || node->nsDef)
    return refuse (reader, node, _("a record has no namespaces."));
  return TRUE;
}

static gboolean
check_children (Reader *reader, const xmlNode *node)
{
  for (const xmlNode *child = node->children; child; child = child->next)
    if (child->type != XML_ELEMENT_NODE && !xmlIsBlankNode (child))
      return refuse (reader, child, _("“%s” has something in it that does not belong there."), node->name);
  return TRUE;
}

/* The text of a leaf, which has no elements, comments or the like in it. */
static char *
leaf_text (Reader *reader, const xmlNode *node)
{
  for (const xmlNode *child = node->children; child; child = child->next)
    if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE)
      {
        refuse (reader, node, _("“%s” has something in it that does not belong there."), node->name);
        return NULL;
      }
  return zc_xml_text (node);
}

static gboolean
read_number (Reader *reader, const xmlNode *node, const char *name, guint64 least, guint64 most, guint64 *number)
{
  g_autofree char *text = zc_xml_attribute (node, name);
  g_autofree char *again = NULL;

  if (!text || !g_ascii_string_to_unsigned (text, 10, least, most, number, NULL))
    return refuse (reader, node, _("“%s” is no number that “%s” can have."), text ? text : "", name);
  again = g_strdup_printf ("%" G_GUINT64_FORMAT, *number);
  if (strcmp (text, again) != 0)
    return refuse (reader, node, _("“%s” is not how the number %s is written."), text, again);
  return TRUE;
}

/* Checks @text by @field. Returns: (nullable): the form that is kept. */
static char *
check_value (Reader *reader, const xmlNode *node, const ZcField *field, const char *text)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *value = zc_field_check (field, text, &local);

  if (!value)
    refuse (reader, node, "%s", local->message);
  else if (!*value)
    refuse (reader, node, _("“%s” is empty; what is not stated is left out."), field->label);
  else if (reader->strict && strcmp (value, text) != 0)
    refuse (reader, node, _("“%s” is not in its canonical form."), field->label);
  else
    return g_steal_pointer (&value);
  return NULL;
}

static gboolean
read_fact (Reader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "id", NULL };
  static const char *const allowed[] = { "derived", NULL };
  g_autofree char *id = NULL, *derived = NULL, *text = NULL, *value = NULL;
  const ZcField *fact;

  if (!check_element (reader, node, needed, allowed) || !(text = leaf_text (reader, node)))
    return FALSE;
  id = zc_xml_attribute (node, "id");
  derived = zc_xml_attribute (node, "derived");
  fact = zc_scheme_find_fact (reader->scheme, id);
  if (!fact)
    return refuse (reader, node, _("The scheme has no fact “%s”."), id);
  if ((derived != NULL) != (fact->select != NULL) || (derived && strcmp (derived, "yes") != 0))
    return refuse (reader, node, _("The fact “%s” is wrongly marked as derived or typed."), id);
  if (fact->select)
    return g_hash_table_insert (reader->derived, g_steal_pointer (&id), g_steal_pointer (&text)) ||
           refuse (reader, node, _("The fact “%s” is stated twice."), fact->id);
  if (reader->record->facts[fact->order])
    return refuse (reader, node, _("The fact “%s” is stated twice."), id);
  value = check_value (reader, node, fact, text);
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
read_part (Reader *reader, const xmlNode *node, const char *name, GPtrArray *fields, const char *text, char **value)
{
  const ZcField *field = find_field (fields, name);

  if (*value)
    return refuse (reader, node, _("“%s” is stated twice."), name);
  if (!field)
    return refuse (reader, node, _("“%s” is not known here."), name);
  *value = check_value (reader, node, field, text);
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
read_parts (Reader *reader, const xmlNode *node, const char *key, const ZcRecordPart *parts, guint n, GPtrArray *fields,
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
        return refuse (reader, node, _("“%s” has no attribute “%s”."), node->name, attribute->name);
      if (!read_part (reader, node, parts[i].name, fields, text, &values[i]))
        return FALSE;
    }
  for (const xmlNode *child = zc_xml_first (node, NULL); child; child = zc_xml_next (child, NULL))
    {
      int i = part_index (parts, n, (const char *) child->name, TRUE);
      g_autofree char *text = NULL;

      if (i < 0)
        return refuse (reader, child, _("“%s” does not belong into “%s”."), child->name, node->name);
      if (!check_element (reader, child, nothing, NULL) || !(text = leaf_text (reader, child)) ||
          !read_part (reader, child, parts[i].name, fields, text, &values[i]))
        return FALSE;
    }
  return check_children (reader, node);
}

static void
free_values (char **values, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (values[i]);
}

static gboolean
read_answer (Reader *reader, const xmlNode *node)
{
  char *values[ZC_ANSWER_PARTS] = { NULL };
  g_autofree char *id = zc_xml_attribute (node, "item");
  const ZcItem *item = id ? zc_scheme_find_item (reader->scheme, id) : NULL;
  gboolean ok;

  if (!item)
    return refuse (reader, node, _("The scheme has no item “%s”."), id ? id : "");
  if (reader->record->answers[item->order])
    return refuse (reader, node, _("The item “%s” is answered twice."), id);
  ok = read_parts (reader, node, "item", zc_answer_parts, ZC_ANSWER_PARTS, zc_answer_fields (), values);
  if (ok)
    {
      zc_record_put_answer (reader->record, item, (const char *const *) values);
      ok = reader->record->answers[item->order] || refuse (reader, node, _("The answer to “%s” states nothing."), id);
    }
  free_values (values, ZC_ANSWER_PARTS);
  return ok;
}

static gboolean
read_cell (Reader *reader, const xmlNode *node, ZcRecordRow *row)
{
  static const char *const needed[] = { "column", NULL };
  g_autofree char *id = NULL, *text = NULL, *value = NULL;
  const ZcField *column;

  if (!zc_xml_is (node, "cell"))
    return refuse (reader, node, _("“%s” does not belong into “%s”."), node->name, "row");
  if (!check_element (reader, node, needed, NULL) || !(text = leaf_text (reader, node)))
    return FALSE;
  id = zc_xml_attribute (node, "column");
  column = zc_ledger_find_column (row->ledger->spec, id);
  if (!column)
    return refuse (reader, node, _("“%s” has no column “%s”."), row->ledger->spec->label, id);
  if (zc_record_cell_node (row, id))
    return refuse (reader, node, _("“%s” is stated twice."), column->label);
  value = check_value (reader, node, column, text);
  if (value)
    zc_record_put_cell (reader->record, row, column, value);
  return value != NULL;
}

static gboolean
read_row (Reader *reader, const xmlNode *node, ZcRecordLedger *ledger)
{
  static const char *const needed[] = { "id", NULL };
  ZcRecordRow *row;
  guint64 number;

  if (!zc_xml_is (node, "row"))
    return refuse (reader, node, _("“%s” does not belong into “%s”."), node->name, "ledger");
  if (!check_element (reader, node, needed, NULL) || !check_children (reader, node) ||
      !read_number (reader, node, "id", 1, ZC_RECORD_MAX_NUMBER, &number))
    return FALSE;
  if (++reader->n_rows > ZC_RECORD_MAX_ROWS)
    return zc_fail (reader->error, ZC_ERROR_LIMIT, _("The record has more than %d rows, which is more than can be read."),
                    ZC_RECORD_MAX_ROWS);
  if (g_hash_table_contains (ledger->by_number, &number))
    return refuse (reader, node, _("“%s” has two rows with the same number."), ledger->spec->label);
  row = zc_record_add_row (reader->record, ledger, number);
  for (const xmlNode *cell = zc_xml_first (node, NULL); cell; cell = zc_xml_next (cell, NULL))
    if (!read_cell (reader, cell, row))
      return FALSE;
  return TRUE;
}

static gboolean
read_ledger (Reader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "id", NULL };
  g_autofree char *id = NULL;
  ZcRecordLedger *ledger;

  if (!check_element (reader, node, needed, NULL) || !check_children (reader, node))
    return FALSE;
  id = zc_xml_attribute (node, "id");
  ledger = zc_record_find_ledger (reader->record, id);
  if (!ledger)
    return refuse (reader, node, _("The scheme has no ledger “%s”."), id);
  if (ledger->rows->len > 0)
    return refuse (reader, node, _("The ledger “%s” is there twice."), id);
  for (const xmlNode *row = zc_xml_first (node, NULL); row; row = zc_xml_next (row, NULL))
    if (!read_row (reader, row, ledger))
      return FALSE;
  return TRUE;
}

static gboolean
read_finding (Reader *reader, const xmlNode *node)
{
  char *values[ZC_FINDING_PARTS] = { NULL };
  const int item = part_index (zc_finding_parts, ZC_FINDING_PARTS, "item", FALSE);
  guint64 number;
  gboolean ok;

  if (!read_number (reader, node, "id", 1, ZC_RECORD_MAX_NUMBER, &number))
    return FALSE;
  if (reader->record->findings->len >= ZC_RECORD_MAX_FINDINGS)
    return zc_fail (reader->error, ZC_ERROR_LIMIT, _("The record has more than %d findings, which is more than can be read."),
                    ZC_RECORD_MAX_FINDINGS);
  if (zc_record_find_finding (reader->record, number))
    return refuse (reader, node, _("Two findings have the number %" G_GUINT64_FORMAT "."), number);
  ok = read_parts (reader, node, "id", zc_finding_parts, ZC_FINDING_PARTS, zc_finding_fields (), values);
  if (ok && (!values[item] || !zc_scheme_find_item (reader->scheme, values[item])))
    ok = refuse (reader, node, _("The scheme has no item “%s”."), values[item] ? values[item] : "");
  if (ok)
    zc_record_put_finding (reader->record, number, (const char *const *) values);
  free_values (values, ZC_FINDING_PARTS);
  return ok;
}

/* Texts of chapters and captions, which no field describes. Returns: (nullable): the form that is kept. */
static char *
check_words (Reader *reader, const xmlNode *node, const char *text, gboolean multiline)
{
  g_autofree char *kept = zc_text_normalize (text, multiline, reader->error);

  if (!kept)
    return NULL;
  g_strstrip (kept);
  if (!*kept || (reader->strict && strcmp (kept, text) != 0))
    return refuse_null (reader, node, _("“%s” is not in its canonical form."), node->name);
  return g_steal_pointer (&kept);
}

static gboolean
read_text (Reader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "chapter", NULL };
  g_autofree char *id = NULL, *text = NULL, *value = NULL;
  int chapter;

  if (!check_element (reader, node, needed, NULL) || !(text = leaf_text (reader, node)))
    return FALSE;
  id = zc_xml_attribute (node, "chapter");
  chapter = zc_record_chapter_index (reader->record, id);
  if (chapter < 0)
    return refuse (reader, node, _("The scheme has no chapter “%s”."), id);
  if (reader->record->texts[chapter])
    return refuse (reader, node, _("The chapter “%s” is there twice."), id);
  value = check_words (reader, node, text, TRUE);
  if (value)
    zc_record_put_text (reader->record, (guint) chapter, value);
  return value != NULL;
}

static gboolean
is_hex (const char *text, gsize digits)
{
  return strlen (text) == digits && strspn (text, "0123456789abcdef") == digits;
}

/* The items of a file. Returns: (transfer full) (nullable) (element-type char*): NULL-terminated */
static GPtrArray *
read_file_items (Reader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "id", NULL };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (const xmlNode *child = zc_xml_first (node, NULL); child; child = zc_xml_next (child, NULL))
    {
      char *id;

      if (!zc_xml_is (child, "item"))
        return refuse_null (reader, child, _("“%s” does not belong into “%s”."), child->name, "file");
      if (!check_element (reader, child, needed, NULL))
        return NULL;
      id = zc_xml_attribute (child, "id");
      g_ptr_array_add (items, id);
      if (!zc_scheme_find_item (reader->scheme, id))
        return refuse_null (reader, child, _("The scheme has no item “%s”."), id);
      if (child->children || !g_hash_table_add (seen, id))
        return refuse_null (reader, child, _("The item “%s” is there twice, or has something in it."), id);
    }
  g_ptr_array_add (items, NULL);
  return g_steal_pointer (&items);
}

static gboolean
check_file (Reader *reader, const xmlNode *node, const ZcRecordFile *file)
{
  g_autofree char *name = zc_text_shown_name (file->name);

  if (!*file->name || strlen (file->name) > ZC_RECORD_MAX_NAME || strcmp (name, file->name) != 0)
    return refuse (reader, node, _("“%s” can't be the name of a file."), name);
  if (!is_hex (file->sm3, 64) || !is_hex (file->sha256, 64))
    return refuse (reader, node, _("A digest of “%s” is malformed."), name);
  if (!g_hash_table_add (reader->digests, g_strdup (file->sha256)))
    return refuse (reader, node, _("“%s” is the same file as another one."), name);
  return TRUE;
}

static gboolean
read_file (Reader *reader, const xmlNode *node)
{
  static const char *const needed[] = { "id", "name", "sha256", "size", "sm3", NULL };
  static const char *const allowed[] = { "caption", NULL };
  g_autofree char *name = NULL, *sm3 = NULL, *sha256 = NULL, *words = NULL, *caption = NULL;
  g_autoptr (GPtrArray) items = NULL;
  ZcRecordFile file = { 0 };

  if (!check_element (reader, node, needed, allowed) || !check_children (reader, node) ||
      !read_number (reader, node, "id", 1, ZC_RECORD_MAX_NUMBER, &file.id) ||
      !read_number (reader, node, "size", 1, ZC_EVIDENCE_MAX_BYTES, &file.size))
    return FALSE;
  if (reader->record->files->len >= ZC_RECORD_MAX_FILES)
    return zc_fail (reader->error, ZC_ERROR_LIMIT, _("The record has more than %d files, which is more than can be read."),
                    ZC_RECORD_MAX_FILES);
  file.name = name = zc_xml_attribute (node, "name");
  file.sm3 = sm3 = zc_xml_attribute (node, "sm3");
  file.sha256 = sha256 = zc_xml_attribute (node, "sha256");
  words = zc_xml_attribute (node, "caption");
  if (words && !(file.caption = caption = check_words (reader, node, words, FALSE)))
    return FALSE;
  if (zc_record_find_file (reader->record, file.id))
    return refuse (reader, node, _("Two files have the number %" G_GUINT64_FORMAT "."), file.id);
  if (!check_file (reader, node, &file) || !(items = read_file_items (reader, node)))
    return FALSE;
  zc_record_add_file (reader->record, &file, (const char *const *) items->pdata);
  return TRUE;
}

static const struct
{
  const char *child;
  gboolean (*read) (Reader *reader, const xmlNode *node);
} sections[] = {
  [ZC_SECTION_FACTS] = { "fact", read_fact },          [ZC_SECTION_ANSWERS] = { "answer", read_answer },
  [ZC_SECTION_LEDGERS] = { "ledger", read_ledger },    [ZC_SECTION_FINDINGS] = { "finding", read_finding },
  [ZC_SECTION_TEXTS] = { "text", read_text },          [ZC_SECTION_EVIDENCE] = { "file", read_file },
};

static gboolean
read_section (Reader *reader, const xmlNode *node, guint section)
{
  static const char *const nothing[] = { NULL };

  if (!zc_xml_is (node, zc_record_sections[section]))
    return refuse (reader, node, _("“%s” should stand here."), zc_record_sections[section]);
  if (!check_element (reader, node, nothing, NULL) || !check_children (reader, node))
    return FALSE;
  for (const xmlNode *child = zc_xml_first (node, NULL); child; child = zc_xml_next (child, NULL))
    {
      if (!zc_xml_is (child, sections[section].child))
        return refuse (reader, child, _("“%s” does not belong into “%s”."), child->name, node->name);
      if (!sections[section].read (reader, child))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_scheme (Reader *reader, const xmlNode *root)
{
  g_autofree char *id = zc_xml_attribute (root, "scheme");
  g_autofree char *digest = zc_xml_attribute (root, "scheme-digest");
  g_autofree char *version = zc_xml_attribute (root, "scheme-version");

  if (strcmp (id, reader->scheme->id) != 0)
    return zc_fail (reader->error, ZC_ERROR_INVALID, _("The record belongs to the scheme “%s”, not to “%s”."), id,
                    reader->scheme->id);
  if (reader->strict && (strcmp (digest, reader->scheme->digest) != 0 || strcmp (version, reader->scheme->version) != 0))
    return zc_fail (reader->error, ZC_ERROR_INVALID,
                    _("The record was made with another version of the scheme “%s”, or the scheme was changed."), id);
  return TRUE;
}

static gboolean
read_format (const xmlNode *root, GError **error)
{
  g_autofree char *format = zc_xml_is (root, "record") ? zc_xml_attribute (root, "format") : NULL;
  guint64 number;

  if (!format || !g_ascii_string_to_unsigned (format, 10, 1, G_MAXUINT16, &number, NULL))
    return zc_fail (error, ZC_ERROR_INVALID, _("This is not the record of an inspection."));
  if (number > 1)
    return zc_fail (error, ZC_ERROR_TOO_NEW, _("The record was written by a newer version of the program. Update the program."));
  return TRUE;
}

static gboolean
read_root (Reader *reader, const xmlNode *root)
{
  static const char *const needed[] = { "created", "format", "id", "nonce", "revision", "scheme", "scheme-digest",
                                        "scheme-version", NULL };
  g_autofree char *id = NULL, *nonce = NULL, *created = NULL;
  g_autoptr (GDateTime) time = NULL;
  guint64 revision;

  if (!read_format (root, reader->error) || !check_element (reader, root, needed, NULL) || !check_children (reader, root) ||
      !check_scheme (reader, root) || !read_number (reader, root, "revision", 1, 9999, &revision))
    return FALSE;
  id = zc_xml_attribute (root, "id");
  nonce = zc_xml_attribute (root, "nonce");
  created = zc_xml_attribute (root, "created");
  time = strlen (created) <= 32 ? g_date_time_new_from_iso8601 (created, NULL) : NULL;
  if (!is_hex (id, 32) || !is_hex (nonce, 32))
    return refuse (reader, root, _("“%s” or “%s” is malformed."), "id", "nonce");
  if (!time)
    return refuse (reader, root, _("“%s” is not a point in time."), created);
  zc_record_put_root (reader->record, id, nonce, created, (guint) revision);
  return TRUE;
}

/* A derived value that is not what comes out of the record itself was tampered with, or made by a broken program. */
static gboolean
check_derived (Reader *reader)
{
  for (guint i = 0; i < reader->scheme->facts->len; i++)
    {
      const ZcField *fact = reader->scheme->facts->pdata[i];
      const char *ours = zc_record_node_text (reader->record->facts[i]);
      const char *theirs = fact->select ? g_hash_table_lookup (reader->derived, fact->id) : ours;

      if (g_strcmp0 (ours, theirs) != 0)
        return zc_fail (reader->error, ZC_ERROR_INVALID,
                        _("The record states “%s” for “%s” (%s), but its own entries give “%s”."), theirs ? theirs : "",
                        fact->label, fact->id, ours ? ours : "");
    }
  return TRUE;
}

static gboolean
check_bytes (Reader *reader, GBytes *bytes)
{
  g_autoptr (GBytes) ours = zc_record_to_bytes (reader->record);
  gsize ours_size, size;
  const char *a = g_bytes_get_data (ours, &ours_size);
  const char *b = g_bytes_get_data (bytes, &size);
  guint line = 1;

  if (g_bytes_equal (ours, bytes))
    return TRUE;
  for (gsize i = 0; i < size && i < ours_size && a[i] == b[i]; i++)
    line += a[i] == '\n';
  return zc_fail (reader->error, ZC_ERROR_INVALID, _("Line %u of the record is not in canonical form."), line);
}

static gboolean
read_document (Reader *reader, xmlDoc *doc, GBytes *bytes)
{
  xmlNode *root = xmlDocGetRootElement (doc);
  xmlNode *node;

  if (!read_root (reader, root))
    return FALSE;
  node = zc_xml_first (root, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (!node)
        return refuse (reader, root, _("“%s” should stand here."), zc_record_sections[i]);
      if (!read_section (reader, node, i))
        return FALSE;
      node = zc_xml_next (node, NULL);
    }
  if (node)
    return refuse (reader, node, _("“%s” does not belong into “%s”."), node->name, root->name);
  zc_record_derive (reader->record);
  return !reader->strict || (check_derived (reader) && check_bytes (reader, bytes));
}

ZcRecord *
zc_record_parse (GBytes *bytes, ZcScheme *scheme, gboolean strict, GError **error)
{
  g_autoptr (xmlDoc) doc = zc_xml_parse (bytes, _("the record"), error);
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (GHashTable) digests = NULL;
  g_autoptr (GHashTable) derived = NULL;
  Reader reader = { .scheme = scheme, .strict = strict, .error = error };

  if (!doc)
    return NULL;
  reader.record = record = zc_record_new_empty (scheme);
  reader.digests = digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.derived = derived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return read_document (&reader, doc, bytes) ? g_steal_pointer (&record) : NULL;
}

char *
zc_record_scheme_id (GBytes *bytes, GError **error)
{
  g_autoptr (xmlDoc) doc = zc_xml_parse (bytes, _("the record"), error);
  g_autofree char *id = NULL;

  if (!doc || !read_format (xmlDocGetRootElement (doc), error))
    return NULL;
  id = zc_xml_attribute (xmlDocGetRootElement (doc), "scheme");
  if (!id || !zc_id_is_valid (id))
    return zc_fail_null (error, ZC_ERROR_INVALID, _("This is not the record of an inspection."));
  return g_steal_pointer (&id);
}
