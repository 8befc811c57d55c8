/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-page-test.h"

#include "pages/zc-road-pages.h"
#include "record/zc-template.h"
#include "widgets/zc-chapter-view.h"
#include "widgets/zc-live-preview.h"
#include "widgets/zc-pdf-view.h"
#include "widgets/zc-text-diff.h"

#include <string.h>

static ZcChapterView *
view_of (PageTest *test)
{
  return ZC_CHAPTER_VIEW (page_test_find (test->window, "view"));
}

static char *
shown_text (PageTest *test)
{
  char *text;

  g_object_get (zc_chapter_view_get_buffer (view_of (test)), "text", &text, NULL);
  return text;
}

/* Deletes what the user would by Backspace behind @text. */
static void
backspace_behind (PageTest *test, const char *text)
{
  GtkTextBuffer *buffer = zc_chapter_view_get_buffer (view_of (test));
  GtkTextIter start, from, to;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, text, 0, &from, &to, NULL));
  gtk_text_buffer_place_cursor (buffer, &to);
  g_assert_true (gtk_text_buffer_backspace (buffer, &to, TRUE, TRUE));
}

static void
type_inside (PageTest *test, const char *text, int offset, const char *typed)
{
  GtkTextBuffer *buffer = zc_chapter_view_get_buffer (view_of (test));
  GtkTextIter start, from, to;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, text, 0, &from, &to, NULL));
  gtk_text_iter_forward_chars (&from, offset);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert (buffer, &from, typed, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
test_values (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_report_page_get_type ());
  g_autofree char *draft = zc_chapter_view_get_template (view_of (test));
  g_autofree char *edited = NULL;
  g_autofree char *without = NULL;

  g_assert_nonnull (strstr (draft, "{office.name}具体承办"));
  g_assert_cmpstr (zc_session_get (test->session, "text:c1"), ==, "");

  /* What is typed inside a value stands behind it, braces as braces. */
  type_inside (test, "办公室具体承办", 1, "（含{机房}）");
  g_assert_nonnull (strstr (zc_session_get (test->session, "text:c1"), "{office.name}（含{{机房}}）具体承办"));
  edited = shown_text (test);
  g_assert_nonnull (strstr (edited, "办公室（含{机房}）具体承办"));

  /* A value goes whole, and follows what it shows. */
  g_assert_true (zc_session_set (test->session, "fact:office.name", "信息科"));
  page_test_spin (0.1);
  g_clear_pointer (&edited, g_free);
  edited = shown_text (test);
  g_assert_nonnull (strstr (edited, "信息科（含{机房}）具体承办"));
  backspace_behind (test, "信息科");
  without = shown_text (test);
  g_assert_null (strstr (without, "信息"
                                  "科（含"));
  g_assert_null (strstr (zc_session_get (test->session, "text:c1"), "{office.name}"));

  zc_chapter_view_insert_value (view_of (test), "fact:unit.name");
  g_assert_nonnull (strstr (zc_session_get (test->session, "text:c1"), "{unit.name}（含"));
  page_test_shot (test->window, "report-own");
}

static void
test_undo (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_report_page_get_type ());
  g_autofree char *before = shown_text (test);
  g_autofree char *after = NULL;

  type_inside (test, "具体承办", 0, "认真");
  g_assert_cmpstr (zc_session_get (test->session, "text:c1"), !=, "");
  zc_session_undo (test->session);
  page_test_spin (0.1);
  after = shown_text (test);
  g_assert_cmpstr (after, ==, before);
}

static void
type_at_end (PageTest *test, const char *typed)
{
  GtkTextBuffer *buffer = zc_chapter_view_get_buffer (view_of (test));
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  g_assert_true (gtk_text_buffer_insert_interactive_at_cursor (buffer, typed, -1, TRUE));
  /* What comes when the user pauses. */
  g_signal_emit_by_name (test->session, "checked");
}

/* A blank is not kept at the end of a text; but the next word comes behind it. */
static void
test_blank_at_end (void)
{
  static const char *const typed[] = { " ", "two", " ", "words", "\n", "\n", "line" };
  g_autoptr (PageTest) test = page_test_new (zc_report_page_get_type ());
  g_autofree char *draft = shown_text (test);
  g_autoptr (GString) expected = g_string_new (draft);
  g_autofree char *undone = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *shown = NULL;

      type_at_end (test, typed[i]);
      g_string_append (expected, typed[i]);
      shown = shown_text (test);
      g_assert_cmpstr (shown, ==, expected->str);
      /* A blank alone is no text of one's own. */
      g_assert_true ((i == 0) == (*zc_session_get (test->session, "text:c1") == 0));
    }
  g_assert_true (g_str_has_suffix (zc_session_get (test->session, "text:c1"), " two words\n\nline"));
  zc_session_undo (test->session);
  page_test_spin (0.1);
  undone = shown_text (test);
  g_assert_cmpstr (undone, ==, draft);
}

static GtkWindow *
find_dialog (PageTest *test)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (test->window))
        return window;
    }
  return NULL;
}

static GtkWidget *
find_class (GtkWidget *root, const char *css_class)
{
  if (gtk_widget_has_css_class (root, css_class))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_class (child, css_class);

      if (found)
        return found;
    }
  return NULL;
}

static void
test_regenerate (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_report_page_get_type ());
  g_autofree char *before = shown_text (test);
  g_autofree char *after = NULL;
  GtkWindow *dialog;

  g_assert_false (gtk_widget_is_sensitive (page_test_find (test->window, "regenerate")));
  type_inside (test, "具体承办", 0, "认真");
  g_assert_true (gtk_widget_is_sensitive (page_test_find (test->window, "regenerate")));
  g_signal_emit_by_name (page_test_find (test->window, "regenerate"), "clicked");
  page_test_spin (0.2);
  dialog = find_dialog (test);
  g_assert_nonnull (dialog);
  g_assert_cmpstr (zc_session_get (test->session, "text:c1"), !=, "");
  page_test_shot (GTK_WIDGET (dialog), "report-difference");
  g_signal_emit_by_name (find_class (GTK_WIDGET (dialog), "destructive-action"), "clicked");
  page_test_spin (0.2);
  g_assert_null (find_dialog (test));
  g_assert_cmpstr (zc_session_get (test->session, "text:c1"), ==, "");
  after = shown_text (test);
  g_assert_cmpstr (after, ==, before);
}

static void
test_reveal (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_report_page_get_type ());
  g_autofree char *text = NULL;

  page_test_shot (test->window, "report");
  zc_page_reveal (ZC_PAGE (test->page), "text:c3");
  page_test_spin (0.2);
  text = shown_text (test);
  g_assert_nonnull (strstr (text, "本次检查共发现问题"));
  g_assert_cmpstr (zc_session_get_here (test->session), ==, "text:c3");
  gtk_menu_button_popup (GTK_MENU_BUTTON (page_test_find (test->window, "insert")));
  page_test_spin (0.3);
  page_test_shot (gtk_widget_get_ancestor (page_test_find (test->window, "values_bin"), GTK_TYPE_POPOVER), "report-values");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (page_test_find (test->window, "insert")));
  page_test_spin (0.8); /* GTK 4.8 still looks for a tooltip there, half a second later */
}

/* The pages beside the text */

static ZcLivePreview *
preview_of (PageTest *test)
{
  return ZC_LIVE_PREVIEW (page_test_find (test->window, "preview"));
}

static ZcPdfView *
pages_of (PageTest *test)
{
  return ZC_PDF_VIEW (page_test_find (GTK_WIDGET (preview_of (test)), "view"));
}

static gboolean
is_fresh (gpointer test)
{
  return zc_live_preview_is_fresh (preview_of (test));
}

static void
on_searched (ZcPdfView *view, guint page, int *found)
{
  *found = (int) page;
}

static gboolean
is_searched (gpointer found)
{
  return *(int *) found >= 0;
}

/* Returns: the page, from 1, that has @text; 0 if none has it. */
static int
find_on_pages (PageTest *test, const char *text)
{
  int found = -1;
  gulong handler = g_signal_connect (pages_of (test), "searched", G_CALLBACK (on_searched), &found);

  zc_pdf_view_search (pages_of (test), text);
  page_test_wait (is_searched, &found);
  g_signal_handler_disconnect (pages_of (test), handler);
  return found;
}

static void
test_preview (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_report_page_get_type ());

  page_test_wait (is_fresh, test);
  g_assert_cmpuint (zc_pdf_view_count (pages_of (test)), >=, 2);
  g_assert_cmpint (find_on_pages (test, "认真"), ==, 0);
  type_inside (test, "具体承办", 0, "认真");
  g_assert_false (is_fresh (test));
  page_test_wait (is_fresh, test);
  g_assert_cmpint (find_on_pages (test, "认真"), ==, 1);
  page_test_shot (test->window, "report-preview");

  /* Another document, by the list above the pages; a chapter leads back to its own. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (page_test_find (GTK_WIDGET (preview_of (test)), "document")), 1);
  g_assert_false (is_fresh (test));
  page_test_wait (is_fresh, test);
  g_assert_cmpint (find_on_pages (test, "认真具体"), ==, 0);
  zc_page_reveal (ZC_PAGE (test->page), "text:c3");
  page_test_wait (is_fresh, test);
  g_assert_cmpint (find_on_pages (test, "认真"), ==, 1);
}

static gboolean
is_unmapped (gpointer test)
{
  return !gtk_widget_get_mapped (GTK_WIDGET (preview_of (test)));
}

static gboolean
is_mapped (gpointer test)
{
  return !is_unmapped (test);
}

/* Where there is no room, nothing is shown and nothing is made; a button shows it all the same. */
static void
test_preview_narrow (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_report_page_get_type ());
  GtkToggleButton *beside = GTK_TOGGLE_BUTTON (page_test_find (test->window, "beside"));

  page_test_wait (is_fresh, test);
  gtk_toggle_button_set_active (beside, FALSE);
  page_test_wait (is_unmapped, test);
  type_inside (test, "具体承办", 0, "认真");
  page_test_spin (1.0);
  g_assert_false (is_fresh (test));
  gtk_toggle_button_set_active (beside, TRUE);
  page_test_wait (is_mapped, test);
  page_test_wait (is_fresh, test);
  g_assert_cmpint (find_on_pages (test, "认真"), ==, 1);
}

static gboolean
is_idle (gpointer test)
{
  return !gtk_widget_get_visible (page_test_find (GTK_WIDGET (preview_of (test)), "spinner"));
}

static void
test_preview_stop (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_report_page_get_type ());
  GtkWidget *button = page_test_find (GTK_WIDGET (preview_of (test)), "act");

  page_test_wait (is_fresh, test);
  type_inside (test, "具体承办", 0, "认真");
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (is_idle (test));
  g_signal_emit_by_name (button, "clicked");
  page_test_wait (is_idle, test);
  /* It may have been done before it heard of it. */
  g_assert_true (is_fresh (test) || gtk_widget_get_visible (page_test_find (GTK_WIDGET (preview_of (test)), "status_box")));
  g_signal_emit_by_name (button, "clicked");
  page_test_wait (is_fresh, test);
}

static char *
in_words (const char *before, const char *after)
{
  g_autoptr (GPtrArray) lines = zc_text_diff (before, after);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const ZcDiffLine *line = lines->pdata[i];

      g_string_append_printf (words, "%c%.*s[%.*s]%s\n", line->kind, (int) line->from, line->text, (int) (line->to - line->from),
                              line->text + line->from, line->text + line->to);
    }
  return g_string_free (words, FALSE);
}

static void
test_diff (void)
{
  static const struct
  {
    const char *before, *after, *words;
  } cases[] = {
    { "甲", "甲", " [甲]\n" },
    { "", "甲", "+[甲]\n" },
    { "甲\n乙\n丙", "甲\n丙", " [甲]\n-[乙]\n [丙]\n" },
    { "共33个", "共35个", "-共3[3]个\n+共3[5]个\n" },
    { "甲乙", "甲丙", "-甲[乙]\n+甲[丙]\n" },
    { "ab", "aab", "-a[]b\n+a[a]b\n" },
    { "甲\n乙", "丙\n丁", "-[甲]\n-[乙]\n+[丙]\n+[丁]\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = in_words (cases[i].before, cases[i].after);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/gui/report/values", test_values);
  g_test_add_func ("/gui/report/undo", test_undo);
  g_test_add_func ("/gui/report/blank-at-end", test_blank_at_end);
  g_test_add_func ("/gui/report/regenerate", test_regenerate);
  g_test_add_func ("/gui/report/reveal", test_reveal);
  g_test_add_func ("/gui/report/preview", test_preview);
  g_test_add_func ("/gui/report/preview-narrow", test_preview_narrow);
  g_test_add_func ("/gui/report/preview-stop", test_preview_stop);
  g_test_add_func ("/gui/report/difference", test_diff);
  return g_test_run ();
}
