/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-digest.h"

G_BEGIN_DECLS

/**
 * ZcHasher: digests taken in a thread of its own, because SM3 is several times slower than everything else that
 * happens to a byte on its way into an image. It copies what it is given, at most 4 MiB at any time. Private to
 * this folder.
 */
typedef struct _ZcHasher ZcHasher;

ZcHasher *zc_hasher_new (void);

/**
 * zc_hasher_update: has @digest updated with the bytes, after all earlier ones; waits when the thread lags behind.
 */
void zc_hasher_update (ZcHasher *self, ZcDigest *digest, gconstpointer data, gsize size);

/** zc_hasher_join: waits until all is digested; the digests may be read then, and nothing be added any more. */
void zc_hasher_join (ZcHasher *self);

void zc_hasher_free (ZcHasher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcHasher, zc_hasher_free)

G_END_DECLS
