/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-pdf-view.h"

#include "base/zc-error.h"
#include "widgets/zc-paper.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>
#include <poppler.h>

#define THUMBNAIL_SCALE 0.14
#define BASE_SCALE 1.15
/* A4, until a page says otherwise. */
#define USUAL_WIDTH 595.28
#define USUAL_HEIGHT 841.89

struct _ZcPdfView
{
  AdwBin parent_instance;
  GtkListView *pages;
  GtkListView *thumbnails;
  GtkWidget *thumbnails_box;
  GtkWidget *pages_box;
  GtkStringList *numbers; /* one a page: what both lists show */

  PopplerDocument *document;
  GPtrArray *papers; /* (element-type ZcPaper) borrowed: those that show a page now */
  guint current;      /* the page that is looked at, from 0 */
  guint looking;      /* in how many frames the pages stand where they were scrolled to */
  double zoom;
  gboolean fits; /* pages are as wide as there is room */
  char *search;
  guint found;        /* page of the last hit, from 0 */
  guint search_from;  /* the search at work: its first page, from 0 */
  guint searched;     /* how many pages it has been through */
  gboolean backward;
  guint search_idle;
};

enum
{
  SEARCHED,
  TURNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcPdfView, zc_pdf_view, ADW_TYPE_BIN)

static guint
count_pages (ZcPdfView *self)
{
  return self->document ? (guint) MAX (poppler_document_get_n_pages (self->document), 0) : 0;
}

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
draw_page (guint number, cairo_t *cr, gpointer data)
{
  ZcPdfView *self = data;
  g_autoptr (GObject) page = number < count_pages (self) ? G_OBJECT (poppler_document_get_page (self->document, (int) number)) : NULL;

  if (!page)
    return;
  poppler_page_render (POPPLER_PAGE (page), cr);
  draw_hits (self, POPPLER_PAGE (page), cr);
}

static gboolean
is_thumbnail (gpointer object)
{
  return g_object_get_data (object, "thumbnail") != NULL;
}

static void
set_paper (ZcPdfView *self, ZcPaper *paper, guint number)
{
  g_autoptr (GObject) page = number < count_pages (self) ? G_OBJECT (poppler_document_get_page (self->document, (int) number)) : NULL;
  double width = USUAL_WIDTH, height = USUAL_HEIGHT;

  if (page)
    poppler_page_get_size (POPPLER_PAGE (page), &width, &height);
  zc_paper_set (paper, number, width, height, is_thumbnail (paper) ? THUMBNAIL_SCALE : self->fits ? 0 : BASE_SCALE * self->zoom);
}

/* A thumbnail has its number below, and an edge while its page is looked at. */

static GtkWidget *
captioned (GtkWidget *paper)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *number = gtk_label_new (NULL);

  gtk_widget_add_css_class (number, "caption");
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (box), paper);
  gtk_box_append (GTK_BOX (box), number);
  return box;
}

static GtkWidget *
paper_of (GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  return ZC_IS_PAPER (child) ? child : gtk_widget_get_first_child (child);
}

static void
mark_thumbnail (ZcPdfView *self, GtkWidget *paper, guint number)
{
  if (number == self->current)
    gtk_widget_add_css_class (paper, "zc-current");
  else
    gtk_widget_remove_css_class (paper, "zc-current");
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, ZcPdfView *self)
{
  GtkWidget *paper = zc_paper_new (draw_page, self);

  if (is_thumbnail (factory))
    g_object_set_data (G_OBJECT (paper), "thumbnail", GINT_TO_POINTER (1));
  gtk_list_item_set_child (item, is_thumbnail (factory) ? captioned (paper) : paper);
  gtk_list_item_set_activatable (item, TRUE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, ZcPdfView *self)
{
  GtkWidget *paper = paper_of (item);
  guint number = gtk_list_item_get_position (item);
  g_autofree char *name = g_strdup_printf (_("Page %u"), number + 1);

  g_ptr_array_add (self->papers, paper);
  zc_set_name (paper, name);
  zc_set_name (gtk_widget_get_parent (gtk_list_item_get_child (item)), name);
  if (is_thumbnail (factory))
    {
      g_autofree char *digits = g_strdup_printf ("%u", number + 1);

      gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (paper)), digits);
      mark_thumbnail (self, paper, number);
    }
  set_paper (self, ZC_PAPER (paper), number);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, ZcPdfView *self)
{
  g_ptr_array_remove (self->papers, paper_of (item));
}

static void
add_factory (ZcPdfView *self, GtkListView *list, gboolean thumbnail)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  if (thumbnail)
    g_object_set_data (G_OBJECT (factory), "thumbnail", GINT_TO_POINTER (1));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (list, factory);
}

/* What is shown of the pages, anew. Those that were there before stay where they are, so that the user does, too. */
static void
refresh (ZcPdfView *self)
{
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->numbers));
  guint n = count_pages (self);

  if (shown > n)
    gtk_string_list_splice (self->numbers, n, shown - n, NULL);
  for (guint i = 0; i < self->papers->len; i++)
    set_paper (self, self->papers->pdata[i], zc_paper_get_number (self->papers->pdata[i]));
  if (shown < n)
    {
      g_auto (GStrv) names = g_new0 (char *, n - shown + 1);

      for (guint i = shown; i < n; i++)
        names[i - shown] = g_strdup_printf ("%u", i + 1);
      gtk_string_list_splice (self->numbers, shown, 0, (const char *const *) names);
    }
}

static void
show_page (ZcPdfView *self, guint number)
{
  gtk_widget_activate_action (GTK_WIDGET (self->pages), "list.scroll-to-item", "u", number);
}

/* The page that is looked at: the one in the upper third of what is seen. */

static void
turn_to (ZcPdfView *self, guint number)
{
  self->current = number;
  for (guint i = 0; i < self->papers->len; i++)
    if (is_thumbnail (self->papers->pdata[i]))
      mark_thumbnail (self, self->papers->pdata[i], zc_paper_get_number (self->papers->pdata[i]));
  if (number < count_pages (self) && !self->fits)
    gtk_widget_activate_action (GTK_WIDGET (self->thumbnails), "list.scroll-to-item", "u", number);
  g_signal_emit (self, signals[TURNED], 0, number + 1);
}

static void
look (ZcPdfView *self)
{
  float at = (float) gtk_widget_get_height (self->pages_box) / 3;

  for (guint i = 0; i < self->papers->len; i++)
    {
      ZcPaper *paper = self->papers->pdata[i];
      graphene_rect_t box;

      if (!is_thumbnail (paper) && gtk_widget_get_mapped (GTK_WIDGET (paper)) && zc_paper_get_number (paper) != self->current &&
          gtk_widget_compute_bounds (GTK_WIDGET (paper), self->pages_box, &box) && box.origin.y <= at && box.origin.y + box.size.height > at)
        {
          turn_to (self, zc_paper_get_number (paper));
          return;
        }
    }
}

static gboolean
on_frame (GtkWidget *pages, GdkFrameClock *clock, gpointer data)
{
  ZcPdfView *self = data;

  if (--self->looking > 0)
    return G_SOURCE_CONTINUE;
  look (self);
  return G_SOURCE_REMOVE;
}

/* The pages stand where they were scrolled to when the next frame has been laid out, at the begin of the one behind it. */
static void
on_scrolled (ZcPdfView *self)
{
  if (self->looking == 0)
    gtk_widget_add_tick_callback (self->pages_box, on_frame, self, NULL);
  self->looking = 2;
}

static void
on_thumbnail_activated (ZcPdfView *self, guint position)
{
  show_page (self, position);
}

static void
stop_search (ZcPdfView *self)
{
  g_clear_handle_id (&self->search_idle, g_source_remove);
}

gboolean
zc_pdf_view_show (ZcPdfView *self, GBytes *bytes, GError **error)
{
  g_autoptr (GError) cause = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &cause);

  if (!document)
    return zc_fail (error, ZC_ERROR_INVALID, _("The pages can't be shown: %s"), cause->message);
  stop_search (self);
  g_clear_object (&self->document);
  self->document = document;
  refresh (self);
  turn_to (self, MIN (self->current, MAX (count_pages (self), 1) - 1));
  return TRUE;
}

guint
zc_pdf_view_count (ZcPdfView *self)
{
  return count_pages (self);
}

void
zc_pdf_view_go (ZcPdfView *self, guint page)
{
  if (page >= 1 && page <= count_pages (self))
    show_page (self, page - 1);
}

void
zc_pdf_view_set_fits (ZcPdfView *self, gboolean fits)
{
  self->fits = fits;
  gtk_widget_set_visible (self->thumbnails_box, !fits);
  refresh (self);
}

double
zc_pdf_view_zoom (ZcPdfView *self, double factor)
{
  self->zoom = CLAMP (self->zoom * factor, 0.25, 4);
  refresh (self);
  return self->zoom;
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
tell_searched (ZcPdfView *self, guint page)
{
  g_signal_emit (self, signals[SEARCHED], 0, page);
}

/* A page at a time: a long document takes seconds, in which the window goes on. */
static gboolean
search_on (gpointer data)
{
  ZcPdfView *self = data;
  guint n = count_pages (self);
  guint step = self->searched++;
  guint number;

  if (step >= n)
    {
      self->search_idle = 0;
      tell_searched (self, 0);
      return G_SOURCE_REMOVE;
    }
  number = (self->search_from + (self->backward ? n - step : step)) % n;
  if (!page_has (self, (int) number))
    return G_SOURCE_CONTINUE;
  self->search_idle = 0;
  self->found = number;
  show_page (self, number);
  tell_searched (self, number + 1);
  return G_SOURCE_REMOVE;
}

static void
search_from (ZcPdfView *self, guint page, gboolean backward)
{
  guint n = count_pages (self);

  stop_search (self);
  if (n == 0)
    return;
  self->search_from = page % n;
  self->backward = backward;
  self->searched = 0;
  self->search_idle = g_idle_add (search_on, self);
}

void
zc_pdf_view_search (ZcPdfView *self, const char *text)
{
  g_free (self->search);
  self->search = g_strdup (text);
  refresh (self);
  stop_search (self);
  if (*text)
    search_from (self, 0, FALSE);
}

void
zc_pdf_view_search_next (ZcPdfView *self, gboolean backward)
{
  if (self->search && *self->search && self->document)
    search_from (self, self->found + (backward ? count_pages (self) - 1 : 1), backward);
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

  stop_search (self);
  g_clear_object (&self->document);
  g_clear_pointer (&self->search, g_free);
  G_OBJECT_CLASS (zc_pdf_view_parent_class)->dispose (object);
}

static void
zc_pdf_view_finalize (GObject *object)
{
  g_ptr_array_unref (ZC_PDF_VIEW (object)->papers);
  G_OBJECT_CLASS (zc_pdf_view_parent_class)->finalize (object);
}

static void
zc_pdf_view_class_init (ZcPdfViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_pdf_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_pdf_view_finalize;
  signals[TURNED] = g_signal_new ("turned", ZC_TYPE_PDF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SEARCHED] = g_signal_new ("searched", ZC_TYPE_PDF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-pdf-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcPdfView, pages);
  gtk_widget_class_bind_template_child (widget_class, ZcPdfView, thumbnails);
  gtk_widget_class_bind_template_child (widget_class, ZcPdfView, thumbnails_box);
  gtk_widget_class_bind_template_child (widget_class, ZcPdfView, pages_box);
  gtk_widget_class_bind_template_child (widget_class, ZcPdfView, numbers);
  gtk_widget_class_bind_template_callback (widget_class, on_thumbnail_activated);
}

static void
zc_pdf_view_init (ZcPdfView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->zoom = 1;
  self->papers = g_ptr_array_new ();
  g_signal_connect_swapped (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->pages_box)), "value-changed",
                            G_CALLBACK (on_scrolled), self);
  add_factory (self, self->pages, FALSE);
  add_factory (self, self->thumbnails, TRUE);
}
