/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real window while long work runs, above all a burn: what stopping it costs is said before, whichever way somebody
 * goes about it: by the button, by closing the window, by quitting, by going back, by opening another self-check. */
#include "burn-testing.h"
#include "gui-window-test.h"

#include "disc/zc-burn.h"
#include "widgets/zc-burn-group.h"

#include <glib/gi18n.h>
#include <string.h>

static ZcApplication *application;

typedef struct
{
  ZcWindow *window;
  gpointer alive; /* NULL once the window is gone */
  FakeDrive *drive;
  BurnGate gate;
} Fixture;

static ZcInspection *
sealed_new (void)
{
  g_autofree char *path = page_test_new_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) record = g_bytes_new_static ("<record/>", 9);
  ZcInspection *inspection = page_test_new_sample (path);

  g_assert_true (zc_inspection_seal (inspection, record, &error));
  return inspection;
}

static GtkWidget *
burn_group (GtkWidget *from)
{
  if (ZC_IS_BURN_GROUP (from))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = burn_group (child);

      if (found)
        return found;
    }
  return NULL;
}

/* A part of the group; on the page the group itself is called like its button. */
static GtkWidget *
part (const Fixture *fixture, const char *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (burn_group (GTK_WIDGET (fixture->window))); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = page_test_find (child, id);

      if (found)
        return found;
    }
  g_assert_not_reached ();
}

static GtkWidget *
of_window (const Fixture *fixture, const char *id)
{
  GtkWidget *found = page_test_find (GTK_WIDGET (fixture->window), id);

  g_assert_nonnull (found);
  return found;
}

static void
fixture_open (Fixture *fixture)
{
  g_autoptr (ZcInspection) inspection = sealed_new ();

  memset (fixture, 0, sizeof *fixture);
  g_mutex_init (&fixture->gate.lock);
  g_cond_init (&fixture->gate.cond);
  fixture->drive = fake_drive_new ();
  fixture->drive->pieces = 1;
  fixture->drive->hold = burn_gate_hold;
  fixture->drive->hold_data = &fixture->gate;
  fixture->drive->hold_step = ZC_BURN_STEP_WRITING;
  burn_test_computer ();
  burn_test_add_drive ("sr0", "HL-DT-ST DVDRAM-GP65NB60", TRUE);
  burn_test_play (fixture->drive);
  fixture->alive = fixture->window = zc_window_new (application);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), &fixture->alive);
  gtk_window_present (GTK_WINDOW (fixture->window));
  zc_window_show_inspection (fixture->window, inspection);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-step", "s", "pack");
  zc_burn_group_set_images (ZC_BURN_GROUP (burn_group (GTK_WIDGET (fixture->window))), burn_test_images ());
}

static gboolean
is_gone (gpointer fixture)
{
  return ((Fixture *) fixture)->alive == NULL;
}

static void
fixture_clear (Fixture *fixture)
{
  g_assert_null (burn_test_dialog (NULL));
  if (fixture->alive)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  page_test_wait (is_gone, fixture);
  g_cond_clear (&fixture->gate.cond);
  g_mutex_clear (&fixture->gate.lock);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* Burns until the drive waits at the gate. */
static void
burn_to_gate (Fixture *fixture)
{
  g_signal_emit_by_name (part (fixture, "burn"), "clicked");
  burn_test_answer (burn_test_wait_dialog (), "burn");
  burn_gate_wait (&fixture->gate);
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (of_window (fixture, "job_revealer"))));
}

static gboolean
is_over (gpointer fixture)
{
  return gtk_widget_get_sensitive (part (fixture, "burn"));
}

static void
let_it_end (Fixture *fixture)
{
  burn_gate_open (&fixture->gate);
  page_test_wait (is_over, fixture);
}

static void
assert_verdict (const Fixture *fixture, const char *title)
{
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (part (fixture, "status"))), ==, title);
}

/* The question that is open says @cost. Returns: it */
static AdwMessageDialog *
assert_asks (const char *heading, const char *cost)
{
  AdwMessageDialog *dialog = burn_test_wait_dialog ();

  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, heading);
  if (!strstr (adw_message_dialog_get_body (dialog), cost))
    g_error ("“%s” does not say “%s”", adw_message_dialog_get_body (dialog), cost);
  /* Enter and Escape harm nothing. */
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "wait");
  g_assert_cmpstr (adw_message_dialog_get_close_response (dialog), ==, "wait");
  return dialog;
}

static void
assert_has_response (AdwMessageDialog *dialog, const char *response, gboolean has)
{
  g_assert_true (adw_message_dialog_has_response (dialog, response) == has);
}

static char *
last_event (ZcInspection *inspection)
{
  g_autoptr (GPtrArray) log = zc_inspection_get_log (inspection);

  return g_strdup (log->len ? ((const ZcHandInEvent *) log->pdata[log->len - 1])->kind : "");
}

static const char *
lost (void)
{
  return zc_burn_cancel_cost (ZC_BURN_PHASE_WRITING);
}

/* The button */

static void
test_cancel (void)
{
  g_auto (Fixture) fixture = { NULL };
  AdwMessageDialog *dialog;

  fixture_open (&fixture);
  burn_to_gate (&fixture);
  page_test_shot (GTK_WIDGET (fixture.window), "window-burning");
  g_signal_emit_by_name (of_window (&fixture, "job_cancel"), "clicked");
  dialog = assert_asks (_("Cancel All the Same?"), lost ());
  g_assert_cmpint (adw_message_dialog_get_response_appearance (dialog, "stop"), ==, ADW_RESPONSE_DESTRUCTIVE);
  page_test_shot (GTK_WIDGET (dialog), "window-cancel");
  burn_test_answer (dialog, "wait");
  g_assert_cmpuint (fixture.drive->cancels, ==, 0);

  g_signal_emit_by_name (of_window (&fixture, "job_cancel"), "clicked");
  burn_test_answer (burn_test_wait_dialog (), "stop");
  let_it_end (&fixture);
  g_assert_cmpuint (fixture.drive->cancels, ==, 1);
  assert_verdict (&fixture, _("Do Not Submit This Disc"));
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (of_window (&fixture, "job_revealer"))));
  page_test_shot (GTK_WIDGET (fixture.window), "window-failed");
}

static void
test_not_cancelled (void)
{
  g_auto (Fixture) fixture = { NULL };

  fixture_open (&fixture);
  burn_to_gate (&fixture);
  g_signal_emit_by_name (of_window (&fixture, "job_cancel"), "clicked");
  burn_test_answer (burn_test_wait_dialog (), "wait");
  let_it_end (&fixture);
  assert_verdict (&fixture, _("The Disc Is Good"));
}

/* Closing a disc cannot be stopped, and nothing is offered that would look so. */
static void
test_closing (void)
{
  g_auto (Fixture) fixture = { NULL };
  const char *cost = zc_burn_cancel_cost (ZC_BURN_PHASE_CLOSING);
  AdwMessageDialog *dialog;

  fixture_open (&fixture);
  fixture.drive->hold_step = ZC_BURN_STEP_CLOSING;
  burn_to_gate (&fixture);
  g_signal_emit_by_name (of_window (&fixture, "job_cancel"), "clicked");
  dialog = assert_asks (_("Please Wait"), cost);
  assert_has_response (dialog, "stop", FALSE);
  page_test_shot (GTK_WIDGET (dialog), "window-closing");
  burn_test_answer (dialog, "wait");
  gtk_window_close (GTK_WINDOW (fixture.window));
  dialog = assert_asks (_("Please Wait"), cost);
  assert_has_response (dialog, "stop", FALSE);
  burn_test_answer (dialog, "wait");
  g_assert_nonnull (fixture.alive);
  let_it_end (&fixture);
  assert_verdict (&fixture, _("The Disc Is Good"));
}

static void
test_reading_back (void)
{
  g_auto (Fixture) fixture = { NULL };

  fixture_open (&fixture);
  fixture.drive->hold_reading = TRUE;
  burn_to_gate (&fixture);
  g_signal_emit_by_name (of_window (&fixture, "job_cancel"), "clicked");
  burn_test_answer (assert_asks (_("Cancel All the Same?"), zc_burn_cancel_cost (ZC_BURN_PHASE_VERIFYING)), "stop");
  let_it_end (&fixture);
  assert_verdict (&fixture, _("Do Not Submit This Disc"));
}

/* The disc went from writing to being closed while the user was thinking: what they agreed to is not to be had any more. */
static void
test_cost_changes (void)
{
  g_auto (Fixture) fixture = { NULL };
  AdwMessageDialog *dialog;
  BurnGate *second;

  fixture_open (&fixture);
  second = g_new0 (BurnGate, 1);
  burn_to_gate (&fixture);
  gtk_window_close (GTK_WINDOW (fixture.window));
  dialog = assert_asks (_("Stop It and Leave?"), lost ());
  /* It waits again as soon as it told that it is closing. */
  g_mutex_init (&second->lock);
  g_cond_init (&second->cond);
  g_mutex_lock (&fixture.gate.lock);
  fixture.drive->hold_step = ZC_BURN_STEP_CLOSING;
  fixture.drive->hold_data = second;
  g_mutex_unlock (&fixture.gate.lock);
  burn_gate_open (&fixture.gate);
  burn_gate_wait (second);
  burn_test_answer (dialog, "stop");
  dialog = assert_asks (_("Please Wait"), zc_burn_cancel_cost (ZC_BURN_PHASE_CLOSING));
  burn_test_answer (dialog, "wait");
  g_assert_nonnull (fixture.alive);
  burn_gate_open (second);
  let_it_end (&fixture);
  assert_verdict (&fixture, _("The Disc Is Good"));
  g_mutex_clear (&second->lock);
  g_cond_clear (&second->cond);
  g_free (second);
}

/* Leaving */

static void
test_close (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (ZcInspection) inspection = NULL;
  g_autofree char *event = NULL;
  AdwMessageDialog *dialog;

  fixture_open (&fixture);
  inspection = g_object_ref (zc_session_inspection (zc_window_session (fixture.window)));
  burn_to_gate (&fixture);
  gtk_window_close (GTK_WINDOW (fixture.window));
  dialog = assert_asks (_("Stop It and Leave?"), lost ());
  page_test_shot (GTK_WIDGET (dialog), "window-close");
  burn_test_answer (dialog, "wait");
  g_assert_nonnull (fixture.alive);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture.window)));

  gtk_window_close (GTK_WINDOW (fixture.window));
  burn_test_answer (burn_test_wait_dialog (), "stop");
  /* It goes when the drive has stopped, so that the failed disc is noted, and not before. */
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture.window)));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (of_window (&fixture, "job_label"))), ==, _("Stopping…"));
  burn_gate_open (&fixture.gate);
  page_test_wait (is_gone, &fixture);
  event = last_event (inspection);
  g_assert_cmpstr (event, ==, "burn-failed");
  g_assert_cmpuint (fixture.drive->closes, ==, fixture.drive->opens);
}

static void
test_quit (void)
{
  g_auto (Fixture) fixture = { NULL };

  fixture_open (&fixture);
  burn_to_gate (&fixture);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  burn_test_answer (assert_asks (_("Stop It and Leave?"), lost ()), "wait");
  g_assert_nonnull (fixture.alive);
  let_it_end (&fixture);
  assert_verdict (&fixture, _("The Disc Is Good"));
}

static void
test_back (void)
{
  g_auto (Fixture) fixture = { NULL };

  fixture_open (&fixture);
  burn_to_gate (&fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.back", NULL);
  burn_test_answer (assert_asks (_("Stop It and Leave?"), lost ()), "wait");
  g_assert_nonnull (zc_window_session (fixture.window));
  let_it_end (&fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.back", NULL);
  g_assert_null (zc_window_session (fixture.window));
}

typedef struct
{
  ZcWindow *window;
  ZcInspection *inspection;
} Shown;

static gboolean
is_shown (gpointer data)
{
  const Shown *shown = data;
  ZcSession *session = zc_window_session (shown->window);

  return session && zc_session_inspection (session) == shown->inspection;
}

static void
test_another (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (ZcInspection) first = NULL, second = sealed_new ();
  g_autofree char *event = NULL;
  Shown shown;

  fixture_open (&fixture);
  first = g_object_ref (zc_session_inspection (zc_window_session (fixture.window)));
  shown = (Shown) { fixture.window, second };
  burn_to_gate (&fixture);
  zc_window_show_inspection (fixture.window, second);
  burn_test_answer (assert_asks (_("Stop It and Leave?"), lost ()), "wait");
  g_assert_false (is_shown (&shown));

  zc_window_show_inspection (fixture.window, second);
  burn_test_answer (burn_test_wait_dialog (), "stop");
  g_assert_false (is_shown (&shown));
  burn_gate_open (&fixture.gate);
  page_test_wait (is_shown, &shown);
  event = last_event (first);
  g_assert_cmpstr (event, ==, "burn-failed");
}

/* The burn ends under the question: what became of it is to be seen, not a closing window. */
static void
test_ends_meanwhile (void)
{
  g_auto (Fixture) fixture = { NULL };

  fixture_open (&fixture);
  burn_to_gate (&fixture);
  gtk_window_close (GTK_WINDOW (fixture.window));
  assert_asks (_("Stop It and Leave?"), lost ());
  let_it_end (&fixture);
  g_assert_null (burn_test_dialog (NULL));
  assert_verdict (&fixture, _("The Disc Is Good"));
  gtk_window_close (GTK_WINDOW (fixture.window));
  page_test_wait (is_gone, &fixture);
}

/* On another page one is told, too. */
static void
test_other_page (void)
{
  g_auto (Fixture) fixture = { NULL };

  fixture_open (&fixture);
  fixture.drive->admits_failure = TRUE;
  burn_to_gate (&fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.show-step", "s", "unit");
  let_it_end (&fixture);
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (of_window (&fixture, "error_revealer"))));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (of_window (&fixture, "error_label"))),
                            _("The drive reports that it could not write the disc.")));
}

/* Other work */

/* Works until it is stopped or the gate opens. */
static gpointer
wait_job (ZcInspection *inspection, gpointer gate, const ZcProgress *progress, GError **error)
{
  GCancellable *cancellable = zc_progress_cancellable (progress);

  zc_progress_report (progress, "…", 1, 2);
  while (!g_cancellable_is_cancelled (cancellable) && !g_atomic_int_get ((int *) gate))
    g_usleep (1000);
  return zc_fail_if_cancelled (cancellable, error) ? NULL : gate;
}

static int n_done;

static void
on_done (ZcSession *session, gpointer result, const GError *error, gpointer gate)
{
  n_done++;
}

static gboolean
is_done (gpointer n)
{
  return n_done == GPOINTER_TO_INT (n);
}

static void
test_packing (void)
{
  g_auto (Fixture) fixture = { NULL };
  int gate = 0;

  fixture_open (&fixture);
  n_done = 0;
  zc_session_run (zc_window_session (fixture.window), _("Writing the package"), wait_job, on_done, &gate, NULL);
  gtk_window_close (GTK_WINDOW (fixture.window));
  burn_test_answer (assert_asks (_("Stop It and Leave?"), _("Writing the package")), "wait");
  g_assert_cmpint (n_done, ==, 0);
  gtk_window_close (GTK_WINDOW (fixture.window));
  burn_test_answer (burn_test_wait_dialog (), "stop");
  page_test_wait (is_gone, &fixture);
  g_assert_cmpint (n_done, ==, 1);
}

/* Pages are laid out while a disc is burnt: that ends, the burn goes on, and the window still knows. */
static void
test_two_at_once (void)
{
  g_auto (Fixture) fixture = { NULL };
  int gate = 0;
  ZcJob *harmless;

  fixture_open (&fixture);
  burn_to_gate (&fixture);
  n_done = 0;
  harmless = zc_session_run (zc_window_session (fixture.window), "pages", wait_job, on_done, &gate, NULL);
  zc_job_add_flags (harmless, ZC_JOB_HARMLESS);
  g_atomic_int_set (&gate, 1);
  page_test_wait (is_done, GINT_TO_POINTER (1));
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (of_window (&fixture, "job_revealer"))));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (of_window (&fixture, "job_label"))), !=, "pages");
  g_signal_emit_by_name (of_window (&fixture, "job_cancel"), "clicked");
  burn_test_answer (assert_asks (_("Cancel All the Same?"), lost ()), "wait");
  let_it_end (&fixture);
}

static void
test_harmless (void)
{
  g_auto (Fixture) fixture = { NULL };
  int gate = 0;

  fixture_open (&fixture);
  n_done = 0;
  zc_job_add_flags (zc_session_run (zc_window_session (fixture.window), "pages", wait_job, on_done, &gate, NULL), ZC_JOB_HARMLESS);
  gtk_window_close (GTK_WINDOW (fixture.window));
  g_assert_null (burn_test_dialog (NULL));
  page_test_wait (is_gone, &fixture);
  page_test_wait (is_done, GINT_TO_POINTER (1));
}

/* Work that shows itself, as verifying does on the start page. */
static void
test_shown_elsewhere (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (ZcJob) job = zc_job_new ("unpacking", ZC_JOB_SHOWN_ELSEWHERE);

  fixture_open (&fixture);
  zc_window_add_job (fixture.window, job);
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (of_window (&fixture, "job_revealer"))));
  gtk_window_close (GTK_WINDOW (fixture.window));
  burn_test_answer (assert_asks (_("Stop It and Leave?"), "unpacking"), "stop");
  g_assert_true (g_cancellable_is_cancelled (G_CANCELLABLE (job)));
  g_assert_nonnull (fixture.alive);
  zc_window_remove_job (fixture.window, job);
  page_test_wait (is_gone, &fixture);
}

int
main (int argc, char **argv)
{
  int status;

  page_test_init (&argc, &argv);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("ZICHA_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = window_test_application_new ();
  g_test_add_func ("/gui/burn-window/cancel", test_cancel);
  g_test_add_func ("/gui/burn-window/not-cancelled", test_not_cancelled);
  g_test_add_func ("/gui/burn-window/closing", test_closing);
  g_test_add_func ("/gui/burn-window/reading-back", test_reading_back);
  g_test_add_func ("/gui/burn-window/cost-changes", test_cost_changes);
  g_test_add_func ("/gui/burn-window/close", test_close);
  g_test_add_func ("/gui/burn-window/quit", test_quit);
  g_test_add_func ("/gui/burn-window/back", test_back);
  g_test_add_func ("/gui/burn-window/another", test_another);
  g_test_add_func ("/gui/burn-window/ends-meanwhile", test_ends_meanwhile);
  g_test_add_func ("/gui/burn-window/other-page", test_other_page);
  g_test_add_func ("/gui/burn-window/packing", test_packing);
  g_test_add_func ("/gui/burn-window/two-at-once", test_two_at_once);
  g_test_add_func ("/gui/burn-window/harmless", test_harmless);
  g_test_add_func ("/gui/burn-window/shown-elsewhere", test_shown_elsewhere);
  status = g_test_run ();
  g_clear_object (&application);
  return status;
}
