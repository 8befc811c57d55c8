/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-sums.h"

#include "base/zc-digest.h"
#include "disc/zc-disc-image.h"
#include "disc/zc-disc-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A line is at most 64 digits, two spaces, 28 characters of a name. */
#define MAX_LIST (ZC_DISC_MAX_ENTRIES * 96u)
#define MAX_LINES ZC_DISC_MAX_ENTRIES
#define HEX_LENGTH (2 * ZC_DIGEST_SIZE)

static void
sum_free (gpointer data)
{
  ZcDiscSum *sum = data;

  g_free (sum->name);
  g_free (sum->sha256);
  g_free (sum);
}

const ZcDiscSum *
zc_disc_sums_find (const GPtrArray *sums, const char *name)
{
  for (guint i = 0; i < sums->len; i++)
    if (g_str_equal (((const ZcDiscSum *) sums->pdata[i])->name, name))
      return sums->pdata[i];
  return NULL;
}

static gboolean
read_line (GPtrArray *sums, const char *line)
{
  ZcDiscSum *sum;

  if (strspn (line, "0123456789abcdef") != HEX_LENGTH || strncmp (line + HEX_LENGTH, "  ", 2) != 0)
    return FALSE;
  if (!zc_disc_name_is_valid (line + HEX_LENGTH + 2) || zc_disc_sums_find (sums, line + HEX_LENGTH + 2))
    return FALSE;
  sum = g_new0 (ZcDiscSum, 1);
  sum->sha256 = g_strndup (line, HEX_LENGTH);
  sum->name = g_strdup (line + HEX_LENGTH + 2);
  g_ptr_array_add (sums, sum);
  return TRUE;
}

static gboolean
read_lines (GPtrArray *sums, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n;

  if (size == 0 || memchr (data, 0, size) || data[size - 1] != '\n')
    return FALSE;
  text = g_strndup (data, size - 1);
  lines = g_strsplit (text, "\n", MAX_LINES + 1);
  n = g_strv_length (lines);
  for (guint i = 0; i < n; i++)
    if (n > MAX_LINES || !read_line (sums, lines[i]))
      return FALSE;
  return TRUE;
}

GPtrArray *
zc_disc_sums_read (ZcDiscReader *reader, GBytes **bytes, GError **error)
{
  g_autoptr (ZcSource) source = zc_disc_reader_file (reader, ZC_DISC_SHA256SUMS, NULL);
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func (sum_free);
  g_autoptr (GBytes) list = NULL;

  if (!source)
    return zc_fail_null (error, ZC_ERROR_INVALID, _("“%s” is no disc of a hand-in: it has no %s."),
                         zc_disc_reader_name (reader), ZC_DISC_SHA256SUMS);
  list = zc_source_read_all (source, MAX_LIST, error);
  if (!list)
    return NULL;
  if (!read_lines (sums, list))
    return zc_fail_null (error, ZC_ERROR_DAMAGED, _("The list of digests %s on “%s” is damaged."),
                         ZC_DISC_SHA256SUMS, zc_disc_reader_name (reader));
  if (bytes)
    *bytes = g_steal_pointer (&list);
  return g_steal_pointer (&sums);
}

guint
zc_disc_part_number (const char *name, const char *package)
{
  const char *point = strchr (package, '.');
  gsize stem = point ? (gsize) (point - package) : strlen (package);
  const char *digits = name + stem + 1;

  if (strncmp (name, package, stem) != 0 || name[stem] != '.' || strspn (digits, "0123456789") != 3 ||
      digits[3])
    return 0;
  return (guint) g_ascii_strtoull (digits, NULL, 10);
}

gboolean
zc_disc_note_parse (const char *name, guint *n, guint *of)
{
  g_autofree char *id = NULL;

  if (!g_str_has_prefix (name, "DISC") || !g_str_has_suffix (name, ".TXT"))
    return FALSE;
  id = g_strdup_printf ("X_%.*s", (int) (strlen (name) - strlen ("DISC.TXT")), name + strlen ("DISC"));
  return zc_disc_volume_parse (id, n, of);
}
