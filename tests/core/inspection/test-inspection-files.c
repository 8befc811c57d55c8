/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

/* Creating */

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (ZcScheme) scheme = fixture_scheme (1);
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (fixture->folder, "nowhere", "x.zicha", NULL);
  struct stat st;

  g_assert_cmpint (stat (fixture->path, &st), ==, 0);
  g_assert_cmpuint (st.st_mode & 07777, ==, 0600);
  assert_fails (zc_inspection_create (fixture->path, scheme, &error) != NULL, ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_create (nowhere, scheme, &error) != NULL, ZC_ERROR_IO, error);
  fixture_set (inspection, "fact:x.name", "一");
  g_clear_object (&inspection);
  g_assert_cmpuint (fixture_count_files (fixture), ==, 1);
}

/* The one file is complete while it is open: a copy taken by a file manager is good. */
static void
test_copy_while_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (ZcInspection) copy = NULL;
  g_autofree char *path = fixture_file (fixture, "copy.zicha");
  g_autoptr (GError) error = NULL;
  char buffer[1 << 16];
  int from, to;
  ssize_t n;

  fixture_set (inspection, "fact:x.name", "一");
  g_assert_cmpuint (fixture_count_files (fixture), ==, 1);
  from = open (fixture->path, O_RDONLY);
  to = open (path, O_WRONLY | O_CREAT, 0600);
  while ((n = read (from, buffer, sizeof buffer)) > 0)
    g_assert_cmpint (write (to, buffer, (size_t) n), ==, n);
  close (from);
  close (to);
  copy = zc_inspection_open (path, ZC_OPEN_NORMAL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (zc_inspection_get (copy, "fact:x.name"), ==, "一");
}

/* What is none */

static void
assert_refused (const char *path, ZcErrorCode code)
{
  static const ZcOpenFlags flags[] = { ZC_OPEN_NORMAL, ZC_OPEN_READ_ONLY,
                                       ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED };

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_fails (zc_inspection_open (path, flags[i], &error) != NULL, code, error);
    }
}

static void
test_no_inspection (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = fixture_write (fixture, "text.zicha", "这不是数据库，只是一些普通的文字。");
  g_autofree char *empty = fixture_write (fixture, "empty.zicha", "");
  g_autofree char *header = fixture_write (fixture, "header.zicha", "SQLite format 3");
  g_autofree char *link = fixture_file (fixture, "link.zicha");
  g_autofree char *fifo = fixture_file (fixture, "fifo.zicha");
  g_autofree char *missing = fixture_file (fixture, "missing.zicha");
  g_autofree char *after = NULL;

  g_assert_cmpint (symlink (text, link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_refused (text, ZC_ERROR_INVALID);
  assert_refused (empty, ZC_ERROR_INVALID);
  assert_refused (header, ZC_ERROR_INVALID);
  assert_refused (fixture->folder, ZC_ERROR_INVALID);
  assert_refused (link, ZC_ERROR_INVALID);
  assert_refused (fifo, ZC_ERROR_INVALID);
  assert_refused ("/dev/zero", ZC_ERROR_INVALID);
  assert_refused (missing, ZC_ERROR_IO);
  g_assert_true (g_file_get_contents (text, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "这不是数据库，只是一些普通的文字。");
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
}

static void
test_other_database (Fixture *fixture, gconstpointer data)
{
  fixture_run_sql (fixture, "CREATE TABLE statement (place, value)");
  assert_refused (fixture->path, ZC_ERROR_INVALID);
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *bytes = NULL;
  gsize size;

  for (int i = 0; i < 20; i++)
    zc_inspection_add_row (inspection, "systems", 0, NULL);
  g_clear_object (&inspection);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (gsize n = 1; n < size; n += size / 17)
    {
      g_autofree char *after = NULL;
      gsize left;

      g_test_message ("%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, n, size);
      fixture_put (fixture->path, bytes, n);
      assert_refused (fixture->path, ZC_ERROR_INVALID);
      g_assert_true (g_file_get_contents (fixture->path, &after, &left, NULL));
      g_assert_cmpmem (after, left, bytes, n);
    }
}

/* Whatever byte is wrong, it is opened or refused with a sentence; and what was opened can be used. */
static void
test_flipped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *bytes = NULL;
  gsize size;

  for (int i = 0; i < 20; i++)
    zc_inspection_add_row (inspection, "systems", 0, NULL);
  fixture_set (inspection, "answer:A01/conformity", "no");
  g_clear_object (&inspection);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (int i = 0; i < 60; i++)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) (i % 2 ? MIN (size, 400) : size));
      char was = bytes[at];
      g_autoptr (GError) error = NULL;
      g_autofree char *dump = NULL;

      bytes[at] ^= (char) (1 << g_test_rand_int_range (0, 8));
      fixture_put (fixture->path, bytes, size);
      bytes[at] = was;
      inspection = zc_inspection_open (fixture->path, ZC_OPEN_NORMAL, &error);
      if (inspection)
        {
          dump = fixture_dump (inspection);
          (void) zc_inspection_set (inspection, "fact:x.name", "一", NULL);
          (void) zc_inspection_undo (inspection, NULL);
        }
      else
        g_assert_error (error, ZC_ERROR, error->code);
      g_clear_object (&inspection);
    }
}

/* What somebody put into it */

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  static const char *const attacks[] = {
    "CREATE TRIGGER t AFTER INSERT ON statement BEGIN DELETE FROM chunk; END",
    "CREATE VIEW v AS SELECT * FROM statement",
    "CREATE TABLE more (x)",
    "CREATE INDEX i ON step (name)",
    "CREATE VIRTUAL TABLE f USING fts5 (x)",
    "DROP TABLE change",
    "ALTER TABLE event ADD COLUMN more TEXT",
    "PRAGMA journal_mode = WAL",
    "DELETE FROM statement WHERE place = 'meta:scheme'",
    "UPDATE statement SET value = 'x' WHERE place = 'meta:scheme'",
    "DELETE FROM scheme",
    "UPDATE scheme SET bytes = x'3c613e'",
    "UPDATE scheme SET bytes = zeroblob (20000000)",
  };
  g_autofree char *bytes = NULL;
  gsize size;

  g_object_unref (fixture_create (fixture));
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_test_message ("%s", attacks[i]);
      fixture_run_sql (fixture, attacks[i]);
      assert_refused (fixture->path, ZC_ERROR_INVALID);
      fixture_put (fixture->path, bytes, size);
    }
}

/* A writer refuses statements it does not understand, because it could not keep them safe; a reader leaves
 * them out. */
static void
test_hostile_statements (Fixture *fixture, gconstpointer data)
{
  static const char *const attacks[] = {
    "INSERT INTO statement VALUES ('fact:nowhere', 'x')",
    "INSERT INTO statement VALUES ('nothing', 'x')",
    "INSERT INTO statement VALUES ('meta:', 'x')",
    "INSERT INTO statement VALUES ('cell:systems/1/name', 'x')",
    "INSERT INTO statement VALUES ('finding:1/problem', 'x')",
    "INSERT INTO statement VALUES ('link:A01/1', '1')",
    "INSERT INTO statement VALUES ('row:systems/1', 'first')",
    "INSERT INTO statement VALUES ('row:systems/1', '')",
    "INSERT INTO statement VALUES ('fact:x.staff', '01')",
    "INSERT INTO statement VALUES ('fact:x.staff', '-5')",
    "INSERT INTO statement VALUES ('fact:x.protect', 'ids waf')",
    "INSERT INTO statement VALUES ('answer:A01/conformity', '<yes>')",
    "INSERT INTO statement VALUES ('answer:A02/conformity', 'na')",
    "INSERT INTO statement VALUES ('fact:n.systems', '5')",
    "INSERT INTO statement VALUES ('fact:x.name', 'a' || char (7))",
    "INSERT INTO statement VALUES ('fact:x.name', 'a' || char (10) || 'b')",
    "INSERT INTO statement VALUES ('fact:x.name', 'a' || char (0) || 'b')",
    "INSERT INTO statement VALUES ('fact:x.name', 'a' || char (65534))",
    "INSERT INTO statement VALUES ('fact:x.name', 'a' || char (133))",
    "INSERT INTO statement VALUES ('fact:x.name', CAST (x'ff' AS TEXT))",
    "INSERT INTO statement VALUES ('text:c1', printf ('%.*c', 5000000, 'x'))",
  };
  g_autofree char *bytes = NULL;
  gsize size;

  g_object_unref (fixture_create (fixture));
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (ZcInspection) reader = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", attacks[i]);
      fixture_run_sql (fixture, attacks[i]);
      assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_NORMAL, &error) != NULL, ZC_ERROR_INVALID,
                    error);
      reader = zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (zc_inspection_get_left_out (reader), ==, 1);
      g_clear_object (&reader);
      fixture_put (fixture->path, bytes, size);
    }
}

static void
test_hostile_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;

  fixture_set (inspection, "fact:x.name", "一");
  g_clear_object (&inspection);
  fixture_run_sql (fixture, "UPDATE change SET old = 'a' || char (7)");
  inspection = fixture_open (fixture);
  assert_fails (zc_inspection_undo (inspection, &error), ZC_ERROR_INVALID, error);
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "一");
  fixture_set (inspection, "fact:x.name", "二");
}

/* Versions */

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GError) error = NULL;

  fixture_set (inspection, "fact:x.name", "一");
  g_clear_object (&inspection);
  fixture_run_sql (fixture, "PRAGMA user_version = 99; CREATE TABLE novelty (x)");
  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_NORMAL, &error) != NULL, ZC_ERROR_TOO_NEW, error);
  inspection = zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "一");
  assert_fails (zc_inspection_set (inspection, "fact:x.name", "二", &error), ZC_ERROR_READ_ONLY, error);
  g_clear_object (&inspection);
  fixture_run_sql (fixture, "CREATE VIEW v AS SELECT 1");
  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY, &error) != NULL, ZC_ERROR_INVALID,
                error);
}

static int
read_user_version (const char *path)
{
  g_autofree char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  return bytes[63];
}

static void
test_older (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GBytes) record = g_bytes_new_static ("<record/>", 9);
  g_autofree char *copy = fixture_file (fixture, "unit.zicha.v0.bak");
  g_autoptr (GError) error = NULL;

  fixture_set (inspection, "fact:x.name", "一");
  g_clear_object (&inspection);
  fixture_run_sql (fixture, "DROP TABLE event; PRAGMA user_version = 0");
  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY, &error) != NULL, ZC_ERROR_READ_ONLY,
                error);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));

  inspection = fixture_open (fixture);
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "一");
  g_assert_true (zc_inspection_seal (inspection, record, NULL));
  g_assert_true (zc_inspection_log (inspection, "packed", "x", NULL));
  g_clear_object (&inspection);
  g_assert_cmpint (read_user_version (fixture->path), ==, 1);
  g_assert_cmpint (read_user_version (copy), ==, 0);
}

static void
test_migration_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = fixture_file (fixture, "unit.zicha.v0.bak");
  g_autofree char *second = fixture_file (fixture, "unit.zicha.v0-2.bak");
  g_autoptr (GError) error = NULL;

  g_object_unref (fixture_create (fixture));
  /* The table that the migration makes is there already. */
  fixture_run_sql (fixture, "PRAGMA user_version = 0");
  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_NORMAL, &error) != NULL, ZC_ERROR_INVALID, error);
  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_NORMAL, &error) != NULL, ZC_ERROR_INVALID, error);
  g_assert_cmpint (read_user_version (fixture->path), ==, 0);
  g_assert_true (g_file_test (first, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (second, G_FILE_TEST_IS_REGULAR));
}

/* One writer */

/* Runs @func in another process, as an ordinary user if @ordinary. It must not fail an assertion. */
static void
in_child (Fixture *fixture, gboolean ordinary, void (*func) (Fixture *))
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    {
      if (ordinary && geteuid () == 0 &&
          (setresgid (NOBODY, NOBODY, NOBODY) < 0 || setresuid (NOBODY, NOBODY, NOBODY) < 0))
        _exit (77);
      func (fixture);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

static void
expect_busy (Fixture *fixture)
{
  g_autoptr (ZcInspection) reader = NULL;
  g_autoptr (GError) error = NULL;

  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_NORMAL, &error) != NULL, ZC_ERROR_BUSY, error);
  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY, &error) != NULL, ZC_ERROR_BUSY, error);
  reader = zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (zc_inspection_get (reader, "fact:x.name"), ==, "一");
}

static void
expect_free (Fixture *fixture)
{
  g_object_unref (fixture_open (fixture));
}

static void
test_one_writer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (ZcInspection) reader = NULL;

  fixture_set (inspection, "fact:x.name", "一");
  in_child (fixture, FALSE, expect_busy);
  expect_busy (fixture);
  /* The handles that came and went in this process took no lock with them. */
  in_child (fixture, FALSE, expect_busy);
  reader = zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, NULL);
  g_clear_object (&inspection);
  in_child (fixture, FALSE, expect_free);
  g_assert_cmpstr (zc_inspection_get (reader, "fact:x.name"), ==, "一");
}

/* Not allowed to write */

static void
expect_read_only (Fixture *fixture)
{
  g_autoptr (ZcInspection) inspection = NULL;
  g_autoptr (GError) error = NULL;

  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_NORMAL, &error) != NULL, ZC_ERROR_READ_ONLY,
                error);
  inspection = zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (zc_inspection_is_read_only (inspection));
  assert_fails (zc_inspection_set (inspection, "fact:x.name", "二", &error), ZC_ERROR_READ_ONLY, error);
  assert_fails (zc_inspection_unseal (inspection, "x", &error), ZC_ERROR_READ_ONLY, error);
}

static void
expect_unreadable (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  /* The writer is told that it may not write; that it may not read either comes out when it tries. */
  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_NORMAL, &error) != NULL, ZC_ERROR_READ_ONLY, error);
  assert_fails (zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY, &error) != NULL, ZC_ERROR_IO, error);
}

static void
expect_no_creation (Fixture *fixture)
{
  g_autoptr (ZcScheme) scheme = fixture_scheme (1);
  g_autofree char *path = fixture_file (fixture, "new.zicha");
  g_autoptr (GError) error = NULL;

  assert_fails (zc_inspection_create (path, scheme, &error) != NULL, ZC_ERROR_IO, error);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture_create (fixture));
  g_assert_cmpint (chmod (fixture->folder, 0777), ==, 0);
  g_assert_cmpint (chmod (fixture->path, 0444), ==, 0);
  in_child (fixture, TRUE, expect_read_only);
  g_assert_cmpint (chmod (fixture->path, 0666), ==, 0);
  g_assert_cmpint (chmod (fixture->folder, 0555), ==, 0);
  in_child (fixture, TRUE, expect_read_only);
  in_child (fixture, TRUE, expect_no_creation);
  g_assert_cmpint (chmod (fixture->path, 0), ==, 0);
  in_child (fixture, TRUE, expect_unreadable);
  g_assert_cmpint (chmod (fixture->folder, 0777), ==, 0);
}

/* A full disk */

static void
limit_file_size (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *story = g_strnfill (200000, 'x');
  g_autofree char *many = g_strnfill (5 << 20, 'y');
  g_autoptr (GBytes) bytes = g_bytes_new (many, 5 << 20);
  g_autoptr (GPtrArray) evidence = NULL;
  g_autoptr (GError) error = NULL;
  struct stat st;

  signal (SIGXFSZ, SIG_IGN);
  fixture_set (inspection, "fact:x.name", "一");
  before = fixture_dump (inspection);
  g_assert_cmpint (stat (fixture->path, &st), ==, 0);
  limit_file_size ((rlim_t) st.st_size + 50000);
  assert_fails (zc_inspection_set (inspection, "fact:x.story", story, &error), ZC_ERROR_NO_SPACE, error);
  assert_fails (zc_inspection_attach_bytes (inspection, bytes, "a", "A01", &error), ZC_ERROR_NO_SPACE, error);
  g_assert_true (zc_inspection_begin (inspection, "多", NULL));
  fixture_set (inspection, "fact:x.name", "二");
  g_assert_true (zc_inspection_set (inspection, "fact:x.story", story, NULL));
  assert_fails (zc_inspection_commit (inspection, &error), ZC_ERROR_NO_SPACE, error);
  after = fixture_dump (inspection);
  g_assert_cmpstr (after, ==, before);
  limit_file_size (RLIM_INFINITY);

  evidence = zc_inspection_get_evidence (inspection, NULL);
  g_assert_cmpuint (evidence->len, ==, 0);
  fixture_set (inspection, "fact:x.story", story);
  g_clear_object (&inspection);
  inspection = fixture_open (fixture);
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.name"), ==, "一");
  g_assert_cmpstr (zc_inspection_get (inspection, "fact:x.story"), ==, story);
}

/* Being killed */

static void
assert_integrity (Fixture *fixture)
{
  sqlite3 *db;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static void
write_without_end (Fixture *fixture, int out)
{
  ZcInspection *inspection = fixture_open (fixture);
  const char *last = zc_inspection_get (inspection, "fact:x.staff");

  for (guint64 n = last ? g_ascii_strtoull (last, NULL, 10) + 1 : 1;; n++)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, n);

      if (n % 7 == 0)
        fixture_pass_time (60);
      fixture_set (inspection, "fact:x.staff", text);
      if (write (out, &n, sizeof n) != sizeof n)
        _exit (1);
    }
}

/* Returns: the last number that the killed writer saw committed. */
static guint64
kill_a_writer (Fixture *fixture)
{
  guint64 last = 0, next;
  int ends[2];
  pid_t pid;

  g_assert_cmpint (pipe (ends), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      close (ends[0]);
      write_without_end (fixture, ends[1]);
    }
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &last, sizeof last), ==, sizeof last);
  g_usleep ((gulong) g_test_rand_int_range (0, 30000));
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  while (read (ends[0], &next, sizeof next) == sizeof next)
    last = next;
  close (ends[0]);
  return last;
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture_create (fixture));
  for (int i = 0; i < 30; i++)
    {
      guint64 last = kill_a_writer (fixture);
      g_autoptr (ZcInspection) inspection = NULL;
      guint64 kept;

      if (i % 2)
        {
          g_autoptr (GError) error = NULL;

          /* Somebody may only look at it, right after the crash. */
          inspection = zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY, &error);
          g_assert_no_error (error);
        }
      else
        inspection = fixture_open (fixture);
      kept = g_ascii_strtoull (zc_inspection_get (inspection, "fact:x.staff"), NULL, 10);
      g_assert_cmpuint (kept, >=, last);
      g_assert_cmpuint (kept, <=, last + 1);
      g_clear_object (&inspection);
      assert_integrity (fixture);
      if (i % 2 == 0)
        g_assert_cmpuint (fixture_count_files (fixture), ==, 1);
    }
}

static void
die_in_a_group (Fixture *fixture)
{
  ZcInspection *inspection = fixture_open (fixture);
  g_autofree char *story = g_strnfill (250000, 'x');

  g_assert_true (zc_inspection_begin (inspection, "多", NULL));
  /* More than the page cache holds, so that half of it is in the file already. */
  for (int i = 1; i <= 150; i++)
    {
      g_autofree char *cell = g_strdup_printf ("cell:systems/%d/note", i);

      zc_inspection_add_row (inspection, "systems", 0, NULL);
      fixture_set (inspection, cell, story);
    }
  fixture_set (inspection, "fact:x.name", "二");
  kill (getpid (), SIGKILL);
}

static void
test_killed_in_group (Fixture *fixture, gconstpointer data)
{
  static const ZcOpenFlags flags[] = { ZC_OPEN_NORMAL, ZC_OPEN_READ_ONLY };
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);

  fixture_set (inspection, "fact:x.name", "一");
  g_clear_object (&inspection);
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *dump = NULL;
      pid_t pid = fork ();

      if (pid == 0)
        die_in_a_group (fixture);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      g_assert_cmpuint (fixture_count_files (fixture), ==, 2);
      inspection = zc_inspection_open (fixture->path, flags[i], &error);
      g_assert_no_error (error);
      dump = fixture_dump (inspection);
      g_assert_cmpstr (dump, ==, "fact:x.name=一\n");
      g_clear_object (&inspection);
      assert_integrity (fixture);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_test ("/inspection/file/create", test_create);
  fixture_test ("/inspection/file/copy-while-open", test_copy_while_open);
  fixture_test ("/inspection/file/no-inspection", test_no_inspection);
  fixture_test ("/inspection/file/other-database", test_other_database);
  fixture_test ("/inspection/file/truncated", test_truncated);
  fixture_test ("/inspection/file/flipped", test_flipped);
  fixture_test ("/inspection/file/hostile", test_hostile);
  fixture_test ("/inspection/file/hostile-statements", test_hostile_statements);
  fixture_test ("/inspection/file/hostile-history", test_hostile_history);
  fixture_test ("/inspection/file/newer", test_newer);
  fixture_test ("/inspection/file/older", test_older);
  fixture_test ("/inspection/file/migration-fails", test_migration_fails);
  fixture_test ("/inspection/file/one-writer", test_one_writer);
  fixture_test ("/inspection/file/read-only", test_read_only);
  fixture_test ("/inspection/file/full-disk", test_full_disk);
  fixture_test ("/inspection/file/killed", test_killed);
  fixture_test ("/inspection/file/killed-in-group", test_killed_in_group);
  return g_test_run ();
}
