/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "word/zc-word.h"

G_BEGIN_DECLS

/* Word measures in twips: 1/20 pt, 1/1440 inch. */
#define ZC_WORD_PT(pt) ((int) ((pt) * 20.0 + 0.5))
#define ZC_WORD_MM(mm) ((int) ((mm) * 1440.0 / 25.4 + 0.5))

/** The pitch of the official grid: 225 mm / 22 lines, rounded down so that 22 lines always fit. */
#define ZC_WORD_LINE 579

/** The widest table that Word opens. */
#define ZC_WORD_MAX_COLUMNS 63

/* --- zc-word-xml.c: one part of the package being written --- */

typedef struct _ZcWordXml ZcWordXml;

ZcWordXml *zc_word_xml_new (void);
void zc_word_xml_free (ZcWordXml *self);
/** zc_word_xml_finish: closes what is open and frees @self. Returns: (transfer full): the part's bytes. */
GBytes *zc_word_xml_finish (ZcWordXml *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcWordXml, zc_word_xml_free)

void zc_word_open (ZcWordXml *self, const char *name);
void zc_word_close (ZcWordXml *self);
void zc_word_attribute (ZcWordXml *self, const char *name, const char *value);
void zc_word_attribute_int (ZcWordXml *self, const char *name, int value);
/** zc_word_characters: @text as character data; it must be clean (zc_word_clean()). */
void zc_word_characters (ZcWordXml *self, const char *text);
/** zc_word_empty: <name/>. */
void zc_word_empty (ZcWordXml *self, const char *name);
/** zc_word_value: <name w:val="value"/>. */
void zc_word_value (ZcWordXml *self, const char *name, const char *value);
void zc_word_value_int (ZcWordXml *self, const char *name, int value);
/** zc_word_attributes: pairs of name and value, ended by NULL. */
void zc_word_attributes (ZcWordXml *self, ...) G_GNUC_NULL_TERMINATED;
/** zc_word_element: <name>text</name>. */
void zc_word_element (ZcWordXml *self, const char *name, const char *text);

/* --- zc-word-text.c: text as Word can take it --- */

/** ZcWordPiece: a stretch of one line in one weight, leading to one place. */
typedef struct
{
  char *text;
  char *link; /* nullable: an anchor */
  gboolean weak;
} ZcWordPiece;

/**
 * zc_word_clean: @text as valid UTF-8 with LF line ends; what XML can't hold became U+FFFD. Returns: (transfer full)
 */
char *zc_word_clean (const char *text);

/**
 * zc_word_lines: Returns: (transfer full): the lines of @spans (nullable), at least one, each an array of
 * ZcWordPiece.
 */
GPtrArray *zc_word_lines (const GPtrArray *spans);

/** zc_word_width: Returns: about how many Han characters wide @text is on one line. */
double zc_word_width (const char *text);

/** zc_word_run: one run of clean text without line ends; TABs are kept. */
void zc_word_run (ZcWordXml *xml, const char *text, gboolean weak);

/* --- zc-word-page.c: paper, headers and footers --- */

typedef struct
{
  int width, height;            /* of the paper */
  int top, right, bottom, left; /* margins */
} ZcWordPage;

void zc_word_page_init (ZcWordPage *self, ZcDocumentStyle style, gboolean landscape);
int zc_word_page_text_width (const ZcWordPage *self);

/** zc_word_section: the sectPr of a section; the QR is on the page that starts the @first one. */
void zc_word_section (ZcWordXml *xml, const ZcDocument *document, gboolean landscape, gboolean first);

typedef enum
{
  ZC_WORD_PAGES_ODD,
  ZC_WORD_PAGES_EVEN,
  ZC_WORD_PAGES_FIRST, /* odd too; carries the QR */
} ZcWordPages;

GBytes *zc_word_header_part (const ZcDocument *document);
/** zc_word_footer_part: @landscape: how the paper of the first page lies, for the place of the QR. */
GBytes *zc_word_footer_part (const ZcDocument *document, ZcWordPages pages, gboolean landscape);

/** zc_word_has_qr: whether the first page has a footer of its own, with the QR. */
gboolean zc_word_has_qr (const ZcDocument *document);

/* --- zc-word-qr.c --- */

/**
 * zc_word_qr_png: Returns: (transfer full) (nullable): @text as a QR of level M with its quiet zone, 6 pixels a
 * module.
 */
GBytes *zc_word_qr_png (const char *text, GError **error);

/* --- zc-word-styles.c --- */

GBytes *zc_word_styles_part (ZcDocumentStyle style);
GBytes *zc_word_settings_part (void);

/** zc_word_em: Returns: the cell of one Han character of body text, in twips. */
int zc_word_em (ZcDocumentStyle style);

/** zc_word_line: Returns: the pitch of body lines, in twips. */
int zc_word_line (ZcDocumentStyle style);

/* --- zc-word-body.c, zc-word-signature.c, zc-word-table.c, zc-word-chart.c: word/document.xml --- */

typedef struct
{
  ZcWordXml *xml;
  const ZcDocument *document;
  const ZcProgress *progress;
  ZcWordPage page;        /* of the section being written */
  gboolean break_before;  /* the next paragraph starts a page */
  gboolean section_start; /* nothing stands in this section yet */
  gboolean section_ended; /* its properties were written */
  gboolean first_section;
  gboolean landscape;
  guint bookmarks;
  GHashTable *anchors; /* zc_word_anchors_new() */
} ZcWordBody;

/** ZcWordParagraph: what one paragraph has beyond its style. Zero is "as the style says". */
typedef struct
{
  const char *style;
  gboolean keep_next;
  gboolean ends_section; /* the section's properties go into it */
  int before, after;     /* twips */
  double left, right;    /* characters of the style's size */
  double hanging;        /* characters; 0: as the style says */
  const char *jc;
  int line; /* twips, exactly */
} ZcWordParagraph;

void zc_word_paragraph_open (ZcWordBody *self, const ZcWordParagraph *paragraph);
void zc_word_paragraph_close (ZcWordBody *self);
/** zc_word_line_runs: the pieces of one of zc_word_lines(), those that lead to a bookmark of the document as links. */
void zc_word_line_runs (ZcWordBody *self, const GPtrArray *line);
/** zc_word_anchors_new: Returns: (transfer full): what the blocks that links may lead to are called in the file. */
GHashTable *zc_word_anchors_new (const ZcDocument *document);
/** zc_word_bookmark: the bookmark of @anchor (nullable), in the first block that has it. */
void zc_word_bookmark (ZcWordBody *self, const char *anchor);

/** zc_word_spacer: a paragraph of 3 pt without text, needed after each table; ends the section if told. */
void zc_word_spacer (ZcWordBody *self, gboolean keep_next, gboolean ends_section);

void zc_word_attachments (ZcWordBody *self, const ZcBlock *block, const ZcWordParagraph *last);
void zc_word_signature (ZcWordBody *self, const ZcBlock *block, const ZcWordParagraph *last);
gboolean zc_word_table (ZcWordBody *self, const ZcTable *table, gboolean keep_next, GError **error);
/** zc_word_chart_table: Returns: (transfer full): the numbers of a chart as a table. */
ZcTable *zc_word_chart_table (const ZcBlock *block);

/** zc_word_landscape: Returns: (transfer full): for each block whether it lies on landscape paper (gboolean). */
GArray *zc_word_landscape (const GPtrArray *blocks);

GBytes *zc_word_document_part (const ZcDocument *document, const ZcProgress *progress, GError **error);

/* --- zc-word-package.c: the ZIP and its rules (ECMA-376 part 2, OPC) --- */

typedef struct _ZcWordPackage ZcWordPackage;

ZcWordPackage *zc_word_package_new (void);
void zc_word_package_free (ZcWordPackage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcWordPackage, zc_word_package_free)

/**
 * zc_word_package_add: a part called @name ("word/styles.xml") of media type @type.
 * @source: (nullable): the part that relates to it, "" for the package itself, NULL for none
 * @id, @relation: the relationship's id and the last words of its type
 * @bytes: (transfer full)
 */
void zc_word_package_add (ZcWordPackage *self,
                          const char *name,
                          const char *type,
                          const char *source,
                          const char *id,
                          const char *relation,
                          GBytes *bytes);

/** zc_word_package_finish: Returns: (transfer full) (nullable): the ZIP, content types first. */
GBytes *zc_word_package_finish (ZcWordPackage *self, GError **error);

G_END_DECLS
