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
 * zc_scheme_check: finds every fault of a scheme, overlay or dictionary, not only the first: XML, grammar
 * (scheme.rng), ids given twice or used and not there, XPath that does not compile, calls an unknown function or
 * names what is not there, places and templates that name nothing, impossible dates and ranges, tables whose cells do
 * not fit, documents that print nothing. An overlay is checked on the scheme it is for, which must be installed.
 *
 * If the grammar is broken, only that is told: the rest could not be trusted. At most 200 faults are listed.
 *
 * Returns: (transfer full) (element-type ZcFault): ordered by line; empty if the scheme is good
 */
GPtrArray *zc_scheme_check (GBytes *bytes, const char *name);

/**
 * zc_scheme_check_for: the same for what is to be laid over @base, the scheme that an inspection was made with: an
 * overlay is checked on it, and a whole scheme must be the same one, with all that can hold an answer.
 */
GPtrArray *zc_scheme_check_for (ZcScheme *base, GBytes *bytes, const char *name);

/**
 * zc_scheme_replace: @base as the overlay @bytes changes it, or the scheme that @bytes are. Returns: (transfer full)
 * (nullable): NULL with the first fault
 */
ZcScheme *zc_scheme_replace (ZcScheme *base, GBytes *bytes, const char *name, GError **error);

/**
 * zc_scheme_starter: Returns: (transfer full): a small commented scheme that passes the check, to be edited by its
 * reader.
 * @id: (nullable): its id; "my-scheme" if it is none
 */
GBytes *zc_scheme_starter (const char *id);

G_END_DECLS
