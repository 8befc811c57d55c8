/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest.h"

#include <gcrypt.h>
#include <string.h>

struct _ZcDigest
{
  gcry_md_hd_t handle;
};

void
zc_crypto_init (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  gcry_check_version (NULL);
  gcry_control (GCRYCTL_INIT_SECMEM, 65536, 0);
  gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
  g_once_init_leave (&done, 1);
}

static int
algorithm (ZcDigestKind kind)
{
  return kind == ZC_DIGEST_SM3 ? GCRY_MD_SM3 : GCRY_MD_SHA256;
}

ZcDigest *
zc_digest_new (guint kinds)
{
  ZcDigest *self = g_new0 (ZcDigest, 1);

  zc_crypto_init ();
  if (gcry_md_open (&self->handle, 0, 0))
    g_error ("libgcrypt could not allocate a digest");
  for (guint kind = ZC_DIGEST_SM3; kind <= ZC_DIGEST_SHA256; kind <<= 1)
    if ((kinds & kind) && gcry_md_enable (self->handle, algorithm (kind)))
      g_error ("this libgcrypt lacks SM3 or SHA-256");
  return self;
}

void
zc_digest_update (ZcDigest *self, gconstpointer data, gsize size)
{
  gcry_md_write (self->handle, data, size);
}

void
zc_digest_get (ZcDigest *self, ZcDigestKind kind, guint8 out[ZC_DIGEST_SIZE])
{
  memcpy (out, gcry_md_read (self->handle, algorithm (kind)), ZC_DIGEST_SIZE);
}

char *
zc_digest_hex (ZcDigest *self, ZcDigestKind kind)
{
  guint8 digest[ZC_DIGEST_SIZE];

  zc_digest_get (self, kind, digest);
  return zc_hex (digest, sizeof digest);
}

void
zc_digest_reset (ZcDigest *self)
{
  gcry_md_reset (self->handle);
}

void
zc_digest_free (ZcDigest *self)
{
  if (!self)
    return;
  gcry_md_close (self->handle);
  g_free (self);
}

void
zc_digest_of (ZcDigestKind kind, gconstpointer data, gsize size, guint8 out[ZC_DIGEST_SIZE])
{
  zc_crypto_init ();
  gcry_md_hash_buffer (algorithm (kind), out, data, size);
}

char *
zc_digest_hex_of (ZcDigestKind kind, gconstpointer data, gsize size)
{
  guint8 digest[ZC_DIGEST_SIZE];

  zc_digest_of (kind, data, size, digest);
  return zc_hex (digest, sizeof digest);
}

char *
zc_hex (gconstpointer data, gsize size)
{
  static const char digits[] = "0123456789abcdef";
  const guint8 *bytes = data;
  char *text = g_malloc (2 * size + 1);

  for (gsize i = 0; i < size; i++)
    {
      text[2 * i] = digits[bytes[i] >> 4];
      text[2 * i + 1] = digits[bytes[i] & 15];
    }
  text[2 * size] = 0;
  return text;
}

gboolean
zc_unhex (const char *text, guint8 *out, gsize size)
{
  if (strlen (text) != 2 * size)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      out[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

void
zc_random (gpointer out, gsize size)
{
  zc_crypto_init ();
  gcry_create_nonce (out, size);
}
