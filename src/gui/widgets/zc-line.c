/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-line.h"

G_DEFINE_FINAL_TYPE (ZcLine, zc_line, G_TYPE_OBJECT)

static guint changed_signal;

ZcLine *
zc_line_new (const char *key, const char *icon, const char *title, const char *subtitle)
{
  ZcLine *self = g_object_new (ZC_TYPE_LINE, NULL);

  self->key = g_strdup (key);
  self->icon = g_strdup (icon);
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->badge = g_strdup ("");
  return self;
}

ZcLine *
zc_line_new_heading (const char *key, const char *title, const char *badge)
{
  ZcLine *self = zc_line_new (key, NULL, title, NULL);

  self->heading = TRUE;
  zc_line_set_badge (self, badge);
  return self;
}

void
zc_line_set_badge (ZcLine *self, const char *badge)
{
  g_free (self->badge);
  self->badge = g_strdup (badge ? badge : "");
}

void
zc_line_set_style (ZcLine *self, const char *style)
{
  g_free (self->style);
  self->style = g_strdup (style);
}

const char *
zc_line_get_key (ZcLine *self)
{
  return self->key;
}

static gboolean
take (char **mine, const char *theirs)
{
  if (g_strcmp0 (*mine, theirs) == 0)
    return FALSE;
  g_free (*mine);
  *mine = g_strdup (theirs);
  return TRUE;
}

void
zc_line_update (ZcLine *self, const ZcLine *from)
{
  gboolean changed = self->heading != from->heading;

  self->heading = from->heading;
  changed |= take (&self->icon, from->icon);
  changed |= take (&self->title, from->title);
  changed |= take (&self->subtitle, from->subtitle);
  changed |= take (&self->badge, from->badge);
  changed |= take (&self->style, from->style);
  if (changed)
    g_signal_emit (self, changed_signal, 0);
}

static void
zc_line_finalize (GObject *object)
{
  ZcLine *self = ZC_LINE (object);

  g_free (self->key);
  g_free (self->icon);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->badge);
  g_free (self->style);
  G_OBJECT_CLASS (zc_line_parent_class)->finalize (object);
}

static void
zc_line_class_init (ZcLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_line_finalize;
  changed_signal = g_signal_new ("changed", ZC_TYPE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zc_line_init (ZcLine *self)
{
}
