/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

static int
step (ZcCli *cli, const ZcCommand *command, int argc, char **argv, gboolean redo, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autofree char *name = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 1, 1, &words, error) || !(inspection = zc_cli_open (words[0], error)))
    return -1;
  name = redo ? zc_inspection_redo_name (inspection) : zc_inspection_undo_name (inspection);
  if (!name)
    {
      zc_cli_say (cli, "%s", redo ? _("There is nothing to do again.") : _("There is nothing to take back."));
      return 1;
    }
  if (!(redo ? zc_inspection_redo (inspection, error) : zc_inspection_undo (inspection, error)))
    return -1;
  if (redo)
    zc_cli_say (cli, _("Done again: %s"), name);
  else
    zc_cli_say (cli, _("Taken back: %s"), name);
  return 0;
}

int
zc_command_undo (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  return step (cli, command, argc, argv, FALSE, error);
}

int
zc_command_redo (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  return step (cli, command, argc, argv, TRUE, error);
}
