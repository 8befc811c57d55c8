/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheme-testing.h"

#include "base/zc-source.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

char *data_folder;
char *scratch_folder;

void
scheme_testing_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  g_assert_nonnull (g_getenv ("ZICHA_DATADIR"));
  data_folder = g_strdup (g_getenv ("ZICHA_DATADIR"));
  scratch_folder = g_dir_make_tmp ("zicha-scheme-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", scratch_folder, TRUE);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

int
scheme_testing_run (void)
{
  int result = g_test_run ();

  remove_all (scratch_folder);
  g_free (scratch_folder);
  g_free (data_folder);
  return result;
}

GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = zc_read_file (path, 64 << 20, &error);

  g_assert_no_error (error);
  return bytes;
}

char *
scheme_text (const char *extra)
{
  return g_strdup_printf (
      "<scheme id=\"test\" version=\"1\">"
      "<notice title=\"t\" subject=\"s\" status=\"in-force\"><full-title>f</full-title><issuer>i</issuer>"
      "<recipient>r</recipient><about>a</about></notice><period kind=\"once\"/>"
      "<sections><section id=\"s1\" label=\"one\"><item "
      "id=\"X1\"><title>item</title></item></section></sections>"
      "<documents><document id=\"d\" kind=\"summary\" title=\"d\" "
      "file=\"d\"><answers/></document></documents>"
      "%s</scheme>",
      extra);
}

ZcScheme *
load_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ZcScheme *self = zc_scheme_load_bytes (bytes, "test.xml", &error);

  g_assert_no_error (error);
  return self;
}

ZcScheme *
scheme_with (const char *extra)
{
  g_autofree char *text = scheme_text (extra);

  return load_text (text);
}

void
expect_no_faults (GBytes *bytes, const char *name)
{
  g_autoptr (GPtrArray) faults = zc_scheme_check (bytes, name);

  for (guint i = 0; i < faults->len; i++)
    {
      const ZcFault *fault = g_ptr_array_index (faults, i);

      g_test_message ("%s, line %d: %s", name, fault->line, fault->message);
    }
  g_assert_cmpuint (faults->len, ==, 0);
}
