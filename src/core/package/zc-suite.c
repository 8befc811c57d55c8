/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-suite.h"

#include "base/zc-digest-pieces.h"

#include <gcrypt.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static const ZcSuiteInfo suites[ZC_SUITES] = {
  [ZC_SUITE_GM_1] = { "gm-1", "sm2", GCRY_CIPHER_SM4, 16, ZC_DIGEST_SM3, GCRY_MD_SM3 },
  [ZC_SUITE_INTL_1] = { "intl-1", "rsa", GCRY_CIPHER_AES256, 32, ZC_DIGEST_SHA256, GCRY_MD_SHA256 },
};

const ZcSuiteInfo *
zc_suite_info (ZcSuite suite)
{
  return &suites[suite];
}

const char *
zc_suite_name (ZcSuite suite)
{
  return suites[suite].name;
}

const char *
zc_suite_title (ZcSuite suite)
{
  return suite == ZC_SUITE_GM_1 ? _("national (SM2, SM4, SM3)") : _("international (RSA, AES, SHA-256)");
}

gboolean
zc_suite_from_name (const char *name, ZcSuite *suite)
{
  static const char *const words[ZC_SUITES] = { "national", "international" };

  for (guint i = 0; i < ZC_SUITES; i++)
    if (g_str_equal (name, suites[i].name) || g_str_equal (name, words[i]))
      {
        *suite = (ZcSuite) i;
        return TRUE;
      }
  return FALSE;
}

void
zc_suite_mac (ZcSuite suite, const ZcSecret *key, gconstpointer data, gsize size, guint8 out[ZC_MAC_SIZE])
{
  gcry_md_hd_t handle;

  zc_crypto_init ();
  if (gcry_md_open (&handle, suites[suite].gcrypt_hash, GCRY_MD_FLAG_HMAC | GCRY_MD_FLAG_SECURE)
      || gcry_md_setkey (handle, zc_secret_data (key), zc_secret_size (key)))
    g_error ("libgcrypt could not make an HMAC");
  gcry_md_write (handle, data, size);
  memcpy (out, gcry_md_read (handle, 0), ZC_MAC_SIZE);
  gcry_md_close (handle);
}

ZcSecret *
zc_suite_derive (ZcSuite suite, const ZcSecret *key, const char *purpose, gsize size)
{
  g_autofree char *info = g_strdup_printf ("zicha-package 1 %s %s\001", suites[suite].name, purpose);
  ZcSecret *block = zc_secret_new (ZC_MAC_SIZE), *derived;

  g_return_val_if_fail (size <= ZC_MAC_SIZE, NULL);

  zc_suite_mac (suite, key, info, strlen (info), zc_secret_data (block));
  derived = zc_secret_new_copy (zc_secret_data (block), size);
  zc_secret_free (block);
  return derived;
}

/* Adds @blocks to the big-endian number in the lower half of a counter block. */
static void
add_to_counter (guint8 counter[16], guint64 blocks)
{
  guint64 big, low;

  memcpy (&big, counter + 8, sizeof big);
  low = GUINT64_FROM_BE (big) + blocks;
  big = GUINT64_TO_BE (low);
  memcpy (counter + 8, &big, sizeof big);
}

void
zc_suite_crypt (
    ZcSuite suite, const ZcSecret *key, const guint8 iv[16], guint64 offset, guint8 *data, gsize size)
{
  gcry_cipher_hd_t handle;
  guint8 counter[16];

  g_return_if_fail (offset % 16 == 0);

  zc_crypto_init ();
  memcpy (counter, iv, sizeof counter);
  add_to_counter (counter, offset / 16);
  if (gcry_cipher_open (&handle, suites[suite].cipher, GCRY_CIPHER_MODE_CTR, GCRY_CIPHER_SECURE)
      || gcry_cipher_setkey (handle, zc_secret_data (key), zc_secret_size (key))
      || gcry_cipher_setctr (handle, counter, sizeof counter)
      || gcry_cipher_encrypt (handle, data, size, NULL, 0))
    g_error ("libgcrypt could not encrypt");
  gcry_cipher_close (handle);
}

void
zc_suite_chunk_digest (ZcSuite suite, const guint8 *data, gsize size, guint8 out[ZC_DIGEST_SIZE])
{
  guint8 digests[ZC_CHUNK_BYTES / ZC_PIECE_BYTES * ZC_DIGEST_SIZE];
  g_autoptr (GString) list = g_string_sized_new (ZC_CHUNK_BYTES / ZC_PIECE_BYTES * (2 * ZC_DIGEST_SIZE + 1) + 1);

  g_return_if_fail (size <= ZC_CHUNK_BYTES);

  zc_digest_pieces (suites[suite].hash, data, size, ZC_PIECE_BYTES, digests);
  for (gsize at = 0; at < size; at += ZC_PIECE_BYTES)
    {
      g_autofree char *hex = zc_hex (digests + at / ZC_PIECE_BYTES * ZC_DIGEST_SIZE, ZC_DIGEST_SIZE);

      g_string_append (list, hex);
      g_string_append_c (list, '\n');
    }
  zc_digest_of (suites[suite].hash, list->str, list->len, out);
}

/* One block of the cipher over @block by counter mode over zeros. */
static gboolean
cipher_gives (ZcSuite suite, const char *key_hex, const char *block_hex, const char *wanted_hex)
{
  g_autoptr (ZcSecret) key = zc_secret_new (suites[suite].cipher_key_size);
  guint8 block[16], wanted[16], zeros[16] = { 0 };

  return zc_unhex (key_hex, zc_secret_data (key), zc_secret_size (key)) && zc_unhex (block_hex, block, 16)
         && zc_unhex (wanted_hex, wanted, 16)
         && (zc_suite_crypt (suite, key, block, 0, zeros, 16), memcmp (zeros, wanted, 16) == 0);
}

static gboolean
digest_gives (ZcDigestKind kind, const char *text, const char *wanted)
{
  g_autofree char *hex = zc_digest_hex_of (kind, text, strlen (text));

  return g_str_equal (hex, wanted);
}

/* GB/T 32907-2016 A.1, FIPS 197 C.3, GB/T 32905-2016 A.1, FIPS 180-4's "abc". */
static gboolean
known_answers (void)
{
  return cipher_gives (ZC_SUITE_GM_1, "0123456789abcdeffedcba9876543210", "0123456789abcdeffedcba9876543210",
                       "681edf34d206965e86b3e94f536e4246")
         && cipher_gives (ZC_SUITE_INTL_1, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                          "00112233445566778899aabbccddeeff", "8ea2b7ca516745bfeafc49904b496089")
         && digest_gives (ZC_DIGEST_SM3, "abc",
                          "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
         && digest_gives (ZC_DIGEST_SHA256, "abc",
                          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

gboolean
zc_suite_self_test (GError **error)
{
  static gsize result = 0;

  if (g_once_init_enter (&result))
    g_once_init_leave (&result, known_answers () ? 1 : 2);
  if (result != 1)
    return zc_fail (
        error, ZC_ERROR_USAGE,
        _("This computer's libgcrypt computes wrong results. Nothing may be encrypted with it."));
  return TRUE;
}
