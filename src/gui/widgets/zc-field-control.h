/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheme/zc-scheme.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcFieldControl: what a field's value is typed or chosen with: an entry, a date with a calendar, a drop-down, a list
 * of checks, a text view; a label for what is derived. It knows the field and its texts, nothing of sessions. It
 * lives as long as its widget.
 */
typedef struct _ZcFieldControl ZcFieldControl;

/** @changed: called when the user (not zc_field_control_set_text()) changed it. */
ZcFieldControl *zc_field_control_new (const ZcField *field, void (*changed) (gpointer data), gpointer data);

GtkWidget *zc_field_control_widget (ZcFieldControl *self);
/** zc_field_control_text: Returns: (transfer full): as zc_inspection_set() takes it; perhaps not valid. */
char *zc_field_control_text (ZcFieldControl *self);
void zc_field_control_set_text (ZcFieldControl *self, const char *text);
void zc_field_control_set_editable (ZcFieldControl *self, gboolean editable);
/** zc_field_control_set_error: @sentence: (nullable): marks it, by colour, and says why to a screen reader; NULL: it is good. */
void zc_field_control_set_error (ZcFieldControl *self, const char *sentence);
gboolean zc_field_control_has_focus (ZcFieldControl *self);
/** zc_field_control_is_wide: whether it wants a line of its own under its label. */
gboolean zc_field_control_is_wide (const ZcField *field);

G_END_DECLS
