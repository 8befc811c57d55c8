/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-secret.h"

#include "base/zc-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>
#include <unistd.h>

/* OpenSSL's secure heap: locked, left out of core dumps, between guard pages. OpenSSL puts the private
 * numbers of its own keys there too. What no longer fits into it lies in ordinary memory, still wiped. */
#define HEAP_BYTES (512 * 1024)
#define HEAP_MIN_BYTES 32

struct _ZcSecret
{
  guint8 *data;
  gsize size;
};

static void
prepare_heap (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  if (!CRYPTO_secure_malloc_initialized ())
    CRYPTO_secure_malloc_init (HEAP_BYTES, HEAP_MIN_BYTES);
  g_once_init_leave (&done, 1);
}

ZcSecret *
zc_secret_new (gsize size)
{
  ZcSecret *self = g_new0 (ZcSecret, 1);

  prepare_heap ();
  self->size = size;
  self->data = OPENSSL_secure_zalloc (size + 1);
  if (!self->data)
    self->data = OPENSSL_zalloc (size + 1);
  if (!self->data)
    g_error ("out of memory");
  return self;
}

ZcSecret *
zc_secret_new_copy (gconstpointer data, gsize size)
{
  ZcSecret *self = zc_secret_new (size);

  if (size > 0)
    memcpy (self->data, data, size);
  return self;
}

ZcSecret *
zc_secret_new_random (gsize size)
{
  ZcSecret *self = zc_secret_new (size);

  if (RAND_priv_bytes (self->data, (int) size) != 1)
    g_error ("the system's random source failed");
  return self;
}

/* Reads until the end, or, for a line, until its end. Returns: the number of bytes, or -1 with errno set. */
static gssize
read_some (int fd, guint8 *buffer, gsize size, gboolean line)
{
  gsize done = 0;

  while (done < size && !(line && memchr (buffer, '\n', done)))
    {
      ssize_t n = read (fd, buffer + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return (gssize) done;
}

ZcSecret *
zc_secret_read_line (int fd, GError **error)
{
  g_autoptr (ZcSecret) buffer = zc_secret_new (ZC_PASSPHRASE_MAX_BYTES + 2);
  gssize got = read_some (fd, buffer->data, buffer->size, TRUE);
  const guint8 *end;
  gsize length;

  if (got < 0)
    {
      zc_fail_errno (error, errno, _("Cannot read the passphrase."));
      return NULL;
    }
  end = memchr (buffer->data, '\n', (gsize) got);
  length = end ? (gsize) (end - buffer->data) : (gsize) got;
  if (length > 0 && buffer->data[length - 1] == '\r')
    length--;
  if (length == 0)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("The passphrase is empty."));
  if (length > ZC_PASSPHRASE_MAX_BYTES)
    return zc_fail_null (error, ZC_ERROR_LIMIT,
                         _("The passphrase is too long: it may have at most %d bytes."),
                         ZC_PASSPHRASE_MAX_BYTES);
  if (!g_utf8_validate_len ((const char *) buffer->data, length, NULL))
    return zc_fail_null (error, ZC_ERROR_USAGE, _("The passphrase is not text in UTF-8."));
  return zc_secret_new_copy (buffer->data, length);
}

ZcSecret *
zc_secret_read_line_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  ZcSecret *self;

  if (fd < 0)
    {
      g_autofree char *shown = g_filename_display_name (path);

      zc_fail_errno (error, errno, _("Cannot read “%s”."), shown);
      return NULL;
    }
  self = zc_secret_read_line (fd, error);
  close (fd);
  return self;
}

ZcSecret *
zc_secret_read_file (const char *path, gsize limit, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (ZcSecret) self = NULL;
  guint64 size = 0;
  gssize got;
  int fd = zc_open_regular (path, &size, error);

  if (fd < 0)
    return NULL;
  if (size > limit)
    {
      close (fd);
      return zc_fail_null (error, ZC_ERROR_LIMIT,
                           _("“%s” is too large: it may have at most %zu bytes."), shown,
                           limit);
    }
  self = zc_secret_new (size);
  got = read_some (fd, self->data, size, FALSE);
  if (got < 0)
    zc_fail_errno (error, errno, _("Cannot read “%s”."), shown);
  else if ((guint64) got != size)
    zc_fail (error, ZC_ERROR_IO, _("“%s” became shorter while it was read."), shown);
  close (fd);
  return got >= 0 && (guint64) got == size ? g_steal_pointer (&self) : NULL;
}

guint8 *
zc_secret_data (const ZcSecret *self)
{
  return self->data;
}

gsize
zc_secret_size (const ZcSecret *self)
{
  return self->size;
}

gboolean
zc_secret_equal (const ZcSecret *a, const ZcSecret *b)
{
  return a->size == b->size && CRYPTO_memcmp (a->data, b->data, a->size) == 0;
}

void
zc_secret_free (ZcSecret *self)
{
  if (!self)
    return;
  /* Wipes, and knows by the address on which heap the memory lies. */
  OPENSSL_secure_clear_free (self->data, self->size + 1);
  g_free (self);
}
