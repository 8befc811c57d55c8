/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf/zc-pdf-font-program.h"

#include <hb-subset.h>
#include <string.h>

/* The tables that outlines need; without the others, such as those of characters and of shaping, a font is cut
   in half the time. */
static const char *const needed[] = { "CFF ", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep" };

static hb_blob_t *
reference_table (hb_face_t *face, hb_tag_t tag, void *whole)
{
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (hb_tag_from_string (needed[i], 4) == tag)
      return hb_face_reference_table (whole, tag);
  return NULL;
}

static void
destroy_face (void *face)
{
  hb_face_destroy (face);
}

/* Font @index of @file, as if it had nothing but outlines. */
static hb_face_t *
open_face (GBytes *file, guint index)
{
  hb_blob_t *blob = hb_blob_create (g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file),
                                    HB_MEMORY_MODE_READONLY, NULL, NULL);
  hb_face_t *whole = hb_face_create (blob, index);
  hb_face_t *face = hb_face_create_for_tables (reference_table, whole, destroy_face);

  hb_face_set_glyph_count (face, hb_face_get_glyph_count (whole));
  hb_blob_destroy (blob);
  return face;
}

static hb_subset_input_t *
make_input (const hb_set_t *glyphs, gboolean keep)
{
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();

  if (!input)
    return NULL;
  hb_set_union (hb_subset_input_glyph_set (input), glyphs);
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_DESUBROUTINIZE | (keep ? HB_SUBSET_FLAGS_RETAIN_GIDS : 0));
  return input;
}

static GHashTable *
find_numbers (const hb_set_t *glyphs, hb_subset_plan_t *plan)
{
  const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping (plan);
  GHashTable *numbers = g_hash_table_new (NULL, NULL);
  hb_codepoint_t old = HB_SET_VALUE_INVALID;

  while (hb_set_next (glyphs, &old))
    if (hb_map_has (map, old))
      g_hash_table_insert (numbers, GUINT_TO_POINTER (old), GUINT_TO_POINTER (hb_map_get (map, old)));
  return numbers;
}

/* A TrueType font with all tables that are needed. */
static hb_blob_t *
collect_tables (hb_face_t *face)
{
  hb_face_t *builder = hb_face_builder_create ();
  hb_blob_t *all;

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      hb_tag_t tag = hb_tag_from_string (needed[i], 4);
      hb_blob_t *table = hb_face_reference_table (face, tag);

      if (hb_blob_get_length (table) > 0)
        hb_face_builder_add_table (builder, tag, table);
      hb_blob_destroy (table);
    }
  all = hb_face_reference_blob (builder);
  hb_face_destroy (builder);
  return all;
}

static GBytes *
take_blob (hb_blob_t *blob)
{
  guint length;
  const char *data = hb_blob_get_data (blob, &length);

  return g_bytes_new_with_free_func (data, length, (GDestroyNotify) hb_blob_destroy, blob);
}

void
zc_pdf_program_cut (
    ZcPdfProgram *self, GBytes *file, guint index, const hb_set_t *glyphs, gboolean compact, gboolean keep)
{
  hb_face_t *face = open_face (file, index);
  hb_subset_input_t *input = make_input (glyphs, keep);
  hb_subset_plan_t *plan = input ? hb_subset_plan_create_or_fail (face, input) : NULL;
  hb_face_t *cut = plan ? hb_subset_plan_execute_or_fail (plan) : NULL;

  if (cut && !keep)
    self->numbers = find_numbers (glyphs, plan);
  if (!cut)
    cut = hb_face_reference (face);
  self->data = take_blob (compact ? hb_face_reference_table (cut, HB_TAG ('C', 'F', 'F', ' ')) : collect_tables (cut));
  hb_face_destroy (cut);
  hb_subset_plan_destroy (plan);
  hb_subset_input_destroy (input);
  hb_face_destroy (face);
}

void
zc_pdf_program_clear (ZcPdfProgram *self)
{
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
}
