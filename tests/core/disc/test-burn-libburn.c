/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libburn itself, with the files and devices that it takes for drives: what it says of each, and what becomes of a burn
 * there. That is the contract on which zc-burn.c stands; a real drive is for the hand. */
#include "disc-testing.h"

#include "disc/zc-burn.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libburn/libburn.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

static char *folder;
static char *image_path;
static char *image_sha256;
static guint64 image_size;

static char *
stdio_address (const char *name)
{
  return g_strdup_printf ("stdio:%s/%s", folder, name);
}

/* What is burnt onto; @content NULL: not there. */
static char *
target (const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (content)
    g_assert_true (g_file_set_contents (path, content, -1, NULL));
  else
    g_unlink (path);
  return stdio_address (name);
}

static void
assert_medium (const char *address, ZcMediumState state, ZcMediumKind kind, int profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (&error);
  ZcMedium medium;

  g_assert_no_error (error);
  if (!zc_burn_inspect (backend, address, &medium, &error))
    g_error ("%s: %s", address, error->message);
  if (medium.state != state || medium.kind != kind || medium.profile != profile)
    g_error ("%s: state %d, kind %d, profile 0x%x", address, (int) medium.state, (int) medium.kind,
             (guint) medium.profile);
  g_assert_true ((medium.free_bytes > 0) == (state == ZC_MEDIUM_BLANK));
}

static void
assert_cannot_open (const char *address, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (&error);
  ZcMedium medium;

  test_assert_fails (zc_burn_inspect (backend, address, &medium, &error), error, ZC_ERROR_DEVICE);
  if (!strstr (error->message, words))
    g_error ("%s: “%s” does not say “%s”", address, error->message, words);
}

static ZcBurnLog *
burn (const char *address, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (NULL);
  ZcProgress progress = { NULL, NULL, cancellable };
  ZcBurnRequest request = { address, image_path, image_sha256, &progress };
  ZcBurnLog *log = NULL;
  gboolean good = zc_burn (backend, &request, &log, error);

  g_assert_true (good == (log->outcome == ZC_BURN_GOOD));
  return log;
}

static void
assert_burn (const char *address, ZcBurnOutcome outcome, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBurnLog) log = burn (address, NULL, &error);

  if (log->outcome != outcome)
    g_error ("%s: %s: %s", address, zc_burn_outcome_id (log->outcome), log->sentence);
  if (outcome == ZC_BURN_GOOD)
    g_assert_no_error (error);
  else
    g_assert_error (error, ZC_ERROR, code);
}

/* A file that is not there yet or is empty: blank, burnt, closed, equal. */
static void
test_file (void)
{
  static const char *const contents[] = { NULL, "" };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *address = target ("disc", contents[i]);
      g_autoptr (GBytes) image = test_bytes_of (image_path);
      g_autoptr (GBytes) disc = NULL;

      assert_medium (address, ZC_MEDIUM_BLANK, ZC_MEDIUM_FILE, 0xffff);
      assert_burn (address, ZC_BURN_GOOD, 0);
      disc = test_bytes_of (address + strlen ("stdio:"));
      g_assert_cmpuint (g_bytes_get_size (disc), >=, image_size);
      g_assert_cmpmem (g_bytes_get_data (disc, NULL), image_size, g_bytes_get_data (image, NULL), image_size);
      assert_medium (address, ZC_MEDIUM_CLOSED, ZC_MEDIUM_FILE, 0xffff);
      assert_burn (address, ZC_BURN_NOT_STARTED, ZC_ERROR_DEVICE);
    }
}

/* libburn would write over it. We do not. */
static void
test_file_with_content (void)
{
  g_autofree char *address = target ("letter.odt", "dear all");
  g_autoptr (GBytes) left = NULL;

  assert_medium (address, ZC_MEDIUM_CLOSED, ZC_MEDIUM_FILE, 0xffff);
  assert_burn (address, ZC_BURN_NOT_STARTED, ZC_ERROR_DEVICE);
  left = test_bytes_of (address + strlen ("stdio:"));
  g_assert_cmpmem (g_bytes_get_data (left, NULL), g_bytes_get_size (left), "dear all", 8);
}

static void
test_no_medium (void)
{
  assert_medium ("stdio:", ZC_MEDIUM_NONE, ZC_MEDIUM_WRITE_ONCE, 0);
  assert_burn ("stdio:", ZC_BURN_NOT_STARTED, ZC_ERROR_DEVICE);
}

/* Sequential and write-only: everything is written, nothing can be read back, so nothing is good. */
static void
test_write_only (void)
{
  assert_medium ("stdio:/dev/null", ZC_MEDIUM_BLANK, ZC_MEDIUM_FILE, 0xffff);
  assert_burn ("stdio:/dev/null", ZC_BURN_FAILED, ZC_ERROR_IO);
}

static gpointer
drain (gpointer data)
{
  char buffer[65536];

  while (read (GPOINTER_TO_INT (data), buffer, sizeof buffer) > 0)
    ;
  return NULL;
}

static void
test_pipe (void)
{
  int ends[2];
  GThread *thread;
  g_autofree char *address = NULL;

  g_assert_cmpint (pipe (ends), ==, 0);
  address = g_strdup_printf ("stdio:/dev/fd/%d", ends[1]);
  thread = g_thread_new ("drain", drain, GINT_TO_POINTER (ends[0]));
  assert_medium (address, ZC_MEDIUM_BLANK, ZC_MEDIUM_FILE, 0xffff);
  assert_burn (address, ZC_BURN_FAILED, ZC_ERROR_IO);
  close (ends[1]);
  g_thread_join (thread);
  close (ends[0]);
}

/* A named one: libburn opens it to write, so somebody has to read. */
static gpointer
drain_fifo (gpointer path)
{
  int fd = open (path, O_RDONLY);

  drain (GINT_TO_POINTER (fd));
  close (fd);
  return NULL;
}

static void
test_fifo (void)
{
  g_autofree char *path = g_build_filename (folder, "fifo", NULL);
  g_autofree char *address = g_strdup_printf ("stdio:%s", path);
  GThread *thread;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_medium (address, ZC_MEDIUM_BLANK, ZC_MEDIUM_FILE, 0xffff);
  thread = g_thread_new ("drain", drain_fifo, path);
  assert_burn (address, ZC_BURN_FAILED, ZC_ERROR_IO);
  g_thread_join (thread);
}

/* Blank at first sight; only writing finds out. Root may write anything, so it steps down for it. */
static void
test_unwritable (void)
{
  g_autofree char *address = target ("unwritable", "");
  gboolean is_root = geteuid () == 0;

  g_assert_cmpint (chmod (folder, 0755), ==, 0);
  g_assert_cmpint (chmod (image_path, 0644), ==, 0);
  g_assert_cmpint (chmod (address + strlen ("stdio:"), 0444), ==, 0);
  if (is_root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  assert_medium (address, ZC_MEDIUM_BLANK, ZC_MEDIUM_FILE, 0xffff);
  assert_burn (address, ZC_BURN_FAILED, ZC_ERROR_IO);
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
}

static void
test_closed_and_appendable (void)
{
  g_autofree char *path = g_build_filename (folder, "roles", NULL);
  g_autofree char *address = NULL;
  int fd;

  g_assert_true (g_file_set_contents (path, image_sha256, -1, NULL));
  burn_allow_drive_role_4 (7);
  fd = open (path, O_RDONLY);
  address = g_strdup_printf ("stdio:/dev/fd/%d", fd);
  assert_medium (address, ZC_MEDIUM_CLOSED, ZC_MEDIUM_FILE, 0xffff);
  assert_burn (address, ZC_BURN_NOT_STARTED, ZC_ERROR_DEVICE);
  close (fd);
  g_free (address);

  burn_allow_drive_role_4 (15);
  fd = open (path, O_WRONLY);
  address = g_strdup_printf ("stdio:/dev/fd/%d", fd);
  assert_medium (address, ZC_MEDIUM_APPENDABLE, ZC_MEDIUM_FILE, 0xffff);
  assert_burn (address, ZC_BURN_NOT_STARTED, ZC_ERROR_DEVICE);
  close (fd);
  burn_allow_drive_role_4 (0);
}

static void
test_write_error (void)
{
  assert_burn ("stdio:/dev/full", ZC_BURN_FAILED, ZC_ERROR_IO);
}

/* A disc that turns out smaller than it said. */
static void
test_too_small (void)
{
  g_autofree char *address = target ("small", NULL);
  struct rlimit before, limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = (struct rlimit) { image_size / 2, before.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_burn (address, ZC_BURN_FAILED, ZC_ERROR_IO);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
}

static void
test_open_errors (void)
{
  g_autofree char *missing = stdio_address ("missing/disc");
  g_autofree char *directory = g_strdup_printf ("stdio:%s", folder);
  g_autofree char *plain = g_build_filename (folder, "plain", NULL);
  g_autofree char *long_name = g_strnfill (5000, 'x');

  assert_cannot_open (missing, "cannot be used");
  assert_burn (directory, ZC_BURN_FAILED, ZC_ERROR_IO);
  assert_cannot_open ("/dev/sr99", "There is no drive");
  assert_cannot_open (long_name, "There is no drive");
  g_assert_true (g_file_set_contents (plain, "x", 1, NULL));
  assert_cannot_open (plain, "cannot be used");
}

/* Puts what libburn says of a drive into its queue, by its own number and words. */
static void
libburn_says (int number, const char *words, int os_errno, const char *severity)
{
  g_autofree char *text = g_strdup (words), *rank = g_strdup (severity);

  g_assert_cmpint (burn_msgs_submit (number, text, os_errno, rank, NULL), ==, 1);
}

/* No test has a drive that another program holds; but what libburn says of one is known, and its queue is real. What was said
 * of one attempt must not be held against the next. */
static void
test_busy (void)
{
  g_autoptr (ZcBurnBackend) starts_libburn = zc_burn_libburn_new (NULL);

  libburn_says (0x00020001, "Cannot open busy device '/dev/sr99'", EBUSY, "SORRY");
  assert_cannot_open ("/dev/sr99", "is used by another program");
  assert_cannot_open ("/dev/sr99", "There is no drive");
  /* Without the system's number, as when a sibling of the drive is held. */
  libburn_says (0x00020001, "Cannot open busy device '/dev/sr99'", 0, "SORRY");
  assert_cannot_open ("/dev/sr99", "is used by another program");
  libburn_says (0x00020001, "Cannot open busy device '/dev/sr99'", EBUSY, "SORRY");
  libburn_says (0x00020003, "Failed to open device '/dev/sr99'", EACCES, "NOTE");
  assert_cannot_open ("/dev/sr99", "is used by another program");
}

/* Any file can refuse itself to libburn, which does not say that it was refused; in other ways of trying, it does. */
static void
test_denied (void)
{
  static const int numbers[] = { EACCES, EPERM };
  g_autoptr (ZcBurnBackend) starts_libburn = zc_burn_libburn_new (NULL);
  g_autofree char *path = g_build_filename (folder, "denied", NULL);
  gboolean is_root = geteuid () == 0;

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_cmpint (chmod (folder, 0755), ==, 0);
  g_assert_cmpint (chmod (path, 0), ==, 0);
  if (is_root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  assert_cannot_open (path, "You have no permission");
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      libburn_says (0x00020003, "Failed to open device '/dev/sr99'", numbers[i], "NOTE");
      assert_cannot_open ("/dev/sr99", "You have no permission");
    }
  libburn_says (0x00020003, "Failed to open device '/dev/sr99'", ENXIO, "NOTE");
  assert_cannot_open ("/dev/sr99", "There is no drive");
}

/* The feeder fails in the middle: on a file that stands for a disc libburn itself notices. */
static gssize
failing_feed (gpointer data, guint8 *buffer, gsize size)
{
  guint64 *at = data;

  if (*at >= image_size / 2)
    return -1;
  memset (buffer, 'x', size);
  *at += size;
  return (gssize) size;
}

static gboolean
run_raw (ZcBurnBackend *backend, const char *address, ZcBurnFeed feed, gpointer data, gboolean cancel)
{
  g_autoptr (GError) error = NULL;
  ZcBurnStatus status;
  ZcMedium medium;
  gboolean well;

  g_assert_true (backend->open (backend, address, &error));
  g_assert_true (backend->inspect (backend, &medium, &error));
  g_assert_true (backend->start (backend, image_size, feed, data, &error));
  if (cancel)
    backend->cancel (backend);
  for (backend->status (backend, &status); status.step != ZC_BURN_STEP_IDLE; backend->status (backend, &status))
    {
      g_assert_true (status.total == 0 || status.done <= status.total);
      /* What it is asked before its own thread has begun, it forgets. */
      if (cancel)
        backend->cancel (backend);
      g_usleep (1000);
    }
  well = backend->finish (backend);
  backend->close (backend, FALSE);
  return well;
}

static void
test_feed_fails (void)
{
  g_autofree char *address = target ("feed", NULL);
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (NULL);
  guint64 at = 0;

  g_assert_false (run_raw (backend, address, failing_feed, &at, FALSE));
}

static gssize
slow_feed (gpointer data, guint8 *buffer, gsize size)
{
  g_usleep (20000);
  memset (buffer, 'x', size);
  return (gssize) size;
}

static void
test_cancel (void)
{
  g_autofree char *address = target ("cancel", NULL);
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (NULL);

  g_assert_false (run_raw (backend, address, slow_feed, NULL, TRUE));
}

static void
test_one_at_a_time (void)
{
  g_autofree char *address = target ("one", NULL);
  g_autoptr (ZcBurnBackend) first = zc_burn_libburn_new (NULL);
  g_autoptr (ZcBurnBackend) second = zc_burn_libburn_new (NULL);
  g_autoptr (GError) error = NULL;
  ZcMedium medium;

  g_assert_true (first->open (first, address, &error));
  test_assert_fails (zc_burn_inspect (second, address, &medium, &error), error, ZC_ERROR_BUSY);
  first->close (first, FALSE);
  g_clear_error (&error);
  g_assert_true (zc_burn_inspect (second, address, &medium, &error));
  g_assert_no_error (error);
}

static void
test_file_is_never_erased (void)
{
  g_autofree char *address = target ("keep", "content");
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (NULL);
  g_autoptr (GError) error = NULL;

  test_assert_fails (zc_burn_erase (backend, address, NULL, &error), error, ZC_ERROR_DEVICE);
}

static void
test_messages_are_kept (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBurnLog) log = burn ("stdio:/dev/full", NULL, &error);
  g_autofree char *text = zc_burn_log_to_text (log);

  g_assert_cmpuint (log->messages->len, >, 0);
  g_assert_nonnull (strstr (text, "message: SORRY"));
}

int
main (int argc, char **argv)
{
  TestStream stream = { .fail_after = -1, .size = 3000000 };
  g_autoptr (ZcDiscSpec) spec = NULL;
  g_autoptr (ZcDiscResult) result = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  spec = test_spec (&stream);
  folder = test_folder_new ();
  image_path = g_build_filename (folder, "a.iso", NULL);
  result = test_write (spec, image_path);
  image_sha256 = g_strdup (((ZcDiscImage *) result->images->pdata[0])->sha256);
  image_size = ((ZcDiscImage *) result->images->pdata[0])->size;

  g_test_add_func ("/disc/libburn/file", test_file);
  g_test_add_func ("/disc/libburn/file-with-content", test_file_with_content);
  g_test_add_func ("/disc/libburn/no-medium", test_no_medium);
  g_test_add_func ("/disc/libburn/write-only", test_write_only);
  g_test_add_func ("/disc/libburn/pipe", test_pipe);
  g_test_add_func ("/disc/libburn/fifo", test_fifo);
  g_test_add_func ("/disc/libburn/unwritable", test_unwritable);
  g_test_add_func ("/disc/libburn/closed-and-appendable", test_closed_and_appendable);
  g_test_add_func ("/disc/libburn/write-error", test_write_error);
  g_test_add_func ("/disc/libburn/too-small", test_too_small);
  g_test_add_func ("/disc/libburn/open-errors", test_open_errors);
  g_test_add_func ("/disc/libburn/busy", test_busy);
  g_test_add_func ("/disc/libburn/denied", test_denied);
  g_test_add_func ("/disc/libburn/feed-fails", test_feed_fails);
  g_test_add_func ("/disc/libburn/cancel", test_cancel);
  g_test_add_func ("/disc/libburn/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/disc/libburn/file-is-never-erased", test_file_is_never_erased);
  g_test_add_func ("/disc/libburn/messages-are-kept", test_messages_are_kept);
  status = g_test_run ();
  test_folder_free (folder);
  g_free (image_path);
  g_free (image_sha256);
  return status;
}
