/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-keys-window.h"

#include "widgets/zc-column.h"

/* From this size of the text on two columns are too much; and lines enough for one column of all. */
#define LARGE_TEXT 1.3
#define ALL_LINES 1000
#define HEIGHT 600

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found)
        return found;
    }
  return NULL;
}

/* GTK fills two columns however few lines there are, anew each time that the window comes up: they are set below each other. */
static void
stack_columns (GtkWidget *section)
{
  GtkWidget *pages = find_type (section, GTK_TYPE_STACK);

  for (GtkWidget *page = pages ? gtk_widget_get_first_child (pages) : NULL; page; page = gtk_widget_get_next_sibling (page))
    if (GTK_IS_BOX (page))
      gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
}

static void
scroll (GtkWindow *window)
{
  g_autoptr (GtkWidget) child = g_object_ref (gtk_window_get_child (window));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_window_set_child (window, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_window_set_child (window, scroller);
  gtk_window_set_default_size (window, -1, HEIGHT);
}

/* Once for all: what fits large text fits small text too. */
static void
on_text_size (GtkWindow *window)
{
  GtkWidget *section = find_type (GTK_WIDGET (window), GTK_TYPE_SHORTCUTS_SECTION);

  if (!section || zc_text_scale (GTK_WIDGET (window)) < LARGE_TEXT || GTK_IS_SCROLLED_WINDOW (gtk_window_get_child (window)))
    return;
  g_object_set (section, "max-height", ALL_LINES, NULL);
  stack_columns (section);
  g_signal_connect (section, "map", G_CALLBACK (stack_columns), NULL);
  scroll (window);
}

void
zc_keys_window_follow_text (GtkShortcutsWindow *window)
{
  if (!window)
    return;
  on_text_size (GTK_WINDOW (window));
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (window)), "notify::gtk-xft-dpi", G_CALLBACK (on_text_size), window,
                           G_CONNECT_SWAPPED);
}
