/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package-fixture.h"

#include "base/zc-clock.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static void
remove_folder (void)
{
  fixture_remove (folder);
}

const char *
fixture_folder (void)
{
  if (!folder)
    {
      folder = g_dir_make_tmp ("zicha-package-XXXXXX", NULL);
      g_assert_nonnull (folder);
      atexit (remove_folder);
    }
  return folder;
}

char *
fixture_path (const char *name)
{
  return g_build_filename (fixture_folder (), name, NULL);
}

void
fixture_remove (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      fixture_remove (inner);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static struct
{
  ZcCertificate *certificate;
  ZcOfficeKey *key;
} keys[ZC_SUITES];

/* The committed keys: making RSA keys takes its time. Their certificates are valid at the clock of these tests. */
static void
need_keys (ZcSuite suite)
{
  g_autofree char *place = g_build_filename (g_getenv ("ZICHA_FIXTURES"), "package", zc_suite_name (suite), NULL);
  g_autofree char *key = g_build_filename (place, ZC_OFFICE_KEY_FILE, NULL);
  g_autofree char *certificate = g_build_filename (place, ZC_OFFICE_CERTIFICATE_FILE, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_utc (2016, 7, 2, 1, 0, 0);
  g_autoptr (GError) error = NULL;

  if (keys[suite].key)
    return;
  zc_clock_set (now);
  keys[suite].certificate = zc_certificate_load (certificate, &error);
  g_assert_no_error (error);
  keys[suite].key = zc_office_key_load (key, NULL, &error);
  g_assert_no_error (error);
}

ZcCertificate *
fixture_certificate (ZcSuite suite)
{
  need_keys (suite);
  return keys[suite].certificate;
}

ZcOfficeKey *
fixture_key (ZcSuite suite)
{
  need_keys (suite);
  return keys[suite].key;
}

GBytes *
fixture_bytes (guint32 seed, gsize size)
{
  guint8 *data = g_malloc (size + 1);
  guint32 state = seed * 2654435761u + 1;

  for (gsize i = 0; i < size; i++)
    {
      state = state * 1664525u + 1013904223u;
      data[i] = (guint8) (state >> 24);
    }
  return g_bytes_new_take (data, size);
}

static void
add (GPtrArray *members, const char *name, const char *original, GBytes *bytes)
{
  g_ptr_array_add (members, zc_member_new_bytes (name, original, bytes));
  g_bytes_unref (bytes);
}

GPtrArray *
fixture_members (const gsize *sizes, guint n)
{
  GPtrArray *members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);

  add (members, ZC_MEMBER_RECORD, NULL, g_bytes_new_static ("<record/>\n", 10));
  add (members, ZC_MEMBER_SCHEME, NULL, g_bytes_new_static ("<scheme/>\n", 10));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *original = g_strdup_printf ("现场 照片\\%u.JPG", i + 1);
      g_autofree char *name = zc_member_evidence_name (i + 1, original);

      add (members, name, original, fixture_bytes (i + 1, sizes[i]));
    }
  return members;
}

GBytes *
fixture_pull (ZcPackageWriter *writer)
{
  static const gsize steps[] = { 1, 511, 512, 2048, 65536, 1000000, 5000000 };
  GByteArray *out = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (5000000);
  g_autoptr (GError) error = NULL;
  gssize n;

  for (guint i = 0; (n = zc_package_writer_read (writer, buffer, steps[i % G_N_ELEMENTS (steps)], &error)) > 0; i++)
    g_byte_array_append (out, buffer, (guint) n);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 0);
  g_assert_cmpuint (out->len, ==, zc_package_writer_size (writer));
  return g_byte_array_free_to_bytes (out);
}

GBytes *
fixture_pack (ZcSuite suite, GPtrArray *members, guint64 padding)
{
  g_autoptr (GPtrArray) certificates = g_ptr_array_new ();
  ZcPackageRequest request = { suite, members, certificates, NULL, padding };
  g_autoptr (ZcPackageWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (certificates, fixture_certificate (suite));
  writer = zc_package_writer_new (&request, NULL, &error);
  g_assert_no_error (error);
  return fixture_pull (writer);
}

ZcPackage *
fixture_open (ZcSuite suite, GBytes *bytes, GError **error)
{
  g_autoptr (ZcSource) source = zc_source_new_bytes (bytes);

  return zc_package_open (source, fixture_key (suite), NULL, error);
}

gboolean
fixture_open_and_verify (ZcSuite suite, GBytes *bytes, GError **error)
{
  g_autoptr (ZcPackage) package = fixture_open (suite, bytes, error);

  return package && zc_package_verify (package, NULL, error);
}
