/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-error.h"

#include <libxml/tree.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

/** The limits for XML from outside. Depth counts elements; the size is checked before anything is parsed. */
#define ZC_XML_MAX_BYTES (64u * 1024 * 1024)
#define ZC_XML_MAX_DEPTH 64

/**
 * zc_xml_parse: reads untrusted XML: no network, no DOCTYPE at all (so no entities but the five of XML), no XInclude,
 * at most ZC_XML_MAX_BYTES and ZC_XML_MAX_DEPTH.
 * @name: how messages call the document, usually its file name
 *
 * Returns: (transfer full) (nullable): with line numbers; NULL with "NAME, line N: …" in @error
 */
xmlDoc *zc_xml_parse (GBytes *bytes, const char *name, GError **error);

/**
 * zc_xml_parse_line: as zc_xml_parse(), for callers that list faults by line.
 * @line: (out): where it is not well-formed; 1 if the fault has no line
 * @why: (out) (transfer full) (nullable): what is wrong there without name and line; left alone if the fault has no
 * line
 */
xmlDoc *zc_xml_parse_line (GBytes *bytes, const char *name, int *line, char **why, GError **error);

/** zc_xml_is: whether @node is an element called @name. */
gboolean zc_xml_is (const xmlNode *node, const char *name);

/** zc_xml_first: Returns: (nullable): the first child element of @node, called @name unless that is NULL. */
xmlNode *zc_xml_first (const xmlNode *node, const char *name);

/** zc_xml_next: Returns: (nullable): the next sibling element of @node, called @name unless that is NULL. */
xmlNode *zc_xml_next (const xmlNode *node, const char *name);

/**
 * zc_xml_attribute: Returns: (transfer full) (nullable): the attribute's value as a GLib string, NULL if it is
 * absent.
 */
char *zc_xml_attribute (const xmlNode *node, const char *name);

/** zc_xml_text: Returns: (transfer full): the text of @node and all below it, "" for NULL; white space as it stands. */
char *zc_xml_text (const xmlNode *node);

/** zc_xml_prose: as zc_xml_text(), with each run of white space made one space and none at the ends, and none between
 * two Han characters, so that prose can be broken over lines in the XML file. Returns: (transfer full) */
char *zc_xml_prose (const xmlNode *node);

G_END_DECLS
