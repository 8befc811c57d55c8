/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "layout/zc-pages.h"
#include "pdf/zc-pdf.h"
#include "widgets/zc-pdf-view.h"
#include "zc-choose.h"
#include "zc-dialog.h"

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

  GPtrArray *pdfs;     /* (element-type GBytes), as the titles */
  guint64 shown;       /* data version that is shown, 0 if none */
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

typedef struct
{
  GPtrArray *titles; /* (element-type char*) */
  GPtrArray *pdfs;   /* (element-type GBytes) */
  char *warning;     /* nullable: the first defect */
} Rendered;

static void
rendering_free (gpointer data)
{
  g_object_unref (((Rendering *) data)->page);
  g_free (data);
}

static void
rendered_free (Rendered *rendered)
{
  g_ptr_array_unref (rendered->titles);
  g_ptr_array_unref (rendered->pdfs);
  g_free (rendered->warning);
  g_free (rendered);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rendered, rendered_free)

static gboolean
render_document (Rendered *rendered, const ZcDocument *document, ZcFonts *fonts, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcPages) pages = zc_pages_new (document, fonts, progress, error);
  GBytes *bytes = pages ? zc_pdf_to_bytes (pages, progress, error) : NULL;

  if (!bytes)
    return FALSE;
  if (zc_pages_defects (pages)->len > 0 && !rendered->warning)
    rendered->warning = g_strdup (((const ZcDefect *) zc_pages_defects (pages)->pdata[0])->message);
  g_ptr_array_add (rendered->titles, g_strdup (document->title));
  g_ptr_array_add (rendered->pdfs, bytes);
  return TRUE;
}

static gpointer
render_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  g_autoptr (Rendered) rendered = g_new0 (Rendered, 1);
  g_autoptr (ZcSealMark) mark = NULL;
  g_autoptr (ZcFonts) fonts = NULL;
  g_autoptr (ZcRecord) record = NULL;
  g_autoptr (GPtrArray) documents = NULL;

  rendered->titles = g_ptr_array_new_with_free_func (g_free);
  rendered->pdfs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (!(record = zc_handin_record (inspection, &mark, error)) || !(fonts = zc_fonts_new (NULL, error)))
    return NULL;
  documents = zc_documents_build (record, mark);
  for (guint i = 0; i < documents->len; i++)
    {
      zc_progress_report (progress, _("Setting the pages"), i, documents->len);
      if (!render_document (rendered, documents->pdata[i], fonts, progress, error))
        return NULL;
    }
  return g_steal_pointer (&rendered);
}

static void
on_document_chosen (ZcPreviewPage *self)
{
  guint at = gtk_drop_down_get_selected (self->document);
  GError *error = NULL;

  if (self->pdfs && at < self->pdfs->len && !zc_pdf_view_show (self->view, self->pdfs->pdata[at], &error))
    zc_session_fail (zc_page_session (ZC_PAGE (self)), error);
}

static void
show_rendered (ZcPreviewPage *self, Rendered *rendered)
{
  guint at = gtk_drop_down_get_selected (self->document);
  g_autofree const char **titles = g_new0 (const char *, rendered->titles->len + 1);

  for (guint i = 0; i < rendered->titles->len; i++)
    titles[i] = rendered->titles->pdata[i];
  g_clear_pointer (&self->pdfs, g_ptr_array_unref);
  self->pdfs = g_ptr_array_ref (rendered->pdfs);
  gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)), titles);
  gtk_drop_down_set_selected (self->document, at < rendered->titles->len ? at : 0);
  gtk_label_set_label (self->warning, rendered->warning ? rendered->warning : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), rendered->warning != NULL);
  gtk_stack_set_visible_child_name (self->stack, "pages");
  on_document_chosen (self);
}

static void
on_rendered (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  Rendering *rendering = data;
  ZcPreviewPage *self = rendering->page;
  g_autoptr (Rendered) rendered = result;

  self->rendering = FALSE;
  if (error)
    {
      zc_session_fail (session, g_error_copy (error));
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

/* Sealing changes the pages, too, without a statement being changed. */
static guint64
version_of (ZcInspection *inspection)
{
  return zc_inspection_data_version (inspection) * 2 + 2 + (zc_inspection_get_state (inspection) >= ZC_STATE_SEALED);
}

static void
zc_preview_page_refresh (ZcPage *page, const char *place)
{
  ZcPreviewPage *self = ZC_PREVIEW_PAGE (page);
  guint64 version = version_of (zc_session_inspection (zc_page_session (page)));
  Rendering *rendering;

  if (self->rendering || self->shown == version)
    return;
  self->rendering = TRUE;
  rendering = g_new0 (Rendering, 1);
  rendering->page = g_object_ref (self);
  rendering->version = version;
  zc_session_run (zc_page_session (page), _("Setting the pages"), render_job, on_rendered, rendering, rendering_free);
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
  zc_pdf_view_search (self->view, gtk_editable_get_text (self->search_entry));
}

static void
on_search_next (ZcPreviewPage *self)
{
  zc_pdf_view_search_next (self->view);
}

/* Zoom, print, save */

static void
on_zoom_in (ZcPreviewPage *self)
{
  zc_pdf_view_zoom (self->view, 1.25);
}

static void
on_zoom_out (ZcPreviewPage *self)
{
  zc_pdf_view_zoom (self->view, 0.8);
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
  g_clear_pointer (&ZC_PREVIEW_PAGE (object)->pdfs, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_callback (widget_class, on_document_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_next);
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
}
