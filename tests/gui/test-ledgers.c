/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-page-test.h"

#include "gui-test-util.h"
#include "pages/zc-road-pages.h"
#include "widgets/zc-import-dialog.h"
#include "widgets/zc-ledger-editor.h"
#include "widgets/zc-ledger-grid.h"
#include "zc-choose.h"

#define LEDGER "systems"

static ZcLedgerGrid *
grid_of (PageTest *test)
{
  return ZC_LEDGER_GRID (page_test_find (test->window, "grid"));
}

static guint
column_of (PageTest *test, const char *id)
{
  const ZcLedger *ledger = zc_scheme_find_ledger (zc_session_scheme (test->session), LEDGER);

  return zc_ledger_find_column (ledger, id)->order;
}

static guint64
row_at (PageTest *test, guint position)
{
  return zc_ledger_model_number_at (zc_ledger_grid_get_model (grid_of (test)), position);
}

static guint
count_rows (PageTest *test)
{
  return g_list_model_get_n_items (G_LIST_MODEL (zc_ledger_grid_get_model (grid_of (test))));
}

static ZcLedgerCell *
focus_cell (PageTest *test, guint position, const char *column)
{
  guint64 row = row_at (test, position);
  ZcLedgerCell *cell;

  g_assert_true (zc_ledger_grid_focus (grid_of (test), row, column_of (test, column)));
  page_test_spin (0.15);
  cell = zc_ledger_grid_find_cell (grid_of (test), row, column_of (test, column));
  g_assert_nonnull (cell);
  return cell;
}

static const char *
stated (PageTest *test, guint position, const char *column)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_CELL, LEDGER, row_at (test, position), column);

  return zc_session_get (test->session, place);
}

static void
test_model (void)
{
  g_autofree char *path = page_test_new_path ();
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", NULL);
  g_autoptr (ZcInspection) inspection = zc_inspection_create (path, scheme, NULL);
  g_autoptr (ZcLedgerModel) model = zc_ledger_model_new ();
  GListModel *list = G_LIST_MODEL (model);
  guint64 rows[4];

  for (guint i = 0; i < 4; i++)
    rows[i] = zc_inspection_add_row (inspection, LEDGER, 0, NULL);
  zc_ledger_model_set_ledger (model, inspection, LEDGER);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 4);
  g_assert_cmpuint (zc_ledger_model_live (model), ==, 0);
  {
    g_autoptr (ZcLedgerRow) third = g_list_model_get_item (list, 2);
    g_autoptr (ZcLedgerRow) again = g_list_model_get_item (list, 2);

    g_assert_true (third == again);
    g_assert_cmpuint (zc_ledger_model_live (model), ==, 1);
    g_assert_true (zc_inspection_remove_row (inspection, LEDGER, rows[1], NULL));
    zc_ledger_model_sync (model, NULL);
    g_assert_cmpuint (zc_ledger_model_find (model, rows[2]), ==, 1);
    g_clear_object (&again);
    again = g_list_model_get_item (list, 1);
    g_assert_true (third == again);
  }
  g_assert_cmpuint (zc_ledger_model_live (model), ==, 0);
  g_assert_cmpuint (zc_ledger_model_find (model, rows[1]), ==, G_MAXUINT);
  g_assert_cmpuint (zc_ledger_model_number_at (model, 3), ==, 0);
}

static void
test_edit (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_ledgers_page_get_type ());
  g_autofree char *before = g_strdup (stated (test, 0, "name"));
  ZcLedgerCell *cell = focus_cell (test, 0, "name");
  gboolean fault = FALSE;
  g_autofree char *message = NULL;

  gtk_editable_set_text (zc_ledger_cell_get_entry (cell), "公文系统");
  g_assert_cmpstr (stated (test, 0, "name"), ==, "公文系统");
  zc_session_undo (test->session);
  g_assert_cmpstr (stated (test, 0, "name"), ==, before);
  g_assert_cmpstr (gtk_editable_get_text (zc_ledger_cell_get_entry (cell)), ==, before);

  /* What can't be taken is kept to be mended, and not stated. */
  cell = focus_cell (test, 0, "tested");
  gtk_editable_set_text (zc_ledger_cell_get_entry (cell), "2016年13月8日");
  g_assert_cmpstr (stated (test, 0, "tested"), !=, "2016-13-08");
  message = zc_ledger_grid_get_message (grid_of (test), &fault);
  g_assert_true (fault);
  g_assert_cmpstr (message, !=, "");
  focus_cell (test, 1, "name");
  g_assert_cmpstr (zc_ledger_cell_get_text (zc_ledger_grid_find_cell (grid_of (test), row_at (test, 0), column_of (test, "tested"))), ==,
                   "2016年13月8日");
  cell = focus_cell (test, 0, "tested");
  gtk_editable_set_text (zc_ledger_cell_get_entry (cell), "2016年7月8日");
  g_assert_cmpstr (stated (test, 0, "tested"), ==, "2016-07-08");
  g_assert_cmpstr (gtk_editable_get_text (zc_ledger_cell_get_entry (cell)), ==, "2016年7月8日");
  gtk_editable_set_text (zc_ledger_cell_get_entry (cell), "20160709");
  g_assert_cmpstr (stated (test, 0, "tested"), ==, "2016-07-09");
  focus_cell (test, 1, "name");
  g_assert_cmpstr (zc_ledger_cell_get_text (zc_ledger_grid_find_cell (grid_of (test), row_at (test, 0), column_of (test, "tested"))), ==,
                   "2016年7月9日");
  cell = focus_cell (test, 0, "tested");
  g_assert_cmpstr (gtk_editable_get_text (zc_ledger_cell_get_entry (cell)), ==, "2016年7月9日");
}

static void
test_rows (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_ledgers_page_get_type ());
  guint rows = count_rows (test);
  g_autofree char *function = g_strdup (stated (test, 0, "function"));

  focus_cell (test, 0, "name");
  g_assert_true (gtk_widget_activate_action (test->page, "ledger.duplicate", NULL));
  g_assert_cmpuint (count_rows (test), ==, rows + 1);
  g_assert_cmpstr (stated (test, 1, "function"), ==, function);
  focus_cell (test, 1, "function");
  g_assert_true (gtk_widget_activate_action (test->page, "ledger.up", NULL));
  g_assert_true (gtk_widget_activate_action (test->page, "ledger.remove", NULL));
  g_assert_cmpuint (count_rows (test), ==, rows);
  g_assert_true (gtk_widget_activate_action (test->page, "ledger.append", NULL));
  g_assert_cmpuint (count_rows (test), ==, rows + 1);
  for (guint i = 0; i < 4; i++)
    zc_session_undo (test->session);
  g_assert_cmpuint (count_rows (test), ==, rows);
  g_assert_cmpstr (stated (test, 0, "function"), ==, function);
}

static gboolean
is_at_chosen (gpointer window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus && GTK_IS_LIST_VIEW (gtk_widget_get_parent (focus)) && (gtk_widget_get_state_flags (focus) & GTK_STATE_FLAG_SELECTED);
}

/* A list of options opens at what is stated, not at the line that takes it back. */
static void
test_choice (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_ledgers_page_get_type ());
  ZcLedgerCell *cell = focus_cell (test, 2, "network");
  GtkWidget *drop_down = gui_find_type (GTK_WIDGET (cell), GTK_TYPE_DROP_DOWN);

  g_assert_nonnull (drop_down);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (drop_down)), >, 0);
  g_signal_emit_by_name (drop_down, "activate");
  page_test_wait (is_at_chosen, test->window);
  gtk_popover_popdown (GTK_POPOVER (gui_find_type (drop_down, GTK_TYPE_POPOVER)));
  page_test_spin (0.1);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ZC_IS_IMPORT_DIALOG (window))
        return window;
    }
  return NULL;
}

/* Waiting for what the dialog does */

static gboolean
has_no_dialog (gpointer nothing)
{
  return find_dialog () == NULL;
}

/* Whether the dialog shows what it read, to be accepted. */
static gboolean
asks (gpointer nothing)
{
  return find_dialog () && gtk_widget_get_mapped (page_test_find (GTK_WIDGET (find_dialog ()), "accept"));
}

static gboolean
is_adding (gpointer nothing)
{
  GtkWidget *bar = find_dialog () ? page_test_find (GTK_WIDGET (find_dialog ()), "progress") : NULL;

  return bar && gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)) > 0;
}

static const ZcField *
find_prose (void)
{
  GPtrArray *fields = zc_answer_fields ();

  for (guint i = 0; i < fields->len; i++)
    if (((const ZcField *) fields->pdata[i])->type == ZC_VALUE_PROSE)
      return fields->pdata[i];
  return NULL;
}

/* A blank is not kept at the end of a text; but the next word comes behind it. */
static void
test_blank_at_end (void)
{
  g_autoptr (GtkWidget) editor = g_object_ref_sink (zc_ledger_editor_new (find_prose (), "prose", TRUE));
  GtkTextBuffer *buffer;
  g_autofree char *text = NULL;

  zc_ledger_editor_set_value (ZC_LEDGER_EDITOR (editor), "one", NULL);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (gui_find_type (editor, GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_insert_at_cursor (buffer, " ", -1);
  zc_ledger_editor_set_value (ZC_LEDGER_EDITOR (editor), "one", NULL);
  gtk_text_buffer_insert_at_cursor (buffer, "two", -1);
  g_object_get (buffer, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "one two");
  zc_ledger_editor_set_value (ZC_LEDGER_EDITOR (editor), "other", NULL);
  g_clear_pointer (&text, g_free);
  g_object_get (buffer, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "other");
}

static void
test_paste (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_ledgers_page_get_type ());
  guint rows = count_rows (test);

  focus_cell (test, 0, "name");
  g_signal_emit_by_name (grid_of (test), "rows-pasted", "甲系统,甲\t办公\n乙系统\t查询\n");
  page_test_spin (0.1);
  g_assert_cmpuint (count_rows (test), ==, rows + 2);
  g_assert_cmpstr (stated (test, rows, "name"), ==, "甲系统,甲");
  g_assert_cmpstr (stated (test, rows + 1, "function"), ==, "查询");
  zc_session_undo (test->session);
  g_assert_cmpuint (count_rows (test), ==, rows);

  /* From the clipboard, into the column last worked in; a fault is shown before anything is taken. */
  focus_cell (test, 0, "name");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (test->page), "丙系统\t统计\r\n");
  g_assert_true (gtk_widget_activate_action (test->page, "ledger.paste", NULL));
  page_test_spin (0.3);
  g_assert_cmpuint (count_rows (test), ==, rows + 1);
  g_assert_cmpstr (stated (test, rows, "function"), ==, "统计");
  focus_cell (test, 0, "tested");
  g_signal_emit_by_name (grid_of (test), "rows-pasted", "2016-02-03\n2016-02-31");
  page_test_wait (asks, NULL);
  g_assert_cmpuint (count_rows (test), ==, rows + 1);
  gtk_window_close (find_dialog ());
  page_test_wait (has_no_dialog, NULL);
  g_assert_cmpuint (count_rows (test), ==, rows + 1);
}

static gboolean
count_turn (gpointer turns)
{
  ++*(guint *) turns;
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  PageTest *test;
  guint rows;
} Shown;

static gboolean
shows_rows (gpointer shown)
{
  return count_rows (((const Shown *) shown)->test) == ((const Shown *) shown)->rows;
}

/* Thousands of rows: the window goes on meanwhile, and the user may think better of it. */
static void
test_paste_many (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_ledgers_page_get_type ());
  g_autoptr (GString) text = g_string_new (NULL);
  guint rows = count_rows (test);
  guint turns = 0, source;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "系统%u\t办公\n", i);
  focus_cell (test, 0, "name");
  g_signal_emit_by_name (grid_of (test), "rows-pasted", text->str);
  page_test_wait (is_adding, NULL);
  gtk_window_close (find_dialog ());
  page_test_wait (has_no_dialog, NULL);
  g_assert_cmpuint (count_rows (test), ==, rows);
  g_assert_true (zc_session_set (test->session, "fact:office.name", "信息科"));

  g_signal_emit_by_name (grid_of (test), "rows-pasted", text->str);
  page_test_wait (is_adding, NULL);
  source = g_idle_add (count_turn, &turns);
  page_test_wait (has_no_dialog, NULL);
  g_source_remove (source);
  g_assert_cmpuint (turns, >=, 1);
  page_test_wait (shows_rows, (Shown[]){ { test, rows + 3000 } });
  g_assert_cmpstr (stated (test, rows + 2999, "name"), ==, "系统2999");
  zc_session_undo (test->session);
  page_test_wait (shows_rows, (Shown[]){ { test, rows } });
  g_assert_cmpstr (zc_session_get (test->session, "fact:office.name"), ==, "信息科");
}

static char *csv_path;

static GPtrArray *
choose_csv (const ZcChoice *choice)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, g_file_new_for_path (csv_path));
  return files;
}

/* A file appears whole or not at all. */
static gboolean
is_written (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_import (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_ledgers_page_get_type ());
  guint rows = count_rows (test);
  GtkWindow *dialog;

  csv_path = page_test_new_path ();
  g_assert_true (g_file_set_contents (csv_path, "系统名称,最近测评日期\n好系统,2016-03-04\n坏系统,2016-33-04\n", -1, NULL));
  zc_choose_set_chooser (choose_csv);
  g_assert_true (gtk_widget_activate_action (test->page, "ledger.import", NULL));
  page_test_wait (asks, NULL);
  dialog = find_dialog ();
  page_test_shot (GTK_WIDGET (dialog), "ledgers-import");
  g_assert_cmpuint (count_rows (test), ==, rows);
  g_signal_emit_by_name (page_test_find (GTK_WIDGET (dialog), "accept"), "clicked");
  page_test_wait (has_no_dialog, NULL);
  g_assert_cmpuint (count_rows (test), ==, rows + 1);
  g_assert_cmpstr (stated (test, rows, "tested"), ==, "2016-03-04");
  zc_session_undo (test->session);
  g_assert_cmpuint (count_rows (test), ==, rows);

  /* And out again, to what can be read again. */
  g_unlink (csv_path);
  g_assert_true (gtk_widget_activate_action (test->page, "ledger.export", NULL));
  page_test_wait (is_written, csv_path);
  {
    g_autoptr (ZcLedgerTable) table = zc_ledger_table_read (zc_session_scheme (test->session), LEDGER, csv_path, NULL);

    g_assert_nonnull (table);
    g_assert_cmpuint (table->rows->len, ==, rows);
  }
  zc_choose_set_chooser (NULL);
  g_clear_pointer (&csv_path, g_free);
}

static void
test_many (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_ledgers_page_get_type ());
  ZcInspection *inspection = zc_session_inspection (test->session);
  guint columns = zc_scheme_find_ledger (zc_session_scheme (test->session), LEDGER)->columns->len;
  guint64 last = 0;

  g_assert_true (zc_inspection_begin (inspection, "many", NULL));
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *place = NULL;
      g_autofree char *name = g_strdup_printf ("系统%u", i);

      last = zc_inspection_add_row (inspection, LEDGER, 0, NULL);
      place = zc_place_new (ZC_PLACE_CELL, LEDGER, last, "name");
      g_assert_true (zc_inspection_set (inspection, place, name, NULL));
    }
  g_assert_true (zc_inspection_commit (inspection, NULL));
  page_test_spin (0.3);
  g_assert_cmpuint (count_rows (test), >=, 5000);
  /* GTK keeps some two hundred rows around the screen, whatever the length. */
  g_assert_cmpuint (zc_ledger_grid_count_cells (grid_of (test)), <=, 260 * columns);
  g_assert_cmpuint (zc_ledger_model_live (zc_ledger_grid_get_model (grid_of (test))), <=, 260);
  {
    g_autofree char *place = zc_place_new (ZC_PLACE_CELL, LEDGER, last, "function");
    ZcLedgerCell *cell;

    zc_page_reveal (ZC_PAGE (test->page), place);
    page_test_spin (0.3);
    cell = zc_ledger_grid_find_cell (grid_of (test), last, column_of (test, "function"));
    g_assert_nonnull (cell);
    g_assert_nonnull (zc_ledger_cell_get_entry (cell));
  }
  g_assert_cmpuint (zc_ledger_grid_count_cells (grid_of (test)), <=, 260 * columns);
}

static void
test_empty (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_ledgers_page_get_type ());

  zc_page_reveal (ZC_PAGE (test->page), "ledger:crypto");
  page_test_spin (0.2);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (page_test_find (test->window, "title"))), !=, "");
  page_test_shot (test->window, "ledgers-other");
  zc_page_reveal (ZC_PAGE (test->page), "cell:" LEDGER "/1/level");
  page_test_spin (0.3);
  page_test_shot (test->window, "ledgers");
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/gui/ledgers/model", test_model);
  g_test_add_func ("/gui/ledgers/edit", test_edit);
  g_test_add_func ("/gui/ledgers/rows", test_rows);
  g_test_add_func ("/gui/ledgers/choice", test_choice);
  g_test_add_func ("/gui/ledgers/blank-at-end", test_blank_at_end);
  g_test_add_func ("/gui/ledgers/paste", test_paste);
  g_test_add_func ("/gui/ledgers/paste-many", test_paste_many);
  g_test_add_func ("/gui/ledgers/import", test_import);
  g_test_add_func ("/gui/ledgers/many", test_many);
  g_test_add_func ("/gui/ledgers/look", test_empty);
  return g_test_run ();
}
