/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_fonts_note_new: one plain line that says whether the official faces are installed or others stand in for them,
 * to be opened for which. It looks for the fonts when it is first seen, and never again: they are the program's own until
 * it ends.
 */
GtkWidget *zc_fonts_note_new (void);

G_END_DECLS
