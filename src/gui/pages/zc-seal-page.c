/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "zc-dialog.h"
#include "zc-words.h"

#include <glib/gi18n.h>

/* Freezing the record, showing its code, and thawing it with a reason. */
struct _ZcSealPage
{
  ZcPage parent_instance;
  GtkStack *stack;
  AdwStatusPage *blocked;
  GtkWidget *code_box;
  GtkLabel *revision;
  AdwActionRow *digest;
  AdwPreferencesGroup *earlier;
  GtkEditable *reason;
  GtkWidget *unseal;
  GList *earlier_rows;
};

#define ZC_TYPE_SEAL_PAGE (zc_seal_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcSealPage, zc_seal_page, ZC, SEAL_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcSealPage, zc_seal_page, ZC_TYPE_PAGE)

/* Eight groups in two rows, large enough to be read out. */
static void
show_code (ZcSealPage *self, const char *code)
{
  g_auto (GStrv) groups = g_strsplit (code, "-", -1);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->code_box)))
    gtk_grid_remove (GTK_GRID (self->code_box), child);
  for (int i = 0; groups[i]; i++)
    {
      GtkWidget *label = gtk_label_new (groups[i]);

      gtk_widget_add_css_class (label, "title-2");
      gtk_widget_add_css_class (label, "numeric");
      gtk_grid_attach (GTK_GRID (self->code_box), label, i % 4, i / 4, 1, 1);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->code_box), GTK_ACCESSIBLE_PROPERTY_LABEL, code, -1);
}

static void
clear_earlier (ZcSealPage *self)
{
  for (GList *at = self->earlier_rows; at; at = at->next)
    adw_preferences_group_remove (self->earlier, at->data);
  g_clear_pointer (&self->earlier_rows, g_list_free);
}

static void
show_earlier (ZcSealPage *self, ZcInspection *inspection)
{
  guint next = zc_inspection_next_revision (inspection);

  clear_earlier (self);
  for (guint revision = next; revision > 0; revision--)
    {
      g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, revision);
      g_autofree char *title = NULL, *subtitle = NULL, *sealed = NULL, *unsealed = NULL;
      GtkWidget *row;

      if (!sealing || !sealing->unsealed)
        continue;
      sealed = zc_words_time (sealing->time);
      unsealed = zc_words_time (sealing->unsealed);
      title = g_strdup_printf (_("Revision %u, sealed %s"), sealing->revision, sealed);
      subtitle = g_strdup_printf (_("Unsealed %s: %s"), unsealed, sealing->reason ? sealing->reason : "");
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_preferences_group_add (self->earlier, row);
      self->earlier_rows = g_list_prepend (self->earlier_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->earlier), self->earlier_rows != NULL);
}

static void
show_sealed (ZcSealPage *self, ZcInspection *inspection)
{
  g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, 0);
  g_autofree char *code = zc_handin_code (inspection, NULL);
  g_autofree char *revision = NULL, *time = NULL;

  if (!sealing || !code)
    return;
  time = zc_words_time (sealing->time);
  revision = g_strdup_printf (_("Revision %u, sealed %s"), sealing->revision, time);
  gtk_label_set_label (self->revision, revision);
  adw_action_row_set_subtitle (self->digest, sealing->digest);
  show_code (self, code);
  gtk_widget_set_sensitive (self->unseal, *gtk_editable_get_text (self->reason) && !zc_inspection_is_read_only (inspection));
}

static void
zc_seal_page_refresh (ZcPage *page, const char *place)
{
  ZcSealPage *self = ZC_SEAL_PAGE (page);
  ZcSession *session = zc_page_session (page);
  ZcInspection *inspection = zc_session_inspection (session);
  guint must = zc_preflight_count (zc_session_results (session), ZC_LEVEL_MUST);

  show_earlier (self, inspection);
  if (zc_inspection_get_state (inspection) >= ZC_STATE_SEALED)
    {
      show_sealed (self, inspection);
      gtk_stack_set_visible_child_name (self->stack, "sealed");
      return;
    }
  /* Until something is known there is nothing to press. */
  if (!zc_session_has_results (session))
    adw_status_page_set_description (self->blocked, _("Everything is being checked."));
  else if (must > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u thing must be fixed first. The check lists it and leads you there.",
                                                         "%u things must be fixed first. The check lists them and leads you there.", must),
                                               must);

      adw_status_page_set_description (self->blocked, text);
    }
  gtk_stack_set_visible_child_name (self->stack, must > 0 || !zc_session_has_results (session) ? "blocked" : "ready");
}

/* Sealing: the evidence is digested and everything checked on a thread, then the record is frozen here. */

typedef struct
{
  guint64 version;   /* of what is checked */
  gboolean digested; /* the evidence was */
} Sealing;

static void check_to_seal (ZcSession *session, gboolean digested);

static gpointer
check_all (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  const Sealing *sealing = data;
  g_autoptr (ZcChecked) checked = NULL;

  if (!sealing->digested && !zc_handin_check_evidence (inspection, progress, error))
    return NULL;
  zc_progress_report (progress, _("Checking everything"), 0, 0);
  checked = zc_handin_check (inspection);
  return zc_fail_if_cancelled (zc_progress_cancellable (progress), error) ? NULL : g_steal_pointer (&checked);
}

static void
on_checked_all (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  const Sealing *sealing = data;
  ZcInspection *inspection = zc_session_inspection (session);
  g_autoptr (ZcChecked) checked = result;
  GError *refused = NULL;
  g_autofree char *code = NULL;

  if (error)
    {
      zc_session_fail (session, g_error_copy (error));
      return;
    }
  /* What was stated while the thread was at work is checked anew. */
  if (sealing->version != zc_inspection_data_version (inspection))
    {
      check_to_seal (session, TRUE);
      return;
    }
  code = zc_handin_freeze (inspection, checked, &refused);
  if (!code)
    zc_session_fail (session, refused);
}

static void
check_to_seal (ZcSession *session, gboolean digested)
{
  Sealing *sealing = g_new0 (Sealing, 1);

  sealing->version = zc_inspection_data_version (zc_session_inspection (session));
  sealing->digested = digested;
  zc_session_run (session, digested ? _("Checking everything") : _("Checking the evidence"), check_all, on_checked_all, sealing, g_free);
}

static void
on_seal (ZcSealPage *self)
{
  check_to_seal (zc_page_session (ZC_PAGE (self)), FALSE);
}

static void
on_show_check (ZcSealPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-step", "s", zc_road_id (ZC_ROAD_CHECK));
}

static void
on_to_print (ZcSealPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-step", "s", zc_road_id (ZC_ROAD_PREVIEW));
}

static void
on_to_pack (ZcSealPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-step", "s", zc_road_id (ZC_ROAD_PACK));
}

static void
on_copy (ZcSealPage *self)
{
  g_autofree char *code = zc_handin_code (zc_session_inspection (zc_page_session (ZC_PAGE (self))), NULL);

  if (code)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), code);
}

static void
on_reason_changed (ZcSealPage *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));

  gtk_widget_set_sensitive (self->unseal, *reason != 0);
}

static void
on_unseal (ZcSealPage *self)
{
  ZcSession *session = zc_page_session (ZC_PAGE (self));
  GError *error = NULL;

  if (zc_inspection_unseal (zc_session_inspection (session), gtk_editable_get_text (self->reason), &error))
    gtk_editable_set_text (self->reason, "");
  else
    zc_session_fail (session, error);
}

static void
zc_seal_page_dispose (GObject *object)
{
  g_clear_pointer (&ZC_SEAL_PAGE (object)->earlier_rows, g_list_free);
  G_OBJECT_CLASS (zc_seal_page_parent_class)->dispose (object);
}

static void
zc_seal_page_class_init (ZcSealPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_seal_page_dispose;
  ZC_PAGE_CLASS (klass)->refresh = zc_seal_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-seal-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSealPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcSealPage, blocked);
  gtk_widget_class_bind_template_child (widget_class, ZcSealPage, code_box);
  gtk_widget_class_bind_template_child (widget_class, ZcSealPage, revision);
  gtk_widget_class_bind_template_child (widget_class, ZcSealPage, digest);
  gtk_widget_class_bind_template_child (widget_class, ZcSealPage, earlier);
  gtk_widget_class_bind_template_child (widget_class, ZcSealPage, reason);
  gtk_widget_class_bind_template_child (widget_class, ZcSealPage, unseal);
  gtk_widget_class_bind_template_callback (widget_class, on_seal);
  gtk_widget_class_bind_template_callback (widget_class, on_show_check);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_to_print);
  gtk_widget_class_bind_template_callback (widget_class, on_to_pack);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_unseal);
}

static void
zc_seal_page_init (ZcSealPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_tell_focus (ADW_ENTRY_ROW (self->reason));
}
