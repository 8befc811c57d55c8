/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package-fixture.h"

#include "base/zc-clock.h"
#include "package/zc-openssl.h"
#include "package/zc-passphrase.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Certificates of others */

typedef struct
{
  const char *name;
  const char *type;  /* "SM2", "RSA", "EC", "ED25519" */
  const char *curve; /* EC */
  gsize bits;        /* RSA */
  const char *usage, *extended, *constraints; /* nullable: extensions */
  int from, until;   /* days from now */
  const char *says;  /* NULL: accepted */
} Kind;

static const Kind kinds[] = {
  { "sm2", "SM2", NULL, 0, "critical,keyEncipherment", NULL, NULL, -1, 10, NULL },
  { "sm2-bare", "SM2", NULL, 0, NULL, NULL, "CA:TRUE", -1, 10, NULL }, /* as `openssl req -x509` makes them */
  { "sm2-data", "SM2", NULL, 0, "dataEncipherment,digitalSignature", "emailProtection", NULL, -1, 10, NULL },
  { "rsa-3072", "RSA", NULL, 3072, "keyEncipherment", NULL, NULL, -1, 10, NULL },
  { "rsa-2048", "RSA", NULL, 2048, NULL, NULL, NULL, -1, 10, "is too weak: RSA of 2048 bits, at least 3072" },
  { "rsa-1024", "RSA", NULL, 1024, NULL, NULL, NULL, -1, 10, "is too weak" },
  { "p-256", "EC", "P-256", 0, NULL, NULL, NULL, -1, 10, "a key of a kind (EC prime256v1)" },
  { "brainpool", "EC", "brainpoolP256r1", 0, NULL, NULL, NULL, -1, 10, "a key of a kind (EC brainpoolP256r1)" },
  { "ed25519", "ED25519", NULL, 0, NULL, NULL, NULL, -1, 10, "a key of a kind (ED25519)" },
  { "signing", "SM2", NULL, 0, "critical,digitalSignature,nonRepudiation", NULL, NULL, -1, 10, "is not for encrypting" },
  { "authority", "SM2", NULL, 0, "keyCertSign,cRLSign", NULL, "critical,CA:TRUE", -1, 10, "is not for encrypting" },
  { "web-site", "SM2", NULL, 0, "keyEncipherment", "serverAuth,clientAuth", NULL, -1, 10, "is for another purpose" },
  { "expired", "SM2", NULL, 0, NULL, NULL, NULL, -20, -10, "expired on" },
  { "not-yet", "SM2", NULL, 0, NULL, NULL, NULL, 2, 10, "is not valid before" },
};

static EVP_PKEY *
make_key (const Kind *kind)
{
  if (kind->curve)
    return EVP_PKEY_Q_keygen (NULL, NULL, "EC", kind->curve);
  return kind->bits ? EVP_PKEY_Q_keygen (NULL, NULL, "RSA", kind->bits) : EVP_PKEY_Q_keygen (NULL, NULL, kind->type);
}

static void
add_extension (X509 *x509, int nid, const char *value)
{
  g_autoptr (X509_EXTENSION) extension = value ? X509V3_EXT_conf_nid (NULL, NULL, nid, value) : NULL;

  if (extension)
    X509_add_ext (x509, extension, -1);
}

static X509 *
make_x509 (const Kind *kind)
{
  g_autoptr (EVP_PKEY) key = make_key (kind);
  X509 *x509 = X509_new ();
  gboolean edwards = g_str_equal (kind->type, "ED25519");

  g_assert_nonnull (key);
  X509_set_version (x509, 2);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), 77);
  X509_time_adj_ex (X509_getm_notBefore (x509), kind->from, 0, NULL);
  X509_time_adj_ex (X509_getm_notAfter (x509), kind->until, 0, NULL);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (x509), "O", MBSTRING_UTF8, (const guint8 *) "某机关", -1, -1, 0);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (x509), "CN", MBSTRING_UTF8, (const guint8 *) kind->name, -1, -1, 0);
  X509_set_issuer_name (x509, X509_get_subject_name (x509));
  X509_set_pubkey (x509, key);
  add_extension (x509, NID_key_usage, kind->usage);
  add_extension (x509, NID_ext_key_usage, kind->extended);
  add_extension (x509, NID_basic_constraints, kind->constraints);
  g_assert_cmpint (X509_sign (x509, key, edwards ? NULL : g_str_equal (kind->type, "SM2") ? EVP_sm3 () : EVP_sha256 ()), >, 0);
  return x509;
}

static GBytes *
der_of (X509 *x509)
{
  guint8 *der = NULL;
  int size = i2d_X509 (x509, &der);
  GBytes *bytes = g_bytes_new (der, (gsize) size);

  OPENSSL_free (der);
  return bytes;
}

static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (X509) x509 = make_x509 (kind);
  g_autoptr (GBytes) der = der_of (x509);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcCertificate) certificate = zc_certificate_parse (der, kind->name, &error);
  gboolean accepted;

  g_assert_no_error (error);
  zc_clock_set (NULL); /* make_x509() counts from the true day */
  g_assert_cmpstr (certificate->name, ==, kind->name);
  accepted = zc_certificate_check (certificate, &error);
  if (!kind->says)
    {
      g_assert_no_error (error);
      g_assert_true (accepted);
      return;
    }
  g_assert_false (accepted);
  g_assert_error (error, ZC_ERROR, ZC_ERROR_KEY);
  if (!strstr (error->message, kind->says))
    g_error ("“%s” does not say “%s”", error->message, kind->says);
}

static void
test_describe (void)
{
  g_autoptr (X509) x509 = make_x509 (&kinds[0]);
  g_autoptr (GBytes) der = der_of (x509);
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  g_autoptr (ZcCertificate) a = zc_certificate_parse (der, "a", NULL), b = NULL;
  g_autoptr (GBytes) pem = NULL;
  g_autofree char *text = zc_certificate_describe (a), *sm3 = zc_digest_hex_of (ZC_DIGEST_SM3, g_bytes_get_data (der, NULL), g_bytes_get_size (der));
  char *data;
  long size;

  PEM_write_bio_X509 (bio, x509);
  size = BIO_get_mem_data (bio, &data);
  pem = g_bytes_new (data, (gsize) size);
  b = zc_certificate_parse (pem, "b", NULL);
  g_assert_cmpstr (a->sm3, ==, b->sm3);
  g_assert_cmpstr (a->sha256, ==, b->sha256);
  g_assert_cmpuint (strlen (a->sm3), ==, 64 + 15);
  for (guint i = 0, at = 0; sm3[i]; i++, at++)
    {
      if (a->sm3[at] == ' ')
        at++;
      g_assert_cmpint (a->sm3[at], ==, g_ascii_toupper (sm3[i]));
    }
  g_assert_true (a->self_signed);
  g_assert_cmpstr (a->algorithm, ==, "SM2");
  g_assert_cmpstr (a->serial, ==, "4D");
  g_assert_nonnull (strstr (a->subject, "O=某机关"));
  g_assert_nonnull (strstr (text, a->sm3));
  g_assert_nonnull (strstr (text, a->sha256));
}

/* Each bit of a certificate that matters is covered by its own signature; nothing crashes. */
static void
test_altered (void)
{
  g_autoptr (X509) x509 = make_x509 (&kinds[0]);
  g_autoptr (GBytes) der = der_of (x509);
  gsize size = g_bytes_get_size (der);
  guint accepted = 0;

  for (gsize i = 0; i < size; i++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (der, NULL), size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (ZcCertificate) certificate = NULL;

      copy[i] ^= (guint8) (1 << (i % 8));
      bytes = g_bytes_new_take (copy, size);
      certificate = zc_certificate_parse (bytes, "x", NULL);
      /* With another issuer it is no longer self-signed and has nothing to be checked by. */
      if (certificate && certificate->self_signed && zc_certificate_check (certificate, NULL))
        accepted++;
    }
  g_assert_cmpuint (accepted, ==, 0);
}

static void
test_no_certificates (void)
{
  static const char *const texts[] = { "", "x", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "\x30\x82\xff\xff",
                                       "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n" };
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (70000), 70000);
  g_autoptr (X509) x509 = make_x509 (&kinds[0]);
  g_autoptr (GBytes) der = der_of (x509);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) with_more = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) reason = NULL;

      g_assert_null (zc_certificate_parse (bytes, "x.crt", &reason));
      g_assert_error (reason, ZC_ERROR, ZC_ERROR_INVALID);
      g_assert_nonnull (strstr (reason->message, "“x.crt” is not a certificate"));
    }
  g_assert_null (zc_certificate_parse (large, "x.crt", &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_LIMIT);
  g_clear_error (&error);
  g_byte_array_append (longer, g_bytes_get_data (der, NULL), (guint) g_bytes_get_size (der));
  g_byte_array_append (longer, (const guint8 *) "x", 1);
  with_more = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  g_assert_null (zc_certificate_parse (with_more, "x.crt", &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
}

/* Keys of an office */

static mode_t
mode_of (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat st;

  g_assert_cmpint (g_lstat (path, &st), ==, 0);
  return st.st_mode & 0777;
}

static void
test_generate (void)
{
  fixture_key (ZC_SUITE_GM_1); /* sets the clock */
  for (guint suite = 0; suite < ZC_SUITES; suite++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/new/office-%u", fixture_folder (), suite);
      g_autofree char *path = g_build_filename (folder, ZC_OFFICE_KEY_FILE, NULL);
      g_autofree char *crt = g_build_filename (folder, ZC_OFFICE_CERTIFICATE_FILE, NULL);
      g_autoptr (ZcSecret) phrase = suite == ZC_SUITE_GM_1 ? zc_passphrase_generate () : NULL;
      g_autoptr (ZcSecret) wrong = zc_passphrase_generate ();
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcCertificate) made = zc_office_key_generate ((ZcSuite) suite, "区委网信办", phrase, folder, &error), read = NULL;
      g_autoptr (ZcOfficeKey) key = NULL;
      ZcSuite found;

      g_assert_no_error (error);
      read = zc_certificate_load (crt, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (read->sha256, ==, made->sha256);
      g_assert_cmpstr (read->name, ==, "区委网信办");
      g_assert_true (zc_certificate_check (read, &error));
      g_assert_true (zc_certificate_get_suite (read, &found) && found == (ZcSuite) suite);
      g_assert_cmpint (mode_of (folder, ZC_OFFICE_KEY_FILE), ==, 0600);
      g_assert_cmpint (mode_of (folder, ZC_OFFICE_CERTIFICATE_FILE), ==, 0644);

      g_assert_true (zc_office_key_needs_passphrase (path) == (phrase != NULL));
      if (phrase)
        {
          g_assert_null (zc_office_key_load (path, NULL, &error));
          g_assert_error (error, ZC_ERROR, ZC_ERROR_KEY);
          g_assert_nonnull (strstr (error->message, "is protected by a passphrase"));
          g_clear_error (&error);
        }
      key = zc_office_key_load (path, phrase, &error);
      g_assert_no_error (error);
      g_assert_cmpint (zc_office_key_suite (key), ==, suite);
      g_assert_true (zc_office_key_fits (key, read));
      g_assert_false (zc_office_key_fits (key, fixture_certificate ((ZcSuite) suite)));
      if (phrase)
        {
          g_assert_null (zc_office_key_load (path, wrong, &error));
          g_assert_error (error, ZC_ERROR, ZC_ERROR_KEY);
          g_assert_nonnull (strstr (error->message, "does not open the private key"));
          g_assert_null (strstr (error->message, (const char *) zc_secret_data (wrong)));
        }
    }
}

/* Neither file is ever replaced, and a failure leaves neither. */
static void
test_generate_refuses (void)
{
  g_autofree char *folder = fixture_path ("taken"), *key = g_build_filename (folder, ZC_OFFICE_KEY_FILE, NULL);
  g_autofree char *crt = g_build_filename (folder, ZC_OFFICE_CERTIFICATE_FILE, NULL), *below = g_build_filename (crt, "x", NULL);
  static const char *const names[] = { "", "a\nb", "\xff", "12345678901234567890123456789012345678901234567890123456789012345", "a\xe2\x80\xae" };
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (crt, "mine", 4, NULL));
  g_assert_null (zc_office_key_generate (ZC_SUITE_GM_1, "x", NULL, folder, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "is there already and is never replaced"));
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_null (zc_office_key_generate (ZC_SUITE_GM_1, "x", NULL, below, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_IO);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *other = fixture_path ("never-made");
      g_autoptr (GError) reason = NULL;

      g_assert_null (zc_office_key_generate (ZC_SUITE_GM_1, names[i], NULL, other, &reason));
      g_assert_error (reason, ZC_ERROR, ZC_ERROR_USAGE);
      g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
    }
}

/* Its validity follows the program's clock. */
static void
test_clock (void)
{
  g_autofree char *folder = fixture_path ("clock");
  g_autoptr (GDateTime) then = g_date_time_new_utc (2016, 7, 1, 9, 0, 0), late = g_date_time_new_utc (2021, 7, 2, 0, 0, 0);
  g_autoptr (GDateTime) early = g_date_time_new_utc (2016, 6, 29, 0, 0, 0);
  g_autoptr (ZcCertificate) certificate = NULL;

  zc_clock_set (then);
  certificate = zc_office_key_generate (ZC_SUITE_GM_1, "x", NULL, folder, NULL);
  g_assert_true (zc_certificate_check (certificate, NULL));
  zc_clock_set (late);
  g_assert_false (zc_certificate_check (certificate, NULL));
  zc_clock_set (early);
  g_assert_false (zc_certificate_check (certificate, NULL));
  zc_clock_set (NULL);
}

static void
test_no_keys (void)
{
  static const struct { const char *text, *says; } cases[] = {
    { "", "is not a private key" },
    { "x", "is not a private key" },
    { "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n", "is not a private key" },
    /* Ed25519, RFC 8410 10.3 */
    { "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n",
      "is of a kind that opens no package" },
  };
  g_autofree char *path = fixture_path ("some.key"), *missing = fixture_path ("missing.key");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) reason = NULL;

      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      g_assert_null (zc_office_key_load (path, NULL, &reason));
      g_assert_error (reason, ZC_ERROR, ZC_ERROR_INVALID);
      g_assert_nonnull (strstr (reason->message, cases[i].says));
      g_assert_false (zc_office_key_needs_passphrase (path));
    }
  g_assert_null (zc_office_key_load (missing, NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_IO);
}

/* Passphrases */

static void
test_generated_passphrases (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (ZcSecret) phrase = zc_passphrase_generate (), typed = NULL, canonical = NULL;
      const char *text = (const char *) zc_secret_data (phrase);
      g_autofree char *small = g_ascii_strdown (text, -1);
      guint score = 0;

      g_assert_true (g_regex_match_simple ("^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$", text, 0, 0));
      g_assert_true (g_hash_table_add (seen, g_strdup (text)));
      g_strdelimit (small, "-", ' ');
      g_strdelimit (small, "0", 'o');
      g_strdelimit (small, "1", 'l');
      typed = zc_secret_new_copy (small, strlen (small));
      canonical = zc_passphrase_canonical (typed);
      g_assert_true (zc_secret_equal (canonical, phrase));
      g_assert_true (zc_passphrase_check (phrase, &score, NULL));
      g_assert_cmpuint (score, ==, 100);
    }
}

static void
test_chosen_passphrases (void)
{
  static const struct { const char *text; gboolean good; } cases[] = {
    { "", FALSE }, { "lamp", FALSE }, { "1234567890123", FALSE }, { "aaaaaaaaaaaaaaaaaaaaa", FALSE }, { "password123456", FALSE },
    { "abcdefghijklmnop", FALSE }, { "\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe", FALSE },
    { "Grün-Lampe.7 fällt leise", TRUE }, { "水井旁的老槐树开了三朵白花零七", TRUE }, { "tr0ub4dor&3 purple giraffe", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ZcSecret) phrase = zc_secret_new_copy (cases[i].text, strlen (cases[i].text));
      g_autoptr (GError) error = NULL;
      guint score = 0;

      if (zc_passphrase_check (phrase, &score, &error) != cases[i].good)
        g_error ("“%s”: %s", cases[i].text, error ? error->message : "accepted");
      if (!cases[i].good)
        {
          g_assert_error (error, ZC_ERROR, ZC_ERROR_USAGE);
          g_assert_true (!*cases[i].text || !strstr (error->message, cases[i].text));
        }
      g_assert_null (zc_passphrase_canonical (phrase));
    }
}

static void
test_secret_lines (void)
{
  static const struct { const char *text; const char *line; } cases[] = {
    { "pass\n", "pass" }, { "pass\r\n", "pass" }, { "pass", "pass" }, { "pass\nmore\n", "pass" }, { " a b ", " a b " },
    { "", NULL }, { "\n", NULL }, { "\r\n", NULL }, { "\xff\n", NULL },
  };
  g_autofree char *path = fixture_path ("line"), *long_line = g_strnfill (1025, 'x');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ZcSecret) secret = NULL;

      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      secret = zc_secret_read_line_file (path, NULL);
      g_assert_cmpstr (secret ? (const char *) zc_secret_data (secret) : NULL, ==, cases[i].line);
    }
  g_assert_true (g_file_set_contents (path, long_line, -1, NULL));
  g_assert_null (zc_secret_read_line_file (path, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "a\0b\n", 4, NULL));
  g_assert_null (zc_secret_read_line_file (path, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_USAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/certificate/kind/%s", kinds[i].name);

      g_test_add_data_func (path, &kinds[i], test_kind);
    }
  g_test_add_func ("/certificate/describe", test_describe);
  g_test_add_func ("/certificate/altered", test_altered);
  g_test_add_func ("/certificate/malformed", test_no_certificates);
  g_test_add_func ("/office-key/generate", test_generate);
  g_test_add_func ("/office-key/generate-refuses", test_generate_refuses);
  g_test_add_func ("/office-key/clock", test_clock);
  g_test_add_func ("/office-key/malformed", test_no_keys);
  g_test_add_func ("/passphrase/generated", test_generated_passphrases);
  g_test_add_func ("/passphrase/chosen", test_chosen_passphrases);
  g_test_add_func ("/secret/lines", test_secret_lines);
  return g_test_run ();
}
