/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-inspection-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Between the keys of two rows there is room for ten more insertions in the middle before all are numbered
 * anew. */
#define KEY_STEP 1024

/* The ledger that is going to be edited. */
static const ZcLedger *
find_ledger (ZcInspection *self, const char *ledger, GError **error)
{
  const ZcLedger *found;

  _zc_travel_settle (self);
  found = zc_scheme_find_ledger (self->scheme, ledger);
  return found ? found : zc_fail_null (error, ZC_ERROR_USAGE, _("There is no ledger “%s”."), ledger);
}

static gboolean
check_row (ZcInspection *self, const char *ledger, guint64 row, GError **error)
{
  const ZcLedger *found = find_ledger (self, ledger, error);

  if (!found)
    return FALSE;
  if (_zc_statements_get (self, ZC_PLACE_ROW, ledger, row, NULL))
    return TRUE;
  return zc_fail (error, ZC_ERROR_USAGE, _("%s has no row number %" PRIu64 "."), found->label,
                  row);
}

static gboolean
check_room (ZcInspection *self, const ZcLedger *ledger, GError **error)
{
  GArray *rows = _zc_statements_numbered (self->rows, ledger->id);

  if (!rows || rows->len < ZC_MAX_ROWS)
    return TRUE;
  return zc_fail (error, ZC_ERROR_LIMIT, _("%s is full: it may have at most %u rows."), ledger->label,
                  ZC_MAX_ROWS);
}

GArray *
zc_inspection_get_rows (ZcInspection *self, const char *ledger)
{
  GArray *rows = _zc_statements_numbered (self->rows, ledger);
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; rows && i < rows->len; i++)
    g_array_append_val (numbers, g_array_index (rows, ZcNumbered, i).number);
  return numbers;
}

static gboolean
state_key (ZcInspection *self, const char *ledger, guint64 row, guint64 key, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, key);

  return _zc_edit_put (self, ZC_PLACE_ROW, ledger, row, NULL, text, error);
}

static gboolean
spread_keys (ZcInspection *self, const char *ledger, GError **error)
{
  g_autoptr (GArray) numbers = zc_inspection_get_rows (self, ledger);

  /* From the last on, so that no two rows have the same key in between. */
  for (guint i = numbers->len; i > 0; i--)
    if (!state_key (self, ledger, g_array_index (numbers, guint64, i - 1), (guint64) (i + 1) * KEY_STEP,
                    error))
      return FALSE;
  return TRUE;
}

/* A key between row @before and the one above it, 0 if there is none left; behind all for @before 0. */
static guint64
key_before (ZcInspection *self, const char *ledger, guint64 before)
{
  GArray *rows = _zc_statements_numbered (self->rows, ledger);
  int at = before ? _zc_numbered_find (rows, before) : -1;
  guint64 above, below;

  if (!rows || rows->len == 0)
    return KEY_STEP;
  if (at < 0)
    {
      above = g_array_index (rows, ZcNumbered, rows->len - 1).key;
      return above < G_MAXINT64 - KEY_STEP ? above + KEY_STEP : 0;
    }
  above = at > 0 ? g_array_index (rows, ZcNumbered, at - 1).key : 0;
  below = g_array_index (rows, ZcNumbered, at).key;
  return below > above + 1 ? above + (below - above) / 2 : 0;
}

static gboolean
place_row (ZcInspection *self, const char *ledger, guint64 row, guint64 before, GError **error)
{
  guint64 key = key_before (self, ledger, before);

  if (key == 0)
    {
      if (!spread_keys (self, ledger, error))
        return FALSE;
      key = key_before (self, ledger, before);
    }
  return state_key (self, ledger, row, key, error);
}

guint64
zc_inspection_add_row (ZcInspection *self, const char *ledger, guint64 before, GError **error)
{
  const ZcLedger *found = find_ledger (self, ledger, error);
  g_autofree char *counter = g_strconcat ("row:", ledger, NULL);
  g_autofree char *step = NULL;
  guint64 row;

  if (!found || !check_room (self, found, error) || (before && !check_row (self, ledger, before, error)))
    return 0;
  step = g_strdup_printf (_("Add a row to %s"), found->label);
  if (!_zc_edit_begin (self, step, error))
    return 0;
  row = _zc_counter_next (self, counter, error);
  return _zc_edit_end (self, row != 0 && place_row (self, ledger, row, before, error), error) ? row : 0;
}

gboolean
_zc_drop_row (ZcInspection *self, const char *ledger, guint64 row, GError **error)
{
  const ZcLedger *found = zc_scheme_find_ledger (self->scheme, ledger);

  for (guint i = 0; i < found->columns->len; i++)
    if (!_zc_edit_put (self, ZC_PLACE_CELL, ledger, row, ((ZcField *) found->columns->pdata[i])->id, NULL,
                       error))
      return FALSE;
  return _zc_edit_put (self, ZC_PLACE_ROW, ledger, row, NULL, NULL, error);
}

gboolean
zc_inspection_remove_row (ZcInspection *self, const char *ledger, guint64 row, GError **error)
{
  g_autofree char *step = NULL;

  if (!check_row (self, ledger, row, error))
    return FALSE;
  step = g_strdup_printf (_("Remove a row from %s"), zc_scheme_find_ledger (self->scheme, ledger)->label);
  if (!_zc_edit_begin (self, step, error))
    return FALSE;
  return _zc_edit_end (self, _zc_drop_row (self, ledger, row, error), error);
}

/* The row that follows @row, 0 behind the last. */
static guint64
row_after (ZcInspection *self, const char *ledger, guint64 row)
{
  GArray *rows = _zc_statements_numbered (self->rows, ledger);
  guint at = (guint) _zc_numbered_find (rows, row) + 1;

  return at < rows->len ? g_array_index (rows, ZcNumbered, at).number : 0;
}

gboolean
zc_inspection_move_row (ZcInspection *self, const char *ledger, guint64 row, guint64 before, GError **error)
{
  g_autofree char *step = NULL;

  if (!check_row (self, ledger, row, error) || (before && !check_row (self, ledger, before, error)))
    return FALSE;
  if (before == row || row_after (self, ledger, row) == before)
    return TRUE;
  step = g_strdup_printf (_("Move a row of %s"), zc_scheme_find_ledger (self->scheme, ledger)->label);
  if (!_zc_edit_begin (self, step, error))
    return FALSE;
  return _zc_edit_end (self, place_row (self, ledger, row, before, error), error);
}

/* zc_inspection_set() of a row: a key makes or moves it, nothing removes it. */
gboolean
_zc_state_row (ZcInspection *self, const ZcPlace *place, const char *key, GError **error)
{
  const ZcLedger *ledger = zc_scheme_find_ledger (self->scheme, place->id);
  g_autofree char *counter = g_strconcat ("row:", place->id, NULL);

  if (!key)
    return _zc_drop_row (self, place->id, place->number, error);
  return check_room (self, ledger, error) && _zc_counter_reach (self, counter, place->number, TRUE, error) &&
         _zc_edit_put (self, ZC_PLACE_ROW, place->id, place->number, NULL, key, error);
}

gboolean
zc_inspection_restore_row (ZcInspection *self, const char *ledger, guint64 row, GError **error)
{
  const ZcLedger *found = find_ledger (self, ledger, error);
  g_autofree char *counter = g_strconcat ("row:", ledger, NULL);
  gboolean ok;

  if (!found || !check_room (self, found, error))
    return FALSE;
  if (row < 1 || row > G_MAXINT64 || _zc_statements_get (self, ZC_PLACE_ROW, ledger, row, NULL))
    return zc_fail (error, ZC_ERROR_USAGE, _("%s can't have row number %" PRIu64 " twice."),
                    found->label, row);
  if (!_zc_edit_begin (self, _("Take over another record"), error))
    return FALSE;
  ok = _zc_counter_reach (self, counter, row, TRUE, error) && place_row (self, ledger, row, 0, error);
  return _zc_edit_end (self, ok, error);
}
