/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-awake.h"

#include <gio/gio.h>
#include <gio/gunixfdlist.h>
#include <unistd.h>

#define TIMEOUT_MS 3000

struct _ZcAwake
{
  int fd; /* of the login manager: the lock ends when it is closed */
};

/* A connection of our own: the shared one would end the process if the bus went away in the middle of a burn. */
static GDBusConnection *
connect_to_system (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);

  if (!address)
    return NULL;
  return g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, NULL);
}

/* Returns: a file descriptor, or -1 */
static int
inhibit (GDBusConnection *bus, const char *what, const char *why)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_with_unix_fd_list_sync (
      bus, "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "Inhibit",
      g_variant_new ("(ssss)", what, "Zicha", why, "block"), G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, TIMEOUT_MS, NULL, &fds,
      NULL, NULL);
  int index = -1;

  if (!answer || !fds)
    return -1;
  g_variant_get (answer, "(h)", &index);
  return index >= 0 && index < g_unix_fd_list_get_length (fds) ? g_unix_fd_list_get (fds, index, NULL) : -1;
}

ZcAwake *
zc_awake_hold (const char *why)
{
  /* Without the lid a notebook sleeps on all the same; but whoever sits elsewhere is only granted the first. */
  static const char *const wishes[] = { "sleep:shutdown:handle-lid-switch", "sleep" };
  g_autoptr (GDBusConnection) bus = connect_to_system ();
  ZcAwake *self;
  int fd = -1;

  for (gsize i = 0; bus && fd < 0 && i < G_N_ELEMENTS (wishes); i++)
    fd = inhibit (bus, wishes[i], why);
  if (bus)
    g_dbus_connection_close_sync (bus, NULL, NULL);
  if (fd < 0)
    return NULL;
  self = g_new0 (ZcAwake, 1);
  self->fd = fd;
  return self;
}

void
zc_awake_release (ZcAwake *self)
{
  if (!self)
    return;
  close (self->fd);
  g_free (self);
}
