/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The one form of tar (POSIX ustar) that packages use, outside and inside. There is exactly one right header for a name
 * and a size, so readers never interpret headers of others: they make the right one and compare 512 bytes.
 */

#define ZC_TAR_BLOCK 512
#define ZC_TAR_END 1024

/** zc_tar_header: the header of a regular file. @name is ASCII, at most 100 bytes. */
void zc_tar_header (const char *name, guint64 size, guint8 out[ZC_TAR_BLOCK]);

/** zc_tar_rounded: @size rounded up to whole blocks. */
guint64 zc_tar_rounded (guint64 size);

typedef struct
{
  char *name;
  guint64 size;
  guint64 offset; /* of the header; the content follows it */
} ZcTarEntry;

/** ZcTarLayout: where everything lies in an archive. */
typedef struct
{
  GArray *entries; /* (element-type ZcTarEntry) */
  guint64 size;    /* of the archive, its end included */
} ZcTarLayout;

ZcTarLayout *zc_tar_layout_new (void);
/** zc_tar_layout_add: appends an entry. Returns: the offset of its content. */
guint64 zc_tar_layout_add (ZcTarLayout *self, const char *name, guint64 size);
const ZcTarEntry *zc_tar_layout_get (const ZcTarLayout *self, guint index);
void zc_tar_layout_free (ZcTarLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcTarLayout, zc_tar_layout_free)

/** ZcTarPiece: a run of bytes of one kind. */
typedef struct
{
  enum
  {
    ZC_TAR_PIECE_HEADER,
    ZC_TAR_PIECE_CONTENT,
    ZC_TAR_PIECE_ZEROS, /* up to the next header, and the archive's end */
  } kind;
  guint entry; /* its number; that of the last one for the archive's end */
  guint64 at;  /* within the header or content */
  gsize size;  /* at least 1 */
  gboolean last; /* the header or content ends with this piece; for the content of an empty file there is no piece */
} ZcTarPiece;

/** ZcTarWalk: goes through an archive from its first byte to its last; begin with zc_tar_walk_init(). */
typedef struct
{
  const ZcTarLayout *layout;
  guint entry;
  guint64 offset; /* of the whole archive */
} ZcTarWalk;

void zc_tar_walk_init (ZcTarWalk *self, const ZcTarLayout *layout);

/** zc_tar_walk_next: the next piece of at most @max bytes. Returns: FALSE at the end. */
gboolean zc_tar_walk_next (ZcTarWalk *self, gsize max, ZcTarPiece *piece);

G_END_DECLS
