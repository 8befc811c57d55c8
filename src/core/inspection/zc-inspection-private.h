/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-inspection.h"
#include "inspection/zc-store.h"

G_BEGIN_DECLS

/*
 * Beside the places that people state (base/zc-place.h) the table of statements holds a few that only the
 * program does; they have their step in the history like all others, and zc_inspection_foreach() leaves them
 * out:
 *
 *     meta:KEY            id, nonce, created, program, revision, scheme (digest of the scheme in use)
 *     previous:PLACE      what last year's inspection stated there
 *     wording:ITEM        the wording digest that last year's answer was given to
 *     former:SHA256       name of a file of last year
 *     origin:PLACE        the inspection from which the statement there was taken over; that of a finding's state stands
 *                         there until somebody says what became of what was promised
 */
#define ZC_META_PREFIX "meta:"
#define ZC_PREVIOUS_PREFIX "previous:"
#define ZC_WORDING_PREFIX "wording:"
#define ZC_FORMER_PREFIX "former:"
#define ZC_ORIGIN_PREFIX "origin:"

/** The most statements, rows of one ledger, and evidence files of one inspection. */
#define ZC_MAX_STATEMENTS 2000000u
#define ZC_MAX_ROWS 100000u
#define ZC_MAX_EVIDENCE 100000u

/** A numbered thing and the key by which it is sorted: rows of a ledger, evidence of an item. */
typedef struct
{
  guint64 key;
  guint64 number;
} ZcNumbered;

/** What the file knows of stored bytes; more than one number may name the same ones. */
typedef struct
{
  guint64 id;
  guint64 blob; /* 0: the bytes are missing */
  guint64 size;
  char *name;
  char *sm3;
  char *sha256;
  char *added;
} ZcStored;

struct _ZcInspection
{
  GObject parent_instance;

  ZcStore *store;
  ZcScheme *scheme;    /* borrowed from schemes */
  GHashTable *schemes; /* digest → ZcScheme: all that were in use, so that borrowed pointers stay good */
  gboolean read_only;
  ZcState state;
  guint revision; /* of the seal in force, 0 if there is none */
  gboolean checked;
  guint left_out; /* statements that a read-only handle does not understand */

  /* everything stated, and its order */
  GHashTable *statements; /* place → value */
  GHashTable *rows;       /* ledger → GArray of ZcNumbered */
  GHashTable *links;      /* item → GArray of ZcNumbered */
  GArray *findings;       /* ZcNumbered: order of the item, number */
  GHashTable *evidence;   /* &ZcStored.id → ZcStored */
  GHashTable *counters;   /* name → guint64 *: the last number given */
  guint64 data_version;

  /* the transaction that is open */
  guint depth;
  gboolean broken; /* something in it failed: it can only be taken back */
  gint64 step;     /* 0 until something changes */
  char *step_name;
  GPtrArray *changes; /* ZcChange */
  struct _ZcTravel *travel; /* nullable: undo or redo that is under way in parts */
  GPtrArray *told;          /* nullable: places, while "changed" tells of them all at once */

  /* the step that further typing may join */
  gint64 typing_step;
  char *typing_place;
  gint64 typing_time; /* unix seconds */

  GHashTable *storing; /* blobs that are being written (set of &guint64) */
};

/** One place that the open transaction changed, for taking it back and for telling about it. */
typedef struct
{
  char *place;
  char *old; /* nullable */
} ZcChange;

/* zc-statements.c: memory */

void _zc_statements_init (ZcInspection *self);
void _zc_statements_clear (ZcInspection *self);
/** _zc_statements_put: in memory only. @value: (nullable) */
void _zc_statements_put (ZcInspection *self, const char *place, const char *value);
const char *
_zc_statements_get (ZcInspection *self, ZcPlaceKind kind, const char *id, guint64 number, const char *field);
/** _zc_statements_numbered: Returns: (nullable): the rows of a ledger, the links of an item. */
GArray *_zc_statements_numbered (GHashTable *table, const char *id);
int _zc_numbered_find (GArray *array, guint64 number);
/** _zc_statements_index: works the order out anew, after many were put into the table itself. */
void _zc_statements_index (ZcInspection *self);
/** _zc_statements_resort: after the scheme changed. */
void _zc_statements_resort (ZcInspection *self);

/* zc-statement-check.c: what may be stated where */

/** _zc_field_of: Returns: (nullable): the field that a fact, answer, cell or finding place is of; NULL for
 * other kinds. */
const ZcField *_zc_field_of (ZcInspection *self, const ZcPlace *place);
/** _zc_check_place: that the scheme or the inspection has it, with a sentence if not. */
gboolean _zc_check_place (ZcInspection *self, const ZcPlace *place, GError **error);
/** _zc_check_value: Returns: (transfer full) (nullable): the form kept; "" takes it back. */
char *_zc_check_value (ZcInspection *self, const ZcPlace *place, const char *value, GError **error);
/** _zc_check_statement: one from the file; it must be what this program would have written. */
gboolean _zc_check_statement (ZcInspection *self, const char *place, const char *value);
/** _zc_label: Returns: (transfer full): how people call a place. */
char *_zc_label (ZcInspection *self, const ZcPlace *place);
char *_zc_item_label (ZcInspection *self, const char *item);

/* zc-edit.c: transactions */

/** _zc_edit_begin: as zc_inspection_begin(); every edit goes between this and _zc_edit_end(). */
gboolean _zc_edit_begin (ZcInspection *self, const char *name, GError **error);
/** _zc_edit_state: writes, remembers for the history, changes memory. @value: (nullable) */
gboolean _zc_edit_state (ZcInspection *self, const char *place, const char *value, GError **error);
/** _zc_edit_put: _zc_edit_state() of a place put together. */
gboolean _zc_edit_put (ZcInspection *self,
                       ZcPlaceKind kind,
                       const char *id,
                       guint64 number,
                       const char *field,
                       const char *value,
                       GError **error);
/** _zc_edit_end: commits if @ok and all before went well. Returns: TRUE if it did */
gboolean _zc_edit_end (ZcInspection *self, gboolean ok, GError **error);
/** _zc_edit_check_writable: that it is neither read-only nor sealed. */
gboolean _zc_edit_check_writable (ZcInspection *self, GError **error);
/** _zc_counter_next: Returns: a number that was never given before under @name; 0 on error. */
guint64 _zc_counter_next (ZcInspection *self, const char *name, GError **error);
/** _zc_counter_reach: @number counts as given under @name; with @write, in the file too. */
gboolean
_zc_counter_reach (ZcInspection *self, const char *name, guint64 number, gboolean write, GError **error);
gboolean _zc_counter_write (ZcInspection *self, const char *name, guint64 number, GError **error);
guint64 _zc_counter_get (ZcInspection *self, const char *name);
/** _zc_edit_join_typing: makes the open transaction part of the last step if that was at @place just now. */
void _zc_edit_join_typing (ZcInspection *self, const char *place);
void _zc_edit_remember_typing (ZcInspection *self, const char *place);
void _zc_edit_forget_typing (ZcInspection *self);
void _zc_change_free (ZcChange *change);

/* zc-history.c */

/** _zc_history_next: the step that undo or redo would take; 0 if there is none. @name: (out) (optional) */
gint64 _zc_history_next (ZcInspection *self, gboolean redo, char **name);

/* zc-travel.c */

/** _zc_travel_settle: finishes undo or redo that is under way, before anything else is done. */
void _zc_travel_settle (ZcInspection *self);

/* zc-load.c */
gboolean _zc_load (ZcInspection *self, GError **error);
/** _zc_load_scheme: takes the scheme with @digest into use, from memory or the file. */
gboolean _zc_load_scheme (ZcInspection *self, const char *digest, GError **error);
/** _zc_load_state: state and revision from seals and events. */
gboolean _zc_load_state (ZcInspection *self, GError **error);

/* zc-ledgers.c, zc-findings.c: parts of zc_inspection_set() */
gboolean _zc_state_row (ZcInspection *self, const ZcPlace *place, const char *key, GError **error);
gboolean _zc_drop_row (ZcInspection *self, const char *ledger, guint64 row, GError **error);
gboolean _zc_drop_finding (ZcInspection *self, guint64 finding, GError **error);
/** _zc_promise_answered: what was promised as @finding is no question any more. */
gboolean _zc_promise_answered (ZcInspection *self, guint64 finding, GError **error);
/** _zc_after_conformity: opens, or takes back, the finding that goes with an answer. */
gboolean _zc_after_conformity (ZcInspection *self, const char *item, const char *value, GError **error);

/* zc-evidence.c */

/** _zc_check_item: that the scheme has @item (nullable). */
gboolean _zc_check_item (ZcInspection *self, const char *item, GError **error);
/** _zc_state_link: that evidence @id belongs to @item, or with NULL to the inspection as a whole. */
gboolean _zc_state_link (ZcInspection *self, guint64 id, const char *item, GError **error);
/** _zc_attach_step: Returns: (transfer full): what the history calls it. */
char *_zc_attach_step (ZcInspection *self, const char *name, const char *item);

/* zc-blobs.c: stored bytes */

void _zc_stored_free (ZcStored *stored);
ZcStored *_zc_stored_find (ZcInspection *self, guint64 id);
/** _zc_blobs_sweep: removes chunks that nothing names, in small transactions. */
gboolean _zc_blobs_sweep (ZcInspection *self, GError **error);
/** _zc_blobs_drop: removes the chunks of one blob. */
gboolean _zc_blobs_drop (ZcInspection *self, guint64 blob, GError **error);
/** _zc_blob_source: Returns: (transfer full) */
ZcSource *_zc_blob_source (ZcInspection *self, const ZcStored *stored);

G_END_DECLS
