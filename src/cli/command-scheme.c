/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command-scheme.h"

#include "base/zc-output.h"
#include "scheme/zc-scheme-check.h"

#include <string.h>

static int
show (ZcCli *cli, const char *id, GError **error)
{
  g_autoptr (ZcScheme) scheme = zc_scheme_load (id, error);

  if (!scheme)
    return -1;
  if (cli->json)
    zc_cli_show_scheme_json (scheme);
  else
    zc_cli_show_scheme (scheme);
  return 0;
}

static void
print_faults_json (GPtrArray *faults)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_array (json);
  for (guint i = 0; i < faults->len; i++)
    {
      const ZcFault *fault = faults->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_int (json, "line", fault->line);
      zc_cli_json_string (json, "message", fault->message);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  zc_cli_print_json (json);
}

static int
check (ZcCli *cli, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = zc_read_file (path, ZC_XML_MAX_BYTES, error);
  g_autoptr (GPtrArray) faults = NULL;

  if (!bytes)
    return -1;
  faults = zc_scheme_check (bytes, path);
  if (cli->json)
    print_faults_json (faults);
  for (guint i = 0; !cli->json && i < faults->len; i++)
    zc_cli_print (_("%s, line %d: %s"), path, ((const ZcFault *) faults->pdata[i])->line,
                  ((const ZcFault *) faults->pdata[i])->message);
  if (faults->len == 0)
    zc_cli_say (cli, _("The scheme is good."));
  return faults->len == 0 ? 0 : 3;
}

static int
start (ZcCli *cli, const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize size;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” exists already. Choose another name."), path) - 1;
  if (dot)
    *dot = 0;
  bytes = zc_scheme_starter (zc_id_is_valid (base) ? base : "my-scheme");
  data = g_bytes_get_data (bytes, &size);
  if (!zc_output_write_file (path, data, size, error))
    return -1;
  zc_cli_say (cli, _("Wrote the starter “%s”. Edit it, then: zicha scheme check %s"), path, path);
  return 0;
}

static int
import (ZcCli *cli, const char *path, GError **error)
{
  g_autofree char *id = zc_scheme_import (path, error);

  if (!id)
    return -1;
  zc_cli_say (cli, _("Imported the scheme “%s”."), id);
  return 0;
}

static int
apply (ZcCli *cli, const char *path, const char *xml, GError **error)
{
  g_autofree char *base = g_path_get_basename (xml);
  g_autofree char *name = g_filename_display_name (base);
  g_autoptr (ZcInspection) inspection = zc_cli_open (path, error);
  g_autoptr (GBytes) bytes = inspection ? zc_read_file (xml, ZC_XML_MAX_BYTES, error) : NULL;
  g_autoptr (ZcScheme) scheme = bytes ? zc_scheme_replace (zc_inspection_get_scheme (inspection), bytes, name, error) : NULL;

  if (!scheme || !zc_inspection_set_scheme (inspection, scheme, error))
    return -1;
  zc_cli_say (cli, _("“%s” uses “%s” as “%s” has it now. No answer was touched; undo takes it back."), path, scheme->title, xml);
  return 0;
}

int
zc_command_scheme (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 2, 3, &words, error))
    return -1;
  if ((strcmp (words[0], "apply") == 0) != (words[2] != NULL))
    return zc_fail (error, ZC_ERROR_USAGE, _("Wrong number of words. Use: zicha %s %s"), command->name, _(command->arguments)) - 1;
  if (words[2])
    return apply (cli, words[1], words[2], error);
  if (strcmp (words[0], "show") == 0)
    return show (cli, words[1], error);
  if (strcmp (words[0], "check") == 0)
    return check (cli, words[1], error);
  if (strcmp (words[0], "new") == 0)
    return start (cli, words[1], error);
  if (strcmp (words[0], "import") == 0)
    return import (cli, words[1], error);
  return zc_fail (error, ZC_ERROR_USAGE, _("There is no “scheme %s”. Use: zicha scheme %s"), words[0], _(command->arguments)) - 1;
}
