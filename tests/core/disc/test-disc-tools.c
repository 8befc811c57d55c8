/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the office has is not ours: other people's programs must get the same bytes out of an image. */
#include "disc-testing.h"

#include <glib/gstdio.h>
#include <string.h>

/* Commands with %i for the image, %d for the folder to extract to; @one: for each file %f, its bytes on the output. */
static const struct
{
  const char *program;
  const char *all;
  const char *one;
} tools[] = {
  { "bsdtar", "bsdtar -x -f %i -C %d", NULL },
  { "7z", "7z x -bd -y -o%d %i", NULL },
  { "xorriso", "xorriso -osirrox on -indev %i -extract / %d", NULL },
  { "isoinfo", NULL, "isoinfo -i %i -R -x /%f" },
  { "iso-read", "", "iso-read -i %i -e %f -o %d/%f" },
  { "fuseiso", "fuseiso %i %d -o ro", "" },
};

static char *
fill (const char *template, const char *image, const char *folder, const char *file)
{
  GString *command = g_string_new (template);

  g_string_replace (command, "%i", image, 0);
  g_string_replace (command, "%d", folder, 0);
  g_string_replace (command, "%f", file ? file : "", 0);
  return g_string_free (command, FALSE);
}

static gboolean
try (const char *command, const char *folder, char **out, gsize *size)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (g_shell_parse_argv (command, NULL, &argv, &error));
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, NULL, NULL, &bytes, NULL, &error));
  if (!g_subprocess_get_successful (process))
    return FALSE;
  if (out)
    *out = g_bytes_unref_to_data (g_steal_pointer (&bytes), size);
  return TRUE;
}

static void
run (const char *command, const char *folder, char **out, gsize *size)
{
  if (!try (command, folder, out, size))
    g_error ("“%s” failed", command);
}

static void
assert_same (const char *path, ZcSource *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) got = test_bytes_of (path);
  g_autoptr (GBytes) want = zc_source_read_all (expected, G_MAXUINT32, &error);

  g_assert_no_error (error);
  if (!g_bytes_equal (got, want))
    g_error ("“%s” was extracted with other bytes", path);
}

static void
extract_by (gsize tool, const char *image, ZcDiscReader *reader, const char *folder)
{
  const GPtrArray *entries = zc_disc_reader_entries (reader);

  if (tools[tool].all && *tools[tool].all)
    {
      g_autofree char *command = fill (tools[tool].all, image, folder, NULL);

      run (command, folder, NULL, NULL);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const ZcDiscEntry *entry = entries->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *path = g_build_filename (folder, entry->name, NULL);
      g_autoptr (ZcSource) source = zc_disc_reader_file (reader, entry->name, &error);

      if (tools[tool].one && *tools[tool].one)
        {
          g_autofree char *command = fill (tools[tool].one, image, folder, entry->name);
          g_autofree char *out = NULL;
          gsize size = 0;

          run (command, folder, &out, &size);
          if (!strstr (tools[tool].one, "%d"))
            g_assert_true (g_file_set_contents (path, out, (gssize) size, NULL));
        }
      assert_same (path, source);
    }
  g_assert_cmpuint (test_folder_count (folder), ==, entries->len);
}

static void
check_lists (const char *folder)
{
  g_autofree char *list = g_build_filename (folder, ZC_DISC_SHA256SUMS, NULL);
  g_autofree char *list3 = g_build_filename (folder, ZC_DISC_SM3SUMS, NULL);
  g_autofree char *sha256sum = g_find_program_in_path ("sha256sum");
  g_autofree char *cksum = g_find_program_in_path ("cksum");
  g_autofree char *command = g_strdup_printf ("sha256sum --strict --check %s", list);
  g_autofree char *command3 = g_strdup_printf ("cksum --strict --check %s", list3);

  g_assert_nonnull (sha256sum);
  g_assert_nonnull (cksum);
  run (command, folder, NULL, NULL);
  run (command3, folder, NULL, NULL);
}

static void
unmount (const char *folder)
{
  g_autofree char *command = g_strdup_printf ("fusermount -u %s", folder);

  run (command, "/", NULL, NULL);
}

/* Whether images can be mounted here at all, tried with one that is not ours: containers have the device and forbid it. */
static gboolean
mounting_is_allowed (void)
{
  static const char make[] = "genisoimage -quiet -R -o %d/probe.iso %d/file", mount[] = "fuseiso %d/probe.iso %d/mounted -o ro";
  char *folder = test_folder_new ();
  g_autofree char *file = g_build_filename (folder, "file", NULL), *mounted = g_build_filename (folder, "mounted", NULL);
  g_autofree char *make_command = fill (make, "", folder, NULL), *mount_command = fill (mount, "", folder, NULL);
  gboolean allowed;

  g_assert_true (g_file_set_contents (file, "probe", -1, NULL));
  g_assert_cmpint (g_mkdir (mounted, 0700), ==, 0);
  run (make_command, folder, NULL, NULL);
  allowed = try (mount_command, folder, NULL, NULL);
  if (allowed)
    unmount (mounted);
  else
    g_printerr ("disc-tools: MOUNTING IS FORBIDDEN HERE, so fuseiso is not tried; the other programs are\n");
  g_rmdir (mounted);
  test_folder_free (folder);
  return allowed;
}

static void
test_others_extract (gconstpointer data)
{
  TestStream stream = { .fail_after = -1, .size = 1234567 };
  g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
  g_autoptr (ZcDiscResult) result = NULL;
  g_autoptr (ZcDiscReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  char *images = test_folder_new ();
  g_autofree char *image = g_build_filename (images, "a.iso", NULL);
  guint n = 0;

  if (data)
    zc_disc_spec_set_part_limit (spec, 500000);
  result = test_write (spec, image);
  reader = zc_disc_reader_open (image, &error);
  g_assert_no_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      g_autofree char *program = g_find_program_in_path (tools[i].program);
      gboolean is_mount = tools[i].one && !*tools[i].one;
      char *folder;

      if (!program || (is_mount && !mounting_is_allowed ()))
        {
          g_test_message ("%s is not here, or not allowed", tools[i].program);
          continue;
        }
      folder = test_folder_new ();
      extract_by (i, image, reader, folder);
      check_lists (folder);
      if (is_mount)
        unmount (folder);
      test_folder_free (folder);
      g_test_message ("%s extracts the same bytes", tools[i].program);
      n++;
    }
  if (n < 3)
    g_error ("only %u of the programs that extract images are here; at least three are needed", n);
  test_folder_free (images);
}

/* The labels that Linux (plain tree) and Windows (Joliet) show are the same; both trees and Rock Ridge are there. */
static void
test_labels (void)
{
  TestStream stream = { .fail_after = -1, .size = 10 };
  g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.iso", NULL);
  g_autoptr (ZcDiscResult) result = test_write (spec, path);
  g_autoptr (GBytes) bytes = test_bytes_of (path);
  const guint8 *image = g_bytes_get_data (bytes, NULL);
  const guint8 *joliet = image + 17 * 2048;

  g_assert_cmpint (memcmp (image + 16 * 2048 + 40, "MB2600123_1OF1                  ", 32), ==, 0);
  g_assert_cmpuint (joliet[0], ==, 2);
  for (guint i = 0; i < 14; i++)
    {
      g_assert_cmpuint (joliet[40 + 2 * i], ==, 0);
      g_assert_cmpuint (joliet[41 + 2 * i], ==, (guint8) "MB2600123_1OF1"[i]);
    }
  g_assert_nonnull (memmem (image, g_bytes_get_size (bytes), "IEEE_1282", 9));
  test_folder_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/disc/tools/one-file", NULL, test_others_extract);
  g_test_add_data_func ("/disc/tools/parts", "parts", test_others_extract);
  g_test_add_func ("/disc/tools/labels", test_labels);
  return g_test_run ();
}
