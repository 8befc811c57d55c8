/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcConformityBar: 符合, 部分符合, 不符合, 不适用 as buttons. Pressing the chosen one again takes the answer back,
 * or confirms it if it was carried over.
 */
#define ZC_TYPE_CONFORMITY_BAR (zc_conformity_bar_get_type ())
G_DECLARE_FINAL_TYPE (ZcConformityBar, zc_conformity_bar, ZC, CONFORMITY_BAR, AdwBin)

GtkWidget *zc_conformity_bar_new (ZcSession *session, const ZcItem *item);
void zc_conformity_bar_refresh (ZcConformityBar *self);
/** zc_conformity_bar_press: as if button @index (from 0) had been pressed. */
void zc_conformity_bar_press (ZcConformityBar *self, guint index);

G_END_DECLS
