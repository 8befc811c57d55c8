/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An inspection file from anybody. The first byte says how the rest is meant: 'F' the file itself; 'P'
 * patches of a good one, four bytes each (page, offset, value); 'S' SQL that somebody ran on a good one.
 * Whatever it is, it is refused or can be used; and what can be used can be opened again. */
#include "base/zc-error.h"
#include "inspection/zc-carry-over.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE_SIZE 8192u

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static char *path;
static char *good;
static gsize good_size;

static const char scheme_text[] =
    "<scheme id='fuzz' version='1'><notice title='检查' subject='自查' "
    "status='in-force'><full-title>关于检查的通知</full-title>"
    "<number/><date>2016-06-22</date><issuer>甲</issuer><recipient>乙</recipient><about>自查。</about></"
    "notice>"
    "<period kind='once' from='2016-01-01' to='2016-12-31'/>"
    "<stages><stage id='self' by='unit'>自查</stage></stages>"
    "<handin to='乙'><deliver id='p' medium='paper' document='summary'>报告</deliver></handin>"
    "<facts><fact id='x.name' type='text' label='名称'/><fact id='x.staff' type='number' "
    "label='人数'/></facts>"
    "<ledgers><ledger id='systems' label='台账' title-column='name'><column id='name' type='text' "
    "label='名称'/></ledger></ledgers>"
    "<sections><section id='s1' label='一'><item id='A01'><title>甲</title><requirement>要求。</requirement>"
    "<rows ledger='systems'/></item></section></sections><rules/>"
    "<documents><document id='summary' kind='summary' title='报告' file='r'><chapter id='c1' "
    "heading='一'><draft><p>{x.name}</p></draft>"
    "</chapter></document></documents></scheme>";

static void
put (const void *bytes, gsize size)
{
  FILE *file = fopen (path, "w");

  if (!file || fwrite (bytes, 1, size, file) != size || fclose (file) != 0)
    g_error ("no room");
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_autoptr (GBytes) text = g_bytes_new_static (scheme_text, strlen (scheme_text));
  g_autoptr (GBytes) bytes = g_bytes_new_static ("evidence", 8);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcScheme) scheme = zc_scheme_load_bytes (text, "fuzz", &error);
  g_autoptr (ZcInspection) inspection = NULL;

  if (!scheme)
    g_error ("%s", error->message);
  path = g_strdup_printf ("%s/zicha-fuzz-%d.zicha",
                          g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir (),
                          getpid ());
  inspection = zc_inspection_create (path, scheme, &error);
  if (!inspection)
    g_error ("%s", error->message);
  zc_inspection_set (inspection, "fact:x.name", "单位", NULL);
  zc_inspection_set (inspection, "answer:A01/conformity", "no", NULL);
  zc_inspection_add_row (inspection, "systems", 0, NULL);
  zc_inspection_set (inspection, "cell:systems/1/name", "系统", NULL);
  zc_inspection_attach_bytes (inspection, bytes, "a", "A01", NULL);
  zc_inspection_undo (inspection, NULL);
  g_clear_object (&inspection);
  if (!g_file_get_contents (path, &good, &good_size, NULL))
    g_error ("lost");
  return 0;
}

static void
patch (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_memdup2 (good, good_size);

  for (; size >= 4; data += 4, size -= 4)
    bytes[(data[0] * PAGE_SIZE + (data[1] << 8 | data[2]) % PAGE_SIZE) % good_size] = (char) data[3];
  put (bytes, good_size);
}

static int
give_up (void *data)
{
  return ++*(int *) data > 2000;
}

static void
run_sql (const uint8_t *data, size_t size)
{
  g_autofree char *sql = g_strndup ((const char *) data, size);
  sqlite3 *db;
  int steps = 0;

  put (good, good_size);
  sqlite3_open (path, &db);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, 1 << 20);
  sqlite3_progress_handler (db, 1000, give_up, &steps);
  sqlite3_exec (db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
  sqlite3_exec (db, sql, NULL, NULL, NULL);
  sqlite3_close (db);
}

static void
look (const char *place, const char *value, gpointer data)
{
  if (!g_utf8_validate (value, -1, NULL) || zc_inspection_get (data, place) != value)
    g_error ("%s is not what it seems", place);
}

/* What was opened for writing, by whoever's SQL, can be opened for writing again. */
static void
expect_again (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcInspection) again = zc_inspection_open (path, ZC_OPEN_NORMAL, &error);

  if (!again)
    g_error ("does not open again: %s", error->message);
}

static void
use (ZcInspection *inspection)
{
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (inspection, NULL);
  g_autoptr (GPtrArray) history = zc_inspection_history (inspection, 20);
  g_autoptr (GPtrArray) log = zc_inspection_get_log (inspection);
  g_autoptr (ZcSealing) sealing = zc_inspection_get_sealing (inspection, 0);

  if (history->len > 20 || (log->len > 0 && !((ZcHandInEvent *) log->pdata[0])->detail) ||
      (sealing && !sealing->record))
    g_error ("more than was asked for, or less");
  zc_inspection_foreach (inspection, look, inspection);
  for (guint i = 0; i < evidence->len && i < 4; i++)
    zc_inspection_check_evidence (inspection, ((ZcEvidence *) evidence->pdata[i])->id, NULL, NULL);
  for (int i = 0; i < 4 && zc_inspection_undo (inspection, NULL); i++)
    zc_inspection_foreach (inspection, look, inspection);
  zc_inspection_redo (inspection, NULL);
  zc_inspection_add_row (inspection, "systems", 0, NULL);
  zc_inspection_set (inspection, "fact:x.name", "改", NULL);
  zc_inspection_foreach (inspection, look, inspection);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (ZcInspection) reader = NULL;
  g_autoptr (ZcInspection) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  if (size < 1)
    return 0;
  if (data[0] == 'S')
    run_sql (data + 1, size - 1);
  else if (data[0] == 'P')
    patch (data + 1, size - 1);
  else
    put (data + 1, size - 1);

  reader = zc_inspection_open (path, ZC_OPEN_READ_ONLY, &error);
  if (reader)
    use (reader);
  g_clear_object (&reader);
  g_clear_error (&error);
  writer = zc_inspection_open (path, ZC_OPEN_NORMAL, &error);
  if (writer)
    use (writer);
  else if (error->domain != ZC_ERROR)
    g_error ("an error of another kind");
  if (writer && data[0] == 'S')
    {
      g_clear_object (&writer);
      expect_again ();
    }
  g_clear_object (&writer);
  g_unlink (journal);
  return 0;
}
