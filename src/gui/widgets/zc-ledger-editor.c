/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-ledger-editor.h"

#include "zc-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ZcLedgerEditor
{
  AdwBin parent_instance;
  const ZcField *field;
  GtkWidget *control; /* GtkEntry, GtkDropDown or GtkMenuButton */
  GPtrArray *checks;  /* (element-type GtkCheckButton) of several choices */
  GtkTextBuffer *prose;
  gboolean setting;   /* the program changes it, not the user */
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcLedgerEditor, zc_ledger_editor, ADW_TYPE_BIN)

static void
tell (ZcLedgerEditor *self, const char *text)
{
  if (!self->setting)
    g_signal_emit (self, signals[EDITED], 0, text);
}

/* Text, numbers and dates */

static void
on_entry_changed (GtkEditable *entry, ZcLedgerEditor *self)
{
  tell (self, gtk_editable_get_text (entry));
}

static GtkWidget *
make_entry (ZcLedgerEditor *self, gboolean editable)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_has_frame (GTK_ENTRY (entry), FALSE);
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_editable (GTK_EDITABLE (entry), editable);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 1);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), self->field->type == ZC_VALUE_NUMBER ? 1 : 0);
  g_signal_connect (entry, "changed", G_CALLBACK (on_entry_changed), self);
  return entry;
}

/* One choice */

static void
on_selected (GtkDropDown *drop_down, GParamSpec *pspec, ZcLedgerEditor *self)
{
  guint at = gtk_drop_down_get_selected (drop_down);
  const ZcOption *option = at > 0 && at <= self->field->options->len ? self->field->options->pdata[at - 1] : NULL;

  tell (self, option ? option->id : "");
}

static GtkWidget *
make_choice (ZcLedgerEditor *self)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *drop_down;

  gtk_string_list_append (labels, "—");
  for (guint i = 0; i < self->field->options->len; i++)
    gtk_string_list_append (labels, ((const ZcOption *) self->field->options->pdata[i])->label);
  drop_down = zc_drop_down_new (G_LIST_MODEL (labels));
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (on_selected), self);
  return drop_down;
}

/* Several choices */

static void
on_toggled (GtkCheckButton *toggled, ZcLedgerEditor *self)
{
  gboolean on = gtk_check_button_get_active (toggled);
  gboolean exclusive = FALSE;
  GString *value = g_string_new (NULL);
  gboolean was = self->setting;

  for (guint i = 0; i < self->checks->len; i++)
    if (self->checks->pdata[i] == toggled)
      exclusive = ((const ZcOption *) self->field->options->pdata[i])->exclusive;
  self->setting = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    {
      const ZcOption *option = self->field->options->pdata[i];

      if (on && self->checks->pdata[i] != toggled && (exclusive || option->exclusive))
        gtk_check_button_set_active (self->checks->pdata[i], FALSE);
      if (gtk_check_button_get_active (self->checks->pdata[i]))
        g_string_append_printf (value, "%s%s", value->len ? " " : "", option->id);
    }
  self->setting = was;
  tell (self, value->str);
  g_string_free (value, TRUE);
}

static GtkWidget *
make_menu_button (GtkWidget *content)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_popover_set_child (GTK_POPOVER (popover), content);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  return button;
}

static GtkWidget *
make_multiple (ZcLedgerEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->checks = g_ptr_array_new ();
  for (guint i = 0; i < self->field->options->len; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (((const ZcOption *) self->field->options->pdata[i])->label);

      g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
      gtk_box_append (GTK_BOX (box), check);
      g_ptr_array_add (self->checks, check);
    }
  return make_menu_button (box);
}

/* Prose */

static void
on_prose_changed (GtkTextBuffer *buffer, ZcLedgerEditor *self)
{
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  tell (self, text);
}

static GtkWidget *
make_prose (ZcLedgerEditor *self, const char *name)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  self->prose = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_enable_undo (self->prose, FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (self->prose, "changed", G_CALLBACK (on_prose_changed), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_size_request (scroller, 380, 160);
  return make_menu_button (scroller);
}

static GtkWidget *
make_control (ZcLedgerEditor *self, const char *name, gboolean editable)
{
  switch (self->field->type)
    {
    case ZC_VALUE_CHOICE:
      return make_choice (self);
    case ZC_VALUE_MULTIPLE:
      return make_multiple (self);
    case ZC_VALUE_PROSE:
      return make_prose (self, name);
    case ZC_VALUE_TEXT:
    case ZC_VALUE_NUMBER:
    case ZC_VALUE_DATE:
    default:
      return make_entry (self, editable);
    }
}

GtkWidget *
zc_ledger_editor_new (const ZcField *field, const char *name, gboolean editable)
{
  ZcLedgerEditor *self = g_object_new (ZC_TYPE_LEDGER_EDITOR, NULL);

  self->field = field;
  self->control = make_control (self, name, editable);
  gtk_widget_set_sensitive (self->control, editable || GTK_IS_ENTRY (self->control));
  zc_set_name (self->control, name);
  adw_bin_set_child (ADW_BIN (self), self->control);
  return GTK_WIDGET (self);
}

GtkEditable *
zc_ledger_editor_get_entry (ZcLedgerEditor *self)
{
  return GTK_IS_ENTRY (self->control) ? GTK_EDITABLE (self->control) : NULL;
}

static void
set_entry (ZcLedgerEditor *self, const char *value, const char *text)
{
  GtkEditable *entry = GTK_EDITABLE (self->control);
  g_autofree char *kept = text ? NULL : zc_field_check (self->field, gtk_editable_get_text (entry), NULL);
  g_autofree char *shown = text ? g_strdup (text) : zc_field_display (self->field, value);

  /* What was typed means what is stated: “2016-7-8” is left as the user likes it. */
  if (g_strcmp0 (kept, value) != 0 && strcmp (gtk_editable_get_text (entry), shown) != 0)
    gtk_editable_set_text (entry, shown);
}

static void
set_checks (ZcLedgerEditor *self, const char *value)
{
  g_auto (GStrv) ids = g_strsplit (value, " ", -1);

  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i],
                                 g_strv_contains ((const char *const *) ids, ((const ZcOption *) self->field->options->pdata[i])->id));
}

static void
set_prose (ZcLedgerEditor *self, const char *value)
{
  g_autofree char *text = NULL, *kept = NULL;

  g_object_get (self->prose, "text", &text, NULL);
  kept = zc_field_check (self->field, text, NULL);
  /* A blank at the end, behind which the next word is about to be typed, is not kept, and stays all the same. */
  if (g_strcmp0 (kept, value) != 0 && strcmp (text, value) != 0)
    gtk_text_buffer_set_text (self->prose, value, -1);
}

static guint
position_of (const ZcField *field, const char *id)
{
  for (guint i = 0; i < field->options->len; i++)
    if (strcmp (((const ZcOption *) field->options->pdata[i])->id, id) == 0)
      return i + 1;
  return 0;
}

void
zc_ledger_editor_set_value (ZcLedgerEditor *self, const char *value, const char *text)
{
  g_autofree char *shown = zc_field_display (self->field, value);

  self->setting = TRUE;
  if (GTK_IS_ENTRY (self->control))
    set_entry (self, value, text);
  else if (GTK_IS_DROP_DOWN (self->control))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), position_of (self->field, value));
  else
    {
      gtk_label_set_label (GTK_LABEL (gtk_menu_button_get_child (GTK_MENU_BUTTON (self->control))), shown);
      if (self->checks)
        set_checks (self, value);
      else
        set_prose (self, text ? text : value);
    }
  self->setting = FALSE;
}

void
zc_ledger_editor_open (ZcLedgerEditor *self)
{
  if (GTK_IS_ENTRY (self->control))
    gtk_editable_set_position (GTK_EDITABLE (self->control), -1);
  else if (GTK_IS_MENU_BUTTON (self->control))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->control));
  else
    gtk_widget_activate (self->control);
}

static gboolean
zc_ledger_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ZC_LEDGER_EDITOR (widget)->control);
}

static void
zc_ledger_editor_dispose (GObject *object)
{
  ZcLedgerEditor *self = ZC_LEDGER_EDITOR (object);

  self->setting = TRUE;
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (zc_ledger_editor_parent_class)->dispose (object);
}

static void
zc_ledger_editor_class_init (ZcLedgerEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_ledger_editor_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = zc_ledger_editor_grab_focus;
  signals[EDITED] = g_signal_new ("edited", ZC_TYPE_LEDGER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
zc_ledger_editor_init (ZcLedgerEditor *self)
{
}
