/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gui-test-util.h"

#include "zc-window.h"

G_BEGIN_DECLS

/* The whole window in the test's own process. */

/** Returns: (transfer full): the program, registered, which needs no bus and no other that runs. */
ZcApplication *window_test_application_new (void);
/** Returns: (transfer full): where a file called @name is, or would be, in the test's own folder; NULL: that one itself. */
char *window_test_path (const char *name);
/** window_test_clear: removes that folder. */
void window_test_clear (void);
/** window_test_choose: what the file dialogs answer from now on. @path: (nullable): nothing is chosen */
void window_test_choose (const char *path);
/** Returns: (transfer none): a window, shown, with a fresh inspection of the Xicheng notice in the file @name. */
ZcWindow *window_test_open_new (ZcApplication *application, const char *name);
/** Returns: (transfer none): the page that is shown. */
GtkWidget *window_test_page (ZcWindow *window);
/** Returns: (transfer none): what is stated at @place. */
const char *window_test_stated (ZcWindow *window, const char *place);

G_END_DECLS
