/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-handin-disc.h"
#include "package/zc-passphrase.h"
#include "widgets/zc-burn-group.h"
#include "widgets/zc-certificate-row.h"
#include "zc-choose.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* For whom the package is encrypted, writing it, and putting it on a disc. */
struct _ZcPackPage
{
  ZcPage parent_instance;
  GtkStack *stack;
  AdwPreferencesGroup *recipients;
  GtkEditable *passphrase;
  GtkLabel *strength;
  AdwComboRow *suite;
  GtkSwitch *docx;
  AdwActionRow *scan_row;
  AdwActionRow *package_row;
  GtkWidget *pack;
  GtkWidget *image;
  AdwActionRow *image_row;
  ZcBurnGroup *burn;

  GList *rows;     /* of ZcCertificateRow */
  char *scan;      /* nullable */
  char *package;   /* nullable: written in this session */
  char *image_path; /* nullable: of its image */
};

#define ZC_TYPE_PACK_PAGE (zc_pack_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcPackPage, zc_pack_page, ZC, PACK_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcPackPage, zc_pack_page, ZC_TYPE_PAGE)

static ZcSession *
session_of (ZcPackPage *self)
{
  return zc_page_session (ZC_PAGE (self));
}

static gboolean
has_passphrase (ZcPackPage *self)
{
  return *gtk_editable_get_text (self->passphrase) != 0;
}

static void
refresh_buttons (ZcPackPage *self)
{
  gtk_widget_set_sensitive (self->pack, self->rows || has_passphrase (self));
  gtk_widget_set_sensitive (self->image, self->package != NULL);
}

static void
zc_pack_page_refresh (ZcPage *page, const char *place)
{
  ZcPackPage *self = ZC_PACK_PAGE (page);
  gboolean sealed = zc_inspection_get_state (zc_session_inspection (session_of (self))) >= ZC_STATE_SEALED;

  gtk_stack_set_visible_child_name (self->stack, sealed ? "sealed" : "blocked");
  zc_burn_group_bind (self->burn, session_of (self));
  refresh_buttons (self);
}

static void
on_show_seal (ZcPackPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-step", "s", zc_road_id (ZC_ROAD_SEAL));
}

static char *
default_name (ZcPackPage *self, const char *extension)
{
  g_autofree char *base = g_path_get_basename (zc_inspection_get_path (zc_session_inspection (session_of (self))));

  if (g_str_has_suffix (base, ".zicha"))
    base[strlen (base) - strlen (".zicha")] = 0;
  return g_strdup_printf ("%s.%s", base, extension);
}

/* Recipients */

static void
on_remove_recipient (ZcCertificateRow *row, ZcPackPage *self)
{
  self->rows = g_list_remove (self->rows, row);
  adw_preferences_group_remove (self->recipients, GTK_WIDGET (row));
  refresh_buttons (self);
}

static void
add_recipient (gpointer target, GPtrArray *files)
{
  ZcPackPage *self = target;
  g_autofree char *path = zc_choose_path (files);
  GError *error = NULL;
  g_autoptr (ZcCertificate) certificate = path ? zc_certificate_load (path, &error) : NULL;
  GtkWidget *row;

  if (!path)
    return;
  if (!certificate || !zc_certificate_check (certificate, &error))
    {
      zc_session_fail (session_of (self), error);
      return;
    }
  row = zc_certificate_row_new (certificate);
  g_signal_connect_object (row, "remove", G_CALLBACK (on_remove_recipient), self, 0);
  adw_preferences_group_add (self->recipients, row);
  self->rows = g_list_append (self->rows, row);
  refresh_buttons (self);
}

static void
on_add_recipient (ZcPackPage *self)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN, _("Choose the Office’s Certificate"), NULL, _("Certificates (*.crt, *.pem, *.cer, *.der)"),
                            "*.crt;*.pem;*.cer;*.der" };

  zc_choose (GTK_WIDGET (self), &choice, add_recipient, self);
}

/* Passphrase */

static void
on_passphrase_changed (ZcPackPage *self)
{
  const char *text = gtk_editable_get_text (self->passphrase);
  g_autoptr (ZcSecret) secret = zc_secret_new_copy (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  guint score = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->strength), *text != 0);
  if (!*text)
    gtk_label_set_label (self->strength, "");
  else if (zc_passphrase_check (secret, &score, &error))
    {
      words = g_strdup_printf (_("Strength: %u of 100"), score);
      gtk_label_set_label (self->strength, words);
    }
  else
    gtk_label_set_label (self->strength, error->message);
  refresh_buttons (self);
}

static void
on_generate (ZcPackPage *self)
{
  g_autoptr (ZcSecret) secret = zc_passphrase_generate ();

  gtk_editable_set_text (self->passphrase, (const char *) zc_secret_data (secret));
}

/* The scan of the stamped pages */

static void
set_scan (gpointer target, GPtrArray *files)
{
  ZcPackPage *self = target;
  g_autofree char *path = zc_choose_path (files);
  g_autofree char *shown = path ? g_filename_display_basename (path) : NULL;

  if (!path)
    return;
  g_free (self->scan);
  self->scan = g_strdup (path);
  adw_action_row_set_subtitle (self->scan_row, shown);
}

static void
on_choose_scan (ZcPackPage *self)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN, _("Choose the Scan of the Stamped Pages") };

  zc_choose (GTK_WIDGET (self), &choice, set_scan, self);
}

/* Packing */

typedef struct
{
  ZcPackPage *page;
  ZcPacking packing;
  ZcSecret *passphrase;
  char *scan;
  char *path;
} Packing;

static void
packing_free (gpointer data)
{
  Packing *packing = data;

  g_clear_pointer (&packing->packing.certificates, g_ptr_array_unref);
  zc_secret_free (packing->passphrase);
  g_free (packing->scan);
  g_free (packing->path);
  g_object_unref (packing->page);
  g_free (packing);
}

static gpointer
pack_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  Packing *packing = data;

  return zc_handin_pack (inspection, &packing->packing, packing->path, progress, error) ? GINT_TO_POINTER (1) : NULL;
}

static void
on_packed (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  Packing *packing = data;
  ZcPackPage *self = packing->page;
  g_autofree char *shown = g_filename_display_basename (packing->path);
  GError *refused = NULL;

  if (error)
    {
      zc_session_fail (session, g_error_copy (error));
      return;
    }
  /* The job had a read-only handle; what was done is noted here. */
  if (!zc_inspection_log (zc_session_inspection (session), "packed", shown, &refused))
    zc_session_fail (session, refused);
  g_free (self->package);
  self->package = g_strdup (packing->path);
  adw_action_row_set_subtitle (self->package_row, shown);
  refresh_buttons (self);
}

static void
pack_to (gpointer target, GPtrArray *files)
{
  ZcPackPage *self = target;
  g_autofree char *path = zc_choose_path (files);
  Packing *packing;
  const char *text = gtk_editable_get_text (self->passphrase);

  if (!path)
    return;
  packing = g_new0 (Packing, 1);
  packing->page = g_object_ref (self);
  packing->path = g_str_has_suffix (path, ".zcp") ? g_strdup (path) : g_strconcat (path, ".zcp", NULL);
  packing->scan = g_strdup (self->scan);
  packing->packing.scan = packing->scan;
  packing->packing.docx = gtk_switch_get_active (self->docx);
  packing->packing.suite = adw_combo_row_get_selected (self->suite) == 1 ? ZC_SUITE_INTL_1 : ZC_SUITE_GM_1;
  packing->packing.certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_certificate_unref);
  for (GList *at = self->rows; at; at = at->next)
    g_ptr_array_add (packing->packing.certificates, zc_certificate_ref (zc_certificate_row_get (at->data)));
  if (*text)
    packing->passphrase = zc_secret_new_copy (text, strlen (text));
  packing->packing.passphrase = packing->passphrase;
  zc_session_run (session_of (self), _("Writing the package"), pack_job, on_packed, packing, packing_free);
}

static void
on_pack (ZcPackPage *self)
{
  const char *text = gtk_editable_get_text (self->passphrase);
  g_autoptr (ZcSecret) secret = zc_secret_new_copy (text, strlen (text));
  g_autofree char *name = default_name (self, "zcp");
  const ZcChoice choice = { ZC_CHOOSE_SAVE, _("Write the Package"), name, _("Packages (*.zcp)"), "*.zcp" };
  GError *error = NULL;

  if (*text && !zc_passphrase_check (secret, NULL, &error))
    zc_session_fail (session_of (self), error);
  else
    zc_choose (GTK_WIDGET (self), &choice, pack_to, self);
}

/* The image */

typedef struct
{
  ZcPackPage *page;
  char *package;
  char *path;
  guint64 capacity; /* 0: one image */
} Imaging;

static void
imaging_free (gpointer data)
{
  Imaging *imaging = data;

  g_object_unref (imaging->page);
  g_free (imaging->package);
  g_free (imaging->path);
  g_free (imaging);
}

static gpointer
image_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  Imaging *imaging = data;
  const ZcImaging what = { imaging->package, imaging->path, zc_inspection_get_scheme (inspection), NULL,
                           imaging->capacity, imaging->capacity > 0 };

  return zc_handin_image (&what, progress, error);
}

/* All labels, one a disc, as they are to be written on them. */
static char *
labels_of (const ZcDiscResult *result)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < result->images->len; i++)
    g_strv_builder_add (labels, ((const ZcDiscImage *) result->images->pdata[i])->volume_id);
  list = g_strv_builder_end (labels);
  return g_strjoinv (", ", list);
}

static void
on_imaged (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  Imaging *imaging = data;
  ZcPackPage *self = imaging->page;
  g_autoptr (ZcDiscResult) images = result;
  g_autofree char *shown = g_filename_display_basename (imaging->path);
  g_autofree char *labels = NULL;
  g_autofree char *words = NULL;
  GError *refused = NULL;

  if (error)
    {
      zc_session_fail (session, g_error_copy (error));
      return;
    }
  labels = labels_of (images);
  words = g_strdup_printf (_("%s. Write on the disc with a soft pen: %s"), shown, labels);
  adw_action_row_set_subtitle (self->image_row, words);
  if (!zc_inspection_log (zc_session_inspection (session), "image", labels, &refused))
    zc_session_fail (session, refused);
  g_free (self->image_path);
  self->image_path = g_strdup (imaging->path);
  zc_burn_group_set_images (self->burn, images);
}

static void
write_image (ZcPackPage *self, const char *path, guint64 capacity)
{
  Imaging *imaging = g_new0 (Imaging, 1);

  imaging->page = g_object_ref (self);
  imaging->package = g_strdup (self->package);
  imaging->path = g_str_has_suffix (path, ".iso") ? g_strdup (path) : g_strconcat (path, ".iso", NULL);
  imaging->capacity = capacity;
  zc_session_run (session_of (self), _("Writing the disc image"), image_job, on_imaged, imaging, imaging_free);
}

static void
image_to (gpointer target, GPtrArray *files)
{
  g_autofree char *path = zc_choose_path (files);

  if (path)
    write_image (target, path, 0);
}

/* The images of several discs go beside the one that was too large for one. */
static void
on_split_wanted (ZcBurnGroup *burn, guint64 capacity, ZcPackPage *self)
{
  if (self->image_path && self->package)
    write_image (self, self->image_path, capacity);
}

static void
on_image (ZcPackPage *self)
{
  g_autofree char *name = default_name (self, "iso");
  const ZcChoice choice = { ZC_CHOOSE_SAVE, _("Write the Disc Image"), name, _("Disc images (*.iso)"), "*.iso" };

  zc_choose (GTK_WIDGET (self), &choice, image_to, self);
}

static void
zc_pack_page_dispose (GObject *object)
{
  ZcPackPage *self = ZC_PACK_PAGE (object);

  g_clear_pointer (&self->rows, g_list_free);
  g_clear_pointer (&self->scan, g_free);
  g_clear_pointer (&self->package, g_free);
  g_clear_pointer (&self->image_path, g_free);
  G_OBJECT_CLASS (zc_pack_page_parent_class)->dispose (object);
}

static void
zc_pack_page_class_init (ZcPackPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (ZC_TYPE_BURN_GROUP);
  G_OBJECT_CLASS (klass)->dispose = zc_pack_page_dispose;
  ZC_PAGE_CLASS (klass)->refresh = zc_pack_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-pack-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, recipients);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, strength);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, suite);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, docx);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, scan_row);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, package_row);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, pack);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, image);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, image_row);
  gtk_widget_class_bind_template_child (widget_class, ZcPackPage, burn);
  gtk_widget_class_bind_template_callback (widget_class, on_show_seal);
  gtk_widget_class_bind_template_callback (widget_class, on_add_recipient);
  gtk_widget_class_bind_template_callback (widget_class, on_passphrase_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_generate);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_scan);
  gtk_widget_class_bind_template_callback (widget_class, on_pack);
  gtk_widget_class_bind_template_callback (widget_class, on_image);
  gtk_widget_class_bind_template_callback (widget_class, on_split_wanted);
}

static void
zc_pack_page_init (ZcPackPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_tell_focus (ADW_ENTRY_ROW (self->passphrase));
}
