/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * All documents of all schemes in LibreOffice: no warnings, the same text, tables and rows; and after an edit there and
 * saving they open again with all they said. Minutes, hence suite "slow".
 */

#include <poppler.h>
#include <string.h>

#include "../schemes-shipped/shipped-samples.h"
#include "documents/zc-document-builder.h"
#include "layout/zc-pages.h"
#include "soffice.h"
#include "word-opc.h"

#define EDIT "在此补充的一段话，别处没有。"

/** Sheets: the documents of one scheme, and their files. */
typedef struct
{
  char *folder;
  GPtrArray *documents; /* (element-type ZcDocument) */
  char **names;
} Sheets;

static Sheets
sheets_new (const char *scheme)
{
  ZcInspection *inspection = sample_open (scheme);
  g_autoptr (ZcRecord) record = zc_record_new (inspection);
  Sheets self = { soffice_folder_new (), zc_documents_build (record, NULL), NULL };

  self.names = g_new0 (char *, self.documents->len + 1);
  for (guint i = 0; i < self.documents->len; i++)
    {
      const ZcDocument *document = self.documents->pdata[i];

      self.names[i] = g_strconcat (document->filename, ".docx", NULL);
      soffice_write (self.folder, self.names[i], document);
    }
  sample_close (inspection);
  return self;
}

static void
sheets_clear (Sheets *self)
{
  soffice_folder_remove (self->folder);
  g_ptr_array_unref (self->documents);
  g_strfreev (self->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheets, sheets_clear)

static void
convert (const Sheets *sheets, const char *format)
{
  soffice_convert (sheets->folder, (const char *const *) sheets->names, format);
}

static void
check_open (const WordPackage *ours, const char *path)
{
  xmlNode *body;
  g_autoptr (xmlDoc) open = soffice_open_body (path, &body);
  g_autofree char *theirs = soffice_open_text (body), *text = soffice_docx_text (ours);

  g_assert_cmpstr (theirs, ==, text);
  g_assert_cmpuint (word_count (body, "table"), ==, word_count ((xmlNode *) ours->document, "tbl"));
  g_assert_cmpuint (word_count (body, "table-row"), ==, word_count ((xmlNode *) ours->document, "tr"));
  g_assert_cmpuint (word_count (body, "a"), ==, word_count ((xmlNode *) ours->document, "hyperlink"));
}

/* Saved as DOCX by LibreOffice, with one paragraph more. */
static void
check_edited (const WordPackage *ours, const char *path)
{
  g_autoptr (GBytes) bytes = soffice_read (path);
  g_autoptr (WordPackage) theirs = word_package_open (bytes);
  g_autofree char *saved = soffice_docx_text (theirs), *text = soffice_docx_text (ours);
  g_autofree char *edited = g_strconcat (text, EDIT "\n", NULL);

  g_assert_cmpstr (saved, ==, edited);
  g_assert_cmpuint (word_count ((xmlNode *) theirs->document, "tbl"), ==, word_count ((xmlNode *) ours->document, "tbl"));
  g_assert_cmpuint (word_count ((xmlNode *) theirs->document, "tr"), ==, word_count ((xmlNode *) ours->document, "tr"));
  g_assert_cmpuint (word_count ((xmlNode *) theirs->document, "tblHeader"), ==,
                    word_count ((xmlNode *) ours->document, "tblHeader"));
}

/* LibreOffice puts gaps between Han characters and digits whatever the file says, has other faces and shows a chart as a
   table: of that come some lines more or less, but no document grows by more than a page. */
static void
check_page_count (const ZcDocument *document, ZcFonts *fonts, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcPages) pages = zc_pages_new (document, fonts, NULL, &error);
  g_autoptr (GBytes) bytes = soffice_read (path);
  PopplerDocument *pdf = poppler_document_new_from_bytes (bytes, NULL, &error);
  int theirs, ours = (int) zc_pages_count (pages);

  g_assert_no_error (error);
  theirs = poppler_document_get_n_pages (pdf);
  g_object_unref (pdf);
  if (theirs != ours)
    g_test_message ("%s: %d pages in LibreOffice, %d of ours", document->filename, theirs, ours);
  g_assert_cmpint (ABS (theirs - ours), <=, 1);
}

/* The flat file is edited as text: one paragraph at the end. It becomes the source of what follows. */
static void
edit (const Sheets *sheets)
{
  for (guint i = 0; sheets->names[i]; i++)
    {
      g_autofree char *path = soffice_result (sheets->folder, sheets->names[i], "fodt"), *target = NULL;
      g_autoptr (GBytes) bytes = soffice_read (path);
      g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
      g_autoptr (GError) error = NULL;
      const char *end = g_strrstr (text->str, "</office:text>");
      char *dot;

      g_assert_nonnull (end);
      g_string_insert (text, end - text->str, "<text:p>" EDIT "</text:p>");
      dot = strrchr (sheets->names[i], '.');
      strcpy (dot, ".fodt");
      target = g_build_filename (sheets->folder, sheets->names[i], NULL);
      g_file_set_contents (target, text->str, (gssize) text->len, &error);
      g_assert_no_error (error);
    }
}

static void
test_scheme (gconstpointer data)
{
  g_auto (Sheets) sheets = sheets_new (data);
  g_autoptr (ZcFonts) fonts = zc_fonts_new (NULL, NULL);
  g_autoptr (GPtrArray) packages = g_ptr_array_new_with_free_func ((GDestroyNotify) word_package_free);

  convert (&sheets, "fodt");
  convert (&sheets, "pdf");
  for (guint i = 0; i < sheets.documents->len; i++)
    {
      WordPackage *package = word_package_of (sheets.documents->pdata[i]);
      g_autofree char *open = soffice_result (sheets.folder, sheets.names[i], "fodt");
      g_autofree char *pdf = soffice_result (sheets.folder, sheets.names[i], "pdf");

      g_ptr_array_add (packages, package);
      word_check_opc (package);
      word_check_links (package);
      check_open (package, open);
      check_page_count (sheets.documents->pdata[i], fonts, pdf);
    }
  edit (&sheets);
  convert (&sheets, "docx");
  for (guint i = 0; i < packages->len; i++)
    {
      g_autofree char *saved = soffice_result (sheets.folder, sheets.names[i], "docx");

      check_edited (packages->pdata[i], saved);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_shipped; i++)
    {
      g_autofree char *path = g_strconcat ("/word/schemes/", shipped[i].id, NULL);

      g_test_add_data_func (path, shipped[i].id, test_scheme);
    }
  return g_test_run ();
}
