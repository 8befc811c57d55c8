/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-window-test.h"

#include "zc-dialog.h"
#include "zc-settings.h"

#include <glib/gstdio.h>

/* What the desktop asks of the program: to open files of both kinds, many at once; and what it remembers of the user's ways. */

static ZcApplication *application;

static GFile *
scratch (const char *name)
{
  g_autofree char *path = window_test_path (name);

  return g_file_new_for_path (path);
}

static GFile *
new_inspection (const char *name)
{
  GFile *file = scratch (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load ("xicheng-2016", &error);
  g_autoptr (ZcInspection) inspection = NULL;

  g_assert_no_error (error);
  inspection = zc_inspection_create (g_file_peek_path (file), scheme, &error);
  g_assert_no_error (error);
  return file;
}

/* Opening */

static guint
count_windows (void)
{
  return g_list_length (gtk_application_get_windows (GTK_APPLICATION (application)));
}

static ZcWindow *
window_of (GFile *file)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (application)); at; at = at->next)
    if (zc_window_has_file (at->data, file))
      return at->data;
  return NULL;
}

/* Whether it is shown, not only being read. */
static gboolean
is_open (gpointer file)
{
  ZcWindow *window = window_of (file);

  return window && zc_window_session (window);
}

/* The window that asks for what is needed to verify. */
static ZcWindow *
window_that_verifies (void)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (application)); at; at = at->next)
    {
      GtkWidget *row = gui_find (at->data, "files_row");

      if (row && gtk_widget_get_mapped (row))
        return at->data;
    }
  return NULL;
}

static void
close_all (void)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (GTK_APPLICATION (application))))
    gui_close_and_check (windows->data);
}

static void
test_open_many (void)
{
  g_autoptr (GFile) first = new_inspection ("first.zicha");
  g_autoptr (GFile) second = new_inspection ("second.zicha");
  GFile *files[] = { first, second, first };

  g_application_open (G_APPLICATION (application), files, 3, "");
  g_assert_cmpuint (count_windows (), ==, 2);
  g_assert_true (gui_wait_until (is_open, first, 60));
  g_assert_true (gui_wait_until (is_open, second, 60));

  /* What is open is shown again, not opened again. */
  g_application_open (G_APPLICATION (application), files, 2, "");
  g_assert_cmpuint (count_windows (), ==, 2);
  close_all ();
}

static void
test_open_package (void)
{
  g_autoptr (GFile) one = scratch ("报送-1.zcp"), two = scratch ("报送-2.ZCP");
  g_autoptr (GFile) inspection = new_inspection ("beside.zicha");
  GFile *files[] = { one, inspection, two };
  ZcWindow *window;

  g_application_open (G_APPLICATION (application), files, 3, "");
  g_assert_cmpuint (count_windows (), ==, 2);
  g_assert_true (gui_wait_until (is_open, inspection, 60));
  window = window_that_verifies ();
  g_assert_nonnull (window);
  g_assert_null (zc_window_session (window));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (gui_need (GTK_WIDGET (window), "files_row"))), ==, "报送-1.zcp\n报送-2.ZCP");
  close_all ();
}

/* A window where somebody has begun to verify, or to make a self-check, is left alone. */
static void
test_open_beside (void)
{
  g_autoptr (GFile) one = scratch ("one.zcp"), image = scratch ("image.iso");

  g_application_open (G_APPLICATION (application), &one, 1, "");
  g_assert_cmpuint (count_windows (), ==, 1);
  g_application_open (G_APPLICATION (application), &image, 1, "");
  g_assert_cmpuint (count_windows (), ==, 2);
  close_all ();
}

static gboolean
says_error (gpointer window)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (gui_need (GTK_WIDGET (window), "error_revealer")));
}

static void
test_open_nothing (void)
{
  g_autoptr (GFile) missing = scratch ("missing.zicha");

  g_application_open (G_APPLICATION (application), &missing, 1, "");
  g_assert_cmpuint (count_windows (), ==, 1);
  g_assert_true (gui_wait_until (says_error, gtk_application_get_windows (GTK_APPLICATION (application))->data, 60));
  close_all ();
}

/* Settings */

static void
test_window_size (void)
{
  ZcWindow *first = zc_window_new (application), *second;
  int width = 0, height = 0;

  gtk_window_set_default_size (GTK_WINDOW (first), 1001, 702);
  gtk_window_present (GTK_WINDOW (first));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (first));
  gtk_window_close (GTK_WINDOW (first));
  second = zc_window_new (application);
  gtk_window_get_default_size (GTK_WINDOW (second), &width, &height);
  g_assert_cmpint (width, ==, 1001);
  g_assert_cmpint (height, ==, 702);
  g_assert_false (gtk_window_is_maximized (GTK_WINDOW (second)));
  gtk_window_present (GTK_WINDOW (second));
  close_all ();
}

static void
test_folder (void)
{
  g_autoptr (GFile) file = new_inspection ("remembered.zicha");
  g_autoptr (GFile) here = scratch (NULL);
  g_autoptr (GFile) gone = g_file_new_for_path ("/nonexistent/folder/file");
  g_autoptr (GFile) last = NULL;

  zc_settings_set_folder (file);
  last = zc_settings_get_folder ();
  g_assert_true (g_file_equal (last, here));
  zc_settings_set_folder (gone);
  g_assert_null (zc_settings_get_folder ());
  zc_settings_set_folder (here);
  g_set_object (&last, NULL);
  last = zc_settings_get_folder ();
  g_assert_true (g_file_equal (last, here));
}

static void
test_zoom (void)
{
  zc_settings_set_zoom (1.25);
  g_assert_cmpfloat (zc_settings_get_zoom (), ==, 1.25);
  zc_settings_set_zoom (1000);
  g_assert_cmpfloat (zc_settings_get_zoom (), ==, 4);
}

static void
assert_said (GtkWidget *bar, const char *text)
{
  g_autofree char *fault = gtk_test_accessible_check_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text);

  g_assert_cmpstr (fault, ==, NULL);
}

/* What a progress bar shows, in words. */
static void
test_progress (void)
{
  GtkWidget *bar = g_object_ref_sink (gtk_progress_bar_new ());

  zc_set_progress (GTK_PROGRESS_BAR (bar), "正在打包", 1, 4);
  assert_said (bar, "正在打包, 25 %");
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), ==, 0.25);
  zc_set_progress (GTK_PROGRESS_BAR (bar), "正在打包", 9, 4);
  assert_said (bar, "正在打包, 100 %");
  zc_set_progress (GTK_PROGRESS_BAR (bar), "正在读取", 9, 0);
  assert_said (bar, "正在读取");
  g_object_unref (bar);
}

static gboolean
is_pulsing (GtkWidget *from)
{
  gboolean is = gtk_widget_has_css_class (from, "pulse");

  for (GtkWidget *child = gtk_widget_get_first_child (from); child && !is; child = gtk_widget_get_next_sibling (child))
    is = is_pulsing (child);
  return is;
}

/* Out of sight a bar does not go on drawing itself; where it is seen again it may. */
static void
test_pulse (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_window_set_child (GTK_WINDOW (window), bar);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 2; i++)
    {
      zc_pulse (GTK_PROGRESS_BAR (bar));
      g_assert_true (is_pulsing (bar));
      gtk_widget_set_visible (bar, FALSE);
      g_assert_false (is_pulsing (bar));
      gtk_widget_set_visible (bar, TRUE);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where the schema is not installed nothing is kept, and nothing ends. */
static void
test_no_schema (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GFile) last = NULL;
      ZcWindow *window;

      zc_settings_set_zoom (1);
      g_assert_cmpfloat (zc_settings_get_zoom (), ==, 1);
      last = zc_settings_get_folder ();
      g_assert_null (last);
      window = zc_window_new (application);
      gtk_window_present (GTK_WINDOW (window));
      gtk_window_close (GTK_WINDOW (window));
      return;
    }
  g_unsetenv ("GSETTINGS_SCHEMA_DIR");
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  int status;

  /* Before anything reads a setting. */
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  /* What a screen reader is told can be asked for. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gui_test_init (&argc, &argv, GETTEXT_PACKAGE, ZC_TEST_LOCALEDIR);
  application = window_test_application_new ();
  g_test_add_func ("/desktop/open/many", test_open_many);
  g_test_add_func ("/desktop/open/package", test_open_package);
  g_test_add_func ("/desktop/open/beside", test_open_beside);
  g_test_add_func ("/desktop/open/nothing", test_open_nothing);
  g_test_add_func ("/desktop/settings/window", test_window_size);
  g_test_add_func ("/desktop/settings/folder", test_folder);
  g_test_add_func ("/desktop/settings/zoom", test_zoom);
  g_test_add_func ("/desktop/progress", test_progress);
  g_test_add_func ("/desktop/pulse", test_pulse);
  g_test_add_func ("/desktop/settings/no-schema", test_no_schema);
  status = g_test_run ();
  g_clear_object (&application);
  window_test_clear ();
  return status;
}
