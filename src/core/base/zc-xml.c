/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

/* The first thing the parser stumbled over: what follows it is often only its consequence. */
typedef struct
{
  int line; /* 0 if all was well */
  char *why;
} Stumble;

/* The mistakes people make, in words that say what to do; all others keep the parser's. */
static char *
explain (const xmlError *found)
{
  const char *name = found->str1 ? found->str1 : "";
  g_autofree char *why = NULL;

  switch (found->code)
    {
    case XML_ERR_TAG_NAME_MISMATCH:
      return g_strdup_printf (_("<%s> of line %d is not closed before </%s>"), name, found->int1, found->str2 ? found->str2 : "");
    case XML_ERR_TAG_NOT_FINISHED:
      return g_strdup_printf (_("the file ends before <%s> of line %d is closed"), name, found->int1);
    case XML_ERR_LT_IN_ATTRIBUTE:
      return g_strdup (_("a “<” stands in an attribute; write &lt; for it"));
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
      return g_strdup_printf (_("“&%s;” has no meaning; write the character itself, or &amp; for “&”"), name);
    case XML_ERR_NAME_REQUIRED:
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
      return g_strdup (_("a “&” or “<” stands alone; write &amp; or &lt; for it"));
    case XML_ERR_ATTRIBUTE_REDEFINED:
      return g_strdup_printf (_("the attribute “%s” is given twice"), name);
    case XML_ERR_INVALID_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
    case XML_ERR_UNKNOWN_ENCODING:
      return g_strdup (_("its encoding is not the one it names; save it as UTF-8"));
    case XML_ERR_DOCUMENT_EMPTY:
      return g_strdup (_("the file does not begin with “<”, so it is not XML"));
    case XML_ERR_DOCUMENT_END:
      return g_strdup (_("something follows after the end of the first element; remove it"));
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
      return g_strdup (_("an attribute’s value stands without quotes; write it between two \""));
    case XML_ERR_INVALID_CHAR:
      /* The parser has one number for both. */
      if (found->message && g_str_has_prefix (found->message, "Input is not proper UTF-8"))
        return g_strdup (_("it has bytes that are not UTF-8; save it as UTF-8"));
      return g_strdup (_("it contains a character that XML forbids; remove it"));
    default:
      why = g_strdup (found->message ? found->message : "");
      return g_strdup (g_strchomp (why));
    }
}

static void
note_error (void *data, xmlError *found)
{
  Stumble *stumble = ((xmlParserCtxt *) data)->_private;
  g_autofree char *why = NULL;

  if (stumble->line > 0 || found->level < XML_ERR_ERROR)
    return;
  stumble->line = MAX (found->line, 1);
  why = explain (found);
  stumble->why = g_utf8_make_valid (why, -1); /* the parser quotes the very bytes it can't read */
}

/* What the parser would print for want of a context, such as failures of a decoder. */
static void
ignore_error (void *data, xmlError *found)
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

static gboolean
has_doctype (const char *text, gsize size)
{
  /* Refused before parsing, so that no declaration in it is ever looked at; a comment may not hold it either. */
  return memmem (text, size, "<!DOCTYPE", 9) != NULL;
}

/* A file that was saved as UTF-8 but says that it is something else: it would be read as gibberish, or not at all. */
static gboolean
names_wrong_encoding (const char *text, gsize size)
{
  const char *end = memmem (text, MIN (size, 256), "?>", 2);
  g_autofree char *declaration = end && g_str_has_prefix (text, "<?xml") ? g_strndup (text, (gsize) (end - text)) : NULL;
  const char *encoding = declaration ? strstr (declaration, "encoding") : NULL;
  gboolean ascii = TRUE;

  if (!encoding || strcasestr (encoding, "utf") || !g_utf8_validate (text, (gssize) size, NULL))
    return FALSE;
  for (gsize i = 0; i < size && ascii; i++)
    ascii = (guchar) text[i] < 0x80;
  return !ascii;
}

static xmlDoc *
read_memory (const char *text, gsize size, Stumble *stumble)
{
  xmlParserCtxt *context = xmlNewParserCtxt ();
  xmlStructuredErrorFunc outer = xmlStructuredError;
  void *outer_data = xmlStructuredErrorContext;
  xmlDoc *doc;

  context->_private = stumble;
  context->sax->serror = note_error;
  xmlSetStructuredErrorFunc (NULL, ignore_error);
  doc = xmlCtxtReadMemory (context, text, (int) size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
  if (!context->wellFormed)
    {
      g_clear_pointer (&doc, xmlFreeDoc);
      if (stumble->line == 0)
        stumble->line = 1;
    }
  xmlFreeParserCtxt (context);
  xmlSetStructuredErrorFunc (outer_data, outer);
  return doc;
}

xmlDoc *
zc_xml_parse_line (GBytes *bytes, const char *name, int *line, char **why, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (xmlDoc) doc = NULL;
  Stumble stumble = { 0, NULL };
  g_autofree char *owned = NULL;

  *line = 1;
  if (size == 0)
    return zc_fail_null (error, ZC_ERROR_INVALID, _("“%s” is empty."), name);
  if (size > ZC_XML_MAX_BYTES)
    return zc_fail_null (error, ZC_ERROR_LIMIT, _("“%s” is too large: it may have at most %u MiB."), name,
                         ZC_XML_MAX_BYTES / 1024 / 1024);
  if (has_doctype (text, size))
    return zc_fail_null (error, ZC_ERROR_INVALID,
                         _("“%s” has a DOCTYPE, which could pull in other files. Remove it and try again."), name);

  if (names_wrong_encoding (text, size))
    return zc_fail_null (error, ZC_ERROR_INVALID,
                         _("“%s” names another encoding in its first line than UTF-8, in which it is saved. Write encoding=\"UTF-8\" there."),
                         name);

  doc = read_memory (text, size, &stumble);
  owned = stumble.why;
  if (!doc)
    {
      *line = MAX (stumble.line, 1);
      *why = g_strdup_printf (_("This is not well-formed XML: %s."), owned ? owned : "?");
      return zc_fail_null (error, ZC_ERROR_INVALID, _("“%s”, line %d: %s"), name, *line, *why);
    }
  if (doc->intSubset || doc->extSubset)
    return zc_fail_null (error, ZC_ERROR_INVALID,
                         _("“%s” has a DOCTYPE, which could pull in other files. Remove it and try again."), name);
  if (too_deep (xmlDocGetRootElement (doc), 1))
    return zc_fail_null (error, ZC_ERROR_LIMIT, _("“%s” is nested too deeply: at most %d levels are allowed."), name,
                         ZC_XML_MAX_DEPTH);
  return g_steal_pointer (&doc);
}

xmlDoc *
zc_xml_parse (GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *why = NULL;
  int line;

  return zc_xml_parse_line (bytes, name, &line, &why, error);
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
