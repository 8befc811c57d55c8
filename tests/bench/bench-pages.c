/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A form of 500 and of 5,000 rows into PDF, in one run against LibreOffice (from our DOCX of the same
 * blocks), WeasyPrint and Chromium (from HTML of the same blocks), as far as they are installed. Each is a whole
 * process, from its start to the file on disk; ours is bench-pages-own, which has the core and nothing else, as the
 * command has. Time is the median of some runs that nobody disturbs; memory comes from one run more, in which that of
 * all processes of the candidate's session is summed again and again (for ours the kernel's own peak counts if it is
 * higher). What a page costs by itself is told from the two sizes, as no peer tells it otherwise. At 50,000 rows only ours
 * is run, to see what a row costs. */
#include <errno.h>
#include <glib/gstdio.h>
#include <poppler.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../core/layout/sample-blocks.h"
#include "word/zc-word.h"

#define LIMIT_SECONDS 600
#define MOST_RUNS 11
#define PEER_RUNS 3

typedef struct
{
  const char *name, *program;
  const char *command; /* %d: folder, %r: rows; leaves its result in %d/out.pdf */
} Candidate;

static const Candidate candidates[] = {
  { "zicha", NULL, "exec %s-own %r %d/out.pdf" },
  { "LibreOffice", "soffice",
    "soffice -env:UserInstallation=file://%d/lo --headless --convert-to pdf --outdir %d %d/form.docx "
    ">/dev/null 2>&1 && "
    "mv %d/form.pdf %d/out.pdf" },
  { "WeasyPrint", "weasyprint", "weasyprint %d/form.html %d/out.pdf >/dev/null 2>&1" },
  { "Chromium", "chromium",
    "chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --user-data-dir=%d/cr --no-pdf-header-footer --timeout=590000 "
    "--print-to-pdf=%d/out.pdf file://%d/form.html >/dev/null 2>&1" },
};

typedef struct
{
  double wall, cpu, mib;
  int pages;
  gboolean good;
} Result;

/* The blocks as HTML, as a peer's user would write them. */

static void
append_cell (GString *html, const ZcCell *cell, gboolean header)
{
  const char *tag = header ? "th" : "td";
  static const char *const aligns[] = { "left", "center", "right" };

  g_string_append_printf (html, "<%s colspan=%u rowspan=%u style='text-align:%s'>", tag, cell->colspan,
                          cell->rowspan, aligns[cell->align]);
  for (guint i = 0; i < cell->spans->len; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (((ZcSpan *) cell->spans->pdata[i])->text, -1);

      g_string_append (html, escaped);
    }
  g_string_append_printf (html, "</%s>", tag);
}

static char *
make_html (const ZcDocument *document)
{
  GString *html = g_string_new (
      "<!doctype html><html lang=zh-CN><meta charset=utf-8><style>@page{size:A4;margin:23mm 19mm 32mm 23mm}"
      "body{font:10.5pt/1.4 'Noto Serif CJK SC'}table{border-collapse:collapse;width:100%}"
      "td,th{border:.5pt solid;padding:2.6pt "
      "3.5pt;font-weight:400}thead{display:table-header-group}</style>");

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const ZcBlock *block = document->blocks->pdata[i];

      if (!block->table)
        {
          g_string_append_printf (html, "<p>%s</p>", ((ZcSpan *) block->spans->pdata[0])->text);
          continue;
        }
      g_string_append (html, "<table><thead>");
      for (guint r = 0; r < block->table->rows->len; r++)
        {
          const ZcRow *row = block->table->rows->pdata[r];

          if (r == block->table->header_rows)
            g_string_append (html, "</thead><tbody>");
          g_string_append (html, "<tr>");
          for (guint c = 0; c < row->cells->len; c++)
            append_cell (html, row->cells->pdata[c], r < block->table->header_rows);
          g_string_append (html, "</tr>\n");
        }
      g_string_append (html, "</table>");
    }
  return g_string_free (html, FALSE);
}

static gboolean
prepare (const char *folder, guint rows, GError **error)
{
  g_autoptr (ZcDocument) document = sample_form (rows);
  g_autofree char *html = make_html (document), *path = g_build_filename (folder, "form.html", NULL);
  g_autofree char *docx = g_build_filename (folder, "form.docx", NULL);

  return g_file_set_contents (path, html, -1, error) && zc_word_write (document, docx, NULL, error);
}

/* Measuring. */

/* Memory of all processes of @session, shared pages counted in parts, in KiB. */
static guint64
memory_of (pid_t session)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  guint64 sum = 0;
  const char *name;

  while ((name = g_dir_read_name (proc)))
    {
      g_autofree char *rollup = g_strdup_printf ("/proc/%s/smaps_rollup", name), *text = NULL;
      const char *pss;

      if (!g_ascii_isdigit (*name) || getsid ((pid_t) g_ascii_strtoll (name, NULL, 10)) != session ||
          !g_file_get_contents (rollup, &text, NULL, NULL))
        continue;
      pss = strstr (text, "\nPss:");
      sum += pss ? g_ascii_strtoull (pss + 5, NULL, 10) : 0;
    }
  return sum;
}

static double
seconds (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / 1e6;
}

static int
count_pages (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  PopplerDocument *pdf = poppler_document_new_from_file (uri, NULL, NULL);
  int pages = pdf ? poppler_document_get_n_pages (pdf) : 0;

  g_clear_object (&pdf);
  return pages;
}

/** Run: one run of a candidate. */
typedef struct
{
  double wall, cpu, mib;
  gboolean good;
} Run;

static pid_t
start (const char *command)
{
  pid_t child = fork ();

  if (child == 0)
    {
      setsid ();
      execl ("/bin/sh", "sh", "-c", command, NULL);
      _exit (127);
    }
  return child;
}

static gpointer
watch_limit (gpointer data)
{
  for (int i = 0; i < LIMIT_SECONDS * 10; i++)
    {
      if (kill (-*(pid_t *) data, 0) != 0)
        return NULL;
      g_usleep (100000);
    }
  kill (-*(pid_t *) data, SIGKILL);
  return NULL;
}

/* CPU time of all processes that are waited for so far. Those of a candidate whose parents have gone become ours
   (PR_SET_CHILD_SUBREAPER): a browser's work is done by such. */
static double
cpu_of_children (void)
{
  struct rusage usage;

  for (int i = 0; i < 20 && waitpid (-1, NULL, WNOHANG) >= 0; i++)
    {
      while (waitpid (-1, NULL, WNOHANG) > 0)
        ;
      g_usleep (50000);
    }
  getrusage (RUSAGE_CHILDREN, &usage);
  return seconds (usage.ru_utime) + seconds (usage.ru_stime);
}

/* Without looking at it while it runs. */
static Run
time_once (const char *command)
{
  double cpu = cpu_of_children ();
  gint64 begin = g_get_monotonic_time ();
  struct rusage usage = { 0 };
  int status = 1;
  pid_t child = start (command);
  GThread *watch = g_thread_new ("limit", watch_limit, &child);
  Run run;

  wait4 (child, &status, 0, &usage);
  run.wall = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  kill (-child, SIGKILL); /* helpers that a wrapper left behind */
  run.cpu = cpu_of_children () - cpu;
  g_thread_join (watch); /* it looks until nobody is left, the dead included */
  run.mib = (double) usage.ru_maxrss / 1024;
  run.good = status == 0;
  return run;
}

static double
weigh_once (const char *command)
{
  gint64 begin = g_get_monotonic_time ();
  struct rusage usage = { 0 };
  guint64 most = 0;
  int status;
  pid_t child = start (command);

  while (wait4 (child, &status, WNOHANG, &usage) == 0)
    {
      most = MAX (most, memory_of (child));
      if (g_get_monotonic_time () - begin > LIMIT_SECONDS * G_USEC_PER_SEC)
        kill (-child, SIGKILL);
      g_usleep (g_get_monotonic_time () - begin < G_USEC_PER_SEC ? 10000 : 100000);
    }
  kill (-child, SIGKILL);
  return (double) MAX (most, (guint64) usage.ru_maxrss) / 1024;
}

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  return ((const Run *) a)->wall < ((const Run *) b)->wall ? -1 : 1;
}

static Result
measure (const char *command, const char *pdf, guint times)
{
  Run runs[MOST_RUNS];
  Result result = { 0 };
  guint n = 0;

  do
    runs[n] = time_once (command);
  while (runs[n++].good && n < times && runs[0].wall < 20);
  qsort (runs, n, sizeof *runs, compare_runs);
  result.wall = runs[n / 2].wall;
  result.cpu = runs[n / 2].cpu;
  result.pages = runs[n / 2].good ? count_pages (pdf) : 0;
  result.good = result.pages > 0;
  result.mib = result.good ? MAX (weigh_once (command), runs[n / 2].mib) : runs[n / 2].mib;
  return result;
}

static Result
run_candidate (const Candidate *candidate, const char *self, const char *folder, guint rows)
{
  g_autoptr (GString) command = g_string_new (candidate->command);
  g_autofree char *count = g_strdup_printf ("%u", rows), *pdf = g_build_filename (folder, "out.pdf", NULL);

  g_string_replace (command, "%d", folder, 0);
  g_string_replace (command, "%r", count, 0);
  g_string_replace (command, "%s", self, 0);
  g_unlink (pdf);
  return measure (command->str, pdf, candidate->program ? PEER_RUNS : MOST_RUNS);
}

static void
print_result (const char *name, const Result *result, const Result *ours)
{
  if (!result->good)
    {
      printf ("# %-12s gave up or was stopped after %.0f s, at %.1f MiB\n", name, result->wall, result->mib);
      return;
    }
  printf ("# %-12s %8.3f %8.3f %8d %9.1f %8.1f   ours: %.1f × as fast (%.1f × by CPU), %.1f × the pages/s, %.2f × the memory\n", name,
          result->wall, result->cpu, result->pages, result->pages / result->wall, result->mib, result->wall / ours->wall,
          result->cpu / ours->cpu, (ours->pages / ours->wall) / (result->pages / result->wall), ours->mib / result->mib);
}

static gboolean
is_missing (const Candidate *candidate)
{
  g_autofree char *program = candidate->program ? g_find_program_in_path (candidate->program) : NULL;

  return candidate->program && !program;
}

static void
compare (const char *self, const char *folder, guint rows, gsize n_candidates, Result *results)
{
  printf ("# %u rows, from the start of a process to the file on disk\n# %-12s %8s %8s %8s %9s %8s\n", rows, "", "wall s",
          "cpu s", "pages", "pages/s", "MiB");
  for (gsize i = 0; i < n_candidates; i++)
    {
      if (is_missing (&candidates[i]))
        {
          printf ("# %-12s is not installed\n", candidates[i].name);
          continue;
        }
      results[i] = run_candidate (&candidates[i], self, folder, rows);
      print_result (candidates[i].name, &results[i], &results[0]);
      fflush (stdout);
    }
}

/* What a page more costs, and a row more: start-up, fonts and all that a process does once cancel out. By CPU time, which
   other work on the machine hardly disturbs. */
static void
compare_growth (const Result *few, guint few_rows, const Result *many, guint many_rows, gsize n_candidates)
{
  double ours = 0;

  printf ("# from %u to %u rows, start-up left out\n# %-12s %9s %9s\n", few_rows, many_rows, "", "pages/cpu s", "KiB/row");
  for (gsize i = 0; i < n_candidates; i++)
    {
      double rate = (many[i].pages - few[i].pages) / (many[i].cpu - few[i].cpu);

      if (!few[i].good || !many[i].good)
        continue;
      ours = i == 0 ? rate : ours;
      printf ("# %-12s %9.1f %9.2f   ours: %.1f × the pages/s\n", candidates[i].name, rate,
              (many[i].mib - few[i].mib) * 1024 / (many_rows - few_rows), ours / rate);
    }
}

/* By the command, which starts nothing but ours: how the time goes down when a process writes one document after another. */
static void
run_warm (const char *self, const char *folder, guint rows)
{
  g_autofree char *command = g_strdup_printf ("exec '%s-own' %u '%s/out.pdf' 20", self, rows, folder);

  fflush (stdout);
  if (system (command) != 0)
    printf ("# %u rows, one document after another: failed\n", rows);
}

int
main (int argc, char **argv)
{
  static const guint rows[] = { 500, 5000, 50000 };
  Result results[G_N_ELEMENTS (rows)][G_N_ELEMENTS (candidates)] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL, *cleanup = NULL, *self = g_file_read_link ("/proc/self/exe", NULL);

  prctl (PR_SET_CHILD_SUBREAPER, 1);
  folder = g_dir_make_tmp ("zicha-bench-XXXXXX", &error);
  for (gsize i = 0; folder && !error && i < G_N_ELEMENTS (rows); i++)
    if (i == 2 || prepare (folder, rows[i], &error))
      {
        compare (self, folder, rows[i], i == 2 ? 1 : G_N_ELEMENTS (candidates), results[i]);
        run_warm (self, folder, rows[i]);
        if (i > 0)
          compare_growth (results[i - 1], rows[i - 1], results[i], rows[i], i == 2 ? 1 : G_N_ELEMENTS (candidates));
      }
  if (error)
    fprintf (stderr, "%s\n", error->message);
  cleanup = folder ? g_strdup_printf ("rm -rf '%s'", folder) : NULL;
  return error || !cleanup || system (cleanup) != 0;
}
