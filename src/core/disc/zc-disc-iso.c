/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-iso.h"

#include "disc/zc-disc-image.h"

#include <glib/gi18n-lib.h>
#include <libburn/libburn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <libisofs/libisofs.h>

/* A disc that was written track at once may have unreadable blocks at its end, and Linux reads ahead into
 * them: what is lost there is padding. */
#define TAIL_BLOCKS 150

/* The most that may stand before the contents: folders and names of a few thousand files. */
#define MAX_HEAD (4u * 1024 * 1024)

/* A file as a stream of libisofs. Only its size matters: what it gives is never used. */
typedef struct
{
  guint64 size;
  guint number;
} Member;

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

static int
member_read (IsoStream *stream, void *out, size_t count)
{
  memset (out, 0, count);
  return (int) count;
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
      char queue[] = "NEVER", print[] = "NEVER", prefix[] = "", utf8[] = "UTF-8";
      gboolean good = iso_init () >= 0 && iso_set_msgs_severities (queue, print, prefix) >= 0 &&
                      iso_set_local_charset (utf8, 0) >= 0;

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
add_member (IsoImage *image, const ZcIsoFile *file, guint number, guint n_files, GError **error)
{
  IsoStream *stream = calloc (1, sizeof *stream); /* libisofs frees it */
  Member *member = g_new0 (Member, 1);
  IsoFile *node = NULL;
  int code;

  if (!stream)
    g_error ("out of memory");
  member->size = file->size;
  member->number = number + 1;
  stream->class = &member_class;
  stream->refcount = 1;
  stream->data = member;
  code = iso_image_add_new_file (image, iso_image_get_root (image), file->name, stream, &node);
  if (code < 0)
    {
      iso_stream_unref (stream);
      return fail_library (error, code);
    }
  /* Heavy files lie first. */
  iso_node_set_sort_weight ((IsoNode *) node, (int) (n_files - number));
  return TRUE;
}

static void
name_volume (IsoImage *image, const char *volume_id)
{
  iso_image_set_volset_id (image, volume_id);
  iso_image_set_publisher_id (image, "");
  iso_image_set_data_preparer_id (image, "ZICHA");
  iso_image_set_application_id (image, "ZICHA");
  iso_image_set_system_id (image, "");
}

/* Everything that would differ by time, zone, user or machine is fixed. MD5 stays off: our own digests are
 * the check. */
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

static struct burn_source *
start (IsoImage *image, gint64 timestamp, gboolean only_size, GError **error)
{
  struct burn_source *source = NULL;
  IsoWriteOpts *options = NULL;
  int code = iso_write_opts_new (&options, 0);

  if (code >= 0)
    code = set_options (options, timestamp, only_size);
  if (code >= 0)
    code = iso_image_create_burn_source (image, options, &source);
  if (options)
    iso_write_opts_free (options);
  if (code < 0)
    fail_library (error, code);
  return code < 0 ? NULL : source;
}

/* Returns: (nullable): the running production of the image, which lives until it is cancelled and freed. */
static struct burn_source *
lay_out (const char *volume_id,
         gint64 timestamp,
         const ZcIsoFile *files,
         guint n_files,
         gboolean only_size,
         GError **error)
{
  static GMutex mutex; /* libisofs counts in globals */
  struct burn_source *source = NULL;
  IsoImage *image = NULL;
  gboolean good;
  int code;

  if (!library_init ())
    return zc_fail_null (error, ZC_ERROR_IO, _("The library that makes disc images cannot be started."));
  g_mutex_lock (&mutex);
  code = iso_image_new (volume_id, &image);
  good = code >= 0 || fail_library (error, code);
  if (good)
    name_volume (image, volume_id);
  for (guint i = 0; good && i < n_files; i++)
    good = add_member (image, &files[i], i, n_files, error);
  if (good)
    source = start (image, timestamp, only_size, error);
  if (image)
    iso_image_unref (image);
  g_mutex_unlock (&mutex);
  return source;
}

static void
stop (struct burn_source *source)
{
  source->cancel (source);
  burn_source_free (source);
}

guint64
zc_iso_size (const char *volume_id, gint64 timestamp, const ZcIsoFile *files, guint n_files, GError **error)
{
  struct burn_source *source = lay_out (volume_id, timestamp, files, n_files, TRUE, error);
  guint64 size;

  if (!source)
    return 0;
  size = (guint64) source->get_size (source);
  stop (source);
  return size;
}

GBytes *
zc_iso_head (const char *volume_id,
             gint64 timestamp,
             const ZcIsoFile *files,
             guint n_files,
             guint64 *size,
             GError **error)
{
  struct burn_source *source = lay_out (volume_id, timestamp, files, n_files, FALSE, error);
  guint64 behind = (guint64) TAIL_BLOCKS * ZC_DISC_BLOCK;
  g_autofree guint8 *head = NULL;
  guint64 head_size;
  int got = -1;

  if (!source)
    return NULL;
  *size = (guint64) source->get_size (source);
  for (guint i = 0; i < n_files; i++)
    behind += (files[i].size + ZC_DISC_BLOCK - 1) / ZC_DISC_BLOCK * ZC_DISC_BLOCK;
  head_size = *size > behind ? *size - behind : 0;
  if (head_size > 0 && head_size <= MAX_HEAD)
    {
      head = g_malloc (head_size);
      got = source->read_xt (source, head, (int) head_size);
    }
  stop (source);
  if (got < 0 || (guint64) got != head_size)
    return zc_fail_null (error, ZC_ERROR_IO, _("The disc image could not be laid out."));
  return g_bytes_new_take (g_steal_pointer (&head), head_size);
}
