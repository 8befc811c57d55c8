/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-output.h"
#include "disc/zc-disc-hasher.h"
#include "disc/zc-disc-layout.h"

G_BEGIN_DECLS

/*
 * Images while they are written, private to this folder. The lists of digests are written as zeros and filled in at the end,
 * when the digests of all discs are known. From the first of them on, an image is digested last, from the file.
 */

/** ZcWritingPart: a part of the package while it streams. SHA-256 is taken at once, SM3 by the other thread. */
typedef struct
{
  ZcDigest *sha256, *sm3;
} ZcWritingPart;

/** ZcWritingImage: one disc's image. */
typedef struct
{
  const char *path;
  char *volume_id;
  guint64 size;
  guint64 written;
  guint64 lists_at[2]; /* where the lists lie; the first one is where streaming stops to be digested */
  GBytes *head;        /* what libisofs made: all before the contents */
  ZcOutput *output;
  ZcDigest *digest;
  char sha256[2 * ZC_DIGEST_SIZE + 1];
} ZcWritingImage;

/** ZcWriting: all images of a hand-in; its functions are called by one thread. */
typedef struct
{
  const ZcDiscSpec *spec;
  const ZcDiscPlan *plan;
  const ZcProgress *progress;
  GPtrArray *items;     /* of ZcDiscItem */
  ZcWritingPart *parts; /* one for each item; those of the package are used */
  GPtrArray *images;    /* of ZcWritingImage */
  ZcHasher *hasher;
  GString *lists[2];   /* SM3, SHA-256 */
  guint64 total, done; /* bytes of all images */
  gint64 reported;     /* monotonic time of the last report */
} ZcWriting;

/** zc_writing_stream: image number @disc, from 1 on, all but what its lists say. */
gboolean zc_writing_stream (ZcWriting *self, guint disc, GError **error);

/** zc_writing_report: tells how far it is, ten times a second at most unless it is the @last time. */
void zc_writing_report (ZcWriting *self, guint disc, gboolean last);

/**
 * zc_writing_fail: an image cannot be written: a full disk gets the sentence with the amount that is missing, at least.
 * @reason: (transfer full). Returns: FALSE
 */
gboolean zc_writing_fail (const ZcWriting *self, const ZcWritingImage *image, GError *reason, GError **error);

G_END_DECLS
