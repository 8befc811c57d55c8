/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-window-test.h"

#include "base/zc-source.h"
#include "layout/zc-fonts.h"
#include "pages/zc-item-lines.h"
#include "widgets/zc-conformity-bar.h"
#include "widgets/zc-evidence-list.h"
#include "widgets/zc-field-row.h"
#include "widgets/zc-finding-editor.h"
#include "widgets/zc-item-view.h"
#include "widgets/zc-line-list.h"
#include "zc-recent.h"

#include <glib/gstdio.h>
#include <string.h>

/* The real window, in this process: what the widgets do must be in the store. */

static ZcApplication *application;

/* Finding things */

static GtkWidget *
need_type (GtkWidget *root, GType type)
{
  GtkWidget *found = gui_find_type (root, type);

  g_assert_nonnull (found);
  return found;
}

static ZcFieldRow *
find_field (GtkWidget *root, const char *place)
{
  if (ZC_IS_FIELD_ROW (root) && g_str_equal (zc_field_row_get_place (ZC_FIELD_ROW (root)), place))
    return ZC_FIELD_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      ZcFieldRow *found = find_field (child, place);

      if (found)
        return found;
    }
  return NULL;
}

static const char *
step_of (ZcWindow *window)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (gui_need (GTK_WIDGET (window), "pages")));
}

static void
go (ZcWindow *window, const char *place)
{
  zc_session_go (zc_window_session (window), place);
  gui_spin (0.15);
}

static void
click (GtkWidget *button)
{
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
close_window (ZcWindow *window)
{
  gui_close_and_check (GTK_WINDOW (window));
}

/* Tests */

/* Enter does what is next, on the first page and on the one after it. */
static void
test_first_focus (void)
{
  ZcWindow *window = zc_window_new (application);

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == gui_need (GTK_WIDGET (window), "new_row"));
  g_assert_true (gtk_widget_activate (gui_need (GTK_WIDGET (window), "new_row")));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == gui_need (GTK_WIDGET (window), "not_classified"));
  close_window (window);
}

static void
test_classified (void)
{
  ZcWindow *window = zc_window_new (application);

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL));
  click (gui_need (GTK_WIDGET (window), "classified"));
  g_assert_true (gtk_widget_get_mapped (gui_need (GTK_WIDGET (window), "stop_back")));
  g_assert_null (zc_window_session (window));
  close_window (window);
}

static gboolean
has_session (gpointer window)
{
  return zc_window_session (window) != NULL;
}

static gboolean
tells_error (gpointer window)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (gui_need (window, "error_revealer")));
}

static void
test_create (void)
{
  ZcWindow *window = zc_window_new (application);
  g_autofree char *path = window_test_path ("created.zicha");
  GtkWidget *row;

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  click (gui_need (GTK_WIDGET (window), "not_classified"));
  row = need_type (gui_need (GTK_WIDGET (window), "schemes_group"), ADW_TYPE_ACTION_ROW);
  g_assert_true (gtk_widget_activate (row));
  window_test_choose (path);
  click (gui_need (GTK_WIDGET (window), "create"));
  g_assert_true (gui_wait_until (has_session, window, 60));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (step_of (window), ==, "unit");

  /* The same file again is refused in place, in another window. */
  close_window (window);
}

static void
test_create_exists (void)
{
  ZcWindow *window = zc_window_new (application);
  g_autofree char *path = window_test_path ("there.zicha");

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  click (gui_need (GTK_WIDGET (window), "not_classified"));
  gtk_widget_activate (need_type (gui_need (GTK_WIDGET (window), "schemes_group"), ADW_TYPE_ACTION_ROW));
  window_test_choose (path);
  click (gui_need (GTK_WIDGET (window), "create"));
  g_assert_true (gui_wait_until (tells_error, window, 60));
  g_assert_null (zc_window_session (window));
  close_window (window);
}

static void
test_answer (void)
{
  ZcWindow *window = window_test_open_new (application, "answer.zicha");
  GtkWidget *bar, *view;
  ZcFieldRow *note;
  GtkTextBuffer *buffer;

  go (window, "item:X07");
  g_assert_cmpstr (step_of (window), ==, "items");
  bar = need_type (window_test_page (window), ZC_TYPE_CONFORMITY_BAR);
  zc_conformity_bar_press (ZC_CONFORMITY_BAR (bar), 2);
  g_assert_cmpstr (window_test_stated (window, "answer:X07/conformity"), ==, "no");
  need_type (window_test_page (window), ZC_TYPE_FINDING_EDITOR);

  note = find_field (window_test_page (window), "answer:X07/note");
  view = need_type (GTK_WIDGET (note), GTK_TYPE_TEXT_VIEW);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_text (buffer, "制度没有印发 ", -1);
  g_assert_cmpstr (window_test_stated (window, "answer:X07/note"), !=, "");

  /* A keystroke must not be taken away by what it caused. */
  gui_spin (0.6);
  {
    GtkTextIter start, end;
    g_autofree char *text = NULL;

    gtk_text_buffer_get_bounds (buffer, &start, &end);
    text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
    g_assert_cmpstr (text, ==, "制度没有印发 ");
  }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpstr (window_test_stated (window, "answer:X07/note"), ==, "");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  g_assert_cmpstr (window_test_stated (window, "answer:X07/note"), !=, "");
  zc_conformity_bar_press (ZC_CONFORMITY_BAR (bar), 2);
  g_assert_cmpstr (window_test_stated (window, "answer:X07/conformity"), ==, "");
  close_window (window);
}

static void
test_refusal (void)
{
  ZcWindow *window = window_test_open_new (application, "refusal.zicha");
  ZcFieldRow *row;
  GtkWidget *entry;
  int end = 2;

  go (window, "fact:unit.staff");
  row = find_field (window_test_page (window), "fact:unit.staff");
  g_assert_nonnull (row);
  entry = need_type (GTK_WIDGET (row), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "46");
  g_assert_cmpstr (window_test_stated (window, "fact:unit.staff"), ==, "46");
  gtk_editable_insert_text (GTK_EDITABLE (entry), " people", -1, &end);
  g_assert_cmpstr (window_test_stated (window, "fact:unit.staff"), ==, "46");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  gui_spin (1.0);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "46 people");
  gtk_editable_set_text (GTK_EDITABLE (entry), "４７");
  g_assert_cmpstr (window_test_stated (window, "fact:unit.staff"), ==, "47");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  close_window (window);
}

static void
wait_until_checked (ZcSession *session)
{
  for (guint i = 0; i < 600 && !zc_session_is_checked (session); i++)
    gui_spin (0.05);
  g_assert_true (zc_session_is_checked (session));
}

/* How many steps of the road say that they are @icon. */
static guint
count_steps (ZcWindow *window, const char *icon)
{
  GtkListBox *road = GTK_LIST_BOX (gui_need (GTK_WIDGET (window), "road"));
  GtkListBoxRow *row;
  guint n = 0;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (road, i)); i++)
    n += g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (need_type (GTK_WIDGET (row), GTK_TYPE_IMAGE))), icon) == 0;
  return n;
}

static gboolean
has_results (gpointer session)
{
  return zc_session_has_results (session);
}

/* Before anything is checked nothing is called complete. */
static void
test_road_unknown (void)
{
  ZcWindow *window = zc_window_new (application);
  g_autofree char *path = window_test_path ("road.zicha");
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", NULL);
  g_autoptr (ZcInspection) inspection = zc_inspection_create (path, scheme, NULL);

  gtk_window_present (GTK_WINDOW (window));
  zc_window_show_inspection (window, inspection);
  g_assert_cmpuint (count_steps (window, "zc-unknown-symbolic"), ==, ZC_ROAD_SEAL + 1);
  g_assert_cmpuint (count_steps (window, "zc-done-symbolic"), ==, 0);
  g_assert_cmpuint (count_steps (window, "zc-blocked-symbolic"), ==, 2);
  g_assert_true (gui_wait_until (has_results, zc_window_session (window), 60));
  g_assert_cmpuint (count_steps (window, "zc-unknown-symbolic"), ==, 0);
  g_assert_cmpuint (count_steps (window, "zc-open-symbolic"), >=, 3);
  close_window (window);
}

static void
test_check_jump (void)
{
  ZcWindow *window = window_test_open_new (application, "check.zicha");
  ZcLineList *list;
  GtkWidget *stack = gui_need (GTK_WIDGET (window), "pages");
  guint heading = 0;

  gtk_stack_set_visible_child_name (GTK_STACK (stack), "check");
  wait_until_checked (zc_window_session (window));
  list = ZC_LINE_LIST (need_type (gui_need (window_test_page (window), "list_bin"), ZC_TYPE_LINE_LIST));
  g_assert_cmpuint (zc_line_list_get_length (list), >, 20);
  zc_line_list_activate (list, heading);
  g_assert_cmpstr (step_of (window), ==, "check");
  zc_line_list_activate (list, 1);
  gui_spin (0.2);
  g_assert_cmpstr (step_of (window), !=, "check");
  g_assert_true (gtk_widget_get_visible (gui_need (GTK_WIDGET (window), "to_check")));
  click (gui_need (GTK_WIDGET (window), "to_check"));
  g_assert_cmpstr (step_of (window), ==, "check");
  g_assert_false (gtk_widget_get_visible (gui_need (GTK_WIDGET (window), "to_check")));
  close_window (window);
}

static gboolean
has_evidence (gpointer session)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (zc_session_inspection (session), "X01");

  return evidence->len > 0;
}

static GtkWidget *
find_label (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_label (GTK_LABEL (root)), text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found)
        return found;
    }
  return NULL;
}

/* What stands for each official face is said, in the words of the command, whatever fonts there are. */
static void
test_fonts (void)
{
  ZcWindow *window = window_test_open_new (application, "fonts.zicha");
  g_autoptr (ZcFonts) fonts = zc_fonts_new (NULL, NULL);
  GtkWidget *expander;

  gtk_stack_set_visible_child_name (GTK_STACK (gui_need (GTK_WIDGET (window), "pages")), "check");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  expander = need_type (gui_need (window_test_page (window), "fonts_bin"), GTK_TYPE_EXPANDER);
  g_assert_nonnull (fonts);
  g_assert_nonnull (gtk_expander_get_child (GTK_EXPANDER (expander)));
  for (ZcFace face = 0; face < ZC_N_FACES; face++)
    {
      g_autofree char *text = zc_font_choice_text (zc_fonts_choice (fonts, face));

      if (!find_label (gtk_expander_get_child (GTK_EXPANDER (expander)), text))
        g_error ("the window does not say: %s", text);
    }
  close_window (window);
}

static void
test_evidence (void)
{
  ZcWindow *window = window_test_open_new (application, "evidence.zicha");
  ZcInspection *inspection = zc_session_inspection (zc_window_session (window));
  g_autofree char *path = window_test_path ("分工文件 & <草稿>.txt");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) evidence = NULL;
  GtkWidget *list;

  g_assert_true (g_file_set_contents (path, "责任分工", -1, NULL));
  go (window, "item:X01");
  list = need_type (window_test_page (window), ZC_TYPE_EVIDENCE_LIST);
  g_assert_true (gui_drop_files (list, &file, 1));
  g_assert_true (gui_wait_until (has_evidence, zc_window_session (window), 60));
  evidence = zc_inspection_get_evidence (inspection, "X01");
  g_assert_cmpstr (((ZcEvidence *) evidence->pdata[0])->name, ==, "分工文件 & <草稿>.txt");
  gtk_editable_set_text (GTK_EDITABLE (need_type (list, GTK_TYPE_ENTRY)), "部门分工");
  g_assert_cmpstr (window_test_stated (window, "evidence:1/caption"), ==, "部门分工");
  close_window (window);
}

static void
test_evidence_refused (void)
{
  ZcWindow *window = window_test_open_new (application, "empty.zicha");
  g_autofree char *path = window_test_path ("nothing.txt");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *list;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  go (window, "item:X01");
  list = need_type (window_test_page (window), ZC_TYPE_EVIDENCE_LIST);
  gui_drop_files (list, &file, 1);
  gui_spin (0.5);
  g_assert_false (has_evidence (zc_window_session (window)));
  g_assert_true (gtk_widget_get_visible (gui_need (list, "error_label")));
  close_window (window);
}

static void
test_search (void)
{
  ZcWindow *window = window_test_open_new (application, "search.zicha");
  ZcSession *session = zc_window_session (window);
  g_autoptr (GPtrArray) none = NULL, one = NULL, all = NULL;

  zc_session_set (session, "answer:X12/note", "Zhang 保管 Ledger 甲");
  one = zc_item_lines_search (session, "ledger 甲");
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (zc_line_get_key (one->pdata[0]), ==, "X12");
  none = zc_item_lines_search (session, "没有人会写这句话");
  g_assert_cmpuint (none->len, ==, 0);
  all = zc_item_lines (session, ZC_ITEM_FILTER_ALL);
  g_assert_cmpuint (all->len, ==, zc_session_scheme (session)->items->len + zc_session_scheme (session)->sections->len);
  close_window (window);
}

static void
test_findings (void)
{
  ZcWindow *window = window_test_open_new (application, "findings.zicha");
  ZcSession *session = zc_window_session (window);
  guint64 finding;
  ZcFieldRow *row;
  g_autofree char *place = NULL;

  zc_session_set (session, "answer:X07/conformity", "partly");
  finding = zc_inspection_find_finding (zc_session_inspection (session), "X07");
  g_assert_cmpuint (finding, >, 0);
  place = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "person");
  go (window, place);
  g_assert_cmpstr (step_of (window), ==, "findings");
  row = find_field (window_test_page (window), place);
  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (need_type (GTK_WIDGET (row), GTK_TYPE_ENTRY)), "田小禾");
  g_assert_cmpstr (window_test_stated (window, place), ==, "田小禾");
  g_assert_true (zc_inspection_remove_finding (zc_session_inspection (session), finding, NULL));
  gui_spin (0.2);
  g_assert_null (find_field (window_test_page (window), place));
  close_window (window);
}

static void
test_sealed (void)
{
  ZcWindow *window = window_test_open_new (application, "sealed.zicha");
  ZcSession *session = zc_window_session (window);
  g_autoptr (GBytes) record = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *entry;

  zc_session_set (session, "fact:unit.name", "示例单位");
  record = zc_record_to_bytes (zc_session_record (session));
  g_assert_true (zc_inspection_seal (zc_session_inspection (session), record, &error));
  g_assert_no_error (error);
  go (window, "fact:unit.name");
  entry = need_type (GTK_WIDGET (find_field (window_test_page (window), "fact:unit.name")), GTK_TYPE_ENTRY);
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (entry)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "示例单位");
  go (window, "item:X01");
  zc_conformity_bar_press (ZC_CONFORMITY_BAR (need_type (window_test_page (window), ZC_TYPE_CONFORMITY_BAR)), 0);
  g_assert_cmpstr (window_test_stated (window, "answer:X01/conformity"), ==, "");
  close_window (window);
}

static gboolean
says_error (gpointer window)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (gui_need (window, "error_revealer")));
}

/* Nobody holds it any more. */
static gboolean
is_free (gpointer path)
{
  g_autoptr (ZcInspection) inspection = zc_inspection_open (path, ZC_OPEN_NORMAL, NULL);

  return inspection != NULL;
}

/* A file is read on a thread: the window may go, or go on to another file, meanwhile. */
static void
test_open_left (void)
{
  ZcWindow *window = window_test_open_new (application, "first.zicha"), *other;
  g_autofree char *first = window_test_path ("first.zicha"), *second = window_test_path ("second.zicha");
  g_autoptr (GFile) one = g_file_new_for_path (first);
  g_autoptr (GFile) two = g_file_new_for_path (second);

  close_window (window);
  close_window (window_test_open_new (application, "second.zicha"));
  window = zc_window_new (application);
  other = zc_window_new (application);
  gtk_window_present (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (other));
  zc_window_open (window, one);
  g_assert_true (zc_window_has_file (window, one));
  g_assert_false (zc_window_is_free (window));
  close_window (window);
  zc_window_open (other, one);
  zc_window_open (other, two);
  g_assert_true (gui_wait_until (has_session, other, 60));
  g_assert_true (zc_window_has_file (other, two));
  g_assert_true (gui_wait_until (is_free, first, 60));
  close_window (other);
}

static void
test_recent (void)
{
  ZcWindow *window = window_test_open_new (application, "recent.zicha");
  g_autofree char *path = window_test_path ("recent.zicha");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ZcRecent) open = NULL, closed = NULL;

  go (window, "item:X09");
  gui_spin (1.0);
  open = zc_recent_find (path);
  g_assert_true (open && open->open);
  g_assert_cmpstr (open->place, ==, "item:X09");
  close_window (window);
  closed = zc_recent_find (path);
  g_assert_true (closed && !closed->open);

  window = zc_window_new (application);
  gtk_window_present (GTK_WINDOW (window));
  zc_window_open (window, file);
  g_assert_true (gui_wait_until (has_session, window, 60));
  gui_spin (0.3);
  g_assert_cmpstr (step_of (window), ==, "items");
  g_assert_cmpstr (zc_item_view_get_item (ZC_ITEM_VIEW (need_type (window_test_page (window), ZC_TYPE_ITEM_VIEW)))->id, ==, "X09");
  close_window (window);
}

static void
test_busy (void)
{
  ZcWindow *first = window_test_open_new (application, "busy.zicha"), *second = zc_window_new (application);
  g_autofree char *path = window_test_path ("busy.zicha");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  gtk_window_present (GTK_WINDOW (second));
  zc_window_open (second, file);
  g_assert_true (gui_wait_until (says_error, second, 60));
  g_assert_null (zc_window_session (second));
  close_window (second);
  close_window (first);
}

static void
test_all_pages (void)
{
  ZcWindow *window = window_test_open_new (application, "pages.zicha");

  for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (gui_need (GTK_WIDGET (window), "pages")), zc_road_id (step));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      g_assert_cmpint (gtk_widget_get_width (window_test_page (window)), >, 300);
    }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.history", NULL);
  gui_spin (0.2);
  close_window (window);
}

int
main (int argc, char *argv[])
{
  int status;

  gui_test_init (&argc, &argv, GETTEXT_PACKAGE, ZC_TEST_LOCALEDIR);
  application = window_test_application_new ();
  window_test_choose (NULL);
  g_test_add_func ("/window/new/focus", test_first_focus);
  g_test_add_func ("/window/new/classified", test_classified);
  g_test_add_func ("/window/new/create", test_create);
  g_test_add_func ("/window/new/exists", test_create_exists);
  g_test_add_func ("/window/items/answer", test_answer);
  g_test_add_func ("/window/items/search", test_search);
  g_test_add_func ("/window/items/evidence", test_evidence);
  g_test_add_func ("/window/items/evidence-refused", test_evidence_refused);
  g_test_add_func ("/window/unit/refusal", test_refusal);
  g_test_add_func ("/window/findings/edit", test_findings);
  g_test_add_func ("/window/road/unknown", test_road_unknown);
  g_test_add_func ("/window/check/jump", test_check_jump);
  g_test_add_func ("/window/check/fonts", test_fonts);
  g_test_add_func ("/window/sealed", test_sealed);
  g_test_add_func ("/window/recent", test_recent);
  g_test_add_func ("/window/busy", test_busy);
  g_test_add_func ("/window/open/left", test_open_left);
  g_test_add_func ("/window/all-pages", test_all_pages);
  status = g_test_run ();
  g_clear_object (&application);
  window_test_clear ();
  return status;
}
