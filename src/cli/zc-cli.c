/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
print_help (const ZcCommand *command, GOptionContext *context)
{
  g_autofree char *help = g_option_context_get_help (context, FALSE, NULL);

  fputs (help, stdout);
  exit (0);
}

static GOptionContext *
context_for (ZcCli *cli, const ZcCommand *command, const GOptionEntry *entries, gboolean *help)
{
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Print the result as JSON"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &cli->quiet, N_("Print results and errors only"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, help, N_("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (*command->arguments ? command->arguments : NULL);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(command->summary));
  g_option_context_set_help_enabled (context, FALSE);
  if (entries)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  return context;
}

/* The first "--" was for the parser, which leaves it there: what follows it may begin with a dash. */
static void
drop_separator (char **words)
{
  for (guint i = 1; words[i]; i++)
    if (strcmp (words[i], "--") == 0)
      {
        g_free (words[i]);
        memmove (words + i, words + i + 1, sizeof (char *) * (g_strv_length (words + i + 1) + 1));
        return;
      }
}

gboolean
zc_cli_parse (ZcCli *cli, const ZcCommand *command, int argc, char **argv, const GOptionEntry *entries, guint min, guint max,
              char ***words, GError **error)
{
  gboolean help = FALSE;
  g_autoptr (GOptionContext) context = context_for (cli, command, entries, &help);
  g_autofree char *program = g_strdup_printf ("zicha %s", command->name);
  g_auto (GStrv) copy = g_new0 (char *, argc + 1);
  guint n;

  g_set_prgname (program);
  for (int i = 0; i < argc; i++)
    copy[i] = g_strdup (argv[i]);
  if (!g_option_context_parse_strv (context, &copy, error))
    return FALSE;
  if (help)
    print_help (command, context);

  drop_separator (copy);
  n = g_strv_length (copy) - 1;
  if (n < min || n > max)
    return zc_fail (error, ZC_ERROR_USAGE, _("Wrong number of words. Use: zicha %s %s"), command->name,
                    *command->arguments ? _(command->arguments) : "");
  *words = g_strdupv (copy + 1);
  return TRUE;
}

/* What a terminal would obey instead of showing: control characters, those that turn the direction of writing (a name
 * could seem to be another), and those that end a line. Ours are the line feed and the tabulator. */
static gboolean
is_obeyed (gunichar c)
{
  return (g_unichar_iscntrl (c) && c != '\n' && c != '\t') || c == 0x61c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

void
zc_cli_print_visible (FILE *stream, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *at = valid; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_obeyed (c))
        fwrite (at, 1, (gsize) (g_utf8_next_char (at) - at), stream);
      else if (c < 0x100)
        fprintf (stream, "\\x%02x", c);
      else
        fprintf (stream, "\\u%04x", c);
    }
  fputc ('\n', stream);
}

void
zc_cli_say (ZcCli *cli, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (cli->quiet || cli->json)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  zc_cli_print_visible (stdout, text);
}

void
zc_cli_print (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  zc_cli_print_visible (stdout, text);
}

void
zc_cli_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  puts (text);
}

void
zc_cli_json_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
zc_cli_json_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
zc_cli_json_bool (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

ZcInspection *
zc_cli_open (const char *path, GError **error)
{
  return zc_inspection_open (path, ZC_OPEN_NORMAL, error);
}

ZcInspection *
zc_cli_open_to_read (const char *path, GError **error)
{
  return zc_inspection_open (path, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, error);
}

char *
zc_cli_place (const ZcScheme *scheme, const char *id, GError **error)
{
  ZcPlace place;

  if (zc_place_parse (id, &place))
    return g_strdup (id);
  if (zc_id_is_valid (id) && zc_scheme_find_fact (scheme, id))
    return zc_place_new (ZC_PLACE_FACT, id, 0, NULL);
  if (zc_id_is_valid (id) && zc_scheme_find_item (scheme, id))
    return zc_place_new (ZC_PLACE_ANSWER, id, 0, "conformity");
  return zc_fail_null (error, ZC_ERROR_USAGE,
                       _("“%s” is neither a fact nor an item of this scheme. List them with: zicha scheme show %s"), id,
                       scheme->id);
}

const char *
zc_cli_state_label (ZcState state)
{
  switch (state)
    {
    case ZC_STATE_DRAFT:
      return _("draft");
    case ZC_STATE_CHECKED:
      return _("checked");
    case ZC_STATE_SEALED:
      return _("sealed");
    case ZC_STATE_PACKED:
      return _("packed");
    case ZC_STATE_BURNED:
      return _("burned and verified");
    }
  return "";
}
