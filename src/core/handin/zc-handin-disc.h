/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc/zc-burn.h"
#include "disc/zc-disc-image.h"
#include "inspection/zc-inspection.h"

G_BEGIN_DECLS

/*
 * The unit's steps with discs: image, burn, what is noted of it. The command line and the window call these, so that
 * both do the same.
 */

/** What the package is called on a disc while it is in one part. */
#define ZC_HANDIN_PACKAGE "PACKAGE.ZCP"

/** ZcImaging: what goes on the disc, and on how many. All of it belongs to the caller. */
typedef struct
{
  const char *package;    /* the encrypted package's file */
  const char *path;       /* of the image; with several discs "-1of3" and so on is put before its extension */
  const ZcScheme *scheme; /* nullable: puts the public hand-in sheet on the disc */
  const char *sheet;      /* nullable: a PDF of the unit's own to be put on the disc, in clear */
  guint64 capacity;       /* of one disc in bytes; 0: one image, however large */
  gboolean split;         /* several discs if one does not hold it; else that is ZC_ERROR_NO_SPACE */
} ZcImaging;

/** zc_handin_image_size: Returns: the exact size of @imaging's image on one disc; 0 with @error set */
guint64 zc_handin_image_size (const ZcImaging *imaging, GError **error);

/**
 * zc_handin_image: writes the disc image or images. The same package gives the same image: its time is the package
 * file's.
 * Returns: (transfer full) (nullable)
 */
ZcDiscResult *zc_handin_image (const ZcImaging *imaging, const ZcProgress *progress, GError **error);

/**
 * zc_handin_sheet_text: the public hand-in sheet: what the notice wants handed in together, and how the office checks
 * it. It lies on the disc in clear, so it says nothing but what the notice itself says: no unit, no person, no seal
 * code (which the office has to take from the paper, or it would prove nothing).
 * @volume_stem: (nullable): what the labels of the discs have in common
 *
 * Returns: (transfer full): UTF-8 with a byte order mark and CR LF, for any editor
 */
char *zc_handin_sheet_text (const ZcScheme *scheme, const char *volume_stem);

/** ZcDiscCheck: what zc_handin_check_discs() found. */
typedef struct
{
  guint discs;    /* of how many the hand-in consists */
  gboolean whole; /* all of them were looked at and hold one package, complete as far as can be told without a key */
} ZcDiscCheck;

/**
 * zc_handin_check_discs: without a key: every file on the @n images or discs is what its list says, and together they
 * hold a package of which every byte is what the package's list says. One disc of several is checked for itself; of two
 * or more given, none may be missing, foreign or there twice.
 */
gboolean zc_handin_check_discs (const char *const *paths, guint n, ZcDiscCheck *check, const ZcProgress *progress, GError **error);

/**
 * zc_handin_burn: zc_burn(), but the image is checked as zc_handin_check_discs() does before a disc is spent on it. The
 * disc, read back, has the digest of the image: so its lists and the package on it are verified, too.
 * @log: (out) (transfer full) (nullable): NULL if the image was refused
 */
gboolean zc_handin_burn (ZcBurnBackend *backend, const ZcBurnRequest *request, ZcBurnLog **log, GError **error);

/**
 * zc_handin_note_burn: keeps a burn in the inspection's log: drive, medium, digest, who, what became of it. A failed
 * disc is "burn-failed"; a good one "burned", or "disc-burned" while others of the same hand-in are missing. Nothing
 * is noted when no disc was touched.
 */
gboolean zc_handin_note_burn (ZcInspection *inspection, const ZcBurnLog *log, GError **error);

G_END_DECLS
