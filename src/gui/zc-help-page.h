/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-help-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcHelpPage: a topic of the help as running text, with its related topics below. One stop of the Tab key for the text: the caret
 * moves in it, so that a screen reader reads it and commands can be copied.
 *
 * Signal "related" (const char *id): a related topic was asked for.
 */
#define ZC_TYPE_HELP_PAGE (zc_help_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcHelpPage, zc_help_page, ZC, HELP_PAGE, AdwBin)

GtkWidget *zc_help_page_new (const ZcHelpBook *book);
/**
 * zc_help_page_show: shows @topic from @block on; -1: from its beginning.
 * @words: (nullable): as zc_help_split() gives them; where they stand is marked
 */
void zc_help_page_show (ZcHelpPage *self, const ZcHelpTopic *topic, int block, char **words);
/** zc_help_page_get_topic: Returns: (nullable): what is shown. */
const ZcHelpTopic *zc_help_page_get_topic (ZcHelpPage *self);
/** zc_help_page_get_block: the block that the caret stands in; -1: the title. */
int zc_help_page_get_block (ZcHelpPage *self);
void zc_help_page_focus (ZcHelpPage *self);

G_END_DECLS
