/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Undo and redo know nothing of what was edited: a step is a set of places, each with what stood there before
 * and after. */

typedef struct
{
  char *place;
  char *value; /* nullable */
} Restored;

static void
restored_free (Restored *self)
{
  g_free (self->place);
  g_free (self->value);
  g_free (self);
}

void
zc_step_free (ZcStep *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->time);
  g_free (self);
}

/* The step that undo or redo would take, with its name; 0 if there is none. */
static gint64
find_step (ZcInspection *self, gboolean redo, char **name)
{
  static const char *const sql[] = {
    "SELECT id, name FROM step WHERE undone = 0 AND id > ? ORDER BY id DESC LIMIT 1",
    "SELECT id, name FROM step WHERE undone = 1 AND id > ? ORDER BY id LIMIT 1",
  };
  gint64 floor = (gint64) _zc_counter_get (self, "undo.floor");
  sqlite3_stmt *statement;
  gint64 id = 0;

  zc_store_lock (self->store);
  statement = zc_store_query (self->store, NULL, sql[redo], "i", floor);
  if (zc_store_next (self->store, statement, NULL))
    {
      const char *text = zc_store_text (statement, 1, 4096);

      id = sqlite3_column_int64 (statement, 0);
      if (name)
        *name = g_strdup (text ? text : "");
      sqlite3_reset (statement);
    }
  zc_store_unlock (self->store);
  return id;
}

char *
zc_inspection_undo_name (ZcInspection *self)
{
  char *name = NULL;

  find_step (self, FALSE, &name);
  return name;
}

char *
zc_inspection_redo_name (ZcInspection *self)
{
  char *name = NULL;

  find_step (self, TRUE, &name);
  return name;
}

GPtrArray *
zc_inspection_history (ZcInspection *self, guint most)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_step_free);
  sqlite3_stmt *statement;

  zc_store_lock (self->store);
  statement =
      zc_store_query (self->store, NULL, "SELECT id, name, time, undone FROM step ORDER BY id DESC LIMIT ?",
                      "i", (gint64) most);
  while (zc_store_next (self->store, statement, NULL))
    {
      ZcStep *step = g_new0 (ZcStep, 1);
      const char *name = zc_store_text (statement, 1, 4096), *time = zc_store_text (statement, 2, 64);

      step->id = sqlite3_column_int64 (statement, 0);
      step->name = g_strdup (name ? name : "");
      step->time = g_strdup (time ? time : "");
      step->undone = sqlite3_column_int (statement, 3) != 0;
      g_ptr_array_add (steps, step);
    }
  zc_store_unlock (self->store);
  return steps;
}

/* Undo and redo */

static GPtrArray *
read_changes (ZcInspection *self, gint64 step, gboolean redo, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) restored_free);
  GError *fault = NULL;
  sqlite3_stmt *statement =
      zc_store_query (self->store, &fault, "SELECT place, old, new FROM change WHERE step = ?", "i", step);

  while (zc_store_next (self->store, statement, &fault))
    {
      int column = redo ? 2 : 1;
      const char *place = zc_store_text (statement, 0, 300);
      const char *value = zc_store_text (statement, column, 3 * 256 * 1024);
      Restored *change;

      if (!place || (!value && sqlite3_column_type (statement, column) != SQLITE_NULL))
        {
          sqlite3_reset (statement);
          return zc_fail_null (error, ZC_ERROR_INVALID, _("The history of “%s” is damaged."),
                               self->store->shown);
        }
      change = g_new0 (Restored, 1);
      change->place = g_strdup (place);
      change->value = g_strdup (value);
      g_ptr_array_add (changes, change);
    }
  if (fault)
    {
      g_propagate_error (error, fault);
      return NULL;
    }
  return g_steal_pointer (&changes);
}

static gboolean
restore (ZcInspection *self, const Restored *restored, GError **error)
{
  const char *old = g_hash_table_lookup (self->statements, restored->place);
  gboolean written;
  ZcChange *change;

  if (restored->value)
    written = zc_store_run (
        self->store, error,
        "INSERT INTO statement VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET value = excluded.value", "tt",
        restored->place, restored->value);
  else
    written =
        zc_store_run (self->store, error, "DELETE FROM statement WHERE place = ?", "t", restored->place);
  if (!written)
    return FALSE;
  change = g_new0 (ZcChange, 1);
  change->place = g_strdup (restored->place);
  change->old = g_strdup (old);
  g_ptr_array_add (self->changes, change);
  _zc_statements_put (self, restored->place, restored->value);
  if (strcmp (restored->place, ZC_META_PREFIX "scheme") == 0 && restored->value)
    return _zc_load_scheme (self, restored->value, error);
  return TRUE;
}

/* The history comes from the file, too: what it brings back must be as good as what is loaded. */
static gboolean
check_restored (ZcInspection *self, GPtrArray *changes, GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const Restored *change = changes->pdata[i];
      gboolean good = change->value ? _zc_check_statement (self, change->place, change->value)
                                    : strcmp (change->place, ZC_META_PREFIX "scheme") != 0;

      if (!good)
        return zc_fail (error, ZC_ERROR_INVALID, _("The history of “%s” is damaged."), self->store->shown);
    }
  return TRUE;
}

static gboolean
travel (ZcInspection *self, gboolean redo, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  gint64 step;
  gboolean ok;

  if (self->depth > 0)
    return zc_fail (error, ZC_ERROR_USAGE, _("Nothing can be undone while a change is being made."));
  if (!_zc_edit_begin (self, "", error))
    return FALSE;
  step = find_step (self, redo, NULL);
  if (step == 0)
    {
      _zc_edit_end (self, FALSE, NULL);
      return zc_fail (error, ZC_ERROR_USAGE,
                      redo ? _("There is nothing to redo.") : _("There is nothing to undo."));
    }
  _zc_edit_forget_typing (self);
  changes = read_changes (self, step, redo, error);
  ok = changes != NULL;
  for (guint i = 0; ok && i < changes->len; i++)
    ok = restore (self, changes->pdata[i], error);
  ok = ok && check_restored (self, changes, error) &&
       zc_store_run (self->store, error, "UPDATE step SET undone = ? WHERE id = ?", "ii", (gint64) !redo,
                     step);
  return _zc_edit_end (self, ok, error);
}

gboolean
zc_inspection_undo (ZcInspection *self, GError **error)
{
  return travel (self, FALSE, error);
}

gboolean
zc_inspection_redo (ZcInspection *self, GError **error)
{
  return travel (self, TRUE, error);
}
