/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-disc-image.h"
#include "inspection/zc-inspection.h"

G_BEGIN_DECLS

/** ZcBurnImage: a disc image that is to be burnt. */
typedef struct
{
  char *path;
  char *volume_id;
  char *sha256; /* nullable: it was not made just now */
  guint64 size;
} ZcBurnImage;

/** zc_burn_image_new: one that was just made. Returns: (transfer full) */
ZcBurnImage *zc_burn_image_new (const ZcDiscImage *made);

/**
 * zc_burn_image_open: one that was made before, for example for a disc of several that failed. It has to be one of
 * @inspection's: what becomes of the disc is noted there. Its content is looked at when it is burnt.
 *
 * Returns: (transfer full) (nullable)
 */
ZcBurnImage *zc_burn_image_open (const char *path, ZcInspection *inspection, GError **error);

/** zc_burn_image_compare: for g_ptr_array_sort(): by the discs' numbers. */
int zc_burn_image_compare (gconstpointer a, gconstpointer b);

ZcBurnImage *zc_burn_image_copy (const ZcBurnImage *self);
void zc_burn_image_free (ZcBurnImage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcBurnImage, zc_burn_image_free)

G_END_DECLS
