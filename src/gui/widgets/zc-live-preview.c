/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-live-preview.h"

#include "documents/zc-document-builder.h"
#include "widgets/zc-pdf-view.h"
#include "zc-dialog.h"
#include "zc-rendering.h"

#include <glib/gi18n.h>
#include <string.h>

/* How long after the last edit the pages follow: not between two words. */
#define CALM_MS 700

struct _ZcLivePreview
{
  AdwBin parent_instance;
  GtkDropDown *document;
  GtkStringList *titles;
  GtkStack *stack;
  ZcPdfView *view;
  GtkWidget *status_box;
  GtkSpinner *spinner;
  GtkLabel *status;
  GtkButton *act; /* stops the work, or begins it again */

  ZcSession *session;   /* nullable */
  GPtrArray *specs;     /* (element-type ZcDocumentSpec) borrowed: as the titles */
  char *anchor;         /* nullable: where the reader is to be led with the next pages */
  ZcRendering *shown;   /* nullable */
  char *shown_id;       /* nullable: of the document shown */
  guint64 version;      /* that is shown; 0: none */
  guint timeout;
  GCancellable *working; /* nullable */
  gboolean again;        /* what is being made is out of date already */
};

G_DEFINE_FINAL_TYPE (ZcLivePreview, zc_live_preview, ADW_TYPE_BIN)

static const ZcDocumentSpec *
chosen_spec (ZcLivePreview *self)
{
  guint at = gtk_drop_down_get_selected (self->document);

  return at < self->specs->len ? self->specs->pdata[at] : NULL;
}

gboolean
zc_live_preview_is_fresh (ZcLivePreview *self)
{
  const ZcDocumentSpec *spec = chosen_spec (self);

  return self->session && spec && self->shown && g_strcmp0 (self->shown_id, spec->id) == 0 &&
         self->version == zc_rendering_version (zc_session_inspection (self->session));
}

/* What goes on */

static void
show_status (ZcLivePreview *self, const char *text, const char *icon, const char *action)
{
  gboolean working = self->working != NULL;

  gtk_widget_set_visible (self->status_box, *text != 0);
  gtk_label_set_label (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), working);
  gtk_spinner_set_spinning (self->spinner, working);
  gtk_button_set_icon_name (self->act, icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->act), action);
  zc_set_name (GTK_WIDGET (self->act), action);
}

static void
show_working (ZcLivePreview *self)
{
  show_status (self, _("Bringing the pages up to date…"), "process-stop-symbolic", _("Stop"));
}

static void
show_stopped (ZcLivePreview *self, const char *why)
{
  show_status (self, why, "view-refresh-symbolic", _("Bring up to date"));
}

static void
show_done (ZcLivePreview *self)
{
  show_status (self, "", "view-refresh-symbolic", _("Bring up to date"));
}

/* Pages, made on a thread */

typedef struct
{
  GWeakRef preview;
  char *id;
  guint64 version;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_weak_ref_clear (&work->preview);
  g_free (work->id);
  g_free (work);
}

static gpointer
render (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  const Work *work = data;
  g_autoptr (ZcSealMark) mark = NULL;
  g_autoptr (ZcFonts) fonts = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (ZcDocument) document = NULL;

  if (!(record = zc_handin_record (inspection, &mark, error)) || !(fonts = zc_fonts_new (NULL, error)))
    return NULL;
  document = zc_documents_build_one (record, work->id, mark);
  if (!document)
    return zc_fail_null (error, ZC_ERROR_INVALID, _("The notice has no document “%s”."), work->id);
  return zc_rendering_new (document, fonts, progress, error);
}

static void
lead (ZcLivePreview *self)
{
  guint page = self->anchor && self->shown ? zc_rendering_find_anchor (self->shown, self->anchor) : 0;

  g_clear_pointer (&self->anchor, g_free);
  if (page > 0)
    zc_pdf_view_go (self->view, page);
}

static void
take (ZcLivePreview *self, ZcRendering *rendering, const Work *work)
{
  gboolean other = g_strcmp0 (self->shown_id, work->id) != 0;
  g_autoptr (GError) error = NULL;

  if (!zc_pdf_view_show (self->view, zc_rendering_get_pdf (rendering), &error))
    {
      show_stopped (self, error->message);
      return;
    }
  g_clear_pointer (&self->shown, zc_rendering_unref);
  self->shown = zc_rendering_ref (rendering);
  g_free (self->shown_id);
  self->shown_id = g_strdup (work->id);
  self->version = work->version;
  gtk_stack_set_visible_child_name (self->stack, "pages");
  show_done (self);
  if (other)
    zc_pdf_view_go (self->view, 1);
  lead (self);
}

static void start (ZcLivePreview *self);

static void
on_rendered (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  const Work *work = data;
  g_autoptr (ZcLivePreview) self = g_weak_ref_get (&((Work *) data)->preview);
  g_autoptr (ZcRendering) rendering = result;

  if (!self || !self->session)
    return;
  g_clear_object (&self->working);
  if (self->again)
    start (self);
  else if (rendering)
    take (self, rendering, work);
  else
    show_stopped (self, g_error_matches (error, ZC_ERROR, ZC_ERROR_CANCELLED) ? _("Not up to date") : error->message);
}

static void
start (ZcLivePreview *self)
{
  const ZcDocumentSpec *spec = chosen_spec (self);
  Work *work;

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->again = FALSE;
  if (!self->session || !spec || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->working)
    {
      self->again = TRUE;
      g_cancellable_cancel (self->working);
      return;
    }
  work = g_new0 (Work, 1);
  g_weak_ref_init (&work->preview, self);
  work->id = g_strdup (spec->id);
  work->version = zc_rendering_version (zc_session_inspection (self->session));
  self->working = g_cancellable_new ();
  show_working (self);
  zc_session_run_quietly (self->session, self->working, render, on_rendered, work, work_free);
}

static void
stop (ZcLivePreview *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->again = FALSE;
  if (self->working)
    g_cancellable_cancel (self->working);
}

static gboolean
on_calm (gpointer data)
{
  ZcLivePreview *self = data;

  self->timeout = 0;
  start (self);
  return G_SOURCE_REMOVE;
}

void
zc_live_preview_refresh (ZcLivePreview *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || zc_live_preview_is_fresh (self))
    return;
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (self->shown ? CALM_MS : 0, on_calm, self);
}

static void
on_act (ZcLivePreview *self)
{
  if (self->working)
    stop (self);
  else
    start (self);
}

/* Documents */

static void
on_document_chosen (ZcLivePreview *self)
{
  if (!zc_live_preview_is_fresh (self))
    start (self);
}

static gboolean
is_previewed (const ZcDocumentSpec *spec)
{
  return spec->kind == ZC_DOCUMENT_SUMMARY || spec->kind == ZC_DOCUMENT_FORM || spec->kind == ZC_DOCUMENT_UNDERTAKING;
}

static void
fill (ZcLivePreview *self)
{
  GPtrArray *documents = zc_session_scheme (self->session)->documents;

  g_ptr_array_set_size (self->specs, 0);
  for (guint i = 0; i < documents->len; i++)
    if (is_previewed (documents->pdata[i]))
      g_ptr_array_add (self->specs, documents->pdata[i]);
  gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)), NULL);
  for (guint i = 0; i < self->specs->len; i++)
    gtk_string_list_append (self->titles, ((const ZcDocumentSpec *) self->specs->pdata[i])->title);
}

void
zc_live_preview_set_session (ZcLivePreview *self, ZcSession *session)
{
  if (!g_set_object (&self->session, session) || !session)
    return;
  fill (self);
}

void
zc_live_preview_show_chapter (ZcLivePreview *self, const ZcChapter *chapter)
{
  g_free (self->anchor);
  self->anchor = g_strdup (chapter->id);
  for (guint i = 0; i < self->specs->len; i++)
    if (strcmp (((const ZcDocumentSpec *) self->specs->pdata[i])->id, chapter->document) == 0)
      gtk_drop_down_set_selected (self->document, i);
  if (zc_live_preview_is_fresh (self))
    lead (self);
}

/* Nobody sees it: nothing is made. */

static void
zc_live_preview_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zc_live_preview_parent_class)->map (widget);
  zc_live_preview_refresh (ZC_LIVE_PREVIEW (widget));
}

static void
zc_live_preview_unmap (GtkWidget *widget)
{
  stop (ZC_LIVE_PREVIEW (widget));
  GTK_WIDGET_CLASS (zc_live_preview_parent_class)->unmap (widget);
}

static void
zc_live_preview_dispose (GObject *object)
{
  ZcLivePreview *self = ZC_LIVE_PREVIEW (object);

  stop (self);
  g_clear_object (&self->working);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, zc_rendering_unref);
  g_clear_pointer (&self->shown_id, g_free);
  g_clear_pointer (&self->anchor, g_free);
  G_OBJECT_CLASS (zc_live_preview_parent_class)->dispose (object);
}

static void
zc_live_preview_finalize (GObject *object)
{
  g_ptr_array_unref (ZC_LIVE_PREVIEW (object)->specs);
  G_OBJECT_CLASS (zc_live_preview_parent_class)->finalize (object);
}

static void
zc_live_preview_class_init (ZcLivePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (ZC_TYPE_PDF_VIEW);
  G_OBJECT_CLASS (klass)->dispose = zc_live_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_live_preview_finalize;
  widget_class->map = zc_live_preview_map;
  widget_class->unmap = zc_live_preview_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-live-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcLivePreview, document);
  gtk_widget_class_bind_template_child (widget_class, ZcLivePreview, titles);
  gtk_widget_class_bind_template_child (widget_class, ZcLivePreview, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcLivePreview, view);
  gtk_widget_class_bind_template_child (widget_class, ZcLivePreview, status_box);
  gtk_widget_class_bind_template_child (widget_class, ZcLivePreview, spinner);
  gtk_widget_class_bind_template_child (widget_class, ZcLivePreview, status);
  gtk_widget_class_bind_template_child (widget_class, ZcLivePreview, act);
  gtk_widget_class_bind_template_callback (widget_class, on_document_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_act);
}

static void
zc_live_preview_init (ZcLivePreview *self)
{
  self->specs = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_set_name (GTK_WIDGET (self->document), _("Document beside the text"));
  zc_pdf_view_set_fits (self->view, TRUE);
  show_done (self);
}
