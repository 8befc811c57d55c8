/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-help-page.h"

#include "zc-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ZcHelpPage
{
  AdwBin parent_instance;
  GtkTextView *view;
  GtkTextBuffer *buffer; /* the view's */
  GtkWidget *related_bar;
  GtkWidget *related_box;

  const ZcHelpBook *book;
  const ZcHelpTopic *topic; /* nullable */
  guint scrolling;          /* tick callback */
};

G_DEFINE_FINAL_TYPE (ZcHelpPage, zc_help_page, ADW_TYPE_BIN)

static guint related_signal;

/* One tag for each kind of block, in the order of ZcHelpKind. */
static const char *const block_tags[] = { "paragraph", "heading", "step", "item", "note", "command" };
static const char *const span_tags[] = { "label", "key", "code" };

/* Translucent, so that they are right on light and on dark paper. */
static const GdkRGBA shade = { 0.5f, 0.5f, 0.5f, 0.14f };
static const GdkRGBA note_shade = { 0.21f, 0.52f, 0.89f, 0.14f };
static const GdkRGBA found_shade = { 0.97f, 0.76f, 0.0f, 0.4f };

static void
add_tags (GtkTextBuffer *buffer)
{
  gtk_text_buffer_create_tag (buffer, "title", "weight", PANGO_WEIGHT_BOLD, "scale", 1.6, "pixels-below-lines", 12, NULL);
  gtk_text_buffer_create_tag (buffer, "paragraph", "pixels-below-lines", 9, NULL);
  gtk_text_buffer_create_tag (buffer, "heading", "weight", PANGO_WEIGHT_BOLD, "scale", 1.15, "pixels-above-lines", 12,
                              "pixels-below-lines", 6, NULL);
  gtk_text_buffer_create_tag (buffer, "step", "left-margin", 60, "indent", -24, "pixels-below-lines", 6, NULL);
  gtk_text_buffer_create_tag (buffer, "item", "left-margin", 60, "indent", -14, "pixels-below-lines", 6, NULL);
  gtk_text_buffer_create_tag (buffer, "note", "left-margin", 42, "right-margin", 42, "pixels-above-lines", 6, "pixels-below-lines", 12,
                              "paragraph-background-rgba", &note_shade, NULL);
  gtk_text_buffer_create_tag (buffer, "command", "family", "monospace", "left-margin", 42, "right-margin", 42,
                              "pixels-above-lines", 4, "pixels-below-lines", 8, "paragraph-background-rgba", &shade,
                              "wrap-mode", GTK_WRAP_CHAR, NULL);
  gtk_text_buffer_create_tag (buffer, "label", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "key", "background-rgba", &shade, NULL);
  gtk_text_buffer_create_tag (buffer, "code", "family", "monospace", "background-rgba", &shade, NULL);
  gtk_text_buffer_create_tag (buffer, "found", "background-rgba", &found_shade, "underline", PANGO_UNDERLINE_SINGLE, NULL);
}

static void
insert (ZcHelpPage *self, const char *text, gssize length, const char *tag, const char *more)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert_with_tags_by_name (self->buffer, &end, text, (int) length, tag, more, NULL);
}

static void
insert_text (ZcHelpPage *self, const ZcHelpBlock *block, const char *tag)
{
  gsize at = 0;

  for (guint i = 0; i < block->spans->len; i++)
    {
      const ZcHelpSpan *span = &g_array_index (block->spans, ZcHelpSpan, i);

      insert (self, block->text + at, (gssize) (span->start - at), tag, NULL);
      insert (self, block->text + span->start, (gssize) (span->end - span->start), tag, span_tags[span->style]);
      at = span->end;
    }
  insert (self, block->text + at, -1, tag, NULL);
}

static void
insert_block (ZcHelpPage *self, const ZcHelpBlock *block)
{
  const char *tag = block_tags[block->kind];
  g_autofree char *number = g_strdup_printf ("%u. ", block->number);

  insert (self, "\n", -1, tag, NULL);
  if (block->kind == ZC_HELP_STEP)
    insert (self, number, -1, tag, NULL);
  else if (block->kind == ZC_HELP_ITEM)
    insert (self, "• ", -1, tag, NULL);
  else if (block->kind == ZC_HELP_NOTE && self->book->note)
    insert (self, self->book->note, -1, tag, "label");
  insert_text (self, block, tag);
}

static void
mark_found (ZcHelpPage *self, char **words)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  gsize after = 0;
  gssize at;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  for (gsize from = 0; (at = zc_help_match (text, from, words, &after)) >= 0; from = after)
    {
      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) g_utf8_pointer_to_offset (text, text + at));
      gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) g_utf8_pointer_to_offset (text, text + after));
      gtk_text_buffer_apply_tag_by_name (self->buffer, "found", &start, &end);
    }
}

static void
on_related (GtkButton *button, ZcHelpPage *self)
{
  g_signal_emit (self, related_signal, 0, g_object_get_data (G_OBJECT (button), "topic"));
}

static void
fill_related (ZcHelpPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->related_box)))
    gtk_box_remove (GTK_BOX (self->related_box), child);
  for (guint i = 0; i < self->topic->related->len; i++)
    {
      const ZcHelpTopic *topic = zc_help_book_find (self->book, self->topic->related->pdata[i]);
      GtkWidget *button;

      if (!topic)
        continue;
      button = gtk_button_new_with_label (topic->title);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "topic", topic->id);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_related), self, 0);
      gtk_box_append (GTK_BOX (self->related_box), button);
    }
  gtk_widget_set_visible (self->related_bar, self->topic->related->len > 0);
}

/* Where the caret is can be scrolled to once the text is laid out in its width: in the first frame after that of the layout. */
static gboolean
on_frame (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  ZcHelpPage *self = data;

  if (gtk_widget_get_width (view) == 0)
    return G_SOURCE_CONTINUE;
  self->scrolling = 0;
  gtk_text_view_scroll_to_mark (self->view, gtk_text_buffer_get_insert (self->buffer), 0, TRUE, 0,
                                zc_help_page_get_block (self) < 0 ? 0 : 0.1);
  return G_SOURCE_REMOVE;
}

/* Block n is line n + 1: no block has a line break. */
static void
move_to (ZcHelpPage *self, int block)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_line (self->buffer, &at, block + 1);
  gtk_text_buffer_place_cursor (self->buffer, &at);
  if (self->scrolling == 0)
    self->scrolling = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), on_frame, self, NULL);
}

void
zc_help_page_show (ZcHelpPage *self, const ZcHelpTopic *topic, int block, char **words)
{
  self->topic = topic;
  gtk_text_buffer_set_text (self->buffer, "", 0);
  insert (self, topic->title, -1, "title", NULL);
  for (guint i = 0; i < topic->blocks->len; i++)
    insert_block (self, topic->blocks->pdata[i]);
  if (words)
    mark_found (self, words);
  fill_related (self);
  zc_set_name (GTK_WIDGET (self->view), topic->title);
  move_to (self, block);
}

const ZcHelpTopic *
zc_help_page_get_topic (ZcHelpPage *self)
{
  return self->topic;
}

int
zc_help_page_get_block (ZcHelpPage *self)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &at, gtk_text_buffer_get_insert (self->buffer));
  return gtk_text_iter_get_line (&at) - 1;
}

void
zc_help_page_focus (ZcHelpPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

GtkWidget *
zc_help_page_new (const ZcHelpBook *book)
{
  ZcHelpPage *self = g_object_new (ZC_TYPE_HELP_PAGE, NULL);

  self->book = book;
  return GTK_WIDGET (self);
}

static void
zc_help_page_class_init (ZcHelpPageClass *klass)
{
  related_signal = g_signal_new ("related", ZC_TYPE_HELP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
related_bar_new (ZcHelpPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (_("See also"));

  self->related_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->related_box);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (bar, "zc-action-bar");
  gtk_box_append (GTK_BOX (bar), label);
  gtk_box_append (GTK_BOX (bar), scrolled);
  return bar;
}

static GtkWidget *
view_new (ZcHelpPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_scrollable_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  add_tags (self->buffer);
  gtk_text_view_set_editable (self->view, FALSE);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (self->view, 30);
  gtk_text_view_set_right_margin (self->view, 30);
  gtk_text_view_set_top_margin (self->view, 24);
  gtk_text_view_set_bottom_margin (self->view, 24);
  gtk_text_view_set_pixels_inside_wrap (self->view, 3);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "zc-help");
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 680);
  adw_clamp_scrollable_set_tightening_threshold (ADW_CLAMP_SCROLLABLE (clamp), 680);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
zc_help_page_init (ZcHelpPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), view_new (self));
  self->related_bar = related_bar_new (self);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), self->related_bar);
  adw_bin_set_child (ADW_BIN (self), box);
}
