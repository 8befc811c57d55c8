/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-evidence-row.h"

#include "base/zc-text.h"
#include "inspection/zc-carry-over.h"
#include "widgets/zc-evidence-preview.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#define THUMBNAIL_SIZE 56

typedef struct
{
  ZcSession *session;
  guint64 id;
  char *name;
  char *item;
  char *caption_place;
  GtkWidget *caption;
  GtkWidget *remove;
  gboolean loading;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_object_unref (row->session);
  g_free (row->name);
  g_free (row->item);
  g_free (row->caption_place);
  g_free (row);
}

static void
on_caption_changed (GtkEditable *editable, Row *row)
{
  if (!row->loading)
    zc_session_set (row->session, row->caption_place, gtk_editable_get_text (editable));
}

static void
on_remove (GtkButton *button, Row *row)
{
  GError *error = NULL;

  if (!zc_inspection_detach (zc_session_inspection (row->session), row->id, row->item, &error))
    zc_session_fail (row->session, error);
}

static void
on_preview (GtkButton *button, Row *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));

  zc_evidence_preview_present (GTK_WINDOW (root), row->session, row->id);
}

static void
on_open (GtkButton *button, Row *row)
{
  zc_evidence_open_outside (GTK_WIDGET (button), row->session, row->id);
}

void
zc_evidence_row_refresh (GtkWidget *widget)
{
  Row *row = g_object_get_data (G_OBJECT (widget), "row");
  const char *caption = zc_session_get (row->session, row->caption_place);
  gboolean editable = zc_session_can_edit (row->session);

  row->loading = TRUE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row->caption)), caption))
    {
      g_autofree char *kept = zc_text_normalize (gtk_editable_get_text (GTK_EDITABLE (row->caption)), FALSE, NULL);

      /* A blank at the end that is being typed is not worth moving the cursor. */
      if (!kept || !g_str_equal (g_strstrip (kept), caption))
        gtk_editable_set_text (GTK_EDITABLE (row->caption), caption);
    }
  row->loading = FALSE;
  gtk_editable_set_editable (GTK_EDITABLE (row->caption), editable);
  gtk_widget_set_sensitive (row->remove, editable);
}

static GtkWidget *
thumbnail_new (Row *row)
{
  GtkWidget *picture = gtk_image_new_from_icon_name ("text-x-generic-symbolic");
  GtkWidget *button = gtk_button_new ();
  g_autofree char *label = g_strdup_printf (_("Look at “%s”"), row->name);

  gtk_image_set_pixel_size (GTK_IMAGE (picture), THUMBNAIL_SIZE / 2);
  gtk_widget_set_size_request (picture, THUMBNAIL_SIZE, THUMBNAIL_SIZE);
  gtk_button_set_child (GTK_BUTTON (button), picture);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "zc-thumbnail");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  zc_set_name (button, label);
  zc_evidence_thumbnail_load (GTK_IMAGE (picture), row->session, row->id, THUMBNAIL_SIZE);
  return button;
}

static char *
details (const ZcEvidence *evidence, const char *item)
{
  g_autofree char *size = zc_size_display (evidence->size);
  g_autoptr (GString) others = g_string_new (NULL);

  for (char **id = evidence->items; *id; id++)
    if (!g_str_equal (*id, item))
      g_string_append_printf (others, "%s%s", others->len > 0 ? "、" : "", *id);
  return others->len > 0 ? g_strdup_printf (_("%s · also in %s"), size, others->str) : g_strdup (size);
}

static GtkWidget *
words_new (Row *row, const ZcEvidence *evidence)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *name = gtk_label_new (evidence->name);
  g_autofree char *text = details (evidence, row->item);
  GtkWidget *more = gtk_label_new (text);
  g_autofree char *label = g_strdup_printf (_("Caption of “%s”"), evidence->name);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (more), 0);
  gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (more, "caption");
  gtk_widget_add_css_class (more, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), more);
  if (zc_inspection_is_former_evidence (zc_session_inspection (row->session), evidence->id))
    {
      GtkWidget *former = gtk_label_new (_("The very same file was evidence last year. Is it still up to date?"));

      gtk_label_set_xalign (GTK_LABEL (former), 0);
      gtk_label_set_wrap (GTK_LABEL (former), TRUE);
      gtk_widget_add_css_class (former, "warning");
      gtk_widget_add_css_class (former, "caption");
      gtk_box_append (GTK_BOX (box), former);
    }
  row->caption = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (row->caption), _("What it shows"));
  gtk_editable_set_enable_undo (GTK_EDITABLE (row->caption), FALSE);
  zc_set_name (row->caption, label);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), row->caption);
  return box;
}

static GtkWidget *
action_new (const char *icon, const char *label, GCallback callback, Row *row)
{
  GtkWidget *button = zc_icon_button_new (icon, label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", callback, row);
  return button;
}

GtkWidget *
zc_evidence_row_new (ZcSession *session, const ZcEvidence *evidence, const char *item)
{
  GtkWidget *widget = adw_bin_new (); /* a row of a list would be a stop of its own, with nothing to do there */
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *preview;
  g_autofree char *open_label = g_strdup_printf (_("Open “%s” in another program"), evidence->name);
  g_autofree char *remove_label = g_strdup_printf (_("Take “%s” off this item"), evidence->name);
  Row *row = g_new0 (Row, 1);

  row->session = g_object_ref (session);
  row->id = evidence->id;
  row->name = g_strdup (evidence->name);
  row->item = g_strdup (item);
  row->caption_place = zc_place_new (ZC_PLACE_EVIDENCE, NULL, evidence->id, "caption");
  g_object_set_data_full (G_OBJECT (widget), "row", row, row_free);
  preview = thumbnail_new (row);
  g_signal_connect (preview, "clicked", G_CALLBACK (on_preview), row);
  gtk_box_append (GTK_BOX (box), preview);
  gtk_box_append (GTK_BOX (box), words_new (row, evidence));
  gtk_box_append (GTK_BOX (box), action_new ("document-open-symbolic", open_label, G_CALLBACK (on_open), row));
  row->remove = action_new ("user-trash-symbolic", remove_label, G_CALLBACK (on_remove), row);
  gtk_box_append (GTK_BOX (box), row->remove);
  g_signal_connect (row->caption, "changed", G_CALLBACK (on_caption_changed), row);
  gtk_widget_add_css_class (box, "zc-field");
  adw_bin_set_child (ADW_BIN (widget), box);
  zc_evidence_row_refresh (widget);
  return widget;
}
