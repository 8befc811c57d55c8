/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-window-test.h"

#include "widgets/zc-line-list.h"
#include "zc-help-page.h"

#include <glib/gstdio.h>
#include <string.h>

/* The help: the book alone, then the window that shows it, opened by the real one. */

static ZcApplication *application;

static const ZcHelpBook *
book (void)
{
  const ZcHelpBook *self = zc_help_book_get ();

  g_assert_nonnull (self);
  return self;
}

/* The book */

static void
test_whole (void)
{
  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    g_assert_nonnull (zc_help_book_find_step (book (), zc_road_id (step)));
  for (guint i = 0; i < book ()->topics->len; i++)
    {
      const ZcHelpTopic *topic = book ()->topics->pdata[i];

      g_assert_nonnull (topic->title);
      g_assert_nonnull (topic->part);
      g_assert_cmpuint (topic->blocks->len, >=, 5);
      g_assert_true (zc_help_book_find (book (), topic->id) == topic);
      for (guint r = 0; r < topic->related->len; r++)
        g_assert_nonnull (zc_help_book_find (book (), topic->related->pdata[r]));
    }
  g_assert_null (zc_help_book_find (book (), "nothing"));
  g_assert_null (zc_help_book_find (book (), NULL));
  g_assert_null (zc_help_book_find_step (book (), "nothing"));
}

static void
test_blocks (void)
{
  const ZcHelpTopic *topic = zc_help_book_find (book (), "office-scheme");
  guint steps = 0;

  /* One numbering, although commands stand between the steps; no line break, and no blank at an end, which a mark would count. */
  for (guint i = 0; i < topic->blocks->len; i++)
    {
      const ZcHelpBlock *block = topic->blocks->pdata[i];

      g_assert_null (strchr (block->text, '\n'));
      g_assert_false (g_str_has_prefix (block->text, " ") || g_str_has_suffix (block->text, " "));
      if (block->kind == ZC_HELP_STEP)
        g_assert_cmpuint (block->number, ==, ++steps);
      for (guint s = 0; s < block->spans->len; s++)
        {
          const ZcHelpSpan *span = &g_array_index (block->spans, ZcHelpSpan, s);

          g_assert_cmpuint (span->start, <, span->end);
          g_assert_cmpuint (span->end, <=, strlen (block->text));
        }
    }
  g_assert_cmpuint (steps, >=, 5);
}

static void
test_no_book (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_help_book_load ("/org/zicha/Zicha/help/xx", &error));
  g_assert_error (error, G_RESOURCE_ERROR, G_RESOURCE_ERROR_NOT_FOUND);
}

static const char *
text_of (const ZcHelpHit *hit)
{
  return hit->block < 0 ? hit->topic->title : ((const ZcHelpBlock *) hit->topic->blocks->pdata[hit->block])->text;
}

static void
assert_all_have (GArray *hits, const char *word)
{
  g_assert_cmpuint (hits->len, >, 0);
  for (guint i = 0; i < hits->len; i++)
    g_assert_nonnull (strstr (text_of (&g_array_index (hits, ZcHelpHit, i)), word));
}

static void
test_search (void)
{
  g_autoptr (GArray) one = zc_help_book_search (book (), "封签码");
  g_autoptr (GArray) wide = zc_help_book_search (book (), "　ｓｍ３ ");
  g_autoptr (GArray) both = zc_help_book_search (book (), "光盘 不合格");
  g_autoptr (GArray) title = zc_help_book_search (book (), "封存");
  g_autoptr (GArray) none = zc_help_book_search (book (), "没有人会这样写");
  g_autoptr (GArray) empty = zc_help_book_search (book (), " \t　");

  assert_all_have (one, "封签码");
  assert_all_have (wide, "SM3");
  assert_all_have (both, "不合格");
  assert_all_have (both, "光盘");
  g_assert_cmpint (g_array_index (title, ZcHelpHit, 0).block, ==, -1);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (empty->len, ==, 0);
}

static void
test_match (void)
{
  g_auto (GStrv) words = zc_help_split ("码 Disc");
  gsize end = 0;

  g_assert_cmpint (zc_help_match ("封签码ＤＩＳＣ", 0, words, &end), ==, 6);
  g_assert_cmpuint (end, ==, 9);
  g_assert_cmpint (zc_help_match ("封签码ＤＩＳＣ", end, words, &end), ==, 9);
  g_assert_cmpuint (end, ==, 21);
  g_assert_cmpint (zc_help_match ("封签码ＤＩＳＣ", end, words, &end), ==, -1);
  g_assert_cmpint (zc_help_match ("dis", 0, words, NULL), ==, -1);
}

/* The window */

static GtkWindow *
help_of (ZcWindow *window)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) at = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (at) == GTK_WINDOW (window) && gui_find_type (GTK_WIDGET (at), ZC_TYPE_HELP_PAGE))
        return at;
    }
  return NULL;
}

static ZcHelpPage *
page_of (GtkWindow *help)
{
  return ZC_HELP_PAGE (gui_find_type (GTK_WIDGET (help), ZC_TYPE_HELP_PAGE));
}

static void
ask_for_help (ZcWindow *window)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.help", NULL));
}

/* Asks for help, and says which topic it is open at. */
static const char *
topic_shown (ZcWindow *window)
{
  ask_for_help (window);
  g_assert_nonnull (help_of (window));
  return zc_help_page_get_topic (page_of (help_of (window)))->id;
}

static void
test_topic_of_start (void)
{
  ZcWindow *window = zc_window_new (application);

  gtk_window_present (GTK_WINDOW (window));
  g_assert_cmpstr (topic_shown (window), ==, "first-steps");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  g_assert_cmpstr (topic_shown (window), ==, "start");
  gtk_widget_activate_action (gui_find (GTK_WIDGET (window), "verify_row"), "start.verify", NULL);
  g_assert_cmpstr (topic_shown (window), ==, "office-verify");
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_topic_of_step (void)
{
  ZcWindow *window = window_test_open_new (application, "steps.zicha");

  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.show-step", "s", zc_road_id (step));
      g_assert_cmpstr (topic_shown (window), ==, zc_road_id (step));
    }
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_one_window (void)
{
  ZcWindow *window = window_test_open_new (application, "one.zicha");
  GtkWindow *help;

  ask_for_help (window);
  help = help_of (window);
  ask_for_help (window);
  g_assert_true (help_of (window) == help);
  g_assert_false (gtk_window_get_modal (help));
  gui_close_and_check (help);
  ask_for_help (window);
  g_assert_nonnull (help_of (window));
  gui_close_and_check (GTK_WINDOW (window));
}

static gboolean
has_results (gpointer list)
{
  const char *key = zc_line_list_get_key (list, 0);

  /* A result's key has the block, a topic's has none. */
  return key && strchr (key, ' ');
}

static gboolean
has_contents (gpointer list)
{
  return zc_line_list_get_length (list) > book ()->topics->len;
}

static void
test_search_jumps (void)
{
  ZcWindow *window = window_test_open_new (application, "search.zicha");
  g_autoptr (GArray) hits = zc_help_book_search (book (), "回读");
  const ZcHelpHit *last;
  GtkWindow *help;
  GtkWidget *entry;
  ZcLineList *list;

  g_assert_cmpuint (hits->len, >=, 2);
  last = &g_array_index (hits, ZcHelpHit, hits->len - 1);
  ask_for_help (window);
  help = help_of (window);
  entry = gui_find_type (GTK_WIDGET (help), GTK_TYPE_SEARCH_ENTRY);
  list = ZC_LINE_LIST (gui_find_type (GTK_WIDGET (help), ZC_TYPE_LINE_LIST));
  g_assert_true (has_contents (list));
  gtk_editable_set_text (GTK_EDITABLE (entry), "回读");
  g_assert_true (gui_wait_until (has_results, list, 60));
  g_assert_cmpuint (zc_line_list_get_length (list), ==, hits->len);
  zc_line_list_activate (list, hits->len - 1);
  g_assert_true (zc_help_page_get_topic (page_of (help)) == last->topic);
  g_assert_cmpint (zc_help_page_get_block (page_of (help)), ==, last->block);
  /* The text has the focus, to be read on from there. */
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (help), GTK_WIDGET (page_of (help))));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_assert_true (gui_wait_until (has_contents, list, 60));
  g_assert_cmpstr (zc_line_list_get_selected (list), ==, last->topic->id);
  gui_close_and_check (GTK_WINDOW (window));
}

static GtkWidget *
button_of (GtkWidget *root, const char *label)
{
  GtkWidget *found = GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0 ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found; child = gtk_widget_get_next_sibling (child))
    found = button_of (child, label);
  return found;
}

static void
test_related (void)
{
  ZcWindow *window = window_test_open_new (application, "related.zicha");
  const ZcHelpTopic *unit = zc_help_book_find_step (book (), "unit");
  const ZcHelpTopic *next;
  GtkWidget *button;

  g_assert_cmpuint (unit->related->len, >, 0);
  next = zc_help_book_find (book (), unit->related->pdata[0]);
  g_assert_cmpstr (topic_shown (window), ==, unit->id);
  button = button_of (GTK_WIDGET (page_of (help_of (window))), next->title);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (zc_help_page_get_topic (page_of (help_of (window))) == next);
  gui_close_and_check (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  int status;

  gui_test_init (&argc, &argv, GETTEXT_PACKAGE, ZC_TEST_LOCALEDIR);
  application = window_test_application_new ();
  g_test_add_func ("/help/book/whole", test_whole);
  g_test_add_func ("/help/book/blocks", test_blocks);
  g_test_add_func ("/help/book/none", test_no_book);
  g_test_add_func ("/help/book/search", test_search);
  g_test_add_func ("/help/book/match", test_match);
  g_test_add_func ("/help/window/topic-of-start", test_topic_of_start);
  g_test_add_func ("/help/window/topic-of-step", test_topic_of_step);
  g_test_add_func ("/help/window/one", test_one_window);
  g_test_add_func ("/help/window/search-jumps", test_search_jumps);
  g_test_add_func ("/help/window/related", test_related);
  status = g_test_run ();
  g_clear_object (&application);
  window_test_clear ();
  return status;
}
