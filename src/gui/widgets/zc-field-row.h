/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcFieldRow: one field at one place: label, control, unit, help, and in place what is wrong with it. What is typed is
 * stated at once; what can't be taken stays visible with the reason, and what was stated before stays stated.
 */
#define ZC_TYPE_FIELD_ROW (zc_field_row_get_type ())
G_DECLARE_FINAL_TYPE (ZcFieldRow, zc_field_row, ZC, FIELD_ROW, AdwPreferencesRow)

/** zc_field_row_new: @around: where the texts around it come from; the row tells its own only if that is weaker. */
GtkWidget *zc_field_row_new (ZcSession *session, const ZcField *field, const char *place, ZcConfidence around);
const char *zc_field_row_get_place (ZcFieldRow *self);
/**
 * zc_field_row_refresh: shows what is stated now, unless that is what is being typed; hides the row where the field
 * does not apply.
 */
void zc_field_row_refresh (ZcFieldRow *self);

G_END_DECLS
