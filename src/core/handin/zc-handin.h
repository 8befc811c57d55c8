/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/zc-document-builder.h"
#include "package/zc-package-writer.h"
#include "rules/zc-rules.h"

G_BEGIN_DECLS

/*
 * The unit's steps from answers to disc, composed of what the folders before this one offer. The command line and the
 * window call these and nothing below them for this work, so that both do the same.
 */

/**
 * zc_handin_record: what is to be printed and packed: the frozen record if @inspection is sealed, else the record as it
 * stands. The result belongs to no thread: it can be handed to a worker.
 * @mark: (out) (transfer full) (nullable): what sealed pages carry; NULL for a draft
 *
 * Returns: (transfer full) (nullable)
 */
ZcRecord *zc_handin_record (ZcInspection *inspection, ZcSealMark **mark, GError **error);

/**
 * zc_handin_places: every place that the documents must print: what is typed, and the name of each evidence file.
 * Returns: (transfer full) (element-type char*)
 */
GPtrArray *zc_handin_places (ZcRecord *record);

/**
 * zc_handin_preflight: every rule, every built-in check, what no document prints, what has characters that no font
 * can print, what does not fit into its room on paper, and which evidence file the inspection lacks. Moves a draft without anything to fix on to "checked".
 *
 * Returns: (transfer full) (element-type ZcResult)
 */
GPtrArray *zc_handin_preflight (ZcInspection *inspection, ZcRecord *record);

/**
 * zc_handin_quick_check: the same without building the documents, so that it can follow every edit; changes no state.
 */
GPtrArray *zc_handin_quick_check (ZcInspection *inspection, ZcRecord *record);

/**
 * zc_handin_check_evidence: a look at every evidence byte; ZC_ERROR_DAMAGED names the file that is not what it was.
 * Long work.
 */
gboolean zc_handin_check_evidence (ZcInspection *inspection, const ZcProgress *progress, GError **error);

/**
 * ZcChecked: a whole preflight and the record it looked at: made on a worker's read-only handle, so that only the
 * freezing is left to the thread of the window.
 */
typedef struct
{
  GPtrArray *results; /* (element-type ZcResult) */
  GBytes *record;
} ZcChecked;

/** zc_handin_check: long work. Returns: (transfer full) */
ZcChecked *zc_handin_check (ZcInspection *inspection);
/**
 * zc_handin_freeze: what was checked is sealed. The evidence was checked before.
 * @checked: of the same file, in which nothing was stated since: the caller compared data versions
 *
 * Errors: ZC_ERROR_PREFLIGHT naming the first thing that must be fixed and how many more there are.
 * Returns: (transfer full) (nullable): the seal code
 */
char *zc_handin_freeze (ZcInspection *inspection, const ZcChecked *checked, GError **error);
void zc_checked_free (ZcChecked *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcChecked, zc_checked_free)

/** zc_handin_seal: all three in one. Returns: (transfer full) (nullable): the seal code */
char *zc_handin_seal (ZcInspection *inspection, const ZcProgress *progress, GError **error);

/**
 * zc_handin_code: Returns: (transfer full) (nullable): the seal code in force; NULL with ZC_ERROR_USAGE if it is not
 * sealed.
 */
char *zc_handin_code (ZcInspection *inspection, GError **error);

/** The formats a report can be written in; OR them. */
typedef enum
{
  ZC_FORMAT_PDF = 1 << 0,
  ZC_FORMAT_DOCX = 1 << 1,
} ZcFormat;

/** ZcReportFile: one file of a report. */
typedef struct
{
  char *document; /* its id */
  char *title;
  char *path;
  guint pages;    /* of PDFs */
} ZcReportFile;

/** ZcPrinted: where a place is printed. */
typedef struct
{
  char *place;
  char *document;
  GArray *pages; /* (element-type guint), from 1 */
  gboolean overflows; /* it is larger than its room there */
} ZcPrinted;

typedef struct
{
  GPtrArray *files;    /* (element-type ZcReportFile) */
  GPtrArray *coverage; /* (element-type ZcPrinted), in record order, then document order */
  GPtrArray *warnings; /* (element-type char*): translated: substituted fonts, and the defects */
  guint defects;       /* how many warnings say that something is not printed as it should be: to be mended first */
} ZcReport;

void zc_report_free (ZcReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcReport, zc_report_free)

/**
 * zc_handin_report: writes all documents of @record into the folder @dir (made if it is missing), replacing older
 * ones of the same name. To be called from any thread.
 */
ZcReport *zc_handin_report (ZcRecord *record, const ZcSealMark *mark, const char *dir, guint formats, const ZcProgress *progress,
                            GError **error);

/**
 * The package's members besides those of package/zc-member.h: what the evidence files were called, and the earlier
 * seals.
 */
#define ZC_MEMBER_FILES "files.txt"
#define ZC_MEMBER_SEALS "seals.txt"

/** ZcPacking: who may open the package, and what goes in besides the sealed record. All of it belongs to the caller. */
typedef struct
{
  ZcSuite suite;
  GPtrArray *certificates;    /* (element-type ZcCertificate) nullable */
  const ZcSecret *passphrase; /* nullable */
  const char *scan;           /* nullable: a scan of the stamped pages */
  gboolean docx;              /* the documents as DOCX too */
} ZcPacking;

/** zc_handin_may_pack: whether it is sealed; ZC_ERROR_USAGE if not. */
gboolean zc_handin_may_pack (ZcInspection *inspection, GError **error);

/**
 * zc_handin_pack: writes the package of the sealed inspection and notes it in its log. Contents: record.xml,
 * scheme.xml, the sealed documents, files.txt (generated name, original name, items), seals.txt (earlier revisions),
 * the evidence, the scan.
 */
gboolean zc_handin_pack (ZcInspection *inspection, const ZcPacking *packing, const char *path, const ZcProgress *progress,
                         GError **error);

G_END_DECLS
