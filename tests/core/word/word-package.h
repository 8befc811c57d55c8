/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-xml.h"
#include "documents/zc-block.h"

/* A DOCX taken apart for tests, by libarchive and libxml2 alone. */
typedef struct
{
  GPtrArray *names;  /* in the order of the ZIP, owned */
  GHashTable *parts; /* name → GBytes */
  xmlDoc *document;  /* word/document.xml */
} WordPackage;

/** word_package_open: fails the test when @bytes is no ZIP or has a part twice. */
WordPackage *word_package_open (GBytes *bytes);
/** word_package_of: @document as a DOCX, opened; fails the test when it can't be written. */
WordPackage *word_package_of (const ZcDocument *document);
void word_package_free (WordPackage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WordPackage, word_package_free)

/** word_package_xml: Returns: (transfer full): the part, which must be there and well-formed. */
xmlDoc *word_package_xml (const WordPackage *self, const char *name);

/** word_text: the text of @node and below: TAB and line breaks as such, "\n" after each paragraph. */
char *word_text (xmlNode *node);

/** word_find: all elements called @name below @node, in order. Returns: (transfer container) */
GPtrArray *word_find (xmlNode *node, const char *name);

/** word_val: Returns: (transfer full) (nullable): attribute @name of the first element called @element below @node. */
char *word_val (xmlNode *node, const char *element, const char *name);

/** word_count: how many elements called @name are below @node. */
guint word_count (xmlNode *node, const char *name);

/**
 * word_check_grid: fails the test unless every row of @table covers all columns of its grid and each continuation of a
 * merged cell lies exactly under what it continues.
 */
void word_check_grid (xmlNode *table);

/** word_attribute: Returns: (transfer full) (nullable): the attribute with that local name, in whatever namespace. */
char *word_attribute (xmlNode *node, const char *name);
