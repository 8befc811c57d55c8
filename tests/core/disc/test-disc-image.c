/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-testing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static void
test_volume_id (void)
{
  static const struct { const char *prefix; guint year, seq, n, of; const char *id; } cases[] = {
    { "MB", 2026, 123, 1, 1, "MB2600123_1OF1" },   { "MB", 2026, 99999, 12, 12, "MB2699999_12OF12" },
    { "ABCD", 2000, 1, 2, 9, "ABCD0000001_2OF9" }, { "ABCD", 2026, 1, 10, 10, NULL },
    { "A", 2026, 1, 1, 1, NULL },                  { "ABCDE", 2026, 1, 1, 1, NULL },
    { "mb", 2026, 1, 1, 1, NULL },                 { "M_", 2026, 1, 1, 1, NULL },
    { "MB", 1999, 1, 1, 1, NULL },                 { "MB", 2100, 1, 1, 1, NULL },
    { "MB", 2026, 0, 1, 1, NULL },                 { "MB", 2026, 100000, 1, 1, NULL },
    { "MB", 2026, 1, 0, 1, NULL },                 { "MB", 2026, 1, 2, 1, NULL },
    { "MB", 2026, 1, 1, 100, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = zc_disc_volume_id (cases[i].prefix, cases[i].year, cases[i].seq, cases[i].n, cases[i].of);
      guint n, of;

      g_assert_cmpstr (id, ==, cases[i].id);
      if (!id)
        continue;
      g_assert_cmpuint (strlen (id), <=, 16);
      g_assert_true (zc_disc_volume_parse (id, &n, &of));
      g_assert_cmpuint (n, ==, cases[i].n);
      g_assert_cmpuint (of, ==, cases[i].of);
    }
}

static void
test_volume_parse_refused (void)
{
  static const char *const ids[] = { "",        "X",       "X_",     "_1OF1",    "X_1OF",
                                     "X_OF1",   "X_0OF1",  "X_2OF1", "X_1OF01",  "X_01OF1",
                                     "X_1OF1X", "X_1 OF1", "X_1of1", "X_1OF100", "X_-1OF1" };
  guint n, of;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_false (zc_disc_volume_parse (ids[i], &n, &of));
}

static void
test_spec_refused (void)
{
  static const char *const stems[] = { "", "mb2600123", "MB-2600123", "MB26001234567", "涉" };
  static const char *const names[] = { "", "README", "readme.txt", "A.TEXT", ".TXT", "A.", "A/B.TXT", "A.T.X", "说明.TXT",
                                       "README.TXT", "PACKAGE.ZCP", "SHA256SUMS.TXT", "SM3SUMS.TXT", "PACKAGE.001",
                                       "DISC1OF2.TXT", "ABCDEFGHIJKLMNOPQRSTUVWXY.TXT", "A B.TXT", "..TXT" };
  TestStream stream = { .fail_after = -1 };
  g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  for (gsize i = 0; i < G_N_ELEMENTS (stems); i++)
    {
      g_autoptr (GError) error = NULL;

      test_assert_fails (zc_disc_spec_new (stems[i], TEST_TIME, &error), error, ZC_ERROR_USAGE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      test_assert_fails (zc_disc_spec_add_file (spec, names[i], empty, &error), error, ZC_ERROR_USAGE);
    }
  {
    g_autoptr (GError) error = NULL;

    test_assert_fails (zc_disc_spec_new ("MB", -1, &error), error, ZC_ERROR_USAGE);
    g_clear_error (&error);
    test_assert_fails (zc_disc_spec_new ("MB", G_MAXINT64, &error), error, ZC_ERROR_USAGE);
    g_clear_error (&error);
    test_assert_fails (zc_disc_spec_set_package (spec, "OTHER.ZCP", 1, test_stream_read, &stream, &error), error,
                       ZC_ERROR_USAGE);
  }
}

/* The same spec gives the same bytes, whatever the zone, the umask and the time of day. */
static void
test_reproducible (void)
{
  static const char *const zones[] = { "Asia/Shanghai", "America/New_York", "UTC" };
  char *folder = test_folder_new ();
  g_autofree char *before = g_strdup (g_getenv ("TZ"));
  g_autofree char *first = NULL;
  g_autoptr (GBytes) first_bytes = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      TestStream stream = { .fail_after = -1, .size = 1500000 };
      g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
      g_autofree char *path = g_strdup_printf ("%s/%zu.iso", folder, i);
      g_autoptr (ZcDiscResult) result = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *hex = NULL;
      const ZcDiscImage *image;
      mode_t mask = umask (i ? 0077 : 0022);

      g_setenv ("TZ", zones[i], TRUE);
      tzset ();
      result = test_write (spec, path);
      umask (mask);
      g_usleep (i == 0 ? 1100000 : 0);

      image = result->images->pdata[0];
      bytes = test_bytes_of (path);
      hex = zc_digest_hex_of (ZC_DIGEST_SHA256, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_assert_cmpstr (image->sha256, ==, hex);
      g_assert_cmpuint (image->size, ==, g_bytes_get_size (bytes));
      g_assert_cmpuint (image->size % ZC_DISC_BLOCK, ==, 0);
      g_assert_cmpstr (image->volume_id, ==, "MB2600123_1OF1");
      if (!first_bytes)
        first_bytes = g_steal_pointer (&bytes);
      else
        g_assert_true (g_bytes_equal (first_bytes, bytes));
    }
  g_setenv ("TZ", before ? before : "UTC", TRUE);
  tzset ();
  test_folder_free (folder);
}

/* Whatever the size of the package, the size is known before, and all of it can be had back. */
static void
test_sizes (void)
{
  static const guint64 sizes[] = { 0,     1,      2047,   2048,    2049,    65535,  65536,
                                   65537, 131072, 131073, 1048575, 1048576, 1048577 };
  static const guint64 limits[] = { ZC_DISC_MAX_FILE, 65536, 70000 };
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.iso", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes) * G_N_ELEMENTS (limits); i++)
    {
      TestStream stream = { .fail_after = -1, .size = sizes[i / G_N_ELEMENTS (limits)] };
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
      g_autoptr (ZcDiscResult) result = NULL;
      g_autoptr (ZcDiscReader) reader = NULL;
      g_autoptr (ZcSource) package = NULL;
      guint64 size;

      zc_disc_spec_set_part_limit (spec, limits[i % G_N_ELEMENTS (limits)]);
      size = zc_disc_image_size (spec, &error);
      g_assert_no_error (error);
      result = test_write (spec, path);
      g_assert_cmpuint (((ZcDiscImage *) result->images->pdata[0])->size, ==, size);
      reader = zc_disc_reader_open (path, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (zc_disc_reader_size (reader), <=, size);
      g_assert_true (zc_disc_reader_check (reader, NULL, &error));
      package = zc_disc_join (&reader, 1, "PACKAGE.ZCP", &error);
      g_assert_no_error (error);
      test_assert_package (package, stream.size);
      g_clear_pointer (&package, zc_source_unref);
      package = zc_disc_open_package ((const char *const[]) { path }, 1, "PACKAGE.ZCP", &error);
      g_assert_no_error (error);
      test_assert_package (package, stream.size);
    }
  test_folder_free (folder);
}

/* The list in the result and on the disc are the same and right. */
static void
test_lists (void)
{
  TestStream stream = { .fail_after = -1, .size = 200000 };
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.iso", NULL);
  g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
  g_autoptr (ZcDiscResult) result = NULL;
  g_autoptr (ZcDiscReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  GString *sha256 = g_string_new (NULL), *sm3 = g_string_new (NULL);

  zc_disc_spec_set_part_limit (spec, 65536);
  result = test_write (spec, path);
  g_assert_cmpuint (result->files->len, ==, 2 + 4);
  reader = zc_disc_reader_open (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < result->files->len; i++)
    {
      const ZcDiscFile *file = result->files->pdata[i];
      g_autoptr (ZcSource) source = zc_disc_reader_file (reader, file->name, &error);
      g_autoptr (GBytes) bytes = zc_source_read_all (source, file->size, &error);
      g_autofree char *hex = zc_digest_hex_of (ZC_DIGEST_SHA256, g_bytes_get_data (bytes, NULL), file->size);
      g_autofree char *hex3 = zc_digest_hex_of (ZC_DIGEST_SM3, g_bytes_get_data (bytes, NULL), file->size);

      g_assert_cmpstr (file->sha256, ==, hex);
      g_assert_cmpstr (file->sm3, ==, hex3);
      g_string_append_printf (sha256, "%s  %s\n", hex, file->name);
      g_string_append_printf (sm3, "SM3 (%s) = %s\n", file->name, hex3);
    }
  {
    g_autofree char *hex = zc_digest_hex_of (ZC_DIGEST_SHA256, sm3->str, sm3->len);
    g_autoptr (ZcSource) list = zc_disc_reader_file (reader, ZC_DISC_SHA256SUMS, &error);
    g_autoptr (ZcSource) list3 = zc_disc_reader_file (reader, ZC_DISC_SM3SUMS, &error);
    g_autoptr (GBytes) got = zc_source_read_all (list, 100000, &error);
    g_autoptr (GBytes) got3 = zc_source_read_all (list3, 100000, &error);

    g_string_append_printf (sha256, "%s  %s\n", hex, ZC_DISC_SM3SUMS);
    g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), sha256->str, sha256->len);
    g_assert_cmpmem (g_bytes_get_data (got3, NULL), g_bytes_get_size (got3), sm3->str, sm3->len);
  }
  g_string_free (sha256, TRUE);
  g_string_free (sm3, TRUE);
  test_folder_free (folder);
}

/* Empty files and a disc without a package are odd but sound. */
static void
test_without_package (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.iso", NULL);
  g_autoptr (ZcDiscSpec) spec = test_spec (NULL);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (ZcDiscResult) result = NULL;
  g_autoptr (ZcDiscReader) reader = NULL;
  g_autoptr (ZcSource) source = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (zc_disc_spec_add_file (spec, "EMPTY.TXT", empty, &error));
  g_assert_true (zc_disc_spec_add_file (spec, "EMPTY2.TXT", empty, &error));
  result = test_write (spec, path);
  reader = zc_disc_reader_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (zc_disc_reader_entries (reader)->len, ==, 6);
  g_assert_true (zc_disc_reader_check (reader, NULL, &error));
  source = zc_disc_reader_file (reader, "EMPTY2.TXT", &error);
  g_assert_cmpuint (zc_source_size (source), ==, 0);
  test_assert_fails (zc_disc_join (&reader, 1, "PACKAGE.ZCP", &error), error, ZC_ERROR_INVALID);
  test_folder_free (folder);
}

/* A plan is good for the spec that it was made of. */
static void
test_plan_of_another_spec (void)
{
  TestStream stream = { .fail_after = -1, .size = 100000 };
  TestStream longer = { .fail_after = -1, .size = 200000 };
  ZcDiscSpec *specs[] = { test_spec (NULL), test_spec (&stream), test_spec (&longer) };
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.iso", NULL);
  const char *paths[] = { path };

  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcDiscPlan) plan = zc_disc_plan (specs[i / 3], 0, &error);

      if (i / 3 != i % 3)
        test_assert_fails (zc_disc_write (specs[i % 3], plan, paths, NULL, &error), error, ZC_ERROR_USAGE);
      g_assert_cmpuint (test_folder_count (folder), ==, 0);
    }
  for (guint i = 0; i < 3; i++)
    zc_disc_spec_free (specs[i]);
  test_folder_free (folder);
}

/* Real sizes, without writing them. */
static void
test_plan_real_discs (void)
{
  static const struct { guint64 package, capacity; guint n_discs, n_parts; } cases[] = {
    { G_GUINT64_CONSTANT (2000000000), 0, 1, 1 },
    { G_GUINT64_CONSTANT (2000000001), 0, 1, 2 },
    { G_GUINT64_CONSTANT (5000000000), 0, 1, 3 },
    { G_GUINT64_CONSTANT (600000000), G_GUINT64_CONSTANT (736972800), 1, 1 },
    { G_GUINT64_CONSTANT (1000000000), G_GUINT64_CONSTANT (736972800), 2, 2 },
    { G_GUINT64_CONSTANT (4699000000), G_GUINT64_CONSTANT (4700065792), 1, 3 },
    { G_GUINT64_CONSTANT (4700065792), G_GUINT64_CONSTANT (4700065792), 2, 4 },
    { G_GUINT64_CONSTANT (12000000000), G_GUINT64_CONSTANT (4700065792), 3, 8 },
    { G_GUINT64_CONSTANT (24900000000), G_GUINT64_CONSTANT (25025007616), 1, 13 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TestStream stream = { .fail_after = 0, .size = cases[i].package };
      g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcDiscPlan) plan = zc_disc_plan (spec, cases[i].capacity, &error);
      g_autofree char *sentence = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (plan->n_discs, ==, cases[i].n_discs);
      g_assert_cmpuint (plan->n_parts, ==, cases[i].n_parts);
      g_assert_cmpuint (plan->part_size, <=, ZC_DISC_MAX_FILE);
      g_assert_cmpuint (plan->whole_size, >, cases[i].package);
      for (guint disc = 0; cases[i].capacity && disc < plan->n_discs; disc++)
        g_assert_cmpuint (plan->image_sizes[disc], <=, cases[i].capacity);
      sentence = zc_disc_plan_sentence (plan);
      g_assert_true ((sentence != NULL) == (plan->n_discs > 1));
      if (sentence)
        g_assert_nonnull (strstr (sentence, " holds "));
    }
}

static void
test_plan_refused (void)
{
  static const struct { guint64 package, capacity; const char *stem; } cases[] = {
    { 3000000, 1, "MB2600123" },
    { 3000000, 700000, "MB2600123" },                                    /* not even one block left beside the rest */
    { G_GUINT64_CONSTANT (100000000000), 736972800, "MB2600123" },       /* 136 discs */
    { G_GUINT64_CONSTANT (3000000000000), 0, "MB2600123" },              /* 1500 parts */
    { G_GUINT64_CONSTANT (20000000000), 736972800, "ABCD2600001" },      /* ABCD2600001_28OF28 has 18 characters */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcDiscSpec) spec = zc_disc_spec_new (cases[i].stem, TEST_TIME, &error);

      g_assert_true (zc_disc_spec_set_package (spec, "PACKAGE.ZCP", cases[i].package, test_stream_read, NULL, &error));
      if (i == 1)
        {
          g_autofree char *much = g_strnfill (400000, 'x');
          g_autoptr (GBytes) bytes = g_bytes_new (much, 400000);

          g_assert_true (zc_disc_spec_add_file (spec, "MUCH.TXT", bytes, &error));
        }
      test_assert_fails (zc_disc_plan (spec, cases[i].capacity, &error), error, ZC_ERROR_LIMIT);
    }
}

static GPtrArray *
write_discs (ZcDiscSpec *spec, guint64 capacity, const char *folder, const char *stem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDiscPlan) plan = zc_disc_plan (spec, capacity, &error);
  g_autoptr (ZcDiscResult) result = NULL;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 1; i <= plan->n_discs; i++)
    g_ptr_array_add (paths, g_strdup_printf ("%s/%s%u.iso", folder, stem, i));
  result = zc_disc_write (spec, plan, (const char *const *) paths->pdata, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->images->len, ==, plan->n_discs);
  for (guint i = 0; i < plan->n_discs; i++)
    {
      const ZcDiscImage *image = result->images->pdata[i];
      g_autofree char *id = g_strdup_printf ("MB2600123_%uOF%u", i + 1, plan->n_discs);
      g_autoptr (GBytes) bytes = test_bytes_of (image->path);
      g_autofree char *hex =
          zc_digest_hex_of (ZC_DIGEST_SHA256, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      g_assert_cmpstr (image->volume_id, ==, id);
      g_assert_cmpuint (image->size, ==, plan->image_sizes[i]);
      g_assert_cmpuint (image->size, <=, capacity);
      g_assert_cmpuint (image->size, ==, g_bytes_get_size (bytes));
      g_assert_cmpstr (image->sha256, ==, hex);
    }
  return paths;
}

/* Over many sizes: every disc fits, is sound by itself, and all together give the package back, in any order. */
static void
test_discs_round_trip (void)
{
  static const guint64 sizes[] = { 1100000, 1900000, 3000001, 4194304 };
  static const guint64 capacities[] = { 1000000, 1300000, 2000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes) * G_N_ELEMENTS (capacities); i++)
    {
      TestStream stream = { .fail_after = -1, .size = sizes[i % G_N_ELEMENTS (sizes)] };
      char *folder = test_folder_new ();
      g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) paths = NULL;
      g_autoptr (ZcSource) package = NULL;
      g_autofree const char **backwards = NULL;

      zc_disc_spec_set_part_limit (spec, 300000);
      paths = write_discs (spec, capacities[i / G_N_ELEMENTS (sizes)], folder, "d");
      backwards = g_new0 (const char *, paths->len);
      for (guint j = 0; j < paths->len; j++)
        {
          g_autoptr (ZcDiscReader) reader = zc_disc_reader_open (paths->pdata[j], &error);

          g_assert_no_error (error);
          g_assert_true (zc_disc_reader_check (reader, NULL, &error));
          backwards[paths->len - 1 - j] = paths->pdata[j];
        }
      package = zc_disc_open_package (backwards, paths->len, "PACKAGE.ZCP", &error);
      g_assert_no_error (error);
      test_assert_package (package, stream.size);
      test_folder_free (folder);
    }
}

static void
assert_sentence (const char *const *paths, guint n, ZcErrorCode code, const char *words)
{
  g_autoptr (GError) error = NULL;

  test_assert_fails (zc_disc_open_package (paths, n, "PACKAGE.ZCP", &error), error, code);
  if (!strstr (error->message, words))
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_discs_mixed_up (void)
{
  TestStream stream = { .fail_after = -1, .size = 1900000 };
  TestStream other_stream = { .fail_after = -1, .size = 1900001 };
  char *folder = test_folder_new ();
  g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
  g_autoptr (ZcDiscSpec) other = test_spec (&other_stream);
  g_autoptr (GPtrArray) a = write_discs (spec, 1300000, folder, "a");
  g_autoptr (GPtrArray) b = write_discs (other, 1300000, folder, "b");
  g_autofree char *text = g_build_filename (folder, "x.txt", NULL);

  g_assert_cmpuint (a->len, ==, 3);
  g_assert_true (g_file_set_contents (text, "no disc at all", -1, NULL));
  assert_sentence ((const char *[]) { a->pdata[0], a->pdata[2] }, 2, ZC_ERROR_INVALID, "Disc 2 of 3 is missing");
  assert_sentence ((const char *[]) { a->pdata[1] }, 1, ZC_ERROR_INVALID, "Discs 1, 3 of 3 are missing");
  assert_sentence ((const char *[]) { a->pdata[0], a->pdata[1], a->pdata[1] }, 3, ZC_ERROR_INVALID, "given twice");
  assert_sentence ((const char *[]){ a->pdata[0], a->pdata[1], b->pdata[2] }, 3, ZC_ERROR_INVALID,
                   "different hand-ins");
  assert_sentence ((const char *[]) { a->pdata[0], text }, 2, ZC_ERROR_INVALID, "not both");
  test_folder_free (folder);
}

/* Parts that were copied off the discs as files. */
static void
test_parts_as_files (void)
{
  char *folder = test_folder_new ();
  char *paths[4];

  for (guint i = 0; i < 4; i++)
    {
      guint8 bytes[1000];
      gsize size = i == 2 ? 500 : 1000;

      for (gsize j = 0; j < size; j++)
        bytes[j] = test_byte (i * 1000 + j);
      paths[i] = i < 3 ? g_strdup_printf ("%s/PACKAGE.%03u", folder, i + 1)
                       : g_strdup_printf ("%s/PACKAGE.ZCP", folder);
      g_assert_true (g_file_set_contents (paths[i], (char *) bytes, (gssize) size, NULL));
    }
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (ZcSource) package =
        zc_disc_open_package ((const char *[]) { paths[2], paths[0], paths[1] }, 3, "PACKAGE.ZCP", &error);

    g_assert_no_error (error);
    test_assert_package (package, 2500);
  }
  assert_sentence ((const char *[]) { paths[0], paths[2] }, 2, ZC_ERROR_INVALID, "missing");
  assert_sentence ((const char *[]) { paths[0], paths[0] }, 2, ZC_ERROR_INVALID, "twice");
  assert_sentence ((const char *[]) { paths[0], paths[3] }, 2, ZC_ERROR_INVALID, "must end in");
  g_assert_true (g_file_set_contents (paths[1], "short", 5, NULL));
  assert_sentence ((const char *[]) { paths[0], paths[1], paths[2] }, 3, ZC_ERROR_DAMAGED, "wrong size");
  for (guint i = 0; i < 4; i++)
    g_free (paths[i]);
  test_folder_free (folder);
}

/* A package above the real limit, not a lowered one. All zeros but for eight bytes in 4096 that tell where they are. */
#define HUGE_SIZE G_GUINT64_CONSTANT (2100000000)

static void
fill_huge (guint64 offset, guint8 *buffer, gsize size)
{
  memset (buffer, 0, size);
  for (guint64 mark = offset - offset % 4096; mark < offset + size; mark += 4096)
    for (guint i = 0; i < 8; i++)
      if (mark + i >= offset && mark + i < offset + size)
        buffer[mark + i - offset] = (guint8) ((mark / 4096 + 1) >> 8 * i);
}

static gboolean
read_huge (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  guint64 *at = data;

  fill_huge (*at, buffer, size);
  *at += size;
  return TRUE;
}

static void
assert_huge (ZcSource *source)
{
  g_autofree guint8 *found = g_malloc (1 << 20), *wanted = g_malloc (1 << 20);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (zc_source_size (source), ==, HUGE_SIZE);
  for (guint64 at = 0, n; at < HUGE_SIZE; at += n)
    {
      n = MIN (HUGE_SIZE - at, 1 << 20);
      g_assert_true (zc_source_read (source, at, found, n, &error));
      fill_huge (at, wanted, n);
      if (memcmp (found, wanted, n) != 0)
        g_error ("the package is another within 1 MiB of %" G_GUINT64_FORMAT, at);
    }
}

static void
assert_entry (const ZcDiscEntry *entry, const char *name, guint64 size)
{
  g_assert_cmpstr (entry->name, ==, name);
  g_assert_cmpuint (entry->size, ==, size);
}

static void
test_real_limit (void)
{
  guint64 at = 0, first = ZC_DISC_MAX_FILE - ZC_DISC_MAX_FILE % ZC_DISC_BLOCK;
  g_autoptr (ZcDiscSpec) spec = test_spec (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDiscResult) result = NULL;
  g_autoptr (ZcDiscReader) reader = NULL;
  g_autoptr (ZcSource) package = NULL;
  g_autofree char *path = NULL;
  const GPtrArray *entries;
  char *folder;

  if (!g_test_slow ())
    {
      g_test_skip ("runs in the slow suite");
      return;
    }
  folder = test_folder_new ();
  path = g_build_filename (folder, "a.iso", NULL);
  g_assert_true (zc_disc_spec_set_package (spec, "PACKAGE.ZCP", HUGE_SIZE, read_huge, &at, &error));
  result = test_write (spec, path);
  g_assert_cmpuint (at, ==, HUGE_SIZE);
  reader = zc_disc_reader_open (path, &error);
  g_assert_no_error (error);
  entries = zc_disc_reader_entries (reader);
  g_assert_cmpuint (entries->len, ==, 6);
  assert_entry (entries->pdata[1], "PACKAGE.001", first);
  assert_entry (entries->pdata[2], "PACKAGE.002", HUGE_SIZE - first);
  g_assert_true (zc_disc_reader_check (reader, NULL, &error));
  package = zc_disc_open_package ((const char *[]) { path }, 1, "PACKAGE.ZCP", &error);
  g_assert_no_error (error);
  assert_huge (package);
  test_folder_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/image/volume-id", test_volume_id);
  g_test_add_func ("/disc/image/volume-parse/refused", test_volume_parse_refused);
  g_test_add_func ("/disc/image/spec/refused", test_spec_refused);
  g_test_add_func ("/disc/image/real-limit", test_real_limit);
  g_test_add_func ("/disc/image/reproducible", test_reproducible);
  g_test_add_func ("/disc/image/sizes", test_sizes);
  g_test_add_func ("/disc/image/lists", test_lists);
  g_test_add_func ("/disc/image/without-package", test_without_package);
  g_test_add_func ("/disc/plan/of-another-spec", test_plan_of_another_spec);
  g_test_add_func ("/disc/plan/real-discs", test_plan_real_discs);
  g_test_add_func ("/disc/plan/refused", test_plan_refused);
  g_test_add_func ("/disc/several/round-trip", test_discs_round_trip);
  g_test_add_func ("/disc/several/mixed-up", test_discs_mixed_up);
  g_test_add_func ("/disc/several/parts-as-files", test_parts_as_files);
  return g_test_run ();
}
