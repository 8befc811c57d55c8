/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-job.h"

struct _ZcJob
{
  GCancellable parent_instance;
  char *title;
  ZcJobFlags flags;
  gint64 started;
  GMutex lock; /* guards what follows */
  const char *cost;
  gboolean can_cancel;
};

G_DEFINE_FINAL_TYPE (ZcJob, zc_job, G_TYPE_CANCELLABLE)

ZcJob *
zc_job_new (const char *title, ZcJobFlags flags)
{
  ZcJob *self = g_object_new (ZC_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  self->flags = flags;
  return self;
}

const char *
zc_job_get_title (ZcJob *self)
{
  return self->title;
}

ZcJobFlags
zc_job_get_flags (ZcJob *self)
{
  return self->flags;
}

gint64
zc_job_get_started (ZcJob *self)
{
  return self->started;
}

void
zc_job_add_flags (ZcJob *self, ZcJobFlags flags)
{
  self->flags |= flags;
}

void
zc_job_set_cost (ZcJob *self, const char *cost, gboolean can_cancel)
{
  g_mutex_lock (&self->lock);
  self->cost = cost;
  self->can_cancel = can_cancel;
  g_mutex_unlock (&self->lock);
}

const char *
zc_job_get_cost (ZcJob *self, gboolean *can_cancel)
{
  const char *cost;

  g_mutex_lock (&self->lock);
  cost = self->cost;
  *can_cancel = self->can_cancel;
  g_mutex_unlock (&self->lock);
  return cost;
}

static void
zc_job_finalize (GObject *object)
{
  ZcJob *self = ZC_JOB (object);

  g_mutex_clear (&self->lock);
  g_free (self->title);
  G_OBJECT_CLASS (zc_job_parent_class)->finalize (object);
}

static void
zc_job_class_init (ZcJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_job_finalize;
}

static void
zc_job_init (ZcJob *self)
{
  g_mutex_init (&self->lock);
  self->can_cancel = TRUE;
  self->started = g_get_monotonic_time ();
}
