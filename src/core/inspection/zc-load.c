/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest.h"
#include "base/zc-text.h"
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reading a file, which may come from anybody: everything has a limit, and must be what this program would
 * have written. */

#define MOST_SCHEME_BYTES ((gint64) 16 << 20)
#define MOST_PLACE_BYTES 300
/* Composing can make a text longer than it was when its length was checked. */
#define MOST_VALUE_BYTES (3 * ZC_TEXT_MAX_BYTES)

static gboolean
fail_damaged (ZcInspection *self, const char *what, GError **error)
{
  g_autofree char *shown = zc_text_shown_name (what); /* it may be any bytes */

  return zc_fail (error, ZC_ERROR_INVALID,
                  _("“%s” is damaged at “%s”. Go back to a copy of it, or open it for reading only."),
                  self->store->shown, shown);
}

/* Scheme */

gboolean
_zc_load_scheme (ZcInspection *self, const char *digest, GError **error)
{
  ZcScheme *scheme = g_hash_table_lookup (self->schemes, digest);
  g_autoptr (GBytes) bytes = NULL;
  sqlite3_stmt *statement;

  if (!scheme)
    {
      statement = zc_store_query (self->store, error,
                                  "SELECT bytes FROM scheme WHERE digest = ? AND length (bytes) <= ?", "ti",
                                  digest, MOST_SCHEME_BYTES);
      if (!statement)
        return FALSE;
      if (!zc_store_next (self->store, statement, NULL))
        return fail_damaged (self, "scheme", error);
      bytes = zc_store_bytes (statement, 0);
      sqlite3_reset (statement);
      scheme = zc_scheme_load_bytes (bytes, self->store->shown, error);
      if (!scheme)
        return FALSE;
      g_hash_table_insert (self->schemes, g_strdup (digest), scheme);
    }
  if (strcmp (scheme->digest, digest) != 0)
    return fail_damaged (self, "scheme", error);
  self->scheme = scheme;
  _zc_statements_resort (self);
  self->data_version++;
  return TRUE;
}

/* Tables */

static gboolean
load_counters (ZcInspection *self, GError **error)
{
  GError *fault = NULL;
  sqlite3_stmt *statement =
      zc_store_query (self->store, &fault, "SELECT name, value FROM counter LIMIT 10000", "");

  while (zc_store_next (self->store, statement, &fault))
    {
      const char *name = zc_store_text (statement, 0, MOST_PLACE_BYTES);
      gint64 value = sqlite3_column_int64 (statement, 1);

      if (name && value >= 0)
        _zc_counter_reach (self, name, (guint64) value, FALSE, NULL);
    }
  self->checked = _zc_counter_get (self, "checked") == 1;
  if (fault)
    g_propagate_error (error, fault);
  return fault == NULL;
}

static ZcStored *
read_stored (sqlite3_stmt *statement)
{
  const char *name = zc_store_text (statement, 2, 4096);
  const char *sm3 = zc_store_text (statement, 4, 64);
  const char *sha256 = zc_store_text (statement, 5, 64);
  const char *added = zc_store_text (statement, 6, 64);
  gint64 id = sqlite3_column_int64 (statement, 0), blob = sqlite3_column_int64 (statement, 1);
  gint64 size = sqlite3_column_int64 (statement, 3);
  g_autofree char *shown = name ? zc_text_shown_name (name) : NULL;
  guint8 digest[32];
  ZcStored *stored;

  if (!shown || strcmp (shown, name) != 0 || !sm3 || !zc_unhex (sm3, digest, 32) || !sha256 ||
      !zc_unhex (sha256, digest, 32) || !added || id < 1 || blob < 0 || blob >= (gint64) 1 << 46 ||
      size < 1 || (guint64) size > ZC_EVIDENCE_MAX_BYTES)
    return NULL;
  stored = g_new0 (ZcStored, 1);
  *stored = (ZcStored){ (guint64) id,   (guint64) blob,    (guint64) size,  g_strdup (name),
                        g_strdup (sm3), g_strdup (sha256), g_strdup (added) };
  return stored;
}

static gboolean
load_evidence (ZcInspection *self, GError **error)
{
  GError *fault = NULL;
  sqlite3_stmt *statement = zc_store_query (
      self->store, &fault, "SELECT id, blob, name, size, sm3, sha256, added FROM evidence", "");

  while (zc_store_next (self->store, statement, &fault))
    {
      ZcStored *stored = read_stored (statement);

      if (!stored || g_hash_table_size (self->evidence) >= ZC_MAX_EVIDENCE)
        {
          g_clear_pointer (&stored, _zc_stored_free);
          sqlite3_reset (statement);
          return fail_damaged (self, "evidence", error);
        }
      g_hash_table_insert (self->evidence, &stored->id, stored);
      _zc_counter_reach (self, "evidence", stored->id, FALSE, NULL);
      _zc_counter_reach (self, "blob", stored->blob, FALSE, NULL);
    }
  if (fault)
    g_propagate_error (error, fault);
  return fault == NULL;
}

static gboolean
load_statements (ZcInspection *self, GError **error)
{
  GError *fault = NULL;
  sqlite3_stmt *statement = zc_store_query (self->store, &fault, "SELECT place, value FROM statement", "");

  while (zc_store_next (self->store, statement, &fault))
    {
      const char *place = zc_store_text (statement, 0, MOST_PLACE_BYTES);
      const char *value = zc_store_text (statement, 1, MOST_VALUE_BYTES);

      if (place && value && g_hash_table_size (self->statements) < ZC_MAX_STATEMENTS)
        g_hash_table_insert (self->statements, g_strdup (place), g_strdup (value));
      else if (self->read_only)
        self->left_out++;
      else
        {
          fail_damaged (self, place ? place : "statement", error);
          sqlite3_reset (statement); /* takes the texts with it */
          return FALSE;
        }
    }
  if (fault)
    g_propagate_error (error, fault);
  return fault == NULL;
}

/* Order and checks */

static void
reach_counters (ZcInspection *self)
{
  GHashTableIter iter;
  gpointer ledger, rows;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &ledger, &rows))
    {
      g_autofree char *name = g_strconcat ("row:", ledger, NULL);

      for (guint i = 0; i < ((GArray *) rows)->len; i++)
        _zc_counter_reach (self, name, g_array_index ((GArray *) rows, ZcNumbered, i).number, FALSE, NULL);
    }
  for (guint i = 0; i < self->findings->len; i++)
    _zc_counter_reach (self, "finding", g_array_index (self->findings, ZcNumbered, i).number, FALSE, NULL);
}

/* A reader leaves out what it does not understand; a writer would lose it some day, so it refuses. */
static gboolean
check_statements (ZcInspection *self, GError **error)
{
  g_autoptr (GPtrArray) bad = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer place, value;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, &place, &value))
    if (!_zc_check_statement (self, place, value))
      g_ptr_array_add (bad, g_strdup (place));
  if (bad->len > 0 && !self->read_only)
    {
      g_autofree char *shown = zc_text_shown_name (bad->pdata[0]);

      return fail_damaged (self, shown, error);
    }
  for (guint i = 0; i < bad->len; i++)
    _zc_statements_put (self, bad->pdata[i], NULL);
  self->left_out += bad->len;
  return TRUE;
}

/* State */

gboolean
_zc_load_state (ZcInspection *self, GError **error)
{
  GError *fault = NULL;
  sqlite3_stmt *statement = zc_store_query (
      self->store, &fault, "SELECT revision, unsealed IS NULL FROM seal ORDER BY revision DESC LIMIT 1", "");

  self->revision = 0;
  self->state = self->checked ? ZC_STATE_CHECKED : ZC_STATE_DRAFT;
  if (zc_store_next (self->store, statement, &fault))
    {
      if (sqlite3_column_int (statement, 1))
        self->revision = (guint) CLAMP (sqlite3_column_int64 (statement, 0), 1, 9999);
      sqlite3_reset (statement);
    }
  if (self->revision > 0 && !fault)
    {
      self->state = ZC_STATE_SEALED;
      statement = zc_store_query (self->store, &fault,
                                  "SELECT max (CASE kind WHEN 'burned' THEN 2 WHEN 'packed' THEN 1 ELSE 0 "
                                  "END) FROM event WHERE revision = ?",
                                  "i", (gint64) self->revision);
      if (zc_store_next (self->store, statement, &fault))
        self->state = ZC_STATE_SEALED + CLAMP (sqlite3_column_int (statement, 0), 0, 2);
      sqlite3_reset (statement);
    }
  if (fault)
    g_propagate_error (error, fault);
  return fault == NULL;
}

static gboolean
load_all (ZcInspection *self, GError **error)
{
  const char *digest;

  if (!load_counters (self, error) || !load_evidence (self, error) || !load_statements (self, error))
    return FALSE;
  _zc_statements_index (self);
  reach_counters (self);
  digest = zc_inspection_get_meta (self, "scheme");
  if (!digest)
    return fail_damaged (self, "scheme", error);
  return _zc_load_scheme (self, digest, error) && check_statements (self, error) &&
         _zc_load_state (self, error);
}

gboolean
_zc_load (ZcInspection *self, GError **error)
{
  gboolean ok;

  /* One transaction, so that a reader beside a writer sees one moment. */
  if (!zc_store_run (self->store, error, "BEGIN", ""))
    return FALSE;
  ok = load_all (self, error);
  zc_store_rollback (self->store);
  return ok;
}
