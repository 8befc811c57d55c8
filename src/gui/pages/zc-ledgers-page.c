/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-page.h"

#include "handin/zc-road.h"

struct _ZcLedgersPage
{
  ZcPage parent_instance;
};

#define ZC_TYPE_LEDGERS_PAGE (zc_ledgers_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcLedgersPage, zc_ledgers_page, ZC, LEDGERS_PAGE, ZcPage)
G_DEFINE_FINAL_TYPE (ZcLedgersPage, zc_ledgers_page, ZC_TYPE_PAGE)

static void
zc_ledgers_page_class_init (ZcLedgersPageClass *klass)
{
}

static void
zc_ledgers_page_init (ZcLedgersPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), zc_road_title (ZC_ROAD_LEDGERS));
  adw_bin_set_child (ADW_BIN (self), status);
}
