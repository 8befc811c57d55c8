/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-burn-group.h"

#include "base/zc-text.h"
#include "disc/zc-drives.h"
#include "handin/zc-handin-disc.h"
#include "zc-burn-image.h"
#include "zc-burn-job.h"
#include "zc-choose.h"
#include "zc-dialog.h"
#include "zc-window.h"

#include <glib/gi18n.h>

struct _ZcBurnGroup
{
  AdwPreferencesGroup parent_instance;
  AdwActionRow *status; /* what is the matter, or what became of the disc */
  AdwComboRow *drive;
  GtkWidget *refresh;
  GtkWidget *burn;
  GtkStringList *names;
  AdwComboRow *disc; /* which of several discs */
  GtkStringList *labels;
  AdwActionRow *image_row;

  ZcSession *session; /* borrowed: the page outlives neither */
  GPtrArray *drives;  /* (element-type ZcDrive) nullable */
  GPtrArray *images;  /* (element-type ZcBurnImage), one a disc */
  guint inhibited;
};

enum
{
  SPLIT_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcBurnGroup, zc_burn_group, ADW_TYPE_PREFERENCES_GROUP)

static void
say (ZcBurnGroup *self, const char *icon, const char *css_class, const char *title, const char *sentence)
{
  static const char *const classes[] = { "success", "error", "warning" };
  g_autofree char *name = g_strdup_printf ("%s: %s", title, sentence);

  zc_set_name (GTK_WIDGET (self->status), name);
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

/* Why the chosen drive is not one to burn with. */
static void
say_unusable (ZcBurnGroup *self, const ZcDrive *drive, const GError *error)
{
  say (self, "dialog-warning-symbolic", "warning", drive->permitted ? _("This Drive Only Reads") : _("No Permission to Use the Drive"),
       error->message);
}

static const ZcBurnImage *
chosen_image (ZcBurnGroup *self)
{
  guint at = adw_combo_row_get_selected (self->disc);

  return at < self->images->len ? self->images->pdata[at] : NULL;
}

static void
refresh_state (ZcBurnGroup *self)
{
  const ZcDrive *drive = chosen_drive (self);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->burn, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->drive), self->drives != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->image_row), self->drives != NULL);
  gtk_widget_set_visible (self->burn, self->drives != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->disc), self->images->len > 1);
  if (!drive)
    return;
  if (!zc_drive_check (drive, &error))
    say_unusable (self, drive, error);
  else if (!chosen_image (self))
    say (self, "media-optical-symbolic", NULL, _("Ready When the Image Is Written"), _("Write the disc image first, or choose one that was written before; then it can be burned here."));
  else
    {
      say (self, "media-optical-symbolic", NULL, _("Ready to Burn"), _("Put a blank write-once disc in. Afterwards it is read back and compared."));
      gtk_widget_set_sensitive (self->burn, TRUE);
    }
}

/* Not every drive burns: the first that can is chosen, if there is one. */
static void
choose_usable (ZcBurnGroup *self)
{
  for (guint i = 0; self->drives && i < self->drives->len; i++)
    if (zc_drive_check (self->drives->pdata[i], NULL))
      {
        adw_combo_row_set_selected (self->drive, i);
        return;
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
         _("This installation has no access to drives. Write the disc image, then open it with the burner of Kylin, the file "
           "manager of UOS or deepin, or with Brasero or K3b, and choose to burn an image, not a data disc."));
  else if (!(self->drives = zc_drives_list (NULL, &error)))
    say (self, "media-optical-symbolic", "warning", _("No Drive"), error->message);
  for (guint i = 0; self->drives && i < self->drives->len; i++)
    {
      const ZcDrive *drive = self->drives->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s (%s)", drive->name, drive->address);

      gtk_string_list_append (self->names, name);
    }
  choose_usable (self);
  refresh_state (self);
}

/* Work on the drive */

/* For the drive and the image that are chosen; NULL if one is not. */
static ZcBurnJob *
burn_new (ZcBurnGroup *self)
{
  const ZcDrive *drive = chosen_drive (self);
  const ZcBurnImage *image = chosen_image (self);

  return drive && image ? zc_burn_job_new (self, drive, image) : NULL;
}

/* The drive must not be put to sleep, nor the session ended, under a disc that is being written. Not every desktop does
 * what is asked for here, so the jobs ask the login manager, too. */
static void
inhibit (ZcBurnGroup *self)
{
  GApplication *application = g_application_get_default ();

  if (application && self->inhibited == 0)
    self->inhibited = gtk_application_inhibit (GTK_APPLICATION (application), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_APPLICATION_INHIBIT_SUSPEND | GTK_APPLICATION_INHIBIT_LOGOUT,
                                               _("Burning a disc"));
}

static void
uninhibit (ZcBurnGroup *self)
{
  if (self->inhibited)
    gtk_application_uninhibit (GTK_APPLICATION (g_application_get_default ()), self->inhibited);
  self->inhibited = 0;
}

/* Burning */

static void
say_outcome (ZcBurnGroup *self, const ZcBurnLog *log)
{
  g_autofree char *good = g_strdup_printf (_("%s Write on it with a soft pen: %s"), log->sentence, log->volume_id);

  if (log->outcome == ZC_BURN_GOOD)
    say (self, "zc-done-symbolic", "success", _("The Disc Is Good"), good);
  else if (log->outcome == ZC_BURN_NOT_STARTED)
    say (self, "dialog-warning-symbolic", "warning", _("Not Burned"), log->sentence);
  else
    say (self, "dialog-error-symbolic", "error", _("Do Not Submit This Disc"), log->sentence);
}

/* It took minutes: the user may be on another page, or further up on this one. A spoilt disc is said in the window's bar
 * too, which stays. */
static void
call_attention (ZcBurnGroup *self, const ZcBurnLog *log)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (log->outcome == ZC_BURN_FAILED || log->outcome == ZC_BURN_UNVERIFIED)
    zc_session_fail (self->session, g_error_new_literal (ZC_ERROR, ZC_ERROR_IO, log->sentence));
  else if (!gtk_widget_get_mapped (GTK_WIDGET (self)) && ZC_IS_WINDOW (root))
    zc_window_toast (ZC_WINDOW (root), log->sentence);
  else
    zc_announce (GTK_WIDGET (self), log->sentence);
  if (!focus || focus == self->burn || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->status));
}

static void
on_burned (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  ZcBurnGroup *self = ((ZcBurnJob *) data)->owner;
  g_autoptr (ZcBurnLog) log = result;
  GError *refused = NULL;

  uninhibit (self);
  gtk_widget_set_sensitive (self->burn, TRUE);
  if (!log)
    {
      say (self, "dialog-error-symbolic", "error", _("Not Burned"), error ? error->message : "");
      zc_announce (GTK_WIDGET (self), error ? error->message : _("Not Burned"));
      return;
    }
  if (!zc_handin_note_burn (zc_session_inspection (session), log, &refused))
    zc_session_fail (session, refused);
  /* The next disc is offered; what became of this one stays to be read. */
  if (log->outcome == ZC_BURN_GOOD && adw_combo_row_get_selected (self->disc) + 1 < self->images->len)
    adw_combo_row_set_selected (self->disc, adw_combo_row_get_selected (self->disc) + 1);
  say_outcome (self, log);
  call_attention (self, log);
}

static void
on_burn_confirmed (AdwMessageDialog *dialog, const char *response, ZcBurnGroup *self)
{
  ZcBurnJob *burn = g_str_equal (response, "burn") ? burn_new (self) : NULL;

  gtk_widget_set_sensitive (self->burn, burn == NULL);
  if (!burn)
    return;
  inhibit (self);
  zc_job_add_flags (zc_session_run (self->session, _("Burning the disc"), zc_burn_job_burn, on_burned, burn, zc_burn_job_free), ZC_JOB_TOLD_ELSEWHERE);
}

/* Erasing */

static void
on_erased (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  ZcBurnGroup *self = ((ZcBurnJob *) data)->owner;

  uninhibit (self);
  refresh_state (self);
  if (error)
    say (self, "dialog-error-symbolic", "error", _("Not Erased"), error->message);
  else
    say (self, "zc-done-symbolic", NULL, _("The Disc Is Blank Now"), _("It can be burned."));
  zc_announce (GTK_WIDGET (self), error ? error->message : _("The Disc Is Blank Now"));
}

static void
on_erase_confirmed (AdwMessageDialog *dialog, const char *response, ZcBurnGroup *self)
{
  ZcBurnJob *burn = g_str_equal (response, "erase") ? burn_new (self) : NULL;

  gtk_widget_set_sensitive (self->burn, burn == NULL);
  if (!burn)
    return;
  inhibit (self);
  zc_job_add_flags (zc_session_run (self->session, _("Erasing the disc"), zc_burn_job_erase, on_erased, burn, zc_burn_job_free), ZC_JOB_TOLD_ELSEWHERE);
}

static void
on_split_answered (AdwMessageDialog *dialog, const char *response, ZcBurnGroup *self)
{
  const guint64 *capacity = g_object_get_data (G_OBJECT (dialog), "capacity");

  gtk_widget_set_sensitive (self->burn, TRUE);
  if (g_str_equal (response, "split"))
    g_signal_emit (self, signals[SPLIT_WANTED], 0, *capacity);
}

/* Looking, then asking once */

static AdwMessageDialog *
ask (ZcBurnGroup *self, const char *title, const char *text, const char *id, const char *label, GCallback answered)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), title, text);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), id, label, NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", answered, self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
ask_to_burn (ZcBurnGroup *self, const ZcBurnJob *burn)
{
  g_autofree char *need = zc_size_display (burn->image->size);
  g_autofree char *holds = zc_size_display (burn->medium.free_bytes);
  /* Translators: a kind of disc and who made it, e.g. "DVD+R (RITEK)" */
  g_autofree char *disc =
      *burn->medium.maker ? g_strdup_printf (_("%s (%s)"), burn->medium.name, burn->medium.maker) : g_strdup (burn->medium.name);
  g_autofree char *text =
      g_strdup_printf (_("Drive: %s (%s)\nDisc: blank %s, holds %s\nImage: %s, needs %s\n\nThe disc is written once and closed, then "
                         "read back and compared. Cancelling on the way spoils it."),
                       burn->drive, burn->address, disc, holds, burn->image->volume_id, need);

  adw_message_dialog_set_response_appearance (ask (self, _("Burn the Disc?"), text, "burn", _("_Burn"), G_CALLBACK (on_burn_confirmed)),
                                              "burn", ADW_RESPONSE_SUGGESTED);
}

/* What lies there cannot be burnt on as it is: says why, and offers what would help. */
static void
refuse_medium (ZcBurnGroup *self, const ZcBurnJob *burn, const GError *reason)
{
  const ZcMedium *medium = &burn->medium;
  g_autofree char *text = NULL;
  AdwMessageDialog *dialog;

  gtk_widget_set_sensitive (self->burn, TRUE);
  say (self, "dialog-warning-symbolic", "warning", medium->state == ZC_MEDIUM_NONE ? _("No Disc in the Drive") : _("This Disc Can’t Be Used"),
       reason->message);
  zc_announce (GTK_WIDGET (self), reason->message);
  if (medium->kind == ZC_MEDIUM_ERASABLE && (medium->state == ZC_MEDIUM_APPENDABLE || medium->state == ZC_MEDIUM_CLOSED))
    {
      text = g_strdup_printf (_("There is content on the rewritable disc (%s) in the drive %s. All of it will be lost."), medium->name,
                              burn->address);
      dialog = ask (self, _("Erase the Disc?"), text, "erase", _("_Erase"), G_CALLBACK (on_erase_confirmed));
      adw_message_dialog_set_default_response (dialog, "cancel");
      adw_message_dialog_set_response_appearance (dialog, "erase", ADW_RESPONSE_DESTRUCTIVE);
    }
  else if (g_error_matches (reason, ZC_ERROR, ZC_ERROR_NO_SPACE) && self->images->len == 1 && burn->image->sha256)
    {
      dialog = ask (self, _("The Disc Is Too Small"), reason->message, "split", _("_Use Several Discs…"), G_CALLBACK (on_split_answered));
      g_object_set_data_full (G_OBJECT (dialog), "capacity", g_memdup2 (&medium->free_bytes, sizeof medium->free_bytes), g_free);
    }
}

static void
on_looked (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  ZcBurnJob *burn = data;
  ZcBurnGroup *self = burn->owner;
  g_autoptr (GError) refused = NULL;

  gtk_widget_set_sensitive (self->burn, TRUE);
  if (!gtk_widget_get_root (GTK_WIDGET (self)))
    return;
  if (error)
    say (self, "dialog-warning-symbolic", "warning", _("This Drive Can’t Be Used"), error->message);
  else if (!zc_burn_medium_check (&burn->medium, burn->image->size, &refused))
    refuse_medium (self, burn, refused);
  else
    ask_to_burn (self, burn);
}

static void
on_burn (ZcBurnGroup *self)
{
  ZcBurnJob *burn = burn_new (self);

  if (!burn)
    return;
  gtk_widget_set_sensitive (self->burn, FALSE);
  zc_job_add_flags (zc_session_run (self->session, _("Looking at the disc"), zc_burn_job_look, on_looked, burn, zc_burn_job_free), ZC_JOB_HARMLESS);
}

void
zc_burn_group_bind (ZcBurnGroup *self, ZcSession *session)
{
  if (self->session)
    return;
  self->session = session;
  on_refresh (self);
}

/* What is to be burnt. @images: (transfer full) (element-type ZcBurnImage) */
static void
take_images (ZcBurnGroup *self, GPtrArray *images)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_ptr_array_unref (self->images);
  self->images = images;
  gtk_string_list_splice (self->labels, 0, g_list_model_get_n_items (G_LIST_MODEL (self->labels)), NULL);
  for (guint i = 0; i < images->len; i++)
    {
      const ZcBurnImage *image = images->pdata[i];
      g_autofree char *size = zc_size_display (image->size);

      gtk_string_list_append (self->labels, image->volume_id);
      g_string_append_printf (text, "%s%s (%s)", i ? ", " : "", image->volume_id, size);
    }
  adw_action_row_set_subtitle (self->image_row, text->str);
  refresh_state (self);
}

void
zc_burn_group_set_images (ZcBurnGroup *self, const ZcDiscResult *result)
{
  GPtrArray *images = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_burn_image_free);

  for (guint i = 0; i < result->images->len; i++)
    g_ptr_array_add (images, zc_burn_image_new (result->images->pdata[i]));
  take_images (self, images);
}

static void
open_images (gpointer target, GPtrArray *files)
{
  ZcBurnGroup *self = target;
  g_autoptr (GPtrArray) images = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_burn_image_free);
  GError *error = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_file_get_path (files->pdata[i]);
      ZcBurnImage *image = path ? zc_burn_image_open (path, zc_session_inspection (self->session), &error) : NULL;

      if (image)
        g_ptr_array_add (images, image);
      else if (error)
        {
          zc_session_fail (self->session, error);
          return;
        }
    }
  g_ptr_array_sort (images, zc_burn_image_compare);
  if (images->len > 0)
    take_images (self, g_steal_pointer (&images));
}

static void
on_choose_image (ZcBurnGroup *self)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN_MANY, _("Choose Disc Images"), NULL, _("Disc images (*.iso)"), "*.iso" };

  zc_choose (GTK_WIDGET (self), &choice, open_images, self);
}

static void
zc_burn_group_dispose (GObject *object)
{
  ZcBurnGroup *self = ZC_BURN_GROUP (object);

  g_clear_pointer (&self->drives, g_ptr_array_unref);
  G_OBJECT_CLASS (zc_burn_group_parent_class)->dispose (object);
}

static void
zc_burn_group_finalize (GObject *object)
{
  g_ptr_array_unref (ZC_BURN_GROUP (object)->images);
  G_OBJECT_CLASS (zc_burn_group_parent_class)->finalize (object);
}

static void
zc_burn_group_class_init (ZcBurnGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_burn_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_burn_group_finalize;
  signals[SPLIT_WANTED] = g_signal_new ("split-wanted", ZC_TYPE_BURN_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_UINT64);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-burn-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, status);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, drive);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, refresh);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, burn);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, names);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, disc);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, labels);
  gtk_widget_class_bind_template_callback (widget_class, on_refresh);
  gtk_widget_class_bind_template_child (widget_class, ZcBurnGroup, image_row);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_image);
  gtk_widget_class_bind_template_callback (widget_class, on_burn);
  gtk_widget_class_bind_template_callback (widget_class, refresh_state);
}

static void
zc_burn_group_init (ZcBurnGroup *self)
{
  self->images = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_burn_image_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
