/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheme/zc-scheme.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcLedgerEditor: what edits one value of a field inside a grid: an entry; for a choice a drop-down; for several
 * choices and for prose a button that opens them above the grid.
 *
 * Signal "edited" (const char *text): the user changed it to @text (kept form for choices, as typed for the rest).
 */
#define ZC_TYPE_LEDGER_EDITOR (zc_ledger_editor_get_type ())
G_DECLARE_FINAL_TYPE (ZcLedgerEditor, zc_ledger_editor, ZC, LEDGER_EDITOR, AdwBin)

/** zc_ledger_editor_new: @name: how a screen reader calls it. */
GtkWidget *zc_ledger_editor_new (const ZcField *field, const char *name, gboolean editable);
/**
 * zc_ledger_editor_set_value: shows @value (kept form), or the draft @text as it was typed; leaves equal text alone.
 */
void zc_ledger_editor_set_value (ZcLedgerEditor *self, const char *value, const char *text);
/** zc_ledger_editor_get_entry: Returns: (transfer none) (nullable): the entry, if it is one. */
GtkEditable *zc_ledger_editor_get_entry (ZcLedgerEditor *self);
/** zc_ledger_editor_open: opens the choices or the text; puts the cursor at the end of an entry. */
void zc_ledger_editor_open (ZcLedgerEditor *self);

G_END_DECLS
