/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-testing.h"

#include "disc/zc-drives.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

static const char kernel_table[] = "CD-ROM information, Id: cdrom.c 3.20 2003/12/17\n\n"
                                   "drive name:\t\tsr1\tsr0\n"
                                   "drive speed:\t\t48\t24\n"
                                   "Can write CD-R:\t\t0\t1\n"
                                   "Can write CD-RW:\t0\t1\n"
                                   "Can write DVD-R:\t0\t1\n\n";

static void
put (const char *root, const char *path, const char *content)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_assert_true (g_file_set_contents (full, content, -1, NULL));
}

static char *
root_new (void)
{
  char *root = test_folder_new ();

  put (root, "proc/sys/dev/cdrom/info", kernel_table);
  put (root, "sys/block/sr0/device/vendor", "HL-DT-ST\n");
  put (root, "sys/block/sr0/device/model", "DVDRAM GP65NB60 \n");
  put (root, "sys/block/sr1/device/vendor", "QEMU    \n");
  put (root, "sys/block/sr1/device/model", "DVD-ROM\n");
  put (root, "sys/block/sda/device/vendor", "ATA\n");
  put (root, "sys/block/srx/device/vendor", "X\n");
  put (root, "dev/sr0", "");
  put (root, "dev/sr1", "");
  return root;
}

static void
test_list (void)
{
  char *root = root_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drives = zc_drives_list (root, &error);
  const ZcDrive *drive;

  g_assert_no_error (error);
  g_assert_cmpuint (drives->len, ==, 2);
  drive = drives->pdata[0];
  g_assert_cmpstr (drive->address, ==, "/dev/sr0");
  g_assert_cmpstr (drive->name, ==, "HL-DT-ST DVDRAM GP65NB60");
  g_assert_true (drive->can_write);
  g_assert_true (drive->permitted);
  g_assert_true (zc_drive_check (drive, &error));
  drive = drives->pdata[1];
  g_assert_cmpstr (drive->address, ==, "/dev/sr1");
  g_assert_cmpstr (drive->name, ==, "QEMU DVD-ROM");
  g_assert_false (drive->can_write);
  test_assert_fails (zc_drive_check (drive, &error), error, ZC_ERROR_DEVICE);
  g_assert_nonnull (strstr (error->message, "only read"));
  test_folder_free (root);
}

static void
test_none (void)
{
  char *root = test_folder_new ();
  g_autoptr (GError) error = NULL;

  test_assert_fails (zc_drives_list (root, &error), error, ZC_ERROR_DEVICE);
  g_assert_nonnull (strstr (error->message, "has no optical drive"));
  put (root, "sys/block/sda/device/vendor", "ATA\n");
  g_clear_error (&error);
  test_assert_fails (zc_drives_list (root, &error), error, ZC_ERROR_DEVICE);
  test_folder_free (root);
}

/* As a user who may not: root may everything, so it steps down for the look. */
static void
test_no_permission (void)
{
  char *root = root_new ();
  g_autofree char *device = g_build_filename (root, "dev/sr0", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drives = NULL;
  gboolean is_root = geteuid () == 0;

  g_assert_cmpint (chmod (root, 0755), ==, 0);
  g_assert_cmpint (chmod (device, is_root ? 0640 : 0440), ==, 0);
  if (is_root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  drives = zc_drives_list (root, &error);
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_no_error (error);
  g_assert_false (((ZcDrive *) drives->pdata[0])->permitted);
  test_assert_fails (zc_drive_check (drives->pdata[0], &error), error, ZC_ERROR_DEVICE);
  g_assert_nonnull (strstr (error->message, "no permission"));
  test_folder_free (root);
}

/* A kernel that tells less, or nonsense, costs nothing but names. */
static void
test_odd_kernel (void)
{
  static const char *const tables[] = { "", "drive name:\n", "drive name:\t\tsr7\nCan write CD-R:\t1\n", "\xff\xfe\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      char *root = root_new ();
      g_autoptr (GPtrArray) drives = NULL;

      put (root, "proc/sys/dev/cdrom/info", tables[i]);
      put (root, "sys/block/sr0/device/vendor", "\xff\xfe");
      drives = zc_drives_list (root, NULL);
      g_assert_cmpuint (drives->len, ==, 2);
      g_assert_cmpstr (((ZcDrive *) drives->pdata[0])->name, ==, "DVDRAM GP65NB60");
      g_assert_true (((ZcDrive *) drives->pdata[0])->can_write);
      test_folder_free (root);
    }
  {
    char *root = root_new ();
    g_autoptr (GPtrArray) drives = NULL;

    put (root, "proc/sys/dev/cdrom/info", "drive name:\t\tsr0\tsr1\nCan write CD-R:\nCan write DVD-R:\t1\n");
    drives = zc_drives_list (root, NULL);
    g_assert_true (((ZcDrive *) drives->pdata[0])->can_write);
    g_assert_false (((ZcDrive *) drives->pdata[1])->can_write);
    test_folder_free (root);
  }
}

static void
test_sandboxed (void)
{
  char *root = test_folder_new ();

  g_assert_false (zc_drives_sandboxed (root));
  put (root, ".flatpak-info", "[Application]\nname=x\n");
  g_assert_true (zc_drives_sandboxed (root));
  put (root, ".flatpak-info", "[Context]\ndevices=dri;\n");
  g_assert_true (zc_drives_sandboxed (root));
  put (root, ".flatpak-info", "[Context]\ndevices=dri;all;\n");
  g_assert_false (zc_drives_sandboxed (root));
  test_folder_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/drives/list", test_list);
  g_test_add_func ("/disc/drives/none", test_none);
  g_test_add_func ("/disc/drives/no-permission", test_no_permission);
  g_test_add_func ("/disc/drives/odd-kernel", test_odd_kernel);
  g_test_add_func ("/disc/drives/sandboxed", test_sandboxed);
  return g_test_run ();
}
