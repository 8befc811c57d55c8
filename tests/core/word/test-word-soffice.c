/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word-package.h"
#include "word-sample.h"
#include "word/zc-word.h"

#include <ftw.h>
#include <gio/gio.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What another program makes of our DOCX: LibreOffice reads it, and what it writes has the same text, tables and rows.
 * It takes seconds and needs libreoffice-writer, hence suite "slow"; without LibreOffice it fails, it never skips.
 */

static char *folder;

static int
remove_entry (const char *path, const struct stat *info, int flag, struct FTW *where)
{
  return remove (path);
}

/* Converts FOLDER/@name to @format. Returns: (transfer full): the path of the result. */
static char *
convert (const char *name, const char *format)
{
  g_autofree char *profile = g_strdup_printf ("-env:UserInstallation=file://%s/profile", folder);
  g_autofree char *out = g_build_filename (folder, format, NULL), *input = g_build_filename (folder, name, NULL);
  g_autofree char *output = NULL, *messages = NULL, *base = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) soffice =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error, "soffice", profile,
                      "--headless", "--convert-to", format, "--outdir", out, input, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (soffice, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  base = g_strdup_printf ("%.*s.%s", (int) (strchr (name, '.') - name), name, format);
  messages = g_build_filename (out, base, NULL);
  if (!g_subprocess_get_successful (soffice) || !g_file_test (messages, G_FILE_TEST_IS_REGULAR))
    g_error ("soffice made no %s: %s", base, output);
  return g_steal_pointer (&messages);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static void
write_document (const ZcDocument *document, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  zc_word_write (document, path, NULL, &error);
  g_assert_no_error (error);
}

/* Lines that hold anything; the paragraphs of covered cells and spacers are not text. */
static char *
filled_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *filled = g_string_new (NULL);

  for (guint i = 0; lines[i]; i++)
    if (*g_strstrip (lines[i]))
      g_string_append_printf (filled, "%s\n", lines[i]);
  return g_string_free (filled, FALSE);
}

static void
append_open_text (xmlNode *node, GString *text)
{
  for (xmlNode *child = node->children; child; child = child->next)
    {
      if (child->type == XML_TEXT_NODE)
        g_string_append (text, (const char *) child->content);
      else if (zc_xml_is (child, "s"))
        {
          g_autofree char *times = word_attribute (child, "c");

          for (int i = times ? atoi (times) : 1; i > 0; i--)
            g_string_append_c (text, ' ');
        }
      else if (zc_xml_is (child, "line-break"))
        g_string_append_c (text, '\n');
      else if (child->type == XML_ELEMENT_NODE)
        append_open_text (child, text);
    }
}

/* The text of an OpenDocument body: that of its paragraphs and headings. */
static char *
open_text (xmlNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  g_ptr_array_add (todo, node);
  while (todo->len)
    {
      xmlNode *at = g_ptr_array_steal_index (todo, todo->len - 1);

      if (zc_xml_is (at, "p") || zc_xml_is (at, "h"))
        {
          append_open_text (at, text);
          g_string_append_c (text, '\n');
          continue;
        }
      for (xmlNode *child = at->last; child; child = child->prev)
        if (child->type == XML_ELEMENT_NODE)
          g_ptr_array_add (todo, child);
    }
  return filled_lines (text->str);
}

static char *
docx_text (const WordPackage *package)
{
  g_autofree char *text = word_text ((xmlNode *) package->document);

  return filled_lines (text);
}

static void
test_same_in_open_document (void)
{
  static const ZcDocumentStyle kinds[] = { ZC_STYLE_OFFICIAL, ZC_STYLE_FORM };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (ZcDocument) document = word_sample (kinds[i], TRUE);
      g_autoptr (WordPackage) ours = word_package_of (document);
      g_autofree char *path = NULL, *text = docx_text (ours), *theirs = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (xmlDoc) open = NULL;
      g_autoptr (GPtrArray) body = NULL;
      g_autoptr (GError) error = NULL;

      write_document (document, "open.docx");
      path = convert ("open.docx", "fodt");
      bytes = read_file (path);
      open = zc_xml_parse (bytes, path, &error);
      g_assert_no_error (error);
      body = word_find ((xmlNode *) open, "text");
      g_assert_cmpuint (body->len, ==, 1);
      theirs = open_text (body->pdata[0]);
      g_assert_cmpstr (theirs, ==, text);
      g_assert_cmpuint (word_count (body->pdata[0], "table"), ==, word_count ((xmlNode *) ours->document, "tbl"));
      g_assert_cmpuint (word_count (body->pdata[0], "table-row"), ==, word_count ((xmlNode *) ours->document, "tr"));
      g_assert_cmpuint (word_count (body->pdata[0], "table-header-rows"), ==, 4);
      /* Four headings of the sample and that of its annex. */
      g_assert_cmpuint (word_count (body->pdata[0], "h"), ==, 5);
    }
}

/* Saved again by LibreOffice, as after an edit, it still says all it said. */
static void
test_survives_saving (void)
{
  g_autoptr (ZcDocument) document = word_sample (ZC_STYLE_OFFICIAL, FALSE);
  g_autoptr (WordPackage) ours = word_package_of (document), theirs = NULL;
  g_autofree char *path = NULL, *text = docx_text (ours), *saved = NULL;
  g_autoptr (GBytes) bytes = NULL;

  write_document (document, "saved.docx");
  path = convert ("saved.docx", "docx");
  bytes = read_file (path);
  theirs = word_package_open (bytes);
  saved = docx_text (theirs);
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
  folder = g_dir_make_tmp ("zicha-soffice-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/word/soffice/same-in-open-document", test_same_in_open_document);
  g_test_add_func ("/word/soffice/survives-saving", test_survives_saving);
  g_test_add_func ("/word/soffice/grid", test_grids);
  g_test_add_func ("/word/soffice/headers-repeat", test_headers_repeat);
  result = g_test_run ();
  nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_free (folder);
  return result;
}
