/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "handin/zc-handin.h"
#include "handin/zc-road.h"
#include "zc-job.h"

G_BEGIN_DECLS

/**
 * ZcSession: an open inspection as the window sees it: the inspection, its record kept up to date, and the latest
 * preflight. Pages read from it and write through it, and know nothing of each other; a page that wants to lead the
 * user elsewhere asks for a place with zc_session_go().
 *
 * Signals:
 *  "changed" (const char *place): a statement changed (NULL: much at once); the record is up to date by then
 *  "checked": preflight ran anew (soon after a change, never while keys are being pressed)
 *  "state-changed": draft, checked, sealed …
 *  "go" (const char *place): the window shows the page of @place and lets it reveal it
 *  "here": the user is at another place of a page (zc_session_get_here())
 *  "failed" (GError*): an edit was refused; the window shows the sentence
 *  "saved": an edit is on disk
 */
#define ZC_TYPE_SESSION (zc_session_get_type ())
G_DECLARE_FINAL_TYPE (ZcSession, zc_session, ZC, SESSION, GObject)

/** zc_session_new: @record: of @inspection, which the session keeps up to date from now on */
ZcSession *zc_session_new (ZcInspection *inspection, ZcRecord *record);

ZcInspection *zc_session_inspection (ZcSession *self);
ZcScheme *zc_session_scheme (ZcSession *self);
/** zc_session_record: the record as it stands; valid until the next edit. */
ZcRecord *zc_session_record (ZcSession *self);
/** zc_session_results: (element-type ZcResult): of the last preflight; never NULL. */
GPtrArray *zc_session_results (ZcSession *self);
/** zc_session_has_results: FALSE for a moment after opening, while none are known and zc_session_results() is empty. */
gboolean zc_session_has_results (ZcSession *self);
/**
 * zc_session_check: runs the whole preflight on a thread; "checked" tells that it is done. After edits a quick one runs
 * by itself, which builds no documents.
 */
void zc_session_check (ZcSession *self);
/** zc_session_is_checked: whether the results are those of the whole preflight of what is stated now. */
gboolean zc_session_is_checked (ZcSession *self);
/** zc_session_is_checking: whether the whole preflight is at work. */
gboolean zc_session_is_checking (ZcSession *self);
gboolean zc_session_can_edit (ZcSession *self);

/** zc_session_get: Returns: (transfer none): what is stated at @place, "" if nothing. */
const char *zc_session_get (ZcSession *self, const char *place);
/** zc_session_set: states @value at @place; a refusal is told by "failed". Returns: whether it was taken. */
gboolean zc_session_set (ZcSession *self, const char *place, const char *value);
/** zc_session_fail: tells an error of a page's own call by "failed"; frees @error. */
void zc_session_fail (ZcSession *self, GError *error);
void zc_session_go (ZcSession *self, const char *place);
/**
 * zc_session_set_here: a page tells where in it the user is, so that reopening leads there again. @place: (nullable)
 */
void zc_session_set_here (ZcSession *self, const char *place);
/** zc_session_get_here: Returns: (transfer none) (nullable) */
const char *zc_session_get_here (ZcSession *self);
/** zc_session_undo: at once, or if it is much in slices of the main loop; "changed" tells that it is done. */
void zc_session_undo (ZcSession *self);
void zc_session_redo (ZcSession *self);
/** zc_session_is_behind: whether undo is under way, or the record does not follow all yet. */
gboolean zc_session_is_behind (ZcSession *self);

/**
 * ZcSessionJob: long work on a thread of its own. @inspection is a second, read-only handle of the same file
 * Returns: what @done gets as result, NULL with @error
 */
typedef gpointer (*ZcSessionJob) (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error);
/** Called on the main thread; @error is NULL if it went well. @result belongs to the callee. */
typedef void (*ZcSessionDone) (ZcSession *self, gpointer result, const GError *error, gpointer data);

/**
 * zc_session_run: runs @job off the main thread with the window's progress (phase, bar, speed and time left, cancel).
 * Several may run at once. The cancellable of the ZcProgress that @job gets is its ZcJob.
 * @title: translated, what is being done
 * @data_free: (nullable): frees @data after @done
 *
 * Returns: (transfer none): valid until the caller returns to the main loop
 */
ZcJob *zc_session_run (ZcSession *self, const char *title, ZcSessionJob job, ZcSessionDone done, gpointer data, GDestroyNotify data_free);

/** zc_session_add_job: tells of work that somebody else runs: the session is not left while it does without a question. */
void zc_session_add_job (ZcSession *self, ZcJob *job);
/** zc_session_job_moved: how far it is, of @total. @phase: translated, "" if it has no name */
void zc_session_job_moved (ZcSession *self, ZcJob *job, const char *phase, guint64 done, guint64 total);
/** zc_session_remove_job: it has ended, well or not. */
void zc_session_remove_job (ZcSession *self, ZcJob *job);

/**
 * zc_session_run_quietly: the same without the window's progress, for work that nobody waits for: whoever asked for it
 * shows that it goes on.
 */
void zc_session_run_quietly (ZcSession *self, GCancellable *cancellable, ZcSessionJob job, ZcSessionDone done, gpointer data,
                             GDestroyNotify data_free);

/**
 * Signal "job" (ZcJob*), "job-progress" (ZcJob*, const char *phase, guint64 done, guint64 total), "job-done" (ZcJob*),
 * the last one before ZcSessionDone is called: for the window's progress.
 */

G_END_DECLS
