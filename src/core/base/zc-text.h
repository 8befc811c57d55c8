/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/** The longest text one place may hold, in bytes of UTF-8. */
#define ZC_TEXT_MAX_BYTES (256u * 1024)

/**
 * zc_text_normalize: the form in which every typed or imported text is kept: valid UTF-8, NFC, line ends as LF, no
 * other control character but TAB, no noncharacter, at most ZC_TEXT_MAX_BYTES.
 * @multiline: FALSE makes each line end and TAB one space
 *
 * Returns: (transfer full) (nullable): NULL and @error when it has characters that no document can print
 */
char *zc_text_normalize (const char *text, gboolean multiline, GError **error);

/**
 * zc_text_shown_name: a file name as it can be shown and kept: invalid UTF-8 and control characters become U+FFFD, the
 * direction marks that could disguise an extension too. Returns: (transfer full)
 */
char *zc_text_shown_name (const char *filename);

/**
 * zc_date_parse: reads YYYY-MM-DD, and what people type: 2016年7月8日, 2016/7/8, 2016.7.8, 20160708, with full-width signs and
 * with blanks between. Returns: (transfer full) (nullable): YYYY-MM-DD
 */
char *zc_date_parse (const char *text);

/** zc_date_display: Returns: (transfer full): "2016年7月8日" (GB/T 9704-2012 7.3.5.4) for YYYY-MM-DD; else a copy. */
char *zc_date_display (const char *iso);

/** zc_day_display: Returns: (transfer full): the day of @time in the local zone, as zc_date_display() writes it. */
char *zc_day_display (GDateTime *time);

/** zc_date_to_days: Returns: the Julian day number of YYYY-MM-DD, or 0 if it is none. */
guint zc_date_to_days (const char *iso);

/** zc_date_from_days: Returns: (transfer full): YYYY-MM-DD of a Julian day number. */
char *zc_date_from_days (guint days);

/**
 * zc_number_parse: reads a plain decimal number (full-width digits, spaces and commas between thousands are accepted,
 * an exponent is not) and rounds nothing.
 * @decimals: how many digits may stand behind the point
 *
 * Returns: (transfer full) (nullable): its canonical form ("12", "0.5", "-3"); NULL if it is none
 */
char *zc_number_parse (const char *text, guint decimals);

/**
 * zc_number_format: Returns: (transfer full): @value in the same canonical form with at most @decimals digits behind
 * the point.
 */
char *zc_number_format (double value, guint decimals);

/** zc_size_display: Returns: (transfer full): "1.5 MiB" and the like, for people. */
char *zc_size_display (guint64 bytes);

G_END_DECLS
