/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real window on a computer whose drive plays a script, for the tests that look at it from outside:
 *
 *     burn-stage FILE.zicha       sealed
 *
 * The drive holds a rewritable disc with something on it. With SIGUSR1 there is a blank disc, and a burn waits while it is
 * written; with the next one it goes on, and the disc turns out to be bad. */
#include "burn-testing.h"

#include "gui-test-util.h"
#include "widgets/zc-burn-group.h"
#include "zc-window.h"

#include <glib-unix.h>
#include <string.h>

typedef struct
{
  const char *file;
  FakeDrive *drive;
  BurnGate gate;
  guint acts;
} Stage;

static gboolean
on_next_act (gpointer data)
{
  Stage *stage = data;

  if (stage->acts++ > 0)
    burn_gate_open (&stage->gate);
  else
    {
      stage->drive->medium = fake_drive_medium (G_GUINT64_CONSTANT (4700000000));
      stage->drive->hold = burn_gate_hold;
      stage->drive->hold_data = &stage->gate;
      stage->drive->hold_step = ZC_BURN_STEP_WRITING;
      stage->drive->flips_byte = 40000;
    }
  return G_SOURCE_CONTINUE;
}

static void
set_computer (Stage *stage)
{
  stage->drive = fake_drive_new ();
  stage->drive->pieces = 1;
  stage->drive->medium.kind = ZC_MEDIUM_ERASABLE;
  stage->drive->medium.state = ZC_MEDIUM_CLOSED;
  burn_test_computer ();
  burn_test_add_drive ("sr0", "HL-DT-ST DVDRAM-GP65NB60", TRUE);
  burn_test_play (stage->drive);
}

static void
on_activate (GApplication *application, Stage *stage)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) inspection = zc_inspection_open (stage->file, ZC_OPEN_NORMAL, &error);
  ZcWindow *window = ZC_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));

  if (!inspection)
    g_error ("%s", error->message);
  zc_window_show_inspection (window, inspection);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-step", "s", "pack");
  zc_burn_group_set_images (ZC_BURN_GROUP (gui_find_type (GTK_WIDGET (window), ZC_TYPE_BURN_GROUP)), burn_test_images ());
}

int
main (int argc, char **argv)
{
  Stage stage = { NULL };
  g_autoptr (ZcApplication) application = NULL;
  char *none[] = { argv[0], NULL };

  if (argc != 2)
    g_error ("burn-stage FILE.zicha");
  stage.file = argv[1];
  argc = 1;
  g_set_prgname ("zicha-gtk"); /* by that name it is looked for */
  page_test_init (&argc, &argv);
  g_mutex_init (&stage.gate.lock);
  g_cond_init (&stage.gate.cond);
  set_computer (&stage);
  g_unix_signal_add (SIGUSR1, on_next_act, &stage);
  application = zc_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), &stage);
  return g_application_run (G_APPLICATION (application), 1, none);
}
