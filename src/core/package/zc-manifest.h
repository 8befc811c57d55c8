/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-member.h"
#include "package/zc-tar.h"

G_BEGIN_DECLS

#define ZC_MANIFEST_MAX_BYTES (32u * 1024 * 1024)

/*
 * The manifest is the first file within a package and its table of contents: names, sizes, digests and the original
 * names of all members in order. It is also what `cksum --check` reads.
 */

/** zc_manifest_check_members: that each name is valid and no two differ in case alone. ZC_ERROR_USAGE */
gboolean zc_manifest_check_members (GPtrArray *members, GError **error);

/** zc_manifest_write: Returns: (transfer full): the manifest of @members (element-type ZcMember). */
GBytes *zc_manifest_write (GPtrArray *members);

/**
 * zc_manifest_parse: Returns: (transfer full) (nullable) (element-type ZcMember): NULL for anything we would not
 * write
 */
GPtrArray *zc_manifest_parse (GBytes *bytes);

/** zc_manifest_append_escaped: appends @name so that it stays in its line: "\" and control characters as \xHH. */
void zc_manifest_append_escaped (GString *out, const char *name);

/** zc_manifest_layout: Returns: (transfer full): the inner archive: manifest, @members, padding of @padding bytes. */
ZcTarLayout *zc_manifest_layout (gsize manifest_size, GPtrArray *members, guint64 padding);

G_END_DECLS
