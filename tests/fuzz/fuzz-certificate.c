/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "package/zc-certificate.h"

/* Whatever is read can be described, is UTF-8, and can be judged. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (ZcCertificate) certificate = zc_certificate_parse (bytes, "fuzz.crt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  ZcSuite suite;

  if (!certificate)
    return 0;
  text = zc_certificate_describe (certificate);
  if (!g_utf8_validate (text, -1, NULL))
    g_error ("a description is no UTF-8");
  if (zc_certificate_check (certificate, &error) && !zc_certificate_get_suite (certificate, &suite))
    g_error ("a certificate of no suite was accepted");
  if (error && !g_utf8_validate (error->message, -1, NULL))
    g_error ("a message is no UTF-8");
  return 0;
}
