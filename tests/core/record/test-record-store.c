/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-samples.h"

#include <glib/gstdio.h>
#include <string.h>

/* Records of living inspections: following edits, exporting and taking over. */

typedef struct
{
  char *folder;
  ZcScheme *scheme;
  ZcInspection *inspection;
  ZcRecord *record; /* kept up to date by the signal */
} Fixture;

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static ZcInspection *
new_inspection (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  ZcInspection *inspection = zc_inspection_create (path, fixture->scheme, &error);

  g_assert_no_error (error);
  return inspection;
}

static void
on_changed (ZcInspection *inspection, const char *place, gpointer data)
{
  zc_record_update (((Fixture *) data)->record, inspection, place);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("zicha-record-XXXXXX", NULL);
  fixture->scheme = sample_scheme ();
  fixture->inspection = new_inspection (fixture, "a.zicha");
  fixture->record = zc_record_new (fixture->inspection);
  g_signal_connect (fixture->inspection, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->inspection);
  zc_record_unref (fixture->record);
  zc_scheme_unref (fixture->scheme);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
state (ZcInspection *inspection, const char *place, const char *value)
{
  g_autoptr (GError) error = NULL;

  zc_inspection_set (inspection, place, value, &error);
  g_assert_no_error (error);
}

static void
assert_same (ZcRecord *one, ZcRecord *other)
{
  g_autoptr (GBytes) a = zc_record_to_bytes (one);
  g_autoptr (GBytes) b = zc_record_to_bytes (other);
  g_autofree char *place = zc_record_first_difference (one, other);

  g_assert_cmpstr (place, ==, NULL);
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a), g_bytes_get_data (b, NULL),
                   g_bytes_get_size (b));
}

/* The record that was kept up to date says what a new one would. */
static void
assert_up_to_date (Fixture *fixture)
{
  g_autoptr (ZcRecord) fresh = zc_record_new (fixture->inspection);

  assert_same (fixture->record, fresh);
}

static guint64
add_row (Fixture *fixture, const char *ledger, guint64 before)
{
  g_autoptr (GError) error = NULL;
  guint64 row = zc_inspection_add_row (fixture->inspection, ledger, before, &error);

  g_assert_no_error (error);
  return row;
}

static guint64
attach (Fixture *fixture, const char *content, const char *name, const char *item)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr (GError) error = NULL;
  guint64 id = zc_inspection_attach_bytes (fixture->inspection, bytes, name, item, &error);

  g_assert_no_error (error);
  return id;
}

static void
fill (Fixture *fixture)
{
  g_autofree char *place = NULL;

  state (fixture->inspection, "fact:unit.name", "某局 & <某>");
  state (fixture->inspection, "fact:x.about", "第一行\n第二行\t\"引号\"");
  state (fixture->inspection, "fact:x.protect", "av waf");
  state (fixture->inspection, "answer:A01/conformity", "yes");
  state (fixture->inspection, "answer:A02/conformity", "no");
  state (fixture->inspection, "answer:A02/note", "说明");
  for (int i = 0; i < 3; i++)
    {
      guint64 row = add_row (fixture, "systems", 0);
      g_autofree char *name = zc_place_new (ZC_PLACE_CELL, "systems", row, "name");

      state (fixture->inspection, name, "系统");
    }
  state (fixture->inspection, "cell:systems/2/level", "3");
  state (fixture->inspection, "cell:systems/2/cost", "12.50");
  g_assert_true (zc_inspection_move_row (fixture->inspection, "systems", 3, 1, NULL));
  state (fixture->inspection, "text:c1", "共{n.systems}个");
  attach (fixture, "scan", "扫描.pdf", "A01");
  place = zc_place_new (ZC_PLACE_EVIDENCE, NULL, 1, "caption");
  state (fixture->inspection, place, "第1页");
}

static void
test_follow_edits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *level = NULL;

  assert_up_to_date (fixture);
  fill (fixture);
  assert_up_to_date (fixture);
  level = zc_record_get (fixture->record, "fact:n.level3");
  g_assert_cmpstr (level, ==, "1");
  while (zc_inspection_undo (fixture->inspection, NULL))
    assert_up_to_date (fixture);
  while (zc_inspection_redo (fixture->inspection, NULL))
    assert_up_to_date (fixture);
}

/* Any edits in any order: the record follows, and so do the kept results of its expressions. */
static void
random_edit (Fixture *fixture, GRand *rand)
{
  static const char *const places[] = { "fact:unit.name", "fact:x.about", "answer:A01/note",
                                        "answer:B01/reason", "text:c2" };
  static const char *const answers[] = { "yes", "no", "partly", "", "na" };
  static const char *const columns[] = { "name", "phone", "level", "cost", "filed" };
  static const char *const values[] = { "n", "12345", "3", "7.25", "2026-02-03" };
  g_autoptr (GArray) rows = zc_inspection_get_rows (fixture->inspection, "systems");
  guint64 row =
      rows->len > 0 ? g_array_index (rows, guint64, g_rand_int_range (rand, 0, (int) rows->len)) : 0;
  int column = g_rand_int_range (rand, 0, G_N_ELEMENTS (columns));
  g_autofree char *cell = row ? zc_place_new (ZC_PLACE_CELL, "systems", row, columns[column]) : NULL;

  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
      state (fixture->inspection, places[g_rand_int_range (rand, 0, G_N_ELEMENTS (places))],
             g_rand_boolean (rand) ? "文字" : "");
      break;
    case 1:
      state (fixture->inspection, "answer:A02/conformity", answers[g_rand_int_range (rand, 0, 4)]);
      break;
    case 2:
      state (fixture->inspection, "answer:B01/conformity",
             answers[g_rand_int_range (rand, 0, G_N_ELEMENTS (answers))]);
      break;
    case 3:
      add_row (fixture, "systems", row);
      break;
    case 4:
      if (row && rows->len > 3)
        zc_inspection_remove_row (fixture->inspection, "systems", row, NULL);
      break;
    case 5:
      if (row)
        zc_inspection_move_row (fixture->inspection, "systems", row, g_array_index (rows, guint64, 0), NULL);
      break;
    case 6:
      if (g_rand_boolean (rand))
        zc_inspection_undo (fixture->inspection, NULL);
      else
        zc_inspection_redo (fixture->inspection, NULL);
      break;
    default:
      if (cell)
        state (fixture->inspection, cell, g_rand_int_range (rand, 0, 4) ? values[column] : "");
    }
}

static void
test_follow_random_edits (Fixture *fixture, gconstpointer data)
{
  static const char *const expressions[] = {
    "count(rows('systems')[cell('level') = '3'])",
    "count(rows('systems')[cell('level') = '3' and cell('filed') != ''])",
    "total('systems', 'cost')",
    "count(rows('systems')[cellnum('cost') > num('x.graded')])",
    "count(rows('systems')[not(has('x.protect', 'av'))][cell('name') = 'n'])",
    "count(findings()[@item = 'A02'])",
    "count(//cell)",
    "count(rows('systems')[position() = 1]/cell)",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 300; i++)
    {
      g_autoptr (ZcRecord) fresh = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      random_edit (fixture, rand);
      fresh = zc_record_new (fixture->inspection);
      assert_same (fixture->record, fresh);
      for (gsize j = 0; j < G_N_ELEMENTS (expressions); j++)
        g_assert_cmpfloat (zc_record_eval_number (fixture->record, expressions[j], NULL), ==,
                           zc_record_eval_number (fresh, expressions[j], NULL));
      rows = zc_record_rows (fixture->record, "systems");
      for (guint j = 0; j < rows->len; j++)
        {
          g_autofree char *level = zc_record_eval_string (fixture->record, "cell('level')", rows->pdata[j]);

          g_assert_true (zc_record_eval_boolean (fixture->record, "cell('level') = '3'", rows->pdata[j]) ==
                         (g_strcmp0 (level, "3") == 0));
        }
    }
}

static void
many_edits (Fixture *fixture, GRand *rand)
{
  g_assert_true (zc_inspection_begin (fixture->inspection, "many", NULL));
  for (int i = 0; i < 150; i++)
    random_edit (fixture, rand);
  g_assert_true (zc_inspection_commit (fixture->inspection, NULL));
}

/* Told of all at once. */
static void
test_follow_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int i = 0; i < 12; i++)
    {
      many_edits (fixture, rand);
      assert_up_to_date (fixture);
      random_edit (fixture, rand);
      assert_up_to_date (fixture);
    }
  while (zc_inspection_undo (fixture->inspection, NULL))
    assert_up_to_date (fixture);
  while (zc_inspection_redo (fixture->inspection, NULL))
    assert_up_to_date (fixture);
}

static void
keep_told (ZcInspection *inspection, const char *place, gpointer data)
{
  GPtrArray **told = data;

  if (!place)
    *told = g_ptr_array_ref (zc_inspection_get_told (inspection));
}

static void
follow_singly (ZcInspection *inspection, const char *place, gpointer data)
{
  if (place)
    zc_record_update (((Fixture *) data)->record, inspection, place);
}

/* In parts, with edits in between that are told before. */
static void
test_follow_in_parts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);

  g_signal_handlers_disconnect_by_func (fixture->inspection, on_changed, fixture);
  g_signal_connect (fixture->inspection, "changed", G_CALLBACK (follow_singly), fixture);
  for (int i = 0; i < 12; i++)
    {
      g_autoptr (GPtrArray) told = NULL;
      gulong handler = g_signal_connect (fixture->inspection, "changed", G_CALLBACK (keep_told), &told);
      guint at = 0;

      many_edits (fixture, rand);
      g_signal_handler_disconnect (fixture->inspection, handler);
      g_assert_nonnull (told);
      while ((at = zc_record_update_some (fixture->record, fixture->inspection, told, at, 7)) < told->len)
        {
          state (fixture->inspection, "fact:unit.name", at % 2 ? "单" : "双");
          if (at % 5 == 0)
            add_row (fixture, "systems", 0);
        }
      assert_up_to_date (fixture);
    }
}

static void
test_sealed_revision (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (ZcRecord) sealed = NULL;
  g_autoptr (ZcRecord) next = NULL;
  g_autoptr (ZcRecord) read = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  before = zc_record_to_bytes (fixture->record);
  g_assert_true (zc_inspection_seal (fixture->inspection, before, &error));
  sealed = zc_record_new (fixture->inspection);
  after = zc_record_to_bytes (sealed);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpuint (zc_record_get_revision (sealed), ==, 1);
  read = zc_record_parse (after, fixture->scheme, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (zc_inspection_unseal (fixture->inspection, "补正", &error));
  next = zc_record_new (fixture->inspection);
  g_assert_cmpuint (zc_record_get_revision (next), ==, 2);
}

/* Taking over */

static void
import_ok (ZcRecord *record, ZcInspection *inspection, const char *folder, gboolean allow_missing)
{
  g_autoptr (GError) error = NULL;

  zc_record_import (record, inspection, folder, allow_missing, NULL, &error);
  g_assert_no_error (error);
}

static void
test_import_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) other = new_inspection (fixture, "b.zicha");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ZcRecord) read = NULL;
  g_autoptr (ZcRecord) again = NULL;
  g_autofree char *scan = g_build_filename (fixture->folder, "sub", "renamed", NULL);
  g_autofree char *sub = g_path_get_dirname (scan);
  g_autoptr (GError) error = NULL;

  fill (fixture);
  zc_inspection_remove_row (fixture->inspection, "systems", 1, NULL);
  bytes = zc_record_to_bytes (fixture->record);
  read = zc_record_parse (bytes, fixture->scheme, TRUE, &error);
  g_assert_no_error (error);
  g_mkdir (sub, 0700);
  g_assert_true (g_file_set_contents (scan, "scan", 4, NULL));
  import_ok (read, other, fixture->folder, FALSE);
  again = zc_record_new (other);
  assert_same (fixture->record, again);
  g_assert_true (zc_inspection_check_evidence (other, 1, NULL, &error));

  /* One step, and numbers that were given are not given again. */
  g_assert_cmpuint (zc_inspection_add_row (other, "systems", 0, NULL), >, 3);
  g_assert_true (zc_inspection_undo (other, NULL));
  g_assert_true (zc_inspection_undo (other, NULL));
  g_assert_null (zc_inspection_undo_name (other));
  g_assert_null (zc_inspection_get (other, "fact:unit.name"));
}

static void
test_import_random (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int i = 0; i < 25; i++)
    {
      g_autoptr (GBytes) loose = sample_random (fixture->scheme, rand);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcRecord) read = zc_record_parse (loose, fixture->scheme, FALSE, &error);
      g_autoptr (ZcRecord) again = NULL;

      g_assert_no_error (error);
      import_ok (read, fixture->inspection, NULL, TRUE);
      again = zc_record_new (fixture->inspection);
      assert_same (read, again);
      assert_same (read, fixture->record);
    }
}

static void
assert_import_fails (Fixture *fixture, ZcRecord *record, const char *folder, int code, const char *says)
{
  g_autoptr (GBytes) before = zc_record_to_bytes (fixture->record);
  g_autoptr (ZcRecord) fresh = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (zc_record_import (record, fixture->inspection, folder, FALSE, NULL, &error));
  g_assert_error (error, ZC_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, says));
  fresh = zc_record_new (fixture->inspection);
  after = zc_record_to_bytes (fresh);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_import_missing_evidence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcRecord) record =
      sample_record (fixture->scheme, "<fact id='x.graded'>1</fact>", "", "", "", "",
                     SAMPLE_FILE ("5", "<item id='A01'/>") SAMPLE_FILE ("6", ""));
  g_autofree char *wrong = g_build_filename (fixture->folder, "文件5.pdf", NULL);

  fill (fixture);
  assert_import_fails (fixture, record, NULL, ZC_ERROR_MISMATCH, "文件5.pdf");
  /* A file of the right name and size, but not those bytes. */
  g_assert_true (g_file_set_contents (wrong, "twelve bytes", 12, NULL));
  assert_import_fails (fixture, record, fixture->folder, ZC_ERROR_MISMATCH, "文件6.pdf");
}

/* The inspection's own checks have the last word, and the message says where. */
static void
test_import_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcRecord) record =
      sample_record (fixture->scheme, "", "<answer item='A02' conformity='na'/>", "", "", "", "");

  fill (fixture);
  assert_import_fails (fixture, record, NULL, ZC_ERROR_USAGE, "answer:A02/conformity");
}

static void
test_import_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcRecord) record =
      sample_record (fixture->scheme, "", "", "<ledger id='systems'><row id='1'/></ledger>", "", "", "");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ZcProgress progress = { NULL, NULL, cancellable };
  g_autoptr (GError) error = NULL;

  fill (fixture);
  g_cancellable_cancel (cancellable);
  g_assert_false (zc_record_import (record, fixture->inspection, NULL, FALSE, &progress, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_CANCELLED);
  assert_up_to_date (fixture);
}

static void
test_import_sealed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcRecord) record =
      sample_record (fixture->scheme, "<fact id='x.graded'>1</fact>", "", "", "", "", "");
  g_autoptr (GBytes) bytes = zc_record_to_bytes (fixture->record);

  g_assert_true (zc_inspection_seal (fixture->inspection, bytes, NULL));
  assert_import_fails (fixture, record, NULL, ZC_ERROR_READ_ONLY, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/record/follow/edits", test_follow_edits);
  ADD ("/record/follow/random-edits", test_follow_random_edits);
  ADD ("/record/follow/many", test_follow_many);
  ADD ("/record/follow/in-parts", test_follow_in_parts);
  ADD ("/record/sealed/revision", test_sealed_revision);
  ADD ("/record/import/round-trip", test_import_round_trip);
  ADD ("/record/import/random", test_import_random);
  ADD ("/record/import/missing-evidence", test_import_missing_evidence);
  ADD ("/record/import/refused", test_import_refused);
  ADD ("/record/import/cancelled", test_import_cancelled);
  ADD ("/record/import/sealed", test_import_sealed);
#undef ADD
  return g_test_run ();
}
