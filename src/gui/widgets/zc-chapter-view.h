/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcChapterView: a text with bound values, as it will be printed. A value is a run of its own colour: it can be
 * inserted, moved and deleted as a whole, but not mistyped. What goes in and comes out is a template
 * (record/zc-template.h).
 *
 * Signal "edited": the user changed it.
 */
#define ZC_TYPE_CHAPTER_VIEW (zc_chapter_view_get_type ())
G_DECLARE_FINAL_TYPE (ZcChapterView, zc_chapter_view, ZC, CHAPTER_VIEW, AdwBin)

void zc_chapter_view_set_session (ZcChapterView *self, ZcSession *session);
void zc_chapter_view_set_name (ZcChapterView *self, const char *name);
void zc_chapter_view_set_editable (ZcChapterView *self, gboolean editable);

/**
 * zc_chapter_view_set_template: shows @text with the values of now; does nothing, and leaves the cursor, if it is
 * shown already.
 */
void zc_chapter_view_set_template (ZcChapterView *self, const char *text);
/** zc_chapter_view_get_template: Returns: (transfer full) */
char *zc_chapter_view_get_template (ZcChapterView *self);
/** zc_chapter_view_insert_value: puts the value of @place at the cursor. */
void zc_chapter_view_insert_value (ZcChapterView *self, const char *place);
/** zc_chapter_view_count: Returns: how many characters it has without blanks (字数). */
guint zc_chapter_view_count (ZcChapterView *self);
GtkTextBuffer *zc_chapter_view_get_buffer (ZcChapterView *self);

G_END_DECLS
