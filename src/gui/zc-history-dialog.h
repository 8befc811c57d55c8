/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** zc_history_dialog_present: shows the steps, the newest first, with undo and redo. */
void zc_history_dialog_present (GtkWindow *parent, ZcSession *session);

G_END_DECLS
