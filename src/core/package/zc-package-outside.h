/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-source.h"
#include "package/zc-frame.h"
#include "package/zc-office-key.h"

G_BEGIN_DECLS

/** ZcOutside: all that a package holds outside its payload; begin with { NULL }. Nothing of it is authentic at first. */
typedef struct
{
  const ZcFrame *frame;
  GPtrArray *smalls; /* (element-type GBytes): the contents of the small entries */
  GBytes *index;
  guint8 *digests;   /* what the index says of the small entries */
  guint8 *chunks;    /* what it says of the encrypted chunks */
  char id[2 * ZC_FRAME_ID_SIZE + 1];
  gboolean *altered; /* for each small entry */
} ZcOutside;

/** zc_outside_read: @frame must outlive @self. */
gboolean zc_outside_read (ZcOutside *self, const ZcFrame *frame, ZcSource *source, GError **error);

/**
 * zc_outside_open_locks: the package's key, by @key or @passphrase (nullable, both may be there).
 * Returns: (transfer full) (nullable)
 */
ZcSecret *zc_outside_open_locks (const ZcOutside *self, const ZcOfficeKey *key, const ZcSecret *passphrase, GError **error);

/** zc_outside_check: whether the small files are those that the index lists: all that can be said without a key. */
gboolean zc_outside_check (const ZcOutside *self, GError **error);

/** zc_outside_authenticate: whether the holder of @key wrote the index, and the small files are those that it lists. */
gboolean zc_outside_authenticate (const ZcOutside *self, ZcSource *source, const ZcSecret *key, GError **error);

void zc_outside_clear (ZcOutside *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZcOutside, zc_outside_clear)

G_END_DECLS
