/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcPromiseView: a measure that was promised last year, as a question: has it been done? Below it the finding, so that
 * what is not done gets a new date.
 */
#define ZC_TYPE_PROMISE_VIEW (zc_promise_view_get_type ())
G_DECLARE_FINAL_TYPE (ZcPromiseView, zc_promise_view, ZC, PROMISE_VIEW, AdwBin)

GtkWidget *zc_promise_view_new (ZcSession *session, guint64 finding);
guint64 zc_promise_view_get_finding (ZcPromiseView *self);
void zc_promise_view_refresh (ZcPromiseView *self);
/** zc_promise_view_answer: as if answer button @index (from 0) had been pressed. */
void zc_promise_view_answer (ZcPromiseView *self, guint index);
/** zc_promise_view_reveal: gives the field of @place, or else the answers, the focus. */
void zc_promise_view_reveal (ZcPromiseView *self, const char *place);

G_END_DECLS
