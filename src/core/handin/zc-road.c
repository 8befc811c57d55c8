/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handin/zc-road.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *id;
  const char *title;
} steps[ZC_N_ROAD_STEPS] = {
  [ZC_ROAD_UNIT] = { "unit", N_("Unit") },
  [ZC_ROAD_ITEMS] = { "items", N_("Items") },
  [ZC_ROAD_LEDGERS] = { "ledgers", N_("Ledgers") },
  [ZC_ROAD_FINDINGS] = { "findings", N_("Findings") },
  [ZC_ROAD_REPORT] = { "report", N_("Report") },
  [ZC_ROAD_CHECK] = { "check", N_("Check") },
  [ZC_ROAD_PREVIEW] = { "preview", N_("Preview and print") },
  [ZC_ROAD_SEAL] = { "seal", N_("Seal") },
  [ZC_ROAD_PACK] = { "pack", N_("Package and disc") },
  [ZC_ROAD_DONE] = { "done", N_("Hand in") },
};

const char *
zc_road_id (ZcRoadStep step)
{
  return steps[step].id;
}

const char *
zc_road_title (ZcRoadStep step)
{
  return _(steps[step].title);
}

const ZcItem *
zc_road_item_of (const ZcScheme *scheme, const char *text)
{
  ZcPlace place;

  if (!zc_place_parse (text, &place))
    return NULL;
  if (place.kind == ZC_PLACE_ANSWER || place.kind == ZC_PLACE_ITEM || place.kind == ZC_PLACE_LINK)
    return zc_scheme_find_item (scheme, place.id);
  for (guint i = 0; i < scheme->items->len; i++)
    {
      const ZcItem *item = scheme->items->pdata[i];

      for (guint f = 0; place.kind == ZC_PLACE_FACT && f < item->fields->len; f++)
        if (strcmp (((const ZcField *) item->fields->pdata[f])->id, place.id) == 0)
          return item;
    }
  return NULL;
}

ZcRoadStep
zc_road_step_of (const ZcScheme *scheme, const char *text)
{
  ZcPlace place;

  if (!zc_place_parse (text, &place))
    return ZC_ROAD_CHECK;
  switch (place.kind)
    {
    case ZC_PLACE_FACT:
      return zc_road_item_of (scheme, text) ? ZC_ROAD_ITEMS : ZC_ROAD_UNIT;
    case ZC_PLACE_LEDGER:
    case ZC_PLACE_ROW:
    case ZC_PLACE_CELL:
      return ZC_ROAD_LEDGERS;
    case ZC_PLACE_FINDING:
      return ZC_ROAD_FINDINGS;
    case ZC_PLACE_TEXT:
      return ZC_ROAD_REPORT;
    case ZC_PLACE_ANSWER:
    case ZC_PLACE_LINK:
    case ZC_PLACE_EVIDENCE:
    case ZC_PLACE_ITEM:
      return ZC_ROAD_ITEMS;
    }
  return ZC_ROAD_CHECK;
}

static guint
count_must (const ZcScheme *scheme, GPtrArray *results, ZcRoadStep step)
{
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const ZcResult *result = results->pdata[i];

      n += result->level == ZC_LEVEL_MUST && (step == ZC_ROAD_CHECK || zc_road_step_of (scheme, result->place) == step);
    }
  return n;
}

static gboolean
has_event (ZcInspection *inspection, const char *kind)
{
  g_autoptr (GPtrArray) log = zc_inspection_get_log (inspection);
  guint revision = zc_inspection_next_revision (inspection) - 1;
  gboolean found = FALSE;

  for (guint i = 0; i < log->len; i++)
    {
      const ZcHandInEvent *event = log->pdata[i];

      found = found || (event->revision == revision && strcmp (event->kind, kind) == 0);
    }
  return found;
}

ZcRoadState
zc_road_state (ZcInspection *inspection, ZcRecord *record, GPtrArray *results, ZcRoadStep step, guint *open)
{
  ZcState state = zc_inspection_get_state (inspection);
  gboolean asks = step <= ZC_ROAD_PREVIEW || (step == ZC_ROAD_SEAL && state < ZC_STATE_SEALED);
  guint must = results && step <= ZC_ROAD_CHECK ? count_must (zc_inspection_get_scheme (inspection), results, step) : 0;

  if (open)
    *open = must;
  if (asks && !results)
    return ZC_ROAD_UNKNOWN;
  switch (step)
    {
    case ZC_ROAD_PREVIEW:
      return must == 0 && zc_preflight_count (results, ZC_LEVEL_MUST) == 0 ? ZC_ROAD_COMPLETE : ZC_ROAD_OPEN;
    case ZC_ROAD_SEAL:
      if (state >= ZC_STATE_SEALED)
        return ZC_ROAD_COMPLETE;
      return zc_preflight_count (results, ZC_LEVEL_MUST) == 0 ? ZC_ROAD_OPEN : ZC_ROAD_BLOCKED;
    case ZC_ROAD_PACK:
      if (state < ZC_STATE_SEALED)
        return ZC_ROAD_BLOCKED;
      return state >= ZC_STATE_PACKED ? ZC_ROAD_COMPLETE : ZC_ROAD_OPEN;
    case ZC_ROAD_DONE:
      if (state < ZC_STATE_PACKED)
        return ZC_ROAD_BLOCKED;
      return has_event (inspection, "receipt") ? ZC_ROAD_COMPLETE : ZC_ROAD_OPEN;
    default:
      return must == 0 ? ZC_ROAD_COMPLETE : ZC_ROAD_OPEN;
    }
}
