/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_COLUMNS 40

static void
document_free (gpointer data)
{
  ZcDocumentSpec *document = data;

  g_free (document->id);
  g_free (document->title);
  g_free (document->filename);
  g_free (document);
}

static void
chapter_free (gpointer data)
{
  ZcChapter *chapter = data;

  g_free (chapter->id);
  g_free (chapter->heading);
  g_free (chapter->hint);
  g_free (chapter);
}

static ZcDocumentKind
kind_of (const xmlNode *node)
{
  static const char *const names[] = { "summary", "form", "undertaking", "annex", "sheet" };
  g_autofree char *text = zc_load_string (node, "kind");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], text) == 0)
      return (ZcDocumentKind) i;
  return ZC_DOCUMENT_SUMMARY;
}

static void
load_chapter (ZcSchemeReal *real, const ZcDocumentSpec *document, const xmlNode *node, ZcFaults *faults)
{
  ZcChapter *chapter = g_new0 (ZcChapter, 1);

  chapter->id = zc_load_string (node, "id");
  chapter->heading = zc_load_string (node, "heading");
  chapter->hint = zc_load_child (node, "hint");
  chapter->document = document->id;
  g_ptr_array_add (real->scheme.chapters, chapter);
  zc_load_claim (real->chapters, chapter->id, chapter, node, faults);
}

/* The grid of a table. Cells reaching down by `rows` take room in the rows below, as in HTML. */

typedef struct
{
  guint columns;
  guint below[MAX_COLUMNS]; /* in how many more rows each column is taken by a cell from above */
} Grid;

static void
place_row (Grid *grid, const xmlNode *row, ZcFaults *faults)
{
  guint taken[MAX_COLUMNS];
  guint column = 0, filled = 0;
  gboolean over = FALSE;

  memcpy (taken, grid->below, sizeof taken);
  for (guint i = 0; i < grid->columns; i++)
    if (taken[i] > 0)
      {
        grid->below[i]--;
        filled++;
      }
  for (const xmlNode *cell = zc_xml_first (row, "cell"); cell && !over; cell = zc_xml_next (cell, "cell"))
    {
      guint span = zc_load_count (cell, "span", 1), rows = zc_load_count (cell, "rows", 1);

      while (column < grid->columns && taken[column] > 0)
        column++;
      for (guint i = 0; i < span && !over; i++)
        over = column + i >= grid->columns || taken[column + i] > 0;
      if (over)
        {
          zc_faults_add (faults, cell,
                         _("This cell does not fit: the table has %u columns, and cells before it or above "
                            "it take them. Make spans smaller."),
                         grid->columns);
          break;
        }
      for (guint i = 0; i < span; i++)
        grid->below[column + i] = rows - 1;
      column += span;
      filled += span;
    }
  if (!over && filled < grid->columns)
    zc_faults_add (faults, row, _("This row fills %u of %u columns. Add cells, or a span."), filled,
                   grid->columns);
}

static void
end_rows (Grid *grid, const xmlNode *last, ZcFaults *faults)
{
  gboolean beyond = FALSE;

  for (guint i = 0; i < grid->columns; i++)
    {
      beyond = beyond || grid->below[i] > 0;
      grid->below[i] = 0;
    }
  if (beyond && last)
    zc_faults_add (
        faults, last,
        _("A cell reaches down beyond this row, which is the last one there. Make its “rows” smaller."));
}

static guint
count_widths (const xmlNode *table)
{
  g_autofree char *widths = zc_load_string (table, "columns");
  guint n = 1;

  for (const char *at = widths; *at; at++)
    n += *at == ' ';
  return MIN (n, MAX_COLUMNS);
}

static void
check_table (const xmlNode *table, ZcFaults *faults)
{
  Grid grid = { count_widths (table), { 0 } };
  const xmlNode *last = NULL;
  guint rows = 0;

  for (const xmlNode *node = zc_xml_first (table, NULL); node; node = zc_xml_next (node, NULL))
    {
      if (zc_xml_is (node, "each"))
        {
          const xmlNode *last_inside = NULL;

          end_rows (&grid, last, faults);
          for (const xmlNode *row = zc_xml_first (node, "row"); row; row = zc_xml_next (row, "row"))
            place_row (&grid, last_inside = row, faults);
          end_rows (&grid, last_inside, faults);
          last = NULL;
          continue;
        }
      place_row (&grid, last = node, faults);
      rows++;
    }
  end_rows (&grid, last, faults);
  if (zc_load_count (table, "header-rows", 0) > rows)
    zc_faults_add (
        faults, table,
        _("header-rows=\"%u\" is more than the %u rows that the table has outside <each>. Make it smaller."),
        zc_load_count (table, "header-rows", 0), rows);
}

static gboolean
prints (const xmlNode *block)
{
  return !zc_xml_is (block, "title") && !zc_xml_is (block, "addressee") && !zc_xml_is (block, "page-break");
}

static void
load_document (ZcSchemeReal *real, const xmlNode *node, GHashTable *files, ZcFaults *faults)
{
  ZcDocumentSpec *document = g_new0 (ZcDocumentSpec, 1);
  gboolean any = FALSE;

  document->id = zc_load_string (node, "id");
  document->title = zc_load_string (node, "title");
  document->kind = kind_of (node);
  document->confidence = zc_load_confidence (node);
  document->filename = zc_load_string (node, "file");
  document->body = node;
  g_ptr_array_add (real->scheme.documents, document);
  zc_load_claim (real->documents, document->id, document, node, faults);
  if (!g_hash_table_add (files, document->filename))
    zc_faults_add (faults, node, _("Two documents are kept in the file “%s”. Choose another name for one."),
                   document->filename);

  for (const xmlNode *block = zc_xml_first (node, NULL); block; block = zc_xml_next (block, NULL))
    {
      any = any || prints (block);
      if (zc_xml_is (block, "chapter"))
        load_chapter (real, document, block, faults);
      if (zc_xml_is (block, "table"))
        check_table (block, faults);
    }
  if (!any)
    zc_faults_add (faults, node,
                   _("The document “%s” prints nothing. Put a chapter, table, paragraph or list into it."),
                   document->id);
}

void
zc_load_documents (ZcSchemeReal *real, const xmlNode *parent, ZcFaults *faults)
{
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);

  real->scheme.documents = g_ptr_array_new_with_free_func (document_free);
  real->scheme.chapters = g_ptr_array_new_with_free_func (chapter_free);
  for (const xmlNode *node = zc_xml_first (parent, "document"); node; node = zc_xml_next (node, "document"))
    load_document (real, node, files, faults);
}
