/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/zc-build.h"

#include <string.h>

static void
build_element (const ZcBuild *self, const xmlNode *element)
{
  g_autofree char *ledger = zc_xml_attribute (element, "ledger");
  g_autofree char *section = zc_xml_attribute (element, "section");
  g_autofree char *landscape = zc_xml_attribute (element, "landscape");

  if (zc_build_text (self, element) || !zc_build_holds (self, element, NULL))
    return;
  if (zc_xml_is (element, "table"))
    zc_build_table (self, element);
  else if (zc_xml_is (element, "annex"))
    zc_build_ledger (self, zc_scheme_find_ledger (self->scheme, ledger), g_strcmp0 (landscape, "yes") == 0);
  else if (zc_xml_is (element, "answers"))
    zc_build_answers (self, section);
  else if (zc_xml_is (element, "findings"))
    zc_build_findings (self);
  else if (zc_xml_is (element, "evidence"))
    zc_build_evidence (self);
  else if (zc_xml_is (element, "chart"))
    zc_build_chart (self);
}

static void
finish (ZcDocument *document, ZcRecord *record, const ZcSealMark *mark)
{
  document->unit = zc_record_display (record, "fact:unit.name");
  document->date = zc_record_get (record, "fact:report.date");
  document->mark = zc_seal_mark_copy (mark);
}

/* Nobody may take a derived or recalled document for the official one, even if its author forgot to say so: where it
 * prints no remark of its own, ours follows the title. */
static void
say_confidence (ZcDocument *document, ZcConfidence confidence)
{
  const char *remark = confidence == ZC_CONFIDENCE_DERIVED    ? "依据通知整理，非官方附件。"
                       : confidence == ZC_CONFIDENCE_RECALLED ? "凭经验整理，未见官方文本，请与正式下发的文本核对。"
                                                              : NULL;

  guint after_title = 0;

  for (guint i = 0; remark && i < document->blocks->len; i++)
    {
      const ZcBlock *block = document->blocks->pdata[i];

      if (block->kind == ZC_BLOCK_NOTE)
        return;
      if (block->kind == ZC_BLOCK_TITLE && after_title == 0)
        after_title = i + 1;
    }
  if (remark)
    g_ptr_array_insert (document->blocks, (int) after_title, zc_block_new_text (ZC_BLOCK_NOTE, remark, NULL));
}

static ZcDocument *
build_spec (ZcRecord *record, const ZcDocumentSpec *spec, const ZcSealMark *mark)
{
  g_autofree char *style = zc_xml_attribute (spec->body, "style");
  ZcBuild self = { record, zc_record_get_scheme (record), NULL };

  self.document = zc_document_new (spec->id, spec->title,
                                   g_strcmp0 (style, "form") == 0 ? ZC_STYLE_FORM : ZC_STYLE_OFFICIAL);
  g_free (self.document->filename);
  self.document->filename = g_strdup (spec->filename);
  for (const xmlNode *child = zc_xml_first (spec->body, NULL); child; child = zc_xml_next (child, NULL))
    build_element (&self, child);
  zc_build_turns (self.document);
  say_confidence (self.document, spec->confidence);
  finish (self.document, record, mark);
  return self.document;
}

/* Annexes: what the scheme's documents leave out. */

static gboolean
is_printed_elsewhere (const char *place)
{
  ZcPlace parsed;

  if (!zc_place_parse (place, &parsed))
    return TRUE;
  /* Order and marks of work are no statements; evidence has its list. */
  return parsed.kind == ZC_PLACE_ROW || parsed.kind == ZC_PLACE_LINK || parsed.kind == ZC_PLACE_EVIDENCE ||
         (parsed.kind == ZC_PLACE_ANSWER && (strcmp (parsed.field, "review") == 0 || strcmp (parsed.field, "confirmed") == 0)) ||
         (parsed.kind == ZC_PLACE_FINDING && strcmp (parsed.field, "item") == 0);
}

typedef struct
{
  GHashTable *ledgers; /* ids with some cell left out */
  gboolean findings;
  GPtrArray *others;   /* facts, answers, texts */
} LeftOut;

static void
sort_place (LeftOut *left, const char *place)
{
  ZcPlace parsed;

  zc_place_parse (place, &parsed);
  if (parsed.kind == ZC_PLACE_CELL)
    g_hash_table_add (left->ledgers, g_strdup (parsed.id));
  else if (parsed.kind == ZC_PLACE_FINDING)
    left->findings = TRUE;
  else
    g_ptr_array_add (left->others, g_strdup (place));
}

static void
build_left_out (const ZcBuild *self, const LeftOut *left)
{
  for (guint i = 0; i < self->scheme->ledgers->len; i++)
    {
      const ZcLedger *ledger = self->scheme->ledgers->pdata[i];

      if (!g_hash_table_contains (left->ledgers, ledger->id))
        continue;
      zc_document_add (self->document, zc_block_new_text (ZC_BLOCK_HEADING, ledger->label, NULL))->level = 1;
      zc_build_ledger (self, ledger, TRUE);
    }
  if (left->findings)
    {
      zc_document_add (self->document, zc_block_new_text (ZC_BLOCK_HEADING, "问题与整改", NULL))->level = 1;
      zc_build_findings (self);
    }
  if (left->others->len > 0)
    zc_build_places (self, "其他填报内容", left->others);
}

static gboolean
evidence_is_printed (ZcRecord *record, GHashTable *printed)
{
  g_autoptr (GPtrArray) files = zc_record_eval_nodes (record, "/record/evidence/file", NULL);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *id = zc_xml_attribute (files->pdata[i], "id");
      g_autofree char *place = zc_place_new (ZC_PLACE_EVIDENCE, NULL, g_ascii_strtoull (id, NULL, 10), "name");

      if (!g_hash_table_contains (printed, place))
        return FALSE;
    }
  return TRUE;
}

static void
find_left_out (ZcRecord *record, GHashTable *printed, LeftOut *left)
{
  g_autoptr (GPtrArray) places = zc_record_places (record);

  for (guint i = 0; i < places->len; i++)
    if (!is_printed_elsewhere (places->pdata[i]) && !g_hash_table_contains (printed, places->pdata[i]))
      sort_place (left, places->pdata[i]);
}

/* What is in the annexes, each line with a link to its heading; one heading needs no list. */
static void
add_contents (ZcDocument *document)
{
  ZcBlock *contents = zc_block_new_text (ZC_BLOCK_NOTE, "目录", NULL);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      ZcBlock *block = document->blocks->pdata[i];
      g_autofree char *line = NULL;

      if (block->kind != ZC_BLOCK_HEADING)
        continue;
      block->anchor = g_strdup_printf ("part_%u", contents->spans->len);
      line = g_strdup_printf ("\n%u. %s", contents->spans->len, ((const ZcSpan *) block->spans->pdata[0])->text);
      zc_block_add (contents, line, NULL);
      ((ZcSpan *) contents->spans->pdata[contents->spans->len - 1])->link = g_strdup (block->anchor);
    }
  if (contents->spans->len > 2)
    g_ptr_array_insert (document->blocks, 1, contents);
  else
    zc_block_free (contents);
}

/* Returns: NULL if the documents of the scheme print everything themselves. */
static ZcDocument *
build_annexes (ZcRecord *record, GHashTable *printed, const ZcSealMark *mark)
{
  ZcBuild self = { record, zc_record_get_scheme (record), NULL };
  LeftOut left = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), FALSE,
                   g_ptr_array_new_with_free_func (g_free) };
  gboolean evidence = !evidence_is_printed (record, printed);

  find_left_out (record, printed, &left);
  if (evidence || left.findings || left.others->len > 0 || g_hash_table_size (left.ledgers) > 0)
    {
      self.document = zc_document_new ("annex", "附件：台账与佐证材料清单", ZC_STYLE_FORM);
      zc_document_add (self.document, zc_block_new_text (ZC_BLOCK_TITLE, "附件：台账与佐证材料清单", NULL));
      build_left_out (&self, &left);
      finish (self.document, record, mark);
    }
  if (evidence)
    {
      zc_document_add (self.document, zc_block_new_text (ZC_BLOCK_HEADING, "佐证材料清单", NULL))->level = 1;
      zc_build_evidence (&self);
    }
  if (self.document)
    {
      zc_build_turns (self.document);
      add_contents (self.document);
    }
  g_hash_table_unref (left.ledgers);
  g_ptr_array_unref (left.others);
  return self.document;
}

GPtrArray *
zc_documents_build (ZcRecord *record, const ZcSealMark *mark)
{
  const ZcScheme *scheme = zc_record_get_scheme (record);
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_document_free);
  g_autoptr (GHashTable) printed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ZcDocument *handin = zc_handin_list_new (record, mark);
  ZcDocument *annexes;

  for (guint i = 0; i < scheme->documents->len; i++)
    {
      const ZcDocumentSpec *spec = scheme->documents->pdata[i];
      ZcDocument *document = build_spec (record, spec, mark);

      g_ptr_array_add (documents, document);
      /* A sheet stays with the unit, so what only it prints is not handed in yet. */
      if (spec->kind != ZC_DOCUMENT_SHEET)
        zc_document_add_places (document, printed);
    }
  annexes = build_annexes (record, printed, mark);
  if (annexes)
    g_ptr_array_add (documents, annexes);
  finish (handin, record, mark);
  g_ptr_array_add (documents, handin);
  return documents;
}

ZcDocument *
zc_documents_build_one (ZcRecord *record, const char *id, const ZcSealMark *mark)
{
  const ZcDocumentSpec *spec = zc_scheme_find_document (zc_record_get_scheme (record), id);
  g_autoptr (GPtrArray) documents = NULL;

  if (spec)
    return build_spec (record, spec, mark);
  documents = zc_documents_build (record, mark);
  for (guint i = 0; i < documents->len; i++)
    if (strcmp (((ZcDocument *) documents->pdata[i])->id, id) == 0)
      return g_ptr_array_steal_index (documents, i);
  return NULL;
}

GHashTable *
zc_documents_printed (ZcRecord *record)
{
  g_autoptr (GPtrArray) documents = zc_documents_build (record, NULL);
  GHashTable *printed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < documents->len; i++)
    zc_document_add_places (documents->pdata[i], printed);
  return printed;
}
