/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcDonePage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_DONE_PAGE (zc_done_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcDonePage, zc_done_page, ZC, DONE_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcDonePage, zc_done_page, ZC_TYPE_PAGE)

static void
zc_done_page_class_init (ZcDonePageClass *klass)
{
}

static void
zc_done_page_init (ZcDonePage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_DONE));
  adw_bin_set_child (ADW_BIN (self), status);
}
