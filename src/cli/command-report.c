/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "handin/zc-handin.h"

#include <stdio.h>
#include <string.h>

static gboolean
parse_formats (const char *text, guint *formats, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text ? text : "pdf", ",", -1);

  *formats = 0;
  for (guint i = 0; names[i]; i++)
    {
      if (strcmp (names[i], "pdf") == 0)
        *formats |= ZC_FORMAT_PDF;
      else if (strcmp (names[i], "docx") == 0)
        *formats |= ZC_FORMAT_DOCX;
      else
        return zc_fail (error, ZC_ERROR_USAGE, _("There is no format “%s”. Write pdf, docx or pdf,docx."), names[i]);
    }
  return TRUE;
}

static char *
pages_text (const ZcPrinted *printed)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < printed->pages->len; i++)
    g_string_append_printf (text, "%s%u", i ? ", " : "", g_array_index (printed->pages, guint, i));
  return g_string_free (text, FALSE);
}

static void
add_coverage (JsonBuilder *json, const ZcReport *report)
{
  json_builder_set_member_name (json, "coverage");
  json_builder_begin_array (json);
  for (guint i = 0; i < report->coverage->len; i++)
    {
      const ZcPrinted *printed = report->coverage->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_string (json, "place", printed->place);
      zc_cli_json_string (json, "document", printed->document);
      json_builder_set_member_name (json, "pages");
      json_builder_begin_array (json);
      for (guint p = 0; p < printed->pages->len; p++)
        json_builder_add_int_value (json, g_array_index (printed->pages, guint, p));
      json_builder_end_array (json);
      json_builder_set_member_name (json, "overflows");
      json_builder_add_boolean_value (json, printed->overflows);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
print_json (const ZcReport *report, gboolean coverage)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  json_builder_set_member_name (json, "files");
  json_builder_begin_array (json);
  for (guint i = 0; i < report->files->len; i++)
    {
      const ZcReportFile *file = report->files->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_string (json, "document", file->document);
      zc_cli_json_string (json, "title", file->title);
      zc_cli_json_string (json, "path", file->path);
      zc_cli_json_int (json, "pages", file->pages);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_set_member_name (json, "warnings");
  json_builder_begin_array (json);
  for (guint i = 0; i < report->warnings->len; i++)
    json_builder_add_string_value (json, report->warnings->pdata[i]);
  json_builder_end_array (json);
  zc_cli_json_int (json, "defects", report->defects);
  if (coverage)
    add_coverage (json, report);
  json_builder_end_object (json);
  zc_cli_print_json (json);
}

static void
print_text (ZcCli *cli, const ZcReport *report, ZcRecord *record, gboolean coverage)
{
  for (guint i = 0; i < report->files->len; i++)
    {
      const ZcReportFile *file = report->files->pdata[i];

      if (file->pages)
        zc_cli_say (cli, ngettext ("%s: %s (%u page)", "%s: %s (%u pages)", file->pages), file->title, file->path, file->pages);
      else
        zc_cli_say (cli, _("%s: %s"), file->title, file->path);
    }
  for (guint i = 0; coverage && i < report->coverage->len; i++)
    {
      const ZcPrinted *printed = report->coverage->pdata[i];
      g_autofree char *label = zc_record_label (record, printed->place);
      g_autofree char *pages = pages_text (printed);

      zc_cli_print (printed->overflows ? _("%s\t%s\t%s\tpage %s\tdoes not fit") : _("%s\t%s\t%s\tpage %s"), printed->place,
                    label, printed->document, pages);
    }
}

int
zc_command_report (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_autofree char *dir = NULL, *formats_text = NULL;
  gboolean coverage = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &dir, N_("The folder to write to"), N_("DIR") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &formats_text, N_("pdf (if not said), docx, or both"), "pdf,docx" },
    { "coverage", 0, 0, G_OPTION_ARG_NONE, &coverage, N_("List on which page each thing stated is printed"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (ZcSealMark) mark = NULL;
  g_autoptr (ZcReport) report = NULL;
  guint formats;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1, &words, error) || !parse_formats (formats_text, &formats, error))
    return -1;
  if (!dir)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say where to write with -o DIR.")) - 1;
  if (!(inspection = zc_cli_open_to_read (words[0], error)) || !(record = zc_handin_record (inspection, &mark, error)) ||
      !(report = zc_handin_report (record, mark, dir, formats, &cli->progress, error)))
    return -1;
  for (guint i = 0; !cli->quiet && i < report->warnings->len; i++)
    fprintf (stderr, "zicha: %s\n", (const char *) report->warnings->pdata[i]);
  if (cli->json)
    print_json (report, coverage);
  else
    print_text (cli, report, record, coverage);
  return report->defects ? 1 : 0; /* written, but not as it should be handed in */
}
