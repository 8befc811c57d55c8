/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/** ZcDrive: an optical drive as the kernel describes it; nothing was opened, no disc was spun up to know it. */
typedef struct
{
  char *address; /* /dev/sr0; what zc_burn() and zc_disc_reader_open() take */
  char *name;    /* "VENDOR MODEL", for people */
  gboolean can_write;
  gboolean permitted; /* this user may read and write the device */
} ZcDrive;

/**
 * zc_drives_list: the optical drives of this computer.
 * @root: a folder that stands for / (tests); NULL for the real one
 *
 * Errors: ZC_ERROR_DEVICE when there is no drive at all.
 * Returns: (transfer full) (nullable): a GPtrArray of ZcDrive, never empty, sorted by address
 */
GPtrArray *zc_drives_list (const char *root, GError **error);

/**
 * zc_drive_check: whether @drive can be burnt with, as far as can be told without touching it.
 *
 * Errors: ZC_ERROR_DEVICE, with one sentence for a missing permission and another for a drive that only reads. That
 * there is no medium in it is found out by zc_burn_inspect().
 */
gboolean zc_drive_check (const ZcDrive *drive, GError **error);

/**
 * zc_drives_sandboxed: whether the program runs in a Flatpak without access to devices, so that zc_drives_list()
 * finding none means nothing and the image with the system's burner is what to offer.
 */
gboolean zc_drives_sandboxed (const char *root);

G_END_DECLS
