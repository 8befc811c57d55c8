/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-layout.h"

#include <string.h>

#define NAME_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
#define HEX_LENGTH (2 * ZC_DIGEST_SIZE)

gboolean
zc_disc_name_is_valid (const char *name)
{
  gsize stem = strspn (name, NAME_CHARACTERS);
  gsize extension = name[stem] == '.' ? strspn (name + stem + 1, NAME_CHARACTERS) : 0;

  return stem >= 1 && stem <= 24 && extension >= 1 && extension <= 3 && name[stem + 1 + extension] == 0;
}

char *
zc_disc_part_name (const char *package, guint number, guint n_parts)
{
  if (n_parts == 1)
    return g_strdup (package);
  return g_strdup_printf ("%.*s.%03u", (int) (strchr (package, '.') - package), package, number);
}

char *
zc_disc_id (const ZcDiscSpec *spec, guint n, guint of)
{
  return g_strdup_printf ("%s_%uOF%u", spec->stem, n, of);
}

ZcDiscItem *
zc_disc_item_new (const char *name, guint64 size, guint disc, GBytes *content)
{
  ZcDiscItem *item = g_new0 (ZcDiscItem, 1);

  item->name = g_strdup (name);
  item->size = size;
  item->disc = disc;
  item->content = content ? g_bytes_ref (content) : NULL;
  return item;
}

void
zc_disc_item_free (gpointer data)
{
  ZcDiscItem *item = data;

  g_clear_pointer (&item->content, g_bytes_unref);
  g_free (item->name);
  g_free (item);
}

gboolean
zc_disc_item_is_on (const ZcDiscItem *item, guint disc)
{
  return item->disc == 0 || item->disc == disc;
}

static void
add_parts (GPtrArray *items, const ZcDiscSpec *spec, const ZcDiscCut *cut)
{
  guint64 left = spec->package_size;

  for (guint i = 0; i < cut->n_parts; i++)
    {
      g_autofree char *name = zc_disc_part_name (spec->package, i + 1, cut->n_parts);
      guint64 size = MIN (left, cut->part_size);

      g_ptr_array_add (items, zc_disc_item_new (name, size, i / cut->parts_per_disc + 1, NULL));
      left -= size;
    }
}

static void
append_names (
    GString *text, const ZcDiscSpec *spec, const ZcDiscCut *cut, guint from, guint to, const char *between)
{
  for (guint i = from; i <= to; i++)
    {
      g_autofree char *name = zc_disc_part_name (spec->package, i, cut->n_parts);

      g_string_append_printf (text, "%s%s", i == from ? "" : between, name);
    }
}

/* What a person who holds one disc of several has to know, in both languages and without any program of ours.
 */
static ZcDiscItem *
disc_note (const ZcDiscSpec *spec, const ZcDiscCut *cut, guint disc)
{
  g_autofree char *name = g_strdup_printf ("DISC%uOF%u.TXT", disc, cut->n_discs);
  g_autofree char *id = zc_disc_id (spec, disc, cut->n_discs);
  guint first = (disc - 1) * cut->parts_per_disc + 1;
  guint last = MIN (disc * cut->parts_per_disc, cut->n_parts);
  GString *text = g_string_new ("\xEF\xBB\xBF");
  g_autoptr (GBytes) bytes = NULL;

  g_string_append_printf (text, "%s\r\n\r\n本盘是第 %u 张，共 %u 张。本盘上的分卷：", id, disc, cut->n_discs);
  append_names (text, spec, cut, first, last, "、");
  g_string_append_printf (
      text,
      "。\r\n须有全部光盘才能打开。把各盘的分卷复制到同一文件夹，按编号顺序首尾相接即得 %s"
      "（Windows 用 copy /b，Linux 用 cat）。\r\n\r\n"
      "This is disc %u of %u. On this disc: ",
      spec->package, disc, cut->n_discs);
  append_names (text, spec, cut, first, last, ", ");
  g_string_append_printf (
      text,
      ".\r\nAll discs are needed. Copy the parts of all discs into one folder and join them in the "
      "order of their numbers\r\nto get %s (copy /b on Windows, cat on Linux).\r\n",
      spec->package);
  bytes = g_string_free_to_bytes (text);
  return zc_disc_item_new (name, g_bytes_get_size (bytes), disc, bytes);
}

GPtrArray *
zc_disc_items (const ZcDiscSpec *spec, const ZcDiscCut *cut)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (zc_disc_item_free);

  for (guint i = 0; i < spec->files->len; i++)
    {
      const ZcDiscItem *file = spec->files->pdata[i];

      g_ptr_array_add (items, zc_disc_item_new (file->name, file->size, 0, file->content));
    }
  add_parts (items, spec, cut);
  for (guint disc = 1; cut->n_discs > 1 && disc <= cut->n_discs; disc++)
    g_ptr_array_add (items, disc_note (spec, cut, disc));
  return items;
}

void
zc_disc_sums_append (GString *list, ZcDigestKind kind, const char *name, const char *hex)
{
  if (kind == ZC_DIGEST_SM3)
    g_string_append_printf (list, "SM3 (%s) = %s\n", name, hex);
  else
    g_string_append_printf (list, "%s  %s\n", hex, name);
}

guint64
zc_disc_sums_size (const GPtrArray *items, ZcDigestKind kind)
{
  const guint64 around = (kind == ZC_DIGEST_SM3 ? strlen ("SM3 () = \n") : strlen ("  \n")) + HEX_LENGTH;
  guint64 size = kind == ZC_DIGEST_SHA256 ? around + strlen (ZC_DISC_SM3SUMS) : 0;

  for (guint i = 0; i < items->len; i++)
    size += around + strlen (((const ZcDiscItem *) items->pdata[i])->name);
  return size;
}
