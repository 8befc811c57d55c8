/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Schemes and the unit's own layouts come into the window here, with the same check as `zicha scheme check`: what is
 * wrong is shown whole, each fault with its line and what to write instead, and then nothing is taken. */

/**
 * zc_scheme_intake: keeps the scheme or layout in the file @path, if it is good, so that it is among the notices from
 * now on.
 * Returns: (transfer full) (nullable): the scheme, with the unit's layout over it. NULL with @error, or without if the
 * faults are shown above @widget
 */
ZcScheme *zc_scheme_intake (GtkWidget *widget, const char *path, GError **error);

/**
 * zc_scheme_intake_apply: gives the open inspection the layout (or newer version of its notice) in the file @path. No
 * answer is touched, and undo takes it back. Returns: whether it was taken; otherwise as above
 */
gboolean zc_scheme_intake_apply (GtkWidget *widget, ZcSession *session, const char *path, GError **error);

G_END_DECLS
