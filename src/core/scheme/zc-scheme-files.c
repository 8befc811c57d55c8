/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-output.h"
#include "base/zc-place.h"
#include "base/zc-source.h"
#include "scheme-resources.h"
#include "scheme/zc-scheme-private.h"
#include "scheme/zc-source-folders.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define OVERLAY_SUFFIX ".overlay.xml"
#define SCHEME_SUFFIX ".xml"

/* Folders */

/* Shipped files: where tests say, where the program is installed, or the source tree of a program that is
 * not. */
static char *
shipped_folder (void)
{
  const char *asked = g_getenv ("ZICHA_DATADIR");
  g_autofree char *installed = g_build_filename (ZC_PKGDATADIR, "schemes", NULL);

  if (asked && *asked)
    return g_build_filename (asked, "schemes", NULL);
  if (g_file_test (installed, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&installed);
  return g_build_filename (ZC_SOURCE_DATADIR, "schemes", NULL);
}

static char *
imported_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "zicha", "schemes", NULL);
}

char *
zc_scheme_data_file (const char *name)
{
  g_autofree char *folder = shipped_folder ();

  return g_build_filename (folder, name, NULL);
}

GBytes *
zc_scheme_resource (const char *name)
{
  g_autofree char *path = g_strconcat ("/org/zicha/scheme/", name, NULL);

  return g_resource_lookup_data (zc_scheme_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* Files whose names could lead out of the folder, or that are no schemes, have no id. */
static char *
file_of (const char *folder, const char *id, const char *suffix)
{
  g_autofree char *name = NULL;

  if (!zc_id_is_valid (id) || strcmp (id, "facts") == 0)
    return NULL;
  name = g_strconcat (id, suffix, NULL);
  return g_build_filename (folder, name, NULL);
}

gboolean
zc_scheme_is_shipped (const char *id)
{
  g_autofree char *folder = shipped_folder ();
  g_autofree char *path = file_of (folder, id, SCHEME_SUFFIX);

  return path && g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* Loading */

ZcScheme *
zc_scheme_load_file (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = zc_read_file (path, ZC_SCHEME_MAX_BYTES, error);

  return bytes ? zc_scheme_load_bytes (bytes, name, error) : NULL;
}

static ZcScheme *
with_overlay (ZcScheme *base, GError **error)
{
  g_autoptr (ZcScheme) owned = base;
  g_autofree char *folder = imported_folder ();
  g_autofree char *path = file_of (folder, base->id, OVERLAY_SUFFIX);
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!path || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&owned);
  name = g_path_get_basename (path);
  bytes = zc_read_file (path, ZC_SCHEME_MAX_BYTES, error);
  return bytes ? zc_scheme_overlay (base, bytes, name, error) : NULL;
}

/* Where the scheme called @id is kept: shipped ones come first, so that an imported file never stands in for
 * one. */
static char *
find_file (const char *id)
{
  g_autofree char *shipped = shipped_folder ();
  g_autofree char *imported = imported_folder ();
  g_autofree char *path = file_of (shipped, id, SCHEME_SUFFIX);

  if (path && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&path);
  g_free (path);
  path = file_of (imported, id, SCHEME_SUFFIX);
  return path && g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

ZcScheme *
zc_scheme_load_base (const char *id, GError **error)
{
  g_autofree char *path = find_file (id);
  ZcScheme *self;

  if (!path)
    {
      g_auto (GStrv) ids = zc_scheme_list ();
      g_autofree char *nearest = zc_faults_nearest (id, (const char *const *) ids);

      return zc_fail_null (error, ZC_ERROR_USAGE,
                           _("There is no scheme “%s”.%s “zicha schemes” lists all of them."), id, nearest);
    }
  self = zc_scheme_load_file (path, error);
  if (self && strcmp (self->id, id) != 0)
    {
      zc_fail (error, ZC_ERROR_INVALID, _("The file “%s” should hold the scheme “%s” but holds “%s”."), path,
               id, self->id);
      g_clear_pointer (&self, zc_scheme_unref);
    }
  return self;
}

ZcScheme *
zc_scheme_load (const char *id_or_path, GError **error)
{
  ZcScheme *self;

  if (strchr (id_or_path, '/') || g_str_has_suffix (id_or_path, SCHEME_SUFFIX))
    return zc_scheme_load_file (id_or_path, error);
  self = zc_scheme_load_base (id_or_path, error);
  return self ? with_overlay (self, error) : NULL;
}

/* The list */

typedef struct
{
  char *id;
  char *title;
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->id);
  g_free (entry->title);
}

static int
by_title (gconstpointer a, gconstpointer b)
{
  const Entry *first = a, *second = b;
  int order = g_utf8_collate (first->title, second->title);

  return order ? order : strcmp (first->id, second->id);
}

/* The title of the scheme file at @path, without checking the rest. Returns: (nullable) */
static char *
title_of (const char *path, const char *id)
{
  g_autoptr (GBytes) bytes = zc_read_file (path, ZC_SCHEME_MAX_BYTES, NULL);
  g_autoptr (xmlDoc) doc = bytes ? zc_xml_parse (bytes, id, NULL) : NULL;
  const xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
  g_autofree char *own = zc_xml_is (root, "scheme") ? zc_xml_attribute (root, "id") : NULL;

  return g_strcmp0 (own, id) == 0 ? zc_load_string (zc_xml_first (root, "notice"), "title") : NULL;
}

static void
list_folder (GArray *entries, GHashTable *seen, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *id = NULL;
      g_autofree char *path = NULL;
      Entry entry;

      if (!g_str_has_suffix (name, SCHEME_SUFFIX) || g_str_has_suffix (name, OVERLAY_SUFFIX))
        continue;
      id = g_strndup (name, strlen (name) - strlen (SCHEME_SUFFIX));
      path = file_of (folder, id, SCHEME_SUFFIX);
      if (!path || g_hash_table_contains (seen, id) || !(entry.title = title_of (path, id)))
        continue;
      entry.id = g_strdup (id);
      g_hash_table_add (seen, g_steal_pointer (&id));
      g_array_append_val (entries, entry);
    }
}

char **
zc_scheme_list (void)
{
  g_autofree char *shipped = shipped_folder ();
  g_autofree char *imported = imported_folder ();
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char **ids;

  g_array_set_clear_func (entries, entry_clear);
  list_folder (entries, seen, shipped);
  list_folder (entries, seen, imported);
  g_array_sort (entries, by_title);
  ids = g_new0 (char *, entries->len + 1);
  for (guint i = 0; i < entries->len; i++)
    ids[i] = g_strdup (g_array_index (entries, Entry, i).id);
  return ids;
}

/* Importing */

static gboolean
keep (const char *id, const char *suffix, GBytes *bytes, GError **error)
{
  g_autofree char *folder = imported_folder ();
  g_autofree char *path = file_of (folder, id, suffix);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return zc_fail_errno (error, errno, _("Cannot make the folder “%s”."), folder);
  return zc_output_write_file (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static char *
import_overlay (const xmlNode *root, GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *id = zc_load_string (root, "for");
  g_autofree char *path = find_file (id);
  g_autoptr (ZcScheme) base = NULL;
  g_autoptr (ZcScheme) merged = NULL;

  if (!path)
    return zc_fail_null (
        error, ZC_ERROR_INVALID,
        _("“%s” is an overlay for the scheme “%s”, which is not there. Import that scheme first."), name,
        id);
  base = zc_scheme_load_base (id, error);
  merged = base ? zc_scheme_overlay (base, bytes, name, error) : NULL;
  return merged && keep (id, OVERLAY_SUFFIX, bytes, error) ? g_steal_pointer (&id) : NULL;
}

static char *
import_scheme (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (ZcScheme) self = zc_scheme_load_bytes (bytes, name, error);

  if (!self)
    return NULL;
  if (strcmp (self->id, "facts") == 0)
    return zc_fail_null (
        error, ZC_ERROR_INVALID,
        _("“%s” can't be called “facts”: that is the dictionary. Give the scheme another id."), name);
  if (zc_scheme_is_shipped (self->id))
    return zc_fail_null (error, ZC_ERROR_INVALID,
                         _("“%s” has the id “%s” of a scheme that comes with the program. Give it another "
                            "id, or make it an overlay: <overlay for=\"%s\" …>."),
                         name, self->id, self->id);
  /* What is kept stands alone: a later dictionary does not change it. */
  return keep (self->id, SCHEME_SUFFIX, self->bytes, error) ? g_strdup (self->id) : NULL;
}

char *
zc_scheme_import (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = zc_read_file (path, ZC_SCHEME_MAX_BYTES, error);
  g_autoptr (xmlDoc) doc = bytes ? zc_xml_parse (bytes, name, error) : NULL;

  if (!doc)
    return NULL;
  if (zc_xml_is (xmlDocGetRootElement (doc), "overlay"))
    return import_overlay (xmlDocGetRootElement (doc), bytes, name, error);
  return import_scheme (bytes, name, error);
}
