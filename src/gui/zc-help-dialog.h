/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** zc_help_dialog_present: the road in one page: what each step is for. */
void zc_help_dialog_present (GtkWindow *parent);

G_END_DECLS
