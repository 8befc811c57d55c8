/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-line-list.h"

#include "widgets/zc-growth.h"
#include "widgets/zc-line.h"
#include "widgets/zc-one-stop.h"
#include "zc-dialog.h"
#include "zc-words.h"

/* So many new lines are shown little by little. */
#define MANY 60

struct _ZcLineList
{
  AdwBin parent_instance;
  GtkStack *stack;
  GtkListView *view;
  GtkLabel *empty;
  GListStore *rows;
  ZcGrowth *growth;
  GtkSingleSelection *selection;
};

G_DEFINE_FINAL_TYPE (ZcLineList, zc_line_list, ADW_TYPE_BIN)

static guint activated_signal;

/* A line's widgets */

typedef struct
{
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *badge;
  gulong handler;
  char *style;
} Widgets;

static void
widgets_free (Widgets *line)
{
  g_free (line->style);
  g_free (line);
}

static Widgets *
widgets_of (GtkListItem *item)
{
  return g_object_get_data (G_OBJECT (item), "line");
}

static GtkWidget *
label_new (const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  ZcLineList *self = ZC_LINE_LIST (gtk_widget_get_ancestor (gtk_list_item_get_child (item), ZC_TYPE_LINE_LIST));

  if (self)
    zc_line_list_activate (self, gtk_list_item_get_position (item));
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  Widgets *line = g_new0 (Widgets, 1);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkGesture *click = gtk_gesture_click_new ();

  line->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  line->icon = gtk_image_new ();
  line->title = label_new (NULL);
  line->subtitle = label_new ("caption");
  line->badge = gtk_label_new ("");
  gtk_widget_add_css_class (line->box, "zc-line");
  gtk_widget_add_css_class (line->subtitle, "dim-label");
  gtk_widget_add_css_class (line->badge, "dim-label");
  gtk_widget_add_css_class (line->badge, "caption");
  gtk_widget_add_css_class (line->badge, "numeric");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), line->title);
  gtk_box_append (GTK_BOX (words), line->subtitle);
  gtk_box_append (GTK_BOX (line->box), line->icon);
  gtk_box_append (GTK_BOX (line->box), words);
  gtk_box_append (GTK_BOX (line->box), line->badge);
  g_signal_connect (click, "released", G_CALLBACK (on_released), item);
  gtk_widget_add_controller (line->box, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, line->box);
  g_object_set_data (G_OBJECT (line->box), "item", item);
  g_object_set_data_full (G_OBJECT (item), "line", line, (GDestroyNotify) widgets_free);
}

static void
set_style (GtkWidget *widget, const char *style, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

static void
show_row (ZcLine *row, GtkListItem *item)
{
  Widgets *line = widgets_of (item);
  g_autofree char *name = g_strdup_printf ("%s%s%s%s%s", row->title, row->badge[0] ? ", " : "", row->badge,
                                           row->subtitle && *row->subtitle ? ", " : "", row->subtitle ? row->subtitle : "");
  GtkWidget *parent = gtk_widget_get_parent (line->box);

  gtk_label_set_label (GTK_LABEL (line->title), row->title);
  gtk_label_set_label (GTK_LABEL (line->subtitle), row->subtitle ? row->subtitle : "");
  zc_words_keep_days_whole (GTK_LABEL (line->subtitle));
  gtk_widget_set_visible (line->subtitle, row->subtitle && *row->subtitle);
  gtk_label_set_label (GTK_LABEL (line->badge), row->badge);
  gtk_widget_set_visible (line->badge, row->badge[0] != '\0');
  gtk_image_set_from_icon_name (GTK_IMAGE (line->icon), row->icon);
  gtk_widget_set_visible (line->icon, row->icon != NULL);
  if (line->style)
    gtk_widget_remove_css_class (line->icon, line->style);
  g_free (line->style);
  line->style = g_strdup (row->style);
  if (line->style)
    gtk_widget_add_css_class (line->icon, line->style);
  set_style (line->title, "heading", row->heading);
  set_style (line->box, "zc-line-heading", row->heading);
  gtk_list_item_set_activatable (item, !row->heading);
  gtk_list_item_set_selectable (item, !row->heading);
  if (parent)
    zc_set_name (parent, name);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  ZcLine *row = ZC_LINE (gtk_list_item_get_item (item));

  widgets_of (item)->handler = g_signal_connect (row, "changed", G_CALLBACK (show_row), item);
  show_row (row, item);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item)
{
  ZcLine *row = ZC_LINE (gtk_list_item_get_item (item));

  g_clear_signal_handler (&widgets_of (item)->handler, row);
}

/* The list */

guint
zc_line_list_get_length (ZcLineList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

/* Borrowed: the list keeps it. */
static ZcLine *
row_at (ZcLineList *self, guint position)
{
  g_autoptr (ZcLine) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  return row;
}

const char *
zc_line_list_get_key (ZcLineList *self, guint position)
{
  ZcLine *row = row_at (self, position);

  return row ? row->key : NULL;
}

const char *
zc_line_list_get_selected (ZcLineList *self)
{
  ZcLine *row = gtk_single_selection_get_selected_item (self->selection);

  return row ? row->key : NULL;
}

void
zc_line_list_activate (ZcLineList *self, guint position)
{
  ZcLine *row = row_at (self, position);
  g_autofree char *key = row && !row->heading ? g_strdup (row->key) : NULL;

  if (!key)
    return;
  zc_growth_reach (self->growth, position);
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, activated_signal, 0, key);
}

static guint
position_of (ZcLineList *self, const char *key)
{
  guint length = zc_line_list_get_length (self);

  for (guint i = 0; key && i < length; i++)
    if (g_strcmp0 (row_at (self, i)->key, key) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

void
zc_line_list_select (ZcLineList *self, const char *key)
{
  guint position = position_of (self, key);

  zc_growth_reach (self->growth, position);
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
}

void
zc_line_list_set_lines (ZcLineList *self, GPtrArray *rows)
{
  guint old = zc_line_list_get_length (self), same = 0, tail = 0;
  g_autofree char *selected = g_strdup (zc_line_list_get_selected (self));

  while (same < old && same < rows->len && g_str_equal (row_at (self, same)->key, ZC_LINE (rows->pdata[same])->key))
    same++;
  while (tail < old - same && tail < rows->len - same &&
         g_str_equal (row_at (self, old - 1 - tail)->key, ZC_LINE (rows->pdata[rows->len - 1 - tail])->key))
    tail++;
  for (guint i = 0; i < same; i++)
    zc_line_update (row_at (self, i), rows->pdata[i]);
  for (guint i = 1; i <= tail; i++)
    zc_line_update (row_at (self, old - i), rows->pdata[rows->len - i]);
  if (old != same + tail || rows->len != same + tail)
    {
      if (rows->len - same - tail > MANY)
        zc_growth_restart (self->growth);
      g_list_store_splice (self->rows, same, old - same - tail, rows->pdata + same, rows->len - same - tail);
      zc_growth_reach (self->growth, position_of (self, selected));
      gtk_single_selection_set_selected (self->selection, position_of (self, selected));
    }
  gtk_stack_set_visible_child_name (self->stack, rows->len > 0 ? "rows" : "empty");
}

void
zc_line_list_set_empty_text (ZcLineList *self, const char *text)
{
  gtk_label_set_label (self->empty, text);
}

static void
on_activate (GtkListView *view, guint position, ZcLineList *self)
{
  zc_line_list_activate (self, position);
}

static GtkListItem *
item_in (GtkWidget *row)
{
  GtkWidget *box = row ? gtk_widget_get_first_child (row) : NULL;

  return box ? g_object_get_data (G_OBJECT (box), "item") : NULL;
}

static GtkWidget *
find_row (ZcLineList *self, guint position)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->view)); row; row = gtk_widget_get_next_sibling (row))
    if (item_in (row) && gtk_list_item_get_position (item_in (row)) == position)
      return row;
  return NULL;
}

/* GTK 4.8 stops before a heading, which takes no focus: the arrow keys go on to the line behind it. */
static gboolean
on_arrow (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, ZcLineList *self)
{
  GtkListItem *item = item_in (gtk_widget_get_focus_child (GTK_WIDGET (self->view)));
  int step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;
  int at = item ? (int) gtk_list_item_get_position (item) + step : -1, length = (int) zc_line_list_get_length (self);
  GtkWidget *row;

  if (step == 0 || at < 0 || at >= length || !row_at (self, (guint) at)->heading || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)))
    return FALSE;
  while (at >= 0 && at < length && row_at (self, (guint) at)->heading)
    at += step;
  row = at >= 0 && at < length ? find_row (self, (guint) at) : NULL;
  if (!row || !gtk_widget_grab_focus (row))
    return FALSE;
  zc_growth_reach (self->growth, (guint) at);
  gtk_single_selection_set_selected (self->selection, (guint) at);
  return TRUE;
}

/* What Tab comes to first: the line that is selected if it is in sight, or else the first one that is no heading. */
static GtkWidget *
find_stop (ZcLineList *self)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  GtkWidget *first = NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->view)); row; row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *item = item_in (row);
      ZcLine *line = item ? gtk_list_item_get_item (item) : NULL;

      if (!line || !gtk_widget_get_child_visible (row))
        continue;
      if (gtk_list_item_get_position (item) == selected)
        return row;
      if (!first && !line->heading)
        first = row;
    }
  return first;
}

/* GTK 4.8 enters a list at its first row, and gives up if that one is a heading. */
static gboolean
zc_line_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  ZcLineList *self = ZC_LINE_LIST (widget);
  GtkWidget *stop = NULL;

  if ((direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) && !gtk_widget_get_focus_child (GTK_WIDGET (self->view)) &&
      gtk_widget_get_can_focus (GTK_WIDGET (self->view)))
    stop = find_stop (self);
  return (stop && gtk_widget_grab_focus (stop)) || GTK_WIDGET_CLASS (zc_line_list_parent_class)->focus (widget, direction);
}

GtkWidget *
zc_line_list_new (const char *name)
{
  ZcLineList *self = g_object_new (ZC_TYPE_LINE_LIST, NULL);

  zc_set_name (GTK_WIDGET (self->view), name);
  return GTK_WIDGET (self);
}

static void
zc_line_list_dispose (GObject *object)
{
  ZcLineList *self = ZC_LINE_LIST (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (zc_line_list_parent_class)->dispose (object);
}

static void
zc_line_list_class_init (ZcLineListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_line_list_dispose;
  GTK_WIDGET_CLASS (klass)->focus = zc_line_list_focus;
  activated_signal =
      g_signal_new ("activated", ZC_TYPE_LINE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
view_new (ZcLineList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *arrows = gtk_event_controller_key_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->rows = g_list_store_new (ZC_TYPE_LINE);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  self->growth = zc_growth_new (G_LIST_MODEL (self->rows), GTK_WIDGET (self->view));
  gtk_single_selection_set_model (self->selection, zc_growth_get_model (self->growth));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "zc-lines");
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activate), self, 0);
  /* Tab would walk through thousands of lines. */
  gtk_widget_add_controller (GTK_WIDGET (self->view), zc_one_stop_new (GTK_WIDGET (self->view)));
  gtk_event_controller_set_propagation_phase (arrows, GTK_PHASE_CAPTURE);
  g_signal_connect_object (arrows, "key-pressed", G_CALLBACK (on_arrow), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->view), arrows);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  return scrolled;
}

static void
zc_line_list_init (ZcLineList *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  self->empty = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->empty, TRUE);
  gtk_label_set_justify (self->empty, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->empty), "dim-label");
  gtk_widget_set_margin_start (GTK_WIDGET (self->empty), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->empty), 18);
  gtk_stack_add_named (self->stack, view_new (self), "rows");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_stack_set_visible_child_name (self->stack, "empty");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}
