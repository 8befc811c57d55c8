/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Images from outside: one good one, and one fault in it for each case. */
#include "disc-testing.h"

#include <string.h>
#include <unistd.h>

#define BLOCK 2048
#define PVD (16 * BLOCK)

typedef struct
{
  guint8 *bytes;
  gsize size;
  gsize root; /* where the root folder lies */
} Image;

static guint8 *
record_of (Image *image, const char *name)
{
  g_autofree char *full = g_strconcat (name, ";1", NULL);
  guint8 *found = memmem (image->bytes + image->root, 4 * BLOCK, full, strlen (full));

  g_assert_nonnull (found);
  return found - 33;
}

static void
put_both (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = at[7 - i] = (guint8) (value >> (8 * i));
}

static guint32
get (const guint8 *at)
{
  return (guint32) at[0] | (guint32) at[1] << 8 | (guint32) at[2] << 16 | (guint32) at[3] << 24;
}

/* The faults */

static void fault_empty (Image *image) { image->size = 0; }
static void fault_only_system_area (Image *image) { image->size = PVD; }
static void fault_half_descriptor (Image *image) { image->size = PVD + 1000; }
static void fault_no_identifier (Image *image) { image->bytes[PVD + 1] = 'X'; }
static void fault_descriptor_version (Image *image) { image->bytes[PVD + 6] = 2; }
static void fault_only_terminator (Image *image) { image->bytes[PVD] = 255; }

static void
fault_no_primary (Image *image)
{
  for (gsize at = PVD; image->bytes[at] != 255; at += BLOCK)
    image->bytes[at] = 3;
}

static void
fault_endless_descriptors (Image *image)
{
  for (gsize i = 0; i < 60; i++)
    memcpy (image->bytes + PVD + i * BLOCK, "\0CD001\1", 7);
}

static void fault_block_size (Image *image) { image->bytes[PVD + 129] = 4; }
static void fault_volume_size_orders (Image *image) { image->bytes[PVD + 80] ^= 1; }
static void fault_cut_short (Image *image) { image->size -= BLOCK; }
static void fault_cut_in_half (Image *image) { image->size /= 2; }
static void fault_volume_too_large (Image *image) { put_both (image->bytes + PVD + 80, 0xffffffff); }
static void fault_volume_zero (Image *image) { put_both (image->bytes + PVD + 80, 0); }
static void fault_root_outside (Image *image) { put_both (image->bytes + PVD + 156 + 2, 0x7fffffff); }
static void fault_root_huge (Image *image) { put_both (image->bytes + PVD + 156 + 10, ZC_DISC_MAX_FOLDER + BLOCK); }
static void fault_root_beyond_end (Image *image) { put_both (image->bytes + PVD + 156 + 10, 0xfffff800); }
static void fault_root_empty (Image *image) { put_both (image->bytes + PVD + 156 + 10, 0); }
static void fault_root_no_folder (Image *image) { image->bytes[PVD + 156 + 25] = 0; }
static void fault_root_extent_orders (Image *image) { image->bytes[PVD + 156 + 2] ^= 1; }
static void fault_root_is_descriptor (Image *image) { put_both (image->bytes + PVD + 156 + 2, 16); }
static void fault_record_short (Image *image) { record_of (image, "README.TXT")[0] = 33; }
static void fault_name_too_long (Image *image) { record_of (image, "README.TXT")[32] = 255; }
static void fault_name_empty (Image *image) { record_of (image, "README.TXT")[32] = 0; }
static void fault_name_with_slash (Image *image) { record_of (image, "README.TXT")[33 + 2] = '/'; }
static void fault_name_with_zero (Image *image) { record_of (image, "README.TXT")[33] = 0; }
static void fault_name_control (Image *image) { record_of (image, "README.TXT")[33] = 27; }
static void fault_name_version (Image *image) { record_of (image, "README.TXT")[33 + 11] = '2'; }
static void fault_multi_extent (Image *image) { record_of (image, "README.TXT")[25] = 0x80; }
static void fault_associated (Image *image) { record_of (image, "README.TXT")[25] = 0x04; }
static void fault_extended_attributes (Image *image) { record_of (image, "README.TXT")[1] = 1; }
static void fault_interleaved (Image *image) { record_of (image, "README.TXT")[26] = 1; }
static void fault_interleave_gap (Image *image) { record_of (image, "README.TXT")[27] = 1; }
static void fault_extent_outside (Image *image) { put_both (record_of (image, "README.TXT") + 2, 0xfffffff0); }
static void fault_extent_orders (Image *image) { record_of (image, "README.TXT")[2] ^= 1; }
static void fault_size_orders (Image *image) { record_of (image, "README.TXT")[10] ^= 1; }
static void fault_size_beyond_end (Image *image) { put_both (record_of (image, "README.TXT") + 10, 0xffffffff); }

static void
fault_record_crosses_end (Image *image)
{
  gsize start = (gsize) (record_of (image, "SM3SUMS.TXT") - image->bytes) - image->root;

  put_both (image->bytes + PVD + 156 + 10, (guint32) start + 40);
}

static void
fault_same_name_twice (Image *image)
{
  memcpy (record_of (image, "HANDIN.PDF") + 33, "README.TXT", 10);
}

static void
fault_extent_at_last_byte (Image *image)
{
  put_both (record_of (image, "README.TXT") + 2, (guint32) (image->size / BLOCK));
  put_both (record_of (image, "README.TXT") + 10, 1);
}

#define CASE(name, code) { #name, fault_##name, code }

static const struct
{
  const char *name;
  void (*make) (Image *image);
  ZcErrorCode code;
} faults[] = {
  CASE (empty, ZC_ERROR_INVALID),
  CASE (only_system_area, ZC_ERROR_INVALID),
  CASE (half_descriptor, ZC_ERROR_INVALID),
  CASE (no_identifier, ZC_ERROR_INVALID),
  CASE (descriptor_version, ZC_ERROR_INVALID),
  CASE (only_terminator, ZC_ERROR_INVALID),
  CASE (no_primary, ZC_ERROR_INVALID),
  CASE (endless_descriptors, ZC_ERROR_INVALID),
  CASE (block_size, ZC_ERROR_DAMAGED),
  CASE (volume_size_orders, ZC_ERROR_DAMAGED),
  CASE (cut_short, ZC_ERROR_DAMAGED),
  CASE (cut_in_half, ZC_ERROR_DAMAGED),
  CASE (volume_too_large, ZC_ERROR_DAMAGED),
  CASE (volume_zero, ZC_ERROR_DAMAGED),
  CASE (root_outside, ZC_ERROR_DAMAGED),
  CASE (root_huge, ZC_ERROR_LIMIT),
  CASE (root_beyond_end, ZC_ERROR_DAMAGED),
  CASE (root_empty, ZC_ERROR_DAMAGED),
  CASE (root_no_folder, ZC_ERROR_DAMAGED),
  CASE (root_extent_orders, ZC_ERROR_DAMAGED),
  CASE (root_is_descriptor, ZC_ERROR_DAMAGED),
  CASE (record_short, ZC_ERROR_DAMAGED),
  CASE (record_crosses_end, ZC_ERROR_DAMAGED),
  CASE (name_too_long, ZC_ERROR_DAMAGED),
  CASE (name_empty, ZC_ERROR_DAMAGED),
  CASE (name_with_slash, ZC_ERROR_INVALID),
  CASE (name_with_zero, ZC_ERROR_INVALID),
  CASE (name_control, ZC_ERROR_INVALID),
  CASE (name_version, ZC_ERROR_INVALID),
  CASE (multi_extent, ZC_ERROR_INVALID),
  CASE (associated, ZC_ERROR_INVALID),
  CASE (extended_attributes, ZC_ERROR_INVALID),
  CASE (interleaved, ZC_ERROR_INVALID),
  CASE (interleave_gap, ZC_ERROR_INVALID),
  CASE (extent_outside, ZC_ERROR_DAMAGED),
  CASE (extent_orders, ZC_ERROR_DAMAGED),
  CASE (size_orders, ZC_ERROR_DAMAGED),
  CASE (size_beyond_end, ZC_ERROR_DAMAGED),
  CASE (same_name_twice, ZC_ERROR_DAMAGED),
  CASE (extent_at_last_byte, ZC_ERROR_DAMAGED),
};

static GBytes *good;

static void
make_good (void)
{
  TestStream stream = { .fail_after = -1, .size = 100000 };
  g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.iso", NULL);
  g_autoptr (ZcDiscResult) result = NULL;

  zc_disc_spec_set_part_limit (spec, 60000);
  result = test_write (spec, path);
  good = test_bytes_of (path);
  test_folder_free (folder);
}

static void
image_init (Image *image)
{
  image->size = g_bytes_get_size (good);
  image->bytes = g_memdup2 (g_bytes_get_data (good, NULL), image->size);
  image->root = (gsize) get (image->bytes + PVD + 156 + 2) * BLOCK;
}

static ZcDiscReader *
open_image (Image *image, GError **error)
{
  /* A copy of the exact size, so that a sanitizer sees every step beyond it. */
  g_autoptr (GBytes) bytes = g_bytes_new (image->bytes, image->size);
  g_autoptr (ZcSource) source = zc_source_new_bytes (bytes);

  return zc_disc_reader_new (source, "a.iso", error);
}

static void
test_fault (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  Image image;

  image_init (&image);
  faults[i].make (&image);
  test_assert_fails (open_image (&image, &error), error, faults[i].code);
  g_free (image.bytes);
}

static void
test_too_many_files (void)
{
  g_autofree guint8 *bytes = g_malloc0 (400 * BLOCK);
  g_autoptr (GError) error = NULL;
  Image image = { bytes, 400 * BLOCK, 20 * BLOCK };
  gsize at = image.root;

  memcpy (bytes + PVD, "\1CD001\1", 7);
  put_both (bytes + PVD + 80, 400);
  bytes[PVD + 129] = BLOCK >> 8;
  bytes[PVD + 156 + 25] = 2;
  put_both (bytes + PVD + 156 + 2, 20);
  put_both (bytes + PVD + 156 + 10, 100 * BLOCK);
  for (guint i = 0; i <= ZC_DISC_MAX_ENTRIES; i++)
    {
      if (at % BLOCK + 40 > BLOCK)
        at += BLOCK - at % BLOCK;
      bytes[at] = 40;
      bytes[at + 32] = 5;
      g_snprintf ((char *) bytes + at + 33, 6, "F%04u", i);
      at += 40;
    }
  test_assert_fails (open_image (&image, &error), error, ZC_ERROR_LIMIT);
}

/* Any byte of the two lists' structure may be anything: no crash, and what is found lies inside. */
static void
test_random_bytes (void)
{
  for (guint seed = 0; seed < 4000; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (ZcDiscReader) reader = NULL;
      Image image;

      image_init (&image);
      for (guint i = g_rand_int_range (rand, 1, 6); i > 0; i--)
        {
          gsize base = g_rand_boolean (rand) ? PVD : image.root;

          image.bytes[base + (gsize) g_rand_int_range (rand, 0, 900)] = (guint8) g_rand_int_range (rand, 0, 256);
        }
      reader = open_image (&image, NULL);
      for (guint i = 0; reader && i < zc_disc_reader_entries (reader)->len; i++)
        {
          const ZcDiscEntry *entry = zc_disc_reader_entries (reader)->pdata[i];

          g_assert_cmpuint (entry->offset + entry->size, <=, zc_disc_reader_size (reader));
        }
      if (reader && zc_disc_reader_check (reader, NULL, NULL))
        g_assert_cmpuint (zc_disc_reader_size (reader), <=, image.size);
      g_free (image.bytes);
    }
}

/* What the digests find: a changed byte anywhere in any file, a file that is missing, one that was added, a
 * broken list. */

static void
change_content (Image *image, const char *name, const char *with)
{
  guint8 *record = record_of (image, name);
  guint8 *content = image->bytes + (gsize) get (record + 2) * BLOCK;

  if (with)
    memcpy (content, with, strlen (with));
  else
    content[get (record + 10) - 1] ^= 0x20;
}

static void break_readme (Image *image) { change_content (image, "README.TXT", NULL); }
static void break_sheet (Image *image) { change_content (image, "HANDIN.PDF", NULL); }
static void break_part (Image *image) { change_content (image, "PACKAGE.002", NULL); }
static void break_sm3_list (Image *image) { change_content (image, "SM3SUMS.TXT", NULL); }
static void break_list_end (Image *image) { change_content (image, "SHA256SUMS.TXT", NULL); }
static void break_list_digits (Image *image) { change_content (image, "SHA256SUMS.TXT", "XY"); }
static void break_list_upper (Image *image) { change_content (image, "SHA256SUMS.TXT", "ABCDEF"); }
static void
break_list_zero (Image *image)
{
  image->bytes[(gsize) get (record_of (image, "SHA256SUMS.TXT") + 2) * BLOCK] = 0;
}
static void break_other_digest (Image *image) { change_content (image, "SHA256SUMS.TXT", "0000000000"); }
static void break_list_gone (Image *image) { memcpy (record_of (image, "SHA256SUMS.TXT") + 33, "SHA512", 6); }
static void break_renamed (Image *image) { memcpy (record_of (image, "README.TXT") + 33, "READYOU", 7); }
static void break_two_notes (Image *image) { memcpy (record_of (image, "README.TXT") + 33, "DISC1OF2.T", 10); }

static const struct
{
  const char *name;
  void (*make) (Image *image);
  ZcErrorCode code;
} changes[] = {
  { "readme", break_readme, ZC_ERROR_DAMAGED },
  { "sheet", break_sheet, ZC_ERROR_DAMAGED },
  { "part", break_part, ZC_ERROR_DAMAGED },
  { "sm3-list", break_sm3_list, ZC_ERROR_DAMAGED },
  { "list-end", break_list_end, ZC_ERROR_DAMAGED },
  { "list-digits", break_list_digits, ZC_ERROR_DAMAGED },
  { "list-upper", break_list_upper, ZC_ERROR_DAMAGED },
  { "list-zero", break_list_zero, ZC_ERROR_DAMAGED },
  { "other-digest", break_other_digest, ZC_ERROR_DAMAGED },
  { "list-gone", break_list_gone, ZC_ERROR_INVALID },
  { "renamed", break_renamed, ZC_ERROR_DAMAGED },
  { "foreign-note", break_two_notes, ZC_ERROR_DAMAGED },
};

static void
test_changed (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDiscReader) reader = NULL;
  Image image;

  image_init (&image);
  changes[i].make (&image);
  reader = open_image (&image, &error);
  g_assert_no_error (error);
  test_assert_fails (zc_disc_reader_check (reader, NULL, &error), error, changes[i].code);
  g_free (image.bytes);
}

static void
test_missing_part (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDiscReader) reader = NULL;
  Image image;

  image_init (&image);
  memcpy (record_of (&image, "PACKAGE.002") + 33, "PACKAGE.009", 11);
  reader = open_image (&image, &error);
  g_assert_no_error (error);
  test_assert_fails (zc_disc_join (&reader, 1, "PACKAGE.ZCP", &error), error, ZC_ERROR_DAMAGED);
  g_clear_error (&error);
  test_assert_fails (zc_disc_reader_file (reader, "PACKAGE.002", &error), error, ZC_ERROR_INVALID);
  g_clear_error (&error);
  test_assert_fails (zc_disc_join (&reader, 1, "OTHER.ZCP", &error), error, ZC_ERROR_INVALID);
  g_free (image.bytes);
}

static void
test_part_of_wrong_size (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDiscReader) reader = NULL;
  guint8 *first, *second;
  Image image;

  image_init (&image);
  first = record_of (&image, "PACKAGE.001");
  second = record_of (&image, "PACKAGE.002");
  put_both (second + 10, get (first + 10) + 1);
  reader = open_image (&image, &error);
  g_assert_no_error (error);
  test_assert_fails (zc_disc_join (&reader, 1, "PACKAGE.ZCP", &error), error, ZC_ERROR_DAMAGED);
  g_free (image.bytes);
}

static void
test_paths (void)
{
  char *folder = test_folder_new ();
  g_autofree char *text = g_build_filename (folder, "a.txt", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.iso", NULL);
  g_autofree char *link = g_build_filename (folder, "link.iso", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (text, "hello", 5, NULL));
  g_assert_cmpint (symlink (text, link), ==, 0);
  test_assert_fails (zc_disc_reader_open (text, &error), error, ZC_ERROR_INVALID);
  g_clear_error (&error);
  test_assert_fails (zc_disc_reader_open (missing, &error), error, ZC_ERROR_IO);
  g_clear_error (&error);
  test_assert_fails (zc_disc_reader_open (folder, &error), error, ZC_ERROR_INVALID);
  g_clear_error (&error);
  test_assert_fails (zc_disc_reader_open (link, &error), error, ZC_ERROR_INVALID);
  g_clear_error (&error);
  test_assert_fails (zc_disc_reader_open ("/dev/null", &error), error, ZC_ERROR_INVALID);
  test_folder_free (folder);
}

static void
test_check_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ZcProgress progress = { NULL, NULL, cancellable };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDiscReader) reader = NULL;
  Image image;

  image_init (&image);
  reader = open_image (&image, &error);
  g_assert_true (zc_disc_reader_check (reader, &progress, &error));
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  test_assert_fails (zc_disc_reader_check (reader, &progress, &error), error, ZC_ERROR_CANCELLED);
  g_free (image.bytes);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  make_good ();
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/disc/reader/fault/%s", faults[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_fault);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/disc/reader/changed/%s", changes[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_changed);
    }
  g_test_add_func ("/disc/reader/too-many-files", test_too_many_files);
  g_test_add_func ("/disc/reader/random-bytes", test_random_bytes);
  g_test_add_func ("/disc/reader/missing-part", test_missing_part);
  g_test_add_func ("/disc/reader/part-of-wrong-size", test_part_of_wrong_size);
  g_test_add_func ("/disc/reader/paths", test_paths);
  g_test_add_func ("/disc/reader/check-cancelled", test_check_cancelled);
  status = g_test_run ();
  g_bytes_unref (good);
  return status;
}
