/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the files of this folder only. */

#include "handin/zc-handin.h"

G_BEGIN_DECLS

/** zc_handin_add_result: takes @place and @message; the worst come first. */
void zc_handin_add_result (GPtrArray *results, ZcLevel level, const char *rule, char *place, char *message);

/**
 * zc_handin_check_pages: what the printed pages of @documents (element-type ZcDocument) will lack: characters that no
 * font has, and text that is larger than its room.
 */
void zc_handin_check_pages (ZcRecord *record, GPtrArray *documents, GPtrArray *results);

G_END_DECLS
