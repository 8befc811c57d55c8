/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word-opc.h"

#include <string.h>

static gboolean
is_relationships (const char *name)
{
  return g_str_has_suffix (name, ".rels");
}

/* "word/_rels/footer3.xml.rels" → "word/footer3.xml", "_rels/.rels" → "". */
static char *
source_of (const char *rels)
{
  g_auto (GStrv) parts = g_strsplit (rels, "_rels/", 2);

  g_assert_nonnull (parts[1]);
  parts[1][strlen (parts[1]) - strlen (".rels")] = 0;
  return g_strconcat (parts[0], parts[1], NULL);
}

/* Each target exists, each id is there once, and the source's r:id and r:embed attributes name one of them. */
static void
check_relationships (const WordPackage *package, const char *name, GHashTable *reached)
{
  static const char *const users[] = { "headerReference", "footerReference", "blip" };
  g_autoptr (xmlDoc) doc = word_package_xml (package, name);
  g_autoptr (GPtrArray) relations = word_find ((xmlNode *) doc, "Relationship");
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *source = source_of (name), *folder = NULL;
  g_autoptr (xmlDoc) from = NULL;

  g_assert_cmpuint (relations->len, >, 0);
  folder = g_str_has_prefix (source, "word/") ? g_strdup ("word/") : g_strdup ("");
  for (guint i = 0; i < relations->len; i++)
    {
      g_autofree char *target = word_attribute (relations->pdata[i], "Target");
      char *part = g_strconcat (folder, target, NULL);

      g_assert_true (g_hash_table_contains (package->parts, part));
      g_assert_true (g_hash_table_add (ids, word_attribute (relations->pdata[i], "Id")));
      g_hash_table_add (reached, part);
    }
  if (!*source)
    return;
  from = word_package_xml (package, source);
  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (GPtrArray) found = word_find ((xmlNode *) from, users[i]);

      for (guint j = 0; j < found->len; j++)
        {
          g_autofree char *id = word_attribute (found->pdata[j], i == 2 ? "embed" : "id");

          g_assert_true (g_hash_table_contains (ids, id));
        }
    }
}

static void
check_types (const WordPackage *package)
{
  g_autoptr (xmlDoc) doc = word_package_xml (package, "[Content_Types].xml");
  g_autoptr (GPtrArray) overrides = word_find ((xmlNode *) doc, "Override");
  g_autoptr (GPtrArray) defaults = word_find ((xmlNode *) doc, "Default");
  g_autoptr (GHashTable) typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < overrides->len; i++)
    {
      char *name = word_attribute (overrides->pdata[i], "PartName");

      g_assert_true (g_hash_table_contains (package->parts, name + 1));
      g_assert_true (g_hash_table_add (typed, name));
    }
  for (guint i = 0; i < package->names->len; i++)
    {
      const char *name = package->names->pdata[i];
      g_autofree char *absolute = g_strconcat ("/", name, NULL);
      gboolean found = g_str_equal (name, "[Content_Types].xml") || g_hash_table_contains (typed, absolute);

      for (guint j = 0; !found && j < defaults->len; j++)
        {
          g_autofree char *extension = word_attribute (defaults->pdata[j], "Extension");

          found = !g_str_equal (extension, "xml") && g_str_has_suffix (name, extension);
        }
      g_assert_true (found);
    }
}

void
word_check_opc (const WordPackage *package)
{
  g_autoptr (GHashTable) reached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpstr (package->names->pdata[0], ==, "[Content_Types].xml");
  check_types (package);
  for (guint i = 0; i < package->names->len; i++)
    if (is_relationships (package->names->pdata[i]))
      check_relationships (package, package->names->pdata[i], reached);
  for (guint i = 0; i < package->names->len; i++)
    {
      const char *name = package->names->pdata[i];

      if (!g_str_has_suffix (name, ".png"))
        xmlFreeDoc (word_package_xml (package, name));
      if (!is_relationships (name) && i > 0)
        g_assert_true (g_hash_table_contains (reached, name));
    }
}

void
word_check_links (const WordPackage *package)
{
  g_autoptr (GPtrArray) bookmarks = word_find ((xmlNode *) package->document, "bookmarkStart");
  g_autoptr (GPtrArray) links = word_find ((xmlNode *) package->document, "hyperlink");
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < bookmarks->len; i++)
    {
      char *name = word_attribute (bookmarks->pdata[i], "name");

      g_assert_cmpuint (strlen (name), <=, 40);
      g_assert_true (g_hash_table_add (names, name));
    }
  for (guint i = 0; i < links->len; i++)
    {
      g_autofree char *to = word_attribute (links->pdata[i], "anchor");

      g_assert_true (g_hash_table_contains (names, to));
    }
}
