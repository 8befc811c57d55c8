/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seal/zc-seal-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DIGITS (ZC_SEAL_GROUPS * ZC_SEAL_GROUP_DIGITS)

/* 11 is the smallest factor with which every wrong digit and every swap of neighbours leaves the multiples of
 * it: 10^k mod 11 is 1 or -1, so a change by d × 10^k or (a - b) × 9 × 10^k is never divisible by it. */
#define FACTOR 11
#define GROUP_MAX (0xffff * FACTOR)

#define QR_MAGIC "ZC1"

static guint
group_value (const guint8 digest[], guint group)
{
  return (guint) digest[2 * group] << 8 | digest[2 * group + 1];
}

char *
zc_seal_code_new (const guint8 digest[ZC_DIGEST_SIZE])
{
  GString *code = g_string_sized_new (DIGITS + ZC_SEAL_GROUPS);

  for (guint i = 0; i < ZC_SEAL_GROUPS; i++)
    g_string_append_printf (code, "%s%06u", i ? "-" : "", group_value (digest, i) * FACTOR);
  return g_string_free (code, FALSE);
}

char *
zc_seal_code_of (gconstpointer record, gsize size)
{
  guint8 digest[ZC_DIGEST_SIZE];

  zc_digest_of (ZC_DIGEST_SM3, record, size, digest);
  return zc_seal_code_new (digest);
}

static gboolean
is_separator (gunichar c)
{
  static const gunichar commas[] = { ',', '.', 0xff0c, 0x3001, 0xff0e, 0x00b7 };

  if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION
      || g_unichar_type (c) == G_UNICODE_FORMAT)
    return TRUE;
  if (c == 0x2212 || c == '_' || c == 0xff3f || c == 0x30fc
      || c == 0x4e00) /* minus; what input methods make of "-" */
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (commas); i++)
    if (c == commas[i])
      return TRUE;
  return FALSE;
}

/* Puts the digits of @text into @digits. Returns: how many there are; *foreign tells that something else
 * follows them. */
static guint
collect (const char *text, guint8 digits[DIGITS], gboolean *foreign)
{
  guint n = 0;

  *foreign = !g_utf8_validate (text, -1, NULL);
  for (const char *at = text; !*foreign && *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      int digit = g_unichar_digit_value (c);

      if (digit >= 0)
        {
          if (n < DIGITS)
            digits[n] = (guint8) digit;
          n++;
        }
      else if (!is_separator (c))
        *foreign = TRUE;
    }
  return n;
}

static guint
group_number (const guint8 digits[DIGITS], guint group)
{
  guint number = 0;

  for (guint i = 0; i < ZC_SEAL_GROUP_DIGITS; i++)
    number = number * 10 + digits[group * ZC_SEAL_GROUP_DIGITS + i];
  return number;
}

static ZcSealTyping
look (const char *text, guint8 digits[DIGITS], guint *group)
{
  gboolean foreign;
  guint n = collect (text, digits, &foreign);
  guint whole = MIN (n, DIGITS) / ZC_SEAL_GROUP_DIGITS;

  for (guint i = 0; i < whole; i++)
    {
      guint number = group_number (digits, i);

      *group = i + 1;
      if (number % FACTOR != 0 || number > GROUP_MAX)
        return ZC_SEAL_TYPING_SLIP;
    }
  *group = MIN (whole + 1, ZC_SEAL_GROUPS);
  if (foreign)
    return ZC_SEAL_TYPING_FOREIGN;
  if (n > DIGITS)
    return ZC_SEAL_TYPING_TOO_LONG;
  return n == DIGITS ? ZC_SEAL_TYPING_COMPLETE : ZC_SEAL_TYPING_INCOMPLETE;
}

ZcSealTyping
zc_seal_code_check_typing (const char *text, guint *group)
{
  guint8 digits[DIGITS];
  guint where;

  return look (text, digits, group ? group : &where);
}

gboolean
zc_seal_code_parse (const char *text, guint8 out[ZC_SEAL_CODE_BYTES], GError **error)
{
  guint8 digits[DIGITS];
  guint group;

  switch (look (text, digits, &group))
    {
    case ZC_SEAL_TYPING_SLIP:
      return zc_fail (error, ZC_ERROR_MISTYPED,
                      _("Group %u of the seal code is mistyped. Compare its six digits with the paper and "
                         "type it again."),
                      group);
    case ZC_SEAL_TYPING_FOREIGN:
      return zc_fail (
          error, ZC_ERROR_MISTYPED,
          _("Group %u of the seal code has a character that is not a digit. Type only the digits."), group);
    case ZC_SEAL_TYPING_TOO_LONG:
      return zc_fail (error, ZC_ERROR_MISTYPED,
                      _("The seal code has too many digits: it has eight groups of six."));
    case ZC_SEAL_TYPING_INCOMPLETE:
      return zc_fail (error, ZC_ERROR_MISTYPED,
                      _("The seal code is not complete: group %u of 8 lacks digits. Each group has six."),
                      group);
    case ZC_SEAL_TYPING_COMPLETE:
      break;
    }
  for (guint i = 0; i < ZC_SEAL_GROUPS; i++)
    {
      guint value = group_number (digits, i) / FACTOR;

      out[2 * i] = (guint8) (value >> 8);
      out[2 * i + 1] = (guint8) (value & 0xff);
    }
  return TRUE;
}

gboolean
zc_seal_code_matches (const guint8 code[ZC_SEAL_CODE_BYTES], const guint8 digest[ZC_DIGEST_SIZE])
{
  return memcmp (code, digest, ZC_SEAL_CODE_BYTES) == 0;
}

/* The QR text: ZC1:REVISION:PAGE/PAGES:DIGEST. With 77 to 85 characters of the alphanumeric set it is a QR of
 * version 5 (37 modules) at level Q. */

char *
zc_seal_qr_template (const guint8 digest[ZC_DIGEST_SIZE], guint revision)
{
  g_autofree char *hex = zc_hex (digest, ZC_DIGEST_SIZE);
  g_autofree char *capitals = g_ascii_strup (hex, -1);

  g_return_val_if_fail (revision >= 1 && revision <= ZC_SEAL_MAX_REVISION, NULL);

  return g_strdup_printf ("%s:%u:%s:%s", QR_MAGIC, revision, ZC_SEAL_QR_PAGE, capitals);
}

char *
zc_seal_qr_fill (const char *template, guint page, guint pages)
{
  const char *mark = strstr (template, ZC_SEAL_QR_PAGE);

  if (!mark)
    return g_strdup (template);
  return g_strdup_printf ("%.*s%u/%u%s", (int) (mark - template), template, page, pages,
                          mark + strlen (ZC_SEAL_QR_PAGE));
}

/* Reads a decimal number from 1 to @max without leading zeros at *at and what follows it, @end. */
static gboolean
read_number (const char **at, char end, guint max, guint *out)
{
  guint number = 0;
  const char *p = *at;

  if (*p < '1' || *p > '9')
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    {
      number = number * 10 + (guint) (*p - '0');
      if (number > max)
        return FALSE;
    }
  if (*p != end)
    return FALSE;
  *at = p + 1;
  *out = number;
  return TRUE;
}

static gboolean
read_page (const char **at, ZcSealQr *qr)
{
  gsize mark = strlen (ZC_SEAL_QR_PAGE ":");

  if (g_ascii_strncasecmp (*at, ZC_SEAL_QR_PAGE ":", mark) == 0)
    {
      *at += mark;
      return TRUE;
    }
  return read_number (at, '/', ZC_SEAL_MAX_PAGES, &qr->page)
         && read_number (at, ':', ZC_SEAL_MAX_PAGES, &qr->pages) && qr->page <= qr->pages;
}

gboolean
zc_seal_qr_parse (const char *text, ZcSealQr *qr, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *at = stripped;

  memset (qr, 0, sizeof *qr);
  if (g_ascii_strncasecmp (at, QR_MAGIC ":", strlen (QR_MAGIC ":")) != 0)
    return zc_fail (error, ZC_ERROR_INVALID, _("This QR code is not the seal of a self-inspection."));
  at += strlen (QR_MAGIC ":");
  if (!read_number (&at, ':', ZC_SEAL_MAX_REVISION, &qr->revision) || !read_page (&at, qr)
      || !zc_unhex (at, qr->digest, sizeof qr->digest))
    return zc_fail (error, ZC_ERROR_INVALID,
                    _("The QR code of the seal was not read completely. Scan it again."));
  return TRUE;
}

gboolean
zc_seal_check (const char *text, const guint8 digest[ZC_DIGEST_SIZE], GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  guint8 code[ZC_SEAL_CODE_BYTES];
  gboolean same;
  ZcSealQr qr;

  if (g_ascii_isalpha (*stripped))
    {
      if (!zc_seal_qr_parse (stripped, &qr, error))
        return FALSE;
      same = memcmp (qr.digest, digest, ZC_DIGEST_SIZE) == 0;
    }
  else
    {
      if (!zc_seal_code_parse (stripped, code, error))
        return FALSE;
      same = zc_seal_code_matches (code, digest);
    }
  if (!same)
    return zc_fail (error, ZC_ERROR_MISMATCH,
                    _("The seal code is typed correctly but belongs to another record: paper and "
                       "electronic copy differ."));
  return TRUE;
}
