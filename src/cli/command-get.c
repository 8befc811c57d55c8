/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "inspection/zc-carry-over.h"

int
zc_command_get (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autofree char *place = NULL, *value = NULL, *shown = NULL, *label = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 2, 2, &words, error) ||
      !(inspection = zc_cli_open_to_read (words[0], error)) ||
      !(place = zc_cli_place (zc_inspection_get_scheme (inspection), words[1], error)))
    return -1;

  /* Through the record, so that derived values can be asked for too. */
  record = zc_record_new (inspection);
  value = zc_record_get (record, place);
  shown = zc_record_display (record, place);
  label = zc_record_label (record, place);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) json = json_builder_new ();

      json_builder_begin_object (json);
      zc_cli_json_string (json, "place", place);
      zc_cli_json_string (json, "label", label);
      zc_cli_json_string (json, "value", value);
      zc_cli_json_string (json, "shown", shown);
      zc_cli_json_string (json, "previous", zc_inspection_get_previous (inspection, place));
      zc_cli_json_string (json, "from", zc_inspection_get_origin (inspection, place));
      json_builder_end_object (json);
      zc_cli_print_json (json);
    }
  else if (value)
    zc_cli_print ("%s", value);
  return value ? 0 : 1;
}
