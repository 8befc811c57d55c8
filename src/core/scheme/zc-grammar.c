/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A reader of scheme.rng for people: the grammar's elements become tables of attributes and children, and a
 * file that breaks them is told what may stand there instead. It knows the subset of RELAX NG that scheme.rng
 * keeps to; a test holds it against libxml2's validator on every scheme we have, good and bad.
 */

#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  GPtrArray *values; /* nullable (element-type char*): an enumeration, NULL-terminated */
  GRegex *pattern;   /* nullable */
  const char *hint;  /* nullable: the pattern in words, untranslated */
  gboolean not_empty;
} Value;

typedef struct
{
  char *name;
  gboolean required;
  Value value;
} Attribute;

typedef struct _Element Element;

typedef struct
{
  Element *element;
  gboolean required;
  gboolean many;
} Child;

struct _Element
{
  char *name;
  GPtrArray *attributes; /* (element-type Attribute) */
  GPtrArray *children;   /* (element-type Child) */
  gboolean text;
  gboolean not_without_children;
  Value value; /* of the text, if it has a form */
};

typedef struct
{
  GHashTable *defines;  /* name → define node */
  GHashTable *elements; /* element node → Element */
} Grammar;

static const struct
{
  const char *define;
  const char *hint;
} hints[] = {
  { "id", N_("a letter, then letters, digits, “.”, “_” or “-”, at most 64 of them") },
  { "id-or-number", N_("letters, digits, “.”, “_” or “-”, at most 64 of them") },
  { "ids", N_("ids with one space between them") },
  { "version", N_("a version such as “1” or “2016.2”") },
  { "date", N_("a date such as “2016-07-08”") },
  { "day", N_("a date such as “2016-07-08”, or a day relative to the period such as “period.to”, “period.to+15” or “period.to-5w”") },
  { "decimal", N_("a number such as “60” or “0.5”") },
  { "decimals", N_("a digit from 0 to 9") },
  { "count", N_("a whole number from 1 on") },
  { "count-or-0", N_("a whole number from 0 on") },
  { "width", N_("a whole number from 1 to 20") },
  { "widths", N_("the relative widths of at most 40 columns, such as “2 6 4”") },
  { "millimetres", N_("a length in millimetres such as “42”") },
  { "file", N_("a file name of a–z, 0–9, “_” and “-” without extension") },
};

/* Compiling */

static void
take_data (Value *value, const xmlNode *data, const char *define)
{
  for (const xmlNode *param = zc_xml_first (data, "param"); param; param = zc_xml_next (param, "param"))
    {
      g_autofree char *name = zc_xml_attribute (param, "name");
      g_autofree char *text = zc_xml_text (param);

      if (strcmp (name, "pattern") == 0)
        {
          g_autofree char *whole = g_strdup_printf ("^(?:%s)$", text);

          value->pattern = g_regex_new (whole, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
        }
      else
        value->not_empty = TRUE;
    }
  for (gsize i = 0; define && i < G_N_ELEMENTS (hints); i++)
    if (strcmp (hints[i].define, define) == 0)
      value->hint = hints[i].hint;
}

static void
take_value (Grammar *self, Value *value, const xmlNode *pattern, const char *define)
{
  if (zc_xml_is (pattern, "ref"))
    {
      g_autofree char *name = zc_xml_attribute (pattern, "name");

      take_value (self, value, zc_xml_first (g_hash_table_lookup (self->defines, name), NULL), name);
    }
  else if (zc_xml_is (pattern, "data"))
    take_data (value, pattern, define);
  else if (zc_xml_is (pattern, "value"))
    {
      if (!value->values)
        value->values = g_ptr_array_new ();
      else
        g_ptr_array_remove_index (value->values, value->values->len - 1);
      g_ptr_array_add (value->values, zc_xml_text (pattern));
      g_ptr_array_add (value->values, NULL);
    }
  else if (zc_xml_is (pattern, "choice"))
    for (const xmlNode *one = zc_xml_first (pattern, NULL); one; one = zc_xml_next (one, NULL))
      take_value (self, value, one, define);
}

static Element *compile_element (Grammar *self, const xmlNode *node);

static void
take_attribute (Grammar *self, Element *element, const xmlNode *node, gboolean required)
{
  Attribute *attribute = g_new0 (Attribute, 1);

  attribute->name = zc_xml_attribute (node, "name");
  attribute->required = required;
  take_value (self, &attribute->value, zc_xml_first (node, NULL), NULL);
  g_ptr_array_add (element->attributes, attribute);
}

static gboolean
is_choice (Grammar *self, const xmlNode *node)
{
  if (zc_xml_is (node, "ref"))
    {
      g_autofree char *name = zc_xml_attribute (node, "name");

      return is_choice (self, zc_xml_first (g_hash_table_lookup (self->defines, name), NULL));
    }
  return zc_xml_is (node, "choice");
}

static void
take_pattern (Grammar *self, Element *element, const xmlNode *node, gboolean required, gboolean many)
{
  if (zc_xml_is (node, "attribute"))
    take_attribute (self, element, node, required);
  else if (zc_xml_is (node, "element"))
    {
      Child *child = g_new0 (Child, 1);

      child->element = compile_element (self, node);
      child->required = required;
      child->many = many;
      g_ptr_array_add (element->children, child);
    }
  else if (zc_xml_is (node, "text"))
    element->text = TRUE;
  else if (zc_xml_is (node, "data"))
    element->text = TRUE;
  else if (zc_xml_is (node, "ref"))
    {
      g_autofree char *name = zc_xml_attribute (node, "name");
      const xmlNode *define = g_hash_table_lookup (self->defines, name);

      if (zc_xml_first (define, "data"))
        take_value (self, &element->value, node, NULL);
      for (const xmlNode *part = zc_xml_first (define, NULL); part; part = zc_xml_next (part, NULL))
        take_pattern (self, element, part, required, many);
    }
  else
    {
      gboolean choice = zc_xml_is (node, "choice");

      if (zc_xml_is (node, "oneOrMore") && required && is_choice (self, zc_xml_first (node, NULL)))
        element->not_without_children = TRUE;
      required = required && !choice && !zc_xml_is (node, "optional") && !zc_xml_is (node, "zeroOrMore");
      many = many || zc_xml_is (node, "zeroOrMore") || zc_xml_is (node, "oneOrMore");
      for (const xmlNode *part = zc_xml_first (node, NULL); part; part = zc_xml_next (part, NULL))
        take_pattern (self, element, part, required, many);
    }
}

static Element *
compile_element (Grammar *self, const xmlNode *node)
{
  Element *element = g_hash_table_lookup (self->elements, node);

  if (element)
    return element;
  element = g_new0 (Element, 1);
  element->name = zc_xml_attribute (node, "name");
  element->attributes = g_ptr_array_new ();
  element->children = g_ptr_array_new ();
  g_hash_table_insert (self->elements, (gpointer) node, element);
  for (const xmlNode *part = zc_xml_first (node, NULL); part; part = zc_xml_next (part, NULL))
    take_pattern (self, element, part, TRUE, FALSE);
  return element;
}

/* The grammar is compiled once and lives as long as the program. */
static const Grammar *
grammar (void)
{
  static Grammar *shared;

  if (g_once_init_enter (&shared))
    {
      g_autoptr (GBytes) bytes = zc_scheme_resource ("scheme.rng");
      xmlDoc *doc = zc_xml_parse (bytes, "scheme.rng", NULL);
      Grammar *made = g_new0 (Grammar, 1);

      made->defines = g_hash_table_new (g_str_hash, g_str_equal);
      made->elements = g_hash_table_new (NULL, NULL);
      for (xmlNode *node = zc_xml_first (xmlDocGetRootElement (doc), "define"); node;
           node = zc_xml_next (node, "define"))
        g_hash_table_insert (made->defines, zc_xml_attribute (node, "name"), node);
      for (xmlNode *node = zc_xml_first (xmlDocGetRootElement (doc), "define"); node;
           node = zc_xml_next (node, "define"))
        if (zc_xml_first (node, "element"))
          compile_element (made, zc_xml_first (node, "element"));
      g_once_init_leave (&shared, made);
    }
  return shared;
}

/* Checking */

static char *
join (const char *const *names)
{
  return g_strjoinv (", ", (char **) names);
}

static GStrv
names_of_attributes (const Element *element)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  GStrv names;

  for (guint i = 0; i < element->attributes->len; i++)
    g_strv_builder_add (builder, ((Attribute *) g_ptr_array_index (element->attributes, i))->name);
  names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return names;
}

static GStrv
names_of_children (const Element *element)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  GStrv names;

  for (guint i = 0; i < element->children->len; i++)
    g_strv_builder_add (builder, ((Child *) g_ptr_array_index (element->children, i))->element->name);
  names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return names;
}

static void
check_value (const Value *value, const char *text, const xmlNode *node, const char *what, ZcFaults *faults)
{
  if (value->values && !g_strv_contains ((const char *const *) value->values->pdata, text))
    {
      g_autofree char *nearest = zc_faults_nearest (text, (const char *const *) value->values->pdata);
      g_autofree char *all = join ((const char *const *) value->values->pdata);

      zc_faults_add (faults, node, _("%s can't be “%s”.%s Write one of: %s."), what, text, nearest, all);
    }
  else if (value->pattern && !g_regex_match (value->pattern, text, 0, NULL))
    zc_faults_add (faults, node, _("%s can't be “%s”. Write %s."), what, text,
                   value->hint ? _(value->hint) : "…");
  else if (value->not_empty && !*text)
    zc_faults_add (faults, node, _("%s is empty. Fill it in or take it out."), what);
}

static void
check_attributes (const Element *element, const xmlNode *node, ZcFaults *faults)
{
  for (const xmlAttr *given = node->properties; given; given = given->next)
    {
      const char *name = (const char *) given->name;
      const Attribute *known = NULL;

      for (guint i = 0; i < element->attributes->len && !known; i++)
        {
          const Attribute *attribute = g_ptr_array_index (element->attributes, i);

          if (!given->ns && strcmp (attribute->name, name) == 0)
            known = attribute;
        }
      if (known)
        {
          g_autofree char *value = zc_xml_attribute (node, name);
          g_autofree char *what = g_strdup_printf (_("The attribute “%s” of <%s>"), name, element->name);

          check_value (&known->value, value, node, what, faults);
        }
      else
        {
          g_auto (GStrv) names = names_of_attributes (element);
          g_autofree char *nearest = zc_faults_nearest (name, (const char *const *) names);
          g_autofree char *all = join ((const char *const *) names);

          zc_faults_add (faults, node, _("<%s> has no attribute “%s”.%s It takes: %s."), element->name, name,
                         nearest, *all ? all : _("none"));
        }
    }
  for (guint i = 0; i < element->attributes->len; i++)
    {
      const Attribute *attribute = g_ptr_array_index (element->attributes, i);

      if (attribute->required && !xmlHasProp (node, (const xmlChar *) attribute->name))
        zc_faults_add (faults, node, _("<%s> lacks the attribute “%s”. Add %s=\"…\"."), element->name,
                       attribute->name, attribute->name);
    }
}

static void
check_text (const Element *element, const xmlNode *node, ZcFaults *faults)
{
  if (element->text)
    {
      if (element->value.pattern)
        {
          g_autofree char *text = zc_xml_text (node);
          g_autofree char *what = g_strdup_printf (_("The text of <%s>"), element->name);

          check_value (&element->value, text, node, what, faults);
        }
      return;
    }
  for (const xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_TEXT_NODE && !xmlIsBlankNode (child))
      {
        g_autofree char *text = zc_xml_prose (child);
        g_autofree char *start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 20));

        zc_faults_add (faults, child,
                       _("Text stands loose in <%s>: “%s”. Put it into an element, or take it out."),
                       element->name, start);
        return;
      }
}

static void check_element (const Element *element, const xmlNode *node, ZcFaults *faults);

static void
unknown_child (const Element *element, const xmlNode *node, ZcFaults *faults)
{
  g_auto (GStrv) names = names_of_children (element);
  g_autofree char *nearest = zc_faults_nearest ((const char *) node->name, (const char *const *) names);
  g_autofree char *all = join ((const char *const *) names);

  if (node->ns)
    zc_faults_add (faults, node, _("<%s> has a namespace. Schemes have none: take out xmlns."), node->name);
  else if (*all)
    zc_faults_add (faults, node, _("<%s> can't stand in <%s>.%s Allowed there: %s."), node->name,
                   element->name, nearest, all);
  else
    zc_faults_add (faults, node, _("<%s> can't stand in <%s>: there is only text in it."), node->name,
                   element->name);
}

static void
check_children (const Element *element, const xmlNode *node, ZcFaults *faults)
{
  g_autofree guint *seen = g_new0 (guint, element->children->len + 1);
  gboolean any = FALSE;

  for (const xmlNode *given = zc_xml_first (node, NULL); given; given = zc_xml_next (given, NULL))
    {
      guint i;

      any = TRUE;
      for (i = 0; i < element->children->len; i++)
        {
          const Child *child = g_ptr_array_index (element->children, i);

          if (given->ns || !zc_xml_is (given, child->element->name))
            continue;
          if (seen[i]++ == 1 && !child->many)
            zc_faults_add (faults, given, _("There are two <%s> in this <%s>. Keep one."), given->name,
                           element->name);
          check_element (child->element, given, faults);
          break;
        }
      if (i == element->children->len)
        unknown_child (element, given, faults);
    }
  for (guint i = 0; i < element->children->len; i++)
    {
      const Child *child = g_ptr_array_index (element->children, i);

      if (child->required && !seen[i])
        zc_faults_add (faults, node, _("<%s> lacks <%s>. Add it."), element->name, child->element->name);
    }
  if (element->not_without_children && !any)
    {
      g_auto (GStrv) names = names_of_children (element);
      g_autofree char *all = join ((const char *const *) names);

      zc_faults_add (faults, node, _("<%s> is empty. Put at least one of these into it: %s."), element->name,
                     all);
    }
}

static void
check_element (const Element *element, const xmlNode *node, ZcFaults *faults)
{
  check_attributes (element, node, faults);
  check_text (element, node, faults);
  check_children (element, node, faults);
}

void
zc_grammar_check (const xmlNode *root, const char *expected, ZcFaults *faults)
{
  const Grammar *self = grammar ();
  const xmlNode *define = g_hash_table_lookup (self->defines, expected);

  if (!zc_xml_is (root, expected) || root->ns)
    zc_faults_add (faults, root, _("The file starts with <%s>. Write <%s …> (without xmlns) there."),
                   root->name, expected);
  else
    check_element (g_hash_table_lookup (self->elements, zc_xml_first (define, "element")), root, faults);
}
