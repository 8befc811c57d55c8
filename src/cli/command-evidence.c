/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "base/zc-text.h"
#include "inspection/zc-carry-over.h"

static void
print_json (ZcInspection *inspection, GPtrArray *evidence)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_array (json);
  for (guint i = 0; i < evidence->len; i++)
    {
      const ZcEvidence *file = evidence->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_int (json, "id", (gint64) file->id);
      zc_cli_json_string (json, "name", file->name);
      zc_cli_json_int (json, "size", (gint64) file->size);
      zc_cli_json_string (json, "sm3", file->sm3);
      zc_cli_json_string (json, "sha256", file->sha256);
      zc_cli_json_string (json, "caption", file->caption);
      zc_cli_json_bool (json, "same-as-last-year", zc_inspection_is_former_evidence (inspection, file->id));
      json_builder_set_member_name (json, "items");
      json_builder_begin_array (json);
      for (guint n = 0; file->items[n]; n++)
        json_builder_add_string_value (json, file->items[n]);
      json_builder_end_array (json);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  zc_cli_print_json (json);
}

static gboolean
check_all (ZcCli *cli, ZcInspection *inspection, GPtrArray *evidence, GError **error)
{
  for (guint i = 0; i < evidence->len; i++)
    if (!zc_inspection_check_evidence (inspection, ((const ZcEvidence *) evidence->pdata[i])->id, &cli->progress, error))
      return FALSE;
  zc_cli_say (cli, _("All %u evidence files are whole."), evidence->len);
  return TRUE;
}

int
zc_command_evidence (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  gboolean check = FALSE;
  const GOptionEntry entries[] = {
    { "check", 0, 0, G_OPTION_ARG_NONE, &check, N_("Digest the stored files again"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (GPtrArray) evidence = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1, &words, error) ||
      !(inspection = zc_cli_open_to_read (words[0], error)))
    return -1;
  evidence = zc_inspection_get_evidence (inspection, NULL);
  if (cli->json)
    print_json (inspection, evidence);
  for (guint i = 0; !cli->json && i < evidence->len; i++)
    {
      const ZcEvidence *file = evidence->pdata[i];
      g_autofree char *size = zc_size_display (file->size);
      g_autofree char *items = g_strjoinv (" ", file->items);

      zc_cli_print ("%" G_GUINT64_FORMAT "  %s  %s  %s%s", file->id, file->name, size, items,
                    zc_inspection_is_former_evidence (inspection, file->id) ? _("  (the same file as last year)") : "");
    }
  return !check || check_all (cli, inspection, evidence, error) ? 0 : -1;
}
