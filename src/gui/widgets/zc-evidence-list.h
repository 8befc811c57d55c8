/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcEvidenceList: the evidence of one item: files are added by a button, by dropping them, by pasting a screenshot,
 * or taken over from other items; each has a caption, a preview, and can be opened outside or taken away.
 */
#define ZC_TYPE_EVIDENCE_LIST (zc_evidence_list_get_type ())
G_DECLARE_FINAL_TYPE (ZcEvidenceList, zc_evidence_list, ZC, EVIDENCE_LIST, AdwBin)

GtkWidget *zc_evidence_list_new (ZcSession *session, const ZcItem *item);
void zc_evidence_list_refresh (ZcEvidenceList *self);
/** zc_evidence_list_attach: (element-type GFile): one after another, while everything else goes on. */
void zc_evidence_list_attach (ZcEvidenceList *self, GPtrArray *files);
/** zc_evidence_list_can_paste: whether the clipboard has files, or a picture and no text. */
gboolean zc_evidence_list_can_paste (ZcEvidenceList *self);
/** zc_evidence_list_paste: what is in the clipboard: files or a picture. */
void zc_evidence_list_paste (ZcEvidenceList *self);

G_END_DECLS
