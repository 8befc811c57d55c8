/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/zc-manifest.h"

#include "base/zc-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_LINE "# zicha-manifest 1"

void
zc_manifest_append_escaped (GString *out, const char *name)
{
  for (const guchar *c = (const guchar *) name; *c; c++)
    if (*c < 0x20 || *c == 0x7f || *c == '\\')
      g_string_append_printf (out, "\\x%02x", *c);
    else
      g_string_append_c (out, (char) *c);
}

static char *
unescape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c; c++)
    if (c[0] == '\\' && c[1] == 'x' && g_ascii_isxdigit (c[2]) && g_ascii_isxdigit (c[3]))
      {
        g_string_append_c (out, (char) (g_ascii_xdigit_value (c[2]) << 4 | g_ascii_xdigit_value (c[3])));
        c += 3;
      }
    else
      g_string_append_c (out, *c);
  return g_string_free (out, FALSE);
}

static gboolean
original_name_is_valid (const char *name)
{
  return !name || (*name && strlen (name) <= ZC_MEMBER_ORIGINAL_NAME_MAX && g_utf8_validate (name, -1, NULL));
}

gboolean
zc_manifest_check_members (GPtrArray *members, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (members->len == 0)
    return zc_fail (error, ZC_ERROR_USAGE, _("A package needs at least one file."));
  if (members->len > ZC_MEMBERS_MAX)
    return zc_fail (error, ZC_ERROR_LIMIT, _("Too many files for one package: there may be at most %d."),
                    ZC_MEMBERS_MAX);
  for (guint i = 0; i < members->len; i++)
    {
      const ZcMember *member = members->pdata[i];
      char *folded = g_ascii_strdown (member->name, -1);
      const char *slash = strchr (folded, '/');

      if (slash)
        g_hash_table_add (folders, g_strndup (folded, (gsize) (slash - folded)));
      if (!g_hash_table_add (seen, folded))
        return zc_fail (error, ZC_ERROR_USAGE, _("Two files of the package have the name “%s”."),
                        member->name);
      if (!zc_member_name_is_valid (member->name))
        return zc_fail (error, ZC_ERROR_USAGE, _("“%s” is no name for a file in a package."), member->name);
      if (!original_name_is_valid (member->original_name))
        return zc_fail (error, ZC_ERROR_USAGE,
                        _("The original name of “%s” is no text in UTF-8 or too long."), member->name);
    }
  for (guint i = 0; i < members->len; i++)
    {
      const ZcMember *member = members->pdata[i];
      g_autofree char *folded = g_ascii_strdown (member->name, -1);

      if (g_hash_table_contains (folders, folded))
        return zc_fail (error, ZC_ERROR_USAGE, _("“%s” is both a file and a folder of the package."),
                        member->name);
    }
  return TRUE;
}

static void
append_digest (GString *out, const char *tag, const char *name, const guint8 digest[ZC_DIGEST_SIZE])
{
  g_autofree char *hex = zc_hex (digest, ZC_DIGEST_SIZE);

  g_string_append_printf (out, "%s (%s) = %s\n", tag, name, hex);
}

GBytes *
zc_manifest_write (GPtrArray *members)
{
  GString *out = g_string_new (FIRST_LINE "\n");

  for (guint i = 0; i < members->len; i++)
    {
      const ZcMember *member = members->pdata[i];

      g_string_append_printf (out, "# %" G_GUINT64_FORMAT " %s", member->size, member->name);
      if (member->original_name)
        {
          g_string_append_c (out, ' ');
          zc_manifest_append_escaped (out, member->original_name);
        }
      g_string_append_c (out, '\n');
      append_digest (out, "SM3", member->name, member->sm3);
      append_digest (out, "SHA256", member->name, member->sha256);
    }
  return g_string_free_to_bytes (out);
}

/* The line at @at, which moves on to the next one; NULL at the end. A list of all lines would cost many times the text, and
 * it is somebody else's text. */
static const char *
next_line (char **at)
{
  char *line = *at, *end = strchr (line, '\n');

  if (!*line)
    return NULL;
  *at = end ? end + 1 : line + strlen (line);
  if (end)
    *end = 0;
  return line;
}

/* Takes "# SIZE NAME[ ORIGINAL]" and the two digest lines apart. What is not exactly so is found by writing
 * it again. */
static ZcMember *
parse_member (char **at)
{
  g_autoptr (ZcMember) member = g_new0 (ZcMember, 1);
  const char *line = next_line (at);
  g_auto (GStrv) words = NULL;

  if (!line || !g_str_has_prefix (line, "# "))
    return NULL;
  words = g_strsplit (line + 2, " ", 3);
  if (g_strv_length (words) < 2
      || !g_ascii_string_to_unsigned (words[0], 10, 0, G_MAXINT64, &member->size, NULL))
    return NULL;
  member->name = g_strdup (words[1]);
  member->original_name = words[2] ? unescape (words[2]) : NULL;
  member->has_digests = TRUE;
  for (guint i = 0; i < 2; i++)
    {
      gsize length = (line = next_line (at)) ? strlen (line) : 0;

      if (length < 2 * ZC_DIGEST_SIZE
          || !zc_unhex (line + length - 2 * ZC_DIGEST_SIZE, i ? member->sha256 : member->sm3, ZC_DIGEST_SIZE))
        return NULL;
    }
  return g_steal_pointer (&member);
}

GPtrArray *
zc_manifest_parse (GBytes *bytes)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_member_free);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data ? data : "", size);
  g_autoptr (GBytes) again = NULL;
  char *at = text;

  if (g_strcmp0 (next_line (&at), FIRST_LINE) != 0)
    return NULL;
  while (*at)
    {
      ZcMember *member = members->len < ZC_MEMBERS_MAX ? parse_member (&at) : NULL;

      if (!member)
        return NULL;
      g_ptr_array_add (members, member);
    }
  if (!zc_manifest_check_members (members, NULL))
    return NULL;
  again = zc_manifest_write (members);
  return g_bytes_equal (again, bytes) ? g_steal_pointer (&members) : NULL;
}

ZcTarLayout *
zc_manifest_layout (gsize manifest_size, GPtrArray *members, guint64 padding)
{
  ZcTarLayout *layout = zc_tar_layout_new ();

  zc_tar_layout_add (layout, ZC_MEMBER_MANIFEST, manifest_size);
  for (guint i = 0; i < members->len; i++)
    {
      const ZcMember *member = members->pdata[i];

      zc_tar_layout_add (layout, member->name, member->size);
    }
  zc_tar_layout_add (layout, ZC_MEMBER_PADDING, padding);
  return layout;
}
