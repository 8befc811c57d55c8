/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/**
 * ZcFileLock: a descriptor of an inspection file, and the right to write it.
 *
 * The right is an open-file-description lock on one byte that SQLite does not use: other processes and other
 * handles of this process see it, it ends with its holder however that dies, and network file systems know
 * it. Readers need none.
 *
 * SQLite's own locks are of the old POSIX kind, which the kernel drops as soon as *any* descriptor of the
 * file is closed in the process. So descriptors are only really closed once no handle of the same file is
 * left: nobody but this module may open and close an inspection file while one is open.
 */
typedef struct _ZcFileLock ZcFileLock;

/**
 * zc_file_lock_open: opens a regular file, never through a symbolic link; locks nothing yet.
 * @writing: FALSE opens it for reading only
 *
 * Returns: (transfer full) (nullable): NULL with ZC_ERROR_READ_ONLY when only writing is not allowed
 */
ZcFileLock *zc_file_lock_open (const char *path, gboolean writing, GError **error);

/** zc_file_lock_take: the right to write, ZC_ERROR_BUSY if somebody has it. */
gboolean zc_file_lock_take (ZcFileLock *self, const char *path, GError **error);

/** zc_file_lock_is_taken: Returns: TRUE if somebody else may write now. */
gboolean zc_file_lock_is_taken (ZcFileLock *self);

/** zc_file_lock_is_file: Returns: TRUE if @path names the very file that is locked. */
gboolean zc_file_lock_is_file (ZcFileLock *self, const char *path);

/** zc_file_lock_fd: to read the file by, never to be closed. */
int zc_file_lock_fd (ZcFileLock *self);

/** zc_file_lock_free: gives the right back; SQLite must have closed the file before. */
void zc_file_lock_free (ZcFileLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcFileLock, zc_file_lock_free)

G_END_DECLS
