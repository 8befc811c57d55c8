/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package-fixture.h"

#include "package/zc-suite.h"

#include <glib/gstdio.h>
#include <string.h>

/* A package in memory that can be damaged in place. */
typedef struct
{
  guint8 *data;
  guint64 size;
} Buffer;

static gboolean
read_buffer (gpointer data, guint64 offset, gpointer out, gsize size, GError **error)
{
  memcpy (out, ((Buffer *) data)->data + offset, size);
  return TRUE;
}

/* Opens and verifies the first @size bytes of @buffer, which are expected to be refused with nothing written. */
static void
assert_refused (ZcSuite suite, Buffer *buffer, guint64 size, guint64 place, gboolean extract)
{
  g_autoptr (ZcSource) source = zc_source_new (size, read_buffer, buffer, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcPackage) package = zc_package_open (source, fixture_key (suite), NULL, &error);
  g_autofree char *place_path = fixture_path ("damage"), *folder = g_build_filename (place_path, "out", NULL);

  g_mkdir (place_path, 0700);
  if (package && (extract ? zc_package_extract_to_dir (package, folder, NULL, &error) : zc_package_verify (package, NULL, &error)))
    g_error ("damage at byte %" G_GUINT64_FORMAT " of %s was not noticed", place, zc_suite_name (suite));
  if (!g_error_matches (error, ZC_ERROR, ZC_ERROR_DAMAGED) && !g_error_matches (error, ZC_ERROR, ZC_ERROR_TOO_NEW)
      && !g_error_matches (error, ZC_ERROR, ZC_ERROR_INVALID))
    g_error ("damage at byte %" G_GUINT64_FORMAT " of %s: %s", place, zc_suite_name (suite), error->message);
  g_assert_cmpint (g_rmdir (place_path), ==, 0);
}

static Buffer
pack_buffer (ZcSuite suite, const gsize *sizes, guint n, guint64 padding)
{
  g_autoptr (GPtrArray) members = fixture_members (sizes, n);
  g_autoptr (GBytes) bytes = fixture_pack (suite, members, padding);
  gsize size = g_bytes_get_size (bytes);

  return (Buffer) { g_memdup2 (g_bytes_get_data (bytes, NULL), size), size };
}

/* Each byte of a small package, one bit at a time in turn. A quick run takes every 41st byte. */
static void
test_every_byte (gconstpointer data)
{
  ZcSuite suite = (ZcSuite) GPOINTER_TO_UINT (data);
  static const gsize sizes[] = { 300, 0 };
  Buffer buffer = pack_buffer (suite, sizes, 2, 512);
  guint64 step = g_test_slow () ? 1 : 41;

  for (guint64 at = 0; at < buffer.size; at += step)
    {
      buffer.data[at] ^= (guint8) (1 << (at / step % 8));
      assert_refused (suite, &buffer, buffer.size, at, at % 2 == 0);
      buffer.data[at] ^= (guint8) (1 << (at / step % 8));
    }
  g_free (buffer.data);
}

/* Cut at each block and beside it, at lengths within the first KiB, and lengthened. */
static void
test_lengths (gconstpointer data)
{
  ZcSuite suite = (ZcSuite) GPOINTER_TO_UINT (data);
  static const gsize sizes[] = { 300, 5000 };
  Buffer buffer = pack_buffer (suite, sizes, 2, 512);
  guint64 size = buffer.size;

  for (guint64 n = 0; n < 1100; n += g_test_slow () ? 1 : 7)
    assert_refused (suite, &buffer, n, n, FALSE);
  for (guint64 n = 512; n <= size; n += 512)
    for (gint64 beside = -1; beside <= 1; beside++)
      if (n + (guint64) beside < size)
        assert_refused (suite, &buffer, n + (guint64) beside, n, TRUE);
  buffer.data = g_realloc (buffer.data, size + 20000);
  for (guint fill = 0; fill < 2; fill++)
    {
      static const guint64 more[] = { 1, 2, 511, 512, 513, 1024, 10240, 20000 };

      memset (buffer.data + size, fill ? 'x' : 0, 20000);
      for (guint i = 0; i < G_N_ELEMENTS (more); i++)
        assert_refused (suite, &buffer, size + more[i], size + more[i], TRUE);
    }
  g_free (buffer.data);
}

/* Random runs overwritten, exchanged and doubled. */
static void
test_random_damage (gconstpointer data)
{
  ZcSuite suite = (ZcSuite) GPOINTER_TO_UINT (data);
  static const gsize sizes[] = { 2000 };
  Buffer buffer = pack_buffer (suite, sizes, 1, 512);
  g_autofree guint8 *right = g_memdup2 (buffer.data, buffer.size);
  guint rounds = g_test_slow () ? 5000 : 200;

  for (guint i = 0; i < rounds; i++)
    {
      guint64 n = (guint64) g_test_rand_int_range (1, 600);
      guint64 to = (guint64) g_test_rand_int_range (0, (gint32) (buffer.size - n));
      guint64 from = (guint64) g_test_rand_int_range (0, (gint32) (buffer.size - n));

      if (g_test_rand_bit ())
        memmove (buffer.data + to, buffer.data + from, n);
      else
        memset (buffer.data + to, g_test_rand_int_range (0, 256), n);
      if (memcmp (buffer.data, right, buffer.size) != 0)
        assert_refused (suite, &buffer, buffer.size, to, g_test_rand_bit ());
      memcpy (buffer.data, right, buffer.size);
    }
  g_free (buffer.data);
}

/* Where the parts of a package begin, and where each chunk of the payload does. */
static GArray *
borders (const Buffer *buffer)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint64 at = 0; at + 1024 < buffer->size;)
    {
      g_autofree char *digits = g_strndup ((const char *) buffer->data + at + 124, 11);
      guint64 size = g_ascii_strtoull (digits, NULL, 8), content = at + 512;

      g_array_append_val (places, at);
      for (guint64 inside = content; inside < content + size; inside += ZC_CHUNK_BYTES)
        g_array_append_val (places, inside);
      at = content + (size + 511) / 512 * 512;
      g_array_append_val (places, at);
    }
  return places;
}

/* Cut before, at and behind every border, and at some lengths between them; lengthened; followed by itself. */
static void
assert_lengths_refused (ZcSuite suite, Buffer *buffer)
{
  static const guint64 more[] = { 1, 511, 512, 1024, 10240, ZC_CHUNK_BYTES };
  g_autoptr (GArray) places = borders (buffer);
  guint64 size = buffer->size;

  for (guint i = 0; i < places->len; i++)
    for (gint64 beside = -513; beside <= 513; beside += beside < -1 || beside >= 1 ? 512 : 1)
      {
        guint64 cut = g_array_index (places, guint64, i) + (guint64) beside;

        if (cut < size)
          assert_refused (suite, buffer, cut, cut, i % 16 == 0);
      }
  for (guint i = 0; i < 200; i++)
    {
      guint64 cut = (guint64) (g_test_rand_double () * (double) size);

      assert_refused (suite, buffer, cut, cut, FALSE);
    }
  buffer->data = g_realloc (buffer->data, 2 * size);
  memcpy (buffer->data + size, buffer->data, size);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    assert_refused (suite, buffer, size + more[i], size + more[i], TRUE);
  assert_refused (suite, buffer, 2 * size, 2 * size, TRUE);
}

/* Thousands of places of a package of 64 MiB: all over it, and near the borders of its parts and chunks. */
static void
test_large (gconstpointer data)
{
  ZcSuite suite = (ZcSuite) GPOINTER_TO_UINT (data);
  static const gsize sizes[] = { 20 << 20, 1, 40 << 20, 3000000 };
  guint places = suite == ZC_SUITE_GM_1 ? 800 : 1600;
  g_autoptr (GArray) edges = NULL;
  Buffer buffer;

  if (!g_test_slow ())
    {
      g_test_skip ("runs in the slow suite");
      return;
    }
  buffer = pack_buffer (suite, sizes, G_N_ELEMENTS (sizes), 0);
  edges = borders (&buffer);
  for (guint i = 0; i < places; i++)
    {
      guint64 at = (guint64) (g_test_rand_double () * (double) buffer.size);
      guint8 bit = (guint8) (1 << g_test_rand_int_range (0, 8));

      if (i % 4 == 0)
        at = g_array_index (edges, guint64, i / 4 % edges->len) + (guint64) g_test_rand_int_range (-64, 64);
      if (at >= buffer.size)
        continue;
      buffer.data[at] ^= bit;
      assert_refused (suite, &buffer, buffer.size, at, i % 50 == 0);
      buffer.data[at] ^= bit;
    }
  assert_lengths_refused (suite, &buffer);
  g_free (buffer.data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint suite = 0; suite < ZC_SUITES; suite++)
    {
      static const struct { const char *name; GTestDataFunc run; } tests[] = {
        { "every-byte", test_every_byte }, { "lengths", test_lengths }, { "random", test_random_damage }, { "large", test_large },
      };

      for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
        {
          g_autofree char *path = g_strdup_printf ("/package/damage/%s/%s", tests[i].name, zc_suite_name ((ZcSuite) suite));

          g_test_add_data_func (path, GUINT_TO_POINTER (suite), tests[i].run);
        }
    }
  return g_test_run ();
}
