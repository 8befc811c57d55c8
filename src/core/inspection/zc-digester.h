/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-digest.h"

G_BEGIN_DECLS

/**
 * ZcDigester: SM3 and SHA-256 of the same bytes at once, each in a thread of its own, while the caller stores
 * them. A few pieces of memory go round, so it takes the same memory for any size.
 */
typedef struct _ZcDigester ZcDigester;

/** ZcPiece: @data has room for the size given to _zc_digester_new(). */
typedef struct
{
  guint8 *data;
  gsize size;
  int users; /* atomic */
} ZcPiece;

ZcDigester *_zc_digester_new (gsize piece_size);
/** _zc_digester_take: waits for a piece that nobody uses any more. */
ZcPiece *_zc_digester_take (ZcDigester *self);
/** _zc_digester_push: has the first ZcPiece.size bytes digested; the caller may go on reading them until it
 * lets go. */
void _zc_digester_push (ZcDigester *self, ZcPiece *piece);
/** _zc_digester_let_go: after a push, and only then. */
void _zc_digester_let_go (ZcDigester *self, ZcPiece *piece);
/** _zc_digester_finish: waits for all pieces; hex digests, (transfer full). */
void _zc_digester_finish (ZcDigester *self, char **sm3, char **sha256);
void _zc_digester_free (ZcDigester *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcDigester, _zc_digester_free)

G_END_DECLS
