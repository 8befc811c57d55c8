/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-kinsoku.h"

static gboolean
is_one_of (gunichar character, const gunichar *sorted, gsize n)
{
  gsize low = 0;

  while (low < n)
    {
      gsize middle = (low + n) / 2;

      if (sorted[middle] == character)
        return TRUE;
      if (sorted[middle] < character)
        low = middle + 1;
      else
        n = middle;
    }
  return FALSE;
}

#define IS_ONE_OF(c, array) is_one_of (c, array, G_N_ELEMENTS (array))

/* ‘ “ 〈 《 「 『 【 〔 〖 〝 （ ［ ｛ */
static const gunichar open_marks[] = { 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010,
                                       0x3014, 0x3016, 0x301D, 0xFF08, 0xFF3B, 0xFF5B };

/* ’ ” 、 。 〉 》 」 』 】 〕 〗 〞 〟 ） ， ： ； ］ ｝ */
static const gunichar close_marks[] = { 0x2019, 0x201D, 0x3001, 0x3002, 0x3009, 0x300B, 0x300D,
                                        0x300F, 0x3011, 0x3015, 0x3017, 0x301E, 0x301F, 0xFF09,
                                        0xFF0C, 0xFF1A, 0xFF1B, 0xFF3D, 0xFF5D };

/* · × ‰ ℃ 々 〻 ー ！ ％ ． ／ ？ ～ ￠ */
static const gunichar no_start_marks[] = { 0xB7,   0xD7,   0x2030, 0x2103, 0x3005, 0x303B, 0x30FC,
                                           0xFF01, 0xFF05, 0xFF0E, 0xFF0F, 0xFF1F, 0xFF5E, 0xFFE0 };

static ZcClass
class_of_ascii (gunichar c)
{
  switch (c)
    {
    case '\n':
      return ZC_CLASS_NEWLINE;
    case ' ':
    case '\t':
      return ZC_CLASS_SPACE;
    case '(':
    case '[':
    case '{':
      return ZC_CLASS_LATIN_OPEN;
    case ')':
    case ']':
    case '}':
    case '.':
    case ',':
    case ':':
    case ';':
    case '!':
    case '?':
    case '%':
      return ZC_CLASS_LATIN_CLOSE;
    default:
      return ZC_CLASS_LATIN;
    }
}

ZcClass
zc_class_of (gunichar c)
{
  if (c < 0x80)
    return class_of_ascii (c);
  if (c == 0x2014 || c == 0x2025 || c == 0x2026 || c == 0x2E3A)
    return ZC_CLASS_DASH;
  if (IS_ONE_OF (c, open_marks))
    return ZC_CLASS_OPEN;
  if (IS_ONE_OF (c, close_marks))
    return ZC_CLASS_CLOSE;
  if (IS_ONE_OF (c, no_start_marks))
    return ZC_CLASS_NO_START;
  if ((c >= 0x2610 && c <= 0x2612) || c == 0x25A0 || c == 0x25A1 || c == 0x221A || c == 0x2705)
    return ZC_CLASS_BOX;
  if (c == 0xA0 || c == 0x202F || c == 0x2007)
    return ZC_CLASS_GLUE;
  if (c == 0x85 || c == 0x2028 || c == 0x2029)
    return ZC_CLASS_NEWLINE;
  if (c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x205F || c == 0x3000)
    return ZC_CLASS_SPACE;
  return c < 0x2100 ? ZC_CLASS_LATIN : ZC_CLASS_IDEOGRAPH;
}

gboolean
zc_class_breaks (ZcClass a, ZcClass b)
{
  if (a == ZC_CLASS_NEWLINE || b == ZC_CLASS_NEWLINE)
    return a == ZC_CLASS_NEWLINE;
  if (b == ZC_CLASS_SPACE || a == ZC_CLASS_GLUE || b == ZC_CLASS_GLUE)
    return FALSE; /* spaces stay at the end of the line before */
  if (b == ZC_CLASS_CLOSE || b == ZC_CLASS_NO_START || a == ZC_CLASS_OPEN || a == ZC_CLASS_BOX)
    return FALSE;
  if (a == ZC_CLASS_SPACE)
    return TRUE;
  if (b == ZC_CLASS_LATIN_CLOSE || a == ZC_CLASS_LATIN_OPEN)
    return FALSE;
  if (a == ZC_CLASS_DASH && b == ZC_CLASS_DASH)
    return FALSE;
  return !(zc_class_is_latin (a) && zc_class_is_latin (b));
}

gboolean
zc_character_is_ignorable (gunichar c)
{
  return c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) ||
         c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF) || (c < 0x20 && c != '\n' && c != '\t') ||
         (c >= 0x7F && c < 0xA0 && c != 0x85);
}

gboolean
zc_character_is_full (gunichar c)
{
  if (c == 0xB7 || c == 0x2014 || c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2026 ||
      c == 0x3000)
    return TRUE;
  return (c >= 0x3001 && c <= 0x301F) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x20000 && c <= 0x3FFFF);
}
