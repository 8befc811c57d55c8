/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-icons.h"

static void (*constructed) (GObject *icon);

static void
on_constructed (GObject *icon)
{
  constructed (icon);
  g_object_ref (icon);
}

void
zc_icons_keep (void)
{
  GObjectClass *klass;

  if (constructed)
    return;
  /* GTK has no signal for a new icon, and its cache cannot be asked; the class can, for it is there for good. */
  klass = g_type_class_ref (GTK_TYPE_ICON_PAINTABLE);
  constructed = klass->constructed;
  klass->constructed = on_constructed;
}
