/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The steps of the history by name; zc-travel.c goes back and forth in it. */

void
zc_step_free (ZcStep *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->time);
  g_free (self);
}

gint64
_zc_history_next (ZcInspection *self, gboolean redo, char **name)
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

  _zc_history_next (self, FALSE, &name);
  return name;
}

char *
zc_inspection_redo_name (ZcInspection *self)
{
  char *name = NULL;

  _zc_history_next (self, TRUE, &name);
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
