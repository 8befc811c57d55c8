/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ZcClass: how a character behaves at the ends of lines (GB/T 15834-2011 5.1). */
typedef enum
{
  ZC_CLASS_IDEOGRAPH,   /* a line may end before and after it */
  ZC_CLASS_OPEN,        /* （《“: no line ends after it; its left half is blank */
  ZC_CLASS_CLOSE,       /* ）》”，。、；：: no line begins with it; its right half is blank */
  ZC_CLASS_NO_START,    /* ！？％ and the like: no line begins with it */
  ZC_CLASS_BOX,         /* ☐ ☑ □ √: no line ends after it, it belongs to the words that follow */
  ZC_CLASS_DASH,        /* — …: two of them stay together */
  ZC_CLASS_LATIN,       /* letters, digits and their punctuation: words are kept whole */
  ZC_CLASS_LATIN_OPEN,  /* ( [ */
  ZC_CLASS_LATIN_CLOSE, /* . , ) ] % */
  ZC_CLASS_SPACE,
  ZC_CLASS_GLUE, /* a space at which no line ends, ＝ */
  ZC_CLASS_NEWLINE,
} ZcClass;

ZcClass zc_class_of (gunichar character);

/** zc_class_breaks: whether a line may end between a character of class @a and one of class @b. */
gboolean zc_class_breaks (ZcClass a, ZcClass b);

/**
 * zc_parts_word: whether a line that ends before @at within @text parts one of the words that the titles and captions
 * of self-checks are made of, 信|息 (GB/T 9704-2012 7.3.1: 词意完整). It knows no grammar.
 */
gboolean zc_parts_word (const char *text, const char *at);

/** zc_class_is_latin: of a word, within which nothing is spread. */
static inline gboolean
zc_class_is_latin (ZcClass class)
{
  return class == ZC_CLASS_LATIN || class == ZC_CLASS_LATIN_OPEN || class == ZC_CLASS_LATIN_CLOSE;
}

/** zc_character_is_ignorable: it has no shape by itself: joiners, variation selectors, direction marks. */
gboolean zc_character_is_ignorable (gunichar character);

/** zc_character_is_full: it takes one cell of the grid whatever its font says, e.g. “ ” · — in fonts for
 * Japanese. */
gboolean zc_character_is_full (gunichar character);

G_END_DECLS
