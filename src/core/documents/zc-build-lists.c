/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/zc-build.h"
#include "rules/zc-rules.h"

#include <string.h>

/* Tables that the program draws up by itself, from what the record holds and not from the scheme's cells. */

static ZcTable *
add_table (const ZcBuild *self, const double *widths, guint n, gboolean landscape)
{
  ZcBlock *block = zc_document_add (self->document, zc_block_new (ZC_BLOCK_TABLE));

  block->table = zc_table_new (widths, n);
  block->landscape = landscape;
  return block->table;
}

static void
add_heads (ZcTable *table, const char *const *labels, guint n)
{
  ZcRow *row = zc_table_add_row (table);

  for (guint i = 0; i < n; i++)
    {
      ZcCell *cell = zc_row_add (row, zc_cell_new (i, 1));

      cell->label = TRUE;
      cell->align = ZC_ALIGN_CENTER;
      zc_cell_add (cell, labels[i], NULL);
    }
  table->header_rows++;
}

static ZcCell *
add_text (ZcRow *row, guint column, const char *text, const char *place)
{
  ZcCell *cell = zc_row_add (row, zc_cell_new (column, 1));

  if (text && *text)
    zc_cell_add (cell, text, place);
  return cell;
}

static void
add_number (ZcRow *row, guint column, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  add_text (row, column, text, NULL)->align = ZC_ALIGN_CENTER;
}

static ZcCell *
add_value (const ZcBuild *self, ZcRow *row, guint column, const char *place)
{
  ZcCell *cell = zc_row_add (row, zc_cell_new (column, 1));

  zc_build_value (self, cell->spans, place);
  return cell;
}

static void
add_empty (ZcTable *table, const char *text)
{
  ZcCell *cell = zc_row_add (zc_table_add_row (table), zc_cell_new (0, table->widths->len));

  cell->align = ZC_ALIGN_CENTER;
  zc_cell_add (cell, text, NULL);
}

/* The answers as sentences */

static char *
finding_of_item (const ZcBuild *self, const char *item)
{
  g_autoptr (GPtrArray) findings = zc_record_findings (self->record);

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *of = zc_xml_attribute (findings->pdata[i], "item");

      if (g_strcmp0 (of, item) == 0)
        return zc_record_node_place (findings->pdata[i]);
    }
  return NULL;
}

static void
add_phrase (const ZcBuild *self, ZcBlock *block, const char *before, const char *place, const char *after)
{
  g_autofree char *text = zc_record_display (self->record, place);

  if (!*text)
    return;
  zc_block_add (block, before, NULL);
  zc_block_add (block, text, place);
  if (!g_str_has_suffix (text, "。") && !g_str_has_suffix (text, "！") && !g_str_has_suffix (text, "？"))
    zc_block_add (block, after, NULL);
}

static void
add_finding_phrases (const ZcBuild *self, ZcBlock *block, const char *item)
{
  static const struct
  {
    const char *field, *before, *after;
  } phrases[] = {
    { "problem", "存在问题：", "。" }, { "measure", "整改措施：", "。" }, { "person", "责任人：", "。" },
    { "due", "完成期限：", "。" },     { "state", "状态：", "。" },
  };
  g_autofree char *node = finding_of_item (self, item);
  ZcPlace place;

  if (!node || !zc_place_parse (node, &place))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      g_autofree char *at = zc_place_new (ZC_PLACE_FINDING, NULL, place.number, phrases[i].field);

      add_phrase (self, block, phrases[i].before, at, phrases[i].after);
    }
}

static char *
anchor_of_item (const char *item)
{
  return g_strconcat ("item_", item, NULL);
}

static void
build_answer (const ZcBuild *self, const ZcItem *item, guint number)
{
  g_autofree char *conformity = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "conformity");
  g_autofree char *reason = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "reason");
  g_autofree char *note = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "note");
  g_autofree char *head = g_strdup_printf ("%u. %s：", number, item->title);
  ZcBlock *block = zc_block_new_text (ZC_BLOCK_PARAGRAPH, head, NULL);

  block->anchor = anchor_of_item (item->id);
  add_phrase (self, block, "", conformity, "。");
  add_phrase (self, block, "理由：", reason, "。");
  add_phrase (self, block, "", note, "。");
  add_finding_phrases (self, block, item->id);
  if (block->spans->len > 1)
    zc_document_add (self->document, block);
  else
    zc_block_free (block);
}

void
zc_build_answers (const ZcBuild *self, const char *section)
{
  guint number = 0;

  for (guint i = 0; i < self->scheme->items->len; i++)
    {
      const ZcItem *item = self->scheme->items->pdata[i];

      if ((!section || strcmp (item->section->id, section) == 0) && item->conformity &&
          zc_rules_item_applies (self->record, item))
        build_answer (self, item, ++number);
    }
}

/* Ledgers, findings, evidence */

static gboolean
ledger_has_values (const ZcBuild *self, const ZcLedger *ledger, const ZcField *column)
{
  g_autofree char *xpath =
      g_strdup_printf ("boolean(rows('%s')/cell[@column='%s'])", ledger->id, column->id);

  return zc_record_eval_boolean (self->record, xpath, NULL);
}

/* Columns nobody filled would only make the others narrow. */
static GPtrArray *
columns_to_print (const ZcBuild *self, const ZcLedger *ledger)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; i < ledger->columns->len; i++)
    {
      const ZcField *column = ledger->columns->pdata[i];

      if (column->required || ledger_has_values (self, ledger, column))
        g_ptr_array_add (columns, (gpointer) column);
    }
  return columns;
}

/* “数量（个）”; brackets within brackets are of two kinds (GB/T 15834-2011 4.9.3). */
static char *
head_of_column (const ZcField *column)
{
  if (!*column->unit)
    return g_strdup (column->label);
  return g_strdup_printf (strstr (column->unit, "（") ? "%s［%s］" : "%s（%s）", column->label, column->unit);
}

static ZcTable *
ledger_table (const ZcBuild *self, GPtrArray *columns, gboolean landscape)
{
  g_autofree double *widths = g_new0 (double, columns->len + 1);
  g_autofree const char **labels = g_new0 (const char *, columns->len + 1);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  ZcTable *table;
  double sum = 0;

  labels[0] = "序号";
  for (guint i = 0; i < columns->len; i++)
    {
      const ZcField *column = columns->pdata[i];
      char *label = head_of_column (column);

      widths[i + 1] = MAX (column->width, 1);
      g_ptr_array_add (owned, label);
      labels[i + 1] = label;
      sum += widths[i + 1];
    }
  widths[0] = MAX (1.6, sum * (landscape ? 0.045 : 0.065)); /* “序号” in one line, however many columns there are */
  table = add_table (self, widths, columns->len + 1, landscape);
  add_heads (table, labels, columns->len + 1);
  return table;
}

static void
build_ledger_part (const ZcBuild *self, const ZcLedger *ledger, GPtrArray *columns, gboolean landscape)
{
  g_autoptr (GPtrArray) rows = zc_record_rows (self->record, ledger->id);
  ZcTable *table = ledger_table (self, columns, landscape);

  for (guint r = 0; r < rows->len; r++)
    {
      g_autofree char *id = zc_xml_attribute (rows->pdata[r], "id");
      guint64 number = g_ascii_strtoull (id, NULL, 10);
      ZcRow *row = zc_table_add_row (table);

      add_number (row, 0, r + 1);
      for (guint c = 0; c < columns->len; c++)
        {
          const ZcField *column = columns->pdata[c];
          g_autofree char *place = zc_place_new (ZC_PLACE_CELL, ledger->id, number, column->id);

          add_value (self, row, c + 1, place)->align = column->type == ZC_VALUE_NUMBER ? ZC_ALIGN_END : ZC_ALIGN_START;
        }
    }
  if (rows->len == 0)
    add_empty (table, *ledger->empty_text ? ledger->empty_text : "无");
}

/* More columns than can be read side by side are set as tables one below the other; each begins with what names the
 * row. */
void
zc_build_ledger (const ZcBuild *self, const ZcLedger *ledger, gboolean landscape)
{
  g_autoptr (GPtrArray) columns = columns_to_print (self, ledger);
  const ZcField *title = zc_ledger_find_column (ledger, ledger->title_column);
  guint most = landscape ? 15 : 9;
  guint n_parts = MAX (1, (columns->len + most - 1) / most);

  for (guint part = 0; part < n_parts; part++)
    {
      guint first = columns->len * part / n_parts, end = columns->len * (part + 1) / n_parts;
      g_autoptr (GPtrArray) some = g_ptr_array_new ();

      if (part > 0 && title)
        g_ptr_array_add (some, (gpointer) title);
      for (guint i = first; i < end; i++)
        if (part == 0 || columns->pdata[i] != title)
          g_ptr_array_add (some, columns->pdata[i]);
      build_ledger_part (self, ledger, some, landscape);
    }
}

/* A click on the problem leads to the answer it comes from. */
static void
link_to_item (ZcCell *cell, const xmlNode *finding)
{
  g_autofree char *item = zc_xml_attribute (finding, "item");

  for (guint i = 0; item && i < cell->spans->len; i++)
    ((ZcSpan *) cell->spans->pdata[i])->link = anchor_of_item (item);
}

void
zc_build_findings (const ZcBuild *self)
{
  static const double widths[] = { 1.5, 4.6, 2.4, 1.5, 4.6, 2, 3.9, 2 };
  static const char *const labels[] = { "序号", "问题", "来源", "程度", "整改措施", "责任人", "完成期限", "状态" };
  static const char *const fields[] = { "problem", "source", "severity", "measure", "person", "due", "state" };
  g_autoptr (GPtrArray) findings = zc_record_findings (self->record);
  ZcTable *table = add_table (self, widths, G_N_ELEMENTS (widths), FALSE);

  add_heads (table, labels, G_N_ELEMENTS (labels));
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *id = zc_xml_attribute (findings->pdata[i], "id");
      ZcRow *row = zc_table_add_row (table);

      add_number (row, 0, i + 1);
      for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
        {
          g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, g_ascii_strtoull (id, NULL, 10), fields[f]);

          add_value (self, row, f + 1, place);
        }
      link_to_item (row->cells->pdata[1], findings->pdata[i]);
    }
  if (findings->len == 0)
    add_empty (table, "未发现问题");
}

/* The items that a file proves, one a line, each with a link to its answer. */
static void
add_items (const ZcBuild *self, ZcCell *cell, const xmlNode *file)
{
  for (const xmlNode *item = zc_xml_first (file, "item"); item; item = zc_xml_next (item, "item"))
    {
      g_autofree char *id = zc_xml_attribute (item, "id");
      const ZcItem *found = id ? zc_scheme_find_item (self->scheme, id) : NULL;
      g_autofree char *text = g_strdup_printf ("%s%s %s", cell->spans->len ? "\n" : "", id ? id : "", found ? found->title : "");
      ZcSpan *span = zc_span_new (text, NULL);

      span->link = id ? anchor_of_item (id) : NULL;
      g_ptr_array_add (cell->spans, span);
    }
}

static void
build_evidence_row (const ZcBuild *self, ZcTable *table, const xmlNode *file, guint number)
{
  g_autofree char *id = zc_xml_attribute (file, "id");
  g_autofree char *name = zc_xml_attribute (file, "name");
  g_autofree char *size = zc_xml_attribute (file, "size");
  g_autofree char *sm3 = zc_xml_attribute (file, "sm3");
  g_autofree char *name_place = zc_place_new (ZC_PLACE_EVIDENCE, NULL, g_ascii_strtoull (id, NULL, 10), "name");
  g_autofree char *caption = zc_place_new (ZC_PLACE_EVIDENCE, NULL, g_ascii_strtoull (id, NULL, 10), "caption");
  ZcRow *row = zc_table_add_row (table);

  add_number (row, 0, number);
  add_text (row, 1, name, name_place);
  add_value (self, row, 2, caption);
  add_items (self, add_text (row, 3, NULL, NULL), file);
  add_text (row, 4, size, NULL)->align = ZC_ALIGN_END;
  add_text (row, 5, sm3, NULL);
}

void
zc_build_evidence (const ZcBuild *self)
{
  static const double widths[] = { 1.4, 4.6, 3.8, 5.6, 2.4, 8.4 };
  static const char *const labels[] = { "序号", "文件名", "说明", "对应检查项", "字节数", "SM3 摘要" };
  g_autoptr (GPtrArray) files = zc_record_eval_nodes (self->record, "/record/evidence/file", NULL);
  ZcTable *table = add_table (self, widths, G_N_ELEMENTS (widths), TRUE);

  add_heads (table, labels, G_N_ELEMENTS (labels));
  for (guint i = 0; i < files->len; i++)
    build_evidence_row (self, table, files->pdata[i], i + 1);
  if (files->len == 0)
    add_empty (table, "无");
}

/* Charts */

static void
bar_free (gpointer data)
{
  ZcBar *bar = data;

  g_free (bar->label);
  g_free (bar);
}

static ZcBlock *
add_chart (const ZcBuild *self, const char *const *legend)
{
  ZcBlock *block = zc_document_add (self->document, zc_block_new (ZC_BLOCK_CHART));

  block->legend = g_strdupv ((char **) legend);
  block->bars = g_ptr_array_new_with_free_func (bar_free);
  return block;
}

static ZcBar *
add_bar (ZcBlock *chart, const char *label)
{
  ZcBar *bar = g_new0 (ZcBar, 1);

  bar->label = g_strdup (label);
  g_ptr_array_add (chart->bars, bar);
  return bar;
}

/* Mended, being mended, open; @source: "" for findings that do not say where they come from. */
static gboolean
count_findings (const ZcBuild *self, const char *source, guint parts[3])
{
  static const char *const states[] = { "done", "doing", "open" };
  g_autoptr (GPtrArray) findings = zc_record_findings (self->record);
  gboolean some = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *of = zc_xml_attribute (findings->pdata[i], "source");
      g_autofree char *state = zc_xml_attribute (findings->pdata[i], "state");
      guint part = 0;

      if (strcmp (of ? of : "", source) != 0)
        continue;
      while (part < 2 && g_strcmp0 (state, states[part]) != 0)
        part++; /* what says nothing is open */
      parts[part]++;
      some = TRUE;
    }
  return some;
}

static void
build_findings_chart (const ZcBuild *self)
{
  static const char *const legend[] = { "已整改", "整改中", "未整改", NULL };
  const ZcField *source = zc_build_finding_field ("source");
  ZcBlock *chart = add_chart (self, legend);
  guint unsaid[3] = { 0 };

  for (guint i = 0; i < source->options->len; i++)
    {
      const ZcOption *option = source->options->pdata[i];
      g_autofree char *label = g_strdup_printf ("%s发现的问题", option->label);

      count_findings (self, option->id, add_bar (chart, label)->parts);
    }
  if (count_findings (self, "", unsaid))
    memcpy (add_bar (chart, "其他问题")->parts, unsaid, sizeof unsaid);
}

void
zc_build_chart (const ZcBuild *self)
{
  static const char *const legend[] = { "已答", "有问题", "待查", "不适用", "未答", NULL };
  g_autoptr (GPtrArray) findings = zc_record_findings (self->record);
  ZcBlock *chart = add_chart (self, legend);

  for (guint i = 0; i < self->scheme->sections->len; i++)
    {
      const ZcSection *section = self->scheme->sections->pdata[i];
      ZcTally tally = zc_rules_tally (self->record, section);
      ZcBar *bar = add_bar (chart, section->label);

      bar->parts[0] = tally.answered;
      bar->parts[1] = tally.problem;
      bar->parts[2] = tally.review + tally.unconfirmed;
      bar->parts[3] = tally.not_applicable;
      bar->parts[4] = tally.unanswered;
    }
  if (findings->len > 0)
    build_findings_chart (self);
}

/* What no document of the scheme prints */

void
zc_build_places (const ZcBuild *self, const char *heading, GPtrArray *places)
{
  static const double widths[] = { 1, 6, 9 };
  static const char *const labels[] = { "序号", "填报项", "内容" };
  ZcTable *table;

  zc_document_add (self->document, zc_block_new_text (ZC_BLOCK_HEADING, heading, NULL))->level = 1;
  table = add_table (self, widths, G_N_ELEMENTS (widths), FALSE);
  add_heads (table, labels, G_N_ELEMENTS (labels));
  for (guint i = 0; i < places->len; i++)
    {
      const char *place = places->pdata[i];
      g_autofree char *label = zc_record_label (self->record, place);
      ZcRow *row = zc_table_add_row (table);

      add_number (row, 0, i + 1);
      add_text (row, 1, label, NULL);
      add_value (self, row, 2, place);
    }
}
