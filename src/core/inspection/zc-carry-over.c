/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-carry-over.h"

#include "inspection/zc-inspection-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  ZcInspection *self;
  ZcInspection *last;
  ZcCarryOver flags;
  char *origin;         /* how people call last */
  GHashTable *rows;     /* "LEDGER/ROW" of last → number here */
  GHashTable *findings; /* &number of last → number here; 0: not taken over */
  GError *error;        /* of the first thing that failed */
  const ZcProgress *progress; /* nullable */
  guint64 done;         /* statements of last */
} Carry;

/* How many statements between two reports. */
#define REPORT_EVERY 1000

/* Each year has its own: a date of last year is worse than none. */
static gboolean
is_of_the_year (const ZcField *fact)
{
  return fact->select || fact->type == ZC_VALUE_DATE || g_str_has_prefix (fact->id, "period.") ||
         g_str_has_prefix (fact->id, "report.");
}

static gboolean
mark_origin (Carry *carry, const char *place)
{
  g_autofree char *own = g_strconcat (ZC_ORIGIN_PREFIX, place, NULL);

  return _zc_edit_state (carry->self, own, carry->origin, &carry->error);
}

/* Only statements: what this scheme does not take is no error. */
static gboolean
take (Carry *carry, const ZcPlace *place, const char *value)
{
  g_autofree char *text = zc_place_new (place->kind, place->id, place->number, place->field);
  g_autofree char *kept = NULL;

  if (g_hash_table_contains (carry->self->statements, text) || !_zc_check_place (carry->self, place, NULL))
    return TRUE;
  kept = _zc_check_value (carry->self, place, value, NULL);
  return !kept || (_zc_edit_state (carry->self, text, kept, &carry->error) &&
                   (place->kind == ZC_PLACE_CELL || place->kind == ZC_PLACE_FINDING || mark_origin (carry, text)));
}

static gboolean
keep_previous (Carry *carry, const char *place, const char *value)
{
  g_autofree char *own = g_strconcat (ZC_PREVIOUS_PREFIX, place, NULL);

  return _zc_edit_state (carry->self, own, value, &carry->error);
}

/* Facts and texts */

static gboolean
carry_fact (Carry *carry, const ZcPlace *place, const char *value)
{
  const ZcField *here = zc_scheme_find_fact (carry->self->scheme, place->id);
  const ZcField *there = zc_scheme_find_fact (carry->last->scheme, place->id);

  if (!(carry->flags & ZC_CARRY_FACTS) || !here || !there || here->type != there->type ||
      is_of_the_year (here))
    return TRUE;
  return take (carry, place, value);
}

/* Answers */

static gboolean
carry_answer (Carry *carry, const ZcPlace *place, const char *value)
{
  g_autofree char *confirmed = zc_place_new (ZC_PLACE_ANSWER, place->id, 0, "confirmed");
  g_autofree char *wording = g_strconcat (ZC_WORDING_PREFIX, place->id, NULL);
  const ZcItem *there = zc_scheme_find_item (carry->last->scheme, place->id);
  ZcPlace waiting;

  if (!zc_scheme_find_item (carry->self->scheme, place->id) || strcmp (place->field, "review") == 0 ||
      strcmp (place->field, "confirmed") == 0)
    return TRUE;
  if (there && !_zc_edit_state (carry->self, wording, there->wording, &carry->error))
    return FALSE;
  if (!(carry->flags & ZC_CARRY_ANSWERS))
    return TRUE;
  /* The unit has begun to answer this one already. */
  if (_zc_statements_get (carry->self, ZC_PLACE_ANSWER, place->id, 0, "conformity") &&
      !g_hash_table_contains (carry->self->statements, confirmed))
    return TRUE;
  return take (carry, place, value) && zc_place_parse (confirmed, &waiting) && take (carry, &waiting, "0");
}

/* Rows */

static gboolean
carry_row (Carry *carry, const ZcPlace *place)
{
  g_autofree char *key = NULL;
  g_autofree char *here = NULL;
  guint64 row;

  if (!(carry->flags & ZC_CARRY_LEDGERS) || !zc_scheme_find_ledger (carry->self->scheme, place->id))
    return TRUE;
  row = zc_inspection_add_row (carry->self, place->id, 0, &carry->error);
  here = zc_place_new (ZC_PLACE_ROW, place->id, row, NULL);
  key = g_strdup_printf ("%s/%" G_GUINT64_FORMAT, place->id, place->number);
  if (row != 0)
    g_hash_table_insert (carry->rows, g_steal_pointer (&key), g_memdup2 (&row, sizeof row));
  return row != 0 && mark_origin (carry, here);
}

static gboolean
carry_cell (Carry *carry, const ZcPlace *place, const char *value)
{
  g_autofree char *key = g_strdup_printf ("%s/%" G_GUINT64_FORMAT, place->id, place->number);
  const guint64 *row = g_hash_table_lookup (carry->rows, key);
  ZcPlace here = *place;

  if (!row)
    return TRUE;
  here.number = *row;
  return take (carry, &here, value);
}

/* Findings */

static gboolean
is_wanted (Carry *carry, guint64 number)
{
  const char *state = _zc_statements_get (carry->last, ZC_PLACE_FINDING, NULL, number, "state");
  const char *item = _zc_statements_get (carry->last, ZC_PLACE_FINDING, NULL, number, "item");

  return (carry->flags & ZC_CARRY_FINDINGS) && g_strcmp0 (state, "done") != 0 && item &&
         zc_scheme_find_item (carry->self->scheme, item);
}

/* What is left of last year's findings is a promise; whether it was kept is asked before anything else. */
static gboolean
ask_promise (Carry *carry, guint64 number)
{
  g_autofree char *item = zc_place_new (ZC_PLACE_FINDING, NULL, number, "item");
  g_autofree char *state = zc_place_new (ZC_PLACE_FINDING, NULL, number, "state");

  return mark_origin (carry, item) && mark_origin (carry, state);
}

static gboolean
carry_finding (Carry *carry, const ZcPlace *place, const char *value)
{
  guint64 *number = g_hash_table_lookup (carry->findings, &place->number);
  ZcPlace here = *place;

  if (!is_wanted (carry, place->number))
    return TRUE;
  if (!number)
    {
      number = g_new (guint64, 1);
      *number = _zc_counter_next (carry->self, "finding", &carry->error);
      g_hash_table_insert (carry->findings, g_memdup2 (&place->number, sizeof place->number), number);
    }
  here.number = *number;
  if (*number == 0 || !take (carry, &here, value))
    return FALSE;
  return strcmp (place->field, "item") != 0 || ask_promise (carry, *number);
}

/* All of it */

/* Returns: whether to go on. */
static gboolean
go_on (Carry *carry)
{
  if (carry->done++ % REPORT_EVERY == 0)
    zc_progress_report (carry->progress, _("Taking over last year’s answers"), carry->done, g_hash_table_size (carry->last->statements));
  return !zc_fail_if_cancelled (zc_progress_cancellable (carry->progress), &carry->error);
}

static void
carry_statement (const char *text, const char *value, gpointer data)
{
  Carry *carry = data;
  ZcPlace place;
  gboolean ok = TRUE;

  if (carry->error || !go_on (carry) || !zc_place_parse (text, &place))
    return;
  if (place.kind == ZC_PLACE_FACT)
    ok = keep_previous (carry, text, value) && carry_fact (carry, &place, value);
  else if (place.kind == ZC_PLACE_ANSWER)
    ok = keep_previous (carry, text, value) && carry_answer (carry, &place, value);
  else if (place.kind == ZC_PLACE_TEXT)
    ok = keep_previous (carry, text, value) &&
         (!(carry->flags & ZC_CARRY_TEXTS) || take (carry, &place, value));
  else if (place.kind == ZC_PLACE_ROW)
    ok = carry_row (carry, &place);
  else if (place.kind == ZC_PLACE_CELL)
    ok = carry_cell (carry, &place, value);
  else if (place.kind == ZC_PLACE_FINDING)
    ok = carry_finding (carry, &place, value);
  if (!ok && !carry->error)
    zc_fail (&carry->error, ZC_ERROR_IO, _("Last year's answers could not be taken over."));
}

char *
zc_item_words (const ZcItem *item)
{
  return g_strstrip (g_strdup_printf ("%s %s\n%s\n%s", item->clause, item->title, item->requirement, item->threshold));
}

/* The words of items that changed, and the files there were. */
static gboolean
remember_rest (Carry *carry)
{
  GPtrArray *items = carry->last->scheme->items;
  g_autoptr (GPtrArray) evidence = zc_inspection_get_evidence (carry->last, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const ZcItem *there = items->pdata[i];
      const ZcItem *here = zc_scheme_find_item (carry->self->scheme, there->id);
      g_autofree char *place = g_strconcat ("item:", there->id, NULL);
      g_autofree char *words = zc_item_words (there);

      if (here && strcmp (here->wording, there->wording) != 0 &&
          !keep_previous (carry, place, words))
        return FALSE;
    }
  for (guint i = 0; i < evidence->len; i++)
    {
      const ZcEvidence *file = evidence->pdata[i];
      g_autofree char *place = g_strconcat (ZC_FORMER_PREFIX, file->sha256, NULL);

      if (!_zc_edit_state (carry->self, place, file->name, &carry->error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
came_now (Carry *carry, char *place)
{
  g_autofree char *owned = place;
  const char *origin = zc_inspection_get_origin (carry->self, owned);

  return origin && strcmp (origin, carry->origin) == 0;
}

static gboolean
has_what_came (Carry *carry, const ZcItem *item)
{
  for (guint i = 0; i < item->fields->len; i++)
    if (came_now (carry, zc_place_new (ZC_PLACE_FACT, ((const ZcField *) item->fields->pdata[i])->id, 0, NULL)))
      return TRUE;
  for (guint i = 0; i < item->ledgers->len; i++)
    {
      const ZcLedger *ledger = item->ledgers->pdata[i];
      g_autoptr (GArray) rows = zc_inspection_get_rows (carry->self, ledger->id);

      for (guint r = 0; r < rows->len; r++)
        if (came_now (carry, zc_place_new (ZC_PLACE_ROW, ledger->id, g_array_index (rows, guint64, r), NULL)))
          return TRUE;
    }
  return FALSE;
}

/* Items that only ask for values have no answer to wait with: they wait themselves while any of their values is of
 * last time. */
static gboolean
hold_values (Carry *carry)
{
  GPtrArray *items = carry->self->scheme->items;

  for (guint i = 0; i < items->len; i++)
    {
      const ZcItem *item = items->pdata[i];

      if (!item->conformity && has_what_came (carry, item) &&
          !_zc_edit_put (carry->self, ZC_PLACE_ANSWER, item->id, 0, "confirmed", "0", &carry->error))
        return FALSE;
    }
  return TRUE;
}

/* The notice tells people more than a file's name does. */
static char *
origin_of (ZcInspection *last)
{
  return g_strdup_printf ("%s (%s)", last->scheme->title, last->store->shown);
}

static gboolean
carry_over (ZcInspection *self, ZcInspection *last, ZcCarryOver flags, const ZcProgress *progress, GError **error)
{
  g_autofree char *step = g_strdup_printf (_("Take over the answers of “%s”"), last->store->shown);
  g_autofree char *origin = origin_of (last);
  Carry carry = { self, last, flags, origin, NULL, NULL, NULL, progress, 0 };
  gboolean ok;

  if (self == last ||
      g_strcmp0 (zc_inspection_get_meta (self, "id"), zc_inspection_get_meta (last, "id")) == 0)
    return zc_fail (error, ZC_ERROR_USAGE, _("An inspection can't be carried over into itself."));
  if (!_zc_edit_begin (self, step, error))
    return FALSE;
  carry.rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  carry.findings = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  zc_inspection_foreach (last, carry_statement, &carry);
  ok = !carry.error && remember_rest (&carry) && hold_values (&carry);
  g_hash_table_unref (carry.rows);
  g_hash_table_unref (carry.findings);
  ok = _zc_edit_end (self, ok, error);
  if (carry.error)
    g_propagate_error (error, carry.error);
  return ok;
}

gboolean
zc_carry_over (ZcInspection *self, ZcInspection *last, ZcCarryOver flags, GError **error)
{
  return carry_over (self, last, flags, NULL, error);
}

static gboolean
make_after (const char *made, ZcScheme *scheme, ZcInspection *last, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcInspection) self = zc_inspection_create (made, scheme, error);

  return self && carry_over (self, last, ZC_CARRY_ALL, progress, error) &&
         !zc_fail_if_cancelled (zc_progress_cancellable (progress), error);
}

/* In a folder beside it and under its own name, so that errors tell of the right file. */
static gboolean
make_aside (const char *path, ZcScheme *scheme, ZcInspection *last, const ZcProgress *progress, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path), *base = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_basename (path);
  g_autofree char *folder = g_build_filename (parent, ".zicha-XXXXXX.partial", NULL);
  g_autofree char *made = NULL;
  gboolean done;

  if (!g_mkdtemp (folder))
    return zc_fail_errno (error, errno, _("Cannot write “%s”."), shown);
  made = g_build_filename (folder, base, NULL);
  done = make_after (made, scheme, last, progress, error) && zc_store_publish (made, path, error);
  if (!done)
    g_unlink (made);
  g_rmdir (folder);
  return done;
}

ZcInspection *
zc_inspection_create_after (const char *path, ZcScheme *scheme, const char *last, const ZcProgress *progress, GError **error)
{
  g_autoptr (ZcInspection) before = NULL;

  if (!last)
    return zc_inspection_create (path, scheme, error);
  if (!(before = zc_inspection_open (last, ZC_OPEN_READ_ONLY | ZC_OPEN_SHARED, error)) || !make_aside (path, scheme, before, progress, error))
    return NULL;
  return zc_inspection_open (path, ZC_OPEN_NORMAL, error);
}

/* What is remembered */

const char *
zc_inspection_get_previous (ZcInspection *self, const char *place)
{
  g_autofree char *own = g_strconcat (ZC_PREVIOUS_PREFIX, place, NULL);

  return g_hash_table_lookup (self->statements, own);
}

const char *
zc_inspection_get_origin (ZcInspection *self, const char *place)
{
  g_autofree char *own = g_strconcat (ZC_ORIGIN_PREFIX, place, NULL);
  const char *now = g_hash_table_lookup (self->statements, place);
  const char *then = zc_inspection_get_previous (self, place);
  gboolean own_words = then && g_strcmp0 (now, then) != 0;

  return now && !own_words ? g_hash_table_lookup (self->statements, own) : NULL;
}

GArray *
zc_inspection_get_promises (ZcInspection *self)
{
  GArray *numbers = zc_inspection_get_findings (self);

  for (guint i = numbers->len; i > 0; i--)
    {
      g_autofree char *item = zc_place_new (ZC_PLACE_FINDING, NULL, g_array_index (numbers, guint64, i - 1), "item");

      if (!zc_inspection_get_origin (self, item))
        g_array_remove_index (numbers, i - 1);
    }
  return numbers;
}

static char *
promise_mark (guint64 finding)
{
  g_autofree char *state = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "state");

  return g_strconcat (ZC_ORIGIN_PREFIX, state, NULL);
}

gboolean
zc_inspection_promise_waits (ZcInspection *self, guint64 finding)
{
  g_autofree char *mark = promise_mark (finding);

  return _zc_statements_get (self, ZC_PLACE_FINDING, NULL, finding, "item") && g_hash_table_contains (self->statements, mark);
}

gboolean
_zc_promise_answered (ZcInspection *self, guint64 finding, GError **error)
{
  g_autofree char *mark = promise_mark (finding);

  return _zc_edit_state (self, mark, NULL, error);
}

gboolean
zc_inspection_wording_changed (ZcInspection *self, const char *item)
{
  g_autofree char *place = g_strconcat (ZC_WORDING_PREFIX, item, NULL);
  const char *wording = g_hash_table_lookup (self->statements, place);
  const ZcItem *here = zc_scheme_find_item (self->scheme, item);

  return wording && here && strcmp (wording, here->wording) != 0;
}

char *
zc_inspection_previous_item (ZcInspection *self, const char *item)
{
  g_autofree char *place = g_strconcat ("item:", item, NULL);

  return g_strdup (zc_inspection_get_previous (self, place));
}

gboolean
zc_inspection_is_former_evidence (ZcInspection *self, guint64 id)
{
  ZcStored *stored = _zc_stored_find (self, id);
  g_autofree char *place = stored ? g_strconcat (ZC_FORMER_PREFIX, stored->sha256, NULL) : NULL;

  return place && g_hash_table_contains (self->statements, place);
}
