/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-disc-reader.h"

G_BEGIN_DECLS

/** The list of digests on a disc, read with suspicion. Private to this folder. */
typedef struct
{
  char *name;
  char *sha256; /* 64 lower-case hex digits */
} ZcDiscSum;

/**
 * zc_disc_sums_read: SHA256SUMS.TXT of an image.
 * @bytes: (out) (optional) (transfer full): the list as it is, to be compared with that of other discs
 *
 * Returns: (transfer full) (nullable): of ZcDiscSum; ZC_ERROR_INVALID without a list, ZC_ERROR_DAMAGED for a bad one
 */
GPtrArray *zc_disc_sums_read (ZcDiscReader *reader, GBytes **bytes, GError **error);

/** zc_disc_sums_find: Returns: (transfer none) (nullable) */
const ZcDiscSum *zc_disc_sums_find (const GPtrArray *sums, const char *name);

/** zc_disc_part_number: 3 for ("PACKAGE.003", "PACKAGE.ZCP"); 0 if @name is no part of @package. */
guint zc_disc_part_number (const char *name, const char *package);

/** zc_disc_note_parse: reads "DISC1OF3.TXT". */
gboolean zc_disc_note_parse (const char *name, guint *n, guint *of);

G_END_DECLS
