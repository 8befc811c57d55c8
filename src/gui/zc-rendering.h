/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "handin/zc-handin.h"
#include "layout/zc-fonts.h"

G_BEGIN_DECLS

/**
 * ZcRendering: one document set in pages, ready to be shown: what a thread hands to the window. Immutable; reference
 * counted.
 */
typedef struct _ZcRendering ZcRendering;

/** zc_rendering_new: composes @document and draws it as PDF. Long work. Returns: (transfer full) (nullable) */
ZcRendering *zc_rendering_new (const ZcDocument *document, ZcFonts *fonts, const ZcProgress *progress, GError **error);

const char *zc_rendering_get_title (const ZcRendering *self);
GBytes *zc_rendering_get_pdf (const ZcRendering *self);
/** zc_rendering_get_warning: Returns: (nullable): the first thing that is not printed as it should be. */
const char *zc_rendering_get_warning (const ZcRendering *self);
/** zc_rendering_find_anchor: Returns: the page, from 1, of the heading that @anchor calls; 0 if there is none. */
guint zc_rendering_find_anchor (const ZcRendering *self, const char *anchor);

/**
 * zc_rendering_version: grows with all that changes the pages of @inspection: what is stated, and the seal, which
 * states nothing. Never 0.
 */
guint64 zc_rendering_version (ZcInspection *inspection);

ZcRendering *zc_rendering_ref (ZcRendering *self);
void zc_rendering_unref (ZcRendering *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcRendering, zc_rendering_unref)

G_END_DECLS
