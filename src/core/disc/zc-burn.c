/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-burn.h"

#include "base/zc-clock.h"
#include "base/zc-source.h"
#include "base/zc-text.h"
#include "disc/zc-disc-image.h"
#include "disc/zc-disc-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REPORT_USEC (100 * 1000)
#define READ_CHUNK (64u * 1024)

/* The image on its way to the drive. The backend's thread calls feed_read(); it is read here only after
 * finish(), but for @failed. */
typedef struct
{
  ZcSource *source;
  guint64 at;
  ZcDigest *digest;
  GError *error;
  int failed; /* atomic */
} Feed;

typedef struct
{
  ZcBurnBackend *backend;
  const ZcBurnRequest *request;
  ZcBurnLog *log;
  ZcSource *image;
  Feed feed;
  ZcBurnPhase phase;
  gboolean in_phase;
  gint64 reported;
} Burning;

/* Words */

const char *
zc_burn_phase_text (ZcBurnPhase phase)
{
  switch (phase)
    {
    case ZC_BURN_PHASE_CHECKING:
      return _("Checking the image");
    case ZC_BURN_PHASE_PREPARING:
      return _("Preparing the drive");
    case ZC_BURN_PHASE_WRITING:
      return _("Writing");
    case ZC_BURN_PHASE_CLOSING:
      return _("Closing the disc, which may take minutes");
    case ZC_BURN_PHASE_VERIFYING:
      return _("Reading the disc back");
    case ZC_BURN_PHASE_ERASING:
      return _("Erasing");
    }
  return "";
}

const char *
zc_burn_cancel_cost (ZcBurnPhase phase)
{
  switch (phase)
    {
    case ZC_BURN_PHASE_CHECKING:
      return NULL;
    case ZC_BURN_PHASE_PREPARING:
    case ZC_BURN_PHASE_WRITING:
      return _("The disc is lost if you cancel now: it cannot be burnt again.");
    case ZC_BURN_PHASE_CLOSING:
      return _("The disc is being closed. This cannot be cancelled.");
    case ZC_BURN_PHASE_VERIFYING:
      return _("The disc is written, but nobody knows whether it can be read. If you cancel now it must not "
               "be submitted.");
    case ZC_BURN_PHASE_ERASING:
      return _("The disc is being erased. This cannot be cancelled.");
    }
  return NULL;
}

static void
report (Burning *self, ZcBurnPhase phase, guint64 done, guint64 total)
{
  gint64 now = g_get_monotonic_time ();
  gboolean is_new = !self->in_phase || phase != self->phase;

  if (is_new && self->request->phase)
    self->request->phase (phase, self->request->phase_data);
  if (!is_new && now - self->reported < REPORT_USEC && done < total)
    return;
  self->in_phase = TRUE;
  self->phase = phase;
  self->reported = now;
  zc_progress_report (self->request->progress, zc_burn_phase_text (phase), done, total);
}

static gboolean
is_cancelled (Burning *self, GError **error)
{
  return zc_fail_if_cancelled (zc_progress_cancellable (self->request->progress), error);
}

static void
keep_message (const char *line, gpointer data)
{
  ZcBurnLog *log = data;

  g_ptr_array_add (log->messages, g_utf8_make_valid (line, -1));
}

static void
keep_messages (Burning *self)
{
  self->backend->messages (self->backend, keep_message, self->log);
}

/* Before the drive */

static gboolean
digest_image (Burning *self, GError **error)
{
  guint64 size = zc_source_size (self->image);
  g_autoptr (ZcDigest) digest = zc_digest_new (ZC_DIGEST_SHA256);
  g_autofree guint8 *buffer = g_malloc (READ_CHUNK);
  g_autofree char *hex = NULL;

  for (guint64 at = 0; at < size;)
    {
      gsize n = MIN (READ_CHUNK, size - at);

      report (self, ZC_BURN_PHASE_CHECKING, at, size);
      if (is_cancelled (self, error) || !zc_source_read (self->image, at, buffer, n, error))
        return FALSE;
      zc_digest_update (digest, buffer, n);
      at += n;
    }
  report (self, ZC_BURN_PHASE_CHECKING, size, size);
  hex = zc_digest_hex (digest, ZC_DIGEST_SHA256);
  g_strlcpy (self->log->sha256, hex, sizeof self->log->sha256);
  if (self->request->sha256 && !g_str_equal (self->request->sha256, hex))
    return zc_fail (
        error, ZC_ERROR_DAMAGED,
        _("The image “%s” was changed since it was made. Nothing was burnt; make the image again."),
        self->log->image);
  return TRUE;
}

static gboolean
check_image (Burning *self, GError **error)
{
  g_autoptr (ZcDiscReader) reader = NULL;
  guint64 size;

  self->image = zc_source_new_file (self->request->image_path, error);
  reader = self->image ? zc_disc_reader_new (self->image, self->log->image, error) : NULL;
  if (!reader)
    return FALSE;
  size = zc_source_size (self->image);
  if (size % ZC_DISC_BLOCK != 0)
    return zc_fail (error, ZC_ERROR_INVALID, _("“%s” is not a disc image."), self->log->image);
  g_free (self->log->volume_id);
  self->log->volume_id = g_strdup (zc_disc_reader_volume_id (reader));
  self->log->size = size;
  return digest_image (self, error);
}

/* The medium */

static gboolean
check_state (const ZcMedium *medium, GError **error)
{
  switch (medium->state)
    {
    case ZC_MEDIUM_NONE:
      return zc_fail (error, ZC_ERROR_DEVICE, _("There is no disc in the drive. Insert a blank one."));
    case ZC_MEDIUM_UNSUITABLE:
      return zc_fail (error, ZC_ERROR_DEVICE,
                      _("The drive cannot use this disc. Insert a blank one of another kind."));
    case ZC_MEDIUM_APPENDABLE:
    case ZC_MEDIUM_CLOSED:
      if (medium->kind == ZC_MEDIUM_ERASABLE)
        return zc_fail (error, ZC_ERROR_DEVICE,
                        _("There is content on the disc (%s). Erase it first, or insert a blank one."),
                        medium->name);
      return zc_fail (error, ZC_ERROR_DEVICE,
                      _("The disc (%s) is not blank. Insert a blank one that can be written once."),
                      medium->name);
    case ZC_MEDIUM_BLANK:
      break;
    }
  if (medium->kind == ZC_MEDIUM_OVERWRITABLE || medium->kind == ZC_MEDIUM_READ_ONLY)
    return zc_fail (error, ZC_ERROR_DEVICE,
                    _("A disc of this kind (%s) cannot be closed: what is on it could be changed later. "
                      "Insert one that can "
                      "be written once, for example CD-R, DVD-R, DVD+R or BD-R."),
                    medium->name);
  return TRUE;
}

gboolean
zc_burn_medium_check (const ZcMedium *medium, guint64 size, GError **error)
{
  g_autofree char *needed = zc_size_display (size);
  g_autofree char *held = zc_size_display (medium->free_bytes);

  if (!check_state (medium, error))
    return FALSE;
  if (size > medium->free_bytes)
    return zc_fail (error, ZC_ERROR_NO_SPACE,
                    _("The image needs %s, this disc holds %s. Use a larger disc, or several."), needed,
                    held);
  return TRUE;
}

gboolean
zc_burn_inspect (ZcBurnBackend *backend, const char *address, ZcMedium *medium, GError **error)
{
  gboolean good;

  if (!backend->open (backend, address, error))
    return FALSE;
  good = backend->inspect (backend, medium, error);
  backend->close (backend, FALSE);
  return good;
}

/* Writing */

static gssize
feed_read (gpointer data, guint8 *buffer, gsize size)
{
  Feed *feed = data;
  gsize n = MIN (size, zc_source_size (feed->source) - feed->at);

  if (g_atomic_int_get (&feed->failed))
    return -1;
  if (!zc_source_read (feed->source, feed->at, buffer, n, &feed->error))
    {
      g_atomic_int_set (&feed->failed, 1);
      return -1;
    }
  zc_digest_update (feed->digest, buffer, n);
  feed->at += n;
  return (gssize) n;
}

/* Follows the drive until it is idle. A drive whose feeder fails would fill up with zeros, close the disc and
 * call it well written: it is stopped as soon as that is seen. @cancelled is set when the user was the
 * reason. */
static void
follow_writing (Burning *self, GError **cancelled)
{
  gboolean stopping = FALSE;

  for (;;)
    {
      ZcBurnStatus status = { ZC_BURN_STEP_IDLE };
      ZcBurnPhase phase;

      self->backend->status (self->backend, &status);
      if (status.step == ZC_BURN_STEP_IDLE)
        return;
      phase = status.step == ZC_BURN_STEP_CLOSING   ? ZC_BURN_PHASE_CLOSING
              : status.step == ZC_BURN_STEP_WRITING ? ZC_BURN_PHASE_WRITING
                                                    : ZC_BURN_PHASE_PREPARING;
      report (self, phase, status.done, status.total);
      if (g_atomic_int_get (&self->feed.failed))
        stopping = TRUE;
      else if (!stopping && phase != ZC_BURN_PHASE_CLOSING && is_cancelled (self, NULL))
        {
          stopping = TRUE;
          zc_fail (cancelled, ZC_ERROR_CANCELLED,
                   _("Burning was cancelled. Do not submit this disc: it is incomplete and cannot be burnt "
                     "again."));
        }
      /* At every look: what is asked before libburn's own thread has begun to write, it forgets. */
      if (stopping)
        self->backend->cancel (self->backend);
      keep_messages (self);
      g_usleep (self->backend->poll_usec);
    }
}

static gboolean
fail_spoilt (GError **error, ZcErrorCode code, const char *reason)
{
  /* Translators: %s is a sentence that says what went wrong */
  return zc_fail (error, code, _("%s Do not submit this disc; destroy it as your rules demand."), reason);
}

/* What we know of our own side. None of it can be seen in what the drive says. */
static gboolean
check_feed (Burning *self, GError **error)
{
  g_autofree char *hex = zc_digest_hex (self->feed.digest, ZC_DIGEST_SHA256);

  if (self->feed.error)
    return fail_spoilt (error, ZC_ERROR_IO, self->feed.error->message);
  if (self->feed.at != self->log->size)
    return fail_spoilt (error, ZC_ERROR_IO, _("The drive stopped before it had taken the whole image."));
  if (!g_str_equal (hex, self->log->sha256))
    return fail_spoilt (error, ZC_ERROR_DAMAGED, _("The image was changed while it was being burnt."));
  return TRUE;
}

static gboolean
write_disc (Burning *self, GError **error)
{
  ZcBurnBackend *backend = self->backend;
  GError *cancelled = NULL;
  gboolean wrote_well;

  if (is_cancelled (self, error))
    return FALSE;
  report (self, ZC_BURN_PHASE_PREPARING, 0, 0);
  self->feed.source = self->image;
  self->feed.digest = zc_digest_new (ZC_DIGEST_SHA256);
  if (!backend->start (backend, self->log->size, feed_read, &self->feed, error))
    return FALSE;
  self->log->outcome = ZC_BURN_FAILED;
  follow_writing (self, &cancelled);
  wrote_well = backend->finish (backend);
  keep_messages (self);
  self->log->written = self->feed.at;
  if (cancelled)
    {
      g_propagate_error (error, cancelled);
      return FALSE;
    }
  if (!check_feed (self, error))
    return FALSE;
  return wrote_well ||
         fail_spoilt (error, ZC_ERROR_IO, _("The drive reports that it could not write the disc."));
}

/* Reading back */

static gboolean
check_closed (Burning *self, GError **error)
{
  ZcMedium medium = { ZC_MEDIUM_NONE };

  if (!self->backend->reload (self->backend, error) ||
      !self->backend->inspect (self->backend, &medium, error))
    return FALSE;
  if (medium.state == ZC_MEDIUM_CLOSED)
    return TRUE;
  self->log->outcome = ZC_BURN_FAILED;
  return fail_spoilt (error, ZC_ERROR_IO, _("The drive did not close the disc."));
}

/* Exactly the image's length: what the disc may have behind it is the drive's. */
static gboolean
read_back (Burning *self, GError **error)
{
  g_autoptr (ZcDigest) digest = zc_digest_new (ZC_DIGEST_SHA256);
  g_autofree guint8 *buffer = g_malloc (READ_CHUNK);
  g_autofree char *hex = NULL;
  ZcBurnLog *log = self->log;

  while (log->verified < log->size)
    {
      gsize n = MIN (READ_CHUNK, log->size - log->verified);

      report (self, ZC_BURN_PHASE_VERIFYING, log->verified, log->size);
      if (is_cancelled (self, error) || !self->backend->read (self->backend, log->verified, buffer, n, error))
        return FALSE;
      zc_digest_update (digest, buffer, n);
      log->verified += n;
    }
  report (self, ZC_BURN_PHASE_VERIFYING, log->size, log->size);
  hex = zc_digest_hex (digest, ZC_DIGEST_SHA256);
  g_strlcpy (log->sha256_read, hex, sizeof log->sha256_read);
  if (g_str_equal (log->sha256_read, log->sha256))
    return TRUE;
  log->outcome = ZC_BURN_FAILED;
  return fail_spoilt (error, ZC_ERROR_MISMATCH, _("What is on the disc differs from the image."));
}

static gboolean
verify_disc (Burning *self, GError **error)
{
  g_autoptr (GError) reason = NULL;

  self->log->outcome = ZC_BURN_UNVERIFIED;
  if (check_closed (self, &reason) && read_back (self, &reason))
    return TRUE;
  if (self->log->outcome == ZC_BURN_FAILED)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (g_error_matches (reason, ZC_ERROR, ZC_ERROR_CANCELLED))
    return zc_fail (
        error, ZC_ERROR_CANCELLED,
        _("Reading the disc back was cancelled. Do not submit it: nobody knows whether it can be read."));
  return fail_spoilt (error, ZC_ERROR_IO, reason->message);
}

/* All together */

static gboolean
burn (Burning *self, GError **error)
{
  ZcBurnBackend *backend = self->backend;
  gboolean good;

  if (!check_image (self, error) || !backend->open (backend, self->request->address, error))
    return FALSE;
  g_free (self->log->drive);
  self->log->drive = backend->drive_name (backend);
  good = backend->inspect (backend, &self->log->medium, error) &&
         zc_burn_medium_check (&self->log->medium, self->log->size, error) && write_disc (self, error) &&
         verify_disc (self, error);
  if (good)
    self->log->outcome = ZC_BURN_GOOD;
  keep_messages (self);
  backend->close (backend, self->log->outcome != ZC_BURN_NOT_STARTED);
  return good;
}

static ZcBurnLog *
log_new (const ZcBurnRequest *request)
{
  ZcBurnLog *log = g_new0 (ZcBurnLog, 1);

  log->started = zc_clock_now_string ();
  log->address = g_strdup (request->address);
  log->drive = g_strdup ("");
  log->volume_id = g_strdup ("");
  log->image = g_filename_display_basename (request->image_path);
  log->messages = g_ptr_array_new_with_free_func (g_free);
  return log;
}

gboolean
zc_burn (ZcBurnBackend *backend, const ZcBurnRequest *request, ZcBurnLog **log, GError **error)
{
  g_autoptr (ZcBurnLog) own = log_new (request);
  Burning burning = { backend, request, own };
  GError *reason = NULL;
  gboolean good = burn (&burning, &reason);

  keep_messages (&burning);
  own->finished = zc_clock_now_string ();
  own->sentence =
      g_strdup (good ? _("The disc is good: it was closed, read back and found equal.") : reason->message);
  g_clear_pointer (&burning.image, zc_source_unref);
  zc_digest_free (burning.feed.digest);
  g_clear_error (&burning.feed.error);
  if (log)
    *log = g_steal_pointer (&own);
  if (!good)
    g_propagate_error (error, reason);
  return good;
}

/* Erasing */

static gboolean
check_erasable (const ZcMedium *medium, GError **error)
{
  if (medium->state == ZC_MEDIUM_NONE)
    return zc_fail (error, ZC_ERROR_DEVICE,
                    _("There is no disc in the drive. Insert the one to be erased."));
  if (medium->kind != ZC_MEDIUM_ERASABLE)
    return zc_fail (error, ZC_ERROR_DEVICE, _("The disc (%s) cannot be erased. Only CD-RW and DVD-RW can."),
                    medium->name);
  return TRUE;
}

static gboolean
erase_open (ZcBurnBackend *backend, Burning *self, GError **error)
{
  ZcMedium medium = { ZC_MEDIUM_NONE };
  ZcBurnStatus status = { ZC_BURN_STEP_ERASING };

  if (!backend->inspect (backend, &medium, error) || !check_erasable (&medium, error) ||
      is_cancelled (self, error) || !backend->erase (backend, error))
    return FALSE;
  for (backend->status (backend, &status); status.step != ZC_BURN_STEP_IDLE;
       backend->status (backend, &status))
    {
      report (self, ZC_BURN_PHASE_ERASING, status.done, status.total);
      g_usleep (backend->poll_usec);
    }
  if (!backend->reload (backend, error) || !backend->inspect (backend, &medium, error))
    return FALSE;
  return medium.state == ZC_MEDIUM_BLANK ||
         zc_fail (error, ZC_ERROR_IO,
                  _("The disc was not erased: the drive does not find it blank. Use another one."));
}

gboolean
zc_burn_erase (ZcBurnBackend *backend, const char *address, const ZcProgress *progress, GError **error)
{
  ZcBurnRequest request = { .address = address, .progress = progress };
  Burning self = { backend, &request };
  gboolean good;

  if (!backend->open (backend, address, error))
    return FALSE;
  good = erase_open (backend, &self, error);
  backend->close (backend, FALSE);
  return good;
}
