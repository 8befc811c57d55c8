/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A list beside what it leads to, in an AdwFlap: where there is no room for both, the list is folded away until it is
 * called for, and goes again when it was used.
 */

/**
 * zc_fold_watch: shows @button, which brings the flap out, while there is no room for it, and lets the focus follow: into the
 * flap when it comes over the content, out of it when it goes. When the focus goes into the content by itself, a flap that
 * lies over it goes out of its way.
 */
void zc_fold_watch (AdwFlap *flap, GtkWidget *button);

/** zc_fold_close: folds the flap away again, if it is one that is folded. Returns: whether it was in the way. */
gboolean zc_fold_close (AdwFlap *flap);

/** zc_fold_open: brings the flap over the content if it is folded away; the focus goes into it. Returns: whether it was. */
gboolean zc_fold_open (AdwFlap *flap);

G_END_DECLS
