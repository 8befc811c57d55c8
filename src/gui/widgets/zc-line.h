/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/zc-line-list.h"

/* What ZcLineList reads of its lines. Signal "changed". */
struct _ZcLine
{
  GObject parent_instance;
  char *key;
  char *icon; /* nullable */
  char *title;
  char *subtitle; /* nullable */
  char *badge;
  char *style; /* nullable */
  gboolean heading;
};

/* Takes over what @from says; tells it by "changed" if that is something else. */
void zc_line_update (ZcLine *self, const ZcLine *from);
