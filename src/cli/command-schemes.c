/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "base/zc-clock.h"

int
zc_command_schemes (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autofree char *today = zc_clock_today ();

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 0, 0, &words, error))
    return -1;
  ids = zc_scheme_list ();
  json_builder_begin_array (json);
  for (guint i = 0; ids[i]; i++)
    {
      g_autoptr (ZcScheme) scheme = zc_scheme_load (ids[i], error);
      g_autofree char *from = NULL, *to = NULL, *due = NULL;

      if (!scheme)
        return -1;
      zc_scheme_period (scheme, today, &from, &to);
      due = zc_scheme_due (scheme, from, to);
      json_builder_begin_object (json);
      zc_cli_json_string (json, "id", scheme->id);
      zc_cli_json_string (json, "title", scheme->title);
      zc_cli_json_string (json, "number", scheme->notice_number);
      zc_cli_json_string (json, "due", due);
      zc_cli_json_bool (json, "expired", scheme->status == ZC_STATUS_EXPIRED);
      json_builder_end_object (json);
      if (!cli->json)
        zc_cli_print ("%-24s %s%s", scheme->id, scheme->title, scheme->status == ZC_STATUS_EXPIRED ? _(" (expired)") : "");
    }
  json_builder_end_array (json);
  if (cli->json)
    zc_cli_print_json (json);
  return 0;
}
