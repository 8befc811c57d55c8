/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_help_dialog_present: opens the help beside @parent, which can be worked in while it is read; each window has one.
 * @topic: (nullable): id of the topic to open it at; one that there is not is the first
 *
 * Returns: (transfer none): the help's window
 */
GtkWindow *zc_help_dialog_present (GtkWindow *parent, const char *topic);

G_END_DECLS
