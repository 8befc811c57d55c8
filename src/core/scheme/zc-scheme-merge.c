/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Making a scheme whole, on its XML: what it uses of the dictionary is copied into it, what an overlay gives
 * takes its place. The result is written out and read like any other scheme, so that there is one reader, and
 * an inspection can keep the bytes.
 */

#include "base/zc-source.h"
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
has_use (const xmlNode *node)
{
  for (const xmlNode *child = zc_xml_first (node, NULL); child; child = zc_xml_next (child, NULL))
    if (zc_xml_is (child, "use") || has_use (child))
      return TRUE;
  return FALSE;
}

GHashTable *
zc_merge_ids (const xmlNode *parent, const char *element)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (xmlNode *node = zc_xml_first (parent, element); node; node = zc_xml_next (node, element))
    g_hash_table_insert (ids, zc_load_string (node, "id"), node);
  return ids;
}

static gboolean
lacks_kinds (const xmlNode *root)
{
  g_autoptr (GHashTable) kinds = zc_merge_ids (zc_xml_first (root, "evidence-kinds"), "kind");
  const xmlNode *sections = zc_xml_first (root, "sections");

  for (const xmlNode *section = zc_xml_first (sections, "section"); section;
       section = zc_xml_next (section, "section"))
    for (const xmlNode *item = zc_xml_first (section, "item"); item; item = zc_xml_next (item, "item"))
      for (const xmlNode *evidence = zc_xml_first (item, "evidence"); evidence;
           evidence = zc_xml_next (evidence, "evidence"))
        {
          g_autofree char *kind = zc_load_string (evidence, "kind");

          if (!g_hash_table_contains (kinds, kind))
            return TRUE;
        }
  return FALSE;
}

gboolean
zc_merge_is_needed (const xmlNode *root)
{
  return has_use (root) || lacks_kinds (root);
}

/* The copy tells the line of @like, where its reader finds why it is there. */
void
zc_merge_set_lines (xmlNode *node, unsigned short line)
{
  node->line = line;
  for (xmlNode *child = node->children; child; child = child->next)
    zc_merge_set_lines (child, line);
}

static xmlNode *
copy_into (xmlDoc *doc, const xmlNode *node)
{
  return xmlDocCopyNode ((xmlNode *) node, doc, 1);
}

static void
remove_node (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

void
zc_merge_copy_attributes (xmlNode *to, const xmlNode *from, const char *but)
{
  for (const xmlAttr *attribute = from->properties; attribute; attribute = attribute->next)
    {
      g_autofree char *value = zc_xml_attribute (from, (const char *) attribute->name);

      if (g_strcmp0 ((const char *) attribute->name, but) != 0 &&
          strcmp ((const char *) attribute->name, "columns") != 0)
        xmlSetProp (to, attribute->name, (const xmlChar *) value);
    }
}

/* help and basis of a <use> take the place of the dictionary's. */
static void
replace_child (xmlNode *to, const xmlNode *from, const char *name)
{
  const xmlNode *given = zc_xml_first (from, name);
  xmlNode *old = zc_xml_first (to, name);
  xmlNode *copy;

  if (!given)
    return;
  copy = copy_into (to->doc, given);
  if (old)
    {
      xmlReplaceNode (old, copy);
      xmlFreeNode (old);
    }
  else if (to->children)
    xmlAddPrevSibling (to->children, copy);
  else
    xmlAddChild (to, copy);
}

static void
choose_columns (xmlNode *ledger, const xmlNode *use, ZcFaults *faults)
{
  g_autofree char *chosen = zc_xml_attribute (use, "columns");
  g_auto (GStrv) ids = chosen ? g_strsplit (chosen, " ", -1) : NULL;
  g_autoptr (GHashTable) columns = zc_merge_ids (ledger, "column");
  GHashTableIter iter;
  gpointer node;

  if (!ids)
    return;
  for (char **id = ids; *id; id++)
    {
      xmlNode *column = g_hash_table_lookup (columns, *id);

      if (!column)
        {
          g_autofree gpointer *keys = g_hash_table_get_keys_as_array (columns, NULL);
          g_autofree char *nearest = zc_faults_nearest (*id, (const char *const *) keys);

          zc_faults_add (faults, use,
                         _("The dictionary's ledger has no column “%s”, or it is named twice.%s"), *id,
                         nearest);
          continue;
        }
      xmlUnlinkNode (column);
      xmlAddChild (ledger, column);
      g_hash_table_remove (columns, *id);
    }
  g_hash_table_iter_init (&iter, columns);
  while (g_hash_table_iter_next (&iter, NULL, &node))
    remove_node (node);
}

static void
add_columns (xmlNode *ledger, const xmlNode *use)
{
  g_autoptr (GHashTable) columns = zc_merge_ids (ledger, "column");

  for (const xmlNode *given = zc_xml_first (use, "column"); given; given = zc_xml_next (given, "column"))
    {
      g_autofree char *id = zc_load_string (given, "id");
      xmlNode *old = g_hash_table_lookup (columns, id);
      xmlNode *copy = copy_into (ledger->doc, given);

      if (old)
        {
          xmlReplaceNode (old, copy);
          xmlFreeNode (old);
          g_hash_table_remove (columns, id);
        }
      else
        xmlAddChild (ledger, copy);
    }
}

void
zc_merge_use (xmlNode *declared, const xmlNode *use, const char *attribute, ZcFaults *faults)
{
  zc_merge_copy_attributes (declared, use, attribute);
  replace_child (declared, use, "basis");
  replace_child (declared, use, "help");
  choose_columns (declared, use, faults);
  add_columns (declared, use);
}

/* What a scheme takes from the dictionary, or does not: both are gone from the tree afterwards. */
typedef struct
{
  GHashTable *entries; /* id → element of the dictionary */
  GHashTable *used;    /* ids: each is copied once, so that a small file can't make a huge one */
  const char *attribute;
  const char *what;
} Shelf;

static const xmlNode *
find_entry (Shelf *shelf, const xmlNode *use, const char *id, ZcFaults *faults)
{
  const xmlNode *entry = g_hash_table_lookup (shelf->entries, id);

  if (entry && g_hash_table_add (shelf->used, g_strdup (id)))
    return entry;
  if (entry)
    zc_faults_add (faults, use, _("The %s “%s” is used twice. Keep one <use>."), shelf->what, id);
  else
    {
      g_autofree gpointer *keys = g_hash_table_get_keys_as_array (shelf->entries, NULL);
      g_autofree char *nearest = zc_faults_nearest (id, (const char *const *) keys);

      zc_faults_add (faults, use, _("The dictionary has no %s “%s”.%s Declare it here instead of using it."),
                     shelf->what, id, nearest);
    }
  return NULL;
}

/* A fact that is missed stands there as a text, so that the check goes on without missing it at each place that names
 * it. */
static void
stand_in (xmlNode *use, const char *id)
{
  xmlNode *fact = xmlNewDocNode (use->doc, NULL, (const xmlChar *) "fact", NULL);

  xmlSetProp (fact, (const xmlChar *) "id", (const xmlChar *) id);
  xmlSetProp (fact, (const xmlChar *) "type", (const xmlChar *) "text");
  xmlSetProp (fact, (const xmlChar *) "label", (const xmlChar *) id);
  fact->line = use->line;
  xmlReplaceNode (use, fact);
  xmlFreeNode (use);
}

static void
replace_use (xmlNode *use, Shelf *shelf, ZcFaults *faults)
{
  g_autofree char *id = zc_load_string (use, shelf->attribute);
  const xmlNode *entry = find_entry (shelf, use, id, faults);
  xmlNode *copy;

  if (!entry && strcmp (shelf->attribute, "fact") == 0 && !g_hash_table_contains (shelf->entries, id))
    {
      stand_in (use, id);
      return;
    }
  if (!entry)
    {
      remove_node (use);
      return;
    }
  copy = copy_into (use->doc, entry);
  zc_merge_set_lines (copy, use->line);
  xmlSetProp (copy, (const xmlChar *) "common", (const xmlChar *) "yes");
  for (xmlNode *column = zc_xml_first (copy, "column"); column; column = zc_xml_next (column, "column"))
    xmlSetProp (column, (const xmlChar *) "common", (const xmlChar *) "yes");
  zc_merge_use (copy, use, shelf->attribute, faults);
  xmlReplaceNode (use, copy);
  xmlFreeNode (use);
}

static void
replace_uses (xmlNode *parent, Shelf *shelf, ZcFaults *faults)
{
  for (xmlNode *node = zc_xml_first (parent, "use"), *next; node; node = next)
    {
      next = zc_xml_next (node, "use");
      replace_use (node, shelf, faults);
    }
}

static void
add_kinds (xmlNode *root, const xmlNode *dictionary)
{
  xmlNode *kinds = zc_xml_first (root, "evidence-kinds");
  g_autoptr (GHashTable) known = zc_merge_ids (kinds, "kind");
  const xmlNode *all = zc_xml_first (dictionary, "evidence-kinds");

  if (!kinds)
    {
      kinds = xmlNewDocNode (root->doc, NULL, (const xmlChar *) "evidence-kinds", NULL);
      kinds = xmlAddPrevSibling (zc_xml_first (root, "sections"), kinds);
      kinds->line = root->line;
    }
  for (const xmlNode *kind = zc_xml_first (all, "kind"); kind; kind = zc_xml_next (kind, "kind"))
    {
      g_autofree char *id = zc_load_string (kind, "id");

      if (!g_hash_table_contains (known, id))
        zc_merge_set_lines (xmlAddChild (kinds, copy_into (root->doc, kind)), root->line);
    }
}

static xmlDoc *
load_dictionary (GError **error)
{
  g_autofree char *path = zc_scheme_data_file ("facts.xml");
  g_autoptr (GBytes) bytes = zc_read_file (path, ZC_SCHEME_MAX_BYTES, error);
  g_autoptr (xmlDoc) doc = bytes ? zc_xml_parse (bytes, "facts.xml", error) : NULL;
  ZcFaults faults = { NULL, "facts.xml" };
  g_autoptr (GPtrArray) list = faults.list = zc_fault_list_new ();

  if (!doc)
    return NULL;
  zc_grammar_check (xmlDocGetRootElement (doc), "dictionary", &faults);
  if (list->len > 0)
    {
      zc_faults_fail (&faults, error);
      return NULL;
    }
  return g_steal_pointer (&doc);
}

static void
replace_all_uses (xmlNode *root, const xmlNode *dictionary, ZcFaults *faults)
{
  g_autoptr (GHashTable) facts = zc_merge_ids (zc_xml_first (dictionary, "facts"), NULL);
  g_autoptr (GHashTable) ledgers = zc_merge_ids (zc_xml_first (dictionary, "ledgers"), "ledger");
  g_autoptr (GHashTable) used_facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) used_ledgers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Shelf fact_shelf = { facts, used_facts, "fact", _("fact") };
  Shelf ledger_shelf = { ledgers, used_ledgers, "ledger", _("ledger") };
  const xmlNode *sections = zc_xml_first (root, "sections");

  replace_uses (zc_xml_first (root, "facts"), &fact_shelf, faults);
  replace_uses (zc_xml_first (root, "ledgers"), &ledger_shelf, faults);
  for (const xmlNode *section = zc_xml_first (sections, "section"); section; section = zc_xml_next (section, "section"))
    for (xmlNode *item = zc_xml_first (section, "item"); item; item = zc_xml_next (item, "item"))
      replace_uses (item, &fact_shelf, faults);
}

gboolean
zc_merge_dictionary (xmlNode *root, ZcFaults *faults)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (xmlDoc) doc = load_dictionary (&why);

  if (!doc)
    {
      zc_faults_add (faults, root, _("The dictionary can't be read: %s"), why->message);
      return FALSE;
    }
  replace_all_uses (root, xmlDocGetRootElement (doc), faults);
  add_kinds (root, xmlDocGetRootElement (doc));
  return TRUE;
}
