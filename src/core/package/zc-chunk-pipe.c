/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-chunk-pipe.h"

#define MAX_THREADS 6
/* Beside those that are worked on: one being filled, and a few that wait for this or that. */
#define SPARE_CHUNKS 4
#define MAX_CHUNKS (MAX_THREADS + SPARE_CHUNKS)

struct _ZcChunkPipe
{
  ZcChunkWork work;
  gpointer data;
  GThreadPool *pool;
  ZcChunk chunks[MAX_CHUNKS];
  guint n_chunks;
  GQueue free;  /* the caller's alone */
  GQueue order; /* the caller's alone: pushed and not yet popped */
  GMutex mutex; /* guards ZcChunk.done */
  GCond finished;
};

static void
run (gpointer data, gpointer user_data)
{
  ZcChunkPipe *self = user_data;
  ZcChunk *chunk = data;

  self->work (chunk, self->data);
  g_mutex_lock (&self->mutex);
  chunk->done = TRUE;
  g_cond_signal (&self->finished);
  g_mutex_unlock (&self->mutex);
}

ZcChunkPipe *
zc_chunk_pipe_new (ZcChunkWork work, gpointer data)
{
  ZcChunkPipe *self = g_new0 (ZcChunkPipe, 1);
  guint threads = MIN (g_get_num_processors (), MAX_THREADS);

  self->work = work;
  self->data = data;
  self->n_chunks = threads + SPARE_CHUNKS;
  self->pool = g_thread_pool_new (run, self, (gint) threads, FALSE, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->finished);
  for (guint i = 0; i < self->n_chunks; i++)
    g_queue_push_tail (&self->free, &self->chunks[i]);
  return self;
}

ZcChunk *
zc_chunk_pipe_get (ZcChunkPipe *self)
{
  ZcChunk *chunk = g_queue_pop_head (&self->free);

  if (!chunk)
    return NULL;
  if (!chunk->data)
    chunk->data = g_malloc (ZC_CHUNK_BYTES);
  chunk->done = chunk->refused = FALSE;
  return chunk;
}

void
zc_chunk_pipe_push (ZcChunkPipe *self, ZcChunk *chunk)
{
  g_queue_push_tail (&self->order, chunk);
  g_thread_pool_push (self->pool, chunk, NULL);
}

ZcChunk *
zc_chunk_pipe_pop (ZcChunkPipe *self)
{
  ZcChunk *chunk = g_queue_pop_head (&self->order);

  if (!chunk)
    return NULL;
  g_mutex_lock (&self->mutex);
  while (!chunk->done)
    g_cond_wait (&self->finished, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return chunk;
}

void
zc_chunk_pipe_put (ZcChunkPipe *self, ZcChunk *chunk)
{
  /* The one used last is used first: small packages touch few buffers. */
  g_queue_push_head (&self->free, chunk);
}

void
zc_chunk_pipe_free (ZcChunkPipe *self)
{
  if (!self)
    return;
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_queue_clear (&self->free);
  g_queue_clear (&self->order);
  for (guint i = 0; i < self->n_chunks; i++)
    {
      g_clear_error (&self->chunks[i].error);
      g_free (self->chunks[i].data);
    }
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->finished);
  g_free (self);
}
