/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-import-dialog.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>

/* How long rows are added before the window is given a turn. */
#define TURN_US 8000
#define ROWS_AT_ONCE 10

struct _ZcImportDialog
{
  AdwWindow parent_instance;
  GtkStack *stack;
  GtkLabel *phase;
  GtkProgressBar *progress;
  GtkLabel *summary;
  GtkLabel *columns;
  GtkWidget *faults_box;
  GtkListView *faults;
  GtkButton *accept;

  ZcSession *session;
  const ZcLedger *ledger;
  ZcLedgerTable *table;     /* nullable: until it is read */
  ZcLedgerFilling *filling; /* nullable: while rows are added */
  gboolean ask;             /* show what is in the table before anything is taken */
  guint idle;
  guint pulse;
};

enum
{
  ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcImportDialog, zc_import_dialog, ADW_TYPE_WINDOW)

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

/* Adding */

static void
give_up (ZcImportDialog *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_handle_id (&self->pulse, g_source_remove);
  g_clear_pointer (&self->filling, zc_ledger_filling_free);
}

/* Takes @error. */
static void
fail (ZcImportDialog *self, GError *error)
{
  g_autoptr (ZcSession) session = g_object_ref (self->session);

  give_up (self);
  gtk_window_destroy (GTK_WINDOW (self));
  zc_session_fail (session, error);
}

static void
show_work (ZcImportDialog *self, const char *phase)
{
  gtk_label_set_label (self->phase, phase);
  zc_set_progress (self->progress, phase, 0, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->accept), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "work");
}

static gboolean
finish (gpointer data)
{
  ZcImportDialog *self = data;
  GError *error = NULL;
  guint rows;

  self->idle = 0;
  if (!zc_ledger_filling_finish (self->filling, &rows, &error))
    {
      fail (self, error);
      return G_SOURCE_REMOVE;
    }
  give_up (self);
  g_object_ref (self);
  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (self, signals[ADDED], 0, rows);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static gboolean
add_some (gpointer data)
{
  ZcImportDialog *self = data;
  gint64 end = g_get_monotonic_time () + TURN_US;
  guint total = self->table->rows->len;
  GError *error = NULL;

  do
    if (!zc_ledger_filling_step (self->filling, ROWS_AT_ONCE, &error))
      {
        self->idle = 0;
        fail (self, error);
        return G_SOURCE_REMOVE;
      }
  while (zc_ledger_filling_done (self->filling) < total && g_get_monotonic_time () < end);
  zc_set_progress (self->progress, gtk_label_get_label (self->phase), zc_ledger_filling_done (self->filling), MAX (total, 1));
  if (zc_ledger_filling_done (self->filling) < total)
    return G_SOURCE_CONTINUE;
  self->idle = g_idle_add (finish, self);
  return G_SOURCE_REMOVE;
}

static void
add (ZcImportDialog *self)
{
  g_autofree char *phase = g_strdup_printf (_("Adding rows to “%s”"), self->ledger->label);
  GError *error = NULL;

  if (!zc_session_can_edit (self->session))
    zc_fail (&error, ZC_ERROR_READ_ONLY, _("Rows can't be added any more: it is sealed or open for reading only."));
  else
    self->filling = zc_ledger_filling_new (self->table, zc_session_inspection (self->session), FALSE, &error);
  if (!self->filling)
    {
      fail (self, error);
      return;
    }
  show_work (self, phase);
  self->idle = g_idle_add (add_some, self);
}

static void
preview (ZcImportDialog *self)
{
  guint good = zc_import_dialog_good_rows (self->table);
  g_autofree char *summary = describe (self->table);
  g_autofree char *columns = describe_columns (self->table);
  g_autofree char *label = g_strdup_printf (ngettext ("_Add %u Row", "_Add %u Rows", good), good);

  gtk_label_set_label (self->summary, summary);
  gtk_label_set_label (self->columns, columns);
  gtk_button_set_label (self->accept, label);
  gtk_widget_set_visible (GTK_WIDGET (self->accept), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), good > 0);
  show_faults (self);
  gtk_stack_set_visible_child_name (self->stack, "preview");
  zc_announce (GTK_WIDGET (self), summary);
  gtk_widget_grab_focus (GTK_WIDGET (self->accept));
}

/* Reading, on a thread */

typedef struct
{
  ZcScheme *scheme;
  char *ledger;
  char *path;  /* nullable: else @text */
  GBytes *text;
  char *name;
  guint first;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  zc_scheme_unref (reading->scheme);
  g_free (reading->ledger);
  g_free (reading->path);
  g_clear_pointer (&reading->text, g_bytes_unref);
  g_free (reading->name);
  g_free (reading);
}

static void
read_table (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  GError *error = NULL;
  ZcLedgerTable *table;

  if (reading->path)
    table = zc_ledger_table_read (reading->scheme, reading->ledger, reading->path, &error);
  else
    table = zc_ledger_table_parse (reading->scheme, reading->ledger, reading->text, FALSE, reading->first, reading->name, &error);
  if (table)
    g_task_return_pointer (task, table, (GDestroyNotify) zc_ledger_table_free);
  else
    g_task_return_error (task, error);
}

static void
weak_free (GWeakRef *ref)
{
  g_weak_ref_clear (ref);
  g_free (ref);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcImportDialog) self = g_weak_ref_get (data);
  g_autoptr (ZcLedgerTable) table = NULL;
  GError *error = NULL;

  weak_free (data);
  table = g_task_propagate_pointer (G_TASK (result), &error);
  if (!self || !self->session)
    {
      g_clear_error (&error);
      return;
    }
  g_clear_handle_id (&self->pulse, g_source_remove);
  if (!table)
    {
      fail (self, error);
      return;
    }
  self->table = g_steal_pointer (&table);
  if (self->ask || self->table->faults->len > 0)
    preview (self);
  else
    add (self);
}

static gboolean
on_pulse (gpointer data)
{
  zc_pulse (ZC_IMPORT_DIALOG (data)->progress);
  return G_SOURCE_CONTINUE;
}

/* Takes @reading. */
static void
read_on_thread (ZcImportDialog *self, Reading *reading)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);
  g_autofree char *phase = g_strdup_printf (_("Reading “%s”"), reading->name);
  g_autoptr (GTask) task = NULL;

  reading->scheme = zc_scheme_ref (zc_session_scheme (self->session));
  reading->ledger = g_strdup (self->ledger->id);
  g_weak_ref_init (ref, self);
  show_work (self, phase);
  self->pulse = g_timeout_add (100, on_pulse, self);
  task = g_task_new (NULL, NULL, on_read, ref);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_table);
}

void
zc_import_dialog_read_file (ZcImportDialog *self, const char *path)
{
  Reading *reading = g_new0 (Reading, 1);
  g_autofree char *base = g_path_get_basename (path);

  reading->path = g_strdup (path);
  reading->name = g_filename_display_name (base);
  self->ask = TRUE;
  read_on_thread (self, reading);
}

void
zc_import_dialog_read_text (ZcImportDialog *self, GBytes *text, guint first)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->text = g_bytes_ref (text);
  reading->name = g_strdup (_("Clipboard"));
  reading->first = first;
  read_on_thread (self, reading);
}

ZcImportDialog *
zc_import_dialog_new (GtkWindow *parent, ZcSession *session, const ZcLedger *ledger)
{
  ZcImportDialog *self = g_object_new (ZC_TYPE_IMPORT_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  self->ledger = ledger;
  return self;
}

static void
zc_import_dialog_dispose (GObject *object)
{
  ZcImportDialog *self = ZC_IMPORT_DIALOG (object);

  give_up (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_import_dialog_parent_class)->dispose (object);
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

  G_OBJECT_CLASS (klass)->dispose = zc_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_import_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zicha/Zicha/zc-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, phase);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, faults_box);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, faults);
  gtk_widget_class_bind_template_child (widget_class, ZcImportDialog, accept);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_accept", G_CALLBACK (add));
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[ADDED] = g_signal_new ("added", ZC_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
zc_import_dialog_init (ZcImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
