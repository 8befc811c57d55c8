/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-disc-image.h"

G_BEGIN_DECLS

/** libisofs behind a pull interface: one flat folder of files in, the bytes of an image out. Private to this folder. */
typedef struct _ZcIso ZcIso;

/** The most bytes a ZcDiscRead is asked for at once. */
#define ZC_ISO_CHUNK (1024u * 1024)

/** ZcIsoFile: a file to be in the image; its bytes lie in it in the order of the files. */
typedef struct
{
  const char *name;
  guint64 size;
  ZcDiscRead read; /* may be NULL if nothing but the size of the image is asked for */
  gpointer data;
} ZcIsoFile;

/**
 * zc_iso_new: lays the image out and, unless @only_size, starts the thread that produces it.
 * Returns: (transfer full) (nullable)
 */
ZcIso *zc_iso_new (const char *volume_id,
                   gint64 timestamp,
                   const ZcIsoFile *files,
                   guint n_files,
                   gboolean only_size,
                   GError **error);

/** zc_iso_size: in bytes, exact. */
guint64 zc_iso_size (ZcIso *self);

/**
 * zc_iso_read: the next @size bytes, never more than are left of the image's size.
 * Returns: FALSE with the error of the ZcDiscRead that failed. Nothing may be read after that.
 */
gboolean zc_iso_read (ZcIso *self, guint8 *buffer, gsize size, GError **error);

/** zc_iso_finish: TRUE if each file gave exactly its size; to be asked after the last read. */
gboolean zc_iso_finish (ZcIso *self, GError **error);

/** zc_iso_free: stops and joins the thread if it still runs. */
void zc_iso_free (ZcIso *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcIso, zc_iso_free)

G_END_DECLS
