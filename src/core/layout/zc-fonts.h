/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/** ZcFace: the faces that GB/T 9704-2012 and the forms ask for; each has a chain of families that may stand
 * for it. */
typedef enum
{
  ZC_FACE_XIAOBIAOSONG, /* titles */
  ZC_FACE_FANGSONG,     /* body */
  ZC_FACE_KAITI,        /* headings of the second level */
  ZC_FACE_HEITI,        /* headings of the first level, labels of forms */
  ZC_FACE_SONGTI,       /* values in forms, page numbers */
  ZC_FACE_LATIN,        /* Latin letters and digits in all but the heavy two, 小标宋 and 黑体 */
  ZC_N_FACES
} ZcFace;

/** ZcFontChoice: what was found for one face. */
typedef struct
{
  ZcFace face;
  const char *name;     /* Chinese, as on a type specimen: 小标宋 */
  const char *wanted;   /* the family that the standard's users expect: 方正小标宋简体 */
  const char *found;    /* the family that is used, nullable */
  const char *file;     /* where it lies, nullable */
  gboolean substituted; /* @found is a stand-in, not one of the official faces */
} ZcFontChoice;

/**
 * ZcFonts: the installed fonts as far as our documents use them.
 *
 * Families are compared by name; fontconfig's own substitution, which silently gives a Gothic for 仿宋, is
 * not asked. What no font of a face's chain has is looked for in all installed fonts. Immutable to its users,
 * so any thread may hold a reference; composing takes a lock inside, so two threads that compose at once want
 * a ZcFonts each.
 */
typedef struct _ZcFonts ZcFonts;

/**
 * zc_fonts_new: looks for fonts in the system's folders and in ours.
 * @folders: (nullable): our own folders; NULL means $ZICHA_FONTDIR, ~/.local/share/zicha/fonts and the one
 * that was installed with the program
 *
 * Returns: (transfer full) (nullable): NULL and ZC_ERROR_IO when no installed font has Chinese characters
 */
ZcFonts *zc_fonts_new (const char *const *folders, GError **error);
ZcFonts *zc_fonts_ref (ZcFonts *self);
void zc_fonts_unref (ZcFonts *self);

/** zc_fonts_choice: Returns: (transfer none): what stands for @face. */
const ZcFontChoice *zc_fonts_choice (ZcFonts *self, ZcFace face);

/** zc_font_choice_text: Returns: (transfer full): a translated sentence that says what stands for the face. */
char *zc_font_choice_text (const ZcFontChoice *choice);

/** zc_fonts_count_substituted: Returns: how many of the official faces something else stands in for. */
guint zc_fonts_count_substituted (ZcFonts *self);

/** zc_fonts_find_missing: Returns: the first character of @text that no installed font has; 0 if all can be
 * printed. */
gunichar zc_fonts_find_missing (ZcFonts *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcFonts, zc_fonts_unref)

G_END_DECLS
