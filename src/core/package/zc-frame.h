/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"
#include "package/zc-suite.h"
#include "package/zc-tar.h"

G_BEGIN_DECLS

/* The outside of a package: format.txt, which declares everything in the clear, and index.txt, the list of digests. */

#define ZC_FRAME_FORMAT "format.txt"
#define ZC_FRAME_README "README.txt"
#define ZC_FRAME_PAYLOAD "payload.bin"
#define ZC_FRAME_INDEX "index.txt"
#define ZC_FRAME_MAC "index.mac"

#define ZC_FRAME_FORMAT_MAX 4096
#define ZC_FRAME_README_MAX (64u * 1024)
#define ZC_FRAME_LOCK_MAX 8192
#define ZC_FRAME_MAX_LOCKS 16
#define ZC_FRAME_PAYLOAD_MAX (G_GUINT64_CONSTANT (256) << 30)
#define ZC_FRAME_ID_SIZE 16
#define ZC_FRAME_MAC_BYTES 65 /* 64 hex digits and a line end */

/** ZcFrameLock: one lock-NN.* file. @size is at most ZC_FRAME_LOCK_MAX. */
typedef struct
{
  guint number;   /* from 1 */
  gboolean phrase; /* a lock-NN.key lies before it: it is opened by a passphrase */
  gsize key_size;  /* of lock-NN.key */
  gsize size;      /* of lock-NN.sm2 or lock-NN.rsa */
} ZcFrameLock;

/** ZcFrame: what format.txt says. */
typedef struct
{
  ZcSuite suite;
  char id[2 * ZC_FRAME_ID_SIZE + 1];
  guint8 iv[16];
  gsize readme_size;
  ZcFrameLock locks[ZC_FRAME_MAX_LOCKS];
  guint n_locks;
  guint64 payload_size;

  /* worked out from these */
  GBytes *format;
  ZcTarLayout *layout; /* format.txt, README.txt, the locks, payload.bin, index.txt, index.mac */
  guint64 n_chunks;
} ZcFrame;

/** zc_frame_complete: works out the second half of @self from the first. */
void zc_frame_complete (ZcFrame *self);

/** zc_frame_parse: reads format.txt. Returns: (transfer full) (nullable): ZC_ERROR_DAMAGED, ZC_ERROR_TOO_NEW */
ZcFrame *zc_frame_parse (GBytes *format, GError **error);

/** zc_frame_find: Returns: the number of the entry called @name in the layout. */
guint zc_frame_find (const ZcFrame *self, const char *name);

/** zc_frame_lock_name: Returns: (transfer full): "lock-01.sm2", or "lock-01.key" when @key. */
char *zc_frame_lock_name (const ZcFrame *self, guint lock, gboolean key);

/** zc_frame_is_small: whether entry @i is one whose digest stands in the index (all but payload.bin and index.*). */
gboolean zc_frame_is_small (const ZcFrame *self, guint i);

void zc_frame_free (ZcFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcFrame, zc_frame_free)

/**
 * zc_frame_write_index: index.txt.
 * @digests: of the small entries, in their order; @chunks: of the payload's chunks
 *
 * Returns: (transfer full)
 */
GBytes *zc_frame_write_index (const ZcFrame *self, const guint8 *digests, const guint8 *chunks);

/**
 * zc_frame_parse_index: reads index.txt.
 * @id: gets the number of the package it was written for
 * @digests, @chunks: (out) (transfer full): as for zc_frame_write_index()
 *
 * Returns: FALSE if it is not laid out as @self wants it
 */
gboolean zc_frame_parse_index (const ZcFrame *self, GBytes *index, char id[2 * ZC_FRAME_ID_SIZE + 1], guint8 **digests,
                               guint8 **chunks);

G_END_DECLS
