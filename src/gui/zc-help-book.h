/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The help as data: data/help/LANGUAGE/<topic>.xml, one topic a file, and index.xml, their order. It is read once from the program's
 * resources; the widgets that show it are ZcHelpPage and the help window.
 */

typedef enum
{
  ZC_HELP_PARAGRAPH,
  ZC_HELP_HEADING,
  ZC_HELP_STEP, /* numbered */
  ZC_HELP_ITEM, /* with a dot */
  ZC_HELP_NOTE,
  ZC_HELP_COMMAND, /* a line to type in a terminal */
} ZcHelpKind;

typedef enum
{
  ZC_HELP_LABEL, /* what the window says, word by word */
  ZC_HELP_KEY,
  ZC_HELP_CODE,
} ZcHelpStyle;

/** ZcHelpSpan: bytes of a block's text that stand out. */
typedef struct
{
  ZcHelpStyle style;
  gsize start, end;
} ZcHelpSpan;

typedef struct
{
  ZcHelpKind kind;
  guint number; /* of a step, from 1 in each list */
  char *text;
  GArray *spans; /* (element-type ZcHelpSpan) in the text's order, none over another */
} ZcHelpBlock;

typedef struct
{
  char *id;
  char *title;
  char *part;         /* title of the part it stands in */
  char *step;         /* nullable: id of the road's step that it belongs to */
  GPtrArray *blocks;  /* (element-type ZcHelpBlock) */
  GPtrArray *related; /* (element-type char*) ids of topics */
} ZcHelpTopic;

typedef struct
{
  GPtrArray *topics; /* (element-type ZcHelpTopic) in the order of the index */
  char *note;        /* what a note begins with */
} ZcHelpBook;

/** ZcHelpHit: a place where all words that were searched for stand. */
typedef struct
{
  const ZcHelpTopic *topic;
  int block; /* -1: the title */
} ZcHelpHit;

/** zc_help_book_load: Returns: (transfer full) (nullable): the book in @folder of the resources; a mistake in it is a programmer's. */
ZcHelpBook *zc_help_book_load (const char *folder, GError **error);
void zc_help_book_free (ZcHelpBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcHelpBook, zc_help_book_free)

/** zc_help_book_get: the program's book, in the user's language if there is one, read at the first call and kept. */
const ZcHelpBook *zc_help_book_get (void);

const ZcHelpTopic *zc_help_book_find (const ZcHelpBook *self, const char *id);
/** zc_help_book_find_step: Returns: (nullable): the topic of a step of the road. */
const ZcHelpTopic *zc_help_book_find_step (const ZcHelpBook *self, const char *step);

/**
 * zc_help_book_search: every block that has all of @words, blanks between them, whatever their case and width; topics whose title has
 * them come first, then the order of the book.
 *
 * Returns: (transfer full) (element-type ZcHelpHit): empty without words
 */
GArray *zc_help_book_search (const ZcHelpBook *self, const char *words);

/** zc_help_split: Returns: (transfer full): the words of a search, as they are compared. */
char **zc_help_split (const char *words);
/**
 * zc_help_match: the next place in @text from byte @from on where one of @words stands.
 * Returns: its first byte, and in @end the byte after it; -1 if there is none
 */
gssize zc_help_match (const char *text, gsize from, char **words, gsize *end);

G_END_DECLS
