/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The work one match may cost, and the whole text to be matched: patterns come from outside. */
#define REGEX_FORMAT "(*LIMIT_MATCH=200000)(*LIMIT_DEPTH=20000)^(?:%s)\\z"

static void
option_free (gpointer data)
{
  ZcOption *option = data;

  g_free (option->id);
  g_free (option->label);
  g_free (option);
}

static ZcValueType
type_of (const xmlNode *node)
{
  static const char *const names[] = { "text", "prose", "number", "date", "choice", "multiple" };
  g_autofree char *type = zc_load_string (node, "type");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], type) == 0)
      return (ZcValueType) i;
  return ZC_VALUE_TEXT;
}

static double
number_of (const xmlNode *node, const char *attribute, double otherwise)
{
  g_autofree char *text = zc_xml_attribute (node, attribute);

  return text ? g_ascii_strtod (text, NULL) : otherwise;
}

static void
load_options (ZcFieldReal *real, const xmlNode *node, ZcFaults *faults)
{
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);
  ZcField *self = &real->field;

  for (const xmlNode *child = zc_xml_first (node, "option"); child; child = zc_xml_next (child, "option"))
    {
      ZcOption *option = g_new0 (ZcOption, 1);

      option->id = zc_load_string (child, "id");
      option->label = zc_xml_prose (child);
      option->exclusive = zc_load_yes (child, "exclusive", FALSE);
      g_ptr_array_add (self->options, option);
      zc_load_claim (real->options, option->id, option, child, faults);
      if (!*option->label)
        zc_faults_add (faults, child, _("The option “%s” has no text. Write what is printed for it."),
                       option->id);
      else if (!g_hash_table_add (labels, option->label))
        zc_faults_add (faults, child, _("Two options of “%s” are called “%s”. Give them different texts."),
                       self->id, option->label);
      if (option->exclusive && self->type != ZC_VALUE_MULTIPLE)
        zc_faults_add (faults, child, _("exclusive=\"yes\" is only for type=\"multiple\". Take it out."));
    }
}

static void
check_type (const ZcField *self, const xmlNode *node, ZcFaults *faults)
{
  gboolean choice = self->type == ZC_VALUE_CHOICE || self->type == ZC_VALUE_MULTIPLE;
  static const char *const of_numbers[] = { "min", "max", "decimals" };

  if (choice && self->options->len == 0)
    zc_faults_add (faults, node,
                   _("“%s” is a choice without options. Put <option id=\"…\">…</option> into it."),
                   self->id);
  if (!choice && self->options->len > 0)
    zc_faults_add (faults, node,
                   _("“%s” has options but is no choice. Write type=\"choice\" or type=\"multiple\"."),
                   self->id);
  for (gsize i = 0; self->type != ZC_VALUE_NUMBER && i < G_N_ELEMENTS (of_numbers); i++)
    if (xmlHasProp (node, (const xmlChar *) of_numbers[i]))
      zc_faults_add (faults, node,
                     _("“%s” is no number, so it can't have “%s”. Take it out, or write type=\"number\"."),
                     self->id, of_numbers[i]);
  if (self->pattern && self->type != ZC_VALUE_TEXT && self->type != ZC_VALUE_PROSE)
    zc_faults_add (faults, node,
                   _("“%s” is no text, so it can't have a pattern. Take it out, or write type=\"text\"."),
                   self->id);
  if (self->min > self->max)
    zc_faults_add (faults, node, _("“%s” can never be right: its min is above its max. Swap them."),
                   self->id);
}

static void
load_pattern (ZcFieldReal *real, const xmlNode *node, ZcFaults *faults)
{
  g_autofree char *whole = NULL;
  g_autoptr (GError) why = NULL;
  ZcField *self = &real->field;

  self->pattern = zc_xml_attribute (node, "pattern");
  if (!self->pattern)
    return;
  whole = g_strdup_printf (REGEX_FORMAT, self->pattern);
  real->regex = g_regex_new (whole, G_REGEX_OPTIMIZE, 0, &why);
  if (!real->regex)
    zc_faults_add (faults, node, _("The pattern “%s” of “%s” is not a regular expression: %s."),
                   self->pattern, self->id, why->message);
}

static void
check_example (const ZcField *self, const xmlNode *node, ZcFaults *faults)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *kept = NULL;

  if (!*self->example)
    return;
  kept = zc_field_check (self, self->example, &why);
  if (!kept)
    zc_faults_add (faults, node, _("The example “%s” of “%s” would be refused: %s"), self->example, self->id,
                   why->message);
}

static ZcField *
load_field (const xmlNode *node, ZcFaults *faults)
{
  ZcFieldReal *real = g_new0 (ZcFieldReal, 1);
  ZcField *self = &real->field;
  guint before = faults->list->len;

  self->options = g_ptr_array_new_with_free_func (option_free);
  real->options = g_hash_table_new (g_str_hash, g_str_equal);
  self->id = zc_load_string (node, "id");
  self->label = zc_load_string (node, "label");
  self->help = zc_load_child (node, "help");
  self->basis = zc_load_child (node, "basis");
  self->unit = zc_load_string (node, "unit");
  self->group = zc_load_string (node, "group");
  self->example = zc_load_string (node, "example");
  self->type = type_of (node);
  self->min = number_of (node, "min", -INFINITY);
  self->max = number_of (node, "max", INFINITY);
  self->decimals = zc_load_count (node, "decimals", 0);
  self->required = zc_load_yes (node, "required", FALSE);
  self->unique = zc_load_yes (node, "unique", FALSE);
  self->width = zc_load_count (node, "width", 4);
  self->when = zc_xml_attribute (node, "when");
  self->select = zc_xml_attribute (node, "select");
  self->common = zc_load_yes (node, "common", FALSE);
  self->confidence = zc_load_confidence (node);
  load_options (real, node, faults);
  load_pattern (real, node, faults);
  check_type (self, node, faults);
  if (faults->list->len == before)
    check_example (self, node, faults);
  return self;
}

ZcField *
zc_load_fact (ZcSchemeReal *self, const xmlNode *node, ZcFaults *faults)
{
  ZcField *fact = load_field (node, faults);

  fact->order = self->scheme.facts->len;
  g_ptr_array_add (self->scheme.facts, fact);
  zc_load_claim (self->facts, fact->id, fact, node, faults);
  return fact;
}

void
zc_load_facts (ZcSchemeReal *self, const xmlNode *parent, ZcFaults *faults)
{
  for (const xmlNode *node = zc_xml_first (parent, NULL); node; node = zc_xml_next (node, NULL))
    zc_load_fact (self, node, faults);
}

static void
find_title (ZcLedger *self, const xmlNode *node, ZcFaults *faults)
{
  self->title_column = zc_xml_attribute (node, "title-column");
  if (self->title_column)
    zc_load_look_up (((ZcLedgerReal *) self)->columns, node, "title-column", _("column"), faults);
  else if (zc_ledger_find_column (self, "name") || self->columns->len == 0)
    self->title_column = g_strdup ("name");
  else
    self->title_column = g_strdup (((ZcField *) g_ptr_array_index (self->columns, 0))->id);
}

static ZcLedger *
load_ledger (const xmlNode *node, ZcFaults *faults)
{
  ZcLedgerReal *real = g_new0 (ZcLedgerReal, 1);
  ZcLedger *self = &real->ledger;

  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_field_free);
  real->columns = g_hash_table_new (g_str_hash, g_str_equal);
  self->id = zc_load_string (node, "id");
  self->label = zc_load_string (node, "label");
  self->help = zc_load_child (node, "help");
  self->min_rows = zc_load_count (node, "min-rows", 0);
  self->when = zc_xml_attribute (node, "when");
  self->empty_text = zc_xml_attribute (node, "empty");
  if (!self->empty_text)
    self->empty_text = g_strdup ("无");
  self->common = zc_load_yes (node, "common", FALSE);
  for (const xmlNode *child = zc_xml_first (node, "column"); child; child = zc_xml_next (child, "column"))
    {
      ZcField *column = load_field (child, faults);

      column->order = self->columns->len;
      g_ptr_array_add (self->columns, column);
      zc_load_claim (real->columns, column->id, column, child, faults);
      if (strcmp (column->id, "row") == 0)
        zc_faults_add (
            faults, child,
            _("A column can't be called “row”: {@row} is the number of the row. Choose another id."));
    }
  find_title (self, node, faults);
  return self;
}

void
zc_load_ledgers (ZcSchemeReal *self, const xmlNode *parent, ZcFaults *faults)
{
  for (const xmlNode *node = zc_xml_first (parent, "ledger"); node; node = zc_xml_next (node, "ledger"))
    {
      ZcLedger *ledger = load_ledger (node, faults);

      ledger->order = self->scheme.ledgers->len;
      g_ptr_array_add (self->scheme.ledgers, ledger);
      zc_load_claim (self->ledgers, ledger->id, ledger, node, faults);
      if (strcmp (ledger->id, "findings") == 0)
        zc_faults_add (faults, node,
                       _("A ledger can't be called “findings”: the findings have a list of their own. "
                          "Choose another id."));
    }
}
