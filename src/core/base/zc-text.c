/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static gboolean
is_noncharacter (gunichar c)
{
  return (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

static gboolean
is_direction_mark (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
}

char *
zc_text_normalize (const char *text, gboolean multiline, GError **error)
{
  g_autofree char *nfc = NULL;
  GString *clean;

  if (strlen (text) > ZC_TEXT_MAX_BYTES)
    return zc_fail_null (error, ZC_ERROR_LIMIT, _("The text is too long: at most %u KiB are kept in one place."),
                         ZC_TEXT_MAX_BYTES / 1024);
  if (!g_utf8_validate (text, -1, NULL) || !(nfc = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE)))
    return zc_fail_null (error, ZC_ERROR_INVALID, _("The text is not valid UTF-8."));

  clean = g_string_sized_new (strlen (nfc));
  for (const char *at = nfc; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\r')
        {
          if (at[1] == '\n')
            continue;
          c = '\n';
        }
      if (!multiline && (c == '\n' || c == '\t'))
        c = ' ';
      if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || is_noncharacter (c))
        {
          g_string_free (clean, TRUE);
          return zc_fail_null (error, ZC_ERROR_INVALID,
                               _("The text contains the control character U+%04X, which can't be printed. Remove it."), c);
        }
      g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}

char *
zc_text_shown_name (const char *filename)
{
  g_autofree char *valid = g_utf8_make_valid (filename, -1);
  GString *shown = g_string_new (NULL);

  for (const char *at = valid; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean bad = c < 0x20 || (c >= 0x7f && c < 0xa0) || is_noncharacter (c) || is_direction_mark (c);

      g_string_append_unichar (shown, bad ? 0xfffd : c);
    }
  return g_string_free (shown, FALSE);
}

/* Full-width digits and signs to ASCII, so that what an input method produced is read as meant. */
static char *
to_halfwidth (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (out, c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c == 0x3000 ? ' ' : c);
    }
  return g_string_free (out, FALSE);
}

static char *
without_blanks (char *text)
{
  char *end = text;

  for (const char *at = text; *at; at++)
    if (!g_ascii_isspace (*at))
      *end++ = *at;
  *end = 0;
  return text;
}

static char *
checked_date (guint year, guint month, guint day)
{
  if (year < 1900 || year > 2199 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}

char *
zc_date_parse (const char *text)
{
  /* 。 is what an input method makes of the full stop. */
  static const char *const forms[] = { "%4u-%2u-%2u%n", "%4u年%2u月%2u日%n", "%4u年%2u月%2u号%n",
                                       "%4u/%2u/%2u%n", "%4u.%2u.%2u%n",     "%4u。%2u。%2u%n" };
  g_autofree char *plain = NULL;
  guint year, month, day;

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  plain = without_blanks (to_halfwidth (text));
  if (strlen (plain) == 8 && strspn (plain, "0123456789") == 8 && sscanf (plain, "%4u%2u%2u", &year, &month, &day) == 3)
    return checked_date (year, month, day);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      int used = -1;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      if (sscanf (plain, forms[i], &year, &month, &day, &used) == 3 && used >= 0 && plain[used] == 0)
        return checked_date (year, month, day);
#pragma GCC diagnostic pop
    }
  return NULL;
}

static gboolean
split_iso (const char *iso, guint *year, guint *month, guint *day)
{
  int used = -1;

  return iso && strlen (iso) == 10 && sscanf (iso, "%4u-%2u-%2u%n", year, month, day, &used) == 3 && used == 10 &&
         g_date_valid_dmy ((GDateDay) *day, (GDateMonth) *month, (GDateYear) *year);
}

char *
zc_date_display (const char *iso)
{
  guint year, month, day;

  if (!split_iso (iso, &year, &month, &day))
    return g_strdup (iso);
  return g_strdup_printf ("%u年%u月%u日", year, month, day);
}

char *
zc_day_display (GDateTime *time)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  return g_strdup_printf ("%d年%d月%d日", g_date_time_get_year (local), g_date_time_get_month (local),
                          g_date_time_get_day_of_month (local));
}

guint
zc_date_to_days (const char *iso)
{
  guint year, month, day;
  GDate date;

  if (!split_iso (iso, &year, &month, &day))
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

char *
zc_date_from_days (guint days)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, MAX (days, 1));
  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

/*
 * Appends the digits before the point, without leading zeros; @at moves behind them. A comma parts thousands and
 * nothing else: after one to three digits, the first of them no zero, and before three more. So "0,5" and "1,5" are
 * no numbers, rather than 5 and 15. Returns: how many digits; 0 if there is none or a comma stands wrong
 */
static guint
append_whole (GString *out, const char **at)
{
  const char *start = *at;
  guint digits = 0, group = 0;
  gboolean commas = FALSE;

  for (; g_ascii_isdigit (**at) || **at == ','; (*at)++)
    if (**at == ',')
      {
        if (group == 0 || group > 3 || (commas && group != 3) || *start == '0')
          return 0;
        commas = TRUE;
        group = 0;
      }
    else
      {
        group++;
        if (digits == 1 && g_str_has_suffix (out->str, "0"))
          g_string_truncate (out, out->len - 1);
        else
          digits++;
        g_string_append_c (out, **at);
      }
  return commas && group != 3 ? 0 : digits;
}

char *
zc_number_parse (const char *text, guint decimals)
{
  g_autofree char *plain = NULL;
  GString *out;
  const char *at;
  guint whole, behind = 0;
  gboolean negative;

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  plain = g_strstrip (to_halfwidth (text));
  at = plain;
  negative = *at == '-';
  if (negative)
    at++;

  out = g_string_new (NULL);
  whole = append_whole (out, &at);
  if (*at == '.' && decimals > 0)
    {
      g_string_append_c (out, '.');
      for (at++; g_ascii_isdigit (*at); at++, behind++)
        g_string_append_c (out, *at);
      while (g_str_has_suffix (out->str, "0"))
        g_string_truncate (out, out->len - 1);
      if (g_str_has_suffix (out->str, "."))
        g_string_truncate (out, out->len - 1);
    }
  if (*at != 0 || whole == 0 || whole > 15 || behind > decimals)
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  if (negative && strcmp (out->str, "0") != 0)
    g_string_prepend_c (out, '-');
  return g_string_free (out, FALSE);
}

char *
zc_number_format (double value, guint decimals)
{
  char buffer[64];
  char format[8];
  g_autofree char *canonical = NULL;

  if (!isfinite (value) || fabs (value) > 9e14)
    return g_strdup ("");
  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 9));
  g_ascii_formatd (buffer, sizeof buffer, format, value);
  canonical = zc_number_parse (buffer, 9);
  return g_strdup (canonical ? canonical : buffer);
}

char *
zc_size_display (guint64 bytes)
{
  return g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS);
}
