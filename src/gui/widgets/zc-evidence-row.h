/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_evidence_row_new: a line with thumbnail, name, caption, and buttons to look at it, to open it outside and to
 * take it off @item.
 */
GtkWidget *zc_evidence_row_new (ZcSession *session, const ZcEvidence *evidence, const char *item);
/** zc_evidence_row_refresh: its caption, and whether it may be changed. */
void zc_evidence_row_refresh (GtkWidget *row);

G_END_DECLS
