/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-conformity-bar.h"

#include "zc-dialog.h"

#include <glib/gi18n.h>

struct _ZcConformityBar
{
  AdwBin parent_instance;
  ZcSession *session;
  const ZcItem *item;
  char *place;
  GPtrArray *buttons; /* (element-type GtkToggleButton) borrowed, in the order of the options */
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (ZcConformityBar, zc_conformity_bar, ADW_TYPE_BIN)

static const ZcField *
conformity (void)
{
  return zc_answer_fields ()->pdata[0];
}

static const ZcOption *
option (guint index)
{
  return conformity ()->options->pdata[index];
}

/* What was carried over is no answer yet, and does not look like one. */
static gboolean
waits (ZcConformityBar *self)
{
  g_autofree char *place = zc_place_new (ZC_PLACE_ANSWER, self->item->id, 0, "confirmed");

  return *zc_session_get (self->session, place) != '\0';
}

void
zc_conformity_bar_refresh (ZcConformityBar *self)
{
  const char *stated = zc_session_get (self->session, self->place);
  gboolean editable = zc_session_can_edit (self->session);

  self->loading = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      gtk_toggle_button_set_active (self->buttons->pdata[i], g_str_equal (option (i)->id, stated));
      gtk_widget_set_sensitive (self->buttons->pdata[i], editable);
    }
  self->loading = FALSE;
  if (waits (self))
    gtk_widget_add_css_class (GTK_WIDGET (self), "zc-waiting");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "zc-waiting");
}

void
zc_conformity_bar_press (ZcConformityBar *self, guint index)
{
  gboolean again;

  if (index >= self->buttons->len || !gtk_widget_get_visible (self->buttons->pdata[index]) || !zc_session_can_edit (self->session))
    return;
  again = g_str_equal (zc_session_get (self->session, self->place), option (index)->id);
  zc_session_set (self->session, self->place, again && !waits (self) ? "" : option (index)->id);
  zc_conformity_bar_refresh (self);
}

static void
on_toggled (GtkToggleButton *button, ZcConformityBar *self)
{
  guint index = 0;

  if (!self->loading && g_ptr_array_find (self->buttons, button, &index))
    zc_conformity_bar_press (self, index);
}

static GtkWidget *
button_new (guint index)
{
  static const char *const icons[] = { "zc-done-symbolic", "zc-partly-symbolic", "zc-problem-symbolic", "zc-na-symbolic" };
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *content = adw_button_content_new ();
  g_autofree char *tip = g_strdup_printf (_("Key %u"), index + 1);

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icons[MIN (index, G_N_ELEMENTS (icons) - 1)]);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), option (index)->label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, tip);
  zc_set_name (button, option (index)->label);
  gtk_widget_add_css_class (button, "zc-answer");
  gtk_widget_add_css_class (button, option (index)->id);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

GtkWidget *
zc_conformity_bar_new (ZcSession *session, const ZcItem *item)
{
  ZcConformityBar *self = g_object_new (ZC_TYPE_CONFORMITY_BAR, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->session = g_object_ref (session);
  self->item = item;
  self->place = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, "conformity");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < conformity ()->options->len; i++)
    {
      GtkWidget *button = button_new (i);

      g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, 0);
      gtk_widget_set_visible (button, item->allows_na || !g_str_equal (option (i)->id, "na"));
      g_ptr_array_add (self->buttons, button);
      gtk_box_append (GTK_BOX (box), button);
    }
  adw_bin_set_child (ADW_BIN (self), box);
  zc_conformity_bar_refresh (self);
  return GTK_WIDGET (self);
}

static void
zc_conformity_bar_finalize (GObject *object)
{
  ZcConformityBar *self = ZC_CONFORMITY_BAR (object);

  g_object_unref (self->session);
  g_free (self->place);
  g_ptr_array_unref (self->buttons);
  G_OBJECT_CLASS (zc_conformity_bar_parent_class)->finalize (object);
}

static void
zc_conformity_bar_class_init (ZcConformityBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_conformity_bar_finalize;
}

static void
zc_conformity_bar_init (ZcConformityBar *self)
{
  self->buttons = g_ptr_array_new ();
}
