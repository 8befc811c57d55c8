/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-inspection.h"

G_BEGIN_DECLS

/**
 * ZcTravel: undo or redo in parts, for a step of the history that changed thousands of places: a window gives each turn of its
 * main loop as much of it as fits. Nothing is told, and nothing is on disk, before it is finished; but zc_inspection_get()
 * sees what is done so far. An edit in between finishes it first.
 */
typedef struct _ZcTravel ZcTravel;

/** zc_travel_new: Returns: (transfer full) (nullable): NULL with ZC_ERROR_USAGE if there is nothing to undo or redo. */
ZcTravel *zc_travel_new (ZcInspection *inspection, gboolean redo, GError **error);

/** zc_travel_step: goes on with at most @most places. Returns: FALSE if it failed and all was taken back */
gboolean zc_travel_step (ZcTravel *self, guint most, GError **error);

/** zc_travel_get_progress: @total: (out). Returns: how much is done; as much as @total: it can be finished at once */
guint64 zc_travel_get_progress (const ZcTravel *self, guint64 *total);

/** zc_travel_finish: does what is left, on disk too, and tells of it. Returns: FALSE if it failed and all was taken back */
gboolean zc_travel_finish (ZcTravel *self, GError **error);

/** zc_travel_free: what is not finished is taken back. */
void zc_travel_free (ZcTravel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcTravel, zc_travel_free)

G_END_DECLS
