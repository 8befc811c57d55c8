/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-import-dialog.h"

#include <glib/gi18n.h>

struct _ZcImportDialog
{
  AdwWindow parent_instance;
  ZcLedgerTable *table;
  GtkLabel *summary;
  GtkLabel *columns;
  GtkWidget *faults_box;
  GtkListView *faults;
  GtkButton *accept;
};

enum
{
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcImportDialog, zc_import_dialog, ADW_TYPE_WINDOW)

const ZcLedgerTable *
zc_import_dialog_get_table (ZcImportDialog *self)
{
  return self->table;
}

guint
zc_import_dialog_good_rows (const ZcLedgerTable *table)
{
  guint good = 0;

  for (guint i = 0; i < table->bad->len; i++)
    good += !g_array_index (table->bad, gboolean, i);
  return good;
}

static char *
describe (const ZcLedgerTable *table)
{
  guint good = zc_import_dialog_good_rows (table);
  guint bad = table->bad->len - good;
  g_autofree char *taken = g_strdup_printf (ngettext ("%u row can be added to “%s”.", "%u rows can be added to “%s”.", good), good,
                                            table->ledger->label);
  g_autofree char *left = NULL;

  if (bad == 0)
    return g_steal_pointer (&taken);
  left = g_strdup_printf (ngettext ("%u row has a fault and is left out.", "%u rows have faults and are left out.", bad), bad);
  return g_strdup_printf ("%s %s", taken, left);
}

static char *
describe_columns (const ZcLedgerTable *table)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  g_autofree char *taken_names = NULL;
  g_autofree char *unknown_names = NULL;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const ZcField *column = table->columns->pdata[i];

      g_ptr_array_add (column ? taken : unknown, column ? column->label : table->headers[i]);
    }
  g_ptr_array_add (taken, NULL);
  g_ptr_array_add (unknown, NULL);
  taken_names = g_strjoinv ("、", (char **) taken->pdata);
  unknown_names = g_strjoinv ("、", (char **) unknown->pdata);
  return *unknown_names ? g_strdup_printf (_("Columns: %s. Not in this ledger and left out: %s."), taken_names, unknown_names)
                        : g_strdup_printf (_("Columns: %s."), taken_names);
}

static void
on_fault_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_fault_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *message = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (message));
}

static void
show_faults (ZcImportDialog *self)
{
  GtkStringList *messages = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *selection;

  for (guint i = 0; i < self->table->faults->len; i++)
    gtk_string_list_append (messages, ((const ZcCsvFault *) self->table->faults->pdata[i])->message);
  g_signal_connect (factory, "setup", G_CALLBACK (on_fault_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_fault_bind), NULL);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (messages)));
  gtk_list_view_set_factory (self->faults, factory);
  gtk_list_view_set_model (self->faults, selection);
  g_object_unref (factory);
  g_object_unref (selection);
  gtk_widget_set_visible (self->faults_box, self->table->faults->len > 0);
}

static void
on_accept (ZcImportDialog *self)
{
  g_signal_emit (self, signals[ACCEPTED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

ZcImportDialog *
zc_import_dialog_new (GtkWindow *parent, ZcLedgerTable *table)
{
  ZcImportDialog *self = g_object_new (ZC_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  guint good = zc_import_dialog_good_rows (table);
  g_autofree char *summary = describe (table);
  g_autofree char *columns = describe_columns (table);
  g_autofree char *label = g_strdup_printf (ngettext ("_Add %u Row", "_Add %u Rows", good), good);

  self->table = table;
  gtk_label_set_label (self->summary, summary);
  gtk_label_set_label (self->columns, columns);
  gtk_button_set_label (self->accept, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), good > 0);
  show_faults (self);
  return self;
}

static void
zc_import_dialog_finalize (GObject *object)
{
  zc_ledger_table_free (ZC_IMPORT_DIALOG (object)->table);
  G_OBJECT_CLASS (zc_import_dialog_parent_class)->finalize (object);
}

static void
zc_import_dialog_class_init (ZcImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = zc_import_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, faults_box);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, faults);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, accept);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[ACCEPTED] = g_signal_new ("accepted", ZC_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zc_import_dialog_init (ZcImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
