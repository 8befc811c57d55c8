/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"
#include "base/zc-secret.h"
#include "package/zc-member.h"
#include "package/zc-office-key.h"

G_BEGIN_DECLS

/**
 * ZcPackage: an opened package. Opening checks the frame, the sizes, the key and the authentication of the list of
 * digests; after that no byte is decrypted unless the chunk of 4 MiB that holds it has the listed digest. So whatever
 * comes out of it is authentic; that *all* of it is there and sound is what zc_package_verify() says.
 *
 * Errors: ZC_ERROR_KEY wrong key or passphrase; ZC_ERROR_DAMAGED altered, cut, lengthened or mixed, with the part in
 * the sentence; ZC_ERROR_INVALID no package at all; ZC_ERROR_TOO_NEW of a later version.
 */
typedef struct _ZcPackage ZcPackage;

/** ZcPackageInfo: what anybody can read on a package without a key; nothing of it is authenticated. */
typedef struct
{
  ZcSuite suite;
  char id[33];
  guint64 size;         /* of the whole file */
  guint certificates;   /* locks for a certificate's key */
  gboolean passphrase;  /* a lock for a passphrase */
} ZcPackageInfo;

/** zc_package_peek: looks at a package without a key: is it one, is it complete, what would open it. */
gboolean zc_package_peek (ZcSource *source, ZcPackageInfo *info, GError **error);

/**
 * zc_package_check: without a key: whether every byte is what the package's own list of digests (index.txt) says. It
 * finds damage, not forgery: only the key tells whether that list is the unit's.
 */
gboolean zc_package_check (ZcSource *source, const ZcProgress *progress, GError **error);

/**
 * zc_package_open: opens a package with a private key or a passphrase (one of them; with both, the key is tried first).
 * Deriving a key from a passphrase takes a second.
 *
 * Returns: (transfer full) (nullable)
 */
ZcPackage *zc_package_open (ZcSource *source, const ZcOfficeKey *key, const ZcSecret *passphrase, GError **error);

const ZcPackageInfo *zc_package_info (const ZcPackage *self);

/** zc_package_members: Returns: (transfer none) (element-type ZcMember): in the order in which they were packed. */
GPtrArray *zc_package_members (ZcPackage *self);

/** zc_package_find: Returns: (transfer none) (nullable): the member called @name. */
const ZcMember *zc_package_find (ZcPackage *self, const char *name);

/**
 * zc_package_member_source: a member's bytes, decrypted as they are read and each chunk only after its digest was
 * checked. Its digests are those of the manifest; reading it does not check them.
 *
 * Returns: (transfer full): it keeps @self alive
 */
ZcSource *zc_package_member_source (ZcPackage *self, const ZcMember *member);

/**
 * zc_package_read_member: a whole member of at most @limit bytes, its SM3 and SHA-256 checked. Returns: (transfer
 * full) (nullable)
 */
GBytes *zc_package_read_member (ZcPackage *self, const char *name, gsize limit, GError **error);

/**
 * zc_package_verify: checks every byte: all chunks, the frame within, every member's SHA-256. One pass, constant
 * memory.
 */
gboolean zc_package_verify (ZcPackage *self, const ZcProgress *progress, GError **error);

/**
 * zc_package_extract_to_dir: verifies everything as zc_package_verify() does and writes it into @folder, which must not
 * exist or be empty: all members and the manifest, or nothing. Files get mode 0600, folders 0700.
 */
gboolean zc_package_extract_to_dir (ZcPackage *self, const char *folder, const ZcProgress *progress, GError **error);

ZcPackage *zc_package_ref (ZcPackage *self);
void zc_package_unref (ZcPackage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPackage, zc_package_unref)

G_END_DECLS
