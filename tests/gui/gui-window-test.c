/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-window-test.h"

#include "zc-choose.h"

#include <glib/gstdio.h>

static char *folder, *chosen;

ZcApplication *
window_test_application_new (void)
{
  ZcApplication *application = zc_application_new ();
  g_autoptr (GError) error = NULL;

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  return application;
}

char *
window_test_path (const char *name)
{
  g_autoptr (GError) error = NULL;

  if (!folder)
    folder = g_dir_make_tmp ("zicha-window-XXXXXX", &error);
  g_assert_no_error (error);
  return g_build_filename (folder, name, NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir ? g_dir_read_name (dir) : NULL; name; name = g_dir_read_name (dir))
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (g_file_test (inside, G_FILE_TEST_IS_DIR) && !g_file_test (inside, G_FILE_TEST_IS_SYMLINK))
        remove_folder (inside);
      else
        g_remove (inside);
    }
  g_rmdir (path);
}

void
window_test_clear (void)
{
  if (folder)
    remove_folder (folder);
  g_clear_pointer (&folder, g_free);
}

static GPtrArray *
answer_choice (const ZcChoice *choice)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_nonnull (choice->title);
  if (chosen)
    g_ptr_array_add (files, g_file_new_for_path (chosen));
  return files;
}

void
window_test_choose (const char *path)
{
  g_free (chosen);
  chosen = g_strdup (path);
  zc_choose_set_chooser (answer_choice);
}

ZcWindow *
window_test_open_new (ZcApplication *application, const char *name)
{
  ZcWindow *window = zc_window_new (application);
  g_autofree char *path = window_test_path (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", &error);
  g_autoptr (ZcInspection) inspection = NULL;

  g_assert_no_error (error);
  inspection = zc_inspection_create (path, scheme, &error);
  g_assert_no_error (error);
  gtk_window_present (GTK_WINDOW (window));
  zc_window_show_inspection (window, inspection);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  return window;
}

GtkWidget *
window_test_page (ZcWindow *window)
{
  return gtk_stack_get_visible_child (GTK_STACK (gui_need (GTK_WIDGET (window), "pages")));
}

const char *
window_test_stated (ZcWindow *window, const char *place)
{
  return zc_session_get (zc_window_session (window), place);
}
