/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-page.h"

#include <math.h>

#define WEAK_GREY 90

ZcPage *
zc_page_new (double width, double height)
{
  ZcPage *self = g_new0 (ZcPage, 1);

  self->width = width;
  self->height = height;
  self->ops = g_array_new (FALSE, FALSE, sizeof (ZcOp));
  self->glyphs = g_array_new (FALSE, FALSE, sizeof (ZcPageGlyph));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (ZcCluster));
  self->text = g_string_new (NULL);
  return self;
}

void
zc_page_forget (ZcPage *self)
{
  g_clear_pointer (&self->ops, g_array_unref);
  g_clear_pointer (&self->glyphs, g_array_unref);
  g_clear_pointer (&self->clusters, g_array_unref);
  if (self->text)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

void
zc_page_free (ZcPage *self)
{
  if (!self)
    return;
  zc_page_forget (self);
  g_free (self);
}

void
zc_page_add_box (ZcPage *self, double x, double y, double width, double height, double grey)
{
  ZcOp op = { .kind = ZC_OP_BOX,
              .grey = (guint8) (grey * 255),
              .x = (float) x,
              .y = (float) y,
              .box = { (float) width, (float) height } };

  g_array_append_val (self->ops, op);
}

void
zc_page_add_rule (ZcPage *self, double x1, double y1, double x2, double y2, double width)
{
  ZcOp op = {
    .kind = ZC_OP_RULE, .x = (float) x1, .y = (float) y1, .rule = { (float) x2, (float) y2, (float) width }
  };

  g_array_append_val (self->ops, op);
}

void
zc_page_add_tag (ZcPage *self, ZcTag tag)
{
  ZcOp op = { .kind = ZC_OP_TAG, .tag = (guint8) tag };

  g_array_append_val (self->ops, op);
}

void
zc_page_end_tag (ZcPage *self, ZcTag tag)
{
  ZcOp op = { .kind = ZC_OP_TAG_END, .tag = (guint8) tag };

  g_array_append_val (self->ops, op);
}

/* Pen: where and how a run is being set. */
typedef struct
{
  ZcPage *page;
  ZcFonts *fonts;
  const ZcMeasured *measured;
  const ZcGlyph *over[3]; /* by ZcOver */
  double x, y, angle;     /* origin of the text */
  gboolean open;
  ZcOp op;
  float at; /* where the open run begins, from the origin */
} Pen;

static void
pen_close (Pen *pen)
{
  ZcOp *op = &pen->op;

  if (!pen->open)
    return;
  op->run.n_glyphs = pen->page->glyphs->len - op->run.glyph;
  op->run.n_clusters = pen->page->clusters->len - op->run.cluster;
  op->run.n_bytes = (guint32) pen->page->text->len - op->run.text;
  g_array_append_val (pen->page->ops, *op);
  pen->open = FALSE;
}

static void
pen_open (Pen *pen, guint16 font, gboolean weak, float x)
{
  double rise, sine = sin (pen->angle), cosine = cos (pen->angle);

  if (pen->open && pen->op.font == font && pen->op.grey == (weak ? WEAK_GREY : 0))
    return;
  pen_close (pen);
  rise = zc_fonts_rise (pen->fonts, font) * pen->measured->size;
  pen->op = (ZcOp){ .kind = ZC_OP_RUN,
                    .grey = weak ? WEAK_GREY : 0,
                    .font = font,
                    .x = (float) (pen->x + x * cosine + rise * sine),
                    .y = (float) (pen->y + x * sine - rise * cosine) };
  pen->op.run.size = (float) pen->measured->size;
  pen->op.run.angle = (float) pen->angle;
  pen->op.run.glyph = pen->page->glyphs->len;
  pen->op.run.cluster = pen->page->clusters->len;
  pen->op.run.text = (guint32) pen->page->text->len;
  pen->at = x;
  pen->open = TRUE;
}

static void
pen_set (Pen *pen, const ZcAtom *atom, const char *text, float x)
{
  ZcPageGlyph glyph = { atom->glyph, x + atom->shift };
  ZcCluster cluster = { atom->bytes, 1 };

  pen_open (pen, atom->font, atom->weak, x);
  glyph.x -= pen->at;
  g_array_append_val (pen->page->glyphs, glyph);
  if (atom->over != ZC_OVER_NOTHING && pen->over[atom->over] && pen->over[atom->over]->font == atom->font)
    {
      glyph.id = pen->over[atom->over]->glyph;
      cluster.glyphs = 2;
      g_array_append_val (pen->page->glyphs, glyph);
    }
  g_array_append_val (pen->page->clusters, cluster);
  g_string_append_len (pen->page->text, text, atom->bytes);
}

static Pen
pen_for (ZcPage *page, ZcFonts *fonts, const ZcMeasured *measured, double x, double y, double angle)
{
  Pen pen = { .page = page, .fonts = fonts, .measured = measured, .x = x, .y = y, .angle = angle };

  pen.over[ZC_OVER_CHECK] = zc_fonts_glyph (fonts, measured->face, 0x221A);
  pen.over[ZC_OVER_CROSS] = zc_fonts_glyph (fonts, measured->face, 0xD7);
  return pen;
}

void
zc_page_add_line (
    ZcPage *self, ZcFonts *fonts, const ZcMeasured *measured, const ZcLine *line, double x, double y)
{
  Pen pen = pen_for (self, fonts, measured, x + line->indent, y, 0);
  const char *text = measured->text->str + line->text;
  float at = 0;

  for (guint i = line->first; i < line->first + line->n_set; i++)
    {
      const ZcAtom *atom = zc_measured_atom (measured, i);
      float tight = 0;

      if (line->squeeze > 0 && atom->wide && (atom->class == ZC_CLASS_OPEN || atom->class == ZC_CLASS_CLOSE))
        tight = line->squeeze * atom->advance;
      pen_set (&pen, atom, text, atom->class == ZC_CLASS_OPEN ? at - tight : at);
      at += atom->advance - tight;
      if (i + 1 < line->first + line->n_set && zc_atoms_spread (atom, zc_measured_atom (measured, i + 1)))
        at += line->spread;
      text += atom->bytes;
    }
  pen_close (&pen);
}

void
zc_page_add_text (ZcPage *self, ZcFonts *fonts, const ZcMeasured *measured, double x, double y, double angle)
{
  Pen pen = pen_for (self, fonts, measured, x, y, angle);
  const char *text = measured->text->str;
  float at = 0;

  for (guint i = 0; i < measured->atoms->len; i++)
    {
      const ZcAtom *atom = zc_measured_atom (measured, i);

      pen_set (&pen, atom, text, at);
      at += atom->advance;
      text += atom->bytes;
    }
  pen_close (&pen);
}

void
zc_page_add_shape (
    ZcPage *self, ZcFonts *fonts, const ZcMeasured *measured, double x, double y, double angle, double grey)
{
  guint before = self->ops->len;

  zc_page_add_text (self, fonts, measured, x, y, angle);
  for (guint i = before; i < self->ops->len; i++)
    {
      g_array_index (self->ops, ZcOp, i).kind = ZC_OP_SHAPE;
      g_array_index (self->ops, ZcOp, i).grey = (guint8) (grey * 255);
    }
}

void
zc_page_add_atom (
    ZcPage *self, ZcFonts *fonts, const ZcMeasured *measured, guint atom, guint text, double x, double y)
{
  const ZcAtom *set = zc_measured_atom (measured, atom);
  double size = measured->size;
  /* Brackets and dashes lie along the line of reading. */
  gboolean turned = set->wide && (set->class == ZC_CLASS_OPEN || set->class == ZC_CLASS_DASH ||
                                  (set->class == ZC_CLASS_CLOSE && measured->text->str[text] == '\xEF'));
  Pen pen = pen_for (self, fonts, measured, turned ? x - ZC_GLYPH_MIDDLE * size : x - set->advance / 2,
                     turned ? y - set->advance / 2 : y + ZC_GLYPH_MIDDLE * size, turned ? G_PI_2 : 0);

  pen_set (&pen, set, measured->text->str + text, 0);
  pen_close (&pen);
}
