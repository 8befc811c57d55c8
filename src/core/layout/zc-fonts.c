/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-fonts.h"

#include <fontconfig/fontconfig.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "layout/zc-font-chains.h"
#include "layout/zc-font-face.h"
#include "layout/zc-glyphs.h"
#include "layout/zc-kinsoku.h"

#include FT_ADVANCES_H

#define GETA 0x3013 /* 〓, what a compositor sets for a type he lacks */
#define BLOCKS (0x110000 / 256)
#define MAX_FONTS 1000

/** Font: one font file, loaded. */
typedef struct
{
  char *file;
  int index;
  FT_Face ft; /* owned by @cairo */
  cairo_font_face_t *cairo;
  float rise;
} Font;

struct _ZcFonts
{
  gatomicrefcount references;
  GMutex lock; /* guards all below but @choices */
  FcConfig *config;
  FT_Library library;
  GPtrArray *fonts;              /* (element-type Font) only grows */
  GPtrArray *chains[ZC_N_FACES]; /* (element-type FcPattern) best first */
  ZcGlyph *blocks[ZC_N_FACES][BLOCKS];
  ZcFontChoice choices[ZC_N_FACES];
};

#define UNASKED G_MAXUINT16

static void
font_free (gpointer data)
{
  Font *font = data;

  cairo_font_face_destroy (font->cairo);
  g_free (font->file);
  g_free (font);
}

/* Where fonts are looked for. */

static void
add_default_folders (FcConfig *config)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "zicha", "fonts", NULL);
  const char *named = g_getenv ("ZICHA_FONTDIR");

  if (named && *named)
    FcConfigAppFontAddDir (config, (const FcChar8 *) named);
  FcConfigAppFontAddDir (config, (const FcChar8 *) own);
  FcConfigAppFontAddDir (config, (const FcChar8 *) ZC_PKGDATADIR "/fonts");
}

static int
integer_of (FcPattern *pattern, const char *object, int otherwise)
{
  int value;

  return FcPatternGetInteger (pattern, object, 0, &value) == FcResultMatch ? value : otherwise;
}

static gboolean
flag_of (FcPattern *pattern, const char *object, gboolean otherwise)
{
  FcBool value;

  return FcPatternGetBool (pattern, object, 0, &value) == FcResultMatch ? value : otherwise;
}

static const char *
string_of (FcPattern *pattern, const char *object)
{
  FcChar8 *value;

  return FcPatternGetString (pattern, object, 0, &value) == FcResultMatch ? (const char *) value : "";
}

static gboolean
is_usable (FcPattern *pattern)
{
  return flag_of (pattern, FC_SCALABLE, TRUE) && !flag_of (pattern, FC_COLOR, FALSE) &&
         !flag_of (pattern, FC_VARIABLE, FALSE) && *string_of (pattern, FC_FILE);
}

static gboolean
has_family (FcPattern *pattern, const char *family)
{
  FcChar8 *value;

  for (int i = 0; FcPatternGetString (pattern, FC_FAMILY, i, &value) == FcResultMatch; i++)
    if (FcStrCmpIgnoreCase (value, (const FcChar8 *) family) == 0)
      return TRUE;
  return FALSE;
}

/* How far @pattern is from what is wanted. The name counts too: FandolHei's bold says that it weighs 80. */
static int
distance (FcPattern *pattern, const ZcFamily *wanted)
{
  g_autofree char *name = g_ascii_strdown (string_of (pattern, FC_FILE), -1);
  gboolean bold = strstr (name, "bold") != NULL;
  int d = ABS (integer_of (pattern, FC_WEIGHT, 80) - wanted->weight);

  d += ABS (integer_of (pattern, FC_SLANT, 0)) * 10 + ABS (integer_of (pattern, FC_WIDTH, 100) - 100);
  return d * 2 + (bold != (wanted->weight > 100));
}

static FcPattern *
find_family (GPtrArray *patterns, const ZcFamily *wanted)
{
  FcPattern *best = NULL;
  int least = G_MAXINT;

  for (guint i = 0; i < patterns->len; i++)
    {
      FcPattern *pattern = patterns->pdata[i];
      int d;

      if (!has_family (pattern, wanted->name))
        continue;
      d = distance (pattern, wanted);
      if (d < least || (d == least && strcmp (string_of (pattern, FC_FILE), string_of (best, FC_FILE)) < 0))
        {
          best = pattern;
          least = d;
        }
    }
  return best;
}

/* Fonts of which some name is in some chain: desktops have thousands, we ask for some sixty. */
static GPtrArray *
named_patterns (FcConfig *config)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *found = g_ptr_array_new ();
  const FcSetName sets[] = { FcSetApplication, FcSetSystem };

  for (guint f = 0; f < ZC_N_FACES; f++)
    for (const ZcFamily *family = zc_font_chains[f].families; family->name; family++)
      g_hash_table_add (names, g_utf8_casefold (family->name, -1));
  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      FcFontSet *set = FcConfigGetFonts (config, sets[s]);

      for (int i = 0; set && i < set->nfont; i++)
        {
          FcChar8 *value;

          for (int n = 0; FcPatternGetString (set->fonts[i], FC_FAMILY, n, &value) == FcResultMatch; n++)
            {
              g_autofree char *folded = g_utf8_casefold ((const char *) value, -1);

              if (g_hash_table_contains (names, folded) && is_usable (set->fonts[i]))
                {
                  g_ptr_array_add (found, set->fonts[i]);
                  break;
                }
            }
        }
    }
  return found;
}

static void
choose (ZcFonts *self, ZcFace face, GPtrArray *patterns)
{
  const ZcFontChain *chain = &zc_font_chains[face];
  ZcFontChoice *choice = &self->choices[face];

  choice->face = face;
  choice->name = chain->name;
  choice->wanted = chain->wanted;
  choice->substituted = TRUE;
  self->chains[face] = g_ptr_array_new_with_free_func ((GDestroyNotify) FcPatternDestroy);
  for (const ZcFamily *family = chain->families; family->name; family++)
    {
      FcPattern *pattern = find_family (patterns, family);

      if (!pattern)
        continue;
      if (self->chains[face]->len == 0)
        {
          choice->found = family->name;
          choice->file = string_of (pattern, FC_FILE);
          choice->substituted = !family->official;
        }
      FcPatternReference (pattern);
      g_ptr_array_add (self->chains[face], pattern);
    }
}

ZcFonts *
zc_fonts_new (const char *const *folders, GError **error)
{
  g_autoptr (ZcFonts) self = g_new0 (ZcFonts, 1);
  g_autoptr (GPtrArray) patterns = NULL;

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->fonts = g_ptr_array_new_with_free_func (font_free);
  self->config = FcInitLoadConfigAndFonts ();
  self->library = zc_font_library_new ();
  if (!self->config || !self->library)
    return zc_fail_null (error, ZC_ERROR_IO, _ ("The system's font list cannot be read."));
  for (gsize i = 0; folders && folders[i]; i++)
    FcConfigAppFontAddDir (self->config, (const FcChar8 *) folders[i]);
  if (!folders)
    add_default_folders (self->config);
  patterns = named_patterns (self->config);
  for (guint f = 0; f < ZC_N_FACES; f++)
    choose (self, f, patterns);
  if (!zc_fonts_glyph (self, ZC_FACE_FANGSONG, 0x56FD)->known) /* 国 */
    return zc_fail_null (
        error, ZC_ERROR_IO,
        _ ("No installed font has Chinese characters. Install the package “fonts-noto-cjk”."));
  return g_steal_pointer (&self);
}

ZcFonts *
zc_fonts_ref (ZcFonts *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
zc_fonts_unref (ZcFonts *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->references))
    return;
  for (guint f = 0; f < ZC_N_FACES; f++)
    {
      g_clear_pointer (&self->chains[f], g_ptr_array_unref);
      for (guint b = 0; b < BLOCKS; b++)
        g_free (self->blocks[f][b]);
    }
  g_ptr_array_unref (self->fonts);
  if (self->library)
    FT_Done_Library (self->library); /* Cairo's cache may outlive us: each of its faces holds a reference */
  if (self->config)
    FcConfigDestroy (self->config);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const ZcFontChoice *
zc_fonts_choice (ZcFonts *self, ZcFace face)
{
  g_return_val_if_fail (face < ZC_N_FACES, NULL);
  return &self->choices[face];
}

/* Loading and looking up. */

void
zc_fonts_lock (ZcFonts *self)
{
  g_mutex_lock (&self->lock);
}

void
zc_fonts_unlock (ZcFonts *self)
{
  g_mutex_unlock (&self->lock);
}

/* How far the font's Han characters must be raised, in em, so that those of all fonts stand at one height:
   仿宋 fonts draw them lower than others by a tenth of an em. */
static float
measure_rise (FT_Face ft)
{
  guint id = FT_Get_Char_Index (ft, 0x56FD); /* 国 */
  float middle;

  if (id == 0 || ft->units_per_EM == 0 || FT_Load_Glyph (ft, id, FT_LOAD_NO_SCALE) != 0)
    return 0;
  middle = ((float) ft->glyph->metrics.horiBearingY - (float) ft->glyph->metrics.height / 2) /
           (float) ft->units_per_EM;
  return CLAMP ((float) ZC_GLYPH_MIDDLE - middle, -0.15f, 0.15f);
}

/* Loads the font of @pattern once. Returns: its number, or -1 if the file has become unreadable. */
static int
load_font (ZcFonts *self, FcPattern *pattern)
{
  const char *file = string_of (pattern, FC_FILE);
  int index = integer_of (pattern, FC_INDEX, 0);
  Font *font;
  FT_Face ft;

  for (guint i = 0; i < self->fonts->len; i++)
    {
      font = self->fonts->pdata[i];
      if (font->index == index && g_str_equal (font->file, file))
        return (int) i;
    }
  if (self->fonts->len >= MAX_FONTS || FT_New_Face (self->library, file, index, &ft) != 0)
    return -1;
  font = g_new0 (Font, 1);
  font->file = g_strdup (file);
  font->index = index;
  font->ft = ft;
  font->rise = measure_rise (ft);
  font->cairo = zc_font_face_new (self->library, ft);
  g_ptr_array_add (self->fonts, font);
  return (int) self->fonts->len - 1;
}

static gboolean
look_in (ZcFonts *self, FcPattern *pattern, gunichar character, ZcGlyph *glyph)
{
  FcCharSet *set;
  Font *font;
  FT_Fixed advance;
  guint32 id;
  int number;

  if (FcPatternGetCharSet (pattern, FC_CHARSET, 0, &set) == FcResultMatch &&
      !FcCharSetHasChar (set, character))
    return FALSE;
  number = load_font (self, pattern);
  if (number < 0)
    return FALSE;
  font = self->fonts->pdata[number];
  id = FT_Get_Char_Index (font->ft, character);
  if (id == 0 || font->ft->units_per_EM == 0 || FT_Get_Advance (font->ft, id, FT_LOAD_NO_SCALE, &advance) != 0)
    return FALSE;
  glyph->font = (guint16) number;
  glyph->glyph = id;
  glyph->advance = (float) advance / (float) font->ft->units_per_EM;
  glyph->known = TRUE;
  return TRUE;
}

static gboolean
look_in_chain (ZcFonts *self, ZcFace face, gunichar character, ZcGlyph *glyph)
{
  GPtrArray *chain = self->chains[face];

  for (guint i = 0; i < chain->len; i++)
    if (look_in (self, chain->pdata[i], character, glyph))
      return TRUE;
  return FALSE;
}

/* Any font at all, the first by file name, so that one machine always gives one answer. */
static gboolean
look_everywhere (ZcFonts *self, gunichar character, ZcGlyph *glyph)
{
  const FcSetName sets[] = { FcSetApplication, FcSetSystem };
  FcPattern *best = NULL;

  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      FcFontSet *set = FcConfigGetFonts (self->config, sets[s]);

      for (int i = 0; set && i < set->nfont; i++)
        {
          FcCharSet *characters;

          if (is_usable (set->fonts[i]) &&
              FcPatternGetCharSet (set->fonts[i], FC_CHARSET, 0, &characters) == FcResultMatch &&
              FcCharSetHasChar (characters, character) &&
              (!best || strcmp (string_of (set->fonts[i], FC_FILE), string_of (best, FC_FILE)) < 0))
            best = set->fonts[i];
        }
    }
  return best && look_in (self, best, character, glyph);
}

/* Chinese fonts have Latin letters of their own, thin ones in 仿宋; documents set them in a Latin face, but
   not where the face is heavy. */
static gboolean
is_latin (ZcFace face, gunichar c)
{
  if (face == ZC_FACE_HEITI || face == ZC_FACE_XIAOBIAOSONG)
    return FALSE;
  if (c == 0xA7 || c == 0xB0 || c == 0xB1 || c == 0xB7 || c == 0xD7 || c == 0xF7)
    return FALSE;
  return c < 0x250 || (c >= 0x370 && c < 0x530) || (c >= 0x2010 && c <= 0x2013);
}

static void
look_up (ZcFonts *self, ZcFace face, gunichar character, ZcGlyph *glyph)
{
  if (is_latin (face, character) && look_in_chain (self, ZC_FACE_LATIN, character, glyph))
    return;
  if (look_in_chain (self, face, character, glyph) ||
      look_in_chain (self, ZC_FACE_SONGTI, character, glyph) ||
      look_in_chain (self, ZC_FACE_KAITI, character, glyph) ||
      look_in_chain (self, ZC_FACE_HEITI, character, glyph) || look_everywhere (self, character, glyph))
    return;
  if (character != GETA)
    *glyph = *zc_fonts_glyph (self, face, GETA);
  else
    *glyph = (ZcGlyph){ .advance = 1 }; /* glyph 0 of the first font: an empty box in most */
  glyph->known = FALSE;
}

const ZcGlyph *
zc_fonts_glyph (ZcFonts *self, ZcFace face, gunichar character)
{
  ZcGlyph **block = &self->blocks[face][MIN (character, 0x10FFFF) / 256];
  ZcGlyph *glyph;

  if (!*block)
    {
      *block = g_new0 (ZcGlyph, 256);
      for (guint i = 0; i < 256; i++)
        (*block)[i].font = UNASKED;
    }
  glyph = *block + character % 256;
  if (glyph->font == UNASKED)
    {
      ZcGlyph found = { 0 };

      look_up (self, face, character, &found);
      *glyph = found;
    }
  return glyph;
}

char *
zc_font_choice_text (const ZcFontChoice *choice)
{
  return g_strdup_printf (choice->substituted ? _("%s: %s is not installed; “%s” stands in for it") : _("%s: %s, set in “%s”"), choice->name,
                          choice->wanted, choice->found ? choice->found : "");
}

guint
zc_fonts_count_substituted (ZcFonts *self)
{
  guint n = 0;

  for (ZcFace face = 0; face < ZC_N_FACES; face++)
    n += zc_fonts_choice (self, face)->substituted;
  return n;
}

gunichar
zc_fonts_find_missing (ZcFonts *self, const char *text)
{
  gunichar missing = 0;

  zc_fonts_lock (self);
  for (const char *p = text; *p && !missing; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !zc_character_is_ignorable (c) &&
          !zc_fonts_glyph (self, ZC_FACE_SONGTI, c)->known)
        missing = c;
    }
  zc_fonts_unlock (self);
  return missing;
}

float
zc_fonts_rise (ZcFonts *self, guint font)
{
  return ((Font *) self->fonts->pdata[font])->rise;
}

cairo_font_face_t *
zc_fonts_cairo_face (ZcFonts *self, guint font)
{
  cairo_font_face_t *face;

  g_mutex_lock (&self->lock);
  face = ((Font *) self->fonts->pdata[font])->cairo;
  g_mutex_unlock (&self->lock);
  return face;
}

FT_Face
zc_fonts_ft_face (ZcFonts *self, guint font)
{
  return ((Font *) self->fonts->pdata[font])->ft;
}

GBytes *
zc_fonts_file (ZcFonts *self, guint font, guint *index)
{
  FT_Stream stream;

  g_mutex_lock (&self->lock);
  stream = ((Font *) self->fonts->pdata[font])->ft->stream;
  *index = (guint) ((Font *) self->fonts->pdata[font])->index;
  g_mutex_unlock (&self->lock);
  return stream && stream->base && !stream->read ? g_bytes_new_static (stream->base, stream->size) : NULL;
}
