/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-member.h"

#include <string.h>

ZcMember *
zc_member_new (const char *name, const char *original_name, ZcSource *source)
{
  ZcMember *self = g_new0 (ZcMember, 1);

  self->name = g_strdup (name);
  self->original_name = g_strdup (original_name);
  self->size = zc_source_size (source);
  self->source = zc_source_ref (source);
  return self;
}

ZcMember *
zc_member_new_bytes (const char *name, const char *original_name, GBytes *bytes)
{
  g_autoptr (ZcSource) source = zc_source_new_bytes (bytes);
  ZcMember *self = zc_member_new (name, original_name, source);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  zc_digest_of (ZC_DIGEST_SM3, data, size, self->sm3);
  zc_digest_of (ZC_DIGEST_SHA256, data, size, self->sha256);
  self->has_digests = TRUE;
  return self;
}

void
zc_member_set_digests (ZcMember *self, const guint8 sm3[ZC_DIGEST_SIZE], const guint8 sha256[ZC_DIGEST_SIZE])
{
  memcpy (self->sm3, sm3, ZC_DIGEST_SIZE);
  memcpy (self->sha256, sha256, ZC_DIGEST_SIZE);
  self->has_digests = TRUE;
}

void
zc_member_free (ZcMember *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->original_name);
  g_clear_pointer (&self->source, zc_source_unref);
  g_free (self);
}

static gboolean
is_short_extension (const char *text)
{
  gsize n = strlen (text);

  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isalnum (text[i]))
      return FALSE;
  return n >= 1 && n <= 8;
}

char *
zc_member_evidence_name (guint number, const char *original_name)
{
  const char *dot = original_name ? strrchr (original_name, '.') : NULL;
  g_autofree char *extension = NULL;

  if (!dot || !is_short_extension (dot + 1))
    return g_strdup_printf ("files/%04u", number);
  extension = g_ascii_strdown (dot + 1, -1);
  return g_strdup_printf ("files/%04u.%s", number, extension);
}

gboolean
zc_member_name_is_valid (const char *name)
{
  gboolean first = TRUE;
  guint slashes = 0;

  if (strlen (name) > ZC_MEMBER_NAME_MAX || g_ascii_strcasecmp (name, ZC_MEMBER_MANIFEST) == 0
      || g_ascii_strcasecmp (name, ZC_MEMBER_PADDING) == 0)
    return FALSE;
  for (const char *c = name; *c; c++)
    {
      if (*c == '/')
        {
          if (first || ++slashes > 1)
            return FALSE;
          first = TRUE;
          continue;
        }
      if (!g_ascii_isalnum (*c) && (first || !strchr ("._-", *c)))
        return FALSE;
      first = FALSE;
    }
  return !first;
}
