/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-output.h"

#include "base/zc-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _ZcOutput
{
  char *path;
  char *temporary; /* NULL once committed */
  guint64 written; /* by zc_output_write() */
  int fd;
};

ZcOutput *
zc_output_open (const char *path, GError **error)
{
  g_autoptr (ZcOutput) self = g_new0 (ZcOutput, 1);
  g_autofree char *folder = g_path_get_dirname (path);

  self->path = g_strdup (path);
  self->temporary = g_build_filename (folder, ".zicha-XXXXXX.partial", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      int saved = errno;

      g_clear_pointer (&self->temporary, g_free);
      zc_fail_errno (error, saved, _("Cannot write “%s”."), path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

int
zc_output_fd (ZcOutput *self)
{
  return self->fd;
}

gboolean
zc_output_write_at (ZcOutput *self, guint64 offset, gconstpointer data, gsize size, GError **error)
{
  return zc_fd_write_at (self->fd, offset, data, size)
         || zc_fail_errno (error, errno, _("Cannot write “%s”."), self->path);
}

gboolean
zc_output_write (ZcOutput *self, gconstpointer data, gsize size, GError **error)
{
  if (!zc_output_write_at (self, self->written, data, size, error))
    return FALSE;
  self->written += size;
  return TRUE;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  /* Some file systems cannot sync a folder; the file itself is safe by then. */
  if (fd >= 0)
    {
      (void) fsync (fd);
      close (fd);
    }
}

gboolean
zc_output_commit (ZcOutput *self, GError **error)
{
  if (fsync (self->fd) < 0 || g_rename (self->temporary, self->path) < 0)
    return zc_fail_errno (error, errno, _("Cannot write “%s”."), self->path);
  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self->path);
  return TRUE;
}

void
zc_output_free (ZcOutput *self)
{
  if (!self)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

gboolean
zc_output_write_file (const char *path, gconstpointer data, gsize size, GError **error)
{
  g_autoptr (ZcOutput) output = zc_output_open (path, error);

  return output && zc_output_write (output, data, size, error) && zc_output_commit (output, error);
}
