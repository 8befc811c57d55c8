/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/zc-ledger-model.h"

struct _ZcLedgerRow
{
  GObject parent_instance;
  guint64 number;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcLedgerRow, zc_ledger_row, G_TYPE_OBJECT)

static void
zc_ledger_row_class_init (ZcLedgerRowClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", ZC_TYPE_LEDGER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zc_ledger_row_init (ZcLedgerRow *self)
{
}

guint64
zc_ledger_row_get_number (ZcLedgerRow *self)
{
  return self->number;
}

struct _ZcLedgerModel
{
  GObject parent_instance;
  ZcInspection *inspection; /* nullable */
  char *ledger;             /* nullable */
  GArray *numbers;          /* (element-type guint64) of the rows, in order */
  GHashTable *live;         /* number → ZcLedgerRow, not owned */
  GHashTable *drafts;       /* place → text */
  GHashTable *faults;       /* nullable: place → sentence */
};

static void
forget (gpointer data, GObject *gone)
{
  GHashTable *live = data;
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, live);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (item == gone)
      {
        g_hash_table_iter_remove (&iter);
        break;
      }
  g_hash_table_unref (live);
}

static GType
get_item_type (GListModel *model)
{
  return ZC_TYPE_LEDGER_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return ZC_LEDGER_MODEL (model)->numbers->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ZcLedgerModel *self = ZC_LEDGER_MODEL (model);
  guint64 number = zc_ledger_model_number_at (self, position);
  ZcLedgerRow *row;

  if (number == 0)
    return NULL;
  row = g_hash_table_lookup (self->live, &number);
  if (row)
    return g_object_ref (row);
  row = g_object_new (ZC_TYPE_LEDGER_ROW, NULL);
  row->number = number;
  g_hash_table_insert (self->live, g_memdup2 (&number, sizeof number), row);
  g_object_weak_ref (G_OBJECT (row), forget, g_hash_table_ref (self->live));
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ZcLedgerModel, zc_ledger_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

ZcLedgerModel *
zc_ledger_model_new (void)
{
  return g_object_new (ZC_TYPE_LEDGER_MODEL, NULL);
}

static void
tell_row (gpointer row)
{
  g_signal_emit (row, signals[CHANGED], 0);
}

/* Tells every live row; they may come and go meanwhile. */
static void
tell_all (ZcLedgerModel *self)
{
  GList *rows = g_hash_table_get_values (self->live);

  g_list_foreach (rows, (GFunc) (void (*) (void)) g_object_ref, NULL);
  g_list_foreach (rows, (GFunc) (void (*) (void)) tell_row, NULL);
  g_list_free_full (rows, g_object_unref);
}

static guint64
number_in (const GArray *numbers, guint at)
{
  return g_array_index (numbers, guint64, at);
}

/* Takes over @numbers and announces the one run of positions that is different. */
static void
take_numbers (ZcLedgerModel *self, GArray *numbers)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->numbers);
  guint most = MIN (old->len, numbers->len);
  guint head = 0, tail = 0;

  self->numbers = numbers;
  while (head < most && number_in (old, head) == number_in (numbers, head))
    head++;
  while (tail < most - head && number_in (old, old->len - 1 - tail) == number_in (numbers, numbers->len - 1 - tail))
    tail++;
  if (old->len != numbers->len || head < numbers->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, numbers->len - head - tail);
}

static GArray *
read_numbers (ZcLedgerModel *self)
{
  return self->ledger ? zc_inspection_get_rows (self->inspection, self->ledger) : g_array_new (FALSE, FALSE, sizeof (guint64));
}

void
zc_ledger_model_set_ledger (ZcLedgerModel *self, ZcInspection *inspection, const char *ledger)
{
  guint old = self->numbers->len;

  g_set_object (&self->inspection, inspection);
  g_free (self->ledger);
  self->ledger = g_strdup (ledger);
  g_hash_table_remove_all (self->drafts);
  g_hash_table_unref (self->live);
  self->live = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_array_unref (self->numbers);
  self->numbers = read_numbers (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old, self->numbers->len);
}

void
zc_ledger_model_sync (ZcLedgerModel *self, const char *text)
{
  ZcPlace place;
  gboolean known = text && zc_place_parse (text, &place);
  gboolean here = known && (place.kind == ZC_PLACE_CELL || place.kind == ZC_PLACE_ROW);
  ZcLedgerRow *row;

  if (here && g_strcmp0 (place.id, self->ledger) != 0)
    return;
  if (!here || place.kind == ZC_PLACE_ROW)
    take_numbers (self, read_numbers (self));
  if (!here)
    {
      tell_all (self);
      return;
    }
  row = g_hash_table_lookup (self->live, &place.number);
  if (row)
    tell_row (row);
}

guint
zc_ledger_model_find (ZcLedgerModel *self, guint64 row)
{
  for (guint i = 0; i < self->numbers->len; i++)
    if (number_in (self->numbers, i) == row)
      return i;
  return G_MAXUINT;
}

guint64
zc_ledger_model_number_at (ZcLedgerModel *self, guint position)
{
  return position < self->numbers->len ? number_in (self->numbers, position) : 0;
}

const char *
zc_ledger_model_get_draft (ZcLedgerModel *self, const char *place)
{
  return g_hash_table_lookup (self->drafts, place);
}

void
zc_ledger_model_set_draft (ZcLedgerModel *self, const char *place, const char *text)
{
  if (text)
    g_hash_table_replace (self->drafts, g_strdup (place), g_strdup (text));
  else
    g_hash_table_remove (self->drafts, place);
}

static gboolean
is_same (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer place, words;

  if (!a || !b || g_hash_table_size (a) != g_hash_table_size (b))
    return a == b;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &place, &words))
    if (g_strcmp0 (words, g_hash_table_lookup (b, place)) != 0)
      return FALSE;
  return TRUE;
}

void
zc_ledger_model_set_faults (ZcLedgerModel *self, GHashTable *faults)
{
  gboolean same = is_same (self->faults, faults);

  g_clear_pointer (&self->faults, g_hash_table_unref);
  self->faults = faults;
  if (!same)
    tell_all (self);
}

const char *
zc_ledger_model_get_fault (ZcLedgerModel *self, const char *place)
{
  return self->faults ? g_hash_table_lookup (self->faults, place) : NULL;
}

void
zc_ledger_model_drop_fault (ZcLedgerModel *self, const char *place)
{
  if (self->faults)
    g_hash_table_remove (self->faults, place);
}

guint
zc_ledger_model_live (ZcLedgerModel *self)
{
  return g_hash_table_size (self->live);
}

static void
zc_ledger_model_finalize (GObject *object)
{
  ZcLedgerModel *self = ZC_LEDGER_MODEL (object);

  g_clear_object (&self->inspection);
  g_free (self->ledger);
  g_array_unref (self->numbers);
  g_hash_table_unref (self->live);
  g_hash_table_unref (self->drafts);
  g_clear_pointer (&self->faults, g_hash_table_unref);
  G_OBJECT_CLASS (zc_ledger_model_parent_class)->finalize (object);
}

static void
zc_ledger_model_class_init (ZcLedgerModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_ledger_model_finalize;
}

static void
zc_ledger_model_init (ZcLedgerModel *self)
{
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->live = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
