/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf.h"

#include <glib/gi18n-lib.h>

#include "base/zc-output.h"
#include "pdf/zc-paint.h"
#include "pdf/zc-pdf-catalog.h"
#include "pdf/zc-pdf-content.h"

/** Writer: a PDF while its pages come in. */
typedef struct
{
  ZcPdfFile *file;
  ZcPdfFonts *fonts;
  ZcPdfStructure *structure;
  ZcPdfContent *content;
  GArray *sheets; /* (element-type ZcPdfSheet) by page */
} Writer;

static void
writer_init (Writer *self, ZcFonts *fonts, ZcPdfSink sink, gpointer data)
{
  self->file = zc_pdf_file_new (sink, data);
  self->fonts = zc_pdf_fonts_new (fonts);
  self->structure = zc_pdf_structure_new (self->file);
  self->content = zc_pdf_content_new (self->file, fonts, self->fonts, self->structure);
  self->sheets = g_array_new (FALSE, TRUE, sizeof (ZcPdfSheet));
}

static void
writer_clear (Writer *self)
{
  g_clear_pointer (&self->content, zc_pdf_content_free);
  g_clear_pointer (&self->structure, zc_pdf_structure_free);
  g_clear_pointer (&self->fonts, zc_pdf_fonts_free);
  g_clear_pointer (&self->file, zc_pdf_file_free);
  g_clear_pointer (&self->sheets, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

/* A ZcPageSink. */
static gboolean
add_page (ZcPages *pages, guint number, gpointer data, GError **error)
{
  Writer *self = data;
  const ZcPage *page = zc_pages_get (pages, number);
  ZcPdfSheet sheet = { .width = (float) page->width, .height = (float) page->height };

  sheet.object = zc_pdf_file_reserve (self->file);
  sheet.content = zc_pdf_file_reserve (self->file);
  if (number > self->sheets->len)
    g_array_set_size (self->sheets, number);
  g_array_index (self->sheets, ZcPdfSheet, number - 1) = sheet;
  zc_pdf_structure_begin_page (self->structure, number, sheet.object);
  zc_pdf_content_write (self->content, page, sheet.content);
  zc_pdf_structure_end_page (self->structure);
  /* The sink's failure is told at the end; there is no sense in going on. */
  return !zc_pdf_file_failed (self->file) || zc_pdf_file_finish (self->file, 0, 0, error);
}

static gboolean
finish (Writer *self, const ZcPages *pages, GError **error)
{
  g_autoptr (GString) resources = g_string_new ("<</Font<<");
  guint number = zc_pdf_file_reserve (self->file), catalog, info;

  zc_pdf_fonts_write (self->fonts, self->file, resources);
  g_string_append (resources, ">>/XObject<<");
  zc_pdf_content_put_shapes (self->content, resources);
  g_string_append (resources, ">>>>");
  zc_pdf_file_add (self->file, number, resources);
  catalog = zc_pdf_catalog_write (self->file, pages, self->sheets, number, self->structure, &info);
  return zc_pdf_file_finish (self->file, catalog, info, error);
}

/* Pages that are composed, in the order in which they would come in if they were not: the same bytes. */
static gboolean
write_pages (Writer *self, ZcPages *pages, const ZcProgress *progress, GError **error)
{
  guint n = zc_pages_count (pages);
  gboolean good = TRUE;

  zc_fonts_lock (pages->fonts);
  for (guint i = 1; good && i <= n; i++)
    {
      if (i % 50 == 0 || i == n)
        zc_progress_report (progress, _ ("Writing the PDF"), i, n);
      good = !zc_fail_if_cancelled (zc_progress_cancellable (progress), error) &&
             add_page (pages, pages->first_waits ? i % n + 1 : i, self, error);
    }
  zc_fonts_unlock (pages->fonts);
  return good && finish (self, pages, error);
}

/* A ZcPdfSink. */
static gboolean
keep (gpointer sink, gconstpointer data, gsize size, GError **error)
{
  GByteArray *pdf = sink;

  if (size > G_MAXINT32 - pdf->len)
    return zc_fail (error, ZC_ERROR_LIMIT, _ ("A PDF cannot be larger than 4 GB."));
  g_byte_array_append (pdf, data, (guint) size);
  return TRUE;
}

/* A ZcPdfSink. */
static gboolean
store (gpointer sink, gconstpointer data, gsize size, GError **error)
{
  return zc_output_write (sink, data, size, error);
}

GBytes *
zc_pdf_to_bytes (ZcPages *pages, const ZcProgress *progress, GError **error)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  g_auto (Writer) writer = { 0 };

  writer_init (&writer, pages->fonts, keep, pdf);
  return write_pages (&writer, pages, progress, error) ? g_byte_array_free_to_bytes (g_steal_pointer (&pdf)) : NULL;
}

gboolean
zc_pdf_write (ZcPages *pages, const char *path, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcOutput) output = zc_output_open (path, error);
  g_auto (Writer) writer = { 0 };

  if (!output)
    return FALSE;
  writer_init (&writer, pages->fonts, store, output);
  return write_pages (&writer, pages, progress, error) && zc_output_commit (output, error);
}

static ZcPages *
compose (const ZcDocument *document,
         ZcFonts *fonts,
         ZcPdfSink sink,
         gpointer data,
         const ZcProgress *progress,
         GError **error)
{
  g_auto (Writer) writer = { 0 };
  g_autoptr (ZcPages) pages = NULL;

  writer_init (&writer, fonts, sink, data);
  pages = zc_pages_new_for (document, fonts, add_page, &writer, progress, error);
  return pages && finish (&writer, pages, error) ? g_steal_pointer (&pages) : NULL;
}

ZcPages *
zc_pdf_compose (const ZcDocument *document, ZcFonts *fonts, GBytes **pdf, const ZcProgress *progress, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  ZcPages *pages = compose (document, fonts, keep, bytes, progress, error);

  *pdf = pages ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
  return pages;
}

ZcPages *
zc_pdf_compose_file (
    const ZcDocument *document, ZcFonts *fonts, const char *path, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcOutput) output = zc_output_open (path, error);
  g_autoptr (ZcPages) pages = output ? compose (document, fonts, store, output, progress, error) : NULL;

  return pages && zc_output_commit (output, error) ? g_steal_pointer (&pages) : NULL;
}

void
zc_pdf_draw_page (ZcPages *pages, guint page, cairo_t *cr)
{
  g_autoptr (ZcPainter) painter = NULL;

  g_return_if_fail (page >= 1 && page <= zc_pages_count (pages));
  painter = zc_painter_new (pages);
  zc_painter_draw (painter, page, cr);
}
