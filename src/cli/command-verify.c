/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "zc-incoming.h"

int
zc_command_verify (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  ZcIncomingOptions options = { 0 };
  g_autoptr (ZcIncoming) incoming = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = { ZC_INCOMING_ENTRIES (options), G_OPTION_ENTRY_NULL };

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1000, &words, error))
    return -1;
  incoming = zc_incoming_receive (cli, &options, words, error);
  zc_incoming_options_clear (&options);
  return incoming ? zc_incoming_print (cli, incoming) : -1;
}
