/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

#include "../layout/sample-blocks.h"
#include "layout/zc-sheet.h"
#include "pdf/zc-pdf.h"

/* Poppler 22.12 has none of its own. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerStructureElement, g_object_unref)

/* What is on the paper, read back from the PDF by Poppler. Lengths in points; MM is what the standard allows:
 * 0.3 mm. */
#define TOLERANCE (0.3 * ZC_MM)
#define PITCH (225 * ZC_MM / 22)
#define CELL (156 * ZC_MM / 28)
#define LEFT (28 * ZC_MM)
#define TOP (37 * ZC_MM)
#define RIGHT (184 * ZC_MM)
#define BOTTOM (262 * ZC_MM)

static ZcFonts *fonts;

static ZcPages *
compose (ZcDocument *document)
{
  g_autoptr (GError) error = NULL;
  ZcPages *pages = zc_pages_new (document, fonts, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (zc_pages_defects (pages)->len, ==, 0);
  return pages;
}

static GBytes *
write_bytes (ZcPages *pages)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = zc_pdf_to_bytes (pages, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

static PopplerDocument *
open_pdf (ZcPages *pages)
{
  g_autoptr (GBytes) bytes = write_bytes (pages);
  g_autoptr (GError) error = NULL;
  PopplerDocument *pdf = poppler_document_new_from_bytes (bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (pdf), ==, (int) zc_pages_count (pages));
  return pdf;
}

/* The page as grey pixels at so many per point. */
#define SCALE 4

static cairo_surface_t *
render (PopplerDocument *pdf, guint number)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (pdf, (int) number - 1);
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;

  poppler_page_get_size (page, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * SCALE), (int) (height * SCALE));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, SCALE, SCALE);
  poppler_page_render_for_printing (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
is_ink (cairo_surface_t *surface, int x, int y)
{
  const guint8 *data =
      cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface) + x * 4;

  return data[0] < 128;
}

/* Whether a row of pixels at @y points has ink between @x1 and @x2. */
static gboolean
row_has_ink (cairo_surface_t *surface, int row, double x1, double x2)
{
  for (int x = (int) (x1 * SCALE); x < (int) (x2 * SCALE); x++)
    if (is_ink (surface, x, row))
      return TRUE;
  return FALSE;
}

/* The bands of ink between @y1 and @y2: the vertical middle of each, in points. */
static GArray *
find_bands (cairo_surface_t *surface, double x1, double x2, double y1, double y2)
{
  GArray *bands = g_array_new (FALSE, FALSE, sizeof (double));
  int start = -1, end = (int) (y2 * SCALE);

  for (int row = (int) (y1 * SCALE); row <= end; row++)
    {
      gboolean ink = row < end && row_has_ink (surface, row, x1, x2);

      if (ink && start < 0)
        start = row;
      if (!ink && start >= 0)
        {
          double middle = (start + row) / 2.0 / SCALE;

          g_array_append_val (bands, middle);
          start = -1;
        }
    }
  return bands;
}

/* All text of a page without white space. */
static char *
page_text (PopplerDocument *pdf, guint number)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (pdf, (int) number - 1);
  g_autofree char *text = poppler_page_get_text (page);
  GString *bare = g_string_new (NULL);

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_len (bare, p, g_utf8_next_char (p) - p);
  return g_string_free (bare, FALSE);
}

/* Geometry. */

static void
test_grid (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autofree char *text = sample_repeat ("国", 28 * 22 * 2 - 2);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (PopplerDocument) pdf = NULL;
  g_autoptr (GArray) bands = NULL;
  cairo_surface_t *surface;

  sample_add (document, ZC_BLOCK_PARAGRAPH, text, NULL);
  pages = compose (document);
  g_assert_cmpuint (zc_pages_count (pages), ==, 2);
  pdf = open_pdf (pages);
  surface = render (pdf, 2);
  bands = find_bands (surface, LEFT, RIGHT, TOP, BOTTOM);
  g_assert_cmpuint (bands->len, ==, 22);
  for (guint i = 0; i < bands->len; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (bands, double, i), TOP + (i + 0.5) * PITCH, TOLERANCE);
  cairo_surface_destroy (surface);
}

static void
test_cells (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autofree char *text = sample_repeat ("国", 28 * 3 - 2);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (PopplerDocument) pdf = NULL;
  g_autoptr (PopplerPage) page = NULL;
  g_autofree PopplerRectangle *boxes = NULL;
  g_autofree char *read = NULL;
  guint n, at = 0, line = 0, in_line = 0;
  double y = -1;

  sample_add (document, ZC_BLOCK_PARAGRAPH, text, NULL);
  pages = compose (document);
  pdf = open_pdf (pages);
  page = poppler_document_get_page (pdf, 0);
  read = poppler_page_get_text (page);
  g_assert_true (poppler_page_get_text_layout (page, &boxes, &n));
  for (const char *p = read; *p && at < n; p = g_utf8_next_char (p), at++)
    {
      if (!g_str_has_prefix (p, "国"))
        continue;
      if (fabs (boxes[at].y1 - y) > 1)
        {
          g_assert_true (line == 0 || in_line == (line == 1 ? 26 : 28));
          in_line = 0;
          line++;
          y = boxes[at].y1;
        }
      g_assert_cmpfloat_with_epsilon (boxes[at].x1, LEFT + (in_line + (line == 1 ? 2 : 0)) * CELL, TOLERANCE);
      in_line++;
    }
  g_assert_cmpuint (line, ==, 3);
  g_assert_cmpuint (in_line, ==, 28);
}

/* The ink of the first dash of "— n —": 7 mm under the type area, one character in from the outer side. */
static void
test_page_numbers (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, FALSE);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (PopplerDocument) pdf = NULL;

  for (guint i = 0; i < 3; i++)
    {
      sample_add (document, ZC_BLOCK_PARAGRAPH, "正文", NULL);
      zc_document_add (document, zc_block_new (ZC_BLOCK_PAGE_BREAK));
    }
  pages = compose (document);
  pdf = open_pdf (pages);
  g_assert_cmpuint (zc_pages_count (pages), ==, 3);
  for (guint number = 1; number <= 3; number++)
    {
      cairo_surface_t *surface = render (pdf, number);
      g_autofree char *text = page_text (pdf, number);
      g_autofree char *label = g_strdup_printf ("—%u—", number);
      double left = RIGHT, right = LEFT;
      int row = (int) ((BOTTOM + 7 * ZC_MM) * SCALE);

      g_assert_nonnull (strstr (text, label));
      for (int x = (int) (LEFT * SCALE); x < (int) (RIGHT * SCALE); x++)
        for (int dy = -3; dy <= 3; dy++)
          if (is_ink (surface, x, row + dy))
            {
              left = MIN (left, (double) x / SCALE);
              right = MAX (right, (double) x / SCALE);
            }
      if (number % 2)
        g_assert_cmpfloat_with_epsilon (right, RIGHT - CELL, 3 * TOLERANCE); /* a dash has side bearings */
      else
        g_assert_cmpfloat_with_epsilon (left, LEFT + CELL, 3 * TOLERANCE);
      cairo_surface_destroy (surface);
    }
}

/* Tables. */

static void
check_header_on_each_page (ZcDocument *document)
{
  g_autoptr (ZcPages) pages = compose (document);
  g_autoptr (PopplerDocument) pdf = open_pdf (pages);

  g_assert_cmpuint (zc_pages_count (pages), >, 3);
  for (guint i = 1; i <= zc_pages_count (pages); i++)
    {
      g_autofree char *text = page_text (pdf, i);

      g_assert_nonnull (strstr (text, "检查项"));
      g_assert_nonnull (strstr (text, "本年"));
      g_assert_nonnull (strstr (text, SAMPLE_CODE));
      g_assert_nonnull (strstr (text, "第2版"));
    }
}

static void
test_table_headers (void)
{
  g_autoptr (ZcDocument) upright = sample_form (100);
  g_autoptr (ZcDocument) across = sample_form (100);

  check_header_on_each_page (upright);
  ((ZcBlock *) across->blocks->pdata[2])->landscape = TRUE;
  check_header_on_each_page (across);
}

/* Every box of a table is closed on every page: rules around it, nothing outside the type area. */
static void
test_table_rules (void)
{
  g_autoptr (ZcDocument) document = sample_form (100);
  g_autoptr (ZcPages) pages = compose (document);
  g_autoptr (PopplerDocument) pdf = open_pdf (pages);

  for (guint i = 2; i <= zc_pages_count (pages); i++)
    {
      cairo_surface_t *surface = render (pdf, i);
      int left = (int) (23 * ZC_MM * SCALE), right = (int) (191 * ZC_MM * SCALE),
          top = (int) (23 * ZC_MM * SCALE), bottom;

      for (int x = left + 4; x < right - 4; x++)
        g_assert_true (is_ink (surface, x, top));
      for (bottom = top; is_ink (surface, left, bottom); bottom++)
        ;
      g_assert_cmpint (bottom, <=, (int) (265.3 * ZC_MM * SCALE));
      for (int y = top; y < bottom - 4; y++)
        g_assert_true (is_ink (surface, right, y) || is_ink (surface, right - 1, y));
      for (int x = left + 4; x < right - 4; x++)
        g_assert_true (is_ink (surface, x, bottom - 2));
      for (int y = top; y < bottom; y++)
        {
          g_assert_false (row_has_ink (surface, y, 0, 22 * ZC_MM));
          g_assert_false (row_has_ink (surface, y, 192 * ZC_MM, 210 * ZC_MM));
        }
      cairo_surface_destroy (surface);
    }
}

/* The seal. */

typedef struct
{
  guint lines_before; /* of the text, on the seal's page */
  double text_end;    /* lower edge of the last of them */
  gboolean clear;     /* no ink in the circle but unit and date */
} SealPage;

/* Lines of @text are full lines of 国; the unit and the date are two lines in the seal's circle. */
static SealPage
look_at_seal (PopplerDocument *pdf, const ZcSealPlace *seal)
{
  cairo_surface_t *surface = render (pdf, seal->page);
  g_autoptr (GArray) body = find_bands (surface, LEFT, LEFT + 2 * CELL, TOP, BOTTOM);
  SealPage page = { .lines_before = body->len, .clear = TRUE };
  double r = seal->diameter / 2;

  if (body->len > 0)
    page.text_end = g_array_index (body, double, body->len - 1) + PITCH / 2;
  for (int y = (int) ((seal->y - r) * SCALE); y < (int) ((seal->y + r) * SCALE); y++)
    for (int x = (int) ((seal->x - r) * SCALE); x < (int) ((seal->x + r) * SCALE); x++)
      {
        double dx = (double) x / SCALE - seal->x, dy = (double) y / SCALE - seal->y;
        /* The line between unit and date is 4 mm under the centre; each is one pitch high. */
        gboolean words = fabs (dy - 4 * ZC_MM) < PITCH;

        if (dx * dx + dy * dy < r * r && !words && is_ink (surface, x, y))
          page.clear = FALSE;
      }
  cairo_surface_destroy (surface);
  return page;
}

static void
check_seal (guint lines, double diameter)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autofree char *text = sample_repeat ("国", 28 * lines);
  g_autofree char *unit_and_date = NULL;
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (PopplerDocument) pdf = NULL;
  const ZcSealPlace *seal;
  SealPage found;

  sample_add (document, ZC_BLOCK_ADDRESSEE, text, NULL);
  sample_add_signature (document, diameter);
  pages = compose (document);
  pdf = open_pdf (pages);
  g_assert_cmpuint (zc_pages_seals (pages)->len, ==, 1);
  seal = &g_array_index (zc_pages_seals (pages), ZcSealPlace, 0);
  g_assert_cmpuint (seal->page, ==, zc_pages_count (pages));
  g_assert_cmpfloat_with_epsilon (seal->diameter, diameter * ZC_MM, 0.01);
  found = look_at_seal (pdf, seal);
  g_assert_cmpuint (found.lines_before, >=, MIN (lines, 2)); /* never alone on its page */
  g_assert_true (found.clear);
  g_assert_cmpfloat (seal->y - seal->diameter / 2, >, found.text_end - TOLERANCE);
  g_assert_cmpfloat (seal->y - seal->diameter / 2, <, found.text_end + PITCH + TOLERANCE);
  g_assert_cmpfloat (seal->y + seal->diameter / 2, <, BOTTOM + TOLERANCE);
  g_assert_cmpfloat (seal->x + seal->diameter / 2, <, 210 * ZC_MM);
  unit_and_date = page_text (pdf, seal->page);
  g_assert_nonnull (strstr (unit_and_date, "某某区档案馆2016年7月8日"));
}

static void
test_seal_never_alone (void)
{
  for (guint lines = 1; lines <= 40; lines++)
    check_seal (lines, 42);
}

static void
test_seal_diameters (void)
{
  static const double diameters[] = { 38, 40, 45, 50, 60 };

  for (gsize i = 0; i < G_N_ELEMENTS (diameters); i++)
    {
      check_seal (5, diameters[i]);
      check_seal (20, diameters[i]);
    }
}

/* 7.3.5.1: the date ends four characters from the right, the unit is centred on it, and the seal on both. */
static void
test_seal_centred (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (PopplerDocument) pdf = NULL;
  g_autoptr (PopplerPage) page = NULL;
  const ZcSealPlace *seal;
  GList *unit, *date;
  const PopplerRectangle *unit_box, *date_box;

  sample_add (document, ZC_BLOCK_PARAGRAPH, "特此报告。", NULL);
  sample_add_signature (document, 42);
  pages = compose (document);
  pdf = open_pdf (pages);
  page = poppler_document_get_page (pdf, 0);
  unit = poppler_page_find_text (page, "某某区档案馆");
  date = poppler_page_find_text (page, "2016年7月8日");
  g_assert_nonnull (unit);
  g_assert_nonnull (date);
  unit_box = unit->data;
  date_box = date->data;
  seal = &g_array_index (zc_pages_seals (pages), ZcSealPlace, 0);
  g_assert_cmpfloat_with_epsilon (date_box->x2, RIGHT - 4 * CELL, TOLERANCE);
  g_assert_cmpfloat_with_epsilon ((unit_box->x1 + unit_box->x2) / 2, (date_box->x1 + date_box->x2) / 2,
                                  TOLERANCE);
  g_assert_cmpfloat_with_epsilon (seal->x, (date_box->x1 + date_box->x2) / 2, TOLERANCE);
  g_list_free_full (unit, (GDestroyNotify) poppler_rectangle_free);
  g_list_free_full (date, (GDestroyNotify) poppler_rectangle_free);
}

/* An undertaking's lines, and no unit and date below them: the seal is beside the line that asks for it, with
   no place of its own below and no rule to sign on within it. */
static void
test_seal_beside_lines (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  ZcBlock *block;
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (PopplerDocument) pdf = NULL;
  const ZcSealPlace *seal;
  cairo_surface_t *surface;

  sample_add (document, ZC_BLOCK_PARAGRAPH, "自愿承担相关责任。", NULL);
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_SIGNATURE));
  zc_block_add (block, "", "fact:unit.name");
  zc_block_add (block, "", NULL);
  zc_block_add (block, "承诺单位（盖章）：", NULL);
  zc_block_add (block, "法人或负责人（签字）：", NULL);
  zc_block_add (block, "二〇　　年　　月　　日", NULL);
  block->seal_mm = 42;
  pages = compose (document);
  g_assert_nonnull (zc_pages_of_place (pages, "fact:unit.name"));
  g_assert_cmpuint (zc_pages_seals (pages)->len, ==, 1);
  seal = &g_array_index (zc_pages_seals (pages), ZcSealPlace, 0);
  g_assert_cmpfloat (seal->y - seal->diameter / 2, >, TOP + PITCH);
  g_assert_cmpfloat (seal->y, <, TOP + 5 * PITCH);
  g_assert_cmpfloat (seal->x + seal->diameter / 2, <, RIGHT);
  pdf = open_pdf (pages);
  surface = render (pdf, 1);
  for (int y = (int) ((seal->y - seal->diameter / 2) * SCALE);
       y < (int) ((seal->y + seal->diameter / 2) * SCALE); y++)
    g_assert_false (row_has_ink (surface, y, seal->x - seal->diameter / 2, RIGHT));
  cairo_surface_destroy (surface);
}

/* A signature under a table takes the table's last row along. */
static void
test_seal_under_table (void)
{
  for (guint rows = 20; rows < 60; rows++)
    {
      g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_FORM, TRUE);
      ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
      const double widths[] = { 1, 1 };
      g_autoptr (ZcPages) pages = NULL;
      g_autofree char *last = g_strdup_printf ("fact:r%u", rows - 1);
      const GArray *last_pages;

      block->table = zc_table_new (widths, 2);
      for (guint i = 0; i < rows; i++)
        {
          ZcRow *row = zc_table_add_row (block->table);
          g_autofree char *place = g_strdup_printf ("fact:r%u", i);

          zc_cell_add (zc_row_add (row, zc_cell_new (0, 1)), "项目", NULL);
          zc_cell_add (zc_row_add (row, zc_cell_new (1, 1)), i % 5 ? "符合" : "一行\n二行\n三行", place);
        }
      sample_add_signature (document, 42);
      pages = compose (document);
      last_pages = zc_pages_of_place (pages, last);
      g_assert_cmpuint (g_array_index (last_pages, guint, last_pages->len - 1), ==,
                        g_array_index (zc_pages_seals (pages), ZcSealPlace, 0).page);
    }
}

/* The file. */

static void
test_same_bytes (void)
{
  static const char *const zones[] = { "UTC", "Asia/Shanghai", "America/New_York" };
  g_autoptr (GBytes) first = NULL;
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (ZcDocument) document = sample_report ();
      g_autoptr (ZcPages) pages = NULL;
      g_autoptr (GBytes) bytes = NULL;

      g_setenv ("TZ", zones[i], TRUE);
      pages = compose (document);
      bytes = write_bytes (pages);
      if (!first)
        first = g_bytes_ref (bytes);
      g_assert_true (g_bytes_equal (bytes, first));
      g_usleep (i == 0 ? 1100000 : 0); /* another second has no say either */
    }
  if (zone)
    g_setenv ("TZ", zone, TRUE);
  else
    g_unsetenv ("TZ");
}

static void
count_outline (PopplerIndexIter *iter, GString *titles, guint depth)
{
  do
    {
      PopplerAction *action = poppler_index_iter_get_action (iter);
      PopplerIndexIter *child = poppler_index_iter_get_child (iter);

      g_string_append_printf (titles, "%u:%s@%d ", depth, action->any.title,
                              action->goto_dest.dest->page_num);
      poppler_action_free (action);
      if (child)
        count_outline (child, titles, depth + 1);
      g_clear_pointer (&child, poppler_index_iter_free);
    }
  while (poppler_index_iter_next (iter));
}

static void
test_metadata (void)
{
  g_autoptr (ZcDocument) document = sample_report ();
  g_autoptr (ZcPages) pages = compose (document);
  g_autoptr (PopplerDocument) pdf = open_pdf (pages);
  g_autoptr (PopplerPage) second = poppler_document_get_page (pdf, 1);
  g_autoptr (GBytes) bytes = write_bytes (pages);
  g_autofree char *title = poppler_document_get_title (pdf), *author = poppler_document_get_author (pdf);
  g_autofree char *label = poppler_page_get_label (second), *xmp = poppler_document_get_metadata (pdf);
  g_autofree char *permanent = NULL, *update = NULL;
  g_autoptr (GString) outline = g_string_new (NULL), expected = g_string_new (NULL);
  g_autoptr (GDateTime) created = poppler_document_get_creation_date_time (pdf);
  g_autofree char *date = g_date_time_format_iso8601 (created);
  PopplerIndexIter *iter = poppler_index_iter_new (pdf);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpstr (title, ==, document->title);
  g_assert_cmpstr (author, ==, document->unit);
  g_assert_cmpstr (label, ==, "2");
  g_assert_true (g_str_has_prefix (date, "2016-07-08T00:00:00") ||
                 g_str_has_prefix (date, "2016-07-08T08:00:00"));
  g_assert_nonnull (strstr (xmp, "zh-CN"));
  g_assert_true (poppler_document_get_id (pdf, &permanent, &update));
  g_assert_nonnull (memmem (data, size, "/Lang (zh-CN)", 13));
  count_outline (iter, outline, 0);
  poppler_index_iter_free (iter);
  g_assert_cmpuint (zc_pages_outline (pages)->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      const ZcOutlineEntry *entry = zc_pages_outline (pages)->pdata[i];
      g_autofree char *text = page_text (pdf, entry->page);

      g_assert_nonnull (strstr (text, entry->text));
      g_string_append_printf (expected, "%u:%s@%u ", entry->level, entry->text, entry->page);
    }
  g_assert_cmpstr (outline->str, ==, expected->str);
}

static void
test_fonts_embedded (void)
{
  g_autoptr (ZcDocument) document = sample_report ();
  g_autoptr (ZcPages) pages = compose (document);
  g_autoptr (PopplerDocument) pdf = open_pdf (pages);
  PopplerFontInfo *info = poppler_font_info_new (pdf);
  PopplerFontsIter *iter = NULL;
  guint n = 0;

  g_assert_true (poppler_font_info_scan (info, 100, &iter));
  do
    {
      g_assert_true (poppler_fonts_iter_is_embedded (iter));
      g_assert_true (poppler_fonts_iter_is_subset (iter));
      n++;
    }
  while (poppler_fonts_iter_next (iter));
  g_assert_cmpuint (n, >=, 2);
  poppler_fonts_iter_free (iter);
  g_object_unref (info);
}

/* The tree of structure: headings, paragraphs and, in the form, a table with its header cells. */
static void
count_structure (PopplerStructureElementIter *iter, guint counts[64])
{
  do
    {
      g_autoptr (PopplerStructureElement) element = poppler_structure_element_iter_get_element (iter);
      PopplerStructureElementIter *child = poppler_structure_element_iter_get_child (iter);

      counts[poppler_structure_element_get_kind (element)]++;
      if (child)
        count_structure (child, counts);
      g_clear_pointer (&child, poppler_structure_element_iter_free);
    }
  while (poppler_structure_element_iter_next (iter));
}

static void
test_structure (void)
{
  g_autoptr (ZcDocument) report = sample_report (), form = sample_form (5);
  g_autoptr (ZcPages) pages = compose (report), form_pages = compose (form);
  g_autoptr (PopplerDocument) pdf = open_pdf (pages), form_pdf = open_pdf (form_pages);
  PopplerStructureElementIter *iter = poppler_structure_element_iter_new (pdf);
  guint counts[64] = { 0 };

  g_assert_nonnull (iter);
  count_structure (iter, counts);
  poppler_structure_element_iter_free (iter);
  g_assert_cmpuint (counts[POPPLER_STRUCTURE_ELEMENT_HEADING_1], ==, 2);
  g_assert_cmpuint (counts[POPPLER_STRUCTURE_ELEMENT_HEADING_4], ==, 1);
  g_assert_cmpuint (counts[POPPLER_STRUCTURE_ELEMENT_PARAGRAPH], >=, 6);

  memset (counts, 0, sizeof counts);
  iter = poppler_structure_element_iter_new (form_pdf);
  count_structure (iter, counts);
  poppler_structure_element_iter_free (iter);
  g_assert_cmpuint (counts[POPPLER_STRUCTURE_ELEMENT_TABLE], ==, 1);
  g_assert_cmpuint (counts[POPPLER_STRUCTURE_ELEMENT_TABLE_ROW], ==, 7);
  g_assert_cmpuint (counts[POPPLER_STRUCTURE_ELEMENT_TABLE_HEADING], ==, 8 + 1);
  g_assert_cmpuint (counts[POPPLER_STRUCTURE_ELEMENT_TABLE_DATA], ==, 5 * 6);
}

/* However long it is, a form has its structure, in the order of its pages although the first is written last. */
static void
test_structure_of_many (void)
{
  g_autoptr (ZcDocument) form = sample_form (3000);
  g_autoptr (ZcPages) pages = compose (form);
  g_autoptr (PopplerDocument) pdf = open_pdf (pages);
  PopplerStructureElementIter *iter = poppler_structure_element_iter_new (pdf), *child;
  guint counts[64] = { 0 };
  int page = -1;

  g_assert_cmpuint (zc_pages_count (pages), >, 200);
  child = poppler_structure_element_iter_get_child (iter);
  do
    {
      g_autoptr (PopplerStructureElement) element = poppler_structure_element_iter_get_element (child);

      g_assert_cmpint (poppler_structure_element_get_page (element), >=, page);
      page = poppler_structure_element_get_page (element);
    }
  while (poppler_structure_element_iter_next (child));
  poppler_structure_element_iter_free (child);
  count_structure (iter, counts);
  poppler_structure_element_iter_free (iter);
  g_assert_cmpint (page, ==, (int) zc_pages_count (pages) - 1);
  g_assert_cmpuint (counts[POPPLER_STRUCTURE_ELEMENT_TABLE], ==, zc_pages_count (pages));
  g_assert_cmpuint (counts[POPPLER_STRUCTURE_ELEMENT_TABLE_ROW], >=, 3000 + 2 * zc_pages_count (pages));
}

/* What is missing fails: a test that is skipped proves nothing. */
static void
run (const char *const *argv, char **output)
{
  g_autofree char *messages = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, output, &messages, &status,
                &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s%s", argv[0], *output, messages);
}

static char *
write_file (ZcPages *pages)
{
  g_autofree char *name = g_strdup_printf ("zicha-test-%08x.pdf", g_random_int ());
  char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  zc_pdf_write (pages, path, NULL, &error);
  g_assert_no_error (error);
  return path;
}

/* A reader of QR codes finds the seal's text in a picture of the first page, upright or across. */
static void
test_qr_reads (void)
{
  for (int landscape = 0; landscape < 2; landscape++)
    {
      g_autoptr (ZcDocument) document = sample_form (40);
      g_autoptr (ZcPages) pages = NULL;
      g_autoptr (PopplerDocument) pdf = NULL;
      g_autofree char *pdf_path = NULL, *picture = NULL, *read = NULL, *expected = NULL;
      const char *argv[] = { "zbarimg", "--quiet", "--raw", "--nodbus", NULL, NULL };
      cairo_surface_t *surface;

      ((ZcBlock *) document->blocks->pdata[2])->landscape = landscape;
      pages = compose (document);
      pdf = open_pdf (pages);
      surface = render (pdf, 1);
      pdf_path = write_file (pages);
      picture = g_strconcat (pdf_path, ".png", NULL);
      g_unlink (pdf_path);
      g_assert_cmpint (cairo_surface_write_to_png (surface, picture), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_destroy (surface);
      argv[4] = picture;
      expected = g_strdup_printf ("ZC1:0123456789ABCDEF0123456789ABCDEF:1:1/%u", zc_pages_count (pages));
      run (argv, &read);
      g_assert_cmpstr (g_strstrip (read), ==, expected);
      g_unlink (picture);
    }
}

static void
test_qpdf_agrees (void)
{
  g_autoptr (ZcDocument) report = sample_report (), form = sample_form (100), tall = sample_form (2500);
  ZcDocument *documents[] = { report, form, tall };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (ZcPages) pages = compose (documents[i]);
      g_autofree char *path = write_file (pages), *output = NULL;
      const char *const argv[] = { "qpdf", "--check", path, NULL };

      run (argv, &output);
      g_unlink (path);
    }
}

static void
test_write_fails (void)
{
  g_autoptr (ZcDocument) document = sample_report ();
  g_autoptr (ZcPages) pages = compose (document);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ZcProgress progress = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_false (zc_pdf_write (pages, "/nonexistent/folder/x.pdf", NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_IO);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (zc_pdf_to_bytes (pages, &progress, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_CANCELLED);
}

/* The screen shows what the PDF has. */
static void
test_screen (void)
{
  g_autoptr (ZcDocument) document = sample_report ();
  g_autoptr (ZcPages) pages = compose (document);
  g_autoptr (PopplerDocument) pdf = open_pdf (pages);
  cairo_surface_t *printed = render (pdf, 1),
                  *screen = cairo_surface_create_similar_image (printed, CAIRO_FORMAT_RGB24,
                                                                cairo_image_surface_get_width (printed),
                                                                cairo_image_surface_get_height (printed));
  cairo_t *cr = cairo_create (screen);
  guint ink = 0, other = 0;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, SCALE, SCALE);
  zc_pdf_draw_page (pages, 1, cr);
  cairo_destroy (cr);
  cairo_surface_flush (screen);
  for (int y = 0; y < cairo_image_surface_get_height (screen); y++)
    for (int x = 0; x < cairo_image_surface_get_width (screen); x++)
      {
        ink += is_ink (printed, x, y);
        other += is_ink (printed, x, y) != is_ink (screen, x, y);
      }
  g_assert_cmpuint (ink, >, 10000);
  g_assert_cmpuint (other, <, ink / 8);
  cairo_surface_destroy (printed);
  cairo_surface_destroy (screen);
}

/* Nothing typed is missing. */

/* A text that occurs nowhere else: @length characters of all kinds, the first of them a serial number in Han
 * characters. */
static char *
make_token (GRand *rand, guint serial, guint length)
{
  static const char *const kinds[] = { "0123456789", "abcdefghijkABCDEFG", "，。、；：（）《》“”——……·！？％",
                                       "☑☐√①Ⅳ℃→", "堃犇昇珺喆翀䶮𠮷𫖮" };
  GString *token = g_string_new (NULL);

  g_string_append_unichar (token, 0x3400 + serial); /* Extension A: no other token has it */
  for (guint i = 1; i < length; i++)
    {
      int kind = g_rand_int_range (rand, 0, 12);

      if (kind < (int) G_N_ELEMENTS (kinds))
        {
          glong n = g_utf8_strlen (kinds[kind], -1);
          const char *p = g_utf8_offset_to_pointer (kinds[kind], g_rand_int_range (rand, 0, (gint32) n));

          g_string_append_len (token, p, g_utf8_next_char (p) - p);
        }
      else
        g_string_append_unichar (token, (gunichar) g_rand_int_range (rand, 0x4E00, 0x9FA5));
    }
  return g_string_free (token, FALSE);
}

/* The text of @pdf in the order in which it was set, without white space and without what stands on every
 * page. */
static char *
extract (ZcPages *pages)
{
  g_autofree char *path = write_file (pages), *output = NULL;
  const char *const argv[] = { "pdftotext", "-raw", "-enc", "UTF-8", path, "-", NULL };
  g_autoptr (GString) bare = g_string_new (NULL);
  g_autoptr (GRegex) furniture = g_regex_new ("—[0-9]+—封签码[0-9-]{55}第2版", 0, 0, NULL);

  run (argv, &output);
  g_unlink (path);
  for (const char *p = output; *p; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_len (bare, p, g_utf8_next_char (p) - p);
  return g_regex_replace_literal (furniture, bare->str, (gssize) bare->len, 0, "", 0, NULL);
}

static guint
count_in (const char *text, const char *token)
{
  guint n = 0;

  for (const char *at = strstr (text, token); at; at = strstr (at + 1, token))
    n++;
  return n;
}

static void
add_tokens_in_table (ZcDocument *document, GPtrArray *tokens, GRand *rand)
{
  const double widths[] = { 1, 2, 3 };
  ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));

  block->table = zc_table_new (widths, 3);
  for (guint i = 0; i < 60; i++)
    {
      ZcRow *row = zc_table_add_row (block->table);

      for (guint c = 0; c < 3; c++)
        {
          ZcCell *cell = zc_row_add (row, zc_cell_new (c, 1));
          char *token =
              make_token (rand, tokens->len, i == 31 && c == 2 ? 5000 : (guint) g_rand_int_range (rand, 1, 60));

          cell->label = c == 0;
          cell->align = (ZcAlign) (i % 3);
          /* A row over several pages: only the cell that has the text may go on. */
          zc_cell_add (cell, i == 31 && c != 2 ? "" : token, NULL);
          if (i == 31 && c != 2)
            g_free (token);
          else
            g_ptr_array_add (tokens, token);
        }
    }
}

static void
test_every_token (void)
{
  static const guint lengths[] = { 1, 2, 7, 27, 28, 29, 100, 613, 20000 };
  static const ZcBlockKind kinds[] = { ZC_BLOCK_PARAGRAPH, ZC_BLOCK_HEADING, ZC_BLOCK_NOTE, ZC_BLOCK_TITLE,
                                       ZC_BLOCK_ADDRESSEE };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int style = ZC_STYLE_OFFICIAL; style <= ZC_STYLE_FORM; style++)
    {
      g_autoptr (ZcDocument) document = sample_document ((ZcDocumentStyle) style, TRUE);
      g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (ZcPages) pages = NULL;
      g_autofree char *text = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
        for (gsize k = 0; k < (lengths[i] < 200 ? G_N_ELEMENTS (kinds) : 1); k++)
          {
            char *token = make_token (rand, tokens->len, lengths[i]);

            sample_add (document, kinds[k], token, NULL);
            g_ptr_array_add (tokens, token);
          }
      add_tokens_in_table (document, tokens, rand);
      pages = compose (document);
      text = extract (pages);
      for (guint i = 0; i < tokens->len; i++)
        if (count_in (text, tokens->pdata[i]) != 1)
          g_error ("token %u is there %u times: %s", i, count_in (text, tokens->pdata[i]),
                   (char *) tokens->pdata[i]);
    }
}

/* A character that no font has is printed as 〓, but read back as what was typed. */
static void
test_missing_read_back (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (PopplerDocument) pdf = NULL;
  g_autofree char *text = NULL;

  sample_add (document, ZC_BLOCK_PARAGRAPH, "姓名：王\360\277\277\275，李堃", NULL);
  pages = zc_pages_new (document, fonts, NULL, NULL);
  pdf = open_pdf (pages);
  text = page_text (pdf, 1);
  g_assert_nonnull (strstr (text, "姓名：王\360\277\277\275，李堃"));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fonts = zc_fonts_new (NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/pdf/geometry/grid", test_grid);
  g_test_add_func ("/pdf/geometry/cells", test_cells);
  g_test_add_func ("/pdf/geometry/page-numbers", test_page_numbers);
  g_test_add_func ("/pdf/table/headers", test_table_headers);
  g_test_add_func ("/pdf/table/rules", test_table_rules);
  g_test_add_func ("/pdf/seal/never-alone", test_seal_never_alone);
  g_test_add_func ("/pdf/seal/diameters", test_seal_diameters);
  g_test_add_func ("/pdf/seal/centred", test_seal_centred);
  g_test_add_func ("/pdf/seal/beside-lines", test_seal_beside_lines);
  g_test_add_func ("/pdf/seal/under-table", test_seal_under_table);
  g_test_add_func ("/pdf/file/same-bytes", test_same_bytes);
  g_test_add_func ("/pdf/file/metadata", test_metadata);
  g_test_add_func ("/pdf/file/fonts-embedded", test_fonts_embedded);
  g_test_add_func ("/pdf/file/structure", test_structure);
  g_test_add_func ("/pdf/file/structure-of-many", test_structure_of_many);
  g_test_add_func ("/pdf/file/qpdf-agrees", test_qpdf_agrees);
  g_test_add_func ("/pdf/file/qr-reads", test_qr_reads);
  g_test_add_func ("/pdf/file/write-fails", test_write_fails);
  g_test_add_func ("/pdf/screen", test_screen);
  g_test_add_func ("/pdf/text/every-token", test_every_token);
  g_test_add_func ("/pdf/text/missing-characters", test_missing_read_back);
  status = g_test_run ();
  g_clear_pointer (&fonts, zc_fonts_unref);
  return status;
}
