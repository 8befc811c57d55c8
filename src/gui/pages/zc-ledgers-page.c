/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "widgets/zc-column.h"
#include "widgets/zc-fold.h"
#include "widgets/zc-import-dialog.h"
#include "widgets/zc-ledger-grid.h"
#include "widgets/zc-one-stop.h"
#include "zc-choose.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is pasted at once: it takes no time that anybody notices. */
#define FEW_BYTES (32 * 1024)
#define FEW_ROWS 100

/* The ledgers at the left, the rows of one of them as a grid at the right. */
struct _ZcLedgersPage
{
  ZcPage parent_instance;
  GtkStack *stack;
  AdwFlap *flap;
  GtkWidget *list_button;
  GtkListBox *list;
  GtkLabel *title;
  GtkLabel *help;
  GtkStack *content;
  AdwStatusPage *empty;
  ZcLedgerGrid *grid;
  GtkLabel *message;

  const ZcLedger *ledger; /* nullable: the one shown */
};

#define ZC_TYPE_LEDGERS_PAGE (zc_ledgers_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcLedgersPage, zc_ledgers_page, ZC, LEDGERS_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcLedgersPage, zc_ledgers_page, ZC_TYPE_PAGE)

static ZcSession *
session_of (ZcLedgersPage *self)
{
  return zc_page_session (ZC_PAGE (self));
}

static ZcInspection *
inspection_of (ZcLedgersPage *self)
{
  return zc_session_inspection (session_of (self));
}

static guint
count_rows (ZcLedgersPage *self, const ZcLedger *ledger)
{
  g_autoptr (GArray) rows = zc_inspection_get_rows (inspection_of (self), ledger->id);

  return rows->len;
}

static gboolean
applies (ZcLedgersPage *self, const ZcLedger *ledger)
{
  return !ledger->when || zc_record_eval_boolean (zc_session_record (session_of (self)), ledger->when, NULL);
}

/* The list of ledgers */

static GtkWidget *
make_row (const ZcLedger *ledger)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (ledger->label);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "ledger", (gpointer) ledger);
  g_object_set_data (G_OBJECT (row), "label", label);
  g_object_set_data (G_OBJECT (row), "count", count);
  return row;
}

static void
fill_list (ZcLedgersPage *self)
{
  GPtrArray *ledgers = zc_session_scheme (session_of (self))->ledgers;

  /* Another version of the scheme has ledgers of its own. */
  for (guint i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);
      const ZcLedger *shown = row ? g_object_get_data (G_OBJECT (row), "ledger") : NULL;

      if (i >= ledgers->len && !row)
        return;
      if (i < ledgers->len && shown == ledgers->pdata[i])
        continue;
      break;
    }
  while (gtk_list_box_get_row_at_index (self->list, 0))
    gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  self->ledger = NULL;
  for (guint i = 0; i < ledgers->len; i++)
    gtk_list_box_append (self->list, make_row (ledgers->pdata[i]));
}

static void
refresh_list (ZcLedgersPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    {
      const ZcLedger *ledger = g_object_get_data (G_OBJECT (row), "ledger");
      GtkWidget *label = g_object_get_data (G_OBJECT (row), "label");
      guint rows = count_rows (self, ledger);
      gboolean needed = applies (self, ledger);
      g_autofree char *count = g_strdup_printf ("%u", rows);
      g_autofree char *name = g_strdup_printf (ngettext ("%s, %u row", "%s, %u rows", rows), ledger->label, rows);

      gtk_label_set_label (g_object_get_data (G_OBJECT (row), "count"), count);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_set_tooltip_text (GTK_WIDGET (row), needed ? NULL : _("Does not apply after what was stated elsewhere."));
      if (needed)
        gtk_widget_remove_css_class (label, "dim-label");
      else
        gtk_widget_add_css_class (label, "dim-label");
    }
}

/* The rows */

static void
refresh_message (ZcLedgersPage *self)
{
  gboolean fault = FALSE;
  g_autofree char *message = zc_ledger_grid_get_message (self->grid, &fault);

  gtk_label_set_label (self->message, message ? message : "");
  if (fault)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
}

static void
refresh_actions (ZcLedgersPage *self)
{
  static const char *const of_a_row[] = { "ledger.duplicate", "ledger.remove", "ledger.up", "ledger.down" };
  gboolean can_edit = zc_session_can_edit (session_of (self)) && self->ledger;
  guint64 row = zc_ledger_grid_get_row (self->grid);
  guint rows = self->ledger ? count_rows (self, self->ledger) : 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ledger.append", can_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ledger.paste", can_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ledger.import", can_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ledger.export", rows > 0);
  for (guint i = 0; i < G_N_ELEMENTS (of_a_row); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_a_row[i], can_edit && row != 0);
}

static void
refresh_content (ZcLedgersPage *self)
{
  gboolean needed = self->ledger && applies (self, self->ledger);
  gboolean filled = self->ledger && count_rows (self, self->ledger) > 0;

  gtk_stack_set_visible_child_name (self->content, filled ? "grid" : "empty");
  adw_status_page_set_description (self->empty,
                                   needed ? _("Add a row, paste rows copied in a spreadsheet, or import a CSV file whose first line names the columns.")
                                          : _("After what was stated elsewhere, this ledger is not needed. Go on with the next one."));
  refresh_actions (self);
  refresh_message (self);
}

static void
on_current_changed (ZcLedgersPage *self)
{
  guint64 row = zc_ledger_grid_get_row (self->grid);
  const ZcField *column = self->ledger && row ? self->ledger->columns->pdata[zc_ledger_grid_get_column (self->grid)] : NULL;
  g_autofree char *place = column ? zc_place_new (ZC_PLACE_CELL, self->ledger->id, row, column->id) : NULL;

  if (place)
    zc_session_set_here (session_of (self), place);
  refresh_actions (self);
  refresh_message (self);
}

static void
show_ledger (ZcLedgersPage *self, const ZcLedger *ledger)
{
  GtkListBoxRow *row;

  if (self->ledger == ledger)
    return;
  self->ledger = ledger;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    if (g_object_get_data (G_OBJECT (row), "ledger") == ledger)
      zc_one_stop_show (self->list, row);
  gtk_label_set_label (self->title, ledger->label);
  gtk_label_set_label (self->help, ledger->help);
  gtk_widget_set_visible (GTK_WIDGET (self->help), *ledger->help != 0);
  zc_ledger_grid_set_ledger (self->grid, session_of (self), ledger);
  zc_ledger_grid_sync (self->grid, NULL);
  refresh_content (self);
}

static void
on_ledger_activated (ZcLedgersPage *self, GtkListBoxRow *row)
{
  show_ledger (self, g_object_get_data (G_OBJECT (row), "ledger"));
  zc_fold_close (self->flap);
}

static void
zc_ledgers_page_refresh (ZcPage *page, const char *text)
{
  ZcLedgersPage *self = ZC_LEDGERS_PAGE (page);
  GPtrArray *ledgers = zc_session_scheme (session_of (self))->ledgers;
  ZcPlace place;
  gboolean cell = text && zc_place_parse (text, &place) && place.kind == ZC_PLACE_CELL;

  gtk_stack_set_visible_child_name (self->stack, ledgers->len > 0 ? "ledgers" : "none");
  if (ledgers->len == 0)
    return;
  fill_list (self);
  if (!self->ledger)
    show_ledger (self, ledgers->pdata[0]);
  zc_ledger_grid_sync (self->grid, text);
  if (cell)
    return;
  refresh_list (self);
  refresh_content (self);
}

static void
zc_ledgers_page_reveal (ZcPage *page, const char *text)
{
  ZcLedgersPage *self = ZC_LEDGERS_PAGE (page);
  const ZcLedger *ledger;
  const ZcField *column;
  ZcPlace place;

  if (!zc_place_parse (text, &place) ||
      (place.kind != ZC_PLACE_LEDGER && place.kind != ZC_PLACE_ROW && place.kind != ZC_PLACE_CELL))
    return;
  ledger = zc_scheme_find_ledger (zc_session_scheme (session_of (self)), place.id);
  if (!ledger)
    return;
  fill_list (self);
  show_ledger (self, ledger);
  column = place.field ? zc_ledger_find_column (ledger, place.field) : NULL;
  if (place.kind == ZC_PLACE_LEDGER)
    gtk_widget_child_focus (GTK_WIDGET (self->content), GTK_DIR_TAB_FORWARD);
  else
    zc_ledger_grid_focus (self->grid, place.number, column ? column->order : 0);
}

/* Commands */

/* The row behind @row, 0 if it is the last: what “before” means to the inspection. */
static guint64
row_after (ZcLedgersPage *self, guint64 row)
{
  ZcLedgerModel *model = zc_ledger_grid_get_model (self->grid);
  guint at = zc_ledger_model_find (model, row);

  return at == G_MAXUINT ? 0 : zc_ledger_model_number_at (model, at + 1);
}

static void
append_row (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcLedgersPage *self = ZC_LEDGERS_PAGE (widget);
  GError *error = NULL;
  guint64 row = zc_inspection_add_row (inspection_of (self), self->ledger->id, 0, &error);

  if (row == 0)
    zc_session_fail (session_of (self), error);
  else
    zc_ledger_grid_focus (self->grid, row, 0);
}

static gboolean
copy_cells (ZcLedgersPage *self, guint64 from, guint64 to, GError **error)
{
  for (guint i = 0; i < self->ledger->columns->len; i++)
    {
      const ZcField *column = self->ledger->columns->pdata[i];
      g_autofree char *source = zc_place_new (ZC_PLACE_CELL, self->ledger->id, from, column->id);
      g_autofree char *target = zc_place_new (ZC_PLACE_CELL, self->ledger->id, to, column->id);
      g_autofree char *value = g_strdup (zc_session_get (session_of (self), source));

      /* What no two rows may state alike is left to be typed. */
      if (*value && !column->unique && !column->select && !zc_inspection_set (inspection_of (self), target, value, error))
        return FALSE;
    }
  return TRUE;
}

static void
duplicate_row (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcLedgersPage *self = ZC_LEDGERS_PAGE (widget);
  ZcInspection *inspection = inspection_of (self);
  g_autofree char *step = g_strdup_printf (_("Duplicate a row of %s"), self->ledger->label);
  guint64 from = zc_ledger_grid_get_row (self->grid);
  guint64 row = 0;
  GError *error = NULL;

  if (zc_inspection_begin (inspection, step, &error))
    {
      row = zc_inspection_add_row (inspection, self->ledger->id, row_after (self, from), &error);
      if (row == 0 || !copy_cells (self, from, row, &error) || !zc_inspection_commit (inspection, &error))
        {
          zc_inspection_rollback (inspection);
          row = 0;
        }
    }
  if (row == 0)
    zc_session_fail (session_of (self), error);
  else
    zc_ledger_grid_focus (self->grid, row, 0);
}

static void
remove_row (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcLedgersPage *self = ZC_LEDGERS_PAGE (widget);
  ZcLedgerModel *model = zc_ledger_grid_get_model (self->grid);
  guint64 row = zc_ledger_grid_get_row (self->grid);
  guint at = zc_ledger_model_find (model, row);
  guint column = zc_ledger_grid_get_column (self->grid);
  guint64 next = row_after (self, row);
  GError *error = NULL;

  if (next == 0 && at > 0)
    next = zc_ledger_model_number_at (model, at - 1);
  if (!zc_inspection_remove_row (inspection_of (self), self->ledger->id, row, &error))
    zc_session_fail (session_of (self), error);
  else if (next != 0)
    zc_ledger_grid_focus (self->grid, next, column);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->content), GTK_DIR_TAB_FORWARD);
}

/* @before: 0 for the end. */
static void
move_before (ZcLedgersPage *self, guint64 row, guint64 before)
{
  guint column = zc_ledger_grid_get_column (self->grid);
  GError *error = NULL;

  if (zc_inspection_move_row (inspection_of (self), self->ledger->id, row, before, &error))
    zc_ledger_grid_focus (self->grid, row, column);
  else
    zc_session_fail (session_of (self), error);
}

static void
move_row (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcLedgersPage *self = ZC_LEDGERS_PAGE (widget);
  ZcLedgerModel *model = zc_ledger_grid_get_model (self->grid);
  guint64 row = zc_ledger_grid_get_row (self->grid);
  guint at = zc_ledger_model_find (model, row);
  guint64 below = row_after (self, row);

  if (strcmp (name, "ledger.up") == 0 && at > 0 && at != G_MAXUINT)
    move_before (self, row, zc_ledger_model_number_at (model, at - 1));
  else if (strcmp (name, "ledger.down") == 0 && below != 0)
    move_before (self, row, row_after (self, below));
}

/* Rows in bulk */

/* Where the first of @rows new rows at the end stands. */
static void
show_added (ZcLedgersPage *self, const ZcLedger *ledger, guint rows)
{
  guint all = count_rows (self, ledger);

  if (rows > 0 && rows <= all && self->ledger == ledger)
    zc_ledger_grid_focus (self->grid, zc_ledger_model_number_at (zc_ledger_grid_get_model (self->grid), all - rows), 0);
}

static void
on_added (ZcImportDialog *dialog, guint rows, ZcLedgersPage *self)
{
  show_added (self, g_object_get_data (G_OBJECT (dialog), "ledger"), rows);
}

static ZcImportDialog *
open_dialog (ZcLedgersPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  ZcImportDialog *dialog = zc_import_dialog_new (window, session_of (self), self->ledger);

  g_object_set_data (G_OBJECT (dialog), "ledger", (gpointer) self->ledger);
  g_signal_connect_object (dialog, "added", G_CALLBACK (on_added), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/* A handful goes in at once, without a window for the blink of an eye. Returns: whether that was done */
static gboolean
paste_few (ZcLedgersPage *self, GBytes *text, guint first)
{
  g_autoptr (ZcLedgerTable) table = NULL;
  GError *error = NULL;
  guint rows;

  if (g_bytes_get_size (text) > FEW_BYTES)
    return FALSE;
  table = zc_ledger_table_parse (zc_session_scheme (session_of (self)), self->ledger->id, text, FALSE, first, _("Clipboard"), &error);
  if (table && (table->faults->len > 0 || table->rows->len > FEW_ROWS))
    return FALSE;
  if (table && zc_ledger_table_apply (table, inspection_of (self), FALSE, &rows, &error))
    show_added (self, self->ledger, rows);
  else
    zc_session_fail (session_of (self), error);
  return TRUE;
}

static void
paste_rows (ZcLedgersPage *self, const char *text, guint first)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  if (zc_session_can_edit (session_of (self)) && self->ledger && !paste_few (self, bytes, first))
    zc_import_dialog_read_text (open_dialog (self), bytes, first);
}

static void
on_rows_pasted (ZcLedgersPage *self, const char *text)
{
  paste_rows (self, text, zc_ledger_grid_get_column (self->grid));
}

static void
on_clipboard (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcLedgersPage) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  GError *error = NULL;

  if (text && *text)
    {
      paste_rows (self, text, zc_ledger_grid_get_row (self->grid) ? zc_ledger_grid_get_column (self->grid) : 0);
      return;
    }
  zc_fail (&error, ZC_ERROR_USAGE, _("There is no text to paste. Copy rows in the spreadsheet first."));
  zc_session_fail (session_of (self), error);
}

static void
paste (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_clipboard, g_object_ref (widget));
}

static void
import_from (gpointer target, GPtrArray *files)
{
  ZcLedgersPage *self = target;
  g_autofree char *path = zc_choose_path (files);

  if (path && self->ledger)
    zc_import_dialog_read_file (open_dialog (self), path);
}

static void
import (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const ZcChoice choice = { ZC_CHOOSE_OPEN, _("Import Rows"), NULL, _("Tables (*.csv, *.tsv, *.txt)"), "*.csv;*.tsv;*.txt" };

  zc_choose (widget, &choice, import_from, widget);
}

typedef struct
{
  char *ledger;
  char *path;
} Exporting;

static void
exporting_free (gpointer data)
{
  Exporting *exporting = data;

  g_free (exporting->ledger);
  g_free (exporting->path);
  g_free (exporting);
}

static gpointer
export_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error)
{
  const Exporting *exporting = data;

  return zc_ledger_csv_export (inspection, exporting->ledger, exporting->path, error) ? GINT_TO_POINTER (1) : NULL;
}

static void
on_exported (ZcSession *session, gpointer result, const GError *error, gpointer data)
{
  if (error)
    zc_session_fail (session, g_error_copy (error));
}

static void
export_to (gpointer target, GPtrArray *files)
{
  ZcLedgersPage *self = target;
  g_autofree char *path = zc_choose_path (files);
  Exporting *exporting;

  if (!path || !self->ledger)
    return;
  exporting = g_new0 (Exporting, 1);
  exporting->ledger = g_strdup (self->ledger->id);
  exporting->path = g_steal_pointer (&path);
  zc_session_run (session_of (self), _("Writing rows"), export_job, on_exported, exporting, exporting_free);
}

static void
export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *file = g_strconcat (ZC_LEDGERS_PAGE (widget)->ledger->label, ".csv", NULL);
  const ZcChoice choice = { ZC_CHOOSE_SAVE, _("Export Rows"), file, _("Tables (*.csv)"), "*.csv" };

  zc_choose (widget, &choice, export_to, widget);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "ledger.append", NULL, append_row);
  gtk_widget_class_install_action (widget_class, "ledger.duplicate", NULL, duplicate_row);
  gtk_widget_class_install_action (widget_class, "ledger.remove", NULL, remove_row);
  gtk_widget_class_install_action (widget_class, "ledger.up", NULL, move_row);
  gtk_widget_class_install_action (widget_class, "ledger.down", NULL, move_row);
  gtk_widget_class_install_action (widget_class, "ledger.paste", NULL, paste);
  gtk_widget_class_install_action (widget_class, "ledger.import", NULL, import);
  gtk_widget_class_install_action (widget_class, "ledger.export", NULL, export);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "ledger.append", NULL);
}

static void
zc_ledgers_page_class_init (ZcLedgersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (ZC_TYPE_COLUMN);
  g_type_ensure (ZC_TYPE_LEDGER_GRID);
  ZC_PAGE_CLASS (klass)->refresh = zc_ledgers_page_refresh;
  ZC_PAGE_CLASS (klass)->reveal = zc_ledgers_page_reveal;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-ledgers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, flap);
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, list_button);
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, list);
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, help);
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, content);
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, empty);
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, grid);
  gtk_widget_class_bind_template_child (widget_class, ZcLedgersPage, message);
  gtk_widget_class_bind_template_callback (widget_class, on_ledger_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_current_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_rows_pasted);
  install_actions (widget_class);
}

static void
zc_ledgers_page_init (ZcLedgersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_one_stop_sidebar (self->list);
  zc_fold_watch (self->flap, self->list_button);
}
