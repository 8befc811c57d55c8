/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/zc-rules.h"

G_BEGIN_DECLS

/* The road a self-check takes, step by step: what the window's sidebar shows, kept here so that it can be tested
 * without one. */

typedef enum
{
  ZC_ROAD_UNIT,     /* 单位信息 */
  ZC_ROAD_ITEMS,    /* 逐项自查 */
  ZC_ROAD_LEDGERS,  /* 台账 */
  ZC_ROAD_FINDINGS, /* 问题与整改 */
  ZC_ROAD_REPORT,   /* 自查报告 */
  ZC_ROAD_CHECK,    /* 核对 */
  ZC_ROAD_PREVIEW,  /* 预览打印 */
  ZC_ROAD_SEAL,     /* 封存 */
  ZC_ROAD_PACK,     /* 打包刻录 */
  ZC_ROAD_DONE,     /* 报送 */
  ZC_N_ROAD_STEPS
} ZcRoadStep;

typedef enum
{
  ZC_ROAD_OPEN,    /* something is left to do */
  ZC_ROAD_COMPLETE,
  ZC_ROAD_BLOCKED, /* an earlier step must be finished first; it can be looked at all the same */
  ZC_ROAD_UNKNOWN, /* nothing was checked yet */
} ZcRoadState;

/** zc_road_id: "unit", "items" … as names of pages. */
const char *zc_road_id (ZcRoadStep step);
/** zc_road_title: translated. */
const char *zc_road_title (ZcRoadStep step);

/**
 * zc_road_state: how far @step is.
 * @results: (nullable): of zc_handin_preflight(); NULL: it is still at work
 * @open: (out) (nullable): how many things are left in it
 */
ZcRoadState zc_road_state (ZcInspection *inspection, ZcRecord *record, GPtrArray *results, ZcRoadStep step, guint *open);

/** zc_road_step_of: the step whose page shows @place (for jumps). */
ZcRoadStep zc_road_step_of (const ZcScheme *scheme, const char *place);

/** zc_road_item_of: Returns: (nullable): the item whose page shows @place: that of an answer, link, evidence need, or the first that asks for
 * the fact or shows the ledger. */
const ZcItem *zc_road_item_of (const ZcScheme *scheme, const char *place);

G_END_DECLS
