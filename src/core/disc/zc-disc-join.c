/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-digest.h"
#include "disc/zc-disc-image.h"
#include "disc/zc-disc-sums.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#define CHECK_CHUNK (1024u * 1024)

/* Checking one disc */

typedef struct
{
  const ZcProgress *progress;
  guint64 total, done;
  gint64 reported;
} Checking;

static void
report (Checking *self, gboolean last)
{
  gint64 now = g_get_monotonic_time ();

  if (!last && now - self->reported < G_USEC_PER_SEC / 10)
    return;
  self->reported = now;
  zc_progress_report (self->progress, _("Checking the disc"), self->done, self->total);
}

static gboolean
check_entry (
    Checking *self, ZcDiscReader *reader, const ZcDiscEntry *entry, const ZcDiscSum *sum, GError **error)
{
  g_autoptr (ZcSource) source = zc_disc_reader_file (reader, entry->name, error);
  g_autoptr (ZcDigest) digest = zc_digest_new (ZC_DIGEST_SHA256);
  g_autofree guint8 *buffer = g_malloc (CHECK_CHUNK);
  g_autofree char *hex = NULL;

  if (!source)
    return FALSE;
  for (guint64 at = 0; at < entry->size;)
    {
      gsize n = MIN (CHECK_CHUNK, entry->size - at);

      if (zc_fail_if_cancelled (zc_progress_cancellable (self->progress), error) ||
          !zc_source_read (source, at, buffer, n, error))
        return FALSE;
      zc_digest_update (digest, buffer, n);
      at += n;
      self->done += n;
      report (self, FALSE);
    }
  hex = zc_digest_hex (digest, ZC_DIGEST_SHA256);
  if (!g_str_equal (hex, sum->sha256))
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("The file “%s” on “%s” is damaged: it is not what %s says it is."), entry->name,
                    zc_disc_reader_name (reader), ZC_DISC_SHA256SUMS);
  return TRUE;
}

static const ZcDiscEntry *
find_entry (ZcDiscReader *reader, const char *name)
{
  const GPtrArray *entries = zc_disc_reader_entries (reader);

  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (((const ZcDiscEntry *) entries->pdata[i])->name, name))
      return entries->pdata[i];
  return NULL;
}

/* Which disc of how many this is: the note on it says so; without one it is the only one. FALSE when it has
 * several. */
static gboolean
disc_number (ZcDiscReader *reader, guint *n, guint *of)
{
  const GPtrArray *entries = zc_disc_reader_entries (reader);
  guint found = 0;

  *n = *of = 1;
  for (guint i = 0; i < entries->len; i++)
    found += zc_disc_note_parse (((const ZcDiscEntry *) entries->pdata[i])->name, n, of);
  return found <= 1;
}

/* Whether a listed file may be missing here because it lies on another disc: a note or a part, by their
 * names. */
static gboolean
may_be_elsewhere (const char *name, guint of)
{
  const char *point = strchr (name, '.');
  guint n, m;

  if (of == 1)
    return FALSE;
  return zc_disc_note_parse (name, &n, &m) || (strspn (point + 1, "0123456789") == 3 && point[4] == 0);
}

static gboolean
check_listed (ZcDiscReader *reader, const GPtrArray *sums, guint of, GError **error)
{
  const GPtrArray *entries = zc_disc_reader_entries (reader);

  for (guint i = 0; i < sums->len; i++)
    {
      const ZcDiscSum *sum = sums->pdata[i];

      if (!find_entry (reader, sum->name) && !may_be_elsewhere (sum->name, of))
        return zc_fail (error, ZC_ERROR_DAMAGED, _("The file “%s” is missing on “%s”."), sum->name,
                        zc_disc_reader_name (reader));
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const ZcDiscEntry *entry = entries->pdata[i];

      if (!g_str_equal (entry->name, ZC_DISC_SHA256SUMS) && !zc_disc_sums_find (sums, entry->name))
        return zc_fail (error, ZC_ERROR_DAMAGED,
                        _("The file “%s” on “%s” is in no list: it was added later."), entry->name,
                        zc_disc_reader_name (reader));
    }
  return TRUE;
}

gboolean
zc_disc_reader_check (ZcDiscReader *self, const ZcProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) sums = zc_disc_sums_read (self, NULL, error);
  const GPtrArray *entries = zc_disc_reader_entries (self);
  Checking checking = { progress };
  guint n, of;

  if (!sums)
    return FALSE;
  if (!disc_number (self, &n, &of))
    return zc_fail (error, ZC_ERROR_DAMAGED, _("“%s” calls itself two discs at once."),
                    zc_disc_reader_name (self));
  if (!check_listed (self, sums, of, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    if (zc_disc_sums_find (sums, ((const ZcDiscEntry *) entries->pdata[i])->name))
      checking.total += ((const ZcDiscEntry *) entries->pdata[i])->size;
  for (guint i = 0; i < entries->len; i++)
    {
      const ZcDiscEntry *entry = entries->pdata[i];
      const ZcDiscSum *sum = zc_disc_sums_find (sums, entry->name);

      if (sum && !check_entry (&checking, self, entry, sum, error))
        return FALSE;
    }
  report (&checking, TRUE);
  return TRUE;
}

/* Joining the discs of one hand-in */

/* All discs carry the same list; each says which one it is. @seen: by number, the reader that has it. */
static gboolean
order_discs (
    ZcDiscReader *const *readers, guint n, ZcDiscReader **seen, guint *of, GPtrArray **sums, GError **error)
{
  g_autoptr (GBytes) first = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) list = NULL;
      g_autoptr (GPtrArray) parsed = zc_disc_sums_read (readers[i], &list, error);
      const char *name = zc_disc_reader_name (readers[i]);
      guint number, count;

      if (!parsed)
        return FALSE;
      if (first && !g_bytes_equal (first, list))
        return zc_fail (error, ZC_ERROR_INVALID, _("“%s” and “%s” are discs of different hand-ins."),
                        zc_disc_reader_name (readers[0]), name);
      if (!disc_number (readers[i], &number, &count) || (i > 0 && count != *of))
        return zc_fail (error, ZC_ERROR_DAMAGED, _("It is not clear which disc of the hand-in “%s” is."),
                        name);
      if (seen[number])
        return zc_fail (error, ZC_ERROR_INVALID, _("Disc %u of %u was given twice: as “%s” and as “%s”."),
                        number, count, zc_disc_reader_name (seen[number]), name);
      seen[number] = readers[i];
      *of = count;
      if (!first)
        {
          first = g_steal_pointer (&list);
          *sums = g_steal_pointer (&parsed);
        }
    }
  return TRUE;
}

static gboolean
check_complete (ZcDiscReader *const *seen, guint of, GError **error)
{
  GString *missing = g_string_new (NULL);
  g_autofree char *numbers = NULL;
  guint n = 0;

  for (guint i = 1; i <= of; i++)
    if (!seen[i])
      g_string_append_printf (missing, "%s%u", n++ ? ", " : "", i);
  numbers = g_string_free (missing, FALSE);
  if (n == 0)
    return TRUE;
  return zc_fail (error, ZC_ERROR_INVALID,
                  ngettext ("Disc %s of %u is missing. Give all discs of the hand-in at once.",
                            "Discs %s of %u are missing. Give all discs of the hand-in at once.", n),
                  numbers, of);
}

/* How many parts the list names, counted without gaps from 001; 0 if there are none. */
static gboolean
count_parts (const GPtrArray *sums, const char *package, guint *n_parts, GError **error)
{
  guint count = 0, highest = 0;

  for (guint i = 0; i < sums->len; i++)
    {
      guint number = zc_disc_part_number (((const ZcDiscSum *) sums->pdata[i])->name, package);

      count += number > 0;
      highest = MAX (highest, number);
    }
  *n_parts = count;
  return count == highest || zc_fail (error, ZC_ERROR_DAMAGED,
                                      _("The list of digests does not name all parts of “%s”."), package);
}

static ZcSource *
find_part (ZcDiscReader *const *seen, guint of, const char *name, GError **error)
{
  for (guint i = 1; i <= of; i++)
    if (find_entry (seen[i], name))
      return zc_disc_reader_file (seen[i], name, error);
  return zc_fail_null (error, ZC_ERROR_DAMAGED, _("The part “%s” is on none of the discs."), name);
}

/* Parts are equally long but the last, which is not longer: a list that says otherwise was not ours. */
static ZcSource *
concat_parts (GPtrArray *parts, GError **error)
{
  ZcSource **sources = (ZcSource **) parts->pdata;
  guint64 size = parts->len ? zc_source_size (sources[0]) : 0;

  for (guint i = 1; i < parts->len; i++)
    {
      guint64 own = zc_source_size (sources[i]);

      if (i + 1 < parts->len ? own != size : own > size || own == 0)
        return zc_fail_null (error, ZC_ERROR_DAMAGED,
                             _("Part %u has the wrong size: it is damaged, or of another package."), i + 1);
    }
  return zc_source_new_concat (sources, parts->len);
}

static ZcSource *
join_parts (ZcDiscReader *const *seen, guint of, const char *package, guint n_parts, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_source_unref);
  gsize stem = strcspn (package, ".");

  for (guint i = 1; i <= n_parts; i++)
    {
      g_autofree char *name = g_strdup_printf ("%.*s.%03u", (int) stem, package, i);
      ZcSource *part = find_part (seen, of, name, error);

      if (!part)
        return NULL;
      g_ptr_array_add (parts, part);
    }
  return concat_parts (parts, error);
}

ZcSource *
zc_disc_join (ZcDiscReader *const *readers, guint n, const char *name, GError **error)
{
  ZcDiscReader *seen[ZC_DISC_MAX_DISCS + 1] = { NULL };
  g_autoptr (GPtrArray) sums = NULL;
  guint of = 1, n_parts;

  g_return_val_if_fail (n > 0, NULL);

  if (!order_discs (readers, n, seen, &of, &sums, error) || !check_complete (seen, of, error) ||
      !count_parts (sums, name, &n_parts, error))
    return NULL;
  if (n_parts > 0)
    return join_parts (seen, of, name, n_parts, error);
  return find_entry (seen[1], name)
             ? zc_disc_reader_file (seen[1], name, error)
             : zc_fail_null (error, ZC_ERROR_INVALID, _("There is no file “%s” on “%s”."), name,
                             zc_disc_reader_name (seen[1]));
}

/* What a person may give: files or discs */

static gboolean
is_image (const char *path)
{
  g_autoptr (ZcSource) source = NULL;
  char mark[5];
  struct stat st;

  if (stat (path, &st) == 0 && S_ISBLK (st.st_mode))
    return TRUE;
  source = zc_source_new_file (path, NULL);
  return source && zc_source_read (source, 16 * ZC_DISC_BLOCK + 1, mark, sizeof mark, NULL) &&
         memcmp (mark, "CD001", sizeof mark) == 0;
}

static ZcSource *
open_discs (const char *const *paths, guint n, const char *name, GError **error)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_disc_reader_free);

  for (guint i = 0; i < n; i++)
    {
      ZcDiscReader *reader = zc_disc_reader_open (paths[i], error);

      if (!reader)
        return NULL;
      g_ptr_array_add (readers, reader);
    }
  return zc_disc_join ((ZcDiscReader *const *) readers->pdata, readers->len, name, error);
}

/* Several files are parts; their numbers are in their names, and the first and last of them must be there to
 * be told. */
static ZcSource *
open_parts (const char *const *paths, guint n, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_source_unref);
  g_autofree const char **ordered = g_new0 (const char *, n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *shown = g_filename_display_basename (paths[i]);
      const char *digits = strrchr (paths[i], '.');
      guint number;

      if (!digits || strspn (digits + 1, "0123456789") != 3 || digits[4])
        return zc_fail_null (error, ZC_ERROR_INVALID,
                             _("“%s” is not a part of a package: its name must end in .001, .002 …"), shown);
      number = (guint) g_ascii_strtoull (digits + 1, NULL, 10);
      if (number < 1 || number > n)
        return zc_fail_null (error, ZC_ERROR_INVALID,
                             _("Parts of the package are missing: “%s” was given, but not all before it."),
                             shown);
      if (ordered[number - 1])
        return zc_fail_null (error, ZC_ERROR_INVALID, _("Part %u of the package was given twice."), number);
      ordered[number - 1] = paths[i];
    }
  for (guint i = 0; i < n; i++)
    {
      ZcSource *part = zc_source_new_file (ordered[i], error);

      if (!part)
        return NULL;
      g_ptr_array_add (parts, part);
    }
  return concat_parts (parts, error);
}

ZcSource *
zc_disc_open_package (const char *const *paths, guint n, const char *name, GError **error)
{
  guint n_images = 0;

  g_return_val_if_fail (n > 0, NULL);

  for (guint i = 0; i < n; i++)
    n_images += is_image (paths[i]);
  if (n_images == n)
    return open_discs (paths, n, name, error);
  if (n_images > 0)
    return zc_fail_null (error, ZC_ERROR_INVALID,
                         _("Give either disc images or the parts of a package, not both."));
  return n == 1 ? zc_source_new_file (paths[0], error) : open_parts (paths, n, error);
}
