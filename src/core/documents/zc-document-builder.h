/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/zc-block.h"
#include "record/zc-record.h"

G_BEGIN_DECLS

/**
 * zc_documents_build: all documents of the scheme with the record's values, in the scheme's order, then the built-in
 * ones: annexes (ledgers and findings that no document prints in full, notes of items, evidence list) and the hand-in
 * list with the disc label. Together they print every place that the record states.
 * @mark: (nullable): what sealed pages carry; NULL makes drafts
 *
 * Returns: (transfer full) (element-type ZcDocument)
 */
GPtrArray *zc_documents_build (ZcRecord *record, const ZcSealMark *mark);

/** zc_documents_build_one: only the document called @id. Returns: (transfer full) (nullable) */
ZcDocument *zc_documents_build_one (ZcRecord *record, const char *id, const ZcSealMark *mark);

/** zc_documents_printed: Returns: (transfer full): the set of places that all documents together print. */
GHashTable *zc_documents_printed (ZcRecord *record);

/** zc_delivery_carrier_label: how the hand-in list calls what @delivery is on: 纸质, 光盘 … */
const char *zc_delivery_carrier_label (const ZcDelivery *delivery);
/** zc_delivery_sealing_label: 盖章, 签字, 签字并盖章, or a dash. */
const char *zc_delivery_sealing_label (const ZcDelivery *delivery);

G_END_DECLS
