/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inspection/zc-file-lock.h"
#include "inspection/zc-inspection.h"

#include <sqlite3.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/** "Zich" */
#define ZC_STORE_APPLICATION_ID 0x5a696368
/** The version of the tables that this program writes. */
#define ZC_STORE_VERSION 1
/** Evidence is kept in pieces of this size; the last one may be shorter. */
#define ZC_CHUNK_SIZE ((gsize) 1 << 20)

/**
 * ZcStore: the database file of an inspection and its one connection.
 *
 * A rollback journal and not a write-ahead log, because then the one file is complete after every edit: it
 * may be copied to a stick while it is open, and opens from a disc. Bulk data is written once instead of
 * twice, too.
 *
 * Everything that touches the connection holds @mutex. Reference counted: sources of evidence keep it open.
 */
typedef struct
{
  gatomicrefcount refs;
  char *path;
  char *shown; /* as messages call it */
  sqlite3 *db;
  GRecMutex mutex;
  int waiting; /* how many wait for @mutex: bulk work lets them pass (atomic) */
  ZcFileLock *lock;
  gboolean read_only;
  int version;            /* of its tables */
  GHashTable *statements; /* SQL → sqlite3_stmt, prepared once */
} ZcStore;

/** zc_store_make: a new, empty database at @path, whole or not at all; @fill (nullable) writes the first
 * content. */
gboolean zc_store_make (const char *path,
                        gboolean (*fill) (ZcStore *store, gpointer data, GError **error),
                        gpointer data,
                        GError **error);

/** zc_store_publish: gives the closed database @temporary of the same folder, or one in it, the name @path, unless something has
 * it already. */
gboolean zc_store_publish (const char *temporary, const char *path, GError **error);

/** zc_store_open: locks, recovers, checks and migrates. Returns: (transfer full) (nullable) */
ZcStore *zc_store_open (const char *path, ZcOpenFlags flags, GError **error);
ZcStore *zc_store_ref (ZcStore *self);
void zc_store_unref (ZcStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcStore, zc_store_unref)

void zc_store_lock (ZcStore *self);
void zc_store_unlock (ZcStore *self);

/** zc_store_fail: translates the connection's last error. Returns: FALSE, always. */
gboolean zc_store_fail (ZcStore *self, GError **error);

/**
 * zc_store_query: the prepared @sql with values bound.
 * @types: one letter a value: t (const char *, nullable), i (gint64), b (GBytes *, nullable)
 *
 * Returns: (transfer none) (nullable): to be stepped until it is done, or given to sqlite3_reset()
 */
sqlite3_stmt *zc_store_query (ZcStore *self, GError **error, const char *sql, const char *types, ...);

/** zc_store_next: Returns: TRUE with a row; FALSE at the end, or with @error set. The statement is reset
 * then. */
gboolean zc_store_next (ZcStore *self, sqlite3_stmt *statement, GError **error);

/** zc_store_run: one statement that yields nothing. */
gboolean zc_store_run (ZcStore *self, GError **error, const char *sql, const char *types, ...);

/** zc_store_text: Returns: (transfer none) (nullable): column @n as text, valid until the next step; NULL if
 * it is none, is not UTF-8, has a NUL in it or more than @limit bytes. */
const char *zc_store_text (sqlite3_stmt *statement, int n, gsize limit);

/** zc_store_bytes: Returns: (transfer full): column @n as bytes. */
GBytes *zc_store_bytes (sqlite3_stmt *statement, int n);

gboolean zc_store_begin (ZcStore *self, GError **error);
gboolean zc_store_commit (ZcStore *self, GError **error);
void zc_store_rollback (ZcStore *self);

/* zc-store-schema.c */

/** zc_store_create_tables: the tables of ZC_STORE_VERSION. */
gboolean zc_store_create_tables (ZcStore *self, GError **error);
/** zc_store_check_tables: that the file has exactly our tables: no trigger, no view, nothing that runs by
 * itself. */
gboolean zc_store_check_tables (ZcStore *self, GError **error);
/** zc_store_migrate: to ZC_STORE_VERSION, after copying the file; one transaction. */
gboolean zc_store_migrate (ZcStore *self, GError **error);

G_END_DECLS
