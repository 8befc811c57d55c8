/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-burn-image.h"

#include "disc/zc-disc-reader.h"

#include <glib/gi18n.h>
#include <string.h>

static ZcBurnImage *
image_new (const char *path, const char *volume_id, const char *sha256, guint64 size)
{
  ZcBurnImage *self = g_new0 (ZcBurnImage, 1);

  *self = (ZcBurnImage) { g_strdup (path), g_strdup (volume_id), g_strdup (sha256), size };
  return self;
}

ZcBurnImage *
zc_burn_image_new (const ZcDiscImage *made)
{
  return image_new (made->path, made->volume_id, made->sha256, made->size);
}

/* Whether an image of that name was noted when it was written; several discs are noted in one line. */
static gboolean
belongs_to (ZcInspection *inspection, const char *volume_id)
{
  g_autoptr (GPtrArray) log = zc_inspection_get_log (inspection);

  for (guint i = 0; i < log->len; i++)
    {
      const ZcHandInEvent *event = log->pdata[i];
      g_auto (GStrv) labels = g_strsplit (event->detail, ", ", -1);

      if (strcmp (event->kind, "image") == 0 && g_strv_contains ((const char *const *) labels, volume_id))
        return TRUE;
    }
  return FALSE;
}

ZcBurnImage *
zc_burn_image_open (const char *path, ZcInspection *inspection, GError **error)
{
  g_autoptr (ZcSource) source = zc_source_new_file (path, error);
  g_autofree char *shown = g_filename_display_basename (path);
  g_autoptr (ZcDiscReader) reader = source ? zc_disc_reader_new (source, shown, error) : NULL;

  if (!reader)
    return NULL;
  if (!belongs_to (inspection, zc_disc_reader_volume_id (reader)))
    return zc_fail_null (error, ZC_ERROR_INVALID,
                         _("“%s” is no disc image of this self-check: none called %s was written for it."), shown,
                         zc_disc_reader_volume_id (reader));
  return image_new (path, zc_disc_reader_volume_id (reader), NULL, zc_source_size (source));
}

int
zc_burn_image_compare (gconstpointer a, gconstpointer b)
{
  const ZcBurnImage *first = *(ZcBurnImage *const *) a, *second = *(ZcBurnImage *const *) b;
  guint n = 0, m = 0, of;

  zc_disc_volume_parse (first->volume_id, &n, &of);
  zc_disc_volume_parse (second->volume_id, &m, &of);
  return n != m ? (n > m) - (n < m) : strcmp (first->volume_id, second->volume_id);
}

ZcBurnImage *
zc_burn_image_copy (const ZcBurnImage *self)
{
  return image_new (self->path, self->volume_id, self->sha256, self->size);
}

void
zc_burn_image_free (ZcBurnImage *self)
{
  if (!self)
    return;
  g_free (self->path);
  g_free (self->volume_id);
  g_free (self->sha256);
  g_free (self);
}
