/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-libburn.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define READY_TIMEOUT_USEC (90 * G_USEC_PER_SEC)

#define PROFILE_STDIO 0xffff
#define ROLE_RANDOM_ACCESS 2

/* What lies there */

static ZcMediumKind
kind_of (int profile)
{
  switch (profile)
    {
    case 0x0a: /* CD-RW */
    case 0x13: /* DVD-RW, formatted for overwriting; blanking makes it 0x14 */
    case 0x14: /* DVD-RW */
    case 0x17: /* DVD-RW DL */
      return ZC_MEDIUM_ERASABLE;
    case 0x12: /* DVD-RAM */
    case 0x1a: /* DVD+RW */
    case 0x2a: /* DVD+RW DL */
    case 0x43: /* BD-RE */
      return ZC_MEDIUM_OVERWRITABLE;
    case 0x08: /* CD-ROM */
    case 0x10: /* DVD-ROM */
    case 0x40: /* BD-ROM */
      return ZC_MEDIUM_READ_ONLY;
    case PROFILE_STDIO:
      return ZC_MEDIUM_FILE;
    default:
      return ZC_MEDIUM_WRITE_ONCE;
    }
}

/* libburn calls these blank whatever is on them. We write only where nothing is. */
static gboolean
is_blank_in_name_only (ZcLibburn *self, int profile)
{
  struct stat st;

  if (profile == 0x13)
    return TRUE;
  return profile == PROFILE_STDIO && burn_drive_get_drive_role (self->drive) == ROLE_RANDOM_ACCESS &&
         stat (self->address + strlen (ZC_LIBBURN_STDIO), &st) == 0 && S_ISREG (st.st_mode) && st.st_size > 0;
}

static ZcMediumState
state_of (ZcLibburn *self, enum burn_disc_status status, int profile)
{
  switch (status)
    {
    case BURN_DISC_BLANK:
      return is_blank_in_name_only (self, profile) ? ZC_MEDIUM_CLOSED : ZC_MEDIUM_BLANK;
    case BURN_DISC_EMPTY:
      return ZC_MEDIUM_NONE;
    case BURN_DISC_APPENDABLE:
      return ZC_MEDIUM_APPENDABLE;
    case BURN_DISC_FULL:
      return ZC_MEDIUM_CLOSED;
    case BURN_DISC_UNREADY:
    case BURN_DISC_UNGRABBED:
    case BURN_DISC_UNSUITABLE:
    default:
      return ZC_MEDIUM_UNSUITABLE;
    }
}

static void
read_maker (ZcLibburn *self, ZcMedium *medium)
{
  char *product = NULL, *code1 = NULL, *code2 = NULL, *book = NULL, *maker = NULL;
  g_autofree char *valid = NULL;

  if (medium->kind == ZC_MEDIUM_FILE ||
      burn_disc_get_media_id (self->drive, &product, &code1, &code2, &book, 0) != 1)
    return;
  if (code1 && code2)
    maker = burn_guess_manufacturer (medium->profile, code1, code2, 0);
  valid = g_utf8_make_valid (maker ? maker : "", -1);
  g_strlcpy (medium->maker, valid, sizeof medium->maker);
  free (maker);
  free (product);
  free (code1);
  free (code2);
  free (book);
}

gboolean
zc_libburn_inspect (ZcBurnBackend *base, ZcMedium *medium, GError **error)
{
  ZcLibburn *self = (ZcLibburn *) base;
  gint64 until = g_get_monotonic_time () + READY_TIMEOUT_USEC;
  enum burn_disc_status status;

  memset (medium, 0, sizeof *medium);
  while ((status = burn_disc_get_status (self->drive)) == BURN_DISC_UNREADY &&
         g_get_monotonic_time () < until)
    g_usleep (ZC_LIBBURN_POLL_USEC);
  if (status == BURN_DISC_UNREADY)
    return zc_fail (error, ZC_ERROR_DEVICE,
                    _("The drive %s does not get ready. Take the disc out and try again."), self->address);
  if (burn_disc_get_profile (self->drive, &medium->profile, medium->name) <= 0)
    medium->profile = 0;
  medium->kind = kind_of (medium->profile);
  medium->state = state_of (self, status, medium->profile);
  if (medium->state == ZC_MEDIUM_BLANK)
    {
      struct burn_write_opts *options = zc_libburn_options_new (self);
      off_t available = burn_disc_available_space (self->drive, options);

      medium->free_bytes = available > 0 ? (guint64) available : 0;
      burn_write_opts_free (options);
    }
  if (medium->state != ZC_MEDIUM_NONE)
    read_maker (self, medium);
  return TRUE;
}

/* Reading back, erasing */

gboolean
zc_libburn_read (ZcBurnBackend *base, guint64 offset, guint8 *buffer, gsize size, GError **error)
{
  ZcLibburn *self = (ZcLibburn *) base;
  off_t got = 0;

  if (burn_read_data (self->drive, (off_t) offset, (char *) buffer, (off_t) size, &got, 2) == 1 &&
      (gsize) got == size)
    return TRUE;
  return zc_fail (error, ZC_ERROR_IO, _("The disc cannot be read at byte %" PRIu64 "."), offset);
}

gboolean
zc_libburn_erase (ZcBurnBackend *base, GError **error)
{
  ZcLibburn *self = (ZcLibburn *) base;

  /* An open disc is erased like a closed one, but libburn wants to be told. */
  burn_disc_pretend_full_uncond (self->drive);
  if (!burn_disc_erasable (self->drive))
    return zc_fail (error, ZC_ERROR_DEVICE, _("The drive %s cannot erase this disc."), self->address);
  burn_disc_erase (self->drive, 0);
  return TRUE;
}
