/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** ZcApplication: one process; a window for each inspection. */
#define ZC_TYPE_APPLICATION (zc_application_get_type ())
G_DECLARE_FINAL_TYPE (ZcApplication, zc_application, ZC, APPLICATION, AdwApplication)

ZcApplication *zc_application_new (void);

/** zc_application_exit_after_startup: whether to quit after the first frame (--exit-after-startup). */
gboolean zc_application_exit_after_startup (ZcApplication *self);

G_END_DECLS
