/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-chunk-pipe.h"

#include "package/zc-pace.h"

#define MAX_THREADS 6
/* Beside those that are worked on: enough that a slow station has some in front of it while the next one is read. */
#define SPARE_CHUNKS 4
#define MAX_CHUNKS (MAX_THREADS + SPARE_CHUNKS)

struct _ZcChunkPipe
{
  ZcChunkStation stations[ZC_CHUNK_MAX_STATIONS];
  guint n_stations;
  guint64 n_chunks;
  gpointer data;
  GThread *threads[MAX_THREADS];
  guint n_threads;
  guint n_slots;

  GMutex mutex; /* guards what follows, and of the chunks what is private */
  GCond changed;
  ZcChunk slots[MAX_CHUNKS];           /* chunk n is in slot n mod n_slots */
  guint64 first;                       /* the one given out next; it and those behind it are in the slots */
  guint64 failed;                      /* of this one and those behind it nothing more is done */
  guint64 turn[ZC_CHUNK_MAX_STATIONS]; /* whose it is at a station in order */
  gboolean given;                      /* the caller has the one before the first */
  gboolean stopping;
};

static ZcChunk *
slot_of (ZcChunkPipe *self, guint64 number)
{
  return &self->slots[number % self->n_slots];
}

/* What can be done next, if anything. Called under the mutex, as do_work() and take_back() are. */
static ZcChunk *
find_work (ZcChunkPipe *self)
{
  guint64 end = MIN (self->first + self->n_slots - (self->given ? 1 : 0), self->failed);

  for (guint station = self->n_stations; station-- > 0;)
    for (guint64 n = self->first; n < end; n++)
      {
        ZcChunk *chunk = slot_of (self, n);

        if (chunk->station == station && !chunk->busy
            && (!self->stations[station].in_order || self->turn[station] == n))
          return chunk;
      }
  return NULL;
}

static void
do_work (ZcChunkPipe *self, ZcChunk *chunk)
{
  const ZcChunkStation *station = &self->stations[chunk->station];
  g_autoptr (GError) error = NULL;
  gboolean good;

  chunk->busy = TRUE;
  g_mutex_unlock (&self->mutex);
  if (!chunk->data)
    chunk->data = g_malloc (ZC_CHUNK_BYTES);
  good = station->work (chunk, self->data, &error);
  g_mutex_lock (&self->mutex);
  chunk->busy = FALSE;
  if (good)
    {
      self->turn[chunk->station]++;
      chunk->station++;
    }
  else if (chunk->number < self->failed)
    {
      self->failed = chunk->number;
      chunk->error = g_steal_pointer (&error);
    }
  g_cond_broadcast (&self->changed);
}

static gpointer
run (gpointer data)
{
  ZcChunkPipe *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->stopping)
    {
      ZcChunk *chunk = find_work (self);

      if (chunk)
        do_work (self, chunk);
      else
        g_cond_wait (&self->changed, &self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

ZcChunkPipe *
zc_chunk_pipe_new (const ZcChunkStation *stations, guint n_stations, guint64 n_chunks, gpointer data)
{
  ZcChunkPipe *self;

  g_return_val_if_fail (n_stations > 0 && n_stations <= ZC_CHUNK_MAX_STATIONS, NULL);

  self = g_new0 (ZcChunkPipe, 1);
  for (guint i = 0; i < n_stations; i++)
    self->stations[i] = stations[i];
  self->n_stations = n_stations;
  self->n_chunks = self->failed = n_chunks;
  self->data = data;
  self->n_slots = MIN (g_get_num_processors (), MAX_THREADS) + SPARE_CHUNKS;
  for (guint i = 0; i < self->n_slots; i++)
    self->slots[i].number = i;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  return self;
}

/* All threads but the caller's own; a single chunk needs no other. */
static void
start_threads (ZcChunkPipe *self)
{
  guint threads = (guint) MIN (self->n_slots - SPARE_CHUNKS, self->n_chunks);

  while (self->n_threads + 1 < threads)
    self->threads[self->n_threads++] = g_thread_new ("zicha-chunks", run, self);
}

/* The chunk that was given out comes back and makes room for another. */
static void
take_back (ZcChunkPipe *self)
{
  ZcChunk *chunk = slot_of (self, self->first - 1);

  self->given = FALSE;
  chunk->number += self->n_slots;
  chunk->station = 0;
  g_cond_broadcast (&self->changed);
}

ZcChunk *
zc_chunk_pipe_next (ZcChunkPipe *self, GError **error)
{
  ZcChunk *chunk = NULL, *work;

  start_threads (self);
  g_mutex_lock (&self->mutex);
  if (self->given)
    take_back (self);
  while (!chunk && self->first < self->failed)
    if (slot_of (self, self->first)->station == self->n_stations)
      {
        chunk = slot_of (self, self->first++);
        self->given = TRUE;
      }
    else if ((work = find_work (self)))
      do_work (self, work);
    else
      g_cond_wait (&self->changed, &self->mutex);
  if (!chunk && self->first < self->n_chunks)
    g_propagate_error (error, g_steal_pointer (&slot_of (self, self->first)->error));
  g_mutex_unlock (&self->mutex);
  return chunk;
}

gboolean
zc_chunk_pipe_drain (
    ZcChunkPipe *self, const char *phase, guint64 total, const ZcProgress *progress, GError **error)
{
  GError *fault = NULL;
  guint64 done = 0;
  ZcPace pace = { 0 };
  const ZcChunk *chunk;

  while (!zc_fail_if_cancelled (zc_progress_cancellable (progress), &fault)
         && (chunk = zc_chunk_pipe_next (self, &fault)))
    {
      done += chunk->size;
      zc_pace_report (&pace, progress, phase, done, total);
    }
  if (fault)
    g_propagate_error (error, fault);
  return fault == NULL;
}

void
zc_chunk_pipe_free (ZcChunkPipe *self)
{
  if (!self)
    return;
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);
  for (guint i = 0; i < self->n_slots; i++)
    {
      g_clear_error (&self->slots[i].error);
      g_free (self->slots[i].data);
    }
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}
