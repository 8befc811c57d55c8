/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening an inspection of 5,000 rows of 12 columns, against sqlite3 reading the same table; and attaching 1
 * GiB, against copying it, each of the two digests alone, and sqlite3 storing it in pieces. Each in a process
 * of its own, files on the same disk, synced. */
#include "base/zc-error.h"
#include "inspection/zc-inspection.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (1024u * 1024)
#define ROWS 5000
#define COLUMNS 12
#define ROUNDS 3

typedef struct
{
  const char *name;
  const char *command; /* %s: this program, %f: the folder */
} Candidate;

static const Candidate openings[] = {
  { "sqlite3, all statements", "sqlite3 %f/rows.zicha 'SELECT place, value FROM statement' >/dev/null" },
  { "zicha, open", "%s --open %f/rows.zicha" },
};

static const Candidate attachings[] = {
  { "cp", "cp %f/data %f/copy && sync %f/copy && rm %f/copy" },
  { "sha256sum", "sha256sum %f/data >/dev/null" },
  { "openssl dgst -sm3", "openssl dgst -sm3 %f/data >/dev/null" },
  { "cp, then both digests", "cp %f/data %f/copy && sync %f/copy && sha256sum %f/data >/dev/null && openssl "
                             "dgst -sm3 %f/data >/dev/null "
                             "&& rm %f/copy" },
  { "sqlite3, 16 MiB a row",
    "for p in %f/piece-*; do echo \"INSERT INTO t VALUES (readfile ('$p'));\"; done | "
    "sqlite3 -cmd 'CREATE TABLE t (b)' %f/copy && rm %f/copy" },
  { "zicha, attach", "%s --attach %f/unit.zicha %f/data" },
};

static double
measure (const Candidate *candidate, const char *self, const char *folder, double *mib)
{
  g_autoptr (GString) command = g_string_new (candidate->command);
  gint64 start;
  struct rusage usage;
  int status = 0;
  pid_t child;

  g_string_replace (command, "%s", self, 0);
  g_string_replace (command, "%f", folder, 0);
  sync ();
  start = g_get_monotonic_time ();
  child = fork ();
  if (child == 0)
    {
      execl ("/bin/sh", "sh", "-c", command->str, NULL);
      _exit (127);
    }
  if (wait4 (child, &status, 0, &usage) != child || status != 0)
    return -1; /* the other program is not there */
  *mib = (double) usage.ru_maxrss / 1024;
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* Prints the best of all rounds, as a ratio to candidate number @reference. */
static void
compare (const Candidate *candidates,
         gsize n,
         gsize reference,
         const char *self,
         const char *folder,
         void (*prepare) (const char *))
{
  double best[8], mib[8];

  for (gsize i = 0; i < n; i++)
    best[i] = -1;
  for (int round = 0; round < ROUNDS; round++)
    for (gsize i = 0; i < n; i++)
      {
        double seconds;

        prepare (folder);
        seconds = measure (&candidates[i], self, folder, &mib[i]);
        if (seconds >= 0 && (best[i] < 0 || seconds < best[i]))
          best[i] = seconds;
      }
  for (gsize i = 0; i < n; i++)
    if (best[i] < 0)
      printf ("%-26s not available\n", candidates[i].name);
    else
      printf ("%-26s %8.3f s  %8.1f MiB peak  %6.2f × %s\n", candidates[i].name, best[i], mib[i],
              best[i] / best[reference], candidates[reference].name);
}

/* What is measured */

static ZcScheme *
make_scheme (void)
{
  g_autoptr (GString) text = g_string_new (
      "<scheme id='bench' version='1'><notice title='检查' subject='自查' "
      "status='in-force'><full-title>关于检查的通知</full-title>"
      "<number/><date>2016-06-22</date><issuer>甲</issuer><recipient>乙</recipient><about>自查。</about></"
      "notice>"
      "<period kind='once' from='2016-01-01' to='2016-12-31'/><stages><stage id='self' "
      "by='unit'>自查</stage></stages>"
      "<handin to='乙'><deliver id='p' medium='paper' document='summary'>报告</deliver></handin>"
      "<facts><fact id='x.name' type='text' label='名称'/></facts>"
      "<ledgers><ledger id='systems' label='台账' title-column='c1'>");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ZcScheme *scheme;

  for (int i = 1; i <= COLUMNS; i++)
    g_string_append_printf (text, "<column id='c%d' type='%s' label='第%d列'/>", i,
                            i % 4 == 0   ? "number"
                            : i % 4 == 1 ? "date"
                                         : "text",
                            i);
  g_string_append (
      text,
      "</ledger></ledgers><sections><section id='s1' label='一'><item id='A01'><title>甲</title>"
      "<requirement>要求。</requirement><rows ledger='systems'/></item></section></sections><rules/>"
      "<documents><document id='summary' kind='summary' title='报告' file='r'><chapter id='ch' heading='一'>"
      "<draft><p>{x.name}</p></draft></chapter></document></documents></scheme>");
  bytes = g_bytes_new (text->str, text->len);
  scheme = zc_scheme_load_bytes (bytes, "bench", &error);
  if (!scheme)
    g_error ("%s", error->message);
  return scheme;
}

static ZcInspection *
make_inspection (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (ZcScheme) scheme = make_scheme ();
  g_autoptr (GError) error = NULL;
  ZcInspection *inspection;

  g_unlink (path);
  inspection = zc_inspection_create (path, scheme, &error);
  if (!inspection)
    g_error ("%s", error->message);
  return inspection;
}

static void
make_rows (const char *folder)
{
  g_autoptr (ZcInspection) inspection = make_inspection (folder, "rows.zicha");

  zc_inspection_begin (inspection, "rows", NULL);
  for (int i = 0; i < ROWS; i++)
    {
      guint64 row = zc_inspection_add_row (inspection, "systems", 0, NULL);

      for (int j = 1; j <= COLUMNS; j++)
        {
          g_autofree char *place = g_strdup_printf ("cell:systems/%" G_GUINT64_FORMAT "/c%d", row, j);
          g_autofree char *value = j % 4 == 0   ? g_strdup_printf ("%d", i * j)
                                   : j % 4 == 1 ? g_strdup_printf ("2016-07-%02d", i % 28 + 1)
                                                : g_strdup_printf ("第%d行第%d列的一些文字", i, j);

          if (!zc_inspection_set (inspection, place, value, NULL))
            g_error ("%s", place);
        }
    }
  if (!zc_inspection_commit (inspection, NULL))
    g_error ("the rows cannot be written");
}

static void
make_data (const char *folder, guint mib)
{
  g_autofree guint8 *block = g_malloc (MIB);
  g_autofree char *path = g_build_filename (folder, "data", NULL);
  FILE *file = fopen (path, "wb"), *piece = NULL;
  guint64 x = 88172645463325252ull;

  for (guint n = 0; n < mib; n++)
    {
      g_autofree char *name = g_strdup_printf ("%s/piece-%04u", folder, n / 16);

      for (gsize i = 0; i < MIB; i += 8)
        {
          x ^= x << 13;
          x ^= x >> 7;
          x ^= x << 17;
          memcpy (block + i, &x, 8);
        }
      piece = fopen (name, "ab");
      if (!file || !piece || fwrite (block, 1, MIB, file) != MIB || fwrite (block, 1, MIB, piece) != MIB ||
          fclose (piece) != 0)
        g_error ("the data of the benchmark cannot be written");
    }
  if (!file || fclose (file) != 0)
    g_error ("the data of the benchmark cannot be written");
}

static void
do_nothing (const char *folder)
{
}

static void
make_unit (const char *folder)
{
  g_object_unref (make_inspection (folder, "unit.zicha"));
}

/* Our own part, in a process that does nothing else. */
static int
run_own (char **argv, int argc)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) inspection = zc_inspection_open (argv[2], ZC_OPEN_NORMAL, &error);

  if (inspection && argc == 4)
    zc_inspection_attach (inspection, argv[3], "A01", NULL, &error);
  if (error)
    fprintf (stderr, "%s\n", error->message);
  return error ? 1 : 0;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  guint mib = argc == 2 ? (guint) atoi (argv[1]) : 1024;

  if (argc >= 3)
    return run_own (argv, argc);
  folder = g_dir_make_tmp ("zicha-bench-XXXXXX", &error);
  if (!folder)
    g_error ("%s", error->message);
  make_rows (folder);
  make_data (folder, mib);
  printf ("open, %d rows of %d columns, best of %d\n", ROWS, COLUMNS, ROUNDS);
  compare (openings, G_N_ELEMENTS (openings), 0, argv[0], folder, do_nothing);
  printf ("attach %u MiB, best of %d\n", mib, ROUNDS);
  compare (attachings, G_N_ELEMENTS (attachings), 3, argv[0], folder, make_unit);
  remove_folder (folder);
  return 0;
}
