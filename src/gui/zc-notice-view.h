/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheme/zc-scheme.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * zc_notice_view_new: what a notice is, in words: who asks what of whom, until when, and what has to be handed in.
 * @from, @to: (nullable): the period that is reported on; NULL: that of a self-check begun today
 */
GtkWidget *zc_notice_view_new (ZcScheme *scheme, const char *from, const char *to);

G_END_DECLS
