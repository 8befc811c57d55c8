/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection-fixture.h"
#include "inspection/zc-statement-list.h"

#include <glib/gstdio.h>
#include <string.h>

/* A list is one step: all of it, or nothing and the line that is wrong. */

/* Bytes and their number, NULs included. */
#define LITERAL(text) text, sizeof text - 1

static gboolean
load (Fixture *fixture, ZcInspection *inspection, gconstpointer bytes, gsize size, GError **error)
{
  g_autofree char *path = fixture_file (fixture, "list.txt");

  fixture_put (path, bytes, size);
  return zc_statement_list_load (inspection, path, NULL, error);
}

static void
test_all_kinds (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "\xef\xbb\xbf# a remark\r\n"
                             "\n"
                             "fact:x.name\t示例单位  \r\n"
                             "fact:x.story\t一\\n二\\t三\\\\n\\x\n"
                             "answer:A01/conformity\tno\n"
                             "finding:1/item\tA01\n"
                             "finding:1/problem\t没有落实\n"
                             "finding:7/item\tA02\n"
                             "cell:systems/3/name\t系统\n"
                             "row:sites/1\t1024\n"
                             "text:c1\t自己的话\tTAB 算在内";
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (load (fixture, inspection, text, strlen (text), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "示例单位");
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.story"), ==, "一\n二\t三\\n\\x");
  g_assert_cmpstr (zc_inspection_get (inspection, "finding:1/problem"), ==, "没有落实");
  g_assert_cmpstr (zc_inspection_get (inspection, "finding:7/item"), ==, "A02");
  g_assert_cmpstr (zc_inspection_get (inspection, "cell:systems/3/name"), ==, "系统");
  g_assert_nonnull (zc_inspection_get (inspection, "row:sites/1"));
  g_assert_cmpstr (zc_inspection_get (inspection, "text:c1"), ==, "自己的话\tTAB 算在内");

  /* an empty value takes back */
  g_assert_true (load (fixture, inspection, "fact:x.name\t\n", 13, &error));
  g_assert_null (zc_inspection_get (inspection, "fact:x.name"));
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_null (zc_inspection_get (inspection, "finding:7/item"));
}

static void
test_evidence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *folder = fixture_file (fixture, "evidence");
  g_autofree char *file = g_build_filename (folder, "a.txt", NULL);
  static const char text[] = "evidence:5\tA01,A02\t../../evidence/a.txt\nevidence:5/caption\t说明\n";
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  fixture_put (file, "abc", 3);
  g_assert_true (load (fixture, inspection, text, strlen (text), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (zc_inspection_get (inspection, "evidence:1/caption"), ==, "说明");
  g_assert_nonnull (zc_inspection_get (inspection, "link:A02/1"));
  g_assert_cmpint (g_remove (file), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    const char *words;
  } cases[] = {
    { LITERAL ("fact:x.name\tgood\nfact:nothing\tx\n"), "line 2" },
    { LITERAL ("fact:x.name\tgood\n\nno place\tx\n"), "line 3" },
    { LITERAL ("fact:x.name\n"), "TAB" },
    { LITERAL ("fact:x.staff\tviele\n"), "line 1" },
    { LITERAL ("answer:A02/conformity\tna\n"), "line 1" },
    { LITERAL ("finding:1/problem\tx\n"), "finding:1/item" },
    { LITERAL ("cell:nothing/1/name\tx\n"), "line 1" },
    { LITERAL ("evidence:1\tA01\n"), "TAB" },
    { LITERAL ("evidence:1\tA01\tnowhere.pdf\n"), "nowhere.pdf" },
    { LITERAL ("evidence:1/caption\tx\n"), "line 1" },
    { LITERAL ("row:systems/0\t1\n"), "line 1" },
    { LITERAL ("fact:x.name\ta\0b\n"), "UTF-8" },
    { LITERAL ("fact:x.name\t\xff\n"), "UTF-8" },
  };
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *before = fixture_dump (inspection);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_false (load (fixture, inspection, cases[i].bytes, cases[i].size, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_nonnull (strstr (error->message, "list.txt"));
      after = fixture_dump (inspection);
      g_assert_cmpstr (after, ==, before);
    }
}

/* A line as long as a file may be is refused or ignored, not kept on the stack. */
static void
test_long_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;
  gsize size = 40u << 20;
  g_autofree char *text = g_malloc (size);

  memset (text, 'x', size);
  memcpy (text, "evidence:", 9);
  g_assert_false (load (fixture, inspection, text, size, &error));
  g_assert_nonnull (strstr (error->message, "line 1"));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (load (fixture, inspection, "", 0, &error));
  g_assert_true (load (fixture, inspection, "\xef\xbb\xbf", 3, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_test ("/inspection/list/all-kinds", test_all_kinds);
  fixture_test ("/inspection/list/evidence", test_evidence);
  fixture_test ("/inspection/list/wrong", test_wrong);
  fixture_test ("/inspection/list/long-line", test_long_line);
  fixture_test ("/inspection/list/empty", test_empty);
  return g_test_run ();
}
