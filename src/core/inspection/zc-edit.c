/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-clock.h"
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Every edit is one transaction of the database and one step of the history, or joins those of the group it
 * is in. Memory changes with it and is put back when the transaction fails, so what is seen is always what is
 * on disk or about to be.
 */

#define TYPING_SECONDS 5
/* Above this many places, listeners are told once instead of place by place. */
#define MOST_SIGNALS 100

void
_zc_change_free (ZcChange *change)
{
  g_free (change->place);
  g_free (change->old);
  g_free (change);
}

gboolean
_zc_edit_check_writable (ZcInspection *self, GError **error)
{
  _zc_travel_settle (self);
  if (self->read_only)
    return zc_fail (error, ZC_ERROR_READ_ONLY, _("“%s” is open for reading only."), self->store->shown);
  if (self->state >= ZC_STATE_SEALED)
    return zc_fail (error, ZC_ERROR_READ_ONLY, _("“%s” is sealed. Unseal it before changing anything."),
                    self->store->shown);
  return TRUE;
}

/* Begin and end */

gboolean
_zc_edit_begin (ZcInspection *self, const char *name, GError **error)
{
  _zc_travel_settle (self);
  zc_store_lock (self->store);
  if (self->depth == 0)
    {
      if (!_zc_edit_check_writable (self, error) || !zc_store_begin (self->store, error))
        {
          zc_store_unlock (self->store);
          return FALSE;
        }
      self->broken = FALSE;
      self->step = 0;
      self->step_name = g_strdup (name);
      self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) _zc_change_free);
    }
  self->depth++;
  return TRUE;
}

/* Forgets the transaction, however it ended. Returns: (transfer full): what it changed */
static GPtrArray *
leave (ZcInspection *self)
{
  self->depth = 0;
  self->broken = FALSE;
  g_clear_pointer (&self->step_name, g_free);
  return g_steal_pointer (&self->changes);
}

/* Evidence that the transaction brought is remembered as "stored:ID", or "filled:ID" if only its bytes were
 * missing. */
static guint64
stored_number (const ZcChange *change)
{
  if (!g_str_has_prefix (change->place, "stored:") && !g_str_has_prefix (change->place, "filled:"))
    return 0;
  return g_ascii_strtoull (strchr (change->place, ':') + 1, NULL, 10);
}

static void
take_back_stored (ZcInspection *self, const ZcChange *change)
{
  guint64 id = stored_number (change);

  if (change->place[0] == 'f')
    _zc_stored_find (self, id)->blob = 0;
  else
    g_hash_table_remove (self->evidence, &id);
}

static void
take_back (ZcInspection *self)
{
  guint depth = self->depth;
  g_autoptr (GPtrArray) changes = NULL;

  zc_store_rollback (self->store);
  changes = leave (self);
  for (guint i = changes->len; i > 0; i--)
    {
      const ZcChange *change = changes->pdata[i - 1];

      if (stored_number (change) != 0)
        {
          take_back_stored (self, change);
          continue;
        }
      _zc_statements_put (self, change->place, change->old);
      if (strcmp (change->place, ZC_META_PREFIX "scheme") == 0 && change->old)
        _zc_load_scheme (self, change->old, NULL);
    }
  _zc_edit_forget_typing (self);
  for (; depth > 0; depth--)
    zc_store_unlock (self->store);
}

/* A step whose changes cancel out, by typing and deleting, is none. */
static gboolean
drop_empty_step (ZcInspection *self, GError **error)
{
  sqlite3_stmt *statement;
  gboolean any;

  if (self->step == 0)
    return TRUE;
  statement =
      zc_store_query (self->store, error, "SELECT 1 FROM change WHERE step = ? LIMIT 1", "i", self->step);
  if (!statement)
    return FALSE;
  any = zc_store_next (self->store, statement, NULL);
  sqlite3_reset (statement);
  if (any)
    return TRUE;
  _zc_edit_forget_typing (self);
  return zc_store_run (self->store, error, "DELETE FROM step WHERE id = ?", "i", self->step);
}

static gboolean
leave_checked (ZcInspection *self, GError **error)
{
  return !self->checked || self->changes->len == 0 || _zc_counter_write (self, "checked", 0, error);
}

static void
tell_all (ZcInspection *self, GPtrArray *changes)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (told, g_steal_pointer (&((ZcChange *) changes->pdata[i])->place));
  self->told = told;
  g_signal_emit_by_name (self, "changed", NULL);
  self->told = NULL;
}

GPtrArray *
zc_inspection_get_told (ZcInspection *self)
{
  return self->told;
}

static void
tell (ZcInspection *self, GPtrArray *changes)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean many = changes->len > MOST_SIGNALS;

  for (guint i = 0; i < changes->len && !many; i++)
    many = g_str_has_prefix (((ZcChange *) changes->pdata[i])->place, ZC_META_PREFIX);
  if (many)
    {
      tell_all (self, changes);
      return;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const char *place = ((ZcChange *) changes->pdata[i])->place;

      if (stored_number (changes->pdata[i]) == 0 && g_hash_table_add (told, (gpointer) place))
        g_signal_emit_by_name (self, "changed", place);
    }
}

static gboolean
finish (ZcInspection *self, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  gboolean was_checked = self->checked;

  if (!drop_empty_step (self, error) || !leave_checked (self, error) || !zc_store_commit (self->store, error))
    {
      take_back (self);
      return FALSE;
    }
  changes = leave (self);
  if (changes->len > 0 && was_checked)
    {
      self->checked = FALSE;
      self->state = ZC_STATE_DRAFT;
    }
  zc_store_unlock (self->store);

  g_object_ref (self);
  tell (self, changes);
  if (changes->len > 0 && was_checked)
    g_signal_emit_by_name (self, "state-changed");
  g_object_unref (self);
  return TRUE;
}

gboolean
_zc_edit_end (ZcInspection *self, gboolean ok, GError **error)
{
  /* A rollback inside has closed it already. */
  if (self->depth == 0)
    return ok && zc_fail (error, ZC_ERROR_USAGE, _("The change was taken back."));
  if (!ok)
    self->broken = TRUE;
  if (self->depth > 1)
    {
      self->depth--;
      zc_store_unlock (self->store);
      return ok;
    }
  if (!self->broken)
    return finish (self, error);
  take_back (self);
  return ok &&
         zc_fail (error, ZC_ERROR_USAGE, _("The changes were taken back, because one of them failed."));
}

gboolean
zc_inspection_begin (ZcInspection *self, const char *name, GError **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  _zc_edit_forget_typing (self);
  return _zc_edit_begin (self, name, error);
}

gboolean
zc_inspection_commit (ZcInspection *self, GError **error)
{
  return _zc_edit_end (self, TRUE, error);
}

void
zc_inspection_rollback (ZcInspection *self)
{
  if (self->depth > 0)
    take_back (self);
}

/* One change */

/* After an undo, the first new edit ends what could have been redone. */
static gboolean
open_step (ZcInspection *self, GError **error)
{
  g_autofree char *now = NULL;

  if (self->step != 0)
    return TRUE;
  now = zc_clock_now_string ();
  if (!zc_store_run (self->store, error,
                     "DELETE FROM change WHERE step IN (SELECT id FROM step WHERE undone = 1)", "") ||
      !zc_store_run (self->store, error, "DELETE FROM step WHERE undone = 1", "") ||
      !zc_store_run (self->store, error, "INSERT INTO step (name, time, undone) VALUES (?, ?, 0)", "tt",
                     self->step_name, now))
    return FALSE;
  self->step = sqlite3_last_insert_rowid (self->store->db);
  return TRUE;
}

static gboolean
write_statement (ZcInspection *self, const char *place, const char *value, GError **error)
{
  if (!value)
    return zc_store_run (self->store, error, "DELETE FROM statement WHERE place = ?", "t", place);
  return zc_store_run (
      self->store, error,
      "INSERT INTO statement VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET value = excluded.value", "tt",
      place, value);
}

static gboolean
write_change (ZcInspection *self, const char *place, const char *old, const char *value, GError **error)
{
  return open_step (self, error) &&
         zc_store_run (self->store, error,
                       "INSERT INTO change VALUES (?, ?, ?, ?) ON CONFLICT (step, place) DO UPDATE SET new = "
                       "excluded.new",
                       "ittt", self->step, place, old, value) &&
         zc_store_run (self->store, error, "DELETE FROM change WHERE step = ? AND place = ? AND old IS new",
                       "it", self->step, place);
}

gboolean
_zc_edit_state (ZcInspection *self, const char *place, const char *value, GError **error)
{
  const char *old = g_hash_table_lookup (self->statements, place);
  ZcChange *change;

  if (value && !*value)
    value = NULL;
  if (g_strcmp0 (old, value) == 0)
    return TRUE;
  if (!old && g_hash_table_size (self->statements) >= ZC_MAX_STATEMENTS)
    return zc_fail (error, ZC_ERROR_LIMIT, _("“%s” holds as much as an inspection may hold."),
                    self->store->shown);
  if (!write_statement (self, place, value, error) || !write_change (self, place, old, value, error))
    {
      self->broken = TRUE;
      return FALSE;
    }
  change = g_new0 (ZcChange, 1);
  change->place = g_strdup (place);
  change->old = g_strdup (old);
  g_ptr_array_add (self->changes, change);
  _zc_statements_put (self, place, value);
  return TRUE;
}

gboolean
_zc_edit_put (ZcInspection *self,
              ZcPlaceKind kind,
              const char *id,
              guint64 number,
              const char *field,
              const char *value,
              GError **error)
{
  g_autofree char *place = zc_place_new (kind, id, number, field);

  return _zc_edit_state (self, place, value, error);
}

/* Typing */

static gint64
now_seconds (void)
{
  g_autoptr (GDateTime) now = zc_clock_now ();

  return g_date_time_to_unix (now);
}

void
_zc_edit_join_typing (ZcInspection *self, const char *place)
{
  if (self->depth == 1 && self->step == 0 && g_strcmp0 (self->typing_place, place) == 0 &&
      ABS (now_seconds () - self->typing_time) <= TYPING_SECONDS)
    self->step = self->typing_step;
}

void
_zc_edit_remember_typing (ZcInspection *self, const char *place)
{
  if (self->depth != 1)
    return;
  g_free (self->typing_place);
  self->typing_place = g_strdup (place);
  self->typing_step = self->step;
  self->typing_time = now_seconds ();
}

void
_zc_edit_forget_typing (ZcInspection *self)
{
  g_clear_pointer (&self->typing_place, g_free);
  self->typing_step = 0;
}

/* Numbers that are given once */

guint64
_zc_counter_get (ZcInspection *self, const char *name)
{
  const guint64 *last = g_hash_table_lookup (self->counters, name);

  return last ? *last : 0;
}

gboolean
_zc_counter_write (ZcInspection *self, const char *name, guint64 number, GError **error)
{
  if (!zc_store_run (
          self->store, error,
          "INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", "ti",
          name, (gint64) number))
    return FALSE;
  g_hash_table_insert (self->counters, g_strdup (name), g_memdup2 (&number, sizeof number));
  return TRUE;
}

gboolean
_zc_counter_reach (ZcInspection *self, const char *name, guint64 number, gboolean write, GError **error)
{
  if (_zc_counter_get (self, name) >= number)
    return TRUE;
  if (write)
    return _zc_counter_write (self, name, number, error);
  g_hash_table_insert (self->counters, g_strdup (name), g_memdup2 (&number, sizeof number));
  return TRUE;
}

guint64
_zc_counter_next (ZcInspection *self, const char *name, GError **error)
{
  guint64 next = _zc_counter_get (self, name) + 1;

  if (next >= (guint64) 1 << 46)
    return zc_fail (error, ZC_ERROR_LIMIT, _("“%s” holds as much as an inspection may hold."),
                    self->store->shown);
  return _zc_counter_write (self, name, next, error) ? next : 0;
}
