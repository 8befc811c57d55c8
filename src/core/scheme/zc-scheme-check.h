/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheme/zc-scheme.h"

G_BEGIN_DECLS

/** ZcFault: one thing wrong with a scheme file. */
typedef struct
{
  int line;
  char *message; /* what is wrong there, and what to write instead */
} ZcFault;

/**
 * zc_scheme_check: finds every fault of a scheme or overlay, not only the first: XML, grammar (scheme.rng), ids given twice
 * or used and not there, XPath that does not compile or calls an unknown function, places and templates that name nothing,
 * impossible dates and ranges, documents that print nothing, items that are in no document.
 *
 * Returns: (transfer full) (element-type ZcFault): ordered by line; empty if the scheme is good
 */
GPtrArray *zc_scheme_check (GBytes *bytes, const char *name);

/** zc_scheme_starter: Returns: (transfer full): a small commented scheme that passes the check, to be edited by its reader. */
GBytes *zc_scheme_starter (const char *id);

G_END_DECLS
