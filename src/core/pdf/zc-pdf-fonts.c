/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-fonts.h"

#include <hb-subset.h>
#include <string.h>

#include "layout/zc-font-face.h"

#define MOST_GLYPHS 65536

/** Cut: what is left of one font. */
typedef struct
{
  hb_set_t *used;          /* glyphs that the pages have */
  cairo_font_face_t *face; /* NULL: the whole font is used */
  guint16 *glyphs;         /* new numbers by old ones */
} Cut;

struct _ZcPdfFonts
{
  ZcFonts *fonts;
  FT_Library library;
  GArray *cuts; /* (element-type Cut) by number of font */
};

static void
cut_clear (gpointer data)
{
  Cut *cut = data;

  g_clear_pointer (&cut->used, hb_set_destroy);
  g_clear_pointer (&cut->face, cairo_font_face_destroy);
  g_clear_pointer (&cut->glyphs, g_free);
}

static void
collect (ZcPdfFonts *self, const ZcPage *page)
{
  for (guint i = 0; i < page->ops->len; i++)
    {
      const ZcOp *op = &g_array_index (page->ops, ZcOp, i);
      Cut *cut;

      if (op->kind != ZC_OP_RUN && op->kind != ZC_OP_SHAPE)
        continue;
      if (op->font >= self->cuts->len)
        g_array_set_size (self->cuts, op->font + 1);
      cut = &g_array_index (self->cuts, Cut, op->font);
      if (!cut->used)
        cut->used = hb_set_create ();
      for (guint g = op->run.glyph; g < op->run.glyph + op->run.n_glyphs; g++)
        hb_set_add (cut->used, g_array_index (page->glyphs, ZcPageGlyph, g).id);
    }
}

/* The tables that outlines need; without the others, such as those of characters and of shaping, a font is cut
   in half the time. */
static hb_blob_t *
reference_table (hb_face_t *face, hb_tag_t tag, void *whole)
{
  static const char needed[] = "CFF ,OS/2,cvt ,fpgm,glyf,head,hhea,hmtx,loca,maxp,name,post,prep";
  char name[5] = { 0 };

  hb_tag_to_string (tag, name);
  return strstr (needed, name) ? hb_face_reference_table (whole, tag) : NULL;
}

static void
destroy_face (void *face)
{
  hb_face_destroy (face);
}

static hb_subset_input_t *
make_input (const Cut *cut)
{
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();

  if (!input)
    return NULL;
  hb_set_union (hb_subset_input_glyph_set (input), cut->used);
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_DESUBROUTINIZE);
  return input;
}

static GBytes *
bytes_of (hb_face_t *face)
{
  hb_blob_t *blob = hb_face_reference_blob (face);
  guint length;
  const char *data = hb_blob_get_data (blob, &length);

  return g_bytes_new_with_free_func (data, length, (GDestroyNotify) hb_blob_destroy, blob);
}

static gboolean
renumber (Cut *cut, hb_subset_plan_t *plan)
{
  const hb_map_t *numbers = hb_subset_plan_old_to_new_glyph_mapping (plan);
  hb_codepoint_t old = HB_SET_VALUE_INVALID;

  cut->glyphs = g_new0 (guint16, MOST_GLYPHS);
  while (hb_set_next (cut->used, &old))
    {
      hb_codepoint_t number = hb_map_get (numbers, old);

      if (old >= MOST_GLYPHS || number == HB_MAP_VALUE_INVALID)
        return FALSE;
      cut->glyphs[old] = (guint16) number;
    }
  return TRUE;
}

static cairo_font_face_t *
open_face (ZcPdfFonts *self, hb_face_t *subset)
{
  g_autoptr (GBytes) data = bytes_of (subset);
  gsize size;
  const FT_Byte *bytes = g_bytes_get_data (data, &size);
  FT_Face ft;

  return size > 0 && FT_New_Memory_Face (self->library, bytes, (FT_Long) size, 0, &ft) == 0
             ? zc_font_face_new (self->library, ft, data)
             : NULL;
}

static void
subset (ZcPdfFonts *self, Cut *cut, hb_face_t *face)
{
  hb_subset_input_t *input = make_input (cut);
  hb_subset_plan_t *plan = input ? hb_subset_plan_create_or_fail (face, input) : NULL;
  hb_face_t *small = plan ? hb_subset_plan_execute_or_fail (plan) : NULL;

  if (small && renumber (cut, plan))
    cut->face = open_face (self, small);
  hb_face_destroy (small);
  hb_subset_plan_destroy (plan);
  hb_subset_input_destroy (input);
}

/* A font that cannot be cut is embedded by Cairo alone. */
static void
cut_font (ZcPdfFonts *self, guint font)
{
  Cut *cut = &g_array_index (self->cuts, Cut, font);
  guint index;
  g_autoptr (GBytes) file = cut->used ? zc_fonts_file (self->fonts, font, &index) : NULL;
  hb_blob_t *blob;
  hb_face_t *whole, *face;

  if (!file || !self->library)
    return;
  blob = hb_blob_create (g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file), HB_MEMORY_MODE_READONLY,
                         NULL, NULL);
  whole = hb_face_create (blob, index);
  face = hb_face_create_for_tables (reference_table, whole, destroy_face);
  hb_face_set_glyph_count (face, hb_face_get_glyph_count (whole));
  subset (self, cut, face);
  if (!cut->face)
    g_clear_pointer (&cut->glyphs, g_free);
  hb_face_destroy (face);
  hb_blob_destroy (blob);
}

ZcPdfFonts *
zc_pdf_fonts_new (const ZcPages *pages)
{
  ZcPdfFonts *self = g_new0 (ZcPdfFonts, 1);

  self->fonts = zc_fonts_ref (pages->fonts);
  self->library = zc_font_library_new ();
  self->cuts = g_array_new (FALSE, TRUE, sizeof (Cut));
  g_array_set_clear_func (self->cuts, cut_clear);
  for (guint i = 0; i < pages->pages->len; i++)
    collect (self, pages->pages->pdata[i]);
  for (guint i = 0; i < self->cuts->len; i++)
    cut_font (self, i);
  return self;
}

void
zc_pdf_fonts_free (ZcPdfFonts *self)
{
  if (!self)
    return;
  g_array_unref (self->cuts);
  if (self->library)
    FT_Done_Library (self->library);
  zc_fonts_unref (self->fonts);
  g_free (self);
}

cairo_font_face_t *
zc_pdf_fonts_face (ZcPdfFonts *self, guint font)
{
  cairo_font_face_t *face = font < self->cuts->len ? g_array_index (self->cuts, Cut, font).face : NULL;

  return face ? face : zc_fonts_cairo_face (self->fonts, font);
}

const guint16 *
zc_pdf_fonts_glyphs (ZcPdfFonts *self, guint font)
{
  return font < self->cuts->len ? g_array_index (self->cuts, Cut, font).glyphs : NULL;
}
