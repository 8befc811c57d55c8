/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-paint.h"

struct _ZcPainter
{
  ZcPages *pages;
  GArray *glyphs;     /* (element-type cairo_glyph_t) */
  GArray *clusters;   /* (element-type cairo_text_cluster_t) */
  GHashTable *scaled; /* font number and size → cairo_scaled_font_t */
  cairo_font_options_t *options;
};

ZcPainter *
zc_painter_new (ZcPages *pages)
{
  ZcPainter *self = g_new0 (ZcPainter, 1);

  self->pages = zc_pages_ref (pages);
  self->glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  self->scaled = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) cairo_scaled_font_destroy);
  self->options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (self->options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (self->options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (self->options, CAIRO_ANTIALIAS_GRAY);
  return self;
}

void
zc_painter_free (ZcPainter *self)
{
  if (!self)
    return;
  zc_pages_unref (self->pages);
  g_array_unref (self->glyphs);
  g_array_unref (self->clusters);
  g_hash_table_unref (self->scaled);
  cairo_font_options_destroy (self->options);
  g_free (self);
}

static cairo_scaled_font_t *
scaled_font (ZcPainter *self, guint font, double size)
{
  gpointer key = GUINT_TO_POINTER (font << 16 | (guint) (size * 100));
  cairo_scaled_font_t *scaled = g_hash_table_lookup (self->scaled, key);
  cairo_matrix_t matrix, identity;

  if (scaled)
    return scaled;
  cairo_matrix_init_scale (&matrix, size, size);
  cairo_matrix_init_identity (&identity);
  scaled = cairo_scaled_font_create (zc_fonts_cairo_face (self->pages->fonts, font), &matrix, &identity, self->options);
  g_hash_table_insert (self->scaled, key, scaled);
  return scaled;
}

static void
set_grey (cairo_t *cr, guint8 grey)
{
  cairo_set_source_rgb (cr, grey / 255.0, grey / 255.0, grey / 255.0);
}

static void
collect (ZcPainter *self, const ZcPage *page, const ZcOp *op, double x, double y)
{
  const ZcPageGlyph *glyph = &g_array_index (page->glyphs, ZcPageGlyph, op->run.glyph);
  const ZcCluster *cluster = &g_array_index (page->clusters, ZcCluster, op->run.cluster);

  g_array_set_size (self->glyphs, op->run.n_glyphs);
  for (guint i = 0; i < op->run.n_glyphs; i++)
    g_array_index (self->glyphs, cairo_glyph_t, i) = (cairo_glyph_t){ glyph[i].id, x + glyph[i].x, y };
  g_array_set_size (self->clusters, op->run.n_clusters);
  for (guint i = 0; i < op->run.n_clusters; i++)
    g_array_index (self->clusters, cairo_text_cluster_t, i) =
        (cairo_text_cluster_t){ cluster[i].bytes, cluster[i].glyphs };
}

static void
show (ZcPainter *self, const ZcPage *page, const ZcOp *op, cairo_t *cr)
{
  if (op->kind == ZC_OP_SHAPE)
    {
      cairo_new_path (cr);
      cairo_glyph_path (cr, (cairo_glyph_t *) self->glyphs->data, (int) self->glyphs->len);
      cairo_fill (cr);
    }
  else
    cairo_show_text_glyphs (cr, page->text->str + op->run.text, (int) op->run.n_bytes,
                            (cairo_glyph_t *) self->glyphs->data, (int) self->glyphs->len,
                            (cairo_text_cluster_t *) self->clusters->data, (int) self->clusters->len, 0);
}

static void
draw_run (ZcPainter *self, const ZcPage *page, const ZcOp *op, cairo_t *cr)
{
  gboolean turned = op->run.angle != 0;

  if (op->run.n_glyphs == 0)
    return;
  collect (self, page, op, turned ? 0 : op->x, turned ? 0 : op->y);
  set_grey (cr, op->grey);
  if (turned)
    {
      cairo_save (cr);
      cairo_translate (cr, op->x, op->y);
      cairo_rotate (cr, op->run.angle);
    }
  cairo_set_scaled_font (cr, scaled_font (self, op->font, op->run.size));
  show (self, page, op, cr);
  if (turned)
    cairo_restore (cr);
}

/* Neighbours of one look are one path. */
static guint
draw_paths (const ZcPage *page, guint first, cairo_t *cr)
{
  const ZcOp *op = &g_array_index (page->ops, ZcOp, first), *next = op;
  guint i = first;

  cairo_new_path (cr);
  for (; i < page->ops->len && zc_op_goes_with (op, next); next = &g_array_index (page->ops, ZcOp, ++i))
    if (op->kind == ZC_OP_BOX)
      cairo_rectangle (cr, next->x, next->y, next->box.width, next->box.height);
    else
      {
        cairo_move_to (cr, next->x, next->y);
        cairo_line_to (cr, next->rule.x, next->rule.y);
      }
  set_grey (cr, op->grey);
  if (op->kind == ZC_OP_BOX)
    cairo_fill (cr);
  else
    {
      cairo_set_line_width (cr, op->rule.width);
      cairo_stroke (cr);
    }
  return i;
}

void
zc_painter_draw (ZcPainter *self, guint number, cairo_t *cr)
{
  const ZcPage *page = zc_pages_get (self->pages, number);

  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
  for (guint i = 0; i < page->ops->len;)
    {
      const ZcOp *op = &g_array_index (page->ops, ZcOp, i);

      switch ((ZcOpKind) op->kind)
        {
        case ZC_OP_RUN:
        case ZC_OP_SHAPE:
          draw_run (self, page, op, cr);
          break;
        case ZC_OP_BOX:
        case ZC_OP_RULE:
          i = draw_paths (page, i, cr);
          continue;
        case ZC_OP_TAG:
        case ZC_OP_TAG_END:
          break;
        }
      i++;
    }
  cairo_restore (cr);
}
