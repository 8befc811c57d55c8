/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-pages.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "layout/zc-flow.h"

/* Names of places are allocated so many bytes at a time. */
#define NAMES_BYTES 4096

static void
defect_free (gpointer data)
{
  ZcDefect *defect = data;

  g_free (defect->place);
  g_free (defect->message);
  g_free (defect);
}

static void
outline_free (gpointer data)
{
  ZcOutlineEntry *entry = data;

  g_free (entry->text);
  g_free (entry->anchor);
  g_free (entry);
}

static void
link_clear (gpointer data)
{
  g_free (((ZcLink *) data)->to);
}

ZcPages *
zc_pages_alloc (const ZcDocument *document, ZcFonts *fonts)
{
  ZcPages *self = g_new0 (ZcPages, 1);

  g_atomic_ref_count_init (&self->references);
  self->fonts = zc_fonts_ref (fonts);
  self->title = g_strdup (document->title);
  self->unit = g_strdup (document->unit);
  self->date = g_strdup (document->date);
  self->first_waits = document->mark && document->mark->qr && *document->mark->qr;
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_page_free);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  self->names = g_string_chunk_new (NAMES_BYTES);
  self->defects = g_ptr_array_new_with_free_func (defect_free);
  self->seals = g_array_new (FALSE, FALSE, sizeof (ZcSealPlace));
  self->outline = g_ptr_array_new_with_free_func (outline_free);
  self->anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->links = g_array_new (FALSE, FALSE, sizeof (ZcLink));
  g_array_set_clear_func (self->links, link_clear);
  return self;
}

ZcPages *
zc_pages_ref (ZcPages *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
zc_pages_unref (ZcPages *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->pages);
  g_hash_table_unref (self->places);
  g_string_chunk_free (self->names);
  g_ptr_array_unref (self->defects);
  g_array_unref (self->seals);
  g_ptr_array_unref (self->outline);
  g_hash_table_unref (self->anchors);
  g_array_unref (self->links);
  g_free (self->title);
  g_free (self->unit);
  g_free (self->date);
  zc_fonts_unref (self->fonts);
  g_free (self);
}

guint
zc_pages_count (const ZcPages *self)
{
  return self->pages->len;
}

void
zc_pages_size (const ZcPages *self, guint page, double *width, double *height)
{
  g_return_if_fail (page >= 1 && page <= self->pages->len);
  *width = zc_pages_get (self, page)->width;
  *height = zc_pages_get (self, page)->height;
}

const GArray *
zc_pages_of_place (const ZcPages *self, const char *place)
{
  return g_hash_table_lookup (self->places, place);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
zc_pages_places (const ZcPages *self)
{
  GPtrArray *places = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer place;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &place, NULL))
    g_ptr_array_add (places, place);
  g_ptr_array_sort (places, compare_strings);
  return places;
}

const GPtrArray *
zc_pages_defects (const ZcPages *self)
{
  return self->defects;
}

const GArray *
zc_pages_seals (const ZcPages *self)
{
  return self->seals;
}

const GPtrArray *
zc_pages_outline (const ZcPages *self)
{
  return self->outline;
}

gboolean
zc_pages_uses_face (const ZcPages *self, ZcFace face)
{
  return (self->faces & (1u << face)) != 0;
}

/* Composing: what follows what. */

/* So many headings in a row are kept together; more of them is not a document but an attempt to keep us busy.
 */
#define MOST_LEADING 8

static const ZcBlock *
block_at (const ZcFlow *flow, guint i)
{
  return flow->document->blocks->pdata[i];
}

static const ZcBlock *
block_after (const ZcFlow *flow, guint i)
{
  return i + 1 < flow->document->blocks->len ? block_at (flow, i + 1) : NULL;
}

/* Titles, headings and remarks go with the table below them. */
static gboolean
leads (const ZcBlock *block, const ZcBlock *next)
{
  if (!next)
    return FALSE;
  return block->kind == ZC_BLOCK_TITLE || block->kind == ZC_BLOCK_HEADING ||
         block->kind == ZC_BLOCK_ADDRESSEE || (block->kind == ZC_BLOCK_NOTE && next->kind == ZC_BLOCK_TABLE);
}

/* What a wide table takes with it: what leads to it, the remarks below it, and the signature, which would stand alone on
 * an upright page. */
static gboolean
wants_landscape (const ZcFlow *flow, guint i)
{
  const ZcBlock *block;

  if (i >= flow->document->blocks->len)
    return FALSE;
  for (guint n = 0; n < MOST_LEADING && leads (block_at (flow, i), block_after (flow, i)); n++)
    i++;
  block = block_at (flow, i);
  while ((block->kind == ZC_BLOCK_NOTE || block->kind == ZC_BLOCK_SIGNATURE) && i > 0)
    block = block_at (flow, --i);
  return block->kind == ZC_BLOCK_TABLE && block->landscape;
}

static double
tail_of (ZcFlow *flow, guint i)
{
  const ZcBlock *next = block_after (flow, i);

  return next && next->kind == ZC_BLOCK_SIGNATURE ? zc_flow_signature_height (flow, next) : 0;
}

/* Height that the first lines of block @i need. */
static double
lead_of_block (ZcFlow *flow, guint i)
{
  const ZcBlock *block = block_at (flow, i);

  switch (block->kind)
    {
    case ZC_BLOCK_TABLE:
      return zc_flow_table_lead (flow, block);
    case ZC_BLOCK_SIGNATURE:
      return zc_flow_signature_height (flow, block);
    case ZC_BLOCK_CHART:
      return zc_flow_chart_lead (flow, block);
    case ZC_BLOCK_PAGE_BREAK:
      return 0;
    default:
      return zc_flow_text_lead (flow, block, tail_of (flow, i));
    }
}

/* The same for a heading with all that must not part from it. */
static double
lead_of (ZcFlow *flow, guint i)
{
  double lead = 0;

  for (guint n = 0; n < MOST_LEADING && leads (block_at (flow, i), block_after (flow, i)); n++)
    lead += zc_flow_text_lead (flow, block_at (flow, i++), -1);
  return lead + lead_of_block (flow, i);
}

static gboolean
set_block (ZcFlow *flow, guint i, GError **error)
{
  const ZcBlock *block = block_at (flow, i);

  switch (block->kind)
    {
    case ZC_BLOCK_TABLE:
      return zc_flow_table (flow, block, tail_of (flow, i), error);
    case ZC_BLOCK_SIGNATURE:
      return zc_flow_signature (flow, block, error);
    case ZC_BLOCK_CHART:
      return zc_flow_chart (flow, block, tail_of (flow, i), error);
    case ZC_BLOCK_PAGE_BREAK:
      return flow->y == 0 || !block_after (flow, i) ||
             zc_flow_new_page (flow, wants_landscape (flow, i + 1), error);
    default:
      return zc_flow_text (flow, block, tail_of (flow, i), error);
    }
}

static gboolean
set_blocks (ZcFlow *flow, GError **error)
{
  if (!zc_flow_new_page (flow, wants_landscape (flow, 0), error))
    return FALSE;
  for (guint i = 0; i < flow->document->blocks->len; i++)
    {
      const ZcBlock *block = block_at (flow, i);
      gboolean landscape = wants_landscape (flow, i);

      if (block->kind != ZC_BLOCK_PAGE_BREAK && landscape != flow->sheet.landscape)
        {
          if (flow->y == 0)
            g_ptr_array_set_size (flow->pages->pages, (int) flow->pages->pages->len - 1);
          if (!zc_flow_new_page (flow, landscape, error))
            return FALSE;
        }
      if (leads (block, block_after (flow, i)) && flow->y > 0)
        {
          double lead = lead_of (flow, i);

          if (!zc_flow_fits (flow, lead) && lead <= flow->sheet.height &&
              !zc_flow_new_page (flow, landscape, error))
            return FALSE;
        }
      if (!set_block (flow, i, error))
        return FALSE;
    }
  if (!zc_flow_furniture (flow, TRUE, error))
    return FALSE;
  zc_progress_report (flow->progress, _ ("Setting pages"), flow->pages->pages->len, flow->pages->pages->len);
  return TRUE;
}

ZcPages *
zc_pages_new_for (const ZcDocument *document,
                  ZcFonts *fonts,
                  ZcPageSink sink,
                  gpointer data,
                  const ZcProgress *progress,
                  GError **error)
{
  g_autoptr (ZcPages) self = zc_pages_alloc (document, fonts);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ZcFlow flow = { .document = document,
                  .progress = progress,
                  .fonts = fonts,
                  .pages = self,
                  .told = told,
                  .sink = sink,
                  .sink_data = data };
  gboolean done;

  zc_fonts_lock (fonts);
  done = set_blocks (&flow, error);
  zc_fonts_unlock (fonts);
  g_clear_pointer (&flow.here, g_array_unref);
  return done ? g_steal_pointer (&self) : NULL;
}

ZcPages *
zc_pages_new (const ZcDocument *document, ZcFonts *fonts, const ZcProgress *progress, GError **error)
{
  return zc_pages_new_for (document, fonts, NULL, NULL, progress, error);
}

/* A ZcPageSink. */
static gboolean
drop (ZcPages *pages, guint page, gpointer data, GError **error)
{
  return TRUE;
}

ZcPages *
zc_pages_survey (const ZcDocument *document, ZcFonts *fonts, const ZcProgress *progress, GError **error)
{
  return zc_pages_new_for (document, fonts, drop, NULL, progress, error);
}
