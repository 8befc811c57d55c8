/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "soffice.h"
#include "word-sample.h"

#include <gio/gio.h>
#include <poppler.h>
#include <string.h>

/* What LibreOffice makes of the sample. It takes seconds and needs libreoffice-writer, hence suite "slow". */

static char *folder;

/* Converts FOLDER/@name to @format. Returns: (transfer full): the path of the result. */
static char *
convert (const char *name, const char *format)
{
  const char *const names[] = { name, NULL };

  soffice_convert (folder, names, format);
  return soffice_result (folder, name, format);
}

static void
write_document (const ZcDocument *document, const char *name)
{
  soffice_write (folder, name, document);
}

static void
test_same_in_open_document (void)
{
  static const ZcDocumentStyle kinds[] = { ZC_STYLE_OFFICIAL, ZC_STYLE_FORM };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (ZcDocument) document = word_sample (kinds[i], TRUE);
      g_autoptr (WordPackage) ours = word_package_of (document);
      g_autofree char *path = NULL, *text = soffice_docx_text (ours), *theirs = NULL;
      g_autoptr (xmlDoc) open = NULL;
      xmlNode *body;

      write_document (document, "open.docx");
      path = convert ("open.docx", "fodt");
      open = soffice_open_body (path, &body);
      theirs = soffice_open_text (body);
      g_assert_cmpstr (theirs, ==, text);
      g_assert_cmpuint (word_count (body, "table"), ==, word_count ((xmlNode *) ours->document, "tbl"));
      g_assert_cmpuint (word_count (body, "table-row"), ==, word_count ((xmlNode *) ours->document, "tr"));
      g_assert_cmpuint (word_count (body, "table-header-rows"), ==, 4);
      /* Four headings of the sample and that of its annex. */
      g_assert_cmpuint (word_count (body, "h"), ==, 5);
    }
}

/* Saved again by LibreOffice, as after an edit, it still says all it said. */
static void
test_survives_saving (void)
{
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, FALSE);
  g_autoptr (WordPackage) ours = word_package_of (document), theirs = NULL;
  g_autofree char *path = NULL, *text = soffice_docx_text (ours), *saved = NULL;
  g_autoptr (GBytes) bytes = NULL;

  write_document (document, "saved.docx");
  path = convert ("saved.docx", "docx");
  bytes = soffice_read (path);
  theirs = word_package_open (bytes);
  saved = soffice_docx_text (theirs);
  g_assert_cmpstr (saved, ==, text);
  g_assert_cmpuint (word_count ((xmlNode *) theirs->document, "tbl"), ==, word_count ((xmlNode *) ours->document, "tbl"));
  g_assert_cmpuint (word_count ((xmlNode *) theirs->document, "tr"), ==, word_count ((xmlNode *) ours->document, "tr"));
  g_assert_cmpuint (word_count ((xmlNode *) theirs->document, "tblHeader"), ==,
                    word_count ((xmlNode *) ours->document, "tblHeader"));
}

static PopplerDocument *
open_pdf (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  PopplerDocument *pdf = poppler_document_new_from_gfile (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return pdf;
}

static char *
page_text (PopplerDocument *pdf, int index)
{
  PopplerPage *page = poppler_document_get_page (pdf, index);
  char *text = poppler_page_get_text (page);

  g_object_unref (page);
  return text;
}

static void
check_grid_page (PopplerDocument *pdf, int index, guint n_lines, glong n_characters)
{
  g_autofree char *page = page_text (pdf, index), *number = g_strdup_printf ("—%d—", index + 1);
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  g_auto (GStrv) words = g_strsplit (page, " ", -1);
  g_autofree char *solid = g_strjoinv (NULL, words);
  guint full = 0;

  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], "国"))
      {
        g_assert_cmpint (g_utf8_strlen (lines[i], -1), ==, n_characters);
        full++;
      }
  g_assert_cmpuint (full, ==, n_lines);
  g_assert_nonnull (strstr (solid, number));
  g_assert_nonnull (strstr (solid, "草稿未封存"));
}

static void
check_grid (ZcDocumentStyle style, guint n_lines, guint n_characters)
{
  g_autoptr (ZcDocument) document = zc_document_new ("grid", "grid", style);
  PopplerDocument *pdf;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL;

  for (guint i = 0; i < n_lines * n_characters * 3; i++)
    g_string_append (text, "国");
  zc_document_add (document, zc_block_new_text (ZC_BLOCK_ADDRESSEE, text->str, NULL));
  write_document (document, "grid.docx");
  path = convert ("grid.docx", "pdf");
  pdf = open_pdf (path);
  g_assert_cmpint (poppler_document_get_n_pages (pdf), ==, 3);
  for (int i = 0; i < 3; i++)
    check_grid_page (pdf, i, n_lines, n_characters);
  g_object_unref (pdf);
}

/* GB/T 9704-2012 5.2.3: 22 lines of 28 characters, whatever face stands in for the official one; the form as in the
 * PDF. */
static void
test_grids (void)
{
  check_grid (ZC_STYLE_OFFICIAL, 22, 28);
  check_grid (ZC_STYLE_FORM, 32, 39);
}

/* The rows of the long table fill more than one page, and each of these pages has the header rows. */
static void
test_headers_repeat (void)
{
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, TRUE);
  PopplerDocument *pdf;
  g_autofree char *path = NULL;
  guint with_rows = 0;

  write_document (document, "rows.docx");
  path = convert ("rows.docx", "pdf");
  pdf = open_pdf (path);
  for (int i = 0; i < poppler_document_get_n_pages (pdf); i++)
    {
      g_autofree char *page = page_text (pdf, i);

      g_assert_nonnull (strstr (page, WORD_SAMPLE_CODE));
      if (!strstr (page, "终端与服务器的口令"))
        continue;
      with_rows++;
      g_assert_nonnull (strstr (page, "检查内容"));
      g_assert_nonnull (strstr (page, "数量（台）"));
    }
  g_assert_cmpuint (with_rows, >, 1);
  g_object_unref (pdf);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = soffice_folder_new ();
  g_test_add_func ("/word/soffice/same-in-open-document", test_same_in_open_document);
  g_test_add_func ("/word/soffice/survives-saving", test_survives_saving);
  g_test_add_func ("/word/soffice/grid", test_grids);
  g_test_add_func ("/word/soffice/headers-repeat", test_headers_repeat);
  result = g_test_run ();
  soffice_folder_remove (folder);
  return result;
}
