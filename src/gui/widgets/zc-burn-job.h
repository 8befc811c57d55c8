/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-burn-backend.h"
#include "disc/zc-drives.h"
#include "zc-burn-image.h"
#include "zc-session.h"

G_BEGIN_DECLS

/** ZcBurnJob: what is to be done with which drive, for the work on it that runs in another thread. */
typedef struct
{
  gpointer owner; /* (type GObject): the widget that waits for it */
  char *address;
  char *drive;        /* its name, for people */
  ZcBurnImage *image; /* a copy */
  ZcMedium medium;    /* what zc_burn_job_look() found */
} ZcBurnJob;

/** zc_burn_job_new: Returns: (transfer full): copies all but @owner, which it holds. */
ZcBurnJob *zc_burn_job_new (gpointer owner, const ZcDrive *drive, const ZcBurnImage *image);
void zc_burn_job_free (gpointer data);

/* For zc_session_run(); @data is a ZcBurnJob. */

/** zc_burn_job_look: what lies in the drive. Returns: not NULL */
gpointer zc_burn_job_look (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error);

/** zc_burn_job_burn: Returns: (transfer full): the ZcBurnLog whatever happened: also a spoilt disc has to be accounted for. */
gpointer zc_burn_job_burn (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error);

/** zc_burn_job_erase: Returns: not NULL */
gpointer zc_burn_job_erase (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error);

G_END_DECLS
