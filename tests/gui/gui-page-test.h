/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-page.h"

#include <glib/gstdio.h>

G_BEGIN_DECLS

/* A page of the window alone in a window of its own, bound to the shipped sample. */
typedef struct
{
  char *path;
  ZcSession *session;
  GtkWidget *window;
  GtkWidget *page;
} PageTest;

void page_test_init (int *argc, char ***argv);
/** Returns: (transfer full): the shipped sample, answered, as a new file at @path. */
ZcInspection *page_test_new_sample (const char *path);
PageTest *page_test_new (GType page);
/** Closes the window and fails if something still holds it. */
void page_test_free (PageTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageTest, page_test_free)

/** Returns: (transfer full): a name in the tests' folder that nothing has yet. */
char *page_test_new_path (void);
/** Returns: (transfer none): the widget of that id in a .ui file below @root. */
GtkWidget *page_test_find (GtkWidget *root, const char *id);
void page_test_spin (double seconds);
/** page_test_wait: runs the main loop until @holds says so; half a minute without that is a failure. */
void page_test_wait (gboolean (*holds) (gpointer data), gpointer data);
/** Writes NAME.png into $ZICHA_TEST_SHOTS, if that is set. */
void page_test_shot (GtkWidget *window, const char *name);

G_END_DECLS
