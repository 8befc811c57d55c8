/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-libburn.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* libburn's number for "somebody else has the drive open". */
#define MESSAGE_BUSY 0x00020001

/* libburn is one for the process, and so is its queue of messages. */
static GMutex lock;
static ZcLibburn *holder;

/* Messages */

static void
collect (ZcLibburn *self)
{
  char text[BURN_MSGS_MESSAGE_LEN], severity[80], minimum[] = "NOTE";
  int code, number;

  while (burn_msgs_obtain (minimum, &code, text, &number, severity) == 1)
    {
      self->was_busy = self->was_busy || code == MESSAGE_BUSY;
      self->was_denied = self->was_denied || number == EACCES || number == EPERM;
      g_ptr_array_add (self->messages, g_strdup_printf ("%s 0x%08x: %s", severity, (guint) code, text));
    }
}

static gboolean
is_holder (const ZcLibburn *self)
{
  gboolean is;

  g_mutex_lock (&lock);
  is = holder == self;
  g_mutex_unlock (&lock);
  return is;
}

void
zc_libburn_messages (ZcBurnBackend *base, ZcBurnNote note, gpointer data)
{
  ZcLibburn *self = (ZcLibburn *) base;

  if (is_holder (self))
    collect (self);
  for (guint i = 0; i < self->messages->len; i++)
    note (self->messages->pdata[i], data);
  g_ptr_array_set_size (self->messages, 0);
}

const char *
zc_libburn_last_message (ZcLibburn *self)
{
  collect (self);
  return self->messages->len ? self->messages->pdata[self->messages->len - 1] : "-";
}

/* Taking hold of the drive */

static gboolean
claim (ZcLibburn *self, GError **error)
{
  gboolean claimed;

  g_mutex_lock (&lock);
  claimed = holder == NULL;
  if (claimed)
    holder = self;
  g_mutex_unlock (&lock);
  return claimed ||
         zc_fail (error, ZC_ERROR_BUSY, _("Another disc is being burnt. Wait until it is finished."));
}

static void
unclaim (void)
{
  g_mutex_lock (&lock);
  holder = NULL;
  g_mutex_unlock (&lock);
}

/* libburn tries the device before it asks it anything, and keeps to itself why it could not. */
static gboolean
is_forbidden (const ZcLibburn *self)
{
  return !g_str_has_prefix (self->address, ZC_LIBBURN_STDIO)
         && faccessat (AT_FDCWD, self->address, R_OK | W_OK, AT_EACCESS) < 0 && (errno == EACCES || errno == EPERM);
}

static gboolean
fail_grab (ZcLibburn *self, GError **error)
{
  struct stat st;

  collect (self);
  if (self->was_busy)
    return zc_fail (
        error, ZC_ERROR_DEVICE,
        _("The drive %s is used by another program, or its disc is mounted. Close that and try again."),
        self->address);
  if (self->was_denied || is_forbidden (self))
    return zc_fail (
        error, ZC_ERROR_DEVICE,
        _("You have no permission to use the drive %s. Ask the administrator of this computer to admit you, "
          "usually to the group “cdrom”."),
        self->address);
  if (!g_str_has_prefix (self->address, ZC_LIBBURN_STDIO) && stat (self->address, &st) < 0)
    return zc_fail (error, ZC_ERROR_DEVICE, _("There is no drive %s."), self->address);
  return zc_fail (error, ZC_ERROR_DEVICE, _("The drive %s cannot be used. It says: %s"), self->address,
                  zc_libburn_last_message (self));
}

static gboolean
grab (ZcLibburn *self, GError **error)
{
  char address[BURN_DRIVE_ADR_LEN];
  gboolean is_file = g_str_has_prefix (self->address, ZC_LIBBURN_STDIO);

  self->was_busy = self->was_denied = FALSE;
  if (strlen (self->address) >= sizeof address)
    return zc_fail (error, ZC_ERROR_DEVICE, _("There is no drive %s."), self->address);
  /* A link like /dev/cdrom becomes the drive's own path. */
  if (is_file || burn_drive_convert_fs_adr (self->address, address) <= 0)
    g_strlcpy (address, self->address, sizeof address);
  if (burn_drive_scan_and_grab (&self->infos, address, 1) != 1)
    return fail_grab (self, error);
  self->drive = self->infos[0].drive;
  return TRUE;
}

static void
release (ZcLibburn *self, gboolean eject)
{
  if (self->drive)
    {
      burn_drive_release (self->drive, eject);
      burn_drive_info_free (self->infos);
    }
  self->drive = NULL;
  self->infos = NULL;
}

gboolean
zc_libburn_open (ZcBurnBackend *base, const char *address, GError **error)
{
  ZcLibburn *self = (ZcLibburn *) base;

  if (!claim (self, error))
    return FALSE;
  g_free (self->address);
  self->address = g_strdup (address);
  if (grab (self, error))
    return TRUE;
  unclaim ();
  return FALSE;
}

gboolean
zc_libburn_reload (ZcBurnBackend *base, GError **error)
{
  ZcLibburn *self = (ZcLibburn *) base;

  collect (self);
  release (self, FALSE);
  return grab (self, error);
}

void
zc_libburn_close (ZcBurnBackend *base, gboolean eject)
{
  ZcLibburn *self = (ZcLibburn *) base;

  release (self, eject);
  collect (self);
  unclaim ();
}

char *
zc_libburn_drive_name (ZcBurnBackend *base)
{
  const struct burn_drive_info *info = ((ZcLibburn *) base)->infos;
  g_autofree char *vendor = g_strndup (info->vendor, sizeof info->vendor);
  g_autofree char *product = g_strndup (info->product, sizeof info->product);
  g_autofree char *revision = g_strndup (info->revision, sizeof info->revision);
  g_autofree char *name =
      g_strdup_printf ("%s %s %s", g_strstrip (vendor), g_strstrip (product), g_strstrip (revision));

  return g_utf8_make_valid (g_strstrip (name), -1);
}
