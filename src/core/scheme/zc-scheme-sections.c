/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest.h"
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
need_free (gpointer data)
{
  ZcEvidenceNeed *need = data;

  g_free (need->label);
  g_free (need->when);
  g_free (need);
}

static void
item_free (gpointer data)
{
  ZcItem *item = data;

  g_ptr_array_unref (item->fields);
  g_ptr_array_unref (item->ledgers);
  g_ptr_array_unref (item->evidence);
  g_free (item->id);
  g_free (item->clause);
  g_free (item->title);
  g_free (item->requirement);
  g_free (item->guidance);
  g_free (item->threshold);
  g_free (item->when);
  g_free (item->condition);
  g_free (item->wording);
  g_free (item);
}

static void
section_free (gpointer data)
{
  ZcSection *section = data;

  g_ptr_array_unref (section->items);
  g_free (section->id);
  g_free (section->label);
  g_free (section->clause);
  g_free (section);
}

static void
load_need (ZcSchemeReal *real, ZcItem *item, const xmlNode *node, ZcFaults *faults)
{
  const ZcEvidenceKind *kind = zc_load_look_up (real->kinds, node, "kind", _("kind of evidence"), faults);
  ZcEvidenceNeed *need;

  if (!kind)
    return;
  need = g_new0 (ZcEvidenceNeed, 1);
  need->kind = kind;
  need->label = zc_xml_prose (node);
  need->required = zc_load_yes (node, "required", FALSE);
  need->when = zc_xml_attribute (node, "when");
  if (!*need->label)
    {
      g_free (need->label);
      need->label = g_strdup (kind->label);
    }
  if (need->when && !need->required)
    zc_faults_add (faults, node,
                   _("“when” says when this evidence is compulsory, so it needs required=\"yes\". Add it, "
                      "or take out “when”."));
  g_ptr_array_add (item->evidence, need);
}

static void
add_once (GPtrArray *list, gpointer thing, const char *id, const xmlNode *node, ZcFaults *faults)
{
  if (!thing)
    return;
  if (g_ptr_array_find (list, thing, NULL))
    zc_faults_add (faults, node, _("The item asks “%s” twice. Keep one."), id);
  else
    g_ptr_array_add (list, thing);
}

static void
load_asked (ZcSchemeReal *real, ZcItem *item, const xmlNode *node, ZcFaults *faults)
{
  if (zc_xml_is (node, "rows"))
    {
      g_autofree char *id = zc_load_string (node, "ledger");

      add_once (item->ledgers, zc_load_look_up (real->ledgers, node, "ledger", _("ledger"), faults), id,
                node, faults);
    }
  else if (zc_xml_is (node, "evidence"))
    load_need (real, item, node, faults);
  else if (zc_xml_is (node, "fact") || zc_xml_is (node, "derived"))
    {
      ZcField *fact = zc_load_fact (real, node, faults);

      g_ptr_array_add (item->fields, fact);
      g_hash_table_add (real->asked, fact->id);
    }
  else if (zc_xml_is (node, "field"))
    {
      g_autofree char *id = zc_load_string (node, "fact");
      ZcField *fact = zc_load_look_up (real->facts, node, "fact", _("fact"), faults);

      add_once (item->fields, fact, id, node, faults);
      if (fact)
        g_hash_table_add (real->asked, fact->id);
    }
}

/* The item's words as the unit reads them; any change of them makes last year's answer a question again. */
static char *
digest_wording (const ZcItem *item)
{
  g_autofree char *words =
      g_strjoin ("\n", item->clause, item->title, item->requirement, item->threshold, NULL);

  return zc_digest_hex_of (ZC_DIGEST_SHA256, words, strlen (words));
}

static ZcItem *
load_item (ZcSchemeReal *real, const xmlNode *node, ZcFaults *faults)
{
  ZcItem *item = g_new0 (ZcItem, 1);

  item->fields = g_ptr_array_new ();
  item->ledgers = g_ptr_array_new ();
  item->evidence = g_ptr_array_new_with_free_func (need_free);
  item->id = zc_load_string (node, "id");
  item->clause = zc_load_string (node, "clause");
  item->title = zc_load_child (node, "title");
  item->requirement = zc_load_child (node, "requirement");
  item->guidance = zc_load_child (node, "guidance");
  item->threshold = zc_load_child (node, "threshold");
  item->confidence = zc_load_confidence (node);
  item->conformity = zc_load_yes (node, "conformity", TRUE);
  item->allows_na = zc_load_yes (node, "na", TRUE);
  item->when = zc_xml_attribute (node, "when");
  item->condition = zc_load_string (node, "condition");
  item->wording = digest_wording (item);
  for (const xmlNode *child = zc_xml_first (node, NULL); child; child = zc_xml_next (child, NULL))
    load_asked (real, item, child, faults);

  if (!*item->title)
    zc_faults_add (faults, node, _("The item “%s” has an empty <title>. Write what it is about."), item->id);
  if (!item->conformity && item->fields->len == 0 && item->ledgers->len == 0 && item->evidence->len == 0)
    zc_faults_add (
        faults, node,
        _("The item “%s” asks nothing. Give it a field, rows or evidence, or write conformity=\"yes\"."),
        item->id);
  if (item->when && !*item->condition)
    zc_faults_add (faults, node,
                   _("The item “%s” has “when” but does not say it in words. Add condition=\"…\"."),
                   item->id);
  return item;
}

static ZcSection *
load_section (ZcSchemeReal *real, const xmlNode *node, ZcFaults *faults)
{
  ZcScheme *self = &real->scheme;
  ZcSection *section = g_new0 (ZcSection, 1);

  section->items = g_ptr_array_new ();
  section->id = zc_load_string (node, "id");
  section->label = zc_load_string (node, "label");
  section->clause = zc_load_string (node, "clause");
  for (const xmlNode *child = zc_xml_first (node, "item"); child; child = zc_xml_next (child, "item"))
    {
      ZcItem *item = load_item (real, child, faults);

      item->section = section;
      item->order = self->items->len;
      g_ptr_array_add (self->items, item);
      g_ptr_array_add (section->items, item);
      zc_load_claim (real->items, item->id, item, child, faults);
    }
  return section;
}

void
zc_load_sections (ZcSchemeReal *real, const xmlNode *parent, ZcFaults *faults)
{
  ZcScheme *self = &real->scheme;

  self->sections = g_ptr_array_new_with_free_func (section_free);
  self->items = g_ptr_array_new_with_free_func (item_free);
  for (const xmlNode *node = zc_xml_first (parent, "section"); node; node = zc_xml_next (node, "section"))
    {
      ZcSection *section = load_section (real, node, faults);

      g_ptr_array_add (self->sections, section);
      zc_load_claim (real->sections, section->id, section, node, faults);
    }
  if (self->items->len > ZC_SCHEME_MAX_ITEMS)
    zc_faults_add (faults, parent, _("There are %u items; at most %u are allowed."), self->items->len,
                   ZC_SCHEME_MAX_ITEMS);
}
