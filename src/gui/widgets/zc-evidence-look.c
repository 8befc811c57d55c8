/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-evidence-look.h"

#include <string.h>

/* What is read into memory for a preview. */
#define MAX_PICTURE_BYTES (64u * 1024 * 1024)
#define MAX_PDF_BYTES (128u * 1024 * 1024)
#define MAX_TEXT_BYTES (128u * 1024)
/* A small file can claim to be a picture of any size. */
#define MAX_PIXELS (100 * 1000 * 1000)

void
zc_look_free (ZcLook *self)
{
  if (!self)
    return;
  g_clear_object (&self->picture);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->text);
  g_free (self);
}

/* Pictures */

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  int fit = GPOINTER_TO_INT (data);
  double scale = MIN (1.0, (double) fit / (double) MAX (MAX (width, height), 1));

  if (width <= 0 || height <= 0 || (gint64) width * height > MAX_PIXELS)
    gdk_pixbuf_loader_set_size (loader, 1, 1); /* told by the picture's own size below */
  else
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * scale), 1), MAX ((int) (height * scale), 1));
}

static GdkPixbuf *
decode (GBytes *bytes, int fit)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf = NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), GINT_TO_POINTER (fit));
  if (!gdk_pixbuf_loader_write_bytes (loader, bytes, NULL))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  if (!gdk_pixbuf_loader_close (loader, NULL))
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  return pixbuf && gdk_pixbuf_get_width (pixbuf) > 1 ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

/* By its first bytes: names lie, and not every loader of the system should see every file. */
static gboolean
is_picture (const guint8 *data, gsize size)
{
  static const struct
  {
    const char *bytes;
    gsize size, offset;
  } magics[] = {
    { "\x89PNG\r\n\x1a\n", 8, 0 }, { "\xff\xd8\xff", 3, 0 }, { "GIF8", 4, 0 },
    { "BM", 2, 0 },                { "WEBP", 4, 8 },         { "II*\0", 4, 0 },
    { "MM\0*", 4, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (size >= magics[i].offset + magics[i].size && memcmp (data + magics[i].offset, magics[i].bytes, magics[i].size) == 0)
      return TRUE;
  return FALSE;
}

/* Texts: UTF-8, else what Chinese systems write */

static char *
text_of (const guint8 *data, gsize size, gboolean cut)
{
  const char *end = NULL;
  gsize valid = size, read = 0;
  char *text;

  if (memchr (data, '\0', size))
    return NULL;
  if (g_utf8_validate_len ((const char *) data, size, &end) || (cut && size - (gsize) (end - (const char *) data) < 4))
    {
      valid = (gsize) (end - (const char *) data);
      return g_strndup ((const char *) data, valid);
    }
  text = g_convert ((const char *) data, (gssize) size, "UTF-8", "GB18030", &read, NULL, NULL);
  if (!text && cut && read > 0 && size - read < 4)
    text = g_convert ((const char *) data, (gssize) read, "UTF-8", "GB18030", NULL, NULL, NULL);
  return text;
}

static gboolean
look_at_rest (ZcLook *look, ZcSource *source, const guint8 *head, gsize head_size, GError **error)
{
  g_autofree guint8 *data = NULL;
  gsize size = (gsize) MIN (zc_source_size (source), MAX_TEXT_BYTES);

  if (head_size >= 5 && memcmp (head, "%PDF-", 5) == 0)
    {
      look->pdf = zc_source_size (source) <= MAX_PDF_BYTES ? zc_source_read_all (source, MAX_PDF_BYTES, error) : NULL;
      return look->pdf || zc_source_size (source) > MAX_PDF_BYTES;
    }
  data = g_malloc (size + 1);
  if (!zc_source_read (source, 0, data, size, error))
    return FALSE;
  look->cut = zc_source_size (source) > size;
  look->text = text_of (data, size, look->cut);
  return TRUE;
}

ZcLook *
zc_look_new (ZcSource *source, int fit, gboolean pictures_only, GError **error)
{
  g_autoptr (ZcLook) look = g_new0 (ZcLook, 1);
  g_autoptr (GBytes) bytes = NULL;
  guint8 head[16];
  gsize size = (gsize) MIN (zc_source_size (source), sizeof head);

  if (!zc_source_read (source, 0, head, size, error))
    return NULL;
  if (is_picture (head, size))
    {
      if (zc_source_size (source) > MAX_PICTURE_BYTES)
        return g_steal_pointer (&look);
      if (!(bytes = zc_source_read_all (source, MAX_PICTURE_BYTES, error)))
        return NULL;
      look->picture = decode (bytes, fit);
    }
  else if (!pictures_only && !look_at_rest (look, source, head, size, error))
    return NULL;
  return g_steal_pointer (&look);
}
