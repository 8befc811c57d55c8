/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A package of 2 GiB into a disc image, in one run against genisoimage and xorriso. Theirs is the image alone;
 * ours takes SHA-256 and SM3 of every file and SHA-256 of the image on the way, so the same work done with theirs,
 * by sha256sum and cksum, is measured too. Each is synced to disk, in a process of its own; the programs take turns,
 * and the median of the rounds counts. */
#include "disc/zc-disc-image.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (1024u * 1024)
#define ROUNDS 3

static guint64 package_size = 2048ull * MIB;

typedef struct
{
  const char *name;
  const char *command; /* %p: the package's folder, %o: the image; NULL: ours */
} Candidate;

static const Candidate candidates[] = {
  { "genisoimage", "genisoimage -quiet -R -J -iso-level 3 -o %o %p && sync %o" },
  { "xorriso -as mkisofs", "xorriso -as mkisofs -quiet -R -J -iso-level 3 -o %o %p 2>/dev/null && sync %o" },
  { "zicha, with digests", NULL },
  { "genisoimage + digests", "genisoimage -quiet -R -J -iso-level 3 -o %o %p && sync %o && sha256sum %p/* %o "
                             ">/dev/null && cksum -a sm3 %p/* >/dev/null" },
};

typedef struct
{
  double wall, cpu;
  long rss_kib;
} Result;

static gboolean
read_package (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  int fd = *(int *) data;

  while (size > 0)
    {
      ssize_t n = read (fd, buffer, size);

      if (n <= 0)
        return zc_fail_errno (error, n < 0 ? errno : EIO, "The package cannot be read.");
      buffer += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static gboolean
write_image (int *package, const char *image, GError **error)
{
  g_autoptr (ZcDiscSpec) spec = zc_disc_spec_new ("BENCH", 1767225600, error);
  g_autoptr (ZcDiscResult) result = NULL;
  const char *paths[] = { image };

  if (!spec || !zc_disc_spec_set_package (spec, "PACKAGE.ZCP", package_size, read_package, package, error))
    return FALSE;
  result = zc_disc_write (spec, NULL, paths, NULL, error);
  return result != NULL;
}

/* Our own, in a process that does nothing else: "bench-disc --write PACKAGE IMAGE MIB". */
static int
run_own (char **argv)
{
  g_autoptr (GError) error = NULL;
  int package = g_open (argv[2], O_RDONLY | O_CLOEXEC, 0);
  gboolean good;

  package_size = g_ascii_strtoull (argv[4], NULL, 10) * MIB;
  good = write_image (&package, argv[3], &error);
  if (!good)
    fprintf (stderr, "%s\n", error ? error->message : "?");
  return good ? 0 : 1;
}

static char *
command_of (const Candidate *candidate, const char *self, const char *folder, const char *image)
{
  GString *command = g_string_new (candidate->command);

  if (!candidate->command)
    g_string_printf (command, "exec %s --write %s/PACKAGE.ZCP %s %" G_GUINT64_FORMAT, self, folder, image,
                     package_size / MIB);
  g_string_replace (command, "%p", folder, 0);
  g_string_replace (command, "%o", image, 0);
  return g_string_free (command, FALSE);
}

static double
seconds (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / 1e6;
}

static Result
measure (const char *command)
{
  gint64 start = g_get_monotonic_time ();
  struct rusage usage;
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      execl ("/bin/sh", "sh", "-c", command, NULL);
      _exit (127);
    }
  if (wait4 (child, &status, 0, &usage) != child || status != 0)
    g_error ("“%s” failed", command);
  return (Result) { (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                    seconds (usage.ru_utime) + seconds (usage.ru_stime), usage.ru_maxrss };
}

static void
make_package (const char *path)
{
  g_autofree guint8 *block = g_malloc (MIB);
  FILE *file = fopen (path, "wb");
  guint64 x = 88172645463325252ull;

  for (guint64 done = 0; file && done < package_size; done += MIB)
    {
      for (gsize i = 0; i < MIB; i += 8)
        {
          x ^= x << 13;
          x ^= x >> 7;
          x ^= x << 17;
          memcpy (block + i, &x, 8);
        }
      if (fwrite (block, 1, MIB, file) != MIB)
        break;
    }
  if (!file || fclose (file) != 0)
    g_error ("the package of the benchmark cannot be written");
}

static void
run_rounds (const char *self, const char *folder, const char *image, Result results[][ROUNDS])
{
  for (guint round = 0; round < ROUNDS; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
      {
        g_autofree char *command = command_of (&candidates[i], self, folder, image);

        sync ();
        results[i][round] = measure (command);
        g_unlink (image);
      }
}

static int
compare_walls (gconstpointer a, gconstpointer b)
{
  double x = ((const Result *) a)->wall, y = ((const Result *) b)->wall;

  return x < y ? -1 : x > y;
}

/* The round of the median wall time; the least CPU time, which other work on the machine only adds to. */
static Result
median (Result rounds[ROUNDS])
{
  Result result;

  qsort (rounds, ROUNDS, sizeof *rounds, compare_walls);
  result = rounds[ROUNDS / 2];
  for (guint i = 0; i < ROUNDS; i++)
    result.cpu = MIN (result.cpu, rounds[i].cpu);
  return result;
}

static void
print_goal (const Result *ours, const Result *alone, const Result *with)
{
  double peak = (double) ours->rss_kib / 1024;

  printf ("by wall %.2f times genisoimage alone (aim at most 1: %s), %.2f times genisoimage with the same digests (%s)\n",
          ours->wall / alone->wall, ours->wall <= alone->wall ? "met" : "not met", ours->wall / with->wall,
          ours->wall <= with->wall ? "faster" : "slower");
  printf ("peak %.1f MiB (aim below 32: %s)\n", peak, peak < 32 ? "met" : "not met");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *package = NULL;
  g_autofree char *image = NULL;
  g_autofree char *package_folder = NULL;
  Result rounds[G_N_ELEMENTS (candidates)][ROUNDS], best[G_N_ELEMENTS (candidates)];

  if (argc == 5)
    return run_own (argv);
  if (argc == 2)
    package_size = g_ascii_strtoull (argv[1], NULL, 10) * MIB;
  folder = g_dir_make_tmp ("zicha-bench-XXXXXX", &error);
  if (!folder)
    g_error ("%s", error->message);
  package_folder = g_build_filename (folder, "content", NULL);
  package = g_build_filename (package_folder, "PACKAGE.ZCP", NULL);
  image = g_build_filename (folder, "bench.iso", NULL);
  g_mkdir (package_folder, 0700);
  make_package (package);
  run_rounds (argv[0], package_folder, image, rounds);
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    best[i] = median (rounds[i]);

  printf ("%" G_GUINT64_FORMAT
          " MiB, median of %d; ratios are of wall time to genisoimage alone, and with the same digests\n",
          package_size / MIB, ROUNDS);
  printf ("%-24s %8s %8s %9s %7s %7s\n", "", "wall s", "CPU s", "peak MiB", "alone", "with");
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    printf ("%-24s %8.2f %8.2f %9.1f %7.2f %7.2f\n", candidates[i].name, best[i].wall, best[i].cpu,
            (double) best[i].rss_kib / 1024, best[i].wall / best[0].wall,
            best[i].wall / best[G_N_ELEMENTS (candidates) - 1].wall);
  print_goal (&best[2], &best[0], &best[G_N_ELEMENTS (candidates) - 1]);
  g_unlink (package);
  g_rmdir (package_folder);
  g_rmdir (folder);
  return 0;
}
