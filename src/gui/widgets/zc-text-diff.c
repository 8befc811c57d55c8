/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-text-diff.h"

#include <string.h>

/* Longer texts are told apart by their first and last paragraphs only. */
#define MOST_CELLS (4u * 1024 * 1024)

static void
line_free (gpointer data)
{
  ZcDiffLine *line = data;

  g_free (line->text);
  g_free (line);
}

static void
add_line (GPtrArray *lines, char kind, const char *text)
{
  ZcDiffLine *line = g_new0 (ZcDiffLine, 1);

  line->kind = kind;
  line->text = g_strdup (text);
  line->to = strlen (text);
  g_ptr_array_add (lines, line);
}

/* The lengths of the longest common rest of each pair of starts, row by row; (n + 1) × (m + 1). */
static guint *
measure (char **before, guint n, char **after, guint m)
{
  guint *rest = g_new0 (guint, (gsize) (n + 1) * (m + 1));

  for (guint i = n; i-- > 0;)
    for (guint j = m; j-- > 0;)
      rest[i * (m + 1) + j] = strcmp (before[i], after[j]) == 0
                                ? rest[(i + 1) * (m + 1) + j + 1] + 1
                                : MAX (rest[(i + 1) * (m + 1) + j], rest[i * (m + 1) + j + 1]);
  return rest;
}

static void
walk (GPtrArray *lines, char **before, guint n, char **after, guint m)
{
  g_autofree guint *rest = (guint64) (n + 1) * (m + 1) <= MOST_CELLS ? measure (before, n, after, m) : NULL;
  guint i = 0, j = 0;

  while (i < n || j < m)
    {
      if (i < n && j < m && strcmp (before[i], after[j]) == 0)
        {
          add_line (lines, ' ', before[i++]);
          j++;
        }
      else if (i < n && (j == m || !rest || rest[(i + 1) * (m + 1) + j] >= rest[i * (m + 1) + j + 1]))
        add_line (lines, '-', before[i++]);
      else
        add_line (lines, '+', after[j++]);
    }
}

/* Marks what differs between a paragraph and the one that takes its place. */
static void
compare (ZcDiffLine *gone, ZcDiffLine *come)
{
  gsize head = 0, tail = 0;

  while (gone->text[head] && gone->text[head] == come->text[head])
    head++;
  while (head > 0 && ((guchar) gone->text[head] & 0xc0) == 0x80)
    head--;
  while (tail < gone->to - head && tail < come->to - head && gone->text[gone->to - 1 - tail] == come->text[come->to - 1 - tail])
    tail++;
  while (tail > 0 && ((guchar) gone->text[gone->to - tail] & 0xc0) == 0x80)
    tail--;
  gone->from = come->from = head;
  gone->to -= tail;
  come->to -= tail;
}

GPtrArray *
zc_text_diff (const char *before, const char *after)
{
  g_auto (GStrv) old = g_strsplit (before, "\n", -1);
  g_auto (GStrv) new = g_strsplit (after, "\n", -1);
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  walk (lines, old, g_strv_length (old), new, g_strv_length (new));
  for (guint i = 0; i + 1 < lines->len; i++)
    {
      ZcDiffLine *gone = lines->pdata[i], *come = lines->pdata[i + 1];
      const ZcDiffLine *above = i > 0 ? lines->pdata[i - 1] : NULL;
      const ZcDiffLine *below = i + 2 < lines->len ? lines->pdata[i + 2] : NULL;

      if (gone->kind == '-' && come->kind == '+' && (!above || above->kind == ' ') && (!below || below->kind != '+'))
        compare (gone, come);
    }
  return lines;
}

static void
show_line (GtkTextBuffer *buffer, const ZcDiffLine *line)
{
  const char *mark = line->kind == '-' ? "− " : line->kind == '+' ? "+ " : "  ";
  const char *whole = line->kind == '-' ? "gone" : line->kind == '+' ? "come" : "kept";
  const char *part = line->kind == '-' ? "gone-part" : "come-part";
  GtkTextIter iter;

  gtk_text_buffer_get_end_iter (buffer, &iter);
  if (gtk_text_iter_get_offset (&iter) > 0)
    gtk_text_buffer_insert (buffer, &iter, "\n", 1);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &iter, mark, -1, whole, NULL);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &iter, line->text, (int) line->from, whole, NULL);
  if (line->kind == ' ')
    gtk_text_buffer_insert_with_tags_by_name (buffer, &iter, line->text + line->from, (int) (line->to - line->from), whole, NULL);
  else
    gtk_text_buffer_insert_with_tags_by_name (buffer, &iter, line->text + line->from, (int) (line->to - line->from), whole, part, NULL);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &iter, line->text + line->to, -1, whole, NULL);
}

GtkWidget *
zc_text_diff_view_new (const char *before, const char *after, const char *name)
{
  const GdkRGBA red = { 0.88f, 0.11f, 0.14f, 0.10f }, deep_red = { 0.88f, 0.11f, 0.14f, 0.26f };
  const GdkRGBA green = { 0.15f, 0.64f, 0.41f, 0.12f }, deep_green = { 0.15f, 0.64f, 0.41f, 0.32f };
  g_autoptr (GPtrArray) lines = zc_text_diff (before, after);
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_buffer_create_tag (buffer, "kept", NULL);
  gtk_text_buffer_create_tag (buffer, "gone", "paragraph-background-rgba", &red, NULL);
  gtk_text_buffer_create_tag (buffer, "come", "paragraph-background-rgba", &green, NULL);
  gtk_text_buffer_create_tag (buffer, "gone-part", "background-rgba", &deep_red, "strikethrough", TRUE, NULL);
  gtk_text_buffer_create_tag (buffer, "come-part", "background-rgba", &deep_green, NULL);
  for (guint i = 0; i < lines->len; i++)
    show_line (buffer, lines->pdata[i]);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_pixels_below_lines (GTK_TEXT_VIEW (view), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return view;
}
