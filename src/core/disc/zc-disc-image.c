/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc/zc-disc-image.h"

#include "disc/zc-disc-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Volume ids */

#define VOLUME_ID_MAX 16
#define STEM_MAX 11
#define STEM_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

char *
zc_disc_volume_stem (const char *prefix, guint year, guint seq)
{
  gsize length = strlen (prefix);

  if (length < 2 || length > 4 || strspn (prefix, STEM_CHARACTERS) != length || strchr (prefix, '_'))
    return NULL;
  if (year < 2000 || year > 2099 || seq < 1 || seq > 99999)
    return NULL;
  return g_strdup_printf ("%s%02u%05u", prefix, year % 100, seq);
}

char *
zc_disc_volume_id (const char *prefix, guint year, guint seq, guint n, guint of)
{
  g_autofree char *stem = zc_disc_volume_stem (prefix, year, seq);
  g_autofree char *id = NULL;

  if (!stem || n < 1 || n > of || of > ZC_DISC_MAX_DISCS)
    return NULL;
  id = g_strdup_printf ("%s_%uOF%u", stem, n, of);
  return strlen (id) <= VOLUME_ID_MAX ? g_steal_pointer (&id) : NULL;
}

/* One or two digits without a leading zero. */
static gboolean
parse_count (const char **at, guint *value)
{
  const char *text = *at;

  if (*text < '1' || *text > '9')
    return FALSE;
  *value = (guint) (*text++ - '0');
  if (g_ascii_isdigit (*text))
    *value = *value * 10 + (guint) (*text++ - '0');
  *at = text;
  return TRUE;
}

gboolean
zc_disc_volume_parse (const char *volume_id, guint *n, guint *of)
{
  const char *at = strrchr (volume_id, '_');
  guint first, second;

  if (!at || at == volume_id)
    return FALSE;
  at++;
  if (!parse_count (&at, &first) || !g_str_has_prefix (at, "OF"))
    return FALSE;
  at += 2;
  if (!parse_count (&at, &second) || *at || first > second)
    return FALSE;
  *n = first;
  *of = second;
  return TRUE;
}

/* What is to be on the discs */

#define LAST_TIMESTAMP G_GINT64_CONSTANT (4102444799) /* 2099-12-31T23:59:59Z */

ZcDiscSpec *
zc_disc_spec_new (const char *volume_stem, gint64 timestamp, GError **error)
{
  ZcDiscSpec *self;
  gsize length = strlen (volume_stem);

  if (length < 1 || length > STEM_MAX || strspn (volume_stem, STEM_CHARACTERS) != length)
    return zc_fail_null (error, ZC_ERROR_USAGE,
                         _("“%s” cannot name a disc: use 1 to %d of the letters A–Z, digits and “_”."),
                         volume_stem, STEM_MAX);
  if (timestamp < 0 || timestamp > LAST_TIMESTAMP)
    return zc_fail_null (error, ZC_ERROR_USAGE, _("The time for the disc must lie between 1970 and 2099."));

  self = g_new0 (ZcDiscSpec, 1);
  self->stem = g_strdup (volume_stem);
  self->timestamp = timestamp;
  self->files = g_ptr_array_new_with_free_func (zc_disc_item_free);
  self->part_limit = ZC_DISC_MAX_FILE;
  return self;
}

static gboolean
check_name (ZcDiscSpec *self, const char *name, GError **error)
{
  gboolean taken = g_str_equal (name, ZC_DISC_SHA256SUMS) || g_str_equal (name, ZC_DISC_SM3SUMS) ||
                   (self->package && g_str_equal (name, self->package));

  /* PACKAGE.001 and DISC1OF3.TXT are ours to give. */
  if (!zc_disc_name_is_valid (name) || g_ascii_isdigit (strchr (name, '.')[1]) ||
      (g_str_has_prefix (name, "DISC") && g_ascii_isdigit (name[4])))
    return zc_fail (error, ZC_ERROR_USAGE, _("“%s” cannot be a file's name on the disc."), name);
  for (guint i = 0; i < self->files->len; i++)
    taken = taken || g_str_equal (name, ((const ZcDiscItem *) self->files->pdata[i])->name);
  if (taken)
    return zc_fail (error, ZC_ERROR_USAGE, _("There is a file “%s” on the disc already."), name);
  return TRUE;
}

gboolean
zc_disc_spec_add_file (ZcDiscSpec *self, const char *name, GBytes *content, GError **error)
{
  guint64 size = g_bytes_get_size (content);

  if (!check_name (self, name, error))
    return FALSE;
  if (size > ZC_DISC_MAX_FILE)
    return zc_fail (error, ZC_ERROR_LIMIT, _("“%s” is too large for one file on a disc."), name);
  g_ptr_array_add (self->files, zc_disc_item_new (name, size, 0, content));
  return TRUE;
}

gboolean
zc_disc_spec_set_package (
    ZcDiscSpec *self, const char *name, guint64 size, ZcDiscRead read, gpointer data, GError **error)
{
  if (self->package)
    return zc_fail (error, ZC_ERROR_USAGE, _("There is a package on the disc already."));
  if (!check_name (self, name, error))
    return FALSE;
  self->package = g_strdup (name);
  self->package_size = size;
  self->read = read;
  self->data = data;
  return TRUE;
}

void
zc_disc_spec_set_part_limit (ZcDiscSpec *self, guint64 limit)
{
  self->part_limit = CLAMP (limit, ZC_DISC_BLOCK, ZC_DISC_MAX_FILE);
}

void
zc_disc_spec_free (ZcDiscSpec *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->files);
  g_free (self->package);
  g_free (self->stem);
  g_free (self);
}
