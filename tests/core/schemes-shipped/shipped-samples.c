/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shipped-samples.h"

#include "base/zc-clock.h"
#include "inspection/zc-statement-list.h"

#include <glib/gstdio.h>

/* Left out: X39 is a check of its own, X48, E30 and Z60 only inform. */
const Shipped shipped[] = {
  { "xicheng-2016", "X01-X38 X40-X47 X49", 4 },
  { "beijing-education-2019", "E01-E29 E31-E40", 4 },
  { "baodi-2010", "B01-B42", 6 },
  { "yuxi-2009", "Y01-Y25", 11 },
  { "shenzhen-2013", "Z01-Z59 Z61-Z68", 4 },
  { "national-2012", "A01-A15", 5 },
  { "national-2016", "N01-N23 S01-S16", 5 },
  { "police-2018", "P01-P13 P20-P26", 0 },
};
const guint n_shipped = G_N_ELEMENTS (shipped);

static char *scratch;

char *
shipped_test_file (const char *folder, const char *name)
{
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "schemes-shipped", folder, name, NULL);
}

char *
shipped_sample_file (const char *id, const char *name)
{
  return g_build_filename (g_getenv ("ZICHA_DATADIR"), "samples", id, name, NULL);
}

static void
set_clock (const char *id)
{
  g_autofree char *path = shipped_sample_file (id, "clock");
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  now = g_date_time_new_from_iso8601 (g_strstrip (text), NULL);
  g_assert_nonnull (now);
  zc_clock_set (now);
}

ZcInspection *
sample_open (const char *id)
{
  g_autofree char *list = shipped_sample_file (id, "statements.txt");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load (id, &error);
  ZcInspection *inspection;

  g_assert_no_error (error);
  set_clock (id);
  scratch = g_dir_make_tmp ("zicha-shipped-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (scratch, "sample.zicha", NULL);
  inspection = zc_inspection_create (path, scheme, &error);
  g_assert_no_error (error);
  zc_statement_list_load (inspection, list, NULL, &error);
  g_assert_no_error (error);
  return inspection;
}

void
sample_close (ZcInspection *inspection)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_object_unref (inspection);
  dir = g_dir_open (scratch, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (scratch, name, NULL);

      g_unlink (path);
    }
  g_rmdir (scratch);
  g_clear_pointer (&scratch, g_free);
  zc_clock_set (NULL);
}
