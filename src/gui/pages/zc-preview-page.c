/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcPreviewPage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_PREVIEW_PAGE (zc_preview_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcPreviewPage, zc_preview_page, ZC, PREVIEW_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcPreviewPage, zc_preview_page, ZC_TYPE_PAGE)

static void
zc_preview_page_class_init (ZcPreviewPageClass *klass)
{
}

static void
zc_preview_page_init (ZcPreviewPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_PREVIEW));
  adw_bin_set_child (ADW_BIN (self), status);
}
