/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-ledger-cell.h"

#include "widgets/zc-ledger-editor.h"
#include "zc-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ZcLedgerCell
{
  GtkWidget parent_instance;
  ZcSession *session;
  ZcLedgerModel *model;
  const ZcLedger *ledger;
  const ZcField *field;
  ZcLedgerRow *row; /* nullable */
  gulong handler;
  char *place;
  char *name; /* how it is called: "row 3, name" */
  char *description;
  GtkWidget *text;
  ZcLedgerEditor *editor; /* nullable: while it has the focus */
  char *before;           /* what was stated when it got the focus */
  guint leaving;
};

enum
{
  ENTERED,
  MOVE,
  ROWS_PASTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcLedgerCell, zc_ledger_cell, GTK_TYPE_WIDGET)

const ZcField *
zc_ledger_cell_get_field (ZcLedgerCell *self)
{
  return self->field;
}

guint64
zc_ledger_cell_get_row (ZcLedgerCell *self)
{
  return self->row ? zc_ledger_row_get_number (self->row) : 0;
}

GtkEditable *
zc_ledger_cell_get_entry (ZcLedgerCell *self)
{
  return self->editor ? zc_ledger_editor_get_entry (self->editor) : NULL;
}

const char *
zc_ledger_cell_get_text (ZcLedgerCell *self)
{
  return gtk_inscription_get_text (GTK_INSCRIPTION (self->text));
}

static char *
get_value (ZcLedgerCell *self)
{
  if (!self->place)
    return g_strdup ("");
  if (self->field->select)
    return zc_record_display (zc_session_record (self->session), self->place);
  return g_strdup (zc_session_get (self->session, self->place));
}

static gboolean
can_edit (ZcLedgerCell *self)
{
  return !self->field->select && zc_session_can_edit (self->session);
}

/* The element of its row in the record. Returns: (nullable) */
static const xmlNode *
find_node (ZcLedgerCell *self)
{
  return zc_record_row (zc_session_record (self->session), self->ledger->id, zc_ledger_cell_get_row (self));
}

static gboolean
applies (ZcLedgerCell *self)
{
  const xmlNode *node = self->field->when ? find_node (self) : NULL;

  return !node || zc_rules_field_applies (zc_session_record (self->session), self->field, node);
}

static char *
find_fault (ZcLedgerCell *self)
{
  const char *draft = self->place ? zc_ledger_model_get_draft (self->model, self->place) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = draft ? zc_field_check (self->field, draft, &error) : NULL;

  if (error)
    return g_strdup (error->message);
  return self->place ? g_strdup (zc_ledger_model_get_fault (self->model, self->place)) : NULL;
}

char *
zc_ledger_cell_get_message (ZcLedgerCell *self, gboolean *fault)
{
  char *message = find_fault (self);
  g_autofree char *example = NULL;

  *fault = message != NULL;
  if (message)
    return message;
  if (*self->field->help)
    return g_strdup (self->field->help);
  example = zc_words_example (self->field);
  return *example ? g_strdup_printf (_("For example: %s"), example) : g_strdup ("");
}

static void
set_class (ZcLedgerCell *self, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

/* GTK asks the X server where the pointer is, and waits for the answer, whenever a tooltip is set: not for two thousand cells
 * that have none and get none. */
static void
set_tooltip (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

/* What a screen reader is told beside the name. */
static void
describe (ZcLedgerCell *self, const char *text)
{
  if (g_strcmp0 (self->description, text) == 0)
    return;
  g_free (self->description);
  self->description = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
update (ZcLedgerCell *self)
{
  g_autofree char *value = get_value (self);
  const char *draft = self->place ? zc_ledger_model_get_draft (self->model, self->place) : NULL;
  g_autofree char *shown = draft || self->field->select ? g_strdup (draft ? draft : value) : zc_field_display (self->field, value);
  g_autofree char *fault = find_fault (self);

  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), shown);
  set_tooltip (GTK_WIDGET (self), fault);
  gtk_widget_set_sensitive (GTK_WIDGET (self), *value || draft || applies (self));
  set_class (self, "zc-cell-bad", draft != NULL);
  set_class (self, "zc-cell-todo", fault && !draft);
  describe (self, fault ? fault : shown);
  if (self->editor)
    zc_ledger_editor_set_value (self->editor, value, draft);
}

/* Editing */

static void
on_edited (ZcLedgerEditor *editor, const char *text, ZcLedgerCell *self)
{
  g_autofree char *place = g_strdup (self->place);
  g_autofree char *kept = zc_field_check (self->field, text, NULL);
  gboolean stated = kept && strcmp (kept, zc_session_get (self->session, place)) == 0;

  zc_ledger_model_set_draft (self->model, place, kept ? NULL : text);
  zc_ledger_model_drop_fault (self->model, place); /* until the next check it is out of date */
  if (kept && !stated)
    stated = zc_session_set (self->session, place, kept);
  if (!stated)
    zc_ledger_model_set_draft (self->model, place, text);
  update (self);
  g_signal_emit (self, signals[ENTERED], 0);
}

static void
drop_editor (ZcLedgerCell *self)
{
  g_clear_handle_id (&self->leaving, g_source_remove);
  if (!self->editor)
    return;
  gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->editor)));
  gtk_widget_set_visible (self->text, TRUE);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "zc-cell-open");
}

static gboolean on_entry_key (ZcLedgerCell *self, guint key, guint code, GdkModifierType state);

static void
watch_keys (ZcLedgerCell *self, GtkEditable *entry)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_entry_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (gtk_editable_get_delegate (entry)), keys);
}

static void
begin (ZcLedgerCell *self)
{
  gboolean stays = self->editor && self->leaving == 0;

  g_clear_handle_id (&self->leaving, g_source_remove);
  if (stays || !self->row)
    return;
  g_free (self->before);
  self->before = get_value (self);
  if (self->editor)
    return;
  self->editor = ZC_LEDGER_EDITOR (zc_ledger_editor_new (self->field, self->name, can_edit (self)));
  gtk_widget_set_parent (GTK_WIDGET (self->editor), GTK_WIDGET (self));
  gtk_widget_set_visible (self->text, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "zc-cell-open");
  update (self);
  g_signal_connect (self->editor, "edited", G_CALLBACK (on_edited), self);
  if (zc_ledger_cell_get_entry (self))
    watch_keys (self, zc_ledger_cell_get_entry (self));
}

static gboolean
zc_ledger_cell_grab_focus (GtkWidget *widget)
{
  ZcLedgerCell *self = ZC_LEDGER_CELL (widget);

  if (!self->row || !gtk_widget_is_sensitive (widget))
    return FALSE;
  begin (self);
  return gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

static gboolean
on_left (gpointer data)
{
  ZcLedgerCell *self = data;

  self->leaving = 0;
  drop_editor (self);
  return G_SOURCE_REMOVE;
}

/* The focus is still on its way while this is told, so the editor goes a moment later. */
static void
on_focus_leave (ZcLedgerCell *self)
{
  if (self->editor && self->leaving == 0)
    self->leaving = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_left, self, NULL);
}

static void
on_focus_enter (ZcLedgerCell *self)
{
  g_clear_handle_id (&self->leaving, g_source_remove);
  g_signal_emit (self, signals[ENTERED], 0);
}

/* Takes back what was typed since the cell got the focus. */
static void
take_back (ZcLedgerCell *self)
{
  g_autofree char *before = g_strdup (self->before);

  zc_ledger_model_set_draft (self->model, self->place, NULL);
  if (can_edit (self) && strcmp (zc_session_get (self->session, self->place), before) != 0)
    zc_session_set (self->session, self->place, before);
  update (self);
  g_signal_emit (self, signals[ENTERED], 0);
}

/* Keys */

static void
on_clipboard (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcLedgerCell) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  gsize length = text ? strlen (text) : 0;

  while (length > 0 && strchr ("\r\n", text[length - 1]))
    text[--length] = 0;
  if (length == 0)
    return;
  if (strpbrk (text, "\t\n"))
    g_signal_emit (self, signals[ROWS_PASTED], 0, text);
  else if (zc_ledger_cell_get_entry (self) && can_edit (self))
    {
      GtkEditable *entry = gtk_editable_get_delegate (zc_ledger_cell_get_entry (self));
      int at;

      gtk_editable_delete_selection (entry);
      at = gtk_editable_get_position (entry);
      gtk_editable_insert_text (entry, text, -1, &at);
      gtk_editable_set_position (entry, at);
    }
}

static gboolean
move (ZcLedgerCell *self, int columns, int rows)
{
  gboolean moved = FALSE;

  g_signal_emit (self, signals[MOVE], 0, columns, rows, &moved);
  return moved;
}

static gboolean
activate (ZcLedgerCell *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
  return TRUE;
}

/* All before the list around gets them, which takes some of these keys for its own. */
static gboolean
on_control_key (ZcLedgerCell *self, guint key, gboolean shift)
{
  switch (key)
    {
    case GDK_KEY_v:
    case GDK_KEY_V:
      gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, on_clipboard, g_object_ref (self));
      return TRUE;
    case GDK_KEY_d:
    case GDK_KEY_D:
      return activate (self, "ledger.duplicate");
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return activate (self, "ledger.append");
    case GDK_KEY_Delete:
      return shift && activate (self, "ledger.remove");
    case GDK_KEY_Up:
      return shift && activate (self, "ledger.up");
    case GDK_KEY_Down:
      return shift && activate (self, "ledger.down");
    default:
      return FALSE;
    }
}

static gboolean
on_plain_key (ZcLedgerCell *self, guint key, gboolean shift)
{
  gboolean entry = zc_ledger_cell_get_entry (self) != NULL;

  switch (key)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      return move (self, shift || key == GDK_KEY_ISO_Left_Tab ? -1 : 1, 0);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (entry && !move (self, 0, shift ? -1 : 1) && !shift)
        activate (self, "ledger.append");
      return entry;
    case GDK_KEY_Up:
      return move (self, 0, -1);
    case GDK_KEY_Down:
      return move (self, 0, 1) || entry;
    case GDK_KEY_Left:
      return entry ? FALSE : move (self, -1, 0);
    case GDK_KEY_Right:
      return entry ? FALSE : move (self, 1, 0);
    case GDK_KEY_F2:
      zc_ledger_editor_open (self->editor);
      return TRUE;
    case GDK_KEY_Escape:
      take_back (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
take_key (ZcLedgerCell *self, guint key, GdkModifierType state)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  if (held == GDK_CONTROL_MASK)
    return on_control_key (self, key, (state & GDK_SHIFT_MASK) != 0);
  return held == 0 && on_plain_key (self, key, (state & GDK_SHIFT_MASK) != 0);
}

/* In an entry, only what the input method leaves: it may show what it holds back in a window of its own, of which nothing
 * here knows. */
static gboolean
on_entry_key (ZcLedgerCell *self, guint key, guint code, GdkModifierType state)
{
  return self->editor && take_key (self, key, state);
}

/* In any other control, before it gets them itself. */
static gboolean
on_key (ZcLedgerCell *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  /* Keys of an open list or text above the grid are its own. */
  if (!self->editor || zc_ledger_cell_get_entry (self) || !focus ||
      gtk_widget_get_native (focus) != gtk_widget_get_native (GTK_WIDGET (self)))
    return FALSE;
  return take_key (self, key, state);
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, ZcLedgerCell *self)
{
  if (self->editor)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Binding */

void
zc_ledger_cell_set_position (ZcLedgerCell *self, guint position)
{
  g_free (self->name);
  self->name = g_strdup_printf (_("row %u, %s"), position + 1, self->field->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
}

void
zc_ledger_cell_bind (ZcLedgerCell *self, ZcLedgerRow *row, guint position)
{
  if (row && row == self->row)
    {
      zc_ledger_cell_set_position (self, position);
      return;
    }
  drop_editor (self);
  g_clear_signal_handler (&self->handler, self->row);
  g_clear_pointer (&self->place, g_free);
  g_set_object (&self->row, row);
  if (!row)
    return;
  self->place = zc_place_new (ZC_PLACE_CELL, self->ledger->id, zc_ledger_row_get_number (row), self->field->id);
  self->handler = g_signal_connect_swapped (row, "changed", G_CALLBACK (update), self);
  zc_ledger_cell_set_position (self, position);
  update (self);
}

GtkWidget *
zc_ledger_cell_new (ZcSession *session, ZcLedgerModel *model, const ZcLedger *ledger, const ZcField *field)
{
  ZcLedgerCell *self = g_object_new (ZC_TYPE_LEDGER_CELL, NULL);

  self->session = g_object_ref (session);
  self->model = g_object_ref (model);
  self->ledger = ledger;
  self->field = field;
  gtk_inscription_set_xalign (GTK_INSCRIPTION (self->text), field->type == ZC_VALUE_NUMBER ? 1 : 0);
  if (field->select)
    gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
  return GTK_WIDGET (self);
}

static void
zc_ledger_cell_dispose (GObject *object)
{
  ZcLedgerCell *self = ZC_LEDGER_CELL (object);

  zc_ledger_cell_bind (self, NULL, 0);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->model);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->before, g_free);
  G_OBJECT_CLASS (zc_ledger_cell_parent_class)->dispose (object);
}

static void
zc_ledger_cell_class_init (ZcLedgerCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_ledger_cell_dispose;
  widget_class->grab_focus = zc_ledger_cell_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "zc-cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  signals[ENTERED] = g_signal_new ("entered", ZC_TYPE_LEDGER_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVE] = g_signal_new ("move", ZC_TYPE_LEDGER_CELL, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                                G_TYPE_BOOLEAN, 2, G_TYPE_INT, G_TYPE_INT);
  signals[ROWS_PASTED] = g_signal_new ("rows-pasted", ZC_TYPE_LEDGER_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_STRING);
}

static void
zc_ledger_cell_init (ZcLedgerCell *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->text = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->text), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (self->text), 0);
  gtk_widget_set_valign (self->text, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_focus_enter), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
