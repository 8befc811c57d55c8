/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#define NS_W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define NS_R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define NS_WP "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
#define NS_A "http://schemas.openxmlformats.org/drawingml/2006/main"
#define NS_PIC "http://schemas.openxmlformats.org/drawingml/2006/picture"

/* English Metric Units, in which DrawingML measures. */
#define EMU_PER_MM 36000
#define EMU_PER_TWIP 635

/* The heights of the two lines of a footer, as its styles have them. */
#define NUMBER_LINE 320
#define CODE_LINE 240

#define QR_MM 20
#define QR_GAP_MM 2.5

/*
 * Paper and margins by style, then by how the paper lies, the same as in the PDF. A landscape page is a portrait page
 * turned, so that its top is the binding edge and its right the top of the portrait page (GB/T 9704-2012 8).
 */
static const ZcWordPage pages[2][2] = {
  { { 11906, 16838, 2098, 1474, 1984, 1588 }, { 16838, 11906, 1588, 2098, 1474, 1984 } },
  { { 11906, 16838, ZC_WORD_MM (23), ZC_WORD_MM (19), ZC_WORD_MM (32), ZC_WORD_MM (23) },
    { 16838, 11906, ZC_WORD_MM (23), ZC_WORD_MM (23), ZC_WORD_MM (19), ZC_WORD_MM (32) } },
};

void
zc_word_page_init (ZcWordPage *self, ZcDocumentStyle style, gboolean landscape)
{
  *self = pages[style == ZC_STYLE_OFFICIAL ? 0 : 1][landscape ? 1 : 0];
}

int
zc_word_page_text_width (const ZcWordPage *self)
{
  return self->width - self->left - self->right;
}

gboolean
zc_word_has_qr (const ZcDocument *document)
{
  return document->mark && document->mark->qr && *document->mark->qr;
}

static void
reference (ZcWordXml *xml, const char *element, const char *type, const char *id)
{
  zc_word_open (xml, element);
  zc_word_attributes (xml, "w:type", type, "r:id", id, NULL);
  zc_word_close (xml);
}

static void
references (ZcWordXml *xml, gboolean qr_page)
{
  reference (xml, "w:headerReference", "default", "header1");
  reference (xml, "w:headerReference", "even", "header2");
  if (qr_page)
    reference (xml, "w:headerReference", "first", "header3");
  reference (xml, "w:footerReference", "default", "footer1");
  reference (xml, "w:footerReference", "even", "footer2");
  if (qr_page)
    reference (xml, "w:footerReference", "first", "footer3");
}

static void
paper (ZcWordXml *xml, const ZcWordPage *page, ZcDocumentStyle style, gboolean has_code)
{
  /* The dash of the page number stands 7 mm under the type area (GB/T 9704-2012 7.5); a footer is placed by its foot. */
  int foot = page->bottom - ZC_WORD_MM (7) - NUMBER_LINE / 2 - (has_code ? CODE_LINE : 0);

  zc_word_open (xml, "w:pgSz");
  zc_word_attribute_int (xml, "w:w", page->width);
  zc_word_attribute_int (xml, "w:h", page->height);
  if (page->width > page->height)
    zc_word_attribute (xml, "w:orient", "landscape");
  zc_word_close (xml);
  zc_word_open (xml, "w:pgMar");
  zc_word_attribute_int (xml, "w:top", page->top);
  zc_word_attribute_int (xml, "w:right", page->right);
  zc_word_attribute_int (xml, "w:bottom", page->bottom);
  zc_word_attribute_int (xml, "w:left", page->left);
  zc_word_attribute_int (xml, "w:header", ZC_WORD_MM (style == ZC_STYLE_OFFICIAL ? 20 : 9));
  zc_word_attribute_int (xml, "w:footer", foot);
  zc_word_attribute_int (xml, "w:gutter", 0);
  zc_word_close (xml);
}

void
zc_word_section (ZcWordXml *xml, const ZcDocument *document, gboolean landscape, gboolean first)
{
  gboolean qr_page = first && zc_word_has_qr (document);
  ZcWordPage page;

  zc_word_page_init (&page, document->style, landscape);
  zc_word_open (xml, "w:sectPr");
  references (xml, qr_page);
  zc_word_value (xml, "w:type", "nextPage");
  paper (xml, &page, document->style, document->mark != NULL);
  if (qr_page)
    zc_word_empty (xml, "w:titlePg");
  /* "lines" only: with "linesAndChars" a 16 pt character takes two cells of 15.79 pt in some programs. */
  if (document->style == ZC_STYLE_OFFICIAL)
    {
      zc_word_open (xml, "w:docGrid");
      zc_word_attribute (xml, "w:type", "lines");
      zc_word_attribute_int (xml, "w:linePitch", ZC_WORD_LINE);
      zc_word_close (xml);
    }
  zc_word_close (xml);
}

static ZcWordXml *
part_new (const char *root)
{
  ZcWordXml *xml = zc_word_xml_new ();

  zc_word_open (xml, root);
  zc_word_attributes (xml, "xmlns:w", NS_W, "xmlns:r", NS_R, "xmlns:wp", NS_WP, "xmlns:a", NS_A, "xmlns:pic", NS_PIC, NULL);
  return xml;
}

/* @left: an indent in twips that keeps the line clear of the QR. */
static void
styled_line (ZcWordXml *xml, const char *style, const char *text, int left)
{
  g_autofree char *clean = zc_word_clean (text);

  g_strdelimit (clean, "\n\t", ' ');
  zc_word_open (xml, "w:p");
  zc_word_open (xml, "w:pPr");
  zc_word_value (xml, "w:pStyle", style);
  if (left)
    {
      zc_word_open (xml, "w:ind");
      zc_word_attribute_int (xml, "w:left", left);
      zc_word_close (xml);
    }
  zc_word_close (xml);
  zc_word_run (xml, clean, FALSE);
  zc_word_close (xml);
}

GBytes *
zc_word_header_part (const ZcDocument *document)
{
  ZcWordXml *xml = part_new ("w:hdr");
  g_autofree char *sealed = NULL;

  if (document->marking && *document->marking)
    styled_line (xml, "Header", document->marking, 0);
  if (document->mark)
    sealed = g_strdup_printf ("本文件仅供编辑使用，封存并报送的文本是 PDF 文件“%s.pdf”。",
                              document->filename ? document->filename : document->id);
  styled_line (xml, "HeaderState", sealed ? sealed : "草稿 未封存", 0);
  return zc_word_xml_finish (xml);
}

static void
field_character (ZcWordXml *xml, const char *type)
{
  zc_word_open (xml, "w:r");
  zc_word_open (xml, "w:fldChar");
  zc_word_attribute (xml, "w:fldCharType", type);
  zc_word_close (xml);
  zc_word_close (xml);
}

static void
page_field (ZcWordXml *xml)
{
  field_character (xml, "begin");
  zc_word_open (xml, "w:r");
  zc_word_open (xml, "w:instrText");
  zc_word_attribute (xml, "xml:space", "preserve");
  zc_word_characters (xml, " PAGE ");
  zc_word_close (xml);
  zc_word_close (xml);
  field_character (xml, "separate");
  zc_word_run (xml, "1", FALSE);
  field_character (xml, "end");
}

static void
place (ZcWordXml *xml, const char *axis, int emu)
{
  g_autofree char *offset = g_strdup_printf ("%d", emu);

  zc_word_open (xml, axis);
  zc_word_attribute (xml, "relativeFrom", "page");
  zc_word_element (xml, "wp:posOffset", offset);
  zc_word_close (xml);
}

static void
extent (ZcWordXml *xml, const char *element)
{
  zc_word_open (xml, element);
  zc_word_attribute_int (xml, "cx", QR_MM * EMU_PER_MM);
  zc_word_attribute_int (xml, "cy", QR_MM * EMU_PER_MM);
  zc_word_close (xml);
}

static void
picture (ZcWordXml *xml)
{
  zc_word_open (xml, "a:graphic");
  zc_word_open (xml, "a:graphicData");
  zc_word_attribute (xml, "uri", NS_PIC);
  zc_word_open (xml, "pic:pic");
  zc_word_open (xml, "pic:nvPicPr");
  zc_word_open (xml, "pic:cNvPr");
  zc_word_attributes (xml, "id", "1", "name", "qr.png", NULL);
  zc_word_close (xml);
  zc_word_empty (xml, "pic:cNvPicPr");
  zc_word_close (xml);
  zc_word_open (xml, "pic:blipFill");
  zc_word_open (xml, "a:blip");
  zc_word_attribute (xml, "r:embed", "qr");
  zc_word_close (xml);
  zc_word_open (xml, "a:stretch");
  zc_word_empty (xml, "a:fillRect");
  zc_word_close (xml);
  zc_word_close (xml);
  zc_word_open (xml, "pic:spPr");
  zc_word_open (xml, "a:xfrm");
  zc_word_open (xml, "a:off");
  zc_word_attributes (xml, "x", "0", "y", "0", NULL);
  zc_word_close (xml);
  extent (xml, "a:ext");
  zc_word_close (xml);
  zc_word_open (xml, "a:prstGeom");
  zc_word_attribute (xml, "prst", "rect");
  zc_word_empty (xml, "a:avLst");
  for (int i = 0; i < 5; i++)
    zc_word_close (xml);
}

/* The QR lies under the type area at the left; on a landscape page that is, turned, the top of the left margin. */
static void
qr_drawing (ZcWordXml *xml, const ZcWordPage *page)
{
  gboolean landscape = page->width > page->height;
  int x = landscape ? page->left - ZC_WORD_MM (QR_GAP_MM + QR_MM) : page->left;
  int y = landscape ? page->top : page->height - page->bottom + ZC_WORD_MM (QR_GAP_MM);

  zc_word_open (xml, "w:r");
  zc_word_open (xml, "w:drawing");
  zc_word_open (xml, "wp:anchor");
  zc_word_attributes (xml, "distT", "0", "distB", "0", "distL", "0", "distR", "0", "simplePos", "0", NULL);
  zc_word_attributes (xml, "relativeHeight", "1", "behindDoc", "0", "locked", "1", "layoutInCell", "1", NULL);
  zc_word_attribute (xml, "allowOverlap", "1");
  zc_word_open (xml, "wp:simplePos");
  zc_word_attributes (xml, "x", "0", "y", "0", NULL);
  zc_word_close (xml);
  place (xml, "wp:positionH", x * EMU_PER_TWIP);
  place (xml, "wp:positionV", y * EMU_PER_TWIP);
  extent (xml, "wp:extent");
  zc_word_empty (xml, "wp:wrapNone");
  zc_word_open (xml, "wp:docPr");
  zc_word_attributes (xml, "id", "1", "name", "封签码二维码", "descr", "封签码二维码", NULL);
  zc_word_close (xml);
  zc_word_empty (xml, "wp:cNvGraphicFramePr");
  picture (xml);
  for (int i = 0; i < 3; i++)
    zc_word_close (xml);
}

static void
page_number (ZcWordXml *xml, ZcWordPages which)
{
  gboolean even = which == ZC_WORD_PAGES_EVEN;

  zc_word_open (xml, "w:p");
  zc_word_open (xml, "w:pPr");
  zc_word_value (xml, "w:pStyle", "Footer");
  zc_word_open (xml, "w:ind");
  zc_word_attribute_int (xml, even ? "w:leftChars" : "w:rightChars", 100);
  zc_word_attribute_int (xml, even ? "w:left" : "w:right", ZC_WORD_PT (14));
  zc_word_close (xml);
  zc_word_value (xml, "w:jc", even ? "left" : "right");
  zc_word_close (xml);
}

GBytes *
zc_word_footer_part (const ZcDocument *document, ZcWordPages which, gboolean landscape)
{
  ZcWordXml *xml = part_new ("w:ftr");
  ZcWordPage page;

  zc_word_page_init (&page, document->style, landscape);
  page_number (xml, which);
  zc_word_run (xml, "— ", FALSE);
  page_field (xml);
  zc_word_run (xml, " —", FALSE);
  if (which == ZC_WORD_PAGES_FIRST)
    qr_drawing (xml, &page);
  zc_word_close (xml);
  if (document->mark)
    {
      g_autofree char *code = g_strdup_printf ("封签码 %s　第%u版", document->mark->code ? document->mark->code : "",
                                               document->mark->revision);

      styled_line (xml, "FooterCode", code, which == ZC_WORD_PAGES_FIRST && !landscape ? ZC_WORD_MM (QR_MM + 2) : 0);
    }
  return zc_word_xml_finish (xml);
}
