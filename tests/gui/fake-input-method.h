/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * An input method as Chinese ones are, for GTK to load as its own: letters are held back until one of four characters is
 * chosen for them, by 1 to 4, by Up and Down with Return, or by the space bar. Any other key waits meanwhile. What is typed
 * while nothing is held back goes through.
 */

/** fake_im_install: before anything of GTK is made, after it was initialised. */
void fake_im_install (void);
/** fake_im_start: from now on, with nothing held back. @embeds: what is held back shows in the text; else only in a window
 * of the input method, of which the text knows nothing. @commits: what is held back becomes text when it is reset. */
void fake_im_start (gboolean embeds, gboolean commits);
/** fake_im_held: Returns: (transfer none): what is held back. */
const char *fake_im_held (void);
/** fake_im_keys: Returns: how many keys it was shown since it was started. */
guint fake_im_keys (void);

G_END_DECLS
