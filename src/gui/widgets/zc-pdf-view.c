/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-pdf-view.h"

#include "base/zc-error.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>
#include <poppler.h>

#define THUMBNAIL_SCALE 0.14
#define BASE_SCALE 1.15

struct _ZcPdfView
{
  AdwBin parent_instance;
  GtkListView *pages;
  GtkListView *thumbnails;
  GtkStringList *numbers; /* one a page: what both lists show */

  PopplerDocument *document;
  double zoom;
  char *search;
  guint found; /* page of the last hit, from 0 */
};

G_DEFINE_FINAL_TYPE (ZcPdfView, zc_pdf_view, ADW_TYPE_BIN)

/* One page */

static void
draw_hits (ZcPdfView *self, PopplerPage *page, cairo_t *cr)
{
  GList *hits;
  double height;

  if (!self->search || !*self->search)
    return;
  poppler_page_get_size (page, NULL, &height);
  hits = poppler_page_find_text (page, self->search);
  cairo_set_source_rgba (cr, 1, 0.85, 0, 0.4);
  for (GList *at = hits; at; at = at->next)
    {
      const PopplerRectangle *hit = at->data;

      cairo_rectangle (cr, hit->x1, height - hit->y2, hit->x2 - hit->x1, hit->y2 - hit->y1);
      cairo_fill (cr);
    }
  g_list_free_full (hits, (GDestroyNotify) poppler_rectangle_free);
}

static void
draw_page (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  ZcPdfView *self = data;
  int number = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (area), "number"));
  g_autoptr (GObject) page = self->document ? G_OBJECT (poppler_document_get_page (self->document, number)) : NULL;
  double page_width;

  if (!page)
    return;
  poppler_page_get_size (POPPLER_PAGE (page), &page_width, NULL);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, width / page_width, width / page_width);
  poppler_page_render (POPPLER_PAGE (page), cr);
  draw_hits (self, POPPLER_PAGE (page), cr);
}

static void
size_area (ZcPdfView *self, GtkDrawingArea *area, double scale)
{
  int number = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (area), "number"));
  g_autoptr (GObject) page = self->document ? G_OBJECT (poppler_document_get_page (self->document, number)) : NULL;
  double width = 595, height = 842;

  if (page)
    poppler_page_get_size (POPPLER_PAGE (page), &width, &height);
  gtk_drawing_area_set_content_width (area, (int) (width * scale));
  gtk_drawing_area_set_content_height (area, (int) (height * scale));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, ZcPdfView *self)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_page, self, NULL);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (area, "zc-paper");
  gtk_list_item_set_child (item, area);
  gtk_list_item_set_activatable (item, TRUE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, ZcPdfView *self)
{
  GtkWidget *area = gtk_list_item_get_child (item);
  guint number = gtk_list_item_get_position (item);
  g_autofree char *name = g_strdup_printf (_("Page %u"), number + 1);
  gboolean thumbnail = g_object_get_data (G_OBJECT (factory), "thumbnail") != NULL;

  g_object_set_data (G_OBJECT (area), "number", GINT_TO_POINTER ((int) number));
  zc_set_name (area, name);
  zc_set_name (gtk_widget_get_parent (area), name);
  size_area (self, GTK_DRAWING_AREA (area), thumbnail ? THUMBNAIL_SCALE : BASE_SCALE * self->zoom);
  gtk_widget_queue_draw (area);
}

static void
add_factory (ZcPdfView *self, GtkListView *list, gboolean thumbnail)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  if (thumbnail)
    g_object_set_data (G_OBJECT (factory), "thumbnail", GINT_TO_POINTER (1));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  gtk_list_view_set_factory (list, factory);
}

/* All pages anew: the lists bind their items again. */
static void
rebuild (ZcPdfView *self)
{
  int n = self->document ? poppler_document_get_n_pages (self->document) : 0;
  g_auto (GStrv) names = g_new0 (char *, n + 1);

  for (int i = 0; i < n; i++)
    names[i] = g_strdup_printf ("%d", i + 1);
  gtk_string_list_splice (self->numbers, 0, g_list_model_get_n_items (G_LIST_MODEL (self->numbers)), (const char *const *) names);
}

static void
show_page (ZcPdfView *self, guint number)
{
  gtk_widget_activate_action (GTK_WIDGET (self->pages), "list.scroll-to-item", "u", number);
}

static void
on_thumbnail_activated (ZcPdfView *self, guint position)
{
  show_page (self, position);
}

gboolean
zc_pdf_view_show (ZcPdfView *self, GBytes *bytes, GError **error)
{
  g_autoptr (GError) cause = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &cause);

  if (!document)
    return zc_fail (error, ZC_ERROR_INVALID, _("The pages can't be shown: %s"), cause->message);
  g_clear_object (&self->document);
  self->document = document;
  rebuild (self);
  return TRUE;
}

void
zc_pdf_view_zoom (ZcPdfView *self, double factor)
{
  self->zoom = CLAMP (self->zoom * factor, 0.25, 4);
  rebuild (self);
}

/* Search */

static gboolean
page_has (ZcPdfView *self, int number)
{
  g_autoptr (GObject) page = G_OBJECT (poppler_document_get_page (self->document, number));
  GList *hits = page ? poppler_page_find_text (POPPLER_PAGE (page), self->search) : NULL;
  gboolean found = hits != NULL;

  g_list_free_full (hits, (GDestroyNotify) poppler_rectangle_free);
  return found;
}

static void
find_from (ZcPdfView *self, guint start)
{
  int n = self->document ? poppler_document_get_n_pages (self->document) : 0;

  for (int i = 0; i < n; i++)
    {
      guint number = (start + (guint) i) % (guint) n;

      if (!page_has (self, (int) number))
        continue;
      self->found = number;
      show_page (self, number);
      return;
    }
}

void
zc_pdf_view_search (ZcPdfView *self, const char *text)
{
  g_free (self->search);
  self->search = g_strdup (text);
  rebuild (self);
  if (*text)
    find_from (self, 0);
}

void
zc_pdf_view_search_next (ZcPdfView *self)
{
  if (self->search && *self->search)
    find_from (self, self->found + 1);
}

/* Print */

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, ZcPdfView *self)
{
  gtk_print_operation_set_n_pages (operation, poppler_document_get_n_pages (self->document));
}

static void
on_request_page_setup (GtkPrintOperation *operation, GtkPrintContext *context, int number, GtkPageSetup *setup, ZcPdfView *self)
{
  g_autoptr (GObject) page = G_OBJECT (poppler_document_get_page (self->document, number));
  double width, height;

  poppler_page_get_size (POPPLER_PAGE (page), &width, &height);
  gtk_page_setup_set_orientation (setup, width > height ? GTK_PAGE_ORIENTATION_LANDSCAPE : GTK_PAGE_ORIENTATION_PORTRAIT);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int number, ZcPdfView *self)
{
  g_autoptr (GObject) page = G_OBJECT (poppler_document_get_page (self->document, number));

  poppler_page_render_for_printing (POPPLER_PAGE (page), gtk_print_context_get_cairo_context (context));
}

gboolean
zc_pdf_view_print (ZcPdfView *self, GtkWindow *parent, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GError) cause = NULL;

  if (!self->document)
    return TRUE;
  gtk_page_setup_set_paper_size (setup, a4);
  gtk_print_operation_set_default_page_setup (operation, setup);
  /* The pages have their margins already: seal place and code stand where the standard has them. */
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "begin-print", G_CALLBACK (on_begin_print), self, 0);
  g_signal_connect_object (operation, "request-page-setup", G_CALLBACK (on_request_page_setup), self, 0);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (on_draw_page), self, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &cause) == GTK_PRINT_OPERATION_RESULT_ERROR)
    return zc_fail (error, ZC_ERROR_IO, _("Printing failed: %s"), cause->message);
  return TRUE;
}

static void
zc_pdf_view_dispose (GObject *object)
{
  ZcPdfView *self = ZC_PDF_VIEW (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->search, g_free);
  G_OBJECT_CLASS (zc_pdf_view_parent_class)->dispose (object);
}

static void
zc_pdf_view_class_init (ZcPdfViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_pdf_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-pdf-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcPdfView, pages);
  gtk_widget_class_bind_template_child (widget_class, ZcPdfView, thumbnails);
  gtk_widget_class_bind_template_child (widget_class, ZcPdfView, numbers);
  gtk_widget_class_bind_template_callback (widget_class, on_thumbnail_activated);
}

static void
zc_pdf_view_init (ZcPdfView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->zoom = 1;
  add_factory (self, self->pages, FALSE);
  add_factory (self, self->thumbnails, TRUE);
}
