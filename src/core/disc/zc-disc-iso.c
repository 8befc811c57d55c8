/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-iso.h"

#include <glib/gi18n-lib.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>

#define LIBISOFS_WITHOUT_LIBBURN_DEFINED
#include <libburn/libburn.h>
#include <libisofs/libisofs.h>

/* A disc that was written track at once may have unreadable blocks at its end, and Linux reads ahead into them: what is
 * lost there is padding. */
#define TAIL_BLOCKS 150

/* One file of the image as a stream of libisofs. */
typedef struct
{
  ZcIso *iso;
  ZcDiscRead read;
  gpointer data;
  guint64 size;
  guint64 given;  /* to libisofs */
  guint64 pulled; /* from @read */
  guint number;
} Member;

struct _ZcIso
{
  IsoImage *image;
  struct burn_source *source;
  guint64 size;
  guint64 done;
  GPtrArray *members; /* of Member, owned by libisofs' streams */

  /* Touched by libisofs' thread only, until it has ended. */
  guint8 *buffer;
  gsize filled, used;
  GError *error;
  int failed; /* atomic: @error is set */
};

static int
member_open (IsoStream *stream)
{
  return 1;
}

static off_t
member_size (IsoStream *stream)
{
  return (off_t) ((Member *) stream->data)->size;
}

static gboolean
member_pull (Member *member)
{
  ZcIso *iso = member->iso;

  iso->used = 0;
  iso->filled = MIN (ZC_ISO_CHUNK, member->size - member->pulled);
  if (!member->read (member->data, iso->buffer, iso->filled, &iso->error))
    {
      g_atomic_int_set (&iso->failed, 1);
      return FALSE;
    }
  member->pulled += iso->filled;
  return TRUE;
}

/* libisofs asks for one block at a time, whatever the size of the file. It fills up with zeros, silently, after an end
 * that comes too early, and with a mere message after an error: so there is no early end here, and an error is kept. */
static int
member_read (IsoStream *stream, void *out, size_t count)
{
  Member *member = stream->data;
  ZcIso *iso = member->iso;
  guint8 *at = out;
  gsize left = MIN (count, member->size - member->given);
  gsize total = left;

  while (left > 0)
    {
      gsize n;

      if (g_atomic_int_get (&iso->failed) || (iso->used == iso->filled && !member_pull (member)))
        return (int) ISO_FILE_READ_ERROR;
      n = MIN (left, iso->filled - iso->used);
      memcpy (at, iso->buffer + iso->used, n);
      iso->used += n;
      at += n;
      left -= n;
    }
  member->given += total;
  return (int) total;
}

static int
member_is_repeatable (IsoStream *stream)
{
  return 0;
}

static void
member_id (IsoStream *stream, unsigned int *fs, dev_t *device, ino_t *inode)
{
  *fs = 0;
  *device = 0;
  *inode = ((Member *) stream->data)->number;
}

static void
member_free (IsoStream *stream)
{
  g_free (stream->data);
}

static int
member_update_size (IsoStream *stream)
{
  return 1;
}

static IsoStream *
member_input (IsoStream *stream, int flag)
{
  return NULL;
}

static IsoStreamIface member_class = {
  .version = 2,
  .type = "user",
  .open = member_open,
  .close = member_open,
  .get_size = member_size,
  .read = member_read,
  .is_repeatable = member_is_repeatable,
  .get_id = member_id,
  .free = member_free,
  .update_size = member_update_size,
  .get_input_stream = member_input,
};

static gboolean
library_init (void)
{
  static gsize state = 0;

  if (g_once_init_enter (&state))
    {
      char queue[] = "NEVER", print[] = "NEVER", prefix[] = "", mishap[] = "MISHAP", utf8[] = "UTF-8";
      gboolean good = iso_init () >= 0 && iso_set_msgs_severities (queue, print, prefix) >= 0 &&
                      iso_set_abort_severity (mishap) >= 0 && iso_set_local_charset (utf8, 0) >= 0;

      g_once_init_leave (&state, good ? 1 : 2);
    }
  return state == 1;
}

static gboolean
fail_library (GError **error, int code)
{
  return zc_fail (error, ZC_ERROR_IO, _("The disc image cannot be laid out. The library says: %s."),
                  iso_error_to_msg (code));
}

static gboolean
add_member (ZcIso *self, const ZcIsoFile *file, guint number, guint n_files, GError **error)
{
  IsoStream *stream = calloc (1, sizeof *stream); /* libisofs frees it */
  Member *member = g_new0 (Member, 1);
  IsoFile *node = NULL;
  int code;

  if (!stream)
    g_error ("out of memory");
  *member = (Member) { self, file->read, file->data, file->size, 0, 0, number + 1 };
  stream->class = &member_class;
  stream->refcount = 1;
  stream->data = member;
  code = iso_image_add_new_file (self->image, iso_image_get_root (self->image), file->name, stream, &node);
  if (code < 0)
    {
      iso_stream_unref (stream);
      return fail_library (error, code);
    }
  /* Heavy files lie first. */
  iso_node_set_sort_weight ((IsoNode *) node, (int) (n_files - number));
  g_ptr_array_add (self->members, member);
  return TRUE;
}

static gboolean
name_volume (ZcIso *self, const char *volume_id, GError **error)
{
  int code = iso_image_new (volume_id, &self->image);

  if (code < 0)
    return fail_library (error, code);
  iso_image_set_volset_id (self->image, volume_id);
  iso_image_set_publisher_id (self->image, "");
  iso_image_set_data_preparer_id (self->image, "ZICHA");
  iso_image_set_application_id (self->image, "ZICHA");
  iso_image_set_system_id (self->image, "");
  return TRUE;
}

/* Everything that would differ by time, zone, user or machine is fixed. MD5 stays off: it would be most of the cost, and
 * our own digests are the check. */
static int
set_options (IsoWriteOpts *options, gint64 timestamp, gboolean only_size)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (timestamp);
  g_autofree char *uuid = g_date_time_format (time, "%Y%m%d%H%M%S00");
  int codes[] = {
    iso_write_opts_set_iso_level (options, 3),
    iso_write_opts_set_rockridge (options, 1),
    iso_write_opts_set_joliet (options, 1),
    iso_write_opts_set_output_charset (options, "UTF-8"),
    iso_write_opts_set_record_md5 (options, 0, 0),
    iso_write_opts_set_sort_files (options, 1),
    iso_write_opts_set_replace_mode (options, 1, 1, 1, 1),
    iso_write_opts_set_always_gmt (options, 1),
    iso_write_opts_set_replace_timestamps (options, 2),
    iso_write_opts_set_default_timestamp (options, (time_t) timestamp),
    iso_write_opts_set_dir_rec_mtime (options, 7),
    iso_write_opts_set_pvd_times (options, (time_t) timestamp, (time_t) timestamp, 0, 0, uuid),
    iso_write_opts_set_tail_blocks (options, TAIL_BLOCKS),
    iso_write_opts_set_will_cancel (options, only_size),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] < 0)
      return codes[i];
  return 1;
}

static gboolean
start (ZcIso *self, gint64 timestamp, gboolean only_size, GError **error)
{
  IsoWriteOpts *options = NULL;
  int code = iso_write_opts_new (&options, 0);

  if (code >= 0)
    code = set_options (options, timestamp, only_size);
  if (code >= 0)
    code = iso_image_create_burn_source (self->image, options, &self->source);
  if (options)
    iso_write_opts_free (options);
  if (code < 0)
    return fail_library (error, code);
  self->size = (guint64) self->source->get_size (self->source);
  return TRUE;
}

ZcIso *
zc_iso_new (const char *volume_id,
            gint64 timestamp,
            const ZcIsoFile *files,
            guint n_files,
            gboolean only_size,
            GError **error)
{
  static GMutex mutex; /* libisofs counts its streams in a global */
  g_autoptr (ZcIso) self = g_new0 (ZcIso, 1);
  gboolean good;

  if (!library_init ())
    return zc_fail_null (error, ZC_ERROR_IO, _("The library that makes disc images cannot be started."));
  self->members = g_ptr_array_new ();
  self->buffer = only_size ? NULL : g_malloc (ZC_ISO_CHUNK);

  g_mutex_lock (&mutex);
  good = name_volume (self, volume_id, error);
  for (guint i = 0; good && i < n_files; i++)
    good = add_member (self, &files[i], i, n_files, error);
  good = good && start (self, timestamp, only_size, error);
  g_mutex_unlock (&mutex);
  return good ? g_steal_pointer (&self) : NULL;
}

guint64
zc_iso_size (ZcIso *self)
{
  return self->size;
}

static void
stop (ZcIso *self)
{
  if (!self->source)
    return;
  /* Without this, freeing would wait until the whole image had been produced. */
  if (self->done < self->size || g_atomic_int_get (&self->failed))
    self->source->cancel (self->source);
  burn_source_free (self->source);
  self->source = NULL;
}

static gboolean
fail_production (ZcIso *self, GError **error)
{
  stop (self);
  if (!self->error)
    return zc_fail (error, ZC_ERROR_IO, _("The disc image could not be produced completely."));
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

gboolean
zc_iso_read (ZcIso *self, guint8 *buffer, gsize size, GError **error)
{
  int n;

  g_return_val_if_fail (self->source && size <= self->size - self->done && size <= G_MAXINT, FALSE);

  n = self->source->read_xt (self->source, buffer, (int) size);
  if (n != (int) size || g_atomic_int_get (&self->failed))
    return fail_production (self, error);
  self->done += size;
  return TRUE;
}

gboolean
zc_iso_finish (ZcIso *self, GError **error)
{
  gboolean good = !g_atomic_int_get (&self->failed) && self->done == self->size;

  for (guint i = 0; good && i < self->members->len; i++)
    {
      const Member *member = self->members->pdata[i];

      good = member->given == member->size;
    }
  return good || fail_production (self, error);
}

void
zc_iso_free (ZcIso *self)
{
  if (!self)
    return;
  stop (self);
  if (self->image)
    iso_image_unref (self->image);
  g_ptr_array_unref (self->members);
  g_clear_error (&self->error);
  g_free (self->buffer);
  g_free (self);
}
