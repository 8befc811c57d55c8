/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#include <string.h>

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

/* Whether XML 1.0 has no way to write @c, not even as a reference. */
static gboolean
is_forbidden (gunichar c)
{
  return (c < 0x20 && c != '\t') || c == 0xfffe || c == 0xffff;
}

char *
zc_word_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text ? text : "", -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *at = valid; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\r' && at[1] == '\n')
        continue;
      g_string_append_unichar (clean, is_line_end (c) ? '\n' : is_forbidden (c) ? 0xfffd : c);
    }
  return g_string_free (clean, FALSE);
}

static void
piece_free (gpointer data)
{
  ZcWordPiece *piece = data;

  g_free (piece->text);
  g_free (piece->link);
  g_free (piece);
}

static GPtrArray *
add_line (GPtrArray *lines)
{
  GPtrArray *line = g_ptr_array_new_with_free_func (piece_free);

  g_ptr_array_add (lines, line);
  return line;
}

GPtrArray *
zc_word_lines (const GPtrArray *spans)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *line = add_line (lines);

  for (guint i = 0; spans && i < spans->len; i++)
    {
      const ZcSpan *span = spans->pdata[i];
      g_autofree char *clean = zc_word_clean (span->text);
      g_auto (GStrv) parts = g_strsplit (clean, "\n", -1);

      for (guint j = 0; parts[j]; j++)
        {
          ZcWordPiece *piece;

          if (j > 0)
            line = add_line (lines);
          if (!*parts[j])
            continue;
          piece = g_new (ZcWordPiece, 1);
          piece->text = g_strdup (parts[j]);
          piece->weak = span->weak;
          piece->link = g_strdup (span->link);
          g_ptr_array_add (line, piece);
        }
    }
  return lines;
}

double
zc_word_width (const char *text)
{
  double width = 0;

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      /* “ ” ‘ ’ — … · are full width in Chinese faces. */
      if (g_unichar_iswide (c) || (c >= 0x2010 && c <= 0x2026) || c == 0xb7)
        width += 1;
      else if (strchr (".,:; ", (int) MIN (c, 0x7f)))
        width += 0.25;
      else if (!g_unichar_iszerowidth (c))
        width += 0.5;
    }
  return width;
}

void
zc_word_run (ZcWordXml *xml, const char *text, gboolean weak)
{
  g_auto (GStrv) parts = g_strsplit (text, "\t", -1);

  zc_word_open (xml, "w:r");
  zc_word_open (xml, "w:rPr");
  if (weak)
    zc_word_value (xml, "w:rStyle", "Weak");
  /* Quotation marks and dashes are Chinese ones here, not Latin. */
  zc_word_open (xml, "w:rFonts");
  zc_word_attribute (xml, "w:hint", "eastAsia");
  zc_word_close (xml);
  zc_word_close (xml);
  for (guint i = 0; parts[i]; i++)
    {
      if (i > 0)
        zc_word_empty (xml, "w:tab");
      if (!*parts[i])
        continue;
      zc_word_open (xml, "w:t");
      zc_word_attribute (xml, "xml:space", "preserve");
      zc_word_characters (xml, parts[i]);
      zc_word_close (xml);
    }
  zc_word_close (xml);
}
