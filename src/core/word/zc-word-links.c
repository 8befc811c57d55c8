/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "word/zc-word-private.h"

#include <string.h>

/* Word's names of bookmarks: a letter, then letters, digits and underlines, 40 at most. */
#define MAX_BOOKMARK 40

/** Bookmark: what links to an anchor name. */
typedef struct
{
  char *name;
  gboolean written;
} Bookmark;

static void
bookmark_free (gpointer data)
{
  Bookmark *bookmark = data;

  g_free (bookmark->name);
  g_free (bookmark);
}

static char *
make_name (const char *anchor, guint number)
{
  g_autofree char *suffix = number > 0 ? g_strdup_printf ("_%u", number) : g_strdup ("");
  g_autofree char *stem = g_strndup (anchor, MAX_BOOKMARK - strlen (suffix));

  for (char *at = stem; *at; at++)
    if (!g_ascii_isalnum (*at))
      *at = '_';
  return g_strconcat (stem, suffix, NULL);
}

static gboolean
is_text (const ZcBlock *block)
{
  return block->kind <= ZC_BLOCK_NOTE && block->spans && block->spans->len > 0;
}

GHashTable *
zc_word_anchors_new (const ZcDocument *document)
{
  GHashTable *anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, bookmark_free);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const ZcBlock *block = document->blocks->pdata[i];
      Bookmark *bookmark;

      if (!is_text (block) || !block->anchor || !g_ascii_isalpha (*block->anchor) ||
          g_hash_table_contains (anchors, block->anchor))
        continue;
      bookmark = g_new0 (Bookmark, 1);
      bookmark->name = make_name (block->anchor, 0);
      while (!g_hash_table_add (names, bookmark->name))
        {
          g_free (bookmark->name);
          bookmark->name = make_name (block->anchor, g_hash_table_size (names));
        }
      g_hash_table_insert (anchors, g_strdup (block->anchor), bookmark);
    }
  return anchors;
}

void
zc_word_bookmark (ZcWordBody *self, const char *anchor)
{
  Bookmark *bookmark = anchor ? g_hash_table_lookup (self->anchors, anchor) : NULL;

  if (!bookmark || bookmark->written)
    return;
  bookmark->written = TRUE;
  zc_word_open (self->xml, "w:bookmarkStart");
  zc_word_attribute_int (self->xml, "w:id", (int) self->bookmarks);
  zc_word_attribute (self->xml, "w:name", bookmark->name);
  zc_word_close (self->xml);
  zc_word_open (self->xml, "w:bookmarkEnd");
  zc_word_attribute_int (self->xml, "w:id", (int) self->bookmarks++);
  zc_word_close (self->xml);
}

void
zc_word_line_runs (ZcWordBody *self, const GPtrArray *line)
{
  for (guint i = 0; i < line->len; i++)
    {
      const ZcWordPiece *piece = line->pdata[i];
      const Bookmark *to = piece->link ? g_hash_table_lookup (self->anchors, piece->link) : NULL;

      if (to)
        {
          zc_word_open (self->xml, "w:hyperlink");
          zc_word_attributes (self->xml, "w:anchor", to->name, "w:history", "1", NULL);
        }
      zc_word_run (self->xml, piece->text, piece->weak);
      if (to)
        zc_word_close (self->xml);
    }
}
