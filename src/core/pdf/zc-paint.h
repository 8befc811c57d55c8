/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "layout/zc-pages-private.h"

G_BEGIN_DECLS

/** ZcPainter: draws display lists with Cairo; keeps its buffers and scaled fonts from page to page. One
 * thread. */
typedef struct _ZcPainter ZcPainter;

ZcPainter *zc_painter_new (ZcPages *pages);
void zc_painter_free (ZcPainter *self);

/** zc_painter_draw: @page from 1; as zc_pdf_draw_page(). */
void zc_painter_draw (ZcPainter *self, guint page, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPainter, zc_painter_free)

G_END_DECLS
