/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcItemsPage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_ITEMS_PAGE (zc_items_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcItemsPage, zc_items_page, ZC, ITEMS_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcItemsPage, zc_items_page, ZC_TYPE_PAGE)

static void
zc_items_page_class_init (ZcItemsPageClass *klass)
{
}

static void
zc_items_page_init (ZcItemsPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_ITEMS));
  adw_bin_set_child (ADW_BIN (self), status);
}
