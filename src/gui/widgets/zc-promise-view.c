/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-promise-view.h"

#include "inspection/zc-carry-over.h"
#include "widgets/zc-column.h"
#include "widgets/zc-finding-editor.h"
#include "zc-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ZcPromiseView
{
  AdwBin parent_instance;
  ZcSession *session;
  guint64 finding;
  GPtrArray *buttons; /* (element-type GtkToggleButton) borrowed, in the order of the answers */
  GtkWidget *more;    /* what is left to do if it is not done */
  ZcFindingEditor *editor;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (ZcPromiseView, zc_promise_view, ADW_TYPE_BIN)

/* Done comes first: that is what was promised. */
static const struct
{
  const char *state;
  const char *icon;
  const char *style;
  const char *label;
} answers[] = {
  { "done", "zc-done-symbolic", "yes", N_("It Is Done") },
  { "doing", "zc-partly-symbolic", "partly", N_("It Is Being Done") },
  { "open", "zc-problem-symbolic", "no", N_("Not Yet") },
};

static const char *
stated (ZcPromiseView *self, const char *field)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, self->finding, field);

  return zc_session_get (self->session, place);
}

guint64
zc_promise_view_get_finding (ZcPromiseView *self)
{
  return self->finding;
}

void
zc_promise_view_refresh (ZcPromiseView *self)
{
  gboolean waits = zc_inspection_promise_waits (zc_session_inspection (self->session), self->finding);

  self->loading = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      gtk_toggle_button_set_active (self->buttons->pdata[i], !waits && g_str_equal (answers[i].state, stated (self, "state")));
      gtk_widget_set_sensitive (self->buttons->pdata[i], zc_session_can_edit (self->session));
    }
  self->loading = FALSE;
  gtk_widget_set_visible (self->more, !waits && !g_str_equal (stated (self, "state"), "done"));
  zc_finding_editor_refresh (self->editor);
}

void
zc_promise_view_answer (ZcPromiseView *self, guint index)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, self->finding, "state");

  if (index >= self->buttons->len || !zc_session_can_edit (self->session))
    return;
  zc_session_set (self->session, place, answers[index].state);
  zc_promise_view_refresh (self);
}

void
zc_promise_view_reveal (ZcPromiseView *self, const char *place)
{
  ZcPlace parsed;
  gboolean asks = zc_place_parse (place, &parsed) && parsed.kind == ZC_PLACE_FINDING && g_str_equal (parsed.field, "state");

  if (asks || !zc_finding_editor_reveal (self->editor, place))
    gtk_widget_grab_focus (self->buttons->pdata[0]);
}

static void
on_toggled (GtkToggleButton *button, ZcPromiseView *self)
{
  guint index = 0;

  if (!self->loading && g_ptr_array_find (self->buttons, button, &index))
    zc_promise_view_answer (self, index);
}

/* Building */

static GtkWidget *
words_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_line (GtkWidget *box, const char *label, const char *value)
{
  g_autofree char *text = g_strdup_printf (_("%s: %s"), label, value);

  if (*value)
    gtk_box_append (GTK_BOX (box), words_new (text, NULL));
}

/* What was promised, as it stood there last year. */
static GtkWidget *
promise_new (ZcPromiseView *self)
{
  static const char *const shown[] = { "problem", "measure", "person", "due" };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GPtrArray *fields = zc_finding_fields ();
  g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, self->finding, "item");
  const char *origin = zc_inspection_get_origin (zc_session_inspection (self->session), place);

  gtk_widget_add_css_class (box, "zc-warning-box");
  for (guint i = 0; i < fields->len; i++)
    {
      const ZcField *field = fields->pdata[i];
      g_autofree char *value = zc_field_display (field, stated (self, field->id));

      for (guint s = 0; s < G_N_ELEMENTS (shown); s++)
        if (strcmp (shown[s], field->id) == 0)
          add_line (box, field->label, value);
    }
  if (origin)
    {
      g_autofree char *from = g_strdup_printf (_("From %s"), origin);
      GtkWidget *caption = words_new (from, "caption");

      gtk_widget_add_css_class (caption, "dim-label");
      gtk_box_append (GTK_BOX (box), caption);
    }
  return box;
}

static GtkWidget *
button_new (ZcPromiseView *self, guint index)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *content = adw_button_content_new ();
  g_autofree char *tip = g_strdup_printf (_("Key %u"), index + 1);

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), answers[index].icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _(answers[index].label));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "zc-answer");
  gtk_widget_add_css_class (button, answers[index].style);
  zc_set_name (button, _(answers[index].label));
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, 0);
  g_ptr_array_add (self->buttons, button);
  return button;
}

static GtkWidget *
build (ZcPromiseView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_set_homogeneous (GTK_BOX (bar), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    gtk_box_append (GTK_BOX (bar), button_new (self, i));
  self->more = words_new (_("Then say below what is done about it now, by whom and by when."), NULL);
  self->editor = ZC_FINDING_EDITOR (zc_finding_editor_new (self->session, self->finding, TRUE));
  gtk_widget_add_css_class (box, "zc-page");
  gtk_box_append (GTK_BOX (box), words_new (_("Promised last year"), "dim-label"));
  gtk_box_append (GTK_BOX (box), words_new (_("Has it been done?"), "title-2"));
  gtk_box_append (GTK_BOX (box), promise_new (self));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->editor));
  return box;
}

GtkWidget *
zc_promise_view_new (ZcSession *session, guint64 finding)
{
  ZcPromiseView *self = g_object_new (ZC_TYPE_PROMISE_VIEW, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->session = g_object_ref (session);
  self->finding = finding;
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), build (self));
  zc_clamps_follow_text (clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  zc_promise_view_refresh (self);
  return GTK_WIDGET (self);
}

static void
zc_promise_view_finalize (GObject *object)
{
  ZcPromiseView *self = ZC_PROMISE_VIEW (object);

  g_ptr_array_unref (self->buttons);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_promise_view_parent_class)->finalize (object);
}

static void
zc_promise_view_class_init (ZcPromiseViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_promise_view_finalize;
}

static void
zc_promise_view_init (ZcPromiseView *self)
{
  self->buttons = g_ptr_array_new ();
}
