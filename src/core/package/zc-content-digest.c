/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-content-digest.h"

#include <string.h>

struct _ZcContentDigest
{
  GPtrArray *members;
  ZcTarWalk walk;
  ZcDigest *digest; /* of the member whose content comes */
};

ZcContentDigest *
zc_content_digest_new (const ZcTarLayout *content, GPtrArray *members)
{
  ZcContentDigest *self = g_new0 (ZcContentDigest, 1);

  self->members = members;
  zc_tar_walk_init (&self->walk, content);
  self->digest = zc_digest_new (ZC_DIGEST_SHA256);
  return self;
}

const ZcMember *
zc_content_member (GPtrArray *members, guint i)
{
  return i >= 1 && i <= members->len ? members->pdata[i - 1] : NULL;
}

static gboolean
is_the_member (ZcContentDigest *self, const ZcMember *member)
{
  guint8 digest[ZC_DIGEST_SIZE];

  zc_digest_get (self->digest, ZC_DIGEST_SHA256, digest);
  zc_digest_reset (self->digest);
  return memcmp (digest, member->sha256, sizeof digest) == 0;
}

const ZcMember *
zc_content_digest_take (ZcContentDigest *self, const guint8 *data, gsize size)
{
  ZcTarPiece piece;

  for (gsize at = 0; zc_tar_walk_next (&self->walk, size - at, &piece); at += piece.size)
    {
      const ZcMember *member = zc_content_member (self->members, piece.entry);

      if (!member)
        continue;
      if (piece.kind == ZC_TAR_PIECE_CONTENT)
        zc_digest_update (self->digest, data + at, piece.size);
      /* Without content there is no piece of it: the header is the last one. */
      if (piece.last && piece.kind == (member->size > 0 ? ZC_TAR_PIECE_CONTENT : ZC_TAR_PIECE_HEADER)
          && !is_the_member (self, member))
        return member;
    }
  return NULL;
}

void
zc_content_digest_free (ZcContentDigest *self)
{
  if (!self)
    return;
  zc_digest_free (self->digest);
  g_free (self);
}
