/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-libburn.h"

#include <glib/gi18n-lib.h>

static void
libburn_free (ZcBurnBackend *base)
{
  ZcLibburn *self = (ZcLibburn *) base;

  g_ptr_array_unref (self->messages);
  g_free (self->address);
  g_free (self);
}

static gboolean
library_init (void)
{
  static gsize state = 0;

  if (g_once_init_enter (&state))
    {
      char queue[] = "ALL", print[] = "NEVER", prefix[] = "";
      gboolean good = burn_initialize () == 1 && burn_msgs_set_severities (queue, print, prefix) == 1;

      g_once_init_leave (&state, good ? 1 : 2);
    }
  return state == 1;
}

ZcBurnBackend *
zc_burn_libburn_new (GError **error)
{
  ZcLibburn *self;

  if (!library_init ())
    return zc_fail_null (error, ZC_ERROR_DEVICE, _("The library that burns discs cannot be started."));
  self = g_new0 (ZcLibburn, 1);
  self->messages = g_ptr_array_new_with_free_func (g_free);
  self->base = (ZcBurnBackend){
    .poll_usec = ZC_LIBBURN_POLL_USEC,
    .open = zc_libburn_open,
    .drive_name = zc_libburn_drive_name,
    .inspect = zc_libburn_inspect,
    .start = zc_libburn_start,
    .status = zc_libburn_status,
    .cancel = zc_libburn_cancel,
    .finish = zc_libburn_finish,
    .reload = zc_libburn_reload,
    .read = zc_libburn_read,
    .erase = zc_libburn_erase,
    .close = zc_libburn_close,
    .messages = zc_libburn_messages,
    .free = libburn_free,
  };
  return &self->base;
}
