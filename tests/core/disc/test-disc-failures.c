/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that can go wrong while an image is written: the disk is full at any of the writes, the stream fails
 * at any of its bytes, somebody cancels. This program stands between the core and the C library to make it so. */
#include "disc-testing.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static gboolean armed;
static int countdown; /* which call from now on fails; 0: none */
static int fail_with;
static int failed_calls;
static guint64 free_bytes = G_MAXUINT64;

/* Whether this call on a file is the one to fail. */
static gboolean
is_due (int fd)
{
  struct stat st;

  if (!armed || (fd >= 0 && (fstat (fd, &st) < 0 || !S_ISREG (st.st_mode))))
    return FALSE;
  if (countdown == 0 || --countdown > 0)
    return FALSE;
  failed_calls++;
  errno = fail_with;
  return TRUE;
}

ssize_t
write (int fd, const void *bytes, size_t size)
{
  return is_due (fd) ? -1 : (ssize_t) syscall (SYS_write, fd, bytes, size);
}

ssize_t
pwrite (int fd, const void *bytes, size_t size, off_t offset)
{
  return is_due (fd) ? -1 : (ssize_t) syscall (SYS_pwrite64, fd, bytes, size, offset);
}

int
fsync (int fd)
{
  return is_due (fd) ? -1 : (int) syscall (SYS_fsync, fd);
}

int
rename (const char *from, const char *to)
{
  return is_due (-1) ? -1 : (int) syscall (SYS_rename, from, to);
}

int
statvfs (const char *path, struct statvfs *fs)
{
  *fs = (struct statvfs) { .f_frsize = 1, .f_bavail = free_bytes };
  return 0;
}

typedef struct
{
  char *folder;
  const char *paths[ZC_DISC_MAX_DISCS + 1];
  TestStream stream;
  ZcDiscSpec *spec;
  ZcDiscPlan *plan;
} Fixture;

/* @capacity: 0 for one disc of 3 MiB; otherwise several. */
static void
fixture_init (Fixture *fixture, guint64 capacity)
{
  g_autoptr (GError) error = NULL;

  memset (fixture, 0, sizeof *fixture);
  fixture->folder = test_folder_new ();
  fixture->stream = (TestStream) { .fail_after = -1, .size = 3000000 };
  fixture->spec = test_spec (&fixture->stream);
  fixture->plan = zc_disc_plan (fixture->spec, capacity, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < fixture->plan->n_discs; i++)
    fixture->paths[i] = g_strdup_printf ("%s/%u.iso", fixture->folder, i + 1);
}

static void
fixture_clear (Fixture *fixture)
{
  for (guint i = 0; fixture->paths[i]; i++)
    g_free ((char *) fixture->paths[i]);
  zc_disc_plan_free (fixture->plan);
  zc_disc_spec_free (fixture->spec);
  test_folder_free (fixture->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static ZcDiscResult *
run (Fixture *fixture, const ZcProgress *progress, GError **error)
{
  ZcDiscResult *result;

  fixture->stream.at = 0;
  armed = TRUE;
  result = zc_disc_write (fixture->spec, fixture->plan, fixture->paths, progress, error);
  armed = FALSE;
  return result;
}

/* Fails each of the calls in turn until one run needs no more of them. */
static void
fail_at_each (guint64 capacity, int error_number, ZcErrorCode code, const char *words)
{
  g_auto (Fixture) fixture = { NULL };
  int n;

  fixture_init (&fixture, capacity);
  fail_with = error_number;
  for (n = 1;; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcDiscResult) result = NULL;

      countdown = n;
      failed_calls = 0;
      result = run (&fixture, NULL, &error);
      if (failed_calls == 0)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (test_folder_count (fixture.folder), ==, fixture.plan->n_discs);
          break;
        }
      g_assert_null (result);
      g_assert_error (error, ZC_ERROR, (int) code);
      g_assert_nonnull (strstr (error->message, words));
      g_assert_cmpuint (test_folder_count (fixture.folder), ==, 0);
    }
  /* Each disc: at least one piece of the image, two lists, a sync and a rename. */
  g_assert_cmpint (n, >, (int) fixture.plan->n_discs * 5);
  countdown = 0;
}

static void
test_full_at_each_call (void)
{
  fail_at_each (0, ENOSPC, ZC_ERROR_NO_SPACE, "more are needed there");
  fail_at_each (1300000, ENOSPC, ZC_ERROR_NO_SPACE, "more are needed there");
}

static void
test_broken_at_each_call (void)
{
  fail_at_each (0, EIO, ZC_ERROR_IO, "Cannot write");
}

/* The kernel's own limit, at every piece of the image, and one byte around it. */
static void
test_full_by_limit (void)
{
  g_auto (Fixture) fixture = { NULL };
  struct rlimit before, limit;

  fixture_init (&fixture, 0);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  for (rlim_t at = 0; at < fixture.plan->image_sizes[0]; at += 262144)
    for (rlim_t delta = 0; delta < 2; delta++)
      {
        g_autoptr (GError) error = NULL;
        gboolean written;

        limit = (struct rlimit) { at + delta, before.rlim_max };
        g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
        {
          g_autoptr (ZcDiscResult) result = run (&fixture, NULL, &error);

          written = result != NULL;
        }
        g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
        g_assert_false (written);
        g_assert_error (error, ZC_ERROR, ZC_ERROR_NO_SPACE);
        g_assert_nonnull (strstr (error->message, "more are needed there"));
        g_assert_cmpuint (test_folder_count (fixture.folder), ==, 0);
      }
}

/* What is free is compared before the stream is even touched; exactly enough is enough. */
static void
test_space_checked_first (void)
{
  static const guint64 capacities[] = { 0, 1300000 };

  for (gsize i = 0; i < G_N_ELEMENTS (capacities); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcDiscResult) result = NULL;
      guint64 needed = 0;

      fixture_init (&fixture, capacities[i]);
      for (guint j = 0; j < fixture.plan->n_discs; j++)
        needed += fixture.plan->image_sizes[j];
      free_bytes = needed - 2 * 1024 * 1024;
      test_assert_fails (run (&fixture, NULL, &error), error, ZC_ERROR_NO_SPACE);
      g_assert_nonnull (strstr (error->message, "2.0"));
      g_assert_cmpuint (fixture.stream.at, ==, 0);
      g_assert_cmpuint (test_folder_count (fixture.folder), ==, 0);
      g_clear_error (&error);
      free_bytes = needed;
      result = run (&fixture, NULL, &error);
      g_assert_no_error (error);
      free_bytes = G_MAXUINT64;
    }
}

/* The error of the stream is the one that comes out, wherever it happens, and nothing else does. */
static void
test_stream_fails (void)
{
  static const gint64 places[] = { 0, 1, 2048, 1048575, 1048576, 1048577, 2999999 };
  static const guint64 capacities[] = { 0, 1300000 };

  for (gsize i = 0; i < G_N_ELEMENTS (places) * G_N_ELEMENTS (capacities); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *words = NULL;

      fixture_init (&fixture, capacities[i / G_N_ELEMENTS (places)]);
      fixture.stream.fail_after = places[i % G_N_ELEMENTS (places)];
      words = g_strdup_printf ("the stream failed at %" G_GINT64_FORMAT, fixture.stream.fail_after);
      test_assert_fails (run (&fixture, NULL, &error), error, ZC_ERROR_KEY);
      g_assert_cmpstr (error->message, ==, words);
      g_assert_cmpuint (test_folder_count (fixture.folder), ==, 0);
    }
}

static guint64 last_done, last_total;
static guint pulses;

static void
watch (const char *phase, guint64 done, guint64 total, gpointer data)
{
  if (total == 0)
    {
      pulses++;
      return;
    }
  g_assert_cmpuint (done, >=, last_done);
  g_assert_cmpuint (done, <=, total);
  last_done = done;
  last_total = total;
}

static void
test_cancelled (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ZcDiscResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ZcProgress progress = { watch, NULL, cancellable };

  fixture_init (&fixture, 0);
  fixture.stream.cancel_at_half = cancellable;
  test_assert_fails (run (&fixture, &progress, &error), error, ZC_ERROR_CANCELLED);
  g_assert_cmpuint (test_folder_count (fixture.folder), ==, 0);
  g_clear_error (&error);
  last_done = 0;
  g_assert_cmpuint (pulses, ==, 0);
  g_cancellable_reset (cancellable);
  fixture.stream.cancel_at_half = NULL;
  result = run (&fixture, &progress, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (last_done, ==, last_total);
  g_assert_cmpuint (last_done, ==, fixture.plan->image_sizes[0]);
  g_assert_cmpuint (pulses, ==, 1);
}

static void
test_no_folder (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture, 0);
  g_free ((char *) fixture.paths[0]);
  fixture.paths[0] = g_build_filename (fixture.folder, "missing", "a.iso", NULL);
  test_assert_fails (run (&fixture, NULL, &error), error, ZC_ERROR_IO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/failures/full-at-each-call", test_full_at_each_call);
  g_test_add_func ("/disc/failures/broken-at-each-call", test_broken_at_each_call);
  g_test_add_func ("/disc/failures/full-by-limit", test_full_by_limit);
  g_test_add_func ("/disc/failures/space-checked-first", test_space_checked_first);
  g_test_add_func ("/disc/failures/stream-fails", test_stream_fails);
  g_test_add_func ("/disc/failures/cancelled", test_cancelled);
  g_test_add_func ("/disc/failures/no-folder", test_no_folder);
  return g_test_run ();
}
