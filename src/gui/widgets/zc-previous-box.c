/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-previous-box.h"

#include "inspection/zc-carry-over.h"
#include "widgets/zc-text-diff.h"
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

/* Side by side. What went is struck through, what came is underlined: not by colour alone. */
static GtkWidget *
column_new (const char *title, GPtrArray *lines, char kind)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = words_new ("", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  PangoAttrList *marks = pango_attr_list_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const ZcDiffLine *line = lines->pdata[i];
      guint start;

      if (line->kind != ' ' && line->kind != kind)
        continue;
      g_string_append (text, text->len > 0 ? "\n" : "");
      start = (guint) text->len;
      g_string_append (text, line->text);
      if (line->kind == kind && line->to > line->from)
        {
          PangoAttribute *mark = kind == '-' ? pango_attr_strikethrough_new (TRUE) : pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);
          PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

          mark->start_index = weight->start_index = start + (guint) line->from;
          mark->end_index = weight->end_index = start + (guint) line->to;
          pango_attr_list_insert (marks, mark);
          pango_attr_list_insert (marks, weight);
        }
    }
  gtk_label_set_label (GTK_LABEL (label), text->str);
  gtk_label_set_attributes (GTK_LABEL (label), marks);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  pango_attr_list_unref (marks);
  gtk_box_append (GTK_BOX (column), words_new (title, "heading"));
  gtk_box_append (GTK_BOX (column), label);
  gtk_widget_add_css_class (column, "zc-column");
  return column;
}

static void
add_wording (GtkWidget *box, ZcSession *session, const ZcItem *item)
{
  ZcInspection *inspection = zc_session_inspection (session);
  g_autofree char *then = zc_inspection_previous_item (inspection, item->id);
  g_autofree char *now = zc_item_words (item);
  g_autoptr (GPtrArray) lines = NULL;
  GtkWidget *columns;

  if (!zc_inspection_wording_changed (inspection, item->id))
    return;
  gtk_box_append (GTK_BOX (box), words_new (_("The wording of this item has changed since. Read it again before you confirm."), NULL));
  if (!then)
    return;
  lines = zc_text_diff (then, now);
  columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_box_append (GTK_BOX (columns), column_new (_("As it read last year"), lines, '-'));
  gtk_box_append (GTK_BOX (columns), column_new (_("As it reads now"), lines, '+'));
  gtk_box_append (GTK_BOX (box), columns);
}

void
zc_previous_box_confirm (GtkWidget *box)
{
  GtkWidget *confirm = g_object_get_data (G_OBJECT (box), "confirm");

  if (gtk_widget_get_visible (box) && gtk_widget_get_visible (confirm) && gtk_widget_get_sensitive (confirm))
    zc_session_set (g_object_get_data (G_OBJECT (confirm), "session"), g_object_get_data (G_OBJECT (confirm), "place"), "");
}

static void
on_confirm (GtkButton *button, GtkWidget *box)
{
  zc_previous_box_confirm (box);
}

static GtkWidget *
confirm_new (ZcSession *session, const ZcItem *item, GtkWidget *box)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "zc-done-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Confirm: Still So"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_tooltip_text (button, _("Key 0"));
  zc_set_name (button, _("Confirm: Still So"));
  g_object_set_data_full (G_OBJECT (button), "session", g_object_ref (session), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "place", zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "confirmed"), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_confirm), box, 0);
  return button;
}

GtkWidget *
zc_previous_box_new (ZcSession *session, const ZcItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *button = confirm_new (session, item, box);
  GtkWidget *ask = words_new (_("This was taken over and counts only when you confirm it, or choose another answer."), NULL);
  g_autofree char *place = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "conformity");
  const char *origin = zc_inspection_get_origin (zc_session_inspection (session), place);

  gtk_widget_add_css_class (box, "zc-warning-box");
  gtk_box_append (GTK_BOX (box), words_new (item->conformity ? _("Last year’s answer") : _("Values that were taken over"), "heading"));
  if (origin)
    {
      g_autofree char *from = g_strdup_printf (_("From %s"), origin);
      GtkWidget *caption = words_new (from, "caption");

      gtk_widget_add_css_class (caption, "dim-label");
      gtk_box_append (GTK_BOX (box), caption);
    }
  add_answer (box, session, item);
  add_wording (box, session, item);
  gtk_box_append (GTK_BOX (box), ask);
  gtk_box_append (GTK_BOX (box), button);
  g_object_set_data (G_OBJECT (box), "confirm", button);
  g_object_set_data (G_OBJECT (box), "ask", ask);
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
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (box), "ask"), waits);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (box), "confirm"), waits);
  gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (box), "confirm"), zc_session_can_edit (session));
}
