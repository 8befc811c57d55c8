/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/**
 * libisofs as what lays an image out: it makes everything before the content of the files, and says how large the
 * whole is. The content is written by ourselves, because libisofs hands it over in 2 KiB pieces between two
 * threads, and fills up with zeros what a stream that fails does not give. Private to this folder.
 */

/** ZcIsoFile: a file to be in the image; contents lie in the order of the files. */
typedef struct
{
  const char *name;
  guint64 size;
} ZcIsoFile;

/** zc_iso_size: Returns: the exact size of the image in bytes; 0 with @error set if it cannot be laid out. */
guint64 zc_iso_size (const char *volume_id, gint64 timestamp, const ZcIsoFile *files, guint n_files, GError **error);

/**
 * zc_iso_head: everything before the content of the first file, at least; what lies behind the end of each
 * content, up to the image's size, is zeros.
 * @size: (out): the size of the whole image in bytes
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *zc_iso_head (const char *volume_id,
                     gint64 timestamp,
                     const ZcIsoFile *files,
                     guint n_files,
                     guint64 *size,
                     GError **error);

G_END_DECLS
