/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-package-private.h"

#include "base/zc-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Everything is written into a folder beside the target, by descriptors, under names that
 * zc_member_name_is_valid(); one rename makes it appear. Until then an error leaves nothing behind. */

typedef struct
{
  char *shown;  /* the target, for messages */
  char *target; /* its last part */
  char staging[32];
  int parent;    /* descriptor of the folder that holds both */
  int root;      /* of the staging folder */
  int folder;    /* of the folder of the current file; root for the root */
  char *name;    /* of that folder; NULL for the root */
  int file;      /* the current one */
  guint64 written; /* into it */
  gboolean made; /* the staging folder is there */
  ZcPackage *package;
} Extraction;

static gboolean
fail_write (const Extraction *self, int saved_errno, GError **error)
{
  return zc_fail_errno (error, saved_errno, _("Cannot write into “%s”."), self->shown);
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
leave_folder (Extraction *self)
{
  close_fd (&self->folder);
  g_clear_pointer (&self->name, g_free);
}

/* Makes @name's folder the current one, making it if it is new. Returns: the descriptor to open the file
 * under, or -1 */
static int
enter_folder (Extraction *self, const char *name, gsize length)
{
  if (self->name && strlen (self->name) == length && strncmp (self->name, name, length) == 0)
    return self->folder;
  leave_folder (self);
  if (length == 0)
    return self->root;
  self->name = g_strndup (name, length);
  if (mkdirat (self->root, self->name, 0700) < 0 && errno != EEXIST)
    return -1;
  self->folder = openat (self->root, self->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  return self->folder;
}

static gboolean
begin_file (const ZcMember *member, gpointer data, GError **error)
{
  Extraction *self = data;
  const char *name = member ? member->name : ZC_MEMBER_MANIFEST;
  const char *slash = strchr (name, '/');
  int folder = enter_folder (self, name, slash ? (gsize) (slash - name) : 0);

  if (folder < 0)
    return fail_write (self, errno, error);
  self->written = 0;
  self->file =
      openat (folder, slash ? slash + 1 : name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  return self->file >= 0 || fail_write (self, errno, error);
}

static gboolean
write_file (gconstpointer bytes, gsize size, gpointer data, GError **error)
{
  Extraction *self = data;

  if (!zc_fd_write_at (self->file, self->written, bytes, size))
    return fail_write (self, errno, error);
  self->written += size;
  return TRUE;
}

static gboolean
end_file (gpointer data, GError **error)
{
  Extraction *self = data;
  int fd = self->file;

  self->file = -1;
  return close (fd) == 0 || fail_write (self, errno, error);
}

/* Setting up */

static gboolean
open_parent (Extraction *self, const char *folder, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);
  g_autofree char *parent = g_path_get_dirname (absolute);

  self->shown = g_filename_display_name (folder);
  self->target = g_path_get_basename (absolute);
  if (g_str_equal (absolute, "/"))
    return zc_fail (error, ZC_ERROR_USAGE, _("Choose another folder than “/”."));
  self->parent = open (parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return self->parent >= 0 || fail_write (self, errno, error);
}

static gboolean
fail_taken (const Extraction *self, GError **error)
{
  return zc_fail (error, ZC_ERROR_USAGE,
                  _("“%s” is there already and not an empty folder. Choose a new folder."), self->shown);
}

/* Known beforehand what rename() would refuse at the end: it replaces nothing but an empty folder. */
static gboolean
check_target (const Extraction *self, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  g_autofree char *path = NULL;
  struct stat st;

  if (fstatat (self->parent, self->target, &st, AT_SYMLINK_NOFOLLOW) < 0)
    return errno == ENOENT || fail_write (self, errno, error);
  if (!S_ISDIR (st.st_mode))
    return fail_taken (self, error);
  path = g_strdup_printf ("/proc/self/fd/%d/%s", self->parent, self->target);
  dir = g_dir_open (path, 0, NULL);
  return !dir || !g_dir_read_name (dir) || fail_taken (self, error);
}

static gboolean
check_room (const Extraction *self, GError **error)
{
  struct statvfs vfs;

  if (fstatvfs (self->parent, &vfs) == 0 && vfs.f_bavail > 0
      && (guint64) vfs.f_bavail * vfs.f_frsize < self->package->frame->payload_size)
    {
      guint64 padding =
          zc_tar_layout_get (self->package->content, self->package->content->entries->len - 1)->size;

      if ((guint64) vfs.f_bavail * vfs.f_frsize < self->package->frame->payload_size - padding)
        return fail_write (self, ENOSPC, error);
    }
  return TRUE;
}

static gboolean
make_staging (Extraction *self, GError **error)
{
  for (guint attempt = 0; attempt < 100; attempt++)
    {
      guint8 random[6];
      g_autofree char *hex = NULL;

      zc_random (random, sizeof random);
      hex = zc_hex (random, sizeof random);
      g_snprintf (self->staging, sizeof self->staging, ".zicha-%s.partial", hex);
      if (mkdirat (self->parent, self->staging, 0700) == 0)
        {
          self->made = TRUE;
          self->root = openat (self->parent, self->staging, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
          return self->root >= 0 || fail_write (self, errno, error);
        }
      if (errno != EEXIST)
        break;
    }
  return fail_write (self, errno, error);
}

/* Removes exactly what was or could have been written. */
static void
remove_staging (Extraction *self)
{
  GPtrArray *members = self->package->members;

  for (guint i = 0; self->root >= 0 && i < members->len; i++)
    (void) unlinkat (self->root, ((ZcMember *) members->pdata[i])->name, 0);
  for (guint i = 0; self->root >= 0 && i < members->len; i++)
    {
      const char *name = ((ZcMember *) members->pdata[i])->name;
      const char *slash = strchr (name, '/');
      g_autofree char *folder = slash ? g_strndup (name, (gsize) (slash - name)) : NULL;

      if (folder)
        (void) unlinkat (self->root, folder, AT_REMOVEDIR);
    }
  if (self->root >= 0)
    (void) unlinkat (self->root, ZC_MEMBER_MANIFEST, 0);
  (void) unlinkat (self->parent, self->staging, AT_REMOVEDIR);
}

static void
extraction_clear (Extraction *self)
{
  close_fd (&self->file);
  leave_folder (self);
  if (self->made)
    remove_staging (self);
  close_fd (&self->root);
  close_fd (&self->parent);
  g_free (self->shown);
  g_free (self->target);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Extraction, extraction_clear)

static gboolean
finish (Extraction *self, GError **error)
{
  /* One sync for all of it: thousands of small files would wait for thousands of single ones. */
  if (syncfs (self->root) < 0)
    return fail_write (self, errno, error);
  if (renameat (self->parent, self->staging, self->parent, self->target) < 0)
    {
      if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
        return fail_taken (self, error);
      return fail_write (self, errno, error);
    }
  self->made = FALSE;
  (void) fsync (self->parent);
  return TRUE;
}

gboolean
zc_package_extract_to_dir (ZcPackage *self, const char *folder, const ZcProgress *progress, GError **error)
{
  g_auto (Extraction) extraction = { .parent = -1, .root = -1, .folder = -1, .file = -1, .package = self };
  ZcPackageSink sink = { begin_file, write_file, end_file, &extraction };

  return open_parent (&extraction, folder, error) && check_target (&extraction, error)
         && check_room (&extraction, error) && make_staging (&extraction, error)
         && zc_package_stream (self, &sink, _("Decrypting"), progress, error) && finish (&extraction, error);
}
