/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-growth.h"

#define FIRST 24     /* about a screenful; long lines of Chinese take two milliseconds each */
#define EACH_FRAME 12
#define ALL 240      /* GTK makes no more widgets than for so many rows */

struct _ZcGrowth
{
  GListModel *model;
  GtkSliceListModel *slice;
  GtkWidget *view; /* borrowed: it owns this */
  guint tick;
};

static void
set_size (ZcGrowth *self, guint size)
{
  gtk_slice_list_model_set_size (self->slice, size);
}

static gboolean
on_frame (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  ZcGrowth *self = data;
  guint size = gtk_slice_list_model_get_size (self->slice);

  if (size < g_list_model_get_n_items (self->model))
    {
      set_size (self, size + EACH_FRAME < ALL ? size + EACH_FRAME : G_MAXUINT);
      return G_SOURCE_CONTINUE;
    }
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
on_changed (ZcGrowth *self)
{
  guint n = g_list_model_get_n_items (self->model);

  /* Nobody sees the difference; and if it becomes long again, it grows again. */
  if (n <= FIRST)
    set_size (self, FIRST);
  if (self->tick == 0 && n > gtk_slice_list_model_get_size (self->slice))
    self->tick = gtk_widget_add_tick_callback (self->view, on_frame, self, NULL);
}

static void
growth_free (gpointer data)
{
  ZcGrowth *self = data;

  g_signal_handlers_disconnect_by_data (self->model, self);
  g_object_unref (self->slice);
  g_object_unref (self->model);
  g_free (self);
}

ZcGrowth *
zc_growth_new (GListModel *model, GtkWidget *view)
{
  ZcGrowth *self = g_new0 (ZcGrowth, 1);

  self->model = g_object_ref (model);
  self->slice = gtk_slice_list_model_new (g_object_ref (model), 0, FIRST);
  self->view = view;
  /* After the slice, which listens first. */
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_changed), self);
  g_object_set_data_full (G_OBJECT (view), "growth", self, growth_free);
  return self;
}

GListModel *
zc_growth_get_model (ZcGrowth *self)
{
  return G_LIST_MODEL (self->slice);
}

void
zc_growth_restart (ZcGrowth *self)
{
  set_size (self, FIRST);
  on_changed (self);
}

void
zc_growth_reach (ZcGrowth *self, guint position)
{
  guint size = gtk_slice_list_model_get_size (self->slice);

  if (position != GTK_INVALID_LIST_POSITION && position >= size)
    set_size (self, position < G_MAXUINT - FIRST ? position + FIRST : G_MAXUINT);
}
