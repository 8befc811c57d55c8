/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What bench-pages measures of ours: bench-pages-own ROWS FILE.pdf. */

#include <stdio.h>

#include "../core/layout/sample-blocks.h"
#include "pdf/zc-pdf.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDocument) document = sample_form (argc == 3 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 1);
  g_autoptr (ZcFonts) fonts = zc_fonts_new (NULL, &error);
  g_autoptr (ZcPages) pages = fonts && argc == 3 ? zc_pdf_compose_file (document, fonts, argv[2], NULL, &error) : NULL;

  if (pages)
    return 0;
  fprintf (stderr, "%s\n", error ? error->message : "usage: bench-pages-own ROWS FILE.pdf");
  return 1;
}
