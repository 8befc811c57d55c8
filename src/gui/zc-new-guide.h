/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcNewGuide: from the question about classified systems to a new inspection: question, notice, where to save.
 * Nothing is stored before the last step.
 */
#define ZC_TYPE_NEW_GUIDE (zc_new_guide_get_type ())
G_DECLARE_FINAL_TYPE (ZcNewGuide, zc_new_guide, ZC, NEW_GUIDE, AdwBin)

/**
 * zc_new_guide_new: @last: (nullable): path of last year's file: after the question the guide goes straight on to the same
 * notice, from where another can be chosen.
 */
GtkWidget *zc_new_guide_new (const char *last);

G_END_DECLS
