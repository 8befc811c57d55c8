/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-certificate-row.h"

#include "base/zc-text.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>

struct _ZcCertificateRow
{
  AdwExpanderRow parent_instance;
  ZcCertificate *certificate;
};

G_DEFINE_FINAL_TYPE (ZcCertificateRow, zc_certificate_row, ADW_TYPE_EXPANDER_ROW)

static guint signal_remove;

static void
add_detail (ZcCertificateRow *self, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
on_remove (GtkButton *button, ZcCertificateRow *self)
{
  g_signal_emit (self, signal_remove, 0);
}

static void
add_remove_button (ZcCertificateRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_("Remove %s"), self->certificate->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), button);
}

GtkWidget *
zc_certificate_row_new (ZcCertificate *certificate)
{
  ZcCertificateRow *self = g_object_new (ZC_TYPE_CERTIFICATE_ROW, NULL);
  g_autofree char *from = zc_day_display (certificate->not_before);
  g_autofree char *to = zc_day_display (certificate->not_after);
  g_autofree char *valid = g_strdup_printf (_("%s to %s"), from, to);
  g_autofree char *subtitle = g_strdup_printf (_("%s, valid until %s. Compare the fingerprint with the notice."), certificate->algorithm, to);

  self->certificate = zc_certificate_ref (certificate);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), certificate->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  zc_set_name (GTK_WIDGET (self), certificate->name);
  add_detail (self, _("Issued by"), certificate->self_signed ? _("itself") : certificate->issuer);
  add_detail (self, _("Valid"), valid);
  add_detail (self, _("SM3 fingerprint"), certificate->sm3);
  add_detail (self, _("SHA-256 fingerprint"), certificate->sha256);
  add_remove_button (self);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  return GTK_WIDGET (self);
}

ZcCertificate *
zc_certificate_row_get (ZcCertificateRow *self)
{
  return self->certificate;
}

static void
zc_certificate_row_finalize (GObject *object)
{
  g_clear_pointer (&ZC_CERTIFICATE_ROW (object)->certificate, zc_certificate_unref);
  G_OBJECT_CLASS (zc_certificate_row_parent_class)->finalize (object);
}

static void
zc_certificate_row_class_init (ZcCertificateRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_certificate_row_finalize;
  signal_remove = g_signal_new ("remove", ZC_TYPE_CERTIFICATE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zc_certificate_row_init (ZcCertificateRow *self)
{
}
