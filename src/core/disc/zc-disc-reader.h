/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-progress.h"
#include "base/zc-source.h"

G_BEGIN_DECLS

/**
 * Reading discs and their images, which come from outside and are hostile: of ISO 9660 only the primary volume's root
 * folder is looked at, each number in it is checked against the image's size, nothing is followed, nothing is
 * mounted.
 */

/** The most files a root folder may have, and the most bytes it may take, before the image is refused. */
#define ZC_DISC_MAX_ENTRIES 1200
#define ZC_DISC_MAX_FOLDER (256u * 1024)

/** ZcDiscReader: an image with its list of files. Immutable after opening; any thread may read. */
typedef struct _ZcDiscReader ZcDiscReader;

/** ZcDiscEntry: a file in the image. */
typedef struct
{
  char *name; /* as in the plain ISO 9660 folder, without ";1"; only [A-Z0-9_.] */
  guint64 offset;
  guint64 size;
} ZcDiscEntry;

/**
 * zc_disc_reader_open: opens an image file, or a drive with a disc in it by its device's path, read-only.
 *
 * Errors: ZC_ERROR_INVALID for what is no disc image, ZC_ERROR_DAMAGED for an image that was cut or altered so
 * that its folder contradicts itself, ZC_ERROR_LIMIT, ZC_ERROR_DEVICE (no medium, no permission), ZC_ERROR_IO.
 * Returns: (transfer full) (nullable)
 */
ZcDiscReader *zc_disc_reader_open (const char *path, GError **error);

/** zc_disc_reader_new: the same for an image that is there already; @name is how messages call it. */
ZcDiscReader *zc_disc_reader_new (ZcSource *source, const char *name, GError **error);

/** zc_disc_reader_name: how messages call the image: its file's name. */
const char *zc_disc_reader_name (ZcDiscReader *self);
const char *zc_disc_reader_volume_id (ZcDiscReader *self);

/** zc_disc_reader_size: the size in bytes that the volume states of itself, not more than the image has. */
guint64 zc_disc_reader_size (ZcDiscReader *self);

/** zc_disc_reader_entries: Returns: (transfer none): of ZcDiscEntry, in the folder's order. */
const GPtrArray *zc_disc_reader_entries (ZcDiscReader *self);

/**
 * zc_disc_reader_file: Returns: (transfer full) (nullable): a file's bytes; ZC_ERROR_INVALID if the image has none
 * of @name.
 */
ZcSource *zc_disc_reader_file (ZcDiscReader *self, const char *name, GError **error);

/**
 * zc_disc_reader_check: compares each file of this disc that SHA256SUMS.TXT lists with its digest there.
 *
 * Files listed for other discs of the same hand-in are no fault; files that no list knows are one, and so is an image
 * without a list. It finds damage, not forgery: that is the package's own authentication.
 */
gboolean zc_disc_reader_check (ZcDiscReader *self, const ZcProgress *progress, GError **error);
void zc_disc_reader_free (ZcDiscReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcDiscReader, zc_disc_reader_free)

/**
 * zc_disc_join: the package that lies on the @n discs in any order, whole.
 * @name: its name in one part, as given to zc_disc_spec_set_package()
 *
 * Missing discs, a disc given twice, discs of different hand-ins, missing parts are told apart by sentence
 * (ZC_ERROR_INVALID); a part of another size than the others demand is ZC_ERROR_DAMAGED.
 * Returns: (transfer full) (nullable): may outlive the readers
 */
ZcSource *zc_disc_join (ZcDiscReader *const *readers, guint n, const char *name, GError **error);

/**
 * zc_disc_open_package: what `zicha verify FILE…` was given: one package file; or the parts of one as files copied
 * from the discs, in any order; or one or several images or drives.
 * @name: as for zc_disc_join()
 *
 * Returns: (transfer full) (nullable): the package's bytes
 */
ZcSource *zc_disc_open_package (const char *const *paths, guint n, const char *name, GError **error);

G_END_DECLS
