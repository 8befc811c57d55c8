/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-passphrase.h"

#include <glib/gi18n-lib.h>
#include <openssl/rand.h>
#include <pwquality.h>
#include <string.h>
#include <unistd.h>

#define GROUPS 4
#define GROUP_LENGTH 5
#define SYMBOLS (GROUPS * GROUP_LENGTH)
#define LENGTH (SYMBOLS + GROUPS - 1)
#define FEW_CHARACTERS 6

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Writes the symbols with a hyphen between the groups. */
static ZcSecret *
write_groups (const guint8 symbols[SYMBOLS])
{
  ZcSecret *secret = zc_secret_new (LENGTH);
  guint8 *out = zc_secret_data (secret);

  for (guint i = 0; i < SYMBOLS; i++)
    {
      if (i > 0 && i % GROUP_LENGTH == 0)
        *out++ = '-';
      *out++ = (guint8) alphabet[symbols[i]];
    }
  return secret;
}

static ZcSecret *
draw (void)
{
  g_autoptr (ZcSecret) symbols = zc_secret_new_random (SYMBOLS);
  guint8 *data = zc_secret_data (symbols);

  for (guint i = 0; i < SYMBOLS; i++)
    data[i] &= 31;
  return write_groups (data);
}

/* The value of a typed symbol, or -1. */
static int
symbol_value (char c)
{
  const char *found;

  c = g_ascii_toupper (c);
  if (c == 'O')
    c = '0';
  if (c == 'I' || c == 'L')
    c = '1';
  found = c ? strchr (alphabet, c) : NULL;
  return found ? (int) (found - alphabet) : -1;
}

ZcSecret *
zc_passphrase_canonical (const ZcSecret *typed)
{
  g_autoptr (ZcSecret) symbols = zc_secret_new (SYMBOLS);
  const char *data = (const char *) zc_secret_data (typed);
  guint n = 0;

  for (gsize i = 0; i < zc_secret_size (typed); i++)
    {
      int value = symbol_value (data[i]);

      if (data[i] == '-' || data[i] == ' ')
        continue;
      if (value < 0 || n == SYMBOLS)
        return NULL;
      zc_secret_data (symbols)[n++] = (guint8) value;
    }
  return n == SYMBOLS ? write_groups (zc_secret_data (symbols)) : NULL;
}

/* Without cracklib's dictionary, which some systems lack, libpwquality would refuse everything and write to
 * stderr. It is whole when its three parts are there. */
static gboolean
have_dictionary (void)
{
  static const char *const parts[] = { "/var/cache/cracklib/cracklib_dict.pwd", "/var/cache/cracklib/cracklib_dict.pwi",
                                       "/var/cache/cracklib/cracklib_dict.hwm" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (access (parts[i], R_OK) < 0)
      return FALSE;
  return TRUE;
}

static pwquality_settings_t *
quality_settings (void)
{
  pwquality_settings_t *settings = pwquality_default_settings ();

  if (!settings)
    return NULL;
  pwquality_set_int_value (settings, PWQ_SETTING_MAX_SEQUENCE, 4);
  pwquality_set_int_value (settings, PWQ_SETTING_MAX_REPEAT, 4);
  if (!have_dictionary ())
    pwquality_set_int_value (settings, PWQ_SETTING_DICT_CHECK, 0);
  return settings;
}

/* Whether it is the same few characters over and over: "monkeymonkeymonkey". */
static gboolean
repeats_itself (const char *text, gsize size)
{
  for (gsize period = 1; period < ZC_PASSPHRASE_MIN_CHARACTERS && period <= size / 2; period++)
    if (memcmp (text, text + period, size - period) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
few_characters (const char *text)
{
  gunichar seen[FEW_CHARACTERS];
  guint n = 0;

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      guint i = 0;

      while (i < n && seen[i] != c)
        i++;
      if (i < n)
        continue;
      if (n == FEW_CHARACTERS)
        return FALSE;
      seen[n++] = c;
    }
  return TRUE;
}

static gboolean
are_neighbours (char a, char b)
{
  /* The rows of the keyboard, and its columns. */
  static const char *const runs[] = { "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p" };

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      const char *first = strchr (runs[i], a), *second = strchr (runs[i], b);

      if (first && second && (second - first == 1 || first - second == 1))
        return TRUE;
    }
  return FALSE;
}

/* Whether most of it is what a finger gives that slides over the keyboard. */
static gboolean
slides_over_keys (const char *text, gsize size)
{
  gsize steps = 0;

  for (gsize i = 1; i < size; i++)
    steps += are_neighbours (g_ascii_tolower (text[i - 1]), g_ascii_tolower (text[i]));
  return 2 * steps > size;
}

/* What libpwquality lets pass, with a dictionary and without one. */
static const char *
plainly_weak (const char *text, gsize size)
{
  if (repeats_itself (text, size))
    return _("it repeats the same few characters");
  if (few_characters (text))
    return _("it has too few different characters");
  if (slides_over_keys (text, size))
    return _("its characters lie side by side on the keyboard");
  return NULL;
}

gboolean
zc_passphrase_check (const ZcSecret *passphrase, guint *score, GError **error)
{
  const char *text = (const char *) zc_secret_data (passphrase);
  g_autoptr (ZcSecret) canonical = zc_passphrase_canonical (passphrase);
  pwquality_settings_t *settings;
  const char *weak;
  char reason[PWQ_MAX_ERROR_MESSAGE_LEN];
  void *detail = NULL;
  int result;

  if (score)
    *score = 0;
  if (zc_secret_size (passphrase) > ZC_PASSPHRASE_MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return zc_fail (error, ZC_ERROR_USAGE, _("The passphrase is too long or not text in UTF-8."));
  if (g_utf8_strlen (text, -1) < ZC_PASSPHRASE_MIN_CHARACTERS)
    return zc_fail (error, ZC_ERROR_USAGE,
                    _("The passphrase is too short: it needs at least %d characters."),
                    ZC_PASSPHRASE_MIN_CHARACTERS);
  weak = plainly_weak (text, zc_secret_size (passphrase));
  if (weak)
    return zc_fail (error, ZC_ERROR_USAGE,
                    _("The passphrase is easy to guess: %s. Choose another one, or let one be generated."), weak);
  settings = quality_settings ();
  result = settings ? pwquality_check (settings, text, NULL, NULL, &detail) : PWQ_ERROR_MEM_ALLOC;
  if (settings)
    pwquality_free_settings (settings);
  if (result < 0)
    return zc_fail (error, ZC_ERROR_USAGE,
                    _("The passphrase is easy to guess: %s. Choose another one, or let one be generated."),
                    pwquality_strerror (reason, sizeof reason, result, detail));
  if (score)
    *score = canonical && zc_secret_equal (canonical, passphrase) ? 100 : (guint) result;
  return TRUE;
}

ZcSecret *
zc_passphrase_generate (void)
{
  ZcSecret *secret = draw ();

  /* One in a hundred thousand has a whole group like 23456, which our own check would refuse as a chosen one.
   */
  for (guint i = 0; i < 10 && !zc_passphrase_check (secret, NULL, NULL); i++)
    {
      zc_secret_free (secret);
      secret = draw ();
    }
  return secret;
}
