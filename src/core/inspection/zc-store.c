/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/vfs.h>

static gboolean
is_full (int code)
{
  return code == ENOSPC || code == EDQUOT || code == EFBIG;
}

/* SQLite only knows one of the reasons why a file can't grow: quotas, limits and FAT's 4 GiB are told as a
 * failed write. */
static gboolean
is_out_of_room (ZcStore *self)
{
  struct rlimit limit;
  struct statfs fs;
  struct stat st;
  const gint64 margin = 32 << 20;

  if (!self->lock || fstat (zc_file_lock_fd (self->lock), &st) < 0)
    return FALSE;
  if (getrlimit (RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
      st.st_size + margin > (gint64) limit.rlim_cur)
    return TRUE;
  if (fstatfs (zc_file_lock_fd (self->lock), &fs) < 0)
    return FALSE;
  return fs.f_bavail == 0 || (fs.f_type == MSDOS_SUPER_MAGIC && st.st_size + margin > (gint64) G_MAXUINT32);
}

gboolean
zc_store_fail (ZcStore *self, GError **error)
{
  int code = sqlite3_extended_errcode (self->db);
  int system = sqlite3_system_errno (self->db);

  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return zc_fail (error, ZC_ERROR_BUSY, _("“%s” is being written by another program. Try again."),
                      self->shown);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_MISMATCH:
    case SQLITE_ERROR: /* our own SQL does not fit what is there */
    case SQLITE_CONSTRAINT:
      return zc_fail (error, ZC_ERROR_INVALID, _("“%s” is damaged. Go back to a copy of it."), self->shown);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return zc_fail (error, ZC_ERROR_READ_ONLY, _("“%s” may not be written."), self->shown);
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
      return zc_fail (error, ZC_ERROR_LIMIT, _("“%s” has a value that is too large."), self->shown);
    case SQLITE_FULL:
      return zc_fail (error, ZC_ERROR_NO_SPACE,
                      _("The disk is full: “%s” could not be saved. Make room and try again."), self->shown);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (is_full (system) || (code == SQLITE_IOERR_WRITE && is_out_of_room (self)))
        return zc_fail (error, ZC_ERROR_NO_SPACE,
                        _("The disk is full: “%s” could not be saved. Make room and try again."),
                        self->shown);
      if (system)
        return zc_fail_errno (error, system, _("“%s” cannot be read or written."), self->shown);
      break;
    default:
      break;
    }
  return zc_fail (error, ZC_ERROR_IO, _("“%s” cannot be read or written: %s."), self->shown,
                  sqlite3_errmsg (self->db));
}

/* Statements */

static sqlite3_stmt *
prepare (ZcStore *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement)
    return statement;
  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      zc_store_fail (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

static int
bind_bytes (sqlite3_stmt *statement, int n, GBytes *bytes)
{
  gsize size;
  gconstpointer data;

  if (!bytes)
    return sqlite3_bind_null (statement, n);
  data = g_bytes_get_data (bytes, &size);
  return size == 0 ? sqlite3_bind_zeroblob (statement, n, 0)
                   : sqlite3_bind_blob64 (statement, n, data, size, SQLITE_STATIC);
}

static sqlite3_stmt *
query_va (ZcStore *self, GError **error, const char *sql, const char *types, va_list args)
{
  sqlite3_stmt *statement = prepare (self, sql, error);

  if (!statement)
    return NULL;
  sqlite3_reset (statement);
  for (int n = 1; types[n - 1]; n++)
    {
      int code;

      if (types[n - 1] == 'i')
        code = sqlite3_bind_int64 (statement, n, va_arg (args, gint64));
      else if (types[n - 1] == 'b')
        code = bind_bytes (statement, n, va_arg (args, GBytes *));
      else
        code = sqlite3_bind_text (statement, n, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
      if (code != SQLITE_OK)
        {
          zc_store_fail (self, error);
          return NULL;
        }
    }
  return statement;
}

sqlite3_stmt *
zc_store_query (ZcStore *self, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list args;

  va_start (args, types);
  statement = query_va (self, error, sql, types, args);
  va_end (args);
  return statement;
}

gboolean
zc_store_next (ZcStore *self, sqlite3_stmt *statement, GError **error)
{
  int code;

  if (!statement)
    return FALSE;
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    zc_store_fail (self, error);
  sqlite3_reset (statement);
  return FALSE;
}

gboolean
zc_store_run (ZcStore *self, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list args;
  int code;

  va_start (args, types);
  statement = query_va (self, error, sql, types, args);
  va_end (args);
  if (!statement)
    return FALSE;
  do
    code = sqlite3_step (statement);
  while (code == SQLITE_ROW);
  if (code != SQLITE_DONE)
    zc_store_fail (self, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return code == SQLITE_DONE;
}

const char *
zc_store_text (sqlite3_stmt *statement, int n, gsize limit)
{
  const char *text;
  gsize size;

  if (sqlite3_column_type (statement, n) != SQLITE_TEXT)
    return NULL;
  text = (const char *) sqlite3_column_text (statement, n);
  size = (gsize) sqlite3_column_bytes (statement, n);
  return text && size <= limit && strlen (text) == size && g_utf8_validate (text, (gssize) size, NULL) ? text
                                                                                                       : NULL;
}

GBytes *
zc_store_bytes (sqlite3_stmt *statement, int n)
{
  gconstpointer data = sqlite3_column_blob (statement, n);

  return g_bytes_new (data, data ? (gsize) sqlite3_column_bytes (statement, n) : 0);
}

gboolean
zc_store_begin (ZcStore *self, GError **error)
{
  return zc_store_run (self, error, "BEGIN IMMEDIATE", "");
}

gboolean
zc_store_commit (ZcStore *self, GError **error)
{
  return zc_store_run (self, error, "COMMIT", "");
}

void
zc_store_rollback (ZcStore *self)
{
  /* A full disk may have rolled it back already. */
  if (!sqlite3_get_autocommit (self->db))
    zc_store_run (self, NULL, "ROLLBACK", "");
}

void
zc_store_lock (ZcStore *self)
{
  g_atomic_int_inc (&self->waiting);
  g_rec_mutex_lock (&self->mutex);
  g_atomic_int_add (&self->waiting, -1);
}

void
zc_store_unlock (ZcStore *self)
{
  g_rec_mutex_unlock (&self->mutex);
}
