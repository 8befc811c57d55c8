/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-office-key.h"

#include "base/zc-clock.h"
#include "base/zc-output.h"
#include "base/zc-text.h"
#include "package/zc-lock.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define KEY_FILE_MAX_BYTES (64u * 1024)
#define NAME_MAX_CHARACTERS 64
#define SERIAL_BYTES 16

struct _ZcOfficeKey
{
  EVP_PKEY *pkey;
  ZcSuite suite;
};

/* Making */

static gboolean
set_name (X509 *x509, const char *office)
{
  X509_NAME *name = X509_get_subject_name (x509);

  return X509_NAME_add_entry_by_NID (name, NID_commonName, MBSTRING_UTF8, (const guint8 *) office, -1, -1, 0)
             == 1
         && X509_set_issuer_name (x509, name) == 1;
}

static gboolean
set_serial (X509 *x509)
{
  guint8 bytes[SERIAL_BYTES];
  g_autoptr (BIGNUM) number = NULL;

  zc_random (bytes, sizeof bytes);
  bytes[0] = (guint8) ((bytes[0] & 0x7f) | 0x40); /* positive and always of the same length */
  number = BN_bin2bn (bytes, sizeof bytes, NULL);
  return number && BN_to_ASN1_INTEGER (number, X509_get_serialNumber (x509));
}

static gboolean
set_dates (X509 *x509)
{
  g_autoptr (GDateTime) now = zc_clock_now ();
  /* A day of grace for units whose clocks are slow. */
  g_autoptr (GDateTime) from = g_date_time_add_days (now, -1);
  g_autoptr (GDateTime) until = g_date_time_add_years (now, ZC_OFFICE_CERTIFICATE_YEARS);

  return ASN1_TIME_set (X509_getm_notBefore (x509), (time_t) g_date_time_to_unix (from))
         && ASN1_TIME_set (X509_getm_notAfter (x509), (time_t) g_date_time_to_unix (until));
}

static gboolean
add_extension (X509 *x509, int nid, const char *value)
{
  g_autoptr (X509_EXTENSION) extension = NULL;
  X509V3_CTX context;

  X509V3_set_ctx (&context, x509, x509, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  return extension && X509_add_ext (x509, extension, -1) == 1;
}

static gboolean
sign (X509 *x509, EVP_PKEY *key, ZcSuite suite)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *inner = NULL;
  const EVP_MD *digest = suite == ZC_SUITE_GM_1 ? EVP_sm3 () : EVP_sha256 ();

  return context && EVP_DigestSignInit (context, &inner, digest, NULL, key) == 1
         && (suite != ZC_SUITE_GM_1 || EVP_PKEY_CTX_set1_id (inner, ZC_SM2_ID, (int) strlen (ZC_SM2_ID)) == 1)
         && X509_sign_ctx (x509, context) > 0;
}

static X509 *
make_certificate (ZcSuite suite, EVP_PKEY *key, const char *office)
{
  g_autoptr (X509) x509 = X509_new ();

  if (!x509 || X509_set_version (x509, 2) != 1 || !set_serial (x509) || !set_dates (x509)
      || !set_name (x509, office) || X509_set_pubkey (x509, key) != 1
      || !add_extension (x509, NID_basic_constraints, "critical,CA:FALSE")
      || !add_extension (x509, NID_key_usage, "critical,keyEncipherment,dataEncipherment")
      || !add_extension (x509, NID_subject_key_identifier, "hash") || !sign (x509, key, suite))
    return NULL;
  return g_steal_pointer (&x509);
}

/* The key as PEM, in memory that is wiped. */
static ZcSecret *
key_pem (ZcSuite suite, EVP_PKEY *key, const ZcSecret *passphrase, GError **error)
{
  g_autoptr (BIO) bio = NULL;
  g_autoptr (GBytes) sealed = NULL;
  ZcSecret *secret;
  char *data;
  long size;

  if (passphrase)
    {
      sealed = zc_lock_protect (suite, key, passphrase, error);
      return sealed ? zc_secret_new_copy (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed)) : NULL;
    }
  bio = BIO_new (BIO_s_secmem ());
  if (!bio || PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL) != 1)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("This computer's OpenSSL cannot write the private key."));
  size = BIO_get_mem_data (bio, &data);
  secret = zc_secret_new_copy (data, (gsize) size);
  return secret;
}

static gboolean
check_free (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  struct stat st;

  if (lstat (path, &st) == 0)
    return zc_fail (
        error, ZC_ERROR_USAGE,
        _("“%s” is there already and is never replaced: without it, packages encrypted to it could not be "
           "opened. Choose another folder."),
        shown);
  return errno == ENOENT || zc_fail_errno (error, errno, _("Cannot write “%s”."), shown);
}

static gboolean
write_both (const char *folder, const ZcSecret *key, GBytes *certificate, GError **error)
{
  g_autofree char *key_path = g_build_filename (folder, ZC_OFFICE_KEY_FILE, NULL);
  g_autofree char *certificate_path = g_build_filename (folder, ZC_OFFICE_CERTIFICATE_FILE, NULL);
  g_autoptr (ZcOutput) key_file = NULL;
  g_autoptr (ZcOutput) certificate_file = NULL;

  if (!check_free (key_path, error) || !check_free (certificate_path, error)
      || !(key_file = zc_output_open (key_path, error))
      || !(certificate_file = zc_output_open (certificate_path, error))
      || !zc_output_write (key_file, zc_secret_data (key), zc_secret_size (key), error)
      || !zc_output_write (certificate_file, g_bytes_get_data (certificate, NULL),
                           g_bytes_get_size (certificate), error))
    return FALSE;
  if (fchmod (zc_output_fd (certificate_file), 0644) < 0)
    return zc_fail_errno (error, errno, _("Cannot write “%s”."), certificate_path);
  if (!zc_output_commit (key_file, error))
    return FALSE;
  if (!zc_output_commit (certificate_file, error))
    {
      g_unlink (key_path);
      return FALSE;
    }
  return TRUE;
}

static GBytes *
certificate_pem (X509 *x509)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *data;
  long size;

  if (PEM_write_bio_X509 (bio, x509) != 1)
    return NULL;
  size = BIO_get_mem_data (bio, &data);
  return g_bytes_new (data, (gsize) size);
}

static gboolean
check_office (const char *office, GError **error)
{
  g_autofree char *shown = NULL;

  if (!g_utf8_validate (office, -1, NULL))
    return zc_fail (error, ZC_ERROR_USAGE, _("The office's name is not text in UTF-8."));
  shown = zc_text_shown_name (office);
  if (!*office || g_utf8_strlen (office, -1) > NAME_MAX_CHARACTERS || !g_str_equal (shown, office))
    return zc_fail (error, ZC_ERROR_USAGE,
                    _("The office's name must have 1 to %d characters, no control characters among them."),
                    NAME_MAX_CHARACTERS);
  return TRUE;
}

ZcCertificate *
zc_office_key_generate (
    ZcSuite suite, const char *office, const ZcSecret *passphrase, const char *folder, GError **error)
{
  g_autoptr (EVP_PKEY) key = NULL;
  g_autoptr (X509) x509 = NULL;
  g_autoptr (ZcSecret) pem = NULL;
  g_autoptr (GBytes) certificate = NULL;
  g_autoptr (ZcCertificate) result = NULL;

  zc_secret_free (zc_secret_new (1)); /* the locked heap must be there before the key is */
  if (!check_office (office, error) || !zc_suite_self_test (error)
      || !(key = zc_lock_generate (suite, error)))
    return NULL;
  x509 = make_certificate (suite, key, office);
  certificate = x509 ? certificate_pem (x509) : NULL;
  ERR_clear_error ();
  if (!certificate)
    return zc_fail_null (error, ZC_ERROR_USAGE,
                         _("This computer's OpenSSL cannot make a certificate for the suite “%s”."),
                         zc_suite_name (suite));
  pem = key_pem (suite, key, passphrase, error);
  result = pem ? zc_certificate_parse (certificate, ZC_OFFICE_CERTIFICATE_FILE, error) : NULL;
  if (!result)
    return NULL;
  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      zc_fail_errno (error, errno, _("Cannot make the folder “%s”."), folder);
      return NULL;
    }
  return write_both (folder, pem, certificate, error) ? g_steal_pointer (&result) : NULL;
}

/* Loading */

/* What OpenSSL asks its callback for. */
typedef struct
{
  const ZcSecret *passphrase; /* nullable */
  gboolean asked;
} Asking;

static int
give_passphrase (char *buffer, int size, int writing, void *data)
{
  Asking *asking = data;
  gsize length;

  asking->asked = TRUE;
  if (!asking->passphrase)
    return -1;
  length = zc_secret_size (asking->passphrase);
  if (length > (gsize) size)
    return -1;
  memcpy (buffer, zc_secret_data (asking->passphrase), length);
  return (int) length;
}

static EVP_PKEY *
read_private_key (const ZcSecret *file, Asking *asking)
{
  g_autoptr (BIO) bio = BIO_new_mem_buf (zc_secret_data (file), (int) zc_secret_size (file));
  EVP_PKEY *key = PEM_read_bio_PrivateKey (bio, NULL, give_passphrase, asking);

  if (!key && !asking->asked)
    {
      (void) BIO_reset (bio);
      key = d2i_PrivateKey_bio (bio, NULL);
    }
  if (!key && !asking->asked)
    {
      (void) BIO_reset (bio);
      key = d2i_PKCS8PrivateKey_bio (bio, NULL, give_passphrase, asking);
    }
  ERR_clear_error ();
  return key;
}

ZcOfficeKey *
zc_office_key_load (const char *path, const ZcSecret *passphrase, GError **error)
{
  g_autofree char *shown = g_filename_display_basename (path);
  g_autoptr (ZcSecret) file = zc_secret_read_file (path, KEY_FILE_MAX_BYTES, error);
  g_autoptr (ZcOfficeKey) self = g_new0 (ZcOfficeKey, 1);
  Asking asking = { passphrase, FALSE };

  if (!file)
    return NULL;
  self->pkey = read_private_key (file, &asking);
  if (!self->pkey && asking.asked && !passphrase)
    return zc_fail_null (error, ZC_ERROR_KEY,
                         _("The private key “%s” is protected by a passphrase. Give it."), shown);
  if (!self->pkey && asking.asked)
    return zc_fail_null (error, ZC_ERROR_KEY, _("The passphrase does not open the private key “%s”."),
                         shown);
  if (!self->pkey)
    return zc_fail_null (error, ZC_ERROR_INVALID, _("“%s” is not a private key (PKCS#8 as PEM or DER)."),
                         shown);
  if (!zc_lock_key_suite (self->pkey, &self->suite))
    return zc_fail_null (
        error, ZC_ERROR_INVALID,
        _("The private key “%s” is of a kind that opens no package: it must be SM2 or RSA."), shown);
  return g_steal_pointer (&self);
}

ZcOfficeKey *
zc_office_key_new (EVP_PKEY *pkey)
{
  g_autoptr (ZcOfficeKey) self = g_new0 (ZcOfficeKey, 1);

  g_return_val_if_fail (zc_lock_key_suite (pkey, &self->suite), NULL);

  EVP_PKEY_up_ref (pkey);
  self->pkey = pkey;
  return g_steal_pointer (&self);
}

gboolean
zc_office_key_needs_passphrase (const char *path)
{
  g_autoptr (ZcSecret) file = zc_secret_read_file (path, KEY_FILE_MAX_BYTES, NULL);
  g_autoptr (EVP_PKEY) key = NULL;
  Asking asking = { NULL, FALSE };

  if (file)
    key = read_private_key (file, &asking);
  return asking.asked;
}

ZcSuite
zc_office_key_suite (const ZcOfficeKey *self)
{
  return self->suite;
}

gboolean
zc_office_key_fits (const ZcOfficeKey *self, const ZcCertificate *certificate)
{
  EVP_PKEY *key = X509_get0_pubkey (certificate->x509);
  gboolean same = key && EVP_PKEY_eq (key, self->pkey) == 1;

  ERR_clear_error ();
  return same;
}

EVP_PKEY *
zc_office_key_pkey (const ZcOfficeKey *self)
{
  return self->pkey;
}

void
zc_office_key_free (ZcOfficeKey *self)
{
  if (!self)
    return;
  EVP_PKEY_free (self->pkey);
  g_free (self);
}
