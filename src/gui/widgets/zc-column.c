/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-column.h"

/* Dots of an inch when text has its usual size, in the setting's units. */
#define USUAL_DPI (96 * 1024)

struct _ZcColumn
{
  AdwBin parent_instance;
  int least;
  int comfortable;
};

G_DEFINE_FINAL_TYPE (ZcColumn, zc_column, ADW_TYPE_BIN)

enum
{
  PROP_LEAST = 1,
  PROP_COMFORTABLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

double
zc_text_scale (GtkWidget *widget)
{
  int dpi = USUAL_DPI;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? (double) dpi / USUAL_DPI : 1;
}

/* Clamps */

#define LARGEST 100000

static void
follow_text (GObject *clamp, const char *property, const char *usual, double scale)
{
  gpointer kept = g_object_get_data (clamp, usual);
  int width = GPOINTER_TO_INT (kept);

  if (!kept)
    {
      g_object_get (clamp, property, &width, NULL);
      g_object_set_data (clamp, usual, GINT_TO_POINTER (width));
    }
  g_object_set (clamp, property, (int) MIN (width * scale, LARGEST), NULL);
}

static void
on_text_size (GtkWidget *clamp)
{
  double scale = zc_text_scale (clamp);

  follow_text (G_OBJECT (clamp), "maximum-size", "zc-usual-size", scale);
  follow_text (G_OBJECT (clamp), "tightening-threshold", "zc-usual-threshold", scale);
}

void
zc_clamps_follow_text (GtkWidget *root)
{
  if ((ADW_IS_CLAMP (root) || ADW_IS_CLAMP_SCROLLABLE (root)) && !g_object_get_data (G_OBJECT (root), "zc-usual-size"))
    {
      on_text_size (root);
      g_signal_connect_object (gtk_widget_get_settings (root), "notify::gtk-xft-dpi", G_CALLBACK (on_text_size), root, G_CONNECT_SWAPPED);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    zc_clamps_follow_text (child);
}

/* The column */

static void
zc_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                   int *natural_baseline)
{
  ZcColumn *self = ZC_COLUMN (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));
  double scale = zc_text_scale (widget);

  *minimum = *natural = 0;
  if (child)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  *minimum = MAX (*minimum, (int) (self->least * scale));
  *natural = MAX (*minimum, self->comfortable > 0 ? (int) (self->comfortable * scale) : *natural);
}

static void
zc_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
zc_column_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (zc_column_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI)
    gtk_widget_queue_resize (widget);
}

static void
zc_column_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcColumn *self = ZC_COLUMN (object);

  g_value_set_int (value, id == PROP_LEAST ? self->least : self->comfortable);
}

static void
zc_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcColumn *self = ZC_COLUMN (object);
  int *width = id == PROP_LEAST ? &self->least : &self->comfortable;

  if (*width == g_value_get_int (value))
    return;
  *width = g_value_get_int (value);
  g_object_notify_by_pspec (object, pspec);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
zc_column_class_init (ZcColumnClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = zc_column_get_property;
  G_OBJECT_CLASS (klass)->set_property = zc_column_set_property;
  widget_class->measure = zc_column_measure;
  widget_class->size_allocate = zc_column_size_allocate;
  widget_class->system_setting_changed = zc_column_system_setting_changed;
  props[PROP_LEAST] = g_param_spec_int ("least", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_COMFORTABLE] = g_param_spec_int ("comfortable", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
zc_column_init (ZcColumn *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL); /* which would measure the child alone */
}
