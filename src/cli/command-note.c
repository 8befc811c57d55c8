/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

int
zc_command_note (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autofree char *place = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 3, 3, &words, error) || !(inspection = zc_cli_open (words[0], error)))
    return -1;
  if (!zc_id_is_valid (words[1]) || !zc_scheme_find_item (zc_inspection_get_scheme (inspection), words[1]))
    return zc_fail (error, ZC_ERROR_USAGE, _("There is no item “%s” in this scheme."), words[1]) - 1;
  place = zc_place_new (ZC_PLACE_ANSWER, words[1], 0, "note");
  return zc_inspection_set (inspection, place, words[2], error) ? 0 : -1;
}
