/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-help-dialog.h"

#include "widgets/zc-line-list.h"
#include "zc-dialog.h"
#include "zc-help-page.h"

#include <glib/gi18n.h>
#include <stdlib.h>

/* How much of the text around what was found is shown: characters before it, and altogether. */
#define BEFORE_FOUND 12
#define SNIPPET 48

typedef struct
{
  GtkWindow *window; /* owns this */
  GtkSearchEntry *search;
  ZcLineList *list;
  ZcHelpPage *page;
  const ZcHelpBook *book;
  char **words; /* nullable: what is searched for */
} Help;

static void
help_free (Help *self)
{
  g_strfreev (self->words);
  g_free (self);
}

/* A line's key: the topic, and after a blank the block of a result. */

static void
show_key (Help *self, const char *key)
{
  g_auto (GStrv) parts = g_strsplit (key, " ", 2);
  const ZcHelpTopic *topic = zc_help_book_find (self->book, parts[0]);

  if (topic)
    zc_help_page_show (self->page, topic, parts[1] ? atoi (parts[1]) : -1, self->words);
}

static void
show_contents (Help *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  const ZcHelpTopic *shown = zc_help_page_get_topic (self->page);
  const char *part = NULL;

  for (guint i = 0; i < self->book->topics->len; i++)
    {
      const ZcHelpTopic *topic = self->book->topics->pdata[i];

      if (g_strcmp0 (topic->part, part) != 0)
        g_ptr_array_add (lines, zc_line_new_heading (topic->part, topic->part, ""));
      part = topic->part;
      g_ptr_array_add (lines, zc_line_new (topic->id, NULL, topic->title, NULL));
    }
  zc_line_list_set_lines (self->list, lines);
  zc_line_list_select (self->list, shown ? shown->id : NULL);
}

/* The text around the first word that was found. */
static char *
snippet_of (const char *text, char **words)
{
  gssize at = zc_help_match (text, 0, words, NULL);
  glong offset = at > 0 ? g_utf8_pointer_to_offset (text, text + at) : 0;
  glong from = MAX (offset - BEFORE_FOUND, 0);
  glong length = g_utf8_strlen (text, -1);
  glong to = MIN (from + SNIPPET, length);
  g_autofree char *cut = g_utf8_substring (text, from, to);

  return g_strconcat (from > 0 ? "…" : "", cut, to < length ? "…" : "", NULL);
}

static ZcLine *
result_line_new (const ZcHelpHit *hit, char **words)
{
  const ZcHelpBlock *block = hit->block >= 0 ? hit->topic->blocks->pdata[hit->block] : NULL;
  g_autofree char *key = g_strdup_printf ("%s %d", hit->topic->id, hit->block);
  g_autofree char *snippet = block ? snippet_of (block->text, words) : NULL;

  return zc_line_new (key, NULL, hit->topic->title, snippet);
}

static void
show_results (Help *self, const char *typed)
{
  g_autoptr (GArray) hits = zc_help_book_search (self->book, typed);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (lines, result_line_new (&g_array_index (hits, ZcHelpHit, i), self->words));
  zc_line_list_set_lines (self->list, lines);
  zc_line_list_select (self->list, zc_line_list_get_key (self->list, 0));
}

static void
on_search_changed (Help *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->words, g_strfreev);
  self->words = zc_help_split (typed);
  if (self->words[0])
    show_results (self, typed);
  else
    {
      g_clear_pointer (&self->words, g_strfreev);
      show_contents (self);
    }
}

/* Enter in the entry goes to the first result, and to the text. */
static void
on_search_activate (Help *self)
{
  on_search_changed (self);
  if (self->words)
    zc_line_list_activate (self->list, 0);
}

static void
on_stop_search (Help *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)))
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (self->window);
}

static void
on_line_activated (ZcLineList *list, const char *key, Help *self)
{
  show_key (self, key);
  zc_help_page_focus (self->page);
}

static void
on_related (ZcHelpPage *page, const char *id, Help *self)
{
  show_key (self, id);
  if (!self->words)
    zc_line_list_select (self->list, id);
  zc_help_page_focus (self->page);
}

/* Building */

static gboolean
on_move_keys (GtkWidget *widget, GVariant *argument, gpointer data)
{
  Help *self = data;
  GtkWidget *focus = gtk_window_get_focus (self->window);
  gboolean in_page = focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->page));

  if (g_variant_get_boolean (argument) || in_page)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else
    zc_help_page_focus (self->page);
  return TRUE;
}

/* F6 changes between the search and the text, Control and F goes to the search. */
static void
add_keys (Help *self)
{
  static const char *const triggers[] = { "F6", "<Control>f" };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (triggers[i]),
                                                gtk_callback_action_new (on_move_keys, self, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (i == 1));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self->window), keys);
}

static GtkWidget *
sidebar_new (Help *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->list = ZC_LINE_LIST (zc_line_list_new (_("Topics of the help")));
  g_object_set (self->search, "placeholder-text", _("Search the help"), NULL);
  zc_set_name (GTK_WIDGET (self->search), _("Search the help"));
  zc_line_list_set_empty_text (self->list, _("Nothing in the help has these words. Try fewer or others."));
  gtk_widget_set_margin_top (GTK_WIDGET (self->search), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self->search), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->search), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->search), 6);
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  gtk_widget_set_size_request (box, 260, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activate), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (on_stop_search), self);
  g_signal_connect (self->list, "activated", G_CALLBACK (on_line_activated), self);
  return box;
}

static Help *
help_new (GtkWindow *parent)
{
  Help *self = g_new0 (Help, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->book = zc_help_book_get ();
  self->page = ZC_HELP_PAGE (zc_help_page_new (self->book));
  g_signal_connect (self->page, "related", G_CALLBACK (on_related), self);
  gtk_widget_set_hexpand (GTK_WIDGET (self->page), TRUE);
  gtk_box_append (GTK_BOX (box), sidebar_new (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->page));
  self->window = zc_dialog_new (parent, _("Help"), 900, 640, box, NULL);
  gtk_window_set_modal (self->window, FALSE);
  add_keys (self);
  g_object_set_data_full (G_OBJECT (self->window), "help", self, (GDestroyNotify) help_free);
  return self;
}

static void
on_help_gone (GObject *parent)
{
  g_object_set_data (parent, "help-window", NULL);
}

static Help *
help_of (GtkWindow *parent)
{
  GtkWindow *window = g_object_get_data (G_OBJECT (parent), "help-window");
  Help *self;

  if (window)
    return g_object_get_data (G_OBJECT (window), "help");
  self = help_new (parent);
  g_object_set_data (G_OBJECT (parent), "help-window", self->window);
  g_signal_connect_object (self->window, "destroy", G_CALLBACK (on_help_gone), parent, G_CONNECT_SWAPPED);
  return self;
}

GtkWindow *
zc_help_dialog_present (GtkWindow *parent, const char *topic)
{
  Help *self = help_of (parent);
  const ZcHelpTopic *wanted = zc_help_book_find (self->book, topic);

  zc_help_page_show (self->page, wanted ? wanted : self->book->topics->pdata[0], -1, NULL);
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)))
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_clear_pointer (&self->words, g_strfreev);
  show_contents (self);
  gtk_window_present (self->window);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return self->window;
}
