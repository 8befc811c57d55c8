/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-clock.h"
#include "base/zc-digest.h"
#include "base/zc-text.h"
#include "inspection/zc-carry-over.h"
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (ZcInspection, zc_inspection, G_TYPE_OBJECT)

static void
zc_inspection_finalize (GObject *object)
{
  ZcInspection *self = ZC_INSPECTION (object);

  if (self->depth > 0)
    zc_inspection_rollback (self);
  _zc_statements_clear (self);
  g_clear_pointer (&self->evidence, g_hash_table_unref);
  g_clear_pointer (&self->counters, g_hash_table_unref);
  g_clear_pointer (&self->storing, g_hash_table_unref);
  g_clear_pointer (&self->schemes, g_hash_table_unref);
  g_clear_pointer (&self->store, zc_store_unref);
  g_free (self->typing_place);
  G_OBJECT_CLASS (zc_inspection_parent_class)->finalize (object);
}

static void
zc_inspection_class_init (ZcInspectionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->finalize = zc_inspection_finalize;
  g_signal_new ("changed", ZC_TYPE_INSPECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  g_signal_new ("state-changed", ZC_TYPE_INSPECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zc_inspection_init (ZcInspection *self)
{
  _zc_statements_init (self);
  self->schemes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) zc_scheme_unref);
  self->evidence =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) _zc_stored_free);
  self->counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->storing = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/* Creating and opening */

static gboolean
fill_meta (ZcStore *store, const char *key, const char *value, GError **error)
{
  g_autofree char *place = g_strconcat (ZC_META_PREFIX, key, NULL);

  return zc_store_run (store, error, "INSERT INTO statement VALUES (?, ?)", "tt", place, value);
}

static char *
random_hex (void)
{
  guint8 bytes[16];

  zc_random (bytes, sizeof bytes);
  return zc_hex (bytes, sizeof bytes);
}

/* The period is known from the notice and the day; the unit may change it. */
static gboolean
fill_period (ZcStore *store, const ZcScheme *scheme, GError **error)
{
  g_autofree char *today = zc_clock_today ();
  g_autofree char *from = NULL, *to = NULL;
  const ZcField *first = zc_scheme_find_fact (scheme, "period.from");
  const ZcField *last = zc_scheme_find_fact (scheme, "period.to");

  zc_scheme_period (scheme, today, &from, &to);
  if (from && first && first->type == ZC_VALUE_DATE && !first->select &&
      !zc_store_run (store, error, "INSERT INTO statement VALUES (?, ?)", "tt", "fact:period.from", from))
    return FALSE;
  return !to || !last || last->type != ZC_VALUE_DATE || last->select ||
         zc_store_run (store, error, "INSERT INTO statement VALUES (?, ?)", "tt", "fact:period.to", to);
}

static gboolean
fill_new (ZcStore *store, gpointer data, GError **error)
{
  ZcScheme *scheme = data;
  g_autofree char *id = random_hex ();
  g_autofree char *nonce = random_hex ();
  g_autofree char *now = zc_clock_now_string ();

  return zc_store_run (store, error, "INSERT INTO scheme VALUES (?, ?)", "tb", scheme->digest,
                       scheme->bytes) &&
         fill_meta (store, "scheme", scheme->digest, error) && fill_meta (store, "id", id, error) &&
         fill_meta (store, "nonce", nonce, error) && fill_meta (store, "created", now, error) &&
         fill_meta (store, "program", "Zicha " ZC_VERSION, error) && fill_period (store, scheme, error);
}

ZcInspection *
zc_inspection_create (const char *path, ZcScheme *scheme, GError **error)
{
  g_return_val_if_fail (path != NULL && scheme != NULL, NULL);

  if (!zc_store_make (path, fill_new, scheme, error))
    return NULL;
  return zc_inspection_open (path, ZC_OPEN_NORMAL, error);
}

ZcInspection *
zc_inspection_open (const char *path, ZcOpenFlags flags, GError **error)
{
  g_autoptr (ZcInspection) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (ZC_TYPE_INSPECTION, NULL);
  self->read_only = (flags & ZC_OPEN_READ_ONLY) != 0;
  self->store = zc_store_open (path, flags, error);
  if (!self->store || !_zc_load (self, error))
    return NULL;
  if (!self->read_only && !_zc_blobs_sweep (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* What it is */

const char *
zc_inspection_get_path (ZcInspection *self)
{
  return self->store->path;
}

ZcScheme *
zc_inspection_get_scheme (ZcInspection *self)
{
  return self->scheme;
}

ZcState
zc_inspection_get_state (ZcInspection *self)
{
  return self->state;
}

gboolean
zc_inspection_is_read_only (ZcInspection *self)
{
  return self->read_only;
}

guint
zc_inspection_get_left_out (ZcInspection *self)
{
  return self->left_out;
}

guint64
zc_inspection_data_version (ZcInspection *self)
{
  return self->data_version;
}

const char *
zc_inspection_get_meta (ZcInspection *self, const char *key)
{
  g_autofree char *place = g_strconcat (ZC_META_PREFIX, key, NULL);

  return g_hash_table_lookup (self->statements, place);
}

static gboolean
meta_is_valid (const char *key, const char *value)
{
  g_autoptr (GDateTime) time = NULL;
  guint8 bytes[16];
  guint64 revision;

  if (strcmp (key, "id") == 0 || strcmp (key, "nonce") == 0)
    return zc_unhex (value, bytes, sizeof bytes);
  if (strcmp (key, "revision") == 0)
    return g_ascii_string_to_unsigned (value, 10, 1, 9999, &revision, NULL);
  time = g_date_time_new_from_iso8601 (value, NULL);
  return strcmp (key, "created") == 0 && time && strlen (value) <= 40;
}

gboolean
zc_inspection_set_meta (ZcInspection *self, const char *key, const char *value, GError **error)
{
  g_autofree char *place = g_strconcat (ZC_META_PREFIX, key, NULL);

  if (!meta_is_valid (key, value))
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” can't be the “%s” of an inspection."), value, key);
  if (!_zc_edit_begin (self, _("Take over another record"), error))
    return FALSE;
  return _zc_edit_end (self, _zc_edit_state (self, place, value, error), error);
}

/* The scheme */

/* Names the first statement that @scheme has no room for. Returns: (transfer full) (nullable) */
static char *
find_homeless (ZcInspection *self)
{
  GHashTableIter iter;
  gpointer place, value;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, &place, &value))
    if (!_zc_check_statement (self, place, value))
      return g_strdup (place);
  return NULL;
}

gboolean
zc_inspection_set_scheme (ZcInspection *self, ZcScheme *scheme, GError **error)
{
  ZcScheme *before = self->scheme;
  g_autofree char *homeless = NULL;
  g_autofree char *step = g_strdup_printf (_("Use the scheme “%s”"), scheme->title);
  gboolean ok;

  if (strcmp (scheme->id, before->id) != 0)
    return zc_fail (error, ZC_ERROR_USAGE,
                    _("“%s” is another scheme: start a new inspection and carry the answers over."),
                    scheme->title);
  if (!_zc_edit_begin (self, step, error))
    return FALSE;
  self->scheme = scheme;
  homeless = find_homeless (self);
  self->scheme = before;
  if (homeless)
    {
      _zc_edit_end (self, FALSE, NULL);
      return zc_fail (error, ZC_ERROR_USAGE,
                      _("“%s” has no place for “%s”, which is stated here. Nothing was changed."),
                      scheme->title, homeless);
    }
  ok = zc_store_run (self->store, error, "INSERT OR IGNORE INTO scheme VALUES (?, ?)", "tb", scheme->digest,
                     scheme->bytes) &&
       _zc_load_scheme (self, scheme->digest, error) &&
       _zc_edit_state (self, ZC_META_PREFIX "scheme", scheme->digest, error);
  return _zc_edit_end (self, ok, error);
}

/* Statements */

const char *
zc_inspection_get (ZcInspection *self, const char *place)
{
  ZcPlace parsed;

  return zc_place_parse (place, &parsed) ? g_hash_table_lookup (self->statements, place) : NULL;
}

const char *
zc_inspection_get_at (ZcInspection *self, ZcPlaceKind kind, const char *id, guint64 number, const char *field)
{
  return _zc_statements_get (self, kind, id, number, field);
}

static char *
step_name (ZcInspection *self, const ZcPlace *place)
{
  g_autofree char *label = _zc_label (self, place);

  return g_strdup_printf (_("Change %s"), label);
}

static gboolean
apply (ZcInspection *self, const ZcPlace *place, const char *text, const char *kept, GError **error)
{
  const char *value = *kept ? kept : NULL;

  if (place->kind == ZC_PLACE_ROW)
    return _zc_state_row (self, place, value, error);
  if (place->kind == ZC_PLACE_FINDING && strcmp (place->field, "item") == 0 && !value)
    return _zc_drop_finding (self, place->number, error);
  if (!_zc_edit_state (self, text, value, error))
    return FALSE;
  if (place->kind == ZC_PLACE_FINDING && strcmp (place->field, "state") == 0)
    return _zc_promise_answered (self, place->number, error);
  if (place->kind == ZC_PLACE_FINDING && strcmp (place->field, "item") == 0)
    return _zc_counter_reach (self, "finding", place->number, TRUE, error);
  if (place->kind == ZC_PLACE_ANSWER && strcmp (place->field, "conformity") == 0)
    return _zc_after_conformity (self, place->id, value, error);
  if (place->kind == ZC_PLACE_ANSWER && strcmp (place->field, "confirmed") == 0 && !value)
    return _zc_after_conformity (
        self, place->id, _zc_statements_get (self, ZC_PLACE_ANSWER, place->id, 0, "conformity"), error);
  return TRUE;
}

/* Choosing last year's answer again is not nothing: it confirms it. So does the state of what was promised. */
static gboolean
confirms (ZcInspection *self, const ZcPlace *place, const char *kept)
{
  if (place->kind == ZC_PLACE_FINDING && strcmp (place->field, "state") == 0)
    return *kept && zc_inspection_promise_waits (self, place->number);
  return *kept && place->kind == ZC_PLACE_ANSWER && strcmp (place->field, "conformity") == 0 &&
         _zc_statements_get (self, ZC_PLACE_ANSWER, place->id, 0, "confirmed");
}

gboolean
zc_inspection_set (ZcInspection *self, const char *text, const char *value, GError **error)
{
  g_autofree char *kept = NULL;
  g_autofree char *name = NULL;
  ZcPlace place;
  gboolean ok;

  g_return_val_if_fail (text != NULL, FALSE);

  if (!zc_place_parse (text, &place))
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” is not the name of anything that can be stated."), text);
  if (!_zc_edit_check_writable (self, error) || !_zc_check_place (self, &place, error))
    return FALSE;
  kept = _zc_check_value (self, &place, value ? value : "", error);
  if (!kept)
    return FALSE;
  if (g_strcmp0 (g_hash_table_lookup (self->statements, text), *kept ? kept : NULL) == 0 && !confirms (self, &place, kept))
    return TRUE;

  name = step_name (self, &place);
  if (!_zc_edit_begin (self, name, error))
    return FALSE;
  _zc_edit_join_typing (self, text);
  ok = apply (self, &place, text, kept, error);
  if (ok)
    _zc_edit_remember_typing (self, text);
  return _zc_edit_end (self, ok, error);
}

static void
collect (const char *place, const char *value, gpointer data)
{
  g_ptr_array_add (data, g_strdup (place));
}

gboolean
zc_inspection_clear (ZcInspection *self, GError **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  gboolean ok = TRUE;

  if (!_zc_edit_begin (self, _("Clear everything"), error))
    return FALSE;
  zc_inspection_foreach (self, collect, places);
  for (guint i = 0; ok && i < places->len; i++)
    ok = _zc_edit_state (self, places->pdata[i], NULL, error);
  return _zc_edit_end (self, ok, error);
}
