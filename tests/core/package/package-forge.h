/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "package/zc-lock.h"
#include "package/zc-suite.h"

/**
 * A writer that makes what the real one never would: each part can be edited once it is made, and everything that
 * follows from it (digests, MAC, sizes in headers) is made anew, as a dishonest unit with the right key could do.
 */
typedef struct
{
  ZcSuite suite;
  EVP_PKEY *recipient;        /* nullable with @pem */
  const char *pem;            /* nullable: lock-01.key as it is to be */
  GBytes *inner;              /* the plain inner archive */
  gsize key_size;             /* of K; 0: as it must be */
  GBytes *lock;               /* nullable: lock-01.sm2 as made by another forgery, with @key in it */
  const ZcSecret *key;        /* nullable: K */

  /**
   * @part: "inner", "format.txt", "README.txt", "lock-01.sm2" (or .rsa), "payload.bin", "index.txt",
   * "index.mac", "package"
   */
  void (*edit) (const char *part, GByteArray *bytes, gpointer data);
  gpointer data;
} Forge;

/** forge_package: Returns: (transfer full) */
GBytes *forge_package (const Forge *self);

/**
 * forge_inner: Returns: (transfer full): an inner archive of this manifest, these members ("name", content) and
 * padding.
 */
GBytes *forge_inner (const char *manifest, const char *const *names, GBytes *const *contents, guint n, gsize padding);
