/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

static void
print_json (GPtrArray *steps)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_array (json);
  for (guint i = 0; i < steps->len; i++)
    {
      const ZcStep *step = steps->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_int (json, "id", step->id);
      zc_cli_json_string (json, "time", step->time);
      zc_cli_json_string (json, "name", step->name);
      zc_cli_json_bool (json, "undone", step->undone);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  zc_cli_print_json (json);
}

int
zc_command_history (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  int most = 50;
  const GOptionEntry entries[] = {
    { "most", 'n', 0, G_OPTION_ARG_INT, &most, N_("How many steps at the most"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1, &words, error) ||
      !(inspection = zc_cli_open_to_read (words[0], error)))
    return -1;
  steps = zc_inspection_history (inspection, (guint) CLAMP (most, 1, 100000));
  if (cli->json)
    print_json (steps);
  for (guint i = 0; !cli->json && i < steps->len; i++)
    {
      const ZcStep *step = steps->pdata[i];

      zc_cli_print ("%s  %s%s", step->time, step->name, step->undone ? _(" (taken back)") : "");
    }
  return 0;
}
