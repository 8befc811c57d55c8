/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-libburn.h"

#include "disc/zc-disc-image.h"

#include <glib/gi18n-lib.h>

#define FIFO_CHUNKS 16384 /* of a block: 32 MiB between the image's disk and the drive */

struct burn_write_opts *
zc_libburn_options_new (ZcLibburn *self)
{
  struct burn_write_opts *options = burn_write_opts_new (self->drive);

  if (options)
    {
      burn_write_opts_set_multi (options, 0);
      burn_write_opts_set_simulate (options, 0);
      burn_write_opts_set_underrun_proof (options, 1);
    }
  return options;
}

static void
free_job (ZcLibburn *self)
{
  if (self->options)
    burn_write_opts_free (self->options);
  if (self->track)
    burn_track_free (self->track);
  if (self->session)
    burn_session_free (self->session);
  if (self->disc)
    burn_disc_free (self->disc);
  /* This ends the thread that fills the fifo: nobody calls the feed after it. */
  if (self->fifo)
    burn_source_free (self->fifo);
  self->options = NULL;
  self->track = NULL;
  self->session = NULL;
  self->disc = NULL;
  self->fifo = NULL;
}

static gboolean
make_job (ZcLibburn *self, ZcBurnFeed feed, gpointer data)
{
  struct burn_source *source = zc_libburn_source_new (self->size, feed, data);

  self->fifo = burn_fifo_source_new (source, ZC_DISC_BLOCK, FIFO_CHUNKS, 0);
  burn_source_free (source);
  self->disc = burn_disc_create ();
  self->session = burn_session_create ();
  self->track = burn_track_create ();
  self->options = zc_libburn_options_new (self);
  if (!self->fifo || !self->disc || !self->session || !self->track || !self->options)
    return FALSE;
  burn_track_define_data (self->track, 0, 0, 1, BURN_MODE1);
  return burn_disc_add_session (self->disc, self->session, BURN_POS_END) == 1 &&
         burn_session_add_track (self->session, self->track, BURN_POS_END) == 1 &&
         burn_track_set_source (self->track, self->fifo) == BURN_SOURCE_OK;
}

gboolean
zc_libburn_start (ZcBurnBackend *base, guint64 size, ZcBurnFeed feed, gpointer data, GError **error)
{
  ZcLibburn *self = (ZcLibburn *) base;
  char reasons[BURN_REASONS_LEN] = "";
  int speed = burn_drive_get_write_speed (self->drive);

  self->size = size;
  if (!make_job (self, feed, data))
    {
      free_job (self);
      return zc_fail (error, ZC_ERROR_DEVICE, _("Burning cannot be prepared. The drive says: %s"),
                      zc_libburn_last_message (self));
    }
  /* Half of what the drive boasts of is what its discs are most readable at; 0 leaves the choice to the
   * drive. */
  burn_drive_set_speed (self->drive, 0, speed > 1 ? speed / 2 : 0);
  if ((guint64) MAX (burn_disc_available_space (self->drive, self->options), 0) < size ||
      burn_write_opts_auto_write_type (self->options, self->disc, reasons, 0) == BURN_WRITE_NONE)
    {
      free_job (self);
      return zc_fail (error, ZC_ERROR_DEVICE,
                      _("The drive cannot write this image on this disc. It says: %s"),
                      *reasons ? reasons : "-");
    }
  burn_disc_write (self->options, self->disc);
  return TRUE;
}

static ZcBurnStep
step_of (enum burn_drive_status status)
{
  switch (status)
    {
    case BURN_DRIVE_IDLE:
      return ZC_BURN_STEP_IDLE;
    case BURN_DRIVE_WRITING:
      return ZC_BURN_STEP_WRITING;
    case BURN_DRIVE_WRITING_LEADOUT:
    case BURN_DRIVE_CLOSING_TRACK:
    case BURN_DRIVE_CLOSING_SESSION:
      return ZC_BURN_STEP_CLOSING;
    case BURN_DRIVE_ERASING:
    case BURN_DRIVE_FORMATTING:
      return ZC_BURN_STEP_ERASING;
    case BURN_DRIVE_SPAWNING:
    case BURN_DRIVE_READING:
    case BURN_DRIVE_WRITING_LEADIN:
    case BURN_DRIVE_GRABBING:
    case BURN_DRIVE_WRITING_PREGAP:
    case BURN_DRIVE_READING_SYNC:
    case BURN_DRIVE_WRITING_SYNC:
    default:
      return ZC_BURN_STEP_PREPARING;
    }
}

void
zc_libburn_status (ZcBurnBackend *base, ZcBurnStatus *status)
{
  struct burn_progress progress = { 0 };

  status->step = step_of (burn_drive_get_status (((ZcLibburn *) base)->drive, &progress));
  status->done = status->total = 0;
  if (status->step == ZC_BURN_STEP_WRITING && progress.sectors > 0)
    {
      status->total = (guint64) progress.sectors * ZC_DISC_BLOCK;
      status->done = (guint64) CLAMP (progress.sector, 0, progress.sectors) * ZC_DISC_BLOCK;
    }
}

void
zc_libburn_cancel (ZcBurnBackend *base)
{
  burn_drive_cancel (((ZcLibburn *) base)->drive);
}

gboolean
zc_libburn_finish (ZcBurnBackend *base)
{
  ZcLibburn *self = (ZcLibburn *) base;
  gboolean well = burn_drive_wrote_well (self->drive) == 1;
  off_t taken = 0, written = 0;

  if (burn_track_get_counters (self->track, &taken, &written) == 1)
    well = well && (guint64) MAX (taken, 0) >= self->size && (guint64) MAX (written, 0) >= self->size;
  free_job (self);
  return well;
}
