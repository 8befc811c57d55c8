/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "layout/zc-measure.h"
#include "layout/zc-pages-private.h"
#include "layout/zc-sheet.h"
#include "sample-blocks.h"

/* Once for all tests: the installed fonts, with the faces in ZICHA_FONTDIR if it is set. */
static ZcFonts *fonts;

static ZcPages *
compose (ZcDocument *document)
{
  g_autoptr (GError) error = NULL;
  ZcPages *pages = zc_pages_new (document, fonts, NULL, &error);

  g_assert_no_error (error);
  return pages;
}

/* Fonts. */

static void
test_fonts_by_name (void)
{
  g_autoptr (GError) error = NULL;
  const char *const none[] = { NULL };
  g_autoptr (ZcFonts) system_only = zc_fonts_new (none, &error);

  g_assert_no_error (error);
  for (guint f = 0; f < ZC_N_FACES; f++)
    {
      const ZcFontChoice *choice = zc_fonts_choice (system_only, f);

      g_assert_cmpint (choice->face, ==, f);
      g_assert_nonnull (choice->name);
      g_assert_nonnull (choice->wanted);
      g_assert_nonnull (choice->found);
      g_assert_true (g_file_test (choice->file, G_FILE_TEST_IS_REGULAR));
      g_assert_true (choice->substituted || !strstr (choice->found, "Noto"));
      g_assert_null (strstr (choice->found, "DejaVu Sans"));
    }
}

/* Fonts of our own, whatever is installed: copies of DejaVu Serif that say they are of other families, and all of one
   weight, as those of Fandol do. Returns: (transfer full): their folder */
static char *
make_font_folder (void)
{
  static const char *const names[] = { "Song", "Hei-Bold", "Hei-Regular" };
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("zicha-test-XXXXXX", &error);
  g_autofree char *config = NULL, *text = NULL, *data = NULL;
  gsize size;

  g_assert_no_error (error);
  g_file_get_contents ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", &data, &size, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat (names[i], ".ttf", NULL), *path = g_build_filename (folder, name, NULL);

      g_file_set_contents (path, data, (gssize) size, &error);
      g_assert_no_error (error);
    }
  config = g_build_filename (folder, "fonts.conf", NULL);
  text = g_strdup_printf (
      "<fontconfig><dir>/usr/share/fonts/opentype/noto</dir><cachedir>%s</cachedir>"
      "<match target=\"scan\"><test name=\"file\" compare=\"contains\"><string>%s/Hei</string></test>"
      "<edit name=\"family\" mode=\"assign\"><string>FandolHei</string></edit>"
      "<edit name=\"weight\" mode=\"assign\"><int>80</int></edit></match>"
      "<match target=\"scan\"><test name=\"file\" compare=\"contains\"><string>%s/Song</string></test>"
      "<edit name=\"family\" mode=\"assign\"><string>FangSong_GB2312</string></edit></match></fontconfig>",
      folder, folder, folder);
  g_file_set_contents (config, text, -1, &error);
  g_assert_no_error (error);
  g_setenv ("FONTCONFIG_FILE", config, TRUE);
  return folder;
}

static void
remove_folder (const char *folder)
{
  const char *const argv[] = { "rm", "-r", folder, NULL };

  g_unsetenv ("FONTCONFIG_FILE");
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

/* The fonts of a folder that the program is given are found by their families, before those that only resemble them. */
static void
test_fonts_folder (void)
{
  g_autofree char *old = g_strdup (g_getenv ("FONTCONFIG_FILE")), *folder = make_font_folder ();
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcFonts) own = zc_fonts_new (folders, &error);
  g_autofree char *song = g_build_filename (folder, "Song.ttf", NULL);
  g_autofree char *hei = g_build_filename (folder, "Hei-Regular.ttf", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (zc_fonts_choice (own, ZC_FACE_FANGSONG)->file, ==, song);
  g_assert_cmpstr (zc_fonts_choice (own, ZC_FACE_FANGSONG)->found, ==, "FangSong_GB2312");
  g_assert_false (zc_fonts_choice (own, ZC_FACE_FANGSONG)->substituted);
  g_assert_cmpstr (zc_fonts_choice (own, ZC_FACE_HEITI)->file, ==, hei);
  g_assert_true (zc_fonts_choice (own, ZC_FACE_HEITI)->substituted);
  remove_folder (folder);
  if (old)
    g_setenv ("FONTCONFIG_FILE", old, TRUE);
}

static void
test_fonts_fall_back (void)
{
  static const gunichar rare[] = { 0x5803, 0x4DAE, 0x20BB7, 0x9FA5 };

  zc_fonts_lock (fonts);
  for (guint f = 0; f < ZC_N_FACES; f++)
    for (gsize i = 0; i < G_N_ELEMENTS (rare); i++)
      g_assert_true (zc_fonts_glyph (fonts, f, rare[i])->known);
  g_assert_false (zc_fonts_glyph (fonts, ZC_FACE_FANGSONG, 0x3FFFD)->known);
  g_assert_cmpuint (zc_fonts_glyph (fonts, ZC_FACE_FANGSONG, 0x3FFFD)->glyph, ==,
                    zc_fonts_glyph (fonts, ZC_FACE_FANGSONG, 0x3013)->glyph);
  zc_fonts_unlock (fonts);
}

/* Lines. */

static ZcMeasured *
measure (const char *text)
{
  g_autoptr (ZcSpan) span = zc_span_new (text, "fact:x");
  ZcMeasured *measured = zc_measured_new (fonts, ZC_FACE_FANGSONG, 10, 10);

  zc_fonts_lock (fonts);
  zc_measured_add (measured, fonts, span);
  zc_fonts_unlock (fonts);
  g_array_set_size (measured->ranges, 0); /* the span goes */
  return measured;
}

/* The lines of @text at @cells, joined by "|". */
static char *
broken (const char *text, double cells, gboolean label)
{
  g_autoptr (ZcMeasured) measured = measure (text);
  g_autoptr (GArray) lines =
      label ? zc_measured_balance (measured, cells * 10) : zc_measured_break (measured, cells * 10, 0, 0, TRUE);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const ZcLine *line = &g_array_index (lines, ZcLine, i);
      guint end =
          i + 1 < lines->len ? g_array_index (lines, ZcLine, i + 1).text : (guint) measured->text->len;

      if (i > 0)
        g_string_append_c (joined, '|');
      g_string_append_len (joined, measured->text->str + line->text, end - line->text);
      g_assert_cmpfloat (line->width, <=, cells * 10 + 0.1);
      g_assert_cmpuint (line->end, >, line->first);
    }
  return g_string_free (joined, FALSE);
}

static void
test_lines_break (void)
{
  static const struct
  {
    const char *text;
    double cells;
    const char *lines;
  } cases[] = {
    { "一二三四五六七", 3, "一二三|四五六|七" },
    { "一二三，四", 3, "一二|三，四" }, /* no line begins with a comma, one cannot squeeze into three */
    { "一，三，五，七", 5, "一，三，五，|七" }, /* three half blank marks make room for the third */
    { "一二（三四）", 3, "一二|（三四）" },     /* no line ends with an opening mark */
    { "一“二”三", 2, "一|“二”|三" },
    { "一二——三", 3, "一二|——三" },
    { "一二……三", 3, "一二|……三" },
    { "共有192.168.0.1", 6, "共有|192.168.0.1" },
    { "一 two 三", 2.6, "一 |two |三" },
    { "一\n二", 5, "一\n|二" },
    { "一二三四五8日", 6.2, "一二三四五|8日" }, /* a day keeps its 日 */
    { "一二三四五8个", 6.2, "一二三四五8|个" },
    { "一二三\n四", 3, "一二三\n|四" },
    { "一二三   四", 3, "一二三   |四" },
    { "一二☐是三", 3, "一二|☐是三" }, /* a box goes with what it stands for */
    { "一二□ 是三", 4, "一二|□ 是三" },
    { "☑是 ☐否", 3.4, "☑是 |☐否" },
    { "□有　□没有　□其他", 5.2, "□有　|□没有　|□其他" },        /* an option stays whole */
    { "□有　□比一行还要长的", 6.2, "□有　□比一|行还要长的" }, /* unless no line can hold it */
    { "由数据得出（P＝1）", 7.5, "由数据得出|（P＝1）" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines = broken (cases[i].text, cases[i].cells, FALSE);

      g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

/* Captions: two lines of about one length, but neither a word nor a bracket is parted for that. */
static void
test_lines_label (void)
{
  static const struct
  {
    const char *text;
    double cells;
    const char *lines;
  } cases[] = {
    { "检查", 3, "检查" },
    { "甲乙丙丁戊己庚", 6, "甲乙丙|丁戊己庚" },
    { "自查中是否发现涉密信息", 9, "自查中是否|发现涉密信息" },
    { "单位信息系统安全建设整改总数", 12, "单位信息系统|安全建设整改总数" },
    { "应备案（第二级以上）", 8, "应备案|（第二级以上）" },
    { "法规、政策、标准落实", 7, "法规、政策、|标准落实" },
    { "系统\n安全", 5, "系统\n|安全" },
    { "安全", 1, "安|全" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines = broken (cases[i].text, cases[i].cells, TRUE);

      g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

/* Whatever the text and the measure: every character is in some line, in order, and lines end. */
static void
test_lines_keep_all (void)
{
  static const char *const pieces[] = { "国", "，", "（", "）", "“", "”",  "—", "…", " ",
                                        "\n", "a",  "9",  ".",  "/", "䶮", "·", "\t" };

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (ZcMeasured) measured = NULL;
      g_autoptr (GArray) lines = NULL;
      guint at = 0;

      for (int n = g_test_rand_int_range (0, 60); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      measured = measure (text->str);
      lines = zc_measured_break (measured, g_test_rand_double_range (1, 200), 0, 0, TRUE);
      g_assert_cmpstr (measured->text->str, ==, text->str);
      for (guint i = 0; i < lines->len; i++)
        {
          const ZcLine *line = &g_array_index (lines, ZcLine, i);

          g_assert_cmpuint (line->first, ==, at);
          g_assert_true (line->end > at || measured->atoms->len == 0);
          at = line->end;
        }
      g_assert_cmpuint (at, ==, measured->atoms->len);
    }
}

/* Pages. */

static void
test_pages_keep_headings (void)
{
  /* A heading at every height of the page: it never stands on the page's last line. */
  for (guint lines = 1; lines <= 44; lines++)
    {
      g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
      g_autofree char *text = sample_repeat ("国", 28 * lines - 2);
      g_autoptr (ZcPages) pages = NULL;
      const ZcOutlineEntry *heading;

      sample_add (document, ZC_BLOCK_PARAGRAPH, text, NULL);
      sample_add_heading (document, 1, "一、标题");
      sample_add (document, ZC_BLOCK_PARAGRAPH, text, "text:after");
      pages = compose (document);
      heading = g_ptr_array_index ((GPtrArray *) zc_pages_outline (pages), 0);
      g_assert_cmpuint (heading->page, ==, g_array_index (zc_pages_of_place (pages, "text:after"), guint, 0));
      g_assert_cmpfloat (heading->y, <, (37 + 225 * 21.5 / 22) * ZC_MM);
    }
}

/* Forms: no line of a paragraph stands alone at the foot of a page or at the head of the next. */
static void
test_pages_no_single_lines (void)
{
  for (guint above = 24; above <= 34; above++)
    for (guint lines = 2; lines <= 5; lines++)
      {
        g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_FORM, TRUE);
        g_autofree char *text = sample_repeat ("国", 39 * lines - 2);
        g_autoptr (ZcPages) pages = NULL;
        guint on[3] = { 0 };

        for (guint i = 0; i < above; i++)
          sample_add (document, ZC_BLOCK_PARAGRAPH, "文", NULL);
        sample_add (document, ZC_BLOCK_PARAGRAPH, text, "text:kept");
        pages = compose (document);
        for (guint page = 1; page <= zc_pages_count (pages); page++)
          {
            const ZcPage *set = zc_pages_get (pages, page);

            for (const char *p = strstr (set->text->str, "国"); p; p = strstr (p + 1, "国"))
              on[page]++;
          }
        g_assert_cmpuint (on[1] + on[2], ==, 39 * lines - 2);
        g_assert_true (on[1] == 0 || on[1] > 39);
        g_assert_true (on[2] == 0 || on[2] > 39);
      }
}

static ZcTable *
add_rows (ZcDocument *document, guint n)
{
  static const double widths[] = { 1, 3 };
  ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));

  block->table = zc_table_new (widths, G_N_ELEMENTS (widths));
  block->table->header_rows = 1;
  for (guint i = 0; i <= n; i++)
    {
      ZcRow *row = zc_table_add_row (block->table);
      g_autofree char *place = g_strdup_printf ("cell:rows/%u/x", i);

      zc_cell_add (zc_row_add (row, zc_cell_new (0, 1)), i == 0 ? "表头" : "行", NULL);
      zc_cell_add (zc_row_add (row, zc_cell_new (1, 1)), "内容", i == 0 ? NULL : place);
    }
  return block->table;
}

static guint
page_of_row (ZcPages *pages, guint row)
{
  g_autofree char *place = g_strdup_printf ("cell:rows/%u/x", row);

  return g_array_index (zc_pages_of_place (pages, place), guint, 0);
}

/* Neither the first row of a table nor its last stands alone on a page, wherever the table begins. */
static void
test_pages_no_single_rows (void)
{
  for (guint above = 0; above <= 32; above++)
    for (guint n = 1; n <= 8; n++)
      {
        g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_FORM, TRUE);
        g_autoptr (ZcPages) pages = NULL;

        for (guint i = 0; i < above; i++)
          sample_add (document, ZC_BLOCK_PARAGRAPH, "文", NULL);
        sample_add_heading (document, 1, "一、表");
        add_rows (document, n);
        pages = compose (document);
        g_assert_cmpuint (((const ZcOutlineEntry *) zc_pages_outline (pages)->pdata[0])->page, ==, page_of_row (pages, 1));
        if (n == 1)
          continue;
        g_assert_cmpuint (page_of_row (pages, 1), ==, page_of_row (pages, 2));
        g_assert_cmpuint (page_of_row (pages, n - 1), ==, page_of_row (pages, n));
      }
}

/* Rows that fill most of a page each are not kept together at the price of an empty one. */
static void
test_pages_high_rows (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_FORM, TRUE);
  ZcTable *table = add_rows (document, 4);
  g_autofree char *text = sample_repeat ("国", 1100);
  g_autoptr (ZcPages) pages = NULL;

  for (guint i = 1; i <= 4; i++)
    zc_cell_add (((ZcRow *) table->rows->pdata[i])->cells->pdata[1], text, NULL);
  pages = compose (document);
  g_assert_cmpuint (zc_pages_defects (pages)->len, ==, 0);
  g_assert_cmpuint (page_of_row (pages, 1), ==, 1);
  g_assert_cmpuint (zc_pages_count (pages), <=, 4);
}

/* How far apart the baselines of a page's table are, in points. */
static double
spread_of_table (const ZcPage *page)
{
  double top = G_MAXDOUBLE, bottom = 0;
  gboolean in_table = FALSE;

  for (guint i = 0; i < page->ops->len; i++)
    {
      const ZcOp *op = &g_array_index (page->ops, ZcOp, i);

      if (op->kind == ZC_OP_TAG || op->kind == ZC_OP_TAG_END)
        in_table = op->tag == ZC_TAG_TABLE ? op->kind == ZC_OP_TAG : in_table;
      if (op->kind != ZC_OP_RUN || !in_table)
        continue;
      top = MIN (top, op->y);
      bottom = MAX (bottom, op->y);
    }
  return bottom - top;
}

/* A column of dates is as wide as a date, if there is room for it; in a table of very many columns, there is not. */
static void
test_pages_date_columns (void)
{
  static const double widths[] = { 1, 12, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
  static const guint columns[] = { 2, G_N_ELEMENTS (widths) };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_FORM, TRUE);
      ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
      g_autoptr (ZcPages) pages = NULL;
      ZcRow *row;

      block->table = zc_table_new (widths, columns[i]);
      row = zc_table_add_row (block->table);
      for (guint c = 0; c < columns[i]; c++)
        zc_cell_add (zc_row_add (row, zc_cell_new (c, 1)), "2016年12月28日", NULL);
      pages = compose (document);
      g_assert_cmpuint (zc_pages_defects (pages)->len, ==, 0);
      if (columns[i] == 2)
        g_assert_cmpfloat (spread_of_table (zc_pages_get (pages, 1)), <, 5); /* fonts stand at different heights */
      else
        g_assert_cmpfloat (spread_of_table (zc_pages_get (pages, 1)), >, 10);
    }
}

/* 序号 stands in one line, however narrow its column was meant to be. */
static void
test_pages_header_columns (void)
{
  static const double widths[] = { 0.01, 12 };
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_FORM, TRUE);
  ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
  g_autoptr (ZcPages) pages = NULL;

  block->table = zc_table_new (widths, G_N_ELEMENTS (widths));
  block->table->header_rows = 1;
  zc_cell_add (zc_row_add (zc_table_add_row (block->table), zc_cell_new (0, 1)), "序号", NULL);
  zc_table_add_row (block->table);
  pages = compose (document);
  g_assert_cmpfloat (spread_of_table (zc_pages_get (pages, 1)), <, 5);
}

static void
test_pages_places (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autofree char *longest = sample_repeat ("国", 28 * 50);
  g_autoptr (GHashTable) stated = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (ZcPages) pages = NULL;
  g_autoptr (GPtrArray) places = NULL;
  const GArray *of_place;

  sample_add (document, ZC_BLOCK_PARAGRAPH, "短", "text:short");
  sample_add (document, ZC_BLOCK_PARAGRAPH, longest, "text:long");
  sample_add (document, ZC_BLOCK_PARAGRAPH, "", "fact:empty");
  zc_document_add (document, sample_table (60));
  sample_add_signature (document, 42);
  pages = compose (document);

  zc_document_add_places (document, stated);
  places = zc_pages_places (pages);
  g_assert_cmpuint (places->len, ==, g_hash_table_size (stated));
  for (guint i = 0; i < places->len; i++)
    {
      g_assert_true (g_hash_table_contains (stated, places->pdata[i]));
      g_assert_true (i == 0 || strcmp (places->pdata[i - 1], places->pdata[i]) < 0);
    }
  of_place = zc_pages_of_place (pages, "text:long");
  g_assert_cmpuint (of_place->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (g_array_index (of_place, guint, i), ==, i + 1);
  g_assert_cmpuint (zc_pages_of_place (pages, "text:short")->len, ==, 1);
  g_assert_cmpuint (zc_pages_of_place (pages, "fact:empty")->len, ==, 1);
  g_assert_null (zc_pages_of_place (pages, "fact:never"));
}

static void
test_pages_missing (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, FALSE);
  g_autoptr (ZcPages) pages = NULL;
  const ZcDefect *defect;

  sample_add (document, ZC_BLOCK_PARAGRAPH, "姓名：王\360\277\277\275，李堃", "fact:person");
  pages = compose (document);
  g_assert_cmpuint (zc_pages_defects (pages)->len, ==, 1);
  defect = g_ptr_array_index ((GPtrArray *) zc_pages_defects (pages), 0);
  g_assert_cmpint (defect->kind, ==, ZC_DEFECT_MISSING);
  g_assert_cmpuint (defect->character, ==, 0x3FFFD);
  g_assert_cmpstr (defect->place, ==, "fact:person");
  g_assert_cmpuint (defect->page, ==, 1);
}

static void
test_pages_landscape (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, TRUE);
  g_autoptr (ZcPages) pages = NULL;
  ZcBlock *table = sample_table (40);
  guint landscape = 0;
  double width, height;

  sample_add (document, ZC_BLOCK_PARAGRAPH, "正文", NULL);
  sample_add_heading (document, 1, "附表");
  table->landscape = TRUE;
  zc_document_add (document, table);
  sample_add (document, ZC_BLOCK_PARAGRAPH, "文后", "text:after");
  pages = compose (document);
  for (guint i = 1; i <= zc_pages_count (pages); i++)
    {
      zc_pages_size (pages, i, &width, &height);
      landscape += width > height;
    }
  g_assert_cmpuint (landscape, ==, zc_pages_count (pages) - 2);
  g_assert_cmpuint (((ZcOutlineEntry *) zc_pages_outline (pages)->pdata[0])->page, ==, 2);
  g_assert_cmpuint (g_array_index (zc_pages_of_place (pages, "text:after"), guint, 0), ==,
                    zc_pages_count (pages));
}

/* The signature below a wide table lies on the table's page, not alone on an upright one. */
static void
test_pages_landscape_signature (void)
{
  for (guint rows = 1; rows <= 40; rows++)
    {
      g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_FORM, FALSE);
      g_autoptr (ZcPages) pages = NULL;
      const ZcSealPlace *seal;
      ZcBlock *table = sample_table (rows), *signature;
      double width, height;

      table->landscape = TRUE;
      zc_document_add (document, table);
      sample_add (document, ZC_BLOCK_NOTE, "注", "text:below");
      signature = sample_add (document, ZC_BLOCK_SIGNATURE, "甲单位", NULL);
      zc_block_add (signature, "2026年7月1日", NULL);
      signature->seal_mm = 42;
      pages = compose (document);
      g_assert_cmpuint (zc_pages_seals (pages)->len, ==, 1);
      seal = &g_array_index (zc_pages_seals (pages), ZcSealPlace, 0);
      g_assert_cmpuint (seal->page, ==, zc_pages_count (pages));
      g_assert_cmpuint (g_array_index (zc_pages_of_place (pages, "text:below"), guint, 0), ==, seal->page);
      zc_pages_size (pages, seal->page, &width, &height);
      g_assert_cmpfloat (width, >, height);
    }
}

/* Hostile blocks. */

static ZcDocument *
document_with_table (const double *widths, guint n_columns, guint rows, ZcTable **table)
{
  ZcDocument *document = sample_document (ZC_STYLE_FORM, FALSE);
  ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));

  *table = block->table = zc_table_new (widths, n_columns);
  while (rows-- > 0)
    zc_table_add_row (*table);
  return document;
}

static void
test_hostile_tables_refused (void)
{
  const double widths[80] = { 1, 1, 1 };
  g_autoptr (GError) error = NULL;
  ZcTable *table;
  g_autoptr (ZcDocument) outside = document_with_table (widths, 3, 2, &table);
  g_autoptr (ZcDocument) overlap = NULL, wide = NULL, nothing = NULL;

  zc_cell_add (zc_row_add (table->rows->pdata[1], zc_cell_new (3, 1)), "外", NULL);
  g_assert_null (zc_pages_new (outside, fonts, NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
  g_clear_error (&error);

  overlap = document_with_table (widths, 3, 2, &table);
  zc_row_add (table->rows->pdata[0], zc_cell_new (1, 1))->rowspan = 2;
  zc_row_add (table->rows->pdata[1], zc_cell_new (0, 2));
  g_assert_null (zc_pages_new (overlap, fonts, NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
  g_clear_error (&error);

  wide = document_with_table (widths, 80, 1, &table);
  g_assert_null (zc_pages_new (wide, fonts, NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_LIMIT);
  g_clear_error (&error);

  nothing = document_with_table (widths, 0, 1, &table);
  zc_cell_add (zc_row_add (table->rows->pdata[0], zc_cell_new (0, 1)), "无列", NULL);
  g_assert_null (zc_pages_new (nothing, fonts, NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
}

static void
test_hostile_tables_printed (void)
{
  static const double widths[][3] = {
    { 0, 0, 0 }, { -1, 5, 0 }, { 1e300, 1, 1e-300 }, { (double) NAN, 1, (double) INFINITY }, { 1, 100, 1 },
  };

  for (gsize w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      ZcTable *table;
      g_autoptr (ZcDocument) document = document_with_table (widths[w], 3, 40, &table);
      g_autoptr (ZcPages) pages = NULL;
      g_autofree char *text = sample_repeat ("很长的文字，", 400);
      ZcCell *cell;

      table->header_rows = (guint) w * 30; /* more than fits, more than there are */
      cell = zc_cell_add (zc_row_add (table->rows->pdata[0], zc_cell_new (0, 99)), "跨出表外", "fact:a");
      cell->rowspan = 1;
      cell = zc_cell_add (zc_row_add (table->rows->pdata[1], zc_cell_new (1, 0)), text, "fact:b");
      cell->rowspan = 1000000;
      cell = zc_cell_add (zc_row_add (table->rows->pdata[2], zc_cell_new (0, 1)), text, "fact:c");
      cell->vertical = TRUE;
      cell->rowspan = 0;
      cell = zc_cell_add (zc_row_add (table->rows->pdata[3], zc_cell_new (2, 1)), "（盖章）", "fact:d");
      cell->seal_mm = 1e9;
      ((ZcRow *) table->rows->pdata[5])->keep_with_next = TRUE;
      ((ZcRow *) table->rows->pdata[39])->keep_with_next = TRUE;
      pages = compose (document);
      for (char place[] = "fact:a"; place[5] <= 'd'; place[5]++)
        g_assert_nonnull (zc_pages_of_place (pages, place));
      g_assert_cmpuint (zc_pages_count (pages), <, 200);
    }
}

/* A table at random: cells that span, long and short, upright and vertical, before and after other text. */
static ZcTable *
random_table (ZcDocument *document, GArray *lengths)
{
  const double widths[] = { 1, 2, 1, 3, 1 };
  guint columns = (guint) g_test_rand_int_range (1, 6), rows = (guint) g_test_rand_int_range (1, 40);
  ZcBlock *block = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
  guint covered[6] = { 0 };

  block->landscape = g_test_rand_int_range (0, 4) == 0;
  block->table = zc_table_new (widths, columns);
  block->table->header_rows = (guint) g_test_rand_int_range (0, 3);
  for (guint r = 0; r < rows; r++)
    {
      ZcRow *row = zc_table_add_row (block->table);
      guint limit = r < block->table->header_rows && block->table->header_rows < rows
                        ? block->table->header_rows
                        : rows;

      row->keep_with_next = g_test_rand_int_range (0, 8) == 0;
      for (guint c = 0; c < columns; c++)
        {
          guint length = (guint) (g_test_rand_int_range (0, 40) == 0 ? g_test_rand_int_range (1, 3000)
                                                                     : g_test_rand_int_range (1, 40));
          g_autofree char *place = g_strdup_printf ("fact:c%u", lengths->len);
          char character[7] = { 0 };
          g_autofree char *text = NULL;
          ZcCell *cell;

          if (covered[c] > r)
            continue;
          g_unichar_to_utf8 (0x3400 + lengths->len, character); /* each cell repeats a character of its own */
          text = sample_repeat (character, length);
          cell = zc_cell_add (zc_row_add (row, zc_cell_new (c, 1)), text, place);
          cell->rowspan = g_test_rand_int_range (0, 6) == 0 ? (guint) g_test_rand_int_range (1, 30) : 1;
          cell->rowspan = MIN (cell->rowspan, limit - r);
          cell->vertical = g_test_rand_int_range (0, 5) == 0;
          cell->align = (ZcAlign) g_test_rand_int_range (0, 3);
          cell->seal_mm = g_test_rand_int_range (0, 60) == 0 ? 30 : 0;
          covered[c] = r + cell->rowspan;
          g_array_append_val (lengths, length);
        }
    }
  return block->table;
}

static guint
count_character (ZcPages *pages, gunichar character)
{
  char utf8[7] = { 0 };
  guint n = 0;

  g_unichar_to_utf8 (character, utf8);
  for (guint i = 1; i <= zc_pages_count (pages); i++)
    for (const char *p = strstr (zc_pages_get (pages, i)->text->str, utf8); p; p = strstr (p + 1, utf8))
      n++;
  return n;
}

/* Whatever the table: all of every cell is printed, once or once on each page, and nothing is set below the
 * type area. */
static void
test_random_tables (void)
{
  for (guint round = 0; round < 150; round++)
    {
      g_autoptr (ZcDocument) document = sample_document ((ZcDocumentStyle) (round % 2), TRUE);
      g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autofree char *before = sample_repeat ("国", (guint) g_test_rand_int_range (0, 700));
      g_autoptr (ZcPages) pages = NULL;
      double bottom = (round % 2 ? 265 : 262) * ZC_MM + 1;

      sample_add (document, ZC_BLOCK_PARAGRAPH, before, NULL);
      sample_add_heading (document, 2, "（一）");
      random_table (document, lengths);
      if (round % 3 == 0)
        sample_add_signature (document, 42);
      pages = compose (document);
      for (guint i = 0; i < lengths->len; i++)
        {
          guint length = g_array_index (lengths, guint, i), n = count_character (pages, 0x3400 + i);
          g_autofree char *place = g_strdup_printf ("fact:c%u", i);

          g_assert_cmpuint (n, >, 0);
          g_assert_cmpuint (n % length, ==, 0);
          g_assert_nonnull (zc_pages_of_place (pages, place));
        }
      for (guint i = 1; i <= zc_pages_count (pages); i++)
        {
          const ZcPage *page = zc_pages_get (pages, i);

          for (guint o = 0; page->width < page->height && o < page->ops->len; o++)
            if (g_array_index (page->ops, ZcOp, o).kind == ZC_OP_RULE)
              g_assert_cmpfloat (g_array_index (page->ops, ZcOp, o).rule.y, <, bottom);
        }
    }
}

/* A title takes as few lines as it can, and they are of about one length whatever the unit is called: no “报告” stands
   alone in the last one. */
static void
test_pages_title (void)
{
  for (guint n = 1; n <= 80; n++)
    {
      g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, FALSE);
      g_autoptr (ZcPages) pages = NULL;
      g_autofree char *name = sample_repeat ("名", n);
      g_autofree char *title = g_strconcat (name, "网络与信息系统安全自查工作总结报告", NULL);
      guint lines = 0, last = 0, total = 0;
      const ZcPage *page;
      float y = 0;

      sample_add (document, ZC_BLOCK_TITLE, title, NULL);
      pages = compose (document);
      page = zc_pages_get (pages, 1);
      for (guint i = 0; i < page->ops->len; i++)
        {
          const ZcOp *op = &g_array_index (page->ops, ZcOp, i);

          if (op->kind != ZC_OP_RUN || fabs (op->run.size - 22) > 0.01)
            continue;
          last = lines > 0 && fabs (op->y - y) < 1 ? last : 0;
          lines += last == 0;
          last += op->run.n_glyphs;
          total += op->run.n_glyphs;
          y = op->y;
        }
      g_assert_cmpuint (total, ==, n + 17);
      g_assert_cmpuint (lines, ==, (total + 19) / 20); /* of 22 pt in 156 mm */
      g_assert_cmpuint (last, >=, MIN (total, 8));
    }
}

/* A unit's name that is longer than the line goes on in the next, within the margins and above the next line to sign. */
static void
test_pages_long_signer (void)
{
  for (guint n = 1; n <= 60; n++)
    {
      g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, FALSE);
      g_autoptr (ZcPages) pages = NULL;
      g_autofree char *name = sample_repeat ("名", n), *line = g_strconcat ("承诺单位（盖章）：", name, NULL);
      ZcBlock *signature = sample_add (document, ZC_BLOCK_SIGNATURE, "", NULL);

      zc_block_add (signature, "", NULL);
      zc_block_add (signature, line, "fact:unit.name");
      zc_block_add (signature, "法人或负责人（签字）：", NULL);
      signature->seal_mm = 42;
      pages = compose (document);
      g_assert_cmpuint (zc_pages_defects (pages)->len, ==, 0);
      g_assert_cmpuint (count_character (pages, 0x540D), ==, n);
    }
}

static void
test_hostile_emptiness (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, FALSE);
  g_autoptr (ZcPages) empty = compose (document), pages = NULL;
  const double widths[] = { 1, 1 };
  ZcBlock *table;

  g_assert_cmpuint (zc_pages_count (empty), ==, 1);
  for (int kind = ZC_BLOCK_TITLE; kind <= ZC_BLOCK_PAGE_BREAK; kind++)
    zc_document_add (document, zc_block_new ((ZcBlockKind) kind));
  table = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
  table->table = zc_table_new (widths, 2);
  table->table->header_rows = 3;
  table = zc_document_add (document, zc_block_new (ZC_BLOCK_TABLE));
  table->table = zc_table_new (widths, 0);
  zc_table_add_row (table->table);
  pages = compose (document);
  g_assert_cmpuint (zc_pages_defects (pages)->len, ==, 0);
}

static void
test_hostile_texts (void)
{
  static const char *const texts[] = {
    "\n\n\n", " \t ", "\xff\xfe broken \xe5\x9b", "（（（（（（", "，，，，，，。。。", "\u200b\ufe0f\u202e"
  };
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, FALSE);
  g_autofree char *word = sample_repeat ("x", 200000);
  g_autofree char *marks = sample_repeat ("，", 5000);
  g_autoptr (ZcPages) pages = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (int kind = ZC_BLOCK_TITLE; kind <= ZC_BLOCK_ATTACHMENTS; kind++)
      sample_add (document, (ZcBlockKind) kind, texts[i], NULL);
  sample_add (document, ZC_BLOCK_PARAGRAPH, word, "fact:word");
  sample_add (document, ZC_BLOCK_PARAGRAPH, marks, "fact:marks");
  for (guint i = 0; i < 200; i++)
    sample_add_heading (document, 9, "标题");
  sample_add_signature (document, 1e9);
  pages = compose (document);
  g_assert_cmpuint (zc_pages_of_place (pages, "fact:word")->len, >, 50);
}

static void
test_limits (void)
{
  g_autoptr (ZcDocument) document = sample_document (ZC_STYLE_OFFICIAL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ZcProgress progress = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20001; i++)
    {
      sample_add (document, ZC_BLOCK_PARAGRAPH, "页", NULL);
      zc_document_add (document, zc_block_new (ZC_BLOCK_PAGE_BREAK));
    }
  g_assert_null (zc_pages_new (document, fonts, NULL, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_LIMIT);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (zc_pages_new (document, fonts, &progress, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_CANCELLED);
}

static gpointer
compose_in_thread (gpointer data)
{
  g_autoptr (ZcDocument) document = sample_form (60);
  ZcPages *pages = zc_pages_new (document, data, NULL, NULL);

  return GUINT_TO_POINTER (pages ? (zc_pages_unref (pages), 1) : 0);
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("compose", compose_in_thread, fonts);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_nonnull (g_thread_join (threads[i]));
}

int
main (int argc, char **argv)
{
  /* Always the same random choices, so that it fails for those only who broke something; --seed tries others. */
  char *usual[] = { argv[0], (char *) "--seed", (char *) "R02S0123456789abcdef0123456789abcdef", NULL }, **args = usual;
  int n_args = argc > 1 ? argc : 3;

  g_autoptr (GError) error = NULL;
  int status;

  if (argc > 1)
    args = argv;
  g_test_init (&n_args, &args, NULL);
  fonts = zc_fonts_new (NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/layout/fonts/by-name", test_fonts_by_name);
  g_test_add_func ("/layout/fonts/folder", test_fonts_folder);
  g_test_add_func ("/layout/fonts/fall-back", test_fonts_fall_back);
  g_test_add_func ("/layout/lines/break", test_lines_break);
  g_test_add_func ("/layout/lines/label", test_lines_label);
  g_test_add_func ("/layout/lines/keep-all", test_lines_keep_all);
  g_test_add_func ("/layout/pages/keep-headings", test_pages_keep_headings);
  g_test_add_func ("/layout/pages/no-single-lines", test_pages_no_single_lines);
  g_test_add_func ("/layout/pages/no-single-rows", test_pages_no_single_rows);
  g_test_add_func ("/layout/pages/high-rows", test_pages_high_rows);
  g_test_add_func ("/layout/pages/date-columns", test_pages_date_columns);
  g_test_add_func ("/layout/pages/header-columns", test_pages_header_columns);
  g_test_add_func ("/layout/pages/places", test_pages_places);
  g_test_add_func ("/layout/pages/missing-characters", test_pages_missing);
  g_test_add_func ("/layout/pages/landscape", test_pages_landscape);
  g_test_add_func ("/layout/pages/landscape-signature", test_pages_landscape_signature);
  g_test_add_func ("/layout/pages/title", test_pages_title);
  g_test_add_func ("/layout/pages/long-signer", test_pages_long_signer);
  g_test_add_func ("/layout/hostile/tables-refused", test_hostile_tables_refused);
  g_test_add_func ("/layout/hostile/tables-printed", test_hostile_tables_printed);
  g_test_add_func ("/layout/pages/random-tables", test_random_tables);
  g_test_add_func ("/layout/hostile/emptiness", test_hostile_emptiness);
  g_test_add_func ("/layout/hostile/texts", test_hostile_texts);
  g_test_add_func ("/layout/limits", test_limits);
  g_test_add_func ("/layout/threads", test_threads);
  status = g_test_run ();
  g_clear_pointer (&fonts, zc_fonts_unref);
  return status;
}
