/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include <inttypes.h>

int
zc_command_attach (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 3, 10000, &words, error) || !(inspection = zc_cli_open (words[0], error)))
    return -1;
  for (guint i = 2; words[i]; i++)
    {
      guint64 id = zc_inspection_attach (inspection, words[i], words[1], &cli->progress, error);
      g_autofree char *shown = g_filename_display_name (words[i]);

      if (id == 0)
        return -1;
      zc_cli_say (cli, _("Attached “%s” as evidence %" PRIu64 "."), shown, id);
    }
  return 0;
}

int
zc_command_detach (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  guint64 id;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 2, 3, &words, error) || !(inspection = zc_cli_open (words[0], error)))
    return -1;
  if (!g_ascii_string_to_unsigned (words[1], 10, 1, G_MAXINT64, &id, NULL))
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” is not the number of an evidence file. List them with: zicha evidence %s"),
                    words[1], words[0]) -
           1;
  return zc_inspection_detach (inspection, id, words[2], error) ? 0 : -1;
}
