/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"

G_BEGIN_DECLS

/**
 * ZcRelay: carries the progress of a worker thread over to the main thread: the latest of what was said, at most once
 * for each turn of the main loop. Reference counted.
 */
typedef struct _ZcRelay ZcRelay;

/** Called on the main thread. */
typedef void (*ZcRelayFunc) (const char *phase, guint64 done, guint64 total, gpointer target);

/** zc_relay_new: @cancellable: (nullable). @target must live until zc_relay_stop(). Returns: (transfer full) */
ZcRelay *zc_relay_new (GCancellable *cancellable, ZcRelayFunc func, gpointer target);
/** zc_relay_progress: what the worker gets; it lives as long as @self. */
const ZcProgress *zc_relay_progress (ZcRelay *self);
/** zc_relay_stop: on the main thread: @func is not called any more. */
void zc_relay_stop (ZcRelay *self);

ZcRelay *zc_relay_ref (ZcRelay *self);
void zc_relay_unref (ZcRelay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcRelay, zc_relay_unref)

G_END_DECLS
