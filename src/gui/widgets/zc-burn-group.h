/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-disc-image.h"
#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcBurnGroup: choose a drive, look at what lies in it, burn the image, and say in words whether the disc may be
 * submitted. Looking for drives touches none of them; the chosen one is opened only to look and to burn.
 *
 * Signal "split-wanted" (guint64 capacity): the disc in the drive is too small, and the user wants several of its kind.
 */
#define ZC_TYPE_BURN_GROUP (zc_burn_group_get_type ())
G_DECLARE_FINAL_TYPE (ZcBurnGroup, zc_burn_group, ZC, BURN_GROUP, AdwPreferencesGroup)

/** zc_burn_group_bind: may be called again with the same session. */
void zc_burn_group_bind (ZcBurnGroup *self, ZcSession *session);
/** zc_burn_group_set_images: what is to be burnt, disc by disc. */
void zc_burn_group_set_images (ZcBurnGroup *self, const ZcDiscResult *result);

G_END_DECLS
