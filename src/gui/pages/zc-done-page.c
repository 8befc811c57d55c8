/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "base/zc-text.h"
#include "zc-dialog.h"
#include "zc-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* What has to be handed in, what was done when, and the receipt. */
struct _ZcDonePage
{
  ZcPage parent_instance;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *summary;
  GtkButton *next;
  AdwPreferencesGroup *deliveries;
  AdwPreferencesGroup *events;
  AdwEntryRow *receiver;
  GtkWidget *receipt;
  GList *rows; /* of both groups, to be made anew */
};

#define ZC_TYPE_DONE_PAGE (zc_done_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcDonePage, zc_done_page, ZC, DONE_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcDonePage, zc_done_page, ZC_TYPE_PAGE)

static const char *
carrier_icon (ZcCarrier carrier)
{
  switch (carrier)
    {
    case ZC_CARRIER_PAPER:
      return "document-print-symbolic";
    case ZC_CARRIER_DISC:
      return "media-optical-symbolic";
    case ZC_CARRIER_MAIL:
      return "mail-send-symbolic";
    case ZC_CARRIER_ONSITE:
      return "go-home-symbolic";
    }
  return NULL;
}

static char *
delivery_text (const ZcDelivery *delivery)
{
  GString *text = g_string_new (delivery->to);
  g_autofree char *due = delivery->due ? zc_date_display (delivery->due) : NULL;
  g_autofree char *plan = delivery->plan ? zc_date_display (delivery->plan) : NULL;

  if (due)
    g_string_append_printf (text, " · %s", due);
  if (plan && g_strcmp0 (plan, due) != 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("best by %s"), plan);
    }
  if (delivery->copies > 1)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u copy", "%u copies", delivery->copies), delivery->copies);
    }
  if (delivery->seal)
    g_string_append_printf (text, " · %s", _("with the official seal"));
  if (delivery->signature)
    g_string_append_printf (text, " · %s", _("signed"));
  return g_string_free (text, FALSE);
}

static void
add_row (ZcDonePage *self, AdwPreferencesGroup *group, const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  if (icon)
    adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  self->rows = g_list_prepend (self->rows, row);
}

static const char *
event_title (const char *kind)
{
  if (strcmp (kind, "packed") == 0)
    return _("Package written");
  if (strcmp (kind, "image") == 0)
    return _("Disc image written");
  if (strcmp (kind, "burned") == 0)
    return _("Disc burned and read back");
  if (strcmp (kind, "disc-burned") == 0)
    return _("One of several discs burned and read back");
  if (strcmp (kind, "burn-failed") == 0)
    return _("A disc failed: do not submit it");
  if (strcmp (kind, "verified") == 0)
    return _("Verified");
  if (strcmp (kind, "scan") == 0)
    return _("Scan of the stamped pages attached");
  if (strcmp (kind, "receipt") == 0)
    return _("Handed in");
  return kind;
}

static void
add_events (ZcDonePage *self, ZcInspection *inspection)
{
  g_autoptr (GPtrArray) log = zc_inspection_get_log (inspection);

  for (guint i = log->len; i > 0; i--)
    {
      const ZcHandInEvent *event = log->pdata[i - 1];
      g_autofree char *time = zc_words_time (event->time);
      g_autofree char *subtitle = g_strdup_printf (_("%s · revision %u · %s"), time, event->revision, event->detail);

      add_row (self, self->events, NULL, event_title (event->kind), subtitle);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->events), log->len > 0);
}

/* The last receipt of what is sealed now. Returns: (nullable) */
static const ZcHandInEvent *
find_receipt (GPtrArray *log, guint revision)
{
  for (guint i = log->len; i > 0; i--)
    {
      const ZcHandInEvent *event = log->pdata[i - 1];

      if (event->revision == revision && strcmp (event->kind, "receipt") == 0)
        return event;
    }
  return NULL;
}

static void
show_next (ZcDonePage *self, const char *label, ZcRoadStep step)
{
  gtk_widget_set_visible (GTK_WIDGET (self->next), label != NULL);
  if (!label)
    return;
  gtk_button_set_label (self->next, label);
  /* In this order: GTK warns of an action whose target is not there yet. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->next), "s", zc_road_id (step));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next), "win.show-step");
}

/* How far it is, and what comes next. */
static void
show_verdict (ZcDonePage *self, ZcInspection *inspection)
{
  g_autoptr (GPtrArray) log = zc_inspection_get_log (inspection);
  ZcState state = zc_inspection_get_state (inspection);
  g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, 0);
  const ZcHandInEvent *receipt = sealing ? find_receipt (log, sealing->revision) : NULL;
  g_autofree char *time = receipt ? zc_words_time (receipt->time) : NULL;
  g_autofree char *taken = receipt ? g_strdup_printf (_("Taken by %s, %s. Keep the file and a copy of the paper."), receipt->detail, time) : NULL;

  gtk_image_set_from_icon_name (self->icon, receipt ? "zc-done-symbolic" : state >= ZC_STATE_PACKED ? "zc-open-symbolic" : "zc-blocked-symbolic");
  if (receipt)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "success");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "success");
  if (receipt)
    gtk_label_set_label (self->title, _("Handed In"));
  else
    gtk_label_set_label (self->title, state >= ZC_STATE_PACKED ? _("Ready to Be Handed In") : _("Not Ready to Be Handed In"));
  if (state < ZC_STATE_SEALED)
    {
      gtk_label_set_label (self->summary, _("It is checked and sealed first, then packed. Below is what will have to be handed in."));
      show_next (self, _("Go to Sealing"), ZC_ROAD_SEAL);
    }
  else if (state < ZC_STATE_PACKED)
    {
      gtk_label_set_label (self->summary, _("It is sealed. Print and stamp the documents, then write the package and the disc."));
      show_next (self, _("Go to Package and Disc"), ZC_ROAD_PACK);
    }
  else
    {
      gtk_label_set_label (self->summary, receipt ? taken : _("Take what is listed below to the office, then note who took it."));
      show_next (self, NULL, ZC_ROAD_DONE);
    }
}

static void
zc_done_page_refresh (ZcPage *page, const char *place)
{
  ZcDonePage *self = ZC_DONE_PAGE (page);
  ZcInspection *inspection = zc_session_inspection (zc_page_session (page));
  g_autoptr (GPtrArray) deliveries = zc_scheme_deliveries (zc_session_scheme (zc_page_session (page)),
                                                            zc_inspection_get (inspection, "fact:period.from"),
                                                            zc_inspection_get (inspection, "fact:period.to"));

  for (GList *at = self->rows; at; at = at->next)
    adw_preferences_group_remove (g_object_get_data (at->data, "group"), at->data);
  g_clear_pointer (&self->rows, g_list_free);

  for (guint i = 0; i < deliveries->len; i++)
    {
      const ZcDelivery *delivery = deliveries->pdata[i];
      g_autofree char *text = delivery_text (delivery);

      add_row (self, self->deliveries, carrier_icon (delivery->carrier), delivery->label, text);
    }
  add_events (self, inspection);
  show_verdict (self, inspection);
  gtk_widget_set_sensitive (GTK_WIDGET (self->receiver), zc_inspection_get_state (inspection) >= ZC_STATE_PACKED);
}

static void
on_receiver_changed (ZcDonePage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->receiver))));

  gtk_widget_set_sensitive (self->receipt, *text != 0);
}

static void
on_receipt (ZcDonePage *self)
{
  ZcSession *session = zc_page_session (ZC_PAGE (self));
  GError *error = NULL;

  if (!zc_inspection_log (zc_session_inspection (session), "receipt", gtk_editable_get_text (GTK_EDITABLE (self->receiver)), &error))
    {
      zc_session_fail (session, error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->receiver), "");
  zc_session_check (session);
}

static void
zc_done_page_dispose (GObject *object)
{
  g_clear_pointer (&ZC_DONE_PAGE (object)->rows, g_list_free);
  G_OBJECT_CLASS (zc_done_page_parent_class)->dispose (object);
}

static void
zc_done_page_class_init (ZcDonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_done_page_dispose;
  ZC_PAGE_CLASS (klass)->refresh = zc_done_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcDonePage, icon);
  gtk_widget_class_bind_template_child (widget_class, ZcDonePage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcDonePage, summary);
  gtk_widget_class_bind_template_child (widget_class, ZcDonePage, next);
  gtk_widget_class_bind_template_child (widget_class, ZcDonePage, deliveries);
  gtk_widget_class_bind_template_child (widget_class, ZcDonePage, events);
  gtk_widget_class_bind_template_child (widget_class, ZcDonePage, receiver);
  gtk_widget_class_bind_template_child (widget_class, ZcDonePage, receipt);
  gtk_widget_class_bind_template_callback (widget_class, on_receiver_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_receipt);
}

static void
zc_done_page_init (ZcDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_tell_focus (self->receiver);
}
