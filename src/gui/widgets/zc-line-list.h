/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** ZcLine: a line of a ZcLineList: icon, title, second line, a word at the end. Its key says what it stands for. */
#define ZC_TYPE_LINE (zc_line_get_type ())
G_DECLARE_FINAL_TYPE (ZcLine, zc_line, ZC, LINE, GObject)

/** zc_line_new: @icon and @subtitle are (nullable). Returns: (transfer full) */
ZcLine *zc_line_new (const char *key, const char *icon, const char *title, const char *subtitle);
/** zc_line_new_heading: a line that names those below it; it can't be chosen. Returns: (transfer full) */
ZcLine *zc_line_new_heading (const char *key, const char *title, const char *badge);
void zc_line_set_badge (ZcLine *self, const char *badge);
/** zc_line_set_style: (nullable): a CSS class of the icon: "success", "warning", "error". */
void zc_line_set_style (ZcLine *self, const char *style);
const char *zc_line_get_key (ZcLine *self);

/**
 * ZcLineList: a list of any length; only the lines on screen have widgets. Arrow keys move in it, Tab leaves it, and
 * a click or Enter activates.
 *
 * Signal "activated" (const char *key).
 */
#define ZC_TYPE_LINE_LIST (zc_line_list_get_type ())
G_DECLARE_FINAL_TYPE (ZcLineList, zc_line_list, ZC, LINE_LIST, AdwBin)

/** zc_line_list_new: @name: translated, how a screen reader calls the list. */
GtkWidget *zc_line_list_new (const char *name);
/**
 * zc_line_list_set_lines: (element-type ZcLine): lines of the same key keep their widgets, the selection and the
 * place of the view.
 */
void zc_line_list_set_lines (ZcLineList *self, GPtrArray *rows);
/** zc_line_list_select: marks the line of @key (nullable: none) and scrolls to it, without activating it. */
void zc_line_list_select (ZcLineList *self, const char *key);
/** zc_line_list_get_selected: Returns: (transfer none) (nullable): its key. */
const char *zc_line_list_get_selected (ZcLineList *self);
guint zc_line_list_get_length (ZcLineList *self);
/** zc_line_list_get_key: Returns: (transfer none) (nullable): the key of line @position. */
const char *zc_line_list_get_key (ZcLineList *self, guint position);
/** zc_line_list_activate: as if line @position had been clicked. */
void zc_line_list_activate (ZcLineList *self, guint position);
/** zc_line_list_set_empty_text: what stands in its place while it has no lines. */
void zc_line_list_set_empty_text (ZcLineList *self, const char *text);

G_END_DECLS
