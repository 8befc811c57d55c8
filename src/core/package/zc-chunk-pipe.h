/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"
#include "package/zc-suite.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 number;
  guint8 *data; /* ZC_CHUNK_BYTES of room */
  gsize size;   /* set by the first station */
  guint8 digest[ZC_DIGEST_SIZE];

  /*< private >*/
  guint station; /* where it stands, or goes next */
  gboolean busy; /* it is being worked on there */
  GError *error;
} ZcChunk;

/** ZcChunkStation: what is done to every chunk; FALSE and @error end the whole. @data is zc_chunk_pipe_new()'s. */
typedef struct
{
  gboolean (*work) (ZcChunk *chunk, gpointer data, GError **error);
  gboolean in_order; /* one chunk after the other; else several at once, in any order */
} ZcChunkStation;

#define ZC_CHUNK_MAX_STATIONS 4

/**
 * ZcChunkPipe: chunks on their way through some stations, a few at a time, in constant memory.
 *
 * There are as many threads as cores (at most six), who waits for a chunk being one of them. None belongs to a station:
 * each takes whatever can be done next, rather the last step of an early chunk than the first one of a late chunk. So no core
 * waits while there is work, whichever station takes longest on this machine, and a chunk is finished while it is still
 * in the processor's cache.
 */
typedef struct _ZcChunkPipe ZcChunkPipe;

/** zc_chunk_pipe_new: for chunks 0 … @n_chunks - 1; nothing happens before zc_chunk_pipe_next(). Returns: (transfer full) */
ZcChunkPipe *zc_chunk_pipe_new (const ZcChunkStation *stations, guint n_stations, guint64 n_chunks, gpointer data);

/**
 * zc_chunk_pipe_next: works or waits until the next chunk has been through all stations.
 *
 * Returns: (transfer none) (nullable): the chunk, until the next call; NULL at the end, and with @error where a chunk failed
 * before which all were given out: that is the last call then
 */
ZcChunk *zc_chunk_pipe_next (ZcChunkPipe *self, GError **error);

/** zc_chunk_pipe_drain: all chunks, for who does everything at the stations. @phase: translated; @total: bytes of all chunks */
gboolean zc_chunk_pipe_drain (
    ZcChunkPipe *self, const char *phase, guint64 total, const ZcProgress *progress, GError **error);

/** zc_chunk_pipe_free: waits for what is just being done. */
void zc_chunk_pipe_free (ZcChunkPipe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcChunkPipe, zc_chunk_pipe_free)

G_END_DECLS
