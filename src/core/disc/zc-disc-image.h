/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-digest.h"
#include "base/zc-error.h"
#include "base/zc-progress.h"

G_BEGIN_DECLS

/**
 * Disc images: ISO 9660 level 3 with Rock Ridge and Joliet, one flat folder of fixed ASCII names, the same bytes
 * from the same spec whatever the time, zone, user or machine.
 *
 * An image holds the files that were added, in their order, then the package (one file, or PACKAGE.001, .002 …
 * when it is larger than a part may be), then DISC1OF3.TXT when there are several discs, then SM3SUMS.TXT and
 * SHA256SUMS.TXT. These list the files of all discs of the hand-in, the latter SM3SUMS.TXT too, so that they are
 * the same on each disc.
 */

/** What every reader tested can extract: no file on a disc is larger than this many bytes. */
#define ZC_DISC_MAX_FILE G_GUINT64_CONSTANT (2000000000)

/** The block of a disc in bytes; the size of an image is a multiple of it. */
#define ZC_DISC_BLOCK 2048

/** More discs than these are refused: somebody chose the wrong medium. */
#define ZC_DISC_MAX_DISCS 99

/** And so are more parts of a package than three digits count. */
#define ZC_DISC_MAX_PARTS 999

#define ZC_DISC_SHA256SUMS "SHA256SUMS.TXT"
#define ZC_DISC_SM3SUMS "SM3SUMS.TXT"

/**
 * ZcDiscRead: gives the next @size bytes of the package into @buffer: all of them, in order, each once. It is
 * called in the thread that called zc_disc_write(), with at most 1 MiB at a time.
 *
 * Returns: FALSE with @error set, which stops the writing and is the error that zc_disc_write() then returns. An end
 * before the promised size is an error too: there is no way to say “no more”.
 */
typedef gboolean (*ZcDiscRead) (gpointer data, guint8 *buffer, gsize size, GError **error);

/** ZcDiscSpec: what is to be on the disc or discs. Not for two threads at once. */
typedef struct _ZcDiscSpec ZcDiscSpec;

/**
 * zc_disc_spec_new:
 * @volume_stem: [A-Z0-9_]{1,11}, see zc_disc_volume_stem(); "_1OF1" and so on is appended for each disc
 * @timestamp: seconds since 1970 UTC that every file and the volume get
 *
 * Returns: (transfer full) (nullable): NULL with ZC_ERROR_USAGE for another stem or a time before 1970 or after 2099
 */
ZcDiscSpec *zc_disc_spec_new (const char *volume_stem, gint64 timestamp, GError **error);

/**
 * zc_disc_spec_add_file: puts a small file on each of the discs.
 * @name: [A-Z0-9_]{1,24}.[A-Z0-9_]{1,3}, not yet used, for example README.TXT
 */
gboolean zc_disc_spec_add_file (ZcDiscSpec *self, const char *name, GBytes *content, GError **error);

/**
 * zc_disc_spec_set_package: the one large file, streamed.
 * @name: its name while it is in one part, for example PACKAGE.ZCP; parts are then called PACKAGE.001 and so on
 * @size: exactly how many bytes @read will give
 */
gboolean zc_disc_spec_set_package (ZcDiscSpec *self,
                                   const char *name,
                                   guint64 size,
                                   ZcDiscRead read,
                                   gpointer data,
                                   GError **error);

/** zc_disc_spec_set_part_limit: lowers ZC_DISC_MAX_FILE, for tests; to one block at least. */
void zc_disc_spec_set_part_limit (ZcDiscSpec *self, guint64 limit);

void zc_disc_spec_free (ZcDiscSpec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcDiscSpec, zc_disc_spec_free)

/** ZcDiscPlan: which parts of the package go on which disc, and how large each image will be, exactly. */
typedef struct
{
  guint n_discs;
  guint n_parts;        /* of the package on all discs; 1 when it is not split */
  guint parts_per_disc; /* the last disc may have fewer */
  guint64 part_size;    /* of each part but the last, which is shorter or as long; in bytes */
  guint64 capacity;     /* what was asked for; 0: no limit */
  guint64 whole_size;   /* what one disc would need to hold everything */
  guint64 *image_sizes; /* of each of the n_discs images, in bytes */
} ZcDiscPlan;

/**
 * zc_disc_plan: how the content fits on discs that hold @capacity bytes (0: one image, however large).
 *
 * It does not write anything. When all fits, n_discs is 1. Otherwise the package is cut into equal parts, whole
 * parts on each disc; whoever does not want several discs shows zc_disc_plan_sentence() and stops.
 *
 * Returns: (transfer full) (nullable): NULL with ZC_ERROR_LIMIT when even many discs of this kind would not do
 */
ZcDiscPlan *zc_disc_plan (ZcDiscSpec *self, guint64 capacity, GError **error);

/**
 * zc_disc_plan_sentence: "The hand-in needs 5.2 GiB, this disc holds 4.4 GiB: …".
 *
 * Returns: (transfer full) (nullable): NULL when one disc is enough
 */
char *zc_disc_plan_sentence (const ZcDiscPlan *plan);
void zc_disc_plan_free (ZcDiscPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcDiscPlan, zc_disc_plan_free)

/**
 * zc_disc_image_size: Returns: the exact size in bytes of the single image of @self; 0 with @error set if there is
 * none.
 */
guint64 zc_disc_image_size (ZcDiscSpec *self, GError **error);

/** ZcDiscFile: a file as it was written. */
typedef struct
{
  char *name;
  guint64 size;
  guint disc; /* from 1 on; 0: on each disc */
  char sha256[2 * ZC_DIGEST_SIZE + 1];
  char sm3[2 * ZC_DIGEST_SIZE + 1];
} ZcDiscFile;

/** ZcDiscImage: one image as it was written. zc_burn() takes path and sha256. */
typedef struct
{
  char *path;
  char *volume_id; /* to be written on the disc with a soft pen */
  guint64 size;
  char sha256[2 * ZC_DIGEST_SIZE + 1]; /* of the whole image */
} ZcDiscImage;

/** ZcDiscResult: what zc_disc_write() made. */
typedef struct
{
  GPtrArray *images; /* of ZcDiscImage, one a disc, in order */
  GPtrArray *files;  /* of ZcDiscFile: all that SHA256SUMS.TXT lists, in its order */
} ZcDiscResult;

void zc_disc_result_free (ZcDiscResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcDiscResult, zc_disc_result_free)

/**
 * zc_disc_write: writes the image or images, pulling the package once from its first byte to its last.
 * @plan: from zc_disc_plan() with the same spec, or NULL for a single image
 * @paths: where to, as many as the plan has discs; what stands there is replaced
 *
 * The space that is free is compared with the exact need before the first byte. All images appear, complete and
 * synced, or none of them does. Cancelling and a failing stream leave nothing behind.
 *
 * Errors: ZC_ERROR_NO_SPACE with the missing amount in the sentence, ZC_ERROR_IO, ZC_ERROR_CANCELLED, the stream's
 * own.
 * Returns: (transfer full) (nullable)
 */
ZcDiscResult *zc_disc_write (ZcDiscSpec *self,
                             const ZcDiscPlan *plan,
                             const char *const *paths,
                             const ZcProgress *progress,
                             GError **error);

/**
 * zc_disc_volume_stem: e.g. "MB2600123" for ("MB", 2026, 123).
 * @prefix: [A-Z0-9]{2,4}; @year: 2000 to 2099; @seq: 1 to 99999
 *
 * Returns: (transfer full) (nullable): NULL when an argument is out of range
 */
char *zc_disc_volume_stem (const char *prefix, guint year, guint seq);

/**
 * zc_disc_volume_id: e.g. "MB2600123_1OF3" for ("MB", 2026, 123, 1, 3): at most the 16 characters that ISO 9660 and
 * Joliet show alike. The same text goes on the disc's face.
 *
 * Returns: (transfer full) (nullable): NULL when an argument is out of range or the whole too long
 */
char *zc_disc_volume_id (const char *prefix, guint year, guint seq, guint n, guint of);

/** zc_disc_volume_parse: reads "…_nOFm". Returns: FALSE if @volume_id does not end so, with 1 ≤ n ≤ m ≤ 99. */
gboolean zc_disc_volume_parse (const char *volume_id, guint *n, guint *of);

G_END_DECLS
