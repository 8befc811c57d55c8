/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-writing.h"

#include "base/zc-fd.h"
#include "base/zc-text.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

static void
image_free (gpointer data)
{
  ZcWritingImage *image = data;

  zc_output_free (image->output);
  zc_digest_free (image->digest);
  g_clear_pointer (&image->head, g_bytes_unref);
  g_free (image->volume_id);
  g_free (image);
}

static void
writing_free (ZcWriting *self)
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
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZcWriting, writing_free)

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
check_space (const ZcWriting *self, GError **error)
{
  for (guint i = 0; i < self->images->len; i++)
    {
      const ZcWritingImage *image = self->images->pdata[i];
      g_autofree char *folder = g_path_get_dirname (image->path);
      g_autofree char *shown = g_filename_display_name (folder);
      struct statvfs fs;
      struct stat st;
      guint64 needed = 0;

      if (statvfs (folder, &fs) < 0 || stat (folder, &st) < 0)
        return zc_fail_errno (error, errno, _("Cannot write to the folder “%s”."), shown);
      for (guint j = 0; j < self->images->len; j++)
        {
          const ZcWritingImage *other = self->images->pdata[j];
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

gboolean
zc_writing_fail (const ZcWriting *self, const ZcWritingImage *image, GError *reason, GError **error)
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

/* The lists */

static GPtrArray *
make_lists (ZcWriting *self)
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
put (const ZcWriting *self, const ZcWritingImage *image, guint64 offset, const char *bytes, gsize size, GError **error)
{
  GError *reason = NULL;

  return zc_output_write_at (image->output, offset, bytes, size, &reason) || zc_writing_fail (self, image, reason, error);
}

static gboolean
digest_rest (ZcWritingImage *image, GError **error)
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
complete_image (const ZcWriting *self, guint disc, GError **error)
{
  ZcWritingImage *image = self->images->pdata[disc - 1];

  for (guint i = 0; i < 2; i++)
    if (!put (self, image, image->lists_at[i], self->lists[i]->str, self->lists[i]->len, error))
      return FALSE;
  return digest_rest (image, error);
}

/* All images appear, or none. */
static gboolean
commit_images (const ZcWriting *self, GError **error)
{
  for (guint i = 0; i < self->images->len; i++)
    {
      const ZcWritingImage *image = self->images->pdata[i];
      GError *reason = NULL;

      if (zc_output_commit (image->output, &reason))
        continue;
      for (guint j = 0; j < i; j++)
        g_unlink (((const ZcWritingImage *) self->images->pdata[j])->path);
      return zc_writing_fail (self, image, reason, error);
    }
  return TRUE;
}

/* All together */

static void
prepare (ZcWriting *self, const char *const *paths)
{
  const ZcDiscPlan *plan = self->plan;
  ZcDiscCut cut = { plan->n_discs, plan->n_parts, plan->parts_per_disc, plan->part_size };

  self->items = zc_disc_items (self->spec, &cut);
  self->parts = g_new0 (ZcWritingPart, self->items->len);
  self->hasher = zc_hasher_new ();
  for (guint i = 0; i < self->items->len; i++)
    self->parts[i] = (ZcWritingPart){ zc_digest_new (ZC_DIGEST_SHA256), zc_digest_new (ZC_DIGEST_SM3) };

  self->images = g_ptr_array_new_with_free_func (image_free);
  for (guint i = 0; i < plan->n_discs; i++)
    {
      ZcWritingImage *image = g_new0 (ZcWritingImage, 1);

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
result_new (const ZcWriting *self, GPtrArray *files)
{
  ZcDiscResult *result = g_new0 (ZcDiscResult, 1);

  result->files = g_ptr_array_ref (files);
  result->images = g_ptr_array_new_with_free_func (disc_image_free);
  for (guint i = 0; i < self->images->len; i++)
    {
      const ZcWritingImage *image = self->images->pdata[i];
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
write_all (ZcWriting *self, GError **error)
{
  guint n = self->images->len;
  g_autoptr (GPtrArray) files = NULL;

  if (!check_space (self, error))
    return NULL;
  for (guint disc = 1; disc <= n; disc++)
    if (!zc_writing_stream (self, disc, error))
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
  zc_writing_report (self, n, TRUE);
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
  g_auto (ZcWriting) writing = { self, plan ? plan : single, progress };

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
