/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "zc-incoming.h"

int
zc_command_open (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  ZcIncomingOptions options = { 0 };
  g_autofree char *dir = NULL;
  g_autoptr (ZcIncoming) incoming = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    ZC_INCOMING_ENTRIES (options),
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &dir, N_("The folder to unpack to; it must be empty or not exist"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  int status;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1000, &words, error))
    return -1;
  if (!dir)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say where to unpack with -o DIR.")) - 1;
  incoming = zc_incoming_receive (cli, &options, words, error);
  zc_incoming_options_clear (&options);
  if (!incoming)
    return -1;
  status = zc_incoming_print (cli, incoming);
  if (status != 0)
    return status; /* what is not this paper's is not unpacked under its name */
  return zc_package_extract_to_dir (incoming->package, dir, &cli->progress, error) ? 0 : -1;
}
