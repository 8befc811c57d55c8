/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command-scheme.h"

#include <math.h>

/* A scheme on the terminal: what is inspected, asked, printed, checked and handed in. */

static const char *
type_label (ZcValueType type)
{
  switch (type)
    {
    case ZC_VALUE_TEXT:
      return _("text");
    case ZC_VALUE_PROSE:
      return _("several lines");
    case ZC_VALUE_NUMBER:
      return _("number");
    case ZC_VALUE_DATE:
      return _("date");
    case ZC_VALUE_CHOICE:
      return _("one of");
    case ZC_VALUE_MULTIPLE:
      return _("some of");
    }
  return "";
}

static void
append_range (GString *text, const ZcField *field)
{
  if (field->type != ZC_VALUE_NUMBER)
    return;
  if (isfinite (field->min))
    g_string_append_printf (text, " ≥ %g", field->min);
  if (isfinite (field->max))
    g_string_append_printf (text, " ≤ %g", field->max);
}

static void
show_field (const char *indent, const ZcField *field)
{
  g_autoptr (GString) text = g_string_new (type_label (field->type));

  for (guint i = 0; i < field->options->len; i++)
    g_string_append_printf (text, "%s %s", i > 0 ? " /" : "", ((const ZcOption *) field->options->pdata[i])->label);
  append_range (text, field);
  if (*field->unit)
    g_string_append_printf (text, _(", %s"), field->unit);
  if (field->required)
    g_string_append (text, _(", required"));
  if (field->unique)
    g_string_append (text, _(", no two alike"));
  if (field->when)
    g_string_append_printf (text, _(", while %s"), field->when);
  if (field->select)
    g_string_append_printf (text, " = %s", field->select);
  if (field->confidence != ZC_CONFIDENCE_NOTICE)
    g_string_append_printf (text, " (%s)", zc_confidence_label (field->confidence));
  zc_cli_print ("%s%s  %s: %s", indent, field->id, field->label, text->str);
}

static void
show_item (const ZcItem *item)
{
  zc_cli_print ("  %s  %s  [%s] (%s)", item->id, item->title, item->clause, zc_confidence_label (item->confidence));
  if (*item->requirement)
    zc_cli_print ("      %s", item->requirement);
  if (*item->threshold)
    zc_cli_print ("      %s %s", _("Threshold:"), item->threshold);
  if (item->when)
    zc_cli_print ("      %s %s", _("Only:"), *item->condition ? item->condition : item->when);
  for (guint i = 0; i < item->fields->len; i++)
    show_field ("      ", item->fields->pdata[i]);
  for (guint i = 0; i < item->ledgers->len; i++)
    zc_cli_print ("      %s %s", _("Ledger:"), ((const ZcLedger *) item->ledgers->pdata[i])->label);
  for (guint i = 0; i < item->evidence->len; i++)
    {
      const ZcEvidenceNeed *need = item->evidence->pdata[i];
      g_autofree char *when = need->when ? g_strdup_printf (_(", while %s"), need->when) : g_strdup ("");

      zc_cli_print ("      %s %s  %s%s%s", _("Evidence:"), need->kind->id, need->label, need->required ? _(", required") : "", when);
    }
}

static void
show_sections (const ZcScheme *scheme)
{
  for (guint i = 0; i < scheme->sections->len; i++)
    {
      const ZcSection *section = scheme->sections->pdata[i];

      zc_cli_print ("\n%s  %s", section->label, section->clause);
      for (guint n = 0; n < section->items->len; n++)
        show_item (section->items->pdata[n]);
    }
}

/* Facts that no item asks. */
static void
show_facts (const ZcScheme *scheme)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < scheme->items->len; i++)
    {
      GPtrArray *fields = ((const ZcItem *) scheme->items->pdata[i])->fields;

      for (guint f = 0; f < fields->len; f++)
        g_hash_table_add (asked, fields->pdata[f]);
    }
  zc_cli_print ("\n%s", _("Facts of the unit:"));
  for (guint i = 0; i < scheme->facts->len; i++)
    if (!g_hash_table_contains (asked, scheme->facts->pdata[i]))
      show_field ("  ", scheme->facts->pdata[i]);
}

static void
show_ledgers (const ZcScheme *scheme)
{
  zc_cli_print ("\n%s", _("Ledgers:"));
  for (guint i = 0; i < scheme->ledgers->len; i++)
    {
      const ZcLedger *ledger = scheme->ledgers->pdata[i];

      zc_cli_print (ledger->min_rows > 0 ? _("  %s  %s (at least %u)") : "  %s  %s", ledger->id, ledger->label, ledger->min_rows);
      for (guint c = 0; c < ledger->columns->len; c++)
        show_field ("      ", ledger->columns->pdata[c]);
    }
}

static void
show_rules (const ZcScheme *scheme)
{
  static const char *const levels[] = { N_("must fix"), N_("should look"), N_("note") };

  zc_cli_print ("\n%s", _("Rules:"));
  for (guint i = 0; i < scheme->rules->len; i++)
    {
      const ZcRule *rule = scheme->rules->pdata[i];

      zc_cli_print ("  %s  [%s] (%s, %s)  %s", rule->id, rule->source, _(levels[rule->level]), rule->at, rule->message);
      if (rule->when)
        zc_cli_print ("      %s %s", _("When:"), rule->when);
      if (rule->each)
        zc_cli_print ("      %s %s", _("For each of:"), rule->each);
      zc_cli_print ("      %s %s", _("Holds:"), rule->test);
    }
}

static void
show_documents (const ZcScheme *scheme)
{
  zc_cli_print ("\n%s", _("Documents:"));
  for (guint i = 0; i < scheme->documents->len; i++)
    {
      const ZcDocumentSpec *document = scheme->documents->pdata[i];

      zc_cli_print ("  %s  %s (%s)", document->id, document->title, zc_confidence_label (document->confidence));
    }
}

static void
show_delivery (const ZcDelivery *delivery)
{
  static const char *const carriers[] = { N_("on paper"), N_("on disc"), N_("by mail"), N_("on site") };
  g_autoptr (GString) text = g_string_new (_(carriers[delivery->carrier]));

  if (delivery->copies > 1)
    g_string_append_printf (text, ngettext (", %u copy", ", %u copies", delivery->copies), delivery->copies);
  if (delivery->seal)
    g_string_append (text, _(", with the official seal"));
  if (delivery->signature)
    g_string_append (text, _(", signed"));
  if (delivery->written)
    g_string_append_printf (text, _(", due %s"), delivery->written);
  if (delivery->plan && g_strcmp0 (delivery->plan, delivery->due) != 0)
    g_string_append_printf (text, _(", plan for %s"), delivery->plan);
  zc_cli_print ("  %s → %s (%s)  [%s]", delivery->label, delivery->to, text->str, delivery->clause);
}

static void
show_handin (const ZcScheme *scheme)
{
  static const char *const kinds[] = { N_("once"), N_("every year"), N_("every half year") };

  zc_cli_print ("\n%s", _("To be handed in:"));
  for (guint i = 0; i < scheme->deliveries->len; i++)
    show_delivery (scheme->deliveries->pdata[i]);
  zc_cli_print ("\n%s", _("Calendar:"));
  zc_cli_print (scheme->period_from ? "  %s: %s – %s" : "  %s", _(kinds[scheme->period]), scheme->period_from,
                scheme->period_to ? scheme->period_to : "");
  for (guint i = 0; i < scheme->stages->len; i++)
    {
      const ZcStage *stage = scheme->stages->pdata[i];

      zc_cli_print ("  %s – %s  %s%s", stage->written_from ? stage->written_from : "", stage->written_to ? stage->written_to : "", stage->label,
                    stage->office ? _(" (by the office)") : "");
    }
}

void
zc_cli_show_scheme (const ZcScheme *scheme)
{
  zc_cli_print ("%s  %s\n%s %s\n%s", scheme->id, scheme->title, scheme->notice_title, scheme->notice_number, scheme->about);
  if (*scheme->status_text)
    zc_cli_print ("%s", scheme->status_text);
  show_handin (scheme);
  show_documents (scheme);
  show_sections (scheme);
  show_facts (scheme);
  show_ledgers (scheme);
  show_rules (scheme);
}

/* The same for programs. */

static const char *const confidences[] = { "notice", "form", "recalled", "derived" };

static void
add_field (JsonBuilder *json, const ZcField *field)
{
  static const char *const types[] = { "text", "prose", "number", "date", "choice", "multiple" };

  json_builder_begin_object (json);
  zc_cli_json_string (json, "id", field->id);
  zc_cli_json_string (json, "label", field->label);
  zc_cli_json_string (json, "type", types[field->type]);
  zc_cli_json_bool (json, "required", field->required);
  zc_cli_json_string (json, "when", field->when);
  zc_cli_json_string (json, "select", field->select);
  zc_cli_json_string (json, "confidence", confidences[field->confidence]);
  json_builder_end_object (json);
}

static void
add_fields (JsonBuilder *json, const char *name, GPtrArray *fields)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; i < fields->len; i++)
    add_field (json, fields->pdata[i]);
  json_builder_end_array (json);
}

static void
add_item (JsonBuilder *json, gconstpointer element)
{
  const ZcItem *item = element;

  json_builder_begin_object (json);
  zc_cli_json_string (json, "id", item->id);
  zc_cli_json_string (json, "clause", item->clause);
  zc_cli_json_string (json, "title", item->title);
  zc_cli_json_string (json, "requirement", item->requirement);
  zc_cli_json_string (json, "when", item->when);
  zc_cli_json_string (json, "confidence", confidences[item->confidence]);
  add_fields (json, "fields", item->fields);
  json_builder_end_object (json);
}

static void
add_rule (JsonBuilder *json, gconstpointer element)
{
  const ZcRule *rule = element;
  static const char *const levels[] = { "must", "should", "note" };

  json_builder_begin_object (json);
  zc_cli_json_string (json, "id", rule->id);
  zc_cli_json_string (json, "level", levels[rule->level]);
  zc_cli_json_string (json, "when", rule->when);
  zc_cli_json_string (json, "each", rule->each);
  zc_cli_json_string (json, "test", rule->test);
  zc_cli_json_string (json, "at", rule->at);
  zc_cli_json_string (json, "message", rule->message);
  json_builder_end_object (json);
}

static void
add_delivery (JsonBuilder *json, gconstpointer element)
{
  const ZcDelivery *delivery = element;

  json_builder_begin_object (json);
  zc_cli_json_string (json, "id", delivery->id);
  zc_cli_json_string (json, "label", delivery->label);
  zc_cli_json_string (json, "to", delivery->to);
  zc_cli_json_string (json, "due", delivery->written);
  zc_cli_json_string (json, "plan", delivery->plan);
  json_builder_end_object (json);
}

static void
add_document (JsonBuilder *json, gconstpointer element)
{
  const ZcDocumentSpec *document = element;

  json_builder_begin_object (json);
  zc_cli_json_string (json, "id", document->id);
  zc_cli_json_string (json, "title", document->title);
  zc_cli_json_string (json, "confidence", confidences[document->confidence]);
  json_builder_end_object (json);
}

static void
add_ledger (JsonBuilder *json, gconstpointer element)
{
  const ZcLedger *ledger = element;

  json_builder_begin_object (json);
  zc_cli_json_string (json, "id", ledger->id);
  zc_cli_json_string (json, "label", ledger->label);
  add_fields (json, "columns", ledger->columns);
  json_builder_end_object (json);
}

static void
add_all (JsonBuilder *json, const char *name, GPtrArray *array, void (*add) (JsonBuilder *json, gconstpointer element))
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; i < array->len; i++)
    add (json, array->pdata[i]);
  json_builder_end_array (json);
}

void
zc_cli_show_scheme_json (const ZcScheme *scheme)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  zc_cli_json_string (json, "id", scheme->id);
  zc_cli_json_string (json, "version", scheme->version);
  zc_cli_json_string (json, "title", scheme->title);
  zc_cli_json_string (json, "digest", scheme->digest);
  add_all (json, "handin", scheme->deliveries, add_delivery);
  add_all (json, "documents", scheme->documents, add_document);
  add_all (json, "items", scheme->items, add_item);
  add_fields (json, "facts", scheme->facts);
  add_all (json, "ledgers", scheme->ledgers, add_ledger);
  add_all (json, "rules", scheme->rules, add_rule);
  json_builder_end_object (json);
  zc_cli_print_json (json);
}
