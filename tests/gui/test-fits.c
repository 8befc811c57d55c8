/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-page-test.h"
#include "gui-window-test.h"

#include "widgets/zc-evidence-preview.h"
#include "widgets/zc-fold.h"
#include "widgets/zc-grip.h"
#include "widgets/zc-import-dialog.h"
#include "zc-help-dialog.h"

#include <string.h>

/* Everything fits a small screen: nothing is wider or taller than that, in either language, and with text of twice the size too;
 * what is folded away for it can be called for by a button and by a key, and goes when it was used. */

#define SCREEN_WIDTH 1024
#define SCREEN_HEIGHT 700

static ZcApplication *application;
static const char *language;
static int percent; /* size of the text */

/* What is cut */

/* What is in one may be larger than it is. */
static gboolean
may_hold_more (GtkWidget *widget)
{
  return GTK_IS_SCROLLABLE (widget) || GTK_IS_TEXT (widget);
}

static void
check_inside (GtkWidget *window, GtkWidget *widget, const char *what)
{
  graphene_rect_t at;

  if (!gtk_widget_get_mapped (widget) || GTK_IS_SCROLLBAR (widget) || (GTK_IS_NATIVE (widget) && widget != window) ||
      !gtk_widget_compute_bounds (widget, window, &at))
    return;
  if (widget != window && at.size.width > 0 && at.size.height > 0 &&
      (at.origin.x < -1 || at.origin.y < -1 || at.origin.x + at.size.width > (float) gtk_widget_get_width (window) + 1 ||
       at.origin.y + at.size.height > (float) gtk_widget_get_height (window) + 1))
    {
      g_test_message ("%s, %d %%: %s: a %s in a %s is cut: at %.0f, %.0f it is %.0f × %.0f", language, percent, what,
                      G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), at.origin.x, at.origin.y,
                      at.size.width, at.size.height);
      g_test_fail ();
    }
  if (may_hold_more (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    check_inside (window, child, what);
}

static void
check_fits (GtkWidget *window, const char *what)
{
  g_autofree char *shot = g_strdup_printf ("fits-%s-%s-%d", what, language, percent);
  int width, height;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, MAX (width, SCREEN_WIDTH), &height, NULL, NULL, NULL);
  g_test_message ("%s, %d %%: %s needs %d × %d, has %d × %d", language, percent, what, width, height, gtk_widget_get_width (window),
                  gtk_widget_get_height (window));
  if (width > SCREEN_WIDTH || height > SCREEN_HEIGHT)
    g_test_fail ();
  check_inside (window, window, what);
  page_test_shot (window, shot);
}

/* Frames are counted, not time: a flap folds in one, and the button that it lies behind comes in the next. */
static void
settle (GtkWidget *window)
{
  for (int frames = 0; frames < 3; frames++)
    {
      gtk_test_widget_wait_for_draw (window);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
set_text_size (int size)
{
  percent = size;
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * size / 100, NULL);
}

static void
set_language (const char *name)
{
  language = name;
  g_setenv ("LANGUAGE", name, TRUE);
  setlocale (LC_ALL, ""); /* or gettext would not notice */
}

/* English takes more room than Chinese, so only its worst is looked at. */
static int
smallest (const char *name)
{
  return g_str_equal (name, "en") ? 200 : 100;
}

/* The road */

static ZcWindow *
window_new (void)
{
  ZcWindow *window = zc_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), SCREEN_WIDTH, SCREEN_HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  settle (GTK_WIDGET (window));
  return window;
}

static ZcWindow *
open_sample (gboolean sealed)
{
  g_autofree char *path = page_test_new_path ();
  g_autoptr (ZcInspection) inspection = page_test_new_sample (path);
  g_autoptr (GBytes) text = g_bytes_new_static ("责任分工", strlen ("责任分工"));
  ZcWindow *window = window_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (zc_inspection_attach_bytes (inspection, text, "关于明确网络和信息系统主管、运行、使用责任分工的通知（2016年第7号）.txt",
                                                "X14", &error), >, 0);
  g_assert_no_error (error);
  zc_window_show_inspection (window, inspection);
  if (sealed)
    {
      g_autoptr (GBytes) record = zc_record_to_bytes (zc_session_record (zc_window_session (window)));

      g_assert_true (zc_inspection_seal (inspection, record, &error));
    }
  return window;
}

static void
show (ZcWindow *window, ZcRoadStep step)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-step", "s", zc_road_id (step));
  settle (GTK_WIDGET (window));
}

static gboolean
shows_pages (gpointer page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (gui_need (page, "stack"))), "pages") == 0;
}

static void
check_step (ZcWindow *window, ZcRoadStep step)
{
  GtkStack *pages = GTK_STACK (gui_need (GTK_WIDGET (window), "pages"));

  show (window, step);
  if (step == ZC_ROAD_PREVIEW)
    {
      page_test_wait (shows_pages, gtk_stack_get_visible_child (pages));
      settle (GTK_WIDGET (window));
    }
  check_fits (GTK_WIDGET (window), zc_road_id (step));
}

/* An item with all that one can have: a finding, and a file of a long name. */
static void
check_full_item (ZcWindow *window)
{
  zc_session_go (zc_window_session (window), "item:X14");
  settle (GTK_WIDGET (window));
  check_fits (GTK_WIDGET (window), "item");
}

static void
test_road (gconstpointer data)
{
  ZcWindow *window;

  set_language (data);
  window = open_sample (FALSE);
  for (int size = smallest (data); size <= 200; size += 100)
    {
      set_text_size (size);
      for (ZcRoadStep step = 0; step < ZC_N_ROAD_STEPS; step++)
        check_step (window, step);
      check_full_item (window);
    }
  set_text_size (100);
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_sealed (gconstpointer data)
{
  ZcWindow *window;

  set_language (data);
  set_text_size (200);
  window = open_sample (TRUE);
  for (ZcRoadStep step = ZC_ROAD_SEAL; step < ZC_N_ROAD_STEPS; step++)
    check_step (window, step);
  set_text_size (100);
  gui_close_and_check (GTK_WINDOW (window));
}

/* The start page */

static void
check_guide (GtkWidget *window)
{
  gtk_widget_activate_action (window, "win.new", NULL);
  settle (window);
  check_fits (window, "classified");
  g_signal_emit_by_name (gui_need (window, "not_classified"), "clicked");
  settle (window);
  check_fits (window, "notices");
  gtk_widget_child_focus (gui_need (window, "schemes_group"), GTK_DIR_TAB_FORWARD);
  gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (window)));
  settle (window);
  check_fits (window, "notice");
}

static void
test_start (gconstpointer data)
{
  ZcWindow *window;

  set_language (data);
  window = window_new ();
  for (int size = smallest (data); size <= 200; size += 100)
    {
      set_text_size (size);
      gtk_widget_activate_action (gui_need (GTK_WIDGET (window), "new_row"), "start.home", NULL);
      settle (GTK_WIDGET (window));
      check_fits (GTK_WIDGET (window), "start");
      gtk_widget_activate_action (gui_need (GTK_WIDGET (window), "new_row"), "start.verify", NULL);
      settle (GTK_WIDGET (window));
      check_fits (GTK_WIDGET (window), "verify");
      check_guide (GTK_WIDGET (window));
    }
  set_text_size (100);
  gui_close_and_check (GTK_WINDOW (window));
}

/* Dialogs */

static GtkWidget *
newest (ZcWindow *window)
{
  g_autoptr (GListModel) all = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) found = g_list_model_get_item (all, i);

      if (gtk_window_get_transient_for (GTK_WINDOW (found)) == GTK_WINDOW (window) && gtk_widget_get_visible (found))
        return found;
    }
  g_error ("no dialog is open");
}

static void
check_dialog (ZcWindow *window, const char *what)
{
  GtkWidget *dialog = newest (window);

  settle (dialog);
  check_fits (dialog, what);
  g_assert_cmpint (gtk_widget_get_width (dialog), <=, SCREEN_WIDTH);
  g_assert_cmpint (gtk_widget_get_height (dialog), <=, SCREEN_HEIGHT);
  gtk_window_close (GTK_WINDOW (dialog));
}

static gboolean
offers_rows (gpointer dialog)
{
  return gtk_widget_get_mapped (gui_need (dialog, "accept"));
}

static void
check_import (ZcWindow *window)
{
  ZcSession *session = zc_window_session (window);
  ZcImportDialog *dialog = zc_import_dialog_new (GTK_WINDOW (window), session, zc_scheme_find_ledger (zc_session_scheme (session), "systems"));
  g_autofree char *path = page_test_new_path ();

  g_assert_true (g_file_set_contents (path, "系统名称,最近测评日期,没有这一栏\n好系统,2016-03-04,甲\n坏系统,2016-33-04,乙\n", -1, NULL));
  zc_import_dialog_read_file (dialog, path);
  gtk_window_present (GTK_WINDOW (dialog));
  page_test_wait (offers_rows, dialog);
  check_dialog (window, "import");
}

static void
test_dialogs (gconstpointer data)
{
  static const struct
  {
    const char *action, *what;
  } actions[] = { { "win.history", "history" }, { "win.help", "help" }, { "win.show-help-overlay", "keys" } };
  ZcWindow *window;

  set_language (data);
  window = open_sample (FALSE);
  for (int size = smallest (data); size <= 200; size += 100)
    {
      set_text_size (size);
      for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
        {
          gtk_widget_activate_action (GTK_WIDGET (window), actions[i].action, NULL);
          check_dialog (window, actions[i].what);
        }
      zc_evidence_preview_present (GTK_WINDOW (window), zc_window_session (window), 1);
      check_dialog (window, "evidence");
      show (window, ZC_ROAD_REPORT);
      g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "regenerate"), "clicked");
      check_dialog (window, "regenerate");
      check_import (window);
    }
  set_text_size (100);
  gui_close_and_check (GTK_WINDOW (window));
}

/* What is folded away */

static gboolean
has_focus_in (GtkWidget *part)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (part));

  return focus && gtk_widget_is_ancestor (focus, part);
}

static gboolean
is_active (GtkWidget *button)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

/* Wide enough for everything: no button, and the road stays where it is. */
static void
test_unfolded (void)
{
  ZcWindow *window = open_sample (FALSE);
  GtkWidget *road = gui_need (GTK_WIDGET (window), "road");
  GtkWidget *button = gui_need (GTK_WIDGET (window), "road_button");

  show (window, ZC_ROAD_ITEMS);
  g_assert_true (gtk_widget_get_mapped (road));
  g_assert_false (gtk_widget_get_visible (button));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.switch", NULL);
  g_assert_true (has_focus_in (road));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.switch", NULL);
  g_assert_false (has_focus_in (road));
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (road), ZC_ROAD_UNIT)));
  settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_mapped (road));
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_folded (void)
{
  ZcWindow *window;
  GtkWidget *road, *button;

  set_text_size (200);
  window = open_sample (FALSE);
  road = gui_need (GTK_WIDGET (window), "road");
  button = gui_need (GTK_WIDGET (window), "road_button");
  show (window, ZC_ROAD_FINDINGS);
  g_assert_false (gtk_widget_get_mapped (road));
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_false (is_active (button));

  /* By the button, and away by Escape's way; by the key, and away by choosing. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  settle (GTK_WIDGET (window));
  g_assert_true (has_focus_in (road));
  check_inside (GTK_WIDGET (window), road, "the road, brought out");
  page_test_shot (GTK_WIDGET (window), "fits-road-out");
  g_assert_true (zc_fold_close (ADW_FLAP (gui_need (GTK_WIDGET (window), "road_flap"))));
  settle (GTK_WIDGET (window));
  g_assert_false (gtk_widget_get_mapped (road));
  g_assert_true (has_focus_in (gui_need (GTK_WIDGET (window), "pages")));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.switch", NULL);
  settle (GTK_WIDGET (window));
  g_assert_true (has_focus_in (road));
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (road), ZC_ROAD_ITEMS)));
  settle (GTK_WIDGET (window));
  g_assert_false (gtk_widget_get_mapped (road));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (gui_need (GTK_WIDGET (window), "pages"))), ==, "items");
  g_assert_true (has_focus_in (gui_need (GTK_WIDGET (window), "pages")));
  set_text_size (100);
  gui_close_and_check (GTK_WINDOW (window));
}

/* A list may be dragged wider, as far as the item keeps its room, and narrower than that only where it folds. */
static void
test_dragged (void)
{
  ZcWindow *window = open_sample (FALSE);
  AdwFlap *flap;
  GtkWidget *list, *item;

  show (window, ZC_ROAD_ITEMS);
  flap = ADW_FLAP (gui_need (GTK_WIDGET (window), "flap"));
  list = adw_flap_get_flap (flap);
  item = adw_flap_get_content (flap);
  zc_grip_set_width (flap, 350);
  settle (GTK_WIDGET (window));
  g_assert_cmpint (gtk_widget_get_width (list), ==, 350);
  zc_grip_set_width (flap, 5000);
  settle (GTK_WIDGET (window));
  g_assert_false (adw_flap_get_folded (flap));
  g_assert_cmpint (gtk_widget_get_width (list), >, 350);
  g_assert_cmpint (gtk_widget_get_width (item), >=, 420);
  zc_grip_set_width (flap, 1);
  settle (GTK_WIDGET (window));
  g_assert_cmpint (gtk_widget_get_width (list), ==, 240);
  gui_close_and_check (GTK_WINDOW (window));
}

/* The list of items folds too: searching brings it out, and an item that is chosen sends it away. */
static void
test_folded_list (void)
{
  ZcWindow *window;
  GtkWidget *page, *list, *search;

  set_text_size (200);
  window = open_sample (FALSE);
  show (window, ZC_ROAD_ITEMS);
  page = gtk_stack_get_visible_child (GTK_STACK (gui_need (GTK_WIDGET (window), "pages")));
  list = gui_need (page, "list_bin");
  search = gui_need (page, "search");
  g_assert_false (gtk_widget_get_mapped (list));
  g_assert_true (gtk_widget_get_mapped (gui_need (page, "list_button")));
  g_assert_true (has_focus_in (gui_need (page, "item_bin")));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
  settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_mapped (list));
  g_assert_true (has_focus_in (search));
  page_test_shot (GTK_WIDGET (window), "fits-list-out");
  gtk_editable_set_text (GTK_EDITABLE (search), "存储介质");
  g_signal_emit_by_name (search, "search-changed");
  g_signal_emit_by_name (search, "activate");
  settle (GTK_WIDGET (window));
  g_assert_false (gtk_widget_get_mapped (list));
  g_assert_true (has_focus_in (gui_need (page, "item_bin")));

  /* Room for both again. */
  set_text_size (100);
  settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_mapped (list));
  g_assert_false (gtk_widget_get_visible (gui_need (page, "list_button")));
  gui_close_and_check (GTK_WINDOW (window));
}

/* Searched for from another page, when the list has never been shown. */
static void
test_search_elsewhere (void)
{
  ZcWindow *window;
  GtkWidget *page;

  set_text_size (200);
  window = open_sample (FALSE);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
  settle (GTK_WIDGET (window));
  page = gtk_stack_get_visible_child (GTK_STACK (gui_need (GTK_WIDGET (window), "pages")));
  g_assert_true (gtk_widget_get_mapped (gui_need (page, "list_button")));
  g_assert_true (has_focus_in (gui_need (page, "search")));
  set_text_size (100);
  gui_close_and_check (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  static const char *const languages[] = { "zh_CN", "en" };
  static const struct
  {
    const char *path;
    GTestDataFunc test;
  } tests[] = { { "road", test_road }, { "sealed", test_sealed }, { "start", test_start }, { "dialogs", test_dialogs } };
  int status;

  page_test_init (&argc, &argv);
  g_test_set_nonfatal_assertions (); /* one thing that does not fit is not all */
  bindtextdomain (GETTEXT_PACKAGE, ZC_TEST_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = window_test_application_new ();
  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
    for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
      {
        g_autofree char *path = g_strdup_printf ("/fits/%s/%s", tests[i].path, languages[l]);

        g_test_add_data_func (path, languages[l], tests[i].test);
      }
  g_test_add_func ("/fits/unfolded", test_unfolded);
  g_test_add_func ("/fits/dragged", test_dragged);
  g_test_add_func ("/fits/folded/road", test_folded);
  g_test_add_func ("/fits/folded/list", test_folded_list);
  g_test_add_func ("/fits/folded/search", test_search_elsewhere);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
