/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "inspection/zc-ledger-csv.h"

#include <string.h>

static int
import_rows (ZcCli *cli, const ZcCommand *command, char **words, gboolean replace, gboolean skip_bad, GError **error)
{
  g_autoptr (ZcInspection) inspection = zc_cli_open (words[0], error);
  g_autoptr (ZcLedgerTable) table = NULL;
  guint rows = 0;

  if (!inspection || !(table = zc_ledger_table_read (zc_inspection_get_scheme (inspection), words[1], words[3], error)))
    return -1;
  for (guint i = 0; i < table->faults->len; i++)
    g_printerr ("zicha: %s\n", ((const ZcCsvFault *) table->faults->pdata[i])->message);
  if (table->faults->len > 0 && !skip_bad)
    return zc_fail (error, ZC_ERROR_INVALID,
                    _("Nothing was imported. Mend the cells named above, or import the good rows with --skip-bad-rows.")) -
           1;
  if (!zc_ledger_table_apply (table, inspection, replace, &rows, error))
    return -1;
  zc_cli_say (cli, ngettext ("Imported %u row.", "Imported %u rows.", rows), rows);
  return 0;
}

int
zc_command_ledger (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  gboolean replace = FALSE, skip = FALSE;
  const GOptionEntry entries[] = {
    { "replace", 0, 0, G_OPTION_ARG_NONE, &replace, N_("import: replace all rows instead of adding"), NULL },
    { "skip-bad-rows", 0, 0, G_OPTION_ARG_NONE, &skip, N_("import: leave out the rows with a wrong cell"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 4, 4, &words, error))
    return -1;
  if (strcmp (words[2], "import") == 0)
    return import_rows (cli, command, words, replace, skip, error);
  if (strcmp (words[2], "export") != 0)
    return zc_fail (error, ZC_ERROR_USAGE, _("Use: zicha %s %s"), command->name, command->arguments) - 1;
  inspection = zc_cli_open_to_read (words[0], error);
  return inspection && zc_ledger_csv_export (inspection, words[1], words[3], error) ? 0 : -1;
}
