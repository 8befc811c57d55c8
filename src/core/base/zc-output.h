/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/**
 * ZcOutput: a file that appears whole or not at all.
 *
 * It is written under a temporary name in the same folder; zc_output_commit() syncs it, renames it over @path and syncs
 * the folder. Freeing it before that removes the temporary file. Mode 0600 unless asked otherwise.
 */
typedef struct _ZcOutput ZcOutput;

/** zc_output_open: Returns: (transfer full) (nullable): NULL and @error when the folder can't be written. */
ZcOutput *zc_output_open (const char *path, GError **error);

/** zc_output_fd: the descriptor to write to, owned by @self; seekable. */
int zc_output_fd (ZcOutput *self);

/** zc_output_write: appends all of @size bytes; on a full disk @error says which file did not fit. */
gboolean zc_output_write (ZcOutput *self, gconstpointer data, gsize size, GError **error);

/** zc_output_write_at: fills in at @offset what zc_output_write() left to be known later, and moves nothing else. */
gboolean zc_output_write_at (ZcOutput *self, guint64 offset, gconstpointer data, gsize size, GError **error);

/**
 * zc_output_commit: makes the file appear under its name. Frees nothing; @self is to be freed after it as before it.
 */
gboolean zc_output_commit (ZcOutput *self, GError **error);

void zc_output_free (ZcOutput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcOutput, zc_output_free)

/** zc_output_write_file: the three calls in one, for content that is in memory. */
gboolean zc_output_write_file (const char *path, gconstpointer data, gsize size, GError **error);

G_END_DECLS
