/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "base/zc-output.h"
#include "handin/zc-handin.h"

#include <stdio.h>

int
zc_command_export (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_("Where to write it (standard output if not said)"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize size;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1, &words, error) ||
      !(inspection = zc_cli_open_to_read (words[0], error)) || !(record = zc_handin_record (inspection, NULL, error)))
    return -1;
  bytes = zc_record_to_bytes (record);
  data = g_bytes_get_data (bytes, &size);
  if (path)
    return zc_output_write_file (path, data, size, error) ? 0 : -1;
  fwrite (data, 1, size, stdout);
  return fflush (stdout) == 0 ? 0 : zc_fail (error, ZC_ERROR_IO, _("Cannot write to standard output.")) - 1;
}
