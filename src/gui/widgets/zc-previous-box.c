/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-previous-box.h"

#include "inspection/zc-carry-over.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>

static const char *
previous (ZcSession *session, const ZcItem *item, const char *field)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, field);
  const char *value = zc_inspection_get_previous (zc_session_inspection (session), place);

  return value ? value : "";
}

static GtkWidget *
words_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_answer (GtkWidget *box, ZcSession *session, const ZcItem *item)
{
  GPtrArray *fields = zc_answer_fields ();
  static const char *const shown[] = { "conformity", "reason", "note" };

  for (guint i = 0; i < fields->len; i++)
    {
      const ZcField *field = fields->pdata[i];
      g_autofree char *value = zc_field_display (field, previous (session, item, field->id));
      g_autofree char *text = g_strdup_printf (_("%s: %s"), field->label, value);

      for (guint s = 0; s < G_N_ELEMENTS (shown); s++)
        if (g_str_equal (shown[s], field->id) && *value)
          gtk_box_append (GTK_BOX (box), words_new (text, NULL));
    }
}

static void
add_wording (GtkWidget *box, ZcSession *session, const ZcItem *item)
{
  ZcInspection *inspection = zc_session_inspection (session);
  g_autofree char *then = zc_inspection_previous_item (inspection, item->id);
  GtkWidget *expander;

  if (!zc_inspection_wording_changed (inspection, item->id))
    return;
  gtk_box_append (GTK_BOX (box), words_new (_("The wording of this item has changed since. Read it again before you confirm."), "warning"));
  if (!then)
    return;
  expander = gtk_expander_new (_("How it read last year"));
  zc_set_name (expander, _("How it read last year"));
  gtk_expander_set_child (GTK_EXPANDER (expander), words_new (then, "dim-label"));
  gtk_box_append (GTK_BOX (box), expander);
}

static void
on_confirm (GtkButton *button, ZcSession *session)
{
  zc_session_set (session, g_object_get_data (G_OBJECT (button), "place"), "");
}

GtkWidget *
zc_previous_box_new (ZcSession *session, const ZcItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *button = gtk_button_new_with_label (_("Confirm: Still So"));
  g_autofree char *place = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "conformity");
  const char *origin = zc_inspection_get_origin (zc_session_inspection (session), place);

  gtk_widget_add_css_class (box, "zc-warning-box");
  gtk_box_append (GTK_BOX (box), words_new (_("Last year’s answer"), "heading"));
  if (origin)
    {
      GtkWidget *caption = words_new (origin, "caption");

      gtk_widget_add_css_class (caption, "dim-label");
      gtk_box_append (GTK_BOX (box), caption);
    }
  add_answer (box, session, item);
  add_wording (box, session, item);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_object_set_data_full (G_OBJECT (button), "place", zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "confirmed"), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_confirm), session, 0);
  gtk_box_append (GTK_BOX (box), button);
  g_object_set_data (G_OBJECT (box), "confirm", button);
  zc_previous_box_refresh (box, session, item);
  return box;
}

void
zc_previous_box_refresh (GtkWidget *box, ZcSession *session, const ZcItem *item)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "confirmed");
  gboolean waits = *zc_session_get (session, place) != '\0';
  gboolean any = *previous (session, item, "conformity") || *previous (session, item, "note") || *previous (session, item, "reason");

  gtk_widget_set_visible (box, waits || any);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (box), "confirm"), waits);
  gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (box), "confirm"), zc_session_can_edit (session));
}
