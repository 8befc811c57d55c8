/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-source.h"
#include "word-opc.h"
#include "word-package.h"
#include "word-sample.h"
#include "word/zc-word.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

static void
test_package_rules (void)
{
  for (int sealed = 0; sealed < 2; sealed++)
    {
      g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, sealed);
      g_autoptr (WordPackage) package = word_package_of (document);

      word_check_opc (package);
      g_assert_cmpint (g_hash_table_contains (package->parts, "word/media/qr.png"), ==, sealed);
    }
}

static char *
part_text (const WordPackage *package, const char *name)
{
  g_autoptr (xmlDoc) doc = word_package_xml (package, name);

  return word_text ((xmlNode *) doc);
}

static void
test_draft_and_seal (void)
{
  static const char *const margins[] = { "word/header1.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml" };

  for (int sealed = 0; sealed < 2; sealed++)
    {
      g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, sealed);
      g_autoptr (WordPackage) package = word_package_of (document);

      for (gsize i = 0; i < G_N_ELEMENTS (margins); i++)
        {
          g_autofree char *text = part_text (package, margins[i]);
          gboolean header = i < 2;

          g_assert_cmpint (strstr (text, "内部资料") != NULL, ==, header);
          g_assert_cmpint (strstr (text, "草稿 未封存") != NULL, ==, header && !sealed);
          g_assert_cmpint (strstr (text, "“summary.pdf”") != NULL, ==, header && sealed);
          g_assert_cmpint (strstr (text, WORD_SAMPLE_CODE) != NULL, ==, !header && sealed);
          g_assert_cmpint (strstr (text, "第2版") != NULL, ==, !header && sealed);
          g_assert_cmpint (strstr (text, "— 1 —") != NULL, ==, !header);
        }
    }
}

static void
test_page_numbers_outside (void)
{
  static const struct { const char *part, *jc; } cases[] = { { "word/footer1.xml", "right" }, { "word/footer2.xml", "left" },
                                                             { "word/footer3.xml", "right" } };
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_FORM, TRUE);
  g_autoptr (WordPackage) package = word_package_of (document);
  g_autoptr (xmlDoc) settings = word_package_xml (package, "word/settings.xml");
  g_autoptr (GPtrArray) odd_even = word_find ((xmlNode *) settings, "evenAndOddHeaders");

  g_assert_cmpuint (odd_even->len, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (xmlDoc) footer = word_package_xml (package, cases[i].part);
      g_autoptr (GPtrArray) field = word_find ((xmlNode *) footer, "instrText");
      g_autofree char *jc = word_val ((xmlNode *) footer, "jc", "val");
      g_autofree char *code = NULL;

      g_assert_cmpuint (field->len, ==, 1);
      code = zc_xml_text (field->pdata[0]);
      g_assert_cmpstr (code, ==, " PAGE ");
      g_assert_cmpstr (jc, ==, cases[i].jc);
    }
}

typedef struct
{
  const guint8 *data;
  gsize left;
} PngSource;

static cairo_status_t
read_png (void *closure, unsigned char *data, unsigned int length)
{
  PngSource *source = closure;

  if (length > source->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->data, length);
  source->data += length;
  source->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
is_dark (cairo_surface_t *png, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (png) + y * cairo_image_surface_get_stride (png);

  return (((const guint32 *) (gconstpointer) row)[x] & 0xff) < 128;
}

/* Six pixels a module, a quiet zone of four, and a finder (1 3 1 of dark, light, dark) in the corner after it. */
static void
test_qr_picture (void)
{
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (WordPackage) package = word_package_of (document);
  PngSource source;
  cairo_surface_t *png;
  int side;

  source.data = g_bytes_get_data (g_hash_table_lookup (package->parts, "word/media/qr.png"), &source.left);
  png = cairo_image_surface_create_from_png_stream (read_png, &source);
  g_assert_cmpint (cairo_surface_status (png), ==, CAIRO_STATUS_SUCCESS);
  side = cairo_image_surface_get_width (png);
  g_assert_cmpint (side, ==, cairo_image_surface_get_height (png));
  g_assert_cmpint (side % 6, ==, 0);
  g_assert_cmpint ((side / 6 - 8 - 17) % 4, ==, 0);
  for (int i = 0; i < side; i++)
    g_assert_false (is_dark (png, i, 23) || is_dark (png, 23, i) || is_dark (png, i, side - 24));
  for (int module = 0; module < 7; module++)
    g_assert_cmpint (is_dark (png, (4 + module) * 6 + 3, 7 * 6 + 3), ==, module != 1 && module != 5);
  cairo_surface_destroy (png);
}

/* Portrait, landscape with its heading and remark, portrait again; each section has all its headers and footers. */
static void
test_sections (void)
{
  static const gboolean landscape[] = { FALSE, TRUE, FALSE };
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (WordPackage) package = word_package_of (document);
  g_autoptr (GPtrArray) sections = word_find ((xmlNode *) package->document, "sectPr");

  g_assert_cmpuint (sections->len, ==, G_N_ELEMENTS (landscape));
  for (guint i = 0; i < sections->len; i++)
    {
      g_autofree char *orient = word_val (sections->pdata[i], "pgSz", "orient");
      g_autofree char *pitch = word_val (sections->pdata[i], "docGrid", "linePitch");

      g_assert_cmpstr (orient, ==, landscape[i] ? "landscape" : NULL);
      g_assert_cmpstr (pitch, ==, "579");
      g_assert_cmpuint (word_count (sections->pdata[i], "titlePg"), ==, i == 0 ? 1 : 0);
      g_assert_cmpuint (word_count (sections->pdata[i], "footerReference"), ==, i == 0 ? 3 : 2);
    }
}

static void
test_landscape_alone (void)
{
  static const double widths[] = { 1, 2 };
  g_autoptr (ZcDocument) document = zc_document_new ("x", "x", ZC_STYLE_FORM);
  g_autoptr (WordPackage) package = NULL;
  g_autoptr (GPtrArray) sections = NULL;
  g_autofree char *orient = NULL;
  ZcBlock *block;

  zc_document_add (document, zc_block_new (ZC_BLOCK_PAGE_BREAK));
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_TITLE, "台账", NULL));
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
  block->landscape = TRUE;
  block->table = zc_table_new (widths, 2);
  zc_row_add (zc_table_add_row (block->table), zc_cell_new (1, 1));
  block = zc_document_add (document, zc_block_new (ZC_BLOCK_SIGNATURE));
  zc_block_add (block, "甲单位", NULL);
  zc_block_add (block, "2016年7月8日", NULL);
  package = word_package_of (document);
  sections = word_find ((xmlNode *) package->document, "sectPr");
  g_assert_cmpuint (sections->len, ==, 1);
  orient = word_val (sections->pdata[0], "pgSz", "orient");
  g_assert_cmpstr (orient, ==, "landscape");
  g_assert_cmpuint (word_count ((xmlNode *) package->document, "pageBreakBefore"), ==, 0);
  word_check_grid (zc_xml_first (zc_xml_first (xmlDocGetRootElement (package->document), "body"), "tbl"));
}

/* Used styles exist; each style's faces are the official ones. */
static void
test_styles (void)
{
  static const struct { const char *id, *face, *half_points; } cases[] = {
    { "Normal", "仿宋_GB2312", "32" }, { "Title", "方正小标宋简体", "44" }, { "Heading1", "黑体", NULL },
    { "Heading2", "楷体_GB2312", NULL }, { "Heading3", "仿宋_GB2312", NULL }, { "Heading4", "仿宋_GB2312", NULL },
    { "Footer", "宋体", "28" }, { "TableText", "宋体", "21" },
  };
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (WordPackage) package = word_package_of (document);
  g_autoptr (xmlDoc) styles = word_package_xml (package, "word/styles.xml");
  g_autoptr (GPtrArray) all = word_find ((xmlNode *) styles, "style");
  g_autoptr (GPtrArray) used = word_find ((xmlNode *) package->document, "pStyle");
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < all->len; i++)
    g_assert_true (g_hash_table_insert (ids, word_attribute (all->pdata[i], "styleId"), all->pdata[i]));
  for (guint i = 0; i < used->len; i++)
    {
      g_autofree char *id = word_attribute (used->pdata[i], "val");

      g_assert_true (g_hash_table_contains (ids, id));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      xmlNode *style = g_hash_table_lookup (ids, cases[i].id);
      g_autofree char *face = word_val (style, "rFonts", "eastAsia"), *size = word_val (style, "sz", "val");

      g_assert_cmpstr (face, ==, cases[i].face);
      g_assert_cmpstr (size, ==, cases[i].half_points);
    }
}

static void
check_right (xmlNode *paragraph, const char *text, const char *chars)
{
  g_autofree char *is = word_text (paragraph), *right = word_val (paragraph, "ind", "rightChars");

  g_assert_cmpstr (is, ==, text);
  g_assert_cmpstr (right, ==, chars);
}

/* What is not answered stays visible, but lighter. */
static void
test_weak_span (void)
{
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, FALSE);
  g_autoptr (WordPackage) package = word_package_of (document);
  g_autoptr (GPtrArray) runs = word_find ((xmlNode *) package->document, "r");
  guint weak = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      g_autofree char *style = word_val (runs->pdata[i], "rStyle", "val"), *text = word_text (runs->pdata[i]);

      g_assert_cmpstr (style, ==, g_str_equal (text, "（此处未填）") ? "Weak" : NULL);
      weak += style != NULL;
    }
  g_assert_cmpuint (weak, ==, 4);
}

/* GB/T 9704-2012 7.3.5: the date four characters from the right with the name centred over it; what stands before it
 * keeps with it. */
static void
test_signature (void)
{
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, FALSE);
  g_autoptr (WordPackage) package = word_package_of (document);
  g_autoptr (GPtrArray) paragraphs = word_find ((xmlNode *) package->document, "p");
  guint found = 0;

  for (guint i = 2; i < paragraphs->len; i++)
    {
      g_autofree char *text = word_text (paragraphs->pdata[i]);

      if (!g_str_equal (text, "示例区教育委员会"))
        continue;
      found++;
      g_assert_cmpuint (word_count (paragraphs->pdata[i - 1], "keepNext"), ==, 1);
      /* 8 characters over a date of 6: 4 + (6 - 8) / 2. */
      check_right (paragraphs->pdata[i], "示例区教育委员会", "300");
      check_right (paragraphs->pdata[i + 1], "2016年7月8日", "400");
    }
  g_assert_cmpuint (found, ==, 1);
}

static void
test_long_unit_moves_date (void)
{
  g_autoptr (ZcDocument) document = zc_document_new ("x", "x", ZC_STYLE_OFFICIAL);
  g_autoptr (WordPackage) package = NULL;
  g_autoptr (GPtrArray) paragraphs = NULL;
  ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_SIGNATURE));

  block->seal_mm = 42;
  zc_block_add (block, "示例市示例区人民政府政务信息化工作领导小组办公室", NULL);
  zc_block_add (block, "2016年7月8日", NULL);
  package = word_package_of (document);
  paragraphs = word_find ((xmlNode *) package->document, "p");
  g_assert_cmpuint (paragraphs->len, ==, 2);
  /* 24 characters centred on the date would end 5 behind the type area; they end 1 before it: both move left by 6. */
  check_right (paragraphs->pdata[0], "示例市示例区人民政府政务信息化工作领导小组办公室", "100");
  check_right (paragraphs->pdata[1], "2016年7月8日", "1000");
}

static void
test_metadata (void)
{
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (WordPackage) package = word_package_of (document);
  g_autoptr (xmlDoc) core = word_package_xml (package, "docProps/core.xml");
  xmlNode *root = xmlDocGetRootElement (core);
  static const struct { const char *name, *value; } cases[] = {
    { "title", "网络与信息安全自查情况报告" }, { "creator", "示例区教育委员会" }, { "created", "2016-07-08T00:00:00Z" },
    { "modified", "2016-07-08T00:00:00Z" }, { "identifier", WORD_SAMPLE_CODE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = zc_xml_text (zc_xml_first (root, cases[i].name));

      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

static void
test_same_bytes_in_every_zone (void)
{
  static const char *const zones[] = { "UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati" };
  g_autofree char *saved = g_strdup (g_getenv ("TZ"));
  g_autoptr (GBytes) first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, TRUE);
      g_autoptr (GBytes) bytes = NULL;

      g_setenv ("TZ", zones[i], TRUE);
      tzset ();
      bytes = zc_word_to_bytes (document, NULL, NULL);
      g_assert_nonnull (bytes);
      if (first)
        g_assert_true (g_bytes_equal (first, bytes));
      else
        first = g_steal_pointer (&bytes);
    }
  if (saved)
    g_setenv ("TZ", saved, TRUE);
  tzset ();
}

static void
test_qr_too_long (void)
{
  g_autoptr (ZcDocument) document = zc_document_new ("x", "x", ZC_STYLE_FORM);
  g_autofree char *qr = g_strnfill (8000, 'A');
  g_autoptr (GError) error = NULL;

  document->mark = zc_seal_mark_new ("1", qr, 1);
  g_assert_null (zc_word_to_bytes (document, NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_LIMIT);
}

static void
test_cancelled_leaves_nothing (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *folder = g_dir_make_tmp ("zicha-word-XXXXXX", NULL), *path = g_build_filename (folder, "x.docx", NULL);
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_FORM, FALSE);
  g_autoptr (GError) error = NULL;
  ZcProgress progress = { .cancellable = cancellable };

  g_cancellable_cancel (cancellable);
  g_assert_false (zc_word_write (document, path, &progress, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_CANCELLED);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_file_is_the_bytes (void)
{
  g_autofree char *folder = g_dir_make_tmp ("zicha-word-XXXXXX", NULL), *path = g_build_filename (folder, "x.docx", NULL);
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_FORM, TRUE);
  g_autoptr (GBytes) bytes = zc_word_to_bytes (document, NULL, NULL), read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (zc_word_write (document, path, NULL, &error));
  read = zc_read_file (path, 1 << 20, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, read));
  g_unlink (path);
  g_assert_false (zc_word_write (document, "/nonexistent/x.docx", NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_IO);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/word/package/rules", test_package_rules);
  g_test_add_func ("/word/package/metadata", test_metadata);
  g_test_add_func ("/word/package/same-bytes-in-every-zone", test_same_bytes_in_every_zone);
  g_test_add_func ("/word/package/file-is-the-bytes", test_file_is_the_bytes);
  g_test_add_func ("/word/package/cancelled-leaves-nothing", test_cancelled_leaves_nothing);
  g_test_add_func ("/word/page/draft-and-seal", test_draft_and_seal);
  g_test_add_func ("/word/page/numbers-outside", test_page_numbers_outside);
  g_test_add_func ("/word/page/sections", test_sections);
  g_test_add_func ("/word/page/landscape-alone", test_landscape_alone);
  g_test_add_func ("/word/page/qr-picture", test_qr_picture);
  g_test_add_func ("/word/page/qr-too-long", test_qr_too_long);
  g_test_add_func ("/word/styles/faces", test_styles);
  g_test_add_func ("/word/styles/weak", test_weak_span);
  g_test_add_func ("/word/signature/place", test_signature);
  g_test_add_func ("/word/signature/long-unit", test_long_unit_moves_date);
  return g_test_run ();
}
