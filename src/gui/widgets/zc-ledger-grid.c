/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-ledger-grid.h"

#include "widgets/zc-column.h"
#include "widgets/zc-growth.h"

#include <glib/gi18n.h>

/* How wide columns are with text of the usual size, in pixels: for each unit of ZcField.width, at least, and at most. */
#define WIDTH_UNIT 22
#define WIDTH_MIN 84
#define WIDTH_MAX 320
#define HEADER_PADDING 28
#define WIDTH_NUMBER 48
#define ARROW 48 /* of a drop-down, with the space around */
/* How long GTK may take for a frame that gives new cells their places. */
#define SETTLE_MS 30

struct _ZcLedgerGrid
{
  AdwBin parent_instance;
  GtkWidget *scroller;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  ZcLedgerModel *model;
  ZcGrowth *growth;
  ZcSession *session;     /* nullable */
  const ZcLedger *ledger; /* nullable */
  GHashTable *cells;      /* set of ZcLedgerCell that show a row */
  guint64 row;            /* the cell last worked in */
  guint column;
  gboolean wanted; /* it has no widget yet, and gets the focus when it has */
  guint settling;
  double scale;    /* of the text that the columns are made for */
  guint64 version; /* of the inspection, that the grid shows */
};

enum
{
  CURRENT_CHANGED,
  ROWS_PASTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcLedgerGrid, zc_ledger_grid, ADW_TYPE_BIN)

ZcLedgerModel *
zc_ledger_grid_get_model (ZcLedgerGrid *self)
{
  return self->model;
}

guint64
zc_ledger_grid_get_row (ZcLedgerGrid *self)
{
  return zc_ledger_model_find (self->model, self->row) != G_MAXUINT ? self->row : 0;
}

guint
zc_ledger_grid_get_column (ZcLedgerGrid *self)
{
  return self->column;
}

guint
zc_ledger_grid_count_cells (ZcLedgerGrid *self)
{
  return g_hash_table_size (self->cells);
}

ZcLedgerCell *
zc_ledger_grid_find_cell (ZcLedgerGrid *self, guint64 row, guint column)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    if (zc_ledger_cell_get_row (cell) == row && zc_ledger_cell_get_field (cell)->order == column)
      return cell;
  return NULL;
}

char *
zc_ledger_grid_get_message (ZcLedgerGrid *self, gboolean *fault)
{
  ZcLedgerCell *cell = zc_ledger_grid_find_cell (self, self->row, self->column);

  *fault = FALSE;
  return cell ? zc_ledger_cell_get_message (cell, fault) : NULL;
}

/* Moving */

/* Rows scroll by themselves to what has the focus; columns don't. */
static void
scroll_to_column (ZcLedgerGrid *self, GtkWidget *cell)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));
  double left = gtk_adjustment_get_value (adjustment);
  graphene_rect_t box;

  if (gtk_widget_compute_bounds (cell, GTK_WIDGET (self->view), &box))
    gtk_adjustment_clamp_page (adjustment, left + box.origin.x - 8, left + box.origin.x + box.size.width + 8);
}

static gboolean
on_settled (gpointer data)
{
  ZcLedgerGrid *self = data;
  ZcLedgerCell *cell = zc_ledger_grid_find_cell (self, self->row, self->column);

  self->settling = 0;
  if (cell && self->wanted)
    gtk_widget_grab_focus (GTK_WIDGET (cell));
  if (cell)
    scroll_to_column (self, GTK_WIDGET (cell));
  return G_SOURCE_REMOVE;
}

/* New rows and columns have their places only after the next frame. */
static void
settle (ZcLedgerGrid *self)
{
  if (self->settling == 0)
    self->settling = g_timeout_add (SETTLE_MS, on_settled, self);
}

static void
on_entered (ZcLedgerCell *cell, ZcLedgerGrid *self)
{
  guint at = zc_ledger_model_find (self->model, zc_ledger_cell_get_row (cell));

  self->row = zc_ledger_cell_get_row (cell);
  self->column = zc_ledger_cell_get_field (cell)->order;
  self->wanted = FALSE;
  gtk_single_selection_set_selected (self->selection, at);
  settle (self);
  g_signal_emit (self, signals[CURRENT_CHANGED], 0);
}

gboolean
zc_ledger_grid_focus (ZcLedgerGrid *self, guint64 row, guint column)
{
  guint at = zc_ledger_model_find (self->model, row);
  ZcLedgerCell *cell;

  if (at == G_MAXUINT || column >= self->ledger->columns->len)
    return FALSE;
  zc_growth_reach (self->growth, at);
  /* GTK 4.8 has no gtk_column_view_scroll_to(); the list inside has the action. */
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u", at);
  cell = zc_ledger_grid_find_cell (self, row, column);
  if (cell && gtk_widget_get_mapped (GTK_WIDGET (cell)))
    return gtk_widget_grab_focus (GTK_WIDGET (cell));
  self->row = row;
  self->column = column;
  self->wanted = TRUE;
  settle (self);
  return TRUE;
}

static gboolean
on_move (ZcLedgerCell *cell, int columns, int rows, ZcLedgerGrid *self)
{
  int width = (int) self->ledger->columns->len;
  int total = width * (int) g_list_model_get_n_items (G_LIST_MODEL (self->model));
  int step = rows * width + columns;
  int at = (int) zc_ledger_model_find (self->model, zc_ledger_cell_get_row (cell)) * width;

  /* Over what does not apply to the next cell that can be worked in. */
  for (at += (int) zc_ledger_cell_get_field (cell)->order + step; at >= 0 && at < total; at += step)
    if (zc_ledger_grid_focus (self, zc_ledger_model_number_at (self->model, (guint) (at / width)), (guint) (at % width)))
      return TRUE;
  return FALSE;
}

static void
on_rows_pasted (ZcLedgerCell *cell, const char *text, ZcLedgerGrid *self)
{
  g_signal_emit (self, signals[ROWS_PASTED], 0, text);
}

/* Columns */

static void
on_cell_destroyed (gpointer data, GObject *gone)
{
  GHashTable *cells = data;

  g_hash_table_remove (cells, gone);
  g_hash_table_unref (cells);
}

static void
on_cell_position (GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  if (cell)
    zc_ledger_cell_set_position (ZC_LEDGER_CELL (cell), gtk_list_item_get_position (item));
}

static void
on_cell_setup (GtkListItemFactory *factory, GtkListItem *item, ZcLedgerGrid *self)
{
  const ZcField *field = g_object_get_data (G_OBJECT (factory), "field");
  GtkWidget *cell = zc_ledger_cell_new (self->session, self->model, self->ledger, field);

  g_signal_connect (cell, "entered", G_CALLBACK (on_entered), self);
  g_signal_connect (cell, "move", G_CALLBACK (on_move), self);
  g_signal_connect (cell, "rows-pasted", G_CALLBACK (on_rows_pasted), self);
  g_object_weak_ref (G_OBJECT (cell), on_cell_destroyed, g_hash_table_ref (self->cells));
  gtk_list_item_set_child (item, cell);
  g_signal_connect (item, "notify::position", G_CALLBACK (on_cell_position), NULL);
}

/* GTK 4.8 unbinds and binds anew what was only selected, which must not end editing; so there is nothing for
 * unbinding to do. */
static void
on_cell_bind (GtkListItemFactory *factory, GtkListItem *item, ZcLedgerGrid *self)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  zc_ledger_cell_bind (ZC_LEDGER_CELL (cell), gtk_list_item_get_item (item), gtk_list_item_get_position (item));
  g_hash_table_add (self->cells, cell);
}

static char *
title_of (const ZcField *field)
{
  const char *mark = field->required ? " *" : "";

  return *field->unit ? g_strdup_printf (_("%s (%s)%s"), field->label, field->unit, mark) : g_strconcat (field->label, mark, NULL);
}

static int
measure (ZcLedgerGrid *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
width_of (ZcLedgerGrid *self, const char *title, const ZcField *field)
{
  int most = (int) (WIDTH_MAX * self->scale);
  int width = (int) (CLAMP ((int) field->width * WIDTH_UNIT, WIDTH_MIN, WIDTH_MAX) * self->scale);

  for (guint i = 0; field->type == ZC_VALUE_CHOICE && i < field->options->len; i++)
    width = MAX (width, MIN (measure (self, ((const ZcOption *) field->options->pdata[i])->label) + ARROW, most));
  return MAX (width, measure (self, title) + HEADER_PADDING);
}

static void
add_column (ZcLedgerGrid *self, const ZcField *field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;
  g_autofree char *title = title_of (field);

  g_object_set_data (G_OBJECT (factory), "field", (gpointer) field);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_cell_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_cell_bind), self, 0);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
}

static void
show_position (GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *words = g_strdup_printf ("%u", gtk_list_item_get_position (item) + 1);

  if (label)
    gtk_label_set_label (GTK_LABEL (label), words);
}

static void
on_number_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "zc-row-number");
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_list_item_set_child (item, label);
  g_signal_connect (item, "notify::position", G_CALLBACK (show_position), NULL);
}

static void
on_number_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  show_position (item);
}

static void
add_number_column (ZcLedgerGrid *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (on_number_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_number_bind), NULL);
  column = gtk_column_view_column_new (NULL, factory);
  gtk_column_view_append_column (self->view, column);
}

/* The numbers are the first column. */
static void
set_widths (ZcLedgerGrid *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  self->scale = zc_text_scale (GTK_WIDGET (self));
  for (guint i = 0; self->ledger && i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int width = i == 0 ? (int) (WIDTH_NUMBER * self->scale)
                         : width_of (self, gtk_column_view_column_get_title (column), self->ledger->columns->pdata[i - 1]);

      gtk_column_view_column_set_fixed_width (column, width);
    }
}

static void
clear_columns (ZcLedgerGrid *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static GHashTable *
find_faults (ZcLedgerGrid *self)
{
  GPtrArray *results = zc_session_results (self->session);
  GHashTable *faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ZcPlace place;

  for (guint i = 0; i < results->len; i++)
    {
      const ZcResult *result = results->pdata[i];

      if (result->place && result->level != ZC_LEVEL_NOTE && zc_place_parse (result->place, &place) &&
          place.kind == ZC_PLACE_CELL && g_strcmp0 (place.id, self->ledger->id) == 0 &&
          !g_hash_table_contains (faults, result->place))
        g_hash_table_insert (faults, g_strdup (result->place), g_strdup (result->message));
    }
  return faults;
}

void
zc_ledger_grid_set_ledger (ZcLedgerGrid *self, ZcSession *session, const ZcLedger *ledger)
{
  if (self->ledger == ledger && self->session == session)
    return;
  zc_ledger_model_set_ledger (self->model, zc_session_inspection (session), NULL);
  clear_columns (self);
  g_set_object (&self->session, session);
  self->ledger = ledger;
  self->row = 0;
  self->column = 0;
  self->version = 0;
  if (!ledger)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, ledger->label, -1);
  add_number_column (self);
  for (guint i = 0; i < ledger->columns->len; i++)
    add_column (self, ledger->columns->pdata[i]);
  set_widths (self);
  zc_growth_restart (self->growth);
  /* Before there are rows, so that each is shown once. */
  zc_ledger_model_set_faults (self->model, find_faults (self));
  zc_ledger_model_set_ledger (self->model, zc_session_inspection (session), ledger->id);
  self->version = zc_inspection_data_version (zc_session_inspection (session));
}

void
zc_ledger_grid_sync (ZcLedgerGrid *self, const char *place)
{
  guint64 version;

  if (!self->ledger)
    return;
  version = zc_inspection_data_version (zc_session_inspection (self->session));
  if (place || version != self->version)
    zc_ledger_model_sync (self->model, place);
  self->version = version;
  if (!place)
    zc_ledger_model_set_faults (self->model, find_faults (self));
  g_signal_emit (self, signals[CURRENT_CHANGED], 0);
}

static void
zc_ledger_grid_dispose (GObject *object)
{
  ZcLedgerGrid *self = ZC_LEDGER_GRID (object);

  g_clear_handle_id (&self->settling, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  g_clear_pointer (&self->cells, g_hash_table_unref);
  G_OBJECT_CLASS (zc_ledger_grid_parent_class)->dispose (object);
}

/* The size of the text has changed when the style has. */
static void
zc_ledger_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ZcLedgerGrid *self = ZC_LEDGER_GRID (widget);

  GTK_WIDGET_CLASS (zc_ledger_grid_parent_class)->css_changed (widget, change);
  if (self->scale > 0 && self->scale != zc_text_scale (widget))
    set_widths (self);
}

static void
zc_ledger_grid_class_init (ZcLedgerGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_ledger_grid_dispose;
  GTK_WIDGET_CLASS (klass)->css_changed = zc_ledger_grid_css_changed;
  signals[CURRENT_CHANGED] = g_signal_new ("current-changed", ZC_TYPE_LEDGER_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ROWS_PASTED] = g_signal_new ("rows-pasted", ZC_TYPE_LEDGER_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_STRING);
}

static void
zc_ledger_grid_init (ZcLedgerGrid *self)
{
  self->model = zc_ledger_model_new ();
  self->cells = g_hash_table_new (NULL, NULL);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (self->selection)));
  self->growth = zc_growth_new (G_LIST_MODEL (self->model), GTK_WIDGET (self->view));
  gtk_single_selection_set_model (self->selection, zc_growth_get_model (self->growth));
  gtk_column_view_set_show_column_separators (self->view, TRUE);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "zc-grid");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), self->scroller);
}
