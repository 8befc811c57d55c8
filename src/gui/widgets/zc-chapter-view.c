/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-chapter-view.h"

#include "record/zc-template.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ZcChapterView
{
  AdwBin parent_instance;
  ZcSession *session; /* nullable */
  GtkTextView *view;
  GtkTextBuffer *buffer;
  gboolean setting; /* the program changes it, not the user */
  guint actions;    /* how many user actions are open */
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcChapterView, zc_chapter_view, ADW_TYPE_BIN)

GtkTextBuffer *
zc_chapter_view_get_buffer (ZcChapterView *self)
{
  return self->buffer;
}

static const char *
place_of (GtkTextTag *tag)
{
  return g_object_get_data (G_OBJECT (tag), "place");
}

/* The value that the character behind @iter belongs to. Returns: (nullable) */
static GtkTextTag *
value_at (const GtkTextIter *iter)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (iter);

  for (GSList *at = tags; at; at = at->next)
    if (place_of (at->data))
      return at->data;
  return NULL;
}

static GtkTextTag *
value_around (const GtkTextIter *iter)
{
  GtkTextTag *tag = value_at (iter);

  return tag && !gtk_text_iter_starts_tag (iter, tag) ? tag : NULL;
}

/* Templates */

static void
append_piece (ZcChapterView *self, GtkTextIter *iter, const ZcPiece *piece)
{
  const GdkRGBA colour = { 0.21f, 0.52f, 0.89f, 0.16f };
  GtkTextTag *tag;

  if (!piece->place)
    {
      gtk_text_buffer_insert (self->buffer, iter, piece->text, -1);
      return;
    }
  tag = gtk_text_buffer_create_tag (self->buffer, NULL, "background-rgba", &colour, NULL);
  g_object_set_data_full (G_OBJECT (tag), "place", g_strdup (piece->place), g_free);
  gtk_text_buffer_insert_with_tags (self->buffer, iter, piece->text, -1, tag, NULL);
}

static GPtrArray *
read_pieces (ZcChapterView *self)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_piece_free);
  GtkTextIter at, next;

  gtk_text_buffer_get_start_iter (self->buffer, &at);
  while (!gtk_text_iter_is_end (&at))
    {
      GtkTextTag *tag = value_at (&at);
      g_autofree char *text = NULL;

      next = at;
      gtk_text_iter_forward_to_tag_toggle (&next, NULL);
      text = gtk_text_buffer_get_text (self->buffer, &at, &next, TRUE);
      g_ptr_array_add (pieces, zc_piece_new (text, tag ? place_of (tag) : NULL));
      at = next;
    }
  return pieces;
}

static gboolean
is_same (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const ZcPiece *one = a->pdata[i], *other = b->pdata[i];

      if (strcmp (one->text, other->text) != 0 || g_strcmp0 (one->place, other->place) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
drop_tag (GtkTextTag *tag, gpointer table)
{
  if (place_of (tag))
    gtk_text_tag_table_remove (table, tag);
}

void
zc_chapter_view_set_template (ZcChapterView *self, const char *text)
{
  g_autoptr (GPtrArray) pieces = zc_template_expand (text, zc_session_record (self->session), NULL);
  g_autoptr (GPtrArray) shown = read_pieces (self);
  GtkTextIter iter;
  int cursor;

  if (is_same (pieces, shown))
    return;
  g_object_get (self->buffer, "cursor-position", &cursor, NULL);
  self->setting = TRUE;
  gtk_text_buffer_set_text (self->buffer, "", 0);
  gtk_text_tag_table_foreach (gtk_text_buffer_get_tag_table (self->buffer), drop_tag, gtk_text_buffer_get_tag_table (self->buffer));
  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  for (guint i = 0; i < pieces->len; i++)
    append_piece (self, &iter, pieces->pdata[i]);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, cursor);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  self->setting = FALSE;
}

char *
zc_chapter_view_get_template (ZcChapterView *self)
{
  g_autoptr (GPtrArray) pieces = read_pieces (self);

  return zc_template_from_pieces (pieces);
}

guint
zc_chapter_view_count (ZcChapterView *self)
{
  g_autofree char *text = NULL;
  guint count = 0;

  g_object_get (self->buffer, "text", &text, NULL);
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    count += !g_unichar_isspace (g_utf8_get_char (at));
  return count;
}

/* Editing: what is typed inside a value goes behind it; what deletes a part of it deletes it whole. */

static void
tell (ZcChapterView *self)
{
  if (!self->setting && self->actions == 0)
    g_signal_emit (self, signals[EDITED], 0);
}

static void
on_insert (GtkTextBuffer *buffer, GtkTextIter *iter, const char *text, int length, ZcChapterView *self)
{
  GtkTextTag *tag = self->setting ? NULL : value_around (iter);

  if (tag)
    gtk_text_iter_forward_to_tag_toggle (iter, tag);
}

static void
on_inserted (GtkTextBuffer *buffer, GtkTextIter *end, const char *text, int length, ZcChapterView *self)
{
  GtkTextIter start = *end;
  GtkTextTag *tag;

  if (self->setting)
    return;
  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  tag = value_at (&start);
  if (tag)
    gtk_text_buffer_remove_tag (buffer, tag, &start, end);
}

static void
on_delete (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *end, ZcChapterView *self)
{
  GtkTextTag *tag;

  if (self->setting)
    return;
  tag = value_around (start);
  if (tag)
    gtk_text_iter_backward_to_tag_toggle (start, tag);
  tag = value_around (end);
  if (tag)
    gtk_text_iter_forward_to_tag_toggle (end, tag);
}

static void
on_begin (ZcChapterView *self)
{
  self->actions++;
}

static void
on_end (ZcChapterView *self)
{
  if (--self->actions == 0)
    tell (self);
}

void
zc_chapter_view_insert_value (ZcChapterView *self, const char *place)
{
  g_autofree char *shown = zc_record_display (zc_session_record (self->session), place);
  ZcPiece piece = { *shown ? shown : (char *) "____", (char *) place };
  GtkTextIter iter;
  GtkTextTag *tag;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  tag = value_around (&iter);
  if (tag)
    gtk_text_iter_forward_to_tag_toggle (&iter, tag);
  self->setting = TRUE;
  append_piece (self, &iter, &piece);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  self->setting = FALSE;
  tell (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* What a value is called, under the pointer. */
static gboolean
on_query_tooltip (GtkTextView *view, int x, int y, gboolean keyboard, GtkTooltip *tooltip, ZcChapterView *self)
{
  GtkTextIter iter;
  GtkTextTag *tag;
  g_autofree char *label = NULL;
  int at_x, at_y;

  if (keyboard)
    gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  else
    {
      gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &at_x, &at_y);
      if (!gtk_text_view_get_iter_at_location (view, &iter, at_x, at_y))
        return FALSE;
    }
  tag = value_at (&iter);
  if (!tag)
    return FALSE;
  label = zc_record_label (zc_session_record (self->session), place_of (tag));
  gtk_tooltip_set_text (tooltip, label);
  return TRUE;
}

void
zc_chapter_view_set_session (ZcChapterView *self, ZcSession *session)
{
  g_set_object (&self->session, session);
}

void
zc_chapter_view_set_name (ZcChapterView *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
zc_chapter_view_set_editable (ZcChapterView *self, gboolean editable)
{
  gtk_text_view_set_editable (self->view, editable);
}

static gboolean
zc_chapter_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ZC_CHAPTER_VIEW (widget)->view));
}

static void
zc_chapter_view_dispose (GObject *object)
{
  ZcChapterView *self = ZC_CHAPTER_VIEW (object);

  self->setting = TRUE;
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_chapter_view_parent_class)->dispose (object);
}

static void
zc_chapter_view_class_init (ZcChapterViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_chapter_view_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = zc_chapter_view_grab_focus;
  signals[EDITED] = g_signal_new ("edited", ZC_TYPE_CHAPTER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
connect_buffer (ZcChapterView *self)
{
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (on_insert), self, 0);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (on_inserted), self, G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "delete-range", G_CALLBACK (on_delete), self, 0);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "begin-user-action", G_CALLBACK (on_begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "end-user-action", G_CALLBACK (on_end), self, G_CONNECT_SWAPPED);
}

static void
zc_chapter_view_init (ZcChapterView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE); /* undo is the inspection's */
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_left_margin (self->view, 18);
  gtk_text_view_set_right_margin (self->view, 18);
  gtk_text_view_set_top_margin (self->view, 18);
  gtk_text_view_set_bottom_margin (self->view, 18);
  gtk_text_view_set_pixels_below_lines (self->view, 10);
  gtk_text_view_set_pixels_inside_wrap (self->view, 6);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->view), TRUE);
  g_signal_connect_object (self->view, "query-tooltip", G_CALLBACK (on_query_tooltip), self, 0);
  zc_chapter_view_set_name (self, _("Text of the chapter"));
  connect_buffer (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}
