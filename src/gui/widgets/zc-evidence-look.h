/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-source.h"

#include <gdk/gdk.h>
#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/** ZcLook: what evidence looks like: one of a picture, the bytes of a PDF, a text; none of them for other files. */
typedef struct
{
  GdkPixbuf *picture; /* nullable */
  GBytes *pdf;        /* nullable */
  char *text;         /* nullable */
  gboolean cut;       /* only the beginning of the text */
} ZcLook;

void zc_look_free (ZcLook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcLook, zc_look_free)

/**
 * zc_look_new: reads evidence for a preview; from any thread. It is hostile: pictures beyond some size are not decoded.
 * @fit: pictures are made to fit into this many pixels
 * @pictures_only: leaves everything else alone
 *
 * Returns: (transfer full) (nullable)
 */
ZcLook *zc_look_new (ZcSource *source, int fit, gboolean pictures_only, GError **error);

G_END_DECLS
