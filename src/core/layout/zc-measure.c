/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/zc-measure.h"

#include <string.h>

/* Half of these marks' cell is blank; this part of it can be given away before it looks tight. */
#define SQUEEZABLE 0.5f
/* Wider gaps look like spaces, to the eye and to programs that read the text back (they take a tenth of an em
 * as one). */
#define MOST_SPREAD 0.085f
#define EPSILON 0.01f
/* Longer texts are not labels; nobody sees whether their lines are of one length. */
#define MOST_BALANCED 4
/* What parting a word or a bracket costs, and what ending a line at a mark gains, in characters that a
   label's longer line has more. */
#define WORD_PARTED 1.9
#define BRACKET_PARTED 4
#define ENDS_AT_MARK 3.5

ZcMeasured *
zc_measured_new (ZcFonts *fonts, ZcFace face, double size, double cell)
{
  ZcMeasured *self = g_new0 (ZcMeasured, 1);

  self->face = face;
  self->size = size;
  self->cell = cell;
  self->atoms = g_array_new (FALSE, FALSE, sizeof (ZcAtom));
  self->text = g_string_new (NULL);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (ZcSpanRange));
  return self;
}

void
zc_measured_free (ZcMeasured *self)
{
  if (!self)
    return;
  g_array_unref (self->atoms);
  g_string_free (self->text, TRUE);
  g_array_unref (self->ranges);
  g_clear_pointer (&self->missing, g_array_unref);
  g_free (self);
}

static gunichar
stand_in (gunichar c, guint *over)
{
  *over = c == 0x2611 || c == 0x2705 ? ZC_OVER_CHECK : c == 0x2612 ? ZC_OVER_CROSS : ZC_OVER_NOTHING;
  switch (c)
    {
    case 0x2610:
    case 0x2611:
    case 0x2612:
    case 0x2705:
      return 0x25A1; /* □ */
    case 0x2713:
    case 0x2714:
      return 0x221A; /* √ */
    case '\t':
    case 0xA0:
    case 0x2007:
    case 0x202F:
    case '\n':
    case 0x85:
    case 0x2028:
    case 0x2029:
      return ' ';
    default:
      return c;
    }
}

/* A wide glyph stands in the middle of its cell; of two dashes the first to the right and the second to the
   left, so that they touch although they are shorter than a cell. */
static void
place_wide (ZcMeasured *self, ZcAtom *atom, float natural, gboolean is_dash)
{
  ZcAtom *before = self->atoms->len > 0 ? &g_array_index (self->atoms, ZcAtom, self->atoms->len - 1) : NULL;
  float room = (float) self->cell - natural;

  atom->wide = TRUE;
  atom->advance = (float) self->cell;
  atom->shift = room / 2;
  if (is_dash && before && before->class == ZC_CLASS_DASH && before->glyph == atom->glyph &&
      before->shift == room / 2)
    {
      before->shift = room;
      atom->shift = 0;
    }
}

static void
add_character (ZcMeasured *self, ZcFonts *fonts, gunichar character, guint bytes, gboolean weak)
{
  guint over;
  gunichar shown = stand_in (character, &over);
  const ZcGlyph *glyph = zc_fonts_glyph (fonts, self->face, shown);
  float natural = glyph->advance * (float) self->size;
  ZcAtom atom = { .glyph = glyph->glyph,
                  .font = glyph->font,
                  .class = zc_class_of (character),
                  .bytes = bytes & 15,
                  .over = over & 3,
                  .weak = weak & 1,
                  .advance = natural };

  if (character == ' ' && self->atoms->len > 0 &&
      zc_measured_atom (self, self->atoms->len - 1)->class == ZC_CLASS_BOX)
    atom.class = ZC_CLASS_GLUE;
  if (atom.class == ZC_CLASS_NEWLINE)
    atom.advance = 0;
  else if (!glyph->known || zc_character_is_full (shown) ||
           (atom.class != ZC_CLASS_LATIN && glyph->advance > 0.9f && glyph->advance < 1.1f))
    place_wide (self, &atom, natural, character == 0x2014);
  else if (character == '\t')
    atom.advance = (float) self->cell * 2;
  if (!glyph->known)
    {
      ZcMissing missing = { self->atoms->len, character };

      if (!self->missing)
        self->missing = g_array_new (FALSE, FALSE, sizeof (ZcMissing));
      g_array_append_val (self->missing, missing);
    }
  g_array_append_val (self->atoms, atom);
}

static void
add (ZcMeasured *self, ZcFonts *fonts, const ZcSpan *span, const char *text, gboolean weak)
{
  ZcSpanRange range = { span, self->atoms->len, 0 };
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  for (const char *at = text; *at;)
    {
      const char *next = g_utf8_next_char (at);
      gunichar character = g_utf8_get_char (at);

      if (!zc_character_is_ignorable (character))
        {
          add_character (self, fonts, character, (guint) (next - at), weak);
          g_string_append_len (self->text, at, next - at);
        }
      at = next;
    }
  range.end = self->atoms->len;
  if (span)
    g_array_append_val (self->ranges, range);
}

void
zc_measured_add (ZcMeasured *self, ZcFonts *fonts, const ZcSpan *span)
{
  add (self, fonts, span, span->text, span->weak);
}

void
zc_measured_add_text (ZcMeasured *self, ZcFonts *fonts, const char *text)
{
  add (self, fonts, NULL, text, FALSE);
}

double
zc_measured_width (const ZcMeasured *self)
{
  double width = 0;

  for (guint i = 0; i < self->atoms->len; i++)
    width += zc_measured_atom (self, i)->advance;
  return width;
}

/* Breaking. */

static float
squeezable (const ZcMeasured *self, guint first, guint end)
{
  float sum = 0;

  for (guint i = first; i < end; i++)
    {
      const ZcAtom *atom = zc_measured_atom (self, i);

      if (atom->wide && (atom->class == ZC_CLASS_OPEN || atom->class == ZC_CLASS_CLOSE))
        sum += atom->advance * SQUEEZABLE;
    }
  return sum;
}

/* The word that begins at @first: does it fit in a line of its own? */
static gboolean
word_fits (const ZcMeasured *self, guint first, float width)
{
  float x = 0;

  for (guint i = first; i < self->atoms->len && x <= width; i++)
    {
      x += zc_measured_atom (self, i)->advance;
      if (i + 1 == self->atoms->len ||
          zc_class_breaks (zc_measured_atom (self, i)->class, zc_measured_atom (self, i + 1)->class) ||
          zc_measured_atom (self, i + 1)->class == ZC_CLASS_SPACE)
        return x <= width + EPSILON;
    }
  return x <= width;
}

/* The last place between atoms @from and @at, of which @text is the end, that is behind one of @marks.
   Returns: @from if there is none. */
static guint
find_mark (const ZcMeasured *self, guint from, guint at, const char *text, const char *marks)
{
  for (guint i = at; i > from; i--)
    {
      text -= zc_measured_atom (self, i - 1)->bytes;
      if (*text && strchr (marks, *text) && i < self->atoms->len)
        return i;
    }
  return from;
}

/* Atom @at, of the word that begins at @from, does not fit any more into the line that begins at @first.
   Where to end the line? Words are kept whole, but one that is longer than a line cannot be, and an address
   is parted at its slashes rather than that it leaves a third of the line blank. */
static guint
break_word (
    const ZcMeasured *self, guint first, guint from, guint at, const char *text, float filled, float width)
{
  gboolean in_word = zc_class_is_latin (zc_measured_atom (self, at - 1)->class) &&
                     zc_class_is_latin (zc_measured_atom (self, at)->class);
  guint mark;

  if (from > first && (!in_word || word_fits (self, from, width)))
    return filled < width * 0.7f ? find_mark (self, from, at, text, "/?&=_") : from;
  mark = find_mark (self, from + (at - from) / 2, at, text, "/-_.&?=:@");
  return mark > from + (at - from) / 2 ? mark : at;
}

/* Closing marks at @at overhang the line by a little: can the marks in the line make room for all of them? */
static guint
squeeze_in (const ZcMeasured *self, guint first, guint at, float x, float width)
{
  guint end = at;

  while (end < self->atoms->len)
    {
      ZcClass class = zc_measured_atom (self, end)->class;

      if (class != ZC_CLASS_CLOSE && class != ZC_CLASS_NO_START)
        break;
      x += zc_measured_atom (self, end++)->advance;
      if (x - width > squeezable (self, first, end))
        return at;
    }
  if (end == at ||
      (end < self->atoms->len &&
       !zc_class_breaks (zc_measured_atom (self, end - 1)->class, zc_measured_atom (self, end)->class) &&
       zc_measured_atom (self, end)->class != ZC_CLASS_NEWLINE &&
       zc_measured_atom (self, end)->class != ZC_CLASS_SPACE))
    return at;
  while (end < self->atoms->len && zc_measured_atom (self, end)->class == ZC_CLASS_SPACE)
    end++;
  if (end < self->atoms->len && zc_measured_atom (self, end)->class == ZC_CLASS_NEWLINE)
    end++;
  return end;
}

/* A day's number stays with its word: no line begins with the 日 of 8日. @p: the text of the second of the two. */
static gboolean
is_within_date (const char *p)
{
  return g_ascii_isdigit (p[-1]) &&
         (g_str_has_prefix (p, "年") || g_str_has_prefix (p, "月") || g_str_has_prefix (p, "日"));
}

/* “□其他” among “√已建立　□未建立　□其他” stays whole if a line can hold it. @box: where it begins. */
static gboolean
option_fits (const ZcMeasured *self, guint box, float width)
{
  float x = 0;

  for (guint i = box; i < self->atoms->len; i++)
    {
      const ZcAtom *atom = zc_measured_atom (self, i);

      if (atom->class == ZC_CLASS_SPACE || atom->class == ZC_CLASS_NEWLINE)
        break;
      x += atom->advance;
      if (x > width + EPSILON)
        return FALSE;
    }
  return TRUE;
}

/* Where the line that begins at atom @first ends. */
static guint
find_end (const ZcMeasured *self, guint first, guint text, float width)
{
  const char *p = self->text->str + text;
  guint last_good = first, box = first;
  float x = 0, filled = 0; /* up to @last_good */

  for (guint i = first; i < self->atoms->len; i++)
    {
      const ZcAtom *atom = zc_measured_atom (self, i);

      if (atom->class == ZC_CLASS_NEWLINE)
        return i + 1;
      if (atom->class == ZC_CLASS_SPACE)
        box = first;
      else if (atom->class == ZC_CLASS_BOX && i > first &&
               zc_measured_atom (self, i - 1)->class == ZC_CLASS_SPACE)
        box = i;
      if (atom->class != ZC_CLASS_SPACE && x + atom->advance > width + EPSILON)
        {
          guint end = squeeze_in (self, first, i, x, width);

          if (end > i)
            return end;
          if (box > first && option_fits (self, box, width))
            return box;
          if (last_good == i && i > first)
            return i;
          return i > first ? break_word (self, first, last_good, i, p, filled, width) : first + 1;
        }
      x += atom->advance;
      p += atom->bytes;
      if (i + 1 < self->atoms->len && zc_class_breaks (atom->class, zc_measured_atom (self, i + 1)->class) &&
          !is_within_date (p))
        {
          last_good = i + 1;
          filled = x;
        }
    }
  return self->atoms->len;
}

/* Spreads or squeezes @line to @room. */
static void
justify_line (const ZcMeasured *self, ZcLine *line, float room, gboolean fill)
{
  float rest = room - line->width;
  guint gaps = 0;

  if (rest < -EPSILON)
    {
      float most = squeezable (self, line->first, line->first + line->n_set);

      if (most > 0)
        {
          line->squeeze = MIN (-rest / most, 1.0f) * SQUEEZABLE;
          line->width += MAX (rest, -most);
        }
      return;
    }
  if (!fill || line->n_set < 2)
    return;
  for (guint i = line->first; i + 1 < line->first + line->n_set; i++)
    gaps += zc_atoms_spread (zc_measured_atom (self, i), zc_measured_atom (self, i + 1));
  if (gaps > 0 && rest / (float) gaps <= MOST_SPREAD * (float) self->size)
    {
      line->spread = rest / (float) gaps;
      line->width = room;
    }
}

/* The line of atoms @first to before @end, whose text begins at @text; that is moved behind it. */
static ZcLine
line_of (const ZcMeasured *self, guint first, guint end, guint *text)
{
  ZcLine line = { .first = first, .end = end, .text = *text, .n_set = end - first };

  while (line.n_set > 0 && (zc_measured_atom (self, first + line.n_set - 1)->class == ZC_CLASS_NEWLINE ||
                            zc_measured_atom (self, first + line.n_set - 1)->class == ZC_CLASS_SPACE))
    line.n_set--;
  for (guint i = 0; i < end - first; i++)
    {
      if (i < line.n_set)
        line.width += zc_measured_atom (self, first + i)->advance;
      *text += zc_measured_atom (self, first + i)->bytes;
    }
  return line;
}

GArray *
zc_measured_break (const ZcMeasured *self, double width, double first, double rest, gboolean justify)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ZcLine));
  guint at = 0, text = 0;
  double indent = first;

  do
    {
      float room = (float) (width - indent);
      ZcLine line = line_of (self, at, find_end (self, at, text, room), &text);
      gboolean hard =
          line.end == self->atoms->len || zc_measured_atom (self, line.end - 1)->class == ZC_CLASS_NEWLINE;

      line.indent = (float) indent;
      justify_line (self, &line, room, justify && !hard);
      g_array_append_val (lines, line);
      indent =
          line.end > at && zc_measured_atom (self, line.end - 1)->class == ZC_CLASS_NEWLINE ? first : rest;
      at = line.end;
    }
  while (at < self->atoms->len);
  return lines;
}

GArray *
zc_measured_split (const ZcMeasured *self, guint at)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ZcLine));
  guint text = 0;
  ZcLine upper = line_of (self, 0, at, &text), lower = line_of (self, at, self->atoms->len, &text);

  g_array_append_val (lines, upper);
  g_array_append_val (lines, lower);
  return lines;
}

/* Of the closing marks, those that have an opening one. */
static gboolean
is_bracket (const char *p)
{
  gunichar c = g_utf8_get_char (p);

  return c != 0x3001 && c != 0x3002 && c != 0xFF0C && c != 0xFF1A && c != 0xFF1B; /* 、 。 ， ： ； */
}

/* Where to part a label into two lines of @width: they are of about one length, but words and what is in
   brackets stay whole if they can ("词意完整", GB/T 9704-2012 7.3.1). Returns: 0 if it can't be parted so */
static guint
choose_split (const ZcMeasured *self, double width)
{
  double all = zc_measured_width (self), x = 0, least = G_MAXDOUBLE;
  const char *p = self->text->str;
  guint best = 0;
  int depth = 0;

  for (guint i = 0; i + 1 < self->atoms->len; i++)
    {
      const ZcAtom *atom = zc_measured_atom (self, i);
      ZcClass next = zc_measured_atom (self, i + 1)->class;
      double longer, cost;

      if (atom->class == ZC_CLASS_NEWLINE)
        return 0;
      depth += (atom->class == ZC_CLASS_OPEN) - (atom->class == ZC_CLASS_CLOSE && is_bracket (p));
      x += atom->advance;
      p += atom->bytes;
      longer = MAX (x, all - x);
      if (longer > width || !zc_class_breaks (atom->class, next) || is_within_date (p))
        continue;
      cost =
          longer / self->size +
          (depth > 0                            ? BRACKET_PARTED
           : zc_parts_word (self->text->str, p) ? WORD_PARTED
                                                : 0) -
          (atom->class == ZC_CLASS_CLOSE && depth == 0 && !is_bracket (p - atom->bytes) ? ENDS_AT_MARK : 0);
      if (cost < least)
        {
          least = cost;
          best = i + 1;
        }
    }
  return best;
}

GArray *
zc_measured_balance (const ZcMeasured *self, double width)
{
  GArray *lines = zc_measured_break (self, width, 0, 0, FALSE);
  double low = zc_measured_width (self) / lines->len, high = width;
  guint split = lines->len == 2 ? choose_split (self, width) : 0;

  if (split > 0)
    {
      g_array_unref (lines);
      return zc_measured_split (self, split);
    }
  if (lines->len < 2 || lines->len > MOST_BALANCED)
    return lines;
  while (high - low > self->size / 8)
    {
      double middle = (low + high) / 2;
      GArray *narrower = zc_measured_break (self, middle, 0, 0, FALSE);

      if (narrower->len > lines->len)
        {
          low = middle;
          g_array_unref (narrower);
          continue;
        }
      high = middle;
      g_array_unref (lines);
      lines = narrower;
    }
  return lines;
}
