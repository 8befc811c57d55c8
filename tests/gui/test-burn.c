/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The burn group: what it says of drives, discs and burns, and what it asks. Once with libburn and a file for a drive, and
 * with a scripted drive for all that a file cannot play. */
#include "burn-testing.h"

#include "base/zc-text.h"
#include "widgets/zc-burn-group.h"
#include "zc-choose.h"

#include <glib/gi18n.h>
#include <string.h>

GType zc_pack_page_get_type (void);

/* A group in a window of its own, with a sealed sample and one image. */
typedef struct
{
  PageTest *page;
  GtkWidget *window;
  GtkWidget *group;
} Fixture;

static void
fixture_open (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) record = g_bytes_new_static ("<record/>", 9);

  fixture->page = page_test_new (zc_pack_page_get_type ());
  g_assert_true (zc_inspection_seal (zc_session_inspection (fixture->page->session), record, &error));
  fixture->group = g_object_new (ZC_TYPE_BURN_GROUP, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 560, -1);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->group);
  gtk_window_present (GTK_WINDOW (fixture->window));
  zc_burn_group_bind (ZC_BURN_GROUP (fixture->group), fixture->page->session);
  zc_burn_group_set_images (ZC_BURN_GROUP (fixture->group), burn_test_images ());
}

static void
fixture_clear (Fixture *fixture)
{
  gpointer group = fixture->group;

  g_object_add_weak_pointer (G_OBJECT (group), &group);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  page_test_free (fixture->page);
  g_assert_null (group);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
play (FakeDrive *drive)
{
  burn_test_computer ();
  burn_test_add_drive ("sr0", "HL-DT-ST DVDRAM-GP65NB60", TRUE);
  burn_test_play (drive);
}

static GtkWidget *
part (const Fixture *fixture, const char *id)
{
  GtkWidget *found = page_test_find (fixture->group, id);

  g_assert_nonnull (found);
  return found;
}

static gboolean
can_burn (const Fixture *fixture)
{
  return gtk_widget_get_sensitive (part (fixture, "burn"));
}

static const char *
sentence_of (const Fixture *fixture)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (part (fixture, "status")));
}

/* @css_class: (nullable): the only one of the three */
static void
assert_says (const Fixture *fixture, const char *title, const char *css_class, const char *words)
{
  static const char *const classes[] = { "success", "warning", "error" };
  GtkWidget *status = part (fixture, "status");
  g_autofree char *name = NULL, *said = NULL;

  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (status)), ==, title);
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    g_assert_true (gtk_widget_has_css_class (status, classes[i]) == (g_strcmp0 (classes[i], css_class) == 0));
  g_assert_nonnull (adw_action_row_get_icon_name (ADW_ACTION_ROW (status)));
  /* Read out whole, and reached by the keyboard. */
  name = g_strdup_printf ("%s: %s", title, sentence_of (fixture));
  said = gtk_test_accessible_check_property (GTK_ACCESSIBLE (status), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  g_assert_cmpstr (said, ==, NULL);
  g_assert_true (gtk_widget_get_focusable (status));
  if (!strstr (sentence_of (fixture), words))
    g_error ("“%s” does not say “%s”", sentence_of (fixture), words);
}

static const char *
last_event (const Fixture *fixture)
{
  static char kind[32];
  g_autoptr (GPtrArray) log = zc_inspection_get_log (zc_session_inspection (fixture->page->session));

  g_strlcpy (kind, log->len ? ((const ZcHandInEvent *) log->pdata[log->len - 1])->kind : "", sizeof kind);
  return kind;
}

static void
click_burn (const Fixture *fixture)
{
  g_assert_true (can_burn (fixture));
  g_signal_emit_by_name (part (fixture, "burn"), "clicked");
}

static gboolean
is_idle (gpointer fixture)
{
  return burn_test_dialog (NULL) || can_burn (fixture);
}

/* Until the disc was looked at, or the burn is over. */
static void
wait_idle (Fixture *fixture)
{
  page_test_wait (is_idle, fixture);
}

static void
assert_body_says (AdwMessageDialog *dialog, const char *const *words)
{
  for (guint i = 0; words[i]; i++)
    if (!strstr (adw_message_dialog_get_body (dialog), words[i]))
      g_error ("“%s” does not say “%s”", adw_message_dialog_get_body (dialog), words[i]);
}

/* Burns what the drive plays, after the one question. */
static void
burn (Fixture *fixture)
{
  AdwMessageDialog *ask;

  click_burn (fixture);
  ask = burn_test_wait_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (ask), ==, _("Burn the Disc?"));
  burn_test_answer (ask, "burn");
  wait_idle (fixture);
}

/* With libburn */

static void
test_libburn (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autofree char *disc = page_test_new_path ();
  g_autofree char *address = g_strconcat ("stdio:", disc, NULL);
  const char *const said[] = { "TEST WRITER", address, burn_test_image ()->volume_id, "stdio file", NULL };
  AdwMessageDialog *ask;

  burn_test_computer ();
  burn_test_add_drive ("sr0", "TEST WRITER", TRUE);
  burn_test_redirect (address);
  fixture_open (&fixture);
  click_burn (&fixture);
  ask = burn_test_wait_dialog ();
  assert_body_says (ask, said);
  g_assert_false (g_file_test (disc, G_FILE_TEST_EXISTS));
  burn_test_answer (ask, "burn");
  wait_idle (&fixture);
  assert_says (&fixture, _("The Disc Is Good"), "success", burn_test_image ()->volume_id);
  g_assert_cmpint (zc_inspection_get_state (zc_session_inspection (fixture.page->session)), ==, ZC_STATE_BURNED);

  /* The same disc again: written now. */
  click_burn (&fixture);
  wait_idle (&fixture);
  g_assert_null (burn_test_dialog (NULL));
  assert_says (&fixture, _("This Disc Can’t Be Used"), "warning", "stdio file");
}

/* Drives */

static void
test_no_drive (void)
{
  g_auto (Fixture) fixture = { NULL };

  burn_test_computer ();
  fixture_open (&fixture);
  assert_says (&fixture, _("No Drive"), "warning",
               _("This computer has no optical drive. Connect one, or save the disc image and burn it elsewhere."));
  g_assert_false (can_burn (&fixture));
  g_assert_false (gtk_widget_get_visible (part (&fixture, "drive")));
  page_test_shot (fixture.window, "burn-no-drive");

  /* It is plugged in, and looked for again. */
  burn_test_add_drive ("sr0", "TEST WRITER", TRUE);
  g_signal_emit_by_name (part (&fixture, "refresh"), "clicked");
  assert_says (&fixture, _("Ready to Burn"), NULL, "");
  g_assert_true (can_burn (&fixture));
  g_assert_true (gtk_widget_get_visible (part (&fixture, "drive")));
}

static void
test_no_permission (void)
{
  g_auto (Fixture) fixture = { NULL };

  burn_test_computer ();
  burn_test_add_drive ("sr0", "TEST WRITER", TRUE);
  burn_test_forbid ();
  fixture_open (&fixture);
  assert_says (&fixture, _("No Permission to Use the Drive"), "warning", "cdrom");
  g_assert_nonnull (strstr (sentence_of (&fixture), "/dev/sr0"));
  g_assert_false (can_burn (&fixture));
  page_test_shot (fixture.window, "burn-no-permission");
}

static void
test_no_medium (void)
{
  g_auto (Fixture) fixture = { NULL };
  FakeDrive *drive = fake_drive_new ();

  drive->medium.state = ZC_MEDIUM_NONE;
  play (drive);
  fixture_open (&fixture);
  click_burn (&fixture);
  wait_idle (&fixture);
  g_assert_null (burn_test_dialog (NULL));
  assert_says (&fixture, _("No Disc in the Drive"), "warning", _("There is no disc in the drive. Insert a blank one."));
  g_assert_cmpuint (drive->starts, ==, 0);
  page_test_shot (fixture.window, "burn-no-medium");
}

/* The first drive only reads; the one that burns is chosen by itself. */
static void
test_reader_and_writer (void)
{
  g_auto (Fixture) fixture = { NULL };

  burn_test_computer ();
  burn_test_add_drive ("sr0", "QEMU DVD-ROM", FALSE);
  burn_test_add_drive ("sr1", "TEST WRITER", TRUE);
  fixture_open (&fixture);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (part (&fixture, "drive"))), ==, 1);
  g_assert_true (can_burn (&fixture));
  adw_combo_row_set_selected (ADW_COMBO_ROW (part (&fixture, "drive")), 0);
  assert_says (&fixture, _("This Drive Only Reads"), "warning", "/dev/sr0");
  g_assert_false (can_burn (&fixture));
  page_test_shot (fixture.window, "burn-reader");
}

static void
test_sandbox (void)
{
  g_auto (Fixture) fixture = { NULL };

  burn_test_computer ();
  burn_test_sandbox ();
  fixture_open (&fixture);
  assert_says (&fixture, _("Burn the Image with the System’s Burner"), NULL, "Brasero");
  g_assert_false (can_burn (&fixture));
  g_assert_false (gtk_widget_get_visible (part (&fixture, "drive")));
  g_assert_false (gtk_widget_get_visible (part (&fixture, "burn")));
  page_test_shot (fixture.window, "burn-sandbox");
}

static void
test_drive_refuses (void)
{
  g_auto (Fixture) fixture = { NULL };
  FakeDrive *drive = fake_drive_new ();

  drive->open_error = "busy";
  play (drive);
  fixture_open (&fixture);
  click_burn (&fixture);
  wait_idle (&fixture);
  assert_says (&fixture, _("This Drive Can’t Be Used"), "warning", "busy");
}

/* The confirmation */

static void
test_question (void)
{
  g_auto (Fixture) fixture = { NULL };
  FakeDrive *drive = fake_drive_new ();
  const char *const said[] = { "HL-DT-ST DVDRAM-GP65NB60", "/dev/sr0", "DVD+R", "Maker", burn_test_image ()->volume_id, NULL };
  g_autofree char *holds = zc_size_display (drive->medium.free_bytes);
  g_autofree char *need = NULL;
  AdwMessageDialog *ask;

  play (drive);
  fixture_open (&fixture);
  click_burn (&fixture);
  ask = burn_test_wait_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (ask), ==, _("Burn the Disc?"));
  need = zc_size_display (burn_test_image ()->size);
  assert_body_says (ask, said);
  assert_body_says (ask, (const char *const[]) { holds, need, NULL });
  g_assert_cmpint (adw_message_dialog_get_response_appearance (ask, "burn"), ==, ADW_RESPONSE_SUGGESTED);
  page_test_shot (GTK_WIDGET (ask), "burn-question");
  burn_test_answer (ask, "cancel");
  g_assert_cmpuint (drive->starts, ==, 0);
  g_assert_true (can_burn (&fixture));
  burn (&fixture);
  g_assert_cmpuint (drive->starts, ==, 1);
  g_assert_true (drive->ejected);
  assert_says (&fixture, _("The Disc Is Good"), "success", burn_test_image ()->volume_id);
  g_assert_cmpstr (last_event (&fixture), ==, "burned");
  page_test_shot (fixture.window, "burn-good");
}

/* Rewritable discs */

static void
test_erase (void)
{
  g_auto (Fixture) fixture = { NULL };
  FakeDrive *drive = fake_drive_new ();
  AdwMessageDialog *ask;

  drive->medium = (ZcMedium) { ZC_MEDIUM_CLOSED, ZC_MEDIUM_ERASABLE, 0x0a, "CD-RW", "Maker", 0 };
  play (drive);
  fixture_open (&fixture);
  click_burn (&fixture);
  ask = burn_test_wait_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (ask), ==, _("Erase the Disc?"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ask), "CD-RW"));
  g_assert_cmpint (adw_message_dialog_get_response_appearance (ask, "erase"), ==, ADW_RESPONSE_DESTRUCTIVE);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ask), ==, "cancel");
  assert_says (&fixture, _("This Disc Can’t Be Used"), "warning", "CD-RW");
  page_test_shot (GTK_WIDGET (ask), "burn-erase");
  burn_test_answer (ask, "cancel");
  g_assert_cmpuint (drive->erases, ==, 0);

  click_burn (&fixture);
  burn_test_answer (burn_test_wait_dialog (), "erase");
  wait_idle (&fixture);
  g_assert_cmpuint (drive->erases, ==, 1);
  g_assert_cmpuint (drive->starts, ==, 0);
  assert_says (&fixture, _("The Disc Is Blank Now"), NULL, "");
  drive->medium.free_bytes = 700000000;
  burn (&fixture);
  assert_says (&fixture, _("The Disc Is Good"), "success", "");
}

static void
test_erase_fails (void)
{
  g_auto (Fixture) fixture = { NULL };
  FakeDrive *drive = fake_drive_new ();

  drive->medium = (ZcMedium) { ZC_MEDIUM_APPENDABLE, ZC_MEDIUM_ERASABLE, 0x0a, "CD-RW", "", 0 };
  drive->erase_fails = TRUE;
  play (drive);
  fixture_open (&fixture);
  click_burn (&fixture);
  burn_test_answer (burn_test_wait_dialog (), "erase");
  wait_idle (&fixture);
  assert_says (&fixture, _("Not Erased"), "error", "");
}

/* Several discs */

static void
on_split_wanted (ZcBurnGroup *group, guint64 capacity, guint64 *wanted)
{
  *wanted = capacity;
}

static void
test_split (void)
{
  g_auto (Fixture) fixture = { NULL };
  FakeDrive *drive = fake_drive_new ();
  guint64 wanted = 0;
  g_autofree char *holds = NULL, *need = NULL;
  AdwMessageDialog *ask;

  drive->medium.free_bytes = 100 * ZC_DISC_BLOCK;
  play (drive);
  fixture_open (&fixture);
  holds = zc_size_display (drive->medium.free_bytes);
  need = zc_size_display (burn_test_image ()->size);
  g_signal_connect (fixture.group, "split-wanted", G_CALLBACK (on_split_wanted), &wanted);
  g_assert_cmpuint (burn_test_image ()->size, >, drive->medium.free_bytes);
  click_burn (&fixture);
  ask = burn_test_wait_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (ask), ==, _("The Disc Is Too Small"));
  assert_body_says (ask, (const char *const[]) { holds, need, NULL });
  page_test_shot (GTK_WIDGET (ask), "burn-split");
  burn_test_answer (ask, "cancel");
  g_assert_cmpuint (wanted, ==, 0);
  click_burn (&fixture);
  burn_test_answer (burn_test_wait_dialog (), "split");
  g_assert_cmpuint (wanted, ==, drive->medium.free_bytes);
  g_assert_cmpuint (drive->starts, ==, 0);
}

/* A disc of several failed yesterday: its image is chosen and burnt alone. Another unit's image is not taken. */
static char *chosen;

static GPtrArray *
answer_choice (const ZcChoice *choice)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_cmpint (choice->kind, ==, ZC_CHOOSE_OPEN_MANY);
  g_ptr_array_add (files, g_file_new_for_path (chosen));
  return files;
}

static void
on_session_failed (ZcSession *session, GError *error, guint *n)
{
  g_assert_nonnull (strstr (error->message, burn_test_image ()->volume_id));
  ++*n;
}

static void
test_written_before (void)
{
  g_auto (Fixture) fixture = { NULL };
  FakeDrive *drive = fake_drive_new ();
  g_autoptr (ZcDiscResult) none = g_new0 (ZcDiscResult, 1);
  g_autoptr (GError) error = NULL;
  guint n_failed = 0;

  none->images = g_ptr_array_new ();
  none->files = g_ptr_array_new ();
  play (drive);
  fixture_open (&fixture);
  zc_burn_group_set_images (ZC_BURN_GROUP (fixture.group), none);
  g_assert_false (can_burn (&fixture));
  g_signal_connect (fixture.page->session, "failed", G_CALLBACK (on_session_failed), &n_failed);
  zc_choose_set_chooser (answer_choice);
  chosen = burn_test_image ()->path;
  g_signal_emit_by_name (burn_test_button (fixture.group, _("Choose _Written Ones…")), "clicked");
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_false (can_burn (&fixture));

  g_assert_true (zc_inspection_log (zc_session_inspection (fixture.page->session), "image", burn_test_image ()->volume_id, &error));
  g_signal_emit_by_name (burn_test_button (fixture.group, _("Choose _Written Ones…")), "clicked");
  g_assert_cmpuint (n_failed, ==, 1);
  zc_choose_set_chooser (NULL);
  burn (&fixture);
  assert_says (&fixture, _("The Disc Is Good"), "success", burn_test_image ()->volume_id);
  g_assert_cmpstr (last_event (&fixture), ==, "burned");
}

/* Failures */

static void
assert_failed (FakeDrive *drive, const char *words, const char *shot)
{
  g_auto (Fixture) fixture = { NULL };

  play (drive);
  fixture_open (&fixture);
  burn (&fixture);
  assert_says (&fixture, _("Do Not Submit This Disc"), "error", words);
  g_assert_cmpstr (last_event (&fixture), ==, "burn-failed");
  g_assert_cmpint (zc_inspection_get_state (zc_session_inspection (fixture.page->session)), <, ZC_STATE_BURNED);
  if (shot)
    page_test_shot (fixture.window, shot);
}

static void
test_failed (void)
{
  FakeDrive *drive = fake_drive_new ();

  drive->admits_failure = TRUE;
  assert_failed (drive, _("The drive reports that it could not write the disc."), "burn-failed");
  drive = fake_drive_new ();
  drive->flips_byte = 50000;
  assert_failed (drive, _("What is on the disc differs from the image."), NULL);
  drive = fake_drive_new ();
  drive->leaves_open = TRUE;
  assert_failed (drive, _("The drive did not close the disc."), NULL);
  drive = fake_drive_new ();
  drive->read_fails_at = 50000;
  assert_failed (drive, "unreadable", "burn-unverified");
}

/* What was not begun spoils nothing, and is not called a failed disc. */
static void
test_not_begun (void)
{
  g_auto (Fixture) fixture = { NULL };
  FakeDrive *drive = fake_drive_new ();

  drive->start_error = "no write type";
  play (drive);
  fixture_open (&fixture);
  burn (&fixture);
  assert_says (&fixture, _("Not Burned"), "warning", "no write type");
  g_assert_cmpstr (last_event (&fixture), ==, "");
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE); /* names are kept, and told to nobody */
  page_test_init (&argc, &argv);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("ZICHA_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_add_func ("/gui/burn/libburn", test_libburn);
  g_test_add_func ("/gui/burn/no-drive", test_no_drive);
  g_test_add_func ("/gui/burn/no-permission", test_no_permission);
  g_test_add_func ("/gui/burn/no-medium", test_no_medium);
  g_test_add_func ("/gui/burn/reader-and-writer", test_reader_and_writer);
  g_test_add_func ("/gui/burn/sandbox", test_sandbox);
  g_test_add_func ("/gui/burn/drive-refuses", test_drive_refuses);
  g_test_add_func ("/gui/burn/question", test_question);
  g_test_add_func ("/gui/burn/erase", test_erase);
  g_test_add_func ("/gui/burn/erase-fails", test_erase_fails);
  g_test_add_func ("/gui/burn/split", test_split);
  g_test_add_func ("/gui/burn/written-before", test_written_before);
  g_test_add_func ("/gui/burn/failed", test_failed);
  g_test_add_func ("/gui/burn/not-begun", test_not_begun);
  return g_test_run ();
}
