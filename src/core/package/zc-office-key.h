/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-certificate.h"

G_BEGIN_DECLS

/** ZcOfficeKey: the private key that opens packages. Its numbers live in locked memory and are wiped with it. */
typedef struct _ZcOfficeKey ZcOfficeKey;

/** The names of the two files that zc_office_key_generate() writes. */
#define ZC_OFFICE_KEY_FILE "office.key"
#define ZC_OFFICE_CERTIFICATE_FILE "office.crt"

/** How long a new certificate is valid. */
#define ZC_OFFICE_CERTIFICATE_YEARS 5

/**
 * zc_office_key_generate: makes a key pair and a self-signed certificate for it, valid from a day before
 * zc_clock_now() on, and writes both into @folder (made if it is missing): the key as PKCS#8 with mode 0600, the
 * certificate with 0644. Files that are there already are never replaced.
 * @office: the office's name, 1 to 64 characters
 * @passphrase: (nullable): encrypts the private key (scrypt); NULL leaves it open, protected by the file's mode alone
 *
 * Returns: (transfer full) (nullable): the certificate, to show its fingerprint
 */
ZcCertificate *zc_office_key_generate (ZcSuite suite,
                                       const char *office,
                                       const ZcSecret *passphrase,
                                       const char *folder,
                                       GError **error);

/**
 * zc_office_key_load: reads a private key (PEM or DER; PKCS#8, or the older forms of EC and RSA).
 * @passphrase: (nullable)
 *
 * Returns: (transfer full) (nullable): NULL with ZC_ERROR_KEY when a passphrase is missing or wrong, ZC_ERROR_INVALID
 * when the file is no private key or one of a kind that opens no package
 */
ZcOfficeKey *zc_office_key_load (const char *path, const ZcSecret *passphrase, GError **error);

/** zc_office_key_needs_passphrase: whether the file at @path is an encrypted private key: ask before loading it. */
gboolean zc_office_key_needs_passphrase (const char *path);

/** zc_office_key_suite: the suite whose packages it may open. */
ZcSuite zc_office_key_suite (const ZcOfficeKey *self);

/** zc_office_key_fits: whether @certificate is that of this key. */
gboolean zc_office_key_fits (const ZcOfficeKey *self, const ZcCertificate *certificate);

void zc_office_key_free (ZcOfficeKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcOfficeKey, zc_office_key_free)

/** zc_office_key_new: for the folder package alone: takes a reference on @pkey, SM2 or RSA. Returns: (transfer full) */
ZcOfficeKey *zc_office_key_new (EVP_PKEY *pkey);

/** zc_office_key_pkey: for the folder package alone. Returns: (transfer none) */
EVP_PKEY *zc_office_key_pkey (const ZcOfficeKey *self);

G_END_DECLS
