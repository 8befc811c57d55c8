/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-chunk-pipe.h"

#include <gio/gio.h>
#include <string.h>

/* What the stations see: whether those in order are in order, one at a time, and every chunk goes through all of them. */
typedef struct
{
  guint64 n_chunks;
  gint64 fails_at, fails_later; /* chunks that the second station refuses; -1 for none */
  gint inside[2];               /* (atomic) threads at the first and at the last station */
  guint64 next[2];              /* the chunk that has to come there */
  gint opened;                  /* (atomic) chunks that went through the station in no order */
} Journey;

static void
step_in_order (Journey *self, guint place, ZcChunk *chunk)
{
  g_assert_cmpint (g_atomic_int_add (&self->inside[place], 1), ==, 0);
  g_assert_cmpuint (chunk->number, ==, self->next[place]);
  self->next[place]++;
  g_atomic_int_add (&self->inside[place], -1);
}

static gboolean
fill (ZcChunk *chunk, gpointer data, GError **error)
{
  step_in_order (data, 0, chunk);
  chunk->size = sizeof chunk->number;
  memcpy (chunk->data, &chunk->number, chunk->size);
  return TRUE;
}

static gboolean
change (ZcChunk *chunk, gpointer data, GError **error)
{
  Journey *self = data;

  if ((gint64) chunk->number == self->fails_at || (gint64) chunk->number == self->fails_later)
    return zc_fail (error, ZC_ERROR_DAMAGED, "%d", (int) chunk->number);
  /* So that now this chunk is ahead, now that. */
  for (guint i = g_random_int_range (0, 50); i > 0; i--)
    g_thread_yield ();
  chunk->data[0] ^= 0xff;
  g_atomic_int_inc (&self->opened);
  return TRUE;
}

static gboolean
finish (ZcChunk *chunk, gpointer data, GError **error)
{
  Journey *self = data;
  guint64 wanted = chunk->number ^ GUINT64_FROM_LE (0xff);

  step_in_order (self, 1, chunk);
  g_assert_cmpmem (chunk->data, chunk->size, &wanted, sizeof wanted);
  return TRUE;
}

static const ZcChunkStation stations[] = { { fill, TRUE }, { change, FALSE }, { finish, TRUE } };

static ZcChunkPipe *
pipe_of (Journey *journey)
{
  return zc_chunk_pipe_new (stations, G_N_ELEMENTS (stations), journey->n_chunks, journey);
}

/* Takes chunks until there are none. Returns: how many */
static guint64
take_all (ZcChunkPipe *pipe, GError **error)
{
  guint64 n = 0;
  const ZcChunk *chunk;

  for (; (chunk = zc_chunk_pipe_next (pipe, error)); n++)
    g_assert_cmpuint (chunk->number, ==, n);
  return n;
}

static void
test_all_in_order (void)
{
  for (guint64 n = 0; n < 70; n += n < 12 ? 1 : 19)
    {
      Journey journey = { .n_chunks = n, .fails_at = -1, .fails_later = -1 };
      g_autoptr (ZcChunkPipe) pipe = pipe_of (&journey);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (take_all (pipe, &error), ==, n);
      g_assert_no_error (error);
      g_assert_null (zc_chunk_pipe_next (pipe, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (journey.next[0], ==, n);
      g_assert_cmpuint (journey.next[1], ==, n);
      g_assert_cmpint (journey.opened, ==, n);
    }
}

/* Whichever chunk is refused first: those before the earliest are given out, then comes its error, and no later one has
 * passed the last station. */
static void
test_earliest_error_counts (void)
{
  for (gint64 at = 0; at < 40; at += at < 9 ? 1 : 10)
    for (gint64 later = at + 1; later <= at + 3; later++)
      {
        Journey journey = { .n_chunks = 41, .fails_at = at, .fails_later = later };
        g_autoptr (ZcChunkPipe) pipe = pipe_of (&journey);
        g_autoptr (GError) error = NULL;
        g_autofree char *words = g_strdup_printf ("%d", (int) at);

        g_assert_cmpuint (take_all (pipe, &error), ==, at);
        g_assert_error (error, ZC_ERROR, ZC_ERROR_DAMAGED);
        g_assert_cmpstr (error->message, ==, words);
        g_assert_cmpuint (journey.next[1], ==, at);
      }
}

static void
test_given_up (void)
{
  for (guint taken = 0; taken < 12; taken++)
    {
      Journey journey = { .n_chunks = 200, .fails_at = -1, .fails_later = -1 };
      g_autoptr (ZcChunkPipe) pipe = pipe_of (&journey);

      for (guint i = 0; i < taken; i++)
        g_assert_nonnull (zc_chunk_pipe_next (pipe, NULL));
      g_clear_pointer (&pipe, zc_chunk_pipe_free);
      /* Constant memory: never more ahead than there are buffers. */
      g_assert_cmpuint (journey.next[1], >=, taken);
      g_assert_cmpuint (journey.next[1], <=, taken + 10);
    }
}

static void
cancel (const char *phase, guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (total, ==, 8000);
  g_cancellable_cancel (data);
}

static void
test_cancelled (void)
{
  Journey journey = { .n_chunks = 1000, .fails_at = -1, .fails_later = -1 };
  g_autoptr (ZcChunkPipe) pipe = pipe_of (&journey);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  ZcProgress progress = { cancel, cancellable, cancellable };

  g_assert_false (zc_chunk_pipe_drain (pipe, "", 8000, &progress, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/package/pipe/all-in-order", test_all_in_order);
  g_test_add_func ("/package/pipe/earliest-error-counts", test_earliest_error_counts);
  g_test_add_func ("/package/pipe/given-up", test_given_up);
  g_test_add_func ("/package/pipe/cancelled", test_cancelled);
  return g_test_run ();
}
