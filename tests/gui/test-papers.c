/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-page-test.h"

#include "pages/zc-road-pages.h"
#include "widgets/zc-line-list.h"
#include "widgets/zc-pdf-view.h"
#include "zc-choose.h"
#include "zc-verify-view.h"
#include "zc-words.h"

#include <string.h>

/* What leads from the answers to paper: the check, where everything is printed, the pages, the seal, the hand-in. */

static GtkWidget *
find (PageTest *test, const char *id)
{
  GtkWidget *found = page_test_find (test->window, id);

  if (!found)
    g_error ("no widget called %s", id);
  return found;
}

static void
click (PageTest *test, const char *id)
{
  g_assert_true (gtk_widget_get_sensitive (find (test, id)));
  g_signal_emit_by_name (find (test, id), "clicked");
}

static gboolean
has_text (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

static const char *
shown_child (PageTest *test)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find (test, "stack")));
}

/* Times as people write them, in the local zone, whatever zone they were written down in. */
static void
test_words (void)
{
  static const char *const times[][2] = {
    { "2016-07-05T09:00:00+08:00", "2016-07-05 09:00" },
    { "2016-07-05T01:00:59Z", "2016-07-05 09:00" },
    { "2016-12-31T20:30:00Z", "2017-01-01 04:30" },
    { "soon", "soon" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *shown = zc_words_time (times[i][0]);

      g_assert_cmpstr (shown, ==, times[i][1]);
    }
}

static void
seal (ZcInspection *inspection)
{
  g_autoptr (ZcRecord) record = zc_record_new (inspection);
  g_autoptr (GBytes) bytes = zc_record_to_bytes (record);

  g_assert_true (zc_inspection_seal (inspection, bytes, NULL));
}

static void
test_seal (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_seal_page_get_type ());
  ZcInspection *inspection = zc_session_inspection (test->session);

  seal (inspection);
  page_test_spin (0.1);
  g_assert_cmpstr (shown_child (test), ==, "sealed");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (test, "revision"))), ==, "Revision 1, sealed 2016-07-01 09:00");
  page_test_shot (test->window, "sealed");

  /* No unsealing without a reason; the old seal stays to be seen. */
  g_assert_false (gtk_widget_get_sensitive (find (test, "unseal")));
  gtk_editable_set_text (GTK_EDITABLE (find (test, "reason")), "数字有误");
  click (test, "unseal");
  page_test_spin (0.1);
  g_assert_cmpint (zc_inspection_get_state (inspection), <, ZC_STATE_SEALED);
  g_assert_true (has_text (test->window, "Unsealed 2016-07-01 09:00: 数字有误"));
}

static gboolean
is_check_done (gpointer session)
{
  return zc_session_is_checked (session);
}

static gboolean
was_refused (gpointer refused)
{
  return *(gboolean *) refused;
}

static void
on_refused (ZcSession *session, GError *error, gboolean *refused)
{
  g_assert_error (error, ZC_ERROR, ZC_ERROR_PREFLIGHT);
  *refused = TRUE;
}

/* What must be fixed is found when it is sealed, even if it was stated while the check was at work. */
static void
test_seal_refused (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_seal_page_get_type ());
  gboolean refused = FALSE;

  g_signal_connect (test->session, "failed", G_CALLBACK (on_refused), &refused);
  zc_session_check (test->session);
  g_assert_true (zc_session_is_checking (test->session));
  g_assert_true (zc_session_set (test->session, "fact:unit.name", ""));
  page_test_wait (is_check_done, test->session);
  g_assert_cmpuint (zc_preflight_count (zc_session_results (test->session), ZC_LEVEL_MUST), >, 0);
  g_assert_cmpstr (shown_child (test), ==, "blocked");
  g_signal_emit_by_name (find (test, "seal"), "clicked");
  page_test_wait (was_refused, &refused);
  g_assert_cmpint (zc_inspection_get_state (zc_session_inspection (test->session)), <, ZC_STATE_SEALED);
}

static void
test_done (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_done_page_get_type ());
  ZcInspection *inspection = zc_session_inspection (test->session);

  g_assert_true (has_text (test->window, "2016年7月8日"));
  g_assert_false (has_text (test->window, "2016-07-08"));
  g_assert_false (gtk_widget_get_sensitive (find (test, "receiver")));
  seal (inspection);
  g_assert_true (zc_inspection_log (inspection, "packed", "out.zcp", NULL));
  page_test_spin (0.1);
  g_assert_true (has_text (test->window, "2016-07-01 09:00 · revision 1 · out.zcp"));
  gtk_editable_set_text (GTK_EDITABLE (find (test, "receiver")), "王示例");
  click (test, "receipt");
  page_test_wait (is_check_done, test->session);
  g_assert_true (has_text (test->window, "2016-07-01 09:00 · revision 1 · 王示例"));
  page_test_shot (test->window, "done");
}

/* The check, and where everything is printed */

static char *gone_to;

static void
on_go (ZcSession *session, const char *place, gpointer data)
{
  g_free (gone_to);
  gone_to = g_strdup (place);
}

static gboolean
shows_printed (gpointer test)
{
  return strcmp (shown_child (test), "printed") == 0;
}

static void
test_printed (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_check_page_get_type ());
  g_autoptr (GPtrArray) places = zc_record_places (zc_session_record (test->session));
  ZcLineList *list;

  page_test_wait (is_check_done, test->session);
  g_signal_connect (test->session, "go", G_CALLBACK (on_go), NULL);
  click (test, "printed");
  page_test_wait (shows_printed, test);
  list = ZC_LINE_LIST (adw_bin_get_child (ADW_BIN (find (test, "printed_bin"))));
  g_assert_cmpuint (zc_line_list_get_length (list), ==, places->len);
  page_test_spin (0.2);
  g_assert_true (has_text (GTK_WIDGET (list), ", page 1"));
  g_assert_false (has_text (GTK_WIDGET (list), "not printed anywhere"));
  page_test_shot (test->window, "printed");
  zc_line_list_activate (list, 3);
  g_assert_cmpstr (gone_to, ==, places->pdata[3]);
  click (test, "back");
  g_assert_cmpstr (shown_child (test), ==, "results");
  g_clear_pointer (&gone_to, g_free);
}

/* The pages */

static ZcPdfView *
view_of (PageTest *test)
{
  return ZC_PDF_VIEW (find (test, "view"));
}

static gboolean
shows_pages (gpointer test)
{
  return strcmp (shown_child (test), "pages") == 0 && zc_pdf_view_count (view_of (test)) > 0;
}

static gboolean
has_found (gpointer test)
{
  return *gtk_label_get_text (GTK_LABEL (find (test, "found"))) != 0;
}

/* GtkDropDown has one of that name, too. */
static GtkWidget *
entry_of (PageTest *test)
{
  return page_test_find (find (test, "search_bar"), "search_entry");
}

/* The entry itself says that it changed, once and a little later: a search that is begun by hand would be begun again. */
static const char *
search_for (PageTest *test, const char *text)
{
  gtk_label_set_label (GTK_LABEL (find (test, "found")), "");
  gtk_editable_set_text (GTK_EDITABLE (entry_of (test)), text);
  page_test_wait (has_found, test);
  return gtk_label_get_text (GTK_LABEL (find (test, "found")));
}

static gboolean
is_full_again (gpointer test)
{
  return zc_pdf_view_count (view_of (test)) >= 2;
}

static gboolean
is_at_the_end (gpointer test)
{
  guint n = zc_pdf_view_count (view_of (test));
  g_autofree char *last = g_strdup_printf ("Page %u of %u", n, n);

  return strcmp (gtk_label_get_text (GTK_LABEL (find (test, "turned"))), last) == 0;
}

static void
test_preview (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_preview_page_get_type ());
  GtkDropDown *document = GTK_DROP_DOWN (find (test, "document"));
  guint documents, pages;

  page_test_wait (shows_pages, test);
  pages = zc_pdf_view_count (view_of (test));
  documents = g_list_model_get_n_items (gtk_drop_down_get_model (document));
  g_assert_cmpuint (pages, >=, 2);
  g_assert_cmpuint (documents, >=, 3);
  page_test_shot (test->window, "preview");

  g_assert_true (zc_page_search (ZC_PAGE (test->page)));
  g_assert_true (gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (find (test, "search_bar"))));
  g_assert_true (g_str_has_prefix (search_for (test, "组织开展情况"), "Page 1 of "));
  g_assert_cmpstr (search_for (test, "没有这样的话"), ==, "Not in this document");

  /* To the next page that has it, and back over the first to the last. */
  g_assert_true (g_str_has_prefix (search_for (test, "2016"), "Page 1 of "));
  gtk_label_set_label (GTK_LABEL (find (test, "found")), "");
  g_signal_emit_by_name (entry_of (test), "previous-match");
  page_test_wait (has_found, test);
  g_assert_false (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (find (test, "found"))), "Page 1 of "));
  gtk_label_set_label (GTK_LABEL (find (test, "found")), "");
  g_signal_emit_by_name (entry_of (test), "next-match");
  page_test_wait (has_found, test);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (find (test, "found"))), "Page 1 of "));
  page_test_shot (test->window, "preview-search");

  for (guint i = 1; i < documents; i++)
    {
      gtk_drop_down_set_selected (document, i);
      g_assert_cmpuint (zc_pdf_view_count (view_of (test)), >=, 1);
    }
  gtk_drop_down_set_selected (document, 0);
  page_test_wait (is_full_again, test);
  g_assert_cmpuint (zc_pdf_view_count (view_of (test)), ==, pages);
  zc_pdf_view_zoom (view_of (test), 2);
  g_assert_false (is_at_the_end (test));
  zc_pdf_view_go (view_of (test), pages);
  page_test_wait (is_at_the_end, test);
  page_test_shot (test->window, "preview-zoomed");
}

static char *folder;

static GPtrArray *
choose_folder (const ZcChoice *choice)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_cmpint (choice->kind, ==, ZC_CHOOSE_FOLDER);
  g_ptr_array_add (files, g_file_new_for_path (folder));
  return files;
}

static guint
count_files (const char *ending)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while (dir && (name = g_dir_read_name (dir)))
    count += g_str_has_suffix (name, ending);
  return count;
}

static void
on_job_done (ZcSession *session, ZcJob *job, gboolean *done)
{
  *done = TRUE;
}

static gboolean
is_done (gpointer done)
{
  return *(gboolean *) done;
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static void
test_save (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_preview_page_get_type ());
  guint documents;
  gboolean done = FALSE;

  page_test_wait (shows_pages, test);
  documents = g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (find (test, "document"))));
  folder = page_test_new_path ();
  zc_choose_set_chooser (choose_folder);
  g_signal_connect (test->session, "job-done", G_CALLBACK (on_job_done), &done);
  click (test, "save");
  page_test_wait (is_done, &done);
  g_assert_cmpuint (count_files (".pdf"), ==, documents);
  g_assert_cmpuint (count_files (".docx"), ==, documents);
  zc_choose_set_chooser (NULL);
  remove_folder ();
}

/* The office's side: what was handed in, opened in the same window. */

#define PASSPHRASE "correct horse battery staple 7"

static char *package;

static GPtrArray *
choose_package (const ZcChoice *choice)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, g_file_new_for_path (choice->kind == ZC_CHOOSE_FOLDER ? folder : package));
  return files;
}

/* Returns: (transfer full): the seal code */
static char *
make_package (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_seal_page_get_type ());
  ZcInspection *inspection = zc_session_inspection (test->session);
  g_autoptr (ZcSecret) secret = zc_secret_new_copy (PASSPHRASE, strlen (PASSPHRASE));
  const ZcPacking packing = { .suite = ZC_SUITE_INTL_1, .passphrase = secret };
  g_autoptr (GError) error = NULL;
  char *code;

  seal (inspection);
  code = zc_handin_code (inspection, NULL);
  package = page_test_new_path ();
  g_assert_true (zc_handin_pack (inspection, &packing, package, NULL, &error));
  g_assert_no_error (error);
  return code;
}

static GtkWidget *view;

static GtkWidget *
in_view (const char *id)
{
  return page_test_find (view, id);
}

static gboolean
is_shown (gpointer name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (in_view ("stack"))), name) == 0;
}

static void
state (const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (in_view (id)), text);
}

static const char *
verify (const char *passphrase, const char *code, const char *shows)
{
  state ("passphrase_row", passphrase);
  state ("code_row", code);
  g_signal_emit_by_name (in_view ("verify"), "clicked");
  g_assert_true (is_shown ((gpointer) "work"));
  page_test_wait (is_shown, (gpointer) shows);
  return adw_status_page_get_title (ADW_STATUS_PAGE (in_view ("result")));
}

static gboolean
has_answer (gpointer nothing)
{
  return is_shown ((gpointer) "result") && gtk_widget_get_visible (in_view ("unpack_answer"));
}

static void
test_verify (void)
{
  g_autofree char *code = make_package ();
  g_autofree char *other = g_strdup (code);
  g_autofree char *unpacked = NULL;
  GtkWidget *window = gtk_window_new ();

  zc_choose_set_chooser (choose_package);
  view = zc_verify_view_new ();
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (gtk_widget_get_sensitive (in_view ("verify")));
  g_signal_emit_by_name (in_view ("files_choose"), "clicked");
  g_assert_false (gtk_widget_get_sensitive (in_view ("verify")));

  /* A slip of the keyboard says nothing about the disc. */
  verify ("wrong horse battery staple 7", "", "form");
  g_assert_true (gtk_widget_get_visible (in_view ("form_error")));
  other[0] = other[0] == '9' ? '0' : (char) (other[0] + 1);
  state ("code_row", other);
  g_assert_true (strstr (gtk_label_get_text (GTK_LABEL (in_view ("code_hint"))), "slip in group 1") != NULL);

  g_assert_cmpstr (verify (PASSPHRASE, "", "result"), ==, "The disc is whole");
  g_signal_emit_by_name (in_view ("again"), "clicked");
  g_assert_cmpstr (verify (PASSPHRASE, code, "result"), ==, "Whole, and the paper belongs to it");
  g_assert_true (has_text (view, code));
  page_test_shot (window, "verify");

  folder = page_test_new_path ();
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_signal_emit_by_name (in_view ("unpack"), "clicked");
  page_test_wait (has_answer, NULL);
  unpacked = g_build_filename (folder, "xicheng-2016", "record.xml", NULL);
  g_assert_true (g_file_test (unpacked, G_FILE_TEST_IS_REGULAR));

  zc_choose_set_chooser (NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  g_unlink (package);
  g_clear_pointer (&package, g_free);
  g_clear_pointer (&folder, g_free);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "+08:00", TRUE);
  page_test_init (&argc, &argv);
  g_test_add_func ("/gui/papers/words", test_words);
  g_test_add_func ("/gui/papers/seal", test_seal);
  g_test_add_func ("/gui/papers/seal-refused", test_seal_refused);
  g_test_add_func ("/gui/papers/done", test_done);
  g_test_add_func ("/gui/papers/printed", test_printed);
  g_test_add_func ("/gui/papers/preview", test_preview);
  g_test_add_func ("/gui/papers/save", test_save);
  g_test_add_func ("/gui/papers/verify", test_verify);
  return g_test_run ();
}
