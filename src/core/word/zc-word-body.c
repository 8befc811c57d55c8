/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NS_W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define NS_R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static gboolean
is_wide_table (const ZcBlock *block)
{
  return block->kind == ZC_BLOCK_TABLE && block->landscape && block->table;
}

static gboolean
introduces (const ZcBlock *block)
{
  return block->kind == ZC_BLOCK_TITLE || block->kind == ZC_BLOCK_HEADING || block->kind == ZC_BLOCK_NOTE ||
         block->kind == ZC_BLOCK_PAGE_BREAK;
}

static gboolean
closes (const ZcBlock *block)
{
  return block->kind == ZC_BLOCK_NOTE || block->kind == ZC_BLOCK_SIGNATURE;
}

/* A wide table takes its headings, remarks and signature with it: those would stand alone on the page before it or after
 * it. */
GArray *
zc_word_landscape (const GPtrArray *blocks)
{
  GArray *wide = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), blocks->len);

  g_array_set_size (wide, blocks->len);
  for (guint i = blocks->len; i-- > 0;)
    g_array_index (wide, gboolean, i) =
      is_wide_table (blocks->pdata[i]) ||
      (introduces (blocks->pdata[i]) && i + 1 < blocks->len && g_array_index (wide, gboolean, i + 1));
  for (guint i = 1; i < blocks->len; i++)
    if (closes (blocks->pdata[i]) && g_array_index (wide, gboolean, i - 1))
      g_array_index (wide, gboolean, i) = TRUE;
  return wide;
}

static void
spacing (ZcWordXml *xml, const ZcWordParagraph *paragraph)
{
  if (!paragraph->before && !paragraph->after && !paragraph->line)
    return;
  zc_word_open (xml, "w:spacing");
  if (paragraph->before)
    zc_word_attribute_int (xml, "w:before", paragraph->before);
  if (paragraph->after)
    zc_word_attribute_int (xml, "w:after", paragraph->after);
  if (paragraph->line)
    {
      zc_word_attribute_int (xml, "w:line", paragraph->line);
      zc_word_attribute (xml, "w:lineRule", "exact");
    }
  zc_word_close (xml);
}

/* Both units: Word takes the characters, other programs the twips. */
static void
indent (ZcWordXml *xml, const char *in_characters, const char *in_twips, double characters, int em)
{
  zc_word_attribute_int (xml, in_characters, (int) round (characters * 100));
  zc_word_attribute_int (xml, in_twips, (int) round (characters * em));
}

static void
indents (ZcWordBody *self, const ZcWordParagraph *paragraph)
{
  int em = zc_word_em (self->document->style);

  if (paragraph->left <= 0 && paragraph->right <= 0 && paragraph->hanging <= 0)
    return;
  zc_word_open (self->xml, "w:ind");
  if (paragraph->left > 0)
    indent (self->xml, "w:leftChars", "w:left", paragraph->left, em);
  if (paragraph->right > 0)
    indent (self->xml, "w:rightChars", "w:right", paragraph->right, em);
  if (paragraph->hanging > 0)
    indent (self->xml, "w:hangingChars", "w:hanging", paragraph->hanging, em);
  zc_word_close (self->xml);
}

static void
end_section (ZcWordBody *self)
{
  zc_word_section (self->xml, self->document, self->landscape, self->first_section);
  self->first_section = FALSE;
  self->section_ended = TRUE;
}

void
zc_word_paragraph_open (ZcWordBody *self, const ZcWordParagraph *paragraph)
{
  ZcWordXml *xml = self->xml;

  zc_word_open (xml, "w:p");
  zc_word_open (xml, "w:pPr");
  zc_word_value (xml, "w:pStyle", paragraph->style);
  if (paragraph->keep_next)
    zc_word_empty (xml, "w:keepNext");
  if (self->break_before)
    zc_word_empty (xml, "w:pageBreakBefore");
  spacing (xml, paragraph);
  indents (self, paragraph);
  if (paragraph->jc)
    zc_word_value (xml, "w:jc", paragraph->jc);
  if (paragraph->ends_section)
    end_section (self);
  zc_word_close (xml);
  self->break_before = FALSE;
  self->section_start = FALSE;
}

void
zc_word_paragraph_close (ZcWordBody *self)
{
  zc_word_close (self->xml);
}

void
zc_word_spacer (ZcWordBody *self, gboolean keep_next, gboolean ends_section)
{
  ZcWordParagraph paragraph = { .style = "TableEnd", .keep_next = keep_next, .ends_section = ends_section };

  zc_word_paragraph_open (self, &paragraph);
  zc_word_paragraph_close (self);
}

static const char *
text_style (const ZcBlock *block)
{
  static const char *const headings[] = { "Heading1", "Heading2", "Heading3", "Heading4" };

  switch (block->kind)
    {
    case ZC_BLOCK_TITLE:
      return "Title";
    case ZC_BLOCK_ADDRESSEE:
      return "Addressee";
    case ZC_BLOCK_HEADING:
      return headings[CLAMP (block->level, 1, 4) - 1];
    case ZC_BLOCK_NOTE:
      return "Note";
    default:
      return "BodyText";
    }
}

/* Titles and headings stay one paragraph, so that they are one entry of the outline; other lines are paragraphs. */
static void
write_text (ZcWordBody *self, const ZcBlock *block, const ZcWordParagraph *last)
{
  gboolean one = block->kind == ZC_BLOCK_TITLE || block->kind == ZC_BLOCK_HEADING;
  g_autoptr (GPtrArray) lines = zc_word_lines (block->spans);
  ZcWordParagraph plain = { .style = text_style (block) };
  ZcWordParagraph ending = *last;

  ending.style = plain.style;
  for (guint i = 0; i < lines->len; i++)
    {
      if (i == 0 || !one)
        zc_word_paragraph_open (self, one || i + 1 == lines->len ? &ending : &plain);
      else
        {
          zc_word_open (self->xml, "w:r");
          zc_word_empty (self->xml, "w:br");
          zc_word_close (self->xml);
        }
      if (i == 0)
        zc_word_bookmark (self, block->anchor);
      zc_word_line_runs (self, lines->pdata[i]);
      if (!one || i + 1 == lines->len)
        zc_word_paragraph_close (self);
    }
}

static gboolean
write_table (ZcWordBody *self, const ZcTable *table, const ZcWordParagraph *last, GError **error)
{
  /* A table can't start a page by itself, nor end a section: paragraphs of 3 pt do it for it. */
  if (self->break_before)
    zc_word_spacer (self, TRUE, FALSE);
  self->section_start = FALSE;
  if (!zc_word_table (self, table, last->keep_next, error))
    return FALSE;
  zc_word_spacer (self, last->keep_next, last->ends_section);
  return TRUE;
}

static gboolean
write_chart (ZcWordBody *self, const ZcBlock *block, const ZcWordParagraph *last, GError **error)
{
  g_autoptr (ZcTable) table = zc_word_chart_table (block);

  return write_table (self, table, last, error);
}

static gboolean
write_block (ZcWordBody *self, const ZcBlock *block, const ZcWordParagraph *last, GError **error)
{
  switch (block->kind)
    {
    case ZC_BLOCK_PAGE_BREAK:
      self->break_before = !self->section_start;
      return TRUE;
    case ZC_BLOCK_TABLE:
      return !block->table || write_table (self, block->table, last, error);
    case ZC_BLOCK_CHART:
      return write_chart (self, block, last, error);
    case ZC_BLOCK_SIGNATURE:
      zc_word_signature (self, block, last);
      return TRUE;
    case ZC_BLOCK_ATTACHMENTS:
      zc_word_attachments (self, block, last);
      return TRUE;
    default:
      write_text (self, block, last);
      return TRUE;
    }
}

/* What the last paragraph of block @i has to do for the block after it. */
static ZcWordParagraph
last_paragraph (const GPtrArray *blocks, const GArray *wide, guint i)
{
  const ZcBlock *next = i + 1 < blocks->len ? blocks->pdata[i + 1] : NULL;
  ZcWordParagraph last = { 0 };

  if (!next)
    return last;
  last.ends_section = g_array_index (wide, gboolean, i) != g_array_index (wide, gboolean, i + 1);
  /* The signature never stands alone on a page (GB/T 9704-2012 7.3.5.5). */
  last.keep_next = next->kind == ZC_BLOCK_SIGNATURE && !last.ends_section;
  return last;
}

static void
start_section (ZcWordBody *self, gboolean landscape)
{
  self->landscape = landscape;
  self->section_start = TRUE;
  self->section_ended = FALSE;
  self->break_before = FALSE;
  zc_word_page_init (&self->page, self->document->style, landscape);
}

static gboolean
write_blocks (ZcWordBody *self, GError **error)
{
  const GPtrArray *blocks = self->document->blocks;
  g_autoptr (GArray) wide = zc_word_landscape (blocks);

  start_section (self, blocks->len > 0 && g_array_index (wide, gboolean, 0));
  for (guint i = 0; i < blocks->len; i++)
    {
      const ZcBlock *block = blocks->pdata[i];
      ZcWordParagraph last = last_paragraph (blocks, wide, i);

      if (zc_fail_if_cancelled (zc_progress_cancellable (self->progress), error) ||
          !write_block (self, block, &last, error))
        return FALSE;
      /* A block that printed nothing could not end the section. */
      if (last.ends_section && !self->section_ended)
        zc_word_spacer (self, FALSE, TRUE);
      if (last.ends_section)
        start_section (self, !self->landscape);
      if (i % 32 == 0)
        zc_progress_report (self->progress, _("Writing for Word"), i, blocks->len);
    }
  zc_progress_report (self->progress, _("Writing for Word"), blocks->len, blocks->len);
  return TRUE;
}

GBytes *
zc_word_document_part (const ZcDocument *document, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcWordXml) xml = zc_word_xml_new ();
  g_autoptr (GHashTable) anchors = zc_word_anchors_new (document);
  ZcWordBody body = { .xml = xml, .document = document, .progress = progress, .anchors = anchors, .first_section = TRUE };

  zc_word_open (xml, "w:document");
  zc_word_attributes (xml, "xmlns:w", NS_W, "xmlns:r", NS_R, NULL);
  zc_word_open (xml, "w:body");
  if (!write_blocks (&body, error))
    return NULL;
  end_section (&body);
  return zc_word_xml_finish (g_steal_pointer (&xml));
}
