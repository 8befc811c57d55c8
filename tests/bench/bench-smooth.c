/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real window with a notice of 2,000 items and a ledger of 5,000 rows: for each thing that a user does, the longest turn
 * of the main loop, during which the window would not answer. Wall time and, since a shared machine makes that the others',
 * processor time of the main thread; the budget is 100 ms. Run it under tests/gui/run-headless --no-a11y, and without.
 *
 *     bench-smooth [--items | --rows] [--times] */
#include "big-inspection.h"
#include "gui-test-util.h"
#include "main-loop-watch.h"

#include "widgets/zc-import-dialog.h"
#include "widgets/zc-ledger-grid.h"
#include "zc-choose.h"
#include "zc-window.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>

#define BUDGET_MS 100
/* So long nothing may happen for an action to be over: longer than what waits until the user pauses. */
#define QUIET_US (G_USEC_PER_SEC + G_USEC_PER_SEC / 5)

static ZcApplication *application;
static ZcWindow *window;
static char *folder;
static char *csv_path;
static gboolean show_times; /* of each longest turn, as perf report --time wants them */

/* Runs the loop until it has had nothing to do for a while. */
static void
settle (void)
{
  gint64 last = g_get_monotonic_time ();

  while (g_get_monotonic_time () - last < QUIET_US)
    if (g_main_context_iteration (NULL, FALSE))
      last = g_get_monotonic_time ();
    else
      g_usleep (500);
}

static gboolean
act (gpointer action)
{
  ((void (*) (void)) action) ();
  return G_SOURCE_REMOVE;
}

static void
measure (const char *title, void (*action) (void))
{
  MainLoopTurn worst;

  settle ();
  main_loop_watch_reset ();
  g_idle_add (act, action);
  settle ();
  worst = main_loop_watch_worst ();
  if (show_times)
    printf ("%.6f,%.6f ", (double) worst.at_us / G_USEC_PER_SEC, (double) (worst.at_us + worst.wall_us) / G_USEC_PER_SEC);
  printf ("  %-52s %6.0f ms wall %6.0f ms cpu %3u turns over %d ms, %5u widgets\n", title, (double) worst.wall_us / 1000,
          (double) worst.cpu_us / 1000, main_loop_watch_long (BUDGET_MS * 1000), BUDGET_MS, worst.widgets);
  fflush (stdout);
}

/* What the user does */

static char *opened;

static void
open_file (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (opened);

  zc_window_open (window, file);
}

static void
show (const char *step)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-step", "s", step);
}

#define SHOW(step) \
  static void show_##step (void) { show (#step); }

SHOW (unit)
SHOW (items)
SHOW (ledgers)
SHOW (findings)
SHOW (report)
SHOW (check)
SHOW (preview)
SHOW (seal)
SHOW (pack)
SHOW (done)

static ZcSession *
session (void)
{
  return zc_window_session (window);
}

static void
answer (void)
{
  zc_session_set (session (), "answer:X7/conformity", "no");
}

static void
type_note (void)
{
  zc_session_set (session (), "answer:X7/note", "说");
}

static void
go_to_item (void)
{
  zc_session_go (session (), "item:X1500");
}

static void
search (void)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
}

static void
search_text (void)
{
  GtkWidget *entry = gui_find_type (gtk_stack_get_visible_child (GTK_STACK (gui_find (GTK_WIDGET (window), "pages"))), GTK_TYPE_SEARCH_ENTRY);

  if (entry)
    gtk_editable_set_text (GTK_EDITABLE (entry), "检查");
}

static void
undo (void)
{
  zc_session_undo (session ());
}

static void
redo (void)
{
  zc_session_redo (session ());
}

static void
type_cell (void)
{
  zc_session_set (session (), "cell:" BIG_LEDGER "/2500/name", "改");
}

static void
add_row (void)
{
  GError *error = NULL;

  if (!zc_inspection_add_row (zc_session_inspection (session ()), BIG_LEDGER, 3, &error))
    g_error ("%s", error->message);
}

static void
scroll (void)
{
  zc_session_go (session (), "cell:" BIG_LEDGER "/4990/owner");
}

static GPtrArray *
choose_csv (const ZcChoice *choice)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, g_file_new_for_path (csv_path));
  return files;
}

static void
import (void)
{
  gtk_widget_activate_action (gtk_stack_get_visible_child (GTK_STACK (gui_find (GTK_WIDGET (window), "pages"))), "ledger.import", NULL);
}

static void
accept_import (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) dialog = g_list_model_get_item (windows, i);

      if (ZC_IS_IMPORT_DIALOG (dialog))
        {
          g_signal_emit_by_name (gui_find (dialog, "accept"), "clicked");
          return;
        }
    }
  g_error ("no rows to accept");
}

static void
back (void)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
}

static void
new_guide (void)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
}

static void
choose_notice (void)
{
  g_signal_emit_by_name (gui_find (GTK_WIDGET (window), "not_classified"), "clicked");
}

static void
walk (void)
{
  measure ("Unit", show_unit);
  measure ("Items", show_items);
  measure ("Ledgers", show_ledgers);
  measure ("Findings", show_findings);
  measure ("Report", show_report);
  measure ("Check", show_check);
  measure ("Preview", show_preview);
  measure ("Seal", show_seal);
  measure ("Package", show_pack);
  measure ("Hand in", show_done);
}

static void
many_items (void)
{
  printf ("a notice of %u items\n", BIG_ITEMS);
  opened = g_build_filename (folder, "items.zicha", NULL);
  big_inspection_make (opened, BIG_ITEMS, 0);
  measure ("open", open_file);
  walk ();
  measure ("Items again", show_items);
  measure ("jump to the 1,500th item", go_to_item);
  measure ("answer", answer);
  measure ("type", type_note);
  measure ("undo", undo);
  measure ("search", search);
  measure ("search a word that all have", search_text);
  measure ("back to the start", back);
}

/* The next one, with the rows of the one before. */
static void
begin_after (void)
{
  g_autofree char *path = g_build_filename (folder, "next.zicha", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) last = zc_inspection_open (opened, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, &error);

  g_assert_no_error (error);
  main_loop_watch_reset ();
  zc_window_create (window, path, zc_inspection_get_scheme (last), opened);
}

static void
many_rows (void)
{
  printf ("a ledger of %u rows\n", BIG_ROWS);
  opened = g_build_filename (folder, "rows.zicha", NULL);
  big_inspection_make (opened, 40, BIG_ROWS);
  measure ("open", open_file);
  walk ();
  measure ("Ledgers again", show_ledgers);
  measure ("jump to the 4,990th row", scroll);
  measure ("type in a cell", type_cell);
  measure ("undo", undo);
  measure ("redo", redo);
  measure ("add a row", add_row);
  measure ("undo", undo);
  measure ("read a table of 5,000 rows", import);
  measure ("add its rows", accept_import);
  measure ("undo", undo);
  measure ("redo", redo);
  measure ("Items", show_items);
  measure ("undo, from another page", undo);
  measure ("redo, from another page", redo);
  measure ("back to the start", back);
  measure ("begin with it as last year's", begin_after);
}

static gboolean
has_word (int argc, char **argv, const char *word)
{
  gboolean found = FALSE;

  for (int i = 1; i < argc; i++)
    found = found || g_str_equal (argv[i], word);
  return found;
}

int
main (int argc, char **argv)
{
  gboolean items_only, rows_only;

  show_times = has_word (argc, argv, "--times");
  items_only = has_word (argc, argv, "--items");
  rows_only = has_word (argc, argv, "--rows");
  setlocale (LC_ALL, "");
  adw_init ();
  folder = g_dir_make_tmp ("zicha-smooth-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  csv_path = g_build_filename (folder, "rows.csv", NULL);
  big_inspection_write_csv (csv_path);
  application = zc_application_new ();
  g_application_register (G_APPLICATION (application), NULL, NULL);
  main_loop_watch_start ();
  window = zc_window_new (application);
  gtk_window_present (GTK_WINDOW (window));
  zc_choose_set_chooser (choose_csv);

  printf ("start\n");
  measure ("new self-check", new_guide);
  measure ("the list of notices", choose_notice);
  measure ("new self-check again", new_guide);
  if (!rows_only)
    many_items ();
  if (!items_only)
    many_rows ();
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  return 0;
}
