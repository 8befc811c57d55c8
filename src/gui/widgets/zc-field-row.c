/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-field-row.h"

#include "inspection/zc-carry-over.h"
#include "widgets/zc-field-control.h"
#include "zc-words.h"

#include <glib/gi18n.h>

/* How long typing must pause before the row says that what stands there is not yet right. */
#define ERROR_DELAY_MS 700

struct _ZcFieldRow
{
  AdwPreferencesRow parent_instance;
  ZcSession *session;
  ZcScheme *scheme; /* whose field it is */
  const ZcField *field;
  char *place;
  ZcFieldControl *control;
  GtkLabel *error_label;
  GtkLabel *away_label;
  GtkLabel *origin_label; /* which inspection it was taken over from */
  char *known;   /* what was stated when the control was last brought up to date */
  char *refusal; /* nullable: why what is typed can't be taken */
  guint error_timeout;
};

G_DEFINE_FINAL_TYPE (ZcFieldRow, zc_field_row, ADW_TYPE_PREFERENCES_ROW)

const char *
zc_field_row_get_place (ZcFieldRow *self)
{
  return self->place;
}

static void
show_refusal (ZcFieldRow *self)
{
  g_autofree char *kept = NULL, *text = NULL;

  g_clear_handle_id (&self->error_timeout, g_source_remove);
  if (self->refusal)
    {
      kept = zc_field_display (self->field, self->known);
      text = *kept ? g_strdup_printf (_("%s Until then “%s” is kept."), self->refusal, kept) : g_strdup (self->refusal);
    }
  gtk_label_set_label (self->error_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
  zc_field_control_set_error (self->control, text);
}

static gboolean
on_error_timeout (gpointer data)
{
  ZcFieldRow *self = data;

  self->error_timeout = 0;
  show_refusal (self);
  return G_SOURCE_REMOVE;
}

static void
set_refusal (ZcFieldRow *self, const char *sentence)
{
  gboolean shown = gtk_widget_get_visible (GTK_WIDGET (self->error_label));

  g_free (self->refusal);
  self->refusal = g_strdup (sentence);
  if (!sentence || shown)
    show_refusal (self);
  else if (self->error_timeout == 0)
    self->error_timeout = g_timeout_add (ERROR_DELAY_MS, on_error_timeout, self);
}

static void
remember (ZcFieldRow *self)
{
  g_free (self->known);
  self->known = g_strdup (zc_session_get (self->session, self->place));
}

/* A value the field does not take is told here; that nothing can be written is told by the window. */
static void
on_typed (gpointer data)
{
  ZcFieldRow *self = data;
  g_autofree char *text = zc_field_control_text (self->control);
  g_autofree char *checked = NULL;
  g_autoptr (GError) refusal = NULL;

  checked = zc_field_check (self->field, text, &refusal);
  if (!checked)
    {
      set_refusal (self, refusal->message);
      return;
    }
  set_refusal (self, NULL);
  /* Stating it tells everybody, this row too, before the call returns. */
  g_free (self->known);
  self->known = g_strdup (checked);
  zc_session_set (self->session, self->place, checked);
  remember (self);
}

/* What was typed in another form is shown as it is kept once the user goes on. */
static void
on_leave (GtkEventControllerFocus *focus, ZcFieldRow *self)
{
  g_autofree char *text = NULL;

  if (self->refusal)
    {
      show_refusal (self);
      return;
    }
  text = zc_field_control_text (self->control);
  if (!self->field->select && g_strcmp0 (text, self->known) != 0)
    zc_field_control_set_text (self->control, self->known);
}

static void
refresh_value (ZcFieldRow *self)
{
  g_autofree char *derived = self->field->select ? zc_record_get (zc_session_record (self->session), self->place) : NULL;
  const char *stated = self->field->select ? (derived ? derived : "") : zc_session_get (self->session, self->place);

  if (g_strcmp0 (stated, self->known) == 0)
    return;
  g_free (self->known);
  self->known = g_strdup (stated);
  zc_field_control_set_text (self->control, self->known);
  set_refusal (self, NULL);
}

/* Something stated in a field that does not apply any more must not be hidden. */
static void
refresh_applies (ZcFieldRow *self)
{
  gboolean applies = zc_rules_field_applies (zc_session_record (self->session), self->field, NULL);
  gboolean stated = self->known && *self->known && !self->field->select;

  gtk_widget_set_visible (GTK_WIDGET (self), applies || stated);
  gtk_widget_set_visible (GTK_WIDGET (self->away_label), !applies && stated);
}

static void
refresh_origin (ZcFieldRow *self)
{
  const char *origin = zc_inspection_get_origin (zc_session_inspection (self->session), self->place);
  g_autofree char *text = origin ? g_strdup_printf (_("From %s"), origin) : g_strdup ("");

  gtk_label_set_label (self->origin_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->origin_label), origin != NULL);
}

void
zc_field_row_refresh (ZcFieldRow *self)
{
  refresh_value (self);
  refresh_applies (self);
  refresh_origin (self);
  zc_field_control_set_editable (self->control, zc_session_can_edit (self->session));
}

static gboolean
zc_field_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (zc_field_control_widget (ZC_FIELD_ROW (widget)->control), GTK_DIR_TAB_FORWARD);
}

/* The row itself is no stop, only what is worked in. GTK 4.8 ends its walk through a list at a row that takes no focus (what
 * is computed, what a seal has locked), so each such row leads on to the next one. */
static gboolean
zc_field_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *next = NULL;

  if (gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), direction))
    return TRUE;
  if (direction == GTK_DIR_TAB_FORWARD)
    next = gtk_widget_get_next_sibling (widget);
  else if (direction == GTK_DIR_TAB_BACKWARD)
    next = gtk_widget_get_prev_sibling (widget);
  return next && gtk_widget_child_focus (next, direction);
}

/* Building */

static GtkWidget *
words_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
caption_new (const char *text)
{
  GtkWidget *label = words_new (text, "caption");

  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
title_new (ZcFieldRow *self, ZcConfidence around)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *title = self->field->required && !self->field->select ? g_strdup_printf ("%s *", self->field->label) : g_strdup (self->field->label);
  const char *tag = zc_words_confidence_tag (self->field->confidence);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), words_new (title, NULL));
  if (self->field->confidence > around && *tag)
    {
      GtkWidget *words = caption_new (tag);

      gtk_widget_set_tooltip_text (words, zc_confidence_label (self->field->confidence));
      gtk_box_append (GTK_BOX (box), words);
    }
  if (self->field->required)
    gtk_widget_set_tooltip_text (box, _("Required where it applies"));
  return box;
}

static GtkWidget *
line_new (ZcFieldRow *self, ZcConfidence around)
{
  gboolean wide = zc_field_control_is_wide (self->field);
  GtkWidget *line = gtk_box_new (wide ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, wide ? 8 : 18);
  GtkWidget *title = title_new (self, around);
  GtkWidget *control = zc_field_control_widget (self->control);

  if (!wide)
    gtk_widget_set_size_request (title, 200, -1);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), control);
  if (*self->field->unit)
    gtk_box_append (GTK_BOX (line), caption_new (self->field->unit));
  return line;
}

static void
build (ZcFieldRow *self, ZcConfidence around)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->error_label = GTK_LABEL (words_new ("", "error"));
  self->away_label = GTK_LABEL (words_new (_("This does not apply as things stand. Clear it, or change what it depends on."), "warning"));
  self->origin_label = GTK_LABEL (caption_new (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->error_label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->away_label), "caption");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->away_label), FALSE);
  gtk_widget_add_css_class (box, "zc-field");
  gtk_box_append (GTK_BOX (box), line_new (self, around));
  if (*self->field->help)
    gtk_box_append (GTK_BOX (box), caption_new (self->field->help));
  if (*self->field->basis)
    gtk_box_append (GTK_BOX (box), caption_new (self->field->basis));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->origin_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->error_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->away_label));
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_leave), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
zc_field_row_new (ZcSession *session, const ZcField *field, const char *place, ZcConfidence around)
{
  ZcFieldRow *self = g_object_new (ZC_TYPE_FIELD_ROW, "activatable", FALSE, "selectable", FALSE, "focusable", FALSE,
                                   "use-markup", FALSE, "title", field->label, NULL);

  self->session = g_object_ref (session);
  self->scheme = zc_scheme_ref (zc_session_scheme (session));
  self->field = field;
  self->place = g_strdup (place);
  self->control = zc_field_control_new (field, on_typed, self);
  build (self, around);
  zc_field_row_refresh (self);
  return GTK_WIDGET (self);
}

static void
zc_field_row_dispose (GObject *object)
{
  ZcFieldRow *self = ZC_FIELD_ROW (object);

  g_clear_handle_id (&self->error_timeout, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_field_row_parent_class)->dispose (object);
}

static void
zc_field_row_finalize (GObject *object)
{
  ZcFieldRow *self = ZC_FIELD_ROW (object);

  g_clear_pointer (&self->scheme, zc_scheme_unref);
  g_free (self->place);
  g_free (self->known);
  g_free (self->refusal);
  G_OBJECT_CLASS (zc_field_row_parent_class)->finalize (object);
}

static void
zc_field_row_class_init (ZcFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_field_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_field_row_finalize;
  GTK_WIDGET_CLASS (klass)->focus = zc_field_row_focus;
  GTK_WIDGET_CLASS (klass)->grab_focus = zc_field_row_grab_focus;
}

static void
zc_field_row_init (ZcFieldRow *self)
{
}
