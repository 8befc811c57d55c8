/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/zc-output.h"
#include "base/zc-text.h"
#include "pdf/zc-paint.h"
#include "pdf/zc-pdf-update.h"

/* Beyond so many pages the marks of structure cost more than the text itself. Measured with a form of 455
   pages: 0.43 s instead of 0.31 s of CPU, 63 MiB instead of 49 MiB, and 6.6 MB of file instead of 0.9 MB,
   because Cairo 1.16 writes each cell of a table as an object of its own, uncompressed. */
#define MOST_TAGGED_PAGES 200

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  GByteArray *pdf = closure;

  if (pdf->len > G_MAXINT32 - length)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (pdf, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The document's date stands for the moment of writing, so that the same record gives the same bytes. */
static char *
make_timestamp (const ZcPages *pages)
{
  return g_strdup_printf ("%sT00:00:00Z",
                          pages->date && zc_date_to_days (pages->date) ? pages->date : "2000-01-01");
}

static void
set_metadata (cairo_surface_t *surface, const ZcPages *pages, const char *timestamp)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, timestamp);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, timestamp);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Zicha " ZC_VERSION);
  if (pages->title)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, pages->title);
  if (pages->unit)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, pages->unit);
}

static void
add_outline (cairo_surface_t *surface, const ZcPages *pages)
{
  int parents[6] = { CAIRO_PDF_OUTLINE_ROOT };

  for (guint i = 0; i < pages->outline->len; i++)
    {
      const ZcOutlineEntry *entry = pages->outline->pdata[i];
      guint level = MIN (entry->level, 4);
      char y[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *where = NULL;

      g_ascii_formatd (y, sizeof y, "%.1f", entry->y);
      where = g_strdup_printf ("page=%u pos=[0 %s]", entry->page, y);
      parents[level + 1] = cairo_pdf_surface_add_outline (surface, parents[level], entry->text, where,
                                                          level == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
      /* A level that is left out hangs from the one above it. */
      for (guint deeper = level + 2; deeper < G_N_ELEMENTS (parents); deeper++)
        parents[deeper] = parents[level + 1];
    }
}

/** Target: what some link leads to. */
typedef struct
{
  const char *name;
  const ZcAnchor *anchor;
} Target;

static int
compare_targets (gconstpointer a, gconstpointer b)
{
  const Target *x = a, *y = b;

  if (x->anchor->page != y->anchor->page)
    return x->anchor->page < y->anchor->page ? -1 : 1;
  return strcmp (x->name, y->name);
}

/* Returns: (element-type Target): in page order. @numbers: their names → their numbers in it, from 1 */
static GArray *
find_targets (const ZcPages *pages, GHashTable *numbers)
{
  GArray *targets = g_array_new (FALSE, FALSE, sizeof (Target));

  for (guint i = 0; i < pages->links->len; i++)
    {
      const char *to = g_array_index (pages->links, ZcLink, i).to;
      Target target = { to, g_hash_table_lookup (pages->anchors, to) };

      if (target.anchor && g_hash_table_add (numbers, (gpointer) to))
        g_array_append_val (targets, target);
    }
  g_array_sort (targets, compare_targets);
  for (guint i = 0; i < targets->len; i++)
    g_hash_table_replace (numbers, (gpointer) g_array_index (targets, Target, i).name,
                          GUINT_TO_POINTER (i + 1));
  return targets;
}

/* As Cairo wants numbers, whatever the locale. */
static const char *
number (char text[G_ASCII_DTOSTR_BUF_SIZE], double value)
{
  return g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, "%.1f", value);
}

/* What on @page others lead to. By names, because Cairo 1.16 knows no page but those so far, and a contents
   list leads to those that follow; by names of our own, because it does not quote what they are made of.
   @next: the first that is not yet written; moves on. */
static void
add_targets (cairo_t *cr, const GArray *targets, guint page, guint *next)
{
  for (; *next < targets->len && g_array_index (targets, Target, *next).anchor->page == page; ++*next)
    {
      const Target *target = &g_array_index (targets, Target, *next);
      char y[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *attributes =
          g_strdup_printf ("name='to%u' x=0 y=%s", *next + 1, number (y, target->anchor->y));

      cairo_tag_begin (cr, CAIRO_TAG_DEST, attributes);
      cairo_tag_end (cr, CAIRO_TAG_DEST);
    }
}

/* The links of @page. @next: the first that is not yet written; moves on. */
static void
add_links (cairo_t *cr, const ZcPages *pages, GHashTable *numbers, guint page, guint *next)
{
  for (; *next < pages->links->len && g_array_index (pages->links, ZcLink, *next).page == page; ++*next)
    {
      const ZcLink *link = &g_array_index (pages->links, ZcLink, *next);
      char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
      char width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];
      guint to = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, link->to));
      g_autofree char *attributes = NULL;

      if (to == 0)
        continue;
      attributes =
          g_strdup_printf ("dest='to%u' rect=[%s %s %s %s]", to, number (x, link->x), number (y, link->y),
                           number (width, link->width), number (height, link->height));
      cairo_tag_begin (cr, CAIRO_TAG_LINK, attributes);
      cairo_tag_end (cr, CAIRO_TAG_LINK);
    }
}

static gboolean
draw_pages (cairo_surface_t *surface, ZcPages *pages, const ZcProgress *progress, GError **error)
{
  gboolean tags = zc_pages_count (pages) <= MOST_TAGGED_PAGES;
  g_autoptr (ZcPdfFonts) fonts = zc_pdf_fonts_new (pages);
  g_autoptr (ZcPainter) painter = zc_painter_new (pages, fonts, tags);
  cairo_t *cr = cairo_create (surface);
  gboolean stopped = FALSE;
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) targets = find_targets (pages, numbers);
  guint link = 0, target = 0;

  for (guint i = 1; i <= zc_pages_count (pages) && !stopped; i++)
    {
      const ZcPage *page = zc_pages_get (pages, i);

      cairo_pdf_surface_set_size (surface, page->width, page->height);
      if (tags && i == 1)
        cairo_tag_begin (cr, "Document", ""); /* not earlier: set_size() forgets what was recorded */
      zc_painter_draw (painter, i, cr);
      add_targets (cr, targets, i, &target);
      add_links (cr, pages, numbers, i, &link);
      if (tags && i == zc_pages_count (pages))
        cairo_tag_end (cr, "Document");
      cairo_show_page (cr);
      if (i % 50 == 0 || i == zc_pages_count (pages))
        zc_progress_report (progress, _ ("Writing the PDF"), i, zc_pages_count (pages));
      stopped = zc_fail_if_cancelled (zc_progress_cancellable (progress), error);
    }
  cairo_destroy (cr);
  return !stopped;
}

GBytes *
zc_pdf_to_bytes (ZcPages *pages, const ZcProgress *progress, GError **error)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  g_autofree char *timestamp = make_timestamp (pages);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, pdf, 595, 842);
  cairo_status_t status;
  gboolean drawn;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  set_metadata (surface, pages, timestamp);
  drawn = draw_pages (surface, pages, progress, error);
  if (drawn)
    add_outline (surface, pages);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!drawn)
    return NULL;
  if (status != CAIRO_STATUS_SUCCESS)
    return zc_fail_null (error, ZC_ERROR_IO, _ ("The PDF of “%s” cannot be made: %s."), pages->title,
                         cairo_status_to_string (status));
  zc_pdf_update (pdf, pages->title, pages->unit, timestamp);
  return g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
}

gboolean
zc_pdf_write (ZcPages *pages, const char *path, const ZcProgress *progress, GError **error)
{
  g_autoptr (GBytes) pdf = zc_pdf_to_bytes (pages, progress, error);
  gsize size;
  gconstpointer data;

  if (!pdf)
    return FALSE;
  data = g_bytes_get_data (pdf, &size);
  return zc_output_write_file (path, data, size, error);
}

void
zc_pdf_draw_page (ZcPages *pages, guint page, cairo_t *cr)
{
  g_autoptr (ZcPainter) painter = NULL;

  g_return_if_fail (page >= 1 && page <= zc_pages_count (pages));
  painter = zc_painter_new (pages, NULL, FALSE);
  zc_painter_draw (painter, page, cr);
}
