/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The second reading: when everything has its name, whether every expression, template and place names
 * something. */

#include "scheme/zc-scheme-private.h"
#include "scheme/zc-xpath-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const ZcScheme *scheme;
  ZcFaults *faults;
} Walk;

static void
check_xpath (const Walk *walk, const xmlNode *node, const char *attribute, const char *scope)
{
  g_autofree char *xpath = zc_xml_attribute (node, attribute);
  GError *why = NULL;

  if (xpath && !zc_xpath_check (walk->scheme, xpath, scope, &why))
    {
      zc_faults_add (walk->faults, node, _("In %s=\"%s\": %s"), attribute, xpath, why->message);
      g_error_free (why);
    }
}

static void
check_template (const Walk *walk, const xmlNode *node, const char *text, const char *scope)
{
  GError *why = NULL;

  if (!zc_names_check_template (walk->scheme, text, scope, &why))
    zc_faults_take (walk->faults, node, why);
}

static void
check_text (const Walk *walk, const xmlNode *node, const char *scope)
{
  g_autofree char *text = zc_xml_prose (node);

  check_template (walk, node, text, scope);
}

/* Fields */

static void
check_field (const Walk *walk, const xmlNode *node, const char *scope)
{
  g_autofree char *select = zc_xml_attribute (node, "select");
  g_autofree char *id = zc_load_string (node, "id");
  const ZcField *fact = zc_scheme_find_fact (walk->scheme, id);
  GError *why = NULL;

  check_xpath (walk, node, "when", scope);
  if (select && fact && !zc_xpath_check_derived (walk->scheme, select, fact, &why))
    {
      zc_faults_add (walk->faults, node, _("In select=\"%s\": %s"), select, why->message);
      g_error_free (why);
    }
}

static void
check_ledgers (const Walk *walk, const xmlNode *parent)
{
  for (const xmlNode *node = zc_xml_first (parent, "ledger"); node; node = zc_xml_next (node, "ledger"))
    {
      g_autofree char *id = zc_load_string (node, "id");

      check_xpath (walk, node, "when", ZC_SCOPE_NONE);
      for (const xmlNode *column = zc_xml_first (node, "column"); column;
           column = zc_xml_next (column, "column"))
        check_field (walk, column, id);
    }
}

static void
check_sections (const Walk *walk, const xmlNode *parent)
{
  for (const xmlNode *section = zc_xml_first (parent, "section"); section;
       section = zc_xml_next (section, "section"))
    for (const xmlNode *item = zc_xml_first (section, "item"); item; item = zc_xml_next (item, "item"))
      {
        check_xpath (walk, item, "when", ZC_SCOPE_NONE);
        for (const xmlNode *part = zc_xml_first (item, NULL); part; part = zc_xml_next (part, NULL))
          check_field (walk, part, ZC_SCOPE_NONE);
      }
}

static void
check_rules (const Walk *walk, const xmlNode *parent)
{
  for (const xmlNode *rule = zc_xml_first (parent, "rule"); rule; rule = zc_xml_next (rule, "rule"))
    {
      g_autofree char *each = zc_xml_attribute (rule, "each");
      g_autofree char *at = zc_load_string (rule, "at");
      g_autofree char *scope = each ? zc_xpath_scope (each) : NULL;
      GError *why = NULL;

      check_xpath (walk, rule, "when", ZC_SCOPE_NONE);
      check_xpath (walk, rule, "each", ZC_SCOPE_NONE);
      check_xpath (walk, rule, "test", scope);
      check_text (walk, rule, scope);
      if (!zc_names_check_place (walk->scheme, at, scope, &why))
        {
          zc_faults_add (walk->faults, rule, _("In at=\"%s\": %s"), at, why->message);
          g_error_free (why);
        }
    }
}

/* Documents */

static void
check_paragraph (const Walk *walk, const xmlNode *node)
{
  g_autofree char *each = zc_xml_attribute (node, "each");
  g_autofree char *scope = each ? zc_xpath_scope (each) : NULL;

  check_xpath (walk, node, "when", ZC_SCOPE_NONE);
  check_xpath (walk, node, "each", ZC_SCOPE_NONE);
  check_text (walk, node, scope);
}

static void
check_cell_column (const Walk *walk, const xmlNode *cell, const char *scope)
{
  g_autofree char *column = zc_xml_attribute (cell, "column");
  const ZcLedger *ledger = scope ? zc_scheme_find_ledger (walk->scheme, scope) : NULL;

  if (!column && !zc_load_yes (cell, "number", FALSE))
    return;
  if (!scope)
    zc_faults_add (walk->faults, cell,
                   _("A cell with “column” or “number” shows a row, so it must stand in <each ledger=\"…\"> "
                      "or <each findings=\"\">."));
  else if (column && strcmp (scope, ZC_SCOPE_FINDINGS) == 0 && !zc_names_is_finding_field (column))
    zc_faults_add (
        walk->faults, cell,
        _("Findings have no “%s”. They have: item, source, problem, measure, person, due, state, severity."),
        column);
  else if (column && ledger)
    zc_load_look_up (((const ZcLedgerReal *) ledger)->columns, cell, "column", _("column"), walk->faults);
}

static void
check_cell (const Walk *walk, const xmlNode *cell, const char *scope)
{
  const ZcSchemeReal *real = (const ZcSchemeReal *) walk->scheme;
  const ZcField *fact = zc_load_look_up (real->facts, cell, "fact", _("fact"), walk->faults);
  g_autofree char *text = zc_xml_prose (cell);
  guint sources = *text != 0;

  sources += xmlHasProp (cell, (const xmlChar *) "fact") != NULL;
  sources += xmlHasProp (cell, (const xmlChar *) "answer") != NULL;
  sources += xmlHasProp (cell, (const xmlChar *) "column") != NULL;
  sources += zc_load_yes (cell, "number", FALSE);
  if (sources > 1)
    zc_faults_add (
        walk->faults, cell,
        _("A cell shows one thing: a text, or one of fact, answer, column, number. Take out the others."));
  zc_load_look_up (real->items, cell, "answer", _("item"), walk->faults);
  if (zc_load_yes (cell, "note", FALSE) && !xmlHasProp (cell, (const xmlChar *) "answer"))
    zc_faults_add (walk->faults, cell,
                   _("note=\"yes\" prints the note of an answer, so the cell needs answer=\"…\"."));
  if (xmlHasProp (cell, (const xmlChar *) "options") && (!fact || fact->options->len == 0))
    zc_faults_add (
        walk->faults, cell,
        _("options=\"boxes\" prints the options of a choice, so the cell needs the fact=\"…\" of one."));
  check_cell_column (walk, cell, scope);
  check_template (walk, cell, text, scope);
}

static void
check_row (const Walk *walk, const xmlNode *row, const char *scope)
{
  check_xpath (walk, row, "when", scope);
  for (const xmlNode *cell = zc_xml_first (row, "cell"); cell; cell = zc_xml_next (cell, "cell"))
    check_cell (walk, cell, scope);
}

static void
check_each (const Walk *walk, const xmlNode *each)
{
  g_autofree char *ledger = zc_xml_attribute (each, "ledger");
  g_autofree char *findings = zc_xml_attribute (each, "findings");
  const char *scope = ledger ? ledger : ZC_SCOPE_FINDINGS;

  if (!ledger == !findings)
    zc_faults_add (walk->faults, each,
                   _("<each> repeats its rows for a ledger or for findings: give it either ledger=\"…\" or "
                      "findings=\"\"."));
  zc_load_look_up (((const ZcSchemeReal *) walk->scheme)->ledgers, each, "ledger", _("ledger"),
                   walk->faults);
  if (findings && *findings)
    check_xpath (walk, each, "findings", ZC_SCOPE_NONE);
  for (const xmlNode *row = zc_xml_first (each, "row"); row; row = zc_xml_next (row, "row"))
    check_row (walk, row, scope);
  check_text (walk, zc_xml_first (each, "empty"), ZC_SCOPE_NONE);
}

static void
check_block (const Walk *walk, const xmlNode *block)
{
  const ZcSchemeReal *real = (const ZcSchemeReal *) walk->scheme;

  if (zc_xml_is (block, "p"))
    check_paragraph (walk, block);
  else if (zc_xml_is (block, "table"))
    {
      check_xpath (walk, block, "when", ZC_SCOPE_NONE);
      for (const xmlNode *row = zc_xml_first (block, NULL); row; row = zc_xml_next (row, NULL))
        if (zc_xml_is (row, "each"))
          check_each (walk, row);
        else
          check_row (walk, row, ZC_SCOPE_NONE);
    }
  else if (zc_xml_is (block, "chapter"))
    for (const xmlNode *p = zc_xml_first (zc_xml_first (block, "draft"), "p"); p; p = zc_xml_next (p, "p"))
      check_paragraph (walk, p);
  else if (zc_xml_is (block, "signature") || zc_xml_is (block, "attachments"))
    for (const xmlNode *line = zc_xml_first (block, NULL); line; line = zc_xml_next (line, NULL))
      check_text (walk, line, ZC_SCOPE_NONE);
  else
    {
      check_xpath (walk, block, "when", ZC_SCOPE_NONE);
      zc_load_look_up (real->sections, block, "section", _("section"), walk->faults);
      zc_load_look_up (real->ledgers, block, "ledger", _("ledger"), walk->faults);
      check_text (walk, block, ZC_SCOPE_NONE);
    }
}

void
zc_references_check (const ZcScheme *scheme, const xmlNode *root, ZcFaults *faults)
{
  Walk walk = { scheme, faults };
  const xmlNode *documents = zc_xml_first (root, "documents");
  const xmlNode *facts = zc_xml_first (root, "facts");

  for (const xmlNode *node = zc_xml_first (facts, NULL); node; node = zc_xml_next (node, NULL))
    check_field (&walk, node, ZC_SCOPE_NONE);
  check_ledgers (&walk, zc_xml_first (root, "ledgers"));
  check_sections (&walk, zc_xml_first (root, "sections"));
  check_rules (&walk, zc_xml_first (root, "rules"));
  for (const xmlNode *node = zc_xml_first (documents, "document"); node;
       node = zc_xml_next (node, "document"))
    for (const xmlNode *block = zc_xml_first (node, NULL); block; block = zc_xml_next (block, NULL))
      check_block (&walk, block);
}
