/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MILLISECONDS 20000
#define HEADER_SIZE 100

/* Opening */

/* Nothing in the file may make SQLite do more than read and write our tables. */
static void
harden (sqlite3 *db)
{
  static const struct
  {
    int option, value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
  };
  static const struct
  {
    int limit, value;
  } limits[] = {
    { SQLITE_LIMIT_LENGTH, 256 << 20 },
    { SQLITE_LIMIT_SQL_LENGTH, 20000 },
    { SQLITE_LIMIT_COLUMN, 32 },
    { SQLITE_LIMIT_EXPR_DEPTH, 32 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 4 },
    { SQLITE_LIMIT_VDBE_OP, 25000 },
    { SQLITE_LIMIT_FUNCTION_ARG, 8 },
    { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 32 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    sqlite3_db_config (db, options[i].option, options[i].value, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (db, limits[i].limit, limits[i].value);
  sqlite3_busy_timeout (db, BUSY_MILLISECONDS);
}

/* SQLite follows no link; so the folder's own links are resolved before. */
static char *
resolve (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *real = realpath (folder, NULL);
  char *full = real ? g_build_filename (real, name, NULL) : g_strdup (path);

  free (real);
  return full;
}

static gboolean
connect_store (ZcStore *self, gboolean read_only, GError **error)
{
  static const char *const settings[] = { "PRAGMA cell_size_check = ON", "PRAGMA mmap_size = 0",
                                          "PRAGMA temp_store = MEMORY",  "PRAGMA secure_delete = FAST",
                                          "PRAGMA cache_size = -8192",   "PRAGMA synchronous = EXTRA" };
  g_autofree char *full = resolve (self->path);
  int flags = SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_NOFOLLOW |
              (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);

  g_hash_table_remove_all (self->statements);
  g_clear_pointer (&self->db, sqlite3_close);
  if (sqlite3_open_v2 (full, &self->db, flags, NULL) != SQLITE_OK)
    return zc_store_fail (self, error);
  sqlite3_extended_result_codes (self->db, 1);
  harden (self->db);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    if (sqlite3_exec (self->db, settings[i], NULL, NULL, NULL) != SQLITE_OK)
      return zc_store_fail (self, error);
  self->read_only = read_only;
  return TRUE;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static ZcStore *
store_new (const char *path)
{
  ZcStore *self = g_new0 (ZcStore, 1);

  g_atomic_ref_count_init (&self->refs);
  g_rec_mutex_init (&self->mutex);
  self->path = g_strdup (path);
  self->shown = g_filename_display_basename (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  return self;
}

ZcStore *
zc_store_ref (ZcStore *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
zc_store_unref (ZcStore *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->statements);
  sqlite3_close (self->db);
  zc_file_lock_free (self->lock);
  g_rec_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self->shown);
  g_free (self);
}

/* Tells what is no inspection apart before SQLite sees it; a file in WAL mode would make it create more
 * files. */
static gboolean
check_header (ZcStore *self, GError **error)
{
  guint8 header[HEADER_SIZE];
  ssize_t n = pread (zc_file_lock_fd (self->lock), header, sizeof header, 0);
  guint32 application;

  if (n < 0)
    return zc_fail_errno (error, errno, _ ("Cannot read “%s”."), self->shown);
  if (n == 0)
    return zc_fail (error, ZC_ERROR_INVALID, _ ("“%s” is empty: it is not an inspection. Copy it once more, or go back to a copy of it."), self->shown);
  if ((gsize) n < MIN (16, sizeof header) || memcmp (header, "SQLite format 3", 16) != 0)
    return zc_fail (error, ZC_ERROR_INVALID, _ ("“%s” is not an inspection of this program. Choose one that it made."), self->shown);
  if ((gsize) n < sizeof header)
    return zc_fail (error, ZC_ERROR_INVALID, _ ("“%s” was cut short. Go back to a copy of it."), self->shown);
  application =
      (guint32) header[68] << 24 | (guint32) header[69] << 16 | (guint32) header[70] << 8 | header[71];
  if (application != ZC_STORE_APPLICATION_ID || header[18] != 1 || header[19] != 1)
    return zc_fail (error, ZC_ERROR_INVALID, _ ("“%s” is not an inspection of this program. Choose one that it made."), self->shown);
  return TRUE;
}

/* SQLite itself fills up the last page with zeros. To be called in a transaction, when nobody else changes
 * the file. */
static gboolean
check_length (ZcStore *self, GError **error)
{
  int fd = zc_file_lock_fd (self->lock);
  guint8 header[HEADER_SIZE];
  guint64 page, pages;
  struct stat st;

  if (pread (fd, header, sizeof header, 0) != sizeof header || fstat (fd, &st) < 0)
    return zc_fail_errno (error, errno, _ ("Cannot read “%s”."), self->shown);
  page = (guint64) header[16] << 8 | header[17];
  if (page == 1)
    page = 65536;
  pages = (guint64) header[28] << 24 | (guint64) header[29] << 16 | (guint64) header[30] << 8 | header[31];
  if ((guint64) st.st_size >= page * pages)
    return TRUE;
  return zc_fail (error, ZC_ERROR_INVALID, _ ("“%s” was cut short. Go back to a copy of it."), self->shown);
}

/* Reads the first page, by which SQLite takes back what a killed program left half done. */
static gboolean
read_version (ZcStore *self, GError **error)
{
  sqlite3_stmt *statement;
  gboolean ok;

  if (!zc_store_run (self, error, "BEGIN", ""))
    return FALSE;
  statement = zc_store_query (self, error, "PRAGMA user_version", "");
  ok = zc_store_next (self, statement, error);
  if (ok)
    {
      self->version = sqlite3_column_int (statement, 0);
      sqlite3_reset (statement);
      ok = check_length (self, error);
    }
  zc_store_rollback (self);
  return ok;
}

static gboolean
connect_and_read (ZcStore *self, gboolean read_only, GError **error)
{
  return connect_store (self, read_only, error) && read_version (self, error);
}

/* A reader may not take back what was left half done; so a writer does it first, if that is allowed. */
static gboolean
connect_and_recover (ZcStore *self, gboolean read_only, GError **error)
{
  g_autoptr (GError) fault = NULL;

  if (connect_and_read (self, read_only, &fault))
    return TRUE;
  if (!read_only || fault->code == ZC_ERROR_INVALID || fault->code == ZC_ERROR_BUSY)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  return connect_and_read (self, FALSE, error) && connect_and_read (self, TRUE, error);
}

/* What a killed program left and nobody needs: SQLite removes it with the next thing it writes, so that one
 * file remains. */
static gboolean
clean_up (ZcStore *self, GError **error)
{
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", self->version);

  return self->read_only || !g_file_test (journal, G_FILE_TEST_EXISTS) || zc_store_run (self, error, sql, "");
}

static gboolean
check_version (ZcStore *self, ZcOpenFlags flags, GError **error)
{
  if (self->version < 0)
    return zc_fail (error, ZC_ERROR_INVALID, _ ("“%s” is not an inspection of this program. Choose one that it made."), self->shown);
  if (self->version > ZC_STORE_VERSION && !(flags & ZC_OPEN_READ_ONLY))
    return zc_fail (
        error, ZC_ERROR_TOO_NEW,
        _ ("“%s” was written by a newer version of this program. It can be read here, but not changed."),
        self->shown);
  if (self->version < ZC_STORE_VERSION && (flags & ZC_OPEN_READ_ONLY))
    return zc_fail (error, ZC_ERROR_READ_ONLY,
                    _ ("“%s” was written by an older version of this program. Open it once for writing, so "
                       "that it is brought up to date."),
                    self->shown);
  return TRUE;
}

static gboolean
check_folder (ZcStore *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0)
    return TRUE;
  return zc_fail (error, ZC_ERROR_READ_ONLY,
                  _ ("The folder of “%s” may not be written. Open it for reading only, or copy it to a "
                     "folder of your own."),
                  self->shown);
}

static gboolean
take_lock (ZcStore *self, ZcOpenFlags flags, GError **error)
{
  if (!(flags & ZC_OPEN_READ_ONLY))
    return check_folder (self, error) && zc_file_lock_take (self->lock, self->path, error);
  if (!(flags & ZC_OPEN_SHARED) && zc_file_lock_is_taken (self->lock))
    return zc_fail (error, ZC_ERROR_BUSY,
                    _ ("“%s” is already open in another window or program. Close it there first."),
                    self->shown);
  return TRUE;
}

ZcStore *
zc_store_open (const char *path, ZcOpenFlags flags, GError **error)
{
  g_autoptr (ZcStore) self = store_new (path);
  gboolean read_only = (flags & ZC_OPEN_READ_ONLY) != 0;

  self->lock = zc_file_lock_open (path, !read_only, error);
  if (!self->lock || !check_header (self, error) || !take_lock (self, flags, error))
    return NULL;
  if (!connect_and_recover (self, read_only, error))
    return NULL;
  if (!check_version (self, flags, error))
    return NULL;
  if (self->version < ZC_STORE_VERSION && !zc_store_migrate (self, error))
    return NULL;
  if (!zc_store_check_tables (self, error) || !clean_up (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Making */

static gboolean
fill_new (ZcStore *self, gboolean (*fill) (ZcStore *, gpointer, GError **), gpointer data, GError **error)
{
  static const char *const settings[] = { "PRAGMA page_size = 8192", "PRAGMA auto_vacuum = INCREMENTAL",
                                          "PRAGMA encoding = 'UTF-8'" };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    if (!zc_store_run (self, error, settings[i], ""))
      return FALSE;
  return zc_store_begin (self, error) && zc_store_create_tables (self, error) &&
         (!fill || fill (self, data, error)) && zc_store_commit (self, error);
}

/* Gives the finished file its name, unless something has it. */
static gboolean
publish (const char *temporary, const char *path, const char *shown, GError **error)
{
  int code = renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE);

  if (code < 0 && (errno == EINVAL || errno == ENOSYS))
    code = g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK) ? (errno = EEXIST, -1)
                                                                           : g_rename (temporary, path);
  if (code == 0)
    return TRUE;
  if (errno == EEXIST)
    return zc_fail (error, ZC_ERROR_USAGE, _ ("“%s” exists already. Choose another name, or open it."),
                    shown);
  return zc_fail_errno (error, errno, _ ("Cannot write “%s”."), shown);
}

static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0)
    {
      (void) fsync (fd);
      close (fd);
    }
}

gboolean
zc_store_publish (const char *temporary, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_basename (path);

  if (!publish (temporary, path, shown, error))
    return FALSE;
  sync_folder (folder);
  return TRUE;
}

gboolean
zc_store_make (const char *path,
               gboolean (*fill) (ZcStore *, gpointer, GError **),
               gpointer data,
               GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (folder, ".zicha-XXXXXX.partial", NULL);
  g_autoptr (ZcStore) self = NULL;
  g_autofree char *shown = g_filename_display_basename (path);
  gboolean done;
  int fd;

  if (g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return zc_fail (error, ZC_ERROR_USAGE, _ ("“%s” exists already. Choose another name, or open it."),
                    shown);
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return zc_fail_errno (error, errno, _ ("Cannot write “%s”."), shown);
  close (fd);

  self = store_new (temporary);
  g_free (self->shown);
  self->shown = g_strdup (shown);
  done = connect_store (self, FALSE, error) && fill_new (self, fill, data, error);
  g_clear_pointer (&self, zc_store_unref);
  done = done && zc_store_publish (temporary, path, error);
  if (!done)
    g_unlink (temporary);
  return done;
}
