/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcStartPage: new self-check, open, recent ones, verify a disc. It hands an opened inspection to its window
 * (ZcWindow).
 */
#define ZC_TYPE_START_PAGE (zc_start_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcStartPage, zc_start_page, ZC, START_PAGE, AdwBin)

ZcStartPage *zc_start_page_new (void);
/** zc_start_page_show_home: with the recent ones read again. */
void zc_start_page_show_home (ZcStartPage *self);
/**
 * zc_start_page_choose_scheme: shows the first question of a new self-check (classified systems?), then the schemes.
 */
void zc_start_page_choose_scheme (ZcStartPage *self);
/** zc_start_page_verify: asks for what is needed to verify @files: (element-type GFile): packages or disc images. */
void zc_start_page_verify (ZcStartPage *self, GPtrArray *files);
/** zc_start_page_is_home: whether nothing is begun in it. */
gboolean zc_start_page_is_home (ZcStartPage *self);
/** zc_start_page_get_topic: the topic of the help that what it shows belongs to. */
const char *zc_start_page_get_topic (ZcStartPage *self);

G_END_DECLS
