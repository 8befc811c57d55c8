/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-page-test.h"
#include "gui-window-test.h"

#include "pages/zc-road-pages.h"
#include "widgets/zc-evidence-list.h"
#include "zc-verify-view.h"

#include <sqlite3.h>
#include <string.h>

/*
 * What goes wrong is told in the window: what happened, to which file, and what can be done now. Each case is provoked as a
 * user would; the sentences are asked for in Chinese.
 */

static ZcApplication *application;
static char *command; /* the command line, which makes the packages */

static char *
write_bytes (const char *name, const void *bytes, gsize size)
{
  char *path = window_test_path (name);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  return path;
}

static char *
write_text (const char *name, const char *text)
{
  return write_bytes (name, text, strlen (text));
}

/* Sentences end in a full stop or say the next thing after a semicolon. */
static guint
count_sentences (const char *text)
{
  static const char *const ends[] = { "。", "；", "！", "？" };
  guint count = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    for (const char *at = strstr (text, ends[i]); at; at = strstr (at + 1, ends[i]))
      count++;
  return count;
}

/* @about: (nullable): what it must name */
static void
expect_sentence (const char *text, const char *about)
{
  g_test_message ("%s", text);
  if (count_sentences (text) < 2)
    {
      g_test_message ("it does not say what can be done now");
      g_test_fail ();
    }
  if (about && !strstr (text, about))
    {
      g_test_message ("it does not say that it is about “%s”", about);
      g_test_fail ();
    }
}

static gboolean
is_label_shown (gpointer label)
{
  return gtk_widget_get_visible (label) && *gtk_label_get_text (label) != 0;
}

static gboolean
is_error_shown (gpointer window)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (gui_find (window, "error_revealer")));
}

static void
expect_window_error (GtkWidget *window, const char *about)
{
  g_assert_true (gui_wait_until (is_error_shown, window, 60));
  expect_sentence (gtk_label_get_text (GTK_LABEL (gui_need (window, "error_label"))), about);
}

/* Opening */

static void
open_and_expect (const char *path)
{
  ZcWindow *window = zc_window_new (application);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path);

  gtk_window_present (GTK_WINDOW (window));
  zc_window_open (window, file);
  g_assert_null (zc_window_session (window));
  expect_window_error (GTK_WIDGET (window), name);
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_open_text (void)
{
  g_autofree char *path = write_text ("笔记.zicha", "只是文字\n");

  open_and_expect (path);
}

static void
test_open_other_type (void)
{
  g_autofree char *path = write_text ("扫描件.zicha", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n");

  open_and_expect (path);
}

static void
test_open_empty (void)
{
  g_autofree char *path = write_text ("空.zicha", "");

  open_and_expect (path);
}

static void
test_open_missing (void)
{
  g_autofree char *path = window_test_path ("没有了.zicha");

  open_and_expect (path);
}

static void
test_open_folder (void)
{
  g_autofree char *folder = window_test_path (NULL);

  open_and_expect (folder);
}

static void
make_inspection (const char *path)
{
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", NULL);
  g_autoptr (ZcInspection) inspection = zc_inspection_create (path, scheme, NULL);

  g_assert_nonnull (inspection);
}

static void
test_open_damaged (void)
{
  g_autofree char *path = window_test_path ("断了.zicha"), *bytes = NULL;
  gsize size;

  make_inspection (path);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size / 2, NULL));
  open_and_expect (path);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_open_other_database (void)
{
  g_autofree char *path = window_test_path ("别的库.zicha");

  run_sql (path, "create table t (x); insert into t values (1)");
  open_and_expect (path);
}

/* It can be read, and says why nothing can be changed in it. */
static void
test_open_newer (void)
{
  g_autofree char *path = window_test_path ("新版.zicha");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ZcWindow *window = zc_window_new (application);

  make_inspection (path);
  run_sql (path, "pragma user_version = 999");
  gtk_window_present (GTK_WINDOW (window));
  zc_window_open (window, file);
  expect_window_error (GTK_WIDGET (window), "新版.zicha");
  if (zc_window_session (window))
    g_assert_false (zc_session_can_edit (zc_window_session (window)));
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_open_twice (void)
{
  g_autofree char *path = window_test_path ("开着.zicha");
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", NULL);

  inspection = zc_inspection_create (path, scheme, NULL);
  g_assert_nonnull (inspection);
  open_and_expect (path);
}

/* At work */

static void
test_evidence_gone (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_items_page_get_type ());
  g_autofree char *path = window_test_path ("拔走的照片.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *label;

  zc_session_go (test->session, "item:X01");
  page_test_spin (0.2);
  label = gui_need (test->window, "error_label");
  g_assert_true (gui_drop_files (gtk_widget_get_ancestor (label, ZC_TYPE_EVIDENCE_LIST), &file, 1));
  g_assert_true (gui_wait_until (is_label_shown, label, 60));
  expect_sentence (gtk_label_get_text (GTK_LABEL (label)), "拔走的照片.png");
}

static gboolean
has_refused (gpointer sentence)
{
  return *(char **) sentence != NULL;
}

static void
on_failed (ZcSession *session, const GError *error, char **sentence)
{
  g_free (*sentence);
  *sentence = g_strdup (error->message);
}

static void
test_certificate (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_pack_page_get_type ());
  ZcInspection *inspection = zc_session_inspection (test->session);
  g_autoptr (ZcRecord) record = zc_record_new (inspection);
  g_autoptr (GBytes) bytes = zc_record_to_bytes (record);
  g_autofree char *sentence = NULL, *path = NULL;

  g_assert_true (zc_inspection_seal (inspection, bytes, NULL));
  page_test_spin (0.1);
  g_signal_connect (test->session, "failed", G_CALLBACK (on_failed), &sentence);
  path = write_text ("证书.crt", "no certificate");
  window_test_choose (path);
  g_signal_emit_by_name (adw_preferences_group_get_header_suffix (ADW_PREFERENCES_GROUP (gui_need (test->window, "recipients"))), "clicked");
  g_assert_true (gui_wait_until (has_refused, &sentence, 60));
  expect_sentence (sentence, "证书.crt");
}

/* The office */

static void
run_command (const char *first, ...)
{
  g_autofree char *inside = window_test_path (NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  int status = 0;
  va_list more;

  g_ptr_array_add (argv, command);
  va_start (more, first);
  for (const char *arg = first; arg; arg = va_arg (more, const char *))
    g_ptr_array_add (argv, (gpointer) arg);
  va_end (more);
  g_ptr_array_add (argv, NULL);
  g_assert_true (g_spawn_sync (inside, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error));
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", first, output);
}

/* Sealed on paper and packed for a passphrase. */
static void
make_package (void)
{
  g_autofree char *statements = g_build_filename (g_getenv ("ZICHA_DATADIR"), "samples", "national-2012", "statements.txt", NULL);
  g_autofree char *passphrase = write_text ("passphrase", "a passphrase of enough words and digits 73905\n");

  run_command ("new", "u.zicha", "--scheme", "national-2012", "--quiet", NULL);
  run_command ("set", "u.zicha", "--from", statements, "--quiet", NULL);
  run_command ("seal", "u.zicha", "--quiet", NULL);
  run_command ("pack", "u.zicha", "-o", "报送包.zcp", "--passphrase-file", passphrase, "--quiet", NULL);
  run_command ("keygen", "--office", "别的办公室", "-o", "office", "--quiet", NULL);
}

static GtkWidget *
view_of (ZcWindow *window)
{
  return gtk_widget_get_ancestor (gui_need (GTK_WIDGET (window), "form_error"), ZC_TYPE_VERIFY_VIEW);
}

static gboolean
is_answered (gpointer view)
{
  GtkWidget *stack = gtk_widget_get_first_child (view);
  const char *shown = gtk_stack_get_visible_child_name (GTK_STACK (stack));

  return g_strcmp0 (shown, "result") == 0 || is_label_shown (gui_find (view, "form_error"));
}

/* Returns: (transfer full): what the view says of @name with that passphrase */
static char *
verify (const char *name, const char *passphrase)
{
  ZcWindow *window = zc_window_new (application);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = window_test_path (name);
  GtkWidget *view, *label;
  char *sentence;

  g_ptr_array_add (files, g_file_new_for_path (path));
  gtk_window_present (GTK_WINDOW (window));
  zc_window_verify (window, files);
  view = view_of (window);
  gtk_editable_set_text (GTK_EDITABLE (gui_need (view, "passphrase_row")), passphrase);
  g_signal_emit_by_name (gui_need (view, "verify"), "clicked");
  g_assert_true (gui_wait_until (is_answered, view, 60));
  label = gui_need (view, "form_error");
  sentence = is_label_shown (label) ? g_strdup (gtk_label_get_text (GTK_LABEL (label)))
                                    : g_strdup (adw_status_page_get_description (ADW_STATUS_PAGE (gui_need (view, "result"))));
  gui_close_and_check (GTK_WINDOW (window));
  return sentence;
}

static void
test_wrong_passphrase (void)
{
  g_autofree char *sentence = verify ("报送包.zcp", "not the passphrase that was agreed on");

  expect_sentence (sentence, NULL);
}

static void
test_package_damaged (void)
{
  g_autofree char *whole = window_test_path ("报送包.zcp"), *bytes = NULL, *path = NULL, *sentence = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (whole, &bytes, &size, NULL));
  bytes[size - 4096] ^= 1;
  path = write_bytes ("坏了.zcp", bytes, size);
  sentence = verify ("坏了.zcp", "a passphrase of enough words and digits 73905");
  expect_sentence (sentence, "坏了.zcp");
}

static void
test_no_package (void)
{
  g_autofree char *path = write_text ("名册.zcp", "no package");
  g_autofree char *sentence = verify ("名册.zcp", "a passphrase of enough words and digits 73905");

  expect_sentence (sentence, "名册.zcp");
}

int
main (int argc, char *argv[])
{
  int status;

  page_test_init (&argc, &argv);
  bindtextdomain (GETTEXT_PACKAGE, ZC_TEST_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_assert_cmpint (argc, ==, 2);
  command = g_canonicalize_filename (argv[1], NULL); /* runs in another folder */
  application = window_test_application_new ();
  window_test_choose (NULL);
  make_package ();
  g_test_add_func ("/errors/open/text", test_open_text);
  g_test_add_func ("/errors/open/other-type", test_open_other_type);
  g_test_add_func ("/errors/open/empty", test_open_empty);
  g_test_add_func ("/errors/open/missing", test_open_missing);
  g_test_add_func ("/errors/open/folder", test_open_folder);
  g_test_add_func ("/errors/open/damaged", test_open_damaged);
  g_test_add_func ("/errors/open/other-database", test_open_other_database);
  g_test_add_func ("/errors/open/newer", test_open_newer);
  g_test_add_func ("/errors/open/twice", test_open_twice);
  g_test_add_func ("/errors/evidence/gone", test_evidence_gone);
  g_test_add_func ("/errors/pack/certificate", test_certificate);
  g_test_add_func ("/errors/verify/passphrase", test_wrong_passphrase);
  g_test_add_func ("/errors/verify/damaged", test_package_damaged);
  g_test_add_func ("/errors/verify/no-package", test_no_package);
  status = g_test_run ();
  g_clear_object (&application);
  window_test_clear ();
  g_free (command);
  return status;
}
