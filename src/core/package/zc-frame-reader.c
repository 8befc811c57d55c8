/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-frame-reader.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

GBytes *
zc_frame_read_entry (ZcSource *source, const ZcTarEntry *entry, GError **error)
{
  g_autofree guint8 *data = g_malloc (entry->size + 1);

  if (!zc_source_read (source, entry->offset + ZC_TAR_BLOCK, data, entry->size, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), entry->size);
}

gboolean
zc_frame_fail_beginning (GError **error)
{
  return zc_fail (error, ZC_ERROR_DAMAGED,
                  _("The package was altered: its beginning (format.txt) is not as it was written."));
}

static gpointer
fail_stump (GError **error)
{
  return zc_fail_null (error, ZC_ERROR_DAMAGED,
                       _("The package was cut short: hardly anything of it is there. Copy it again."));
}

/* Whether the first bytes, @n of them, are those of a package: by the name of its first file or by what that
 * says. */
static gboolean
looks_like_package (const guint8 *start, gsize n)
{
  static const char name[] = ZC_FRAME_FORMAT, text[] = "zicha-package ";

  if (n == 0)
    return FALSE;
  if (memcmp (start, name, MIN (n, sizeof name)) == 0)
    return TRUE;
  return n >= ZC_TAR_BLOCK + strlen (text) && memcmp (start + ZC_TAR_BLOCK, text, strlen (text)) == 0;
}

/* Reads format.txt, which stands in front and says how large everything is. */
static ZcFrame *
read_format (ZcSource *source, GError **error)
{
  guint8 start[2 * ZC_TAR_BLOCK] = { 0 }, wanted[ZC_TAR_BLOCK];
  gsize available = (gsize) MIN (zc_source_size (source), sizeof start);
  g_autoptr (GBytes) format = NULL;
  ZcTarEntry entry = { NULL };
  char digits[12] = "";

  if (!zc_source_read (source, 0, start, available, error))
    return NULL;
  if (!looks_like_package (start, available))
    return zc_fail_null (error, ZC_ERROR_INVALID, _("This file is not a submission package."));
  if (available < ZC_TAR_BLOCK)
    return fail_stump (error);
  memcpy (digits, start + 124, 11);
  entry.size = g_ascii_strtoull (digits, NULL, 8);
  if (entry.size == 0 || entry.size > ZC_FRAME_FORMAT_MAX)
    return zc_frame_fail_beginning (error), NULL;
  zc_tar_header (ZC_FRAME_FORMAT, entry.size, wanted);
  if (memcmp (start, wanted, sizeof wanted) != 0)
    return zc_frame_fail_beginning (error), NULL;
  if (zc_source_size (source) - ZC_TAR_BLOCK < entry.size)
    return fail_stump (error);
  format = zc_frame_read_entry (source, &entry, error);
  return format ? zc_frame_parse (format, error) : NULL;
}

static gboolean
check_size (const ZcFrame *frame, ZcSource *source, GError **error)
{
  guint64 wanted = frame->layout->size, found = zc_source_size (source);

  if (found < wanted)
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("The package was cut short: %" PRIu64 " of %" PRIu64
                       " bytes are there. "
                       "Copy it again."),
                    found, wanted);
  if (found > wanted)
    return zc_fail (error, ZC_ERROR_DAMAGED,
                    _("Something was appended to the package: it has %" PRIu64 " bytes too many."),
                    found - wanted);
  return TRUE;
}

static gboolean
is_zero (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (data[i])
      return FALSE;
  return TRUE;
}

/* Every header must be the one right header, everything between the files zero: no byte is left unchecked. */
static gboolean
check_tar (const ZcFrame *frame, ZcSource *source, GError **error)
{
  const ZcTarLayout *layout = frame->layout;
  guint8 found[ZC_TAR_END], wanted[ZC_TAR_BLOCK];

  for (guint i = 0; i < layout->entries->len; i++)
    {
      const ZcTarEntry *entry = zc_tar_layout_get (layout, i);
      guint64 end = entry->offset + ZC_TAR_BLOCK + entry->size;
      gsize rest = (gsize) (zc_tar_rounded (entry->size) - entry->size);

      if (!zc_source_read (source, entry->offset, found, ZC_TAR_BLOCK, error))
        return FALSE;
      zc_tar_header (entry->name, entry->size, wanted);
      if (memcmp (found, wanted, ZC_TAR_BLOCK) != 0)
        return zc_fail (error, ZC_ERROR_DAMAGED,
                        _("The package was altered: the header of its part “%s” is not as it was written."),
                        entry->name);
      if (!zc_source_read (source, end, found, rest, error))
        return FALSE;
      if (!is_zero (found, rest))
        return zc_fail (error, ZC_ERROR_DAMAGED,
                        _("The package was altered: there is something behind its part “%s”."), entry->name);
    }
  if (!zc_source_read (source, layout->size - ZC_TAR_END, found, ZC_TAR_END, error))
    return FALSE;
  return is_zero (found, ZC_TAR_END)
         || zc_fail (error, ZC_ERROR_DAMAGED,
                     _("The package was altered: its end is not as it was written."));
}

ZcFrame *
zc_frame_read (ZcSource *source, GError **error)
{
  g_autoptr (ZcFrame) frame = read_format (source, error);

  if (!frame || !check_size (frame, source, error) || !check_tar (frame, source, error))
    return NULL;
  return g_steal_pointer (&frame);
}
