/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An expression, template and place, checked against the starter's names. */
#include "scheme/zc-scheme-check.h"
#include "scheme/zc-xpath-names.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static ZcScheme *scheme;
  static const char *const scopes[] = { ZC_SCOPE_NONE, ZC_SCOPE_FINDINGS, ZC_SCOPE_UNKNOWN, "places" };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *scope = NULL;

  if (!scheme)
    {
      g_autoptr (GBytes) starter = zc_scheme_starter ("fuzz");

      scheme = zc_scheme_load_bytes (starter, "starter", NULL);
    }
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      zc_xpath_check (scheme, text, scopes[i], NULL);
      zc_names_check_template (scheme, text, scopes[i], NULL);
      zc_names_check_place (scheme, text, scopes[i], NULL);
    }
  zc_xpath_check_derived (scheme, text, zc_scheme_find_fact (scheme, "n.places"), NULL);
  scope = zc_xpath_scope (text);
  return 0;
}
