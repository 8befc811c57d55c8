/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** ZcDiffLine: a paragraph that is kept (' '), goes ('-') or comes ('+'). */
typedef struct
{
  char kind;
  char *text;
  gsize from, to; /* bytes of @text that differ from the paragraph it replaces or is replaced by */
} ZcDiffLine;

/**
 * zc_text_diff: what makes @after of @before, paragraph by paragraph. Returns: (transfer full) (element-type
 * ZcDiffLine)
 */
GPtrArray *zc_text_diff (const char *before, const char *after);

/** zc_text_diff_view_new: a text that shows it, told apart by + and −, not by colour alone. @name: translated */
GtkWidget *zc_text_diff_view_new (const char *before, const char *after, const char *name);

G_END_DECLS
