/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-fd.h"
#include "base/zc-output.h"
#include "base/zc-source.h"
#include "base/zc-text.h"
#include "disc/zc-disc-hasher.h"
#include "disc/zc-disc-iso.h"
#include "disc/zc-disc-layout.h"
#include "disc/zc-disc-reader.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/* The lists of digests are written as zeros and filled in at the end, when the digests of all discs are
 * known. From the first of them on, an image is digested last, from the file. */

#define CHUNK (1024u * 1024)

/* A part of the package while it streams. SHA-256 is taken at once, SM3 by the other thread. */
typedef struct
{
  ZcDigest *sha256, *sm3;
} Part;

/* One disc's image. */
typedef struct
{
  const char *path;
  char *volume_id;
  guint64 size;
  guint64 written;
  guint64 lists_at[2]; /* where the lists lie; the first one is where streaming stops to be digested */
  GBytes *head;        /* what libisofs made: all before the contents */
  ZcOutput *output;
  ZcDigest *digest;
  char sha256[2 * ZC_DIGEST_SIZE + 1];
} Image;

typedef struct
{
  const ZcDiscSpec *spec;
  const ZcDiscPlan *plan;
  const ZcProgress *progress;
  GPtrArray *items;  /* of ZcDiscItem */
  Part *parts;       /* one for each item; those of the package are used */
  GPtrArray *images; /* of Image */
  ZcHasher *hasher;
  GString *lists[2];   /* SM3, SHA-256 */
  guint64 total, done; /* bytes of all images */
  gint64 reported;     /* monotonic time of the last report */
} Writing;

static const ZcDigestKind list_kinds[2] = { ZC_DIGEST_SM3, ZC_DIGEST_SHA256 };
static const char *const list_names[2] = { ZC_DISC_SM3SUMS, ZC_DISC_SHA256SUMS };

static void
image_free (gpointer data)
{
  Image *image = data;

  zc_output_free (image->output);
  zc_digest_free (image->digest);
  g_clear_pointer (&image->head, g_bytes_unref);
  g_free (image->volume_id);
  g_free (image);
}

static void
writing_free (Writing *self)
{
  g_clear_pointer (&self->hasher, zc_hasher_free);
  for (guint i = 0; self->items && i < self->items->len; i++)
    {
      zc_digest_free (self->parts[i].sha256);
      zc_digest_free (self->parts[i].sm3);
    }
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  for (guint i = 0; i < 2; i++)
    if (self->lists[i])
      g_string_free (self->lists[i], TRUE);
  g_free (self->parts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writing, writing_free)

/* Space */

static gboolean
fail_full (const char *path, guint64 missing, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *amount = zc_size_display (missing);

  return zc_fail (error, ZC_ERROR_NO_SPACE,
                  _("There is not enough space for “%s”: %s more are needed there. Make room, or choose "
                    "another folder."),
                  shown, amount);
}

/* Compares what all images on one file system need with what it has. */
static gboolean
check_space (const Writing *self, GError **error)
{
  for (guint i = 0; i < self->images->len; i++)
    {
      const Image *image = self->images->pdata[i];
      g_autofree char *folder = g_path_get_dirname (image->path);
      g_autofree char *shown = g_filename_display_name (folder);
      struct statvfs fs;
      struct stat st;
      guint64 needed = 0;

      if (statvfs (folder, &fs) < 0 || stat (folder, &st) < 0)
        return zc_fail_errno (error, errno, _("Cannot write to the folder “%s”."), shown);
      for (guint j = 0; j < self->images->len; j++)
        {
          const Image *other = self->images->pdata[j];
          g_autofree char *there = g_path_get_dirname (other->path);
          struct stat st2;

          if (stat (there, &st2) == 0 && st2.st_dev == st.st_dev)
            needed += other->size;
        }
      if (needed > (guint64) fs.f_bavail * fs.f_frsize)
        return fail_full (image->path, needed - (guint64) fs.f_bavail * fs.f_frsize, error);
    }
  return TRUE;
}

/* An image cannot be written: a full disk gets the sentence with the amount that is missing, at least. */
static gboolean
fail_write (const Writing *self, const Image *image, GError *reason, GError **error)
{
  if (g_error_matches (reason, ZC_ERROR, ZC_ERROR_NO_SPACE))
    {
      guint64 left = self->total - self->done;

      g_error_free (reason);
      return fail_full (image->path, MAX (left, ZC_DISC_BLOCK), error);
    }
  g_propagate_error (error, reason);
  return FALSE;
}

/* One image */

static void
report (Writing *self, guint disc, gboolean last)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *phase = NULL;

  if (!last && now - self->reported < G_USEC_PER_SEC / 10)
    return;
  self->reported = now;
  phase = self->images->len == 1
              ? g_strdup (_("Writing the disc image"))
              : g_strdup_printf (_("Writing disc image %u of %u"), disc, self->images->len);
  zc_progress_report (self->progress, phase, self->done, self->total);
}

/* Writes what comes next in the image. */
static gboolean
emit (Writing *self, guint disc, gconstpointer bytes, gsize size, GError **error)
{
  Image *image = self->images->pdata[disc - 1];
  GError *reason = NULL;

  if (zc_fail_if_cancelled (zc_progress_cancellable (self->progress), error))
    return FALSE;
  if (!zc_output_write (image->output, bytes, size, &reason))
    return fail_write (self, image, reason, error);
  if (image->written < image->lists_at[0])
    zc_digest_update (image->digest, bytes, MIN (size, image->lists_at[0] - image->written));
  image->written += size;
  self->done += size;
  report (self, disc, FALSE);
  return TRUE;
}

static gboolean
emit_zeros_until (Writing *self, guint disc, guint64 end, GError **error)
{
  static const guint8 zeros[64 * 1024];
  const Image *image = self->images->pdata[disc - 1];

  while (image->written < end)
    if (!emit (self, disc, zeros, MIN (sizeof zeros, end - image->written), error))
      return FALSE;
  return TRUE;
}

static gboolean
emit_part (Writing *self, guint disc, const Part *part, guint64 size, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (CHUNK);

  while (size > 0)
    {
      gsize n = MIN (CHUNK, size);

      if (!self->spec->read (self->spec->data, buffer, n, error))
        return FALSE;
      zc_hasher_update (self->hasher, part->sm3, buffer, n);
      zc_digest_update (part->sha256, buffer, n);
      if (!emit (self, disc, buffer, n, error))
        return FALSE;
      size -= n;
    }
  return TRUE;
}

static gboolean
fail_layout (const Image *image, GError **error)
{
  return zc_fail (error, ZC_ERROR_IO, _("“%s” cannot be laid out as the disc image that it should be."),
                  image->path);
}

static const ZcDiscEntry *
find_entry (ZcDiscReader *reader, const char *name, guint64 size)
{
  const GPtrArray *entries = zc_disc_reader_entries (reader);

  for (guint i = 0; i < entries->len; i++)
    {
      const ZcDiscEntry *entry = entries->pdata[i];

      if (g_str_equal (entry->name, name))
        return entry->size == size ? entry : NULL;
    }
  return NULL;
}

/* The contents, each where the layout has it; an empty file is nowhere. */
static gboolean
emit_contents (Writing *self, guint disc, ZcDiscReader *layout, GError **error)
{
  const Image *image = self->images->pdata[disc - 1];

  for (guint i = 0; i < self->items->len; i++)
    {
      const ZcDiscItem *item = self->items->pdata[i];
      const ZcDiscEntry *entry;

      if (!zc_disc_item_is_on (item, disc))
        continue;
      entry = find_entry (layout, item->name, item->size);
      if (!entry || (item->size > 0 && entry->offset < image->written))
        return fail_layout (image, error);
      if (item->size == 0)
        continue;
      if (!emit_zeros_until (self, disc, entry->offset, error))
        return FALSE;
      if (item->content ? !emit (self, disc, g_bytes_get_data (item->content, NULL), item->size, error)
                        : !emit_part (self, disc, &self->parts[i], item->size, error))
        return FALSE;
    }
  return emit_zeros_until (self, disc, image->size, error);
}

/* Our own reader, which knows nothing of libisofs, has to find every file as large as it was meant to be; its
 * lists tell where the head ends, where the contents go, and where the lists will. */
static gboolean
emit_image (Writing *self, guint disc, ZcDiscReader *layout, guint n_files, GError **error)
{
  Image *image = self->images->pdata[disc - 1];
  const GPtrArray *entries = zc_disc_reader_entries (layout);
  gsize head_size = g_bytes_get_size (image->head);

  for (guint i = 0; i < 2; i++)
    {
      const ZcDiscEntry *list =
          find_entry (layout, list_names[i], zc_disc_sums_size (self->items, list_kinds[i]));

      if (!list || list->offset < head_size)
        return fail_layout (image, error);
      image->lists_at[i] = list->offset;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const ZcDiscEntry *entry = entries->pdata[i];

      if (entry->size > 0)
        head_size = MIN (head_size, entry->offset);
    }
  if (entries->len != n_files || image->lists_at[0] > image->lists_at[1])
    return fail_layout (image, error);
  image->output = zc_output_open (image->path, error);
  return image->output && emit (self, disc, g_bytes_get_data (image->head, NULL), head_size, error) &&
         emit_contents (self, disc, layout, error);
}

static gboolean
read_head (gpointer data, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  const Image *image = data;

  if (offset + size > g_bytes_get_size (image->head))
    return fail_layout (image, error);
  memcpy (buffer, (const guint8 *) g_bytes_get_data (image->head, NULL) + offset, size);
  return TRUE;
}

static gboolean
write_image (Writing *self, guint disc, GError **error)
{
  Image *image = self->images->pdata[disc - 1];
  g_autofree ZcIsoFile *files = g_new0 (ZcIsoFile, self->items->len + 2);
  g_autofree char *shown = g_filename_display_name (image->path);
  g_autoptr (ZcSource) head = NULL;
  g_autoptr (ZcDiscReader) layout = NULL;
  guint64 size = 0;
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const ZcDiscItem *item = self->items->pdata[i];

      if (zc_disc_item_is_on (item, disc))
        files[n++] = (ZcIsoFile){ item->name, item->size };
    }
  for (guint i = 0; i < 2; i++)
    files[n++] = (ZcIsoFile){ list_names[i], zc_disc_sums_size (self->items, list_kinds[i]) };

  image->head = zc_iso_head (image->volume_id, self->spec->timestamp, files, n, &size, error);
  if (!image->head)
    return FALSE;
  if (size != image->size)
    return zc_fail (error, ZC_ERROR_USAGE, _("The disc image is not the one that was planned."));
  head = zc_source_new (size, read_head, image, NULL);
  layout = zc_disc_reader_new (head, shown, error);
  return layout && emit_image (self, disc, layout, n, error);
}

/* The lists */

static GPtrArray *
make_lists (Writing *self)
{
  GPtrArray *files = g_ptr_array_new ();
  g_autofree char *hex = NULL;

  self->lists[0] = g_string_new (NULL);
  self->lists[1] = g_string_new (NULL);
  for (guint i = 0; i < self->items->len; i++)
    {
      const ZcDiscItem *item = self->items->pdata[i];
      g_autoptr (ZcDigest) own = zc_digest_new (ZC_DIGEST_SHA256 | ZC_DIGEST_SM3);
      ZcDiscFile *file = g_new0 (ZcDiscFile, 1);
      g_autofree char *sha256 = NULL;
      g_autofree char *sm3 = NULL;

      if (item->content)
        zc_digest_update (own, g_bytes_get_data (item->content, NULL), item->size);
      sha256 = zc_digest_hex (item->content ? own : self->parts[i].sha256, ZC_DIGEST_SHA256);
      sm3 = zc_digest_hex (item->content ? own : self->parts[i].sm3, ZC_DIGEST_SM3);
      file->name = g_strdup (item->name);
      file->size = item->size;
      file->disc = item->disc;
      g_strlcpy (file->sha256, sha256, sizeof file->sha256);
      g_strlcpy (file->sm3, sm3, sizeof file->sm3);
      g_ptr_array_add (files, file);
      zc_disc_sums_append (self->lists[0], ZC_DIGEST_SM3, file->name, sm3);
      zc_disc_sums_append (self->lists[1], ZC_DIGEST_SHA256, file->name, sha256);
    }
  hex = zc_digest_hex_of (ZC_DIGEST_SHA256, self->lists[0]->str, self->lists[0]->len);
  zc_disc_sums_append (self->lists[1], ZC_DIGEST_SHA256, ZC_DISC_SM3SUMS, hex);
  return files;
}

static gboolean
put (const Writing *self, const Image *image, guint64 offset, const char *bytes, gsize size, GError **error)
{
  GError *reason = NULL;

  return zc_output_write_at (image->output, offset, bytes, size, &reason) || fail_write (self, image, reason, error);
}

static gboolean
digest_rest (Image *image, GError **error)
{
  gsize size = image->size - image->lists_at[0];
  g_autofree guint8 *rest = g_malloc (size);
  g_autofree char *hex = NULL;
  gssize n;

  n = zc_fd_read_at (zc_output_fd (image->output), image->lists_at[0], rest, size);
  if (n != (gssize) size)
    return zc_fail_errno (error, n < 0 ? errno : EIO, _("Cannot read “%s” back."), image->path);
  zc_digest_update (image->digest, rest, size);
  hex = zc_digest_hex (image->digest, ZC_DIGEST_SHA256);
  g_strlcpy (image->sha256, hex, sizeof image->sha256);
  return TRUE;
}

static gboolean
complete_image (const Writing *self, guint disc, GError **error)
{
  Image *image = self->images->pdata[disc - 1];

  for (guint i = 0; i < 2; i++)
    if (!put (self, image, image->lists_at[i], self->lists[i]->str, self->lists[i]->len, error))
      return FALSE;
  return digest_rest (image, error);
}

/* All images appear, or none. */
static gboolean
commit_images (const Writing *self, GError **error)
{
  for (guint i = 0; i < self->images->len; i++)
    {
      const Image *image = self->images->pdata[i];
      GError *reason = NULL;

      if (zc_output_commit (image->output, &reason))
        continue;
      for (guint j = 0; j < i; j++)
        g_unlink (((const Image *) self->images->pdata[j])->path);
      return fail_write (self, image, reason, error);
    }
  return TRUE;
}

/* All together */

static void
prepare (Writing *self, const char *const *paths)
{
  const ZcDiscPlan *plan = self->plan;
  ZcDiscCut cut = { plan->n_discs, plan->n_parts, plan->parts_per_disc, plan->part_size };

  self->items = zc_disc_items (self->spec, &cut);
  self->parts = g_new0 (Part, self->items->len);
  self->hasher = zc_hasher_new ();
  for (guint i = 0; i < self->items->len; i++)
    self->parts[i] = (Part){ zc_digest_new (ZC_DIGEST_SHA256), zc_digest_new (ZC_DIGEST_SM3) };

  self->images = g_ptr_array_new_with_free_func (image_free);
  for (guint i = 0; i < plan->n_discs; i++)
    {
      Image *image = g_new0 (Image, 1);

      image->path = paths[i];
      image->volume_id = zc_disc_id (self->spec, i + 1, plan->n_discs);
      image->size = plan->image_sizes[i];
      image->digest = zc_digest_new (ZC_DIGEST_SHA256);
      self->total += image->size;
      g_ptr_array_add (self->images, image);
    }
}

static void
disc_file_free (gpointer data)
{
  ZcDiscFile *file = data;

  g_free (file->name);
  g_free (file);
}

static void
disc_image_free (gpointer data)
{
  ZcDiscImage *image = data;

  g_free (image->path);
  g_free (image->volume_id);
  g_free (image);
}

static ZcDiscResult *
result_new (const Writing *self, GPtrArray *files)
{
  ZcDiscResult *result = g_new0 (ZcDiscResult, 1);

  result->files = g_ptr_array_ref (files);
  result->images = g_ptr_array_new_with_free_func (disc_image_free);
  for (guint i = 0; i < self->images->len; i++)
    {
      const Image *image = self->images->pdata[i];
      ZcDiscImage *out = g_new0 (ZcDiscImage, 1);

      out->path = g_strdup (image->path);
      out->volume_id = g_strdup (image->volume_id);
      out->size = image->size;
      memcpy (out->sha256, image->sha256, sizeof out->sha256);
      g_ptr_array_add (result->images, out);
    }
  return result;
}

static ZcDiscResult *
write_all (Writing *self, GError **error)
{
  guint n = self->images->len;
  g_autoptr (GPtrArray) files = NULL;

  if (!check_space (self, error))
    return NULL;
  for (guint disc = 1; disc <= n; disc++)
    if (!write_image (self, disc, error))
      return NULL;
  zc_hasher_join (self->hasher);
  files = make_lists (self);
  g_ptr_array_set_free_func (files, disc_file_free);
  for (guint disc = 1; disc <= n; disc++)
    if (!complete_image (self, disc, error))
      return NULL;
  if (zc_fail_if_cancelled (zc_progress_cancellable (self->progress), error))
    return NULL;
  /* Syncing gigabytes takes its time, and nobody knows how long. */
  zc_progress_report (self->progress, _("Saving the disc image"), 0, 0);
  if (!commit_images (self, error))
    return NULL;
  report (self, n, TRUE);
  return result_new (self, files);
}

/* A plan that was made before the package was set would leave it out in silence. */
static gboolean
check_plan (const ZcDiscSpec *spec, const ZcDiscPlan *plan, GError **error)
{
  guint64 before_last = plan->n_parts > 0 ? (plan->n_parts - 1) * plan->part_size : 0;
  gboolean fits = spec->package ? plan->n_parts > 0 && before_last <= spec->package_size &&
                                      spec->package_size - before_last <= plan->part_size
                                : plan->n_parts == 0;

  return fits || zc_fail (error, ZC_ERROR_USAGE, _("The disc image is not the one that was planned."));
}

ZcDiscResult *
zc_disc_write (ZcDiscSpec *self,
               const ZcDiscPlan *plan,
               const char *const *paths,
               const ZcProgress *progress,
               GError **error)
{
  g_autoptr (ZcDiscPlan) single = plan ? NULL : zc_disc_plan (self, 0, error);
  g_auto (Writing) writing = { self, plan ? plan : single, progress };

  if (!writing.plan || !check_plan (self, writing.plan, error))
    return NULL;
  prepare (&writing, paths);
  return write_all (&writing, error);
}

void
zc_disc_result_free (ZcDiscResult *result)
{
  if (!result)
    return;
  g_ptr_array_unref (result->images);
  g_ptr_array_unref (result->files);
  g_free (result);
}
