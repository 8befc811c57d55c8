/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection-fixture.h"

#include "inspection/zc-travel.h"

#include <glib/gstdio.h>

/* Undo and redo in parts. */

#define ROWS 200

/* One step that adds many rows. */
static void
add_rows (ZcInspection *inspection)
{
  g_assert_true (zc_inspection_begin (inspection, "rows", NULL));
  for (guint i = 0; i < ROWS; i++)
    {
      guint64 row = zc_inspection_add_row (inspection, "systems", 0, NULL);
      g_autofree char *name = zc_place_new (ZC_PLACE_CELL, "systems", row, "name");
      g_autofree char *level = zc_place_new (ZC_PLACE_CELL, "systems", row, "level");

      fixture_set (inspection, name, "系统");
      fixture_set (inspection, level, i % 2 ? "2" : "3");
    }
  g_assert_true (zc_inspection_commit (inspection, NULL));
}

static guint
count_rows (ZcInspection *inspection)
{
  g_autoptr (GArray) rows = zc_inspection_get_rows (inspection, "systems");

  return rows->len;
}

static void
count_signals (ZcInspection *inspection, const char *place, gpointer data)
{
  ++*(guint *) data;
}

/* What is on disk: another handle sees nothing of what is under way. */
static char *
dump_file (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) reader = zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, &error);

  g_assert_no_error (error);
  return fixture_dump (reader);
}

static void
test_parts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *before = fixture_dump (inspection);
  g_autofree char *full = NULL;
  g_autofree char *undo = NULL;
  guint told = 0;
  guint steps = 0;

  add_rows (inspection);
  full = fixture_dump (inspection);
  g_signal_connect (inspection, "changed", G_CALLBACK (count_signals), &told);
  for (gboolean redo = FALSE; redo <= TRUE; redo++)
    {
      g_autoptr (ZcTravel) travel = zc_travel_new (inspection, redo, NULL);
      g_autofree char *after = NULL;
      guint64 total, done;

      g_assert_nonnull (travel);
      for (steps = 0; (done = zc_travel_get_progress (travel, &total)) < total; steps++)
        {
          g_autofree char *disk = dump_file (fixture);

          g_assert_cmpuint (total, ==, 2 * 3 * ROWS);
          g_assert_cmpuint (done, <=, 50 * steps);
          g_assert_cmpstr (disk, ==, redo ? before : full);
          g_assert_true (zc_travel_step (travel, 50, NULL));
        }
      g_assert_cmpuint (steps, ==, 2 * 3 * ROWS / 50);
      g_assert_cmpuint (told, ==, redo);
      g_assert_true (zc_travel_finish (travel, NULL));
      g_assert_cmpuint (told, ==, redo + 1);
      after = dump_file (fixture);
      g_assert_cmpstr (after, ==, redo ? full : before);
    }
  undo = zc_inspection_undo_name (inspection);
  g_assert_cmpstr (undo, ==, "rows");
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *full = NULL;

  add_rows (inspection);
  full = fixture_dump (inspection);
  for (guint parts = 0; parts < 12; parts += 5)
    {
      g_autoptr (ZcTravel) travel = zc_travel_new (inspection, FALSE, NULL);
      g_autofree char *after = NULL;

      for (guint i = 0; i < parts; i++)
        g_assert_true (zc_travel_step (travel, 100, NULL));
      g_clear_pointer (&travel, zc_travel_free);
      after = fixture_dump (inspection);
      g_assert_cmpstr (after, ==, full);
    }
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_cmpuint (count_rows (inspection), ==, 0);
}

/* Whatever the user does meanwhile comes after it. */
static void
test_edit_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (ZcTravel) travel = NULL;
  g_autoptr (ZcTravel) again = NULL;
  g_autoptr (GError) error = NULL;
  guint64 total;

  add_rows (inspection);
  travel = zc_travel_new (inspection, FALSE, NULL);
  g_assert_true (zc_travel_step (travel, 10, NULL));
  fixture_set (inspection, "fact:x.name", "一");
  g_assert_cmpuint (count_rows (inspection), ==, 0);
  g_assert_cmpuint (zc_travel_get_progress (travel, &total), ==, total);
  g_assert_true (zc_travel_step (travel, 10, NULL));
  g_assert_true (zc_travel_finish (travel, NULL));
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "一");

  /* Undo while undo is under way is two. */
  g_assert_true (zc_inspection_undo (inspection, NULL));
  add_rows (inspection);
  fixture_set (inspection, "fact:x.name", "二");
  g_clear_pointer (&travel, zc_travel_free);
  travel = zc_travel_new (inspection, FALSE, NULL);
  again = zc_travel_new (inspection, FALSE, NULL);
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, NULL);
  g_assert_true (zc_travel_step (again, 10, NULL));
  g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", 0, NULL), !=, 0);
  g_assert_cmpuint (count_rows (inspection), ==, 1);
  g_assert_true (zc_travel_finish (again, NULL));
  g_clear_pointer (&again, zc_travel_free);
  again = zc_travel_new (inspection, TRUE, &error);
  assert_fails (again != NULL, ZC_ERROR_USAGE, error);
}

/* A row that is just being taken away can't be moved, and does not come back empty. */
static void
test_row_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcTravel) travel = NULL;

  add_rows (inspection);
  travel = zc_travel_new (inspection, FALSE, NULL);
  g_assert_true (zc_travel_step (travel, 1, NULL));
  assert_fails (zc_inspection_move_row (inspection, "systems", ROWS, 1, &error), ZC_ERROR_USAGE, error);
  g_assert_cmpuint (count_rows (inspection), ==, 0);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const attacks[] = {
    "UPDATE change SET new = 'a' || char (7) WHERE place = 'cell:systems/150/name'",
    "UPDATE change SET new = '9' WHERE place = 'cell:systems/150/level'",
    "DELETE FROM change WHERE place = 'row:systems/150'",
    "INSERT INTO change VALUES (1, 'no place', NULL, 'x')",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (ZcInspection) inspection = fixture_create (fixture);
      g_autoptr (ZcTravel) travel = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      guint steps = 0;

      add_rows (inspection);
      g_assert_true (zc_inspection_undo (inspection, NULL));
      before = fixture_dump (inspection);
      g_clear_object (&inspection);
      fixture_run_sql (fixture, attacks[i]);
      inspection = fixture_open (fixture);
      travel = zc_travel_new (inspection, TRUE, &error);
      g_assert_no_error (error);
      while (zc_travel_step (travel, 100, &error))
        g_assert_cmpuint (steps++, <, 100);
      fixture_assert_error (error, ZC_ERROR_INVALID);
      after = fixture_dump (inspection);
      g_assert_cmpstr (after, ==, before);
      fixture_set (inspection, "fact:x.name", "二");
      g_clear_pointer (&travel, zc_travel_free);
      g_clear_object (&inspection);
      g_assert_cmpint (g_remove (fixture->path), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_test ("/travel/parts", test_parts);
  fixture_test ("/travel/cancel", test_cancel);
  fixture_test ("/travel/edit-between", test_edit_between);
  fixture_test ("/travel/row-between", test_row_between);
  fixture_test ("/travel/damaged", test_damaged);
  return g_test_run ();
}
