/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-content.h"

#include <math.h>

#include "pdf/zc-pdf-outline.h"

typedef enum
{
  MARK_NONE,
  MARK_ELEMENT,
  MARK_ARTIFACT,
} Mark;

/** Shape: a drawing that pages share. */
typedef struct
{
  guint name;   /* /X and this number */
  guint number; /* of the object */
} Shape;

struct _ZcPdfContent
{
  ZcPdfFile *file;
  ZcFonts *fonts;
  ZcPdfFonts *cut;
  ZcPdfStructure *structure;
  GHashTable *shapes; /* (element-type utf8 Shape) by what they draw */
  GString *out;
  double height; /* of the page: y is counted from its foot */
  Mark mark;
  gboolean in_text;
  /* What the page's state is; never true at its beginning. */
  int grey;
  double line_width;
  guint font;
  float size;
  /* A run of glyphs while it is set, in thousandths of its size. */
  const ZcPage *page;
  const ZcOp *run;
  gboolean in_show, in_string;
  int at;
};

ZcPdfContent *
zc_pdf_content_new (ZcPdfFile *file, ZcFonts *fonts, ZcPdfFonts *cut, ZcPdfStructure *structure)
{
  ZcPdfContent *self = g_new0 (ZcPdfContent, 1);

  self->file = file;
  self->fonts = fonts;
  self->cut = cut;
  self->structure = structure;
  self->shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->out = g_string_new (NULL);
  return self;
}

void
zc_pdf_content_free (ZcPdfContent *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->shapes);
  g_string_free (self->out, TRUE);
  g_free (self);
}

static void
put (ZcPdfContent *self, double value)
{
  zc_pdf_put_number (self->out, value, 2);
}

static void
put_y (ZcPdfContent *self, double y)
{
  zc_pdf_put_number (self->out, self->height - y, 2);
}

static void
set_grey (ZcPdfContent *self, guint8 grey)
{
  if (self->grey == grey)
    return;
  self->grey = grey;
  zc_pdf_put_number (self->out, grey / 255.0, 3);
  g_string_append (self->out, " g\n");
}

/* Marks (14.6): pieces of elements and artifacts. They and text objects must not overlap, so that a mark begins
   within its text object. */

static void
end_mark (ZcPdfContent *self)
{
  if (self->mark != MARK_NONE)
    g_string_append (self->out, "EMC\n");
  self->mark = MARK_NONE;
}

static void
begin (ZcPdfContent *self, gboolean text, Mark mark)
{
  if (self->in_text != text)
    {
      end_mark (self);
      g_string_append (self->out, text ? "BT\n" : "ET\n");
      self->in_text = text;
    }
  if (self->mark == mark)
    return;
  end_mark (self);
  self->mark = mark;
  if (mark == MARK_ARTIFACT)
    g_string_append (self->out, "/Artifact BMC\n");
  if (mark != MARK_ELEMENT)
    return;
  g_string_append_c (self->out, '/');
  g_string_append (self->out, zc_pdf_structure_name (self->structure));
  g_string_append (self->out, "<</MCID");
  zc_pdf_put_count (self->out, zc_pdf_structure_mark (self->structure));
  g_string_append (self->out, ">>BDC\n");
}

/* Runs of glyphs. */

static void
end_string (ZcPdfContent *self)
{
  if (self->in_string)
    g_string_append_c (self->out, '>');
  self->in_string = FALSE;
}

static void
end_show (ZcPdfContent *self)
{
  end_string (self);
  if (self->in_show)
    g_string_append (self->out, "]TJ\n");
  self->in_show = FALSE;
}

static void
select_font (ZcPdfContent *self, const ZcPdfGlyph *glyph)
{
  if (self->font == glyph->font && self->size == self->run->run.size)
    return;
  end_show (self);
  self->font = glyph->font;
  self->size = self->run->run.size;
  g_string_append (self->out, "/F");
  zc_pdf_put_digits (self->out, glyph->font);
  put (self, self->size);
  g_string_append (self->out, " Tf\n");
}

static void
put_code (ZcPdfContent *self, const ZcPdfGlyph *glyph)
{
  static const char digits[] = "0123456789ABCDEF";

  if (glyph->wide)
    {
      zc_pdf_put_hex (self->out, glyph->code);
      return;
    }
  g_string_append_c (self->out, digits[glyph->code >> 4 & 15]);
  g_string_append_c (self->out, digits[glyph->code & 15]);
}

/* 9.4.3: numbers between strings move back. */
static void
show_glyph (ZcPdfContent *self, const ZcPdfGlyph *glyph, int wanted)
{
  select_font (self, glyph);
  if (!self->in_show)
    g_string_append_c (self->out, '[');
  self->in_show = TRUE;
  if (wanted != self->at)
    {
      end_string (self);
      zc_pdf_put_number (self->out, self->at - wanted, 0);
    }
  if (!self->in_string)
    g_string_append_c (self->out, '<');
  self->in_string = TRUE;
  put_code (self, glyph);
  self->at = wanted + glyph->width;
}

/* White space is copied as a blank, whatever kind of it was typed. */
static gunichar
text_of (const char *text, guint bytes)
{
  gunichar c = bytes > 0 ? g_utf8_get_char (text) : ' ';

  return c != 0x3000 && g_unichar_isspace (c) ? ' ' : c;
}

/* 14.9.4: what is copied is not what the glyphs are taken for by themselves. */
static void
begin_other_text (ZcPdfContent *self, gunichar text)
{
  end_show (self);
  g_string_append (self->out, "/Span<</ActualText<FEFF");
  zc_pdf_put_utf16 (self->out, text);
  g_string_append (self->out, ">>>BDC\n");
}

static void
show_cluster (ZcPdfContent *self, const ZcPageGlyph *glyphs, guint n, gunichar text)
{
  const ZcPdfGlyph *shown[3];
  gboolean other;

  g_return_if_fail (n > 0 && n <= G_N_ELEMENTS (shown));
  for (guint i = 0; i < n; i++)
    shown[i] = zc_pdf_fonts_use (self->cut, self->run->font, glyphs[i].id, n == 1 ? text : 0);
  other = n > 1 || shown[0]->text != text;
  if (other)
    begin_other_text (self, text);
  for (guint i = 0; i < n; i++)
    show_glyph (self, shown[i], (int) lround (glyphs[i].x * 1000 / self->run->run.size));
  if (!other)
    return;
  end_show (self);
  g_string_append (self->out, "EMC\n");
}

static void
place_run (ZcPdfContent *self, const ZcOp *op)
{
  double sine = sin (op->run.angle), cosine = cos (op->run.angle);

  if (op->run.angle == 0)
    g_string_append (self->out, "1 0 0 1");
  else
    {
      zc_pdf_put_number (self->out, cosine, 4);
      zc_pdf_put_number (self->out, -sine, 4);
      zc_pdf_put_number (self->out, sine, 4);
      zc_pdf_put_number (self->out, cosine, 4);
    }
  put (self, op->x);
  put_y (self, op->y);
  g_string_append (self->out, " Tm\n");
}

static void
draw_run (ZcPdfContent *self, const ZcOp *op)
{
  const ZcPageGlyph *glyph = &g_array_index (self->page->glyphs, ZcPageGlyph, op->run.glyph);
  const ZcCluster *cluster = &g_array_index (self->page->clusters, ZcCluster, op->run.cluster);
  const char *text = self->page->text->str + op->run.text;

  if (op->run.n_glyphs == 0 || !(op->run.size > 0))
    return;
  begin (self, TRUE, zc_pdf_structure_depth (self->structure) > 0 ? MARK_ELEMENT : MARK_ARTIFACT);
  set_grey (self, op->grey);
  place_run (self, op);
  self->run = op;
  self->at = 0;
  for (guint i = 0; i < op->run.n_clusters; i++)
    {
      show_cluster (self, glyph, cluster[i].glyphs, text_of (text, cluster[i].bytes));
      glyph += cluster[i].glyphs;
      text += cluster[i].bytes;
    }
  end_show (self);
}

/* Shapes: text as a drawing, which nobody copies. */

static Shape *
find_shape (ZcPdfContent *self, const GString *path, double width)
{
  Shape *shape = g_hash_table_lookup (self->shapes, path->str);
  g_autofree char *entries = NULL;

  if (shape)
    return shape;
  shape = g_new0 (Shape, 1);
  shape->name = g_hash_table_size (self->shapes);
  shape->number = zc_pdf_file_reserve (self->file);
  entries = g_strdup_printf ("/Type/XObject/Subtype/Form/BBox[0 0 %d %d]/Resources<<>>", (int) ceil (width),
                             (int) ceil (self->height));
  zc_pdf_file_add_stream (self->file, shape->number, entries, path->str, path->len, FALSE);
  g_hash_table_insert (self->shapes, g_strdup (path->str), shape);
  return shape;
}

static void
draw_shape (ZcPdfContent *self, const ZcOp *op)
{
  const ZcPageGlyph *glyph = &g_array_index (self->page->glyphs, ZcPageGlyph, op->run.glyph);
  FT_Face face = zc_fonts_ft_face (self->fonts, op->font);
  g_autoptr (GString) path = g_string_new (NULL);
  ZcPdfTurn turn = { .scale = op->run.size, .sine = sin (op->run.angle), .cosine = cos (op->run.angle) };

  for (guint i = 0; i < op->run.n_glyphs; i++)
    {
      turn.x = op->x + glyph[i].x * turn.cosine;
      turn.y = self->height - op->y - glyph[i].x * turn.sine;
      zc_pdf_put_outline (path, face, glyph[i].id, &turn);
    }
  g_string_append (path, "f\n");
  begin (self, FALSE, MARK_ARTIFACT);
  set_grey (self, op->grey);
  g_string_append_printf (self->out, "/X%u Do\n", find_shape (self, path, self->page->width)->name);
}

void
zc_pdf_content_put_shapes (const ZcPdfContent *self, GString *resources)
{
  g_autofree Shape **shapes = g_new0 (Shape *, g_hash_table_size (self->shapes) + 1);
  GHashTableIter iter;
  gpointer shape;

  g_hash_table_iter_init (&iter, self->shapes);
  while (g_hash_table_iter_next (&iter, NULL, &shape))
    shapes[((const Shape *) shape)->name] = shape;
  for (guint i = 0; shapes[i]; i++)
    g_string_append_printf (resources, "/X%u %u 0 R", i, shapes[i]->number);
}

/* Boxes and rules. */

static void
put_path (ZcPdfContent *self, const ZcOp *op)
{
  put (self, op->x);
  if (op->kind == ZC_OP_BOX)
    {
      put_y (self, op->y + op->box.height);
      put (self, op->box.width);
      put (self, op->box.height);
      g_string_append (self->out, " re\n");
      return;
    }
  put_y (self, op->y);
  g_string_append (self->out, " m");
  put (self, op->rule.x);
  put_y (self, op->rule.y);
  g_string_append (self->out, " l\n");
}

/* Neighbours of one look are one path. */
static guint
draw_paths (ZcPdfContent *self, guint first)
{
  const ZcOp *op = &g_array_index (self->page->ops, ZcOp, first);
  guint i = first;

  begin (self, FALSE, MARK_ARTIFACT);
  if (op->kind == ZC_OP_BOX)
    set_grey (self, op->grey);
  else if (self->line_width != op->rule.width)
    {
      self->line_width = op->rule.width;
      put (self, self->line_width);
      g_string_append (self->out, " w\n");
    }
  for (; i < self->page->ops->len && zc_op_goes_with (op, &g_array_index (self->page->ops, ZcOp, i)); i++)
    put_path (self, &g_array_index (self->page->ops, ZcOp, i));
  g_string_append (self->out, op->kind == ZC_OP_BOX ? "f\n" : "S\n");
  return i;
}

/* Pages. */

/* Returns: the op that comes next. */
static guint
draw (ZcPdfContent *self, guint i)
{
  const ZcOp *op = &g_array_index (self->page->ops, ZcOp, i);

  switch ((ZcOpKind) op->kind)
    {
    case ZC_OP_RUN:
      draw_run (self, op);
      break;
    case ZC_OP_SHAPE:
      draw_shape (self, op);
      break;
    case ZC_OP_BOX:
    case ZC_OP_RULE:
      return draw_paths (self, i);
    case ZC_OP_TAG:
      end_mark (self);
      zc_pdf_structure_open (self->structure, op->tag);
      break;
    case ZC_OP_TAG_END:
      end_mark (self);
      zc_pdf_structure_close (self->structure);
      break;
    }
  return i + 1;
}

void
zc_pdf_content_write (ZcPdfContent *self, const ZcPage *page, guint number)
{
  self->page = page;
  self->height = page->height;
  self->grey = -1;
  self->line_width = -1;
  self->font = G_MAXUINT;
  g_string_assign (self->out, "2 J\n"); /* lines end with half a square, so that corners meet */
  for (guint i = 0; i < page->ops->len;)
    i = draw (self, i);
  begin (self, FALSE, MARK_NONE);
  zc_pdf_file_add_stream (self->file, number, "", self->out->str, self->out->len, FALSE);
  self->page = NULL;
}
