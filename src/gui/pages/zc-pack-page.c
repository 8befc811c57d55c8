/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcPackPage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_PACK_PAGE (zc_pack_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcPackPage, zc_pack_page, ZC, PACK_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcPackPage, zc_pack_page, ZC_TYPE_PAGE)

static void
zc_pack_page_class_init (ZcPackPageClass *klass)
{
}

static void
zc_pack_page_init (ZcPackPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_PACK));
  adw_bin_set_child (ADW_BIN (self), status);
}
