/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcCheckPage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_CHECK_PAGE (zc_check_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcCheckPage, zc_check_page, ZC, CHECK_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcCheckPage, zc_check_page, ZC_TYPE_PAGE)

static void
zc_check_page_class_init (ZcCheckPageClass *klass)
{
}

static void
zc_check_page_init (ZcCheckPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_CHECK));
  adw_bin_set_child (ADW_BIN (self), status);
}
