/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-digest.h"
#include "base/zc-secret.h"

G_BEGIN_DECLS

/**
 * ZcSuite: which algorithms a package uses. Everything follows from the suite; no message chooses an algorithm.
 *
 * @ZC_SUITE_GM_1: national: SM2 (GB/T 32918), SM4-CTR (GB/T 32907), SM3 (GB/T 32905); the default
 * @ZC_SUITE_INTL_1: international: RSA-OAEP-SHA256, AES-256-CTR, SHA-256
 */
typedef enum
{
  ZC_SUITE_GM_1,
  ZC_SUITE_INTL_1,
} ZcSuite;

#define ZC_SUITES 2

/** The key of one package, from which the others are derived, and the size of a MAC and of a MAC key. */
#define ZC_PACKAGE_KEY_SIZE 32
#define ZC_MAC_SIZE 32

/** The size of every chunk of a payload but the last, and of every piece of a chunk but the last. */
#define ZC_CHUNK_BYTES (4u * 1024 * 1024)
#define ZC_PIECE_BYTES (256u * 1024)

/** zc_suite_name: Returns: (transfer none): "gm-1" or "intl-1". */
const char *zc_suite_name (ZcSuite suite);

/** zc_suite_title: Returns: (transfer none): for people, translated: "national (SM2, SM4, SM3)". */
const char *zc_suite_title (ZcSuite suite);

/**
 * zc_suite_from_name: reads "gm-1", "national", "intl-1" or "international". Returns: FALSE if @name is none of them.
 */
gboolean zc_suite_from_name (const char *name, ZcSuite *suite);

/* What follows is for the folder package alone. */

/** ZcSuiteInfo: the suite's algorithms. */
typedef struct
{
  const char *name;
  const char *lock_suffix; /* of the file that holds the wrapped key */
  int cipher;              /* libgcrypt's number, used in counter mode */
  gsize cipher_key_size;
  ZcDigestKind hash;
  int gcrypt_hash;
} ZcSuiteInfo;

const ZcSuiteInfo *zc_suite_info (ZcSuite suite);

/** zc_suite_derive: HKDF-Expand (RFC 5869) of one block: @purpose is "enc" or "mac". Returns: (transfer full) */
ZcSecret *zc_suite_derive (ZcSuite suite, const ZcSecret *key, const char *purpose, gsize size);

/** zc_suite_mac: HMAC (RFC 2104) with the suite's digest. */
void zc_suite_mac (ZcSuite suite, const ZcSecret *key, gconstpointer data, gsize size, guint8 out[ZC_MAC_SIZE]);

/**
 * zc_suite_crypt: counter mode over @data in place; encrypting and decrypting are the same.
 * @offset: of @data within the whole stream; a multiple of 16
 */
void zc_suite_crypt (ZcSuite suite, const ZcSecret *key, const guint8 iv[16], guint64 offset, guint8 *data, gsize size);

/**
 * zc_suite_chunk_digest: the suite's digest over the list of the digests of @data's pieces, each a line of 64 hex digits.
 * Pieces are digested many at once. @size: 1 to ZC_CHUNK_BYTES
 */
void zc_suite_chunk_digest (ZcSuite suite, const guint8 *data, gsize size, guint8 out[ZC_DIGEST_SIZE]);

/** zc_suite_self_test: known answers for every algorithm, once a process; a library that fails them is never used. */
gboolean zc_suite_self_test (GError **error);

G_END_DECLS
