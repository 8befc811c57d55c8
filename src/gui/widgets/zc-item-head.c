/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-item-head.h"

#include "zc-dialog.h"
#include "zc-words.h"

#include <glib/gi18n.h>

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

static GtkWidget *
tag_new (const char *text, const char *tip)
{
  GtkWidget *tag = gtk_label_new (text);

  gtk_widget_add_css_class (tag, "zc-tag");
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (tag, tip);
  return tag;
}

static GtkWidget *
trail_new (const ZcItem *item, GtkWidget *head)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *state = gtk_label_new ("");
  g_autofree char *trail = g_strdup_printf ("%s · %s%s%s", item->section->label, item->id, *item->clause ? " · " : "", item->clause);
  GtkWidget *label = words_new (trail, "dim-label");
  const char *tag = zc_words_confidence_tag (item->confidence);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (*tag)
    gtk_box_append (GTK_BOX (box), tag_new (tag, zc_confidence_label (item->confidence)));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), state);
  g_object_set_data (G_OBJECT (head), "icon", icon);
  g_object_set_data (G_OBJECT (head), "state", state);
  return box;
}

static void
add_needs (GtkWidget *box, ZcSession *session, const ZcItem *item)
{
  if (item->evidence->len > 0)
    gtk_box_append (GTK_BOX (box), words_new (_("Evidence wanted"), "heading"));
  for (guint i = 0; i < item->evidence->len; i++)
    {
      const ZcEvidenceNeed *need = item->evidence->pdata[i];
      gboolean required = zc_rules_evidence_required (zc_session_record (session), need);
      g_autofree char *kind = need->kind && !g_str_equal (need->kind->label, need->label) ? g_strdup_printf (" — %s", need->kind->label) : g_strdup ("");
      g_autofree char *text = g_strdup_printf ("• %s%s%s%s", need->label, kind, required ? " · " : "", required ? _("required") : "");

      gtk_box_append (GTK_BOX (box), words_new (text, NULL));
    }
}

static GtkWidget *
guidance_new (ZcSession *session, const ZcItem *item)
{
  GtkWidget *expander = gtk_expander_new (_("How to check, and what evidence is wanted"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  zc_set_name (expander, _("How to check, and what evidence is wanted"));
  gtk_widget_add_css_class (box, "zc-guidance");
  if (*item->guidance)
    gtk_box_append (GTK_BOX (box), words_new (item->guidance, NULL));
  add_needs (box, session, item);
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  gtk_widget_set_visible (expander, *item->guidance || item->evidence->len > 0);
  return expander;
}

static GtkWidget *
away_new (const ZcItem *item)
{
  g_autofree char *text = *item->condition ? g_strdup_printf (_("This item does not apply as things stand: %s."), item->condition)
                                           : g_strdup (_("This item does not apply as things stand."));
  GtkWidget *label = words_new (text, "zc-warning-box");

  gtk_widget_set_visible (label, FALSE);
  return label;
}

GtkWidget *
zc_item_head_new (ZcSession *session, const ZcItem *item)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *away = away_new (item);
  g_autofree char *threshold = g_strdup_printf (_("Threshold: %s"), item->threshold);

  gtk_box_append (GTK_BOX (head), trail_new (item, head));
  gtk_box_append (GTK_BOX (head), words_new (item->title, "title-2"));
  gtk_box_append (GTK_BOX (head), away);
  gtk_box_append (GTK_BOX (head), words_new (item->requirement, NULL));
  if (*item->threshold)
    gtk_box_append (GTK_BOX (head), words_new (threshold, "heading"));
  gtk_box_append (GTK_BOX (head), guidance_new (session, item));
  g_object_set_data (G_OBJECT (head), "away", away);
  zc_item_head_refresh (head, session, item);
  return head;
}

void
zc_item_head_refresh (GtkWidget *head, ZcSession *session, const ZcItem *item)
{
  ZcRecord *record = zc_session_record (session);
  ZcItemState state = zc_rules_item_state (record, item);

  gtk_image_set_from_icon_name (g_object_get_data (G_OBJECT (head), "icon"), zc_words_item_icon (state));
  gtk_label_set_label (g_object_get_data (G_OBJECT (head), "state"), zc_words_item_state (state));
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (head), "away"), !zc_rules_item_applies (record, item));
}
