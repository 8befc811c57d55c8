/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "base/zc-clock.h"
#include "base/zc-text.h"
#include "rules/zc-rules.h"

#include <string.h>

static void
add_tally (JsonBuilder *json, const char *id, const char *label, const ZcTally *tally)
{
  json_builder_begin_object (json);
  zc_cli_json_string (json, "id", id);
  zc_cli_json_string (json, "label", label);
  zc_cli_json_int (json, "items", tally->total);
  zc_cli_json_int (json, "unanswered", tally->unanswered);
  zc_cli_json_int (json, "unconfirmed", tally->unconfirmed);
  zc_cli_json_int (json, "answered", tally->answered);
  zc_cli_json_int (json, "review", tally->review);
  zc_cli_json_int (json, "problem", tally->problem);
  zc_cli_json_int (json, "not-applicable", tally->not_applicable);
  json_builder_end_object (json);
}

/* What is due first, and the day to plan for. */
static void
days_of (ZcInspection *inspection, char **due, char **plan)
{
  const ZcScheme *scheme = zc_inspection_get_scheme (inspection);
  const char *from = zc_inspection_get (inspection, "fact:period.from"), *to = zc_inspection_get (inspection, "fact:period.to");
  g_autoptr (GPtrArray) deliveries = zc_scheme_deliveries (scheme, from, to);

  *due = zc_scheme_due (scheme, from, to);
  *plan = NULL;
  for (guint i = 0; *due && !*plan && i < deliveries->len; i++)
    {
      const ZcDelivery *delivery = deliveries->pdata[i];

      if (g_strcmp0 (delivery->due, *due) == 0)
        *plan = g_strdup (delivery->plan);
    }
}

/* What was done with the sealed record, oldest first. */
static void
add_log (JsonBuilder *json, ZcInspection *inspection)
{
  g_autoptr (GPtrArray) log = zc_inspection_get_log (inspection);

  json_builder_set_member_name (json, "log");
  json_builder_begin_array (json);
  for (guint i = 0; i < log->len; i++)
    {
      const ZcHandInEvent *event = log->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_string (json, "time", event->time);
      zc_cli_json_string (json, "kind", event->kind);
      zc_cli_json_string (json, "detail", event->detail);
      zc_cli_json_int (json, "revision", event->revision);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
print_log (ZcInspection *inspection)
{
  g_autoptr (GPtrArray) log = zc_inspection_get_log (inspection);

  for (guint i = 0; i < log->len; i++)
    {
      const ZcHandInEvent *event = log->pdata[i];

      zc_cli_print ("%s  %s  %s", event->time, event->kind, event->detail);
    }
}

static void
print_json (ZcInspection *inspection, ZcRecord *record)
{
  static const char *const states[] = { "draft", "checked", "sealed", "packed", "burned" };
  const ZcScheme *scheme = zc_inspection_get_scheme (inspection);
  g_autoptr (JsonBuilder) json = json_builder_new ();
  ZcTally all = zc_rules_tally (record, NULL);
  g_autofree char *due = NULL, *plan = NULL;

  days_of (inspection, &due, &plan);
  json_builder_begin_object (json);
  zc_cli_json_string (json, "scheme", scheme->id);
  zc_cli_json_string (json, "title", scheme->title);
  zc_cli_json_string (json, "state", states[zc_inspection_get_state (inspection)]);
  zc_cli_json_int (json, "revision", zc_record_get_revision (record));
  zc_cli_json_string (json, "due", due);
  zc_cli_json_string (json, "plan", plan);
  zc_cli_json_string (json, "from", zc_inspection_get (inspection, "fact:period.from"));
  zc_cli_json_string (json, "to", zc_inspection_get (inspection, "fact:period.to"));
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
  add_log (json, inspection);
  json_builder_end_object (json);
  zc_cli_print_json (json);
}

static void
print_tally (const char *label, const ZcTally *tally)
{
  zc_cli_print (_("%s: %u of %u items done, %u open, %u to confirm, %u to look at again, %u with a problem, %u not applicable"), label,
                zc_tally_done (tally), tally->total, tally->unanswered, tally->unconfirmed, tally->review, tally->problem, tally->not_applicable);
}

static void
print_days (const char *label, const char *date)
{
  g_autofree char *today = zc_clock_today ();
  int days = (int) zc_date_to_days (date) - (int) zc_date_to_days (today);

  if (days >= 0)
    zc_cli_print (ngettext ("%s %s: %d day left", "%s %s: %d days left", (gulong) days), label, date, days);
  else
    zc_cli_print (ngettext ("%s %s: %d day ago", "%s %s: %d days ago", (gulong) -days), label, date, -days);
}

static void
print_dates (ZcInspection *inspection, const ZcScheme *scheme)
{
  const char *from = zc_inspection_get (inspection, "fact:period.from");
  const char *to = zc_inspection_get (inspection, "fact:period.to");
  g_autofree char *due = NULL, *plan = NULL;

  days_of (inspection, &due, &plan);
  if (from && to)
    zc_cli_print (_("Period %s – %s"), from, to);
  if (due)
    print_days (_("Due"), due);
  else if (to && scheme->period != ZC_PERIOD_ONCE)
    print_days (_("The notice names no day; the period ends"), to);
  if (plan && strcmp (plan, due) != 0)
    print_days (_("Last working day before that:"), plan);
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
  zc_cli_print (_("%s (%s)"), scheme->title, zc_cli_state_label (zc_inspection_get_state (inspection)));
  print_dates (inspection, scheme);
  all = zc_rules_tally (record, NULL);
  print_tally (_("All"), &all);
  for (guint i = 0; i < scheme->sections->len; i++)
    {
      ZcTally tally = zc_rules_tally (record, scheme->sections->pdata[i]);

      print_tally (((const ZcSection *) scheme->sections->pdata[i])->label, &tally);
    }
  print_log (inspection);
  return 0;
}
