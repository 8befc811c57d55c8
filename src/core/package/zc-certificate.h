/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-digest.h"
#include "package/zc-suite.h"

#include <openssl/types.h>

G_BEGIN_DECLS

/**
 * ZcCertificate: an office's X.509 certificate, to whose key packages are encrypted. Nobody vouches for it but the
 * notice that published it: show @sm3 (or @sha256) so that it can be compared with the fingerprint printed there.
 *
 * Reference counted; everything but the count is only read.
 */
typedef struct
{
  gatomicrefcount refs;
  char *name;         /* the owner: common name, or organisation, or the whole subject */
  char *subject;      /* RFC 2253, UTF-8 */
  char *issuer;       /* the same */
  char *serial;       /* hex */
  char *algorithm;    /* "SM2", "RSA 3072", "EC prime256v1", "ED25519" … */
  GDateTime *not_before, *not_after; /* local time */
  char *sm3, *sha256; /* of the DER form: 64 capitals in groups of four, joined by blanks */
  gboolean self_signed;
  X509 *x509;
} ZcCertificate;

/** The largest certificate file we read. */
#define ZC_CERTIFICATE_MAX_BYTES (64u * 1024)

/** zc_certificate_load: a PEM or DER file. Returns: (transfer full) (nullable) */
ZcCertificate *zc_certificate_load (const char *path, GError **error);

/** zc_certificate_parse: @name is how messages call the file. Returns: (transfer full) (nullable) */
ZcCertificate *zc_certificate_parse (GBytes *bytes, const char *name, GError **error);

/**
 * zc_certificate_check: whether a package may be encrypted to it now: within its dates by zc_clock_now(), of a kind and
 * strength we accept (SM2, or RSA of 3072 to 8192 bits), allowed to encrypt, its own signature sound if it is
 * self-signed. A certificate that is refused can still be shown.
 *
 * Returns: FALSE with one sentence in @error: ZC_ERROR_KEY
 */
gboolean zc_certificate_check (const ZcCertificate *self, GError **error);

/** zc_certificate_get_suite: the suite whose locks its key opens. Returns: FALSE if it is of no kind we use. */
gboolean zc_certificate_get_suite (const ZcCertificate *self, ZcSuite *suite);

/** zc_certificate_describe: Returns: (transfer full): some translated lines: who, by whom, until when, fingerprints. */
char *zc_certificate_describe (const ZcCertificate *self);

ZcCertificate *zc_certificate_ref (ZcCertificate *self);
void zc_certificate_unref (ZcCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcCertificate, zc_certificate_unref)

G_END_DECLS
