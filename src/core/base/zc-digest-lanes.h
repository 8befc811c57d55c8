/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * SM3 (GB/T 32905-2016) and SHA-256 (FIPS 180-4) of LANES messages of one length at once, lane by lane in the elements
 * of vectors: zc-digest-pieces.c includes this file once for each width of vector that processors have.
 *
 * LANES: a power of two from 4 on; LANES_TARGET: the attribute of every function; LANES_NAME(x): makes a name its own.
 */

typedef guint32 LANES_NAME (Vec) __attribute__ ((vector_size (4 * LANES)));

#define Vec LANES_NAME (Vec)
#define ROL(x, n) (((x) << (n)) | ((x) >> (32 - (n))))
#define ROR(x, n) ROL (x, 32 - (n))

#if LANES == 16
#define INTERLEAVE_LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define INTERLEAVE_HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#else
#define INTERLEAVE_LOW 0, 8, 1, 9, 2, 10, 3, 11
#define INTERLEAVE_HIGH 4, 12, 5, 13, 6, 14, 7, 15
#endif

/* The words of a row of the lanes' blocks, turned so that each vector holds one word of all lanes. The messages lie
 * @stride bytes apart. Each turn shuffles the halves of the square together like a deck of cards; as many turns as
 * LANES has bits make rows of columns. */
static inline LANES_TARGET void
LANES_NAME (load) (const guint8 *data, gsize stride, Vec out[LANES])
{
  Vec other[LANES];

  for (guint lane = 0; lane < LANES; lane++)
    {
      Vec row;

      memcpy (&row, data + lane * stride, sizeof row);
      out[lane] = G_BYTE_ORDER == G_LITTLE_ENDIAN ? (ROL (row, 8) & 0x00ff00ff) | (ROR (row, 8) & 0xff00ff00) : row;
    }
  for (guint turn = 1; turn < LANES; turn <<= 1)
    {
      for (guint i = 0; i < LANES / 2; i++)
        {
          other[2 * i] = __builtin_shufflevector (out[i], out[i + LANES / 2], INTERLEAVE_LOW);
          other[2 * i + 1] = __builtin_shufflevector (out[i], out[i + LANES / 2], INTERLEAVE_HIGH);
        }
      memcpy (out, other, sizeof other);
    }
}

#define SM3_P0(x) XOR3 (x, ROL (x, 9), ROL (x, 17))
#define SM3_P1(x) XOR3 (x, ROL (x, 15), ROL (x, 23))

/* One round of SM3; @t is its constant, already turned. The letters are those of the standard: instead of moving them on,
 * the next round is called with its arguments turned by one. */
#define SM3_ROUND(j, ff, gg, a, b, c, d, e, f, g, h)                                                                   \
  do                                                                                                                   \
    {                                                                                                                  \
      Vec turned = ROL (a, 12), ss1 = turned + e + sm3_constants[j];                                                   \
                                                                                                                       \
      ss1 = ROL (ss1, 7);                                                                                              \
      d = ff (a, b, c) + d + (ss1 ^ turned) + (w[j] ^ w[(j) + 4]);                                                     \
      h = gg (e, f, g) + h + ss1 + w[j];                                                                               \
      h = SM3_P0 (h);                                                                                                  \
      b = ROL (b, 9);                                                                                                  \
      f = ROL (f, 19);                                                                                                 \
    }                                                                                                                  \
  while (0)
#define SM3_ROUNDS(from, to, ff, gg)                                                                                   \
  for (guint j = from; j < to; j += 4)                                                                                 \
    {                                                                                                                  \
      SM3_ROUND (j, ff, gg, a, b, c, d, e, f, g, h);                                                                   \
      SM3_ROUND (j + 1, ff, gg, d, a, b, c, h, e, f, g);                                                               \
      SM3_ROUND (j + 2, ff, gg, c, d, a, b, g, h, e, f);                                                               \
      SM3_ROUND (j + 3, ff, gg, b, c, d, a, f, g, h, e);                                                               \
    }

static LANES_TARGET void
LANES_NAME (sm3_block) (Vec state[8], const Vec block[16])
{
  Vec w[68];
  Vec a = state[0], b = state[1], c = state[2], d = state[3];
  Vec e = state[4], f = state[5], g = state[6], h = state[7];

  memcpy (w, block, 16 * sizeof *w);
  for (guint j = 16; j < 68; j++)
    {
      Vec x = XOR3 (w[j - 16], w[j - 9], ROL (w[j - 3], 15));

      w[j] = XOR3 (SM3_P1 (x), ROL (w[j - 13], 7), w[j - 6]);
    }
  SM3_ROUNDS (0, 16, XOR3, XOR3)
  SM3_ROUNDS (16, 64, MAJORITY, CHOOSE)
  state[0] ^= a;
  state[1] ^= b;
  state[2] ^= c;
  state[3] ^= d;
  state[4] ^= e;
  state[5] ^= f;
  state[6] ^= g;
  state[7] ^= h;
}

#define SHA256_ROUND(j, a, b, c, d, e, f, g, h)                                                                        \
  do                                                                                                                   \
    {                                                                                                                  \
      h += XOR3 (ROR (e, 6), ROR (e, 11), ROR (e, 25)) + CHOOSE (e, f, g) + (w[j] + sha256_constants[j]);              \
      d += h;                                                                                                          \
      h += XOR3 (ROR (a, 2), ROR (a, 13), ROR (a, 22)) + MAJORITY (a, b, c);                                           \
    }                                                                                                                  \
  while (0)

static LANES_TARGET void
LANES_NAME (sha256_block) (Vec state[8], const Vec block[16])
{
  Vec w[64];
  Vec a = state[0], b = state[1], c = state[2], d = state[3];
  Vec e = state[4], f = state[5], g = state[6], h = state[7];

  memcpy (w, block, 16 * sizeof *w);
  for (guint j = 16; j < 64; j++)
    w[j] = w[j - 16] + XOR3 (ROR (w[j - 15], 7), ROR (w[j - 15], 18), w[j - 15] >> 3) + w[j - 7]
           + XOR3 (ROR (w[j - 2], 17), ROR (w[j - 2], 19), w[j - 2] >> 10);
  for (guint j = 0; j < 64; j += 8)
    {
      SHA256_ROUND (j, a, b, c, d, e, f, g, h);
      SHA256_ROUND (j + 1, h, a, b, c, d, e, f, g);
      SHA256_ROUND (j + 2, g, h, a, b, c, d, e, f);
      SHA256_ROUND (j + 3, f, g, h, a, b, c, d, e);
      SHA256_ROUND (j + 4, e, f, g, h, a, b, c, d);
      SHA256_ROUND (j + 5, d, e, f, g, h, a, b, c);
      SHA256_ROUND (j + 6, c, d, e, f, g, h, a, b);
      SHA256_ROUND (j + 7, b, c, d, e, f, g, h, a);
    }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/* LANES messages of @size bytes, a multiple of 64, lying end to end; their digests go to @out, end to end, too. */
static LANES_TARGET void
LANES_NAME (digest) (ZcDigestKind kind, const guint8 *data, gsize size, guint8 *out)
{
  const guint32 *start = kind == ZC_DIGEST_SM3 ? sm3_start : sha256_start;
  guint64 bits = (guint64) size * 8;
  Vec state[8], block[16];

  for (guint i = 0; i < 8; i++)
    state[i] = (Vec) { 0 } + start[i];
  /* The last round is the padding alone: a set bit, zeros, the length. */
  for (gsize offset = 0; offset <= size; offset += 64)
    {
      for (guint word = 0; offset < size && word < 16; word += LANES)
        LANES_NAME (load) (data + offset + 4 * word, size, block + word);
      if (offset == size)
        {
          memset (block, 0, sizeof block);
          block[0] += 0x80000000u;
          block[14] += (guint32) (bits >> 32);
          block[15] += (guint32) bits;
        }
      if (kind == ZC_DIGEST_SM3)
        LANES_NAME (sm3_block) (state, block);
      else
        LANES_NAME (sha256_block) (state, block);
    }
  for (guint lane = 0; lane < LANES; lane++)
    for (guint i = 0; i < 8; i++)
      {
        guint32 big = GUINT32_TO_BE (state[i][lane]);

        memcpy (out + lane * ZC_DIGEST_SIZE + 4 * i, &big, sizeof big);
      }
}

#undef SHA256_ROUND
#undef SM3_ROUNDS
#undef SM3_ROUND
#undef SM3_P0
#undef SM3_P1
#undef INTERLEAVE_LOW
#undef INTERLEAVE_HIGH
#undef ROR
#undef ROL
#undef Vec
#undef XOR3
#undef CHOOSE
#undef MAJORITY
#undef LANES
#undef LANES_TARGET
#undef LANES_NAME
