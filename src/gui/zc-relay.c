/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-relay.h"

struct _ZcRelay
{
  gatomicrefcount refs;
  ZcProgress progress;
  ZcRelayFunc func; /* NULL once it was stopped; the main thread's */
  gpointer target;
  GMutex lock; /* guards what follows */
  char *phase;
  guint64 done, total;
  gboolean on_its_way;
};

static gboolean
deliver (gpointer data)
{
  ZcRelay *self = data;
  g_autofree char *phase = NULL;
  guint64 done, total;

  g_mutex_lock (&self->lock);
  phase = g_steal_pointer (&self->phase);
  done = self->done;
  total = self->total;
  self->on_its_way = FALSE;
  g_mutex_unlock (&self->lock);
  if (self->func)
    self->func (phase ? phase : "", done, total, self->target);
  return G_SOURCE_REMOVE;
}

/* Called by the worker. */
static void
on_progress (const char *phase, guint64 done, guint64 total, gpointer data)
{
  ZcRelay *self = data;
  gboolean send;

  g_mutex_lock (&self->lock);
  g_free (self->phase);
  self->phase = g_strdup (phase);
  self->done = done;
  self->total = total;
  send = !self->on_its_way;
  self->on_its_way = TRUE;
  g_mutex_unlock (&self->lock);
  if (send)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, deliver, zc_relay_ref (self), (GDestroyNotify) zc_relay_unref);
}

ZcRelay *
zc_relay_new (GCancellable *cancellable, ZcRelayFunc func, gpointer target)
{
  ZcRelay *self = g_new0 (ZcRelay, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->progress.func = on_progress;
  self->progress.data = self;
  self->progress.cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  self->func = func;
  self->target = target;
  return self;
}

const ZcProgress *
zc_relay_progress (ZcRelay *self)
{
  return &self->progress;
}

void
zc_relay_stop (ZcRelay *self)
{
  self->func = NULL;
  self->target = NULL;
}

ZcRelay *
zc_relay_ref (ZcRelay *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
zc_relay_unref (ZcRelay *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->progress.cancellable);
  g_mutex_clear (&self->lock);
  g_free (self->phase);
  g_free (self);
}
