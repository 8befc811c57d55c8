/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record/zc-record-private.h"

G_BEGIN_DECLS

/** ZcRecordReader: one reading of a record from outside. */
typedef struct
{
  ZcRecord *record;
  ZcScheme *scheme;
  gboolean strict;
  guint n_rows;
  GHashTable *digests; /* SHA-256 of the files read so far */
  GHashTable *derived; /* fact id → value that the document states */
  GError **error;
} ZcRecordReader;

/** zc_reader_refuse: Returns: FALSE, with the line of @node and why in the reader's error. */
gboolean zc_reader_refuse (ZcRecordReader *reader, const xmlNode *node, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** zc_reader_refuse_null: the same for functions that return a pointer. */
#define zc_reader_refuse_null(...) (zc_reader_refuse (__VA_ARGS__) ? NULL : NULL)

/** zc_reader_check_element: only the named attributes, each needed one there, no namespace. */
gboolean zc_reader_check_element (ZcRecordReader *reader,
                                  const xmlNode *node,
                                  const char *const *needed,
                                  const char *const *allowed);
/** zc_reader_check_children: nothing but elements and white space. */
gboolean zc_reader_check_children (ZcRecordReader *reader, const xmlNode *node);
/** zc_reader_leaf_text: Returns: (transfer full) (nullable): the text of an element that has nothing else in
 * it. */
char *zc_reader_leaf_text (ZcRecordReader *reader, const xmlNode *node);
/** zc_reader_number: reads the attribute @name, a number in its canonical form. */
gboolean zc_reader_number (ZcRecordReader *reader,
                           const xmlNode *node,
                           const char *name,
                           guint64 least,
                           guint64 most,
                           guint64 *number);
/** zc_reader_check_value: checks @text by @field. Returns: (transfer full) (nullable): the form that is kept.
 */
char *
zc_reader_check_value (ZcRecordReader *reader, const xmlNode *node, const ZcField *field, const char *text);
/** zc_reader_check_words: the same for texts of chapters and captions, which no field describes. */
char *
zc_reader_check_words (ZcRecordReader *reader, const xmlNode *node, const char *text, gboolean multiline);
gboolean zc_reader_is_hex (const char *text, gsize digits);

/** zc_reader_section: reads one of the record's six parts (zc-record-read-parts.c). */
gboolean zc_reader_section (ZcRecordReader *reader, const xmlNode *node, guint section);

G_END_DECLS
