/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/zc-expression.h"
#include "record/zc-record.h"

G_BEGIN_DECLS

/*
 * The record is kept as a libxml2 tree without white space, plus indexes into it. Every part of it has a
 * stamp that grows when the part changes, so that results of expressions are kept until something they read
 * has changed.
 *
 * _private of nodes: fact and cell elements lead to their ZcField, row elements to their ZcRecordRow.
 */

typedef struct _ZcRecordLedger ZcRecordLedger;

typedef struct
{
  ZcRecordLedger *ledger;
  guint64 number;
  guint position; /* its index in the user's order */
  xmlNode *node;
  GByteArray *memo; /* what conditions gave for this row, by ZcExpression slot: 0 unknown, 1 false, 2 true */
  gboolean fine;    /* its values were checked and are fine (rules/) */
} ZcRecordRow;

struct _ZcRecordLedger
{
  const ZcLedger *spec;
  xmlNode *node;
  GPtrArray *rows;       /* (element-type ZcRecordRow) */
  GHashTable *by_number; /* guint64 * in the row → ZcRecordRow */
  guint64 stamp;
  double *sums; /* by column order: kept results of total(), NaN where not known */
};

struct _ZcRecord
{
  gatomicrefcount references;
  ZcScheme *scheme;
  guint revision;

  xmlDoc *doc;
  xmlNode *root;
  xmlNode *sections[6]; /* facts, answers, ledgers, findings, texts, evidence */
  xmlNode **facts;      /* by ZcField.order, NULL where nothing is stated */
  xmlNode **answers;    /* by ZcItem.order */
  xmlNode **texts;      /* by index in ZcScheme.chapters */
  ZcRecordLedger *ledgers;
  GPtrArray *findings;         /* (element-type xmlNode) */
  GPtrArray *files;            /* (element-type xmlNode) */
  GHashTable *finding_numbers; /* guint64 * → xmlNode */
  GHashTable *file_numbers;    /* guint64 * → xmlNode */
  GHashTable *files_of;        /* item id → (element-type xmlNode) its file elements */

  guint64 clock; /* grows with every change */
  guint64 *fact_stamps;
  guint64 *answer_stamps;
  guint64 findings_stamp;
  guint64 evidence_stamp;
  guint64 today_stamp;
  guint today; /* the day number that @today_stamp stands for */

  ZcEvaluator *evaluator;
};

enum
{
  ZC_SECTION_FACTS,
  ZC_SECTION_ANSWERS,
  ZC_SECTION_LEDGERS,
  ZC_SECTION_FINDINGS,
  ZC_SECTION_TEXTS,
  ZC_SECTION_EVIDENCE,
};

/** The names of the sections' elements, in order. */
extern const char *const zc_record_sections[6];

/** A field of an answer or a finding: attributes in byte order first, then elements in a fixed order. */
typedef struct
{
  const char *name;
  gboolean element;
} ZcRecordPart;

#define ZC_ANSWER_PARTS 5
#define ZC_FINDING_PARTS 8
extern const ZcRecordPart zc_answer_parts[ZC_ANSWER_PARTS];
extern const ZcRecordPart zc_finding_parts[ZC_FINDING_PARTS];

/** What the record says of a file of evidence besides its items and caption. */
typedef struct
{
  guint64 id;
  const char *name;
  guint64 size;
  const char *sm3;
  const char *sha256;
  const char *caption;
} ZcRecordFile;

/* Building (zc-record-build.c): each call puts its part where it belongs and stamps it. "" or NULL takes it
 * out. */
ZcRecord *zc_record_new_empty (ZcScheme *scheme);
void zc_record_clear (ZcRecord *self, ZcScheme *scheme);
void
zc_record_put_root (ZcRecord *self, const char *id, const char *nonce, const char *created, guint revision);
void zc_record_put_fact (ZcRecord *self, const ZcField *fact, const char *value);
void zc_record_put_answer (ZcRecord *self, const ZcItem *item, const char *const values[ZC_ANSWER_PARTS]);
ZcRecordRow *zc_record_add_row (ZcRecord *self, ZcRecordLedger *ledger, guint64 number);
void zc_record_order_rows (ZcRecord *self, ZcRecordLedger *ledger, const guint64 *numbers, guint n);
void zc_record_put_cell (ZcRecord *self, ZcRecordRow *row, const ZcField *column, const char *value);
void zc_record_put_finding (ZcRecord *self, guint64 number, const char *const values[ZC_FINDING_PARTS]);
void zc_record_drop_findings (ZcRecord *self);
void zc_record_put_text (ZcRecord *self, guint chapter, const char *value);
void zc_record_add_file (ZcRecord *self, const ZcRecordFile *file, const char *const *items);
void zc_record_drop_files (ZcRecord *self);
/** zc_record_tick: looks whether it is another day, for what today() gave; the evaluation of rows does not
 * look by itself. */
void zc_record_tick (ZcRecord *self);
/** zc_record_derive: computes the derived facts, in the scheme's order. */
void zc_record_derive (ZcRecord *self);

/* Looking up. All return NULL where there is nothing. */
ZcRecordLedger *zc_record_find_ledger (ZcRecord *self, const char *id);
ZcRecordRow *zc_record_find_row (ZcRecord *self, const char *ledger, guint64 number);
ZcRecordRow *zc_record_row_of (const xmlNode *node); /* the row that @node is or lies in */
xmlNode *zc_record_find_finding (ZcRecord *self, guint64 number);
xmlNode *zc_record_find_file (ZcRecord *self, guint64 id);
int zc_record_chapter_index (ZcRecord *self, const char *id);
const xmlNode *zc_record_cell_node (const ZcRecordRow *row, const char *column);
/** zc_record_node_text: Returns: (nullable) (transfer none): the text of a leaf of the record's tree. */
const char *zc_record_node_text (const xmlNode *node);
/** zc_record_node_attribute: Returns: (nullable) (transfer none) */
const char *zc_record_node_attribute (const xmlNode *node, const char *name);
/** zc_record_part: Returns: (nullable) (transfer none): a field of an answer or finding element. */
const char *zc_record_part (const xmlNode *node, const char *name);
guint64 zc_record_node_number (const xmlNode *node);
/** zc_record_peek: what is stated at @place. Returns: (nullable) (transfer none) */
const char *zc_record_peek (ZcRecord *self, const ZcPlace *place);
/** zc_record_field_of: the field that says what may stand at @place. Returns: (nullable) */
const ZcField *zc_record_field_of (const ZcScheme *scheme, const ZcPlace *place);

G_END_DECLS
