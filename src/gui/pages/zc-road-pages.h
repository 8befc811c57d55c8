/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The pages, one for each ZcRoadStep (zc-<id>-page.c); "done" is the hand-in page. */
GType zc_unit_page_get_type (void);
GType zc_items_page_get_type (void);
GType zc_ledgers_page_get_type (void);
GType zc_findings_page_get_type (void);
GType zc_report_page_get_type (void);
GType zc_check_page_get_type (void);
GType zc_preview_page_get_type (void);
GType zc_seal_page_get_type (void);
GType zc_pack_page_get_type (void);
GType zc_done_page_get_type (void);

G_END_DECLS
