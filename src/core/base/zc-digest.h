/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The digests we use: SM3 (GB/T 32905-2016) and SHA-256 (FIPS 180-4), both of 32 bytes, by libgcrypt. */
typedef enum
{
  ZC_DIGEST_SM3 = 1 << 0,
  ZC_DIGEST_SHA256 = 1 << 1,
} ZcDigestKind;

#define ZC_DIGEST_SIZE 32

/**
 * zc_crypto_init: prepares libgcrypt; safe to call often and from any thread. Every user of libgcrypt calls it first.
 */
void zc_crypto_init (void);

/** ZcDigest: one pass over some bytes that yields one or both digests. Not for use by two threads at once. */
typedef struct _ZcDigest ZcDigest;

/** zc_digest_new: @kinds is an OR of ZcDigestKind. Returns: (transfer full) */
ZcDigest *zc_digest_new (guint kinds);
void zc_digest_update (ZcDigest *self, gconstpointer data, gsize size);

/** zc_digest_get: the digest of all updates so far into @out; after it only zc_digest_reset() may follow. */
void zc_digest_get (ZcDigest *self, ZcDigestKind kind, guint8 out[ZC_DIGEST_SIZE]);

/** zc_digest_hex: as zc_digest_get(), as 64 lower-case hex digits. Returns: (transfer full) */
char *zc_digest_hex (ZcDigest *self, ZcDigestKind kind);
void zc_digest_reset (ZcDigest *self);
void zc_digest_free (ZcDigest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcDigest, zc_digest_free)

/** zc_digest_of: the digest of @size bytes at @data, at once. */
void zc_digest_of (ZcDigestKind kind, gconstpointer data, gsize size, guint8 out[ZC_DIGEST_SIZE]);

/** zc_digest_hex_of: the same as 64 lower-case hex digits. Returns: (transfer full) */
char *zc_digest_hex_of (ZcDigestKind kind, gconstpointer data, gsize size);

/** zc_hex: Returns: (transfer full): @size bytes as lower-case hex. */
char *zc_hex (gconstpointer data, gsize size);

/** zc_unhex: reads exactly 2 × @size lower- or upper-case hex digits. Returns: FALSE if @text is anything else. */
gboolean zc_unhex (const char *text, guint8 *out, gsize size);

/**
 * zc_random: fills @out from the system's random source; for nonces and ids, not for keys (those live in secure
 * memory).
 */
void zc_random (gpointer out, gsize size);

G_END_DECLS
