/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-notice-view.h"

#include "base/zc-clock.h"
#include "base/zc-text.h"
#include "zc-words.h"

#include <glib/gi18n.h>

static void
add_row (GtkWidget *group, const char *title, const char *text)
{
  GtkWidget *row;

  if (!text || !*text)
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
paragraph (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static char *
span_text (const char *from, const char *to)
{
  g_autofree char *a = zc_date_display (from ? from : ""), *b = zc_date_display (to ? to : "");

  if (from && to)
    return g_strdup_printf (_("%s to %s"), a, b);
  return to ? g_strdup_printf (_("until %s"), b) : g_strdup (a);
}

static GtkWidget *
notice_group (const ZcScheme *scheme, const char *from, const char *to)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *date = zc_date_display (scheme->notice_date ? scheme->notice_date : "");
  g_autofree char *day = zc_scheme_due (scheme, from, to);
  g_autofree char *due = zc_words_due (day);
  g_autofree char *period = span_text (from, to);
  g_autofree char *number = g_strjoin (*scheme->notice_number && *date ? " · " : "", scheme->notice_number, date, NULL);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("The Notice"));
  add_row (group, scheme->notice_title, number);
  add_row (group, _("Issued by"), scheme->issuer);
  add_row (group, _("Received by"), scheme->recipient);
  add_row (group, _("Period"), period);
  add_row (group, _("To be handed in by"), due);
  return group;
}

static char *
delivery_text (const ZcDelivery *delivery)
{
  g_autoptr (GString) text = g_string_new (zc_words_carrier (delivery->carrier));
  g_autofree char *due = zc_words_due (delivery->due);

  g_string_append_printf (text, ngettext (" · %u copy", " · %u copies", delivery->copies), delivery->copies);
  if (delivery->seal)
    g_string_append_printf (text, " · %s", _("with the official seal"));
  if (delivery->signature)
    g_string_append_printf (text, " · %s", _("signed"));
  if (*due)
    g_string_append_printf (text, " · %s", due);
  if (delivery->plan && g_strcmp0 (delivery->plan, delivery->due) != 0)
    {
      g_autofree char *plan = zc_date_display (delivery->plan);

      g_string_append (text, " · ");
      g_string_append_printf (text, _("best by %s"), plan);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
deliveries_group (GPtrArray *deliveries)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What Has to Be Handed In"));
  for (guint i = 0; i < deliveries->len; i++)
    {
      const ZcDelivery *delivery = deliveries->pdata[i];
      g_autofree char *text = delivery_text (delivery);

      add_row (group, delivery->label, text);
    }
  gtk_widget_set_visible (group, deliveries->len > 0);
  return group;
}

static GtkWidget *
stages_group (GPtrArray *stages)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Calendar"));
  for (guint i = 0; i < stages->len; i++)
    {
      const ZcStage *stage = stages->pdata[i];
      g_autofree char *span = span_text (stage->from, stage->to);
      g_autofree char *text = g_strjoin (*span ? " · " : "", stage->office ? _("by the office") : _("by your unit"), span, NULL);

      add_row (group, stage->label, text);
    }
  gtk_widget_set_visible (group, stages->len > 0);
  return group;
}

GtkWidget *
zc_notice_view_new (ZcScheme *scheme, const char *from, const char *to)
{
  g_autofree char *today = zc_clock_today ();
  g_autofree char *own_from = g_strdup (from), *own_to = g_strdup (to);
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GPtrArray) stages = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  if (!own_from || !own_to)
    {
      g_clear_pointer (&own_from, g_free);
      g_clear_pointer (&own_to, g_free);
      zc_scheme_period (scheme, today, &own_from, &own_to);
    }
  deliveries = zc_scheme_deliveries (scheme, own_from, own_to);
  stages = zc_scheme_stages (scheme, own_from, own_to);
  gtk_box_append (GTK_BOX (head), paragraph (scheme->title, "title-1"));
  if (scheme->status == ZC_STATUS_EXPIRED)
    {
      GtkWidget *warning = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      g_autofree char *text = g_strdup_printf (_("This notice has expired. %s"), scheme->status_text);
      GtkWidget *words = paragraph (text, NULL);

      gtk_widget_set_hexpand (words, TRUE);
      gtk_widget_add_css_class (warning, "zc-warning-box");
      gtk_box_append (GTK_BOX (warning), gtk_image_new_from_icon_name ("zc-problem-symbolic"));
      gtk_box_append (GTK_BOX (warning), words);
      gtk_box_append (GTK_BOX (head), warning);
    }
  gtk_box_append (GTK_BOX (head), paragraph (scheme->about, NULL));
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), notice_group (scheme, own_from, own_to));
  gtk_box_append (GTK_BOX (box), deliveries_group (deliveries));
  gtk_box_append (GTK_BOX (box), stages_group (stages));
  return box;
}
