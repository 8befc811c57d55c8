/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-slices.h"

/* How long there are steps before the window is given a turn: half of a frame. */
#define TURN_US 8000
/* And no more than so many, however fast the machine. */
#define MOST_STEPS 100
/* What is over by then needs no bar. */
#define PATIENCE_US 200000

struct _ZcSlices
{
  guint refs; /* the owner's and the source's */
  const ZcSlicesFuncs *funcs; /* NULL when it was freed */
  gpointer data;
  ZcJob *job;
  gboolean is_shown;
  guint source;
};

static void
unref (gpointer data)
{
  ZcSlices *self = data;

  if (--self->refs > 0)
    return;
  g_object_unref (self->job);
  g_free (self);
}

/* Returns: whether there is more. */
static gboolean
go_on (ZcSlices *self, guint64 *done, guint64 *total)
{
  gint64 end = g_get_monotonic_time () + TURN_US;

  for (guint i = 0; i < MOST_STEPS && self->funcs && g_get_monotonic_time () < end; i++)
    if (!self->funcs->step (self->data, done, total))
      return FALSE;
  return self->funcs != NULL;
}

static void
report (ZcSlices *self, guint64 done, guint64 total)
{
  if (!self->is_shown && g_get_monotonic_time () - zc_job_get_started (self->job) > PATIENCE_US)
    {
      self->is_shown = TRUE;
      self->funcs->shown (self->data, self->job);
    }
  if (self->is_shown)
    self->funcs->moved (self->data, self->job, done, total);
}

static gboolean
on_turn (gpointer data)
{
  ZcSlices *self = data;
  guint64 done = 0, total = 0;

  if (self->funcs->stopped && g_cancellable_is_cancelled (G_CANCELLABLE (self->job)))
    {
      self->source = 0;
      self->funcs->stopped (self->data);
      return G_SOURCE_REMOVE;
    }
  if (!go_on (self, &done, &total))
    {
      self->source = 0;
      return G_SOURCE_REMOVE;
    }
  report (self, done, total);
  return G_SOURCE_CONTINUE;
}

ZcSlices *
zc_slices_new (const char *title, ZcJobFlags flags, const ZcSlicesFuncs *funcs, gpointer data)
{
  ZcSlices *self = g_new0 (ZcSlices, 1);

  self->refs = 2;
  self->funcs = funcs;
  self->data = data;
  self->job = zc_job_new (title, flags);
  self->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_turn, self, unref);
  return self;
}

void
zc_slices_free (ZcSlices *self)
{
  const ZcSlicesFuncs *funcs;

  if (!self)
    return;
  funcs = g_steal_pointer (&self->funcs);
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->is_shown)
    funcs->hidden (self->data, self->job);
  unref (self);
}
