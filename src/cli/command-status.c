/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "base/zc-clock.h"
#include "base/zc-text.h"
#include "rules/zc-rules.h"

static void
add_tally (JsonBuilder *json, const char *id, const char *label, const ZcTally *tally)
{
  json_builder_begin_object (json);
  zc_cli_json_string (json, "id", id);
  zc_cli_json_string (json, "label", label);
  zc_cli_json_int (json, "items", tally->total);
  zc_cli_json_int (json, "unanswered", tally->unanswered);
  zc_cli_json_int (json, "answered", tally->answered);
  zc_cli_json_int (json, "review", tally->review);
  zc_cli_json_int (json, "problem", tally->problem);
  zc_cli_json_int (json, "not-applicable", tally->not_applicable);
  json_builder_end_object (json);
}

static void
print_json (ZcInspection *inspection, ZcRecord *record)
{
  static const char *const states[] = { "draft", "checked", "sealed", "packed", "burned" };
  const ZcScheme *scheme = zc_inspection_get_scheme (inspection);
  g_autoptr (JsonBuilder) json = json_builder_new ();
  ZcTally all = zc_rules_tally (record, NULL);

  json_builder_begin_object (json);
  zc_cli_json_string (json, "scheme", scheme->id);
  zc_cli_json_string (json, "title", scheme->title);
  zc_cli_json_string (json, "state", states[zc_inspection_get_state (inspection)]);
  zc_cli_json_int (json, "revision", zc_record_get_revision (record));
  zc_cli_json_string (json, "due", scheme->due);
  json_builder_set_member_name (json, "all");
  add_tally (json, "", "", &all);
  json_builder_set_member_name (json, "sections");
  json_builder_begin_array (json);
  for (guint i = 0; i < scheme->sections->len; i++)
    {
      const ZcSection *section = scheme->sections->pdata[i];
      ZcTally tally = zc_rules_tally (record, section);

      add_tally (json, section->id, section->label, &tally);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
  zc_cli_print_json (json);
}

static void
print_tally (const char *label, const ZcTally *tally)
{
  zc_cli_print (_("%s: %u of %u items done, %u open, %u to look at again, %u with a problem, %u not applicable"), label,
                tally->total - tally->unanswered, tally->total, tally->unanswered, tally->review, tally->problem,
                tally->not_applicable);
}

static void
print_due (const ZcScheme *scheme)
{
  g_autofree char *today = zc_clock_today ();
  int days;

  if (!scheme->due)
    return;
  days = (int) zc_date_to_days (scheme->due) - (int) zc_date_to_days (today);
  if (days >= 0)
    zc_cli_print (ngettext ("Due %s: %d day left", "Due %s: %d days left", (gulong) days), scheme->due, days);
  else
    zc_cli_print (ngettext ("Due %s: %d day ago", "Due %s: %d days ago", (gulong) -days), scheme->due, -days);
}

int
zc_command_status (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcRecord) record = NULL;
  const ZcScheme *scheme;
  ZcTally all;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 1, 1, &words, error) ||
      !(inspection = zc_cli_open_to_read (words[0], error)))
    return -1;
  record = zc_record_new (inspection);
  scheme = zc_inspection_get_scheme (inspection);
  if (cli->json)
    {
      print_json (inspection, record);
      return 0;
    }
  zc_cli_print ("%s (%s)", scheme->title, zc_cli_state_label (zc_inspection_get_state (inspection)));
  print_due (scheme);
  all = zc_rules_tally (record, NULL);
  print_tally (_("All"), &all);
  for (guint i = 0; i < scheme->sections->len; i++)
    {
      ZcTally tally = zc_rules_tally (record, scheme->sections->pdata[i]);

      print_tally (((const ZcSection *) scheme->sections->pdata[i])->label, &tally);
    }
  return 0;
}
