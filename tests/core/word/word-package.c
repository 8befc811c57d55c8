/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word-package.h"

#include "word/zc-word.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

static GBytes *
read_member (struct archive *zip)
{
  GByteArray *data = g_byte_array_new ();
  guint8 buffer[65536];
  la_ssize_t n;

  while ((n = archive_read_data (zip, buffer, sizeof buffer)) > 0)
    g_byte_array_append (data, buffer, (guint) n);
  g_assert_cmpint (n, ==, 0);
  return g_byte_array_free_to_bytes (data);
}

WordPackage *
word_package_open (GBytes *bytes)
{
  WordPackage *self = g_new0 (WordPackage, 1);
  struct archive *zip = archive_read_new ();
  struct archive_entry *entry;
  int result;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_assert_cmpint (archive_read_support_format_zip (zip), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_read_open_memory (zip, data, size), ==, ARCHIVE_OK);
  while ((result = archive_read_next_header (zip, &entry)) == ARCHIVE_OK)
    {
      const char *name = archive_entry_pathname (entry);

      g_ptr_array_add (self->names, g_strdup (name));
      g_assert_true (g_hash_table_insert (self->parts, g_strdup (name), read_member (zip)));
    }
  g_assert_cmpint (result, ==, ARCHIVE_EOF);
  archive_read_free (zip);
  self->document = word_package_xml (self, "word/document.xml");
  return self;
}

void
word_package_free (WordPackage *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->parts);
  xmlFreeDoc (self->document);
  g_free (self);
}

xmlDoc *
word_package_xml (const WordPackage *self, const char *name)
{
  GBytes *bytes = g_hash_table_lookup (self->parts, name);
  g_autoptr (GError) error = NULL;
  xmlDoc *doc;

  if (!bytes)
    g_error ("the package lacks %s", name);
  doc = zc_xml_parse (bytes, name, &error);
  g_assert_no_error (error);
  return doc;
}

static void
append_text (xmlNode *node, GString *text)
{
  for (xmlNode *child = node->children; child; child = child->next)
    {
      if (zc_xml_is (child, "t"))
        {
          g_autofree char *run = zc_xml_text (child);

          g_string_append (text, run);
        }
      else if (zc_xml_is (child, "tab") && zc_xml_is (node, "r"))
        g_string_append_c (text, '\t');
      else if (zc_xml_is (child, "br"))
        g_string_append_c (text, '\n');
      else if (child->type == XML_ELEMENT_NODE)
        append_text (child, text);
      if (zc_xml_is (child, "p"))
        g_string_append_c (text, '\n');
    }
}

char *
word_text (xmlNode *node)
{
  GString *text = g_string_new (NULL);

  append_text (node, text);
  return g_string_free (text, FALSE);
}

static void
collect (xmlNode *node, const char *name, GPtrArray *found)
{
  for (xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      {
        if (zc_xml_is (child, name))
          g_ptr_array_add (found, child);
        collect (child, name, found);
      }
}

GPtrArray *
word_find (xmlNode *node, const char *name)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (node, name, found);
  return found;
}

char *
word_val (xmlNode *node, const char *element, const char *name)
{
  g_autoptr (GPtrArray) found = word_find (node, element);

  return found->len ? word_attribute (found->pdata[0], name) : NULL;
}

WordPackage *
word_package_of (const ZcDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = zc_word_to_bytes (document, NULL, &error);

  g_assert_no_error (error);
  return word_package_open (bytes);
}

guint
word_count (xmlNode *node, const char *name)
{
  g_autoptr (GPtrArray) found = word_find (node, name);

  return found->len;
}

void
word_check_grid (xmlNode *table)
{
  xmlNode *grid = zc_xml_first (table, "tblGrid");
  guint n_columns = 0;
  int above[64] = { 0 };

  for (xmlNode *column = zc_xml_first (grid, "gridCol"); column; column = zc_xml_next (column, "gridCol"))
    n_columns++;
  g_assert_cmpuint (n_columns, >, 0);
  for (xmlNode *row = zc_xml_first (table, "tr"); row; row = zc_xml_next (row, "tr"))
    {
      int now[64] = { 0 };
      guint column = 0;

      for (xmlNode *cell = zc_xml_first (row, "tc"); cell; cell = zc_xml_next (cell, "tc"))
        {
          xmlNode *properties = zc_xml_first (cell, "tcPr");
          g_autofree char *span = word_val (properties, "gridSpan", "val");
          g_autofree char *restart = word_val (properties, "vMerge", "val");
          gboolean merged = zc_xml_first (properties, "vMerge") != NULL;
          guint width = span ? (guint) atoi (span) : 1;

          g_assert_nonnull (zc_xml_first (cell, "p"));
          if (merged && !restart)
            g_assert_cmpint (above[column], ==, width);
          if (merged)
            now[column] = (int) width;
          column += width;
        }
      g_assert_cmpuint (column, ==, n_columns);
      memcpy (above, now, sizeof above);
    }
}

char *
word_attribute (xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetProp (node, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);
  return copy;
}
