/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-certificate.h"

#include "base/zc-clock.h"
#include "base/zc-source.h"
#include "base/zc-text.h"
#include "package/zc-lock.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "ABCD 0123 …": how fingerprints stand on notices. */
static char *
fingerprint (ZcDigestKind kind, const guint8 *der, gsize size)
{
  g_autofree char *hex = zc_digest_hex_of (kind, der, size);
  g_autofree char *capitals = g_ascii_strup (hex, -1);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; capitals[i]; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (out, ' ');
      g_string_append_c (out, capitals[i]);
    }
  return g_string_free (out, FALSE);
}

static char *
take_bio (BIO *bio)
{
  char *data;
  long size = BIO_get_mem_data (bio, &data);
  g_autofree char *copy = g_strndup (data, size > 0 ? (gsize) size : 0);

  return zc_text_shown_name (copy);
}

static char *
name_text (const X509_NAME *name)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());

  X509_NAME_print_ex (bio, name, 0, (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) | ASN1_STRFLGS_UTF8_CONVERT);
  return take_bio (bio);
}

static char *
name_entry (const X509_NAME *name, int nid)
{
  int at = X509_NAME_get_index_by_NID (name, nid, -1);
  g_autoptr (BIO) bio = NULL;

  if (at < 0)
    return NULL;
  bio = BIO_new (BIO_s_mem ());
  ASN1_STRING_print_ex (bio, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, at)),
                        ASN1_STRFLGS_UTF8_CONVERT);
  return take_bio (bio);
}

static char *
owner (const X509_NAME *subject)
{
  static const int nids[] = { NID_commonName, NID_organizationalUnitName, NID_organizationName };

  for (gsize i = 0; i < G_N_ELEMENTS (nids); i++)
    {
      g_autofree char *name = name_entry (subject, nids[i]);

      if (name && *name)
        return g_steal_pointer (&name);
    }
  return name_text (subject);
}

static GDateTime *
date_time (const ASN1_TIME *time)
{
  struct tm tm = { 0 };
  g_autoptr (GDateTime) utc = NULL;

  if (ASN1_TIME_to_tm (time, &tm) != 1)
    return NULL;
  utc = g_date_time_new_utc (tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
  return utc ? g_date_time_to_local (utc) : NULL;
}

static char *
algorithm_name (EVP_PKEY *key)
{
  char group[64] = "";
  const char *type = key ? EVP_PKEY_get0_type_name (key) : NULL;

  if (!type)
    return g_strdup (_("unknown"));
  if (EVP_PKEY_is_a (key, "RSA") || EVP_PKEY_is_a (key, "RSA-PSS") || EVP_PKEY_is_a (key, "DSA"))
    return g_strdup_printf ("%s %d", type, EVP_PKEY_get_bits (key));
  if (EVP_PKEY_is_a (key, "EC"))
    return g_strdup_printf (
        "EC %s", EVP_PKEY_get_group_name (key, group, sizeof group, NULL) == 1 ? group : _("unknown curve"));
  return g_strdup (type);
}

static char *
serial_text (X509 *x509)
{
  g_autoptr (BIGNUM) number = ASN1_INTEGER_to_BN (X509_get0_serialNumber (x509), NULL);
  char *hex = number ? BN_bn2hex (number) : NULL;
  char *copy = g_strdup (hex ? hex : "");

  OPENSSL_free (hex);
  return copy;
}

static X509 *
read_x509 (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (BIO) bio = NULL;
  X509 *x509;

  if (size == 0)
    return NULL;
  bio = BIO_new_mem_buf (data, (int) size);
  x509 = PEM_read_bio_X509 (bio, NULL, NULL, NULL);
  if (!x509)
    {
      const guint8 *at = data;

      x509 = d2i_X509 (NULL, &at, (long) size);
      if (x509 && at != data + size)
        g_clear_pointer (&x509, X509_free);
    }
  ERR_clear_error ();
  return x509;
}

static void
fill (ZcCertificate *self)
{
  EVP_PKEY *key = X509_get0_pubkey (self->x509);
  guint8 *der = NULL;
  int size = i2d_X509 (self->x509, &der);

  self->subject = name_text (X509_get_subject_name (self->x509));
  self->issuer = name_text (X509_get_issuer_name (self->x509));
  self->name = owner (X509_get_subject_name (self->x509));
  self->serial = serial_text (self->x509);
  self->algorithm = algorithm_name (key);
  self->not_before = date_time (X509_get0_notBefore (self->x509));
  self->not_after = date_time (X509_get0_notAfter (self->x509));
  self->self_signed =
      X509_NAME_cmp (X509_get_subject_name (self->x509), X509_get_issuer_name (self->x509)) == 0;
  self->sm3 = fingerprint (ZC_DIGEST_SM3, der, size > 0 ? (gsize) size : 0);
  self->sha256 = fingerprint (ZC_DIGEST_SHA256, der, size > 0 ? (gsize) size : 0);
  OPENSSL_free (der);
  ERR_clear_error ();
}

ZcCertificate *
zc_certificate_parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (ZcCertificate) self = g_new0 (ZcCertificate, 1);

  g_atomic_ref_count_init (&self->refs);
  if (g_bytes_get_size (bytes) > ZC_CERTIFICATE_MAX_BYTES)
    return zc_fail_null (error, ZC_ERROR_LIMIT, _("“%s” is too large for a certificate."), name);
  self->x509 = read_x509 (bytes);
  if (!self->x509)
    return zc_fail_null (error, ZC_ERROR_INVALID,
                         _("“%s” is not a certificate (X.509 as PEM or DER). Ask the office for the file "
                            "that it published with the notice."),
                         name);
  fill (self);
  if (!self->not_before || !self->not_after)
    return zc_fail_null (error, ZC_ERROR_INVALID, _("The certificate “%s” has no readable dates."), name);
  return g_steal_pointer (&self);
}

ZcCertificate *
zc_certificate_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = zc_read_file (path, ZC_CERTIFICATE_MAX_BYTES, error);
  g_autofree char *shown = g_filename_display_basename (path);

  return bytes ? zc_certificate_parse (bytes, shown, error) : NULL;
}

gboolean
zc_certificate_get_suite (const ZcCertificate *self, ZcSuite *suite)
{
  EVP_PKEY *key = X509_get0_pubkey (self->x509);
  gboolean known = key && zc_lock_key_suite (key, suite);

  ERR_clear_error ();
  return known;
}

static gboolean
check_dates (const ZcCertificate *self, GError **error)
{
  g_autoptr (GDateTime) now = zc_clock_now ();

  if (g_date_time_compare (now, self->not_before) < 0)
    {
      g_autofree char *date = zc_day_display (self->not_before);

      return zc_fail (error, ZC_ERROR_KEY,
                      _("The certificate of “%s” is not valid before %s. Check this computer's clock."),
                      self->name, date);
    }
  if (g_date_time_compare (now, self->not_after) > 0)
    {
      g_autofree char *date = zc_day_display (self->not_after);

      return zc_fail (error, ZC_ERROR_KEY,
                      _("The certificate of “%s” expired on %s. Ask the office for its new one."),
                      self->name, date);
    }
  return TRUE;
}

static gboolean
check_key (const ZcCertificate *self, GError **error)
{
  EVP_PKEY *key = X509_get0_pubkey (self->x509);
  int bits = key ? EVP_PKEY_get_bits (key) : 0;
  ZcSuite suite;

  if (!key || !zc_lock_key_suite (key, &suite))
    return zc_fail (
        error, ZC_ERROR_KEY,
        _("The certificate of “%s” has a key of a kind (%s) to which nothing can be encrypted here. "
           "It must be SM2, or RSA of at least %d bits."),
        self->name, self->algorithm, ZC_RSA_MIN_BITS);
  if (suite == ZC_SUITE_INTL_1 && bits < ZC_RSA_MIN_BITS)
    return zc_fail (
        error, ZC_ERROR_KEY,
        _("The key of the certificate of “%s” is too weak: RSA of %d bits, at least %d are needed."),
        self->name, bits, ZC_RSA_MIN_BITS);
  if (suite == ZC_SUITE_INTL_1 && bits > ZC_RSA_MAX_BITS)
    return zc_fail (error, ZC_ERROR_KEY,
                    _("The key of the certificate of “%s” is larger than we accept: RSA of %d bits."),
                    self->name, bits);
  return TRUE;
}

/* Of the two certificates that a Chinese CA issues, only the one for encryption is right. */
static gboolean
check_purpose (const ZcCertificate *self, GError **error)
{
  const guint32 encrypts = KU_KEY_ENCIPHERMENT | KU_DATA_ENCIPHERMENT;
  const guint32 other = XKU_SSL_SERVER | XKU_SSL_CLIENT | XKU_CODE_SIGN | XKU_OCSP_SIGN | XKU_TIMESTAMP;
  guint32 flags = X509_get_extension_flags (self->x509);
  guint32 extended = X509_get_extended_key_usage (self->x509);

  if (flags & (EXFLAG_INVALID | EXFLAG_CRITICAL))
    return zc_fail (error, ZC_ERROR_KEY,
                    _("The certificate of “%s” is malformed or has conditions that we do not know."),
                    self->name);
  if ((flags & EXFLAG_KUSAGE) && !(X509_get_key_usage (self->x509) & encrypts))
    return zc_fail (
        error, ZC_ERROR_KEY,
        _("The certificate of “%s” is not for encrypting (it is for signing). Ask the office for its "
           "encryption certificate."),
        self->name);
  if ((flags & EXFLAG_XKUSAGE) && (extended & other) && !(extended & (XKU_ANYEKU | XKU_SMIME)))
    return zc_fail (
        error, ZC_ERROR_KEY,
        _("The certificate of “%s” is for another purpose (a web site or program). Ask the office for "
           "its encryption certificate."),
        self->name);
  return TRUE;
}

/* SM2 signs under an identity; makers use the usual one or an empty one. */
static gboolean
verifies_with_id (X509 *x509, EVP_PKEY *key, const char *id)
{
  ASN1_OCTET_STRING *octets = ASN1_OCTET_STRING_new ();

  ASN1_OCTET_STRING_set (octets, (const guint8 *) id, (int) strlen (id));
  X509_set0_distinguishing_id (x509, octets);
  return X509_verify (x509, key) == 1;
}

static gboolean
check_own_signature (const ZcCertificate *self, GError **error)
{
  EVP_PKEY *key = X509_get0_pubkey (self->x509);
  gboolean sound;

  if (!self->self_signed)
    return TRUE;
  if (EVP_PKEY_is_a (key, "SM2"))
    {
      g_autoptr (X509) copy = X509_dup (self->x509);

      sound = verifies_with_id (copy, key, ZC_SM2_ID) || verifies_with_id (copy, key, "");
    }
  else
    sound = X509_verify (self->x509, key) == 1;
  ERR_clear_error ();
  if (!sound)
    return zc_fail (
        error, ZC_ERROR_KEY,
        _("The certificate of “%s” was altered: its signature does not fit. Ask the office for the file "
           "again."),
        self->name);
  return TRUE;
}

gboolean
zc_certificate_check (const ZcCertificate *self, GError **error)
{
  return check_key (self, error) && check_own_signature (self, error) && check_dates (self, error)
         && check_purpose (self, error);
}

char *
zc_certificate_describe (const ZcCertificate *self)
{
  g_autofree char *from = zc_day_display (self->not_before);
  g_autofree char *until = zc_day_display (self->not_after);
  const char *issuer =
      self->self_signed ? _("itself (compare the fingerprint with the notice)") : self->issuer;

  return g_strdup_printf (
      _("Owner: %s\nIssued by: %s\nValid: %s to %s\nKey: %s\nSerial number: %s\nSM3 fingerprint: %s\n"
         "SHA-256 fingerprint: %s\n"),
      self->name, issuer, from, until, self->algorithm, self->serial, self->sm3, self->sha256);
}

ZcCertificate *
zc_certificate_ref (ZcCertificate *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
zc_certificate_unref (ZcCertificate *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->refs))
    return;
  X509_free (self->x509);
  g_clear_pointer (&self->not_before, g_date_time_unref);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_free (self->name);
  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->serial);
  g_free (self->algorithm);
  g_free (self->sm3);
  g_free (self->sha256);
  g_free (self);
}
