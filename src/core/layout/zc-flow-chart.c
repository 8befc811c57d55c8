/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "layout/zc-flow.h"

/*
 * Bars of five parts each, told apart in black and white: white, ruled, crossed, black, grey. All is drawn by
 * rules and boxes; nothing needs clipping.
 */

#define PARTS 5
#define SIZE 10.5
#define BAR_HEIGHT 12.0
#define BAR_PITCH 20.0
#define LABEL_PITCH 13.0
#define SWATCH 14.0
#define HATCH 4.0
#define GAP_BELOW 6.0

static void
frame (ZcPage *page, double x, double y, double width, double height)
{
  zc_page_add_rule (page, x, y, x + width, y, 0.5);
  zc_page_add_rule (page, x, y + height, x + width, y + height, 0.5);
  zc_page_add_rule (page, x, y, x, y + height, 0.5);
  zc_page_add_rule (page, x + width, y, x + width, y + height, 0.5);
}

/* Lines at 45°: along one of them x + y is constant, or x − y for @down. */
static void
hatch (ZcPage *page, double x, double y, double width, double height, gboolean down)
{
  for (double d = HATCH; d < width + height; d += HATCH)
    {
      double x1 = MAX (0, d - height), x2 = MIN (d, width);
      double y1 = d - x1, y2 = d - x2;

      if (down)
        zc_page_add_rule (page, x + x1, y + height - y1, x + x2, y + height - y2, 0.4);
      else
        zc_page_add_rule (page, x + x1, y + y1, x + x2, y + y2, 0.4);
    }
}

static void
fill (ZcPage *page, guint part, double x, double y, double width, double height)
{
  if (part == 3)
    zc_page_add_box (page, x, y, width, height, 0.15);
  if (part == 4)
    zc_page_add_box (page, x, y, width, height, 0.85);
  if (part == 1 || part == 2)
    hatch (page, x, y, width, height, FALSE);
  if (part == 2)
    hatch (page, x, y, width, height, TRUE);
  frame (page, x, y, width, height);
}

/* Returns: the width of @text, set in one line. */
static double
set_words (ZcFlow *flow, const char *text, double x, double y, double room)
{
  g_autoptr (ZcMeasured) measured = zc_flow_measure_text (flow, ZC_FACE_SONGTI, SIZE, text);
  ZcLine line = { .end = measured->atoms->len,
                  .n_set = measured->atoms->len,
                  .width = (float) zc_measured_width (measured) };

  zc_flow_set_line (flow, measured, &line, x, y, BAR_PITCH, room);
  return line.width;
}

static void
set_legend (ZcFlow *flow, char **legend)
{
  double x = zc_flow_x (flow), y = zc_flow_top (flow), right = x + flow->sheet.width;

  zc_page_add_tag (flow->page, ZC_TAG_P);
  for (guint i = 0; legend && i < PARTS && legend[i]; i++)
    {
      g_autoptr (ZcMeasured) measured = zc_flow_measure_text (flow, ZC_FACE_SONGTI, SIZE, legend[i]);
      double width = SWATCH + 4 + zc_measured_width (measured) + 14;

      if (x + width > right && x > zc_flow_x (flow))
        {
          x = zc_flow_x (flow);
          y += BAR_PITCH;
          flow->y += BAR_PITCH;
        }
      fill (flow->page, i, x, y + (BAR_PITCH - 9) / 2, SWATCH, 9);
      set_words (flow, legend[i], x + SWATCH + 4, y, right - x - SWATCH - 4);
      x += width;
    }
  zc_page_end_tag (flow->page, ZC_TAG_P);
  flow->y += BAR_PITCH + 4;
}

/* A part's number stands in it on white; one that is too narrow is named behind the bar. */
static void
set_number (ZcFlow *flow, guint number, double x, double y, double width, GString *behind, const char *name)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autoptr (ZcMeasured) measured = zc_flow_measure_text (flow, ZC_FACE_SONGTI, 8, text);
  double needed = zc_measured_width (measured) + 3;

  if (needed + 4 > width)
    {
      g_string_append_printf (behind, "%s%s%u", behind->len > 0 ? "，" : "", name ? name : "", number);
      return;
    }
  zc_page_add_box (flow->page, x + (width - needed) / 2, y + 1.5, needed, BAR_HEIGHT - 3, 1);
  zc_page_add_text (flow->page, flow->fonts, measured, x + (width - needed + 3) / 2, y + 9, 0);
}

/** Label: a bar's name, broken into as many lines as it takes. */
typedef struct
{
  ZcMeasured *measured;
  GArray *lines;
  double height;
} Label;

static void
label_init (Label *self, ZcFlow *flow, const ZcBar *bar, double width)
{
  self->measured = zc_flow_measure_text (flow, ZC_FACE_SONGTI, SIZE, bar->label ? bar->label : "");
  self->lines = zc_measured_break (self->measured, width, 0, 0, FALSE);
  self->height = MAX (BAR_PITCH, self->lines->len * LABEL_PITCH + BAR_PITCH - LABEL_PITCH);
}

static void
label_clear (Label *self)
{
  zc_measured_free (self->measured);
  g_clear_pointer (&self->lines, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Label, label_clear)

static void
set_label (ZcFlow *flow, const Label *label, double width)
{
  double y = zc_flow_top (flow) + (label->height - label->lines->len * LABEL_PITCH) / 2;

  for (guint i = 0; i < label->lines->len; i++)
    zc_flow_set_line (flow, label->measured, &g_array_index (label->lines, ZcLine, i), zc_flow_x (flow),
                      y + i * LABEL_PITCH, LABEL_PITCH, width);
}

static void
set_bar (ZcFlow *flow, const ZcBar *bar, const Label *name, char **legend, double label, double length)
{
  double x = zc_flow_x (flow) + label, top = zc_flow_top (flow) + (name->height - BAR_PITCH) / 2;
  double y = top + (BAR_PITCH - BAR_HEIGHT) / 2;
  g_autoptr (GString) behind = g_string_new (NULL);
  g_autofree char *all = NULL;
  guint n_names = legend ? g_strv_length (legend) : 0;
  guint64 total = 0;

  for (guint i = 0; i < PARTS; i++)
    total += bar->parts[i];
  zc_page_add_tag (flow->page, ZC_TAG_P);
  set_label (flow, name, label - 6);
  for (guint i = 0; i < PARTS; i++)
    {
      double width = total > 0 ? length * bar->parts[i] / (double) total : 0;

      if (bar->parts[i] == 0)
        continue;
      fill (flow->page, i, x, y, width, BAR_HEIGHT);
      set_number (flow, bar->parts[i], x, y, width, behind, i < n_names ? legend[i] : NULL);
      x += width;
    }
  if (total == 0)
    frame (flow->page, x, y, length, BAR_HEIGHT);
  all = behind->len > 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT "（%s）", total, behind->str)
                        : g_strdup_printf ("%" G_GUINT64_FORMAT, total);
  set_words (flow, all, zc_flow_x (flow) + label + length + 6, top, flow->sheet.width - label - length - 6);
  zc_page_end_tag (flow->page, ZC_TAG_P);
  flow->y += name->height;
}

static double
label_width (ZcFlow *flow, const ZcBlock *block)
{
  double width = 0;

  for (guint i = 0; i < block->bars->len; i++)
    {
      const ZcBar *bar = block->bars->pdata[i];
      g_autoptr (ZcMeasured) measured =
          zc_flow_measure_text (flow, ZC_FACE_SONGTI, SIZE, bar->label ? bar->label : "");

      width = MAX (width, zc_measured_width (measured));
    }
  return width + 8;
}

double
zc_flow_chart_lead (ZcFlow *flow, const ZcBlock *block)
{
  return 8 + BAR_PITCH * (1 + MIN (block->bars ? block->bars->len : 0, 12));
}

gboolean
zc_flow_chart (ZcFlow *flow, const ZcBlock *block, double tail, GError **error)
{
  double label, length;

  if (!block->bars || block->bars->len == 0)
    return TRUE;
  if (!zc_flow_fits (flow, zc_flow_chart_lead (flow, block)) && flow->y > 0 &&
      !zc_flow_new_page (flow, flow->sheet.landscape, error))
    return FALSE;
  if (flow->y > 0)
    flow->y += 4;
  label = MIN (label_width (flow, block), flow->sheet.width * 0.4);
  length = flow->sheet.width * 0.8 - label;
  set_legend (flow, block->legend);
  for (guint i = 0; i < block->bars->len; i++)
    {
      g_auto (Label) name = { 0 };
      double need;

      label_init (&name, flow, block->bars->pdata[i], label - 6);
      need = name.height + (i + 1 == block->bars->len && tail > 0 ? tail + GAP_BELOW : 0);
      if (!zc_flow_fits (flow, need) && flow->y > 0 && !zc_flow_new_page (flow, flow->sheet.landscape, error))
        return FALSE;
      set_bar (flow, block->bars->pdata[i], &name, block->legend, label, length);
    }
  flow->y += GAP_BELOW;
  return TRUE;
}
