/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-handin-disc.h"

#include "disc/zc-disc-reader.h"
#include "package/zc-package.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Checking */

static gboolean
check_disc (const char *path, guint *of, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcDiscReader) reader = zc_disc_reader_open (path, error);
  guint n;

  if (!reader || !zc_disc_reader_check (reader, progress, error))
    return FALSE;
  if (!zc_disc_volume_parse (zc_disc_reader_volume_id (reader), &n, of))
    *of = 1;
  return TRUE;
}

gboolean
zc_handin_check_discs (const char *const *paths, guint n, ZcDiscCheck *check, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcSource) package = NULL;

  *check = (ZcDiscCheck) { 0, FALSE };
  for (guint i = 0; i < n; i++)
    {
      guint of = 1;

      if (!check_disc (paths[i], &of, progress, error))
        return FALSE;
      check->discs = MAX (check->discs, of);
    }
  if (n == 1 && check->discs > 1)
    return TRUE;
  package = zc_disc_open_package (paths, n, ZC_HANDIN_PACKAGE, error);
  check->whole = package && zc_package_check (package, progress, error);
  return check->whole;
}

gboolean
zc_handin_burn (ZcBurnBackend *backend, const ZcBurnRequest *request, ZcBurnLog **log, GError **error)
{
  ZcDiscCheck check;

  *log = NULL;
  if (request->phase)
    request->phase (ZC_BURN_PHASE_CHECKING, request->phase_data);
  return zc_handin_check_discs (&request->image_path, 1, &check, request->progress, error) &&
         zc_burn (backend, request, log, error);
}

/* Noting */

/* Whether a good burn of the disc called @volume_id is in the log of @revision. */
static gboolean
is_burned (GPtrArray *events, guint revision, const char *volume_id)
{
  g_autofree char *start = g_strconcat (volume_id, ":", NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const ZcHandInEvent *event = events->pdata[i];

      if (event->revision == revision && g_str_has_prefix (event->detail, start) &&
          (g_str_equal (event->kind, "burned") || g_str_equal (event->kind, "disc-burned")))
        return TRUE;
    }
  return FALSE;
}

/* Whether all the other discs of the hand-in that @volume_id belongs to are burnt. */
static gboolean
others_are_burned (ZcInspection *inspection, const char *volume_id)
{
  g_autoptr (GPtrArray) events = zc_inspection_get_log (inspection);
  g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, 0);
  const char *end = strrchr (volume_id, '_');
  guint n, of;

  if (!end || !sealing || !zc_disc_volume_parse (volume_id, &n, &of))
    return TRUE;
  for (guint i = 1; i <= of; i++)
    {
      g_autofree char *other = g_strdup_printf ("%.*s_%uOF%u", (int) (end - volume_id), volume_id, i, of);

      if (i != n && !is_burned (events, sealing->revision, other))
        return FALSE;
    }
  return TRUE;
}

/* The label stands first and untranslated: is_burned() looks for it. */
static char *
describe (const ZcBurnLog *log)
{
  g_autofree char *maker = *log->medium.maker ? g_strdup_printf (" (%s)", log->medium.maker) : g_strdup ("");
  g_autofree char *facts = g_strdup_printf (_("%s%s in %s %s, SHA-256 %s, by %s. %s"), log->medium.name, maker, log->drive,
                                            log->address, log->sha256, g_get_user_name (), log->sentence);

  return g_strdup_printf ("%s: %s", log->volume_id, facts);
}

gboolean
zc_handin_note_burn (ZcInspection *inspection, const ZcBurnLog *log, GError **error)
{
  g_autofree char *detail = describe (log);
  const char *kind = "burn-failed";

  if (log->outcome == ZC_BURN_NOT_STARTED)
    return TRUE;
  if (log->outcome == ZC_BURN_GOOD)
    kind = others_are_burned (inspection, log->volume_id) ? "burned" : "disc-burned";
  return zc_inspection_log (inspection, kind, detail, error);
}
