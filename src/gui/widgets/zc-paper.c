/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-paper.h"

#include <math.h>

/* How narrow a sheet that fits its room may become. */
#define LEAST_WIDTH 120

struct _ZcPaper
{
  GtkWidget parent_instance;
  ZcPaperFunc func;
  gpointer target;
  guint number;
  double width, height; /* points */
  double scale;         /* 0: fits */
};

G_DEFINE_FINAL_TYPE (ZcPaper, zc_paper, GTK_TYPE_WIDGET)

GtkWidget *
zc_paper_new (ZcPaperFunc func, gpointer target)
{
  ZcPaper *self = g_object_new (ZC_TYPE_PAPER, NULL);

  self->func = func;
  self->target = target;
  return GTK_WIDGET (self);
}

guint
zc_paper_get_number (ZcPaper *self)
{
  return self->number;
}

void
zc_paper_set (ZcPaper *self, guint number, double width, double height, double scale)
{
  gboolean resized = self->width != width || self->height != height || self->scale != scale;

  self->number = number;
  self->width = width;
  self->height = height;
  self->scale = scale;
  gtk_widget_set_halign (GTK_WIDGET (self), scale > 0 ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  if (resized)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GtkSizeRequestMode
zc_paper_get_request_mode (GtkWidget *widget)
{
  return ZC_PAPER (widget)->scale > 0 ? GTK_SIZE_REQUEST_CONSTANT_SIZE : GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
zc_paper_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                  int *natural_baseline)
{
  ZcPaper *self = ZC_PAPER (widget);
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  double length = across ? self->width : self->height;

  *minimum_baseline = *natural_baseline = -1;
  if (self->scale > 0)
    *minimum = *natural = (int) round (length * self->scale);
  else if (across)
    *minimum = *natural = LEAST_WIDTH;
  else
    *minimum = *natural = (int) ceil (MAX (for_size, LEAST_WIDTH) * self->height / MAX (self->width, 1));
}

static void
zc_paper_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ZcPaper *self = ZC_PAPER (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr;

  if (width <= 0 || height <= 0 || self->width <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, width / self->width, width / self->width);
  self->func (self->number, cr, self->target);
  cairo_destroy (cr);
}

static void
zc_paper_class_init (ZcPaperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = zc_paper_get_request_mode;
  widget_class->measure = zc_paper_measure;
  widget_class->snapshot = zc_paper_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
zc_paper_init (ZcPaper *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "zc-paper");
}
