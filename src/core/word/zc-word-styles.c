/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#define NS_W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

#define FANGSONG "仿宋_GB2312"
#define KAITI "楷体_GB2312"
#define HEITI "黑体"
#define SONGTI "宋体"
#define XIAOBIAOSONG "方正小标宋简体"
#define LATIN "Times New Roman"

/* 242 mm / 32 lines, rounded down. */
#define FORM_LINE 428

/* The measures of a style as far as they differ between the official page and the form. */
typedef struct
{
  int half_points;
  int line; /* twips, exactly; 0: as the grid or the base says */
  int before, after;
} Measure;

typedef struct
{
  const char *id, *name, *base, *next;
  const char *face; /* NULL: as the base */
  const char *jc;
  int first_line; /* characters of body text */
  int outline;    /* 1 to 4 */
  gboolean keep;  /* with the next paragraph, and its own lines together */
  gboolean dense; /* off the grid and without its tracking */
  Measure measures[2];
} Style;

#define HEADING .measures = { { 0 }, { .before = ZC_WORD_PT (5) } } /* forms: a little air above */

/*
 * Normal is 三号 (16 pt) on the official page. 28 × 16 pt is wider than the type area of 156 mm, so its characters stand
 * 0.25 pt closer (the metal 三号 was 15.75 pt): 28 to a line wherever the page is opened, with no rest on how a program
 * understands a character grid. In the same way 12 pt characters of the form stand 0.2 pt apart, 39 to its 168 mm.
 */
static const Style styles[] = {
  { "Normal", "Normal", NULL, NULL, FANGSONG, "both", .measures = { { 32 }, { 24, FORM_LINE } } },
  { "Title", "Title", "Normal", "BodyText", XIAOBIAOSONG, "center", .outline = 0, .keep = TRUE, .dense = TRUE,
    .measures = { { 44, ZC_WORD_LINE, 0, ZC_WORD_LINE }, { 36, 527, 0, FORM_LINE } } },
  { "Addressee", "主送机关", "Normal", "BodyText", .jc = "left" },
  { "Heading1", "heading 1", "Normal", "BodyText", HEITI, .first_line = 2, .outline = 1, .keep = TRUE, HEADING },
  { "Heading2", "heading 2", "Normal", "BodyText", KAITI, .first_line = 2, .outline = 2, .keep = TRUE, HEADING },
  { "Heading3", "heading 3", "Normal", "BodyText", FANGSONG, .first_line = 2, .outline = 3, .keep = TRUE, HEADING },
  { "Heading4", "heading 4", "Normal", "BodyText", FANGSONG, .first_line = 2, .outline = 4, .keep = TRUE, HEADING },
  { "BodyText", "Body Text", "Normal", NULL, .first_line = 2 },
  { "Note", "附注", "Normal", "BodyText", FANGSONG, "both", .dense = TRUE,
    .measures = { { 21, 320, 0, 40 }, { 18, 280, 0, 40 } } },
  { "Attachments", "附件说明", "Normal", NULL, .jc = "left" },
  { "Signature", "Signature", "Normal", NULL, .jc = "right", .keep = TRUE },
  { "TableText", "表格文字", "Normal", NULL, SONGTI, "left", .dense = TRUE, .measures = { { 21, 300 }, { 21, 300 } } },
  { "TableLabel", "表格栏目", "TableText", NULL, HEITI },
  { "TableNumber", "表格数字", "TableText", NULL, .jc = "right" },
  { "TableEnd", "表后间隔", "Normal", "BodyText", .dense = TRUE, .measures = { { 2, 60 }, { 2, 60 } } },
  { "Header", "header", "Normal", NULL, HEITI, "left", .dense = TRUE, .measures = { { 28, 360 }, { 21, 300 } } },
  { "HeaderState", "页眉状态", "Header", NULL, SONGTI, "right", .measures = { { 18, 240 }, { 18, 240 } } },
  { "Footer", "footer", "Normal", NULL, SONGTI, "right", .dense = TRUE, .measures = { { 28, 320 }, { 28, 320 } } },
  { "FooterCode", "页脚封签码", "Footer", NULL, SONGTI, "left", .measures = { { 16, 240 }, { 16, 240 } } },
};

int
zc_word_em (ZcDocumentStyle style)
{
  return style == ZC_STYLE_OFFICIAL ? ZC_WORD_PT (15.75) : ZC_WORD_PT (12.2);
}

int
zc_word_line (ZcDocumentStyle style)
{
  return style == ZC_STYLE_OFFICIAL ? ZC_WORD_LINE : FORM_LINE;
}

static void
fonts (ZcWordXml *xml, const char *face)
{
  /* Page numbers and codes are Song digits; elsewhere digits and Latin are Times. */
  const char *latin = g_str_equal (face, SONGTI) ? SONGTI : LATIN;

  zc_word_open (xml, "w:rFonts");
  zc_word_attributes (xml, "w:ascii", latin, "w:hAnsi", latin, "w:eastAsia", face, "w:cs", LATIN, NULL);
  zc_word_close (xml);
}

static void
spacing (ZcWordXml *xml, const Measure *measure)
{
  if (!measure->line && !measure->before && !measure->after)
    return;
  zc_word_open (xml, "w:spacing");
  zc_word_attribute_int (xml, "w:before", measure->before);
  zc_word_attribute_int (xml, "w:after", measure->after);
  if (measure->line)
    {
      zc_word_attribute_int (xml, "w:line", measure->line);
      zc_word_attribute (xml, "w:lineRule", "exact");
    }
  zc_word_close (xml);
}

static void
paragraph_properties (ZcWordXml *xml, const Style *style, const Measure *measure, ZcDocumentStyle kind)
{
  zc_word_open (xml, "w:pPr");
  if (style->keep)
    {
      zc_word_empty (xml, "w:keepNext");
      zc_word_empty (xml, "w:keepLines");
    }
  /* Each official page has its 22 lines, though one of a paragraph stands alone. */
  if (!style->base && kind == ZC_STYLE_OFFICIAL)
    zc_word_value_int (xml, "w:widowControl", 0);
  /* No gaps between Chinese and Latin or digits: they would break the grid of 28. */
  zc_word_value_int (xml, "w:autoSpaceDE", 0);
  zc_word_value_int (xml, "w:autoSpaceDN", 0);
  if (style->dense)
    zc_word_value_int (xml, "w:snapToGrid", 0);
  spacing (xml, measure);
  if (style->first_line)
    {
      zc_word_open (xml, "w:ind");
      zc_word_attribute_int (xml, "w:firstLineChars", style->first_line * 100);
      zc_word_attribute_int (xml, "w:firstLine", style->first_line * zc_word_em (kind));
      zc_word_close (xml);
    }
  if (style->jc)
    zc_word_value (xml, "w:jc", style->jc);
  if (style->outline)
    zc_word_value_int (xml, "w:outlineLvl", style->outline - 1);
  zc_word_close (xml);
}

static void
run_properties (ZcWordXml *xml, const Style *style, const Measure *measure, ZcDocumentStyle kind)
{
  zc_word_open (xml, "w:rPr");
  if (style->face)
    fonts (xml, style->face);
  if (style->dense || !style->base)
    zc_word_value_int (xml, "w:spacing", style->dense ? 0 : kind == ZC_STYLE_OFFICIAL ? -5 : 4);
  if (measure->half_points)
    {
      zc_word_value_int (xml, "w:sz", measure->half_points);
      zc_word_value_int (xml, "w:szCs", measure->half_points);
    }
  zc_word_close (xml);
}

static void
write_style (ZcWordXml *xml, const Style *style, ZcDocumentStyle kind)
{
  const Measure *measure = &style->measures[kind == ZC_STYLE_OFFICIAL ? 0 : 1];

  zc_word_open (xml, "w:style");
  zc_word_attribute (xml, "w:type", "paragraph");
  if (!style->base)
    zc_word_attribute (xml, "w:default", "1");
  zc_word_attribute (xml, "w:styleId", style->id);
  zc_word_value (xml, "w:name", style->name);
  if (style->base)
    zc_word_value (xml, "w:basedOn", style->base);
  if (style->next)
    zc_word_value (xml, "w:next", style->next);
  zc_word_empty (xml, "w:qFormat");
  paragraph_properties (xml, style, measure, kind);
  run_properties (xml, style, measure, kind);
  zc_word_close (xml);
}

static void
document_defaults (ZcWordXml *xml)
{
  zc_word_open (xml, "w:docDefaults");
  zc_word_open (xml, "w:rPrDefault");
  zc_word_open (xml, "w:rPr");
  fonts (xml, FANGSONG);
  zc_word_value_int (xml, "w:kern", 0);
  zc_word_open (xml, "w:lang");
  zc_word_attributes (xml, "w:val", "en-US", "w:eastAsia", "zh-CN", NULL);
  zc_word_close (xml);
  zc_word_close (xml);
  zc_word_close (xml);
  zc_word_empty (xml, "w:pPrDefault");
  zc_word_close (xml);
}

static void
other_style (ZcWordXml *xml, const char *type, const char *id, const char *name, gboolean is_default)
{
  zc_word_open (xml, "w:style");
  zc_word_attribute (xml, "w:type", type);
  if (is_default)
    zc_word_attribute (xml, "w:default", "1");
  zc_word_attribute (xml, "w:styleId", id);
  zc_word_value (xml, "w:name", name);
}

GBytes *
zc_word_styles_part (ZcDocumentStyle style)
{
  ZcWordXml *xml = zc_word_xml_new ();

  zc_word_open (xml, "w:styles");
  zc_word_attribute (xml, "xmlns:w", NS_W);
  document_defaults (xml);
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    write_style (xml, &styles[i], style);
  other_style (xml, "character", "DefaultParagraphFont", "Default Paragraph Font", TRUE);
  zc_word_close (xml);
  other_style (xml, "character", "Weak", "未填与说明", FALSE);
  zc_word_open (xml, "w:rPr");
  zc_word_value (xml, "w:color", "7F7F7F");
  zc_word_close (xml);
  zc_word_close (xml);
  other_style (xml, "table", "TableNormal", "Normal Table", TRUE);
  zc_word_close (xml);
  return zc_word_xml_finish (xml);
}

GBytes *
zc_word_settings_part (void)
{
  ZcWordXml *xml = zc_word_xml_new ();

  zc_word_open (xml, "w:settings");
  zc_word_attribute (xml, "xmlns:w", NS_W);
  zc_word_value_int (xml, "w:defaultTabStop", 420);
  zc_word_empty (xml, "w:evenAndOddHeaders");
  zc_word_value (xml, "w:characterSpacingControl", "compressPunctuation");
  zc_word_open (xml, "w:compat");
  zc_word_open (xml, "w:compatSetting");
  zc_word_attributes (xml,
                      "w:name",
                      "compatibilityMode",
                      "w:uri",
                      "http://schemas.microsoft.com/office/word",
                      "w:val",
                      "15",
                      NULL);
  zc_word_close (xml);
  zc_word_close (xml);
  zc_word_open (xml, "w:themeFontLang");
  zc_word_attributes (xml, "w:val", "en-US", "w:eastAsia", "zh-CN", NULL);
  zc_word_close (xml);
  return zc_word_xml_finish (xml);
}
