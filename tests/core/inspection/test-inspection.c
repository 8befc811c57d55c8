/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection-fixture.h"

#include <string.h>

static void
test_states_survive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *id = g_strdup (zc_inspection_get_meta (inspection, "id"));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_set (inspection, "fact:x.name", "  示例单位 ");
  fixture_set (inspection, "fact:x.staff", "１,２００");
  fixture_set (inspection, "fact:x.date", "2016年7月8日");
  fixture_set (inspection, "fact:x.protect", "入侵检测、防火墙");
  fixture_set (inspection, "answer:A01/note", "第一行\r\n第二行");
  fixture_set (inspection, "text:c1", "我们做了。");
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "示例单位");
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.staff"), ==, "1200");
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.date"), ==, "2016-07-08");
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.protect"), ==, "waf ids");
  g_assert_cmpstr (zc_inspection_get (inspection, "answer:A01/note"), ==, "第一行\n第二行");
  before = fixture_dump (inspection);

  g_clear_object (&inspection);
  inspection = fixture_open (fixture);
  after = fixture_dump (inspection);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (zc_inspection_get_meta (inspection, "id"), ==, id);
  g_assert_cmpuint (strlen (id), ==, 32);
  g_assert_cmpstr (zc_inspection_get_meta (inspection, "created"), ==, "2016-07-01T09:00:00+08:00");
  g_assert_cmpstr (zc_inspection_get_scheme (inspection)->id, ==, "fixture");
}

static void
test_refused_values (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *place, *value;
    ZcErrorCode code;
  } cases[] = {
    { "fact:nowhere", "1", ZC_ERROR_USAGE },
    { "fact", "1", ZC_ERROR_USAGE },
    { "fact:x.staff", "many", ZC_ERROR_USAGE },
    { "fact:x.staff", "-1", ZC_ERROR_USAGE },
    { "fact:x.date", "2016-02-30", ZC_ERROR_USAGE },
    { "fact:x.protect", "nothing waf", ZC_ERROR_USAGE },
    { "fact:n.systems", "3", ZC_ERROR_USAGE },
    { "fact:x.name", "a\001b", ZC_ERROR_INVALID },
    { "fact:x.name", "\xff", ZC_ERROR_INVALID },
    { "ledger:systems", "x", ZC_ERROR_USAGE },
    { "item:A01", "x", ZC_ERROR_USAGE },
    { "cell:systems/1/name", "x", ZC_ERROR_USAGE },
    { "row:nowhere/1", "1", ZC_ERROR_USAGE },
    { "row:systems/1", "first", ZC_ERROR_USAGE },
    { "finding:1/problem", "x", ZC_ERROR_USAGE },
    { "finding:1/item", "A99", ZC_ERROR_USAGE },
    { "finding:1/nothing", "x", ZC_ERROR_USAGE },
    { "answer:A99/note", "x", ZC_ERROR_USAGE },
    { "answer:A01/nothing", "x", ZC_ERROR_USAGE },
    { "answer:A01/conformity", "maybe", ZC_ERROR_USAGE },
    { "answer:A02/conformity", "na", ZC_ERROR_USAGE },
    { "answer:A03/conformity", "yes", ZC_ERROR_USAGE },
    { "text:c9", "x", ZC_ERROR_USAGE },
    { "link:A01/1", "1", ZC_ERROR_USAGE },
    { "evidence:1/caption", "x", ZC_ERROR_USAGE },
    { "meta:id", "x", ZC_ERROR_USAGE },
    { "previous:fact:x.name", "x", ZC_ERROR_USAGE },
  };
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *undo = NULL;
  g_autofree char *dump = NULL;
  guint64 version = zc_inspection_data_version (inspection);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].place);
      assert_fails (zc_inspection_set (inspection, cases[i].place, cases[i].value, &error), cases[i].code,
                    error);
    }
  dump = fixture_dump (inspection);
  g_assert_cmpstr (dump, ==, "");
  undo = zc_inspection_undo_name (inspection);
  g_assert_null (undo);
  g_assert_cmpuint (zc_inspection_data_version (inspection), ==, version);
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *text = g_strnfill (256 * 1024 + 1, 'x');
  g_autoptr (GError) error = NULL;

  assert_fails (zc_inspection_set (inspection, "fact:x.story", text, &error), ZC_ERROR_LIMIT, error);
  text[256 * 1024] = 0;
  fixture_set (inspection, "fact:x.story", text);
  g_clear_object (&inspection);
  inspection = fixture_open (fixture);
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.story"), ==, text);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *dump = NULL;
  guint64 first = zc_inspection_add_row (inspection, "systems", 0, NULL);
  guint64 second = zc_inspection_add_row (inspection, "systems", first, NULL);

  g_assert_cmpuint (first, ==, 1);
  g_assert_cmpuint (second, ==, 2);
  fixture_set (inspection, "text:c1", "t");
  fixture_set (inspection, "finding:7/item", "A04");
  fixture_set (inspection, "finding:9/item", "A01");
  fixture_set (inspection, "finding:7/problem", "p");
  fixture_set (inspection, "cell:systems/1/note", "n");
  fixture_set (inspection, "cell:systems/1/name", "a");
  fixture_set (inspection, "cell:systems/2/name", "b");
  fixture_set (inspection, "answer:A04/note", "n");
  fixture_set (inspection, "answer:A01/note", "n");
  fixture_set (inspection, "answer:A01/conformity", "yes");
  fixture_set (inspection, "fact:x.staff", "1");
  fixture_set (inspection, "fact:x.name", "u");
  dump = fixture_dump (inspection);
  g_assert_cmpstr (
      dump, ==,
      "fact:x.name=u\nfact:x.staff=1\nanswer:A01/conformity=yes\nanswer:A01/note=n\nanswer:A04/note=n\n"
      "row:systems/2=512\ncell:systems/2/name=b\nrow:systems/1=1024\ncell:systems/1/name=a\ncell:systems/1/"
      "note=n\n"
      "finding:9/item=A01\nfinding:7/item=A04\nfinding:7/problem=p\ntext:c1=t\n");
}

/* Rows */

static void
assert_rows (ZcInspection *inspection, const char *expected)
{
  g_autoptr (GArray) rows = zc_inspection_get_rows (inspection, "systems");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i ? " " : "", g_array_index (rows, guint64, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 4; i++)
    g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", 0, NULL), !=, 0);
  g_assert_true (zc_inspection_move_row (inspection, "systems", 4, 1, NULL));
  assert_rows (inspection, "4 1 2 3");
  g_assert_true (zc_inspection_move_row (inspection, "systems", 1, 0, NULL));
  assert_rows (inspection, "4 2 3 1");
  fixture_set (inspection, "cell:systems/2/name", "档案系统");
  g_assert_true (zc_inspection_remove_row (inspection, "systems", 2, NULL));
  assert_rows (inspection, "4 3 1");
  g_assert_null (zc_inspection_get (inspection, "cell:systems/2/name"));
  g_assert_true (zc_inspection_undo (inspection, NULL));
  assert_rows (inspection, "4 2 3 1");
  g_assert_cmpstr (zc_inspection_get (inspection, "cell:systems/2/name"), ==, "档案系统");

  g_assert_true (zc_inspection_remove_row (inspection, "systems", 4, NULL));
  g_clear_object (&inspection);
  inspection = fixture_open (fixture);
  assert_rows (inspection, "2 3 1");
  /* A number is never given again. */
  g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", 0, NULL), ==, 5);

  assert_fails (zc_inspection_remove_row (inspection, "systems", 4, &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_move_row (inspection, "systems", 2, 99, &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_add_row (inspection, "nowhere", 0, &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_add_row (inspection, "systems", 99, &error), ZC_ERROR_USAGE, error);
}

/* Inserting at the same spot uses the keys up; then all rows get new ones, and keep their order. */
static void
test_many_insertions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  guint64 last = zc_inspection_add_row (inspection, "systems", 0, NULL);
  g_autoptr (GArray) rows = NULL;

  for (int i = 0; i < 40; i++)
    g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", last, NULL), !=, 0);
  rows = zc_inspection_get_rows (inspection, "systems");
  g_assert_cmpuint (rows->len, ==, 41);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpuint (g_array_index (rows, guint64, i), ==, i + 2);
  g_assert_cmpuint (g_array_index (rows, guint64, 40), ==, last);
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (zc_inspection_begin (inspection, "导入", NULL));
  g_assert_true (zc_inspection_restore_row (inspection, "systems", 7, NULL));
  g_assert_true (zc_inspection_restore_row (inspection, "systems", 3, NULL));
  assert_fails (zc_inspection_restore_row (inspection, "systems", 7, &error), ZC_ERROR_USAGE, error);
  g_assert_true (zc_inspection_restore_finding (inspection, 5, "A04", NULL));
  assert_fails (zc_inspection_restore_finding (inspection, 5, "A01", &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_restore_finding (inspection, 6, "A99", &error), ZC_ERROR_USAGE, error);
  g_assert_true (zc_inspection_set_meta (inspection, "nonce", "00112233445566778899aabbccddeeff", NULL));
  assert_fails (zc_inspection_set_meta (inspection, "nonce", "short", &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_set_meta (inspection, "scheme", "x", &error), ZC_ERROR_USAGE, error);
  g_assert_true (zc_inspection_set_meta (inspection, "revision", "4", NULL));
  g_assert_true (zc_inspection_commit (inspection, NULL));
  assert_rows (inspection, "7 3");
  g_assert_cmpuint (zc_inspection_next_revision (inspection), ==, 4);
  g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", 0, NULL), ==, 8);
  g_assert_cmpuint (zc_inspection_add_finding (inspection, "A01", NULL), ==, 6);
  g_assert_true (zc_inspection_clear (inspection, NULL));
  assert_rows (inspection, "");
  g_assert_cmpstr (zc_inspection_get_meta (inspection, "nonce"), ==, "00112233445566778899aabbccddeeff");
  g_assert_true (zc_inspection_undo (inspection, NULL));
  assert_rows (inspection, "7 3 8");
}

/* Findings */

static void
test_finding_opens (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *undo = NULL;
  guint64 finding;

  fixture_set (inspection, "answer:A02/conformity", "部分符合");
  finding = zc_inspection_find_finding (inspection, "A02");
  g_assert_cmpuint (finding, ==, 1);
  g_assert_cmpstr (zc_inspection_get (inspection, "finding:1/item"), ==, "A02");
  g_assert_cmpstr (zc_inspection_get (inspection, "finding:1/state"), ==, "open");
  g_assert_null (zc_inspection_get (inspection, "finding:1/problem"));
  undo = zc_inspection_undo_name (inspection);
  g_assert_nonnull (strstr (undo, "A02"));

  /* one step: the answer and its finding */
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_cmpuint (zc_inspection_find_finding (inspection, "A02"), ==, 0);
  g_assert_null (zc_inspection_get (inspection, "answer:A02/conformity"));
  g_assert_true (zc_inspection_redo (inspection, NULL));
  g_assert_cmpuint (zc_inspection_find_finding (inspection, "A02"), ==, 1);

  /* a slip of the mouse leaves no empty finding, work does */
  fixture_pass_time (60);
  fixture_set (inspection, "answer:A02/conformity", "yes");
  g_assert_cmpuint (zc_inspection_find_finding (inspection, "A02"), ==, 0);
  fixture_set (inspection, "answer:A02/conformity", "no");
  finding = zc_inspection_find_finding (inspection, "A02");
  g_assert_cmpuint (finding, ==, 2);
  fixture_set (inspection, "finding:2/measure", "立即整改");
  fixture_set (inspection, "answer:A02/conformity", "partly");
  fixture_set (inspection, "answer:A02/conformity", "yes");
  g_assert_cmpuint (zc_inspection_find_finding (inspection, "A02"), ==, 2);
}

static void
test_findings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (zc_inspection_add_finding (inspection, "A04", NULL), ==, 1);
  g_assert_cmpuint (zc_inspection_add_finding (inspection, "A01", NULL), ==, 2);
  g_assert_cmpuint (zc_inspection_add_finding (inspection, "A01", NULL), ==, 3);
  findings = zc_inspection_get_findings (inspection);
  g_assert_cmpuint (findings->len, ==, 3);
  g_assert_cmpuint (g_array_index (findings, guint64, 0), ==, 2);
  g_assert_cmpuint (g_array_index (findings, guint64, 2), ==, 1);
  fixture_set (inspection, "finding:2/due", "2016/7/8");
  fixture_set (inspection, "finding:2/severity", "高");
  g_assert_cmpstr (zc_inspection_get (inspection, "finding:2/severity"), ==, "high");
  g_assert_true (zc_inspection_remove_finding (inspection, 2, NULL));
  g_assert_null (zc_inspection_get (inspection, "finding:2/due"));
  fixture_set (inspection, "finding:3/item", NULL);
  g_assert_cmpuint (zc_inspection_find_finding (inspection, "A01"), ==, 0);
  assert_fails (zc_inspection_remove_finding (inspection, 2, &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_add_finding (inspection, "A99", &error), ZC_ERROR_USAGE, error);
}

/* Groups */

static void
test_group (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *name = NULL;

  fixture_set (inspection, "fact:x.name", "一");
  g_assert_true (zc_inspection_begin (inspection, "外面", NULL));
  fixture_set (inspection, "fact:x.name", "二");
  g_assert_true (zc_inspection_begin (inspection, "里面", NULL));
  fixture_set (inspection, "fact:x.staff", "5");
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.staff"), ==, "5");
  g_assert_true (zc_inspection_commit (inspection, NULL));
  g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", 0, NULL), ==, 1);
  g_assert_true (zc_inspection_commit (inspection, NULL));
  name = zc_inspection_undo_name (inspection);
  g_assert_cmpstr (name, ==, "外面");
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "一");
  g_assert_null (zc_inspection_get (inspection, "fact:x.staff"));
  assert_rows (inspection, "");
}

static void
test_group_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;

  fixture_set (inspection, "fact:x.name", "一");
  g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", 0, NULL), ==, 1);
  before = fixture_dump (inspection);
  g_assert_true (zc_inspection_begin (inspection, "外面", NULL));
  g_assert_true (zc_inspection_begin (inspection, "里面", NULL));
  fixture_set (inspection, "fact:x.name", "二");
  fixture_set (inspection, "answer:A01/conformity", "no");
  g_assert_true (zc_inspection_remove_row (inspection, "systems", 1, NULL));
  zc_inspection_rollback (inspection);
  assert_fails (zc_inspection_commit (inspection, &error), ZC_ERROR_USAGE, error);
  after = fixture_dump (inspection);
  g_assert_cmpstr (after, ==, before);
  g_clear_object (&inspection);
  inspection = fixture_open (fixture);
  again = fixture_dump (inspection);
  g_assert_cmpstr (again, ==, before);
}

static void
test_group_without_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *name = NULL;

  g_assert_true (zc_inspection_begin (inspection, "空", NULL));
  fixture_set (inspection, "fact:x.name", "一");
  fixture_set (inspection, "fact:x.name", NULL);
  g_assert_true (zc_inspection_commit (inspection, NULL));
  name = zc_inspection_undo_name (inspection);
  g_assert_null (name);
}

/* History */

static void
test_typing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GPtrArray) history = NULL;

  fixture_set (inspection, "fact:x.name", "示");
  fixture_pass_time (3);
  fixture_set (inspection, "fact:x.name", "示例");
  fixture_pass_time (3);
  fixture_set (inspection, "fact:x.name", "示例单位");
  fixture_pass_time (6);
  fixture_set (inspection, "fact:x.name", "示例单位二");
  fixture_set (inspection, "fact:x.staff", "1");
  fixture_set (inspection, "fact:x.name", "示例单位三");
  history = zc_inspection_history (inspection, 10);
  g_assert_cmpuint (history->len, ==, 4);

  for (int i = 0; i < 3; i++)
    g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "示例单位");
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_null (zc_inspection_get (inspection, "fact:x.name"));

  /* typed and deleted again: nothing happened, but what was undone can't be redone any more */
  fixture_set (inspection, "fact:x.name", "错");
  fixture_set (inspection, "fact:x.name", "");
  g_clear_pointer (&history, g_ptr_array_unref);
  history = zc_inspection_history (inspection, 10);
  g_assert_cmpuint (history->len, ==, 0);
}

static void
test_history_survives (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;
  g_autoptr (GError) error = NULL;

  fixture_set (inspection, "answer:A01/note", "一");
  fixture_set (inspection, "fact:x.staff", "2");
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_clear_object (&inspection);

  inspection = fixture_open (fixture);
  undo = zc_inspection_undo_name (inspection);
  redo = zc_inspection_redo_name (inspection);
  g_assert_nonnull (strstr (undo, "说明"));
  g_assert_nonnull (strstr (undo, "A01"));
  g_assert_nonnull (strstr (redo, "人数"));
  history = zc_inspection_history (inspection, 1);
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_true (((ZcStep *) history->pdata[0])->undone);
  g_assert_cmpstr (((ZcStep *) history->pdata[0])->time, ==, "2016-07-01T09:00:00+08:00");
  g_assert_true (zc_inspection_redo (inspection, NULL));
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.staff"), ==, "2");
  assert_fails (zc_inspection_redo (inspection, &error), ZC_ERROR_USAGE, error);
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_true (zc_inspection_undo (inspection, NULL));
  assert_fails (zc_inspection_undo (inspection, &error), ZC_ERROR_USAGE, error);
}

/* Random edits, undone and redone, against a list of all that was ever seen. */
static void
random_edit (ZcInspection *inspection)
{
  static const char *const facts[] = { "fact:x.name", "fact:x.story", "answer:A01/note", "text:c1" };
  static const char *const answers[] = { "yes", "partly", "no", NULL };
  g_autoptr (GArray) rows = zc_inspection_get_rows (inspection, "systems");
  guint64 row = rows->len ? g_array_index (rows, guint64, g_test_rand_int_range (0, (gint32) rows->len)) : 0;
  g_autofree char *value = g_strdup_printf ("%d", g_test_rand_int_range (0, 4));
  g_autofree char *cell = g_strdup_printf ("cell:systems/%" G_GUINT64_FORMAT "/name", row);

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      fixture_set (inspection, "answer:A02/conformity", answers[g_test_rand_int_range (0, 4)]);
      break;
    case 1:
      g_assert_cmpuint (zc_inspection_add_row (inspection, "systems", row, NULL), !=, 0);
      break;
    case 2:
      g_assert_true (row == 0 || zc_inspection_remove_row (inspection, "systems", row, NULL));
      break;
    case 3:
      g_assert_true (row == 0 || zc_inspection_move_row (inspection, "systems", row, 0, NULL));
      break;
    case 4:
      if (row)
        fixture_set (inspection, cell, value);
      break;
    default:
      fixture_set (inspection, facts[g_test_rand_int_range (0, 4)], value);
    }
}

static void
check_dump (ZcInspection *inspection, GPtrArray *seen, guint at)
{
  g_autofree char *dump = fixture_dump (inspection);

  g_assert_cmpstr (dump, ==, seen->pdata[at]);
}

static void
random_step (ZcInspection *inspection, GPtrArray *seen, guint *at)
{
  int dice = g_test_rand_int_range (0, 10);
  g_autofree char *dump = NULL;

  if (dice < 3)
    {
      g_assert_cmpint (zc_inspection_undo (inspection, NULL), ==, *at > 0);
      *at -= *at > 0;
      return;
    }
  if (dice < 5)
    {
      g_assert_cmpint (zc_inspection_redo (inspection, NULL), ==, *at + 1 < seen->len);
      *at += *at + 1 < seen->len;
      return;
    }
  fixture_pass_time (10);
  random_edit (inspection);
  dump = fixture_dump (inspection);
  if (strcmp (dump, seen->pdata[*at]) == 0)
    return;
  g_ptr_array_set_size (seen, (int) ++*at);
  g_ptr_array_add (seen, g_steal_pointer (&dump));
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  guint at = 0;

  g_ptr_array_add (seen, fixture_dump (inspection));
  for (int i = 0; i < 600; i++)
    {
      random_step (inspection, seen, &at);
      check_dump (inspection, seen, at);
      if (i % 50 == 49)
        {
          g_clear_object (&inspection);
          inspection = fixture_open (fixture);
          check_dump (inspection, seen, at);
        }
    }
}

/* Signals */

static void
on_changed (ZcInspection *inspection, const char *place, gpointer data)
{
  g_string_append_printf (data, "%s ", place ? place : "*");
}

static void
test_signals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (inspection, "changed", G_CALLBACK (on_changed), told);
  fixture_set (inspection, "fact:x.name", "一");
  g_assert_cmpstr (told->str, ==, "fact:x.name ");
  g_string_truncate (told, 0);
  fixture_set (inspection, "fact:x.name", "一");
  g_assert_cmpstr (told->str, ==, "");
  g_assert_true (zc_inspection_begin (inspection, "多", NULL));
  fixture_set (inspection, "fact:x.staff", "1");
  fixture_set (inspection, "fact:x.staff", "2");
  g_assert_cmpstr (told->str, ==, "");
  g_assert_true (zc_inspection_commit (inspection, NULL));
  g_assert_cmpstr (told->str, ==, "fact:x.staff ");
  g_string_truncate (told, 0);
  g_assert_true (zc_inspection_begin (inspection, "很多", NULL));
  for (int i = 0; i < 200; i++)
    zc_inspection_add_row (inspection, "systems", 0, NULL);
  g_assert_true (zc_inspection_commit (inspection, NULL));
  g_assert_cmpstr (told->str, ==, "* ");
}

/* The scheme */

static void
test_set_scheme (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (ZcScheme) newer = fixture_scheme (2);
  g_autoptr (GError) error = NULL;

  fixture_set (inspection, "text:c2", "有问题。");
  assert_fails (zc_inspection_set_scheme (inspection, newer, &error), ZC_ERROR_USAGE, error);
  fixture_set (inspection, "text:c2", NULL);
  fixture_pass_time (60);
  assert_fails (zc_inspection_set (inspection, "fact:x.more", "补充", &error), ZC_ERROR_USAGE, error);
  g_assert_true (zc_inspection_set_scheme (inspection, newer, &error));
  fixture_set (inspection, "fact:x.more", "补充");
  g_clear_object (&inspection);

  inspection = fixture_open (fixture);
  g_assert_cmpstr (zc_inspection_get_scheme (inspection)->version, ==, "2");
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.more"), ==, "补充");
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_cmpstr (zc_inspection_get_scheme (inspection)->version, ==, "1");
  fixture_set (inspection, "text:c2", "有问题。");
}

/* States */

static void
test_seal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GBytes) record = g_bytes_new_static ("<record/>", 9);
  g_autoptr (ZcSealing) sealing = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;

  fixture_set (inspection, "fact:x.name", "一");
  assert_fails (zc_inspection_log (inspection, "packed", "x.zcp", &error), ZC_ERROR_USAGE, error);
  g_assert_true (zc_inspection_set_checked (inspection, NULL));
  g_assert_cmpint (zc_inspection_get_state (inspection), ==, ZC_STATE_CHECKED);
  fixture_set (inspection, "fact:x.name", "二");
  g_assert_cmpint (zc_inspection_get_state (inspection), ==, ZC_STATE_DRAFT);
  g_assert_cmpuint (zc_inspection_next_revision (inspection), ==, 1);
  g_assert_true (zc_inspection_seal (inspection, record, &error));
  g_assert_no_error (error);
  g_assert_cmpint (zc_inspection_get_state (inspection), ==, ZC_STATE_SEALED);

  assert_fails (zc_inspection_set (inspection, "fact:x.name", "三", &error), ZC_ERROR_READ_ONLY, error);
  assert_fails (zc_inspection_undo (inspection, &error), ZC_ERROR_READ_ONLY, error);
  assert_fails (zc_inspection_add_row (inspection, "systems", 0, &error), ZC_ERROR_READ_ONLY, error);
  assert_fails (zc_inspection_begin (inspection, "x", &error), ZC_ERROR_READ_ONLY, error);
  assert_fails (zc_inspection_seal (inspection, record, &error), ZC_ERROR_READ_ONLY, error);
  assert_fails (zc_inspection_set_checked (inspection, &error), ZC_ERROR_READ_ONLY, error);
  assert_fails (zc_inspection_attach_bytes (inspection, record, "x", "A01", &error), ZC_ERROR_READ_ONLY,
                error);

  g_assert_true (zc_inspection_log (inspection, "packed", "x.zcp", NULL));
  g_assert_cmpint (zc_inspection_get_state (inspection), ==, ZC_STATE_PACKED);
  g_assert_true (zc_inspection_log (inspection, "burned", "光驱", NULL));
  g_assert_true (zc_inspection_log (inspection, "packed", "y.zcp", NULL));
  g_clear_object (&inspection);

  inspection = fixture_open (fixture);
  g_assert_cmpint (zc_inspection_get_state (inspection), ==, ZC_STATE_BURNED);
  assert_fails (zc_inspection_unseal (inspection, " \n", &error), ZC_ERROR_USAGE, error);
  g_assert_true (zc_inspection_unseal (inspection, "人数填错", NULL));
  g_assert_cmpint (zc_inspection_get_state (inspection), ==, ZC_STATE_DRAFT);
  g_assert_null (zc_inspection_get_sealing (inspection, 0));
  g_assert_cmpuint (zc_inspection_next_revision (inspection), ==, 2);
  sealing = zc_inspection_get_sealing (inspection, 1);
  g_assert_cmpstr (sealing->reason, ==, "人数填错");
  g_assert_true (g_bytes_equal (sealing->record, record));
  fixture_set (inspection, "fact:x.name", "三");
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "二");
  log = zc_inspection_get_log (inspection);
  g_assert_cmpuint (log->len, ==, 3);
  g_assert_cmpstr (((ZcHandInEvent *) log->pdata[1])->detail, ==, "光驱");
  g_assert_true (zc_inspection_seal (inspection, record, NULL));
  g_assert_cmpint (zc_inspection_get_state (inspection), ==, ZC_STATE_SEALED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_test ("/inspection/statements/survive", test_states_survive);
  fixture_test ("/inspection/statements/refused", test_refused_values);
  fixture_test ("/inspection/statements/too-long", test_too_long);
  fixture_test ("/inspection/statements/order", test_order);
  fixture_test ("/inspection/rows/order", test_rows);
  fixture_test ("/inspection/rows/many-insertions", test_many_insertions);
  fixture_test ("/inspection/import/numbers", test_restore);
  fixture_test ("/inspection/findings/open", test_finding_opens);
  fixture_test ("/inspection/findings/edit", test_findings);
  fixture_test ("/inspection/group/one-step", test_group);
  fixture_test ("/inspection/group/taken-back", test_group_taken_back);
  fixture_test ("/inspection/group/empty", test_group_without_change);
  fixture_test ("/inspection/history/typing", test_typing);
  fixture_test ("/inspection/history/survives", test_history_survives);
  fixture_test ("/inspection/history/random", test_random);
  fixture_test ("/inspection/signals", test_signals);
  fixture_test ("/inspection/scheme/replace", test_set_scheme);
  fixture_test ("/inspection/seal", test_seal);
  return g_test_run ();
}
