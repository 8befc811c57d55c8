/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BIG_ITEMS 2000u
#define BIG_ROWS 5000u
#define BIG_LEDGER "systems"

/** big_inspection_make: writes a self-check of a notice with @items items and a ledger with @rows rows of ten cells. */
void big_inspection_make (const char *path, guint items, guint rows);
/** big_inspection_write_csv: BIG_ROWS rows for the ledger. */
void big_inspection_write_csv (const char *path);

G_END_DECLS
