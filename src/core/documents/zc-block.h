/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

G_BEGIN_DECLS

/*
 * The printed documents as blocks: what stands in them, in order, before anybody decides where on a page. Made by
 * zc-document-builder.h from a scheme and a record; read by layout (pages, PDF, screen) and by word (DOCX), so that all
 * outputs say the same. Blocks own all they hold.
 */

/**
 * ZcSpan: a piece of text and the place it states.
 *
 * Layout reports on which page each place came to stand. @place is NULL for words of the form itself.
 */
typedef struct
{
  const char *place; /* nullable: goes with the span */
  char *link;        /* nullable: the anchor of the block in this document that a click on its line leads to */
  gboolean weak;     /* print lighter: an unanswered blank, a remark of the form */
  char text[];
} ZcSpan;

typedef enum
{
  ZC_ALIGN_START,
  ZC_ALIGN_CENTER,
  ZC_ALIGN_END, /* numbers */
} ZcAlign;

/** ZcCell: one cell of a table. Its spans are set one after another; "\n" inside a span starts a new line. */
typedef struct
{
  guint column; /* first column it covers, from 0 */
  guint colspan;
  guint rowspan;    /* rows below it that it covers too, itself included; never across the end of a body part */
  ZcAlign align;
  gboolean label;    /* words of the form: set in the label face */
  gboolean vertical; /* set top to bottom, for narrow group columns */
  double seal_mm;    /* > 0: leave a free square of this side for the official seal under the text */
  GPtrArray *spans;  /* (element-type ZcSpan) */
} ZcCell;

typedef struct
{
  gboolean keep_with_next;
  GPtrArray *cells; /* (element-type ZcCell), ordered by column; columns covered by a rowspan from above have none */
} ZcRow;

/** ZcTable: a bordered table that may run over many pages; the first @header_rows rows are repeated on each. */
typedef struct
{
  GArray *widths; /* (element-type double) relative column widths */
  guint header_rows;
  GPtrArray *rows; /* (element-type ZcRow) */
} ZcTable;

/** ZcBar: one line of a chart: a label and the parts of a whole, in order (for example conforming, partly, not, n/a, open). */
typedef struct
{
  char *label;
  guint parts[5];
} ZcBar;

typedef enum
{
  ZC_BLOCK_TITLE,       /* spans; 2号小标宋, centred */
  ZC_BLOCK_ADDRESSEE,   /* spans; 主送: flush left */
  ZC_BLOCK_HEADING,     /* spans; level 1 to 4: 一、（一）1.（1） */
  ZC_BLOCK_PARAGRAPH,   /* spans; first line indented by two characters */
  ZC_BLOCK_NOTE,        /* spans; small, flush left: the remark that a table is derived */
  ZC_BLOCK_ATTACHMENTS, /* spans, one a line: 附件：1. … (GB/T 9704-2012 7.3.4) */
  ZC_BLOCK_TABLE,       /* table */
  ZC_BLOCK_SIGNATURE,   /* spans[0] the unit, spans[1] the date; further spans: lines to sign above them ("负责人（签字）：") */
  ZC_BLOCK_CHART,       /* bars, legend (five strings) */
  ZC_BLOCK_PAGE_BREAK,
} ZcBlockKind;

typedef struct
{
  ZcBlockKind kind;
  guint level;        /* ZC_BLOCK_HEADING */
  char *anchor;       /* nullable: what the outline and links call this block, ASCII */
  GPtrArray *spans;   /* (element-type ZcSpan) nullable */
  ZcTable *table;     /* ZC_BLOCK_TABLE */
  gboolean landscape; /* ZC_BLOCK_TABLE: on landscape pages of its own */
  double seal_mm;     /* ZC_BLOCK_SIGNATURE: diameter of the official seal, 0 if none is to be pressed */
  GPtrArray *bars;    /* (element-type ZcBar) ZC_BLOCK_CHART */
  char **legend;      /* ZC_BLOCK_CHART */
} ZcBlock;

typedef enum
{
  ZC_STYLE_OFFICIAL, /* GB/T 9704-2012: 22 lines × 28 characters */
  ZC_STYLE_FORM,     /* bordered tables in 10.5 pt, narrower margins */
} ZcDocumentStyle;

/** ZcSealMark: what a sealed document carries on its pages. */
typedef struct
{
  char *code;     /* eight groups of six digits, joined by "-" */
  char *qr;       /* the QR's text; %PAGE% stands for "page/pages" */
  guint revision; /* 版次, from 1 */
} ZcSealMark;

/** ZcDocument: one printed document of the unit. */
typedef struct
{
  char *id;       /* as in the scheme: "summary", "report-table" … */
  char *title;    /* for the outline, the metadata, the file list */
  char *filename; /* ASCII, without extension */
  char *unit;     /* author in the metadata */
  char *date;     /* YYYY-MM-DD: the date of the seal, or of the last change for a draft */
  char *marking;  /* nullable: e.g. 内部资料, top left */
  ZcDocumentStyle style;
  ZcSealMark *mark; /* nullable: NULL prints 草稿 未封存 on every page and no code */
  GPtrArray *blocks; /* (element-type ZcBlock) */
} ZcDocument;

ZcSpan *zc_span_new (const char *text, const char *place);
void zc_span_free (ZcSpan *self);

/** zc_cell_new: one row, @colspan columns from @column on, no text yet. */
ZcCell *zc_cell_new (guint column, guint colspan);
void zc_cell_free (ZcCell *self);
/** zc_cell_add: appends a span; returns @self for chaining. */
ZcCell *zc_cell_add (ZcCell *self, const char *text, const char *place);

ZcTable *zc_table_new (const double *widths, guint n_columns);
void zc_table_free (ZcTable *self);
/** zc_table_add_row: Returns: (transfer none): the new last row. */
ZcRow *zc_table_add_row (ZcTable *self);
/**
 * zc_table_keeps: whether row @row must not part from the next: it says so, it is of the header, or one of the two would
 * stand alone, the first row at the foot of a page or the last at the head of another.
 */
gboolean zc_table_keeps (const ZcTable *self, guint row);
/** zc_row_add: gives @cell to @self. Returns: (transfer none): @cell. */
ZcCell *zc_row_add (ZcRow *self, ZcCell *cell);

ZcBlock *zc_block_new (ZcBlockKind kind);
/** zc_block_new_text: a block of @kind with one span. */
ZcBlock *zc_block_new_text (ZcBlockKind kind, const char *text, const char *place);
void zc_block_add (ZcBlock *self, const char *text, const char *place);
void zc_block_free (ZcBlock *self);

ZcSealMark *zc_seal_mark_new (const char *code, const char *qr, guint revision);
ZcSealMark *zc_seal_mark_copy (const ZcSealMark *self);
void zc_seal_mark_free (ZcSealMark *self);

ZcDocument *zc_document_new (const char *id, const char *title, ZcDocumentStyle style);
/** zc_document_add: gives @block to @self. Returns: (transfer none): @block. */
ZcBlock *zc_document_add (ZcDocument *self, ZcBlock *block);
void zc_document_free (ZcDocument *self);

/** zc_document_add_places: adds each place that some span of @self prints to @places (a set of owned strings). */
void zc_document_add_places (const ZcDocument *self, GHashTable *places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcSpan, zc_span_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcCell, zc_cell_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcTable, zc_table_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcBlock, zc_block_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcSealMark, zc_seal_mark_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcDocument, zc_document_free)

G_END_DECLS
