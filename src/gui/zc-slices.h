/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-job.h"

G_BEGIN_DECLS

/**
 * ZcSlices: work that belongs to the main thread and may be too much for one turn of its loop: each turn does a little of it
 * and lets the window draw and listen. What takes long enough to be noticed becomes a ZcJob.
 */
typedef struct _ZcSlices ZcSlices;

typedef struct
{
  /** step: does a little. Returns: whether there is more; it says so itself if it fails */
  gboolean (*step) (gpointer data, guint64 *done, guint64 *total);
  /** shown: it takes long: @job is to be shown, until hidden() */
  void (*shown) (gpointer data, ZcJob *job);
  void (*hidden) (gpointer data, ZcJob *job);
  /** moved: @done of @total, while it is shown */
  void (*moved) (gpointer data, ZcJob *job, guint64 done, guint64 total);
  /** stopped: (nullable): the user cancelled it; no step comes after this. NULL: it can't be cancelled */
  void (*stopped) (gpointer data);
} ZcSlicesFuncs;

/** zc_slices_new: begins in the next turn. @title: translated; @funcs: kept as it is. Freed by zc_slices_free() alone. */
ZcSlices *zc_slices_new (const char *title, ZcJobFlags flags, const ZcSlicesFuncs *funcs, gpointer data);
/** zc_slices_free: nothing is called any more but hidden(), if it is shown. May be called from within its functions. */
void zc_slices_free (ZcSlices *self);

G_END_DECLS
