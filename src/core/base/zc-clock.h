/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * zc_clock_now: the time at which the program thinks it is, in the local zone.
 *
 * It is the system's clock unless zc_clock_set() or the environment variable ZICHA_CLOCK (RFC 3339, for example
 * 2016-07-01T09:00:00+08:00) fixed it, which tests and reproducible samples do.
 *
 * Returns: (transfer full)
 */
GDateTime *zc_clock_now (void);

/** zc_clock_set: fixes the clock at @now (nullable: back to the system's clock). */
void zc_clock_set (GDateTime *now);

/** zc_clock_now_string: Returns: (transfer full): now as RFC 3339 with offset, to the second. */
char *zc_clock_now_string (void);

/** zc_clock_today: Returns: (transfer full): today's local date as YYYY-MM-DD. */
char *zc_clock_today (void);

G_END_DECLS
