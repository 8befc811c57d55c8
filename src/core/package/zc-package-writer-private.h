/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-output.h"
#include "package/zc-chunk-pipe.h"
#include "package/zc-content-digest.h"
#include "package/zc-frame.h"
#include "package/zc-package-writer.h"

G_BEGIN_DECLS

struct _ZcPackageWriter
{
  ZcFrame *frame;
  GPtrArray *members; /* (element-type ZcMember) */
  GPtrArray *smalls;  /* (element-type GBytes): the contents of format.txt, README.txt and the locks */
  ZcSecret *key_enc, *key_mac;

  /* The plain content */
  GBytes *manifest;
  ZcTarLayout *content;
  ZcTarWalk walk;
  ZcContentDigest *digest;

  /* Its way out */
  ZcChunkPipe *pipe;
  ZcOutput *output;     /* (nullable) (transfer none): where chunks are written before they are given out */
  guint8 *digests;      /* of the encrypted chunks */
  enum
  {
    ZC_PHASE_HEAD,    /* everything up to the payload */
    ZC_PHASE_PAYLOAD, /* chunk by chunk; after them index.txt, index.mac, the end */
    ZC_PHASE_END,
  } phase;              /* what comes behind the block */
  GByteArray *text;     /* the head or the tail */
  const guint8 *block;  /* what is given out next */
  gsize block_size;
  GError *failed;
};

/** zc_package_writer_prepare: keys, locks, digests, and so all sizes: everything up to the pipe. @progress: (nullable) */
gboolean zc_package_writer_prepare (ZcPackageWriter *self, const ZcPackageRequest *request, const ZcProgress *progress, GError **error);

G_END_DECLS
