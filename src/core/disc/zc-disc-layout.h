/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-disc-image.h"

G_BEGIN_DECLS

/** Which file lies on which disc, and the lists of digests. Private to this folder. */

struct _ZcDiscSpec
{
  char *stem;
  gint64 timestamp;
  GPtrArray *files; /* of ZcDiscItem with content */
  char *package;    /* nullable */
  guint64 package_size;
  ZcDiscRead read;
  gpointer data;
  guint64 part_limit;
};

/** ZcDiscItem: a file on one disc, or on all; the lists of digests are none of them. */
typedef struct
{
  char *name;
  guint64 size;
  guint disc;      /* from 1 on; 0: on each */
  GBytes *content; /* NULL: a part of the package */
} ZcDiscItem;

/** ZcDiscCut: a way to cut the package, as in ZcDiscPlan. */
typedef struct
{
  guint n_discs, n_parts, parts_per_disc;
  guint64 part_size;
} ZcDiscCut;

/** zc_disc_items: Returns: (transfer full): of ZcDiscItem, all discs' files in the order in which they lie there. */
GPtrArray *zc_disc_items (const ZcDiscSpec *spec, const ZcDiscCut *cut);
ZcDiscItem *zc_disc_item_new (const char *name, guint64 size, guint disc, GBytes *content);
void zc_disc_item_free (gpointer item);

/** zc_disc_item_is_on: whether @item lies on disc @disc. */
gboolean zc_disc_item_is_on (const ZcDiscItem *item, guint disc);

/** zc_disc_id: Returns: (transfer full): the volume id of disc @n of @of. */
char *zc_disc_id (const ZcDiscSpec *spec, guint n, guint of);

/** zc_disc_part_name: Returns: (transfer full): PACKAGE.001 for ("PACKAGE.ZCP", 1, 2), PACKAGE.ZCP for (…, 1, 1). */
char *zc_disc_part_name (const char *package, guint number, guint n_parts);

/** zc_disc_name_is_valid: whether @name is one that is the same in all trees of an image. */
gboolean zc_disc_name_is_valid (const char *name);

/** zc_disc_sums_size: how large the list of digests of @items will be. */
guint64 zc_disc_sums_size (const GPtrArray *items, ZcDigestKind kind);

/**
 * zc_disc_sums_append: adds a file's line to a list: as sha256sum writes and reads it, or for SM3 as "cksum -a
 * sm3" does.
 */
void zc_disc_sums_append (GString *list, ZcDigestKind kind, const char *name, const char *hex);

G_END_DECLS
