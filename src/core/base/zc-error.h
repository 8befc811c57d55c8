/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ZcErrorCode: what kind of thing went wrong, as far as a caller acts on it.
 *
 * Every message under this domain is one whole, translated sentence (or two) for the person at the keyboard: what
 * happened, to which file or item, what to do now. Errors of other libraries are translated where they come in.
 *
 * @ZC_ERROR_USAGE: a wrong call: an id that the scheme lacks, a value that its field does not take
 * @ZC_ERROR_INVALID: something from outside (scheme, record, inspection, certificate …) is malformed
 * @ZC_ERROR_TOO_NEW: written by a newer version; may be looked at, not changed
 * @ZC_ERROR_LIMIT: larger, deeper or longer than we accept
 * @ZC_ERROR_BUSY: open in another window or process
 * @ZC_ERROR_READ_ONLY: sealed, or the file may not be written
 * @ZC_ERROR_PREFLIGHT: something that must be fixed stands in the way
 * @ZC_ERROR_MISTYPED: a seal code with a slip of the keyboard in it (told apart from a mismatch)
 * @ZC_ERROR_MISMATCH: the answer of a comparison is no: paper and disc, digest and file differ
 * @ZC_ERROR_DAMAGED: a package or image was altered, cut or mixed; nothing of it may be used
 * @ZC_ERROR_KEY: wrong key, passphrase or certificate
 * @ZC_ERROR_IO: cannot be read or written
 * @ZC_ERROR_NO_SPACE: the disk or disc is full
 * @ZC_ERROR_DEVICE: no drive, no medium, no permission for it
 * @ZC_ERROR_CANCELLED: the user cancelled
 */
typedef enum
{
  ZC_ERROR_USAGE,
  ZC_ERROR_INVALID,
  ZC_ERROR_TOO_NEW,
  ZC_ERROR_LIMIT,
  ZC_ERROR_BUSY,
  ZC_ERROR_READ_ONLY,
  ZC_ERROR_PREFLIGHT,
  ZC_ERROR_MISTYPED,
  ZC_ERROR_MISMATCH,
  ZC_ERROR_DAMAGED,
  ZC_ERROR_KEY,
  ZC_ERROR_IO,
  ZC_ERROR_NO_SPACE,
  ZC_ERROR_DEVICE,
  ZC_ERROR_CANCELLED,
} ZcErrorCode;

#define ZC_ERROR (zc_error_quark ())
GQuark zc_error_quark (void);

/**
 * zc_fail: sets @error to a formatted sentence.
 *
 * Returns: FALSE, always, so that a failing function can end with `return zc_fail (…)`.
 */
gboolean zc_fail (GError **error, ZcErrorCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/** zc_fail_null: as zc_fail(), for functions that return a pointer. Returns: NULL, always. */
gpointer zc_fail_null (GError **error, ZcErrorCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/**
 * zc_fail_errno: sets @error to ZC_ERROR_IO or ZC_ERROR_NO_SPACE from @saved_errno.
 * @action: a whole translated sentence with the place in it ("Cannot write “x.pdf”."); the system's reason follows it.
 *
 * Returns: FALSE, always.
 */
gboolean zc_fail_errno (GError **error, int saved_errno, const char *action, ...) G_GNUC_PRINTF (3, 4);

/** zc_fail_if_cancelled: Returns: TRUE and sets @error when @cancellable (nullable) was cancelled. */
gboolean zc_fail_if_cancelled (gpointer cancellable, GError **error);

/**
 * zc_error_exit_code: the exit status of the command line for @error (docs: `zicha --help`).
 *
 * 1 the answer is no, 2 wrong use, 3 bad input or file, 4 wrong key, 5 cannot read or write, 130 cancelled.
 */
int zc_error_exit_code (const GError *error);

G_END_DECLS
