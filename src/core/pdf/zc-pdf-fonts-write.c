/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-font-program.h"
#include "pdf/zc-pdf-fonts-private.h"
#include "pdf/zc-pdf-outline.h"

#define MOST_IN_SECTION 100 /* 9.10.3: characters that a map tells at once */

static void
put_code (GString *to, const ZcPdfGlyph *glyph)
{
  if (glyph->wide)
    g_string_append_printf (to, "<%04X>", glyph->code);
  else
    g_string_append_printf (to, "<%02X>", glyph->code);
}

/* Those of @glyphs that are taken for something. */
static GPtrArray *
list_told (const GPtrArray *glyphs)
{
  GPtrArray *told = g_ptr_array_new ();

  for (guint i = 0; i < glyphs->len; i++)
    if (((const ZcPdfGlyph *) glyphs->pdata[i])->text != 0)
      g_ptr_array_add (told, glyphs->pdata[i]);
  return told;
}

/* 9.10.3: what the codes are as characters. @used: (element-type ZcPdfGlyph) */
static guint
write_characters (ZcPdfFile *file, const GPtrArray *used, gboolean wide)
{
  g_autoptr (GPtrArray) glyphs = list_told (used);
  g_autoptr (GString) map = g_string_new ("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                                          "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                                          "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                                          "1 begincodespacerange\n");
  guint number = zc_pdf_file_reserve (file);

  g_string_append (map, wide ? "<0000><FFFF>\nendcodespacerange\n" : "<00><FF>\nendcodespacerange\n");
  for (guint i = 0; i < glyphs->len; i++)
    {
      const ZcPdfGlyph *glyph = glyphs->pdata[i];

      if (i % MOST_IN_SECTION == 0)
        g_string_append_printf (map, "%u beginbfchar\n", MIN (MOST_IN_SECTION, glyphs->len - i));
      put_code (map, glyph);
      g_string_append_c (map, '<');
      zc_pdf_put_utf16 (map, glyph->text);
      g_string_append (map, i % MOST_IN_SECTION == MOST_IN_SECTION - 1 || i + 1 == glyphs->len ? ">\nendbfchar\n" : ">\n");
    }
  g_string_append (map, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
  zc_pdf_file_add_stream (file, number, "", map->str, map->len, FALSE);
  return number;
}

static GPtrArray *
list_used (ZcPdfSource *source)
{
  GPtrArray *glyphs = g_ptr_array_new ();
  hb_codepoint_t id = HB_SET_VALUE_INVALID;

  while (hb_set_next (source->used, &id))
    g_ptr_array_add (glyphs, zc_pdf_source_glyph (source, id));
  return glyphs;
}

/* 9.7.4.3: runs of neighbours, those left out that are as wide as high. */
static void
put_widths (GString *to, const GPtrArray *glyphs)
{
  int last = -1;

  g_string_append (to, "/DW 1000/W[");
  for (guint i = 0; i < glyphs->len; i++)
    {
      const ZcPdfGlyph *glyph = glyphs->pdata[i];

      if (glyph->width == 1000)
        continue;
      if (last < 0 || glyph->code != last + 1)
        {
          g_string_append (to, last >= 0 ? "]" : "");
          zc_pdf_put_count (to, glyph->code);
          g_string_append_c (to, '[');
        }
      zc_pdf_put_number (to, glyph->width, 0);
      last = glyph->code;
    }
  g_string_append (to, last >= 0 ? "]]" : "]");
}

/* 9.6.4: a subset's name begins with six letters of its own. */
static char *
make_name (const ZcPdfSource *source)
{
  const char *name = FT_Get_Postscript_Name (source->ft);
  GString *clean = g_string_new (NULL);

  g_string_append_printf (clean, "ZICH%c%c+", 'A' + source->name / 26 % 26, 'A' + source->name % 26);
  for (const char *p = name && *name ? name : "Font"; *p; p++)
    if (g_ascii_isalnum (*p) || *p == '-' || *p == '_')
      g_string_append_c (clean, *p);
  return g_string_free (clean, FALSE);
}

static double
in_thousandths (FT_Face ft, FT_Pos units)
{
  return ft->units_per_EM > 0 ? (double) units * 1000 / ft->units_per_EM : 0;
}

static guint
write_descriptor (ZcPdfFile *file, const ZcPdfSource *source, const char *name, guint program)
{
  g_autoptr (GString) body = g_string_new (NULL);
  FT_Face ft = source->ft;
  const FT_Pos box[] = { ft->bbox.xMin, ft->bbox.yMin, ft->bbox.xMax, ft->bbox.yMax };
  guint number = zc_pdf_file_reserve (file);

  g_string_append_printf (body, "<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[", name);
  for (gsize i = 0; i < G_N_ELEMENTS (box); i++)
    zc_pdf_put_number (body, in_thousandths (ft, box[i]), 0);
  g_string_append (body, "]/ItalicAngle 0/Ascent");
  zc_pdf_put_number (body, in_thousandths (ft, ft->ascender), 0);
  g_string_append (body, "/Descent");
  zc_pdf_put_number (body, in_thousandths (ft, ft->descender), 0);
  g_string_append (body, "/CapHeight");
  zc_pdf_put_number (body, in_thousandths (ft, ft->ascender), 0);
  g_string_append_printf (body, "/StemV 80/%s %u 0 R>>", source->kind == ZC_PDF_KIND_TRUETYPE ? "FontFile2" : "FontFile3",
                          program);
  zc_pdf_file_add (file, number, body);
  return number;
}

/* 9.7.4.2: the glyphs of a TrueType font by codes, two bytes each. */
static guint
write_numbers (ZcPdfFile *file, const ZcPdfSource *source, GHashTable *numbers)
{
  guint last = hb_set_get_max (source->used), number = zc_pdf_file_reserve (file);
  g_autofree guint8 *map = g_new0 (guint8, 2 * (last + 1));
  GHashTableIter iter;
  gpointer old, new;

  g_hash_table_iter_init (&iter, numbers);
  while (g_hash_table_iter_next (&iter, &old, &new))
    {
      map[2 * GPOINTER_TO_UINT (old)] = (guint8) (GPOINTER_TO_UINT (new) >> 8);
      map[2 * GPOINTER_TO_UINT (old) + 1] = (guint8) GPOINTER_TO_UINT (new);
    }
  zc_pdf_file_add_stream (file, number, "", map, 2 * (last + 1), FALSE);
  return number;
}

static guint
write_program (ZcPdfFile *file, const ZcPdfSource *source, const ZcPdfProgram *program)
{
  g_autofree char *entries = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (program->data, &size);
  guint number = zc_pdf_file_reserve (file);

  entries = source->kind == ZC_PDF_KIND_TRUETYPE ? g_strdup_printf ("/Length1 %" G_GSIZE_FORMAT, size)
                                          : g_strdup ("/Subtype/CIDFontType0C");
  zc_pdf_file_add_stream (file, number, entries, data, size, FALSE);
  return number;
}

/* 9.7.4: the font that is one descendant of the composite one. */
static guint
write_descendant (ZcPdfFile *file, const ZcPdfSource *source, const GPtrArray *glyphs, const char *name,
                  const ZcPdfProgram *program)
{
  g_autoptr (GString) body = g_string_new (NULL);
  guint number = zc_pdf_file_reserve (file);
  guint descriptor = write_descriptor (file, source, name, write_program (file, source, program));

  g_string_append_printf (body,
                          "<</Type/Font/Subtype/CIDFontType%d/BaseFont/%s"
                          "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %u 0 R",
                          source->kind == ZC_PDF_KIND_TRUETYPE ? 2 : 0, name, descriptor);
  if (source->kind == ZC_PDF_KIND_TRUETYPE && program->numbers)
    g_string_append_printf (body, "/CIDToGIDMap %u 0 R", write_numbers (file, source, program->numbers));
  else if (source->kind == ZC_PDF_KIND_TRUETYPE)
    g_string_append (body, "/CIDToGIDMap/Identity");
  put_widths (body, glyphs);
  g_string_append (body, ">>");
  zc_pdf_file_add (file, number, body);
  return number;
}

static void
write_composite (ZcPdfFonts *self, ZcPdfFile *file, ZcPdfSource *source, guint number)
{
  g_autoptr (GPtrArray) glyphs = list_used (source);
  g_autoptr (GString) body = g_string_new (NULL);
  g_auto (ZcPdfProgram) program = { 0 };
  g_autofree char *name = NULL;
  guint index = 0, descendant;
  g_autoptr (GBytes) data = zc_fonts_file (self->fonts, source->font, &index);

  zc_pdf_program_cut (&program, data, index, source->used, source->kind != ZC_PDF_KIND_TRUETYPE, source->kind == ZC_PDF_KIND_NAMED);
  zc_fonts_lock (self->fonts);
  name = make_name (source);
  zc_fonts_unlock (self->fonts);
  descendant = write_descendant (file, source, glyphs, name, &program);
  g_string_append_printf (body,
                          "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%u 0 R]"
                          "/ToUnicode %u 0 R>>",
                          name, descendant, write_characters (file, glyphs, TRUE));
  zc_pdf_file_add (file, number, body);
}

/* One glyph as a drawing that has no colour of its own. */
static guint
write_drawing (ZcPdfFile *file, FT_Face ft, guint32 id, const ZcPdfGlyph *glyph)
{
  static const ZcPdfTurn upright = { 0, 0, 1000, 0, 1 };
  g_autoptr (GString) path = g_string_new (NULL);
  const FT_Pos box[] = { ft->bbox.xMin, ft->bbox.yMin, ft->bbox.xMax, ft->bbox.yMax };
  guint number = zc_pdf_file_reserve (file);

  zc_pdf_put_number (path, glyph->width, 0);
  g_string_append (path, " 0");
  for (gsize i = 0; i < G_N_ELEMENTS (box); i++)
    zc_pdf_put_number (path, in_thousandths (ft, box[i]), 0);
  g_string_append (path, " d1\n");
  zc_pdf_put_outline (path, ft, id, &upright);
  g_string_append (path, "f\n");
  zc_pdf_file_add_stream (file, number, "", path->str, path->len, FALSE);
  return number;
}

static void
write_drawn (ZcPdfFile *file, const ZcPdfDrawn *drawn, guint number)
{
  FT_Face ft = drawn->source->ft;
  const FT_Pos box[] = { ft->bbox.xMin, ft->bbox.yMin, ft->bbox.xMax, ft->bbox.yMax };
  g_autoptr (GPtrArray) glyphs = g_ptr_array_new ();
  g_autoptr (GString) body = g_string_new ("<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[");
  g_autoptr (GString) drawings = g_string_new (NULL), widths = g_string_new (NULL), names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (box); i++)
    zc_pdf_put_number (body, in_thousandths (ft, box[i]), 0);
  for (guint i = 0; i < drawn->glyphs->len; i++)
    {
      guint32 id = g_array_index (drawn->glyphs, guint32, i);
      const ZcPdfGlyph *glyph = zc_pdf_source_glyph (drawn->source, id);

      g_ptr_array_add (glyphs, (gpointer) glyph);
      g_string_append_printf (names, "/g%u", i);
      g_string_append_printf (drawings, "/g%u %u 0 R", i, write_drawing (file, ft, id, glyph));
      zc_pdf_put_number (widths, glyph->width, 0);
    }
  g_string_append_printf (body,
                          "]/FirstChar 0/LastChar %u/Widths[%s]/Encoding<</Type/Encoding/Differences[0%s]>>"
                          "/CharProcs<<%s>>/Resources<<>>/ToUnicode %u 0 R>>",
                          drawn->glyphs->len - 1, widths->str, names->str, drawings->str,
                          write_characters (file, glyphs, FALSE));
  zc_pdf_file_add (file, number, body);
}

void
zc_pdf_fonts_write (ZcPdfFonts *self, ZcPdfFile *file, GString *resources)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      ZcPdfSource *source = self->sources->pdata[i];
      guint number;

      if (!source || source->kind == ZC_PDF_KIND_DRAWN)
        continue;
      number = zc_pdf_file_reserve (file);
      g_string_append_printf (resources, "/F%u %u 0 R", source->name, number);
      write_composite (self, file, source, number);
    }
  zc_fonts_lock (self->fonts);
  for (guint i = 0; i < self->drawn->len; i++)
    {
      const ZcPdfDrawn *drawn = &g_array_index (self->drawn, ZcPdfDrawn, i);
      guint number = zc_pdf_file_reserve (file);

      g_string_append_printf (resources, "/F%u %u 0 R", drawn->name, number);
      write_drawn (file, drawn, number);
    }
  zc_fonts_unlock (self->fonts);
}
