/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-font-face.h"

#include <stdlib.h>

/* A library that is counted needs memory functions that outlive it, which FT_Init_FreeType() does not give. */

static void *
ft_alloc (FT_Memory memory, long size)
{
  return malloc ((size_t) size);
}

static void
ft_free (FT_Memory memory, void *block)
{
  free (block);
}

static void *
ft_realloc (FT_Memory memory, long before, long after, void *block)
{
  return realloc (block, (size_t) after);
}

static struct FT_MemoryRec_ ft_memory = { NULL, ft_alloc, ft_free, ft_realloc };

FT_Library
zc_font_library_new (void)
{
  FT_Library library;

  if (FT_New_Library (&ft_memory, &library) != 0)
    return NULL;
  FT_Add_Default_Modules (library);
  return library;
}

/** Owned: what a Cairo face holds. */
typedef struct
{
  FT_Library library;
  FT_Face ft;
} Owned;

static cairo_user_data_key_t owned_key;

static void
owned_free (void *data)
{
  Owned *owned = data;

  FT_Done_Face (owned->ft);
  FT_Done_Library (owned->library);
  g_free (owned);
}

cairo_font_face_t *
zc_font_face_new (FT_Library library, FT_Face ft)
{
  Owned *owned = g_new0 (Owned, 1);
  cairo_font_face_t *face = cairo_ft_font_face_create_for_ft_face (ft, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);

  FT_Reference_Library (library);
  owned->library = library;
  owned->ft = ft;
  cairo_font_face_set_user_data (face, &owned_key, owned, owned_free);
  return face;
}
