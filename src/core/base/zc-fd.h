/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whole reads and writes by descriptor; who calls words the error that errno tells. */

/** zc_fd_read_at: fills @buffer from @offset on. Returns: @size, or less if the file ends before, or -1 with errno */
gssize zc_fd_read_at (int fd, guint64 offset, gpointer buffer, gsize size);

/** zc_fd_write_at: writes all of @data at @offset. Returns: FALSE with errno */
gboolean zc_fd_write_at (int fd, guint64 offset, gconstpointer data, gsize size);

G_END_DECLS
