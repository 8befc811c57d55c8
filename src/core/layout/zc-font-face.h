/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo-ft.h>
#include <glib.h>

#include FT_MODULE_H

G_BEGIN_DECLS

/* Font files for Cairo, whose caches keep faces alive for longer than anybody knows. */

/** zc_font_library_new: a FreeType library, which each face that is made from it keeps alive. */
FT_Library zc_font_library_new (void);

/**
 * zc_font_face_new: the face @ft for Cairo, unhinted.
 * @ft: (transfer full): goes with what is returned, and so does a reference to its @library
 */
cairo_font_face_t *zc_font_face_new (FT_Library library, FT_Face ft);

G_END_DECLS
