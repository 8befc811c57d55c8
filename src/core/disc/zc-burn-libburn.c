/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-burn-backend.h"
#include "disc/zc-disc-image.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <libburn/libburn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FIFO_CHUNKS 16384 /* of a block: 32 MiB between the image's disk and the drive */
#define FEED_BUFFER (64u * 1024)
#define READY_TIMEOUT_USEC (90 * G_USEC_PER_SEC)
#define POLL_USEC (100 * 1000)

#define STDIO_PREFIX "stdio:"
#define PROFILE_STDIO 0xffff
#define ROLE_RANDOM_ACCESS 2

/* libburn's number for "somebody else has the drive open". */
#define MESSAGE_BUSY 0x00020001

typedef struct
{
  ZcBurnBackend base;
  char *address;
  struct burn_drive_info *infos;
  struct burn_drive *drive;
  GPtrArray *messages;           /* of char*, not yet handed over */
  gboolean was_busy, was_denied; /* seen in the messages */

  /* While it writes */
  struct burn_disc *disc;
  struct burn_session *session;
  struct burn_track *track;
  struct burn_write_opts *options;
  struct burn_source *fifo;
  guint64 size;
} Libburn;

/* libburn is one for the process, and so is its queue of messages. */
static GMutex lock;
static Libburn *holder;

/* Messages */

static void
collect (Libburn *self)
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

static void
hand_over_messages (ZcBurnBackend *base, ZcBurnNote note, gpointer data)
{
  Libburn *self = (Libburn *) base;

  if (holder == self)
    collect (self);
  for (guint i = 0; i < self->messages->len; i++)
    note (self->messages->pdata[i], data);
  g_ptr_array_set_size (self->messages, 0);
}

static const char *
last_message (Libburn *self)
{
  collect (self);
  return self->messages->len ? self->messages->pdata[self->messages->len - 1] : "-";
}

/* Taking hold of the drive */

static gboolean
claim (Libburn *self, GError **error)
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

static gboolean
fail_grab (Libburn *self, GError **error)
{
  struct stat st;

  collect (self);
  if (self->was_busy)
    return zc_fail (
        error, ZC_ERROR_DEVICE,
        _("The drive %s is used by another program, or its disc is mounted. Close that and try again."),
        self->address);
  if (self->was_denied)
    return zc_fail (
        error, ZC_ERROR_DEVICE,
        _("You have no permission to use the drive %s. Ask the administrator of this computer to admit you, "
          "usually to the group “cdrom”."),
        self->address);
  if (!g_str_has_prefix (self->address, STDIO_PREFIX) && stat (self->address, &st) < 0)
    return zc_fail (error, ZC_ERROR_DEVICE, _("There is no drive %s."), self->address);
  return zc_fail (error, ZC_ERROR_DEVICE, _("The drive %s cannot be used. It says: %s"), self->address,
                  last_message (self));
}

static gboolean
grab (Libburn *self, GError **error)
{
  char address[BURN_DRIVE_ADR_LEN];
  gboolean is_file = g_str_has_prefix (self->address, STDIO_PREFIX);

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
release (Libburn *self, gboolean eject)
{
  if (self->drive)
    {
      burn_drive_release (self->drive, eject);
      burn_drive_info_free (self->infos);
    }
  self->drive = NULL;
  self->infos = NULL;
}

static gboolean
libburn_open (ZcBurnBackend *base, const char *address, GError **error)
{
  Libburn *self = (Libburn *) base;

  if (!claim (self, error))
    return FALSE;
  g_free (self->address);
  self->address = g_strdup (address);
  if (grab (self, error))
    return TRUE;
  unclaim ();
  return FALSE;
}

static gboolean
libburn_reload (ZcBurnBackend *base, GError **error)
{
  Libburn *self = (Libburn *) base;

  collect (self);
  release (self, FALSE);
  return grab (self, error);
}

static void
libburn_close (ZcBurnBackend *base, gboolean eject)
{
  Libburn *self = (Libburn *) base;

  release (self, eject);
  collect (self);
  unclaim ();
}

static char *
libburn_drive_name (ZcBurnBackend *base)
{
  const struct burn_drive_info *info = ((Libburn *) base)->infos;
  g_autofree char *vendor = g_strndup (info->vendor, sizeof info->vendor);
  g_autofree char *product = g_strndup (info->product, sizeof info->product);
  g_autofree char *revision = g_strndup (info->revision, sizeof info->revision);
  g_autofree char *name =
      g_strdup_printf ("%s %s %s", g_strstrip (vendor), g_strstrip (product), g_strstrip (revision));

  return g_utf8_make_valid (g_strstrip (name), -1);
}

/* The medium */

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
is_blank_in_name_only (Libburn *self, int profile)
{
  struct stat st;

  if (profile == 0x13)
    return TRUE;
  return profile == PROFILE_STDIO && burn_drive_get_drive_role (self->drive) == ROLE_RANDOM_ACCESS &&
         stat (self->address + strlen (STDIO_PREFIX), &st) == 0 && S_ISREG (st.st_mode) && st.st_size > 0;
}

static ZcMediumState
state_of (Libburn *self, enum burn_disc_status status, int profile)
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
read_maker (Libburn *self, ZcMedium *medium)
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

static struct burn_write_opts *
options_new (Libburn *self)
{
  struct burn_write_opts *options = burn_write_opts_new (self->drive);

  if (options)
    {
      burn_write_opts_set_multi (options, 0);
      burn_write_opts_set_simulate (options, 0);
      burn_write_opts_set_underrun_proof (options, 1);
    }
  return options;
}

static gboolean
libburn_inspect (ZcBurnBackend *base, ZcMedium *medium, GError **error)
{
  Libburn *self = (Libburn *) base;
  gint64 until = g_get_monotonic_time () + READY_TIMEOUT_USEC;
  enum burn_disc_status status;

  memset (medium, 0, sizeof *medium);
  while ((status = burn_disc_get_status (self->drive)) == BURN_DISC_UNREADY &&
         g_get_monotonic_time () < until)
    g_usleep (POLL_USEC);
  if (status == BURN_DISC_UNREADY)
    return zc_fail (error, ZC_ERROR_DEVICE,
                    _("The drive %s does not get ready. Take the disc out and try again."), self->address);
  if (burn_disc_get_profile (self->drive, &medium->profile, medium->name) <= 0)
    medium->profile = 0;
  medium->kind = kind_of (medium->profile);
  medium->state = state_of (self, status, medium->profile);
  if (medium->state == ZC_MEDIUM_BLANK)
    {
      struct burn_write_opts *options = options_new (self);
      off_t available = burn_disc_available_space (self->drive, options);

      medium->free_bytes = available > 0 ? (guint64) available : 0;
      burn_write_opts_free (options);
    }
  if (medium->state != ZC_MEDIUM_NONE)
    read_maker (self, medium);
  return TRUE;
}

/* The image as a source of libburn. It asks for a block at a time, so there is a buffer in between. */

typedef struct
{
  ZcBurnFeed feed;
  gpointer data;
  guint64 size;
  gsize filled, used;
  guint8 buffer[FEED_BUFFER];
} Source;

static int
source_read (struct burn_source *base, unsigned char *buffer, int size)
{
  Source *source = base->data;
  gsize done = 0;
  int before;

  /* libburn ends its thread by cancelling it, which must not happen in the middle of ours. */
  pthread_setcancelstate (PTHREAD_CANCEL_DISABLE, &before);
  while (done < (gsize) size)
    {
      gsize n;

      if (source->used == source->filled)
        {
          gssize got = source->feed (source->data, source->buffer, sizeof source->buffer);

          source->used = 0;
          source->filled = got > 0 ? (gsize) got : 0;
          if (got <= 0)
            {
              if (got < 0)
                done = 0;
              size = got < 0 ? -1 : (int) done;
              break;
            }
        }
      n = MIN ((gsize) size - done, source->filled - source->used);
      memcpy (buffer + done, source->buffer + source->used, n);
      source->used += n;
      done += n;
    }
  pthread_setcancelstate (before, NULL);
  return size < 0 ? -1 : (int) done;
}

static off_t
source_size (struct burn_source *base)
{
  return (off_t) ((Source *) base->data)->size;
}

static int
source_set_size (struct burn_source *base, off_t size)
{
  return 1;
}

static int
source_cancel (struct burn_source *base)
{
  return 1;
}

static void
source_free (struct burn_source *base)
{
  g_free (base->data);
}

static struct burn_source *
source_new (guint64 size, ZcBurnFeed feed, gpointer data)
{
  struct burn_source *base = calloc (1, sizeof *base); /* libburn frees it */
  Source *source = g_new0 (Source, 1);

  if (!base)
    g_error ("out of memory");
  source->feed = feed;
  source->data = data;
  source->size = size;
  base->refcount = 1;
  base->get_size = source_size;
  base->set_size = source_set_size;
  base->free_data = source_free;
  base->data = source;
  base->version = 1;
  base->read_xt = source_read;
  base->cancel = source_cancel;
  return base;
}

/* Writing */

static void
free_job (Libburn *self)
{
  if (self->options)
    burn_write_opts_free (self->options);
  if (self->track)
    burn_track_free (self->track);
  if (self->session)
    burn_session_free (self->session);
  if (self->disc)
    burn_disc_free (self->disc);
  /* This ends the thread that fills the fifo: nobody calls the feed after it. */
  if (self->fifo)
    burn_source_free (self->fifo);
  self->options = NULL;
  self->track = NULL;
  self->session = NULL;
  self->disc = NULL;
  self->fifo = NULL;
}

static gboolean
make_job (Libburn *self, ZcBurnFeed feed, gpointer data)
{
  struct burn_source *source = source_new (self->size, feed, data);

  self->fifo = burn_fifo_source_new (source, ZC_DISC_BLOCK, FIFO_CHUNKS, 0);
  burn_source_free (source);
  self->disc = burn_disc_create ();
  self->session = burn_session_create ();
  self->track = burn_track_create ();
  self->options = options_new (self);
  if (!self->fifo || !self->disc || !self->session || !self->track || !self->options)
    return FALSE;
  burn_track_define_data (self->track, 0, 0, 1, BURN_MODE1);
  return burn_disc_add_session (self->disc, self->session, BURN_POS_END) == 1 &&
         burn_session_add_track (self->session, self->track, BURN_POS_END) == 1 &&
         burn_track_set_source (self->track, self->fifo) == BURN_SOURCE_OK;
}

static gboolean
libburn_start (ZcBurnBackend *base, guint64 size, ZcBurnFeed feed, gpointer data, GError **error)
{
  Libburn *self = (Libburn *) base;
  char reasons[BURN_REASONS_LEN] = "";
  int speed = burn_drive_get_write_speed (self->drive);

  self->size = size;
  if (!make_job (self, feed, data))
    {
      free_job (self);
      return zc_fail (error, ZC_ERROR_DEVICE, _("Burning cannot be prepared. The drive says: %s"),
                      last_message (self));
    }
  /* Half of what the drive boasts of is what its discs are most readable at; 0 leaves the choice to the
   * drive. */
  burn_drive_set_speed (self->drive, 0, speed > 1 ? speed / 2 : 0);
  if ((guint64) MAX (burn_disc_available_space (self->drive, self->options), 0) < size ||
      burn_write_opts_auto_write_type (self->options, self->disc, reasons, 0) == BURN_WRITE_NONE)
    {
      free_job (self);
      return zc_fail (error, ZC_ERROR_DEVICE,
                      _("The drive cannot write this image on this disc. It says: %s"),
                      *reasons ? reasons : "-");
    }
  burn_disc_write (self->options, self->disc);
  return TRUE;
}

static ZcBurnStep
step_of (enum burn_drive_status status)
{
  switch (status)
    {
    case BURN_DRIVE_IDLE:
      return ZC_BURN_STEP_IDLE;
    case BURN_DRIVE_WRITING:
      return ZC_BURN_STEP_WRITING;
    case BURN_DRIVE_WRITING_LEADOUT:
    case BURN_DRIVE_CLOSING_TRACK:
    case BURN_DRIVE_CLOSING_SESSION:
      return ZC_BURN_STEP_CLOSING;
    case BURN_DRIVE_ERASING:
    case BURN_DRIVE_FORMATTING:
      return ZC_BURN_STEP_ERASING;
    case BURN_DRIVE_SPAWNING:
    case BURN_DRIVE_READING:
    case BURN_DRIVE_WRITING_LEADIN:
    case BURN_DRIVE_GRABBING:
    case BURN_DRIVE_WRITING_PREGAP:
    case BURN_DRIVE_READING_SYNC:
    case BURN_DRIVE_WRITING_SYNC:
    default:
      return ZC_BURN_STEP_PREPARING;
    }
}

static void
libburn_status (ZcBurnBackend *base, ZcBurnStatus *status)
{
  struct burn_progress progress = { 0 };

  status->step = step_of (burn_drive_get_status (((Libburn *) base)->drive, &progress));
  status->done = status->total = 0;
  if (status->step == ZC_BURN_STEP_WRITING && progress.sectors > 0)
    {
      status->total = (guint64) progress.sectors * ZC_DISC_BLOCK;
      status->done = (guint64) CLAMP (progress.sector, 0, progress.sectors) * ZC_DISC_BLOCK;
    }
}

static void
libburn_cancel (ZcBurnBackend *base)
{
  burn_drive_cancel (((Libburn *) base)->drive);
}

static gboolean
libburn_finish (ZcBurnBackend *base)
{
  Libburn *self = (Libburn *) base;
  gboolean well = burn_drive_wrote_well (self->drive) == 1;
  off_t taken = 0, written = 0;

  if (burn_track_get_counters (self->track, &taken, &written) == 1)
    well = well && (guint64) MAX (taken, 0) >= self->size && (guint64) MAX (written, 0) >= self->size;
  free_job (self);
  return well;
}

/* Reading back, erasing */

static gboolean
libburn_read (ZcBurnBackend *base, guint64 offset, guint8 *buffer, gsize size, GError **error)
{
  Libburn *self = (Libburn *) base;
  off_t got = 0;

  if (burn_read_data (self->drive, (off_t) offset, (char *) buffer, (off_t) size, &got, 2) == 1 &&
      (gsize) got == size)
    return TRUE;
  return zc_fail (error, ZC_ERROR_IO, _("The disc cannot be read at byte %" PRIu64 "."), offset);
}

static gboolean
libburn_erase (ZcBurnBackend *base, GError **error)
{
  Libburn *self = (Libburn *) base;

  /* An open disc is erased like a closed one, but libburn wants to be told. */
  burn_disc_pretend_full_uncond (self->drive);
  if (!burn_disc_erasable (self->drive))
    return zc_fail (error, ZC_ERROR_DEVICE, _("The drive %s cannot erase this disc."), self->address);
  burn_disc_erase (self->drive, 0);
  return TRUE;
}

static void
libburn_free (ZcBurnBackend *base)
{
  Libburn *self = (Libburn *) base;

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
  Libburn *self;

  if (!library_init ())
    return zc_fail_null (error, ZC_ERROR_DEVICE, _("The library that burns discs cannot be started."));
  self = g_new0 (Libburn, 1);
  self->messages = g_ptr_array_new_with_free_func (g_free);
  self->base = (ZcBurnBackend){
    .poll_usec = POLL_USEC,
    .open = libburn_open,
    .drive_name = libburn_drive_name,
    .inspect = libburn_inspect,
    .start = libburn_start,
    .status = libburn_status,
    .cancel = libburn_cancel,
    .finish = libburn_finish,
    .reload = libburn_reload,
    .read = libburn_read,
    .erase = libburn_erase,
    .close = libburn_close,
    .messages = hand_over_messages,
    .free = libburn_free,
  };
  return &self->base;
}
