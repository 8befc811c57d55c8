/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-drive.h"
#include "gui-page-test.h"

#include "disc/zc-disc-image.h"

G_BEGIN_DECLS

/*
 * The computer that the window burns with. The linker puts these in the way of zc_drives_list(), zc_drives_sandboxed()
 * and zc_burn_libburn_new() in the test programs alone: the real ones still run, but with a folder for the root of the
 * file system, and the drive may be a scripted one.
 */

/** burn_test_computer: from now on one without drives, sandbox or script. */
void burn_test_computer (void);
/** burn_test_add_drive: @name: "sr0"; @model: what the kernel says */
void burn_test_add_drive (const char *name, const char *model, gboolean writes);
/** burn_test_forbid: the user may not use the drives. */
void burn_test_forbid (void);
/** burn_test_sandbox: in a Flatpak without devices. */
void burn_test_sandbox (void);
/** burn_test_play: what burns is @drive, (transfer full), until there is another computer. */
void burn_test_play (FakeDrive *drive);
/** burn_test_redirect: the first drive's address: libburn's "stdio:" for a file. */
void burn_test_redirect (const char *address);

/** burn_test_images: Returns: (transfer none): one image with a package in it, made once. */
const ZcDiscResult *burn_test_images (void);
/** burn_test_image: Returns: (transfer none): the only one of those. */
const ZcDiscImage *burn_test_image (void);

/** burn_test_dialog: Returns: (nullable): the question that is open, not @except. */
AdwMessageDialog *burn_test_dialog (AdwMessageDialog *except);
/** burn_test_wait_dialog: waits for it. */
AdwMessageDialog *burn_test_wait_dialog (void);
/** burn_test_answer: presses a button of the dialog, as the user does; it closes. */
void burn_test_answer (AdwMessageDialog *dialog, const char *response);
/** burn_test_button: Returns: the button of a dialog that says @label. */
GtkWidget *burn_test_button (GtkWidget *root, const char *label);

/** BurnGate: where a scripted drive waits until the test lets it on. */
typedef struct
{
  GMutex lock;
  GCond cond;
  gboolean reached, open;
} BurnGate;

/** burn_gate_hold: a FakeDrive's hold. */
void burn_gate_hold (gpointer gate);
/** burn_gate_wait: until the drive is there. */
void burn_gate_wait (BurnGate *gate);
void burn_gate_open (BurnGate *gate);

G_END_DECLS
