/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-dialog.h"

#include "widgets/zc-column.h"

/* With large text a dialog may grow, as far as a small screen lets it. */
#define WIDEST 960
#define TALLEST 640

/* @usual: for text of the usual size */
static int
scaled (int usual, double scale, int most)
{
  return MAX (usual, (int) MIN (usual * scale, most));
}

GtkWindow *
zc_dialog_new (GtkWindow *parent, const char *title, int width, int height, GtkWidget *content, AdwHeaderBar **bar)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  double scale = zc_text_scale (window);

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), scaled (width, scale, WIDEST), scaled (height, scale, TALLEST));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, shortcuts);
  gtk_widget_set_vexpand (content, TRUE);
  zc_clamps_follow_text (content);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (window), box);
  if (bar)
    *bar = ADW_HEADER_BAR (header);
  return GTK_WINDOW (window);
}

void
zc_announce (GtkWidget *from, const char *sentence)
{
  GtkRoot *root = gtk_widget_get_root (from);
  const char *title = GTK_IS_WINDOW (root) ? gtk_window_get_title (GTK_WINDOW (root)) : NULL;
  g_autofree char *name = title && *title ? g_strdup_printf ("%s — %s", sentence, title) : g_strdup (sentence);

  if (root)
    gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
zc_set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* The focus is on the button in it, which GTK 4.8 gives no name. */
  if (GTK_IS_DROP_DOWN (widget))
    zc_set_name (gtk_widget_get_first_child (widget), name);
}

void
zc_set_description (GtkWidget *widget, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  if (GTK_IS_DROP_DOWN (widget))
    zc_set_description (gtk_widget_get_first_child (widget), description);
}

static void
on_row_entered (AdwEntryRow *row)
{
  /* Not its text, which may be a passphrase. */
  zc_announce (GTK_WIDGET (row), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

void
zc_tell_focus (AdwEntryRow *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_row_entered), row);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
}

void
zc_focus_into (GtkWidget *part)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (part));

  if (!focus || !gtk_widget_is_ancestor (focus, part))
    gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD);
}

static void
hush_pages (GtkStack *stack)
{
  g_autoptr (GListModel) pages = G_LIST_MODEL (gtk_stack_get_pages (stack));

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GtkAccessible) page = g_list_model_get_item (pages, i);

      gtk_accessible_update_property (page, GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
    }
}

void
zc_hush_stacks (GtkWidget *root)
{
  if (GTK_IS_STACK (root))
    hush_pages (GTK_STACK (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    zc_hush_stacks (child);
}

GtkWidget *
zc_icon_button_new (const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  zc_set_name (button, label);
  return button;
}

/* The row of the list that has the look of being chosen. */
static GtkWidget *
find_selected (GtkWidget *root)
{
  if (GTK_IS_LIST_VIEW (gtk_widget_get_parent (root)) && (gtk_widget_get_state_flags (root) & GTK_STATE_FLAG_SELECTED))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_selected (child);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
focus_selected (gpointer popover)
{
  GtkWidget *row = gtk_widget_get_mapped (popover) ? find_selected (popover) : NULL;

  if (row)
    gtk_widget_grab_focus (row);
  return G_SOURCE_REMOVE;
}

/* The drop-down gives the focus to its list only after this. */
static void
on_popover_mapped (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, focus_selected, g_object_ref (popover), g_object_unref);
}

GtkWidget *
zc_drop_down_new (GListModel *labels)
{
  GtkWidget *drop_down = gtk_drop_down_new (labels, NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (drop_down); child; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      g_signal_connect (child, "map", G_CALLBACK (on_popover_mapped), NULL);
  return drop_down;
}

/* A bar that was pulsed draws itself for ever, out of sight too: GTK stops it only for a fraction. */
static void
on_bar_unmapped (GtkProgressBar *bar)
{
  gtk_progress_bar_set_fraction (bar, 0);
}

void
zc_pulse (GtkProgressBar *bar)
{
  g_signal_handlers_disconnect_by_func (bar, on_bar_unmapped, NULL);
  g_signal_connect (bar, "unmap", G_CALLBACK (on_bar_unmapped), NULL);
  gtk_progress_bar_pulse (bar);
}

void
zc_set_progress (GtkProgressBar *bar, const char *phase, guint64 done, guint64 total)
{
  double fraction = total > 0 ? (double) MIN (done, total) / (double) total : 0;
  g_autofree char *text = total > 0 ? g_strdup_printf ("%s, %d %%", phase, (int) (fraction * 100)) : g_strdup (phase);

  if (total > 0)
    gtk_progress_bar_set_fraction (bar, fraction);
  else
    zc_pulse (bar);
  /* GTK 4.8 keeps the text of a value to itself; a description is handed on. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}
