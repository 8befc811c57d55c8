/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection-fixture.h"
#include "inspection/zc-carry-over.h"

#include <string.h>

/* Last year's inspection, with something of each kind. Returns: (transfer full) */
static ZcInspection *
make_last (Fixture *fixture)
{
  g_autofree char *path = fixture_file (fixture, "last.zicha");
  g_autoptr (ZcScheme) scheme = fixture_scheme (1);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("scan", 4);
  g_autoptr (GError) error = NULL;
  ZcInspection *last = zc_inspection_create (path, scheme, &error);

  g_assert_no_error (error);
  fixture_set (last, "fact:x.name", "示例单位");
  fixture_set (last, "fact:x.date", "2015-07-01");
  fixture_set (last, "answer:A01/conformity", "yes");
  fixture_set (last, "answer:A01/note", "已落实");
  fixture_set (last, "answer:A01/review", "1");
  fixture_set (last, "answer:A02/conformity", "no");
  fixture_set (last, "finding:1/problem", "没有制度");
  fixture_set (last, "answer:A04/conformity", "partly");
  fixture_set (last, "finding:2/problem", "演练过期");
  fixture_set (last, "finding:2/state", "done");
  fixture_set (last, "text:c1", "去年的话。");
  fixture_set (last, "text:c2", "去年的问题。");
  g_assert_cmpuint (zc_inspection_add_row (last, "systems", 0, NULL), ==, 1);
  g_assert_cmpuint (zc_inspection_add_row (last, "systems", 1, NULL), ==, 2);
  fixture_set (last, "cell:systems/1/name", "后");
  fixture_set (last, "cell:systems/2/name", "先");
  g_assert_cmpuint (zc_inspection_attach_bytes (last, bytes, "scan.pdf", "A01", NULL), ==, 1);
  return last;
}

static ZcInspection *
make_next (Fixture *fixture)
{
  g_autoptr (ZcScheme) scheme = fixture_scheme (2);
  g_autoptr (GError) error = NULL;
  ZcInspection *next = zc_inspection_create (fixture->path, scheme, &error);

  g_assert_no_error (error);
  return next;
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) last = make_last (fixture);
  g_autoptr (ZcInspection) next = make_next (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *after = NULL;

  g_assert_true (zc_carry_over (next, last, ZC_CARRY_ALL, &error));
  g_assert_no_error (error);
  dump = fixture_dump (next);
  g_assert_cmpstr (
      dump, ==,
      "fact:x.name=示例单位\n"
      "answer:A01/conformity=yes\nanswer:A01/note=已落实\nanswer:A01/confirmed=0\n"
      "answer:A02/conformity=no\nanswer:A02/confirmed=0\nanswer:A04/conformity=partly\nanswer:A04/"
      "confirmed=0\n"
      "row:systems/1=1024\ncell:systems/1/name=先\nrow:systems/2=2048\ncell:systems/2/name=后\n"
      "finding:1/item=A02\nfinding:1/source=self\nfinding:1/problem=没有制度\nfinding:1/state=open\n"
      "text:c1=去年的话。\n");
  g_clear_object (&next);
  next = fixture_open (fixture);
  after = fixture_dump (next);
  g_assert_cmpstr (after, ==, dump);

  /* one step */
  g_assert_true (zc_inspection_undo (next, NULL));
  g_clear_pointer (&after, g_free);
  after = fixture_dump (next);
  g_assert_cmpstr (after, ==, "");
  g_assert_null (zc_inspection_get_previous (next, "answer:A01/note"));
}

static void
test_confirm (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) last = make_last (fixture);
  g_autoptr (ZcInspection) next = make_next (fixture);

  g_assert_true (zc_carry_over (next, last, ZC_CARRY_ANSWERS, NULL));
  g_assert_cmpuint (zc_inspection_find_finding (next, "A02"), ==, 0);
  /* a word changed is no confirmation; a choice, also of the same, or saying so, is */
  fixture_set (next, "answer:A01/conformity", "yes");
  g_assert_null (zc_inspection_get (next, "answer:A01/confirmed"));
  g_assert_true (zc_inspection_undo (next, NULL));
  fixture_set (next, "answer:A01/note", "已落实，已印发");
  g_assert_cmpstr (zc_inspection_get (next, "answer:A01/confirmed"), ==, "0");
  fixture_set (next, "answer:A01/confirmed", NULL);
  g_assert_null (zc_inspection_get (next, "answer:A01/confirmed"));
  fixture_set (next, "answer:A04/confirmed", NULL);
  g_assert_cmpuint (zc_inspection_find_finding (next, "A04"), !=, 0);
  fixture_set (next, "answer:A02/conformity", "partly");
  g_assert_null (zc_inspection_get (next, "answer:A02/confirmed"));
  g_assert_cmpuint (zc_inspection_find_finding (next, "A02"), !=, 0);
  g_assert_cmpstr (zc_inspection_get_previous (next, "answer:A01/note"), ==, "已落实");
  g_assert_cmpstr (zc_inspection_get_previous (next, "answer:A02/conformity"), ==, "no");
}

static void
test_wording (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) last = make_last (fixture);
  g_autoptr (ZcInspection) next = make_next (fixture);
  g_autofree char *words = NULL;

  g_assert_true (zc_carry_over (next, last, ZC_CARRY_ALL, NULL));
  g_assert_false (zc_inspection_wording_changed (next, "A01"));
  g_assert_true (zc_inspection_wording_changed (next, "A02"));
  words = zc_inspection_previous_item (next, "A02");
  g_assert_nonnull (strstr (words, "有书面制度。"));
  g_assert_null (zc_inspection_previous_item (next, "A01"));
}

static void
test_former_evidence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) last = make_last (fixture);
  g_autoptr (ZcInspection) next = make_next (fixture);
  g_autoptr (GBytes) same = g_bytes_new_static ("scan", 4);
  g_autoptr (GBytes) fresh = g_bytes_new_static ("new scan", 8);
  guint64 stale, good;

  g_assert_true (zc_carry_over (next, last, ZC_CARRY_ALL, NULL));
  stale = zc_inspection_attach_bytes (next, same, "renamed.pdf", "A01", NULL);
  good = zc_inspection_attach_bytes (next, fresh, "scan.pdf", "A01", NULL);
  g_assert_true (zc_inspection_is_former_evidence (next, stale));
  g_assert_false (zc_inspection_is_former_evidence (next, good));
}

/* What is stated this year stays. */
static void
test_keeps_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) last = make_last (fixture);
  g_autoptr (ZcInspection) next = make_next (fixture);
  g_autoptr (GError) error = NULL;

  fixture_set (next, "fact:x.name", "新名");
  fixture_set (next, "answer:A01/conformity", "partly");
  g_assert_true (zc_carry_over (next, last, ZC_CARRY_FACTS | ZC_CARRY_ANSWERS, NULL));
  g_assert_cmpstr (zc_inspection_get (next, "fact:x.name"), ==, "新名");
  g_assert_cmpstr (zc_inspection_get (next, "answer:A01/conformity"), ==, "partly");
  g_assert_null (zc_inspection_get (next, "answer:A01/confirmed"));
  g_assert_null (zc_inspection_get (next, "answer:A01/note"));
  assert_fails (zc_carry_over (next, next, ZC_CARRY_ALL, &error), ZC_ERROR_USAGE, error);
}

/* An item without a choice waits for confirmation too. */
static void
test_values_wait (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) last = make_last (fixture);
  g_autoptr (ZcInspection) next = make_next (fixture);

  fixture_set (last, "fact:x.staff", "12");
  g_assert_true (zc_carry_over (next, last, ZC_CARRY_ALL, NULL));
  g_assert_cmpstr (zc_inspection_get (next, "answer:A03/confirmed"), ==, "0");
  fixture_set (next, "answer:A03/confirmed", NULL);
  g_assert_null (zc_inspection_get (next, "answer:A03/confirmed"));
  g_assert_cmpstr (zc_inspection_get (next, "fact:x.staff"), ==, "12");
}

/* Where it came from is shown as long as it is what came. */
static void
test_origin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) last = make_last (fixture);
  g_autoptr (ZcInspection) next = make_next (fixture);

  fixture_set (next, "text:c1", "今年的话。");
  g_assert_true (zc_carry_over (next, last, ZC_CARRY_ALL, NULL));
  g_clear_object (&next);
  next = fixture_open (fixture);
  g_assert_cmpstr (zc_inspection_get_origin (next, "fact:x.name"), ==, "样例检查 (last.zicha)");
  g_assert_cmpstr (zc_inspection_get_origin (next, "answer:A01/conformity"), ==, "样例检查 (last.zicha)");
  g_assert_cmpstr (zc_inspection_get_origin (next, "row:systems/1"), ==, "样例检查 (last.zicha)");
  g_assert_cmpstr (zc_inspection_get_origin (next, "finding:1/item"), ==, "样例检查 (last.zicha)");
  g_assert_null (zc_inspection_get_origin (next, "text:c1"));
  g_assert_null (zc_inspection_get_origin (next, "fact:x.date"));
  g_assert_null (zc_inspection_get_origin (next, "row:systems/9"));
  fixture_set (next, "fact:x.name", "改名单位");
  g_assert_null (zc_inspection_get_origin (next, "fact:x.name"));
  g_assert_true (zc_inspection_undo (next, NULL));
  g_assert_nonnull (zc_inspection_get_origin (next, "fact:x.name"));
}

/* Last year's promise is a question until its state is stated, also if that is the same. */
static void
test_promises (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) last = make_last (fixture);
  g_autoptr (ZcInspection) next = make_next (fixture);
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) promises = NULL;

  fixture_set (next, "answer:A04/conformity", "no");
  g_assert_true (zc_carry_over (next, last, ZC_CARRY_ALL, NULL));
  g_clear_object (&next);
  next = fixture_open (fixture);
  promises = zc_inspection_get_promises (next);
  g_assert_cmpuint (promises->len, ==, 1);
  g_assert_cmpuint (g_array_index (promises, guint64, 0), ==, 2);
  g_assert_true (zc_inspection_promise_waits (next, 2));
  g_assert_false (zc_inspection_promise_waits (next, 1));
  g_assert_false (zc_inspection_promise_waits (next, 9));
  fixture_set (next, "finding:2/measure", "补齐");
  g_assert_true (zc_inspection_promise_waits (next, 2));
  fixture_set (next, "finding:2/state", "open");
  g_assert_false (zc_inspection_promise_waits (next, 2));
  g_assert_true (zc_inspection_undo (next, NULL));
  g_assert_true (zc_inspection_promise_waits (next, 2));
  g_assert_true (zc_inspection_redo (next, NULL));
  g_assert_false (zc_inspection_promise_waits (next, 2));
  g_assert_true (zc_inspection_undo (next, NULL));
  fixture_set (next, "finding:2/state", "done");
  g_assert_false (zc_inspection_promise_waits (next, 2));
  g_assert_true (zc_inspection_undo (next, NULL));
  g_assert_true (zc_inspection_remove_finding (next, 2, NULL));
  g_assert_false (zc_inspection_promise_waits (next, 2));
  none = zc_inspection_get_promises (next);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (zc_inspection_undo (next, NULL));
  g_assert_true (zc_inspection_promise_waits (next, 2));
}

/* Begun with last year's file: whole or not at all */

static char *
last_path (Fixture *fixture)
{
  g_autoptr (ZcInspection) last = make_last (fixture);

  return g_strdup (zc_inspection_get_path (last));
}

static void
test_begun (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = last_path (fixture);
  g_autoptr (ZcScheme) scheme = fixture_scheme (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) next = zc_inspection_create_after (fixture->path, scheme, last, NULL, &error);
  g_autoptr (ZcInspection) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (zc_inspection_get_path (next), ==, fixture->path);
  g_assert_cmpstr (zc_inspection_get (next, "fact:x.name"), ==, "示例单位");
  g_assert_cmpuint (fixture_count_files (fixture), ==, 2);
  again = zc_inspection_create_after (fixture->path, scheme, last, NULL, &error);
  assert_fails (again != NULL, ZC_ERROR_USAGE, error);
  g_assert_cmpstr (zc_inspection_get (next, "answer:A01/note"), ==, "已落实");
  g_assert_cmpuint (fixture_count_files (fixture), ==, 2);
}

static void
cancel_at (const char *phase, guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  g_cancellable_cancel (data);
}

static void
test_begun_stopped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = last_path (fixture);
  g_autoptr (ZcScheme) scheme = fixture_scheme (2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const ZcProgress progress = { cancel_at, cancellable, cancellable };
  g_autoptr (GError) error = NULL;

  assert_fails (zc_inspection_create_after (fixture->path, scheme, last, &progress, &error) != NULL, ZC_ERROR_CANCELLED, error);
  g_assert_cmpuint (fixture_count_files (fixture), ==, 1);
}

static void
test_begun_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = last_path (fixture), *none = fixture_file (fixture, "none.zicha"), *bad = fixture_write (fixture, "bad.zicha", "mine");
  g_autofree char *nowhere = g_build_filename (fixture->folder, "nowhere", "next.zicha", NULL);
  g_autoptr (ZcScheme) scheme = fixture_scheme (2);
  g_autoptr (GError) error = NULL;

  assert_fails (zc_inspection_create_after (fixture->path, scheme, bad, NULL, &error) != NULL, ZC_ERROR_INVALID, error);
  assert_fails (zc_inspection_create_after (nowhere, scheme, last, NULL, &error) != NULL, ZC_ERROR_IO, error);
  g_assert_null (zc_inspection_create_after (fixture->path, scheme, none, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (fixture_count_files (fixture), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_test ("/inspection/carry-over/all", test_all);
  fixture_test ("/inspection/carry-over/confirm", test_confirm);
  fixture_test ("/inspection/carry-over/wording", test_wording);
  fixture_test ("/inspection/carry-over/former-evidence", test_former_evidence);
  fixture_test ("/inspection/carry-over/keeps-own", test_keeps_own);
  fixture_test ("/inspection/carry-over/promises", test_promises);
  fixture_test ("/inspection/carry-over/origin", test_origin);
  fixture_test ("/inspection/carry-over/values-wait", test_values_wait);
  fixture_test ("/inspection/carry-over/begun", test_begun);
  fixture_test ("/inspection/carry-over/begun-stopped", test_begun_stopped);
  fixture_test ("/inspection/carry-over/begun-refused", test_begun_refused);
  return g_test_run ();
}
