/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in the file beside its pages: fonts, links. */

#include <poppler.h>
#include <string.h>

#include "../layout/sample-blocks.h"
#include "pdf/zc-paint.h"
#include "pdf/zc-pdf.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

#define SCALE 2

static ZcFonts *fonts;

static ZcPages *
compose (ZcDocument *document)
{
  g_autoptr (GError) error = NULL;
  ZcPages *pages = zc_pages_new (document, fonts, NULL, &error);

  g_assert_no_error (error);
  return pages;
}

static PopplerDocument *
open_pdf (ZcPages *pages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = zc_pdf_to_bytes (pages, NULL, &error);
  PopplerDocument *pdf;

  g_assert_no_error (error);
  pdf = poppler_document_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  return pdf;
}

/* Fonts */

static cairo_surface_t *
draw (ZcPages *pages, ZcPdfFonts *cut, guint number)
{
  g_autoptr (ZcPainter) painter = zc_painter_new (pages, cut, FALSE);
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;

  zc_pages_size (pages, number, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) (width * SCALE), (int) (height * SCALE));
  cr = cairo_create (surface);
  cairo_scale (cr, SCALE, SCALE);
  zc_painter_draw (painter, number, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
same_pixels (cairo_surface_t *a, cairo_surface_t *b)
{
  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b),
                 (gsize) cairo_image_surface_get_stride (a) * (gsize) cairo_image_surface_get_height (a)) == 0;
}

/* Cut down to the glyphs it needs, a font draws each of them as the whole one does. */
static void
test_cut_fonts (void)
{
  g_autoptr (ZcDocument) report = sample_report (), form = sample_form (30);
  ZcDocument *documents[] = { report, form };

  g_clear_pointer (&form->mark, zc_seal_mark_free); /* the draft's pale words are outlines */
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (ZcPages) pages = compose (documents[i]);
      g_autoptr (ZcPdfFonts) cut = zc_pdf_fonts_new (pages);

      for (guint page = 1; page <= zc_pages_count (pages); page++)
        {
          cairo_surface_t *whole = draw (pages, NULL, page), *part = draw (pages, cut, page);

          g_assert_true (same_pixels (whole, part));
          cairo_surface_destroy (whole);
          cairo_surface_destroy (part);
        }
    }
}

/* The file has little beyond the outlines it shows: a page of ten words is a small file, whatever the fonts are. */
static void
test_little_font_data (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (ZcPdfFonts) cut = NULL;
  g_autoptr (GBytes) bytes = NULL;

  sample_add (document, ZC_BLOCK_PARAGRAPH, "自查情况良好，特此报告。", NULL);
  pages = compose (document);
  cut = zc_pdf_fonts_new (pages);
  g_assert_nonnull (zc_pdf_fonts_glyphs (cut, 0));
  bytes = zc_pdf_to_bytes (pages, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 120000);
}

/* Fonts live as long as what was drawn with them, however the owners go. */
static void
test_cut_fonts_lifetime (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, FALSE);
  ZcPages *pages;
  ZcPdfFonts *cut;
  cairo_font_face_t *face;
  cairo_surface_t *surface;

  sample_add (document, ZC_BLOCK_PARAGRAPH, "国", NULL);
  pages = compose (document);
  cut = zc_pdf_fonts_new (pages);
  face = cairo_font_face_reference (zc_pdf_fonts_face (cut, 0));
  surface = draw (pages, cut, 1);
  zc_pages_unref (pages);
  zc_pdf_fonts_free (cut);
  cairo_surface_destroy (surface);
  g_assert_cmpint (cairo_font_face_status (face), ==, CAIRO_STATUS_SUCCESS);
  cairo_font_face_destroy (face);
}

/* Links */

static ZcBlock *
add_linked (ZcDocument *document, const char *text, const char *to)
{
  ZcBlock *block = zc_document_add (document, zc_block_new_text (ZC_BLOCK_PARAGRAPH, text, NULL));

  ((ZcSpan *) block->spans->pdata[0])->link = g_strdup (to);
  return block;
}

static void
add_anchored (ZcDocument *document, const char *text, const char *anchor)
{
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_PARAGRAPH, text, NULL))->anchor = g_strdup (anchor);
}

/* Where @link leads: a page, and a height from its upper edge. */
static PopplerDest *
destination (PopplerDocument *pdf, const PopplerLinkMapping *link)
{
  g_assert_cmpint (link->action->type, ==, POPPLER_ACTION_GOTO_DEST);
  return link->action->goto_dest.dest->type == POPPLER_DEST_NAMED
             ? poppler_document_find_dest (pdf, link->action->goto_dest.dest->named_dest)
             : poppler_dest_copy (link->action->goto_dest.dest);
}

static int
compare_height (gconstpointer a, gconstpointer b)
{
  const PopplerLinkMapping *x = a, *y = b;

  return x->area.y2 > y->area.y2 ? -1 : 1;
}

/* A line leads to the block it names, before or after it; one that leads nowhere is text all the same. */
static void
test_links (void)
{
  static const char *const targets[] = { "item_A", "item_none", "item_'later\\" };
  static const int leads_to[] = { 1, 3 };
  g_autoptr (ZcDocument) document = zc_document_new ("links", "链接", ZC_STYLE_FORM);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (PopplerDocument) pdf = NULL;
  g_autoptr (PopplerPage) page = NULL;
  GList *links;
  guint i = 0;

  document->date = g_strdup ("2016-07-05");
  add_anchored (document, "答复甲", targets[0]);
  zc_document_add (document, zc_block_new (ZC_BLOCK_PAGE_BREAK));
  for (gsize t = 0; t < G_N_ELEMENTS (targets); t++)
    add_linked (document, "见答复", targets[t]);
  zc_document_add (document, zc_block_new (ZC_BLOCK_PAGE_BREAK));
  add_anchored (document, "后文", targets[2]);
  pages = compose (document);
  pdf = open_pdf (pages);
  page = poppler_document_get_page (pdf, 1);
  links = g_list_sort (poppler_page_get_link_mapping (page), compare_height);
  g_assert_cmpuint (g_list_length (links), ==, G_N_ELEMENTS (leads_to));
  for (GList *at = links; at; at = at->next, i++)
    {
      const PopplerLinkMapping *link = at->data;
      PopplerDest *dest = destination (pdf, link);

      g_assert_nonnull (dest);
      g_assert_cmpint (dest->page_num, ==, leads_to[i]);
      g_assert_cmpfloat (dest->top, >, 700); /* the first line of its page; y grows upwards */
      g_assert_cmpfloat (link->area.x2 - link->area.x1, >, 20);
      g_assert_cmpfloat (link->area.y2, <, 842);
      g_assert_cmpfloat (link->area.y2, >, 700);
      poppler_dest_free (dest);
    }
  poppler_page_free_link_mapping (links);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fonts = zc_fonts_new (NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/pdf/fonts/cut-draw-the-same", test_cut_fonts);
  g_test_add_func ("/pdf/fonts/little-data", test_little_font_data);
  g_test_add_func ("/pdf/fonts/lifetime", test_cut_fonts_lifetime);
  g_test_add_func ("/pdf/links", test_links);
  status = g_test_run ();
  g_clear_pointer (&fonts, zc_fonts_unref);
  return status;
}
