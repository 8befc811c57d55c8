/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_evidence_thumbnail_load: draws picture evidence into @image, @size pixels wide at most, as soon as it is
 * decoded.
 */
void zc_evidence_thumbnail_load (GtkImage *image, ZcSession *session, guint64 id, int size);
/** zc_evidence_preview_present: shows a picture, a PDF or a text in a window; of other files what they are. */
void zc_evidence_preview_present (GtkWindow *parent, ZcSession *session, guint64 id);
/**
 * zc_evidence_open_outside: writes a copy into a private temporary folder and opens it with the program the system
 * has for it.
 */
void zc_evidence_open_outside (GtkWidget *widget, ZcSession *session, guint64 id);

G_END_DECLS
