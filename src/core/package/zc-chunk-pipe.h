/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-suite.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 number;
  guint8 *data; /* ZC_CHUNK_BYTES of room */
  gsize size;
  guint8 digest[ZC_DIGEST_SIZE];
  gboolean refused; /* by the work function */
  GError *error;    /* nullable: of the work function */
  gboolean done;
} ZcChunk;

/**
 * ZcChunkPipe: a few chunks on their way through worker threads. Who fills them and who takes them is one and the same
 * thread, in the same order; the work in between runs on as many cores as there are (at most six).
 */
typedef struct _ZcChunkPipe ZcChunkPipe;

typedef void (*ZcChunkWork) (ZcChunk *chunk, gpointer data);

ZcChunkPipe *zc_chunk_pipe_new (ZcChunkWork work, gpointer data);

/** zc_chunk_pipe_get: Returns: (transfer none) (nullable): a free chunk, NULL while all are on their way. */
ZcChunk *zc_chunk_pipe_get (ZcChunkPipe *self);

/** zc_chunk_pipe_push: hands a filled chunk to the workers. */
void zc_chunk_pipe_push (ZcChunkPipe *self, ZcChunk *chunk);

/**
 * zc_chunk_pipe_pop: waits for the chunk that was pushed first. Returns: (transfer none) (nullable): NULL if there is
 * none
 */
ZcChunk *zc_chunk_pipe_pop (ZcChunkPipe *self);

/** zc_chunk_pipe_put: gives back a chunk that was popped, or got and not pushed. */
void zc_chunk_pipe_put (ZcChunkPipe *self, ZcChunk *chunk);

/** zc_chunk_pipe_free: waits for the workers. */
void zc_chunk_pipe_free (ZcChunkPipe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcChunkPipe, zc_chunk_pipe_free)

G_END_DECLS
