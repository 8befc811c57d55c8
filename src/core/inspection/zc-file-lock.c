/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-file-lock.h"

#include "base/zc-source.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* SQLite locks the 512 bytes from 1 GiB on; this is the one behind them. */
#define LOCK_OFFSET ((off_t) 0x40000200)

typedef struct
{
  dev_t device;
  ino_t inode;
  guint users;
  GArray *leftovers; /* descriptors that wait for the last user */
} Inode;

struct _ZcFileLock
{
  Inode *inode;
  int fd;
  gboolean held;
};

static GMutex table_mutex;
static GPtrArray *table; /* of Inode: those open now, a handful */

static Inode *
use_inode (const struct stat *st)
{
  Inode *inode = NULL;

  g_mutex_lock (&table_mutex);
  if (!table)
    table = g_ptr_array_new ();
  for (guint i = 0; i < table->len && !inode; i++)
    {
      Inode *other = table->pdata[i];

      if (other->device == st->st_dev && other->inode == st->st_ino)
        inode = other;
    }
  if (!inode)
    {
      inode = g_new0 (Inode, 1);
      inode->device = st->st_dev;
      inode->inode = st->st_ino;
      inode->leftovers = g_array_new (FALSE, FALSE, sizeof (int));
      g_ptr_array_add (table, inode);
    }
  inode->users++;
  g_mutex_unlock (&table_mutex);
  return inode;
}

static void
leave_inode (Inode *inode, int fd)
{
  g_mutex_lock (&table_mutex);
  g_array_append_val (inode->leftovers, fd);
  if (--inode->users == 0)
    {
      for (guint i = 0; i < inode->leftovers->len; i++)
        close (g_array_index (inode->leftovers, int, i));
      g_array_unref (inode->leftovers);
      g_ptr_array_remove_fast (table, inode);
      g_free (inode);
    }
  if (table->len == 0)
    g_clear_pointer (&table, g_ptr_array_unref);
  g_mutex_unlock (&table_mutex);
}

static gboolean
is_refusal (int code)
{
  return code == EACCES || code == EPERM || code == EROFS || code == ETXTBSY;
}

/* What is not a regular file is described by the one function that knows how. */
static gboolean
check_regular (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  struct stat st;
  int fd;

  if (lstat (path, &st) < 0)
    return zc_fail_errno (error, errno, _("Cannot open “%s”."), shown);
  if (S_ISREG (st.st_mode))
    return TRUE;
  fd = zc_open_regular (path, NULL, error);
  if (fd < 0)
    return FALSE;
  close (fd);
  return zc_fail (error, ZC_ERROR_IO, _("“%s” changed while it was opened. Try again."), shown);
}

ZcFileLock *
zc_file_lock_open (const char *path, gboolean writing, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  ZcFileLock *self;
  struct stat st;
  int fd;

  if (!check_regular (path, error))
    return NULL;
  fd = open (path, (writing ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    {
      if (writing && is_refusal (errno))
        return zc_fail_null (
            error, ZC_ERROR_READ_ONLY,
            _("“%s” may not be written. Open it for reading only, or copy it to a folder of your own."),
            shown);
      zc_fail_errno (error, errno, _("Cannot open “%s”."), shown);
      return NULL;
    }
  if (fstat (fd, &st) < 0 || !S_ISREG (st.st_mode))
    {
      close (fd);
      return zc_fail_null (error, ZC_ERROR_IO, _("“%s” changed while it was opened. Try again."), shown);
    }

  self = g_new0 (ZcFileLock, 1);
  self->fd = fd;
  self->inode = use_inode (&st);
  return self;
}

gboolean
zc_file_lock_take (ZcFileLock *self, const char *path, GError **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_OFFSET, .l_len = 1 };
  g_autofree char *shown = g_filename_display_name (path);

  if (fcntl (self->fd, F_OFD_SETLK, &lock) == 0)
    {
      self->held = TRUE;
      return TRUE;
    }
  if (errno == EAGAIN || errno == EACCES)
    return zc_fail (error, ZC_ERROR_BUSY,
                    _("“%s” is already open in another window or program. Close it there first."), shown);
  return zc_fail_errno (error, errno, _("“%s” cannot be locked where it is; copy it to a local disk."),
                        shown);
}

gboolean
zc_file_lock_is_taken (ZcFileLock *self)
{
  struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = LOCK_OFFSET, .l_len = 1 };

  return fcntl (self->fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

gboolean
zc_file_lock_is_file (ZcFileLock *self, const char *path)
{
  struct stat st;

  return stat (path, &st) == 0 && st.st_dev == self->inode->device && st.st_ino == self->inode->inode;
}

int
zc_file_lock_fd (ZcFileLock *self)
{
  return self->fd;
}

void
zc_file_lock_free (ZcFileLock *self)
{
  struct flock lock = { .l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = LOCK_OFFSET, .l_len = 1 };

  if (!self)
    return;
  if (self->held)
    (void) fcntl (self->fd, F_OFD_SETLK, &lock);
  leave_inode (self->inode, self->fd);
  g_free (self);
}
