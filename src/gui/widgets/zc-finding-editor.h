/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** ZcFindingEditor: one finding with all its fields, to be edited in place; it can be removed. */
#define ZC_TYPE_FINDING_EDITOR (zc_finding_editor_get_type ())
G_DECLARE_FINAL_TYPE (ZcFindingEditor, zc_finding_editor, ZC, FINDING_EDITOR, AdwBin)

/** zc_finding_editor_new: @with_item: whether to tell which item it belongs to, with a way there. */
GtkWidget *zc_finding_editor_new (ZcSession *session, guint64 finding, gboolean with_item);
guint64 zc_finding_editor_get_finding (ZcFindingEditor *self);
void zc_finding_editor_refresh (ZcFindingEditor *self);
/** zc_finding_editor_reveal: gives the field of @place the focus. Returns: whether it has it */
gboolean zc_finding_editor_reveal (ZcFindingEditor *self, const char *place);

G_END_DECLS
