/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seal/zc-seal-code.h"

#include <string.h>

/* 16 bytes ahead of the rest; the code was worked out by hand with a shell: printf %06d $((0xE161*11)) … */
static const guint8 sample[ZC_DIGEST_SIZE] = { 0xe1, 0x61, 0x65, 0x26, 0xc9, 0x87, 0x5d, 0x0d, 0xed, 0x82, 0x65,
                                               0x0f, 0xc3, 0x78, 0x88, 0xea, 0x01, 0x02, 0x03 };
static const char sample_code[] = "634667-284834-567501-262031-668822-284581-550440-385550";

static guint8 *
random_digest (guint8 digest[ZC_DIGEST_SIZE])
{
  for (guint i = 0; i < ZC_DIGEST_SIZE; i++)
    digest[i] = (guint8) g_test_rand_int ();
  return digest;
}

static void
test_vector (void)
{
  /* SM3 of "abc", GB/T 32905-2016 A.1: 66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0 */
  g_autofree char *code = zc_seal_code_of ("abc", 3);
  guint8 digest[ZC_DIGEST_SIZE], parsed[ZC_SEAL_CODE_BYTES];

  g_assert_cmpstr (code, ==, "289421-678524-278586-669779-591206-598169-619696-644534");
  zc_digest_of (ZC_DIGEST_SM3, "abc", 3, digest);
  g_assert_true (zc_seal_code_parse (code, parsed, NULL));
  g_assert_cmpmem (parsed, sizeof parsed, digest, sizeof parsed);
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      guint8 digest[ZC_DIGEST_SIZE], parsed[ZC_SEAL_CODE_BYTES];
      g_autofree char *code = zc_seal_code_new (random_digest (digest));
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (strlen (code), ==, 55);
      g_assert_true (zc_seal_code_parse (code, parsed, &error));
      g_assert_true (zc_seal_code_matches (parsed, digest));
      parsed[g_test_rand_int_range (0, ZC_SEAL_CODE_BYTES)] ^= 1;
      g_assert_false (zc_seal_code_matches (parsed, digest));
    }
}

static void
test_edges (void)
{
  guint8 digest[ZC_DIGEST_SIZE], parsed[ZC_SEAL_CODE_BYTES];

  for (guint edge = 0; edge < 2; edge++)
    {
      g_autofree char *code = NULL;

      memset (digest, edge ? 0xff : 0, sizeof digest);
      code = zc_seal_code_new (digest);
      g_assert_true (g_str_has_prefix (code, edge ? "720885-720885" : "000000-000000"));
      g_assert_true (zc_seal_code_parse (code, parsed, NULL));
      g_assert_true (zc_seal_code_matches (parsed, digest));
    }
}

static void
test_tolerant (void)
{
  static const char *const texts[] = {
    "634667284834567501262031668822284581550440385550",
    " 634667 284834 567501 262031\n668822\t284581 550440  385550 \r\n",
    "634667–284834—567501−262031‐668822－284581　550440、385550",
    "６３４６６７-２８４８３４-567501-262031-668822-284581-550440-385550",
    "63 46 67 28 48 34 56 75 01 26 20 31 66 88 22 28 45 81 55 04 40 38 55 50",
    "634667，284834,567501.262031·668822_284581ー550440一385550",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      zc_seal_check (texts[i], sample, &error);
      g_assert_no_error (error);
    }
}

/* Every wrong digit and every swap of neighbours within a group is a slip of that very group, never a mismatch. */
static void
test_every_slip (void)
{
  guint8 digest[ZC_DIGEST_SIZE], parsed[ZC_SEAL_CODE_BYTES];

  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *code = zc_seal_code_new (random_digest (digest));

      for (guint at = 0; code[at]; at++)
        {
          char right = code[at], wanted[32];

          g_snprintf (wanted, sizeof wanted, "Group %u ", at / 7 + 1);
          for (char wrong = '0'; right != '-' && wrong <= '9'; wrong++)
            {
              g_autoptr (GError) error = NULL;

              if (wrong == right)
                continue;
              code[at] = wrong;
              g_assert_false (zc_seal_code_parse (code, parsed, &error));
              g_assert_error (error, ZC_ERROR, ZC_ERROR_MISTYPED);
              g_assert_true (g_str_has_prefix (error->message, wanted));
            }
          code[at] = right;
          if (right != '-' && g_ascii_isdigit (code[at + 1]) && code[at + 1] != right)
            {
              g_autoptr (GError) error = NULL;

              code[at] = code[at + 1];
              code[at + 1] = right;
              g_assert_false (zc_seal_code_parse (code, parsed, &error));
              g_assert_true (g_str_has_prefix (error->message, wanted));
              code[at + 1] = code[at];
              code[at] = right;
            }
        }
    }
}

static void
test_refused (void)
{
  static const struct { const char *text, *says; } cases[] = {
    { "", "group 1 of 8 lacks digits" },
    { "63466", "group 1 of 8 lacks digits" },
    { "634667-284834-567501-262031-668822-284581-550440-38555", "group 8 of 8 lacks digits" },
    { "634667-284834-567501-262031-668822-284581-550440-3855500", "too many digits" },
    { "634667-284834-567501-262031-668822-284581-550440-385550-385550", "too many digits" },
    { "634667-28483A-567501-262031-668822-284581-550440-385550", "Group 2 of the seal code has a character" },
    { "634667-284834-O", "Group 3 of the seal code has a character" },
    { "720896-284834-567501-262031-668822-284581-550440-385550", "Group 1 of the seal code is mistyped" },
    { "634667-284834-567501-262031-668822-284581-550440-999999", "Group 8 of the seal code is mistyped" },
    { "\xff\xfe", "Group 1 of the seal code has a character" },
    { "634667+284834", "Group 2 of the seal code has a character" },
  };
  guint8 parsed[ZC_SEAL_CODE_BYTES];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (zc_seal_code_parse (cases[i].text, parsed, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_MISTYPED);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static void
test_typing (void)
{
  guint group = 0;

  for (gsize n = 0; n < sizeof sample_code; n++)
    {
      g_autofree char *typed = g_strndup (sample_code, n);
      ZcSealTyping state = zc_seal_code_check_typing (typed, &group);

      g_assert_cmpint (state, ==, n == 55 ? ZC_SEAL_TYPING_COMPLETE : ZC_SEAL_TYPING_INCOMPLETE);
      g_assert_cmpuint (group, ==, MIN ((n + 1) / 7 + 1, 8));
    }
  g_assert_cmpint (zc_seal_code_check_typing ("634667-284835", &group), ==, ZC_SEAL_TYPING_SLIP);
  g_assert_cmpuint (group, ==, 2);
  g_assert_cmpint (zc_seal_code_check_typing ("634x", NULL), ==, ZC_SEAL_TYPING_FOREIGN);
}

static void
test_mismatch_is_no_slip (void)
{
  guint8 other[ZC_DIGEST_SIZE];
  g_autoptr (GError) error = NULL;

  memcpy (other, sample, sizeof other);
  other[15] ^= 1;
  g_assert_false (zc_seal_check (sample_code, other, &error));
  g_assert_error (error, ZC_ERROR, ZC_ERROR_MISMATCH);
}

static void
test_qr (void)
{
  g_autofree char *template = zc_seal_qr_template (sample, 3);
  g_autofree char *text = zc_seal_qr_fill (template, 2, 14);
  g_autofree char *scanned = g_strdup_printf (" %s\r\n", text);
  guint8 other[ZC_DIGEST_SIZE];
  ZcSealQr qr;

  g_assert_cmpstr (template, ==, "ZC1:3:%PAGE%:E1616526C9875D0DED82650FC37888EA01020300000000000000000000000000");
  g_assert_true (g_str_has_prefix (text, "ZC1:3:2/14:E161"));
  for (const char *c = text; *c; c++)
    g_assert_nonnull (strchr ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", *c));
  g_assert_true (zc_seal_qr_parse (scanned, &qr, NULL));
  g_assert_cmpmem (qr.digest, ZC_DIGEST_SIZE, sample, ZC_DIGEST_SIZE);
  g_assert_cmpuint (qr.revision, ==, 3);
  g_assert_cmpuint (qr.page, ==, 2);
  g_assert_cmpuint (qr.pages, ==, 14);
  g_assert_true (zc_seal_qr_parse (template, &qr, NULL));
  g_assert_cmpuint (qr.page, ==, 0);
  g_assert_true (zc_seal_check (text, sample, NULL));

  /* The printed code ends after 128 bits; the QR does not. */
  memcpy (other, sample, sizeof other);
  other[31] ^= 1;
  g_assert_true (zc_seal_check (sample_code, other, NULL));
  g_assert_false (zc_seal_check (text, other, NULL));
}

static void
test_qr_refused (void)
{
  static const char hex[] = "E1616526C9875D0DED82650FC37888EA01020300000000000000000000000000";
  static const char *const heads[] = { "", "HTTP://", "ZC2:3:2/14:", "ZC1:", "ZC1:0:2/14:", "ZC1:10000:2/14:", "ZC1:03:2/14:",
                                       "ZC1:3:15/14:", "ZC1:3:0/14:", "ZC1:3:2-14:", "ZC1:3:2/14", "ZC1:3:2/14::",
                                       "ZC1:3:2/100000:", "ZC1:99999999999999999999:2/14:" };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *text = g_strconcat (heads[i], hex, NULL);
      g_autoptr (GError) error = NULL;
      ZcSealQr qr;

      g_assert_false (zc_seal_qr_parse (text, &qr, &error));
      g_assert_error (error, ZC_ERROR, ZC_ERROR_INVALID);
    }
  for (gsize n = 0; n < 63; n++)
    {
      g_autofree char *text = g_strdup_printf ("ZC1:3:2/14:%.*s", (int) n, hex);
      ZcSealQr qr;

      g_assert_false (zc_seal_qr_parse (text, &qr, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal/code/vector", test_vector);
  g_test_add_func ("/seal/code/round-trip", test_round_trip);
  g_test_add_func ("/seal/code/edges", test_edges);
  g_test_add_func ("/seal/code/tolerant", test_tolerant);
  g_test_add_func ("/seal/code/every-slip", test_every_slip);
  g_test_add_func ("/seal/code/refused", test_refused);
  g_test_add_func ("/seal/code/typing", test_typing);
  g_test_add_func ("/seal/code/mismatch-is-no-slip", test_mismatch_is_no_slip);
  g_test_add_func ("/seal/qr/text", test_qr);
  g_test_add_func ("/seal/qr/refused", test_qr_refused);
  return g_test_run ();
}
