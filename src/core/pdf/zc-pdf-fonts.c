/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-fonts-private.h"

#include <math.h>

#include FT_ADVANCES_H
#include FT_CID_H
#include FT_TRUETYPE_TABLES_H

#define CODES_OF_DRAWN 256

static void
source_free (gpointer data)
{
  ZcPdfSource *source = data;

  if (!source)
    return;
  hb_set_destroy (source->used);
  for (guint i = 0; i < ZC_PDF_BLOCKS; i++)
    g_free (source->blocks[i]);
  g_free (source);
}

static void
drawn_clear (gpointer data)
{
  g_array_unref (((ZcPdfDrawn *) data)->glyphs);
}

ZcPdfFonts *
zc_pdf_fonts_new (ZcFonts *fonts)
{
  ZcPdfFonts *self = g_new0 (ZcPdfFonts, 1);

  self->fonts = zc_fonts_ref (fonts);
  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->drawn = g_array_new (FALSE, FALSE, sizeof (ZcPdfDrawn));
  g_array_set_clear_func (self->drawn, drawn_clear);
  return self;
}

void
zc_pdf_fonts_free (ZcPdfFonts *self)
{
  if (!self)
    return;
  g_array_unref (self->drawn);
  g_ptr_array_unref (self->sources);
  zc_fonts_unref (self->fonts);
  g_free (self);
}

static gboolean
has_table (FT_Face ft, FT_ULong tag)
{
  FT_ULong length = 0;

  return FT_IS_SFNT (ft) && FT_Load_Sfnt_Table (ft, tag, 0, NULL, &length) == 0 && length > 0;
}

/* Fonts in memory of their own cannot be cut; we load none. */
static ZcPdfKind
kind_of (FT_Face ft)
{
  FT_Bool by_number = 0;

  if (!ft->stream || !ft->stream->base || ft->stream->read)
    return ZC_PDF_KIND_DRAWN;
  if (has_table (ft, FT_MAKE_TAG ('g', 'l', 'y', 'f')))
    return ZC_PDF_KIND_TRUETYPE;
  if (!has_table (ft, FT_MAKE_TAG ('C', 'F', 'F', ' ')))
    return ZC_PDF_KIND_DRAWN;
  return FT_Get_CID_Is_Internally_CID_Keyed (ft, &by_number) == 0 && by_number ? ZC_PDF_KIND_CID : ZC_PDF_KIND_NAMED;
}

static ZcPdfSource *
source_of (ZcPdfFonts *self, guint font)
{
  ZcPdfSource *source;

  if (font >= self->sources->len)
    g_ptr_array_set_size (self->sources, (int) font + 1);
  source = self->sources->pdata[font];
  if (source)
    return source;
  source = g_new0 (ZcPdfSource, 1);
  source->font = font;
  source->ft = zc_fonts_ft_face (self->fonts, font);
  source->kind = kind_of (source->ft);
  source->used = hb_set_create ();
  source->name = source->kind == ZC_PDF_KIND_DRAWN ? 0 : self->n_names++;
  source->codes = CODES_OF_DRAWN;
  return self->sources->pdata[font] = source;
}

static guint16
draw_code (ZcPdfFonts *self, ZcPdfSource *source, guint32 id)
{
  if (source->codes == CODES_OF_DRAWN)
    {
      ZcPdfDrawn drawn = { source, self->n_names++, g_array_new (FALSE, FALSE, sizeof (guint32)) };

      g_array_append_val (self->drawn, drawn);
      source->name = drawn.name;
      source->codes = 0;
    }
  for (guint i = self->drawn->len; i > 0; i--)
    {
      ZcPdfDrawn *drawn = &g_array_index (self->drawn, ZcPdfDrawn, i - 1);

      if (drawn->name == source->name)
        {
          g_array_append_val (drawn->glyphs, id);
          break;
        }
    }
  return (guint16) source->codes++;
}

static guint16
code_of (ZcPdfFonts *self, ZcPdfSource *source, guint32 id)
{
  FT_UInt cid = id;

  if (source->kind == ZC_PDF_KIND_DRAWN)
    return draw_code (self, source, id);
  if (source->kind == ZC_PDF_KIND_CID && FT_Get_CID_From_Glyph_Index (source->ft, id, &cid) != 0)
    cid = id;
  return (guint16) cid;
}

static gint16
width_of (FT_Face ft, guint32 id)
{
  FT_Fixed advance = 0;

  if (ft->units_per_EM == 0 || FT_Get_Advance (ft, id, FT_LOAD_NO_SCALE, &advance) != 0)
    return 0;
  return (gint16) lround (CLAMP ((double) advance * 1000 / ft->units_per_EM, -30000, 30000));
}

static void
take_in (ZcPdfFonts *self, ZcPdfSource *source, guint32 id, ZcPdfGlyph *glyph)
{
  glyph->used = TRUE;
  glyph->wide = source->kind != ZC_PDF_KIND_DRAWN;
  glyph->code = code_of (self, source, id);
  glyph->font = (guint16) source->name;
  glyph->width = width_of (source->ft, id);
  hb_set_add (source->used, id);
}

ZcPdfGlyph *
zc_pdf_source_glyph (ZcPdfSource *source, guint32 id)
{
  ZcPdfGlyph **block = &source->blocks[id >> 8 & (ZC_PDF_BLOCKS - 1)];

  if (!*block)
    *block = g_new0 (ZcPdfGlyph, 256);
  return *block + (id & 255);
}

const ZcPdfGlyph *
zc_pdf_fonts_use (ZcPdfFonts *self, guint font, guint32 id, gunichar text)
{
  ZcPdfSource *source = source_of (self, font);
  ZcPdfGlyph *glyph = zc_pdf_source_glyph (source, id);

  if (!glyph->used)
    take_in (self, source, id, glyph);
  if (glyph->text == 0)
    glyph->text = text;
  return glyph;
}
