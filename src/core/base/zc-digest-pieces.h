/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-digest.h"

G_BEGIN_DECLS

/**
 * zc_digest_pieces: the digest of each piece of @piece bytes of @data, the last one of which may be shorter, end to end
 * into @out.
 *
 * One message is digested block after block, whatever the processor; several are independent. Vectors of sixteen words
 * digest sixteen pieces by SM3 in the time of two, so who needs speed lists the digests of pieces instead of one. No library
 * of Debian 12 does this, so the rounds are our own (zc-digest-lanes.inc); where the processor has no wide vectors, or does
 * a single SHA-256 as fast, or the first use finds another result than libgcrypt's, libgcrypt does it piece by piece.
 * Digests hold no secret; what is digested may, but nothing in the rounds looks up or branches by it.
 */
void zc_digest_pieces (ZcDigestKind kind, gconstpointer data, gsize size, gsize piece, guint8 *out);

/**
 * zc_digest_lanes: for tests: @lanes messages of @size bytes each, a multiple of 64, by vectors of @lanes words.
 * Returns: FALSE if this processor has no such vectors, or @lanes is not 8 or 16
 */
gboolean zc_digest_lanes (guint lanes, ZcDigestKind kind, gconstpointer data, gsize size, guint8 *out);

G_END_DECLS
