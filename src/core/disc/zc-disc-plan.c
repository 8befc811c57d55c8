/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"
#include "disc/zc-disc-iso.h"
#include "disc/zc-disc-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define VOLUME_ID_MAX 16

static guint64
divide_up (guint64 a, guint64 b)
{
  return a / b + (a % b != 0);
}

/* The size of one disc's image. @empty_parts: as if the package had no bytes, which tells what everything
 * else needs. */
static guint64
image_size (const ZcDiscSpec *spec, const ZcDiscCut *cut, guint disc, gboolean empty_parts, GError **error)
{
  g_autoptr (GPtrArray) items = zc_disc_items (spec, cut);
  g_autofree ZcIsoFile *files = g_new0 (ZcIsoFile, items->len + 2);
  g_autofree char *id = zc_disc_id (spec, disc, cut->n_discs);
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const ZcDiscItem *item = items->pdata[i];

      if (zc_disc_item_is_on (item, disc))
        files[n++] = (ZcIsoFile){ item->name, item->content || !empty_parts ? item->size : 0 };
    }
  files[n++] = (ZcIsoFile){ ZC_DISC_SM3SUMS, zc_disc_sums_size (items, ZC_DIGEST_SM3) };
  files[n++] = (ZcIsoFile){ ZC_DISC_SHA256SUMS, zc_disc_sums_size (items, ZC_DIGEST_SHA256) };
  return zc_iso_size (id, spec->timestamp, files, n, error);
}

static gboolean
single_cut (const ZcDiscSpec *spec, ZcDiscCut *cut, GError **error)
{
  guint64 part = spec->package_size <= spec->part_limit ? MAX (spec->package_size, 1)
                                                        : spec->part_limit - spec->part_limit % ZC_DISC_BLOCK;
  guint64 n_parts = spec->package ? MAX (divide_up (spec->package_size, part), 1) : 0;

  if (n_parts > ZC_DISC_MAX_PARTS)
    return zc_fail (error, ZC_ERROR_LIMIT, _("The package is too large to be put on discs."));
  *cut = (ZcDiscCut){ 1, (guint) n_parts, MAX ((guint) n_parts, 1), part };
  return TRUE;
}

static gboolean
fail_small (guint64 capacity, GError **error)
{
  g_autofree char *shown = zc_size_display (capacity);

  return zc_fail (error, ZC_ERROR_LIMIT,
                  _("Discs of %s are too small for this hand-in, even many of them. Use larger ones."),
                  shown);
}

/* Cuts the package so that equal parts, each within the limit, fill a disc as far as whole blocks allow.
 * @room: what a disc leaves for them. */
static gboolean
cut_for_room (const ZcDiscSpec *spec, guint64 room, ZcDiscCut *cut)
{
  guint64 per_disc = divide_up (room, spec->part_limit);
  guint64 part, n_parts;

  if (per_disc == 0 || per_disc > ZC_DISC_MAX_PARTS)
    return FALSE;
  part = room / per_disc;
  part -= part % ZC_DISC_BLOCK;
  if (part == 0)
    return FALSE;
  n_parts = divide_up (spec->package_size, part);
  if (n_parts > ZC_DISC_MAX_PARTS || divide_up (n_parts, per_disc) > ZC_DISC_MAX_DISCS)
    return FALSE;
  *cut = (ZcDiscCut){ (guint) divide_up (n_parts, per_disc), (guint) n_parts, (guint) per_disc, part };
  return TRUE;
}

static gboolean
sizes_of (const ZcDiscSpec *spec, const ZcDiscCut *cut, guint64 *sizes, guint64 *largest, GError **error)
{
  *largest = 0;
  for (guint i = 0; i < cut->n_discs; i++)
    {
      sizes[i] = image_size (spec, cut, i + 1, FALSE, error);
      if (sizes[i] == 0)
        return FALSE;
      *largest = MAX (*largest, sizes[i]);
    }
  return TRUE;
}

/* What is beside the parts grows a little with their number (names, lists), so the room is narrowed until all
 * fit. */
static gboolean
split (const ZcDiscSpec *spec, guint64 capacity, ZcDiscCut *cut, guint64 *sizes, GError **error)
{
  guint64 beside, room, largest;

  *cut = (ZcDiscCut){ 2, 2, 1, spec->part_limit };
  beside = image_size (spec, cut, 1, TRUE, error);
  if (beside == 0)
    return FALSE;
  for (room = capacity > beside ? capacity - beside : 0; cut_for_room (spec, room, cut);)
    {
      if (!sizes_of (spec, cut, sizes, &largest, error))
        return FALSE;
      if (largest <= capacity)
        return TRUE;
      room -= MIN (room, largest - capacity + ZC_DISC_BLOCK);
    }
  return fail_small (capacity, error);
}

static ZcDiscPlan *
plan_new (const ZcDiscCut *cut, guint64 capacity, guint64 whole, const guint64 *sizes)
{
  ZcDiscPlan *plan = g_new0 (ZcDiscPlan, 1);

  plan->n_discs = cut->n_discs;
  plan->n_parts = cut->n_parts;
  plan->parts_per_disc = cut->parts_per_disc;
  plan->part_size = cut->part_size;
  plan->capacity = capacity;
  plan->whole_size = whole;
  plan->image_sizes = g_memdup2 (sizes, cut->n_discs * sizeof *sizes);
  return plan;
}

ZcDiscPlan *
zc_disc_plan (ZcDiscSpec *self, guint64 capacity, GError **error)
{
  guint64 sizes[ZC_DISC_MAX_DISCS];
  g_autofree char *id = NULL;
  guint64 whole;
  ZcDiscCut cut;

  if (!single_cut (self, &cut, error))
    return NULL;
  whole = sizes[0] = image_size (self, &cut, 1, FALSE, error);
  if (whole == 0)
    return NULL;
  if (capacity > 0 && whole > capacity)
    {
      if (!self->package)
        {
          fail_small (capacity, error);
          return NULL;
        }
      if (!split (self, capacity, &cut, sizes, error))
        return NULL;
    }
  id = zc_disc_id (self, cut.n_discs, cut.n_discs);
  if (strlen (id) > VOLUME_ID_MAX)
    return zc_fail_null (error, ZC_ERROR_LIMIT,
                         _("“%s” is too long for a disc's name: use fewer or larger discs."), id);
  return plan_new (&cut, capacity, whole, sizes);
}

char *
zc_disc_plan_sentence (const ZcDiscPlan *plan)
{
  g_autofree char *needed = zc_size_display (plan->whole_size);
  g_autofree char *held = zc_size_display (plan->capacity);

  if (plan->n_discs == 1)
    return NULL;
  return g_strdup_printf (
      ngettext ("The hand-in needs %s, this disc holds %s. Use a larger one, or split it over %u disc.",
                "The hand-in needs %s, this disc holds %s. Use a larger one, or split it over %u discs.",
                plan->n_discs),
      needed, held, plan->n_discs);
}

void
zc_disc_plan_free (ZcDiscPlan *plan)
{
  if (!plan)
    return;
  g_free (plan->image_sizes);
  g_free (plan);
}

guint64
zc_disc_image_size (ZcDiscSpec *self, GError **error)
{
  g_autoptr (ZcDiscPlan) plan = zc_disc_plan (self, 0, error);

  return plan ? plan->whole_size : 0;
}
