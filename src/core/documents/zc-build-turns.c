/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/zc-build.h"

/* So many rows fit beside a wide table on its page; more deserve an upright one. */
#define MOST_ROWS 8

static gboolean
is_wide (const ZcBlock *block)
{
  return block->kind == ZC_BLOCK_TABLE && block->table && block->landscape;
}

/* The next wide table after @first if nothing but a few rows under headings stand before it; 0 if not. */
static guint
find_next_wide (const ZcDocument *document, guint first)
{
  guint rows = 0;

  for (guint i = first + 1; i < document->blocks->len; i++)
    {
      const ZcBlock *block = document->blocks->pdata[i];

      if (is_wide (block))
        return i;
      if (block->kind == ZC_BLOCK_TABLE && block->table)
        rows += block->table->rows->len - MIN (block->table->header_rows, block->table->rows->len);
      else if (block->kind != ZC_BLOCK_HEADING && block->kind != ZC_BLOCK_NOTE)
        return 0;
      if (rows > MOST_ROWS)
        return 0;
    }
  return 0;
}

void
zc_build_turns (ZcDocument *document)
{
  for (guint i = 0; i < document->blocks->len; i++)
    {
      guint next = is_wide (document->blocks->pdata[i]) ? find_next_wide (document, i) : 0;

      for (guint k = i + 1; k < next; k++)
        if (((ZcBlock *) document->blocks->pdata[k])->kind == ZC_BLOCK_TABLE)
          ((ZcBlock *) document->blocks->pdata[k])->landscape = TRUE;
    }
}
