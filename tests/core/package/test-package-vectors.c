/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-lock.h"
#include "package/zc-package.h"
#include "package/zc-suite.h"
#include "package/zc-tar.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <string.h>

static void
assert_hex (const guint8 *data, gsize size, const char *wanted)
{
  g_autofree char *hex = zc_hex (data, size);

  g_assert_cmpstr (hex, ==, wanted);
}

/* GB/T 32905-2016, annex A */
static void
test_sm3 (void)
{
  g_autofree char *one = zc_digest_hex_of (ZC_DIGEST_SM3, "abc", 3);
  GString *text = g_string_new (NULL);
  g_autofree char *two = NULL;

  for (guint i = 0; i < 16; i++)
    g_string_append (text, "abcd");
  two = zc_digest_hex_of (ZC_DIGEST_SM3, text->str, text->len);
  g_assert_cmpstr (one, ==, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  g_assert_cmpstr (two, ==, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  g_string_free (text, TRUE);
}

/* FIPS 180-4's examples */
static void
test_sha256 (void)
{
  g_autofree char *one = zc_digest_hex_of (ZC_DIGEST_SHA256, "abc", 3);
  g_autofree char *two = zc_digest_hex_of (ZC_DIGEST_SHA256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56);

  g_assert_cmpstr (one, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (two, ==, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void
crypt_block (ZcSuite suite, const ZcSecret *key, const guint8 block[16], guint8 out[16])
{
  memset (out, 0, 16);
  zc_suite_crypt (suite, key, block, 0, out, 16);
}

/* GB/T 32907-2016, A.1 and A.2: one block, and the same encrypted a million times. */
static void
test_sm4 (void)
{
  g_autoptr (ZcSecret) key = zc_secret_new (16);
  guint8 block[16], out[16];
  guint rounds = g_test_slow () ? 1000000 : 1;

  zc_unhex ("0123456789abcdeffedcba9876543210", zc_secret_data (key), 16);
  memcpy (block, zc_secret_data (key), 16);
  for (guint i = 0; i < rounds; i++)
    {
      crypt_block (ZC_SUITE_GM_1, key, block, out);
      memcpy (block, out, 16);
    }
  assert_hex (out, 16, rounds == 1 ? "681edf34d206965e86b3e94f536e4246" : "595298c7c6fd271f0402f804c33d3f66");
}

/* NIST SP 800-38A, F.5.5: CTR-AES256, whose counter begins with a lower half that is not zero */
static void
test_aes (void)
{
  g_autoptr (ZcSecret) key = zc_secret_new (32);
  guint8 iv[16], data[32];

  zc_unhex ("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", zc_secret_data (key), 32);
  zc_unhex ("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff", iv, 16);
  zc_unhex ("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51", data, 32);
  zc_suite_crypt (ZC_SUITE_INTL_1, key, iv, 0, data, 32);
  assert_hex (data, 32, "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5");
}

/* Any way of cutting the stream gives the same bytes; the counter passes 2^32 blocks. */
static void
test_counter (void)
{
  for (guint suite = 0; suite < ZC_SUITES; suite++)
    {
      g_autoptr (ZcSecret) key = zc_secret_new_random (zc_suite_info ((ZcSuite) suite)->cipher_key_size);
      const guint64 base = (G_GUINT64_CONSTANT (1) << 36) - 512;
      guint8 iv[16] = { 1, 2, 3, 4, 5, 6, 7, 8 }, whole[1024] = { 0 }, pieces[1024] = { 0 };

      zc_suite_crypt ((ZcSuite) suite, key, iv, base, whole, sizeof whole);
      for (gsize at = 0; at < sizeof pieces; at += 16)
        zc_suite_crypt ((ZcSuite) suite, key, iv, base + at, pieces + at, 16);
      g_assert_cmpmem (whole, sizeof whole, pieces, sizeof pieces);
      g_assert_true (memcmp (whole, whole + 512, 512) != 0);
    }
}

/* The key of the examples of GB/T 32918.5-2017, annexes A and C */
#define D "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
#define X "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
#define Y "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"

static EVP_PKEY *
standard_key (void)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_name (NULL, "SM2", NULL);
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new ();
  g_autoptr (BIGNUM) d = NULL;
  guint8 point[65] = { 4 };
  OSSL_PARAM *params;
  EVP_PKEY *key = NULL;
  BIGNUM *number = NULL;

  BN_hex2bn (&number, D);
  d = number;
  zc_unhex (X Y, point + 1, 64);
  OSSL_PARAM_BLD_push_utf8_string (builder, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
  OSSL_PARAM_BLD_push_octet_string (builder, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_PRIV_KEY, d);
  params = OSSL_PARAM_BLD_to_param (builder);
  g_assert_cmpint (EVP_PKEY_fromdata_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_fromdata (context, &key, EVP_PKEY_KEYPAIR, params), ==, 1);
  OSSL_PARAM_free (params);
  OSSL_PARAM_BLD_free (builder);
  return key;
}

static void
test_sm2_signature (void)
{
  static const char r[] = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
  static const char s[] = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
  g_autoptr (EVP_PKEY) key = standard_key ();
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  guint8 der[72] = { 0x30, 70, 0x02, 33, 0 };
  EVP_PKEY_CTX *inner = NULL;

  zc_unhex (r, der + 5, 32);
  der[37] = 0x02;
  der[38] = 33;
  zc_unhex (s, der + 40, 32);
  g_assert_cmpint (EVP_DigestVerifyInit (context, &inner, EVP_sm3 (), NULL, key), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set1_id (inner, ZC_SM2_ID, 16), ==, 1);
  g_assert_cmpint (EVP_DigestVerify (context, der, sizeof der, (const guint8 *) "message digest", 14), ==, 1);
}

static void
append_der (GByteArray *out, guint8 tag, const guint8 *data, gsize size)
{
  guint8 zero = 0;
  gboolean high = tag == 0x02 && data[0] & 0x80;
  guint8 head[] = { tag, (guint8) (size + high) };

  g_byte_array_append (out, head, 2);
  if (high)
    g_byte_array_append (out, &zero, 1);
  g_byte_array_append (out, data, (guint) size);
}

/* GB/T 32918.5-2017, annex C: "encryption standard", as SM2Cipher */
static void
test_sm2_encryption (void)
{
  static const char x1[] = "04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73";
  static const char y1[] = "e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0";
  static const char c3[] = "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766";
  static const char c2[] = "21886ca989ca9c7d58087307ca93092d651efa";
  g_autoptr (EVP_PKEY) key = standard_key ();
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (key, NULL);
  g_autoptr (GByteArray) content = g_byte_array_new (), der = g_byte_array_new ();
  guint8 number[32], out[200];
  gsize size = sizeof out;

  zc_unhex (x1, number, 32);
  append_der (content, 0x02, number, 32);
  zc_unhex (y1, number, 32);
  append_der (content, 0x02, number, 32);
  zc_unhex (c3, number, 32);
  append_der (content, 0x04, number, 32);
  zc_unhex (c2, number, 19);
  append_der (content, 0x04, number, 19);
  append_der (der, 0x30, content->data, content->len);
  g_assert_cmpint (EVP_PKEY_decrypt_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_decrypt (context, out, &size, der->data, der->len), ==, 1);
  g_assert_cmpmem (out, size, "encryption standard", 19);
}

/* FORMAT.md §6 */
static void
test_derivation (void)
{
  static const struct { const char *enc, *mac, *hmac; } wanted[ZC_SUITES] = {
    { "5844e3fe54542699750ee24527796f58", "f80713aaa9fd14d54ea3c58845f4f7fef4b9d69d21b3fb2e0d8721c7d0c83bec",
      "47758ef51ac8e1abba43983717a110a10ac38fc1da9ec097409eddb2ffcf694f" },
    { "eb583196ed1c0a490462e02ca63c3feba5309b1f700303362da2aaf4689579f3",
      "e08a0e44e1f3182d155b394ad6b5d82d6b406b58bb479ded56c1ad965e02c39c",
      "d7ba40f1939dc1fa820356cf34b9b5063c209070842c530f978fdb04cb4c7249" },
  };
  g_autoptr (ZcSecret) key = zc_secret_new (32);

  for (guint8 i = 0; i < 32; i++)
    zc_secret_data (key)[i] = i;
  for (guint suite = 0; suite < ZC_SUITES; suite++)
    {
      gsize size = zc_suite_info ((ZcSuite) suite)->cipher_key_size;
      g_autoptr (ZcSecret) enc = zc_suite_derive ((ZcSuite) suite, key, "enc", size);
      g_autoptr (ZcSecret) mac = zc_suite_derive ((ZcSuite) suite, key, "mac", 32);
      guint8 out[ZC_MAC_SIZE];

      assert_hex (zc_secret_data (enc), size, wanted[suite].enc);
      assert_hex (zc_secret_data (mac), 32, wanted[suite].mac);
      zc_suite_mac ((ZcSuite) suite, mac, "abc", 3, out);
      assert_hex (out, sizeof out, wanted[suite].hmac);
    }
}

/* Sizes on both sides of what eleven octal digits hold. */
static void
test_tar_sizes (void)
{
  guint8 header[ZC_TAR_BLOCK];

  zc_tar_header ("x", 8589934591, header);
  g_assert_cmpmem (header + 124, 12, "77777777777\0", 12);
  zc_tar_header ("x", 8589934592, header);
  g_assert_cmpmem (header + 124, 12, "\x80\0\0\0\0\0\0\2\0\0\0\0", 12);
}

/* The committed package of each suite opens to the committed bytes, by key and by passphrase. */
static void
test_fixture (gconstpointer data)
{
  const char *suite = data;
  g_autofree char *place = g_build_filename (g_getenv ("ZICHA_FIXTURES"), "package", suite, NULL);
  g_autofree char *key_path = g_build_filename (place, "office.key", NULL), *path = g_build_filename (place, "package.zcp", NULL);
  g_autofree char *phrase_path = g_build_filename (place, "passphrase", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcOfficeKey) key = zc_office_key_load (key_path, NULL, &error);
  g_autoptr (ZcSecret) phrase = zc_secret_read_line_file (phrase_path, &error);
  g_autoptr (ZcSource) source = zc_source_new_file (path, &error);

  g_assert_no_error (error);
  for (guint way = 0; way < (g_str_equal (suite, "gm-1") ? 2 : 1); way++) /* a passphrase costs a second */
    {
      g_autoptr (ZcPackage) package = zc_package_open (source, way ? NULL : key, way ? phrase : NULL, &error);
      GPtrArray *members;

      g_assert_no_error (error);
      members = zc_package_members (package);
      g_assert_cmpuint (members->len, ==, 4);
      g_assert_cmpstr (((ZcMember *) members->pdata[2])->original_name, ==, "机房 照片（1）.JPG");
      for (guint i = 0; i < members->len; i++)
        {
          const char *name = ((ZcMember *) members->pdata[i])->name;
          g_autofree char *plain = g_build_filename (place, "plain", name, NULL);
          g_autoptr (GBytes) wanted = zc_read_file (plain, 1 << 20, &error), found = zc_package_read_member (package, name, 1 << 20, &error);

          g_assert_no_error (error);
          g_assert_true (g_bytes_equal (wanted, found));
        }
      g_assert_true (zc_package_verify (package, NULL, &error));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/package/vectors/sm3", test_sm3);
  g_test_add_func ("/package/vectors/sha256", test_sha256);
  g_test_add_func ("/package/vectors/sm4", test_sm4);
  g_test_add_func ("/package/vectors/aes", test_aes);
  g_test_add_func ("/package/vectors/counter", test_counter);
  g_test_add_func ("/package/vectors/sm2-signature", test_sm2_signature);
  g_test_add_func ("/package/vectors/sm2-encryption", test_sm2_encryption);
  g_test_add_func ("/package/vectors/derivation", test_derivation);
  g_test_add_func ("/package/vectors/tar-sizes", test_tar_sizes);
  g_test_add_data_func ("/package/vectors/fixture/gm-1", "gm-1", test_fixture);
  g_test_add_data_func ("/package/vectors/fixture/intl-1", "intl-1", test_fixture);
  return g_test_run ();
}
