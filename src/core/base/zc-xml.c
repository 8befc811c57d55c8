/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

static void
ignore_message (void *data, const char *format, ...)
{
}

static gboolean
too_deep (const xmlNode *node, int depth)
{
  if (depth > ZC_XML_MAX_DEPTH)
    return TRUE;
  for (const xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE && too_deep (child, depth + 1))
      return TRUE;
  return FALSE;
}

static void
fail_from_parser (xmlParserCtxt *context, const char *name, GError **error)
{
  const xmlError *found = xmlCtxtGetLastError (context);
  g_autofree char *why = g_strdup (found && found->message ? found->message : "");

  g_strchomp (why);
  zc_fail (error, ZC_ERROR_INVALID, _("“%s”, line %d: this is not well-formed XML (%s)."), name, found ? found->line : 1, why);
}

static gboolean
has_doctype (const char *text, gsize size)
{
  /* Refused before parsing, so that no declaration in it is ever looked at; a comment may not hold it either. */
  return memmem (text, size, "<!DOCTYPE", 9) != NULL;
}

xmlDoc *
zc_xml_parse (GBytes *bytes, const char *name, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (xmlDoc) doc = NULL;
  xmlParserCtxt *context;

  if (size == 0)
    return zc_fail_null (error, ZC_ERROR_INVALID, _("“%s” is empty."), name);
  if (size > ZC_XML_MAX_BYTES)
    return zc_fail_null (error, ZC_ERROR_LIMIT, _("“%s” is too large: it may have at most %u MiB."), name,
                         ZC_XML_MAX_BYTES / 1024 / 1024);
  if (has_doctype (text, size))
    return zc_fail_null (error, ZC_ERROR_INVALID,
                         _("“%s” has a DOCTYPE, which could pull in other files. Remove it and try again."), name);

  context = xmlNewParserCtxt ();
  context->sax->warning = context->sax->error = ignore_message;
  doc = xmlCtxtReadMemory (context, text, (int) size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                                                   XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
  if (!doc || !context->wellFormed)
    {
      fail_from_parser (context, name, error);
      xmlFreeParserCtxt (context);
      return NULL;
    }
  xmlFreeParserCtxt (context);

  if (doc->intSubset || doc->extSubset)
    return zc_fail_null (error, ZC_ERROR_INVALID,
                         _("“%s” has a DOCTYPE, which could pull in other files. Remove it and try again."), name);
  if (too_deep (xmlDocGetRootElement (doc), 1))
    return zc_fail_null (error, ZC_ERROR_LIMIT, _("“%s” is nested too deeply: at most %d levels are allowed."), name,
                         ZC_XML_MAX_DEPTH);
  return g_steal_pointer (&doc);
}

gboolean
zc_xml_is (const xmlNode *node, const char *name)
{
  return node && node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static xmlNode *
element_from (xmlNode *node, const char *name)
{
  while (node && (node->type != XML_ELEMENT_NODE || (name && !zc_xml_is (node, name))))
    node = node->next;
  return node;
}

xmlNode *
zc_xml_first (const xmlNode *node, const char *name)
{
  return node ? element_from (node->children, name) : NULL;
}

xmlNode *
zc_xml_next (const xmlNode *node, const char *name)
{
  return element_from (node->next, name);
}

char *
zc_xml_attribute (const xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);
  return copy;
}

char *
zc_xml_text (const xmlNode *node)
{
  xmlChar *content = node ? xmlNodeGetContent (node) : NULL;
  char *copy = g_strdup (content ? (const char *) content : "");

  xmlFree (content);
  return copy;
}

static gboolean
sets_without_space (gunichar c)
{
  return g_unichar_iswide (c);
}

char *
zc_xml_prose (const xmlNode *node)
{
  g_autofree char *text = zc_xml_text (node);
  GString *prose = g_string_new (NULL);
  gunichar before = 0;
  gboolean space = FALSE;

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == ' ' || c == '\n' || c == '\t' || c == '\r')
        {
          space = TRUE;
          continue;
        }
      if (space && before && !(sets_without_space (before) && sets_without_space (c)))
        g_string_append_c (prose, ' ');
      g_string_append_unichar (prose, c);
      before = c;
      space = FALSE;
    }
  return g_string_free (prose, FALSE);
}
