/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "big-inspection.h"
#include "gui-window-test.h"
#include "main-loop-watch.h"

#include "inspection/zc-carry-over.h"
#include "widgets/zc-chapter-view.h"
#include "widgets/zc-field-row.h"
#include "widgets/zc-ledger-grid.h"

#include <glib/gstdio.h>

/* The window with thousands of rows and items: how much is done in one turn of the main loop, in which it answers nobody. It
 * is counted in widgets and places, never in time, so that it is the same on every machine. */

/* A screenful of rows, and a page around them; all that GTK would make at once is three times as much. */
#define MOST_WIDGETS 2000u
#define MOST_LINES_WIDGETS 600u
/* The undo of 5,000 rows is 55,000 places, each of which is put back once. */
#define MOST_PLACES 6000u

static ZcApplication *application;

static void
show (ZcWindow *window, const char *step)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.show-step", "s", step));
}

static gboolean
has_results (gpointer window)
{
  return zc_window_session (window) && zc_session_has_results (zc_window_session (window));
}

static ZcWindow *
open_big (const char *name, guint items, guint rows)
{
  ZcWindow *window = zc_window_new (application);
  g_autofree char *path = window_test_path (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    big_inspection_make (path, items, rows);
  gtk_window_present (GTK_WINDOW (window));
  zc_window_open (window, file);
  g_assert_true (gui_wait_until (has_results, window, 120));
  return window;
}

static guint64
count_places (gpointer window)
{
  return zc_inspection_data_version (zc_session_inspection (zc_window_session (window)));
}

static guint
count_rows (ZcWindow *window)
{
  g_autoptr (GPtrArray) rows = zc_record_rows (zc_session_record (zc_window_session (window)), BIG_LEDGER);

  return rows->len;
}

/* The page knows, and the record has followed. */
typedef struct
{
  ZcWindow *window;
  guint rows;
} Shown;

static gboolean
shows (gpointer data)
{
  const Shown *shown = data;
  ZcLedgerGrid *grid = ZC_LEDGER_GRID (gui_need (GTK_WIDGET (shown->window), "grid"));

  return g_list_model_get_n_items (G_LIST_MODEL (zc_ledger_grid_get_model (grid))) == shown->rows && !zc_session_is_behind (zc_window_session (shown->window));
}

static void
await_rows (ZcWindow *window, guint rows)
{
  g_assert_true (gui_wait_until (shows, (Shown[]){ { window, rows } }, 120));
}

static void
assert_record_is_whole (ZcWindow *window)
{
  ZcSession *session = zc_window_session (window);
  g_autoptr (ZcRecord) fresh = zc_record_new (zc_session_inspection (session));
  g_autoptr (GBytes) expected = zc_record_to_bytes (fresh), bytes = zc_record_to_bytes (zc_session_record (session));

  g_assert_true (g_bytes_equal (bytes, expected));
}

static gboolean
grid_is_full (gpointer window)
{
  ZcLedgerGrid *grid = ZC_LEDGER_GRID (gui_need (GTK_WIDGET (window), "grid"));

  return zc_ledger_grid_count_cells (grid) >= 100 * 10;
}

static void
test_rows (void)
{
  ZcWindow *window = open_big ("rows.zicha", 40, BIG_ROWS);
  MainLoopTurn worst;

  main_loop_watch_count (count_places, window);
  show (window, "ledgers");
  g_assert_true (gui_wait_until (grid_is_full, window, 120));
  worst = main_loop_watch_worst ();
  g_assert_cmpuint (worst.widgets, >, 100);
  g_assert_cmpuint (worst.widgets, <=, MOST_WIDGETS);

  for (guint i = 0; i < 2; i++)
    {
      main_loop_watch_reset ();
      if (i == 0)
        zc_session_undo (zc_window_session (window));
      else
        zc_session_redo (zc_window_session (window));
      await_rows (window, i == 0 ? 0 : BIG_ROWS);
      worst = main_loop_watch_worst ();
      g_assert_cmpuint (worst.work, >, 0);
      g_assert_cmpuint (worst.work, <=, MOST_PLACES);
      g_assert_cmpuint (worst.widgets, <=, MOST_WIDGETS);
      assert_record_is_whole (window);
    }
  main_loop_watch_count (NULL, NULL);
  gui_close_and_check (GTK_WINDOW (window));
}

/* Whoever types while thousands of rows go away is not held up, and nothing is lost or comes back. */
static void
test_edit_meanwhile (void)
{
  ZcWindow *window = open_big ("rows.zicha", 40, BIG_ROWS);
  ZcSession *session = zc_window_session (window);

  show (window, "ledgers");
  zc_session_undo (session);
  for (guint i = 0; i < 3; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (zc_session_set (session, "fact:f1", "7"));
  g_assert_cmpstr (zc_session_get (session, "fact:f1"), ==, "7");
  await_rows (window, 0);
  assert_record_is_whole (window);
  zc_session_undo (session);
  g_assert_cmpstr (zc_session_get (session, "fact:f1"), ==, "");

  /* Two steps at once, and the window closed on the second. */
  zc_session_redo (session);
  g_assert_cmpstr (zc_session_get (session, "fact:f1"), ==, "7");
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_close_meanwhile (void)
{
  ZcWindow *window = open_big ("left.zicha", 40, 1000);

  zc_session_undo (zc_window_session (window));
  gui_close_and_check (GTK_WINDOW (window));
  window = open_big ("left.zicha", 40, 0);
  g_assert_cmpuint (count_rows (window), ==, 0);
  gui_close_and_check (GTK_WINDOW (window));
}

static gboolean
is_checked (gpointer window)
{
  return zc_session_is_checked (zc_window_session (window)) && !zc_session_is_checking (zc_window_session (window));
}

static void
test_items (void)
{
  ZcWindow *window = open_big ("items.zicha", BIG_ITEMS, 0);
  MainLoopTurn worst;

  main_loop_watch_reset ();
  show (window, "items");
  gui_spin (0.5);
  worst = main_loop_watch_worst ();
  g_assert_cmpuint (worst.widgets, <=, MOST_LINES_WIDGETS);

  main_loop_watch_reset ();
  show (window, "check");
  g_assert_true (gui_wait_until (is_checked, window, 120));
  gui_spin (0.5);
  worst = main_loop_watch_worst ();
  g_assert_cmpuint (zc_session_results (zc_window_session (window))->len, >, BIG_ITEMS);
  g_assert_cmpuint (worst.widgets, <=, MOST_LINES_WIDGETS);
  gui_close_and_check (GTK_WINDOW (window));
}

/* Typed, and gone at once */

static void
type (GtkWidget *entry, const char *text)
{
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static ZcWindow *
open_sample (const char *name)
{
  ZcWindow *window = zc_window_new (application);
  g_autofree char *path = window_test_path (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", &error);
  g_autoptr (ZcInspection) inspection = scheme ? zc_inspection_create (path, scheme, &error) : NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", 0, NULL), ==, 1);
  gtk_window_present (GTK_WINDOW (window));
  zc_window_show_inspection (window, inspection);
  gui_spin (0.1);
  return window;
}

/* On each page where one types, the last word is stated before anything else can happen; and it is there when the user comes
 * back, however fast. */
static void
test_typed_and_left (void)
{
  ZcWindow *window = open_sample ("typed.zicha");
  ZcSession *session = zc_window_session (window);
  const ZcField *name = zc_ledger_find_column (zc_scheme_find_ledger (zc_session_scheme (session), "systems"), "name");
  ZcLedgerCell *cell;
  GtkTextBuffer *buffer;
  g_autofree char *draft = NULL, *own = NULL, *again = NULL;

  show (window, "unit");
  type (gui_find_type (window_test_page (window), GTK_TYPE_ENTRY), "一");
  for (guint i = 0; i < 5; i++)
    gtk_widget_activate_action (GTK_WIDGET (window), i < 4 ? "win.next" : "win.previous", NULL);
  show (window, "unit");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (gui_find_type (window_test_page (window), GTK_TYPE_ENTRY))), ==, "一");

  show (window, "ledgers");
  gui_spin (0.2);
  g_assert_true (zc_ledger_grid_focus (ZC_LEDGER_GRID (gui_need (GTK_WIDGET (window), "grid")), 1, name->order));
  gui_spin (0.2);
  cell = zc_ledger_grid_find_cell (ZC_LEDGER_GRID (gui_need (GTK_WIDGET (window), "grid")), 1, name->order);
  type (GTK_WIDGET (zc_ledger_cell_get_entry (cell)), "二");
  show (window, "report");
  g_assert_cmpstr (zc_session_get (session, "cell:systems/1/name"), ==, "二");

  gui_spin (0.2);
  buffer = zc_chapter_view_get_buffer (ZC_CHAPTER_VIEW (gui_find_type (window_test_page (window), zc_chapter_view_get_type ())));
  g_object_get (buffer, "text", &draft, NULL);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, "三", -1, TRUE);
  g_object_get (buffer, "text", &own, NULL);
  show (window, "ledgers");
  g_assert_nonnull (strstr (zc_session_get (session, "text:c1"), "三"));
  g_assert_cmpstr (zc_ledger_cell_get_text (cell), ==, "二");
  zc_session_undo (session);
  g_assert_cmpstr (zc_session_get (session, "text:c1"), ==, "");
  show (window, "report");
  g_object_get (buffer, "text", &again, NULL);
  g_assert_cmpstr (again, ==, draft);
  zc_session_redo (session);
  g_clear_pointer (&again, g_free);
  g_object_get (buffer, "text", &again, NULL);
  g_assert_cmpstr (again, ==, own);
  gui_close_and_check (GTK_WINDOW (window));
}

/* Long work that is done aside: tests/gui/meson.build puts these before the core's. */

static struct
{
  GMutex lock;
  GCond cond;
  GThread *window;
  guint aside, here; /* how often there was work, on a thread of its own and on the window's */
  guint under_way;
  gboolean held;     /* it waits before it begins */
} work = { .window = NULL };

static void
meet_work (void)
{
  g_mutex_lock (&work.lock);
  if (g_thread_self () == work.window)
    work.here++;
  else
    work.aside++;
  work.under_way++;
  while (work.held && g_thread_self () != work.window)
    g_cond_wait (&work.cond, &work.lock);
  g_mutex_unlock (&work.lock);
}

static void
leave_work (void)
{
  g_mutex_lock (&work.lock);
  work.under_way--;
  g_mutex_unlock (&work.lock);
}

static gboolean
has_work (void)
{
  gboolean some;

  g_mutex_lock (&work.lock);
  some = work.under_way > 0;
  g_mutex_unlock (&work.lock);
  return some;
}

static void
hold_work (gboolean held)
{
  g_mutex_lock (&work.lock);
  work.held = held;
  g_cond_broadcast (&work.cond);
  g_mutex_unlock (&work.lock);
}

static guint
count_work (void)
{
  guint aside;

  g_mutex_lock (&work.lock);
  aside = work.aside;
  g_assert_cmpuint (work.here, ==, 0);
  g_mutex_unlock (&work.lock);
  return aside;
}

static void
forget_work (void)
{
  g_mutex_lock (&work.lock);
  work.aside = work.here = 0;
  g_mutex_unlock (&work.lock);
}

static gboolean
works (gpointer more)
{
  return count_work () >= GPOINTER_TO_UINT (more);
}

ZcInspection *__real_zc_inspection_create_after (const char *path, ZcScheme *scheme, const char *last, const ZcProgress *progress, GError **error);
ZcInspection *__wrap_zc_inspection_create_after (const char *path, ZcScheme *scheme, const char *last, const ZcProgress *progress, GError **error);

ZcInspection *
__wrap_zc_inspection_create_after (const char *path, ZcScheme *scheme, const char *last, const ZcProgress *progress, GError **error)
{
  ZcInspection *made;

  meet_work ();
  made = __real_zc_inspection_create_after (path, scheme, last, progress, error);
  leave_work ();
  return made;
}

ZcChecked *__real_zc_handin_check (ZcInspection *inspection);
ZcChecked *__wrap_zc_handin_check (ZcInspection *inspection);

ZcChecked *
__wrap_zc_handin_check (ZcInspection *inspection)
{
  ZcChecked *checked;

  meet_work ();
  checked = __real_zc_handin_check (inspection);
  leave_work ();
  return checked;
}

/* Beginning with last year's file */

static gboolean
has_session (gpointer window)
{
  return zc_window_session (window) != NULL;
}

static gboolean
shows_work (gpointer window)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (gui_need (window, "job_revealer")));
}

static gboolean
shows_no_work (gpointer window)
{
  return !shows_work (window);
}

static gboolean
tells_error (gpointer window)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (gui_need (window, "error_revealer")));
}

static gboolean
shows_notice (gpointer window)
{
  return gtk_widget_get_mapped (gui_need (window, "create"));
}

/* At the notice, with last year's @rows rows. */
static ZcWindow *
open_guide (const char *last, guint rows)
{
  ZcWindow *window = zc_window_new (application);
  g_autofree char *path = window_test_path (last);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    big_inspection_make (path, 40, rows);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_widget_activate_action (gui_need (GTK_WIDGET (window), "continue_row"), "start.continue-from", "^ay", path);
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "not_classified"), "clicked");
  g_assert_true (gui_wait_until (shows_notice, window, 60));
  return window;
}

static void
create (ZcWindow *window, const char *name)
{
  g_autofree char *path = window_test_path (name);

  window_test_choose (path);
  forget_work ();
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "create"), "clicked");
}

static void
test_begin (void)
{
  ZcWindow *window = open_guide ("rows.zicha", BIG_ROWS);

  create (window, "begun.zicha");
  g_assert_true (gui_wait_until (has_session, window, 120));
  g_assert_cmpuint (count_work (), ==, 1);
  g_assert_cmpuint (count_rows (window), ==, BIG_ROWS);
  gui_close_and_check (GTK_WINDOW (window));
}

/* Nothing of @name is there, nor anything that was begun for it, and nobody is left who could make it. */
static gboolean
is_gone (gpointer name)
{
  g_autofree char *folder = window_test_path (NULL), *path = window_test_path (name);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean gone = !has_work () && !g_file_test (path, G_FILE_TEST_EXISTS);

  for (const char *found = g_dir_read_name (dir); found; found = g_dir_read_name (dir))
    gone = gone && !g_str_has_suffix (found, ".partial");
  return gone;
}

static void
test_begin_cancelled (void)
{
  ZcWindow *window = open_guide ("few.zicha", 10);
  gpointer name = (gpointer) "given-up.zicha";

  hold_work (TRUE);
  create (window, name);
  g_assert_true (gui_wait_until (shows_work, window, 60));
  g_assert_true (gui_wait_until (works, GUINT_TO_POINTER (1), 60));
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "job_cancel"), "clicked");
  g_assert_true (gui_wait_until (shows_no_work, window, 60));
  g_assert_null (zc_window_session (window));
  g_assert_true (shows_notice (window));

  /* What was given up does not stand in the way of another try, nor come after it. */
  create (window, "begun-again.zicha");
  hold_work (FALSE);
  g_assert_true (gui_wait_until (has_session, window, 60));
  g_assert_cmpuint (count_rows (window), ==, 10);
  g_assert_true (gui_wait_until (is_gone, name, 60));
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_begin_closed (void)
{
  ZcWindow *window = open_guide ("few.zicha", 10);
  gpointer name = (gpointer) "left.zicha.new";

  hold_work (TRUE);
  create (window, name);
  g_assert_true (gui_wait_until (works, GUINT_TO_POINTER (1), 60));
  gui_close_and_check (GTK_WINDOW (window));
  hold_work (FALSE);
  g_assert_true (gui_wait_until (is_gone, name, 60));
}

static void
test_begin_refused (void)
{
  ZcWindow *window = open_guide ("few.zicha", 10);
  g_autofree char *last = window_test_path ("few.zicha");
  g_autofree char *kept = NULL, *now = NULL;
  gsize size, size_now;

  /* Not over a file that is there, were it last year's own. */
  g_assert_true (g_file_get_contents (last, &kept, &size, NULL));
  create (window, "few.zicha");
  g_assert_true (gui_wait_until (tells_error, window, 60));
  g_assert_true (g_file_get_contents (last, &now, &size_now, NULL));
  g_assert_cmpmem (now, size_now, kept, size);

  /* Nor when last year's can't be read any more. */
  g_assert_true (g_file_set_contents (last, "mine", -1, NULL));
  create (window, "refused.zicha");
  g_assert_false (tells_error (window));
  g_assert_true (gui_wait_until (tells_error, window, 60));
  g_assert_null (zc_window_session (window));
  g_assert_true (is_gone ((gpointer) "refused.zicha"));
  g_unlink (last);
  gui_close_and_check (GTK_WINDOW (window));
}

/* Sealing: what is stated meanwhile is in it, and is checked aside like the rest. */

#define SMALL \
  "<scheme id='small' version='1'><notice title='小通知' subject='自查' status='in-force'><full-title>小通知</full-title>" \
  "<issuer>市局</issuer><recipient>各单位</recipient><about>a</about></notice><period kind='yearly'/><facts>" \
  "<fact id='f' type='text' label='名称'/></facts><sections><section id='s' label='类'><item id='X' clause='一'><title>项</title>" \
  "<requirement>要求。</requirement></item></section></sections><documents><document id='d' kind='form' title='d' file='d'>" \
  "<answers/></document></documents></scheme>"

static gboolean
is_sealed (gpointer window)
{
  return zc_inspection_get_state (zc_session_inspection (zc_window_session (window))) == ZC_STATE_SEALED;
}

static gboolean
can_seal (gpointer window)
{
  GtkWidget *seal = gui_find (window_test_page (window), "seal");

  return seal && gtk_widget_get_mapped (seal);
}

static void
test_seal_meanwhile (void)
{
  ZcWindow *window = zc_window_new (application);
  g_autofree char *path = window_test_path ("sealed.zicha");
  g_autoptr (GBytes) bytes = g_bytes_new_static (SMALL, strlen (SMALL));
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load_bytes (bytes, "small", &error);
  g_autoptr (ZcInspection) inspection = scheme ? zc_inspection_create (path, scheme, &error) : NULL;
  ZcSession *session;

  g_assert_no_error (error);
  g_assert_true (zc_inspection_set (inspection, "answer:X/conformity", "yes", &error));
  gtk_window_present (GTK_WINDOW (window));
  zc_window_show_inspection (window, inspection);
  session = zc_window_session (window);
  show (window, "seal");
  g_assert_true (gui_wait_until (can_seal, window, 60));
  forget_work ();
  hold_work (TRUE);
  g_signal_emit_by_name (gui_need (window_test_page (window), "seal"), "clicked");
  g_assert_true (gui_wait_until (works, GUINT_TO_POINTER (1), 60));
  g_assert_true (zc_session_set (session, "fact:f", "后来写的"));
  hold_work (FALSE);
  g_assert_true (gui_wait_until (is_sealed, window, 60));
  g_assert_cmpuint (count_work (), ==, 2);
  g_assert_cmpstr (zc_session_get (session, "fact:f"), ==, "后来写的");
  gui_close_and_check (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  int status;

  gui_test_init (&argc, &argv, GETTEXT_PACKAGE, ZC_TEST_LOCALEDIR);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  application = window_test_application_new ();
  work.window = g_thread_self ();
  main_loop_watch_start ();
  g_test_add_func ("/smooth/rows", test_rows);
  g_test_add_func ("/smooth/begin", test_begin);
  g_test_add_func ("/smooth/edit-meanwhile", test_edit_meanwhile);
  g_test_add_func ("/smooth/close-meanwhile", test_close_meanwhile);
  g_test_add_func ("/smooth/items", test_items);
  g_test_add_func ("/smooth/typed-and-left", test_typed_and_left);
  g_test_add_func ("/smooth/begin-cancelled", test_begin_cancelled);
  g_test_add_func ("/smooth/begin-closed", test_begin_closed);
  g_test_add_func ("/smooth/begin-refused", test_begin_refused);
  g_test_add_func ("/smooth/seal-meanwhile", test_seal_meanwhile);
  status = g_test_run ();
  g_clear_object (&application);
  window_test_clear ();
  return status;
}
