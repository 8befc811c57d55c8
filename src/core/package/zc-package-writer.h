/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"
#include "base/zc-secret.h"
#include "package/zc-certificate.h"
#include "package/zc-member.h"

G_BEGIN_DECLS

#define ZC_PACKAGE_EXTENSION "zcp"
#define ZC_PACKAGE_MAX_LOCKS 16

/** ZcPackageRequest: what goes into a package and who may open it. All of it belongs to the caller. */
typedef struct
{
  ZcSuite suite;
  GPtrArray *members;         /* (element-type ZcMember), packed in this order */
  GPtrArray *certificates;    /* (element-type ZcCertificate) nullable; each is checked by zc_certificate_check() */
  const ZcSecret *passphrase; /* nullable; at least one of the two */
  guint64 padding;            /* the content is filled up to a multiple of it, a power of two from 512 on; 0: 1 MiB */
} ZcPackageRequest;

/**
 * ZcPackageWriter: a package as a stream that is pulled in one pass; its exact size is known before the first byte.
 *
 * Digesting and encrypting run on a few threads of its own ahead of the reader, in constant memory. Use it from one
 * thread at a time; which one does not matter.
 */
typedef struct _ZcPackageWriter ZcPackageWriter;

/**
 * zc_package_writer_new: checks the request, makes the keys and locks, and digests the members that have no digests.
 * @progress: (nullable)
 *
 * Returns: (transfer full) (nullable)
 */
ZcPackageWriter *zc_package_writer_new (const ZcPackageRequest *request, const ZcProgress *progress, GError **error);

/** zc_package_writer_size: the package's size in bytes. */
guint64 zc_package_writer_size (const ZcPackageWriter *self);

/** zc_package_writer_id: Returns: (transfer none): the package's random number, 32 hex digits. */
const char *zc_package_writer_id (const ZcPackageWriter *self);

/**
 * zc_package_writer_read: the next bytes.
 *
 * Returns: how many were put into @buffer: @size, or fewer just before the end, 0 at the end; -1 with @error, after
 * which the package is to be thrown away: ZC_ERROR_MISMATCH names a member whose bytes are not what its digest says
 */
gssize zc_package_writer_read (ZcPackageWriter *self, gpointer buffer, gsize size, GError **error);

void zc_package_writer_free (ZcPackageWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPackageWriter, zc_package_writer_free)

/** zc_package_write_file: the whole package into a file that appears complete or not at all. */
gboolean zc_package_write_file (const ZcPackageRequest *request,
                                const char *path,
                                const ZcProgress *progress,
                                GError **error);

G_END_DECLS
