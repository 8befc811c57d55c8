/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in the file beside its pages: fonts, links. */

#include <poppler.h>
#include <stdlib.h>
#include <string.h>

#include "../layout/sample-blocks.h"
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
new_picture (double width, double height)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * SCALE), (int) (height * SCALE));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  return surface;
}

static gboolean
is_ink (cairo_surface_t *surface, int x, int y)
{
  if (x < 0 || y < 0 || x >= cairo_image_surface_get_width (surface) || y >= cairo_image_surface_get_height (surface))
    return FALSE;
  return cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + x * 4] < 128;
}

/* Whether @b has ink within a pixel of each inky pixel of @a. Returns: how many pixels that are. */
static guint
count_ink (cairo_surface_t *a, cairo_surface_t *b)
{
  guint ink = 0;

  for (int y = 0; y < cairo_image_surface_get_height (a); y++)
    for (int x = 0; x < cairo_image_surface_get_width (a); x++)
      {
        gboolean near = FALSE;

        if (!is_ink (a, x, y))
          continue;
        ink++;
        for (int dy = -1; dy <= 1; dy++)
          for (int dx = -1; dx <= 1; dx++)
            near = near || is_ink (b, x + dx, y + dy);
        if (!near)
          g_error ("ink at %d, %d of one picture only", x, y);
      }
  return ink;
}

/* Poppler draws of the file what Cairo draws of the display list: each glyph is that of its font, at its place. */
static void
check_drawing (ZcPages *pages)
{
  g_autoptr (PopplerDocument) pdf = open_pdf (pages);

  for (guint number = 1; number <= zc_pages_count (pages); number++)
    {
      g_autoptr (PopplerPage) page = poppler_document_get_page (pdf, (int) number - 1);
      double width, height;
      cairo_surface_t *printed, *drawn;
      cairo_t *cr;

      zc_pages_size (pages, number, &width, &height);
      printed = new_picture (width, height);
      drawn = new_picture (width, height);
      cr = cairo_create (printed);
      cairo_scale (cr, SCALE, SCALE);
      poppler_page_render_for_printing (page, cr);
      cairo_destroy (cr);
      cr = cairo_create (drawn);
      cairo_scale (cr, SCALE, SCALE);
      zc_pdf_draw_page (pages, number, cr);
      cairo_destroy (cr);
      cairo_surface_flush (printed);
      cairo_surface_flush (drawn);
      g_assert_cmpuint (count_ink (printed, drawn), >, 300);
      count_ink (drawn, printed);
      cairo_surface_destroy (printed);
      cairo_surface_destroy (drawn);
    }
}

static void
test_drawing (void)
{
  g_autoptr (ZcDocument) report = sample_report (), form = sample_form (30), draft = sample_form (3);
  ZcDocument *documents[] = { report, form, draft };

  g_clear_pointer (&draft->mark, zc_seal_mark_free); /* its pale words are outlines */
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (ZcPages) pages = compose (documents[i]);

      check_drawing (pages);
    }
}

/* A configuration of fontconfig for which the font of @file is Times New Roman, our face for Latin letters. */
static char *
write_config (const char *folder, const char *file)
{
  char *path = g_build_filename (folder, "fonts.conf", NULL);
  g_autofree char *font = g_path_get_dirname (file);
  g_autofree char *text = g_strdup_printf (
      "<fontconfig><dir>/usr/share/fonts/opentype/noto</dir><dir>%s</dir><cachedir>%s</cachedir>"
      "<match target=\"scan\"><test name=\"file\" compare=\"eq\"><string>%s</string></test>"
      "<edit name=\"family\" mode=\"assign\"><string>Times New Roman</string></edit></match></fontconfig>",
      font, folder, file);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static char *
text_of (PopplerDocument *pdf, int number)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (pdf, number);

  return poppler_page_get_text (page);
}

/* More than 256 different glyphs. */
static char *
many_letters (void)
{
  GString *text = g_string_new (NULL);

  for (gunichar c = '!'; c < 0x180; c++)
    if (g_unichar_isalnum (c))
      g_string_append_unichar (text, c);
  return g_string_free (text, FALSE);
}

/* Run by itself, because fontconfig keeps what it read: ZICHA_TEST_FONT is a font of one kind or another. */
static void
subprocess_kind (void)
{
  const char *file = g_getenv ("ZICHA_TEST_FONT");
  g_autofree char *letters = many_letters (), *read = NULL;
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (PopplerDocument) pdf = NULL;

  g_assert_cmpstr (zc_fonts_choice (fonts, ZC_FACE_LATIN)->file, ==, file);
  sample_add (document, ZC_BLOCK_PARAGRAPH, "Windows 10（64-bit），☑是 ☐否，2016年7月8日。", NULL);
  sample_add (document, ZC_BLOCK_PARAGRAPH, letters, NULL);
  pages = compose (document);
  check_drawing (pages);
  pdf = open_pdf (pages);
  read = text_of (pdf, 0);
  g_assert_nonnull (strstr (read, "Windows 10（64-bit），☑是 ☐否，2016年7月8日。"));
  g_assert_nonnull (strstr (read, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
}

/* Fonts of all kinds are embedded: TrueType, CFF with names, Type 1; what most documents have is CFF with numbers. */
static void
test_kinds (void)
{
  static const char *const files[] = { "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                                       "/usr/share/fonts/opentype/cantarell/Cantarell-Regular.otf",
                                       "/usr/share/fonts/type1/urw-base35/NimbusRoman-Regular.t1" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *folder = g_dir_make_tmp ("zicha-test-XXXXXX", &error);
      g_autofree char *config = folder ? write_config (folder, files[i]) : NULL, *old = g_strdup (g_getenv ("FONTCONFIG_FILE"));
      g_autofree char *remove = g_strdup_printf ("rm -r %s", folder);

      g_assert_no_error (error);
      g_setenv ("FONTCONFIG_FILE", config, TRUE);
      g_setenv ("ZICHA_TEST_FONT", files[i], TRUE);
      g_test_trap_subprocess ("/pdf/fonts/subprocess/kind", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      g_unsetenv ("FONTCONFIG_FILE");
      if (old)
        g_setenv ("FONTCONFIG_FILE", old, TRUE);
      g_assert_cmpint (system (remove), ==, 0);
    }
}

/* The file has little beyond the outlines it shows: a page of ten words is a small file, whatever the fonts are. */
static void
test_little_font_data (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (GBytes) bytes = NULL;

  sample_add (document, ZC_BLOCK_PARAGRAPH, "自查情况良好，特此报告。", NULL);
  pages = compose (document);
  bytes = zc_pdf_to_bytes (pages, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 60000);
}

/* Page by page */

/* Written while it is set, a document has the same bytes and says the same of itself. */
static void
test_page_by_page (void)
{
  g_autoptr (ZcDocument) report = sample_report (), form = sample_form (700), draft = sample_form (50);
  ZcDocument *documents[] = { report, form, draft };

  g_clear_pointer (&draft->mark, zc_seal_mark_free);
  ((ZcBlock *) draft->blocks->pdata[2])->landscape = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcPages) pages = compose (documents[i]), passed = NULL;
      g_autoptr (GBytes) bytes = NULL, streamed = NULL, order = NULL;
      g_autoptr (GPtrArray) places = zc_pages_places (pages), same = NULL;
      g_autoptr (PopplerDocument) pdf = NULL;

      passed = zc_pdf_compose (documents[i], fonts, &streamed, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (zc_pages_count (passed), ==, zc_pages_count (pages));
      same = zc_pages_places (passed);
      g_assert_cmpuint (same->len, ==, places->len);
      for (guint p = 0; p < places->len; p++)
        {
          const GArray *on = zc_pages_of_place (pages, places->pdata[p]), *too = zc_pages_of_place (passed, same->pdata[p]);

          g_assert_cmpstr (places->pdata[p], ==, same->pdata[p]);
          g_assert_cmpmem (on->data, on->len * sizeof (guint), too->data, too->len * sizeof (guint));
        }
      g_assert_cmpuint (zc_pages_outline (passed)->len, ==, zc_pages_outline (pages)->len);
      g_assert_cmpuint (zc_pages_seals (passed)->len, ==, zc_pages_seals (pages)->len);
      bytes = zc_pdf_to_bytes (pages, NULL, &error);
      g_assert_no_error (error);
      order = zc_pdf_to_bytes (pages, NULL, &error);
      g_assert_true (g_bytes_equal (bytes, order));
      g_assert_true (g_bytes_equal (bytes, streamed));
    }
}

static void
test_page_by_page_stops (void)
{
  g_autoptr (ZcDocument) form = sample_form (100);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ZcProgress progress = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (zc_pdf_compose (form, fonts, &bytes, &progress, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_CANCELLED);
  g_assert_null (bytes);
  g_clear_error (&error);
  g_assert_null (zc_pdf_compose_file (form, fonts, "/nonexistent/folder/x.pdf", NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_IO);
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
  g_test_add_func ("/pdf/fonts/drawn-the-same", test_drawing);
  g_test_add_func ("/pdf/fonts/kinds", test_kinds);
  g_test_add_func ("/pdf/fonts/subprocess/kind", subprocess_kind);
  g_test_add_func ("/pdf/fonts/little-data", test_little_font_data);
  g_test_add_func ("/pdf/page-by-page/same-bytes", test_page_by_page);
  g_test_add_func ("/pdf/page-by-page/stops", test_page_by_page_stops);
  g_test_add_func ("/pdf/links", test_links);
  status = g_test_run ();
  g_clear_pointer (&fonts, zc_fonts_unref);
  return status;
}
