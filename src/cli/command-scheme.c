/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "base/zc-output.h"
#include "scheme/zc-scheme-check.h"

#include <string.h>

static void
show_item (const ZcItem *item)
{
  zc_cli_print ("  %s  %s  [%s] (%s)", item->id, item->title, item->clause, zc_confidence_label (item->confidence));
  zc_cli_print ("      %s", item->requirement);
  if (*item->threshold)
    zc_cli_print ("      %s %s", _("Threshold:"), item->threshold);
  for (guint i = 0; i < item->fields->len; i++)
    {
      const ZcField *field = item->fields->pdata[i];

      zc_cli_print ("      %s  %s%s%s", field->id, field->label, *field->unit ? " / " : "", field->unit);
    }
  for (guint i = 0; i < item->ledgers->len; i++)
    zc_cli_print ("      %s  %s", ((const ZcLedger *) item->ledgers->pdata[i])->id, ((const ZcLedger *) item->ledgers->pdata[i])->label);
  for (guint i = 0; i < item->evidence->len; i++)
    {
      const ZcEvidenceNeed *need = item->evidence->pdata[i];

      zc_cli_print ("      %s  %s%s", need->kind->id, need->label, need->required ? _(" (required)") : "");
    }
}

static void
show_handin (const ZcScheme *scheme)
{
  zc_cli_print ("%s", _("To be handed in:"));
  for (guint i = 0; i < scheme->deliveries->len; i++)
    {
      const ZcDelivery *delivery = scheme->deliveries->pdata[i];

      zc_cli_print ("  %s → %s  %s", delivery->label, delivery->to, delivery->due ? delivery->due : "");
    }
  zc_cli_print ("%s", _("Calendar:"));
  for (guint i = 0; i < scheme->stages->len; i++)
    {
      const ZcStage *stage = scheme->stages->pdata[i];

      zc_cli_print ("  %s – %s  %s", stage->from ? stage->from : "", stage->to ? stage->to : "", stage->label);
    }
}

static int
show (const char *id, GError **error)
{
  g_autoptr (ZcScheme) scheme = zc_scheme_load (id, error);

  if (!scheme)
    return -1;
  zc_cli_print ("%s  %s\n%s %s\n%s", scheme->id, scheme->title, scheme->notice_title, scheme->notice_number, scheme->about);
  show_handin (scheme);
  for (guint i = 0; i < scheme->sections->len; i++)
    {
      const ZcSection *section = scheme->sections->pdata[i];

      zc_cli_print ("\n%s  %s", section->label, section->clause);
      for (guint n = 0; n < section->items->len; n++)
        show_item (section->items->pdata[n]);
    }
  zc_cli_print ("\n%s", _("Rules:"));
  for (guint i = 0; i < scheme->rules->len; i++)
    {
      const ZcRule *rule = scheme->rules->pdata[i];

      zc_cli_print ("  %s  %s\n      %s", rule->id, rule->message, rule->test);
    }
  return 0;
}

static void
print_faults_json (GPtrArray *faults)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_array (json);
  for (guint i = 0; i < faults->len; i++)
    {
      const ZcFault *fault = faults->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_int (json, "line", fault->line);
      zc_cli_json_string (json, "message", fault->message);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  zc_cli_print_json (json);
}

static int
check (ZcCli *cli, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = zc_read_file (path, ZC_XML_MAX_BYTES, error);
  g_autoptr (GPtrArray) faults = NULL;

  if (!bytes)
    return -1;
  faults = zc_scheme_check (bytes, path);
  if (cli->json)
    print_faults_json (faults);
  for (guint i = 0; !cli->json && i < faults->len; i++)
    zc_cli_print (_("%s, line %d: %s"), path, ((const ZcFault *) faults->pdata[i])->line,
                  ((const ZcFault *) faults->pdata[i])->message);
  if (faults->len == 0)
    zc_cli_say (cli, _("The scheme is good."));
  return faults->len == 0 ? 0 : 3;
}

static int
start (ZcCli *cli, const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize size;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” exists already. Choose another name."), path) - 1;
  if (dot)
    *dot = 0;
  bytes = zc_scheme_starter (zc_id_is_valid (base) ? base : "my-scheme");
  data = g_bytes_get_data (bytes, &size);
  if (!zc_output_write_file (path, data, size, error))
    return -1;
  zc_cli_say (cli, _("Wrote the starter “%s”. Edit it, then: zicha scheme check %s"), path, path);
  return 0;
}

static int
import (ZcCli *cli, const char *path, GError **error)
{
  g_autofree char *id = zc_scheme_import (path, error);

  if (!id)
    return -1;
  zc_cli_say (cli, _("Imported the scheme “%s”."), id);
  return 0;
}

int
zc_command_scheme (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 2, 2, &words, error))
    return -1;
  if (strcmp (words[0], "show") == 0)
    return show (words[1], error);
  if (strcmp (words[0], "check") == 0)
    return check (cli, words[1], error);
  if (strcmp (words[0], "new") == 0)
    return start (cli, words[1], error);
  if (strcmp (words[0], "import") == 0)
    return import (cli, words[1], error);
  return zc_fail (error, ZC_ERROR_USAGE, _("There is no “scheme %s”. Use: zicha scheme %s"), words[0], command->arguments) - 1;
}
