/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "documents/zc-document-builder.h"
#include "widgets/zc-pdf-view.h"
#include "zc-choose.h"
#include "zc-dialog.h"
#include "zc-rendering.h"
#include "zc-settings.h"

#include <glib/gi18n.h>

/* The documents as they will be printed, made on a thread whenever something changed. */
struct _ZcPreviewPage
{
  ZcPage parent_instance;
  GtkStack *stack;
  GtkDropDown *document;
  GtkStringList *titles;
  ZcPdfView *view;
  GtkWidget *search_bar;
  GtkEditable *search_entry;
  GtkLabel *warning;
  GtkLabel *found;
  GtkLabel *turned;

  GPtrArray *renderings; /* (element-type ZcRendering) nullable: as the titles */
  guint at;              /* which of them is shown */
  gboolean filling;
  guint64 shown;         /* version that is shown, 0 if none */
  gboolean rendering;
};

#define ZC_TYPE_PREVIEW_PAGE (zc_preview_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcPreviewPage, zc_preview_page, ZC, PREVIEW_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcPreviewPage, zc_preview_page, ZC_TYPE_PAGE)

/* Rendering */

typedef struct
{
  ZcPreviewPage *page;
  guint64 version;
} Rendering;

static void
rendering_free (gpointer data)
{
  g_object_unref (((Rendering *) data)->page);
  g_free (data);
}

/* Returns: (transfer full) (element-type ZcRendering) */
static gpointer
render_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) renderings = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_rendering_unref);
  g_autoptr (ZcSealMark) mark = NULL;
  g_autoptr (ZcFonts) fonts = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (GPtrArray) documents = NULL;

  if (!(record = zc_handin_record (inspection, &mark, error)) || !(fonts = zc_fonts_new (NULL, error)))
    return NULL;
  documents = zc_documents_build (record, mark);
  for (guint i = 0; i < documents->len; i++)
    {
      ZcRendering *rendering;

      zc_progress_report (progress, _("Setting the pages"), i, documents->len);
      rendering = zc_rendering_new (documents->pdata[i], fonts, progress, error);
      if (!rendering)
        return NULL;
      g_ptr_array_add (renderings, rendering);
    }
  return g_steal_pointer (&renderings);
}

static void
show_document (ZcPreviewPage *self)
{
  guint at = gtk_drop_down_get_selected (self->document);
  gboolean other = at != self->at;
  GError *error = NULL;

  if (!self->renderings || at >= self->renderings->len)
    return;
  self->at = at;
  if (!zc_pdf_view_show (self->view, zc_rendering_get_pdf (self->renderings->pdata[at]), &error))
    zc_session_fail (zc_page_session (ZC_PAGE (self)), error);
  else if (other)
    zc_pdf_view_go (self->view, 1);
}

static void
on_document_chosen (ZcPreviewPage *self)
{
  /* While the titles are exchanged, none is chosen for a moment. */
  if (gtk_drop_down_get_selected (self->document) != self->at && !self->filling)
    show_document (self);
}

static const char *
find_warning (GPtrArray *renderings)
{
  for (guint i = 0; i < renderings->len; i++)
    if (zc_rendering_get_warning (renderings->pdata[i]))
      return zc_rendering_get_warning (renderings->pdata[i]);
  return NULL;
}

static void
show_rendered (ZcPreviewPage *self, GPtrArray *renderings)
{
  g_autofree const char **titles = g_new0 (const char *, renderings->len + 1);
  const char *warning = find_warning (renderings);

  for (guint i = 0; i < renderings->len; i++)
    titles[i] = zc_rendering_get_title (renderings->pdata[i]);
  g_clear_pointer (&self->renderings, g_ptr_array_unref);
  self->renderings = g_ptr_array_ref (renderings);
  self->filling = TRUE;
  gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)), titles);
  gtk_drop_down_set_selected (self->document, self->at < renderings->len ? self->at : 0);
  self->filling = FALSE;
  gtk_label_set_label (self->warning, warning ? warning : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), warning != NULL);
  gtk_stack_set_visible_child_name (self->stack, "pages");
  show_document (self);
}

static void
on_rendered (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  Rendering *rendering = data;
  ZcPreviewPage *self = rendering->page;
  g_autoptr (GPtrArray) rendered = result;

  self->rendering = FALSE;
  if (error)
    {
      zc_session_fail (session, g_error_copy (error));
      if (!self->renderings)
        gtk_stack_set_visible_child_name (self->stack, "stopped");
      return;
    }
  self->shown = rendering->version;
  if (zc_page_session (ZC_PAGE (self)))
    {
      show_rendered (self, rendered);
      /* Something may have changed while the thread was at work. */
      zc_page_refresh (ZC_PAGE (self), NULL);
    }
}

static void
zc_preview_page_refresh (ZcPage *page, const char *place)
{
  ZcPreviewPage *self = ZC_PREVIEW_PAGE (page);
  guint64 version = zc_rendering_version (zc_session_inspection (zc_page_session (page)));
  Rendering *rendering;

  if (self->rendering || self->shown == version)
    return;
  self->rendering = TRUE;
  if (!self->renderings)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  rendering = g_new0 (Rendering, 1);
  rendering->page = g_object_ref (self);
  rendering->version = version;
  zc_job_add_flags (zc_session_run (zc_page_session (page), _("Setting the pages"), render_job, on_rendered, rendering, rendering_free),
                    ZC_JOB_HARMLESS);
}

/* Search */

static void
zc_preview_page_search (ZcPage *page)
{
  ZcPreviewPage *self = ZC_PREVIEW_PAGE (page);

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
on_search_changed (ZcPreviewPage *self)
{
  gtk_label_set_label (self->found, "");
  zc_pdf_view_search (self->view, gtk_editable_get_text (self->search_entry));
}

static void
on_search_next (ZcPreviewPage *self)
{
  zc_pdf_view_search_next (self->view, FALSE);
}

static void
on_search_previous (ZcPreviewPage *self)
{
  zc_pdf_view_search_next (self->view, TRUE);
}

static void
on_searched (ZcPreviewPage *self, guint page)
{
  g_autofree char *text = page > 0 ? g_strdup_printf (_("Page %u of %u"), page, zc_pdf_view_count (self->view))
                                   : g_strdup (_("Not in this document"));

  gtk_label_set_label (self->found, text);
}

static void
on_turned (ZcPreviewPage *self, guint page)
{
  g_autofree char *text = g_strdup_printf (_("Page %u of %u"), page, zc_pdf_view_count (self->view));

  gtk_label_set_label (self->turned, text);
}

static void
on_search_ended (ZcPreviewPage *self)
{
  if (!gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    gtk_editable_set_text (self->search_entry, "");
}

static void
on_again (ZcPreviewPage *self)
{
  zc_page_refresh (ZC_PAGE (self), NULL);
}

/* Zoom, print, save */

static void
on_zoom_in (ZcPreviewPage *self)
{
  zc_settings_set_zoom (zc_pdf_view_zoom (self->view, 1.25));
}

static void
on_zoom_out (ZcPreviewPage *self)
{
  zc_settings_set_zoom (zc_pdf_view_zoom (self->view, 0.8));
}

static void
on_print (ZcPreviewPage *self)
{
  GError *error = NULL;

  if (!zc_pdf_view_print (self->view, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &error) && error)
    zc_session_fail (zc_page_session (ZC_PAGE (self)), error);
}

typedef struct
{
  ZcPreviewPage *page;
  char *dir;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->page);
  g_free (saving->dir);
  g_free (saving);
}

static gpointer
save_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  Saving *saving = data;
  g_autoptr (ZcSealMark) mark = NULL;
  g_autoptr (ZcRecord) record = zc_handin_record (inspection, &mark, error);

  return record ? zc_handin_report (record, mark, saving->dir, ZC_FORMAT_PDF | ZC_FORMAT_DOCX, progress, error) : NULL;
}

static void
on_saved (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  Saving *saving = data;
  g_autoptr (ZcReport) report = result;
  g_autofree char *uri = NULL;

  if (error)
    {
      zc_session_fail (session, g_error_copy (error));
      return;
    }
  uri = g_filename_to_uri (saving->dir, NULL, NULL);
  if (uri)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (saving->page))), uri, GDK_CURRENT_TIME);
}

static void
save_to (gpointer target, GPtrArray *files)
{
  g_autofree char *path = zc_choose_path (files);
  Saving *saving;

  if (!path)
    return;
  saving = g_new0 (Saving, 1);
  saving->page = g_object_ref (ZC_PREVIEW_PAGE (target));
  saving->dir = g_steal_pointer (&path);
  zc_session_run (zc_page_session (ZC_PAGE (target)), _("Writing documents"), save_job, on_saved, saving, saving_free);
}

static void
on_save (ZcPreviewPage *self)
{
  const ZcChoice choice = { ZC_CHOOSE_FOLDER, _("Save All Documents as PDF and Word Files") };

  zc_choose (GTK_WIDGET (self), &choice, save_to, self);
}

static void
zc_preview_page_dispose (GObject *object)
{
  g_clear_pointer (&ZC_PREVIEW_PAGE (object)->renderings, g_ptr_array_unref);
  G_OBJECT_CLASS (zc_preview_page_parent_class)->dispose (object);
}

static void
zc_preview_page_class_init (ZcPreviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (ZC_TYPE_PDF_VIEW);
  G_OBJECT_CLASS (klass)->dispose = zc_preview_page_dispose;
  ZC_PAGE_CLASS (klass)->refresh = zc_preview_page_refresh;
  ZC_PAGE_CLASS (klass)->search = zc_preview_page_search;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-preview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcPreviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcPreviewPage, document);
  gtk_widget_class_bind_template_child (widget_class, ZcPreviewPage, titles);
  gtk_widget_class_bind_template_child (widget_class, ZcPreviewPage, view);
  gtk_widget_class_bind_template_child (widget_class, ZcPreviewPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ZcPreviewPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ZcPreviewPage, warning);
  gtk_widget_class_bind_template_child (widget_class, ZcPreviewPage, found);
  gtk_widget_class_bind_template_child (widget_class, ZcPreviewPage, turned);
  gtk_widget_class_bind_template_callback (widget_class, on_document_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_next);
  gtk_widget_class_bind_template_callback (widget_class, on_search_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_search_ended);
  gtk_widget_class_bind_template_callback (widget_class, on_searched);
  gtk_widget_class_bind_template_callback (widget_class, on_turned);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_in);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_out);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
zc_preview_page_init (ZcPreviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_set_name (GTK_WIDGET (self->document), _("Document"));
  zc_pdf_view_zoom (self->view, zc_settings_get_zoom ());
}
