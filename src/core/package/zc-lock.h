/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-openssl.h"
#include "package/zc-suite.h"

G_BEGIN_DECLS

/*
 * Locks: the package's key wrapped for one recipient, in a form that `openssl pkeyutl -decrypt` opens: SM2Cipher (GM/T
 * 0009) or RSAES-OAEP with SHA-256 (RFC 8017). A passphrase opens a private key made for this one package, kept as
 * PKCS#8 encrypted by scrypt (RFC 7914).
 */

/** The cost of scrypt. N and r are the most that a stock openssl accepts within its memory limit. */
#define ZC_SCRYPT_N 16384
#define ZC_SCRYPT_R 8
#define ZC_SCRYPT_P 32

#define ZC_RSA_MIN_BITS 3072
#define ZC_RSA_MAX_BITS 8192

/** zc_lock_key_suite: Returns: FALSE if @key is of a kind that no suite uses. */
gboolean zc_lock_key_suite (EVP_PKEY *key, ZcSuite *suite);

/** zc_lock_generate: a fresh key pair: SM2, or RSA of 3072 bits. Returns: (transfer full) (nullable) */
EVP_PKEY *zc_lock_generate (ZcSuite suite, GError **error);

/** zc_lock_wrap: @secret for @key. Returns: (transfer full) (nullable) */
GBytes *zc_lock_wrap (ZcSuite suite, EVP_PKEY *key, const ZcSecret *secret, GError **error);

/** zc_lock_unwrap: Returns: (transfer full) (nullable): NULL when @key does not open it. */
ZcSecret *zc_lock_unwrap (ZcSuite suite, EVP_PKEY *key, GBytes *wrapped);

/** zc_lock_protect: @key as an encrypted PKCS#8 PEM. Returns: (transfer full) (nullable) */
GBytes *zc_lock_protect (ZcSuite suite, EVP_PKEY *key, const ZcSecret *passphrase, GError **error);

/**
 * zc_lock_unprotect: reads what zc_lock_protect() wrote; other algorithms and costs are not even tried.
 * @sound: gets FALSE when @pem is not of that form
 *
 * Returns: (transfer full) (nullable): NULL for a wrong passphrase
 */
EVP_PKEY *zc_lock_unprotect (ZcSuite suite, GBytes *pem, const ZcSecret *passphrase, gboolean *sound);

G_END_DECLS
