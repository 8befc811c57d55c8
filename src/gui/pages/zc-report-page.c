/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcReportPage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_REPORT_PAGE (zc_report_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcReportPage, zc_report_page, ZC, REPORT_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcReportPage, zc_report_page, ZC_TYPE_PAGE)

static void
zc_report_page_class_init (ZcReportPageClass *klass)
{
}

static void
zc_report_page_init (ZcReportPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_REPORT));
  adw_bin_set_child (ADW_BIN (self), status);
}
