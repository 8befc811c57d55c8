/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-inspection-private.h"

G_BEGIN_DECLS

/**
 * ZcIntake: bytes on their way into the file. Nothing names them yet: if the program dies here, the next
 * opening sweeps them away. Made in any thread; then turned into evidence in the inspection's own.
 */
typedef struct
{
  char *name; /* as it can be shown */
  guint64 size;
  char *sm3;
  char *sha256;
  guint64 blob;  /* 0 if @known */
  guint64 known; /* the evidence that has the same bytes already, or 0 */
} ZcIntake;

/** _zc_intake_file: Returns: (transfer full) (nullable) */
ZcIntake *_zc_intake_file (ZcInspection *self, const char *path, const ZcProgress *progress, GError **error);
ZcIntake *_zc_intake_bytes (ZcInspection *self, GBytes *bytes, const char *name, GError **error);
/** _zc_intake_find: Returns: (nullable): stored bytes with these digests. */
ZcStored *_zc_intake_find (ZcInspection *self, const char *sm3, const char *sha256);
/** _zc_intake_drop: frees it and the bytes it stored, unless evidence has taken them (blob is 0). */
void _zc_intake_drop (ZcInspection *self, ZcIntake *intake);

G_END_DECLS
