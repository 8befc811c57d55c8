/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "layout/zc-flow.h"

/*
 * GB/T 9704-2012 7.3.5.1: the date four characters from the right, the unit above it and centred on it, both
 * a little under the middle of the seal, whose upper edge is within one line of the text.
 */

/* The seal's centre lies so far above the line between unit and date. */
#define CENTRE_ABOVE (4 * ZC_MM)
/* The seal never touches the text. */
#define LEAST_GAP (0.3 * ZC_MM)
/* Characters that lines to sign are set in. */
#define SIGN_INDENT 2

/** Signature: what is to be set, and the lines it takes. */
typedef struct
{
  ZcMeasured *unit, *date;
  GArray *unit_lines;
  double unit_width, date_width;
  double radius;
  guint blank;   /* lines between text and unit */
  guint to_sign; /* lines to sign, with a blank one above */
  gboolean bare; /* neither unit nor date stands below them; the seal goes beside them */
  double centre; /* of the seal, under the block's top; if @bare */
  double height;
} Signature;

static void
signature_clear (Signature *self)
{
  zc_measured_free (self->unit);
  zc_measured_free (self->date);
  g_clear_pointer (&self->unit_lines, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signature, signature_clear)

/* How many lines the @n-th text to sign takes: a long unit's name goes on in the next. */
static guint
count_lines (ZcFlow *flow, const ZcBlock *block, guint n)
{
  const ZcSheet *sheet = &flow->sheet;
  g_autoptr (ZcMeasured) measured =
      zc_flow_measure (flow, ZC_FACE_FANGSONG, sheet->size, sheet->cell, block->spans, n, n + 1);
  g_autoptr (GArray) lines = zc_measured_break (measured, sheet->width - SIGN_INDENT * sheet->cell, 0, 0, FALSE);

  return lines->len;
}

/* An undertaking's own lines, "承诺单位（盖章）：" and so on, with nothing below: the seal is centred on that
   line if it can be, at the right, where it presses on the unit's name. */
static void
init_bare (Signature *self, ZcFlow *flow, const ZcBlock *block)
{
  const ZcSheet *sheet = &flow->sheet;
  guint above = 0, line = 0;

  for (guint i = 2; i < block->spans->len; i++)
    {
      if (strstr (((const ZcSpan *) block->spans->pdata[i])->text, "盖章"))
        line = above;
      above += count_lines (flow, block, i);
    }
  self->bare = TRUE;
  self->height = self->to_sign * sheet->pitch;
  if (self->radius == 0)
    return;
  self->centre = MAX ((line + 1.5) * sheet->pitch, self->radius + LEAST_GAP);
  self->height = MAX (self->height, self->centre + self->radius);
}

static void
signature_init (Signature *self, ZcFlow *flow, const ZcBlock *block)
{
  const ZcSheet *sheet = &flow->sheet;
  double pitch = sheet->pitch, bottom;

  *self = (Signature){ 0 };
  self->unit = zc_flow_measure (flow, ZC_FACE_FANGSONG, sheet->size, sheet->cell, block->spans, 0, 1);
  self->date = zc_flow_measure (flow, ZC_FACE_FANGSONG, sheet->size, sheet->cell, block->spans, 1, 2);
  self->unit_lines = zc_measured_break (self->unit, sheet->width - 2 * sheet->cell, 0, 0, FALSE);
  for (guint i = 0; i < self->unit_lines->len; i++)
    self->unit_width = MAX (self->unit_width, g_array_index (self->unit_lines, ZcLine, i).width);
  self->date_width = zc_measured_width (self->date);
  for (guint i = 2; i < block->spans->len; i++)
    self->to_sign += count_lines (flow, block, i) + (i == 2);
  self->radius = CLAMP (block->seal_mm, 0, 120) * ZC_MM / 2;
  if (self->to_sign > 0 && self->unit->atoms->len == 0 && self->date->atoms->len == 0)
    {
      init_bare (self, flow, block);
      return;
    }
  self->blank = 1;
  bottom = (self->blank + self->unit_lines->len + 1) * pitch;
  if (self->radius > 0)
    {
      double centre;

      do
        centre = (++self->blank + self->unit_lines->len) * pitch - CENTRE_ABOVE;
      while (centre - self->radius < LEAST_GAP);
      bottom = MAX ((self->blank + self->unit_lines->len + 1) * pitch, centre + self->radius);
    }
  self->height = self->to_sign * pitch + bottom;
}

/* Where the unit's box and the date begin, from the left of the type area. */
static void
place (const Signature *self, const ZcSheet *sheet, double *unit, double *date)
{
  if (self->radius > 0)
    {
      *date = sheet->width - 4 * sheet->cell - self->date_width;
      *unit = *date + (self->date_width - self->unit_width) / 2;
      if (*unit + self->unit_width > sheet->width - sheet->cell)
        {
          *unit = sheet->width - sheet->cell - self->unit_width;
          *date = *unit + (self->unit_width - self->date_width) / 2;
        }
      return;
    }
  /* 7.3.5.2: no seal. */
  *unit = sheet->width - 2 * sheet->cell - self->unit_width;
  *date = *unit + 2 * sheet->cell;
  if (*date + self->date_width > sheet->width - 2 * sheet->cell)
    {
      *date = sheet->width - 2 * sheet->cell - self->date_width;
      *unit = MIN (*unit, *date - 2 * sheet->cell);
    }
}

/* What is longer than a page, so that no seal can cover it, goes on on the next. */
static gboolean
make_room (ZcFlow *flow, GError **error)
{
  if (zc_flow_fits (flow, flow->sheet.pitch))
    return TRUE;
  zc_page_end_tag (flow->page, ZC_TAG_P);
  if (!zc_flow_new_page (flow, flow->sheet.landscape, error))
    return FALSE;
  zc_page_add_tag (flow->page, ZC_TAG_P);
  return TRUE;
}

static gboolean
set_one (ZcFlow *flow, const ZcMeasured *measured, double x, GError **error)
{
  double from = MAX (x, 0), room = flow->sheet.width - from;
  g_autoptr (GArray) lines = zc_measured_break (measured, room, 0, 0, FALSE);

  for (guint i = 0; i < lines->len; i++)
    {
      if (!make_room (flow, error))
        return FALSE;
      zc_flow_set_line (flow, measured, &g_array_index (lines, ZcLine, i), zc_flow_x (flow) + from,
                        zc_flow_top (flow), flow->sheet.pitch, room);
      flow->y += flow->sheet.pitch;
    }
  return TRUE;
}

/* “负责人（签字）：” with a rule to sign on. */
static gboolean
set_lines_to_sign (ZcFlow *flow, const Signature *signature, const ZcBlock *block, GError **error)
{
  const ZcSheet *sheet = &flow->sheet;
  double right = sheet->width;

  if (signature->bare && signature->radius > 0)
    right -= 4.5 * sheet->cell + 2 * signature->radius; /* nobody signs under the seal */
  flow->y += sheet->pitch;
  for (guint i = 2; i < block->spans->len; i++)
    {
      const char *text = ((const ZcSpan *) block->spans->pdata[i])->text;
      g_autoptr (ZcMeasured) measured =
          zc_flow_measure (flow, ZC_FACE_FANGSONG, sheet->size, sheet->cell, block->spans, i, i + 1);
      double end = SIGN_INDENT * sheet->cell + zc_measured_width (measured);
      double baseline;

      if (!make_room (flow, error))
        return FALSE;
      baseline = zc_flow_top (flow) + (sheet->pitch + sheet->size) / 2 + 1;
      if ((g_str_has_suffix (text, "：") || g_str_has_suffix (text, ":")) && end + 2 * sheet->cell < right)
        zc_page_add_rule (flow->page, zc_flow_x (flow) + end, baseline,
                          zc_flow_x (flow) + MIN (end + 10 * sheet->cell, right), baseline, 0.5);
      if (!set_one (flow, measured, SIGN_INDENT * sheet->cell, error))
        return FALSE;
    }
  return TRUE;
}

double
zc_flow_signature_height (ZcFlow *flow, const ZcBlock *block)
{
  g_auto (Signature) signature = { 0 };

  signature_init (&signature, flow, block);
  return signature.height;
}

static gboolean
set_unit_and_date (ZcFlow *flow, const Signature *signature, GError **error)
{
  const ZcSheet *sheet = &flow->sheet;
  double unit, date;

  flow->y += signature->blank * sheet->pitch;
  place (signature, sheet, &unit, &date);
  for (guint i = 0; i < signature->unit_lines->len; i++)
    {
      const ZcLine *line = &g_array_index (signature->unit_lines, ZcLine, i);

      if (!make_room (flow, error))
        return FALSE;
      zc_flow_set_line (flow, signature->unit, line,
                        zc_flow_x (flow) + unit + (signature->unit_width - line->width) / 2,
                        zc_flow_top (flow), sheet->pitch, sheet->width);
      flow->y += sheet->pitch;
    }
  if (signature->radius > 0)
    zc_flow_add_seal (flow, zc_flow_x (flow) + date + signature->date_width / 2,
                      zc_flow_top (flow) - CENTRE_ABOVE, 2 * signature->radius);
  return set_one (flow, signature->date, date, error);
}

gboolean
zc_flow_signature (ZcFlow *flow, const ZcBlock *block, GError **error)
{
  const ZcSheet *sheet = &flow->sheet;
  g_auto (Signature) signature = { 0 };
  const ZcLine nothing = { 0 };
  const ZcPage *page;
  double before;

  signature_init (&signature, flow, block);
  if (!zc_flow_fits (flow, signature.height) && flow->y > 0 &&
      !zc_flow_new_page (flow, flow->sheet.landscape, error))
    return FALSE;
  if (signature.height > sheet->height + 0.5)
    zc_flow_overflow (flow, zc_flow_place_of (signature.unit));
  before = flow->y;
  page = flow->page;
  zc_page_add_tag (flow->page, ZC_TAG_P);
  if (signature.bare && signature.radius > 0)
    zc_flow_add_seal (flow, zc_flow_x (flow) + sheet->width - 4 * sheet->cell - signature.radius,
                      zc_flow_top (flow) + signature.centre, 2 * signature.radius);
  if (signature.to_sign > 0 && !set_lines_to_sign (flow, &signature, block, error))
    return FALSE;
  if (!signature.bare && !set_unit_and_date (flow, &signature, error))
    return FALSE;
  zc_flow_note_line (flow, signature.unit, &nothing);
  zc_flow_note_line (flow, signature.date, &nothing);
  zc_page_end_tag (flow->page, ZC_TAG_P);
  if (flow->page == page)
    flow->y = MAX (flow->y, before + signature.height);
  return TRUE;
}
