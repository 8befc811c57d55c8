/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"

/** ZcPace: when progress was reported last, so that it is told at most ten times a second; begin with { 0 }. */
typedef struct
{
  gint64 last;
} ZcPace;

/** zc_pace_report: reports, unless the last report is younger than a tenth of a second and this is not the end. */
static inline void
zc_pace_report (ZcPace *self, const ZcProgress *progress, const char *phase, guint64 done, guint64 total)
{
  gint64 now = g_get_monotonic_time ();

  if (done < total && self->last && now - self->last < G_USEC_PER_SEC / 10)
    return;
  self->last = now;
  zc_progress_report (progress, phase, done, total);
}
