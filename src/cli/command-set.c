/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"
#include "inspection/zc-statement-list.h"

int
zc_command_set (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *from = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, N_("State everything in a list: a place, TAB and a value a line"), N_("LIST") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autofree char *place = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 3, &words, error))
    return -1;
  if (from ? words[1] != NULL : g_strv_length (words) != 3)
    return zc_fail (error, ZC_ERROR_USAGE, _("Wrong number of words. Use: zicha %s %s"), command->name, _(command->arguments)) - 1;
  inspection = zc_cli_open (words[0], error);
  if (!inspection)
    return -1;
  if (from)
    return zc_statement_list_load (inspection, from, &cli->progress, error) - 1;
  place = zc_cli_place (zc_inspection_get_scheme (inspection), words[1], error);
  return place && zc_inspection_set (inspection, place, words[2], error) ? 0 : -1;
}
