/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-xml.h"

G_BEGIN_DECLS

/*
 * A scheme: one notice as data. Read from XML once, checked whole, never changed afterwards; all fields of these
 * structs are read-only, owned by the scheme and live as long as it does. Strings are never NULL unless marked
 * nullable; texts are Chinese and come straight from the XML. The language is described in data/schemes/LANGUAGE.md
 * and scheme.rng.
 *
 * XPath expressions (fields called when, select, each, test) are kept as text. They were compiled once by the check,
 * and are evaluated over the record by record/zc-record.h.
 */

/** Where a text comes from, so that nobody takes a derived table for the official attachment. */
typedef enum
{
  ZC_CONFIDENCE_NOTICE,   /* 通知原文 */
  ZC_CONFIDENCE_FORM,     /* from a retrieved public copy of a form */
  ZC_CONFIDENCE_RECALLED, /* recalled, not retrieved: check against an official copy */
  ZC_CONFIDENCE_DERIVED,  /* 依据通知整理，非官方附件 */
} ZcConfidence;

typedef enum
{
  ZC_VALUE_TEXT,     /* one line */
  ZC_VALUE_PROSE,    /* several lines */
  ZC_VALUE_NUMBER,   /* canonical decimal, see zc_number_parse() */
  ZC_VALUE_DATE,     /* YYYY-MM-DD */
  ZC_VALUE_CHOICE,   /* one option id */
  ZC_VALUE_MULTIPLE, /* option ids in the scheme's order, joined by one space */
} ZcValueType;

typedef struct
{
  char *id;
  char *label;
  gboolean exclusive; /* multiple choice: excludes all others (无, 未设置) */
} ZcOption;

/** ZcField: a value that can be stated: a fact of the unit, or a column of a ledger. */
typedef struct
{
  char *id;
  char *label;
  char *help;  /* "" if there is none */
  char *basis; /* 统计口径, printed beside numbers; "" if there is none */
  char *unit;  /* 个, 台, 万元 …; "" if there is none */
  char *group; /* heading under which the unit page shows it; "" if there is none */
  ZcValueType type;
  GPtrArray *options; /* (element-type ZcOption) of choices, else empty */
  double min, max;    /* of numbers; -INFINITY, INFINITY if open */
  guint decimals;     /* of numbers: digits behind the point */
  char *pattern;      /* nullable: a GRegex the whole text must match: phone, IP, domain … */
  char *example;      /* "" if there is none */
  gboolean required;  /* must be stated where it applies */
  gboolean unique;    /* columns: no two rows may state the same */
  guint width;        /* columns: relative width in grids and annexes, 1 to 20 */
  char *when;         /* nullable: it only applies while this XPath holds (columns: with the row as context) */
  char *select;       /* nullable: derived: computed by this XPath, never typed */
  gboolean common;    /* from the dictionary facts.xml: the same in every scheme, prefilled from other inspections */
  ZcConfidence confidence;
  guint order;        /* its index in ZcScheme.facts, or in its ledger's columns */
} ZcField;

typedef struct
{
  char *id;
  char *label;
  char *help;
  GPtrArray *columns; /* (element-type ZcField) */
  guint min_rows;     /* how many rows there must be where it applies */
  char *when;         /* nullable */
  char *empty_text;   /* what forms print when there is no row: 无 */
  char *title_column; /* the column that names a row in messages: usually "name" */
  gboolean common;
  guint order;
} ZcLedger;

/** A kind of evidence: E1 正式印发文件 … E20 事件报告, from the dictionary. */
typedef struct
{
  char *id;
  char *label;
} ZcEvidenceKind;

/** What evidence an item asks for. */
typedef struct
{
  const ZcEvidenceKind *kind;
  char *label;    /* what exactly, in own words; the kind's label if the scheme says nothing */
  gboolean required;
  char *when;     /* nullable: required only while this holds */
} ZcEvidenceNeed;

typedef struct _ZcSection ZcSection;

/** ZcItem: one thing to inspect. */
typedef struct
{
  char *id;          /* X07 */
  char *clause;      /* 五（一） */
  char *title;
  char *requirement; /* in our own words */
  char *guidance;    /* how to check; "" if there is none */
  char *threshold;   /* in words; "" if there is none */
  ZcConfidence confidence;
  gboolean conformity; /* asks 符合 / 部分符合 / 不符合 / 不适用 */
  gboolean allows_na;  /* 不适用 may be chosen */
  char *when;          /* nullable: the item applies only while this holds */
  char *condition;     /* "when" in words, "" if there is none */
  GPtrArray *fields;   /* (element-type ZcField) facts asked on this item's page, in order; borrowed */
  GPtrArray *ledgers;  /* (element-type ZcLedger) shown on this item's page; borrowed */
  GPtrArray *evidence; /* (element-type ZcEvidenceNeed) */
  const ZcSection *section;
  char *wording;       /* SHA-256 (hex) of clause, title, requirement and threshold: tells whether a carried-over answer meets the same words */
  guint order;         /* its index in ZcScheme.items */
} ZcItem;

struct _ZcSection
{
  char *id;
  char *label;
  char *clause;
  GPtrArray *items; /* (element-type ZcItem) borrowed */
};

typedef enum
{
  ZC_LEVEL_MUST,   /* 必须改: sealing is refused */
  ZC_LEVEL_SHOULD, /* 建议看 */
  ZC_LEVEL_NOTE,   /* 提示 */
} ZcLevel;

/** ZcRule: a check. @test holds where all is well. */
typedef struct
{
  char *id;
  ZcLevel level;
  char *when;    /* nullable */
  char *each;    /* nullable: a node set (rows, findings); the rule is checked with each node as context */
  char *test;
  char *at;      /* template of a place: "fact:sys.filed", "cell:systems/{@row}/level", "item:X20" */
  char *message; /* template, see record/zc-template.h */
  char *source;  /* clause or "V1" it comes from */
} ZcRule;

/**
 * A stage of the notice's calendar. Dates are YYYY-MM-DD; in ZcScheme.stages, those written relative to the period are
 * NULL (see zc_scheme_stages()).
 */
typedef struct
{
  char *id;
  char *label;
  char *clause;
  char *written_from, *written_to; /* nullable: as the notice has it: a date, or a day relative to the period */
  char *from; /* nullable */
  char *to;   /* nullable */
  gboolean office; /* done by the office, not by the unit */
} ZcStage;

typedef enum
{
  ZC_CARRIER_PAPER,
  ZC_CARRIER_DISC,
  ZC_CARRIER_MAIL,
  ZC_CARRIER_ONSITE,
} ZcCarrier;

/** One thing that has to be handed in. In ZcScheme.deliveries, days relative to the period are NULL (see
 * zc_scheme_deliveries()). */
typedef struct
{
  char *id;
  char *label;
  char *clause;
  ZcCarrier carrier;
  char *document; /* nullable: which document of the scheme it is */
  char *item;     /* nullable: whose evidence it is (a scan, the tool's own file) */
  guint copies;
  gboolean seal;      /* 加盖公章 */
  gboolean signature; /* 签字 */
  char *to;
  char *written;   /* nullable: the last day as the notice has it: a date, or a day relative to the period ("period.to+15") */
  gboolean before; /* "X日前": it must be there before that day */
  char *due;       /* nullable: YYYY-MM-DD: the last day named by the notice */
  char *plan;      /* nullable: YYYY-MM-DD: the last working day before @due ("X日前" may close early) */
} ZcDelivery;

typedef enum
{
  ZC_DOCUMENT_SUMMARY,     /* 自查报告 */
  ZC_DOCUMENT_FORM,        /* 报告表 */
  ZC_DOCUMENT_UNDERTAKING, /* 承诺书 */
  ZC_DOCUMENT_ANNEX,       /* ledgers, evidence list and other annexes */
  ZC_DOCUMENT_SHEET,       /* copy sheet for a mandated tool, readiness list: for the unit's own use, not handed in */
} ZcDocumentKind;

/** A chapter of a document whose text the unit may edit. */
typedef struct
{
  char *id;
  char *heading; /* as prescribed */
  char *hint;    /* what the notice asks of it, "" if nothing */
  const char *document; /* id of the document it belongs to */
} ZcChapter;

/** ZcDocumentSpec: a document to print. @body is its element, checked; documents/ walks it (elements: LANGUAGE.md). */
typedef struct
{
  char *id;
  char *title;
  ZcDocumentKind kind;
  ZcConfidence confidence;
  char *filename; /* ASCII, no extension */
  const xmlNode *body;
} ZcDocumentSpec;

typedef enum
{
  ZC_STATUS_IN_FORCE,
  ZC_STATUS_EXPIRED, /* 已失效: an example; say so */
} ZcStatus;

typedef enum
{
  ZC_PERIOD_ONCE,
  ZC_PERIOD_YEARLY,
  ZC_PERIOD_HALF_YEARLY,
} ZcPeriodKind;

typedef struct _ZcScheme ZcScheme;
struct _ZcScheme
{
  char *id;
  char *version;
  char *title;   /* short, for lists: 西城区2016年电子政务安全检查 */
  char *subject; /* what is inspected, for lists and file names: 网络与信息系统安全自查 */

  /* the notice */
  char *notice_title;
  char *notice_number; /* "" if there is none */
  char *notice_date;   /* nullable: YYYY-MM-DD */
  char *issuer;        /* joined by 、 */
  char *recipient;     /* the office that receives */
  char *about;         /* in own words, one paragraph */
  ZcStatus status;
  char *status_text;   /* why and what follows; "" if in force */
  char *due;           /* nullable: YYYY-MM-DD: the earliest date of deliveries; see zc_scheme_due() */

  ZcPeriodKind period;
  char *period_from; /* nullable: default of fact period.from */
  char *period_to;   /* nullable */

  GArray *rest_days, *work_days; /* (element-type guint) Julian days: Mondays to Fridays without work, weekends with */

  GPtrArray *stages;     /* (element-type ZcStage) */
  GPtrArray *deliveries; /* (element-type ZcDelivery) */
  GPtrArray *facts;      /* (element-type ZcField) derived ones included, in order of the scheme */
  GPtrArray *ledgers;    /* (element-type ZcLedger) */
  GPtrArray *sections;   /* (element-type ZcSection) */
  GPtrArray *items;      /* (element-type ZcItem) in order */
  GPtrArray *rules;      /* (element-type ZcRule) */
  GPtrArray *documents;  /* (element-type ZcDocumentSpec) in the order of the hand-in list */
  GPtrArray *chapters;   /* (element-type ZcChapter) of all documents */
  GPtrArray *kinds;      /* (element-type ZcEvidenceKind) */

  GBytes *bytes;  /* the exact XML it was read from, common dictionary already merged in: an inspection keeps these */
  char *digest;   /* SM3 of @bytes, hex */
};

/**
 * zc_scheme_load_bytes: reads and checks a scheme.
 * @name: how messages call it
 *
 * A scheme that uses the dictionary (`<use …/>`) is first made whole: what it uses is merged in, so that
 * ZcScheme.bytes stands alone for ever. Bytes that are whole already load to themselves.
 *
 * Returns: (transfer full) (nullable): NULL with the first fault as "NAME, line N: what, what to write instead"
 */
ZcScheme *zc_scheme_load_bytes (GBytes *bytes, const char *name, GError **error);

/** zc_scheme_load_file: Returns: (transfer full) (nullable) */
ZcScheme *zc_scheme_load_file (const char *path, GError **error);

/**
 * zc_scheme_load: by id of a shipped or imported scheme, or by path if @id_or_path has a "/" or ends in ".xml". By
 * id, the unit's imported overlay for it is laid over it. A shipped scheme comes before an imported one of the same
 * id.
 * Returns: (transfer full) (nullable)
 */
ZcScheme *zc_scheme_load (const char *id_or_path, GError **error);

/**
 * zc_scheme_list: ids of all schemes that can be loaded by id: shipped ones (folder "schemes" of the data folder,
 * $ZICHA_DATADIR for tests) and imported ones (user data folder "zicha/schemes"), in order of title.
 * Returns: (transfer full): NULL-terminated
 */
char **zc_scheme_list (void);

/**
 * zc_scheme_import: checks the scheme or overlay at @path and copies it to the user's schemes, whole or not at all. A
 * scheme is kept with what it uses of the dictionary merged in; it replaces one imported earlier under the same id, but
 * never a shipped one. An overlay replaces the one imported earlier for the same scheme.
 * Returns: (transfer full) (nullable): the id under which zc_scheme_load() gives it
 */
char *zc_scheme_import (const char *path, GError **error);

/**
 * zc_scheme_overlay: the unit's own layout over a notice's: documents, stages, deliveries, rules, items and texts of
 * @overlay (root element `<overlay for="ID">`) replace those of the same id in @base or are added. Facts, ledgers,
 * columns, options, items and chapters of @base must still be there afterwards, with their types, so that no answer
 * is lost.
 * Returns: (transfer full) (nullable): the merged scheme
 */
ZcScheme *zc_scheme_overlay (ZcScheme *base, GBytes *overlay, const char *name, GError **error);

/**
 * zc_scheme_period: the period that a self-check begun on @today reports on. What the notice names; of a yearly
 * notice in a later year, the same days of that year; if it names none, the year or half-year of @today.
 * @from, @to: (out) (transfer full) (nullable): YYYY-MM-DD; NULL if a notice for once names none
 */
void zc_scheme_period (const ZcScheme *self, const char *today, char **from, char **to);

/**
 * zc_scheme_deliveries, zc_scheme_stages, zc_scheme_due: what has to be handed in, the calendar, and the earliest day,
 * of a self-check that reports on @from – @to (nullable: the period that the notice names): days relative to the
 * period are worked out, and the day to plan for heeds the calendar of working days. Where the period is not known
 * they stay NULL.
 *
 * Returns: (transfer full) (element-type ZcDelivery, ZcStage); zc_scheme_due(): (nullable)
 */
GPtrArray *zc_scheme_deliveries (const ZcScheme *self, const char *from, const char *to);
GPtrArray *zc_scheme_stages (const ZcScheme *self, const char *from, const char *to);
char *zc_scheme_due (const ZcScheme *self, const char *from, const char *to);

/** zc_scheme_day: a day as the notice has it, worked out. Returns: (transfer full) (nullable): YYYY-MM-DD */
char *zc_scheme_day (const ZcScheme *self, const char *written, const char *from, const char *to);

/** zc_day_is_relative: whether @written (nullable) is a day relative to the period, such as "period.to+15". */
gboolean zc_day_is_relative (const char *written);

/** zc_day_words: Returns: (transfer full): a day as the notice has it, in Chinese: 2016年7月8日, 自查期间结束后15日 */
char *zc_day_words (const char *written);

/** zc_scheme_is_workday: whether people work on the Julian day @day, as far as the scheme knows. */
gboolean zc_scheme_is_workday (const ZcScheme *self, guint day);

ZcScheme *zc_scheme_ref (ZcScheme *self);
void zc_scheme_unref (ZcScheme *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcScheme, zc_scheme_unref)

/* Look-ups by id. Returns: (transfer none) (nullable) */
const ZcField *zc_scheme_find_fact (const ZcScheme *self, const char *id);
const ZcItem *zc_scheme_find_item (const ZcScheme *self, const char *id);
const ZcLedger *zc_scheme_find_ledger (const ZcScheme *self, const char *id);
const ZcField *zc_ledger_find_column (const ZcLedger *self, const char *id);
const ZcChapter *zc_scheme_find_chapter (const ZcScheme *self, const char *id);
const ZcDocumentSpec *zc_scheme_find_document (const ZcScheme *self, const char *id);
const ZcOption *zc_field_find_option (const ZcField *self, const char *id);

/**
 * zc_field_new: a field that belongs to no scheme, for what every scheme has: the parts of answers and findings. It
 * is never freed.
 * @options: (nullable): id, label, id, label, …, NULL
 */
ZcField *zc_field_new (const char *id, const char *label, ZcValueType type, const char *const *options, guint order);

/** zc_field_check: whether @text can be stated in @self, and in which form it is kept (options by id or by label, dates and
 * numbers in canonical form, texts normalised). Returns: (transfer full) (nullable): the form kept; "" for an empty
 * @text; NULL with a sentence naming the field in @error */
char *zc_field_check (const ZcField *self, const char *text, GError **error);

/** zc_field_display: a kept value as it is printed and shown: option labels joined by 、, dates as 2016年7月8日; numbers and
 * texts as they are. Returns: (transfer full) */
char *zc_field_display (const ZcField *self, const char *value);

/** zc_confidence_label: Returns: translated, for example "derived from the notice, not the official attachment". */
const char *zc_confidence_label (ZcConfidence confidence);

G_END_DECLS
