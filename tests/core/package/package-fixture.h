/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-office-key.h"
#include "package/zc-package-writer.h"
#include "package/zc-package.h"

/* What the tests of packages share: keys made once a run, members of chosen sizes, packages in memory. */

/** fixture_folder: Returns: (transfer none): a temporary folder of this run. */
const char *fixture_folder (void);

/** fixture_path: Returns: (transfer full): a path in that folder. */
char *fixture_path (const char *name);

/** fixture_remove: removes a file, or a folder with all in it. */
void fixture_remove (const char *path);

ZcCertificate *fixture_certificate (ZcSuite suite);
ZcOfficeKey *fixture_key (ZcSuite suite);

/** fixture_bytes: Returns: (transfer full): @size bytes that depend on @seed alone. */
GBytes *fixture_bytes (guint32 seed, gsize size);

/**
 * fixture_members: Returns: (transfer full) (element-type ZcMember): a record, a scheme, and evidence of these sizes.
 */
GPtrArray *fixture_members (const gsize *sizes, guint n);

/** fixture_pack: Returns: (transfer full): a package to the suite's certificate; @padding as in ZcPackageRequest. */
GBytes *fixture_pack (ZcSuite suite, GPtrArray *members, guint64 padding);

/** fixture_pull: Returns: (transfer full): everything that @writer gives, by reads of changing sizes. */
GBytes *fixture_pull (ZcPackageWriter *writer);

/** fixture_open: opens with the suite's key. */
ZcPackage *fixture_open (ZcSuite suite, GBytes *bytes, GError **error);

/** fixture_open_and_verify: opens and verifies; whether all is well. */
gboolean fixture_open_and_verify (ZcSuite suite, GBytes *bytes, GError **error);
