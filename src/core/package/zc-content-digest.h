/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-member.h"
#include "package/zc-tar.h"

G_BEGIN_DECLS

/**
 * ZcContentDigest: takes the plain content of a package from its first byte to its last, and compares the SHA-256 of each
 * member with the one that it must have.
 */
typedef struct _ZcContentDigest ZcContentDigest;

/** zc_content_digest_new: @content: manifest, @members (element-type ZcMember), padding; both outlive it. */
ZcContentDigest *zc_content_digest_new (const ZcTarLayout *content, GPtrArray *members);

/** zc_content_digest_take: Returns: (transfer none) (nullable): the first member that ends in @data and is another file */
const ZcMember *zc_content_digest_take (ZcContentDigest *self, const guint8 *data, gsize size);

void zc_content_digest_free (ZcContentDigest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcContentDigest, zc_content_digest_free)

/** zc_content_member: Returns: (transfer none) (nullable): the member of entry @i; NULL for the manifest and the padding */
const ZcMember *zc_content_member (GPtrArray *members, guint i);

G_END_DECLS
