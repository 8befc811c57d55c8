/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "layout/zc-fonts.h"

int
zc_command_fonts (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (ZcFonts) fonts = NULL;
  g_autoptr (JsonBuilder) json = json_builder_new ();

  if (!zc_cli_parse (cli, command, argc, argv, NULL, 0, 0, &words, error) || !(fonts = zc_fonts_new (NULL, error)))
    return -1;
  json_builder_begin_array (json);
  for (ZcFace face = 0; face < ZC_N_FACES; face++)
    {
      const ZcFontChoice *choice = zc_fonts_choice (fonts, face);
      g_autofree char *text = zc_font_choice_text (choice);

      json_builder_begin_object (json);
      zc_cli_json_string (json, "face", choice->name);
      zc_cli_json_string (json, "wanted", choice->wanted);
      zc_cli_json_string (json, "found", choice->found);
      zc_cli_json_bool (json, "substituted", choice->substituted);
      json_builder_end_object (json);
      if (!cli->json)
        zc_cli_print ("%s", text);
    }
  json_builder_end_array (json);
  if (cli->json)
    zc_cli_print_json (json);
  return 0;
}
