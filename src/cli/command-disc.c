/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include "zc-cli-disc.h"

#include "base/zc-text.h"
#include "disc/zc-drives.h"

#include <string.h>

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
image (ZcCli *cli, const char *package, const ZcDiscOptions *options, GError **error)
{
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcDiscResult) result = NULL;
  ZcImaging imaging = { package, options->output, NULL, options->sheet, 0, options->split };

  if (!options->output)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say where to write with -o D.iso.")) - 1;
  if (options->capacity && !g_ascii_string_to_unsigned (options->capacity, 10, 1, G_MAXINT64, &imaging.capacity, NULL))
    return zc_fail (error, ZC_ERROR_USAGE, _("The capacity is a number of bytes, for example 736972800 for a CD.")) - 1;
  if (options->split && !options->capacity)
    return zc_fail (error, ZC_ERROR_USAGE, _("To split it, say with --capacity how many bytes one disc holds.")) - 1;
  if (options->inspection && !(inspection = zc_cli_disc_inspection (options, error)))
    return -1;
  imaging.scheme = inspection ? zc_inspection_get_scheme (inspection) : NULL;
  result = zc_handin_image (&imaging, &cli->progress, error);
  if (!result)
    return -1;
  print_result (cli, result);
  for (guint i = 0; inspection && i < result->images->len; i++)
    if (!zc_inspection_log (inspection, "image", ((const ZcDiscImage *) result->images->pdata[i])->volume_id, error))
      return -1;
  return 0;
}

static const char *
medium_words (const ZcMedium *medium)
{
  switch (medium->state)
    {
    case ZC_MEDIUM_NONE:
      return _("no disc");
    case ZC_MEDIUM_BLANK:
      return _("blank");
    case ZC_MEDIUM_APPENDABLE:
      return _("written, not closed");
    case ZC_MEDIUM_CLOSED:
      return _("written and closed");
    case ZC_MEDIUM_UNSUITABLE:
      break;
    }
  return _("a disc that this drive cannot use");
}

/* What lies in the drive that was named: the only look that touches a drive. */
static int
look (ZcCli *cli, const char *address, GError **error)
{
  static const char *const states[] = { "none", "blank", "appendable", "closed", "unsuitable" };
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (error);
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (GError) refused = NULL;
  g_autofree char *held = NULL;
  ZcMedium medium;

  if (!backend || !zc_burn_inspect (backend, address, &medium, error))
    return -1;
  zc_burn_medium_check (&medium, 0, &refused);
  json_builder_begin_object (json);
  zc_cli_json_string (json, "address", address);
  zc_cli_json_string (json, "state", states[medium.state]);
  zc_cli_json_string (json, "medium", medium.name);
  zc_cli_json_string (json, "maker", medium.maker);
  zc_cli_json_int (json, "capacity", (gint64) medium.free_bytes);
  zc_cli_json_string (json, "refused", refused ? refused->message : NULL);
  json_builder_end_object (json);
  held = zc_size_display (medium.free_bytes);
  if (cli->json)
    zc_cli_print_json (json);
  else if (refused)
    zc_cli_print ("%s  %s", address, refused->message);
  else
    zc_cli_print (_("%s  %s %s, %s, holds %s"), address, medium.name, medium.maker, medium_words (&medium), held);
  return refused ? 1 : 0;
}

static int
drives (ZcCli *cli, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (JsonBuilder) json = json_builder_new ();

  if (zc_drives_sandboxed (NULL))
    return zc_fail (error, ZC_ERROR_DEVICE,
                    _("This installation has no access to drives. Write the image with “zicha disc image” and burn it, as an "
                      "image, with the system's burner.")) - 1;
  list = zc_drives_list (NULL, error);
  if (!list)
    return -1;
  json_builder_begin_array (json);
  for (guint i = 0; i < list->len; i++)
    {
      const ZcDrive *drive = list->pdata[i];
      g_autoptr (GError) refused = NULL;

      zc_drive_check (drive, &refused);
      json_builder_begin_object (json);
      zc_cli_json_string (json, "address", drive->address);
      zc_cli_json_string (json, "name", drive->name);
      zc_cli_json_bool (json, "can-write", drive->can_write);
      zc_cli_json_bool (json, "permitted", drive->permitted);
      json_builder_end_object (json);
      if (!cli->json)
        zc_cli_print ("%s  %s  %s", drive->address, drive->name, refused ? refused->message : "");
    }
  json_builder_end_array (json);
  if (cli->json)
    zc_cli_print_json (json);
  return 0;
}

static int
verify (ZcCli *cli, char **paths, GError **error)
{
  ZcDiscCheck check;
  guint n = g_strv_length (paths);

  if (!zc_handin_check_discs ((const char *const *) paths, n, &check, &cli->progress, error))
    return -1;
  if (!check.whole)
    zc_cli_say (cli, _("Every file on “%s” is what its list says. It is one of %u discs; name all of them to check the whole."),
                paths[0], check.discs);
  else
    zc_cli_say (cli, ngettext ("Every file on the disc is what its list says, and the package is complete. Whether it is the "
                               "paper's: zicha verify",
                               "Every file on the %u discs is what its list says, and the package is complete. Whether it is the "
                               "paper's: zicha verify",
                               n),
                n);
  return 0;
}

static void
options_clear (ZcDiscOptions *options)
{
  g_free (options->output);
  g_free (options->sheet);
  g_free (options->capacity);
  g_free (options->drive);
  g_free (options->log);
  g_free (options->inspection);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZcDiscOptions, options_clear)

ZcInspection *
zc_cli_disc_inspection (const ZcDiscOptions *options, GError **error)
{
  g_autoptr (ZcInspection) inspection = zc_cli_open (options->inspection, error);

  if (!inspection)
    return NULL;
  if (zc_inspection_get_state (inspection) < ZC_STATE_SEALED)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("“%s” is not sealed, so no disc belongs to it."), options->inspection);
  return g_steal_pointer (&inspection);
}

static int
run (ZcCli *cli, const ZcCommand *command, char **words, const ZcDiscOptions *options, GError **error)
{
  guint n = g_strv_length (words) - 1;

  if (strcmp (words[0], "image") == 0 && n == 1)
    return image (cli, words[1], options, error);
  if (strcmp (words[0], "drives") == 0 && n == 0)
    return options->drive ? look (cli, options->drive, error) : drives (cli, error);
  if (strcmp (words[0], "burn") == 0 && n == 1)
    return zc_cli_disc_burn (cli, words[1], options, error);
  if (strcmp (words[0], "verify") == 0 && n >= 1)
    return verify (cli, words + 1, error);
  return zc_fail (error, ZC_ERROR_USAGE, _("Use: zicha disc %s"), _(command->arguments)) - 1;
}

int
zc_command_disc (ZcCli *cli, const ZcCommand *command, int argc, char **argv, GError **error)
{
  g_auto (ZcDiscOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_("image: the file to write; burn: keep the image there"), "D.iso" },
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &options.sheet, N_("a PDF to be put on the disc in clear, for anybody to read"), "PDF" },
    { "capacity", 0, 0, G_OPTION_ARG_STRING, &options.capacity, N_("image: how many bytes one disc holds"), N_("BYTES") },
    { "split", 0, 0, G_OPTION_ARG_NONE, &options.split, N_("image: over several discs if one does not hold it"), NULL },
    { "drive", 0, 0, G_OPTION_ARG_FILENAME, &options.drive, N_("burn: the drive; drives: say what lies in it"), "/dev/sr0" },
    { "erase", 0, 0, G_OPTION_ARG_NONE, &options.erase, N_("burn: erase a rewritable disc first"), NULL },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &options.log, N_("burn: keep the log in this file"), N_("FILE") },
    { "inspection", 0, 0, G_OPTION_ARG_FILENAME, &options.inspection,
      N_("the self-check that the disc belongs to: what is done is noted in it, and the public hand-in sheet put on the disc"),
      "FILE.zicha" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;

  if (!zc_cli_parse (cli, command, argc, argv, entries, 1, 1 + ZC_DISC_MAX_DISCS, &words, error))
    return -1;
  return run (cli, command, words, &options, error);
}
