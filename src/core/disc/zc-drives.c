/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-drives.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

static void
drive_free (gpointer data)
{
  ZcDrive *drive = data;

  g_free (drive->address);
  g_free (drive->name);
  g_free (drive);
}

static int
compare_drives (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(ZcDrive *const *) a)->address, (*(ZcDrive *const *) b)->address);
}

static gboolean
is_drive_name (const char *name)
{
  return g_str_has_prefix (name, "sr") && name[2] && strspn (name + 2, "0123456789") == strlen (name + 2);
}

/* A one-line file of sysfs without the blanks around it; "" if it cannot be read. */
static char *
read_attribute (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, "device", name, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_utf8_validate (text, -1, NULL))
    return g_strdup ("");
  return g_strdup (g_strstrip (text));
}

/* The column of drive @name in the kernel's table, whose first line with values is "drive name: sr1 sr0"; -1
 * if none. */
static int
find_column (char **lines, const char *name)
{
  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], "drive name:"))
      {
        g_auto (GStrv) words = g_strsplit_set (lines[i] + strlen ("drive name:"), " \t", -1);
        int column = 0;

        for (guint j = 0; words[j]; j++)
          if (*words[j] && g_str_equal (words[j], name))
            return column;
          else
            column += *words[j] != 0;
      }
  return -1;
}

static gboolean
column_says_yes (const char *line, int column)
{
  g_auto (GStrv) words = g_strsplit_set (strchr (line, ':') + 1, " \t", -1);

  for (guint i = 0; words[i]; i++)
    if (*words[i] && column-- == 0)
      return g_str_equal (words[i], "1");
  return FALSE;
}

/* What the kernel does not tell is not held against the drive: libburn will know. */
static gboolean
can_write (const char *root, const char *name)
{
  g_autofree char *path = g_build_filename (root, "proc/sys/dev/cdrom/info", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int column;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return TRUE;
  lines = g_strsplit (text, "\n", -1);
  column = find_column (lines, name);
  if (column < 0)
    return TRUE;
  for (guint i = 0; lines[i]; i++)
    if ((g_str_has_prefix (lines[i], "Can write CD-R:") || g_str_has_prefix (lines[i], "Can write DVD-R:")) &&
        column_says_yes (lines[i], column))
      return TRUE;
  return FALSE;
}

static ZcDrive *
drive_new (const char *root, const char *blocks, const char *name)
{
  g_autofree char *folder = g_build_filename (blocks, name, NULL);
  g_autofree char *device = g_build_filename (root, "dev", name, NULL);
  g_autofree char *vendor = read_attribute (folder, "vendor");
  g_autofree char *model = read_attribute (folder, "model");
  ZcDrive *drive = g_new0 (ZcDrive, 1);

  drive->address = g_build_filename ("/dev", name, NULL);
  drive->name = g_strstrip (g_strdup_printf ("%s %s", vendor, model));
  drive->can_write = can_write (root, name);
  drive->permitted = faccessat (AT_FDCWD, device, R_OK | W_OK, AT_EACCESS) == 0;
  return drive;
}

GPtrArray *
zc_drives_list (const char *root, GError **error)
{
  g_autoptr (GPtrArray) drives = g_ptr_array_new_with_free_func (drive_free);
  g_autofree char *blocks = g_build_filename (root ? root : "/", "sys/block", NULL);
  g_autoptr (GDir) dir = g_dir_open (blocks, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (is_drive_name (name))
      g_ptr_array_add (drives, drive_new (root ? root : "/", blocks, name));
  if (drives->len == 0)
    return zc_fail_null (
        error, ZC_ERROR_DEVICE,
        _("This computer has no optical drive. Connect one, or save the disc image and burn it elsewhere."));
  g_ptr_array_sort (drives, compare_drives);
  return g_steal_pointer (&drives);
}

gboolean
zc_drive_check (const ZcDrive *drive, GError **error)
{
  if (!drive->permitted)
    return zc_fail (
        error, ZC_ERROR_DEVICE,
        _("You have no permission to use the drive %s. Ask the administrator of this computer to admit you, "
          "usually to the group “cdrom”."),
        drive->address);
  if (!drive->can_write)
    return zc_fail (error, ZC_ERROR_DEVICE,
                    _("The drive %s can only read discs. Use one that can burn them."), drive->address);
  return TRUE;
}

gboolean
zc_drives_sandboxed (const char *root)
{
  g_autofree char *path = g_build_filename (root ? root : "/", ".flatpak-info", NULL);
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_auto (GStrv) devices = NULL;

  if (!g_key_file_load_from_file (info, path, G_KEY_FILE_NONE, NULL))
    return FALSE;
  devices = g_key_file_get_string_list (info, "Context", "devices", NULL, NULL);
  return !devices || !g_strv_contains ((const char *const *) devices, "all");
}
