/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-drive.h"

#include <string.h>

#define PIECE 65536
#define STEPS_OF_CLOSING 2

enum { PREPARING, WRITING, CLOSING, IDLE = CLOSING + STEPS_OF_CLOSING, ERASING };

static gboolean
fail_if (const char *sentence, GError **error)
{
  return !sentence || zc_fail (error, ZC_ERROR_DEVICE, "%s", sentence);
}

static gboolean
fake_open (ZcBurnBackend *base, const char *address, GError **error)
{
  FakeDrive *self = (FakeDrive *) base;

  if (!fail_if (self->open_error, error))
    return FALSE;
  self->opens++;
  return TRUE;
}

static char *
fake_name (ZcBurnBackend *base)
{
  return g_strdup ("FAKE WRITER 1.0");
}

static gboolean
fake_inspect (ZcBurnBackend *base, ZcMedium *medium, GError **error)
{
  FakeDrive *self = (FakeDrive *) base;

  *medium = self->medium;
  return fail_if (self->inspect_error, error);
}

static gboolean
fake_start (ZcBurnBackend *base, guint64 size, ZcBurnFeed feed, gpointer data, GError **error)
{
  FakeDrive *self = (FakeDrive *) base;

  if (!fail_if (self->start_error, error))
    return FALSE;
  self->starts++;
  self->feed = feed;
  self->data = data;
  self->size = size;
  self->step = PREPARING;
  self->told = ZC_BURN_STEP_IDLE;
  g_assert_cmpuint (self->medium.state, ==, ZC_MEDIUM_BLANK);
  return TRUE;
}

static gboolean
reached (gint64 mark, guint64 at)
{
  return mark >= 0 && at >= (guint64) mark;
}

/* One piece of the image reaches the disc, or what the script has for it. */
static void
write_piece (FakeDrive *self)
{
  guint8 buffer[PIECE] = { 0 };
  gsize n = MIN (PIECE, self->size - self->disc->len);
  guint64 before = self->disc->len;

  if (!self->feed_failed && !reached (self->stops_asking_at, before))
    self->feed_failed = self->feed (self->data, buffer, n) < 0;
  if (self->feed_failed)
    memset (buffer, 0, sizeof buffer);
  if (self->feed_failed && !self->pads_after_error)
    {
      self->admits_failure = TRUE;
      self->step = IDLE;
      return;
    }
  g_byte_array_append (self->disc, buffer, (guint) n);
  if (self->flips_byte >= 0 && reached (self->flips_byte, before) == FALSE &&
      reached (self->flips_byte, before + n - 1))
    self->disc->data[self->flips_byte] ^= 1;
  self->medium.state = ZC_MEDIUM_APPENDABLE;
  if (reached (self->lost_at, self->disc->len))
    {
      self->admits_failure = TRUE;
      self->reload_error = "gone";
      self->step = IDLE;
    }
  else if (self->disc->len == self->size)
    self->step = CLOSING;
  if (self->at_half && before < self->size / 2 && self->disc->len >= self->size / 2)
    self->at_half (self->at_half_data);
}

static ZcBurnStep
reported_step (const FakeDrive *self)
{
  if (self->step == PREPARING)
    return ZC_BURN_STEP_PREPARING;
  if (self->step == WRITING)
    return ZC_BURN_STEP_WRITING;
  if (self->step == ERASING)
    return ZC_BURN_STEP_ERASING;
  return self->step < IDLE ? ZC_BURN_STEP_CLOSING : ZC_BURN_STEP_IDLE;
}

static void
fake_status (ZcBurnBackend *base, ZcBurnStatus *status)
{
  FakeDrive *self = (FakeDrive *) base;

  if (self->hold && !self->hold_reading && self->told == self->hold_step)
    self->hold (self->hold_data);
  *status = (ZcBurnStatus) { reported_step (self), 0, 0 };
  if (status->step == ZC_BURN_STEP_WRITING)
    *status = (ZcBurnStatus) { ZC_BURN_STEP_WRITING, self->disc->len, self->size };
  self->told = status->step;
  if (self->cancel_at && status->step == self->cancel_step)
    g_cancellable_cancel (self->cancel_at);

  if (self->step == WRITING)
    for (guint i = 0; i < self->pieces && self->step == WRITING; i++)
      write_piece (self);
  else if (self->step == ERASING)
    self->step = IDLE;
  else if (self->step < IDLE)
    self->step++;
}

static void
fake_cancel (ZcBurnBackend *base)
{
  FakeDrive *self = (FakeDrive *) base;

  self->cancels++;
  if (self->ignores_cancel || (self->forgets_cancel && self->told == ZC_BURN_STEP_PREPARING))
    return;
  self->admits_failure = TRUE;
  self->leaves_open = TRUE;
  self->step = IDLE;
}

static gboolean
fake_finish (ZcBurnBackend *base)
{
  FakeDrive *self = (FakeDrive *) base;

  self->finishes++;
  self->feed = NULL;
  if (self->disc->len == self->size && !self->leaves_open)
    self->medium.state = ZC_MEDIUM_CLOSED;
  return !self->admits_failure;
}

static gboolean
fake_reload (ZcBurnBackend *base, GError **error)
{
  FakeDrive *self = (FakeDrive *) base;

  self->reloads++;
  return fail_if (self->reload_error, error);
}

static gboolean
fake_read (ZcBurnBackend *base, guint64 offset, guint8 *buffer, gsize size, GError **error)
{
  FakeDrive *self = (FakeDrive *) base;

  if (self->hold && self->hold_reading)
    self->hold (self->hold_data);
  if (self->cancel_at && self->cancel_reading)
    g_cancellable_cancel (self->cancel_at);
  g_assert_cmpuint (offset % 2048, ==, 0);
  g_assert_cmpuint (size % 2048, ==, 0);
  self->highest_read = MAX (self->highest_read, (gint64) (offset + size));
  if (reached (self->read_fails_at, offset + size - 1) || offset + size > self->disc->len)
    return zc_fail (error, ZC_ERROR_IO, "unreadable");
  memcpy (buffer, self->disc->data + offset, size);
  return TRUE;
}

static gboolean
fake_erase (ZcBurnBackend *base, GError **error)
{
  FakeDrive *self = (FakeDrive *) base;

  self->erases++;
  self->step = ERASING;
  self->told = ZC_BURN_STEP_IDLE;
  if (!self->erase_fails)
    {
      self->medium.state = ZC_MEDIUM_BLANK;
      g_byte_array_set_size (self->disc, 0);
    }
  return TRUE;
}

static void
fake_close (ZcBurnBackend *base, gboolean eject)
{
  FakeDrive *self = (FakeDrive *) base;

  self->closes++;
  self->ejected = eject;
}

static void
fake_messages (ZcBurnBackend *base, ZcBurnNote note, gpointer data)
{
  if (((FakeDrive *) base)->closes == 1)
    note ("a message of the\ndrive \xff", data);
}

static void
fake_free (ZcBurnBackend *base)
{
  FakeDrive *self = (FakeDrive *) base;

  g_byte_array_unref (self->disc);
  g_free (self);
}

ZcMedium
fake_drive_medium (guint64 free_bytes)
{
  return (ZcMedium) { ZC_MEDIUM_BLANK, ZC_MEDIUM_WRITE_ONCE, 0x1b, "DVD+R", "Maker", free_bytes };
}

FakeDrive *
fake_drive_new (void)
{
  FakeDrive *self = g_new0 (FakeDrive, 1);

  self->base = (ZcBurnBackend){ 0,           fake_open,   fake_name,     fake_inspect, fake_start,
                                fake_status, fake_cancel, fake_finish,   fake_reload,  fake_read,
                                fake_erase,  fake_close,  fake_messages, fake_free };
  self->disc = g_byte_array_new ();
  self->pieces = 8;
  self->medium = fake_drive_medium (G_GUINT64_CONSTANT (4700065792));
  self->lost_at = self->stops_asking_at = self->flips_byte = self->read_fails_at = -1;
  return self;
}
