/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcLivePreview: the pages of the summary, the form or the undertaking as they stand, beside what is being written.
 * They are set anew on a thread a while after the last edit; never while nobody sees them.
 */
#define ZC_TYPE_LIVE_PREVIEW (zc_live_preview_get_type ())
G_DECLARE_FINAL_TYPE (ZcLivePreview, zc_live_preview, ZC, LIVE_PREVIEW, AdwBin)

void zc_live_preview_set_session (ZcLivePreview *self, ZcSession *session);
/** zc_live_preview_refresh: something may have changed: the pages follow when it has been quiet for a while. */
void zc_live_preview_refresh (ZcLivePreview *self);
/** zc_live_preview_show_chapter: shows the document of @chapter, at the page where the chapter begins. */
void zc_live_preview_show_chapter (ZcLivePreview *self, const ZcChapter *chapter);
/** zc_live_preview_is_fresh: whether the pages shown are those of the statements as they are now. */
gboolean zc_live_preview_is_fresh (ZcLivePreview *self);

G_END_DECLS
