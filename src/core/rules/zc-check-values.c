/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-template.h"
#include "rules/zc-rules-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Values, wherever they stand: stated where required, taken by their field, nothing classified in them. */

gboolean
zc_check_value (ZcPreflight *self,
                const ZcField *field,
                const char *value,
                ZcPlaceKind kind,
                const char *id,
                guint64 number,
                const char *name)
{
  g_autofree char *mark = zc_marking_find (value);
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = field ? zc_field_check (field, value, &error) : NULL;
  g_autofree char *place = NULL;

  if (!mark && (!field || kept))
    return TRUE;
  place = zc_place_new (kind, id, number, name);
  if (mark)
    {
      g_autofree char *label = zc_record_label (self->record, place);

      zc_preflight_add (self, ZC_LEVEL_MUST, "marking", g_strdup (place),
                        _ ("“%s” contains “%s”, which marks state secrets. Such content must not be entered "
                           "here. Remove it."),
                        label, mark);
    }
  if (field && !kept)
    zc_preflight_add (self, ZC_LEVEL_MUST, "range", g_strdup (place), "%s", error->message);
  return FALSE;
}

static void
check_period (ZcPreflight *self)
{
  const ZcField *from = zc_scheme_find_fact (self->scheme, "period.from");
  const ZcField *to = zc_scheme_find_fact (self->scheme, "period.to");
  const char *first = from ? zc_record_node_text (self->record->facts[from->order]) : NULL;
  const char *last = to ? zc_record_node_text (self->record->facts[to->order]) : NULL;

  if (first && last && strcmp (first, last) > 0)
    zc_preflight_add (self, ZC_LEVEL_MUST, "period", g_strdup ("fact:period.to"),
                      _ ("The period that is inspected ends before it begins."));
}

void
zc_check_facts (ZcPreflight *self)
{
  check_period (self);
  for (guint i = 0; i < self->scheme->facts->len; i++)
    {
      const ZcField *fact = self->scheme->facts->pdata[i];
      const char *value = zc_record_node_text (self->record->facts[i]);

      if (fact->select)
        continue;
      if (value)
        zc_check_value (self, fact, value, ZC_PLACE_FACT, fact->id, 0, NULL);
      else if (fact->required && self->fact_asked[i] && zc_rules_field_applies (self->record, fact, NULL))
        zc_preflight_add (self, ZC_LEVEL_MUST, "required", zc_place_new (ZC_PLACE_FACT, fact->id, 0, NULL),
                          _ ("“%s” is not filled in."), fact->label);
    }
}

void
zc_check_texts (ZcPreflight *self)
{
  for (guint i = 0; i < self->scheme->chapters->len; i++)
    {
      const ZcChapter *chapter = self->scheme->chapters->pdata[i];
      const char *text = zc_record_node_text (self->record->texts[i]);
      g_autoptr (GError) error = NULL;

      if (!text)
        continue;
      zc_check_value (self, NULL, text, ZC_PLACE_TEXT, chapter->id, 0, NULL);
      if (!zc_template_check_text (text, self->record, &error))
        zc_preflight_add (self, ZC_LEVEL_MUST, "template", zc_place_new (ZC_PLACE_TEXT, chapter->id, 0, NULL),
                          _ ("The text of “%s”: %s"), chapter->heading, error->message);
    }
}

void
zc_check_evidence_words (ZcPreflight *self)
{
  static const char *const names[] = { "name", "caption" };

  for (guint i = 0; i < self->record->files->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
      {
        const xmlNode *file = self->record->files->pdata[i];
        const char *text = zc_record_node_attribute (file, names[j]);

        if (text)
          zc_check_value (self, NULL, text, ZC_PLACE_EVIDENCE, NULL, zc_record_node_number (file), names[j]);
      }
}
