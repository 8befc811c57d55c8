/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcVerifyView: the office's side: open a package or disc image, check every byte, compare it with the paper, unpack
 * it.
 */
#define ZC_TYPE_VERIFY_VIEW (zc_verify_view_get_type ())
G_DECLARE_FINAL_TYPE (ZcVerifyView, zc_verify_view, ZC, VERIFY_VIEW, AdwBin)

GtkWidget *zc_verify_view_new (void);

/** zc_verify_view_set_files: (element-type GFile): what is to be verified. */
void zc_verify_view_set_files (ZcVerifyView *self, GPtrArray *files);

G_END_DECLS
