/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcUnitPage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_UNIT_PAGE (zc_unit_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcUnitPage, zc_unit_page, ZC, UNIT_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcUnitPage, zc_unit_page, ZC_TYPE_PAGE)

static void
zc_unit_page_class_init (ZcUnitPageClass *klass)
{
}

static void
zc_unit_page_init (ZcUnitPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_UNIT));
  adw_bin_set_child (ADW_BIN (self), status);
}
