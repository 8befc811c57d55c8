/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-inspection-private.h"

#include <string.h>

/* Everything stated, in memory. The order of rows, links and findings is kept beside it, so that reading
 * needs no search. */

static int
compare_numbered (gconstpointer a, gconstpointer b)
{
  const ZcNumbered *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

void
_zc_statements_init (ZcInspection *self)
{
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->findings = g_array_new (FALSE, FALSE, sizeof (ZcNumbered));
}

void
_zc_statements_clear (ZcInspection *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_clear_pointer (&self->findings, g_array_unref);
}

GArray *
_zc_statements_numbered (GHashTable *table, const char *id)
{
  return g_hash_table_lookup (table, id);
}

int
_zc_numbered_find (GArray *array, guint64 number)
{
  for (guint i = 0; array && i < array->len; i++)
    if (g_array_index (array, ZcNumbered, i).number == number)
      return (int) i;
  return -1;
}

/* The place of @entry in the sorted @array: most come last, so that is tried first. */
static guint
insertion_point (GArray *array, const ZcNumbered *entry)
{
  guint low = 0, high = array->len;

  if (high == 0 || compare_numbered (&g_array_index (array, ZcNumbered, high - 1), entry) < 0)
    return high;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_numbered (&g_array_index (array, ZcNumbered, middle), entry) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
numbered_insert (GArray *array, guint64 key, guint64 number)
{
  ZcNumbered entry = { key, number };

  g_array_insert_val (array, insertion_point (array, &entry), entry);
}

static void
numbered_remove (GArray *array, guint64 key, guint64 number)
{
  ZcNumbered entry = { key, number };
  guint i = array ? insertion_point (array, &entry) : 0;

  if (array && i < array->len && g_array_index (array, ZcNumbered, i).number == number)
    g_array_remove_index (array, i);
}

static guint64
key_of (const char *value)
{
  return g_ascii_strtoull (value, NULL, 10);
}

static guint64
item_key (ZcInspection *self, const char *item)
{
  const ZcItem *found = self->scheme ? zc_scheme_find_item (self->scheme, item) : NULL;

  return found ? found->order : G_MAXUINT;
}

static GArray *
numbered_of (GHashTable *table, const char *id)
{
  GArray *array = g_hash_table_lookup (table, id);

  if (!array)
    {
      array = g_array_new (FALSE, FALSE, sizeof (ZcNumbered));
      g_hash_table_insert (table, g_strdup (id), array);
    }
  return array;
}

static void
index_numbered (GHashTable *table, const ZcPlace *place, const char *old, const char *value)
{
  GArray *array = numbered_of (table, place->id);

  if (old)
    numbered_remove (array, key_of (old), place->number);
  if (value)
    numbered_insert (array, key_of (value), place->number);
}

static void
index_place (ZcInspection *self, const char *text, const char *old, const char *value)
{
  ZcPlace place;

  /* Cells are most of all there is, and have no order of their own. */
  if (g_str_has_prefix (text, "cell:") || !zc_place_parse (text, &place))
    return;
  if (place.kind == ZC_PLACE_ROW)
    index_numbered (self->rows, &place, old, value);
  else if (place.kind == ZC_PLACE_LINK)
    index_numbered (self->links, &place, old, value);
  else if (place.kind == ZC_PLACE_FINDING && strcmp (place.field, "item") == 0)
    {
      if (old)
        numbered_remove (self->findings, item_key (self, old), place.number);
      if (value)
        numbered_insert (self->findings, item_key (self, value), place.number);
    }
}

void
_zc_statements_put (ZcInspection *self, const char *place, const char *value)
{
  const char *old = g_hash_table_lookup (self->statements, place);

  self->data_version++;
  index_place (self, place, old, value);
  if (value)
    g_hash_table_insert (self->statements, g_strdup (place), g_strdup (value));
  else
    g_hash_table_remove (self->statements, place);
}

const char *
_zc_statements_get (ZcInspection *self, ZcPlaceKind kind, const char *id, guint64 number, const char *field)
{
  g_autofree char *place = zc_place_new (kind, id, number, field);

  return g_hash_table_lookup (self->statements, place);
}

static void
sort_all (GHashTable *table)
{
  GHashTableIter iter;
  gpointer array;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &array))
    g_array_sort (array, compare_numbered);
}

void
_zc_statements_index (ZcInspection *self)
{
  GHashTableIter iter;
  gpointer text, value;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, &text, &value))
    {
      ZcNumbered entry;
      ZcPlace place;

      if (g_str_has_prefix (text, "cell:") || !zc_place_parse (text, &place))
        continue;
      entry = (ZcNumbered){ key_of (value), place.number };
      if (place.kind == ZC_PLACE_ROW)
        g_array_append_val (numbered_of (self->rows, place.id), entry);
      else if (place.kind == ZC_PLACE_LINK)
        g_array_append_val (numbered_of (self->links, place.id), entry);
      else if (place.kind == ZC_PLACE_FINDING && strcmp (place.field, "item") == 0)
        g_array_append_val (self->findings, entry);
    }
  sort_all (self->rows);
  sort_all (self->links);
}

void
_zc_statements_resort (ZcInspection *self)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      ZcNumbered *entry = &g_array_index (self->findings, ZcNumbered, i);
      const char *item = _zc_statements_get (self, ZC_PLACE_FINDING, NULL, entry->number, "item");

      entry->key = item ? item_key (self, item) : G_MAXUINT;
    }
  g_array_sort (self->findings, compare_numbered);
}

/* Walking through all of it */

typedef struct
{
  ZcInspection *self;
  void (*func) (const char *place, const char *value, gpointer data);
  gpointer data;
} Walk;

static void
visit (const Walk *walk, ZcPlaceKind kind, const char *id, guint64 number, const char *field)
{
  g_autofree char *place = zc_place_new (kind, id, number, field);
  const char *value = g_hash_table_lookup (walk->self->statements, place);

  if (value)
    walk->func (place, value, walk->data);
}

static void
visit_ledgers (const Walk *walk)
{
  GPtrArray *ledgers = walk->self->scheme->ledgers;

  for (guint i = 0; i < ledgers->len; i++)
    {
      const ZcLedger *ledger = ledgers->pdata[i];
      GArray *rows = g_hash_table_lookup (walk->self->rows, ledger->id);

      for (guint j = 0; rows && j < rows->len; j++)
        {
          guint64 row = g_array_index (rows, ZcNumbered, j).number;

          visit (walk, ZC_PLACE_ROW, ledger->id, row, NULL);
          for (guint k = 0; k < ledger->columns->len; k++)
            visit (walk, ZC_PLACE_CELL, ledger->id, row, ((ZcField *) ledger->columns->pdata[k])->id);
        }
    }
}

static void
visit_findings (const Walk *walk)
{
  GPtrArray *fields = zc_finding_fields ();

  for (guint i = 0; i < walk->self->findings->len; i++)
    for (guint j = 0; j < fields->len; j++)
      visit (walk, ZC_PLACE_FINDING, NULL, g_array_index (walk->self->findings, ZcNumbered, i).number,
             ((ZcField *) fields->pdata[j])->id);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

static GArray *
evidence_ids (ZcInspection *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->evidence);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (ids, *(guint64 *) id);
  g_array_sort (ids, compare_ids);
  return ids;
}

static void
visit_evidence (const Walk *walk)
{
  GPtrArray *items = walk->self->scheme->items;
  g_autoptr (GArray) ids = evidence_ids (walk->self);

  for (guint i = 0; i < items->len; i++)
    {
      const ZcItem *item = items->pdata[i];
      GArray *links = g_hash_table_lookup (walk->self->links, item->id);

      for (guint j = 0; links && j < links->len; j++)
        visit (walk, ZC_PLACE_LINK, item->id, g_array_index (links, ZcNumbered, j).number, NULL);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      visit (walk, ZC_PLACE_EVIDENCE, NULL, g_array_index (ids, guint64, i), "caption");
      visit (walk, ZC_PLACE_EVIDENCE, NULL, g_array_index (ids, guint64, i), "kept");
    }
}

void
zc_inspection_foreach (ZcInspection *self, void (*func) (const char *, const char *, gpointer), gpointer data)
{
  Walk walk = { self, func, data };
  GPtrArray *answers = zc_answer_fields ();
  ZcScheme *scheme = self->scheme;

  for (guint i = 0; i < scheme->facts->len; i++)
    visit (&walk, ZC_PLACE_FACT, ((ZcField *) scheme->facts->pdata[i])->id, 0, NULL);
  for (guint i = 0; i < scheme->items->len; i++)
    for (guint j = 0; j < answers->len; j++)
      visit (&walk, ZC_PLACE_ANSWER, ((ZcItem *) scheme->items->pdata[i])->id, 0,
             ((ZcField *) answers->pdata[j])->id);
  visit_ledgers (&walk);
  visit_findings (&walk);
  for (guint i = 0; i < scheme->chapters->len; i++)
    visit (&walk, ZC_PLACE_TEXT, ((ZcChapter *) scheme->chapters->pdata[i])->id, 0, NULL);
  visit_evidence (&walk);
}
