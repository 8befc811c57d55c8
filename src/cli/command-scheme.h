/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-cli.h"

G_BEGIN_DECLS

/**
 * zc_cli_show_scheme: prints all of @scheme for people: hand-in list, calendar, documents, items, facts, ledgers,
 * rules.
 */
void zc_cli_show_scheme (const ZcScheme *scheme);
/** zc_cli_show_scheme_json: the same for programs. */
void zc_cli_show_scheme_json (const ZcScheme *scheme);

G_END_DECLS
