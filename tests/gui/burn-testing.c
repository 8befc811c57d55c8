/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "burn-testing.h"

#include "disc/zc-drives.h"
#include "handin/zc-handin-disc.h"
#include "package/zc-package-writer.h"
#include "package/zc-passphrase.h"

#include <string.h>

static char *root;
static char *redirected;
static gboolean forbidden;
static FakeDrive *played;
static void (*free_played) (ZcBurnBackend *backend);

/* The real ones, and what stands before them: the linker's --wrap. */
GPtrArray *__real_zc_drives_list (const char *path, GError **error);
GPtrArray *__wrap_zc_drives_list (const char *path, GError **error);
gboolean __real_zc_drives_sandboxed (const char *path);
gboolean __wrap_zc_drives_sandboxed (const char *path);
ZcBurnBackend *__real_zc_burn_libburn_new (GError **error);
ZcBurnBackend *__wrap_zc_burn_libburn_new (GError **error);

GPtrArray *
__wrap_zc_drives_list (const char *path, GError **error)
{
  GPtrArray *drives = __real_zc_drives_list (root, error);

  g_assert_null (path);
  for (guint i = 0; drives && i < drives->len; i++)
    {
      ZcDrive *drive = drives->pdata[i];

      drive->permitted = !forbidden;
      if (i == 0 && redirected)
        {
          g_free (drive->address);
          drive->address = g_strdup (redirected);
        }
    }
  return drives;
}

gboolean
__wrap_zc_drives_sandboxed (const char *path)
{
  g_assert_null (path);
  return __real_zc_drives_sandboxed (root);
}

static void
keep (ZcBurnBackend *backend)
{
}

ZcBurnBackend *
__wrap_zc_burn_libburn_new (GError **error)
{
  return played ? &played->base : __real_zc_burn_libburn_new (error);
}

static void
put (const char *path, const char *content)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_assert_true (g_file_set_contents (full, content, -1, NULL));
}

void
burn_test_computer (void)
{
  g_free (root);
  root = page_test_new_path ();
  g_assert_cmpint (g_mkdir_with_parents (root, 0755), ==, 0);
  g_clear_pointer (&redirected, g_free);
  forbidden = FALSE;
  if (played)
    free_played (&played->base);
  played = NULL;
}

void
burn_test_add_drive (const char *name, const char *model, gboolean writes)
{
  static const char *const attributes[] = { "vendor", "model" };
  g_auto (GStrv) words = g_strsplit (model, " ", 2);
  g_autofree char *device = g_build_filename ("dev", name, NULL);
  g_autofree char *info = g_build_filename (root, "proc/sys/dev/cdrom/info", NULL);
  g_autofree char *before = NULL, *names = NULL, *can = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_build_filename ("sys/block", name, "device", attributes[i], NULL);

      put (path, words[i]);
    }
  put (device, "");
  /* The kernel's table has a column for each drive. */
  if (!g_file_get_contents (info, &before, NULL, NULL))
    before = g_strdup ("drive name:\nCan write DVD-R:\n");
  lines = g_strsplit (before, "\n", -1);
  names = g_strdup_printf ("%s\t%s\n%s\t%d\n", lines[0], name, lines[1], writes);
  put ("proc/sys/dev/cdrom/info", names);
}

void
burn_test_forbid (void)
{
  forbidden = TRUE;
}

void
burn_test_sandbox (void)
{
  put (".flatpak-info", "[Context]\ndevices=dri;\n");
}

void
burn_test_play (FakeDrive *drive)
{
  played = drive;
  free_played = drive->base.free;
  drive->base.free = keep;
}

void
burn_test_redirect (const char *address)
{
  g_free (redirected);
  redirected = g_strdup (address);
}

static void
write_package (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  g_autoptr (GBytes) record = g_bytes_new_static ("<record/>", 9);
  g_autoptr (ZcSecret) passphrase = zc_passphrase_generate ();
  const ZcPackageRequest request = { ZC_SUITE_INTL_1, members, NULL, passphrase, 512 * 1024 };

  g_ptr_array_add (members, zc_member_new_bytes (ZC_MEMBER_RECORD, NULL, record));
  if (!zc_package_write_file (&request, path, NULL, &error))
    g_error ("%s", error->message);
}

const ZcDiscResult *
burn_test_images (void)
{
  static ZcDiscResult *result;
  g_autofree char *package = page_test_new_path ();
  g_autofree char *path = page_test_new_path ();
  const ZcImaging imaging = { package, path };
  g_autoptr (GError) error = NULL;

  if (result)
    return result;
  write_package (package);
  result = zc_handin_image (&imaging, NULL, &error);
  if (!result)
    g_error ("%s", error->message);
  return result;
}

const ZcDiscImage *
burn_test_image (void)
{
  return burn_test_images ()->images->pdata[0];
}

/* Dialogs */

AdwMessageDialog *
burn_test_dialog (AdwMessageDialog *except)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && window != (gpointer) except && gtk_widget_get_visible (GTK_WIDGET (window)))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return burn_test_dialog (NULL) != NULL;
}

AdwMessageDialog *
burn_test_wait_dialog (void)
{
  page_test_wait (has_dialog, NULL);
  return burn_test_dialog (NULL);
}

/* The button that the mnemonic and the eye find. */
GtkWidget *
burn_test_button (GtkWidget *from, const char *label)
{
  if (GTK_IS_BUTTON (from) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (from)), label) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = burn_test_button (child, label);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
is_gone (gpointer data)
{
  return burn_test_dialog (NULL) != data;
}

void
burn_test_answer (AdwMessageDialog *dialog, const char *response)
{
  const char *label = adw_message_dialog_get_response_label (dialog, response);
  GtkWidget *button = burn_test_button (GTK_WIDGET (dialog), label);

  if (!button)
    g_error ("the dialog has no button “%s”", label);
  g_signal_emit_by_name (button, "clicked");
  page_test_wait (is_gone, dialog);
}

/* The gate */

void
burn_gate_hold (gpointer data)
{
  BurnGate *gate = data;

  g_mutex_lock (&gate->lock);
  gate->reached = TRUE;
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->lock);
  g_mutex_unlock (&gate->lock);
}

static gboolean
is_reached (gpointer data)
{
  BurnGate *gate = data;
  gboolean reached;

  g_mutex_lock (&gate->lock);
  reached = gate->reached;
  g_mutex_unlock (&gate->lock);
  return reached;
}

void
burn_gate_wait (BurnGate *gate)
{
  page_test_wait (is_reached, gate);
  /* What it told on the way there has still to arrive. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
burn_gate_open (BurnGate *gate)
{
  g_mutex_lock (&gate->lock);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->lock);
}
