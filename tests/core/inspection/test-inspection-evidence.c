/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest.h"
#include "inspection-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB ((gsize) 1 << 20)

/* Returns: (transfer full): the path of a new file of @size bytes that look random but are always the same
 * for @seed. */
static char *
make_file (Fixture *fixture, const char *name, gsize size, guint32 seed)
{
  g_autofree guint8 *bytes = g_malloc (size + 1);
  char *path = fixture_file (fixture, name);

  for (gsize i = 0; i < size; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      bytes[i] = (guint8) (seed >> 24);
    }
  fixture_put (path, bytes, size);
  return path;
}

static guint64
attach (ZcInspection *inspection, const char *path, const char *item)
{
  g_autoptr (GError) error = NULL;
  guint64 id = zc_inspection_attach (inspection, path, item, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (id, !=, 0);
  return id;
}

static void
assert_nothing (ZcInspection *inspection)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection, NULL);
  g_autofree char *undo = zc_inspection_undo_name (inspection);

  g_assert_cmpuint (evidence->len, ==, 0);
  g_assert_null (undo);
}

static gint64
count_rows (Fixture *fixture, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", table);
  sqlite3 *db;
  sqlite3_stmt *statement;
  gint64 n;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return n;
}

static void
assert_same_bytes (ZcInspection *inspection, guint64 id, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcSource) source = zc_inspection_open_evidence (inspection, id, &error);
  g_autoptr (GBytes) stored = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_no_error (error);
  stored = zc_source_read_all (source, 100 * MIB, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_cmpmem (bytes, size, g_bytes_get_data (stored, NULL), g_bytes_get_size (stored));
}

/* Round trip at all sizes around the size of a chunk. */
static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  static const gsize sizes[] = { 1, 100, MIB - 1, MIB, MIB + 1, 3 * MIB, 13 * MIB + 5 };
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("%" G_GSIZE_FORMAT ".bin", sizes[i]);
      g_autofree char *path = make_file (fixture, name, sizes[i], (guint32) i);
      guint64 id = attach (inspection, path, "A01");
      g_autoptr (ZcEvidence) evidence = zc_inspection_find_evidence (inspection, id);
      g_autoptr (GError) error = NULL;
      g_autofree char *bytes = NULL;
      g_autofree char *sm3 = NULL;
      g_autofree char *sha256 = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      sm3 = zc_digest_hex_of (ZC_DIGEST_SM3, bytes, size);
      sha256 = zc_digest_hex_of (ZC_DIGEST_SHA256, bytes, size);
      g_assert_cmpstr (evidence->sm3, ==, sm3);
      g_assert_cmpstr (evidence->sha256, ==, sha256);
      g_assert_cmpstr (evidence->name, ==, name);
      g_assert_cmpuint (evidence->size, ==, sizes[i]);
      assert_same_bytes (inspection, id, path);
      g_assert_true (zc_inspection_check_evidence (inspection, id, NULL, &error));
    }
  g_clear_object (&inspection);
  inspection = fixture_open (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("%" G_GSIZE_FORMAT ".bin", sizes[i]);
      g_autofree char *path = fixture_file (fixture, name);

      assert_same_bytes (inspection, i + 1, path);
    }
}

static void
test_random_reads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  gsize size = 3 * MIB + 17;
  g_autofree char *path = make_file (fixture, "a.bin", size, 1);
  guint64 id = attach (inspection, path, "A01");
  g_autoptr (ZcSource) source = zc_inspection_open_evidence (inspection, id, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *buffer = g_malloc (size);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  for (int i = 0; i < 200; i++)
    {
      gsize offset = (gsize) g_test_rand_int_range (0, (gint32) size);
      gsize part = (gsize) g_test_rand_int_range (0, (gint32) (size - offset) + 1);

      g_assert_true (zc_source_read (source, offset, buffer, part, NULL));
      g_assert_cmpmem (buffer, part, bytes + offset, part);
    }
  assert_fails (zc_source_read (source, size - 1, buffer, 2, &error), ZC_ERROR_DAMAGED, error);
}

/* One file for many items */

static void
test_stored_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = make_file (fixture, "a.bin", 2 * MIB, 1);
  g_autofree char *copy = make_file (fixture, "b.bin", 2 * MIB, 1);
  g_autofree char *other = make_file (fixture, "c.bin", 2 * MIB, 2);
  g_autoptr (ZcEvidence) evidence = NULL;
  g_autoptr (GPtrArray) list = NULL;
  guint64 id = attach (inspection, path, "A04");

  g_assert_cmpuint (attach (inspection, copy, "A01"), ==, id);
  g_assert_cmpuint (attach (inspection, copy, "A01"), ==, id);
  g_assert_cmpuint (attach (inspection, other, "A01"), !=, id);
  evidence = zc_inspection_find_evidence (inspection, id);
  g_assert_cmpuint (g_strv_length (evidence->items), ==, 2);
  g_assert_cmpstr (evidence->items[0], ==, "A01");
  g_assert_cmpstr (evidence->items[1], ==, "A04");
  list = zc_inspection_get_evidence (inspection, "A01");
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpuint (((ZcEvidence *) list->pdata[0])->id, ==, id);
  g_clear_object (&inspection);
  g_assert_cmpint (count_rows (fixture, "chunk"), ==, 4);
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  guint64 id = zc_inspection_attach_bytes (inspection, bytes, "截图.png", NULL, NULL);

  g_assert_cmpuint (id, ==, 1);
  list = zc_inspection_get_evidence (inspection, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_true (zc_inspection_link (inspection, id, "A02", NULL));
  g_assert_true (zc_inspection_link (inspection, id, "A01", NULL));
  fixture_set (inspection, "evidence:1/caption", "登录页面");
  g_assert_true (zc_inspection_detach (inspection, id, "A02", NULL));
  assert_fails (zc_inspection_detach (inspection, id, "A02", &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_link (inspection, id, "A99", &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_link (inspection, 77, "A01", &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_open_evidence (inspection, 77, &error) != NULL, ZC_ERROR_USAGE, error);

  g_assert_true (zc_inspection_detach (inspection, id, "A01", NULL));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = zc_inspection_get_evidence (inspection, NULL);
  g_assert_cmpuint (list->len, ==, 0);
  g_assert_null (zc_inspection_get (inspection, "evidence:1/caption"));
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_cmpstr (zc_inspection_get (inspection, "evidence:1/caption"), ==, "登录页面");
  g_assert_true (zc_inspection_check_evidence (inspection, id, NULL, NULL));
}

/* What nothing names any more goes at the seal, and with it the steps that could bring it back. */
static void
test_purged_by_seal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autoptr (GBytes) record = g_bytes_new_static ("<record/>", 9);
  g_autofree char *kept = make_file (fixture, "kept.bin", MIB, 1);
  g_autofree char *gone = make_file (fixture, "gone.bin", 9 * MIB, 2);
  g_autoptr (GError) error = NULL;
  struct stat before, after;
  guint64 id;

  attach (inspection, kept, "A01");
  id = attach (inspection, gone, "A01");
  g_assert_true (zc_inspection_detach (inspection, id, NULL, NULL));
  fixture_set (inspection, "fact:x.name", "一");
  g_assert_cmpint (stat (fixture->path, &before), ==, 0);
  g_assert_true (zc_inspection_seal (inspection, record, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (fixture->path, &after), ==, 0);
  g_assert_cmpint (after.st_size, <, before.st_size - 8 * (gint64) MIB);
  g_assert_true (zc_inspection_unseal (inspection, "补充", NULL));
  g_assert_true (zc_inspection_undo (inspection, NULL));
  assert_fails (zc_inspection_undo (inspection, &error), ZC_ERROR_USAGE, error);
  assert_fails (zc_inspection_link (inspection, id, "A01", &error), ZC_ERROR_USAGE, error);
  assert_same_bytes (inspection, 1, kept);
  g_clear_object (&inspection);
  inspection = fixture_open (fixture);
  assert_same_bytes (inspection, 1, kept);
}

/* What is refused */

static void
assert_not_attached (ZcInspection *inspection, const char *path, ZcErrorCode code)
{
  g_autoptr (GError) error = NULL;

  assert_fails (zc_inspection_attach (inspection, path, "A01", NULL, &error), code, error);
  assert_nothing (inspection);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *empty = fixture_write (fixture, "empty.txt", "");
  g_autofree char *good = fixture_write (fixture, "good.txt", "x");
  g_autofree char *link = fixture_file (fixture, "link.txt");
  g_autofree char *fifo = fixture_file (fixture, "fifo");
  g_autofree char *missing = fixture_file (fixture, "missing.txt");
  g_autofree char *folder_in_file = g_build_filename (good, "x", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (good, link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_not_attached (inspection, empty, ZC_ERROR_INVALID);
  assert_not_attached (inspection, link, ZC_ERROR_INVALID);
  assert_not_attached (inspection, fifo, ZC_ERROR_INVALID);
  assert_not_attached (inspection, "/dev/zero", ZC_ERROR_INVALID);
  assert_not_attached (inspection, fixture->folder, ZC_ERROR_INVALID);
  assert_not_attached (inspection, missing, ZC_ERROR_IO);
  assert_not_attached (inspection, folder_in_file, ZC_ERROR_IO);
  assert_not_attached (inspection, fixture->path, ZC_ERROR_USAGE);
  /* A file whose size is said to be 0, but which has content. */
  assert_not_attached (inspection, "/proc/self/status", ZC_ERROR_INVALID);
  /* A file that can be opened, but not read. */
  assert_not_attached (inspection, "/proc/self/mem", ZC_ERROR_INVALID);
  assert_fails (zc_inspection_attach (inspection, good, "A99", NULL, &error), ZC_ERROR_USAGE, error);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = fixture_write (fixture, "secret.txt", "x");
  pid_t pid;
  int status;

  g_assert_cmpint (chmod (secret, 0), ==, 0);
  g_assert_cmpint (chmod (fixture->folder, 0777), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      ZcInspection *inspection;

      if (geteuid () == 0 && setresuid (65534, 65534, 65534) < 0)
        _exit (77);
      inspection = fixture_create (fixture);
      assert_not_attached (inspection, secret, ZC_ERROR_IO);
      g_object_unref (inspection);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

static void
test_odd_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (255, 'n');
  const struct
  {
    const char *name, *shown;
  } cases[] = {
    { "a\nb\033[31m.txt", "a\357\277\275b\357\277\275[31m.txt" },
    { "-rf", "-rf" },
    { "..\\..\\x", "..\\..\\x" },
    { "\xff\xfe.txt", "\357\277\275\357\277\275.txt" },
    { "exe.\342\200\256gpj", "exe.\357\277\275gpj" },
    { "<b>&\"'.txt", "<b>&\"'.txt" },
    { longest, longest },
    { " ", " " },
  };
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = make_file (fixture, cases[i].name, 10 + i, 1);
      g_autoptr (ZcEvidence) evidence =
          zc_inspection_find_evidence (inspection, attach (inspection, path, "A01"));

      g_assert_cmpstr (evidence->name, ==, cases[i].shown);
    }
  {
    g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
    guint64 id = zc_inspection_attach_bytes (inspection, bytes, "../../etc/passwd", "A01", NULL);
    g_autoptr (ZcEvidence) evidence = zc_inspection_find_evidence (inspection, id);

    g_assert_cmpstr (evidence->name, ==, "passwd");
  }
  g_clear_object (&inspection);
  inspection = fixture_open (fixture);
}

/* What changes while it is read */

typedef struct
{
  const char *path;
  void (*act) (const char *path);
  GCancellable *cancellable;
} Meddler;

static void
meddle (const char *phase, guint64 done, guint64 total, gpointer data)
{
  Meddler *meddler = data;

  if (meddler->act)
    meddler->act (meddler->path);
  if (meddler->cancellable)
    g_cancellable_cancel (meddler->cancellable);
  meddler->act = NULL;
}

static void
grow (const char *path)
{
  g_assert_cmpint (truncate (path, 20 * (off_t) MIB), ==, 0);
}

static void
shrink (const char *path)
{
  g_assert_cmpint (truncate (path, 6 * (off_t) MIB), ==, 0);
}

static void
overwrite (const char *path)
{
  int fd = open (path, O_WRONLY);

  g_assert_cmpint (pwrite (fd, "changed", 7, 0), ==, 7);
  close (fd);
}

static void
vanish (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_changing (Fixture *fixture, gconstpointer data)
{
  static void (*const acts[]) (const char *) = { grow, shrink, overwrite, vanish };
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autofree char *path = make_file (fixture, "a.bin", 14 * MIB, 1);
      Meddler meddler = { path, acts[i], NULL };
      ZcProgress progress = { meddle, &meddler, NULL };
      g_autoptr (GError) error = NULL;

      assert_fails (zc_inspection_attach (inspection, path, "A01", &progress, &error), ZC_ERROR_IO, error);
      assert_nothing (inspection);
    }
  g_clear_object (&inspection);
  g_assert_cmpint (count_rows (fixture, "chunk"), ==, 0);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = make_file (fixture, "a.bin", 30 * MIB, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Meddler meddler = { path, NULL, cancellable };
  ZcProgress progress = { meddle, &meddler, cancellable };
  g_autoptr (GError) error = NULL;
  struct stat st;

  assert_fails (zc_inspection_attach (inspection, path, "A01", &progress, &error), ZC_ERROR_CANCELLED, error);
  assert_nothing (inspection);
  g_assert_cmpint (stat (fixture->path, &st), ==, 0);
  g_assert_cmpint (st.st_size, <, MIB);
  fixture_set (inspection, "fact:x.name", "一");
}

/* At the end: most of it is committed, but nothing says so yet. */
static void
die_at_end (const char *phase, guint64 done, guint64 total, gpointer data)
{
  if (done == total)
    kill (getpid (), SIGKILL);
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make_file (fixture, "a.bin", 40 * MIB, 1);
  g_autofree char *kept = make_file (fixture, "b.bin", 5 * MIB, 7);
  g_autoptr (ZcInspection) inspection = NULL;
  struct stat st;
  pid_t pid;

  g_object_unref (fixture_create (fixture));
  pid = fork ();
  if (pid == 0)
    {
      ZcInspection *mine = fixture_open (fixture);
      ZcProgress progress = { die_at_end, NULL, NULL };

      attach (mine, kept, "A01");
      zc_inspection_undo (mine, NULL);
      zc_inspection_attach (mine, path, "A01", &progress, NULL);
      _exit (1);
    }
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  inspection = fixture_open (fixture);
  {
    g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection, NULL);

    g_assert_cmpuint (evidence->len, ==, 0);
  }
  g_clear_object (&inspection);
  /* Only what the history still names is kept. */
  g_assert_cmpint (count_rows (fixture, "chunk"), ==, 5);
  g_assert_cmpint (stat (fixture->path, &st), ==, 0);
  g_assert_cmpint (st.st_size, <, 7 * MIB);
}

/* Orphans as a killed program leaves them after its first commits. */
static void
test_orphans_swept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = make_file (fixture, "a.bin", 2 * MIB, 1);
  guint64 id = attach (inspection, path, "A01");

  g_clear_object (&inspection);
  fixture_run_sql (fixture, "INSERT INTO chunk VALUES (5, zeroblob (9)), (900 * 131072, randomblob "
                            "(900000)), (900 * 131072 + 1, x'00'),"
                            " (901 * 131072 + 7, x'01')");
  inspection = fixture_open (fixture);
  assert_same_bytes (inspection, id, path);
  g_clear_object (&inspection);
  g_assert_cmpint (count_rows (fixture, "chunk"), ==, 2);
}

/* Groups */

static void
test_in_group (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = make_file (fixture, "a.bin", 2 * MIB, 1);
  guint64 id;

  g_assert_true (zc_inspection_begin (inspection, "多", NULL));
  id = attach (inspection, path, "A01");
  zc_inspection_rollback (inspection);
  assert_nothing (inspection);
  g_assert_null (zc_inspection_find_evidence (inspection, id));
  g_assert_true (zc_inspection_begin (inspection, "多", NULL));
  id = attach (inspection, path, "A01");
  fixture_set (inspection, "fact:x.name", "一");
  g_assert_true (zc_inspection_commit (inspection, NULL));
  assert_same_bytes (inspection, id, path);
  g_assert_true (zc_inspection_undo (inspection, NULL));
  g_assert_null (zc_inspection_get (inspection, "fact:x.name"));
  g_assert_true (zc_inspection_redo (inspection, NULL));
  g_clear_object (&inspection);
  g_assert_cmpint (count_rows (fixture, "chunk"), ==, 2);
}

/* In the background */

typedef struct
{
  GMainLoop *loop;
  guint64 id;
  GError *error;
} Waiting;

static void
on_attached (GObject *object, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;

  waiting->id = zc_inspection_attach_finish (ZC_INSPECTION (object), result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static gboolean
edit_on (gpointer data)
{
  ZcInspection *inspection = data;
  const char *last = zc_inspection_get (inspection, "fact:x.staff");
  g_autofree char *next = g_strdup_printf ("%d", last ? atoi (last) + 1 : 1);

  fixture_set (inspection, "fact:x.staff", next);
  return G_SOURCE_CONTINUE;
}

static void
test_in_background (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = make_file (fixture, "a.bin", 60 * MIB, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting waiting = { loop, 0, NULL };
  guint source;

  zc_inspection_attach_async (inspection, path, "A01", NULL, on_attached, &waiting);
  source = g_timeout_add (5, edit_on, inspection);
  g_main_loop_run (loop);
  g_source_remove (source);
  g_assert_no_error (waiting.error);
  assert_same_bytes (inspection, waiting.id, path);
  g_assert_nonnull (zc_inspection_get (inspection, "fact:x.staff"));
}

static void
test_background_sealed_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = make_file (fixture, "a.bin", 30 * MIB, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GBytes) record = g_bytes_new_static ("<record/>", 9);
  Waiting waiting = { loop, 0, NULL };

  zc_inspection_attach_async (inspection, path, "A01", NULL, on_attached, &waiting);
  g_assert_true (zc_inspection_seal (inspection, record, NULL));
  g_main_loop_run (loop);
  assert_fails (waiting.id != 0, ZC_ERROR_READ_ONLY, waiting.error);
  g_clear_object (&inspection);
  g_object_unref (fixture_open (fixture));
  g_assert_cmpint (count_rows (fixture, "chunk"), ==, 0);
}

/* A second handle in a worker thread packs while the first one writes. */
static gpointer
read_over_and_over (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) reader =
      zc_inspection_open (fixture->path, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, &error);

  g_assert_no_error (error);
  for (int i = 0; i < 10; i++)
    {
      g_assert_true (zc_inspection_check_evidence (reader, 1, NULL, &error));
      g_assert_no_error (error);
    }
  return NULL;
}

static void
test_shared_reader (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = make_file (fixture, "a.bin", 5 * MIB, 1);
  g_autofree char *other = make_file (fixture, "b.bin", 30 * MIB, 2);
  GThread *thread;

  attach (inspection, path, "A01");
  thread = g_thread_new ("reader", read_over_and_over, fixture);
  attach (inspection, other, "A01");
  for (int i = 0; i < 20; i++)
    edit_on (inspection);
  g_thread_join (thread);
}

/* Damage */

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const harms[] = {
    "UPDATE chunk SET bytes = zeroblob (1048576) WHERE id % 131072 = 1",
    "UPDATE chunk SET bytes = zeroblob (5) WHERE id % 131072 = 1",
    "UPDATE chunk SET bytes = x'' WHERE id % 131072 = 1",
    "DELETE FROM chunk WHERE id % 131072 = 2",
  };
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = make_file (fixture, "a.bin", 2 * MIB + 9, 1);
  guint64 id = attach (inspection, path, "A01");
  g_autofree char *bytes = NULL;
  gsize size;

  g_clear_object (&inspection);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      g_autoptr (GError) error = NULL;

      fixture_run_sql (fixture, harms[i]);
      inspection = fixture_open (fixture);
      assert_fails (zc_inspection_check_evidence (inspection, id, NULL, &error), ZC_ERROR_DAMAGED, error);
      g_clear_object (&inspection);
      fixture_put (fixture->path, bytes, size);
    }
}

/* Taking over */

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = make_file (fixture, "a.bin", MIB + 1, 1);
  g_autofree char *other = make_file (fixture, "b.bin", MIB + 1, 2);
  guint64 id = attach (inspection, path, "A01");
  g_autoptr (ZcEvidence) evidence = zc_inspection_find_evidence (inspection, id);
  g_autoptr (ZcEvidence) restored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (zc_inspection_detach (inspection, id, NULL, NULL));
  g_assert_true (zc_inspection_begin (inspection, "导入", NULL));
  /* the bytes are here, and get the number of the record */
  evidence->id = 9;
  g_assert_cmpuint (zc_inspection_restore_evidence (inspection, evidence, NULL, FALSE, NULL, &error), ==, 9);
  g_assert_true (zc_inspection_link (inspection, 9, "A02", NULL));
  restored = zc_inspection_find_evidence (inspection, 9);
  g_assert_cmpstr (restored->items[0], ==, "A02");
  g_assert_true (zc_inspection_commit (inspection, NULL));
  assert_same_bytes (inspection, 9, path);

  /* the bytes are not here */
  g_assert_true (zc_inspection_begin (inspection, "导入", NULL));
  g_free (evidence->sm3);
  evidence->sm3 = g_strnfill (64, 'a');
  evidence->id = 12;
  assert_fails (zc_inspection_restore_evidence (inspection, evidence, other, FALSE, NULL, &error),
                ZC_ERROR_MISMATCH, error);
  zc_inspection_rollback (inspection);
  assert_fails (zc_inspection_restore_evidence (inspection, evidence, NULL, FALSE, NULL, &error),
                ZC_ERROR_MISMATCH, error);
  g_assert_cmpuint (zc_inspection_restore_evidence (inspection, evidence, NULL, TRUE, NULL, &error), ==, 12);
  assert_fails (zc_inspection_check_evidence (inspection, 12, NULL, &error), ZC_ERROR_DAMAGED, error);
  g_clear_object (&inspection);
  inspection = fixture_open (fixture);
  assert_fails (zc_inspection_check_evidence (inspection, 12, NULL, &error), ZC_ERROR_DAMAGED, error);
  assert_same_bytes (inspection, 9, path);
  /* the number is taken by other bytes */
  evidence->id = 9;
  evidence->sm3[0] = 'b';
  g_assert_cmpuint (zc_inspection_restore_evidence (inspection, evidence, NULL, TRUE, NULL, &error), ==, 13);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_test ("/inspection/evidence/sizes", test_sizes);
  fixture_test ("/inspection/evidence/random-reads", test_random_reads);
  fixture_test ("/inspection/evidence/stored-once", test_stored_once);
  fixture_test ("/inspection/evidence/links", test_links);
  fixture_test ("/inspection/evidence/purged-by-seal", test_purged_by_seal);
  fixture_test ("/inspection/evidence/refused", test_refused);
  fixture_test ("/inspection/evidence/unreadable", test_unreadable);
  fixture_test ("/inspection/evidence/odd-names", test_odd_names);
  fixture_test ("/inspection/evidence/changing", test_changing);
  fixture_test ("/inspection/evidence/cancelled", test_cancelled);
  fixture_test ("/inspection/evidence/killed", test_killed);
  fixture_test ("/inspection/evidence/orphans-swept", test_orphans_swept);
  fixture_test ("/inspection/evidence/in-group", test_in_group);
  fixture_test ("/inspection/evidence/in-background", test_in_background);
  fixture_test ("/inspection/evidence/sealed-meanwhile", test_background_sealed_meanwhile);
  fixture_test ("/inspection/evidence/shared-reader", test_shared_reader);
  fixture_test ("/inspection/evidence/damaged", test_damaged);
  fixture_test ("/inspection/evidence/restore", test_restore);
  return g_test_run ();
}
