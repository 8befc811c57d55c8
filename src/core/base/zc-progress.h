/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ZcProgress: how long work reports itself and is stopped.
 *
 * The struct belongs to the caller and is only read. @func may be called from any thread, at most about ten times a
 * second for each phase, and at each phase's end. A NULL ZcProgress pointer is allowed everywhere: silent, not
 * cancellable.
 */
typedef struct
{
  /**
   * @phase: translated, e.g. "Encrypting"
   * @done, @total: bytes, or rows, or files; @total is 0 when it is not known (show a pulse)
   */
  void (*func) (const char *phase, guint64 done, guint64 total, gpointer data);
  gpointer data;
  GCancellable *cancellable; /* nullable */
} ZcProgress;

/** zc_progress_report: calls @progress->func if there is one. */
static inline void
zc_progress_report (const ZcProgress *progress, const char *phase, guint64 done, guint64 total)
{
  if (progress && progress->func)
    progress->func (phase, done, total, progress->data);
}

/** zc_progress_cancellable: Returns: (nullable): the cancellable of @progress. */
static inline GCancellable *
zc_progress_cancellable (const ZcProgress *progress)
{
  return progress ? progress->cancellable : NULL;
}

G_END_DECLS
