/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-digester.h"

#define PIECES 6

typedef struct
{
  ZcDigester *owner;
  ZcDigestKind kind;
  ZcDigest *digest;
  GAsyncQueue *queue;
  GThread *thread; /* NULL once finished */
} Lane;

struct _ZcDigester
{
  GAsyncQueue *idle;
  ZcPiece pieces[PIECES];
  ZcPiece end; /* tells a lane to stop */
  Lane lanes[2];
};

void
_zc_digester_let_go (ZcDigester *self, ZcPiece *piece)
{
  if (g_atomic_int_dec_and_test (&piece->users))
    g_async_queue_push (self->idle, piece);
}

static gpointer
run_lane (gpointer data)
{
  Lane *lane = data;
  ZcPiece *piece;

  while ((piece = g_async_queue_pop (lane->queue)) != &lane->owner->end)
    {
      zc_digest_update (lane->digest, piece->data, piece->size);
      _zc_digester_let_go (lane->owner, piece);
    }
  return NULL;
}

ZcDigester *
_zc_digester_new (gsize piece_size)
{
  static const ZcDigestKind kinds[] = { ZC_DIGEST_SM3, ZC_DIGEST_SHA256 };
  ZcDigester *self = g_new0 (ZcDigester, 1);

  self->idle = g_async_queue_new ();
  for (gsize i = 0; i < PIECES; i++)
    {
      self->pieces[i].data = g_malloc (piece_size);
      g_async_queue_push (self->idle, &self->pieces[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Lane *lane = &self->lanes[i];

      lane->owner = self;
      lane->kind = kinds[i];
      lane->digest = zc_digest_new (kinds[i]);
      lane->queue = g_async_queue_new ();
      lane->thread = g_thread_new ("digest", run_lane, lane);
    }
  return self;
}

ZcPiece *
_zc_digester_take (ZcDigester *self)
{
  return g_async_queue_pop (self->idle);
}

void
_zc_digester_push (ZcDigester *self, ZcPiece *piece)
{
  g_atomic_int_set (&piece->users, G_N_ELEMENTS (self->lanes) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    g_async_queue_push (self->lanes[i].queue, piece);
}

static void
stop (ZcDigester *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    if (self->lanes[i].thread)
      {
        g_async_queue_push (self->lanes[i].queue, &self->end);
        g_thread_join (g_steal_pointer (&self->lanes[i].thread));
      }
}

void
_zc_digester_finish (ZcDigester *self, char **sm3, char **sha256)
{
  stop (self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    *(self->lanes[i].kind == ZC_DIGEST_SM3 ? sm3 : sha256) =
        zc_digest_hex (self->lanes[i].digest, self->lanes[i].kind);
}

void
_zc_digester_free (ZcDigester *self)
{
  if (!self)
    return;
  stop (self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      zc_digest_free (self->lanes[i].digest);
      g_async_queue_unref (self->lanes[i].queue);
    }
  for (gsize i = 0; i < PIECES; i++)
    g_free (self->pieces[i].data);
  g_async_queue_unref (self->idle);
  g_free (self);
}
