/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-output.h"
#include "inspection/zc-store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define SQL_EVENT                                                                                            \
  "CREATE TABLE event (id INTEGER PRIMARY KEY, time TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT "     \
  "NULL, "                                                                                                   \
  "revision INTEGER NOT NULL) STRICT"

/*
 * statement: all that is stated, by place; history is kept as what each step changed, so undo knows no kinds
 * of edit. chunk: pieces of evidence, numbered blob × 2^17 + n; a blob that no evidence names is what a
 * killed program left.
 */
static const char *const tables[] = {
  "CREATE TABLE statement (place TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
  "CREATE TABLE step (id INTEGER PRIMARY KEY, name TEXT NOT NULL, time TEXT NOT NULL, undone INTEGER NOT "
  "NULL) STRICT",
  "CREATE TABLE change (step INTEGER NOT NULL, place TEXT NOT NULL, old TEXT, new TEXT, PRIMARY KEY (step, "
  "place)) "
  "STRICT, WITHOUT ROWID",
  "CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID",
  "CREATE TABLE scheme (digest TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
  "CREATE TABLE evidence (id INTEGER PRIMARY KEY, blob INTEGER NOT NULL, name TEXT NOT NULL, size INTEGER "
  "NOT NULL, "
  "sm3 TEXT NOT NULL, sha256 TEXT NOT NULL, added TEXT NOT NULL) STRICT",
  "CREATE TABLE chunk (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
  "CREATE TABLE seal (revision INTEGER PRIMARY KEY, time TEXT NOT NULL, digest TEXT NOT NULL, record BLOB "
  "NOT NULL, "
  "unsealed TEXT, reason TEXT) STRICT",
  SQL_EVENT,
};

static gboolean
set_version (ZcStore *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", ZC_STORE_VERSION);

  return zc_store_run (self, error, sql, "");
}

gboolean
zc_store_create_tables (ZcStore *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA application_id = %d", ZC_STORE_APPLICATION_ID);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!zc_store_run (self, error, tables[i], ""))
      return FALSE;
  return zc_store_run (self, error, sql, "") && set_version (self, error);
}

/* Checking */

/* The whole content of sqlite_schema, one line an object. Returns: (transfer full) (nullable) */
static char *
describe (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  GString *text = g_string_new (NULL);
  int code = sqlite3_prepare_v2 (
      db, "SELECT type, name, tbl_name, ifnull (sql, '-') FROM sqlite_schema ORDER BY type, name", -1,
      &statement, NULL);

  while (code == SQLITE_OK || code == SQLITE_ROW)
    {
      code = sqlite3_step (statement);
      for (int i = 0; code == SQLITE_ROW && i < 4; i++)
        g_string_append_printf (text, "%s%c", sqlite3_column_text (statement, i), i < 3 ? '|' : '\n');
    }
  sqlite3_finalize (statement);
  if (code != SQLITE_DONE)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  return g_string_free (text, FALSE);
}

static char *
describe_ours (void)
{
  sqlite3 *db = NULL;
  char *text = NULL;
  gboolean made = sqlite3_open (":memory:", &db) == SQLITE_OK;

  for (gsize i = 0; made && i < G_N_ELEMENTS (tables); i++)
    made = sqlite3_exec (db, tables[i], NULL, NULL, NULL) == SQLITE_OK;
  if (made)
    text = describe (db);
  sqlite3_close (db);
  return text;
}

/* A newer version may have more tables, but nothing that runs by itself. */
static gboolean
is_passive (ZcStore *self)
{
  sqlite3_stmt *statement = zc_store_query (self, NULL,
                                            "SELECT count (*) FROM sqlite_schema WHERE type NOT IN ('table', "
                                            "'index') OR sql LIKE 'CREATE VIRTUAL%'",
                                            "");
  gboolean passive = zc_store_next (self, statement, NULL) && sqlite3_column_int (statement, 0) == 0;

  sqlite3_reset (statement);
  return passive;
}

/* Only what is read at once is checked here: evidence has its digests, and its chunks may be of any number.
 */
static gboolean
check_pages (ZcStore *self, GError **error)
{
  static const char *const checks[] = { "PRAGMA quick_check ('statement')", "PRAGMA quick_check ('counter')",
                                        "PRAGMA quick_check ('evidence')", "PRAGMA quick_check ('scheme')" };

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      sqlite3_stmt *statement = zc_store_query (self, error, checks[i], "");
      gboolean whole;

      if (!zc_store_next (self, statement, error))
        return FALSE;
      whole = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
      sqlite3_reset (statement);
      if (!whole)
        return zc_fail (error, ZC_ERROR_INVALID, _("“%s” is damaged. Go back to a copy of it."),
                        self->shown);
    }
  return TRUE;
}

gboolean
zc_store_check_tables (ZcStore *self, GError **error)
{
  g_autofree char *found = describe (self->db);
  g_autofree char *ours = describe_ours ();

  if (!found)
    return zc_store_fail (self, error);
  if (self->version > ZC_STORE_VERSION ? !is_passive (self) : g_strcmp0 (found, ours) != 0)
    return zc_fail (error, ZC_ERROR_INVALID,
                    _("“%s” is not an inspection of this program: its tables are not ours. Go back to a copy of it."), self->shown);
  return check_pages (self, error);
}

/* Migration */

/* Version 0 was the preview, which kept no log of what was done with the sealed record. */
static gboolean
migrate_0 (ZcStore *self, GError **error)
{
  return zc_store_run (self, error, SQL_EVENT, "");
}

/* migrations[n] makes version n + 1 of version n. */
static gboolean (*const migrations[ZC_STORE_VERSION]) (ZcStore *, GError **) = { migrate_0 };

/* "NAME.v0.bak", or the first "NAME.v0-2.bak" … that is free: an older copy is never overwritten. */
static char *
backup_path (ZcStore *self)
{
  char *path = g_strdup_printf ("%s.v%d.bak", self->path, self->version);

  for (guint n = 2; g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK); n++)
    {
      g_free (path);
      path = g_strdup_printf ("%s.v%d-%u.bak", self->path, self->version, n);
    }
  return path;
}

/* The file is locked and has no journal here, so its bytes are the whole database. */
static gboolean
back_up (ZcStore *self, GError **error)
{
  g_autofree char *path = backup_path (self);
  g_autoptr (ZcOutput) output = zc_output_open (path, error);
  g_autofree char *buffer = g_malloc (ZC_CHUNK_SIZE);
  off_t offset = 0;
  ssize_t n;

  if (!output)
    return FALSE;
  while ((n = pread (zc_file_lock_fd (self->lock), buffer, ZC_CHUNK_SIZE, offset)) > 0)
    {
      if (!zc_output_write (output, buffer, (gsize) n, error))
        return FALSE;
      offset += n;
    }
  if (n < 0)
    return zc_fail_errno (error, errno, _("Cannot read “%s”."), self->shown);
  return zc_output_commit (output, error);
}

gboolean
zc_store_migrate (ZcStore *self, GError **error)
{
  gboolean done;

  if (!back_up (self, error) || !zc_store_begin (self, error))
    return FALSE;
  done = TRUE;
  for (int version = self->version; done && version < ZC_STORE_VERSION; version++)
    done = migrations[version](self, error);
  done = done && set_version (self, error) && zc_store_commit (self, error);
  if (!done)
    {
      zc_store_rollback (self);
      return FALSE;
    }
  self->version = ZC_STORE_VERSION;
  return TRUE;
}
