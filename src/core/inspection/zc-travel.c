/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-travel.h"

#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Undo and redo know nothing of what was edited: a step is a set of places, each with what stood there before and after. All
 * of them are restored, then all are checked: the history comes from the file, too, and what it brings back must be as good as
 * what is loaded. */

#define READ_AT_ONCE 500

struct _ZcTravel
{
  ZcInspection *inspection; /* NULL once it is over, well or not */
  gboolean redo;
  gint64 step;
  guint64 places;
  guint restored;
  guint checked;
  char *last; /* the place restored last; they come in the order of their names */
  GError *error; /* of what another edit finished */
};

static gboolean
fail_damaged (ZcInspection *inspection, GError **error)
{
  return zc_fail (error, ZC_ERROR_INVALID, _("The history of “%s” is damaged."), inspection->store->shown);
}

/* Nothing more is done. @ok: FALSE: what was done is taken back. */
static gboolean
leave (ZcTravel *self, gboolean ok, GError **error)
{
  g_autoptr (ZcInspection) inspection = g_steal_pointer (&self->inspection);

  inspection->travel = NULL;
  return _zc_edit_end (inspection, ok, error);
}

/* Restoring */

static gboolean
restore (ZcInspection *inspection, const char *place, const char *value, GError **error)
{
  const char *old = g_hash_table_lookup (inspection->statements, place);
  gboolean written;
  ZcChange *change;

  if (value)
    written = zc_store_run (
        inspection->store, error,
        "INSERT INTO statement VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET value = excluded.value", "tt", place, value);
  else
    written = zc_store_run (inspection->store, error, "DELETE FROM statement WHERE place = ?", "t", place);
  if (!written)
    return FALSE;
  change = g_new0 (ZcChange, 1);
  change->place = g_strdup (place);
  change->old = g_strdup (old);
  g_ptr_array_add (inspection->changes, change);
  _zc_statements_put (inspection, place, value);
  if (strcmp (place, ZC_META_PREFIX "scheme") == 0 && value)
    return _zc_load_scheme (inspection, value, error);
  return TRUE;
}

static gboolean
restore_row (ZcTravel *self, sqlite3_stmt *row, GError **error)
{
  const char *place = zc_store_text (row, 0, 300);
  const char *value = zc_store_text (row, 1, 3 * 256 * 1024);

  if (!place || (!value && sqlite3_column_type (row, 1) != SQLITE_NULL))
    return fail_damaged (self->inspection, error);
  self->restored++;
  g_free (self->last);
  self->last = g_strdup (place);
  return restore (self->inspection, place, value, error);
}

/* Returns: FALSE if it failed; with fewer than asked for, there are no more. */
static gboolean
restore_some (ZcTravel *self, guint most, GError **error)
{
  static const char *const sql[] = {
    "SELECT place, old FROM change WHERE step = ? AND place > ? ORDER BY place LIMIT ?",
    "SELECT place, new FROM change WHERE step = ? AND place > ? ORDER BY place LIMIT ?",
  };
  guint end = self->restored + most;
  gboolean ok = TRUE;
  GError *fault = NULL;
  sqlite3_stmt *row = zc_store_query (self->inspection->store, &fault, sql[self->redo], "iti", self->step, self->last, (gint64) most);

  while (ok && zc_store_next (self->inspection->store, row, &fault))
    ok = restore_row (self, row, error);
  if (row)
    sqlite3_reset (row);
  if (fault)
    {
      g_propagate_error (error, fault);
      return FALSE;
    }
  /* Fewer than were counted: whatever wrote the file did not. */
  if (ok && self->restored < end)
    self->places = self->restored;
  return ok;
}

static gboolean
check_some (ZcTravel *self, guint most, GError **error)
{
  ZcInspection *inspection = self->inspection;

  for (; most > 0 && self->checked < self->places; most--, self->checked++)
    {
      const char *place = ((const ZcChange *) inspection->changes->pdata[self->checked])->place;
      const char *value = g_hash_table_lookup (inspection->statements, place);
      gboolean good = value ? _zc_check_statement (inspection, place, value) : strcmp (place, ZC_META_PREFIX "scheme") != 0;

      if (!good)
        return fail_damaged (inspection, error);
    }
  return TRUE;
}

/* For everybody */

static gint64
count_places (ZcInspection *inspection, gint64 step)
{
  sqlite3_stmt *row = zc_store_query (inspection->store, NULL, "SELECT count (*) FROM change WHERE step = ?", "i", step);
  gint64 n = zc_store_next (inspection->store, row, NULL) ? sqlite3_column_int64 (row, 0) : 0;

  if (row)
    sqlite3_reset (row);
  return n;
}

ZcTravel *
zc_travel_new (ZcInspection *inspection, gboolean redo, GError **error)
{
  g_autoptr (ZcTravel) self = g_new0 (ZcTravel, 1);

  _zc_travel_settle (inspection);
  if (inspection->depth > 0)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("Nothing can be undone while a change is being made."));
  if (!_zc_edit_begin (inspection, "", error))
    return NULL;
  self->inspection = g_object_ref (inspection);
  self->step = _zc_history_next (inspection, redo, NULL);
  if (self->step == 0)
    {
      leave (self, FALSE, NULL);
      return zc_fail_null (error, ZC_ERROR_USAGE, redo ? _("There is nothing to redo.") : _("There is nothing to undo."));
    }
  inspection->travel = self;
  _zc_edit_forget_typing (inspection);
  self->redo = redo;
  self->places = (guint64) count_places (inspection, self->step);
  self->last = g_strdup ("");
  return g_steal_pointer (&self);
}

static gboolean
go_on (ZcTravel *self, guint most, GError **error)
{
  guint restored = self->restored;

  if (restored < self->places && !restore_some (self, MIN (most, READ_AT_ONCE), error))
    return FALSE;
  return self->restored < self->places || check_some (self, most - (self->restored - restored), error);
}

/* What another edit finished. */
static gboolean
report_over (ZcTravel *self, GError **error)
{
  if (self->error)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else
    return TRUE;
  return FALSE;
}

gboolean
zc_travel_step (ZcTravel *self, guint most, GError **error)
{
  if (!self->inspection)
    return report_over (self, error);
  return go_on (self, most, error) || leave (self, FALSE, NULL);
}

guint64
zc_travel_get_progress (const ZcTravel *self, guint64 *total)
{
  *total = 2 * self->places;
  return self->inspection ? (guint64) self->restored + self->checked : *total;
}

gboolean
zc_travel_finish (ZcTravel *self, GError **error)
{
  gboolean ok = TRUE;

  if (!self->inspection)
    return report_over (self, error);
  while (ok && self->checked < self->places)
    ok = go_on (self, READ_AT_ONCE, error);
  ok = ok && zc_store_run (self->inspection->store, error, "UPDATE step SET undone = ? WHERE id = ?", "ii", (gint64) !self->redo,
                           self->step);
  return leave (self, ok, error);
}

void
zc_travel_free (ZcTravel *self)
{
  if (!self)
    return;
  if (self->inspection)
    leave (self, FALSE, NULL);
  g_clear_error (&self->error);
  g_free (self->last);
  g_free (self);
}

void
_zc_travel_settle (ZcInspection *inspection)
{
  ZcTravel *self = inspection->travel;

  if (self)
    zc_travel_finish (self, &self->error);
}

static gboolean
travel (ZcInspection *inspection, gboolean redo, GError **error)
{
  g_autoptr (ZcTravel) self = zc_travel_new (inspection, redo, error);

  return self && zc_travel_finish (self, error);
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
