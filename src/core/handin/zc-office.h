/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-package.h"
#include "record/zc-record.h"

G_BEGIN_DECLS

/* The office's side: open what came in, and say whether it is whole and whether it is what the stamped paper vouches
 * for. */

/** What became of comparing the printed code with the disc. */
typedef enum
{
  ZC_PAPER_NOT_COMPARED,
  ZC_PAPER_MATCHES,
  ZC_PAPER_OLDER,  /* the paper is of an earlier revision that was unsealed since */
  ZC_PAPER_DIFFERS,
} ZcPaper;

/** ZcIncoming: a package that was opened and verified to its last byte. */
typedef struct
{
  ZcPackage *package;
  ZcScheme *scheme;
  ZcRecord *record;
  char *unit;
  char *code;      /* the seal code of the record on the disc */
  char *digest;    /* SM3 of the record, hex */
  guint revision;
  guint evidence;  /* files */
  ZcPaper paper;
  guint paper_revision; /* of ZC_PAPER_OLDER */
  gboolean compared;    /* with another record */
  char *difference;     /* nullable: label of the first place that differs from the other record */
} ZcIncoming;

void zc_incoming_free (ZcIncoming *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcIncoming, zc_incoming_free)

/**
 * zc_office_receive: opens a package, or the parts or disc images of one, verifies every byte, reads scheme and
 * record, and checks that the record's evidence list is what was packed.
 * @code: (nullable): the seal code on the paper, or the text of its QR
 * @other: (nullable): another record (an export of the unit, or record.xml of an earlier package) to be compared
 *
 * A code with a slip of the keyboard is ZC_ERROR_MISTYPED; one that does not match is no error but ZcIncoming.paper.
 * Returns: (transfer full) (nullable)
 */
ZcIncoming *zc_office_receive (const char *const *paths, guint n_paths, const ZcOfficeKey *key, const ZcSecret *passphrase,
                               const char *code, GBytes *other, const ZcProgress *progress, GError **error);

G_END_DECLS
