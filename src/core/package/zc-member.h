/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-digest.h"
#include "base/zc-source.h"

G_BEGIN_DECLS

/** The names that readers look for. The manifest is made by the writer and is no member. */
#define ZC_MEMBER_RECORD "record.xml"
#define ZC_MEMBER_SCHEME "scheme.xml"
#define ZC_MEMBER_MANIFEST "manifest.txt"
#define ZC_MEMBER_PADDING "padding"

#define ZC_MEMBERS_MAX 20000
#define ZC_MEMBER_NAME_MAX 96
#define ZC_MEMBER_ORIGINAL_NAME_MAX 1024

/** ZcMember: one file in a package, to be packed or found when opening. */
typedef struct
{
  char *name;          /* as zc_member_name_is_valid() wants it: "files/0001.pdf" */
  char *original_name; /* nullable: UTF-8; what the file was called at the unit. Never use it as a path */
  guint64 size;
  guint8 sm3[ZC_DIGEST_SIZE];
  guint8 sha256[ZC_DIGEST_SIZE];
  gboolean has_digests; /* packing: FALSE lets the writer read the file once more to digest it */
  ZcSource *source;     /* its bytes; NULL for a member of an opened package (use zc_package_member_source()) */
} ZcMember;

/** zc_member_new: a file to be packed; takes a reference on @source. Returns: (transfer full) */
ZcMember *zc_member_new (const char *name, const char *original_name, ZcSource *source);

/** zc_member_new_bytes: the same for bytes in memory, digests worked out at once. Returns: (transfer full) */
ZcMember *zc_member_new_bytes (const char *name, const char *original_name, GBytes *bytes);

/**
 * zc_member_set_digests: what the bytes must be, as noted when the file was taken in. While packing, the SHA-256 is
 * checked on the way: a file that changed since stops the packing.
 */
void zc_member_set_digests (ZcMember *self, const guint8 sm3[ZC_DIGEST_SIZE], const guint8 sha256[ZC_DIGEST_SIZE]);

void zc_member_free (ZcMember *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcMember, zc_member_free)

/**
 * zc_member_evidence_name: the generated name of the @number-th evidence file (from 1): "files/0001.pdf". Nothing of
 * @original_name but an extension of 1 to 8 ASCII letters and digits goes into it, in lower case.
 * Returns: (transfer full)
 */
char *zc_member_evidence_name (guint number, const char *original_name);

/**
 * zc_member_name_is_valid: one or two parts joined by "/", each of letters, digits, ".", "_" and "-" in ASCII,
 * beginning with a letter or digit; at most ZC_MEMBER_NAME_MAX bytes; neither "manifest.txt" nor "padding".
 */
gboolean zc_member_name_is_valid (const char *name);

G_END_DECLS
