/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

G_BEGIN_DECLS

/**
 * zc_printed_list_job: a ZcSessionJob: lays all documents out, in a temporary folder that is removed again, and says
 * of every typed thing on which pages it is printed. Returns: (transfer full) (element-type ZcLine): the key is
 * "INDEX|PLACE"
 */
gpointer zc_printed_list_job (ZcInspection *inspection, gpointer data, const ZcProgress *progress, GError **error);

G_END_DECLS
