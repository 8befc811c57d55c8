/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-source.h"

#include "base/zc-fd.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _ZcSource
{
  gatomicrefcount refs;
  guint64 size;
  ZcSourceRead read;
  gpointer data;
  GDestroyNotify destroy;
};

ZcSource *
zc_source_new (guint64 size, ZcSourceRead read, gpointer data, GDestroyNotify destroy)
{
  ZcSource *self = g_new0 (ZcSource, 1);

  g_atomic_ref_count_init (&self->refs);
  self->size = size;
  self->read = read;
  self->data = data;
  self->destroy = destroy;
  return self;
}

ZcSource *
zc_source_ref (ZcSource *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
zc_source_unref (ZcSource *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->destroy)
    self->destroy (self->data);
  g_free (self);
}

guint64
zc_source_size (ZcSource *self)
{
  return self->size;
}

gboolean
zc_source_read (ZcSource *self, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  if (offset > self->size || size > self->size - offset)
    return zc_fail (error, ZC_ERROR_DAMAGED, _("The file ends too early: it was cut short."));
  return size == 0 || self->read (self->data, offset, buffer, size, error);
}

GBytes *
zc_source_read_all (ZcSource *self, gsize limit, GError **error)
{
  g_autofree char *buffer = NULL;

  if (self->size > limit)
    return zc_fail_null (error, ZC_ERROR_LIMIT, _("The file is too large: it may have at most %zu bytes."),
                         limit);
  buffer = g_malloc (self->size + 1);
  if (!zc_source_read (self, 0, buffer, self->size, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&buffer), self->size);
}

/* A file */

typedef struct
{
  int fd;
  char *path;
} FileData;

static gboolean
read_at (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  FileData *file = data;
  gssize n = zc_fd_read_at (file->fd, offset, buffer, size);

  if (n < 0)
    return zc_fail_errno (error, errno, _("Cannot read “%s”."), file->path);
  if ((gsize) n < size)
    return zc_fail (error, ZC_ERROR_IO, _("“%s” became shorter while it was read."), file->path);
  return TRUE;
}

static void
file_data_free (gpointer data)
{
  FileData *file = data;

  close (file->fd);
  g_free (file->path);
  g_free (file);
}

static const char *
kind_sentence (mode_t mode)
{
  if (S_ISDIR (mode))
    return _("“%s” is a folder. Choose a file.");
  if (S_ISLNK (mode))
    return _("“%s” is a symbolic link. Choose the file it points to.");
  return _("“%s” is not a regular file (a device, pipe or socket). Choose a file.");
}

int
zc_open_regular (const char *path, guint64 *size, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  struct stat st;
  int fd;

  /* The look before opening keeps us from waking a device; the one after it is the one that counts. */
  if (lstat (path, &st) < 0)
    {
      zc_fail_errno (error, errno, _("Cannot read “%s”."), shown);
      return -1;
    }
  fd = S_ISREG (st.st_mode) ? open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
  if (S_ISREG (st.st_mode) && fd < 0)
    {
      zc_fail_errno (error, errno, _("Cannot read “%s”."), shown);
      return -1;
    }
  if (fd < 0 || fstat (fd, &st) < 0 || !S_ISREG (st.st_mode))
    {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      zc_fail (error, ZC_ERROR_INVALID, kind_sentence (st.st_mode), shown);
#pragma GCC diagnostic pop
      if (fd >= 0)
        close (fd);
      return -1;
    }
  if (size)
    *size = (guint64) st.st_size;
  return fd;
}

ZcSource *
zc_source_new_file (const char *path, GError **error)
{
  guint64 size = 0;
  int fd = zc_open_regular (path, &size, error);
  FileData *file;

  if (fd < 0)
    return NULL;
  file = g_new0 (FileData, 1);
  file->fd = fd;
  file->path = g_filename_display_name (path);
  return zc_source_new (size, read_at, file, file_data_free);
}

GBytes *
zc_read_file (const char *path, gsize limit, GError **error)
{
  g_autoptr (ZcSource) source = zc_source_new_file (path, error);
  g_autofree char *shown = g_filename_display_name (path);

  if (!source)
    return NULL;
  if (source->size > limit)
    return zc_fail_null (error, ZC_ERROR_LIMIT, _("“%s” is too large: it may have at most %zu bytes."), shown,
                         limit);
  return zc_source_read_all (source, limit, error);
}

/* Memory */

static gboolean
read_bytes (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  memcpy (buffer, (const char *) g_bytes_get_data (data, NULL) + offset, size);
  return TRUE;
}

ZcSource *
zc_source_new_bytes (GBytes *bytes)
{
  return zc_source_new (g_bytes_get_size (bytes), read_bytes, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
}

/* A part of another source */

typedef struct
{
  ZcSource *parent;
  guint64 offset;
} SliceData;

static gboolean
read_slice (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  SliceData *slice = data;

  return zc_source_read (slice->parent, slice->offset + offset, buffer, size, error);
}

static void
slice_data_free (gpointer data)
{
  SliceData *slice = data;

  zc_source_unref (slice->parent);
  g_free (slice);
}

ZcSource *
zc_source_new_slice (ZcSource *parent, guint64 offset, guint64 size)
{
  SliceData *slice;

  g_return_val_if_fail (offset <= parent->size && size <= parent->size - offset, NULL);

  slice = g_new0 (SliceData, 1);
  slice->parent = zc_source_ref (parent);
  slice->offset = offset;
  return zc_source_new (size, read_slice, slice, slice_data_free);
}

/* Several sources end to end */

static gboolean
read_concat (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  GPtrArray *parts = data;
  char *at = buffer;

  for (guint i = 0; i < parts->len && size > 0; i++)
    {
      ZcSource *part = parts->pdata[i];
      gsize n;

      if (offset >= part->size)
        {
          offset -= part->size;
          continue;
        }
      n = MIN (size, part->size - offset);
      if (!zc_source_read (part, offset, at, n, error))
        return FALSE;
      at += n;
      size -= n;
      offset = 0;
    }
  return TRUE;
}

ZcSource *
zc_source_new_concat (ZcSource **sources, guint n)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_source_unref);
  guint64 size = 0;

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (parts, zc_source_ref (sources[i]));
      size += sources[i]->size;
    }
  return zc_source_new (size, read_concat, parts, (GDestroyNotify) g_ptr_array_unref);
}
