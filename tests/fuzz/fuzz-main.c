/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <glib.h>

/* What libFuzzer calls first, if the target has it. */
int LLVMFuzzerInitialize (int *argc, char ***argv) __attribute__ ((weak));

/* Runs a fuzz target over files and folders of files, so that the corpus is tested by every plain build. */
static void
run_file (const char *path)
{
  g_autofree char *data = NULL;
  g_autofree char *exact = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  exact = g_memdup2 (data, size); /* without GLib's closing NUL, so that the sanitizer sees reads behind the end */
  g_assert_cmpint (LLVMFuzzerTestOneInput ((const uint8_t *) exact, size), ==, 0);
}

int
main (int argc, char **argv)
{
  guint files = 0;

  if (LLVMFuzzerInitialize)
    LLVMFuzzerInitialize (&argc, &argv);
  for (int i = 1; i < argc; i++)
    {
      GDir *dir = g_dir_open (argv[i], 0, NULL);
      const char *name;

      if (!dir)
        run_file (argv[i]);
      files += dir ? 0 : 1;
      while (dir && (name = g_dir_read_name (dir)))
        {
          g_autofree char *path = g_build_filename (argv[i], name, NULL);

          run_file (path);
          files++;
        }
      g_clear_pointer (&dir, g_dir_close);
    }
  if (files == 0)
    g_error ("no corpus");
  return 0;
}
