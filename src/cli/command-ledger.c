/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "inspection/zc-ledger-csv.h"

#include <string.h>

/* So many rows are shown by a trial. */
#define MOST_SHOWN 20

typedef struct
{
  gboolean replace, skip_bad, trial;
  char *rows;
} Options;

static guint
count_good (const ZcLedgerTable *table)
{
  guint good = 0;

  for (guint i = 0; i < table->bad->len; i++)
    good += !g_array_index (table->bad, gboolean, i);
  return good;
}

static void
print_columns (const ZcLedgerTable *table)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const ZcField *column = table->columns->pdata[i];

      if (column && !column->select)
        zc_cli_print ("  %s → %s", table->headers[i], column->label);
      else
        zc_cli_print (_("  %s: left out"), table->headers[i]);
    }
}

/* As people read it: labels, not ids. Returns: (transfer full) */
static char *
shown_row (const ZcLedgerTable *table, char **values)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < table->columns->len; i++)
    {
      g_autofree char *shown = *values[i] ? zc_field_display (table->columns->pdata[i], values[i]) : NULL;

      g_string_append_printf (line, "%s%s", i > 0 ? " | " : "", shown ? shown : "");
    }
  return g_string_free (line, FALSE);
}

static void
print_rows (const ZcLedgerTable *table)
{
  for (guint i = 0; i < MIN (table->rows->len, MOST_SHOWN); i++)
    {
      g_autofree char *line = shown_row (table, table->rows->pdata[i]);

      zc_cli_print ("  %u%s  %s", g_array_index (table->numbers, guint, i), g_array_index (table->bad, gboolean, i) ? " ✗" : "",
                    line);
    }
  if (table->rows->len > MOST_SHOWN)
    zc_cli_print (_("  … and %u more"), table->rows->len - MOST_SHOWN);
}

static void
print_faults (const ZcLedgerTable *table)
{
  for (guint i = 0; i < table->faults->len; i++)
    zc_cli_print ("%s", ((const ZcCsvFault *) table->faults->pdata[i])->message);
  if (table->more > 0)
    zc_cli_print (ngettext ("… and %u fault more.", "… and %u faults more.", table->more), table->more);
}

static void
print_json (const ZcLedgerTable *table, guint imported)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  zc_cli_json_int (json, "rows", table->rows->len);
  zc_cli_json_int (json, "good", count_good (table));
  zc_cli_json_int (json, "imported", imported);
  json_builder_set_member_name (json, "columns");
  json_builder_begin_array (json);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const ZcField *column = table->columns->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_string (json, "header", table->headers[i]);
      zc_cli_json_string (json, "column", column && !column->select ? column->id : NULL);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_set_member_name (json, "faults");
  json_builder_begin_array (json);
  for (guint i = 0; i < table->faults->len; i++)
    {
      const ZcCsvFault *fault = table->faults->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_int (json, "row", fault->row);
      zc_cli_json_string (json, "column", fault->column);
      zc_cli_json_string (json, "message", fault->message);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  zc_cli_json_int (json, "more-faults", table->more);
  json_builder_end_object (json);
  zc_cli_print_json (json);
}

/* What would be done, and what is wrong. Returns: the exit status */
static int
preview (ZcCli *cli, const ZcLedgerTable *table)
{
  guint good = count_good (table);

  if (cli->json)
    print_json (table, 0);
  else
    {
      print_columns (table);
      print_rows (table);
      print_faults (table);
      zc_cli_print (_("%u of %u rows could be imported. Nothing was."), good, table->rows->len);
    }
  return table->faults->len > 0 || good < table->rows->len ? 1 : 0;
}

static int
import_rows (ZcCli *cli, char **words, const Options *options, GError **error)
{
  g_autoptr (ZcInspection) inspection = options->trial ? zc_cli_open_to_read (words[0], error) : zc_cli_open (words[0], error);
  g_autoptr (ZcLedgerTable) table = NULL;
  guint rows = 0;

  if (!inspection || !(table = zc_ledger_table_read (zc_inspection_get_scheme (inspection), words[1], words[3], error)) ||
      (options->rows && !zc_ledger_table_choose (table, options->rows, error)))
    return -1;
  if (options->trial)
    return preview (cli, table);
  if (!cli->json)
    print_faults (table);
  if ((table->faults->len > 0 || count_good (table) < table->rows->len) && !options->skip_bad)
    {
      if (cli->json)
        print_json (table, 0);
      return zc_fail (error, ZC_ERROR_INVALID,
                      _("Nothing was imported. Mend the cells named above, or say which rows to take with --rows or "
                        "--skip-bad-rows.")) -
             1;
    }
  if (!zc_ledger_table_apply (table, inspection, options->replace, &rows, error))
    return -1;
  if (cli->json)
    print_json (table, rows);
  zc_cli_say (cli, ngettext ("Imported %u row.", "Imported %u rows.", rows), rows);
  return 0;
}

int
zc_command_ledger (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  Options options = { .rows = NULL };
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.trial, N_("import: only show what would be imported, and what is wrong"), NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &options.replace, N_("import: replace all rows instead of adding"), NULL },
    { "rows", 0, 0, G_OPTION_ARG_STRING, &options.rows, N_("import: only these rows of the file, such as 2-40,52"), N_("ROWS") },
    { "skip-bad-rows", 0, 0, G_OPTION_ARG_NONE, &options.skip_bad, N_("import: leave out the rows with a wrong cell"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autofree char *rows = NULL;
  gboolean parsed = zc_cli_parse (cli, command, argc, argv, entries, 4, 4, &words, error);

  rows = options.rows;
  if (!parsed)
    return -1;
  if (strcmp (words[2], "import") == 0)
    return import_rows (cli, words, &options, error);
  if (strcmp (words[2], "export") != 0)
    return zc_fail (error, ZC_ERROR_USAGE, _("Use: zicha %s %s"), command->name, _(command->arguments)) - 1;
  inspection = zc_cli_open_to_read (words[0], error);
  return inspection && zc_ledger_csv_export (inspection, words[1], words[3], error) ? 0 : -1;
}
