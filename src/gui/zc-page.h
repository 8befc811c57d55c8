/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZcPage: one step of the road in the window. Pages are thin: they bind widgets to places of the session.
 *
 * The window makes one of each when an inspection is opened, binds it, and refreshes it whenever it becomes visible or
 * something changed while it is visible. A hidden page does no work.
 */
#define ZC_TYPE_PAGE (zc_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ZcPage, zc_page, ZC, PAGE, AdwBin)

struct _ZcPageClass
{
  AdwBinClass parent_class;

  /** refresh: brings the widgets up to date with the session. @place: what changed, NULL for everything. */
  void (*refresh) (ZcPage *self, const char *place);
  /** reveal: scrolls to @place, opens what hides it and gives it the focus. */
  void (*reveal) (ZcPage *self, const char *place);
  /** search: (nullable): what Ctrl+F does on this page. */
  void (*search) (ZcPage *self);
};

void zc_page_bind (ZcPage *self, ZcSession *session);
ZcSession *zc_page_session (ZcPage *self);
void zc_page_refresh (ZcPage *self, const char *place);
void zc_page_reveal (ZcPage *self, const char *place);
/** zc_page_search: Returns: whether the page has a search of its own. */
gboolean zc_page_search (ZcPage *self);

G_END_DECLS
