/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-tar.h"

#include <string.h>

/* 2000-01-01T00:00:00Z: says nothing about the unit, and no tar warns of it. */
#define MTIME 946684800u

/* The largest size that eleven octal digits hold; above it the field is a big-endian number with its top bit
 * set, as GNU tar, libarchive and 7-Zip have it. */
#define OCTAL_MAX 077777777777ull

static void
put_size (guint8 *field, guint64 size)
{
  if (size <= OCTAL_MAX)
    {
      g_snprintf ((char *) field, 12, "%011" G_GINT64_MODIFIER "o", size);
      return;
    }
  field[0] = 0x80;
  for (guint i = 11; i >= 4; i--, size >>= 8)
    field[i] = (guint8) (size & 0xff);
}

void
zc_tar_header (const char *name, guint64 size, guint8 out[ZC_TAR_BLOCK])
{
  guint sum = 0;

  g_return_if_fail (strlen (name) <= 100);

  memset (out, 0, ZC_TAR_BLOCK);
  memcpy (out, name, strlen (name));
  memcpy (out + 100, "0000644", 7);
  memcpy (out + 108, "0000000", 7);
  memcpy (out + 116, "0000000", 7);
  put_size (out + 124, size);
  g_snprintf ((char *) out + 136, 12, "%011o", MTIME);
  memset (out + 148, ' ', 8);
  out[156] = '0';
  memcpy (out + 257, "ustar", 6);
  memcpy (out + 263, "00", 2);
  memcpy (out + 329, "0000000", 7);
  memcpy (out + 337, "0000000", 7);
  for (guint i = 0; i < ZC_TAR_BLOCK; i++)
    sum += out[i];
  g_snprintf ((char *) out + 148, 7, "%06o", sum);
}

guint64
zc_tar_rounded (guint64 size)
{
  return (size + ZC_TAR_BLOCK - 1) / ZC_TAR_BLOCK * ZC_TAR_BLOCK;
}

static void
clear_entry (gpointer data)
{
  g_free (((ZcTarEntry *) data)->name);
}

ZcTarLayout *
zc_tar_layout_new (void)
{
  ZcTarLayout *self = g_new0 (ZcTarLayout, 1);

  self->entries = g_array_new (FALSE, TRUE, sizeof (ZcTarEntry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->size = ZC_TAR_END;
  return self;
}

guint64
zc_tar_layout_add (ZcTarLayout *self, const char *name, guint64 size)
{
  ZcTarEntry entry = { g_strdup (name), size, self->size - ZC_TAR_END };

  g_array_append_val (self->entries, entry);
  self->size += ZC_TAR_BLOCK + zc_tar_rounded (size);
  return entry.offset + ZC_TAR_BLOCK;
}

const ZcTarEntry *
zc_tar_layout_get (const ZcTarLayout *self, guint index)
{
  return &g_array_index (self->entries, ZcTarEntry, index);
}

void
zc_tar_layout_free (ZcTarLayout *self)
{
  if (!self)
    return;
  g_array_unref (self->entries);
  g_free (self);
}

void
zc_tar_walk_init (ZcTarWalk *self, const ZcTarLayout *layout)
{
  self->layout = layout;
  self->entry = 0;
  self->offset = 0;
}

/* The offset up to which entry number @i owns the bytes: the next header, or the archive's end. */
static guint64
entry_end (const ZcTarLayout *layout, guint i)
{
  return i + 1 < layout->entries->len ? zc_tar_layout_get (layout, i + 1)->offset : layout->size;
}

gboolean
zc_tar_walk_next (ZcTarWalk *self, gsize max, ZcTarPiece *piece)
{
  const ZcTarEntry *entry;
  guint64 content, end, left;

  if (max == 0 || self->offset >= self->layout->size)
    return FALSE;
  if (self->offset >= entry_end (self->layout, self->entry))
    self->entry++;
  entry = zc_tar_layout_get (self->layout, self->entry);
  content = entry->offset + ZC_TAR_BLOCK;
  if (self->offset < content)
    {
      piece->kind = ZC_TAR_PIECE_HEADER;
      piece->at = self->offset - entry->offset;
      end = content;
    }
  else if (self->offset < content + entry->size)
    {
      piece->kind = ZC_TAR_PIECE_CONTENT;
      piece->at = self->offset - content;
      end = content + entry->size;
    }
  else
    {
      piece->kind = ZC_TAR_PIECE_ZEROS;
      piece->at = 0;
      end = entry_end (self->layout, self->entry);
    }
  left = end - self->offset;
  piece->entry = self->entry;
  piece->size = (gsize) MIN (left, max);
  piece->last = left <= max;
  self->offset += piece->size;
  return TRUE;
}
