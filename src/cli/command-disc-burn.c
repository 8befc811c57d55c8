/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli-disc.h"

#include "base/zc-output.h"
#include "base/zc-text.h"
#include "disc/zc-awake.h"
#include "package/zc-package.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* The image of a package that has none yet: where it is to stay, or a folder beside the package that goes again. */
typedef struct
{
  char *folder; /* nullable */
  char *path;
  char sha256[2 * ZC_DIGEST_SIZE + 1];
} Image;

static void
image_clear (Image *image)
{
  if (image->folder)
    {
      g_unlink (image->path);
      g_rmdir (image->folder);
    }
  g_free (image->folder);
  g_free (image->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Image, image_clear)

static gboolean
choose_path (Image *image, const char *package, const ZcDiscOptions *options, GError **error)
{
  g_autofree char *beside = g_path_get_dirname (package);
  g_autofree char *template = g_build_filename (beside, ".zicha-disc-XXXXXX", NULL);

  if (options->output)
    {
      image->path = g_strdup (options->output);
      return TRUE;
    }
  if (!g_mkdtemp_full (template, 0700))
    return zc_fail_errno (error, errno, _("The disc image cannot be written beside “%s”: say with -o where to write it."), package);
  image->folder = g_steal_pointer (&template);
  image->path = g_build_filename (image->folder, "disc.iso", NULL);
  return TRUE;
}

/* Looks at the disc before minutes are spent on an image that it cannot take. */
static gboolean
write_image (ZcCli *cli, Image *image, const char *package, ZcBurnBackend *backend, const ZcDiscOptions *options,
             ZcInspection *inspection, GError **error)
{
  ZcImaging imaging = { package, NULL, inspection ? zc_inspection_get_scheme (inspection) : NULL, options->sheet, 0, FALSE };
  g_autoptr (ZcDiscResult) result = NULL;
  guint64 size = zc_handin_image_size (&imaging, error);
  const ZcDiscImage *made;
  ZcMedium medium;

  if (size == 0 || !zc_burn_inspect (backend, options->drive, &medium, error) || !zc_burn_medium_check (&medium, size, error) ||
      !choose_path (image, package, options, error))
    return FALSE;
  imaging.path = image->path;
  result = zc_handin_image (&imaging, &cli->progress, error);
  if (!result)
    return FALSE;
  made = result->images->pdata[0];
  g_strlcpy (image->sha256, made->sha256, sizeof image->sha256);
  return TRUE;
}

static gboolean
is_package (const char *path)
{
  g_autoptr (ZcSource) source = zc_source_new_file (path, NULL);
  ZcPackageInfo info;

  return g_str_has_suffix (path, ".zcp") || (source && zc_package_peek (source, &info, NULL));
}

static gboolean
save_log (const ZcBurnLog *log, const char *path, GError **error)
{
  g_autofree char *text = zc_burn_log_to_text (log);

  return !path || zc_output_write_file (path, text, strlen (text), error);
}

static void
print_burn (ZcCli *cli, const ZcBurnLog *log)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  if (log->outcome == ZC_BURN_GOOD)
    zc_cli_say (cli, _("%s Write on it: %s"), log->sentence, log->volume_id);
  if (!cli->json)
    return;
  json_builder_begin_object (json);
  zc_cli_json_string (json, "result", zc_burn_outcome_id (log->outcome));
  zc_cli_json_string (json, "volume", log->volume_id);
  zc_cli_json_string (json, "drive", log->drive);
  zc_cli_json_string (json, "medium", log->medium.name);
  zc_cli_json_int (json, "size", (gint64) log->size);
  zc_cli_json_int (json, "written", (gint64) log->written);
  zc_cli_json_int (json, "verified", (gint64) log->verified);
  zc_cli_json_string (json, "sha256", log->sha256);
  zc_cli_json_string (json, "sentence", log->sentence);
  json_builder_end_object (json);
  zc_cli_print_json (json);
}

/* Keeps what is to be kept. A disc that is good stays so when that fails, but it is said. */
static gboolean
keep (ZcCli *cli, const ZcBurnLog *log, const ZcDiscOptions *options, ZcInspection *inspection, GError **error)
{
  gboolean noted = !inspection || zc_handin_note_burn (inspection, log, error);

  print_burn (cli, log);
  return save_log (log, options->log, noted ? error : NULL) && noted;
}

static void
on_phase (ZcBurnPhase phase, gpointer data)
{
  const char *cost = zc_burn_cancel_cost (phase);

  if (phase == ZC_BURN_PHASE_PREPARING && cost)
    zc_cli_say (data, _("Burning. Do not interrupt it with Ctrl+C: %s"), cost);
}

/* Returns: (nullable) */
static ZcAwake *
stay_awake (ZcCli *cli)
{
  ZcAwake *awake = zc_awake_hold (_("Burning a disc"));

  if (!awake)
    zc_cli_say (cli, _("The system can’t be asked to stay awake: see that the computer does not go to sleep while it burns."));
  return awake;
}

int
zc_cli_disc_burn (ZcCli *cli, const char *path, const ZcDiscOptions *options, GError **error)
{
  g_autoptr (ZcAwake) awake = NULL;
  g_autoptr (ZcBurnBackend) backend = NULL;
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcBurnLog) log = NULL;
  g_autoptr (GError) failed = NULL;
  g_auto (Image) image = { 0 };
  ZcBurnRequest request = { options->drive, path, NULL, &cli->progress, on_phase, cli };

  if (!options->drive)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say which drive with --drive. List them with: zicha disc drives")) - 1;
  if (options->inspection && !(inspection = zc_cli_disc_inspection (options, error)))
    return -1;
  backend = zc_burn_libburn_new (error);
  awake = stay_awake (cli);
  if (!backend || (options->erase && !zc_burn_erase (backend, options->drive, &cli->progress, error)))
    return -1;
  if (is_package (path))
    {
      if (!write_image (cli, &image, path, backend, options, inspection, error))
        return -1;
      request.image_path = image.path;
      request.sha256 = image.sha256;
    }
  if (zc_handin_burn (backend, &request, &log, &failed))
    return keep (cli, log, options, inspection, error) ? 0 : -1;
  /* Why the disc failed matters more than that the log could not be kept. */
  if (log)
    keep (cli, log, options, inspection, NULL);
  g_propagate_error (error, g_steal_pointer (&failed));
  return -1;
}
