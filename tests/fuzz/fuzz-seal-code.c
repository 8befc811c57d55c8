/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "seal/zc-seal-code.h"

#include <string.h>

/* What is accepted must be what we would print for it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  guint8 code[ZC_SEAL_CODE_BYTES], digest[ZC_DIGEST_SIZE] = { 0 }, again[ZC_SEAL_CODE_BYTES];
  gboolean complete = zc_seal_code_check_typing (text, NULL) == ZC_SEAL_TYPING_COMPLETE;
  ZcSealQr qr;

  if (zc_seal_code_parse (text, code, NULL) != complete)
    g_error ("typing and parsing disagree");
  if (complete)
    {
      g_autofree char *printed = NULL;

      memcpy (digest, code, sizeof code);
      printed = zc_seal_code_new (digest);
      if (!zc_seal_code_parse (printed, again, NULL) || !zc_seal_code_matches (again, digest) || memcmp (again, code, sizeof code) != 0)
        g_error ("a seal code did not survive printing");
    }
  if (zc_seal_qr_parse (text, &qr, NULL))
    {
      g_autofree char *template = zc_seal_qr_template (qr.digest, qr.revision);
      g_autofree char *filled = qr.page ? zc_seal_qr_fill (template, qr.page, qr.pages) : g_strdup (template);
      ZcSealQr same;

      if (!zc_seal_qr_parse (filled, &same, NULL) || memcmp (same.digest, qr.digest, ZC_DIGEST_SIZE) != 0 || same.page != qr.page)
        g_error ("a QR text did not survive printing");
    }
  zc_seal_check (text, digest, NULL);
  return 0;
}
