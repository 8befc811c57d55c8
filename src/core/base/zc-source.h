/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/**
 * ZcSource: bytes of a known number that can be read at any offset: a file, a piece of memory, a file inside a disc
 * image, parts on several discs laid end to end. Readers of packages take nothing else, so they open all of these.
 *
 * Reference counted; reading from several threads at once is allowed.
 */
typedef struct _ZcSource ZcSource;

/**
 * ZcSourceRead: reads exactly @size bytes at @offset into @buffer; the range was checked to lie inside the source.
 * Returns: FALSE with @error set when they cannot be had.
 */
typedef gboolean (*ZcSourceRead) (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error);

/** zc_source_new: Returns: (transfer full): a source of @size bytes; @destroy (nullable) frees @data with it. */
ZcSource *zc_source_new (guint64 size, ZcSourceRead read, gpointer data, GDestroyNotify destroy);

/**
 * zc_source_new_file: opens a regular file (never a symbolic link, folder, device or FIFO).
 * Returns: (transfer full) (nullable)
 */
ZcSource *zc_source_new_file (const char *path, GError **error);

/** zc_source_new_bytes: Returns: (transfer full) */
ZcSource *zc_source_new_bytes (GBytes *bytes);

/**
 * zc_source_new_slice: @size bytes of @parent from @offset on; the range must lie inside it. Returns: (transfer full)
 */
ZcSource *zc_source_new_slice (ZcSource *parent, guint64 offset, guint64 size);

/** zc_source_new_concat: the @n sources laid end to end. Returns: (transfer full) */
ZcSource *zc_source_new_concat (ZcSource **sources, guint n);

guint64 zc_source_size (ZcSource *self);

/** zc_source_read: all of @size bytes at @offset, or ZC_ERROR_DAMAGED when the range ends behind the source's end. */
gboolean zc_source_read (ZcSource *self, guint64 offset, gpointer buffer, gsize size, GError **error);

/** zc_source_read_all: Returns: (transfer full) (nullable): everything, or ZC_ERROR_LIMIT above @limit bytes. */
GBytes *zc_source_read_all (ZcSource *self, gsize limit, GError **error);

ZcSource *zc_source_ref (ZcSource *self);
void zc_source_unref (ZcSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcSource, zc_source_unref)

/**
 * zc_open_regular: opens @path read-only if it is a regular file, without following a symbolic link and without ever
 * blocking on a FIFO or device. @size (nullable) gets its size in bytes.
 *
 * Returns: a descriptor, or -1 with a sentence in @error that says what the path is instead.
 */
int zc_open_regular (const char *path, guint64 *size, GError **error);

/** zc_read_file: Returns: (transfer full) (nullable): a regular file's bytes, or ZC_ERROR_LIMIT above @limit bytes. */
GBytes *zc_read_file (const char *path, gsize limit, GError **error);

G_END_DECLS
