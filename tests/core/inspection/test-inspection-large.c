/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection-fixture.h"

#include <sys/stat.h>
#include <unistd.h>

#define MIB ((gsize) 1 << 20)

/* 3 GB, of which nearly nothing takes room. */
static void
test_sparse (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZcInspection) inspection = fixture_create (fixture);
  g_autofree char *path = fixture_write (fixture, "sparse.img", "start");
  g_autoptr (ZcSource) source = NULL;
  guint64 size = G_GUINT64_CONSTANT (3000000000);
  g_autoptr (GError) error = NULL;
  char buffer[5];
  struct stat st;
  guint64 id;

  g_assert_cmpint (truncate (path, (off_t) size), ==, 0);
  id = zc_inspection_attach (inspection, path, "A01", NULL, &error);
  g_assert_no_error (error);
  source = zc_inspection_open_evidence (inspection, id, NULL);
  g_assert_cmpuint (zc_source_size (source), ==, size);
  g_assert_true (zc_source_read (source, 0, buffer, 5, NULL));
  g_assert_cmpmem (buffer, 5, "start", 5);
  g_assert_true (zc_source_read (source, size - 5, buffer, 5, NULL));
  g_assert_cmpmem (buffer, 5, "\0\0\0\0\0", 5);
  g_assert_cmpint (stat (fixture->path, &st), ==, 0);
  g_assert_cmpint (st.st_size, <, 4 * MIB);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_test ("/inspection/evidence/sparse", test_sparse);
  return g_test_run ();
}
