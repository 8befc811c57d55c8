/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "layout/zc-flow.h"

/** Style: how a kind of block is set. */
typedef struct
{
  ZcFace face;
  double size, cell, pitch;
  double first, rest;   /* indents of the first and of other lines */
  double before, after; /* blank space */
  ZcAlign align;
  gboolean justify;
  ZcTag tag;
  gboolean whole; /* never parted */
} Style;

static const ZcFace heading_faces[] = { ZC_FACE_HEITI, ZC_FACE_KAITI, ZC_FACE_FANGSONG, ZC_FACE_FANGSONG };

static Style
style_of (const ZcSheet *sheet, const ZcBlock *block)
{
  Style style = {
    ZC_FACE_FANGSONG, sheet->size, sheet->cell, sheet->pitch, .justify = TRUE, .tag = ZC_TAG_P
  };
  guint level = CLAMP (block->level, 1, 4);

  switch (block->kind)
    {
    case ZC_BLOCK_TITLE: /* 7.3.1 */
      style = (Style){
        ZC_FACE_XIAOBIAOSONG,        sheet->title_size,        sheet->title_size, sheet->title_pitch,
        .after = sheet->after_title, .align = ZC_ALIGN_CENTER, .tag = ZC_TAG_H1,  .whole = TRUE
      };
      break;
    case ZC_BLOCK_HEADING: /* 7.3.3 */
      style.face = heading_faces[level - 1];
      style.first = 2 * sheet->cell;
      style.before = sheet->before_heading;
      style.tag = (ZcTag) (ZC_TAG_H1 + level - 1);
      style.whole = TRUE;
      break;
    case ZC_BLOCK_NOTE:
      style = (Style){ ZC_FACE_FANGSONG, sheet->note_size, sheet->note_size, sheet->note_pitch,
                       .after = 2,       .justify = TRUE,  .tag = ZC_TAG_P };
      break;
    case ZC_BLOCK_ATTACHMENTS: /* 7.3.4 */
      style.before = sheet->pitch;
      style.first = 2 * sheet->cell;
      break;
    case ZC_BLOCK_ADDRESSEE: /* 7.3.2 */
      break;
    default:
      style.first = 2 * sheet->cell;
    }
  return style;
}

/* How ill a title's line ends at byte @at: its lines are of about one length, none begins with a particle. */
static double
title_badness (const ZcMeasured *measured, gsize at, double width, double ideal)
{
  static const char *const bad_starts[] = { "的", "和", "与", "及", "之", "等", "了" };
  double badness = fabs (width - ideal) / measured->size;

  for (gsize i = 0; i < G_N_ELEMENTS (bad_starts); i++)
    badness += g_str_has_prefix (measured->text->str + at, bad_starts[i]) ? 3 : 0;
  return badness + (zc_parts_word (measured->text->str, measured->text->str + at) ? 4 : 0);
}

/* Titles of more lines than these are no titles. */
#define MOST_TITLE_LINES 8

/* How far the lines are from one length, and how ill they end. */
static double
lines_badness (const ZcMeasured *measured, const GArray *lines)
{
  double badness = 0, longest = 0, shortest = G_MAXDOUBLE;

  for (guint i = 0; i < lines->len; i++)
    {
      const ZcLine *line = &g_array_index (lines, ZcLine, i);

      longest = MAX (longest, line->width);
      shortest = MIN (shortest, line->width);
      badness += i > 0 ? title_badness (measured, line->text, 0, 0) : 0;
    }
  return badness + (longest - shortest) / measured->size;
}

/* A title of more than two lines: all of about one length, so that no word stands alone in the last one.
 * Takes @widest. */
static GArray *
break_long_title (const ZcMeasured *measured, double width, GArray *widest)
{
  g_autoptr (GArray) best = widest;

  for (double w = zc_measured_width (measured) / widest->len; w < width; w += measured->size / 2)
    {
      g_autoptr (GArray) lines = zc_measured_break (measured, w, 0, 0, FALSE);

      if (lines->len == best->len && lines_badness (measured, lines) < lines_badness (measured, best))
        {
          GArray *worse = best;

          best = g_steal_pointer (&lines);
          lines = worse;
        }
    }
  return g_steal_pointer (&best);
}

/* A title of two lines: near its middle, the upper line a little longer (7.3.1: 梯形). */
static GArray *
break_title (const ZcMeasured *measured, double width)
{
  g_autoptr (GArray) lines = zc_measured_break (measured, width, 0, 0, FALSE);
  double total = zc_measured_width (measured), x = 0, least = G_MAXDOUBLE;
  gsize at = 0;
  guint best = 0;

  if (lines->len < 2 || lines->len > MOST_TITLE_LINES || strchr (measured->text->str, '\n'))
    return g_steal_pointer (&lines);
  if (lines->len > 2)
    return break_long_title (measured, width, g_steal_pointer (&lines));
  for (guint i = 0; i + 1 < measured->atoms->len; i++)
    {
      double badness;

      x += zc_measured_atom (measured, i)->advance;
      at += zc_measured_atom (measured, i)->bytes;
      if (x > width || total - x > width ||
          !zc_class_breaks (zc_measured_atom (measured, i)->class, zc_measured_atom (measured, i + 1)->class))
        continue;
      badness = title_badness (measured, at, x, total / 2 + measured->size);
      if (badness < least)
        {
          least = badness;
          best = i + 1;
        }
    }
  return best > 0 ? zc_measured_split (measured, best) : g_steal_pointer (&lines);
}

static double
prefix_width (const ZcMeasured *measured, gboolean number)
{
  const char *p = measured->text->str;
  double width = 0;
  guint i = 0;

  if (g_str_has_prefix (p, "附件："))
    for (; i < 3; i++, p += 3)
      width += zc_measured_atom (measured, i)->advance;
  if (!number || !g_ascii_isdigit (*p))
    return width;
  for (;
       i < measured->atoms->len && (g_ascii_isdigit (*p) || strchr (". ", *p) || g_str_has_prefix (p, "．"));
       i++)
    {
      width += zc_measured_atom (measured, i)->advance;
      p += zc_measured_atom (measured, i)->bytes;
    }
  return width;
}

/* Measured: one span or all spans of a block. */
typedef struct
{
  ZcMeasured *measured;
  GArray *lines;
} Part;

static void
part_clear (gpointer data)
{
  Part *part = data;

  zc_measured_free (part->measured);
  g_array_unref (part->lines);
}

static void
measure_attachments (ZcFlow *flow, const ZcBlock *block, const Style *style, GArray *parts)
{
  double label = 0;

  for (guint i = 0; i < block->spans->len; i++)
    {
      Part part = { zc_flow_measure (flow, style->face, style->size, style->cell, block->spans, i, i + 1) };
      gboolean labelled = g_str_has_prefix (part.measured->text->str, "附件：");
      double indent = style->first + (labelled ? 0 : label);

      if (labelled)
        label = prefix_width (part.measured, FALSE);
      part.lines = zc_measured_break (part.measured, flow->sheet.width, indent,
                                      indent + prefix_width (part.measured, TRUE), TRUE);
      g_array_append_val (parts, part);
    }
}

static GArray *
measure_block (ZcFlow *flow, const ZcBlock *block, const Style *style)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  Part part;

  g_array_set_clear_func (parts, part_clear);
  if (block->kind == ZC_BLOCK_ATTACHMENTS)
    {
      measure_attachments (flow, block, style, parts);
      return parts;
    }
  part.measured = zc_flow_measure (flow, style->face, style->size, style->cell, block->spans, 0, G_MAXUINT);
  part.lines = block->kind == ZC_BLOCK_TITLE ? break_title (part.measured, flow->sheet.width)
                                             : zc_measured_break (part.measured, flow->sheet.width,
                                                                  style->first, style->rest, style->justify);
  g_array_append_val (parts, part);
  return parts;
}

static guint
count_lines (GArray *parts)
{
  guint n = 0;

  for (guint i = 0; i < parts->len; i++)
    n += g_array_index (parts, Part, i).lines->len;
  return n;
}

/* The body stands on the grid again after what does not (a table, a remark). */
static void
snap (ZcFlow *flow, const Style *style)
{
  if (style->pitch == flow->sheet.pitch && flow->document->style == ZC_STYLE_OFFICIAL)
    flow->y = ceil (flow->y / flow->sheet.pitch - 0.01) * flow->sheet.pitch;
}

double
zc_flow_text_lead (ZcFlow *flow, const ZcBlock *block, double tail)
{
  Style style = style_of (&flow->sheet, block);
  g_autoptr (GArray) parts = measure_block (flow, block, &style);
  guint n = count_lines (parts);

  if (tail < 0)
    return style.before + n * style.pitch + style.after;
  if (tail > 0 && n <= 2)
    return style.before + n * style.pitch + tail;
  return style.before + (style.whole ? n : MIN (n, 2)) * style.pitch;
}

/** Setter: a block while its lines are set. */
typedef struct
{
  ZcFlow *flow;
  const Style *style;
  double tail;
  guint left; /* lines not yet set */
  gboolean first;
} Setter;

/* Lines that must go with the one to be set: none stands alone at the foot of a page or at the head of one. */
static guint
lines_together (const Setter *setter)
{
  if (setter->flow->sheet.least_lines < 2)
    return 1;
  if (setter->first && setter->left > 1)
    return setter->left == 3 ? 3 : 2;
  return setter->left == 2 ? 2 : 1;
}

static gboolean
make_room (Setter *setter, GError **error)
{
  ZcFlow *flow = setter->flow;
  double need = lines_together (setter) * setter->style->pitch;

  /* The last two lines go with the signature below them; if there is but one, that one. */
  if (setter->tail > 0 && (setter->left == 2 || (setter->left == 1 && setter->first)) &&
      setter->left * setter->style->pitch + setter->tail <= flow->sheet.height)
    need = setter->left * setter->style->pitch + setter->tail;
  if (setter->first && setter->style->whole)
    need = MIN (setter->left * setter->style->pitch, flow->sheet.height);
  if (zc_flow_fits (flow, need) || flow->y == 0)
    return TRUE;
  if (!setter->first)
    zc_page_end_tag (flow->page, setter->style->tag);
  if (!zc_flow_new_page (flow, flow->sheet.landscape, error))
    return FALSE;
  if (!setter->first)
    zc_page_add_tag (flow->page, setter->style->tag);
  return TRUE;
}

static gboolean
set_part (Setter *setter, const ZcBlock *block, const Part *part, GError **error)
{
  ZcFlow *flow = setter->flow;
  const Style *style = setter->style;

  for (guint i = 0; i < part->lines->len; i++)
    {
      const ZcLine *line = &g_array_index (part->lines, ZcLine, i);
      double x;

      if (!make_room (setter, error))
        return FALSE;
      if (setter->first)
        {
          if (block->kind == ZC_BLOCK_TITLE || block->kind == ZC_BLOCK_HEADING)
            zc_flow_add_outline (flow, block, part->measured->text->str,
                                 block->kind == ZC_BLOCK_TITLE ? 0 : block->level);
          zc_flow_add_anchor (flow, block);
          zc_page_add_tag (flow->page, style->tag);
        }
      x = zc_flow_x (flow) + (style->align == ZC_ALIGN_CENTER ? (flow->sheet.width - line->width) / 2 : 0);
      zc_flow_set_line (flow, part->measured, line, x, zc_flow_top (flow), style->pitch, flow->sheet.width);
      flow->y += style->pitch;
      setter->left--;
      setter->first = FALSE;
    }
  return TRUE;
}

gboolean
zc_flow_text (ZcFlow *flow, const ZcBlock *block, double tail, GError **error)
{
  Style style = style_of (&flow->sheet, block);
  g_autoptr (GArray) parts = measure_block (flow, block, &style);
  Setter setter = { flow, &style, tail, count_lines (parts), TRUE };

  snap (flow, &style);
  if (flow->y > 0)
    flow->y += style.before;
  for (guint i = 0; i < parts->len; i++)
    if (!set_part (&setter, block, &g_array_index (parts, Part, i), error))
      return FALSE;
  if (!setter.first)
    zc_page_end_tag (flow->page, style.tag);
  flow->y += style.after;
  return TRUE;
}
