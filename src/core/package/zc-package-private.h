/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-frame.h"
#include "package/zc-package.h"
#include "package/zc-tar.h"

G_BEGIN_DECLS

struct _ZcPackage
{
  gatomicrefcount refs;
  ZcSource *source;
  ZcFrame *frame;
  ZcPackageInfo info;
  ZcSecret *key_enc;
  guint64 payload_offset; /* in the source */
  guint8 *chunks;         /* the authenticated digests of the encrypted chunks */
  GBytes *manifest;
  GPtrArray *members;   /* (element-type ZcMember) */
  ZcTarLayout *content; /* manifest, members, padding */
  gint verified;        /* (atomic) a whole pass found every byte right */

  GMutex mutex;     /* guards the two that follow */
  guint8 *cached;   /* a decrypted chunk, for reading here and there */
  guint64 cached_n; /* its number; G_MAXUINT64 for none */
};

/** zc_package_chunk_size: of chunk number @n. */
gsize zc_package_chunk_size (const ZcPackage *self, guint64 n);

/** zc_package_read_chunk: the encrypted bytes, zc_package_chunk_size() of them. */
gboolean zc_package_read_chunk (const ZcPackage *self, guint64 n, guint8 *data, GError **error);

/** zc_package_open_chunk: authenticates them, and only then decrypts them in place; else @error says what is wrong. */
gboolean zc_package_open_chunk (ZcPackage *self, guint64 n, guint8 *data, GError **error);

/** zc_package_fail_member: says that @member is not what the manifest states. Returns: FALSE */
gboolean zc_package_fail_member (const ZcMember *member, GError **error);

/** zc_package_read_content: bytes of the plain content; each chunk is authenticated before it is decrypted. */
gboolean zc_package_read_content (ZcPackage *self, guint64 offset, gpointer buffer, gsize size, GError **error);

/**
 * ZcPackageSink: takes the plain content of each member in order. The manifest is member NULL. The calls come one after the
 * other, from whichever thread is free.
 *
 * @begin, @end: (nullable)
 */
typedef struct
{
  gboolean (*begin) (const ZcMember *member, gpointer data, GError **error);
  gboolean (*write) (gconstpointer bytes, gsize size, gpointer data, GError **error);
  gboolean (*end) (gpointer data, GError **error);
  gpointer data;
} ZcPackageSink;

/** zc_package_stream: one pass over everything with all checks. @sink: (nullable); @phase: translated */
gboolean zc_package_stream (ZcPackage *self, const ZcPackageSink *sink, const char *phase, const ZcProgress *progress, GError **error);

G_END_DECLS
