/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/zc-build.h"

#include <string.h>

/* A table in the making: which columns are still covered by cells of rows above. */
typedef struct
{
  const ZcBuild *build;
  ZcTable *table;
  guint *covered; /* rows still to be covered, a column */
} TableBuild;

static guint
uint_attribute (const xmlNode *element, const char *name, guint otherwise)
{
  g_autofree char *text = zc_xml_attribute (element, name);

  return text ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static gboolean
yes_attribute (const xmlNode *element, const char *name)
{
  g_autofree char *text = zc_xml_attribute (element, name);

  return g_strcmp0 (text, "yes") == 0;
}

static ZcTable *
table_from_widths (const xmlNode *element)
{
  g_autofree char *columns = zc_xml_attribute (element, "columns");
  g_auto (GStrv) parts = g_strsplit (columns, " ", -1);
  g_autoptr (GArray) widths = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; parts[i]; i++)
    {
      double width = g_ascii_strtod (parts[i], NULL);

      if (*parts[i])
        g_array_append_val (widths, width);
    }
  return zc_table_new ((const double *) (gpointer) widths->data, widths->len);
}

static void
add_with_boxes (const ZcBuild *build, ZcCell *cell, const ZcField *field, const char *place)
{
  g_autofree char *value = zc_record_get (build->record, place);
  g_auto (GStrv) chosen = g_strsplit (value ? value : "", " ", -1);

  for (guint i = 0; i < field->options->len; i++)
    {
      const ZcOption *option = field->options->pdata[i];
      gboolean on = g_strv_contains ((const char *const *) chosen, option->id);
      g_autofree char *text = g_strdup_printf ("%s%s%s", i ? "　" : "", on ? "√" : "□", option->label);

      zc_cell_add (cell, text, on ? place : NULL);
    }
}

static void
fill_value (const ZcBuild *build, ZcCell *cell, const ZcField *field, const char *place, const xmlNode *element)
{
  g_autofree char *boxes = zc_xml_attribute (element, "options");

  if (field->type == ZC_VALUE_NUMBER)
    cell->align = ZC_ALIGN_END;
  if (g_strcmp0 (boxes, "boxes") == 0 && field->options->len > 0)
    add_with_boxes (build, cell, field, place);
  else if (zc_build_value (build, cell->spans, place) && *field->unit)
    zc_cell_add (cell, field->unit, NULL);
}

static void
fill_fact (const ZcBuild *build, ZcCell *cell, const xmlNode *element, const char *id)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_FACT, id, 0, NULL);

  fill_value (build, cell, zc_scheme_find_fact (build->scheme, id), place, element);
}

static void
fill_answer (const ZcBuild *build, ZcCell *cell, const xmlNode *element, const char *id)
{
  g_autofree char *conformity = zc_place_new (ZC_PLACE_ANSWER, id, 0, "conformity");
  g_autofree char *reason = zc_place_new (ZC_PLACE_ANSWER, id, 0, "reason");
  g_autofree char *note = zc_place_new (ZC_PLACE_ANSWER, id, 0, "note");
  g_autofree char *reason_text = zc_record_display (build->record, reason);
  g_autofree char *note_text = zc_record_display (build->record, note);

  zc_build_value (build, cell->spans, conformity);
  if (*reason_text)
    {
      zc_cell_add (cell, "（", NULL);
      zc_cell_add (cell, reason_text, reason);
      zc_cell_add (cell, "）", NULL);
    }
  if (yes_attribute (element, "note") && *note_text)
    {
      if (cell->spans->len > 0)
        zc_cell_add (cell, "。", NULL);
      zc_cell_add (cell, note_text, note);
    }
}

const ZcField *
zc_build_finding_field (const char *id)
{
  GPtrArray *fields = zc_finding_fields ();

  for (guint i = 0; i < fields->len; i++)
    if (strcmp (((const ZcField *) fields->pdata[i])->id, id) == 0)
      return fields->pdata[i];
  return NULL;
}

static void
fill_column (const ZcBuild *build, ZcCell *cell, const xmlNode *element, const char *column, const xmlNode *context)
{
  g_autofree char *node_place = context ? zc_record_node_place (context) : NULL;
  const ZcField *field = NULL;
  g_autofree char *place = NULL;
  ZcPlace parsed;

  if (!node_place || !zc_place_parse (node_place, &parsed))
    return;
  place = zc_place_new (parsed.kind == ZC_PLACE_ROW ? ZC_PLACE_CELL : ZC_PLACE_FINDING, parsed.id, parsed.number, column);
  if (parsed.kind == ZC_PLACE_ROW)
    field = zc_ledger_find_column (zc_scheme_find_ledger (build->scheme, parsed.id), column);
  else
    field = zc_build_finding_field (column);
  if (field)
    fill_value (build, cell, field, place, element);
}

static void
fill_cell (const ZcBuild *build, ZcCell *cell, const xmlNode *element, const xmlNode *context, guint number)
{
  g_autofree char *fact = zc_xml_attribute (element, "fact");
  g_autofree char *answer = zc_xml_attribute (element, "answer");
  g_autofree char *column = zc_xml_attribute (element, "column");
  g_autofree char *text = zc_xml_prose (element);

  if (fact)
    fill_fact (build, cell, element, fact);
  else if (answer)
    fill_answer (build, cell, element, answer);
  else if (column)
    fill_column (build, cell, element, column, context);
  else if (yes_attribute (element, "number"))
    {
      g_autofree char *digits = g_strdup_printf ("%u", number);

      cell->align = ZC_ALIGN_CENTER;
      zc_cell_add (cell, digits, NULL);
    }
  if (*text)
    zc_build_template (build, cell->spans, text, context, NULL);
}

static void
set_cell_look (ZcCell *cell, const xmlNode *element)
{
  g_autofree char *align = zc_xml_attribute (element, "align");
  g_autofree char *seal = zc_xml_attribute (element, "seal");

  cell->label = yes_attribute (element, "label");
  cell->vertical = yes_attribute (element, "vertical");
  cell->seal_mm = seal ? g_ascii_strtod (seal, NULL) : 0;
  if (align)
    cell->align = strcmp (align, "end") == 0 ? ZC_ALIGN_END : strcmp (align, "center") == 0 ? ZC_ALIGN_CENTER : ZC_ALIGN_START;
  else if (cell->label || cell->seal_mm > 0)
    cell->align = ZC_ALIGN_CENTER; /* the seal is pressed over the name, in the middle of its cell */
}

static void
build_row (TableBuild *self, const xmlNode *element, const xmlNode *context, guint number)
{
  guint n_columns = self->table->widths->len;
  ZcRow *row = zc_table_add_row (self->table);
  guint column = 0;

  for (const xmlNode *child = zc_xml_first (element, "cell"); child; child = zc_xml_next (child, "cell"))
    {
      guint span = MAX (1, uint_attribute (child, "span", 1));
      ZcCell *cell;

      while (column < n_columns && self->covered[column] > 0)
        column++;
      if (column >= n_columns)
        break; /* the check refuses such rows */
      cell = zc_row_add (row, zc_cell_new (column, MIN (span, n_columns - column)));
      cell->rowspan = MAX (1, uint_attribute (child, "rows", 1));
      fill_cell (self->build, cell, child, context, number);
      set_cell_look (cell, child);
      for (guint i = 0; i < cell->colspan; i++)
        self->covered[column + i] = cell->rowspan;
      column += cell->colspan;
    }
  for (guint i = 0; i < n_columns; i++)
    if (self->covered[i] > 0)
      self->covered[i]--;
}

static void
build_empty_row (TableBuild *self, const xmlNode *each)
{
  const xmlNode *empty = zc_xml_first (each, "empty");
  g_autofree char *text = empty ? zc_xml_prose (empty) : g_strdup ("无");
  ZcRow *row = zc_table_add_row (self->table);
  ZcCell *cell = zc_row_add (row, zc_cell_new (0, self->table->widths->len));

  cell->align = ZC_ALIGN_CENTER;
  zc_cell_add (cell, text, NULL);
}

static GPtrArray *
nodes_of_each (TableBuild *self, const xmlNode *each)
{
  g_autofree char *ledger = zc_xml_attribute (each, "ledger");
  g_autofree char *findings = zc_xml_attribute (each, "findings");

  if (ledger)
    return zc_record_rows (self->build->record, ledger);
  return zc_record_eval_nodes (self->build->record, findings && *findings ? findings : "findings()", NULL);
}

static void
build_each (TableBuild *self, const xmlNode *each)
{
  g_autoptr (GPtrArray) nodes = nodes_of_each (self, each);

  for (guint i = 0; i < nodes->len; i++)
    for (const xmlNode *row = zc_xml_first (each, "row"); row; row = zc_xml_next (row, "row"))
      if (zc_build_holds (self->build, row, nodes->pdata[i]))
        build_row (self, row, nodes->pdata[i], i + 1);
  if (nodes->len == 0)
    build_empty_row (self, each);
}

void
zc_build_table (const ZcBuild *self, const xmlNode *element)
{
  ZcBlock *block = zc_block_new (ZC_BLOCK_TABLE);
  TableBuild table = { self, table_from_widths (element), NULL };

  block->table = table.table;
  block->landscape = yes_attribute (element, "landscape");
  table.table->header_rows = uint_attribute (element, "header-rows", 0);
  table.covered = g_new0 (guint, table.table->widths->len + 1);
  for (const xmlNode *child = zc_xml_first (element, NULL); child; child = zc_xml_next (child, NULL))
    {
      if (zc_xml_is (child, "row") && zc_build_holds (self, child, NULL))
        build_row (&table, child, NULL, table.table->rows->len + 1);
      else if (zc_xml_is (child, "each"))
        build_each (&table, child);
    }
  g_free (table.covered);
  zc_document_add (self->document, block);
}
