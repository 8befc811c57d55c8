/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "inspection/zc-carry-over.h"


static ZcScheme *
load_scheme (const char *id, const char *overlay, GError **error)
{
  g_autoptr (ZcScheme) scheme = zc_scheme_load (id, error);
  g_autoptr (GBytes) bytes = NULL;

  if (!scheme || !overlay)
    return g_steal_pointer (&scheme);
  bytes = zc_read_file (overlay, ZC_XML_MAX_BYTES, error);
  return bytes ? zc_scheme_overlay (scheme, bytes, overlay, error) : NULL;
}

int
zc_command_new (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *id = NULL, *overlay = NULL, *from = NULL;
  const GOptionEntry entries[] = {
    { "scheme", 's', 0, G_OPTION_ARG_FILENAME, &id, N_("The scheme's id, or its file"), N_("ID|FILE") },
    { "overlay", 0, 0, G_OPTION_ARG_FILENAME, &overlay, N_("The unit's own layout over the scheme"), N_("FILE") },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, N_("Offer the answers of an earlier self-check"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcScheme) scheme = NULL;
  g_autoptr (ZcInspection) inspection = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1, &words, error))
    return -1;
  if (!id)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say which scheme with --scheme. List them with: zicha schemes")) - 1;
  scheme = load_scheme (id, overlay, error);
  if (!scheme || !(inspection = zc_inspection_create_after (words[0], scheme, from, &cli->progress, error)))
    return -1;
  zc_cli_say (cli, _("Started “%s” for %s."), words[0], scheme->title);
  return 0;
}
