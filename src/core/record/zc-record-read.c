/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Reads a record that somebody else wrote. What it says is checked piece by piece and put into a record of
 * our own; in strict mode that record must then have the very same bytes, so that nothing we did not look at
 * can hide in a sealed record.
 */

static gboolean
check_scheme (ZcRecordReader *reader, const xmlNode *root)
{
  g_autofree char *id = zc_xml_attribute (root, "scheme");
  g_autofree char *digest = zc_xml_attribute (root, "scheme-digest");
  g_autofree char *version = zc_xml_attribute (root, "scheme-version");

  if (strcmp (id, reader->scheme->id) != 0)
    return zc_fail (reader->error, ZC_ERROR_INVALID,
                    _ ("The record belongs to the scheme “%s”, not to “%s”."), id, reader->scheme->id);
  if (reader->strict &&
      (strcmp (digest, reader->scheme->digest) != 0 || strcmp (version, reader->scheme->version) != 0))
    return zc_fail (
        reader->error, ZC_ERROR_INVALID,
        _ ("The record was made with another version of the scheme “%s”, or the scheme was changed."), id);
  return TRUE;
}

static gboolean
read_format (const xmlNode *root, GError **error)
{
  g_autofree char *format = zc_xml_is (root, "record") ? zc_xml_attribute (root, "format") : NULL;
  guint64 number;

  if (!format || !g_ascii_string_to_unsigned (format, 10, 1, G_MAXUINT16, &number, NULL))
    return zc_fail (error, ZC_ERROR_INVALID, _ ("This is not the record of an inspection."));
  if (number > 1)
    return zc_fail (error, ZC_ERROR_TOO_NEW,
                    _ ("The record was written by a newer version of the program. Update the program."));
  return TRUE;
}

static gboolean
read_root (ZcRecordReader *reader, const xmlNode *root)
{
  static const char *const needed[] = { "created",       "format",         "id",
                                        "nonce",         "revision",       "scheme",
                                        "scheme-digest", "scheme-version", NULL };
  g_autofree char *id = NULL, *nonce = NULL, *created = NULL;
  g_autoptr (GDateTime) time = NULL;
  guint64 revision;

  if (!read_format (root, reader->error) || !zc_reader_check_element (reader, root, needed, NULL) ||
      !zc_reader_check_children (reader, root) || !check_scheme (reader, root) ||
      !zc_reader_number (reader, root, "revision", 1, 9999, &revision))
    return FALSE;
  id = zc_xml_attribute (root, "id");
  nonce = zc_xml_attribute (root, "nonce");
  created = zc_xml_attribute (root, "created");
  time = strlen (created) <= 32 ? g_date_time_new_from_iso8601 (created, NULL) : NULL;
  if (!zc_reader_is_hex (id, 32) || !zc_reader_is_hex (nonce, 32))
    return zc_reader_refuse (reader, root, _ ("“%s” or “%s” is malformed."), "id", "nonce");
  if (!time)
    return zc_reader_refuse (reader, root, _ ("“%s” is not a point in time."), created);
  zc_record_put_root (reader->record, id, nonce, created, (guint) revision);
  return TRUE;
}

/* A derived value that is not what comes out of the record itself was tampered with, or made by a broken
 * program. */
static gboolean
check_derived (ZcRecordReader *reader)
{
  for (guint i = 0; i < reader->scheme->facts->len; i++)
    {
      const ZcField *fact = reader->scheme->facts->pdata[i];
      const char *ours = zc_record_node_text (reader->record->facts[i]);
      const char *theirs = fact->select ? g_hash_table_lookup (reader->derived, fact->id) : ours;

      if (g_strcmp0 (ours, theirs) != 0)
        return zc_fail (reader->error, ZC_ERROR_INVALID,
                        _ ("The record states “%s” for “%s” (%s), but its own entries give “%s”."),
                        theirs ? theirs : "", fact->label, fact->id, ours ? ours : "");
    }
  return TRUE;
}

static gboolean
check_bytes (ZcRecordReader *reader, GBytes *bytes)
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
  return zc_fail (reader->error, ZC_ERROR_INVALID, _ ("Line %u of the record is not in canonical form."),
                  line);
}

static gboolean
read_document (ZcRecordReader *reader, xmlDoc *doc, GBytes *bytes)
{
  xmlNode *root = xmlDocGetRootElement (doc);
  xmlNode *node;

  if (!read_root (reader, root))
    return FALSE;
  node = zc_xml_first (root, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (zc_record_sections); i++)
    {
      if (!node)
        return zc_reader_refuse (reader, root, _ ("“%s” should stand here."), zc_record_sections[i]);
      if (!zc_reader_section (reader, node, i))
        return FALSE;
      node = zc_xml_next (node, NULL);
    }
  if (node)
    return zc_reader_refuse (reader, node, _ ("“%s” does not belong into “%s”."), node->name, root->name);
  zc_record_derive (reader->record);
  return !reader->strict || (check_derived (reader) && check_bytes (reader, bytes));
}

ZcRecord *
zc_record_parse (GBytes *bytes, ZcScheme *scheme, gboolean strict, GError **error)
{
  g_autoptr (xmlDoc) doc = zc_xml_parse (bytes, _ ("the record"), error);
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (GHashTable) digests = NULL;
  g_autoptr (GHashTable) derived = NULL;
  ZcRecordReader reader = { .scheme = scheme, .strict = strict, .error = error };

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
  g_autoptr (xmlDoc) doc = zc_xml_parse (bytes, _ ("the record"), error);
  g_autofree char *id = NULL;

  if (!doc || !read_format (xmlDocGetRootElement (doc), error))
    return NULL;
  id = zc_xml_attribute (xmlDocGetRootElement (doc), "scheme");
  if (!id || !zc_id_is_valid (id))
    return zc_fail_null (error, ZC_ERROR_INVALID, _ ("This is not the record of an inspection."));
  return g_steal_pointer (&id);
}
