/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/zc-template.h"
#include "rules/zc-rules-private.h"

#include <string.h>

static const xmlNode *
find_chapter (const xmlNode *parent, const char *id)
{
  for (const xmlNode *node = zc_xml_first (parent, NULL); node; node = zc_xml_next (node, NULL))
    {
      const char *here = zc_xml_is (node, "chapter") ? zc_record_node_attribute (node, "id") : NULL;
      const xmlNode *below = here ? NULL : find_chapter (node, id);

      if (below || g_strcmp0 (here, id) == 0)
        return below ? below : node;
    }
  return NULL;
}

static void
add_line (GString *draft, const char *line)
{
  if (!*line)
    return;
  if (draft->len > 0)
    g_string_append_c (draft, '\n');
  g_string_append (draft, line);
}

static void
add_paragraph (GString *draft, ZcRecord *record, const xmlNode *paragraph)
{
  g_autofree char *when = zc_xml_attribute (paragraph, "when");
  g_autofree char *each = zc_xml_attribute (paragraph, "each");
  g_autofree char *text = zc_xml_prose (paragraph);
  g_autoptr (GPtrArray) nodes = NULL;

  if (when && !zc_record_eval_boolean (record, when, NULL))
    return;
  if (!each)
    {
      add_line (draft, text);
      return;
    }
  nodes = zc_record_eval_nodes (record, each, NULL);
  for (guint i = 0; i < nodes->len; i++)
    {
      g_autofree char *line = zc_template_bind (text, nodes->pdata[i]);

      add_line (draft, line);
    }
}

char *
zc_draft_chapter (ZcRecord *record, const ZcChapter *chapter)
{
  const ZcDocumentSpec *document = zc_scheme_find_document (record->scheme, chapter->document);
  const xmlNode *element = document ? find_chapter (document->body, chapter->id) : NULL;
  const xmlNode *draft = zc_xml_first (element, "draft");
  GString *text = g_string_new (NULL);

  for (const xmlNode *paragraph = zc_xml_first (draft, "p"); paragraph;
       paragraph = zc_xml_next (paragraph, "p"))
    add_paragraph (text, record, paragraph);
  return g_string_free (text, FALSE);
}
