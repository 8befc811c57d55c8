/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-source.h"
#include "package/zc-frame.h"
#include "package/zc-tar.h"

G_BEGIN_DECLS

/**
 * zc_frame_read: the frame of the package in @source: its size, and every header and filler of its archive, are right. What
 * the files between them hold is not looked at, except format.txt. Returns: (transfer full) (nullable)
 */
ZcFrame *zc_frame_read (ZcSource *source, GError **error);

/** zc_frame_read_entry: the content of a small file. Returns: (transfer full) (nullable) */
GBytes *zc_frame_read_entry (ZcSource *source, const ZcTarEntry *entry, GError **error);

/** zc_frame_fail_beginning: says that format.txt was altered. Returns: FALSE */
gboolean zc_frame_fail_beginning (GError **error);

G_END_DECLS
