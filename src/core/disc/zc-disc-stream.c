/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-writing.h"

#include "disc/zc-disc-iso.h"
#include "disc/zc-disc-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK (1024u * 1024)

static const ZcDigestKind list_kinds[2] = { ZC_DIGEST_SM3, ZC_DIGEST_SHA256 };
static const char *const list_names[2] = { ZC_DISC_SM3SUMS, ZC_DISC_SHA256SUMS };

void
zc_writing_report (ZcWriting *self, guint disc, gboolean last)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *phase = NULL;

  if (!last && now - self->reported < G_USEC_PER_SEC / 10)
    return;
  self->reported = now;
  phase = self->images->len == 1
              ? g_strdup (_("Writing the disc image"))
              : g_strdup_printf (_("Writing disc image %u of %u"), disc, self->images->len);
  zc_progress_report (self->progress, phase, self->done, self->total);
}

/* Writes what comes next in the image. */
static gboolean
emit (ZcWriting *self, guint disc, gconstpointer bytes, gsize size, GError **error)
{
  ZcWritingImage *image = self->images->pdata[disc - 1];
  GError *reason = NULL;

  if (zc_fail_if_cancelled (zc_progress_cancellable (self->progress), error))
    return FALSE;
  if (!zc_output_write (image->output, bytes, size, &reason))
    return zc_writing_fail (self, image, reason, error);
  if (image->written < image->lists_at[0])
    zc_digest_update (image->digest, bytes, MIN (size, image->lists_at[0] - image->written));
  image->written += size;
  self->done += size;
  zc_writing_report (self, disc, FALSE);
  return TRUE;
}

static gboolean
emit_zeros_until (ZcWriting *self, guint disc, guint64 end, GError **error)
{
  static const guint8 zeros[64 * 1024];
  const ZcWritingImage *image = self->images->pdata[disc - 1];

  while (image->written < end)
    if (!emit (self, disc, zeros, MIN (sizeof zeros, end - image->written), error))
      return FALSE;
  return TRUE;
}

static gboolean
emit_part (ZcWriting *self, guint disc, const ZcWritingPart *part, guint64 size, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (CHUNK);

  while (size > 0)
    {
      gsize n = MIN (CHUNK, size);

      if (!self->spec->read (self->spec->data, buffer, n, error))
        return FALSE;
      zc_hasher_update (self->hasher, part->sm3, buffer, n);
      zc_digest_update (part->sha256, buffer, n);
      if (!emit (self, disc, buffer, n, error))
        return FALSE;
      size -= n;
    }
  return TRUE;
}

static gboolean
fail_layout (const ZcWritingImage *image, GError **error)
{
  return zc_fail (error, ZC_ERROR_IO, _("“%s” cannot be laid out as the disc image that it should be."),
                  image->path);
}

static const ZcDiscEntry *
find_entry (ZcDiscReader *reader, const char *name, guint64 size)
{
  const GPtrArray *entries = zc_disc_reader_entries (reader);

  for (guint i = 0; i < entries->len; i++)
    {
      const ZcDiscEntry *entry = entries->pdata[i];

      if (g_str_equal (entry->name, name))
        return entry->size == size ? entry : NULL;
    }
  return NULL;
}

/* The contents, each where the layout has it; an empty file is nowhere. */
static gboolean
emit_contents (ZcWriting *self, guint disc, ZcDiscReader *layout, GError **error)
{
  const ZcWritingImage *image = self->images->pdata[disc - 1];

  for (guint i = 0; i < self->items->len; i++)
    {
      const ZcDiscItem *item = self->items->pdata[i];
      const ZcDiscEntry *entry;

      if (!zc_disc_item_is_on (item, disc))
        continue;
      entry = find_entry (layout, item->name, item->size);
      if (!entry || (item->size > 0 && entry->offset < image->written))
        return fail_layout (image, error);
      if (item->size == 0)
        continue;
      if (!emit_zeros_until (self, disc, entry->offset, error))
        return FALSE;
      if (item->content ? !emit (self, disc, g_bytes_get_data (item->content, NULL), item->size, error)
                        : !emit_part (self, disc, &self->parts[i], item->size, error))
        return FALSE;
    }
  return emit_zeros_until (self, disc, image->size, error);
}

/* Our own reader, which knows nothing of libisofs, has to find every file as large as it was meant to be; its
 * lists tell where the head ends, where the contents go, and where the lists will. */
static gboolean
emit_image (ZcWriting *self, guint disc, ZcDiscReader *layout, guint n_files, GError **error)
{
  ZcWritingImage *image = self->images->pdata[disc - 1];
  const GPtrArray *entries = zc_disc_reader_entries (layout);
  gsize head_size = g_bytes_get_size (image->head);

  for (guint i = 0; i < 2; i++)
    {
      const ZcDiscEntry *list =
          find_entry (layout, list_names[i], zc_disc_sums_size (self->items, list_kinds[i]));

      if (!list || list->offset < head_size)
        return fail_layout (image, error);
      image->lists_at[i] = list->offset;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const ZcDiscEntry *entry = entries->pdata[i];

      if (entry->size > 0)
        head_size = MIN (head_size, entry->offset);
    }
  if (entries->len != n_files || image->lists_at[0] > image->lists_at[1])
    return fail_layout (image, error);
  image->output = zc_output_open (image->path, error);
  return image->output && emit (self, disc, g_bytes_get_data (image->head, NULL), head_size, error) &&
         emit_contents (self, disc, layout, error);
}

static gboolean
read_head (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  const ZcWritingImage *image = data;

  if (offset + size > g_bytes_get_size (image->head))
    return fail_layout (image, error);
  memcpy (buffer, (const guint8 *) g_bytes_get_data (image->head, NULL) + offset, size);
  return TRUE;
}

gboolean
zc_writing_stream (ZcWriting *self, guint disc, GError **error)
{
  ZcWritingImage *image = self->images->pdata[disc - 1];
  g_autofree ZcIsoFile *files = g_new0 (ZcIsoFile, self->items->len + 2);
  g_autofree char *shown = g_filename_display_name (image->path);
  g_autoptr (ZcSource) head = NULL;
  g_autoptr (ZcDiscReader) layout = NULL;
  guint64 size = 0;
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const ZcDiscItem *item = self->items->pdata[i];

      if (zc_disc_item_is_on (item, disc))
        files[n++] = (ZcIsoFile){ item->name, item->size };
    }
  for (guint i = 0; i < 2; i++)
    files[n++] = (ZcIsoFile){ list_names[i], zc_disc_sums_size (self->items, list_kinds[i]) };

  image->head = zc_iso_head (image->volume_id, self->spec->timestamp, files, n, &size, error);
  if (!image->head)
    return FALSE;
  if (size != image->size)
    return zc_fail (error, ZC_ERROR_USAGE, _("The disc image is not the one that was planned."));
  head = zc_source_new (size, read_head, image, NULL);
  layout = zc_disc_reader_new (head, shown, error);
  return layout && emit_image (self, disc, layout, n, error);
}
