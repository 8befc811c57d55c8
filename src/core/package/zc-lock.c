/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-lock.h"

#include "base/zc-error.h"

#include <glib/gi18n-lib.h>
#include <openssl/rsa.h>

#define SALT_SIZE 16

gboolean
zc_lock_key_suite (EVP_PKEY *key, ZcSuite *suite)
{
  if (EVP_PKEY_is_a (key, "SM2"))
    *suite = ZC_SUITE_GM_1;
  else if (EVP_PKEY_is_a (key, "RSA"))
    *suite = ZC_SUITE_INTL_1;
  else
    return FALSE;
  return TRUE;
}

EVP_PKEY *
zc_lock_generate (ZcSuite suite, GError **error)
{
  EVP_PKEY *key =
      suite == ZC_SUITE_GM_1 ? EVP_PKEY_Q_keygen (NULL, NULL, "SM2") : EVP_RSA_gen (ZC_RSA_MIN_BITS);

  ERR_clear_error ();
  if (!key)
    zc_fail (error, ZC_ERROR_USAGE, _("This computer's OpenSSL cannot make a key for the suite “%s”."),
             zc_suite_name (suite));
  return key;
}

/* SM2 needs nothing more; OAEP takes SHA-256 for its label and its mask alike. */
static gboolean
set_padding (EVP_PKEY_CTX *context, ZcSuite suite)
{
  return suite == ZC_SUITE_GM_1
         || (EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_OAEP_PADDING) > 0
             && EVP_PKEY_CTX_set_rsa_oaep_md (context, EVP_sha256 ()) > 0
             && EVP_PKEY_CTX_set_rsa_mgf1_md (context, EVP_sha256 ()) > 0);
}

GBytes *
zc_lock_wrap (ZcSuite suite, EVP_PKEY *key, const ZcSecret *secret, GError **error)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (key, NULL);
  g_autofree guint8 *out = NULL;
  gsize size = 0;

  if (!context || EVP_PKEY_encrypt_init (context) <= 0 || !set_padding (context, suite)
      || EVP_PKEY_encrypt (context, NULL, &size, zc_secret_data (secret), zc_secret_size (secret)) <= 0
      || (out = g_malloc (size),
          EVP_PKEY_encrypt (context, out, &size, zc_secret_data (secret), zc_secret_size (secret)))
             <= 0)
    {
      ERR_clear_error ();
      return zc_fail_null (error, ZC_ERROR_KEY, _("Nothing can be encrypted to this key."));
    }
  return g_bytes_new_take (g_steal_pointer (&out), size);
}

ZcSecret *
zc_lock_unwrap (ZcSuite suite, EVP_PKEY *key, GBytes *wrapped)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (key, NULL);
  gsize wrapped_size, size = 0;
  const guint8 *data = g_bytes_get_data (wrapped, &wrapped_size);
  g_autoptr (ZcSecret) room = NULL;
  ZcSecret *secret = NULL;

  if (context && EVP_PKEY_decrypt_init (context) > 0 && set_padding (context, suite)
      && EVP_PKEY_decrypt (context, NULL, &size, data, wrapped_size) > 0)
    {
      room = zc_secret_new (size);
      if (EVP_PKEY_decrypt (context, zc_secret_data (room), &size, data, wrapped_size) > 0
          && size == ZC_PACKAGE_KEY_SIZE)
        secret = zc_secret_new_copy (zc_secret_data (room), size);
    }
  ERR_clear_error ();
  return secret;
}

static const EVP_CIPHER *
protecting_cipher (ZcSuite suite)
{
  return suite == ZC_SUITE_GM_1 ? EVP_sm4_cbc () : EVP_aes_256_cbc ();
}

static X509_SIG *
encrypt_key (ZcSuite suite, EVP_PKEY *key, const ZcSecret *passphrase)
{
  g_autoptr (PKCS8_PRIV_KEY_INFO) plain = EVP_PKEY2PKCS8 (key);
  guint8 salt[SALT_SIZE];
  X509_ALGOR *algorithm;
  X509_SIG *sealed;

  zc_random (salt, sizeof salt);
  algorithm = PKCS5_pbe2_set_scrypt (protecting_cipher (suite), salt, sizeof salt, NULL, ZC_SCRYPT_N,
                                     ZC_SCRYPT_R, ZC_SCRYPT_P);
  if (!plain || !algorithm)
    return NULL;
  sealed = PKCS8_set0_pbe ((const char *) zc_secret_data (passphrase), (int) zc_secret_size (passphrase),
                           plain, algorithm);
  if (!sealed)
    X509_ALGOR_free (algorithm);
  return sealed;
}

GBytes *
zc_lock_protect (ZcSuite suite, EVP_PKEY *key, const ZcSecret *passphrase, GError **error)
{
  g_autoptr (X509_SIG) sealed = encrypt_key (suite, key, passphrase);
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *data;
  long size;

  if (!sealed || PEM_write_bio_PKCS8 (bio, sealed) != 1)
    {
      ERR_clear_error ();
      return zc_fail_null (error, ZC_ERROR_USAGE,
                           _("This computer's OpenSSL cannot encrypt a private key by a passphrase."));
    }
  size = BIO_get_mem_data (bio, &data);
  return g_bytes_new (data, (gsize) size);
}

static gboolean
is_number (const ASN1_INTEGER *number, guint64 wanted)
{
  guint64 value = 0;

  return ASN1_INTEGER_get_uint64 (&value, number) == 1 && value == wanted;
}

/* Whoever made the package chose these numbers: others than ours could keep the reader busy for years. */
static gboolean
is_our_scrypt (ZcSuite suite, const X509_SIG *sealed)
{
  const X509_ALGOR *outer;
  g_autoptr (PBE2PARAM) pbe = NULL;
  g_autoptr (SCRYPT_PARAMS) scrypt = NULL;

  X509_SIG_get0 (sealed, &outer, NULL);
  if (OBJ_obj2nid (outer->algorithm) != NID_pbes2
      || !(pbe = ASN1_TYPE_unpack_sequence (ASN1_ITEM_rptr (PBE2PARAM), outer->parameter))
      || OBJ_obj2nid (pbe->keyfunc->algorithm) != NID_id_scrypt
      || OBJ_obj2nid (pbe->encryption->algorithm) != EVP_CIPHER_get_nid (protecting_cipher (suite))
      || !(scrypt = ASN1_TYPE_unpack_sequence (ASN1_ITEM_rptr (SCRYPT_PARAMS), pbe->keyfunc->parameter)))
    return FALSE;
  return is_number (scrypt->costParameter, ZC_SCRYPT_N) && is_number (scrypt->blockSize, ZC_SCRYPT_R)
         && is_number (scrypt->parallelizationParameter, ZC_SCRYPT_P)
         && ASN1_STRING_length (scrypt->salt) == SALT_SIZE;
}

EVP_PKEY *
zc_lock_unprotect (ZcSuite suite, GBytes *pem, const ZcSecret *passphrase, gboolean *sound)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (pem, &size);
  g_autoptr (BIO) bio = BIO_new_mem_buf (data, (int) size);
  g_autoptr (X509_SIG) sealed = PEM_read_bio_PKCS8 (bio, NULL, NULL, NULL);
  g_autoptr (PKCS8_PRIV_KEY_INFO) plain = NULL;
  g_autoptr (EVP_PKEY) key = NULL;
  ZcSuite found;

  *sound = sealed && is_our_scrypt (suite, sealed);
  if (*sound)
    plain =
        PKCS8_decrypt (sealed, (const char *) zc_secret_data (passphrase), (int) zc_secret_size (passphrase));
  if (plain)
    key = EVP_PKCS82PKEY (plain);
  ERR_clear_error ();
  return key && zc_lock_key_suite (key, &found) && found == suite ? g_steal_pointer (&key) : NULL;
}
