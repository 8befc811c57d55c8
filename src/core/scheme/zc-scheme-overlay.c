/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static xmlNode *
copy_into (xmlDoc *doc, const xmlNode *node)
{
  return xmlDocCopyNode ((xmlNode *) node, doc, 1);
}

/* The child of @root called @name, made if there is none. */
static xmlNode *
part (xmlNode *root, const xmlNode *like)
{
  xmlNode *found = zc_xml_first (root, (const char *) like->name);

  if (!found)
    {
      found = xmlNewDocNode (root->doc, NULL, like->name, NULL);
      found->line = like->line;
      xmlAddChild (root, found);
    }
  return found;
}

static void
merge_notice (xmlNode *notice, const xmlNode *given)
{
  g_autoptr (GHashTable) cleared = g_hash_table_new (g_str_hash, g_str_equal);

  zc_merge_copy_attributes (notice, given, NULL);
  for (const xmlNode *child = zc_xml_first (given, NULL); child; child = zc_xml_next (child, NULL))
    {
      const char *name = (const char *) child->name;

      if (g_hash_table_add (cleared, (gpointer) name))
        for (xmlNode *old = zc_xml_first (notice, name); old; old = zc_xml_first (notice, name))
          {
            xmlUnlinkNode (old);
            xmlFreeNode (old);
          }
      xmlAddChild (notice, copy_into (notice->doc, child));
    }
}

/* Elements with an id: one the part has is replaced where it stands, others come behind. */
static void
merge_by_id (xmlNode *into, const xmlNode *given)
{
  g_autoptr (GHashTable) old = zc_merge_ids (into, NULL);

  for (const xmlNode *child = zc_xml_first (given, NULL); child; child = zc_xml_next (child, NULL))
    {
      g_autofree char *id = zc_load_string (child, "id");
      xmlNode *replaced = g_hash_table_lookup (old, id);
      xmlNode *copy = copy_into (into->doc, child);

      if (!replaced)
        {
          xmlAddChild (into, copy);
          continue;
        }
      xmlReplaceNode (replaced, copy);
      xmlFreeNode (replaced);
      g_hash_table_remove (old, id);
    }
}

/* Facts and ledgers are only added; a <use> of one that the scheme has changes its attributes, or gives it
 * columns. */
static void
merge_declarations (xmlNode *into, const xmlNode *given, const char *attribute, ZcFaults *faults)
{
  g_autoptr (GHashTable) old = zc_merge_ids (into, NULL);

  for (const xmlNode *child = zc_xml_first (given, NULL); child; child = zc_xml_next (child, NULL))
    {
      g_autofree char *id = zc_load_string (child, zc_xml_is (child, "use") ? attribute : "id");
      xmlNode *declared = g_hash_table_lookup (old, id);

      if (declared && zc_xml_is (child, "use"))
        zc_merge_use (declared, child, attribute, faults);
      else
        xmlAddChild (into, copy_into (into->doc, child));
    }
}

/* Holidays of a later year, say: more of them. */
static void
merge_workdays (xmlNode *into, const xmlNode *given)
{
  for (const xmlNode *child = zc_xml_first (given, NULL); child; child = zc_xml_next (child, NULL))
    xmlAddChild (into, copy_into (into->doc, child));
}

static void
merge_items (xmlNode *section, const xmlNode *given, GHashTable *items)
{
  for (const xmlNode *child = zc_xml_first (given, "item"); child; child = zc_xml_next (child, "item"))
    {
      g_autofree char *id = zc_load_string (child, "id");
      xmlNode *replaced = g_hash_table_lookup (items, id);
      xmlNode *copy = copy_into (section->doc, child);

      if (replaced && replaced->parent == section)
        xmlReplaceNode (replaced, copy);
      else
        {
          if (replaced)
            xmlUnlinkNode (replaced);
          xmlAddChild (section, copy);
        }
      if (replaced)
        xmlFreeNode (replaced);
      g_hash_table_remove (items, id);
    }
}

static void
merge_sections (xmlNode *into, const xmlNode *given)
{
  g_autoptr (GHashTable) sections = zc_merge_ids (into, "section");
  g_autoptr (GHashTable) items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const xmlNode *section = zc_xml_first (into, "section"); section;
       section = zc_xml_next (section, "section"))
    for (xmlNode *item = zc_xml_first (section, "item"); item; item = zc_xml_next (item, "item"))
      g_hash_table_insert (items, zc_load_string (item, "id"), item);
  for (const xmlNode *child = zc_xml_first (given, "section"); child; child = zc_xml_next (child, "section"))
    {
      g_autofree char *id = zc_load_string (child, "id");
      xmlNode *section = g_hash_table_lookup (sections, id);

      if (!section)
        {
          section = xmlNewDocNode (into->doc, NULL, child->name, NULL);
          section->line = child->line;
          xmlAddChild (into, section);
        }
      zc_merge_copy_attributes (section, child, NULL);
      merge_items (section, child, items);
    }
}

static void
merge_version (xmlNode *root, const xmlNode *overlay)
{
  g_autofree char *own = zc_load_string (root, "version");
  g_autofree char *given = zc_load_string (overlay, "version");
  g_autofree char *both = g_strdup_printf ("%s.%s", own, given);

  both[MIN (strlen (both), 32)] = 0;
  xmlSetProp (root, (const xmlChar *) "version", (const xmlChar *) both);
}

void
zc_overlay_merge (xmlNode *root, const xmlNode *overlay, ZcFaults *faults)
{
  merge_version (root, overlay);
  for (const xmlNode *given = zc_xml_first (overlay, NULL); given; given = zc_xml_next (given, NULL))
    {
      xmlNode *into = part (root, given);

      if (zc_xml_is (given, "notice"))
        merge_notice (into, given);
      else if (zc_xml_is (given, "facts"))
        merge_declarations (into, given, "fact", faults);
      else if (zc_xml_is (given, "ledgers"))
        merge_declarations (into, given, "ledger", faults);
      else if (zc_xml_is (given, "workdays"))
        merge_workdays (into, given);
      else if (zc_xml_is (given, "sections"))
        merge_sections (into, given);
      else
        {
          zc_merge_copy_attributes (into, given, NULL);
          merge_by_id (into, given);
        }
    }
}

/* What was there before */

static void
check_field (const ZcField *old, const ZcField *now, const char *where, ZcFaults *faults)
{
  if (!now)
    zc_faults_add (faults, NULL,
                   _("The overlay takes away “%s”%s, and with it what units have stated there. Keep it."),
                   old->id, where);
  else if (now->type != old->type)
    zc_faults_add (faults, NULL,
                   _("The overlay changes the type of “%s”%s. Keep the type, or add a field of another id."),
                   old->id, where);
  else
    for (guint i = 0; i < old->options->len; i++)
      {
        const ZcOption *option = g_ptr_array_index (old->options, i);

        if (!zc_field_find_option (now, option->id))
          zc_faults_add (faults, NULL, _("The overlay takes away the option “%s” of “%s”%s. Keep it."),
                         option->id, old->id, where);
      }
}

static void
check_ledger (const ZcLedger *old, const ZcLedger *now, ZcFaults *faults)
{
  g_autofree char *where = g_strdup_printf (_(" of the ledger “%s”"), old->id);

  if (!now)
    {
      zc_faults_add (faults, NULL, _("The overlay takes away the ledger “%s”. Keep it."), old->id);
      return;
    }
  for (guint i = 0; i < old->columns->len; i++)
    {
      const ZcField *column = g_ptr_array_index (old->columns, i);

      check_field (column, zc_ledger_find_column (now, column->id), where, faults);
    }
}

void
zc_overlay_check_kept (const ZcScheme *base, const ZcScheme *merged, ZcFaults *faults)
{
  for (guint i = 0; i < base->facts->len; i++)
    {
      const ZcField *fact = g_ptr_array_index (base->facts, i);

      check_field (fact, zc_scheme_find_fact (merged, fact->id), "", faults);
    }
  for (guint i = 0; i < base->ledgers->len; i++)
    {
      const ZcLedger *ledger = g_ptr_array_index (base->ledgers, i);

      check_ledger (ledger, zc_scheme_find_ledger (merged, ledger->id), faults);
    }
  for (guint i = 0; i < base->items->len; i++)
    {
      const ZcItem *item = g_ptr_array_index (base->items, i);

      if (!zc_scheme_find_item (merged, item->id))
        zc_faults_add (faults, NULL, _("The overlay takes away the item “%s”. Keep it."), item->id);
    }
  for (guint i = 0; i < base->chapters->len; i++)
    {
      const ZcChapter *chapter = g_ptr_array_index (base->chapters, i);

      if (!zc_scheme_find_chapter (merged, chapter->id))
        zc_faults_add (faults, NULL,
                       _("The overlay takes away the chapter “%s”. Keep it, with a new heading if need be."),
                       chapter->id);
    }
}
