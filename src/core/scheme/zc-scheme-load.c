/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest.h"
#include "base/zc-text.h"
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

/* Small readers */

gboolean
zc_load_yes (const xmlNode *node, const char *attribute, gboolean otherwise)
{
  g_autofree char *text = zc_xml_attribute (node, attribute);

  return text ? strcmp (text, "yes") == 0 : otherwise;
}

guint
zc_load_count (const xmlNode *node, const char *attribute, guint otherwise)
{
  g_autofree char *text = zc_xml_attribute (node, attribute);

  return text ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

char *
zc_load_string (const xmlNode *node, const char *attribute)
{
  char *text = zc_xml_attribute (node, attribute);

  return text ? text : g_strdup ("");
}

char *
zc_load_child (const xmlNode *node, const char *child)
{
  return zc_xml_prose (zc_xml_first (node, child));
}

static char *
checked_date (char *text, const xmlNode *node, ZcFaults *faults)
{
  if (text && zc_date_to_days (text) == 0)
    zc_faults_add (faults, node, _("There is no day “%s” in the calendar. Write a date such as 2016-07-08."),
                   text);
  return text;
}

char *
zc_load_date (const xmlNode *node, const char *attribute, ZcFaults *faults)
{
  return checked_date (zc_xml_attribute (node, attribute), node, faults);
}

ZcConfidence
zc_load_confidence (const xmlNode *node)
{
  static const char *const names[] = { "notice", "form", "recalled", "derived" };
  g_autofree char *text = zc_load_string (node, "confidence");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], text) == 0)
      return (ZcConfidence) i;
  return ZC_CONFIDENCE_NOTICE;
}

gboolean
zc_load_claim (GHashTable *table, const char *id, gpointer value, const xmlNode *node, ZcFaults *faults)
{
  if (g_hash_table_contains (table, id))
    {
      zc_faults_add (faults, node, _("The id “%s” of this <%s> is taken already. Choose another."), id,
                     node->name);
      return FALSE;
    }
  g_hash_table_insert (table, (gpointer) id, value);
  return TRUE;
}

gpointer
zc_load_look_up (
    GHashTable *table, const xmlNode *node, const char *attribute, const char *what, ZcFaults *faults)
{
  g_autofree char *id = zc_xml_attribute (node, attribute);
  gpointer found = id ? g_hash_table_lookup (table, id) : NULL;

  if (id && !found)
    {
      g_autofree gpointer *keys = g_hash_table_get_keys_as_array (table, NULL);
      g_autofree char *nearest = zc_faults_nearest (id, (const char *const *) keys);

      zc_faults_add (faults, node, _("There is no %s “%s”, which <%s> names.%s"), what, id, node->name,
                     nearest);
    }
  return found;
}

static void
check_order (const char *from, const char *to, const xmlNode *node, ZcFaults *faults)
{
  if (from && to && strcmp (from, to) > 0)
    zc_faults_add (faults, node, _("This <%s> ends (%s) before it starts (%s). Swap the dates."), node->name,
                   to, from);
}

static void
check_text (const char *text, const xmlNode *node, ZcFaults *faults)
{
  if (!*text)
    zc_faults_add (faults, node, _("<%s> is empty. Write its text into it."), node->name);
}

/* The notice */

static void
load_notice (ZcScheme *self, const xmlNode *node, ZcFaults *faults)
{
  g_autoptr (GString) issuers = g_string_new (NULL);
  g_autofree char *status = zc_load_string (node, "status");
  const xmlNode *date = zc_xml_first (node, "date");

  self->title = zc_load_string (node, "title");
  self->subject = zc_load_string (node, "subject");
  self->status = strcmp (status, "expired") == 0 ? ZC_STATUS_EXPIRED : ZC_STATUS_IN_FORCE;
  self->notice_title = zc_load_child (node, "full-title");
  self->notice_number = zc_load_child (node, "number");
  self->notice_date = date ? checked_date (zc_xml_text (date), date, faults) : NULL;
  self->recipient = zc_load_child (node, "recipient");
  self->about = zc_load_child (node, "about");
  self->status_text = zc_load_child (node, "status-text");
  for (const xmlNode *child = zc_xml_first (node, "issuer"); child; child = zc_xml_next (child, "issuer"))
    {
      g_autofree char *issuer = zc_xml_prose (child);

      check_text (issuer, child, faults);
      g_string_append_printf (issuers, "%s%s", issuers->len > 0 ? "、" : "", issuer);
    }
  self->issuer = g_strdup (issuers->str);
  check_text (self->notice_title, zc_xml_first (node, "full-title"), faults);
  check_text (self->recipient, zc_xml_first (node, "recipient"), faults);
  if (self->status == ZC_STATUS_EXPIRED && !*self->status_text)
    zc_faults_add (faults, node,
                   _("The notice is expired, but <status-text> does not say why and what follows. Add it."));
}

static void
load_period (ZcScheme *self, const xmlNode *node, ZcFaults *faults)
{
  g_autofree char *kind = zc_load_string (node, "kind");

  self->period = strcmp (kind, "yearly") == 0        ? ZC_PERIOD_YEARLY
                 : strcmp (kind, "half-yearly") == 0 ? ZC_PERIOD_HALF_YEARLY
                                                     : ZC_PERIOD_ONCE;
  self->period_from = zc_load_date (node, "from", faults);
  self->period_to = zc_load_date (node, "to", faults);
  check_order (self->period_from, self->period_to, node, faults);
}

/* A day as the notice has it; @date is set if that is a date. */
static char *
written_day (const xmlNode *node, const char *attribute, char **date, ZcFaults *faults)
{
  char *written = zc_xml_attribute (node, attribute);

  if (written && !zc_day_is_relative (written))
    *date = checked_date (g_strdup (written), node, faults);
  return written;
}

static void
load_stages (ZcScheme *self, const xmlNode *parent, ZcFaults *faults)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (const xmlNode *node = zc_xml_first (parent, "stage"); node; node = zc_xml_next (node, "stage"))
    {
      ZcStage *stage = g_new0 (ZcStage, 1);
      g_autofree char *by = zc_load_string (node, "by");

      stage->id = zc_load_string (node, "id");
      stage->label = zc_xml_prose (node);
      stage->clause = zc_load_string (node, "clause");
      stage->written_from = written_day (node, "from", &stage->from, faults);
      stage->written_to = written_day (node, "to", &stage->to, faults);
      stage->office = strcmp (by, "office") == 0;
      g_ptr_array_add (self->stages, stage);
      zc_load_claim (ids, stage->id, stage, node, faults);
      check_order (stage->from, stage->to, node, faults);
      check_text (stage->label, node, faults);
    }
}

/* Deliveries */

static ZcCarrier
carrier_of (const xmlNode *node)
{
  static const char *const names[] = { "paper", "disc", "mail", "onsite" };
  g_autofree char *text = zc_load_string (node, "medium");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], text) == 0)
      return (ZcCarrier) i;
  return ZC_CARRIER_PAPER;
}

static void
load_deliveries (ZcSchemeReal *real, const xmlNode *parent, ZcFaults *faults)
{
  ZcScheme *self = &real->scheme;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *to_all = parent ? zc_load_string (parent, "to") : NULL;

  for (const xmlNode *node = zc_xml_first (parent, "deliver"); node; node = zc_xml_next (node, "deliver"))
    {
      ZcDelivery *delivery = g_new0 (ZcDelivery, 1);

      delivery->id = zc_load_string (node, "id");
      delivery->label = zc_xml_prose (node);
      delivery->clause = zc_load_string (node, "clause");
      delivery->carrier = carrier_of (node);
      delivery->document = zc_xml_attribute (node, "document");
      delivery->item = zc_xml_attribute (node, "item");
      delivery->copies = zc_load_count (node, "copies", 1);
      delivery->seal = zc_load_yes (node, "seal", FALSE);
      delivery->signature = zc_load_yes (node, "signature", FALSE);
      delivery->to = zc_xml_attribute (node, "to");
      if (!delivery->to)
        delivery->to = g_strdup (to_all);
      delivery->before = zc_load_yes (node, "before", FALSE);
      delivery->written = written_day (node, "due", &delivery->due, faults);
      delivery->plan = zc_scheme_plan (self, delivery->due, delivery->before);
      g_ptr_array_add (self->deliveries, delivery);
      zc_load_claim (ids, delivery->id, delivery, node, faults);
      check_text (delivery->label, node, faults);
      zc_load_look_up (real->documents, node, "document", _("document"), faults);
      zc_load_look_up (real->items, node, "item", _("item"), faults);
      if (delivery->due && (!self->due || strcmp (delivery->due, self->due) < 0))
        {
          g_free (self->due);
          self->due = g_strdup (delivery->due);
        }
    }
}

/* Kinds and rules */

static void
kind_free (gpointer data)
{
  ZcEvidenceKind *kind = data;

  g_free (kind->id);
  g_free (kind->label);
  g_free (kind);
}

static void
load_kinds (ZcSchemeReal *real, const xmlNode *parent, ZcFaults *faults)
{
  for (const xmlNode *node = zc_xml_first (parent, "kind"); node; node = zc_xml_next (node, "kind"))
    {
      ZcEvidenceKind *kind = g_new0 (ZcEvidenceKind, 1);

      kind->id = zc_load_string (node, "id");
      kind->label = zc_xml_prose (node);
      g_ptr_array_add (real->scheme.kinds, kind);
      zc_load_claim (real->kinds, kind->id, kind, node, faults);
      check_text (kind->label, node, faults);
    }
}

static void
rule_free (gpointer data)
{
  ZcRule *rule = data;

  g_free (rule->id);
  g_free (rule->when);
  g_free (rule->each);
  g_free (rule->test);
  g_free (rule->at);
  g_free (rule->message);
  g_free (rule->source);
  g_free (rule);
}

static void
load_rules (ZcScheme *self, const xmlNode *parent, ZcFaults *faults)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (const xmlNode *node = zc_xml_first (parent, "rule"); node; node = zc_xml_next (node, "rule"))
    {
      ZcRule *rule = g_new0 (ZcRule, 1);
      g_autofree char *level = zc_load_string (node, "level");

      rule->id = zc_load_string (node, "id");
      rule->level = strcmp (level, "must") == 0     ? ZC_LEVEL_MUST
                    : strcmp (level, "should") == 0 ? ZC_LEVEL_SHOULD
                                                    : ZC_LEVEL_NOTE;
      rule->when = zc_xml_attribute (node, "when");
      rule->each = zc_xml_attribute (node, "each");
      rule->test = zc_load_string (node, "test");
      rule->at = zc_load_string (node, "at");
      rule->message = zc_xml_prose (node);
      rule->source = zc_load_string (node, "source");
      g_ptr_array_add (self->rules, rule);
      zc_load_claim (ids, rule->id, rule, node, faults);
      check_text (rule->message, node, faults);
    }
  if (self->rules->len > ZC_SCHEME_MAX_RULES)
    zc_faults_add (faults, parent, _("There are %u rules; at most %u are allowed."), self->rules->len,
                   ZC_SCHEME_MAX_RULES);
}

/* The whole */

static ZcSchemeReal *
new_scheme (xmlDoc *doc, GBytes *bytes)
{
  ZcSchemeReal *real = g_new0 (ZcSchemeReal, 1);
  ZcScheme *self = &real->scheme;
  GHashTable **tables[] = { &real->facts,    &real->items,     &real->ledgers, &real->sections,
                            &real->chapters, &real->documents, &real->kinds,   &real->asked };

  g_atomic_ref_count_init (&real->refs);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    *tables[i] = g_hash_table_new (g_str_hash, g_str_equal);
  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_stage_free);
  self->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_delivery_free);
  self->rest_days = g_array_new (FALSE, FALSE, sizeof (guint));
  self->work_days = g_array_new (FALSE, FALSE, sizeof (guint));
  self->kinds = g_ptr_array_new_with_free_func (kind_free);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_field_free);
  self->ledgers = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_ledger_free);
  real->doc = doc;
  self->bytes = g_bytes_ref (bytes);
  self->digest = zc_digest_hex_of (ZC_DIGEST_SM3, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return real;
}

ZcScheme *
zc_load_tree (xmlDoc *doc, GBytes *bytes, ZcFaults *faults)
{
  g_autoptr (ZcScheme) self = (ZcScheme *) new_scheme (doc, bytes);
  ZcSchemeReal *real = (ZcSchemeReal *) self;
  const xmlNode *root = xmlDocGetRootElement (doc);

  self->id = zc_load_string (root, "id");
  self->version = zc_load_string (root, "version");
  load_notice (self, zc_xml_first (root, "notice"), faults);
  load_period (self, zc_xml_first (root, "period"), faults);
  zc_load_workdays (self, zc_xml_first (root, "workdays"), faults);
  load_stages (self, zc_xml_first (root, "stages"), faults);
  load_kinds (real, zc_xml_first (root, "evidence-kinds"), faults);
  zc_load_facts (real, zc_xml_first (root, "facts"), faults);
  zc_load_ledgers (real, zc_xml_first (root, "ledgers"), faults);
  zc_load_sections (real, zc_xml_first (root, "sections"), faults);
  load_rules (self, zc_xml_first (root, "rules"), faults);
  zc_load_documents (real, zc_xml_first (root, "documents"), faults);
  load_deliveries (real, zc_xml_first (root, "handin"), faults);
  zc_days_check (self, root, faults);
  zc_references_check (self, root, faults);
  return faults->list->len == 0 ? g_steal_pointer (&self) : NULL;
}

xmlDoc *
zc_load_parse (GBytes *bytes, ZcFaults *faults, int *line, char **why, GError **error)
{
  if (g_bytes_get_size (bytes) > ZC_SCHEME_MAX_BYTES)
    return zc_fail_null (error, ZC_ERROR_LIMIT,
                         _("“%s” is too large for a scheme: it may have at most %u MiB."), faults->name,
                         ZC_SCHEME_MAX_BYTES / 1024 / 1024);
  return zc_xml_parse_line (bytes, faults->name, line, why, error);
}

static xmlDoc *
parse (GBytes *bytes, ZcFaults *faults, GError **error)
{
  g_autofree char *why = NULL;
  int line;

  return zc_load_parse (bytes, faults, &line, &why, error);
}

static GBytes *
write_out (xmlDoc *doc, ZcFaults *faults)
{
  xmlChar *text = NULL;
  int size = 0;
  GBytes *bytes;

  xmlDocDumpMemoryEnc (doc, &text, &size, "UTF-8");
  bytes = g_bytes_new (text, (gsize) size);
  xmlFree (text);
  if ((gsize) size > ZC_SCHEME_MAX_BYTES)
    zc_faults_add (faults, xmlDocGetRootElement (doc), _("Together with what it uses the scheme is too large: at most %u MiB."),
                   ZC_SCHEME_MAX_BYTES / 1024 / 1024);
  return bytes;
}

/* A scheme whose bytes stand alone keeps them as they are; one that uses the dictionary is written out anew. */
static GBytes *
make_whole (xmlDoc *doc, GBytes *bytes, ZcFaults *faults)
{
  if (!zc_merge_is_needed (xmlDocGetRootElement (doc)))
    return g_bytes_ref (bytes);
  return zc_merge_dictionary (xmlDocGetRootElement (doc), faults) ? write_out (doc, faults) : NULL;
}

ZcScheme *
zc_load_document (xmlDoc *doc, GBytes *bytes, ZcFaults *faults)
{
  g_autoptr (GBytes) whole = NULL;

  zc_grammar_check (xmlDocGetRootElement (doc), "scheme", faults);
  if (faults->list->len == 0)
    whole = make_whole (doc, bytes, faults);
  /* What the dictionary lacks is no reason to be silent about all else. */
  if (whole)
    return zc_load_tree (doc, whole, faults);
  xmlFreeDoc (doc);
  return NULL;
}

ZcScheme *
zc_load_overlay (ZcScheme *base, const xmlNode *overlay, ZcFaults *faults)
{
  xmlDoc *doc = zc_xml_parse (base->bytes, base->id, NULL);
  xmlNode *root = xmlDocGetRootElement (doc);
  g_autofree char *meant = zc_load_string (overlay, "for");
  g_autoptr (ZcScheme) merged = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (strcmp (meant, base->id) != 0)
    zc_faults_add (faults, overlay, _("This overlay is for the scheme “%s”, not for “%s”."), meant, base->id);
  zc_merge_set_lines (root, 0);
  zc_overlay_merge (root, overlay, faults);
  zc_grammar_check (root, "scheme", faults);
  if (faults->list->len == 0 && zc_merge_is_needed (root))
    zc_merge_dictionary (root, faults);
  if (faults->list->len == 0)
    bytes = write_out (doc, faults);
  if (faults->list->len > 0)
    {
      xmlFreeDoc (doc);
      return NULL;
    }
  merged = zc_load_tree (doc, bytes, faults);
  if (merged)
    zc_overlay_check_kept (base, merged, faults);
  return faults->list->len == 0 ? g_steal_pointer (&merged) : NULL;
}

ZcScheme *
zc_scheme_load_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GPtrArray) list = zc_fault_list_new ();
  ZcFaults faults = { list, name };
  xmlDoc *doc = parse (bytes, &faults, error);
  ZcScheme *self = doc ? zc_load_document (doc, bytes, &faults) : NULL;

  if (doc && !self)
    zc_faults_fail (&faults, error);
  return self;
}

ZcScheme *
zc_scheme_overlay (ZcScheme *base, GBytes *overlay, const char *name, GError **error)
{
  g_autoptr (GPtrArray) list = zc_fault_list_new ();
  ZcFaults faults = { list, name };
  g_autoptr (xmlDoc) doc = parse (overlay, &faults, error);
  const xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
  ZcScheme *self = NULL;

  if (!doc)
    return NULL;
  zc_grammar_check (root, "overlay", &faults);
  if (list->len == 0)
    self = zc_load_overlay (base, root, &faults);
  if (!self)
    zc_faults_fail (&faults, error);
  return self;
}
