/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-place.h"
#include "base/zc-progress.h"
#include "base/zc-source.h"
#include "scheme/zc-scheme.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ZcInspection: one unit, one scheme, one period: the user's document, a .zicha file (one SQLite database).
 *
 * All it holds is statements: a place (base/zc-place.h) and a text. Every edit is one transaction, on disk when the
 * call returns, and one named step of the history, which survives closing and covers everything. A sealed inspection
 * refuses edits with ZC_ERROR_READ_ONLY.
 *
 * To be used from the thread that made it; long calls take a ZcProgress and may be made from a worker thread on a
 * second, read-only handle of the same file (zc_inspection_open with ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED).
 *
 * Signals: "changed" (const char *place): a statement changed, appeared or went, by edit, undo or import; place is
 * NULL when much changed at once. "state-changed".
 */
#define ZC_TYPE_INSPECTION (zc_inspection_get_type ())
G_DECLARE_FINAL_TYPE (ZcInspection, zc_inspection, ZC, INSPECTION, GObject)

typedef enum
{
  ZC_OPEN_NORMAL = 0,
  ZC_OPEN_READ_ONLY = 1 << 0, /* never writes; needs no lock, works on read-only media */
  ZC_OPEN_SHARED = 1 << 1,    /* with READ_ONLY: also while another handle writes */
} ZcOpenFlags;

typedef enum
{
  ZC_STATE_DRAFT,   /* 草稿 */
  ZC_STATE_CHECKED, /* 已核对: preflight had nothing to fix; the next edit makes it a draft again */
  ZC_STATE_SEALED,  /* 已封存 */
  ZC_STATE_PACKED,  /* 已打包 */
  ZC_STATE_BURNED,  /* 已刻录并核验 */
} ZcState;

/** zc_inspection_create: makes the file (mode 0600), which must not exist yet. It states the period that is reported on, if the
 * scheme asks for it (zc_scheme_period()). Returns: (transfer full) (nullable) */
ZcInspection *zc_inspection_create (const char *path, ZcScheme *scheme, GError **error);

/**
 * zc_inspection_open: opens the file, migrating an older one (a copy "NAME.vN.bak" first, then one transaction).
 *
 * ZC_ERROR_BUSY: open for writing elsewhere. ZC_ERROR_TOO_NEW: only with READ_ONLY; ZC_ERROR_INVALID: not an
 * inspection, or damaged. ZC_ERROR_READ_ONLY: the file or folder can't be written and READ_ONLY was not asked.
 * Returns: (transfer full) (nullable)
 */
ZcInspection *zc_inspection_open (const char *path, ZcOpenFlags flags, GError **error);

const char *zc_inspection_get_path (ZcInspection *self);
/** zc_inspection_get_scheme: the exact scheme it was made with, kept in the file. */
ZcScheme *zc_inspection_get_scheme (ZcInspection *self);
/**
 * zc_inspection_set_scheme: the same scheme, overlaid or in a new version; ids in use must still be there. One
 * undoable step.
 */
gboolean zc_inspection_set_scheme (ZcInspection *self, ZcScheme *scheme, GError **error);
ZcState zc_inspection_get_state (ZcInspection *self);
/**
 * zc_inspection_is_read_only: whether this handle may not write; a sealed inspection takes no edits, but its log
 * does.
 */
gboolean zc_inspection_is_read_only (ZcInspection *self);
/** zc_inspection_get_left_out: how many statements a read-only handle left out, because they are damaged or too new. */
guint zc_inspection_get_left_out (ZcInspection *self);
/** zc_inspection_get_meta: "id" (random, 32 hex), "nonce" (32 hex), "created" (RFC 3339), "program", "revision" (lowest the
 * next seal may have, set by import only). Returns: (nullable) */
const char *zc_inspection_get_meta (ZcInspection *self, const char *key);
/**
 * zc_inspection_set_meta: used by import to take over another record's id, nonce, created and revision; part of its
 * step.
 */
gboolean zc_inspection_set_meta (ZcInspection *self, const char *key, const char *value, GError **error);

/* Statements */

/**
 * zc_inspection_get: Returns: (transfer none) (nullable): what is stated at @place, valid until the next edit; NULL
 * if nothing.
 */
const char *zc_inspection_get (ZcInspection *self, const char *place);
/** zc_inspection_get_at: the same of the place that zc_place_new() makes of these. */
const char *zc_inspection_get_at (ZcInspection *self, ZcPlaceKind kind, const char *id, guint64 number, const char *field);

/**
 * zc_inspection_set: states @value at @place; NULL or "" takes the statement back. The place must exist in the scheme
 * (rows, findings and evidence in the inspection), the value is checked and kept in canonical form
 * (zc_field_check()). One undoable step, named after the place, unless a group is open; successive edits of the same
 * place within five seconds become one step. Setting what is already stated is no step.
 */
gboolean zc_inspection_set (ZcInspection *self, const char *place, const char *value, GError **error);

/**
 * zc_inspection_begin: opens a group: all edits until zc_inspection_commit() are one transaction and one step called
 * @name (translated). Groups nest. zc_inspection_rollback() takes the whole (outermost) group back.
 */
gboolean zc_inspection_begin (ZcInspection *self, const char *name, GError **error);
gboolean zc_inspection_commit (ZcInspection *self, GError **error);
void zc_inspection_rollback (ZcInspection *self);

/** zc_inspection_foreach: calls @func for each statement in a fixed order (kind, scheme order, number, field). */
void zc_inspection_foreach (ZcInspection *self, void (*func) (const char *place, const char *value, gpointer data), gpointer data);

/** zc_inspection_data_version: grows with every change; lets derived data know that it is stale. */
guint64 zc_inspection_data_version (ZcInspection *self);

/* Ledgers */

/** zc_inspection_get_rows: Returns: (transfer full) (element-type guint64): row numbers in the user's order. */
GArray *zc_inspection_get_rows (ZcInspection *self, const char *ledger);
/** zc_inspection_add_row: a new row before row @before (0: at the end). Returns: its number, 0 on error. */
guint64 zc_inspection_add_row (ZcInspection *self, const char *ledger, guint64 before, GError **error);
/** zc_inspection_remove_row: with its cells; one step. */
gboolean zc_inspection_remove_row (ZcInspection *self, const char *ledger, guint64 row, GError **error);
gboolean zc_inspection_move_row (ZcInspection *self, const char *ledger, guint64 row, guint64 before, GError **error);

/* Findings */

/** zc_inspection_get_findings: Returns: (transfer full) (element-type guint64): numbers, ordered by item and number. */
GArray *zc_inspection_get_findings (ZcInspection *self);
/** zc_inspection_find_finding: Returns: the first finding of @item, 0 if there is none. */
guint64 zc_inspection_find_finding (ZcInspection *self, const char *item);
/**
 * zc_inspection_add_finding: opened by itself when an item becomes 部分符合 or 不符合 and has none. Returns: its number, 0
 * on error.
 */
guint64 zc_inspection_add_finding (ZcInspection *self, const char *item, GError **error);
gboolean zc_inspection_remove_finding (ZcInspection *self, guint64 finding, GError **error);

/* The fields of answers and findings are ZcFields of their own, the same in every scheme; zc_inspection_set() checks
 * by them. */

/** zc_answer_fields: conformity, reason, note, review, confirmed. Returns: (transfer none) (element-type ZcField) */
GPtrArray *zc_answer_fields (void);
/** zc_finding_fields: item, source {技术检测, 单位自查, 日常监测}, problem, severity {高, 中, 低}, measure, person, due, state
 * {未整改, 整改中, 已整改}. Returns: (transfer none) (element-type ZcField) */
GPtrArray *zc_finding_fields (void);

/* History */

typedef struct
{
  gint64 id;
  char *name; /* translated at the time: "Change the note of 1.3" */
  char *time; /* RFC 3339 */
  gboolean undone;
} ZcStep;

void zc_step_free (ZcStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcStep, zc_step_free)

/**
 * zc_inspection_get_told: what "changed" with NULL is about, while it is told.
 * Returns: (transfer none) (nullable) (element-type utf8): places, one after another as they were edited; some may be there
 *   twice, some are the program's own
 */
GPtrArray *zc_inspection_get_told (ZcInspection *self);

/** zc_inspection_undo_name: Returns: (transfer full) (nullable): what undo would take back. */
char *zc_inspection_undo_name (ZcInspection *self);
char *zc_inspection_redo_name (ZcInspection *self);
/** zc_inspection_undo: in zc-travel.h in parts, when it may be much. */
gboolean zc_inspection_undo (ZcInspection *self, GError **error);
gboolean zc_inspection_redo (ZcInspection *self, GError **error);
/** zc_inspection_history: Returns: (transfer full) (element-type ZcStep): the newest first, at most @most. */
GPtrArray *zc_inspection_history (ZcInspection *self, guint most);

/* Evidence (zc-evidence.c, zc-attach.c) */

typedef struct
{
  guint64 id;
  char *name; /* the original file name as it can be shown */
  guint64 size;
  char *sm3;    /* hex */
  char *sha256; /* hex */
  char *caption; /* "" if there is none */
  char *added;   /* RFC 3339 */
  char **items;  /* ids of the items it belongs to, in scheme order */
} ZcEvidence;

void zc_evidence_free (ZcEvidence *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcEvidence, zc_evidence_free)

/** The most one evidence file may have: 64 GiB. */
#define ZC_EVIDENCE_MAX_BYTES ((guint64) 64 << 30)

/**
 * zc_inspection_attach: takes a copy of the regular file @path as evidence of @item. Streams in chunks, digests once
 * (SM3 and SHA-256), stores once: the same bytes again only add the link. Empty, vanishing, growing, linked and
 * special files are refused and change nothing. One step.
 * @item: (nullable): none yet
 *
 * Returns: the evidence's id, 0 on error
 */
guint64 zc_inspection_attach (ZcInspection *self, const char *path, const char *item, const ZcProgress *progress, GError **error);

/**
 * zc_inspection_attach_async: the same in a worker thread, while the inspection goes on being edited: the bytes go in
 * by many short transactions, and become evidence in zc_inspection_attach_finish(), in the caller's thread. @progress
 * is copied; its function is called from the worker.
 */
void zc_inspection_attach_async (ZcInspection *self, const char *path, const char *item, const ZcProgress *progress,
                                 GAsyncReadyCallback callback, gpointer data);
guint64 zc_inspection_attach_finish (ZcInspection *self, GAsyncResult *result, GError **error);

/** zc_inspection_attach_bytes: the same for bytes in memory (a pasted screenshot). */
guint64 zc_inspection_attach_bytes (ZcInspection *self, GBytes *bytes, const char *name, const char *item, GError **error);

/** zc_inspection_link: says that evidence @id serves @item too. */
gboolean zc_inspection_link (ZcInspection *self, guint64 id, const char *item, GError **error);
/** zc_inspection_detach: removes the link to @item (NULL: all links). The bytes stay for undo until the next seal. */
gboolean zc_inspection_detach (ZcInspection *self, guint64 id, const char *item, GError **error);
/** zc_inspection_get_evidence: Returns: (transfer full) (element-type ZcEvidence): of @item, or all linked if NULL. */
GPtrArray *zc_inspection_get_evidence (ZcInspection *self, const char *item);
/** zc_inspection_find_evidence: Returns: (transfer full) (nullable) */
ZcEvidence *zc_inspection_find_evidence (ZcInspection *self, guint64 id);
/**
 * zc_inspection_open_evidence: Returns: (transfer full) (nullable): its bytes, readable from any thread while @self
 * lives.
 */
ZcSource *zc_inspection_open_evidence (ZcInspection *self, guint64 id, GError **error);
/**
 * zc_inspection_check_evidence: digests the stored bytes again. Returns: FALSE with ZC_ERROR_DAMAGED naming the file.
 */
gboolean zc_inspection_check_evidence (ZcInspection *self, guint64 id, const ZcProgress *progress, GError **error);

/*
 * Taking over another record (record/zc-record.h, zc_record_import()): numbers are kept, so that exporting again
 * gives the same bytes. Only inside a group.
 */

/** zc_inspection_clear: takes every statement back: facts, answers, rows, findings, texts, links and captions. */
gboolean zc_inspection_clear (ZcInspection *self, GError **error);
/** zc_inspection_restore_row: appends row @row, which @ledger must not have. */
gboolean zc_inspection_restore_row (ZcInspection *self, const char *ledger, guint64 row, GError **error);
/** zc_inspection_restore_finding: finding @finding, which must not exist, of @item, with nothing stated yet. */
gboolean zc_inspection_restore_finding (ZcInspection *self, guint64 finding, const char *item, GError **error);
/**
 * zc_inspection_restore_evidence: a file as a record states it (id, name, size, digests; caption and items are left
 * to zc_inspection_set() and zc_inspection_link()). Its bytes are those kept under the same digests, else those of
 * the regular file @path (nullable), which must have them; with neither, ZC_ERROR_MISMATCH, unless @allow_missing:
 * then zc_inspection_check_evidence() says that it is missing.
 *
 * Returns: the id it has now: @evidence->id unless that belongs to other bytes here; 0 on error
 */
guint64 zc_inspection_restore_evidence (ZcInspection *self, const ZcEvidence *evidence, const char *path, gboolean allow_missing,
                                        const ZcProgress *progress, GError **error);

/* Seals and hand-in (zc-seals.c) */

typedef struct
{
  guint revision;  /* 版次, from 1 */
  char *time;      /* RFC 3339 */
  char *digest;    /* SM3 of the record, hex */
  GBytes *record;  /* the frozen bytes */
  char *unsealed;  /* nullable: RFC 3339 */
  char *reason;    /* nullable: why it was unsealed */
} ZcSealing;

void zc_sealing_free (ZcSealing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcSealing, zc_sealing_free)

/** zc_inspection_next_revision: Returns: the revision the next seal will have; it is stated in the record. */
guint zc_inspection_next_revision (ZcInspection *self);
/** zc_inspection_seal: keeps @record as the next revision and refuses edits from now on. The caller did preflight. */
gboolean zc_inspection_seal (ZcInspection *self, GBytes *record, GError **error);
/** zc_inspection_unseal: makes it a draft again; @reason must not be blank; the old seal stays in the history. */
gboolean zc_inspection_unseal (ZcInspection *self, const char *reason, GError **error);
/**
 * zc_inspection_get_sealing: Returns: (transfer full) (nullable): of @revision; 0: the one in force, NULL if not
 * sealed.
 */
ZcSealing *zc_inspection_get_sealing (ZcInspection *self, guint revision);

/** zc_inspection_set_checked: DRAFT → CHECKED, after a preflight without anything to fix. */
gboolean zc_inspection_set_checked (ZcInspection *self, GError **error);

/**
 * ZcHandInEvent: what was done with the sealed record: packed, image written, burnt, verified, handed in, scan
 * attached.
 */
typedef struct
{
  char *time;   /* RFC 3339 */
  char *kind;   /* "packed", "image", "burned", "verified", "receipt", "scan" */
  char *detail; /* one line for people: file, drive, medium, digest, who */
  guint revision;
} ZcHandInEvent;

void zc_hand_in_event_free (ZcHandInEvent *self);

/**
 * zc_inspection_log: keeps an event of the revision in force; "packed" and "burned" move the state on. Allowed while
 * sealed.
 */
gboolean zc_inspection_log (ZcInspection *self, const char *kind, const char *detail, GError **error);
/** zc_inspection_get_log: Returns: (transfer full) (element-type ZcHandInEvent): oldest first. */
GPtrArray *zc_inspection_get_log (ZcInspection *self);

G_END_DECLS
