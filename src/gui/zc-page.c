/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

typedef struct
{
  ZcSession *session;
  gboolean stale; /* something changed while the page was hidden */
} ZcPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ZcPage, zc_page, ADW_TYPE_BIN)

void
zc_page_refresh (ZcPage *self, const char *place)
{
  ZcPagePrivate *priv = zc_page_get_instance_private (self);

  if (!priv->session)
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      priv->stale = TRUE;
      return;
    }
  if (ZC_PAGE_GET_CLASS (self)->refresh)
    ZC_PAGE_GET_CLASS (self)->refresh (self, priv->stale ? NULL : place);
  priv->stale = FALSE;
}

void
zc_page_reveal (ZcPage *self, const char *place)
{
  if (ZC_PAGE_GET_CLASS (self)->reveal)
    ZC_PAGE_GET_CLASS (self)->reveal (self, place);
}

gboolean
zc_page_search (ZcPage *self)
{
  ZcPageClass *klass = ZC_PAGE_GET_CLASS (self);

  if (!klass->search)
    return FALSE;
  klass->search (self);
  return TRUE;
}

static void
on_changed (ZcSession *session, const char *place, ZcPage *self)
{
  zc_page_refresh (self, place);
}

static void
on_checked (ZcSession *session, ZcPage *self)
{
  zc_page_refresh (self, NULL);
}

void
zc_page_bind (ZcPage *self, ZcSession *session)
{
  ZcPagePrivate *priv = zc_page_get_instance_private (self);

  g_return_if_fail (!priv->session);

  priv->session = g_object_ref (session);
  priv->stale = TRUE;
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (session, "checked", G_CALLBACK (on_checked), self, 0);
  g_signal_connect_object (session, "state-changed", G_CALLBACK (on_checked), self, 0);
}

ZcSession *
zc_page_session (ZcPage *self)
{
  ZcPagePrivate *priv = zc_page_get_instance_private (self);

  return priv->session;
}

static void
zc_page_map (GtkWidget *widget)
{
  ZcPagePrivate *priv = zc_page_get_instance_private (ZC_PAGE (widget));

  GTK_WIDGET_CLASS (zc_page_parent_class)->map (widget);
  if (priv->stale)
    zc_page_refresh (ZC_PAGE (widget), NULL);
}

static void
zc_page_dispose (GObject *object)
{
  ZcPagePrivate *priv = zc_page_get_instance_private (ZC_PAGE (object));

  g_clear_object (&priv->session);
  G_OBJECT_CLASS (zc_page_parent_class)->dispose (object);
}

static void
zc_page_class_init (ZcPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = zc_page_map;
}

static void
zc_page_init (ZcPage *self)
{
}
