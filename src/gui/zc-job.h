/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ZcJob: long work while it runs: what it is called, and what stopping it costs. It is the cancellable that the work
 * looks at, so the work finds its job in its ZcProgress.
 */
#define ZC_TYPE_JOB (zc_job_get_type ())
G_DECLARE_FINAL_TYPE (ZcJob, zc_job, ZC, JOB, GCancellable)

typedef enum
{
  ZC_JOB_HARMLESS = 1 << 0,        /* stopping it loses nothing that anybody asked for: no question */
  ZC_JOB_SHOWN_ELSEWHERE = 1 << 1, /* who runs it shows its progress: the window does not */
  ZC_JOB_TOLD_ELSEWHERE = 1 << 2,  /* who runs it tells a screen reader how it ended: the window does not */
  ZC_JOB_FAILED = 1 << 3,          /* it ended with an error, which is told */
} ZcJobFlags;

/** zc_job_new: @title: translated, what is being done, e.g. "Writing the package" */
ZcJob *zc_job_new (const char *title, ZcJobFlags flags);

const char *zc_job_get_title (ZcJob *self);
ZcJobFlags zc_job_get_flags (ZcJob *self);
/** zc_job_get_started: Returns: the monotonic time when it was made, in microseconds */
gint64 zc_job_get_started (ZcJob *self);
/** zc_job_add_flags: on the main thread, before it returns to its loop. */
void zc_job_add_flags (ZcJob *self, ZcJobFlags flags);

/**
 * zc_job_set_cost: the work says, from its own thread, what stopping it would cost from now on; who wants to stop it is
 * told before.
 * @cost: (nullable): a translated sentence that is never freed; NULL: nothing but the time it took
 * @can_cancel: FALSE: it cannot be stopped at all
 */
void zc_job_set_cost (ZcJob *self, const char *cost, gboolean can_cancel);
/** zc_job_get_cost: @can_cancel: (out). Returns: (transfer none) (nullable) */
const char *zc_job_get_cost (ZcJob *self, gboolean *can_cancel);

G_END_DECLS
