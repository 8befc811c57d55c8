/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheme/zc-scheme-check.h"

#include "base/zc-place.h"
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a dictionary is put into, so that one reader checks it: its facts and ledgers are all that matters. */
#define AROUND_DICTIONARY                                                                                    \
  "<scheme id=\"facts\" version=\"1\"><notice title=\"-\" subject=\"-\" "                                    \
  "status=\"in-force\"><full-title>-</full-title><issuer>-</issuer>"                                         \
  "<recipient>-</recipient><about>-</about></notice><period kind=\"once\"/><sections/><documents/></scheme>"

static xmlDoc *
parse (GBytes *bytes, ZcFaults *faults)
{
  g_autoptr (GError) error = NULL;
  char *why = NULL;
  int line = 1;
  xmlDoc *doc = zc_load_parse (bytes, faults, &line, &why, &error);

  if (!doc)
    {
      ZcFault *fault = g_new0 (ZcFault, 1);

      fault->line = line;
      fault->message = why ? why : g_strdup (error->message);
      g_ptr_array_add (faults->list, fault);
    }
  return doc;
}

static void
check_dictionary (const xmlNode *root, ZcFaults *faults)
{
  xmlDoc *doc;
  xmlNode *whole;
  g_autoptr (GBytes) bytes = NULL;
  ZcScheme *self;

  zc_grammar_check (root, "dictionary", faults);
  if (faults->list->len > 0)
    return;
  bytes = g_bytes_new_static (AROUND_DICTIONARY, strlen (AROUND_DICTIONARY));
  doc = zc_xml_parse (bytes, faults->name, NULL);
  whole = xmlDocGetRootElement (doc);
  for (const xmlNode *part = zc_xml_first (root, NULL); part; part = zc_xml_next (part, NULL))
    xmlAddChild (whole, xmlDocCopyNode ((xmlNode *) part, doc, 1));
  self = zc_load_tree (doc, bytes, faults);
  if (self)
    zc_scheme_unref (self);
}

static void
check_overlay (const xmlNode *root, ZcScheme *under, ZcFaults *faults)
{
  g_autofree char *id = zc_load_string (root, "for");
  g_autoptr (ZcScheme) base = under ? zc_scheme_ref (under) : NULL;
  g_autoptr (ZcScheme) merged = NULL;
  g_autoptr (GError) why = NULL;

  zc_grammar_check (root, "overlay", faults);
  if (faults->list->len > 0)
    return;
  if (!base)
    base = zc_scheme_load_base (id, &why);
  if (!base)
    zc_faults_add (faults, root, _("The scheme for=\"%s\" can't be laid under it: %s"), id, why->message);
  else
    merged = zc_load_overlay (base, root, faults);
}

/* A scheme that takes the place of @base has its id and all its answers hang on. */
static void
check_same (ZcScheme *self, ZcScheme *base, ZcFaults *faults)
{
  if (strcmp (self->id, base->id) != 0)
    zc_faults_add (faults, NULL, _("This is the scheme “%s”, not “%s”."), self->id, base->id);
  else
    zc_overlay_check_kept (base, self, faults);
}

GPtrArray *
zc_scheme_check (GBytes *bytes, const char *name)
{
  return zc_scheme_check_for (NULL, bytes, name);
}

GPtrArray *
zc_scheme_check_for (ZcScheme *base, GBytes *bytes, const char *name)
{
  GPtrArray *list = zc_fault_list_new ();
  ZcFaults faults = { list, name };
  xmlDoc *doc = parse (bytes, &faults);
  const xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
  g_autoptr (ZcScheme) self = NULL;

  if (!doc)
    return list;
  if (zc_xml_is (root, "overlay"))
    check_overlay (root, base, &faults);
  else if (zc_xml_is (root, "dictionary"))
    check_dictionary (root, &faults);
  else
    {
      self = zc_load_document (doc, bytes, &faults);
      doc = NULL;
      if (self && base)
        check_same (self, base, &faults);
    }
  g_clear_pointer (&doc, xmlFreeDoc);
  zc_faults_sort (&faults);
  return list;
}

ZcScheme *
zc_scheme_replace (ZcScheme *base, GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (xmlDoc) doc = zc_xml_parse (bytes, name, error);

  if (!doc)
    return NULL;
  if (zc_xml_is (xmlDocGetRootElement (doc), "overlay"))
    return zc_scheme_overlay (base, bytes, name, error);
  return zc_scheme_load_bytes (bytes, name, error);
}

GBytes *
zc_scheme_starter (const char *id)
{
  g_autoptr (GBytes) pattern = zc_scheme_resource ("starter.xml");
  const char *text = g_bytes_get_data (pattern, NULL);
  GString *made = g_string_new_len (text, (gssize) g_bytes_get_size (pattern));

  g_string_replace (made, "@ID@", id && zc_id_is_valid (id) ? id : "my-scheme", 0);
  return g_string_free_to_bytes (made);
}
