/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-window-test.h"

#include "inspection/zc-carry-over.h"
#include "pages/zc-item-lines.h"
#include "scheme/zc-scheme-check.h"
#include "widgets/zc-conformity-bar.h"
#include "widgets/zc-evidence-list.h"
#include "widgets/zc-field-row.h"
#include "widgets/zc-finding-editor.h"
#include "widgets/zc-item-view.h"
#include "widgets/zc-line-list.h"
#include "widgets/zc-promise-view.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* What comes from last year, and what comes from files, in the real window. */

static ZcApplication *application;

static char *
data_file (const char *inside)
{
  return g_build_filename (g_getenv ("ZICHA_DATADIR"), inside, NULL);
}

/* Finding things */

static GtkWidget *
find (GtkWidget *root, gboolean (*wanted) (GtkWidget *widget, gconstpointer what), gconstpointer what)
{
  if (wanted (root, what))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, wanted, what);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
has_type (GtkWidget *widget, gconstpointer what)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) what);
}

static gboolean
shows (GtkWidget *widget, gconstpointer what)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), what);
}

static gboolean
is_named (GtkWidget *widget, gconstpointer what)
{
  return g_strcmp0 (gtk_widget_get_name (widget), what) == 0;
}

static gboolean
states (GtkWidget *widget, gconstpointer place)
{
  return ZC_IS_FIELD_ROW (widget) && g_str_equal (zc_field_row_get_place (ZC_FIELD_ROW (widget)), place);
}

/* Waiting */

typedef struct
{
  ZcWindow *window;
  GType type;
  const char *text;
} Awaited;

static gboolean
is_there (gpointer data)
{
  const Awaited *awaited = data;
  GtkWidget *found = find (GTK_WIDGET (awaited->window), has_type, &awaited->type);

  return found && gtk_widget_get_mapped (found);
}

static gboolean
is_shown (gpointer data)
{
  const Awaited *awaited = data;

  return find (GTK_WIDGET (awaited->window), shows, awaited->text) != NULL;
}

static GtkWidget *
await_type (ZcWindow *window, GType type)
{
  Awaited awaited = { window, type, NULL };

  g_assert_true (gui_wait_until (is_there, &awaited, 60));
  return find (GTK_WIDGET (window), has_type, &type);
}

static void
await_text (ZcWindow *window, const char *text)
{
  Awaited awaited = { window, 0, text };

  if (!gui_wait_until (is_shown, &awaited, 60))
    g_error ("nothing shows “%s”", text);
}

static void
picture (gpointer window, const char *name)
{
  const char *shots = g_getenv ("ZICHA_TEST_SHOTS");
  g_autofree char *path = shots ? g_strdup_printf ("%s/%s.png", shots, name) : NULL;

  if (!path)
    return;
  gui_spin (0.3);
  gui_screenshot (GTK_WIDGET (window), path);
}

/* Windows */

static ZcWindow *
open_start (void)
{
  ZcWindow *window = zc_window_new (application);

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  return window;
}

static void
state_line (ZcInspection *inspection, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "\t", 2);
  g_autofree char *value = parts[0] && parts[1] ? g_strcompress (parts[1]) : NULL;

  if (value && !g_str_has_prefix (parts[0], "link:") && !g_str_has_prefix (parts[0], "evidence:"))
    zc_inspection_set (inspection, parts[0], value, NULL);
}

/* Last year's file: the sample unit's, with one piece of evidence. */
static char *
last_year (void)
{
  g_autofree char *path = window_test_path ("last.zicha");
  g_autofree char *statements = data_file ("samples/xicheng-2016/statements.txt");
  g_autofree char *proof = data_file ("samples/xicheng-2016/evidence/zerenzhi-wenjian.pdf");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = NULL;
  g_autoptr (ZcInspection) inspection = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  scheme = zc_scheme_load ("xicheng-2016", &error);
  g_assert_no_error (error);
  inspection = zc_inspection_create (path, scheme, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (statements, &text, NULL, &error));
  lines = g_strsplit (text, "\n", -1);
  g_assert_true (zc_inspection_begin (inspection, "sample", &error));
  for (guint i = 0; lines[i]; i++)
    state_line (inspection, lines[i]);
  g_assert_true (zc_inspection_commit (inspection, &error));
  g_assert_cmpuint (zc_inspection_attach (inspection, proof, "X08", NULL, &error), !=, 0);
  return g_steal_pointer (&path);
}

/* The same notice with other words for X08. Returns: (transfer full) */
static ZcScheme *
changed_scheme (void)
{
  g_autofree char *path = data_file ("schemes/xicheng-2016.xml");
  g_autofree char *text = NULL;
  g_autoptr (GString) words = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ZcScheme *scheme;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  words = g_string_new (text);
  g_assert_cmpuint (g_string_replace (words, "建立信息安全责任制，责任落实到领导、部门和人员。", "责任制落实到每一个人。", 1), ==, 1);
  bytes = g_bytes_new (words->str, words->len);
  scheme = zc_scheme_load_bytes (bytes, "next.xml", &error);
  g_assert_no_error (error);
  return scheme;
}

/* A window with this year's file, in which all of last year's waits. */
static ZcWindow *
open_next (const char *name)
{
  ZcWindow *window = open_start ();
  g_autofree char *path = window_test_path (name), *last_path = last_year ();
  g_autoptr (ZcScheme) scheme = changed_scheme ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) last = zc_inspection_open (last_path, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, &error);
  g_autoptr (ZcInspection) next = NULL;

  g_assert_no_error (error);
  next = zc_inspection_create (path, scheme, &error);
  g_assert_no_error (error);
  g_assert_true (zc_carry_over (next, last, ZC_CARRY_ALL, &error));
  zc_window_show_inspection (window, next);
  return window;
}

static void
go (ZcWindow *window, const char *place)
{
  zc_session_go (zc_window_session (window), place);
}

/* Leads to an item, and waits until it is the one that is shown. */
static ZcItemView *
go_item (ZcWindow *window, const char *id)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_ITEM, id, 0, NULL);
  ZcItemView *view;

  go (window, place);
  view = ZC_ITEM_VIEW (await_type (window, ZC_TYPE_ITEM_VIEW));
  g_assert_cmpstr (zc_item_view_get_item (view)->id, ==, id);
  return view;
}

static const char *
tally_of (ZcWindow *window)
{
  return gtk_label_get_label (GTK_LABEL (gui_need (window_test_page (window), "tally")));
}

static gboolean
has_session (gpointer window)
{
  return zc_window_session (window) != NULL;
}

static gboolean
tells_of_schemes (gpointer window)
{
  return gtk_widget_get_visible (gui_need (window, "schemes_error"));
}

/* Tests */

static void
test_start (void)
{
  ZcWindow *window = open_start ();
  g_autofree char *last = last_year (), *path = window_test_path ("begun.zicha");
  g_autoptr (GArray) promises = NULL;

  picture (window, "carry-start");
  window_test_choose (last);
  g_assert_true (gtk_widget_activate (gui_need (GTK_WIDGET (window), "continue_row")));
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "not_classified"), "clicked");
  /* The same notice, without looking for it; last year's file stands there. */
  await_text (window, "西城区2016年电子政务安全检查");
  await_text (window, "last.zicha");
  picture (window, "carry-guide");
  window_test_choose (path);
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "create"), "clicked");
  g_assert_true (gui_wait_until (has_session, window, 60));
  g_assert_cmpstr (window_test_stated (window, "fact:unit.name"), !=, "");
  g_assert_cmpstr (window_test_stated (window, "answer:X08/confirmed"), ==, "0");
  promises = zc_inspection_get_promises (zc_session_inspection (zc_window_session (window)));
  g_assert_cmpuint (promises->len, ==, 3);
  /* What was promised is asked before all else. */
  await_type (window, ZC_TYPE_PROMISE_VIEW);
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_start_from_no_inspection (void)
{
  ZcWindow *window = open_start ();
  g_autofree char *path = window_test_path ("no-inspection.zicha");

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  window_test_choose (path);
  g_assert_true (gtk_widget_activate (gui_need (GTK_WIDGET (window), "continue_row")));
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "not_classified"), "clicked");
  g_assert_true (gui_wait_until (tells_of_schemes, window, 60));
  g_assert_true (gtk_widget_get_mapped (gui_need (GTK_WIDGET (window), "choose_file")));
  gui_close_and_check (GTK_WINDOW (window));
}

/* The next one can be begun from a file in the list of recent ones. */
static void
test_start_recent (void)
{
  ZcWindow *window = open_start ();
  g_autofree char *last = last_year ();

  g_assert_true (gtk_widget_activate_action (gui_need (GTK_WIDGET (window), "continue_row"), "start.continue-from", "^ay", last));
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "not_classified"), "clicked");
  await_text (window, "last.zicha");
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_counts (void)
{
  ZcWindow *window = open_next ("counts.zicha");
  ZcTally tally = zc_rules_tally (zc_session_record (zc_window_session (window)), NULL);
  g_autofree char *waiting = g_strdup_printf (_("%u to confirm"), tally.unconfirmed);
  g_autofree char *part = g_strdup_printf (_(" · %u to confirm"), tally.unconfirmed);
  g_autoptr (GPtrArray) unconfirmed = NULL;

  go_item (window, "X08");
  await_text (window, waiting); /* on the road */
  g_assert_cmpuint (tally.unconfirmed, >, 40);
  g_assert_nonnull (strstr (tally_of (window), part));
  g_assert_nonnull (find (window_test_page (window), shows, _("To confirm")));
  unconfirmed = zc_item_lines (zc_window_session (window), ZC_ITEM_FILTER_UNCONFIRMED);
  g_assert_cmpuint (unconfirmed->len, >, tally.unconfirmed);
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_confirm (void)
{
  ZcWindow *window = open_next ("confirm.zicha");
  ZcItemView *view = go_item (window, "X08");
  const GType bar_type = ZC_TYPE_CONFORMITY_BAR;
  GtkWidget *bar;

  zc_item_view_confirm (view);
  g_assert_cmpstr (window_test_stated (window, "answer:X08/confirmed"), ==, "");
  g_assert_cmpstr (window_test_stated (window, "answer:X08/conformity"), ==, "yes");
  /* There is nothing to confirm any more; nothing may change. */
  zc_item_view_confirm (view);
  g_assert_cmpstr (window_test_stated (window, "answer:X08/conformity"), ==, "yes");

  /* Choosing last year's answer again confirms it; only after that it takes it back. */
  view = go_item (window, "X09");
  bar = find (GTK_WIDGET (view), has_type, &bar_type);
  g_assert_true (gtk_widget_has_css_class (bar, "zc-waiting"));
  zc_conformity_bar_press (ZC_CONFORMITY_BAR (bar), 0);
  g_assert_cmpstr (window_test_stated (window, "answer:X09/conformity"), ==, "yes");
  g_assert_cmpstr (window_test_stated (window, "answer:X09/confirmed"), ==, "");
  g_assert_false (gtk_widget_has_css_class (bar, "zc-waiting"));
  zc_conformity_bar_press (ZC_CONFORMITY_BAR (bar), 0);
  g_assert_cmpstr (window_test_stated (window, "answer:X09/conformity"), ==, "");
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_wording (void)
{
  ZcWindow *window = open_next ("wording.zicha");
  ZcItemView *view = go_item (window, "X08");

  await_text (window, _("As it read last year"));
  g_assert_nonnull (find (GTK_WIDGET (view), shows, "责任落实到领导、部门和人员。"));
  g_assert_nonnull (find (GTK_WIDGET (view), shows, "责任制落实到每一个人。"));
  picture (window, "carry-wording");
  view = go_item (window, "X07");
  g_assert_null (find (GTK_WIDGET (view), shows, _("As it read last year")));
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_promises (void)
{
  ZcWindow *window = open_next ("promises.zicha");
  ZcInspection *inspection = zc_session_inspection (zc_window_session (window));
  g_autoptr (GArray) promises = zc_inspection_get_promises (inspection);
  ZcPromiseView *view;

  gtk_stack_set_visible_child_name (GTK_STACK (gui_need (GTK_WIDGET (window), "pages")), "items");
  for (guint i = 0; i < promises->len; i++)
    {
      guint64 finding = g_array_index (promises, guint64, i);
      g_autofree char *state = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "state");

      view = ZC_PROMISE_VIEW (await_type (window, ZC_TYPE_PROMISE_VIEW));
      g_assert_cmpuint (zc_promise_view_get_finding (view), ==, finding);
      g_assert_true (zc_inspection_promise_waits (inspection, finding));
      zc_promise_view_answer (view, i); /* done, doing, not yet */
      g_assert_false (zc_inspection_promise_waits (inspection, finding));
      g_assert_cmpstr (window_test_stated (window, state), ==, i == 0 ? "done" : i == 1 ? "doing" : "open");
      g_signal_emit_by_name (gui_need (window_test_page (window), "next_open"), "clicked");
    }
  picture (window, "carry-promises");
  /* Then the items. */
  await_type (window, ZC_TYPE_ITEM_VIEW);
  gui_close_and_check (GTK_WINDOW (window));
}

/* The check leads to the page of findings: it is asked, and can be answered, there too. */
static void
test_promise_among_findings (void)
{
  ZcWindow *window = open_next ("among.zicha");
  ZcInspection *inspection = zc_session_inspection (zc_window_session (window));
  g_autoptr (GArray) promises = zc_inspection_get_promises (inspection);
  guint64 finding = g_array_index (promises, guint64, 1);
  g_autofree char *state = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "state");
  const GType editor = ZC_TYPE_FINDING_EDITOR, question = ZC_TYPE_PROMISE_VIEW;
  ZcPromiseView *view;

  go (window, state);
  view = ZC_PROMISE_VIEW (await_type (window, ZC_TYPE_PROMISE_VIEW));
  g_assert_cmpuint (zc_promise_view_get_finding (view), ==, finding);
  zc_promise_view_answer (view, 0);
  g_assert_cmpstr (window_test_stated (window, state), ==, "done");
  picture (window, "carry-findings");
  /* Looked at again, it is a finding like others. */
  go (window, "item:X01");
  await_type (window, ZC_TYPE_ITEM_VIEW);
  {
    g_autofree char *other = zc_place_new (ZC_PLACE_FINDING, NULL, g_array_index (promises, guint64, 0), "problem");
    g_autofree char *problem = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "problem");

    go (window, other);
    go (window, problem);
  }
  await_type (window, editor);
  g_assert_null (find (window_test_page (window), has_type, &question));
  gui_close_and_check (GTK_WINDOW (window));
}

/* A promise that goes away, by undo of the whole carry-over, leaves no hole. */
static void
test_promise_gone (void)
{
  ZcWindow *window = open_next ("gone.zicha");

  gtk_stack_set_visible_child_name (GTK_STACK (gui_need (GTK_WIDGET (window), "pages")), "items");
  await_type (window, ZC_TYPE_PROMISE_VIEW);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  await_type (window, ZC_TYPE_ITEM_VIEW);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_origin (void)
{
  ZcWindow *window = open_next ("origin.zicha");
  ZcItemView *view;
  GtkWidget *row;

  go (window, "fact:unit.name");
  await_text (window, "last.zicha");
  row = find (window_test_page (window), states, "fact:unit.name");
  g_assert_nonnull (find (row, shows, "last.zicha"));
  picture (window, "carry-origin");
  zc_session_set (zc_window_session (window), "fact:unit.name", "示例区档案馆");
  g_assert_null (find (row, shows, "last.zicha"));
  row = find (window_test_page (window), states, "fact:period.from");
  g_assert_null (find (row, shows, "last.zicha"));

  /* Rows too, where an item shows their ledger. */
  view = go_item (window, "X04");
  g_assert_nonnull (find (GTK_WIDGET (view), shows, "last.zicha"));
  picture (window, "carry-rows");
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_stale_evidence (void)
{
  ZcWindow *window = open_next ("stale.zicha");
  g_autofree char *proof = data_file ("samples/xicheng-2016/evidence/zerenzhi-wenjian.pdf");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (zc_inspection_attach (zc_session_inspection (zc_window_session (window)), proof, "X08", NULL, &error), !=, 0);
  go_item (window, "X08");
  await_text (window, _("The very same file was evidence last year. Is it still up to date?"));
  picture (window, "carry-stale");
  gui_close_and_check (GTK_WINDOW (window));
}

/* Files */

/* The dialog above the window that shows faults; NULL if there is none. */
static GtkWidget *
faults_dialog (ZcWindow *window)
{
  g_autoptr (GListModel) all = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) one = g_list_model_get_item (all, i);

      /* The list of shortcuts is there from the beginning. */
      if (gtk_window_get_transient_for (one) == GTK_WINDOW (window) && ADW_IS_WINDOW (one))
        return GTK_WIDGET (one);
    }
  return NULL;
}

static guint
count_rows (GtkWidget *root)
{
  guint n = ADW_IS_ACTION_ROW (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

static char *
fire_file (const char *name, const char *from, const char *to)
{
  g_autofree char *path = data_file ("../tests/fixtures/schemes/fire-safety.xml");
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  char *written = window_test_path (name);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  if (from)
    g_assert_cmpuint (g_string_replace (changed, from, to, 0), >, 0);
  g_assert_true (g_file_set_contents (written, changed->str, -1, NULL));
  return written;
}

static ZcWindow *
open_guide (void)
{
  ZcWindow *window = open_start ();

  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "not_classified"), "clicked");
  return window;
}

static void
test_faults (void)
{
  ZcWindow *window = open_guide ();
  g_autofree char *path = fire_file ("bad.xml", "fact=\"unit.name\"", "fact=\"unit.nmae\"");
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_auto (GStrv) ids = NULL;
  GtkWidget *dialog;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  bytes = g_bytes_new (text, size);
  faults = zc_scheme_check (bytes, "bad.xml");
  g_assert_cmpuint (faults->len, >, 1);
  window_test_choose (path);
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "choose_file"), "clicked");
  dialog = faults_dialog (window);
  g_assert_nonnull (dialog);
  g_assert_cmpuint (count_rows (dialog), ==, faults->len);
  gtk_test_widget_wait_for_draw (dialog);
  for (guint i = 0; i < faults->len; i++)
    {
      const ZcFault *fault = faults->pdata[i];

      if (!find (dialog, shows, fault->message))
        g_error ("the dialog does not tell: %s", fault->message);
    }
  picture (dialog, "carry-faults");
  ids = zc_scheme_list ();
  g_assert_false (g_strv_contains ((const char *const *) ids, "fire-2026"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gui_close_and_check (GTK_WINDOW (window));
}

#define LAYOUT \
  "<overlay for='fire-2026' version='1'><documents><document id='table' kind='form' style='form' title='官方检查表' " \
  "confidence='form' file='jianchabiao'><title>官方检查表</title><table columns='4 8'><row><cell label='yes'>单位</cell>" \
  "<cell fact='unit.name'/></row></table></document></documents></overlay>"

static void
test_import (void)
{
  ZcWindow *window = open_guide ();
  g_autofree char *path = fire_file ("fire.xml", NULL, NULL), *layout = window_test_path ("layout.xml"), *kept = window_test_path ("fire.zicha");
  g_auto (GStrv) ids = NULL;
  ZcScheme *scheme;

  window_test_choose (path);
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "choose_file"), "clicked");
  g_assert_null (faults_dialog (window));
  await_text (window, "示例区2026年消防安全检查");
  ids = zc_scheme_list ();
  g_assert_true (g_strv_contains ((const char *const *) ids, "fire-2026"));

  /* The unit's own layout comes the same way, and is over the notice from then on. */
  g_assert_true (g_file_set_contents (layout, LAYOUT, -1, NULL));
  window_test_choose (layout);
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "choose_file"), "clicked");
  g_assert_null (faults_dialog (window));
  window_test_choose (kept);
  g_signal_emit_by_name (gui_need (GTK_WIDGET (window), "create"), "clicked");
  g_assert_true (gui_wait_until (has_session, window, 60));
  scheme = zc_session_scheme (zc_window_session (window));
  g_assert_cmpstr (zc_scheme_find_document (scheme, "table")->title, ==, "官方检查表");
  gui_close_and_check (GTK_WINDOW (window));
}

static void
test_layout (void)
{
  ZcWindow *window = open_start ();
  g_autofree char *path = window_test_path ("begun-before.zicha"), *layout = window_test_path ("late.xml"), *file = fire_file ("late-fire.xml", NULL, NULL);
  g_autofree char *bad = window_test_path ("bad-layout.xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load_file (file, &error);
  g_autoptr (ZcInspection) inspection = NULL;
  GtkWidget *row, *dialog;

  g_assert_no_error (error);
  inspection = zc_inspection_create (path, scheme, &error);
  g_assert_no_error (error);
  g_assert_true (zc_inspection_set (inspection, "fact:unit.name", "示例单位", &error));
  zc_window_show_inspection (window, inspection);
  go (window, "fact:unit.name");
  await_text (window, "示例区2026年消防安全检查");
  row = find (window_test_page (window), is_named, "layout");
  g_assert_nonnull (row);

  g_assert_true (g_file_set_contents (bad, "<overlay for='fire-2026' version='1'><documents/><nonsense/></overlay>", -1, NULL));
  window_test_choose (bad);
  g_assert_true (gtk_widget_activate (row));
  dialog = faults_dialog (window);
  g_assert_nonnull (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));

  g_assert_true (g_file_set_contents (layout, LAYOUT, -1, NULL));
  window_test_choose (layout);
  g_assert_true (gtk_widget_activate (row));
  g_assert_null (faults_dialog (window));
  g_assert_cmpstr (zc_scheme_find_document (zc_session_scheme (zc_window_session (window)), "table")->title, ==, "官方检查表");
  g_assert_cmpstr (window_test_stated (window, "fact:unit.name"), ==, "示例单位");
  picture (window, "carry-layout");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpstr (zc_scheme_find_document (zc_session_scheme (zc_window_session (window)), "table")->title, ==, "消防安全检查表");
  gui_close_and_check (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autofree char *home = NULL;
  int status;

  home = window_test_path ("home"); /* what is imported goes there, and nowhere else */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  gui_test_init (&argc, &argv, GETTEXT_PACKAGE, ZC_TEST_LOCALEDIR);
  application = window_test_application_new ();
  window_test_choose (NULL);
  g_test_add_func ("/carry/start", test_start);
  g_test_add_func ("/carry/start/no-inspection", test_start_from_no_inspection);
  g_test_add_func ("/carry/start/recent", test_start_recent);
  g_test_add_func ("/carry/counts", test_counts);
  g_test_add_func ("/carry/confirm", test_confirm);
  g_test_add_func ("/carry/wording", test_wording);
  g_test_add_func ("/carry/promises", test_promises);
  g_test_add_func ("/carry/promises/among-findings", test_promise_among_findings);
  g_test_add_func ("/carry/promises/gone", test_promise_gone);
  g_test_add_func ("/carry/origin", test_origin);
  g_test_add_func ("/carry/stale-evidence", test_stale_evidence);
  g_test_add_func ("/carry/files/faults", test_faults);
  g_test_add_func ("/carry/files/import", test_import);
  g_test_add_func ("/carry/files/layout", test_layout);
  status = g_test_run ();
  g_clear_object (&application);
  window_test_clear ();
  return status;
}
