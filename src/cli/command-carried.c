/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "inspection/zc-carry-over.h"

#include <string.h>

/* What was taken over from an earlier self-check and needs a look, what was promised first. */

typedef struct
{
  ZcInspection *inspection;
  ZcRecord *record;
  JsonBuilder *json; /* NULL: for people */
} Carried;

static const char *
finding_part (Carried *self, guint64 finding, const char *part)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, finding, part);
  const char *value = zc_inspection_get (self->inspection, place);

  return value ? value : "";
}

static void
show_promise (Carried *self, guint64 finding)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "state");
  const char *parts[] = { "item", "problem", "measure", "person", "due", "state" };

  if (!self->json)
    {
      zc_cli_print ("  %s  %s  %s", place, finding_part (self, finding, "item"), finding_part (self, finding, "problem"));
      zc_cli_print (_("      Promised: %s (%s, by %s)."), finding_part (self, finding, "measure"),
                    finding_part (self, finding, "person"), finding_part (self, finding, "due"));
      if (zc_inspection_promise_waits (self->inspection, finding))
        zc_cli_print (_("      Done? Set this place to done, doing or open."));
      return;
    }
  json_builder_begin_object (self->json);
  zc_cli_json_string (self->json, "place", place);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    zc_cli_json_string (self->json, parts[i], finding_part (self, finding, parts[i]));
  zc_cli_json_bool (self->json, "waits", zc_inspection_promise_waits (self->inspection, finding));
  json_builder_end_object (self->json);
}

static void
show_promises (Carried *self)
{
  g_autoptr (GArray) promises = zc_inspection_get_promises (self->inspection);

  for (guint i = 0; i < promises->len; i++)
    if (strcmp (finding_part (self, g_array_index (promises, guint64, i), "state"), "done") != 0)
      show_promise (self, g_array_index (promises, guint64, i));
}

static void
show_answer (Carried *self, const ZcItem *item, const char *place)
{
  g_autofree char *shown = zc_record_display (self->record, place);
  g_autofree char *old = zc_inspection_previous_item (self->inspection, item->id);
  g_autofree char *now = zc_item_words (item);

  if (self->json)
    {
      json_builder_begin_object (self->json);
      zc_cli_json_string (self->json, "place", place);
      zc_cli_json_string (self->json, "shown", shown);
      zc_cli_json_string (self->json, "from", zc_inspection_get_origin (self->inspection, place));
      zc_cli_json_string (self->json, "words-then", old);
      zc_cli_json_string (self->json, "words-now", old ? now : NULL);
      json_builder_end_object (self->json);
      return;
    }
  zc_cli_print ("  %s  %s  %s", place, item->title, shown ? shown : "");
  if (old)
    zc_cli_print (_("      The words were: %s\n      They are now: %s"), old, now);
}

static void
show_answers (Carried *self)
{
  const ZcScheme *scheme = zc_inspection_get_scheme (self->inspection);

  for (guint i = 0; i < scheme->items->len; i++)
    {
      const ZcItem *item = scheme->items->pdata[i];
      g_autofree char *waiting = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "confirmed");
      g_autofree char *place = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "conformity");

      if (zc_inspection_get (self->inspection, waiting))
        show_answer (self, item, place);
    }
}

static void
show_evidence (Carried *self)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (self->inspection, NULL);

  for (guint i = 0; i < evidence->len; i++)
    {
      const ZcEvidence *file = evidence->pdata[i];
      g_autofree char *items = g_strjoinv (" ", file->items);

      if (!zc_inspection_is_former_evidence (self->inspection, file->id))
        continue;
      if (self->json)
        json_builder_add_string_value (self->json, file->name);
      else
        zc_cli_print ("  %" G_GUINT64_FORMAT "  %s  %s", file->id, file->name, items);
    }
}

static void
show_value (const char *place, const char *value, gpointer data)
{
  Carried *self = data;
  const char *from = zc_inspection_get_origin (self->inspection, place);
  g_autofree char *label = NULL;
  g_autofree char *shown = NULL;

  if (!from || g_str_has_prefix (place, "answer:") || g_str_has_prefix (place, "finding:"))
    return;
  label = zc_record_label (self->record, place);
  shown = zc_record_display (self->record, place);
  if (!self->json)
    {
      zc_cli_print ("  %s  %s  %s  ← %s", place, label ? label : "", shown ? shown : "", from);
      return;
    }
  json_builder_begin_object (self->json);
  zc_cli_json_string (self->json, "place", place);
  zc_cli_json_string (self->json, "shown", shown);
  zc_cli_json_string (self->json, "from", from);
  json_builder_end_object (self->json);
}

static void
show_values (Carried *self)
{
  zc_inspection_foreach (self->inspection, show_value, self);
}

int
zc_command_carried (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  static const struct
  {
    const char *name, *title;
    void (*show) (Carried *self);
  } parts[] = {
    { "promises", N_("Promised then, and not done:"), show_promises },
    { "unconfirmed", N_("Answers to confirm by choosing them again, or by taking answer:ITEM/confirmed back:"), show_answers },
    { "same-evidence", N_("Evidence that is the same file as then:"), show_evidence },
    { "values", N_("Values, texts and rows taken over:"), show_values },
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  Carried self = { .json = NULL };

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 1, 1, &words, error) ||
      !(inspection = zc_cli_open_to_read (words[0], error)))
    return -1;
  record = zc_record_new (inspection);
  self = (Carried){ inspection, record, cli->json ? json : NULL };
  json_builder_begin_object (json);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!cli->json)
        zc_cli_print ("%s", _(parts[i].title));
      json_builder_set_member_name (json, parts[i].name);
      json_builder_begin_array (json);
      parts[i].show (&self);
      json_builder_end_array (json);
    }
  json_builder_end_object (json);
  if (cli->json)
    zc_cli_print_json (json);
  return 0;
}
