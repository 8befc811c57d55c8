/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest-pieces.h"

#include <string.h>

#if defined(__x86_64__)
#define HAVE_LANES 1
#include <cpuid.h>
#include <immintrin.h>
#endif

typedef void (*Lanes) (ZcDigestKind kind, const guint8 *data, gsize size, guint8 *out);

#ifdef HAVE_LANES

static const guint32 sm3_start[8] = {
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
};

/* T of the standard, turned left by the number of its round. */
static const guint32 sm3_constants[64] = {
  0x79cc4519, 0xf3988a32, 0xe7311465, 0xce6228cb, 0x9cc45197, 0x3988a32f, 0x7311465e, 0xe6228cbc,
  0xcc451979, 0x988a32f3, 0x311465e7, 0x6228cbce, 0xc451979c, 0x88a32f39, 0x11465e73, 0x228cbce6,
  0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
  0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
  0x7a879d8a, 0xf50f3b14, 0xea1e7629, 0xd43cec53, 0xa879d8a7, 0x50f3b14f, 0xa1e7629e, 0x43cec53d,
  0x879d8a7a, 0x0f3b14f5, 0x1e7629ea, 0x3cec53d4, 0x79d8a7a8, 0xf3b14f50, 0xe7629ea1, 0xcec53d43,
  0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
  0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
};

static const guint32 sha256_start[8] = {
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static const guint32 sha256_constants[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* AVX-512 has an instruction for every function of three words; the number is its table of truth. */
#define TERNARY(x, y, z, table) \
  ((Vec) _mm512_ternarylogic_epi32 ((__m512i) (x), (__m512i) (y), (__m512i) (z), table))

#define LANES 16
#define LANES_TARGET __attribute__ ((target ("avx512f")))
#define LANES_NAME(x) x##_16
#define XOR3(x, y, z) TERNARY (x, y, z, 0x96)
#define CHOOSE(x, y, z) TERNARY (x, y, z, 0xca)
#define MAJORITY(x, y, z) TERNARY (x, y, z, 0xe8)
#include "base/zc-digest-lanes.inc"

#define LANES 8
#define LANES_TARGET __attribute__ ((target ("avx2")))
#define LANES_NAME(x) x##_8
#define XOR3(x, y, z) ((x) ^ (y) ^ (z))
#define CHOOSE(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))
#define MAJORITY(x, y, z) (((x) & (y)) | ((z) & ((x) | (y))))
#include "base/zc-digest-lanes.inc"

/* Leaf 7 of CPUID says so by bit 29 of EBX. */
static gboolean
has_sha_instructions (void)
{
  guint a, b = 0, c, d;

  return __get_cpuid_count (7, 0, &a, &b, &c, &d) && (b & 1u << 29);
}

static Lanes
lanes_of (guint lanes)
{
  if (lanes == 16 && __builtin_cpu_supports ("avx512f"))
    return digest_16;
  if (lanes == 8 && __builtin_cpu_supports ("avx2"))
    return digest_8;
  return NULL;
}

#else

static gboolean
has_sha_instructions (void)
{
  return FALSE;
}

static Lanes
lanes_of (guint lanes)
{
  return NULL;
}

#endif

#define MAX_LANES 16
#define TRIAL_BYTES 192

/* Whether @run finds what libgcrypt does, in every lane. */
static gboolean
agrees (Lanes run, guint lanes, ZcDigestKind kind)
{
  guint8 data[MAX_LANES * TRIAL_BYTES], found[MAX_LANES * ZC_DIGEST_SIZE], wanted[ZC_DIGEST_SIZE];
  gboolean same = TRUE;

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) (i * 167 + (i >> 8));
  run (kind, data, TRIAL_BYTES, found);
  for (guint lane = 0; lane < lanes; lane++)
    {
      zc_digest_of (kind, data + lane * TRIAL_BYTES, TRIAL_BYTES, wanted);
      same = same && memcmp (wanted, found + lane * ZC_DIGEST_SIZE, sizeof wanted) == 0;
    }
  return same;
}

/* What is worth using for @kind: eight lanes of SHA-256 take longer than the processor's own instructions do. */
static Lanes
worthy_lanes (guint lanes, ZcDigestKind kind)
{
  Lanes run = lanes_of (lanes);

  if (lanes < MAX_LANES && kind == ZC_DIGEST_SHA256 && has_sha_instructions ())
    return NULL;
  return run && agrees (run, lanes, kind) ? run : NULL;
}

/* By kind, for 8 and for 16 lanes. */
static const Lanes *
chosen (ZcDigestKind kind)
{
  static Lanes table[2][2];
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      for (guint i = 0; i < 2; i++)
        for (guint wide = 0; wide < 2; wide++)
          table[i][wide] = worthy_lanes (8u << wide, i ? ZC_DIGEST_SHA256 : ZC_DIGEST_SM3);
      g_once_init_leave (&done, 1);
    }
  return table[kind == ZC_DIGEST_SHA256];
}

void
zc_digest_pieces (ZcDigestKind kind, gconstpointer data, gsize size, gsize piece, guint8 *out)
{
  const Lanes *run = chosen (kind);
  const guint8 *at = data;

  g_return_if_fail (piece > 0);

  while (size > 0)
    {
      guint n = 1;

      for (guint wide = 2; n == 1 && wide-- > 0;)
        if (run[wide] && piece % 64 == 0 && size / piece >= 8u << wide)
          n = 8u << wide;
      if (n == 1)
        zc_digest_of (kind, at, MIN (size, piece), out);
      else
        run[n / 16] (kind, at, piece, out);
      out += n * ZC_DIGEST_SIZE;
      at += MIN (size, n * piece);
      size -= MIN (size, n * piece);
    }
}

gboolean
zc_digest_lanes (guint lanes, ZcDigestKind kind, gconstpointer data, gsize size, guint8 *out)
{
  Lanes run = lanes_of (lanes);

  g_return_val_if_fail (size % 64 == 0, FALSE);

  if (run)
    run (kind, data, size, out);
  return run != NULL;
}
