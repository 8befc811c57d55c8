/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words that an input method holds back until they are chosen: real keys, the real window, and an input method of the
 * test's own. Nothing that the window does meanwhile may break them, and no key that belongs to them may be taken away. */
#include "fake-input-method.h"
#include "gui-page-test.h"
#include "gui-window-test.h"

#include "widgets/zc-chapter-view.h"
#include "widgets/zc-evidence-list.h"
#include "widgets/zc-field-row.h"
#include "widgets/zc-ledger-grid.h"

#include <string.h>

#define LEDGER "systems"
#define NOTE "answer:X07/note"

static ZcApplication *application;

typedef struct
{
  ZcWindow *window;
  gpointer alive; /* NULL once the window is gone */
  char *path;
} Fixture;

static ZcSession *
session_of (const Fixture *fixture)
{
  return zc_window_session (fixture->window);
}

static const char *
stated (const Fixture *fixture, const char *place)
{
  return zc_session_get (session_of (fixture), place);
}

static GtkWidget *
focus_of (const Fixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

static gboolean
is_active (gpointer fixture)
{
  return gtk_window_is_active (GTK_WINDOW (((Fixture *) fixture)->window));
}

static void
fixture_open (Fixture *fixture)
{
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", NULL);
  g_autoptr (ZcInspection) inspection = NULL;

  fixture->path = page_test_new_path ();
  inspection = zc_inspection_create (fixture->path, scheme, NULL);
  for (guint i = 0; i < 3; i++)
    zc_inspection_add_row (inspection, LEDGER, 0, NULL);
  fixture->alive = fixture->window = zc_window_new (application);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), &fixture->alive);
  gtk_window_present (GTK_WINDOW (fixture->window));
  zc_window_show_inspection (fixture->window, inspection);
  page_test_wait (is_active, fixture);
}

static gboolean
is_gone (gpointer fixture)
{
  return ((Fixture *) fixture)->alive == NULL;
}

static void
fixture_clear (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  page_test_wait (is_gone, fixture);
  g_free (fixture->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* Keys */

static void
send (const char *key)
{
  const char *command[] = { "xdotool", "key", key, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static gboolean
has_seen (gpointer keys)
{
  return fake_im_keys () >= GPOINTER_TO_UINT (keys);
}

/* Presses a key that has to come to the input method. */
static void
press (const char *key)
{
  guint keys = fake_im_keys ();

  send (key);
  page_test_wait (has_seen, GUINT_TO_POINTER (keys + 1));
}

static void
compose (void)
{
  press ("n");
  g_assert_cmpstr (fake_im_held (), ==, "n");
  press ("i");
  g_assert_cmpstr (fake_im_held (), ==, "ni");
}

/* Texts */

typedef struct
{
  const Fixture *fixture;
  const char *place;
} Going;

/* Whether the text that states the place has the focus. */
static gboolean
has_come (gpointer data)
{
  const Going *going = data;
  GtkWidget *focus = focus_of (going->fixture);
  GtkWidget *row = focus ? gtk_widget_get_ancestor (focus, ZC_TYPE_FIELD_ROW) : NULL;

  if (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  return row ? g_str_equal (zc_field_row_get_place (ZC_FIELD_ROW (row)), going->place)
             : gtk_widget_get_ancestor (focus, ZC_TYPE_CHAPTER_VIEW) && g_str_has_prefix (going->place, "text:");
}

static void
go (Fixture *fixture, const char *place)
{
  zc_session_go (session_of (fixture), place);
  page_test_wait (has_come, &(Going) { fixture, place });
}

/* What the text with the focus shows, without what is held back. */
static char *
shown (const Fixture *fixture)
{
  GtkWidget *focus = focus_of (fixture);
  char *text = NULL;

  if (GTK_IS_TEXT (focus))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), "text", &text, NULL);
  return text;
}

static void
assert_shown (const Fixture *fixture, const char *expected)
{
  g_autofree char *text = shown (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_checked (gpointer fixture)
{
  return zc_session_is_checked (session_of (fixture));
}

/* What goes on in the window while somebody writes: other places change, the check runs, pages are brought up to date. */
static void
work_meanwhile (Fixture *fixture)
{
  g_assert_true (zc_session_set (session_of (fixture), "fact:unit.staff", "46"));
  zc_session_check (session_of (fixture));
  page_test_wait (is_checked, fixture);
  page_test_spin (0.6);
  g_assert_true (zc_session_set (session_of (fixture), "fact:unit.staff", ""));
}

static void
test_text (gconstpointer place)
{
  for (int embeds = FALSE; embeds <= TRUE; embeds++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      GtkWidget *focus;

      fixture_open (&fixture);
      go (&fixture, place);
      fake_im_start (embeds, TRUE);
      focus = focus_of (&fixture);
      before = shown (&fixture);
      compose ();
      work_meanwhile (&fixture);
      g_assert_true (focus_of (&fixture) == focus);
      g_assert_cmpstr (fake_im_held (), ==, "ni");
      assert_shown (&fixture, before);
      press ("2");
      after = shown (&fixture);
      g_assert_nonnull (strstr (after, "泥"));
      g_assert_nonnull (strstr (stated (&fixture, place), "泥"));
      g_assert_cmpuint (strlen (after), ==, strlen (before) + strlen ("泥"));
    }
}

/* The keys 1 to 4 answer an item, but not while something is written. */
static void
test_digits (void)
{
  g_auto (Fixture) fixture = { NULL };

  fixture_open (&fixture);
  go (&fixture, NOTE);
  fake_im_start (TRUE, FALSE);
  compose ();
  press ("3");
  press ("4");
  assert_shown (&fixture, "尼4");
  g_assert_cmpstr (stated (&fixture, NOTE), ==, "尼4");
  g_assert_cmpstr (stated (&fixture, "answer:X07/conformity"), ==, "");
}

static gboolean
holds_nothing (gpointer unused)
{
  return *fake_im_held () == '\0';
}

/* Undo while something is held back: what is shown afterwards is what is stated, and writing goes on from there. */
static void
test_undo (gconstpointer how)
{
  g_auto (Fixture) fixture = { NULL };
  g_autofree char *after = NULL;

  fixture_open (&fixture);
  go (&fixture, NOTE);
  fake_im_start (TRUE, GPOINTER_TO_INT (how));
  compose ();
  press ("1");
  g_assert_cmpstr (stated (&fixture, NOTE), ==, "你");
  compose ();
  send ("ctrl+z");
  page_test_wait (holds_nothing, NULL);
  page_test_spin (0.1);
  assert_shown (&fixture, stated (&fixture, NOTE));
  compose ();
  press ("3");
  after = shown (&fixture);
  g_assert_nonnull (strstr (after, "尼"));
  g_assert_cmpstr (stated (&fixture, NOTE), ==, after);
}

/* Captions */

static void
attach (GtkWidget *list, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("ZICHA_DATADIR"), "samples", "xicheng-2016", "evidence", name, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_ptr_array_add (files, g_file_new_for_path (path));
  zc_evidence_list_attach (ZC_EVIDENCE_LIST (list), files);
}

static guint
count_evidence (const Fixture *fixture)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (zc_session_inspection (session_of (fixture)), "X07");

  return evidence->len;
}

static gboolean
has_one (gpointer fixture)
{
  return count_evidence (fixture) == 1;
}

static gboolean
has_two (gpointer fixture)
{
  return count_evidence (fixture) == 2;
}

/* The second file arrives while the first one's caption is being written. */
static void
test_caption (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autofree char *place = NULL;
  GtkWidget *list, *focus;

  fixture_open (&fixture);
  go (&fixture, NOTE);
  list = gui_find_type (GTK_WIDGET (fixture.window), ZC_TYPE_EVIDENCE_LIST);
  attach (list, "zhenggai-jilu.txt");
  page_test_wait (has_one, &fixture);
  page_test_spin (0.2);
  {
    g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (zc_session_inspection (session_of (&fixture)), "X07");

    place = zc_place_new (ZC_PLACE_EVIDENCE, NULL, ((const ZcEvidence *) evidence->pdata[0])->id, "caption");
  }
  g_assert_true (gtk_widget_grab_focus (gui_find_type (list, GTK_TYPE_ENTRY)));
  focus = focus_of (&fixture);
  fake_im_start (TRUE, FALSE);
  compose ();
  attach (list, "beifen-jilu.txt");
  page_test_wait (has_two, &fixture);
  page_test_spin (0.2);
  g_assert_true (focus_of (&fixture) == focus);
  g_assert_cmpstr (fake_im_held (), ==, "ni");
  press ("4");
  g_assert_cmpstr (stated (&fixture, place), ==, "拟");
}

/* Cells */

static ZcLedgerCell *
cell_at (const Fixture *fixture, guint position)
{
  ZcLedgerGrid *grid = ZC_LEDGER_GRID (gui_find_type (GTK_WIDGET (fixture->window), ZC_TYPE_LEDGER_GRID));
  const ZcLedger *ledger = zc_scheme_find_ledger (zc_session_scheme (session_of (fixture)), LEDGER);

  return zc_ledger_grid_find_cell (grid, zc_ledger_model_number_at (zc_ledger_grid_get_model (grid), position),
                                   zc_ledger_find_column (ledger, "name")->order);
}

typedef struct
{
  const Fixture *fixture;
  guint position;
} At;

static gboolean
is_at (gpointer data)
{
  const At *at = data;
  ZcLedgerCell *cell = cell_at (at->fixture, at->position);
  GtkWidget *focus = focus_of (at->fixture);

  return cell && focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (cell));
}

static const char *
stated_cell (const Fixture *fixture, guint position)
{
  ZcLedgerCell *cell = cell_at (fixture, position);
  g_autofree char *place = zc_place_new (ZC_PLACE_CELL, LEDGER, zc_ledger_cell_get_row (cell), "name");

  return stated (fixture, place);
}

/* The first key in a cell already is the input method's, and so are those that else move on. */
static void
test_cell (void)
{
  for (int embeds = FALSE; embeds <= TRUE; embeds++)
    {
      g_auto (Fixture) fixture = { NULL };
      At first = { &fixture, 0 }, second = { &fixture, 1 };
      g_autofree char *place = NULL;

      fixture_open (&fixture);
      place = zc_place_new (ZC_PLACE_CELL, LEDGER, 1, "name");
      zc_session_go (session_of (&fixture), place);
      page_test_wait (is_at, &first);
      fake_im_start (embeds, TRUE);
      compose ();
      press ("Down");
      press ("Down");
      press ("Up");
      press ("Tab");
      g_assert_true (is_at (&first));
      press ("Return");
      g_assert_true (is_at (&first));
      assert_shown (&fixture, "泥");
      g_assert_cmpstr (stated_cell (&fixture, 0), ==, "泥");

      /* Given up, not the cell's text with it. */
      compose ();
      work_meanwhile (&fixture);
      g_assert_cmpstr (fake_im_held (), ==, "ni");
      press ("Escape");
      assert_shown (&fixture, "泥");

      /* What the input method has no use for is the grid's again. */
      send ("Down");
      page_test_wait (is_at, &second);
      compose ();
      press ("space");
      g_assert_cmpstr (stated_cell (&fixture, 1), ==, "你");
      send ("Return");
      page_test_wait (is_at, &(At) { &fixture, 2 });
      send ("Up");
      page_test_wait (is_at, &second);
      assert_shown (&fixture, "你");
      send ("Escape");
      page_test_spin (0.1);
      g_assert_cmpstr (stated_cell (&fixture, 1), ==, "你");
    }
}

int
main (int argc, char **argv)
{
  int status;

  page_test_init (&argc, &argv);
  fake_im_install ();
  application = window_test_application_new ();
  g_test_add_data_func ("/gui/input-methods/entry", "fact:unit.name", test_text);
  g_test_add_data_func ("/gui/input-methods/prose", NOTE, test_text);
  g_test_add_data_func ("/gui/input-methods/chapter", "text:c1", test_text);
  g_test_add_func ("/gui/input-methods/digits", test_digits);
  g_test_add_data_func ("/gui/input-methods/undo-gives-up", GINT_TO_POINTER (FALSE), test_undo);
  g_test_add_data_func ("/gui/input-methods/undo-keeps", GINT_TO_POINTER (TRUE), test_undo);
  g_test_add_func ("/gui/input-methods/caption", test_caption);
  g_test_add_func ("/gui/input-methods/cell", test_cell);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
