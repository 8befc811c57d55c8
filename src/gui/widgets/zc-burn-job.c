/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-burn-job.h"

#include "disc/zc-awake.h"
#include "handin/zc-handin-disc.h"

#include <glib/gi18n.h>

ZcBurnJob *
zc_burn_job_new (gpointer owner, const ZcDrive *drive, const ZcBurnImage *image)
{
  ZcBurnJob *self = g_new0 (ZcBurnJob, 1);

  self->owner = g_object_ref (owner);
  self->address = g_strdup (drive->address);
  self->drive = g_strdup (drive->name);
  self->image = zc_burn_image_copy (image);
  return self;
}

void
zc_burn_job_free (gpointer data)
{
  ZcBurnJob *self = data;

  g_object_unref (self->owner);
  g_free (self->address);
  g_free (self->drive);
  zc_burn_image_free (self->image);
  g_free (self);
}

/* Called in the job's thread: from here on the window knows what stopping costs. */
static void
on_phase (ZcBurnPhase phase, gpointer job)
{
  zc_job_set_cost (job, zc_burn_cancel_cost (phase), phase != ZC_BURN_PHASE_CLOSING && phase != ZC_BURN_PHASE_ERASING);
}

gpointer
zc_burn_job_burn (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  ZcBurnJob *self = data;
  g_autoptr (ZcAwake) awake = zc_awake_hold (_("Burning a disc"));
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (error);
  ZcBurnRequest request = { self->address, self->image->path, self->image->sha256, progress, on_phase,
                            zc_progress_cancellable (progress) };
  ZcBurnLog *log = NULL;
  g_autoptr (GError) failed = NULL;

  if (!backend)
    return NULL;
  if (!zc_handin_burn (backend, &request, &log, &failed) && !log)
    g_propagate_error (error, g_steal_pointer (&failed));
  return log;
}

gpointer
zc_burn_job_erase (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  ZcBurnJob *self = data;
  g_autoptr (ZcAwake) awake = zc_awake_hold (_("Erasing the disc"));
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (error);

  if (!backend)
    return NULL;
  on_phase (ZC_BURN_PHASE_ERASING, zc_progress_cancellable (progress));
  return zc_burn_erase (backend, self->address, progress, error) ? GINT_TO_POINTER (1) : NULL;
}

gpointer
zc_burn_job_look (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  ZcBurnJob *self = data;
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (error);

  zc_progress_report (progress, _("Looking at the disc"), 0, 0);
  return backend && zc_burn_inspect (backend, self->address, &self->medium, error) ? GINT_TO_POINTER (1) : NULL;
}
