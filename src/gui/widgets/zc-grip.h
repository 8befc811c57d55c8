/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_grip_add: lets the line between a list and what it leads to be dragged. @flap: its flap is a ZcColumn, at the start. Once
 * the flap folds, it has the width again that it began with.
 */
void zc_grip_add (AdwFlap *flap);

/** zc_grip_set_width: as if it had been dragged there: no narrower than it was made for, and leaving the content its room. */
void zc_grip_set_width (AdwFlap *flap, int width);

G_END_DECLS
