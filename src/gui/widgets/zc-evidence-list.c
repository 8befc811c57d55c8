/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-evidence-list.h"

#include "base/zc-clock.h"
#include "base/zc-text.h"
#include "widgets/zc-evidence-row.h"
#include "zc-choose.h"
#include "zc-dialog.h"
#include "zc-relay.h"

#include <glib/gi18n.h>

struct _ZcEvidenceList
{
  AdwBin parent_instance;
  AdwPreferencesGroup *group;
  GtkWidget *zone;
  GtkWidget *add;
  GtkWidget *paste;
  GtkMenuButton *reuse;
  GtkBox *work;
  GtkLabel *work_label;
  GtkProgressBar *work_bar;
  GtkLabel *error_label;

  ZcSession *session;
  const ZcItem *item;
  GPtrArray *rows;  /* (element-type GtkWidget) borrowed */
  GArray *shown;    /* (element-type guint64): the evidence of @rows */
  GQueue waiting;   /* (element-type char*): paths still to be attached */
  GString *faults;  /* what could not be attached */
  ZcRelay *relay;   /* nullable: of the file on its way */
  ZcJob *job;       /* one for all files that are waiting; used again */
};

G_DEFINE_FINAL_TYPE (ZcEvidenceList, zc_evidence_list, ADW_TYPE_BIN)

static ZcInspection *
inspection_of (ZcEvidenceList *self)
{
  return zc_session_inspection (self->session);
}

static void
show_fault (ZcEvidenceList *self, const char *sentence)
{
  gtk_label_set_label (self->error_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *sentence != '\0');
  if (*sentence)
    zc_announce (GTK_WIDGET (self), sentence);
}

/* What is there */

/* How many rows from the first still show what is there. */
static guint
count_kept (ZcEvidenceList *self, GPtrArray *evidence)
{
  guint kept = 0;

  while (kept < evidence->len && kept < self->shown->len &&
         ((const ZcEvidence *) evidence->pdata[kept])->id == g_array_index (self->shown, guint64, kept))
    kept++;
  return kept;
}

/* Only what changed is made anew: somebody may be writing the caption of a file while the next one arrives. */
static void
fill (ZcEvidenceList *self, GPtrArray *evidence)
{
  guint kept = count_kept (self, evidence);

  for (guint i = kept; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, (int) kept);
  g_array_set_size (self->shown, kept);
  for (guint i = 0; i < kept; i++)
    zc_evidence_row_refresh (self->rows->pdata[i]);
  for (guint i = kept; i < evidence->len; i++)
    {
      const ZcEvidence *one = evidence->pdata[i];
      GtkWidget *row = zc_evidence_row_new (self->session, one, self->item->id);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
      g_array_append_val (self->shown, one->id);
    }
}

/* What the notice wants to see, above what is there. */
static void
refresh_needs (ZcEvidenceList *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < self->item->evidence->len; i++)
    {
      const ZcEvidenceNeed *need = self->item->evidence->pdata[i];

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", need->label);
      if (zc_rules_evidence_required (zc_session_record (self->session), need))
        g_string_append_printf (text, " (%s)", _("required"));
    }
  escaped = g_markup_escape_text (text->str, -1);
  adw_preferences_group_set_description (self->group, text->len > 0 ? escaped : NULL);
}

void
zc_evidence_list_refresh (ZcEvidenceList *self)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection_of (self), self->item->id);

  fill (self, evidence);
  refresh_needs (self);
  gtk_widget_set_sensitive (self->zone, zc_session_can_edit (self->session));
}

/* Attaching, one file after another */

static void attach_next (ZcEvidenceList *self);

static void
on_progress (const char *phase, guint64 done, guint64 total, gpointer target)
{
  ZcEvidenceList *self = target;

  zc_set_progress (self->work_bar, phase, done, total);
}

static void
on_attached (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcEvidenceList) self = data;
  g_autoptr (GError) error = NULL;

  zc_relay_stop (self->relay);
  g_clear_pointer (&self->relay, zc_relay_unref);
  if (zc_inspection_attach_finish (ZC_INSPECTION (object), result, &error) == 0 &&
      !g_error_matches (error, ZC_ERROR, ZC_ERROR_CANCELLED))
    g_string_append_printf (self->faults, "%s%s", self->faults->len > 0 ? "\n" : "", error->message);
  attach_next (self);
}

static void
attach_next (ZcEvidenceList *self)
{
  g_autofree char *path = g_cancellable_is_cancelled (G_CANCELLABLE (self->job)) ? NULL : g_queue_pop_head (&self->waiting);
  g_autofree char *name = path ? g_filename_display_basename (path) : NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->work), path != NULL);
  if (!path)
    {
      g_queue_clear_full (&self->waiting, g_free);
      g_cancellable_reset (G_CANCELLABLE (self->job));
      zc_session_remove_job (self->session, self->job);
      show_fault (self, self->faults->str);
      g_string_truncate (self->faults, 0);
      return;
    }
  text = g_strdup_printf (_("Taking a copy of “%s”"), name);
  gtk_label_set_label (self->work_label, text);
  gtk_progress_bar_set_fraction (self->work_bar, 0);
  self->relay = zc_relay_new (G_CANCELLABLE (self->job), on_progress, self);
  zc_inspection_attach_async (inspection_of (self), path, self->item->id, zc_relay_progress (self->relay), on_attached,
                              g_object_ref (self));
}

void
zc_evidence_list_attach (ZcEvidenceList *self, GPtrArray *files)
{
  if (!zc_session_can_edit (self->session))
    return;
  show_fault (self, "");
  for (guint i = 0; i < files->len; i++)
    {
      char *path = g_file_get_path (files->pdata[i]);

      if (path)
        g_queue_push_tail (&self->waiting, path);
      else
        g_string_assign (self->faults, _("Only files on this computer can be attached. Copy them to it first."));
    }
  if (self->relay)
    return;
  zc_session_add_job (self->session, self->job);
  attach_next (self);
}

static void
on_files (gpointer target, GPtrArray *files)
{
  zc_evidence_list_attach (target, files);
}

static void
on_add (ZcEvidenceList *self)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN_MANY, _("Add Evidence"), NULL, NULL, NULL };

  zc_choose (GTK_WIDGET (self), &choice, on_files, self);
}

static void
on_cancel (ZcEvidenceList *self)
{
  g_cancellable_cancel (G_CANCELLABLE (self->job));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ZcEvidenceList *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *at = gdk_file_list_get_files (g_value_get_boxed (value)); at; at = at->next)
    g_ptr_array_add (files, at->data);
  zc_evidence_list_attach (self, files);
  return TRUE;
}

/* Screenshots */

static void
encode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (data), (GDestroyNotify) g_bytes_unref);
}

static void
on_encoded (GObject *object, GAsyncResult *result, gpointer data)
{
  ZcEvidenceList *self = ZC_EVIDENCE_LIST (object);
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GDateTime) now = zc_clock_now ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *name = g_strdup_printf (_("Screenshot %s.png"), time);
  g_autoptr (GError) error = NULL;

  if (bytes && zc_inspection_attach_bytes (inspection_of (self), bytes, name, self->item->id, &error) == 0)
    show_fault (self, error->message);
}

static void
on_texture (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcEvidenceList) self = data;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  g_autoptr (GTask) task = NULL;

  if (!texture)
    {
      show_fault (self, _("The picture in the clipboard can’t be read. Take the screenshot again."));
      return;
    }
  task = g_task_new (self, NULL, on_encoded, NULL);
  g_task_set_task_data (task, g_steal_pointer (&texture), g_object_unref);
  g_task_run_in_thread (task, encode_in_thread);
}

static void
on_file_list (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcEvidenceList) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (value)
    on_drop (NULL, value, 0, 0, self);
}

static gboolean
has_picture (GdkContentFormats *formats)
{
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) || gdk_content_formats_contain_mime_type (formats, "image/png");
}

gboolean
zc_evidence_list_can_paste (ZcEvidenceList *self)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (self)));

  if (!zc_session_can_edit (self->session))
    return FALSE;
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return TRUE;
  /* A spreadsheet offers a picture of its cells beside the text that is meant. */
  return has_picture (formats) && !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING);
}

void
zc_evidence_list_paste (ZcEvidenceList *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (!zc_session_can_edit (self->session))
    return;
  show_fault (self, "");
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_file_list, g_object_ref (self));
  else if (has_picture (formats))
    gdk_clipboard_read_texture_async (clipboard, NULL, on_texture, g_object_ref (self));
  else
    show_fault (self, _("There is no picture in the clipboard. Take a screenshot first, or copy a picture."));
}

/* What other items have */

static void
on_reuse (GtkButton *button, ZcEvidenceList *self)
{
  guint64 id = *(guint64 *) g_object_get_data (G_OBJECT (button), "id");
  g_autoptr (GError) error = NULL;

  gtk_menu_button_popdown (self->reuse);
  if (!zc_inspection_link (inspection_of (self), id, self->item->id, &error))
    show_fault (self, error->message);
}

static GtkWidget *
reuse_button_new (ZcEvidenceList *self, const ZcEvidence *evidence)
{
  GtkWidget *button = gtk_button_new ();
  g_autofree char *items = g_strjoinv ("、", evidence->items);
  g_autofree char *text = g_strdup_printf ("%s — %s", evidence->name, items);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  zc_set_name (button, text);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "id", g_memdup2 (&evidence->id, sizeof evidence->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_reuse), self, 0);
  return button;
}

/* Made when the menu opens: there may be many. */
static void
make_reuse (GtkMenuButton *button, gpointer data)
{
  ZcEvidenceList *self = data;
  g_autoptr (GPtrArray) all = zc_inspection_get_evidence (inspection_of (self), NULL);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  guint offered = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const ZcEvidence *evidence = all->pdata[i];

      if (g_strv_contains ((const char *const *) evidence->items, self->item->id))
        continue;
      gtk_box_append (GTK_BOX (box), reuse_button_new (self, evidence));
      offered++;
    }
  if (offered == 0)
    gtk_box_append (GTK_BOX (box), gtk_label_new (_("No other item has evidence yet.")));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_widget_set_size_request (scrolled, 360, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_menu_button_set_popover (button, popover);
}

GtkWidget *
zc_evidence_list_new (ZcSession *session, const ZcItem *item)
{
  ZcEvidenceList *self = g_object_new (ZC_TYPE_EVIDENCE_LIST, NULL);

  self->session = g_object_ref (session);
  self->item = item;
  zc_evidence_list_refresh (self);
  return GTK_WIDGET (self);
}

/* Files on their way hold a reference: going to another item lets them arrive. */
static void
zc_evidence_list_finalize (GObject *object)
{
  ZcEvidenceList *self = ZC_EVIDENCE_LIST (object);

  g_queue_clear_full (&self->waiting, g_free);
  g_string_free (self->faults, TRUE);
  g_object_unref (self->job);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->shown);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_evidence_list_parent_class)->finalize (object);
}

static void
zc_evidence_list_class_init (ZcEvidenceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = zc_evidence_list_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-evidence-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcEvidenceList, group);
  gtk_widget_class_bind_template_child (widget_class, ZcEvidenceList, zone);
  gtk_widget_class_bind_template_child (widget_class, ZcEvidenceList, add);
  gtk_widget_class_bind_template_child (widget_class, ZcEvidenceList, paste);
  gtk_widget_class_bind_template_child (widget_class, ZcEvidenceList, reuse);
  gtk_widget_class_bind_template_child (widget_class, ZcEvidenceList, work);
  gtk_widget_class_bind_template_child (widget_class, ZcEvidenceList, work_label);
  gtk_widget_class_bind_template_child (widget_class, ZcEvidenceList, work_bar);
  gtk_widget_class_bind_template_child (widget_class, ZcEvidenceList, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_paste", G_CALLBACK (zc_evidence_list_paste));
}

static void
zc_evidence_list_init (ZcEvidenceList *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->rows = g_ptr_array_new ();
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->faults = g_string_new (NULL);
  self->job = zc_job_new (_("Adding evidence"), ZC_JOB_SHOWN_ELSEWHERE);
  zc_job_set_cost (self->job, _("Evidence is still being copied in. What is not in yet would have to be added again."), TRUE);
  g_queue_init (&self->waiting);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->reuse, make_reuse, self, NULL);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
