/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "handin/zc-handin.h"

static const char *
level_id (ZcLevel level)
{
  static const char *const ids[] = { "must", "should", "note" };

  return ids[level];
}

static const char *
level_label (ZcLevel level)
{
  switch (level)
    {
    case ZC_LEVEL_MUST:
      return _("must fix");
    case ZC_LEVEL_SHOULD:
      return _("should look");
    case ZC_LEVEL_NOTE:
      return _("note");
    }
  return "";
}

static void
print_json (GPtrArray *results)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_array (json);
  for (guint i = 0; i < results->len; i++)
    {
      const ZcResult *result = results->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_string (json, "level", level_id (result->level));
      zc_cli_json_string (json, "rule", result->rule);
      zc_cli_json_string (json, "place", result->place);
      zc_cli_json_string (json, "message", result->message);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  zc_cli_print_json (json);
}

int
zc_command_preflight (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (GPtrArray) results = NULL;
  guint must;

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 1, 1, &words, error) ||
      !(inspection = zc_cli_open_to_read (words[0], error)))
    return -1;
  record = zc_record_new (inspection);
  results = zc_handin_preflight (inspection, record);
  must = zc_preflight_count (results, ZC_LEVEL_MUST);
  if (cli->json)
    print_json (results);
  for (guint i = 0; !cli->json && i < results->len; i++)
    {
      const ZcResult *result = results->pdata[i];

      zc_cli_print ("%s  %s  %s", level_label (result->level), result->place, result->message);
    }
  if (must == 0)
    zc_cli_say (cli, _("Nothing must be fixed: it can be sealed."));
  else
    zc_cli_say (cli, ngettext ("%u thing must be fixed before sealing.", "%u things must be fixed before sealing.", must), must);
  return must == 0 ? 0 : 1;
}
