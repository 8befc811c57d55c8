/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/**
 * ZcSecret: a key or passphrase in memory that is locked (not swapped out, not in a core dump) where the system allows
 * it, and wiped when it is freed. Never print one, never put one into an error message or a temporary file.
 */
typedef struct _ZcSecret ZcSecret;

/** The longest passphrase we take, in bytes. */
#define ZC_PASSPHRASE_MAX_BYTES 1024

/** zc_secret_new: Returns: (transfer full): @size bytes of zero. */
ZcSecret *zc_secret_new (gsize size);

/** zc_secret_new_copy: Returns: (transfer full): a copy; wiping the original is the caller's work. */
ZcSecret *zc_secret_new_copy (gconstpointer data, gsize size);

/** zc_secret_new_random: Returns: (transfer full): a fresh key from the system's random source. */
ZcSecret *zc_secret_new_random (gsize size);

/**
 * zc_secret_read_line: a passphrase from a descriptor: its first line, without the line end.
 *
 * Returns: (transfer full) (nullable): NULL with @error when it is empty, longer than ZC_PASSPHRASE_MAX_BYTES, holds a
 * NUL byte, is no UTF-8, or cannot be read
 */
ZcSecret *zc_secret_read_line (int fd, GError **error);

/** zc_secret_read_line_file: the same from a file, FIFO or terminal at @path. Returns: (transfer full) (nullable) */
ZcSecret *zc_secret_read_line_file (const char *path, GError **error);

/** zc_secret_read_file: a whole file of at most @limit bytes (a private key). Returns: (transfer full) (nullable) */
ZcSecret *zc_secret_read_file (const char *path, gsize limit, GError **error);

/** zc_secret_data: the bytes; a NUL byte that is not counted always follows them. */
guint8 *zc_secret_data (const ZcSecret *self);
gsize zc_secret_size (const ZcSecret *self);

/** zc_secret_equal: compares in a time that does not depend on where they differ. */
gboolean zc_secret_equal (const ZcSecret *a, const ZcSecret *b);

void zc_secret_free (ZcSecret *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcSecret, zc_secret_free)

G_END_DECLS
