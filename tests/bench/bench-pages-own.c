/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What bench-pages measures of ours: bench-pages-own ROWS FILE.pdf [TIMES]. With TIMES it writes the same document so often
 * and tells how many pages a second that are: by the wall, and of CPU time. */

#include <stdio.h>
#include <sys/resource.h>

#include "../core/layout/sample-blocks.h"
#include "pdf/zc-pdf.h"

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Returns: how many pages */
static guint
write_once (const ZcDocument *document, ZcFonts *fonts, const char *path, GError **error)
{
  g_autoptr (ZcPages) pages = zc_pdf_compose_file (document, fonts, path, NULL, error);

  return pages ? zc_pages_count (pages) : 0;
}

static void
write_again (const ZcDocument *document, ZcFonts *fonts, const char *path, guint times)
{
  gint64 begin = g_get_monotonic_time ();
  double cpu = cpu_seconds ();
  guint pages = 0;

  for (guint i = 0; i < times; i++)
    pages += write_once (document, fonts, path, NULL);
  printf ("# one document after another: %.0f pages/s, %.0f pages per second of CPU time\n",
          pages / ((double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC), pages / (cpu_seconds () - cpu));
}

int
main (int argc, char **argv)
{
  gboolean good = argc == 3 || argc == 4;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDocument) document = sample_form (good ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 1);
  g_autoptr (ZcFonts) fonts = zc_fonts_new (NULL, &error);

  if (!fonts || !good || write_once (document, fonts, argv[2], &error) == 0)
    {
      fprintf (stderr, "%s\n", error ? error->message : "usage: bench-pages-own ROWS FILE.pdf [TIMES]");
      return 1;
    }
  if (argc == 4)
    write_again (document, fonts, argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));
  return 0;
}
