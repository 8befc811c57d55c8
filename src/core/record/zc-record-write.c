/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-private.h"

#include <string.h>

/*
 * The canonical bytes, as RECORD.md says: what Canonical XML 1.1 makes of the document is the document
 * itself. The tree holds its attributes in byte order already.
 */

/* Appends @text with each character of @special replaced by the entry of the same index in @escapes. */
static void
append_escaped (GString *out, const char *text, const char *special, const char *const *escapes)
{
  for (;;)
    {
      gsize plain = strcspn (text, special);

      g_string_append_len (out, text, (gssize) plain);
      text += plain;
      if (!*text)
        return;
      g_string_append (out, escapes[strchr (special, *text) - special]);
      text++;
    }
}

static void
append_text (GString *out, const char *text)
{
  static const char *const escapes[] = { "&amp;", "&lt;", "&gt;", "&#xD;" };

  append_escaped (out, text, "&<>\r", escapes);
}

static void
append_attributes (GString *out, const xmlNode *node)
{
  static const char *const escapes[] = { "&amp;", "&lt;", "&quot;", "&#x9;", "&#xA;", "&#xD;" };

  for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
    {
      g_string_append_c (out, ' ');
      g_string_append (out, (const char *) attribute->name);
      g_string_append (out, "=\"");
      if (attribute->children)
        append_escaped (out, (const char *) attribute->children->content, "&<\"\t\n\r", escapes);
      g_string_append_c (out, '"');
    }
}

static gboolean
is_leaf (const xmlNode *node)
{
  static const char *const leaves[] = { "fact",    "reason", "note", "cell", "problem",
                                        "measure", "person", "text", "item" };

  for (gsize i = 0; i < G_N_ELEMENTS (leaves); i++)
    if (zc_xml_is (node, leaves[i]))
      return TRUE;
  return FALSE;
}

static void
append_element (GString *out, const xmlNode *node)
{
  gboolean leaf = is_leaf (node);

  g_string_append_c (out, '<');
  g_string_append (out, (const char *) node->name);
  append_attributes (out, node);
  g_string_append_c (out, '>');
  if (!leaf)
    g_string_append_c (out, '\n');
  for (const xmlNode *child = node->children; child; child = child->next)
    {
      if (child->type != XML_ELEMENT_NODE)
        {
          append_text (out, (const char *) child->content);
          continue;
        }
      append_element (out, child);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, "</");
  g_string_append (out, (const char *) node->name);
  g_string_append_c (out, '>');
}

GBytes *
zc_record_to_bytes (ZcRecord *self)
{
  GString *out = g_string_sized_new (64 * 1024);

  append_element (out, self->root);
  return g_string_free_to_bytes (out);
}
