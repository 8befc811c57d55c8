/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-digest.h"
#include "base/zc-progress.h"
#include "disc/zc-burn-backend.h"

G_BEGIN_DECLS

/**
 * Burning an image on a blank write-once disc and reading it back.
 *
 * All of it waits for the drive for minutes: call it from a worker thread. Keeping the computer from going to sleep
 * meanwhile is the caller's (zc_awake_hold()).
 *
 * Never done, whatever the drive offers: simulating (some drives use up the disc), appending, writing more than fits.
 * Always: the write type that the drive chooses, one session, closed.
 */

typedef enum
{
  ZC_BURN_PHASE_CHECKING,  /* reading the image file: cancelling costs nothing */
  ZC_BURN_PHASE_PREPARING, /* from here on cancelling costs the disc */
  ZC_BURN_PHASE_WRITING,
  ZC_BURN_PHASE_CLOSING,   /* cannot be cancelled */
  ZC_BURN_PHASE_VERIFYING, /* cancelling leaves a disc that nobody has read: not to be handed in */
  ZC_BURN_PHASE_ERASING,   /* cannot be cancelled */
} ZcBurnPhase;

/** zc_burn_phase_text: translated, e.g. "Writing"; what ZcProgress gets. */
const char *zc_burn_phase_text (ZcBurnPhase phase);

/**
 * zc_burn_cancel_cost: Returns: (nullable): the sentence to show before cancelling in @phase; NULL if it costs
 * nothing.
 */
const char *zc_burn_cancel_cost (ZcBurnPhase phase);

typedef enum
{
  ZC_BURN_NOT_STARTED, /* refused or cancelled before the first byte: the disc is as it was */
  ZC_BURN_FAILED,      /* the disc is spoilt: do not submit it */
  ZC_BURN_UNVERIFIED,  /* written, but not read back to the end: do not submit it */
  ZC_BURN_GOOD,        /* written, closed, read back, equal */
} ZcBurnOutcome;

/** ZcBurnLog: what is kept of a burn, well or not. Plain text, no personal data but what the caller adds. */
typedef struct
{
  char *started, *finished; /* RFC 3339 */
  char *address;            /* /dev/sr0 */
  char *drive;              /* "VENDOR MODEL REVISION" */
  ZcMedium medium;          /* before the burn */
  char *volume_id;          /* of the image; "" if it could not be read */
  char *image;              /* the image's file name without folder */
  guint64 size;             /* of the image, bytes */
  guint64 written;          /* bytes handed to the drive */
  guint64 verified;         /* bytes read back */
  char sha256[2 * ZC_DIGEST_SIZE + 1];      /* of the image; "" if it was not even read */
  char sha256_read[2 * ZC_DIGEST_SIZE + 1]; /* of what was read back; "" if it was not */
  ZcBurnOutcome outcome;
  char *sentence;      /* translated: the error's text, or that the disc is good */
  GPtrArray *messages; /* of char*: the drive's own, untranslated */
} ZcBurnLog;

void zc_burn_log_free (ZcBurnLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcBurnLog, zc_burn_log_free)

/** zc_burn_outcome_id: "not-started", "failed", "unverified", "good": for files and scripts. */
const char *zc_burn_outcome_id (ZcBurnOutcome outcome);

/** zc_burn_log_to_text: Returns: (transfer full): the log as lines "key: value", for keeping. */
char *zc_burn_log_to_text (const ZcBurnLog *log);

typedef struct
{
  const char *address;        /* of the drive */
  const char *image_path;     /* from zc_disc_write() */
  const char *sha256;         /* the image's, from zc_disc_write(); NULL: taken from the file as it is now */
  const ZcProgress *progress; /* nullable; total is 0 where the drive gives no numbers */
  void (*phase) (ZcBurnPhase phase, gpointer data); /* nullable; as each phase begins, from the calling thread */
  gpointer phase_data;
} ZcBurnRequest;

/**
 * zc_burn_inspect: what lies in the drive, without writing anything.
 *
 * Errors: ZC_ERROR_DEVICE: no such drive, no permission, busy; an empty tray is no error but ZC_MEDIUM_NONE.
 */
gboolean zc_burn_inspect (ZcBurnBackend *backend, const char *address, ZcMedium *medium, GError **error);

/**
 * zc_burn_medium_check: whether @size bytes may be burnt on @medium.
 *
 * Errors: ZC_ERROR_DEVICE (no medium, not blank, never closable …), ZC_ERROR_NO_SPACE ("needs X, this disc holds Y").
 */
gboolean zc_burn_medium_check (const ZcMedium *medium, guint64 size, GError **error);

/** zc_burn_erase: blanks a CD-RW or DVD-RW; the only way in which a disc that has content is ever written. */
gboolean zc_burn_erase (ZcBurnBackend *backend, const char *address, const ZcProgress *progress, GError **error);

/**
 * zc_burn: burns, closes, reads back exactly the image's length, compares, ejects.
 * @log: (out) (optional) (transfer full): set whatever happens
 *
 * Returns: TRUE only if the image was read without error and still had its digest, every byte was handed over, the
 * drive says that it wrote well, the disc is closed, and what was read back has the image's digest. Any of these
 * alone lies.
 */
gboolean zc_burn (ZcBurnBackend *backend, const ZcBurnRequest *request, ZcBurnLog **log, GError **error);

G_END_DECLS
