/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What counts as a good disc, with a drive that lies. */
#include "disc-testing.h"
#include "fake-drive.h"

#include "disc/zc-burn.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PACKAGE_SIZE 1500000

static char *folder;
static char *image_path;
static char *image_sha256;
static guint64 image_size;

static void
make_image (void)
{
  TestStream stream = { .fail_after = -1, .size = PACKAGE_SIZE };
  g_autoptr (ZcDiscSpec) spec = test_spec (&stream);
  g_autoptr (ZcDiscResult) result = NULL;
  const ZcDiscImage *image;

  folder = test_folder_new ();
  image_path = g_build_filename (folder, "a.iso", NULL);
  result = test_write (spec, image_path);
  image = result->images->pdata[0];
  image_sha256 = g_strdup (image->sha256);
  image_size = image->size;
}

static void
restore_image (void)
{
  g_unlink (image_path);
  test_folder_free (g_steal_pointer (&folder));
  g_free (image_path);
  g_free (image_sha256);
  make_image ();
}

static gboolean
disc_is_the_image (const FakeDrive *drive)
{
  g_autofree char *hex = zc_digest_hex_of (ZC_DIGEST_SHA256, drive->disc->data, drive->disc->len);

  return drive->disc->len == image_size && g_str_equal (hex, image_sha256) && drive->medium.state == ZC_MEDIUM_CLOSED;
}

static void
assert_log (const ZcBurnLog *log, ZcBurnOutcome outcome)
{
  g_autofree char *text = zc_burn_log_to_text (log);
  g_autofree char *result = g_strdup_printf ("\nresult: %s\n", zc_burn_outcome_id (outcome));

  g_assert_cmpuint (log->outcome, ==, outcome);
  g_assert_nonnull (log->started);
  g_assert_nonnull (log->finished);
  g_assert_cmpstr (log->sentence, !=, "");
  g_assert_nonnull (strstr (text, result));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* Burns with @drive, which is freed. @words: what the error's sentence has to say; NULL for a good disc. */
static void
burn (FakeDrive *drive, GCancellable *cancellable, ZcBurnOutcome outcome, int code, const char *words)
{
  g_autoptr (ZcBurnBackend) backend = &drive->base;
  g_autoptr (ZcBurnLog) log = NULL;
  g_autoptr (GError) error = NULL;
  ZcProgress progress = { NULL, NULL, cancellable };
  ZcBurnRequest request = { "/dev/sr0", image_path, image_sha256, &progress };
  gboolean good = zc_burn (backend, &request, &log, &error);

  assert_log (log, outcome);
  g_assert_cmpuint (drive->opens, ==, drive->closes);
  g_assert_cmpuint (drive->starts, ==, drive->finishes);
  g_assert_cmpuint (drive->ejected, ==, outcome != ZC_BURN_NOT_STARTED);
  g_assert_true (drive->highest_read <= (gint64) image_size);
  /* A drive that would go on is told to stop. */
  if (drive->pads_after_error && drive->feed_failed)
    g_assert_cmpuint (drive->cancels, >=, 1);
  if (good)
    {
      g_assert_null (words);
      g_assert_no_error (error);
      g_assert_cmpuint (log->outcome, ==, ZC_BURN_GOOD);
      g_assert_true (disc_is_the_image (drive));
      g_assert_cmpuint (log->verified, ==, image_size);
      g_assert_cmpuint (log->written, ==, image_size);
      g_assert_cmpstr (log->sha256_read, ==, image_sha256);
      g_assert_cmpstr (log->volume_id, ==, "MB2600123_1OF1");
      return;
    }
  g_assert_nonnull (words);
  g_assert_error (error, ZC_ERROR, code);
  g_assert_cmpstr (log->sentence, ==, error->message);
  if (!strstr (error->message, words))
    g_error ("“%s” does not say “%s”", error->message, words);
  if (outcome != ZC_BURN_NOT_STARTED)
    g_assert_nonnull (strcasestr (error->message, "do not submit"));
}

/* The good case, its phases and its log */

static GString *phases;

static void
note_phase (ZcBurnPhase phase, gpointer data)
{
  g_string_append_printf (phases, "%d", (int) phase);
}

static guint n_pulses;

static void
note_progress (const char *phase, guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpstr (phase, !=, "");
  g_assert_cmpuint (done, <=, MAX (total, done));
  n_pulses += total == 0;
}

static void
test_good (void)
{
  g_autoptr (ZcBurnBackend) backend = &fake_drive_new ()->base;
  g_autoptr (ZcBurnLog) log = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  ZcProgress progress = { note_progress };
  ZcBurnRequest request = { "/dev/sr0", image_path, image_sha256, &progress, note_phase };

  phases = g_string_new (NULL);
  g_assert_true (zc_burn (backend, &request, &log, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (phases->str, ==, "01234");
  g_assert_cmpuint (n_pulses, >=, 2);
  g_string_free (phases, TRUE);
  assert_log (log, ZC_BURN_GOOD);
  g_assert_cmpuint (((FakeDrive *) backend)->reloads, ==, 1);
  g_assert_cmpint (((FakeDrive *) backend)->highest_read, ==, (gint64) image_size);
  text = zc_burn_log_to_text (log);
  g_assert_nonnull (strstr (text, "\ndrive: FAKE WRITER 1.0\nmedium: DVD+R\nprofile: 0x001b\nmaker: Maker\n"));
  g_assert_nonnull (strstr (text, "\nmessage: a message of the drive "));
}

static void
test_good_without_digest (void)
{
  FakeDrive *drive = fake_drive_new ();
  char *kept = g_steal_pointer (&image_sha256);
  g_autoptr (ZcBurnBackend) backend = &drive->base;
  g_autoptr (ZcBurnLog) log = NULL;
  ZcBurnRequest request = { "/dev/sr0", image_path };

  g_assert_true (zc_burn (backend, &request, &log, NULL));
  g_assert_cmpstr (log->sha256, ==, kept);
  image_sha256 = kept;
}

/* What is in the drive */

static const struct
{
  ZcMediumState state;
  ZcMediumKind kind;
  const char *words; /* NULL: may be burnt */
} media[] = {
  { ZC_MEDIUM_BLANK, ZC_MEDIUM_WRITE_ONCE, NULL },
  { ZC_MEDIUM_BLANK, ZC_MEDIUM_ERASABLE, NULL },
  { ZC_MEDIUM_BLANK, ZC_MEDIUM_FILE, NULL },
  { ZC_MEDIUM_BLANK, ZC_MEDIUM_OVERWRITABLE, "cannot be closed" },
  { ZC_MEDIUM_BLANK, ZC_MEDIUM_READ_ONLY, "cannot be closed" },
  { ZC_MEDIUM_NONE, ZC_MEDIUM_WRITE_ONCE, "There is no disc in the drive" },
  { ZC_MEDIUM_UNSUITABLE, ZC_MEDIUM_WRITE_ONCE, "cannot use this disc" },
  { ZC_MEDIUM_APPENDABLE, ZC_MEDIUM_WRITE_ONCE, "is not blank" },
  { ZC_MEDIUM_CLOSED, ZC_MEDIUM_WRITE_ONCE, "is not blank" },
  { ZC_MEDIUM_CLOSED, ZC_MEDIUM_READ_ONLY, "is not blank" },
  { ZC_MEDIUM_APPENDABLE, ZC_MEDIUM_ERASABLE, "Erase it first" },
  { ZC_MEDIUM_CLOSED, ZC_MEDIUM_ERASABLE, "Erase it first" },
  { ZC_MEDIUM_CLOSED, ZC_MEDIUM_FILE, "is not blank" },
  { ZC_MEDIUM_CLOSED, ZC_MEDIUM_OVERWRITABLE, "is not blank" },
};

static void
test_media (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (media); i++)
    {
      FakeDrive *drive = fake_drive_new ();

      drive->medium.state = media[i].state;
      drive->medium.kind = media[i].kind;
      burn (drive, NULL, media[i].words ? ZC_BURN_NOT_STARTED : ZC_BURN_GOOD, ZC_ERROR_DEVICE, media[i].words);
    }
}

static void
test_capacity (void)
{
  FakeDrive *exact = fake_drive_new ();
  FakeDrive *small = fake_drive_new ();

  exact->medium.free_bytes = image_size;
  burn (exact, NULL, ZC_BURN_GOOD, 0, NULL);
  small->medium.free_bytes = image_size - ZC_DISC_BLOCK;
  burn (small, NULL, ZC_BURN_NOT_STARTED, ZC_ERROR_NO_SPACE, "this disc holds");
}

static void
test_refused_before (void)
{
  FakeDrive *drive = fake_drive_new ();

  drive->open_error = "busy";
  burn (drive, NULL, ZC_BURN_NOT_STARTED, ZC_ERROR_DEVICE, "busy");
  drive = fake_drive_new ();
  drive->inspect_error = "never ready";
  burn (drive, NULL, ZC_BURN_NOT_STARTED, ZC_ERROR_DEVICE, "never ready");
  drive = fake_drive_new ();
  drive->start_error = "no write type";
  burn (drive, NULL, ZC_BURN_NOT_STARTED, ZC_ERROR_DEVICE, "no write type");
}

/* The image */

static void
change_image (gpointer data)
{
  FILE *file = fopen (image_path, "r+b");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, -4096, SEEK_END), ==, 0);
  g_assert_cmpint (fputc ('!', file), ==, '!');
  fclose (file);
}

static void
truncate_image (gpointer data)
{
  g_assert_cmpint (truncate (image_path, (off_t) (image_size / 2)), ==, 0);
}

static void
test_image_changed_before (void)
{
  change_image (NULL);
  burn (fake_drive_new (), NULL, ZC_BURN_NOT_STARTED, ZC_ERROR_DAMAGED, "was changed since it was made");
  restore_image ();
  truncate_image (NULL);
  burn (fake_drive_new (), NULL, ZC_BURN_NOT_STARTED, ZC_ERROR_DAMAGED, "incomplete");
  g_assert_true (g_file_set_contents (image_path, "no image", -1, NULL));
  burn (fake_drive_new (), NULL, ZC_BURN_NOT_STARTED, ZC_ERROR_INVALID, "is not a disc image");
  g_unlink (image_path);
  burn (fake_drive_new (), NULL, ZC_BURN_NOT_STARTED, ZC_ERROR_IO, "Cannot read");
  restore_image ();
}

static void
test_image_changed_meanwhile (void)
{
  FakeDrive *drive = fake_drive_new ();

  drive->at_half = change_image;
  burn (drive, NULL, ZC_BURN_FAILED, ZC_ERROR_DAMAGED, "changed while it was being burnt");
  restore_image ();
}

/* The worst that was seen of real drives: the image cannot be read any more, the drive fills up with zeros, closes the
 * disc, says it wrote well, and what it "was fed" verifies. With and without heeding our cancelling. */
static void
test_false_success (void)
{
  for (guint i = 0; i < 2; i++)
    {
      FakeDrive *drive = fake_drive_new ();

      drive->at_half = truncate_image;
      drive->pads_after_error = TRUE;
      drive->ignores_cancel = i == 1;
      burn (drive, NULL, ZC_BURN_FAILED, ZC_ERROR_IO, "became shorter");
      restore_image ();
    }
}

static void
test_feed_fails_honestly (void)
{
  FakeDrive *drive = fake_drive_new ();

  drive->at_half = truncate_image;
  burn (drive, NULL, ZC_BURN_FAILED, ZC_ERROR_IO, "became shorter");
  restore_image ();
}

/* The drive */

static void
test_drive_lies (void)
{
  FakeDrive *drive = fake_drive_new ();

  drive->stops_asking_at = 1000000;
  burn (drive, NULL, ZC_BURN_FAILED, ZC_ERROR_IO, "before it had taken the whole image");
  drive = fake_drive_new ();
  drive->flips_byte = 777777;
  burn (drive, NULL, ZC_BURN_FAILED, ZC_ERROR_MISMATCH, "differs from the image");
  drive = fake_drive_new ();
  drive->flips_byte = (gint64) image_size - 1;
  burn (drive, NULL, ZC_BURN_FAILED, ZC_ERROR_MISMATCH, "differs from the image");
  drive = fake_drive_new ();
  drive->leaves_open = TRUE;
  burn (drive, NULL, ZC_BURN_FAILED, ZC_ERROR_IO, "did not close");
}

static void
test_drive_fails (void)
{
  FakeDrive *drive = fake_drive_new ();

  drive->admits_failure = TRUE;
  burn (drive, NULL, ZC_BURN_FAILED, ZC_ERROR_IO, "could not write");
  drive = fake_drive_new ();
  drive->lost_at = 600000;
  burn (drive, NULL, ZC_BURN_FAILED, ZC_ERROR_IO, "");
  drive = fake_drive_new ();
  drive->reload_error = "gone";
  burn (drive, NULL, ZC_BURN_UNVERIFIED, ZC_ERROR_IO, "gone");
  drive = fake_drive_new ();
  drive->read_fails_at = 0;
  burn (drive, NULL, ZC_BURN_UNVERIFIED, ZC_ERROR_IO, "unreadable");
  drive = fake_drive_new ();
  drive->read_fails_at = (gint64) image_size - 1;
  burn (drive, NULL, ZC_BURN_UNVERIFIED, ZC_ERROR_IO, "unreadable");
}

/* Every set of faults at once: a disc is called good only if it is. */
static void
test_any_faults (void)
{
  guint n_good = 0;

  for (guint set = 0; set < 128; set++)
    {
      FakeDrive *drive = fake_drive_new ();
      g_autoptr (ZcBurnBackend) backend = &drive->base;
      g_autoptr (ZcBurnLog) log = NULL;
      g_autoptr (GError) error = NULL;
      ZcBurnRequest request = { "/dev/sr0", image_path, image_sha256 };

      drive->leaves_open = (set & 1) != 0;
      drive->stops_asking_at = set & 2 ? 900000 : -1;
      drive->flips_byte = set & 4 ? 5 : -1;
      drive->admits_failure = (set & 8) != 0;
      drive->read_fails_at = set & 16 ? 500000 : -1;
      drive->lost_at = set & 32 ? 1300000 : -1;
      drive->pads_after_error = (set & 64) != 0;
      if (zc_burn (backend, &request, &log, &error))
        {
          g_assert_true (disc_is_the_image (drive));
          n_good++;
        }
      g_assert_true ((log->outcome == ZC_BURN_GOOD) == (error == NULL));
    }
  g_assert_cmpuint (n_good, ==, 2);
}

/* Cancelling */

static void
never_gets_there (gpointer data)
{
  g_error ("the drive was asked to stop and writes on");
}

static void
test_cancelled (void)
{
  static const struct { ZcBurnStep step; gboolean reading; ZcBurnOutcome outcome; const char *words; } cases[] = {
    { ZC_BURN_STEP_PREPARING, FALSE, ZC_BURN_FAILED, "Burning was cancelled" },
    { ZC_BURN_STEP_WRITING, FALSE, ZC_BURN_FAILED, "Burning was cancelled" },
    /* Closing goes on to its end, and only then is there something to cancel. */
    { ZC_BURN_STEP_CLOSING, FALSE, ZC_BURN_UNVERIFIED, "Reading the disc back was cancelled" },
    { ZC_BURN_STEP_ERASING, TRUE, ZC_BURN_UNVERIFIED, "Reading the disc back was cancelled" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint ignores = 0; ignores < 2; ignores++)
      {
        FakeDrive *drive = fake_drive_new ();
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();

        drive->cancel_at = cancellable;
        drive->cancel_step = cases[i].step;
        drive->cancel_reading = cases[i].reading;
        drive->ignores_cancel = ignores == 1;
        burn (drive, cancellable, cases[i].outcome, ZC_ERROR_CANCELLED, cases[i].words);
      }
  {
    FakeDrive *drive = fake_drive_new ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();

    drive->cancel_at = cancellable;
    drive->cancel_step = ZC_BURN_STEP_PREPARING;
    drive->forgets_cancel = TRUE;
    drive->at_half = never_gets_there;
    burn (drive, cancellable, ZC_BURN_FAILED, ZC_ERROR_CANCELLED, "Burning was cancelled");
  }
  {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();

    g_cancellable_cancel (cancellable);
    burn (fake_drive_new (), cancellable, ZC_BURN_NOT_STARTED, ZC_ERROR_CANCELLED, "Cancelled");
  }
}

static void
test_cost_is_said (void)
{
  g_assert_null (zc_burn_cancel_cost (ZC_BURN_PHASE_CHECKING));
  for (int phase = ZC_BURN_PHASE_PREPARING; phase <= ZC_BURN_PHASE_ERASING; phase++)
    g_assert_cmpstr (zc_burn_cancel_cost ((ZcBurnPhase) phase), !=, "");
}

/* Looking and erasing */

static void
test_inspect (void)
{
  FakeDrive *drive = fake_drive_new ();
  g_autoptr (ZcBurnBackend) backend = &drive->base;
  g_autoptr (GError) error = NULL;
  ZcMedium medium;

  g_assert_true (zc_burn_inspect (backend, "/dev/sr0", &medium, &error));
  g_assert_cmpstr (medium.name, ==, "DVD+R");
  g_assert_cmpuint (drive->closes, ==, 1);
  g_assert_false (drive->ejected);
  drive->inspect_error = "never ready";
  test_assert_fails (zc_burn_inspect (backend, "/dev/sr0", &medium, &error), error, ZC_ERROR_DEVICE);
  g_assert_cmpuint (drive->closes, ==, 2);
  g_clear_error (&error);
  drive->open_error = "busy";
  test_assert_fails (zc_burn_inspect (backend, "/dev/sr0", &medium, &error), error, ZC_ERROR_DEVICE);
  g_assert_cmpuint (drive->closes, ==, 2);
}

static void
test_erase (void)
{
  static const struct { ZcMediumState state; ZcMediumKind kind; gboolean fails; int code; } cases[] = {
    { ZC_MEDIUM_CLOSED, ZC_MEDIUM_ERASABLE, FALSE, -1 },
    { ZC_MEDIUM_APPENDABLE, ZC_MEDIUM_ERASABLE, FALSE, -1 },
    { ZC_MEDIUM_CLOSED, ZC_MEDIUM_ERASABLE, TRUE, ZC_ERROR_IO },
    { ZC_MEDIUM_CLOSED, ZC_MEDIUM_WRITE_ONCE, FALSE, ZC_ERROR_DEVICE },
    { ZC_MEDIUM_CLOSED, ZC_MEDIUM_OVERWRITABLE, FALSE, ZC_ERROR_DEVICE },
    { ZC_MEDIUM_CLOSED, ZC_MEDIUM_FILE, FALSE, ZC_ERROR_DEVICE },
    { ZC_MEDIUM_NONE, ZC_MEDIUM_WRITE_ONCE, FALSE, ZC_ERROR_DEVICE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FakeDrive *drive = fake_drive_new ();
      g_autoptr (ZcBurnBackend) backend = &drive->base;
      g_autoptr (GError) error = NULL;
      gboolean erased;

      drive->medium.state = cases[i].state;
      drive->medium.kind = cases[i].kind;
      drive->erase_fails = cases[i].fails;
      erased = zc_burn_erase (backend, "/dev/sr0", NULL, &error);
      g_assert_cmpuint (drive->closes, ==, 1);
      g_assert_false (drive->ejected);
      g_assert_true (erased == (cases[i].code < 0));
      if (!erased)
        g_assert_error (error, ZC_ERROR, cases[i].code);
      g_assert_cmpuint (drive->erases, ==, cases[i].code != ZC_ERROR_DEVICE);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  make_image ();
  g_test_add_func ("/disc/burn/good", test_good);
  g_test_add_func ("/disc/burn/good-without-digest", test_good_without_digest);
  g_test_add_func ("/disc/burn/media", test_media);
  g_test_add_func ("/disc/burn/capacity", test_capacity);
  g_test_add_func ("/disc/burn/refused-before", test_refused_before);
  g_test_add_func ("/disc/burn/image-changed-before", test_image_changed_before);
  g_test_add_func ("/disc/burn/image-changed-meanwhile", test_image_changed_meanwhile);
  g_test_add_func ("/disc/burn/false-success", test_false_success);
  g_test_add_func ("/disc/burn/feed-fails-honestly", test_feed_fails_honestly);
  g_test_add_func ("/disc/burn/drive-lies", test_drive_lies);
  g_test_add_func ("/disc/burn/drive-fails", test_drive_fails);
  g_test_add_func ("/disc/burn/any-faults", test_any_faults);
  g_test_add_func ("/disc/burn/cancelled", test_cancelled);
  g_test_add_func ("/disc/burn/cost-is-said", test_cost_is_said);
  g_test_add_func ("/disc/burn/inspect", test_inspect);
  g_test_add_func ("/disc/burn/erase", test_erase);
  status = g_test_run ();
  test_folder_free (folder);
  g_free (image_path);
  g_free (image_sha256);
  return status;
}
