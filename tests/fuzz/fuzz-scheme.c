/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scheme, overlay or dictionary from outside. Start with data/schemes, tests/fixtures/schemes and
 * schemes-bad as corpus. */
#include "scheme/zc-scheme-check.h"

#include <stdint.h>
#include <stdlib.h>

#define FAIL(...)                                                                                             \
  G_STMT_START                                                                                                \
  {                                                                                                           \
    g_printerr (__VA_ARGS__);                                                                                 \
    abort ();                                                                                                 \
  }                                                                                                           \
  G_STMT_END

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What was read is whole, so it must read to itself, and every look-up must find what the lists hold. */
static void
expect_sound (ZcScheme *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) again = zc_scheme_load_bytes (self->bytes, "again", &error);

  if (!again || !g_bytes_equal (self->bytes, again->bytes))
    FAIL ("does not read to itself: %s", error ? error->message : "other bytes");
  for (guint i = 0; i < self->facts->len; i++)
    {
      const ZcField *fact = g_ptr_array_index (self->facts, i);
      g_autofree char *kept = zc_field_check (fact, fact->example, NULL);

      if (zc_scheme_find_fact (self, fact->id) != fact || !kept)
        FAIL ("fact %s is lost, or refuses its own example", fact->id);
    }
  for (guint i = 0; i < self->items->len; i++)
    if (((ZcItem *) g_ptr_array_index (self->items, i))->order != i)
      FAIL ("items out of order");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) faults = zc_scheme_check (bytes, "fuzz");
  g_autoptr (ZcScheme) self = zc_scheme_load_bytes (bytes, "fuzz", NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const ZcFault *fault = g_ptr_array_index (faults, i);

      if (fault->line < 1 || !g_utf8_validate (fault->message, -1, NULL))
        FAIL ("a fault without line or words");
    }
  if (self && faults->len > 0)
    FAIL ("read in spite of its faults");
  if (self)
    expect_sound (self);
  return 0;
}
