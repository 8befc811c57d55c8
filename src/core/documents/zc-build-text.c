/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/zc-build.h"
#include "record/zc-template.h"
#include "rules/zc-rules.h"

#include <string.h>

gboolean
zc_build_holds (const ZcBuild *self, const xmlNode *element, const xmlNode *context)
{
  g_autofree char *when = zc_xml_attribute (element, "when");

  return !when || zc_record_eval_boolean (self->record, when, context);
}

GPtrArray *
zc_build_nodes (const ZcBuild *self, const xmlNode *element)
{
  g_autofree char *each = zc_xml_attribute (element, "each");
  GPtrArray *nodes;

  if (each)
    return zc_record_eval_nodes (self->record, each, NULL);
  nodes = g_ptr_array_new ();
  g_ptr_array_add (nodes, NULL);
  return nodes;
}

void
zc_build_template (const ZcBuild *self, GPtrArray *spans, const char *text, const xmlNode *context, const char *own_place)
{
  g_autoptr (GPtrArray) pieces = zc_template_expand (text, self->record, context);

  for (guint i = 0; i < pieces->len; i++)
    {
      const ZcPiece *piece = pieces->pdata[i];

      g_ptr_array_add (spans, zc_span_new (piece->text, piece->place ? piece->place : own_place));
    }
}

gboolean
zc_build_value (const ZcBuild *self, GPtrArray *spans, const char *place)
{
  g_autofree char *text = zc_record_display (self->record, place);

  if (!*text)
    return FALSE;
  g_ptr_array_add (spans, zc_span_new (text, place));
  return TRUE;
}

static ZcBlock *
add_prose (const ZcBuild *self, ZcBlockKind kind, const xmlNode *element, const xmlNode *context)
{
  g_autofree char *text = zc_xml_prose (element);
  ZcBlock *block = zc_document_add (self->document, zc_block_new (kind));

  zc_build_template (self, block->spans, text, context, NULL);
  return block;
}

static void
build_each_prose (const ZcBuild *self, ZcBlockKind kind, const xmlNode *element)
{
  g_autoptr (GPtrArray) nodes = zc_build_nodes (self, element);
  g_autofree char *level = zc_xml_attribute (element, "level");

  for (guint i = 0; i < nodes->len; i++)
    if (zc_build_holds (self, element, nodes->pdata[i]))
      add_prose (self, kind, element, nodes->pdata[i])->level = level ? (guint) (level[0] - '0') : 1;
}

/* （一） alone in a line heads a part (GB/T 9704-2012 7.3.3); a line that goes on as a sentence does not. */
static gboolean
is_second_level_heading (const char *line)
{
  static GRegex *regex = NULL;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^（[一二三四五六七八九十]{1,3}）[^。；]{1,40}$", G_REGEX_OPTIMIZE, 0, NULL));
  return g_regex_match (regex, line, 0, NULL);
}

static void
build_chapter_line (const ZcBuild *self, const char *line, const char *own_place)
{
  gboolean heading = is_second_level_heading (line);
  ZcBlock *block;

  if (!*line)
    return;
  block = zc_document_add (self->document, zc_block_new (heading ? ZC_BLOCK_HEADING : ZC_BLOCK_PARAGRAPH));
  block->level = 2;
  zc_build_template (self, block->spans, line, NULL, own_place);
}

static void
build_chapter (const ZcBuild *self, const xmlNode *element)
{
  g_autofree char *id = zc_xml_attribute (element, "id");
  const ZcChapter *chapter = zc_scheme_find_chapter (self->scheme, id);
  g_autofree char *place = zc_place_new (ZC_PLACE_TEXT, id, 0, NULL);
  g_autofree char *own = zc_record_get (self->record, place);
  g_autofree char *draft = own ? NULL : zc_draft_chapter (self->record, chapter);
  g_auto (GStrv) lines = g_strsplit (own ? own : draft, "\n", -1);
  ZcBlock *heading = zc_block_new_text (ZC_BLOCK_HEADING, chapter->heading, NULL);

  heading->level = 1;
  heading->anchor = g_strdup (id);
  zc_document_add (self->document, heading);
  for (guint i = 0; lines[i]; i++)
    build_chapter_line (self, g_strstrip (lines[i]), own ? place : NULL);
}

/* One span a line, behind @label: layout sets them apart. The place is that of the first bound value in it. */
static void
add_line_span (const ZcBuild *self, ZcBlock *block, const xmlNode *element, const char *label)
{
  g_autofree char *text = element ? zc_xml_prose (element) : g_strdup ("");
  g_autoptr (GPtrArray) pieces = zc_template_expand (text, self->record, NULL);
  GString *line = g_string_new (label);
  const char *place = NULL;

  for (guint i = 0; i < pieces->len; i++)
    {
      const ZcPiece *piece = pieces->pdata[i];

      g_string_append (line, piece->text);
      if (!place)
        place = piece->place;
    }
  zc_block_add (block, line->str, place);
  g_string_free (line, TRUE);
}

static void
build_signature (const ZcBuild *self, const xmlNode *element)
{
  ZcBlock *block = zc_document_add (self->document, zc_block_new (ZC_BLOCK_SIGNATURE));
  g_autofree char *seal = zc_xml_attribute (element, "seal");

  block->seal_mm = seal ? g_ascii_strtod (seal, NULL) : 0;
  add_line_span (self, block, zc_xml_first (element, "unit"), NULL);
  add_line_span (self, block, zc_xml_first (element, "date"), NULL);
  for (const xmlNode *line = zc_xml_first (element, "line"); line; line = zc_xml_next (line, "line"))
    add_line_span (self, block, line, NULL);
}

/* The label is the standard's (GB/T 9704-2012 7.3.4), so no scheme has to write it. */
static void
build_attachments (const ZcBuild *self, const xmlNode *element)
{
  ZcBlock *block = zc_document_add (self->document, zc_block_new (ZC_BLOCK_ATTACHMENTS));

  for (const xmlNode *line = zc_xml_first (element, "line"); line; line = zc_xml_next (line, "line"))
    add_line_span (self, block, line, block->spans->len == 0 ? "附件：" : NULL);
}

gboolean
zc_build_text (const ZcBuild *self, const xmlNode *element)
{
  static const struct
  {
    const char *name;
    ZcBlockKind kind;
  } prose[] = {
    { "title", ZC_BLOCK_TITLE },   { "addressee", ZC_BLOCK_ADDRESSEE }, { "heading", ZC_BLOCK_HEADING },
    { "p", ZC_BLOCK_PARAGRAPH },   { "note", ZC_BLOCK_NOTE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (prose); i++)
    if (zc_xml_is (element, prose[i].name))
      {
        build_each_prose (self, prose[i].kind, element);
        return TRUE;
      }
  if (zc_xml_is (element, "chapter"))
    build_chapter (self, element);
  else if (zc_xml_is (element, "signature"))
    build_signature (self, element);
  else if (zc_xml_is (element, "attachments"))
    build_attachments (self, element);
  else if (zc_xml_is (element, "page-break"))
    zc_document_add (self->document, zc_block_new (ZC_BLOCK_PAGE_BREAK));
  else
    return FALSE;
  return TRUE;
}
