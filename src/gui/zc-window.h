/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-application.h"
#include "zc-job.h"
#include "zc-session.h"

G_BEGIN_DECLS

/**
 * ZcWindow: the start page, or one open inspection with the road in the sidebar and its pages beside it.
 *
 * It owns the session, listens to it, shows refusals and the progress of long work, and leads from page to page. It
 * knows the pages only as ZcPage.
 */
#define ZC_TYPE_WINDOW (zc_window_get_type ())
G_DECLARE_FINAL_TYPE (ZcWindow, zc_window, ZC, WINDOW, AdwApplicationWindow)

ZcWindow *zc_window_new (ZcApplication *application);

/** zc_window_open: opens @file here, or says why it can't be opened; it is read on a thread. */
void zc_window_open (ZcWindow *self, GFile *file);
/**
 * zc_window_create: makes a self-check at @path on a thread, and shows it here, or says why it can't be made.
 * @last: (nullable): the file of last year's, which is taken over
 */
void zc_window_create (ZcWindow *self, const char *path, ZcScheme *scheme, const char *last);
/** zc_window_verify: lets the office verify @files: (element-type GFile): packages or disc images. */
void zc_window_verify (ZcWindow *self, GPtrArray *files);
/** zc_window_is_free: whether it shows the start page, and nothing is begun there. */
gboolean zc_window_is_free (ZcWindow *self);
/**
 * zc_window_show_inspection: takes over an inspection that was just made; if long work runs here, only when the user
 * agreed to stop it, and it has stopped.
 */
void zc_window_show_inspection (ZcWindow *self, ZcInspection *inspection);
gboolean zc_window_has_file (ZcWindow *self, GFile *file);
/** zc_window_session: Returns: (nullable): the open inspection's. */
ZcSession *zc_window_session (ZcWindow *self);
/** zc_window_show_error: a sentence that stays until it is dismissed. */
void zc_window_show_error (ZcWindow *self, const char *sentence);
/** zc_window_add_job: the window is not left while @job runs unless the user agrees to stop it. */
void zc_window_add_job (ZcWindow *self, ZcJob *job);
/** zc_window_remove_job: it has ended, well or not. */
void zc_window_remove_job (ZcWindow *self, ZcJob *job);
/** zc_window_toast: a short word that goes by itself. */
void zc_window_toast (ZcWindow *self, const char *text);

G_END_DECLS
