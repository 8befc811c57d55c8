/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#include <math.h>
#include <string.h>

/*
 * Who signs, and when (GB/T 9704-2012 7.3.5). With a seal: the date ends four characters from the right, the unit's
 * name is centred over it two blank lines under the text, and the seal's centre lies 4 mm above the line between
 * them. Without: the name ends two characters from the right one blank line under the text, the date starts two
 * characters after it.
 */

#define SEAL_CENTRE_MM 4
#define SEAL_MAX_MM 100
#define LEAST_RIGHT 1 /* characters between the unit's name and the edge of the type area */
#define SIGN_LEFT 2
#define SIGN_RULE "　　　　　　　　　　"

typedef struct
{
  double unit_right, date_right; /* characters */
} Place;

static void
place_sealed (double unit, double date, Place *place)
{
  double right = 4 + (date - unit) / 2;
  /* A long name would leave the type area: both move left together. */
  double shift = MAX (0, LEAST_RIGHT - right);

  place->unit_right = right + shift;
  place->date_right = 4 + shift;
}

static void
place_unsealed (double unit, double date, Place *place)
{
  place->unit_right = 2;
  place->date_right = unit - date;
  if (place->date_right < 2)
    {
      place->date_right = 2;
      place->unit_right = 4 + date - unit;
    }
}

static void
line (ZcWordBody *self, const ZcWordParagraph *paragraph, const GPtrArray *pieces)
{
  zc_word_paragraph_open (self, paragraph);
  if (pieces)
    zc_word_line_runs (self, pieces);
  zc_word_paragraph_close (self);
}

/* The lines of one span of the block; an absent span has none. */
static GPtrArray *
span_lines (const ZcBlock *block, guint index)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  if (block->spans && index < block->spans->len)
    g_ptr_array_add (one, block->spans->pdata[index]);
  return zc_word_lines (one);
}

static double
lines_width (const GPtrArray *lines, double most)
{
  double widest = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const GPtrArray *pieces = lines->pdata[i];
      double width = 0;

      for (guint j = 0; j < pieces->len; j++)
        width += zc_word_width (((const ZcWordPiece *) pieces->pdata[j])->text);
      widest = MAX (widest, width);
    }
  return MIN (widest, most);
}

/* “负责人（签字）：” gets a rule to sign on. */
static void
line_to_sign (ZcWordBody *self, const ZcWordParagraph *paragraph, const GPtrArray *pieces)
{
  const ZcWordPiece *end = pieces->len ? pieces->pdata[pieces->len - 1] : NULL;

  zc_word_paragraph_open (self, paragraph);
  zc_word_line_runs (self, pieces);
  if (end && (g_str_has_suffix (end->text, "：") || g_str_has_suffix (end->text, ":")))
    {
      zc_word_open (self->xml, "w:r");
      zc_word_open (self->xml, "w:rPr");
      zc_word_value (self->xml, "w:u", "single");
      zc_word_close (self->xml);
      zc_word_open (self->xml, "w:t");
      zc_word_attribute (self->xml, "xml:space", "preserve");
      zc_word_characters (self->xml, SIGN_RULE);
      zc_word_close (self->xml);
      zc_word_close (self->xml);
    }
  zc_word_paragraph_close (self);
}

static void
lines_to_sign (ZcWordBody *self, const ZcBlock *block)
{
  int before = zc_word_line (self->document->style);


  for (guint i = 2; block->spans && i < block->spans->len; i++)
    {
      g_autoptr (GPtrArray) lines = span_lines (block, i);

      for (guint j = 0; j < lines->len; j++)
        {
          ZcWordParagraph paragraph = { .style = "Signature", .left = SIGN_LEFT, .jc = "left", .before = before };

          line_to_sign (self, &paragraph, lines->pdata[j]);
          before = 0;
        }
    }
}

static double
seal_size (double mm)
{
  return isfinite (mm) && mm > 0 ? MIN (mm, SEAL_MAX_MM) : 0;
}

/* How far the seal reaches past the line of the name (up) or of the date (down), beyond what is asked anyway. */
static int
seal_reach (double seal, double offset, int text_line, int least)
{
  return seal > 0 ? MAX (least, ZC_WORD_MM (seal / 2 + offset) - text_line) : least;
}

void
zc_word_signature (ZcWordBody *self, const ZcBlock *block, const ZcWordParagraph *last)
{
  g_autoptr (GPtrArray) unit = span_lines (block, 0), date = span_lines (block, 1);
  double measure = zc_word_page_text_width (&self->page) / (double) zc_word_em (self->document->style);
  double seal = seal_size (block->seal_mm);
  int text_line = zc_word_line (self->document->style);
  int before = seal_reach (seal, SEAL_CENTRE_MM, text_line, text_line * (seal > 0 ? 2 : 1));
  Place place;

  (seal > 0 ? place_sealed : place_unsealed) (lines_width (unit, measure - 2), lines_width (date, measure - 4), &place);
  lines_to_sign (self, block);
  for (guint i = 0; i < unit->len; i++)
    {
      ZcWordParagraph paragraph = { .style = "Signature", .right = place.unit_right, .before = i == 0 ? before : 0 };

      line (self, &paragraph, unit->pdata[i]);
    }
  for (guint i = 0; i < date->len; i++)
    {
      ZcWordParagraph paragraph = *last;

      paragraph.style = "Signature";
      paragraph.right = place.date_right;
      if (i + 1 == date->len)
        paragraph.after = seal_reach (seal, -SEAL_CENTRE_MM, text_line, 0);
      else
        paragraph.ends_section = FALSE;
      line (self, &paragraph, date->pdata[i]);
    }
}

#define ATTACHMENT_PREFIX "附件："
#define ATTACHMENT_PREFIX_WIDTH 3

/* The width of "1. " at the start of @text (characters), or 0. */
static double
number_width (const char *text)
{
  gsize digits = strspn (text, "0123456789");
  gsize rest = digits ? strspn (text + digits, ". ") : 0;
  g_autofree char *number = g_strndup (text, digits + rest);

  return rest ? zc_word_width (number) : 0;
}

void
zc_word_attachments (ZcWordBody *self, const ZcBlock *block, const ZcWordParagraph *last)
{
  double names = 0; /* how far the numbers of later lines are moved to stand under the first */

  for (guint i = 0; block->spans && i < block->spans->len; i++)
    {
      g_autoptr (GPtrArray) lines = span_lines (block, i);

      for (guint j = 0; j < lines->len; j++)
        {
          const GPtrArray *pieces = lines->pdata[j];
          const char *text = pieces->len ? ((const ZcWordPiece *) pieces->pdata[0])->text : "";
          double prefix = g_str_has_prefix (text, ATTACHMENT_PREFIX) ? ATTACHMENT_PREFIX_WIDTH : 0;
          double number = number_width (prefix > 0 ? text + strlen (ATTACHMENT_PREFIX) : text);
          gboolean is_last = i + 1 == block->spans->len && j + 1 == lines->len;
          ZcWordParagraph paragraph = { 0 };

          if (is_last)
            paragraph = *last;
          paragraph.style = "Attachments";
          paragraph.before = i == 0 && j == 0 ? zc_word_line (self->document->style) : 0;
          paragraph.hanging = prefix + number;
          paragraph.left = 2 + (prefix > 0 ? prefix : names) + number;
          names = MAX (names, prefix);
          line (self, &paragraph, pieces);
        }
    }
}
