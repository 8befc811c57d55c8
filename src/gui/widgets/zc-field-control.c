/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-field-control.h"

#include "base/zc-text.h"
#include "zc-dialog.h"
#include "zc-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ZcFieldControl
{
  const ZcField *field;
  GtkWidget *widget;  /* what is put into the row */
  GtkWidget *input;   /* what has the focus, the name and the mark for errors */
  GPtrArray *checks;  /* multiple choice: (element-type GtkCheckButton) borrowed, in the order of the options */
  char *name;         /* accessible */
  gboolean loading;   /* what changes now was not the user */
  char *(*text) (ZcFieldControl *self);
  void (*set_text) (ZcFieldControl *self, const char *text);
  void (*changed) (gpointer data);
  gpointer data;
};

static void
control_free (gpointer data)
{
  ZcFieldControl *self = data;

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

static void
tell (ZcFieldControl *self)
{
  if (!self->loading)
    self->changed (self->data);
}

/* Undo is the inspection's, named and for everything; a second one inside an entry would only be in its way. */

static char *
entry_text (ZcFieldControl *self)
{
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->input)));
}

static void
entry_set_text (ZcFieldControl *self, const char *text)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (self->input));

  gtk_editable_set_text (GTK_EDITABLE (self->input), text);
  gtk_editable_set_position (GTK_EDITABLE (self->input), position);
}

static void
on_entry_changed (GtkEditable *editable, ZcFieldControl *self)
{
  tell (self);
}

static GtkWidget *
entry_new (ZcFieldControl *self)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *example = zc_words_example (self->field);

  self->input = entry;
  self->text = entry_text;
  self->set_text = entry_set_text;
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  if (*example)
    {
      g_autofree char *placeholder = g_strdup_printf (_("for example %s"), example);

      gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
    }
  g_signal_connect (entry, "changed", G_CALLBACK (on_entry_changed), self);
  return entry;
}

static GtkWidget *
text_new (ZcFieldControl *self)
{
  GtkWidget *entry = entry_new (self);

  gtk_widget_set_hexpand (entry, TRUE);
  return entry;
}

static GtkWidget *
number_new (ZcFieldControl *self)
{
  GtkWidget *entry = entry_new (self);

  gtk_entry_set_input_purpose (GTK_ENTRY (entry), self->field->decimals > 0 ? GTK_INPUT_PURPOSE_NUMBER : GTK_INPUT_PURPOSE_DIGITS);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 12);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  return entry;
}

/* Dates: shown as people write them, whatever way they were typed; passed on as they are kept. */

static char *
date_text (ZcFieldControl *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->input));
  char *iso = zc_date_parse (text);

  return iso ? iso : g_strdup (text);
}

static void
date_set_text (ZcFieldControl *self, const char *text)
{
  g_autofree char *shown = zc_date_display (text);

  entry_set_text (self, shown);
}

static void
on_date_left (GtkEventControllerFocus *focus, ZcFieldControl *self)
{
  g_autofree char *iso = zc_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->input)));

  if (iso)
    zc_field_control_set_text (self, iso);
}

static void
on_day_selected (GtkCalendar *calendar, ZcFieldControl *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = zc_day_display (day);

  if (!self->loading)
    gtk_editable_set_text (GTK_EDITABLE (self->input), text);
}

/* The calendar opens on the day that is typed. */
static void
on_popover_shown (GtkWidget *popover, ZcFieldControl *self)
{
  GtkWidget *calendar = gtk_popover_get_child (GTK_POPOVER (popover));
  g_autofree char *iso = zc_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->input)));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  int year = 0, month = 0, day = 0;
  g_autoptr (GDateTime) at = NULL;

  if (!iso || sscanf (iso, "%d-%d-%d", &year, &month, &day) != 3)
    return;
  at = g_date_time_new (zone, year, month, day, 0, 0, 0);
  self->loading = TRUE;
  if (at)
    gtk_calendar_select_day (GTK_CALENDAR (calendar), at);
  self->loading = FALSE;
}

/* GTK 4.8 gives the arrows of its calendar no names. */
static void
name_arrows (GtkWidget *calendar)
{
  const char *const names[] = { _("Previous month"), _("Next month"), _("Previous year"), _("Next year") };
  GtkWidget *at = gtk_widget_get_first_child (gtk_widget_get_first_child (calendar));

  for (gsize i = 0; at && i < G_N_ELEMENTS (names); at = gtk_widget_get_next_sibling (at))
    if (GTK_IS_BUTTON (at))
      zc_set_name (at, names[i++]);
}

static GtkWidget *
date_new (ZcFieldControl *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *entry = entry_new (self);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();
  g_autofree char *name = g_strdup_printf (_("Calendar for %s"), self->field->label);

  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->text = date_text;
  self->set_text = date_set_text;
  g_signal_connect (focus, "leave", G_CALLBACK (on_date_left), self);
  gtk_widget_add_controller (entry, focus);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 15);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  zc_set_name (button, name);
  zc_set_name (calendar, name);
  name_arrows (calendar);
  g_signal_connect (calendar, "day-selected", G_CALLBACK (on_day_selected), self);
  g_signal_connect (popover, "show", G_CALLBACK (on_popover_shown), self);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

/* One of several */

static char *
choice_text (ZcFieldControl *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->input));

  if (selected == 0 || selected > self->field->options->len)
    return g_strdup ("");
  return g_strdup (((const ZcOption *) self->field->options->pdata[selected - 1])->id);
}

static void
choice_set_text (ZcFieldControl *self, const char *text)
{
  guint selected = 0;

  for (guint i = 0; i < self->field->options->len; i++)
    if (g_str_equal (((const ZcOption *) self->field->options->pdata[i])->id, text))
      selected = i + 1;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->input), selected);
}

static void
on_selected (GtkDropDown *drop_down, GParamSpec *pspec, ZcFieldControl *self)
{
  tell (self);
}

static GtkWidget *
choice_new (ZcFieldControl *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _("Not chosen"));
  for (guint i = 0; i < self->field->options->len; i++)
    gtk_string_list_append (labels, ((const ZcOption *) self->field->options->pdata[i])->label);
  self->input = zc_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)));
  self->text = choice_text;
  self->set_text = choice_set_text;
  gtk_widget_set_halign (self->input, GTK_ALIGN_START);
  gtk_widget_set_valign (self->input, GTK_ALIGN_CENTER);
  g_signal_connect (self->input, "notify::selected", G_CALLBACK (on_selected), self);
  return self->input;
}

/* Any of several; an exclusive one (none of these) takes the others away. */

static char *
multiple_text (ZcFieldControl *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", ((const ZcOption *) self->field->options->pdata[i])->id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
multiple_set_text (ZcFieldControl *self, const char *text)
{
  g_auto (GStrv) ids = g_strsplit (text, " ", -1);

  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i],
                                 g_strv_contains ((const char *const *) ids, ((const ZcOption *) self->field->options->pdata[i])->id));
}

static void
on_toggled (GtkCheckButton *check, ZcFieldControl *self)
{
  guint index = 0;

  if (self->loading)
    return;
  if (gtk_check_button_get_active (check) && g_ptr_array_find (self->checks, check, &index))
    {
      gboolean exclusive = ((const ZcOption *) self->field->options->pdata[index])->exclusive;

      self->loading = TRUE;
      for (guint i = 0; i < self->checks->len; i++)
        if (i != index && (exclusive || ((const ZcOption *) self->field->options->pdata[i])->exclusive))
          gtk_check_button_set_active (self->checks->pdata[i], FALSE);
      self->loading = FALSE;
    }
  tell (self);
}

static GtkWidget *
multiple_new (ZcFieldControl *self)
{
  GtkWidget *grid = gtk_grid_new ();
  guint n = self->field->options->len, columns = n > 3 ? 2 : 1, lines = (n + columns - 1) / columns;

  self->checks = g_ptr_array_new ();
  self->input = grid;
  self->text = multiple_text;
  self->set_text = multiple_set_text;
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *check = gtk_check_button_new ();
      GtkWidget *label = gtk_label_new (((const ZcOption *) self->field->options->pdata[i])->label);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
      zc_set_name (check, gtk_label_get_label (GTK_LABEL (label)));
      g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
      g_ptr_array_add (self->checks, check);
      gtk_grid_attach (GTK_GRID (grid), check, (int) (i / lines), (int) (i % lines), 1, 1);
    }
  return grid;
}

/* Several lines */

static GtkTextBuffer *
buffer_of (ZcFieldControl *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input));
}

static char *
prose_text (ZcFieldControl *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  return gtk_text_buffer_get_text (buffer_of (self), &start, &end, FALSE);
}

static void
prose_set_text (ZcFieldControl *self, const char *text)
{
  GtkTextIter at;
  int offset;

  gtk_text_buffer_get_iter_at_mark (buffer_of (self), &at, gtk_text_buffer_get_insert (buffer_of (self)));
  offset = gtk_text_iter_get_offset (&at);
  gtk_text_buffer_set_text (buffer_of (self), text, -1);
  gtk_text_buffer_get_iter_at_offset (buffer_of (self), &at, offset);
  gtk_text_buffer_place_cursor (buffer_of (self), &at);
}

static void
on_buffer_changed (GtkTextBuffer *buffer, ZcFieldControl *self)
{
  tell (self);
}

static GtkWidget *
prose_new (ZcFieldControl *self)
{
  GtkWidget *view = gtk_text_view_new ();

  self->input = view;
  self->text = prose_text;
  self->set_text = prose_set_text;
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 10);
  gtk_widget_set_size_request (view, -1, 64);
  gtk_widget_add_css_class (view, "zc-prose");
  gtk_text_buffer_set_enable_undo (buffer_of (self), FALSE);
  g_signal_connect (buffer_of (self), "changed", G_CALLBACK (on_buffer_changed), self);
  return view;
}

/* Computed: to be read only */

static char *
derived_text (ZcFieldControl *self)
{
  return g_strdup (gtk_label_get_label (GTK_LABEL (self->input)));
}

static void
derived_set_text (ZcFieldControl *self, const char *text)
{
  g_autofree char *shown = zc_field_display (self->field, text);

  gtk_label_set_label (GTK_LABEL (self->input), *shown ? shown : "—");
}

static GtkWidget *
derived_new (ZcFieldControl *self)
{
  self->input = gtk_label_new ("");
  self->text = derived_text;
  self->set_text = derived_set_text;
  gtk_label_set_xalign (GTK_LABEL (self->input), 0);
  gtk_label_set_wrap (GTK_LABEL (self->input), TRUE);
  gtk_widget_add_css_class (self->input, "dim-label");
  gtk_widget_set_tooltip_text (self->input, _("Computed from what you enter; it can’t be typed over"));
  return self->input;
}

/* Said aloud, as the label below the field is not: GTK 4.8 takes no description from a label. */
static void
describe (ZcFieldControl *self, const char *sentence)
{
  zc_set_description (self->input, sentence ? sentence : self->field->help);
}

gboolean
zc_field_control_is_wide (const ZcField *field)
{
  return !field->select && (field->type == ZC_VALUE_PROSE || field->type == ZC_VALUE_MULTIPLE);
}

ZcFieldControl *
zc_field_control_new (const ZcField *field, void (*changed) (gpointer data), gpointer data)
{
  static GtkWidget *(*const makers[]) (ZcFieldControl *self) = {
    [ZC_VALUE_TEXT] = text_new, [ZC_VALUE_PROSE] = prose_new,   [ZC_VALUE_NUMBER] = number_new,
    [ZC_VALUE_DATE] = date_new, [ZC_VALUE_CHOICE] = choice_new, [ZC_VALUE_MULTIPLE] = multiple_new,
  };
  ZcFieldControl *self = g_new0 (ZcFieldControl, 1);

  self->field = field;
  self->changed = changed;
  self->data = data;
  self->name = *field->unit ? g_strdup_printf (_("%s (%s)"), field->label, field->unit) : g_strdup (field->label);
  self->widget = field->select ? derived_new (self) : makers[field->type](self);
  zc_set_name (self->input, self->name);
  describe (self, NULL);
  if (field->required && !field->select && field->type != ZC_VALUE_MULTIPLE && field->type != ZC_VALUE_CHOICE)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
  g_object_set_data_full (G_OBJECT (self->widget), "zc-field-control", self, control_free);
  return self;
}

GtkWidget *
zc_field_control_widget (ZcFieldControl *self)
{
  return self->widget;
}

char *
zc_field_control_text (ZcFieldControl *self)
{
  return self->text (self);
}

void
zc_field_control_set_text (ZcFieldControl *self, const char *text)
{
  self->loading = TRUE;
  self->set_text (self, text);
  self->loading = FALSE;
}

void
zc_field_control_set_editable (ZcFieldControl *self, gboolean editable)
{
  if (GTK_IS_EDITABLE (self->input))
    {
      GtkWidget *calendar = gtk_widget_get_next_sibling (self->input);

      gtk_editable_set_editable (GTK_EDITABLE (self->input), editable);
      if (self->widget != self->input && calendar)
        gtk_widget_set_sensitive (calendar, editable);
    }
  else if (GTK_IS_TEXT_VIEW (self->input))
    gtk_text_view_set_editable (GTK_TEXT_VIEW (self->input), editable);
  else
    gtk_widget_set_sensitive (self->input, editable || self->field->select);
}

void
zc_field_control_set_error (ZcFieldControl *self, const char *sentence)
{
  if (sentence)
    gtk_widget_add_css_class (self->input, "error");
  else
    gtk_widget_remove_css_class (self->input, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_STATE_INVALID,
                               sentence ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  describe (self, sentence);
}

gboolean
zc_field_control_has_focus (ZcFieldControl *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && (focus == self->widget || gtk_widget_is_ancestor (focus, self->widget));
}
