/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The burn group with a file for a drive: libburn's "stdio:" stands where the kernel's list of drives would. */
#include "gui-page-test.h"

#include "disc/zc-drives.h"
#include "disc/zc-disc-image.h"
#include "widgets/zc-burn-group.h"

#include <string.h>

GType zc_pack_page_get_type (void);

static char *address;

static void
drive_free (gpointer data)
{
  ZcDrive *drive = data;

  g_free (drive->address);
  g_free (drive->name);
  g_free (drive);
}

/* In place of disc/zc-drives.c. */
GPtrArray *
zc_drives_list (const char *root, GError **error)
{
  GPtrArray *drives = g_ptr_array_new_with_free_func (drive_free);
  ZcDrive *drive = g_new0 (ZcDrive, 1);

  drive->address = g_strdup (address);
  drive->name = g_strdup ("TEST");
  drive->can_write = drive->permitted = TRUE;
  g_ptr_array_add (drives, drive);
  return drives;
}

gboolean
zc_drive_check (const ZcDrive *drive, GError **error)
{
  return TRUE;
}

gboolean
zc_drives_sandboxed (const char *root)
{
  return FALSE;
}

static ZcDiscResult *
write_images (const char *path)
{
  GError *error = NULL;
  const char *paths[] = { path };
  g_autoptr (ZcDiscSpec) spec = zc_disc_spec_new ("ZC2600001", 1467600000, &error);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("read me", 7);
  ZcDiscResult *result;

  g_assert_true (zc_disc_spec_add_file (spec, "README.TXT", bytes, &error));
  result = zc_disc_write (spec, NULL, paths, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static const char *
title_of (GtkWidget *group)
{
  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (page_test_find (group, "status")));
}

/* The dialog on top. Returns: (nullable) */
static AdwMessageDialog *
dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static GtkWidget *
group_new (PageTest *test, const char *drive, GtkWidget **window)
{
  GtkWidget *group = g_object_new (ZC_TYPE_BURN_GROUP, NULL);

  g_free (address);
  address = g_strconcat ("stdio:", drive, NULL);
  *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (*window), group);
  gtk_window_present (GTK_WINDOW (*window));
  zc_burn_group_bind (ZC_BURN_GROUP (group), test->session);
  return group;
}

static void
click_burn (GtkWidget *group)
{
  g_signal_emit_by_name (page_test_find (group, "burn"), "clicked");
  for (int i = 0; i < 50 && !dialog () && gtk_widget_get_sensitive (page_test_find (group, "burn")) == FALSE; i++)
    page_test_spin (0.1);
}

static void
test_burn (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_pack_page_get_type ());
  g_autofree char *image = page_test_new_path ();
  g_autofree char *disc = page_test_new_path ();
  g_autoptr (ZcDiscResult) result = write_images (image);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) record = g_bytes_new_static ("<record/>", 9);
  GtkWidget *window;
  GtkWidget *group = group_new (test, disc, &window);
  AdwMessageDialog *ask;
  const char *text;

  g_assert_true (zc_inspection_seal (zc_session_inspection (test->session), record, &error));
  g_assert_false (gtk_widget_get_sensitive (page_test_find (group, "burn")));
  zc_burn_group_set_images (ZC_BURN_GROUP (group), result);
  click_burn (group);
  g_assert_nonnull (dialog ());
  text = adw_message_dialog_get_body (dialog ());
  g_assert_nonnull (strstr (text, "TEST"));
  g_assert_nonnull (strstr (text, address));
  g_assert_nonnull (strstr (text, "ZC2600001_1OF1"));
  g_assert_nonnull (strstr (text, "stdio file"));
  g_assert_false (g_file_test (disc, G_FILE_TEST_EXISTS));
  page_test_shot (window, "burn-ask");
  ask = dialog ();
  adw_message_dialog_response (ask, "burn");
  gtk_window_destroy (GTK_WINDOW (ask));
  for (int i = 0; i < 100 && !gtk_widget_has_css_class (page_test_find (group, "status"), "success"); i++)
    page_test_spin (0.1);
  g_assert_cmpstr (title_of (group), ==, "The Disc Is Good");
  g_assert_cmpint (zc_inspection_get_state (zc_session_inspection (test->session)), ==, ZC_STATE_BURNED);

  /* The same disc again: written now. */
  click_burn (group);
  page_test_spin (0.3);
  g_assert_null (dialog ());
  g_assert_cmpstr (title_of (group), ==, "This Disc Can’t Be Used");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_no_disc (void)
{
  g_autoptr (PageTest) test = page_test_new (zc_pack_page_get_type ());
  g_autofree char *image = page_test_new_path ();
  g_autoptr (ZcDiscResult) result = write_images (image);
  GtkWidget *window;
  GtkWidget *group = group_new (test, "", &window);

  zc_burn_group_set_images (ZC_BURN_GROUP (group), result);
  click_burn (group);
  page_test_spin (0.3);
  g_assert_null (dialog ());
  g_assert_cmpstr (title_of (group), ==, "No Disc in the Drive");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/gui/burn/good", test_burn);
  g_test_add_func ("/gui/burn/no-disc", test_no_disc);
  return g_test_run ();
}
