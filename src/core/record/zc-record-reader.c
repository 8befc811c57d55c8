/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-record-reader.h"

#include "base/zc-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
zc_reader_refuse (ZcRecordReader *reader, const xmlNode *node, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list arguments;

  va_start (arguments, format);
  why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return zc_fail (reader->error, ZC_ERROR_INVALID, _ ("Line %ld of the record: %s"),
                  xmlGetLineNo ((xmlNode *) node), why);
}

/* Only the named attributes, each needed one there, and between elements nothing but white space. */
gboolean
zc_reader_check_element (ZcRecordReader *reader,
                         const xmlNode *node,
                         const char *const *needed,
                         const char *const *allowed)
{
  for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
    if (attribute->ns || !(g_strv_contains (needed, (const char *) attribute->name) ||
                           (allowed && g_strv_contains (allowed, (const char *) attribute->name))))
      return zc_reader_refuse (reader, node, _ ("“%s” has no attribute “%s”."), node->name, attribute->name);
  for (; *needed; needed++)
    if (!xmlHasProp (node, (const xmlChar *) *needed))
      return zc_reader_refuse (reader, node, _ ("“%s” lacks its attribute “%s”."), node->name, *needed);
  if (node->ns || node->nsDef)
    return zc_reader_refuse (reader, node, _ ("a record has no namespaces."));
  return TRUE;
}

gboolean
zc_reader_check_children (ZcRecordReader *reader, const xmlNode *node)
{
  for (const xmlNode *child = node->children; child; child = child->next)
    if (child->type != XML_ELEMENT_NODE && !xmlIsBlankNode (child))
      return zc_reader_refuse (reader, child, _ ("“%s” has something in it that does not belong there."),
                               node->name);
  return TRUE;
}

/* The text of a leaf, which has no elements, comments or the like in it. */
char *
zc_reader_leaf_text (ZcRecordReader *reader, const xmlNode *node)
{
  for (const xmlNode *child = node->children; child; child = child->next)
    if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE)
      {
        zc_reader_refuse (reader, node, _ ("“%s” has something in it that does not belong there."),
                          node->name);
        return NULL;
      }
  return zc_xml_text (node);
}

gboolean
zc_reader_number (ZcRecordReader *reader,
                  const xmlNode *node,
                  const char *name,
                  guint64 least,
                  guint64 most,
                  guint64 *number)
{
  g_autofree char *text = zc_xml_attribute (node, name);
  g_autofree char *again = NULL;

  if (!text || !g_ascii_string_to_unsigned (text, 10, least, most, number, NULL))
    return zc_reader_refuse (reader, node, _ ("“%s” is no number that “%s” can have."), text ? text : "",
                             name);
  again = g_strdup_printf ("%" G_GUINT64_FORMAT, *number);
  if (strcmp (text, again) != 0)
    return zc_reader_refuse (reader, node, _ ("“%s” is not how the number %s is written."), text, again);
  return TRUE;
}

/* Checks @text by @field. Returns: (nullable): the form that is kept. */
char *
zc_reader_check_value (ZcRecordReader *reader, const xmlNode *node, const ZcField *field, const char *text)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *value = zc_field_check (field, text, &local);

  if (!value)
    zc_reader_refuse (reader, node, "%s", local->message);
  else if (!*value)
    zc_reader_refuse (reader, node, _ ("“%s” is empty; what is not stated is left out."), field->label);
  else if (reader->strict && strcmp (value, text) != 0)
    zc_reader_refuse (reader, node, _ ("“%s” is not in its canonical form."), field->label);
  else
    return g_steal_pointer (&value);
  return NULL;
}

/* Texts of chapters and captions, which no field describes. Returns: (nullable): the form that is kept. */
char *
zc_reader_check_words (ZcRecordReader *reader, const xmlNode *node, const char *text, gboolean multiline)
{
  g_autofree char *kept = zc_text_normalize (text, multiline, reader->error);

  if (!kept)
    return NULL;
  g_strstrip (kept);
  if (!*kept || (reader->strict && strcmp (kept, text) != 0))
    return zc_reader_refuse_null (reader, node, _ ("“%s” is not in its canonical form."), node->name);
  return g_steal_pointer (&kept);
}

gboolean
zc_reader_is_hex (const char *text, gsize digits)
{
  return strlen (text) == digits && strspn (text, "0123456789abcdef") == digits;
}
