/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-clock.h"
#include "base/zc-digest.h"
#include "base/zc-text.h"
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_EVENTS 100000

void
zc_sealing_free (ZcSealing *self)
{
  if (!self)
    return;
  g_free (self->time);
  g_free (self->digest);
  g_clear_pointer (&self->record, g_bytes_unref);
  g_free (self->unsealed);
  g_free (self->reason);
  g_free (self);
}

void
zc_hand_in_event_free (ZcHandInEvent *self)
{
  if (!self)
    return;
  g_free (self->time);
  g_free (self->kind);
  g_free (self->detail);
  g_free (self);
}

static void
become (ZcInspection *self, ZcState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit_by_name (self, "state-changed");
}

guint
zc_inspection_next_revision (ZcInspection *self)
{
  const char *taken_over = zc_inspection_get_meta (self, "revision");
  guint next = taken_over ? (guint) g_ascii_strtoull (taken_over, NULL, 10) : 1;
  sqlite3_stmt *statement;

  zc_store_lock (self->store);
  statement = zc_store_query (self->store, NULL, "SELECT max (revision) FROM seal", "");
  if (zc_store_next (self->store, statement, NULL))
    next = MAX (next, (guint) CLAMP (sqlite3_column_int64 (statement, 0), 0, 9998) + 1);
  sqlite3_reset (statement);
  zc_store_unlock (self->store);
  return next;
}

/* Sealing */

static void
add_links (gpointer item, gpointer links, gpointer data)
{
  for (guint i = 0; i < ((GArray *) links)->len; i++)
    {
      guint64 id = g_array_index ((GArray *) links, ZcNumbered, i).number;

      g_hash_table_add (data, g_memdup2 (&id, sizeof id));
    }
}

/* Returns: (transfer full) (element-type guint64): evidence that nothing in the record states. */
static GArray *
unused_evidence (ZcInspection *self)
{
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GArray *unused = g_array_new (FALSE, FALSE, sizeof (guint64));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_foreach (self->links, add_links, used);
  g_hash_table_iter_init (&iter, self->evidence);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (used, key) &&
        !_zc_statements_get (self, ZC_PLACE_EVIDENCE, NULL, *(guint64 *) key, "kept"))
      g_array_append_val (unused, *(guint64 *) key);
  return unused;
}

/* Steps that would bring a purged file back can't be undone any more, nor those before them. */
static gboolean
raise_undo_floor (ZcInspection *self, guint64 id, GError **error)
{
  g_autofree char *links = g_strdup_printf ("link:*/%" G_GUINT64_FORMAT, id);
  g_autofree char *own = g_strdup_printf ("evidence:%" G_GUINT64_FORMAT "/*", id);
  sqlite3_stmt *statement = zc_store_query (
      self->store, error, "SELECT ifnull (max (step), 0) FROM change WHERE place GLOB ? OR place GLOB ?",
      "tt", links, own);
  guint64 step;

  if (!zc_store_next (self->store, statement, NULL))
    return FALSE;
  step = (guint64) sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return step <= _zc_counter_get (self, "undo.floor") || _zc_counter_write (self, "undo.floor", step, error);
}

static gboolean
purge (ZcInspection *self, GArray *unused, GError **error)
{
  if (unused->len == 0)
    return TRUE;
  if (!zc_store_run (self->store, error,
                     "DELETE FROM change WHERE step IN (SELECT id FROM step WHERE undone = 1)", "") ||
      !zc_store_run (self->store, error, "DELETE FROM step WHERE undone = 1", ""))
    return FALSE;
  for (guint i = 0; i < unused->len; i++)
    {
      guint64 id = g_array_index (unused, guint64, i);

      if (!raise_undo_floor (self, id, error) ||
          !zc_store_run (self->store, error, "DELETE FROM evidence WHERE id = ?", "i", (gint64) id))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_seal (ZcInspection *self, guint revision, GBytes *record, GError **error)
{
  g_autofree char *now = zc_clock_now_string ();
  g_autofree char *digest = NULL;
  gconstpointer data;
  gsize size;

  data = g_bytes_get_data (record, &size);
  digest = zc_digest_hex_of (ZC_DIGEST_SM3, data, size);
  return zc_store_run (self->store, error, "INSERT INTO seal VALUES (?, ?, ?, ?, NULL, NULL)", "ittb",
                       (gint64) revision, now, digest, record);
}

gboolean
zc_inspection_seal (ZcInspection *self, GBytes *record, GError **error)
{
  guint revision = zc_inspection_next_revision (self);
  g_autoptr (GArray) unused = NULL;
  gboolean ok;

  _zc_travel_settle (self);
  if (self->depth > 0)
    return zc_fail (error, ZC_ERROR_USAGE, _("It can't be sealed while a change is being made."));
  if (!_zc_edit_begin (self, "", error))
    return FALSE;
  unused = unused_evidence (self);
  ok = insert_seal (self, revision, record, error) && purge (self, unused, error);
  if (!_zc_edit_end (self, ok, error))
    return FALSE;
  for (guint i = 0; i < unused->len; i++)
    g_hash_table_remove (self->evidence, &g_array_index (unused, guint64, i));
  _zc_edit_forget_typing (self);
  self->revision = revision;
  become (self, ZC_STATE_SEALED);
  /* It is sealed whether or not the room can be given back now; the next opening tries again. */
  if (unused->len > 0)
    _zc_blobs_sweep (self, NULL);
  return TRUE;
}

/* A transaction of its own that a sealed inspection allows. */
static gboolean
begin_sealed (ZcInspection *self, GError **error)
{
  if (self->read_only)
    return _zc_edit_check_writable (self, error);
  if (self->state < ZC_STATE_SEALED)
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” is not sealed."), self->store->shown);
  zc_store_lock (self->store);
  if (zc_store_begin (self->store, error))
    return TRUE;
  zc_store_unlock (self->store);
  return FALSE;
}

static gboolean
end_sealed (ZcInspection *self, gboolean ok, GError **error)
{
  ok = ok && zc_store_commit (self->store, error);
  if (!ok)
    zc_store_rollback (self->store);
  zc_store_unlock (self->store);
  return ok;
}

gboolean
zc_inspection_unseal (ZcInspection *self, const char *reason, GError **error)
{
  g_autofree char *kept = zc_text_normalize (reason, TRUE, error);
  g_autofree char *now = zc_clock_now_string ();
  gboolean ok;

  if (!kept)
    return FALSE;
  g_strstrip (kept);
  if (!*kept)
    return zc_fail (error, ZC_ERROR_USAGE, _("Say why it is unsealed: the reason stays in the history."));
  if (!begin_sealed (self, error))
    return FALSE;
  ok = zc_store_run (self->store, error, "UPDATE seal SET unsealed = ?, reason = ? WHERE revision = ?", "tti",
                     now, kept, (gint64) self->revision) &&
       _zc_counter_write (self, "checked", 0, error);
  if (!end_sealed (self, ok, error))
    return FALSE;
  self->revision = 0;
  self->checked = FALSE;
  become (self, ZC_STATE_DRAFT);
  return TRUE;
}

ZcSealing *
zc_inspection_get_sealing (ZcInspection *self, guint revision)
{
  sqlite3_stmt *statement;
  ZcSealing *sealing = NULL;

  if (revision == 0)
    revision = self->revision;
  zc_store_lock (self->store);
  statement = zc_store_query (self->store, NULL,
                              "SELECT time, digest, record, unsealed, reason FROM seal WHERE revision = ?",
                              "i", (gint64) revision);
  if (zc_store_next (self->store, statement, NULL))
    {
      const char *time = zc_store_text (statement, 0, 64), *digest = zc_store_text (statement, 1, 64);

      sealing = g_new0 (ZcSealing, 1);
      sealing->revision = revision;
      sealing->time = g_strdup (time ? time : "");
      sealing->digest = g_strdup (digest ? digest : "");
      sealing->record = zc_store_bytes (statement, 2);
      sealing->unsealed = g_strdup (zc_store_text (statement, 3, 64));
      sealing->reason = g_strdup (zc_store_text (statement, 4, 3 * ZC_TEXT_MAX_BYTES));
      sqlite3_reset (statement);
    }
  zc_store_unlock (self->store);
  return sealing;
}

gboolean
zc_inspection_set_checked (ZcInspection *self, GError **error)
{
  gboolean ok;

  if (self->state == ZC_STATE_CHECKED && !self->read_only)
    return TRUE;
  if (!_zc_edit_begin (self, "", error))
    return FALSE;
  ok = _zc_counter_write (self, "checked", 1, error);
  if (!_zc_edit_end (self, ok, error))
    return FALSE;
  self->checked = TRUE;
  become (self, ZC_STATE_CHECKED);
  return TRUE;
}

/* What was done with it */

gboolean
zc_inspection_log (ZcInspection *self, const char *kind, const char *detail, GError **error)
{
  g_autofree char *kept = zc_text_normalize (detail, FALSE, error);
  g_autofree char *now = zc_clock_now_string ();
  gboolean ok;

  g_return_val_if_fail (zc_id_is_valid (kind), FALSE);

  if (!kept || !begin_sealed (self, error))
    return FALSE;
  ok = zc_store_run (self->store, error,
                     "INSERT INTO event (time, kind, detail, revision) VALUES (?, ?, ?, ?)", "ttti", now,
                     kind, kept, (gint64) self->revision);
  if (!end_sealed (self, ok, error))
    return FALSE;
  if (strcmp (kind, "burned") == 0)
    become (self, ZC_STATE_BURNED);
  else if (strcmp (kind, "packed") == 0 && self->state < ZC_STATE_PACKED)
    become (self, ZC_STATE_PACKED);
  return TRUE;
}

GPtrArray *
zc_inspection_get_log (ZcInspection *self)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_hand_in_event_free);
  sqlite3_stmt *statement;

  zc_store_lock (self->store);
  statement =
      zc_store_query (self->store, NULL, "SELECT time, kind, detail, revision FROM event ORDER BY id LIMIT ?",
                      "i", (gint64) MOST_EVENTS);
  while (zc_store_next (self->store, statement, NULL))
    {
      const char *time = zc_store_text (statement, 0, 64), *kind = zc_store_text (statement, 1, 64);
      const char *detail = zc_store_text (statement, 2, 3 * ZC_TEXT_MAX_BYTES);
      ZcHandInEvent *event = g_new0 (ZcHandInEvent, 1);

      event->time = g_strdup (time ? time : "");
      event->kind = g_strdup (kind ? kind : "");
      event->detail = g_strdup (detail ? detail : "");
      event->revision = (guint) CLAMP (sqlite3_column_int64 (statement, 3), 0, 9999);
      g_ptr_array_add (events, event);
    }
  zc_store_unlock (self->store);
  return events;
}
