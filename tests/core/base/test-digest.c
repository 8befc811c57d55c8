/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest-pieces.h"

#include <string.h>

static const ZcDigestKind kinds[] = { ZC_DIGEST_SM3, ZC_DIGEST_SHA256 };

static guint8 *
random_bytes (gsize size)
{
  guint8 *data = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_test_rand_int ();
  return data;
}

/* Each of @n messages of @size bytes has the digest that libgcrypt finds. */
static void
assert_digests (ZcDigestKind kind, const guint8 *data, gsize size, guint n, const guint8 *found)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 wanted[ZC_DIGEST_SIZE];

      zc_digest_of (kind, data + i * size, size, wanted);
      g_assert_cmpmem (found + i * ZC_DIGEST_SIZE, ZC_DIGEST_SIZE, wanted, sizeof wanted);
    }
}

/* Every width of vectors that this processor has, whether it is worth using or not. */
static void
test_lanes (void)
{
  static const gsize sizes[] = { 0, 64, 128, 192, 4096, 65536 };

  for (guint lanes = 8; lanes <= 16; lanes *= 2)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autofree guint8 *data = random_bytes (lanes * sizes[i]);
        guint8 found[16 * ZC_DIGEST_SIZE];

        for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
          if (zc_digest_lanes (lanes, kinds[k], data, sizes[i], found))
            assert_digests (kinds[k], data, sizes[i], lanes, found);
      }
}

/* The standard's example of one block, in every lane of whatever there is. */
static void
test_vectors (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint8 found[16 * ZC_DIGEST_SIZE];

  /* GB/T 32905-2016 A.2: "abcd" sixteen times. */
  for (guint i = 0; i < 16 * 16; i++)
    g_string_append (text, "abcd");
  zc_digest_pieces (ZC_DIGEST_SM3, text->str, text->len, 64, found);
  for (guint i = 0; i < 16; i++)
    {
      g_autofree char *hex = zc_hex (found + i * ZC_DIGEST_SIZE, ZC_DIGEST_SIZE);

      g_assert_cmpstr (hex, ==, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    }
}

/* Any number of pieces, whole ones and a short last one, at any address. */
static void
test_pieces (void)
{
  static const gsize pieces[] = { 1, 63, 64, 100, 128, 1024 };

  for (guint p = 0; p < G_N_ELEMENTS (pieces); p++)
    for (guint n = 0; n < 50; n++)
      {
        gsize piece = pieces[p], rest = (gsize) g_test_rand_int_range (0, (gint32) piece);
        gsize size = n * piece + rest;
        guint total = n + (rest > 0 ? 1 : 0), shift = n % 5;
        g_autofree guint8 *data = random_bytes (size + shift);
        g_autofree guint8 *found = g_malloc0 (total * ZC_DIGEST_SIZE + 1);

        for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
          {
            guint8 last[ZC_DIGEST_SIZE];

            found[total * ZC_DIGEST_SIZE] = 0xa5;
            zc_digest_pieces (kinds[k], data + shift, size, piece, found);
            assert_digests (kinds[k], data + shift, piece, n, found);
            zc_digest_of (kinds[k], data + shift + n * piece, rest, last);
            if (rest > 0)
              g_assert_cmpmem (found + n * ZC_DIGEST_SIZE, ZC_DIGEST_SIZE, last, sizeof last);
            g_assert_cmpuint (found[total * ZC_DIGEST_SIZE], ==, 0xa5);
          }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/digest/lanes", test_lanes);
  g_test_add_func ("/base/digest/lanes-vectors", test_vectors);
  g_test_add_func ("/base/digest/pieces", test_pieces);
  return g_test_run ();
}
