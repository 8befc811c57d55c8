/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-burn-group.h"

#include "disc/zc-burn.h"
#include "disc/zc-drives.h"

#include <glib/gi18n.h>

struct _ZcBurnGroup
{
  AdwPreferencesGroup parent_instance;
  AdwActionRow *status; /* what is the matter, or what became of the disc */
  AdwComboRow *drive;
  GtkWidget *refresh;
  GtkWidget *burn;
  GtkStringList *names;

  ZcSession *session; /* borrowed: the page outlives neither */
  GPtrArray *drives;  /* (element-type ZcDrive) nullable */
  char *image;
  char *sha256;
  guint inhibited;
};

G_DEFINE_FINAL_TYPE (ZcBurnGroup, zc_burn_group, ADW_TYPE_PREFERENCES_GROUP)

static void
say (ZcBurnGroup *self, const char *icon, const char *css_class, const char *title, const char *sentence)
{
  static const char *const classes[] = { "success", "error", "warning" };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), classes[i]);
  if (css_class)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), css_class);
  adw_action_row_set_icon_name (self->status, icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->status), title);
  adw_action_row_set_subtitle (self->status, sentence);
}

static const ZcDrive *
chosen_drive (ZcBurnGroup *self)
{
  guint at = adw_combo_row_get_selected (self->drive);

  return self->drives && at < self->drives->len ? self->drives->pdata[at] : NULL;
}

static void
refresh_state (ZcBurnGroup *self)
{
  const ZcDrive *drive = chosen_drive (self);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->burn, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->drive), self->drives != NULL);
  if (!drive)
    return;
  if (!zc_drive_check (drive, &error))
    say (self, "dialog-warning-symbolic", "warning", _("This Drive Can’t Be Used"), error->message);
  else if (!self->image)
    say (self, "media-optical-symbolic", NULL, _("Ready When the Image Is Written"), _("Write the disc image first; then it can be burned here."));
  else
    {
      say (self, "media-optical-symbolic", NULL, _("Ready to Burn"), _("Put a blank write-once disc in. Afterwards it is read back and compared."));
      gtk_widget_set_sensitive (self->burn, TRUE);
    }
}

static void
on_refresh (ZcBurnGroup *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->drives, g_ptr_array_unref);
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)), NULL);
  if (zc_drives_sandboxed (NULL))
    say (self, "media-optical-symbolic", NULL, _("Burn the Image with the System’s Burner"),
         _("This installation has no access to drives. Burn the image file as an image, not as a data file."));
  else if (!(self->drives = zc_drives_list (NULL, &error)))
    say (self, "media-optical-symbolic", "warning", _("No Drive"), error->message);
  for (guint i = 0; self->drives && i < self->drives->len; i++)
    {
      const ZcDrive *drive = self->drives->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s (%s)", drive->name, drive->address);

      gtk_string_list_append (self->names, name);
    }
  refresh_state (self);
}

/* Burning */

typedef struct
{
  ZcBurnGroup *group;
  char *address;
  char *image;
  char *sha256;
} Burn;

static void
burn_free (gpointer data)
{
  Burn *burn = data;

  g_object_unref (burn->group);
  g_free (burn->address);
  g_free (burn->image);
  g_free (burn->sha256);
  g_free (burn);
}

/* Returns the log whatever happened: also a spoilt disc has to be accounted for. */
static gpointer
burn_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  Burn *burn = data;
  g_autoptr (ZcBurnBackend) backend = zc_burn_libburn_new (error);
  ZcBurnRequest request = { burn->address, burn->image, burn->sha256, progress };
  ZcBurnLog *log = NULL;
  g_autoptr (GError) failed = NULL;

  if (!backend)
    return NULL;
  zc_burn (backend, &request, &log, &failed);
  return log;
}

static void
keep_log (ZcSession *session, const ZcBurnLog *log)
{
  g_autofree char *detail =
      g_strdup_printf ("%s, %s, %s, SHA-256 %s: %s", log->finished, log->drive, log->volume_id, log->sha256, log->sentence);
  const char *kind = log->outcome == ZC_BURN_GOOD ? "burned" : "burn-failed";
  GError *error = NULL;

  if (!zc_inspection_log (zc_session_inspection (session), kind, detail, &error))
    zc_session_fail (session, error);
}

static void
on_burned (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  ZcBurnGroup *self = ((Burn *) data)->group;
  g_autoptr (ZcBurnLog) log = result;
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());

  if (self->inhibited)
    gtk_application_uninhibit (application, self->inhibited);
  self->inhibited = 0;
  gtk_widget_set_sensitive (self->burn, TRUE);
  if (!log)
    {
      say (self, "dialog-error-symbolic", "error", _("Not Burned"), error ? error->message : "");
      return;
    }
  keep_log (session, log);
  if (log->outcome == ZC_BURN_GOOD)
    say (self, "zc-done-symbolic", "success", _("The Disc Is Good"), log->sentence);
  else if (log->outcome == ZC_BURN_NOT_STARTED)
    say (self, "dialog-warning-symbolic", "warning", _("Not Burned"), log->sentence);
  else
    say (self, "dialog-error-symbolic", "error", _("Do Not Submit This Disc"), log->sentence);
}

static void
start_burning (ZcBurnGroup *self)
{
  const ZcDrive *drive = chosen_drive (self);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  Burn *burn;

  if (!drive)
    return;
  burn = g_new0 (Burn, 1);
  burn->group = g_object_ref (self);
  burn->address = g_strdup (drive->address);
  burn->image = g_strdup (self->image);
  burn->sha256 = g_strdup (self->sha256);
  gtk_widget_set_sensitive (self->burn, FALSE);
  self->inhibited = gtk_application_inhibit (GTK_APPLICATION (g_application_get_default ()), window,
                                             GTK_APPLICATION_INHIBIT_SUSPEND | GTK_APPLICATION_INHIBIT_LOGOUT, _("Burning a disc"));
  zc_session_run (self->session, _("Burning the disc"), burn_job, on_burned, burn, burn_free);
}

static void
on_confirmed (AdwMessageDialog *dialog, const char *response, ZcBurnGroup *self)
{
  if (g_str_equal (response, "burn"))
    start_burning (self);
}

static void
on_burn (ZcBurnGroup *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog = adw_message_dialog_new (window, _("Burn the Disc?"),
                                              _("The disc is written once and closed. Cancelling on the way spoils it."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "burn", _("_Burn"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "burn", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
zc_burn_group_bind (ZcBurnGroup *self, ZcSession *session)
{
  if (self->session)
    return;
  self->session = session;
  on_refresh (self);
}

void
zc_burn_group_set_image (ZcBurnGroup *self, const char *path, const char *sha256)
{
  g_free (self->image);
  g_free (self->sha256);
  self->image = g_strdup (path);
  self->sha256 = g_strdup (sha256);
  refresh_state (self);
}

static void
zc_burn_group_dispose (GObject *object)
{
  ZcBurnGroup *self = ZC_BURN_GROUP (object);

  g_clear_pointer (&self->drives, g_ptr_array_unref);
  g_clear_pointer (&self->image, g_free);
  g_clear_pointer (&self->sha256, g_free);
  G_OBJECT_CLASS (zc_burn_group_parent_class)->dispose (object);
}

static void
zc_burn_group_class_init (ZcBurnGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_burn_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-burn-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, status);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, drive);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, refresh);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, burn);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, names);
  gtk_widget_class_bind_template_callback (widget_class, on_refresh);
  gtk_widget_class_bind_template_callback (widget_class, on_burn);
  gtk_widget_class_bind_template_callback (widget_class, refresh_state);
}

static void
zc_burn_group_init (ZcBurnGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
