/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheme/zc-scheme-check.h"

G_BEGIN_DECLS

#define ZC_SCHEME_MAX_BYTES (4u * 1024 * 1024)
#define ZC_SCHEME_MAX_ITEMS 5000u
#define ZC_SCHEME_MAX_RULES 2000u
#define ZC_SCHEME_MAX_FAULTS 200u

/* The public structs are the first members of these, so that look-ups and compiled patterns stay out of sight. */

typedef struct
{
  ZcField field;
  GRegex *regex;       /* nullable: ZcField.pattern for the whole text, with a limit on its work */
  GHashTable *options; /* id → ZcOption */
} ZcFieldReal;

typedef struct
{
  ZcLedger ledger;
  GHashTable *columns; /* id → ZcField */
} ZcLedgerReal;

typedef struct
{
  ZcScheme scheme;
  gatomicrefcount refs;
  xmlDoc *doc; /* what ZcDocumentSpec.body leads into */
  GHashTable *facts, *items, *ledgers, *sections, *chapters, *documents, *kinds;
  GHashTable *asked; /* facts that some item asks */
} ZcSchemeReal;

/** ZcFaults: the list that grows while a scheme is read. Nodes tell the line; see zc_faults_mark_base(). */
typedef struct
{
  GPtrArray *list; /* (element-type ZcFault) */
  const char *name;
} ZcFaults;

GPtrArray *zc_fault_list_new (void);
void zc_faults_add (ZcFaults *self, const xmlNode *node, const char *format, ...) G_GNUC_PRINTF (3, 4);
/** zc_faults_take: adds @error's sentence and frees it. */
void zc_faults_take (ZcFaults *self, const xmlNode *node, GError *error);
void zc_faults_sort (ZcFaults *self);
/** zc_faults_fail: the first fault as an error. Returns: FALSE, always. */
gboolean zc_faults_fail (ZcFaults *self, GError **error);
/** zc_faults_nearest: " Did you mean “X”?" for the one of @names (NULL-terminated) nearest to @given, "" if none is near.
 * Returns: (transfer full) */
char *zc_faults_nearest (const char *given, const char *const *names);

/* Grammar (zc-grammar.c): scheme.rng as the one source of what may stand where. */
void zc_grammar_check (const xmlNode *root, const char *expected, ZcFaults *faults);

/* Making whole (zc-scheme-merge.c) */
gboolean zc_merge_is_needed (const xmlNode *root);
/** zc_merge_dictionary: puts what is used in place of each <use>. Returns: FALSE if the dictionary could not be read; what it lacks is
 * a fault, and stands in for itself */
gboolean zc_merge_dictionary (xmlNode *root, ZcFaults *faults);
/** zc_merge_use: gives @declared (a fact or ledger) what <use> says otherwise: attributes except @attribute, help, basis
 * and columns. */
void zc_merge_use (xmlNode *declared, const xmlNode *use, const char *attribute, ZcFaults *faults);
void zc_merge_copy_attributes (xmlNode *to, const xmlNode *from, const char *but);
void zc_merge_set_lines (xmlNode *node, unsigned short line);
/** zc_merge_ids: Returns: (transfer full): id → child of @parent (nullable) called @element (nullable: any). */
GHashTable *zc_merge_ids (const xmlNode *parent, const char *element);

/* Overlays (zc-scheme-overlay.c) */
void zc_overlay_merge (xmlNode *root, const xmlNode *overlay, ZcFaults *faults);
/** zc_overlay_check_kept: that nothing that can hold an answer in @base is gone in @merged. */
void zc_overlay_check_kept (const ZcScheme *base, const ZcScheme *merged, ZcFaults *faults);

/* Reading (zc-scheme-load.c, zc-scheme-fields.c, zc-scheme-documents.c) */
/** zc_load_parse: zc_xml_parse_line() within the limits of a scheme. */
xmlDoc *zc_load_parse (GBytes *bytes, ZcFaults *faults, int *line, char **why, GError **error);
/** zc_load_tree: takes @doc, whose grammar is good and which is whole. Returns: NULL if there are faults after it. */
ZcScheme *zc_load_tree (xmlDoc *doc, GBytes *bytes, ZcFaults *faults);
/** zc_load_document: takes @doc, the scheme @bytes as parsed: grammar, dictionary, tree. Returns: NULL with @faults. */
ZcScheme *zc_load_document (xmlDoc *doc, GBytes *bytes, ZcFaults *faults);
/** zc_load_overlay: lays the parsed @overlay, whose grammar is good, over @base. Returns: NULL with @faults. */
ZcScheme *zc_load_overlay (ZcScheme *base, const xmlNode *overlay, ZcFaults *faults);
/** zc_load_workdays: the calendar of <workdays> (nullable). */
void zc_load_workdays (ZcScheme *self, const xmlNode *parent, ZcFaults *faults);
/** zc_days_check: that what a day relative to the period needs is there. */
void zc_days_check (const ZcScheme *self, const xmlNode *root, ZcFaults *faults);
/** zc_scheme_plan: the day to plan for: @due, or the day before it, or the last working day before that. Returns: (transfer
 * full) (nullable) */
char *zc_scheme_plan (const ZcScheme *self, const char *due, gboolean before);
void zc_delivery_free (ZcDelivery *self);
void zc_stage_free (ZcStage *self);
void zc_load_facts (ZcSchemeReal *self, const xmlNode *parent, ZcFaults *faults);
ZcField *zc_load_fact (ZcSchemeReal *self, const xmlNode *node, ZcFaults *faults);
void zc_load_ledgers (ZcSchemeReal *self, const xmlNode *parent, ZcFaults *faults);
void zc_load_sections (ZcSchemeReal *self, const xmlNode *parent, ZcFaults *faults);
void zc_load_documents (ZcSchemeReal *self, const xmlNode *parent, ZcFaults *faults);
gboolean zc_load_yes (const xmlNode *node, const char *attribute, gboolean otherwise);
guint zc_load_count (const xmlNode *node, const char *attribute, guint otherwise);
char *zc_load_string (const xmlNode *node, const char *attribute);
char *zc_load_date (const xmlNode *node, const char *attribute, ZcFaults *faults);
char *zc_load_child (const xmlNode *node, const char *child);
ZcConfidence zc_load_confidence (const xmlNode *node);
/** zc_load_claim: enters @value under @id; a second one of the same id is a fault. Returns: FALSE then. */
gboolean zc_load_claim (GHashTable *table, const char *id, gpointer value, const xmlNode *node, ZcFaults *faults);
/** zc_load_look_up: what @table has under the id in @attribute; a fault with the nearest name if nothing. */
gpointer zc_load_look_up (GHashTable *table, const xmlNode *node, const char *attribute, const char *what,
                          ZcFaults *faults);

/* Names (zc-scheme-references.c): XPath, templates and places of a scheme that has been read. */
void zc_references_check (const ZcScheme *scheme, const xmlNode *root, ZcFaults *faults);

/* Folders (zc-scheme-files.c) */
/** zc_scheme_data_file: Returns: (transfer full): path of @name in the shipped folder "schemes". */
char *zc_scheme_data_file (const char *name);
/** zc_scheme_load_base: as zc_scheme_load() by id, without the unit's overlay. */
ZcScheme *zc_scheme_load_base (const char *id, GError **error);
/** zc_scheme_is_shipped: whether a scheme of this id comes with the program. */
gboolean zc_scheme_is_shipped (const char *id);
/** zc_scheme_resource: a file built into the program. Returns: (transfer full) */
GBytes *zc_scheme_resource (const char *name);

void zc_field_free (ZcField *self);
void zc_ledger_free (ZcLedger *self);

G_END_DECLS
