/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-hasher.h"

#include <string.h>

#define N_SLOTS 4
#define SLOT_SIZE (1024u * 1024)

typedef struct
{
  ZcDigest *digest; /* NULL: the end */
  gsize size;
  guint8 bytes[SLOT_SIZE];
} Slot;

struct _ZcHasher
{
  GThread *thread;
  GAsyncQueue *idle; /* of Slot */
  GAsyncQueue *full; /* of Slot */
};

static gpointer
work (gpointer data)
{
  ZcHasher *self = data;

  for (;;)
    {
      Slot *slot = g_async_queue_pop (self->full);
      ZcDigest *digest = slot->digest;

      if (digest)
        zc_digest_update (digest, slot->bytes, slot->size);
      g_async_queue_push (self->idle, slot);
      if (!digest)
        return NULL;
    }
}

ZcHasher *
zc_hasher_new (void)
{
  ZcHasher *self = g_new0 (ZcHasher, 1);

  self->idle = g_async_queue_new_full (g_free);
  self->full = g_async_queue_new_full (g_free);
  for (guint i = 0; i < N_SLOTS; i++)
    g_async_queue_push (self->idle, g_new (Slot, 1));
  self->thread = g_thread_new ("zicha-digest", work, self);
  return self;
}

void
zc_hasher_update (ZcHasher *self, ZcDigest *digest, gconstpointer data, gsize size)
{
  const guint8 *at = data;

  while (size > 0)
    {
      Slot *slot = g_async_queue_pop (self->idle);

      slot->digest = digest;
      slot->size = MIN (size, SLOT_SIZE);
      memcpy (slot->bytes, at, slot->size);
      at += slot->size;
      size -= slot->size;
      g_async_queue_push (self->full, slot);
    }
}

void
zc_hasher_join (ZcHasher *self)
{
  Slot *slot;

  if (!self->thread)
    return;
  slot = g_async_queue_pop (self->idle);
  slot->digest = NULL;
  g_async_queue_push (self->full, slot);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
zc_hasher_free (ZcHasher *self)
{
  if (!self)
    return;
  zc_hasher_join (self);
  g_async_queue_unref (self->idle);
  g_async_queue_unref (self->full);
  g_free (self);
}
