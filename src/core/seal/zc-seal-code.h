/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-digest.h"
#include "base/zc-error.h"

G_BEGIN_DECLS

/*
 * The seal code ties paper to disc: the SM3 digest (GB/T 32905-2016) of the record's bytes, in a form that people can
 * read out, type and scan. Printed are its first 128 bits as eight groups of six digits, each group 16 bits × 11, so
 * that a slip in a group (one wrong digit, two neighbours swapped) is told from a code that belongs to another record.
 * The QR text holds all 256 bits. src/core/package/FORMAT.md is the specification.
 */

#define ZC_SEAL_GROUPS 8
#define ZC_SEAL_GROUP_DIGITS 6

/** Bytes of the digest that the printed code holds. */
#define ZC_SEAL_CODE_BYTES 16

/** zc_seal_code_new: Returns: (transfer full): "634678-284834-…" for a record's SM3 digest. */
char *zc_seal_code_new (const guint8 digest[ZC_DIGEST_SIZE]);

/** zc_seal_code_of: Returns: (transfer full): the code of a record's bytes. */
char *zc_seal_code_of (gconstpointer record, gsize size);

/**
 * ZcSealTyping: what can be said about a code while it is being typed.
 *
 * @ZC_SEAL_TYPING_SLIP: a finished group cannot be part of any seal code
 * @ZC_SEAL_TYPING_FOREIGN: a character that is neither a digit nor a separator
 * @ZC_SEAL_TYPING_TOO_LONG: more than 48 digits
 */
typedef enum
{
  ZC_SEAL_TYPING_INCOMPLETE,
  ZC_SEAL_TYPING_COMPLETE,
  ZC_SEAL_TYPING_SLIP,
  ZC_SEAL_TYPING_FOREIGN,
  ZC_SEAL_TYPING_TOO_LONG,
} ZcSealTyping;

/**
 * zc_seal_code_check_typing: looks at what was typed so far. Digits may be full-width; white space, hyphens, dashes and
 * commas of any width may stand anywhere between them.
 * @group: (nullable): gets the number (from 1) of the group that the answer is about; for INCOMPLETE the one being
 * typed
 */
ZcSealTyping zc_seal_code_check_typing (const char *text, guint *group);

/**
 * zc_seal_code_parse: reads a whole code, as tolerantly as zc_seal_code_check_typing().
 *
 * Returns: FALSE with ZC_ERROR_MISTYPED in @error, whose sentence names the group to look at
 */
gboolean zc_seal_code_parse (const char *text, guint8 out[ZC_SEAL_CODE_BYTES], GError **error);

/** zc_seal_code_matches: whether a code read by zc_seal_code_parse() is that of @digest. */
gboolean zc_seal_code_matches (const guint8 code[ZC_SEAL_CODE_BYTES], const guint8 digest[ZC_DIGEST_SIZE]);

/** ZcSealQr: what a page's QR says. @page and @pages are 0 when the text was not printed on a page. */
typedef struct
{
  guint8 digest[ZC_DIGEST_SIZE];
  guint revision; /* 版次, from 1 */
  guint page;     /* from 1 */
  guint pages;
} ZcSealQr;

#define ZC_SEAL_MAX_REVISION 9999
#define ZC_SEAL_MAX_PAGES 99999

/** What stands in a QR template where "page/pages" goes. */
#define ZC_SEAL_QR_PAGE "%PAGE%"

/**
 * zc_seal_qr_template: the QR text of a document with ZC_SEAL_QR_PAGE in it, for ZcSealMark: "ZC1:3:%PAGE%:" and 64
 * hex digits, all in the QR alphanumeric set.
 *
 * Returns: (transfer full)
 */
char *zc_seal_qr_template (const guint8 digest[ZC_DIGEST_SIZE], guint revision);

/** zc_seal_qr_fill: Returns: (transfer full): @template for one page. */
char *zc_seal_qr_fill (const char *template, guint page, guint pages);

/** zc_seal_qr_parse: reads what a scanner gives back; ZC_ERROR_INVALID says when it is no QR of ours. */
gboolean zc_seal_qr_parse (const char *text, ZcSealQr *qr, GError **error);

/**
 * zc_seal_check: compares what was typed or scanned with a record's digest.
 * @text: a seal code or a QR text
 *
 * Returns: TRUE if they belong together; else FALSE with ZC_ERROR_MISTYPED, ZC_ERROR_INVALID or ZC_ERROR_MISMATCH
 */
gboolean zc_seal_check (const char *text, const guint8 digest[ZC_DIGEST_SIZE], GError **error);

G_END_DECLS
