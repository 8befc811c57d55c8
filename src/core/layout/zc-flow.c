/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-flow.h"

#include <glib/gi18n-lib.h>

#define MAX_PAGES 20000
#define MAX_DEFECTS 1000
#define EPSILON 0.02

gboolean
zc_flow_new_page (ZcFlow *self, gboolean landscape, GError **error)
{
  if (self->pages->pages->len >= MAX_PAGES)
    return zc_fail (error, ZC_ERROR_LIMIT, _ ("“%s” would have more than %d pages."), self->document->title,
                    MAX_PAGES);
  if (!zc_flow_tick (self, error) || !zc_flow_furniture (self, FALSE, error))
    return FALSE;
  self->sheet = zc_sheet_for (self->document->style, landscape);
  self->page = landscape ? zc_page_new (self->sheet.paper_height, self->sheet.paper_width)
                         : zc_page_new (self->sheet.paper_width, self->sheet.paper_height);
  self->y = 0;
  g_ptr_array_add (self->pages->pages, self->page);
  if (!self->document->mark)
    zc_flow_draft (self);
  return TRUE;
}

gboolean
zc_flow_tick (ZcFlow *self, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (zc_fail_if_cancelled (zc_progress_cancellable (self->progress), error))
    return FALSE;
  if (now - self->last_report > G_USEC_PER_SEC / 10)
    {
      zc_progress_report (self->progress, _ ("Setting pages"), self->pages->pages->len, 0);
      self->last_report = now;
    }
  return TRUE;
}

gboolean
zc_flow_fits (const ZcFlow *self, double height)
{
  return self->y + height <= self->sheet.height + EPSILON;
}

double
zc_flow_x (const ZcFlow *self)
{
  double x, y;

  zc_sheet_origin (&self->sheet, &x, &y);
  return x;
}

double
zc_flow_top (const ZcFlow *self)
{
  double x, y;

  zc_sheet_origin (&self->sheet, &x, &y);
  return y + self->y;
}

ZcMeasured *
zc_flow_measure (
    ZcFlow *self, ZcFace face, double size, double cell, GPtrArray *spans, guint first, guint end)
{
  ZcMeasured *measured = zc_measured_new (self->fonts, face, size, cell);

  self->pages->faces |= 1u << face;
  for (guint i = first; spans && i < MIN (end, spans->len); i++)
    zc_measured_add (measured, self->fonts, spans->pdata[i]);
  return measured;
}

ZcMeasured *
zc_flow_measure_text (ZcFlow *self, ZcFace face, double size, const char *text)
{
  ZcMeasured *measured = zc_measured_new (self->fonts, face, size, size);

  self->pages->faces |= 1u << face;
  zc_measured_add_text (measured, self->fonts, text);
  return measured;
}

/* Notes. */

static guint
last_of (const GArray *pages)
{
  return g_array_index (pages, guint, pages->len - 1);
}

/* A list of @page alone, for all places that stand nowhere else: of a ledger's cells those are nearly all. */
static GArray *
list_of_page (ZcFlow *self, guint page)
{
  if (self->here && last_of (self->here) == page)
    return self->here;
  g_clear_pointer (&self->here, g_array_unref);
  self->here = g_array_sized_new (FALSE, FALSE, sizeof (guint), 1);
  g_array_append_val (self->here, page);
  return self->here;
}

static void
note_place (ZcFlow *self, const char *place)
{
  GHashTable *places = self->pages->places;
  GArray *pages = g_hash_table_lookup (places, place);
  guint page = self->pages->pages->len;

  if (!pages)
    {
      g_hash_table_insert (places, g_string_chunk_insert (self->pages->names, place), g_array_ref (list_of_page (self, page)));
      return;
    }
  if (last_of (pages) == page)
    return;
  if (pages->len == 1)
    {
      pages = g_array_copy (pages); /* others share the one of its page */
      g_hash_table_insert (places, (gpointer) place, pages);
    }
  g_array_append_val (pages, page);
}

/* Takes @message. */
static void
add_defect (ZcFlow *self, ZcDefectKind kind, const char *place, gunichar character, char *message)
{
  g_autofree char *key = g_strdup_printf ("%d %x %s", kind, character, place ? place : "");
  ZcDefect *defect;

  if (self->pages->defects->len >= MAX_DEFECTS || !g_hash_table_add (self->told, g_steal_pointer (&key)))
    {
      g_free (message);
      return;
    }
  defect = g_new0 (ZcDefect, 1);
  defect->kind = kind;
  defect->page = self->pages->pages->len;
  defect->place = g_strdup (place);
  defect->character = character;
  defect->message = message;
  g_ptr_array_add (self->pages->defects, defect);
}

void
zc_flow_overflow (ZcFlow *self, const char *place)
{
  add_defect (self, ZC_DEFECT_OVERFLOW, place, 0,
              g_strdup_printf (
                  _ ("Something on page %u of “%s” is larger than its room and is printed over the border."),
                  self->pages->pages->len, self->document->title));
}

const char *
zc_flow_place_of (const ZcMeasured *measured)
{
  for (guint i = 0; i < measured->ranges->len; i++)
    {
      const ZcSpanRange *range = &g_array_index (measured->ranges, ZcSpanRange, i);

      if (range->span->place)
        return range->span->place;
    }
  return NULL;
}

static const char *
place_of_atom (const ZcMeasured *measured, guint atom)
{
  for (guint i = 0; i < measured->ranges->len; i++)
    {
      const ZcSpanRange *range = &g_array_index (measured->ranges, ZcSpanRange, i);

      if (range->first <= atom && atom < range->end)
        return range->span->place;
    }
  return NULL;
}

static void
note_missing (ZcFlow *self, const ZcMeasured *measured, const ZcLine *line)
{
  for (guint i = 0; i < measured->missing->len; i++)
    {
      const ZcMissing *missing = &g_array_index (measured->missing, ZcMissing, i);
      char utf8[7] = { 0 };

      if (missing->atom < line->first || missing->atom >= line->end)
        continue;
      g_unichar_to_utf8 (missing->character, utf8);
      add_defect (
          self, ZC_DEFECT_MISSING, place_of_atom (measured, missing->atom), missing->character,
          g_strdup_printf (_ ("No installed font has the character “%s” (U+%04X); 〓 is printed instead."),
                           utf8, missing->character));
    }
}

void
zc_flow_note_line (ZcFlow *self, const ZcMeasured *measured, const ZcLine *line)
{
  for (guint i = 0; i < measured->ranges->len; i++)
    {
      const ZcSpanRange *range = &g_array_index (measured->ranges, ZcSpanRange, i);
      /* An empty answer stands where its text would. */
      gboolean here = range->first < range->end ? range->first < line->end && range->end > line->first
                                                : range->first >= line->first && range->first <= line->end;

      if (here && range->span->place)
        note_place (self, range->span->place);
    }
  if (measured->missing)
    note_missing (self, measured, line);
}

static void
add_links (ZcFlow *self, const ZcMeasured *measured, const ZcLine *line, double x, double top, double pitch)
{
  for (guint i = 0; i < measured->ranges->len; i++)
    {
      const ZcSpanRange *range = &g_array_index (measured->ranges, ZcSpanRange, i);
      ZcLink link = { self->pages->pages->len, x + line->indent, top, line->width, pitch, NULL };

      if (!range->span->link || range->first >= line->first + line->n_set || range->end <= line->first)
        continue;
      link.to = g_strdup (range->span->link);
      g_array_append_val (self->pages->links, link);
      return; /* one line, one link */
    }
}

void
zc_flow_set_line (ZcFlow *self,
                  const ZcMeasured *measured,
                  const ZcLine *line,
                  double x,
                  double top,
                  double pitch,
                  double room)
{
  double baseline = top + (pitch - measured->size) / 2 + ZC_ASCENT * measured->size;

  zc_page_add_line (self->page, self->fonts, measured, line, x, baseline);
  zc_flow_note_line (self, measured, line);
  add_links (self, measured, line, x, top, pitch);
  if (line->indent + line->width > room + 0.5)
    {
      const char *place = place_of_atom (measured, line->first);

      zc_flow_overflow (self, place ? place : zc_flow_place_of (measured));
    }
}

void
zc_flow_add_outline (ZcFlow *self, const ZcBlock *block, const char *text, guint level)
{
  ZcOutlineEntry *entry = g_new0 (ZcOutlineEntry, 1);

  entry->text = g_utf8_make_valid (text, -1);
  g_strdelimit (entry->text, "\n\t", ' ');
  entry->anchor = g_strdup (block->anchor);
  entry->level = level;
  entry->page = self->pages->pages->len;
  entry->y = zc_flow_top (self);
  g_ptr_array_add (self->pages->outline, entry);
}

void
zc_flow_add_anchor (ZcFlow *self, const ZcBlock *block)
{
  ZcAnchor *anchor;

  if (!block->anchor || g_hash_table_contains (self->pages->anchors, block->anchor))
    return;
  anchor = g_new (ZcAnchor, 1);
  *anchor = (ZcAnchor){ self->pages->pages->len, zc_flow_top (self) };
  g_hash_table_insert (self->pages->anchors, g_strdup (block->anchor), anchor);
}

void
zc_flow_add_seal (ZcFlow *self, double x, double y, double diameter)
{
  ZcSealPlace seal = { self->pages->pages->len, x, y, diameter };

  g_array_append_val (self->pages->seals, seal);
}
