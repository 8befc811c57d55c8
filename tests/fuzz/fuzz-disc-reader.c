/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-reader.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The 32 KiB before the first descriptor mean nothing to a reader, so an input starts behind them. */
#define SYSTEM_AREA (16 * 2048)

static void
read_files (ZcDiscReader *reader)
{
  const GPtrArray *entries = zc_disc_reader_entries (reader);

  for (guint i = 0; i < entries->len; i++)
    {
      const ZcDiscEntry *entry = entries->pdata[i];
      g_autoptr (ZcSource) source = zc_disc_reader_file (reader, entry->name, NULL);
      g_autoptr (GBytes) bytes = source ? zc_source_read_all (source, 1 << 20, NULL) : NULL;

      if (!source || entry->offset + entry->size > zc_disc_reader_size (reader))
        g_error ("a file that cannot be");
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *image = g_malloc0 (SYSTEM_AREA + size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ZcSource) source = NULL;
  g_autoptr (ZcSource) package = NULL;
  g_autoptr (ZcDiscReader) reader = NULL;

  memcpy (image + SYSTEM_AREA, data, size);
  bytes = g_bytes_new_take (g_steal_pointer (&image), SYSTEM_AREA + size);
  source = zc_source_new_bytes (bytes);
  reader = zc_disc_reader_new (source, "fuzz.iso", NULL);
  if (!reader)
    return 0;
  read_files (reader);
  zc_disc_reader_check (reader, NULL, NULL);
  package = zc_disc_join (&reader, 1, "PACKAGE.ZCP", NULL);
  if (package && zc_source_size (package) < 1 << 20)
    {
      g_autoptr (GBytes) whole = zc_source_read_all (package, 1 << 20, NULL);
    }
  return 0;
}
