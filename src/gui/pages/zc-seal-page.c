/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcSealPage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_SEAL_PAGE (zc_seal_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcSealPage, zc_seal_page, ZC, SEAL_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcSealPage, zc_seal_page, ZC_TYPE_PAGE)

static void
zc_seal_page_class_init (ZcSealPageClass *klass)
{
}

static void
zc_seal_page_init (ZcSealPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_SEAL));
  adw_bin_set_child (ADW_BIN (self), status);
}
