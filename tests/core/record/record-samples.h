/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/zc-record.h"

/* Schemes and records for the tests of record and rules. */

/** sample_scheme: the fixture record/scheme.xml. Returns: (transfer full) */
ZcScheme *sample_scheme (void);

/** sample_wrap: a record of the sample scheme with @parts (six elements) between its root's tags. Returns:
 * (transfer full) */
GBytes *sample_wrap (ZcScheme *scheme, const char *parts);

/** sample_parts: a record's six parts, each "" for an empty one. Returns: (transfer full) */
char *sample_parts (const char *facts,
                    const char *answers,
                    const char *ledgers,
                    const char *findings,
                    const char *texts,
                    const char *evidence);

/** sample_record: parses loosely what sample_parts() makes; must succeed. Returns: (transfer full) */
ZcRecord *sample_record (ZcScheme *scheme,
                         const char *facts,
                         const char *answers,
                         const char *ledgers,
                         const char *findings,
                         const char *texts,
                         const char *evidence);

/** sample_random: a loosely written record with anything in it that can be. Returns: (transfer full) */
GBytes *sample_random (ZcScheme *scheme, GRand *rand);

#define SAMPLE_FILE(id, items)                                                                               \
  "<file id=\"" id "\" name=\"文件" id ".pdf\" size=\"12\" sm3=\"" id id                                     \
  "00000000000000000000000000000000000000000000000000000000000000\" sha256=\"" id id                         \
  "11111111111111111111111111111111111111111111111111111111111111\">" items "</file>"
