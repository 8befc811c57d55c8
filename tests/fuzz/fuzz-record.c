/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record from outside: whatever is read must be written in a form that is a fixed point and reads strictly
 * to itself, and no later step may trip over it. The scheme is tests/fixtures/record/scheme.xml, found by
 * $ZICHA_FIXTURES. */
#include "rules/zc-rules.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static ZcScheme *
load_scheme (void)
{
  const char *fixtures = g_getenv ("ZICHA_FIXTURES");
  g_autofree char *path =
      g_build_filename (fixtures ? fixtures : "tests/fixtures", "record", "scheme.xml", NULL);
  g_autoptr (GError) error = NULL;
  ZcScheme *scheme = zc_scheme_load_file (path, &error);

  if (!scheme)
    g_error ("%s", error->message);
  return scheme;
}

static void
expect_sound (ZcRecord *record, ZcScheme *scheme)
{
  g_autoptr (GBytes) bytes = zc_record_to_bytes (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = zc_preflight (record, NULL);
  g_autoptr (GPtrArray) places = zc_record_places (record);
  g_autoptr (ZcRecord) again = NULL;
  g_autofree char *scheme_id = zc_record_scheme_id (bytes, NULL);

  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *shown = zc_record_display (record, places->pdata[i]);
      g_autofree char *label = zc_record_label (record, places->pdata[i]);

      if (!*label || !g_utf8_validate (shown, -1, NULL))
        g_error ("%s has no label or no value", (char *) places->pdata[i]);
    }
  again = zc_record_parse (bytes, scheme, TRUE, &error);
  if (!again)
    g_error ("does not read to itself: %s", error->message);
  if (zc_record_first_difference (record, again))
    g_error ("differs from itself");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static ZcScheme *scheme;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcRecord) strict = NULL;
  g_autoptr (ZcRecord) record = NULL;

  if (!scheme)
    scheme = load_scheme ();
  strict = zc_record_parse (bytes, scheme, TRUE, NULL);
  record = zc_record_parse (bytes, scheme, FALSE, &error);
  if (strict && !record)
    g_error ("read strictly, but not loosely: %s", error->message);
  if (!record && !g_utf8_validate (error->message, -1, NULL))
    g_error ("a message that is no text");
  if (record)
    expect_sound (record, scheme);
  return 0;
}
