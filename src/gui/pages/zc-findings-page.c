/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcFindingsPage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_FINDINGS_PAGE (zc_findings_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcFindingsPage, zc_findings_page, ZC, FINDINGS_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcFindingsPage, zc_findings_page, ZC_TYPE_PAGE)

static void
zc_findings_page_class_init (ZcFindingsPageClass *klass)
{
}

static void
zc_findings_page_init (ZcFindingsPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_FINDINGS));
  adw_bin_set_child (ADW_BIN (self), status);
}
