/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "handin/zc-handin.h"

static int
print_code (ZcCli *cli, ZcInspection *inspection, const char *code)
{
  g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, 0);
  g_autoptr (JsonBuilder) json = NULL;

  if (!cli->json)
    {
      zc_cli_print ("%s", code);
      return 0;
    }
  json = json_builder_new ();
  json_builder_begin_object (json);
  zc_cli_json_string (json, "code", code);
  zc_cli_json_string (json, "digest", sealing->digest);
  zc_cli_json_int (json, "revision", sealing->revision);
  zc_cli_json_string (json, "time", sealing->time);
  json_builder_end_object (json);
  zc_cli_print_json (json);
  return 0;
}

int
zc_command_seal (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autofree char *code = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 1, 1, &words, error) || !(inspection = zc_cli_open (words[0], error)) ||
      !(code = zc_handin_seal (inspection, &cli->progress, error)))
    return -1;
  return print_code (cli, inspection, code);
}

int
zc_command_code (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autofree char *code = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 1, 1, &words, error) ||
      !(inspection = zc_cli_open_to_read (words[0], error)) || !(code = zc_handin_code (inspection, error)))
    return -1;
  return print_code (cli, inspection, code);
}

int
zc_command_unseal (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason, N_("Why; kept in the history"), N_("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1, &words, error))
    return -1;
  if (!reason)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say why with --reason TEXT.")) - 1;
  if (!(inspection = zc_cli_open (words[0], error)) || !zc_inspection_unseal (inspection, reason, error))
    return -1;
  zc_cli_say (cli, _("Unsealed. Printed pages of revision %u are void once something changes."),
              zc_inspection_next_revision (inspection) - 1);
  return 0;
}
