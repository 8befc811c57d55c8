/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

int
zc_command_import (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *dir = NULL;
  gboolean missing = FALSE;
  const GOptionEntry entries[] = {
    { "evidence", 0, 0, G_OPTION_ARG_FILENAME, &dir, N_("Look for evidence files in this folder"), N_("DIR") },
    { "allow-missing", 0, 0, G_OPTION_ARG_NONE, &missing, N_("Import although evidence files are missing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 2, 2, &words, error) || !(inspection = zc_cli_open (words[0], error)) ||
      !(bytes = zc_read_file (words[1], ZC_XML_MAX_BYTES, error)) ||
      !(record = zc_record_parse (bytes, zc_inspection_get_scheme (inspection), FALSE, error)) ||
      !zc_record_import (record, inspection, dir, missing, &cli->progress, error))
    return -1;
  zc_cli_say (cli, _("Imported “%s”."), words[1]);
  return 0;
}
