/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-libburn.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define FEED_BUFFER (64u * 1024)

/* libburn asks for a block at a time, so there is a buffer in between. */
typedef struct
{
  ZcBurnFeed feed;
  gpointer data;
  guint64 size;
  gsize filled, used;
  guint8 buffer[FEED_BUFFER];
} Source;

static int
source_read (struct burn_source *base, unsigned char *buffer, int size)
{
  Source *source = base->data;
  gsize done = 0;
  int before;

  /* libburn ends its thread by cancelling it, which must not happen in the middle of ours. */
  pthread_setcancelstate (PTHREAD_CANCEL_DISABLE, &before);
  while (done < (gsize) size)
    {
      gsize n;

      if (source->used == source->filled)
        {
          gssize got = source->feed (source->data, source->buffer, sizeof source->buffer);

          source->used = 0;
          source->filled = got > 0 ? (gsize) got : 0;
          if (got <= 0)
            {
              if (got < 0)
                done = 0;
              size = got < 0 ? -1 : (int) done;
              break;
            }
        }
      n = MIN ((gsize) size - done, source->filled - source->used);
      memcpy (buffer + done, source->buffer + source->used, n);
      source->used += n;
      done += n;
    }
  pthread_setcancelstate (before, NULL);
  return size < 0 ? -1 : (int) done;
}

static off_t
source_size (struct burn_source *base)
{
  return (off_t) ((Source *) base->data)->size;
}

static int
source_set_size (struct burn_source *base, off_t size)
{
  return 1;
}

static int
source_cancel (struct burn_source *base)
{
  return 1;
}

static void
source_free (struct burn_source *base)
{
  g_free (base->data);
}

struct burn_source *
zc_libburn_source_new (guint64 size, ZcBurnFeed feed, gpointer data)
{
  struct burn_source *base = calloc (1, sizeof *base); /* libburn frees it */
  Source *source = g_new0 (Source, 1);

  if (!base)
    g_error ("out of memory");
  source->feed = feed;
  source->data = data;
  source->size = size;
  base->refcount = 1;
  base->get_size = source_size;
  base->set_size = source_set_size;
  base->free_data = source_free;
  base->data = source;
  base->version = 1;
  base->read_xt = source_read;
  base->cancel = source_cancel;
  return base;
}
