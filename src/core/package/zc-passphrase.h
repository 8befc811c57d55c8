/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/zc-secret.h"

G_BEGIN_DECLS

/** Characters that a passphrase chosen by the user must have at least. */
#define ZC_PASSPHRASE_MIN_CHARACTERS 14

/** The strength of a generated passphrase in bits. */
#define ZC_PASSPHRASE_GENERATED_BITS 100

/**
 * zc_passphrase_generate: four groups of five characters of Crockford's alphabet (no I, L, O, U), "7K3QX-…".
 *
 * Returns: (transfer full)
 */
ZcSecret *zc_passphrase_generate (void);

/**
 * zc_passphrase_check: whether a passphrase chosen by the user is long and unguessable enough (libpwquality).
 * @score: (nullable): gets 0 to 100; 100 for one of our generated form
 *
 * Returns: FALSE with ZC_ERROR_USAGE and the reason, never the passphrase, in @error
 */
gboolean zc_passphrase_check (const ZcSecret *passphrase, guint *score, GError **error);

/**
 * zc_passphrase_canonical: what was typed, in the exact form in which zc_passphrase_generate() writes it: capitals,
 * hyphens between the groups, O read as 0, I and L as 1.
 *
 * Returns: (transfer full) (nullable): NULL when it cannot be a generated one
 */
ZcSecret *zc_passphrase_canonical (const ZcSecret *typed);

G_END_DECLS
