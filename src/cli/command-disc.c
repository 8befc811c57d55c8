/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "base/zc-output.h"
#include "base/zc-text.h"
#include "disc/zc-burn.h"
#include "disc/zc-disc-reader.h"
#include "disc/zc-drives.h"
#include "handin/zc-handin.h"

#include <string.h>

typedef struct
{
  char *output;
  char *sheet;
  char *capacity;
  char *drive;
  char *log;
  gboolean erase;
} DiscOptions;

static void
options_clear (DiscOptions *options)
{
  g_free (options->output);
  g_free (options->sheet);
  g_free (options->capacity);
  g_free (options->drive);
  g_free (options->log);
}

static void
print_result (ZcCli *cli, const ZcDiscResult *result)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_array (json);
  for (guint i = 0; i < result->images->len; i++)
    {
      const ZcDiscImage *image = result->images->pdata[i];
      g_autofree char *size = zc_size_display (image->size);

      json_builder_begin_object (json);
      zc_cli_json_string (json, "path", image->path);
      zc_cli_json_string (json, "volume", image->volume_id);
      zc_cli_json_int (json, "size", (gint64) image->size);
      zc_cli_json_string (json, "sha256", image->sha256);
      json_builder_end_object (json);
      zc_cli_say (cli, _("Wrote the image “%s” (%s). Write on the disc: %s"), image->path, size, image->volume_id);
    }
  json_builder_end_array (json);
  if (cli->json)
    zc_cli_print_json (json);
}

static int
image (ZcCli *cli, const char *package, const DiscOptions *options, GError **error)
{
  g_autoptr (ZcDiscResult) result = NULL;
  guint64 capacity = 0;

  if (!options->output)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say where to write with -o D.iso.")) - 1;
  if (options->capacity && !g_ascii_string_to_unsigned (options->capacity, 10, 1, G_MAXINT64, &capacity, NULL))
    return zc_fail (error, ZC_ERROR_USAGE, _("The capacity is a number of bytes, for example 736972800 for a CD.")) - 1;
  result = zc_handin_image (package, options->sheet, options->output, capacity, &cli->progress, error);
  if (!result)
    return -1;
  print_result (cli, result);
  return 0;
}

static int
drives (ZcCli *cli, GError **error)
{
  g_autoptr (GPtrArray) list = zc_drives_list (NULL, error);
  g_autoptr (JsonBuilder) json = json_builder_new ();

  if (!list)
    return -1;
  json_builder_begin_array (json);
  for (guint i = 0; i < list->len; i++)
    {
      const ZcDrive *drive = list->pdata[i];

      json_builder_begin_object (json);
      zc_cli_json_string (json, "address", drive->address);
      zc_cli_json_string (json, "name", drive->name);
      zc_cli_json_bool (json, "can-write", drive->can_write);
      zc_cli_json_bool (json, "permitted", drive->permitted);
      json_builder_end_object (json);
      if (!cli->json)
        zc_cli_print ("%s  %s%s%s", drive->address, drive->name, drive->can_write ? "" : _(" (reads only)"),
                      drive->permitted ? "" : _(" (no permission)"));
    }
  json_builder_end_array (json);
  if (cli->json)
    zc_cli_print_json (json);
  return 0;
}

static gboolean
save_log (const ZcBurnLog *log, const char *path, GError **error)
{
  g_autofree char *text = log ? zc_burn_log_to_text (log) : NULL;

  return !path || !text || zc_output_write_file (path, text, strlen (text), error);
}

static int
burn (ZcCli *cli, const char *image_path, const DiscOptions *options, GError **error)
{
  g_autoptr (ZcBurnBackend) backend = NULL;
  g_autoptr (ZcBurnLog) log = NULL;
  ZcBurnRequest request = { options->drive, image_path, NULL, &cli->progress };
  gboolean good;

  if (!options->drive)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say which drive with --drive. List them with: zicha disc drives")) - 1;
  backend = zc_burn_libburn_new (error);
  if (!backend || (options->erase && !zc_burn_erase (backend, options->drive, &cli->progress, error)))
    return -1;
  good = zc_burn (backend, &request, &log, error);
  if (!save_log (log, options->log, good ? error : NULL))
    return -1;
  if (good)
    zc_cli_say (cli, "%s", log->sentence);
  return good ? 0 : -1;
}

static int
verify (ZcCli *cli, const char *path, GError **error)
{
  g_autoptr (ZcDiscReader) reader = zc_disc_reader_open (path, error);

  if (!reader || !zc_disc_reader_check (reader, &cli->progress, error))
    return -1;
  zc_cli_say (cli, _("Every file on “%s” (%s) is what its list says. Whether it is the paper's: zicha verify"), path,
              zc_disc_reader_volume_id (reader));
  return 0;
}

int
zc_command_disc (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  DiscOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_("image: the file to write"), "D.iso" },
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &options.sheet, N_("image: a hand-in list to be put on the disc in clear"), "PDF" },
    { "capacity", 0, 0, G_OPTION_ARG_STRING, &options.capacity, N_("image: how many bytes one disc holds"), N_("BYTES") },
    { "drive", 0, 0, G_OPTION_ARG_FILENAME, &options.drive, N_("burn: the drive"), "/dev/sr0" },
    { "erase", 0, 0, G_OPTION_ARG_NONE, &options.erase, N_("burn: erase a rewritable disc first"), NULL },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &options.log, N_("burn: keep the log in this file"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  int status = -1;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 2, &words, error))
    status = -1;
  else if (strcmp (words[0], "image") == 0 && words[1])
    status = image (cli, words[1], &options, error);
  else if (strcmp (words[0], "drives") == 0 && !words[1])
    status = drives (cli, error);
  else if (strcmp (words[0], "burn") == 0 && words[1])
    status = burn (cli, words[1], &options, error);
  else if (strcmp (words[0], "verify") == 0 && words[1])
    status = verify (cli, words[1], error);
  else
    zc_fail (error, ZC_ERROR_USAGE, _("Use: zicha disc %s"), command->arguments);
  options_clear (&options);
  return status;
}
