/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-testing.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

guint8
test_byte (guint64 offset)
{
  guint64 x = offset * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) + 1;

  x ^= x >> 29;
  return (guint8) (x >> 11);
}

gboolean
test_stream_read (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  TestStream *stream = data;

  g_assert_cmpuint (stream->at + size, <=, stream->size);
  for (gsize i = 0; i < size; i++)
    {
      if (stream->fail_after >= 0 && stream->at >= (guint64) stream->fail_after)
        return zc_fail (error, ZC_ERROR_KEY, "the stream failed at %" G_GUINT64_FORMAT, stream->at);
      buffer[i] = test_byte (stream->at++);
    }
  if (stream->cancel_at_half && stream->at >= stream->size / 2)
    g_cancellable_cancel (stream->cancel_at_half);
  return TRUE;
}

ZcDiscSpec *
test_spec (TestStream *stream)
{
  static const char readme[] = "怎样打开 / how to open\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDiscSpec) spec = zc_disc_spec_new ("MB2600123", TEST_TIME, &error);
  g_autoptr (GBytes) text = g_bytes_new_static (readme, strlen (readme));
  g_autofree char *pdf = g_strnfill (70000, '%');
  g_autoptr (GBytes) sheet = g_bytes_new (pdf, 70000);

  g_assert_no_error (error);
  g_assert_true (zc_disc_spec_add_file (spec, "README.TXT", text, &error));
  g_assert_true (zc_disc_spec_add_file (spec, "HANDIN.PDF", sheet, &error));
  if (stream)
    g_assert_true (zc_disc_spec_set_package (spec, "PACKAGE.ZCP", stream->size, test_stream_read, stream, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&spec);
}

ZcDiscResult *
test_write (ZcDiscSpec *spec, const char *path)
{
  const char *paths[] = { path };
  g_autoptr (GError) error = NULL;
  ZcDiscResult *result = zc_disc_write (spec, NULL, paths, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  return result;
}

char *
test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("zicha-disc-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static int
remove_one (const char *path, const struct stat *st, int kind, struct FTW *walk)
{
  /* Extracted folders are read-only, as on the disc. */
  if (kind == FTW_D)
    (void) chmod (path, 0700);
  return 0;
}

static int
remove_entry (const char *path, const struct stat *st, int kind, struct FTW *walk)
{
  return remove (path);
}

void
test_folder_free (char *folder)
{
  g_assert_cmpint (nftw (folder, remove_one, 16, FTW_PHYS), ==, 0);
  g_assert_cmpint (nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
  g_free (folder);
}

guint
test_folder_count (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

GBytes *
test_bytes_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;
  gsize size = 0;

  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, size);
}

void
test_assert_package (ZcSource *source, guint64 size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;

  g_assert_cmpuint (zc_source_size (source), ==, size);
  bytes = zc_source_read_all (source, size, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, NULL);
  for (guint64 i = 0; i < size; i++)
    if (data[i] != test_byte (i))
      g_error ("byte %" G_GUINT64_FORMAT " of the package is wrong", i);
}
