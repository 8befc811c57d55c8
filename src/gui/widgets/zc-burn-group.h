/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcBurnGroup: choose a drive, look at what lies in it, burn the image, and say in words whether the disc may be submitted.
 * Looking for drives touches none of them; the chosen one is opened only to look and to burn.
 */
#define ZC_TYPE_BURN_GROUP (zc_burn_group_get_type ())
G_DECLARE_FINAL_TYPE (ZcBurnGroup, zc_burn_group, ZC, BURN_GROUP, AdwPreferencesGroup)

/** zc_burn_group_bind: may be called again with the same session. */
void zc_burn_group_bind (ZcBurnGroup *self, ZcSession *session);
/** zc_burn_group_set_image: what is to be burnt. @sha256: as zc_disc_write() gave it */
void zc_burn_group_set_image (ZcBurnGroup *self, const char *path, const char *sha256);

G_END_DECLS
