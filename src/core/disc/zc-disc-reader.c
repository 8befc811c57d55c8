/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-reader.h"

#include "base/zc-fd.h"
#include "disc/zc-disc-image.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <linux/cdrom.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* ECMA-119: the first descriptor's block, and places in descriptors (8.4) and folder records (9.1). */
#define FIRST_DESCRIPTOR 16
#define MAX_DESCRIPTORS 32
#define DESCRIPTOR_PRIMARY 1
#define DESCRIPTOR_END 255
#define AT_VOLUME_ID 40
#define VOLUME_ID_SIZE 32
#define AT_VOLUME_BLOCKS 80
#define AT_BLOCK_SIZE 128
#define AT_ROOT 156
#define RECORD_MIN 34
#define RECORD_XATTR 1
#define RECORD_EXTENT 2
#define RECORD_SIZE 10
#define RECORD_FLAGS 25
#define RECORD_UNIT 26
#define RECORD_GAP 27
#define RECORD_NAME_LENGTH 32
#define RECORD_NAME 33
#define FLAG_FOLDER 0x02
#define FLAG_ASSOCIATED 0x04
#define FLAG_MORE_EXTENTS 0x80

struct _ZcDiscReader
{
  char *name;
  char *volume_id;
  ZcSource *source;
  guint64 size;
  GPtrArray *entries; /* of ZcDiscEntry */
};

static void
entry_free (gpointer data)
{
  ZcDiscEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static gboolean
fail_damaged (ZcDiscReader *self, GError **error)
{
  return zc_fail (error, ZC_ERROR_DAMAGED, _("“%s” is damaged: its list of files contradicts itself."),
                  self->name);
}

/* A number in both byte orders, which have to agree. */
static gboolean
read_both (const guint8 *at, guint32 *value)
{
  guint32 little = (guint32) at[0] | (guint32) at[1] << 8 | (guint32) at[2] << 16 | (guint32) at[3] << 24;
  guint32 big = (guint32) at[7] | (guint32) at[6] << 8 | (guint32) at[5] << 16 | (guint32) at[4] << 24;

  *value = little;
  return little == big;
}

/* The extent that a record names, in bytes, if it lies inside the volume. */
static gboolean
read_extent (ZcDiscReader *self, const guint8 *record, guint64 *offset, guint64 *size)
{
  guint32 block, bytes;

  if (!read_both (record + RECORD_EXTENT, &block) || !read_both (record + RECORD_SIZE, &bytes))
    return FALSE;
  *offset = (guint64) block * ZC_DISC_BLOCK;
  *size = bytes;
  /* An empty file's place means nothing. */
  if (bytes == 0)
    *offset = 0;
  return *offset <= self->size && *size <= self->size - *offset;
}

static char *
read_volume_id (const guint8 *field)
{
  g_autofree char *id = g_strndup ((const char *) field, VOLUME_ID_SIZE);

  for (char *c = id; *c; c++)
    if (!g_ascii_isprint (*c))
      *c = '_';
  g_strchomp (id);
  return g_steal_pointer (&id);
}

static gboolean
read_primary (ZcDiscReader *self, const guint8 *descriptor, GError **error)
{
  guint32 blocks;
  guint64 stated;

  if (!read_both (descriptor + AT_VOLUME_BLOCKS, &blocks) ||
      descriptor[AT_BLOCK_SIZE] != (ZC_DISC_BLOCK & 0xff) ||
      descriptor[AT_BLOCK_SIZE + 1] != ZC_DISC_BLOCK >> 8)
    return fail_damaged (self, error);
  stated = (guint64) blocks * ZC_DISC_BLOCK;
  if (stated > zc_source_size (self->source))
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("“%s” is incomplete: %" PRIu64 " of %" PRIu64
                       " bytes are there. It was cut short while copying or burning."),
                    self->name, zc_source_size (self->source), stated);
  self->size = stated;
  self->volume_id = read_volume_id (descriptor + AT_VOLUME_ID);
  return TRUE;
}

/* Walks the descriptors until the primary one; @root gets its record of the root folder. */
static gboolean
find_primary (ZcDiscReader *self, guint8 root[RECORD_MIN], GError **error)
{
  for (guint i = 0; i < MAX_DESCRIPTORS; i++)
    {
      guint64 offset = (guint64) (FIRST_DESCRIPTOR + i) * ZC_DISC_BLOCK;
      guint8 block[ZC_DISC_BLOCK];

      if (offset + ZC_DISC_BLOCK > zc_source_size (self->source))
        break;
      if (!zc_source_read (self->source, offset, block, sizeof block, error))
        return FALSE;
      if (memcmp (block + 1, "CD001\1", 6) != 0 || block[0] == DESCRIPTOR_END)
        break;
      if (block[0] == DESCRIPTOR_PRIMARY)
        {
          memcpy (root, block + AT_ROOT, RECORD_MIN);
          return read_primary (self, block, error);
        }
    }
  return zc_fail (error, ZC_ERROR_INVALID, _("“%s” is not a disc image."), self->name);
}

static gboolean
has_entry (ZcDiscReader *self, const char *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_str_equal (((const ZcDiscEntry *) self->entries->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full) (nullable): "NAME.EXT" of "NAME.EXT;1", NULL for a name that no disc of ours has.
 */
static char *
read_name (const guint8 *bytes, guint8 length)
{
  g_autofree char *name = g_strndup ((const char *) bytes, length);
  char *version = strchr (name, ';');

  if (version && !g_str_equal (version, ";1"))
    return NULL;
  if (version)
    *version = 0;
  if (*name == 0 || strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") != strlen (name))
    return NULL;
  return g_steal_pointer (&name);
}

static gboolean
read_file_record (ZcDiscReader *self, const guint8 *record, GError **error)
{
  g_autofree char *name = read_name (record + RECORD_NAME, record[RECORD_NAME_LENGTH]);
  ZcDiscEntry *entry;
  guint64 offset, size;

  if (!name)
    return zc_fail (error, ZC_ERROR_INVALID, _("“%s” has files with names that no disc of a hand-in has."),
                    self->name);
  if (record[RECORD_FLAGS] & (FLAG_ASSOCIATED | FLAG_MORE_EXTENTS) || record[RECORD_XATTR] ||
      record[RECORD_UNIT] || record[RECORD_GAP])
    return zc_fail (error, ZC_ERROR_INVALID, _("“%s” stores “%s” in a way that no disc of a hand-in does."),
                    self->name, name);
  if (!read_extent (self, record, &offset, &size) || has_entry (self, name))
    return fail_damaged (self, error);
  if (self->entries->len == ZC_DISC_MAX_ENTRIES)
    return zc_fail (error, ZC_ERROR_LIMIT, _("“%s” has too many files."), self->name);

  entry = g_new0 (ZcDiscEntry, 1);
  entry->name = g_steal_pointer (&name);
  entry->offset = offset;
  entry->size = size;
  g_ptr_array_add (self->entries, entry);
  return TRUE;
}

/* One record at @left bytes before the end of its block. */
static gboolean
read_record (ZcDiscReader *self, const guint8 *record, gsize left, GError **error)
{
  guint8 length = record[0];
  guint8 name_length;

  if (length < RECORD_MIN || length > left)
    return fail_damaged (self, error);
  name_length = record[RECORD_NAME_LENGTH];
  if (name_length == 0 || RECORD_NAME + name_length > length)
    return fail_damaged (self, error);
  /* The folder itself and its parent are called 0 and 1. Folders are not looked into. */
  if (record[RECORD_FLAGS] & FLAG_FOLDER)
    return TRUE;
  return read_file_record (self, record, error);
}

static gboolean
read_root (ZcDiscReader *self, const guint8 *root, GError **error)
{
  guint64 offset, size;
  g_autofree guint8 *folder = NULL;

  if (!(root[RECORD_FLAGS] & FLAG_FOLDER) || !read_extent (self, root, &offset, &size) || size == 0)
    return fail_damaged (self, error);
  if (size > ZC_DISC_MAX_FOLDER)
    return zc_fail (error, ZC_ERROR_LIMIT, _("“%s” has too many files."), self->name);
  folder = g_malloc (size);
  if (!zc_source_read (self->source, offset, folder, size, error))
    return FALSE;
  for (gsize at = 0; at < size;)
    {
      gsize left = MIN (ZC_DISC_BLOCK - at % ZC_DISC_BLOCK, size - at);

      /* A record never crosses a block's end; zeros fill up. */
      if (folder[at] == 0)
        at += left;
      else if (read_record (self, folder + at, left, error))
        at += folder[at];
      else
        return FALSE;
    }
  return TRUE;
}

ZcDiscReader *
zc_disc_reader_new (ZcSource *source, const char *name, GError **error)
{
  g_autoptr (ZcDiscReader) self = g_new0 (ZcDiscReader, 1);
  guint8 root[RECORD_MIN];

  self->name = g_strdup (name);
  self->source = zc_source_ref (source);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  if (!find_primary (self, root, error) || !read_root (self, root, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
zc_disc_reader_free (ZcDiscReader *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->entries);
  zc_source_unref (self->source);
  g_free (self->volume_id);
  g_free (self->name);
  g_free (self);
}

/* A disc in a drive */

typedef struct
{
  int fd;
  char *path;
} Device;

static gboolean
read_device (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  Device *device = data;
  gssize n = zc_fd_read_at (device->fd, offset, buffer, size);

  return n == (gssize) size
         || zc_fail_errno (error, n < 0 ? errno : EIO, _("The disc in %s cannot be read."), device->path);
}

static void
device_free (gpointer data)
{
  Device *device = data;

  close (device->fd);
  g_free (device->path);
  g_free (device);
}

static ZcSource *
open_device (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  guint64 size = 0;
  int state;
  Device *device;

  if (fd < 0 && (errno == EACCES || errno == EPERM))
    return zc_fail_null (
        error, ZC_ERROR_DEVICE,
        _("You have no permission to read the drive %s. Ask the administrator of this computer."), path);
  if (fd < 0)
    return zc_fail_null (error, ZC_ERROR_DEVICE, _("The drive %s cannot be opened. The system says: %s."),
                         path, g_strerror (errno));
  state = ioctl (fd, CDROM_DRIVE_STATUS, CDSL_CURRENT);
  if (state == CDS_NO_DISC || state == CDS_TRAY_OPEN || ioctl (fd, BLKGETSIZE64, &size) < 0 || size == 0)
    {
      close (fd);
      return zc_fail_null (error, ZC_ERROR_DEVICE,
                           _("There is no disc in the drive %s. Insert it and try again."), path);
    }
  device = g_new0 (Device, 1);
  device->fd = fd;
  device->path = g_strdup (path);
  return zc_source_new (size, read_device, device, device_free);
}

ZcDiscReader *
zc_disc_reader_open (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_basename (path);
  g_autoptr (ZcSource) source = NULL;
  struct stat st;

  /* /dev/cdrom is a link to the drive, so links are followed to devices, and only to those. */
  if (stat (path, &st) == 0 && S_ISBLK (st.st_mode))
    source = open_device (path, error);
  else
    source = zc_source_new_file (path, error);
  return source ? zc_disc_reader_new (source, shown, error) : NULL;
}

const char *
zc_disc_reader_name (ZcDiscReader *self)
{
  return self->name;
}

const char *
zc_disc_reader_volume_id (ZcDiscReader *self)
{
  return self->volume_id;
}

guint64
zc_disc_reader_size (ZcDiscReader *self)
{
  return self->size;
}

const GPtrArray *
zc_disc_reader_entries (ZcDiscReader *self)
{
  return self->entries;
}

ZcSource *
zc_disc_reader_file (ZcDiscReader *self, const char *name, GError **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const ZcDiscEntry *entry = self->entries->pdata[i];

      if (g_str_equal (entry->name, name))
        return zc_source_new_slice (self->source, entry->offset, entry->size);
    }
  return zc_fail_null (error, ZC_ERROR_INVALID, _("There is no file “%s” on “%s”."), name, self->name);
}
