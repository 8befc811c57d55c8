/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection/zc-statement-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LIST_MAX_BYTES (64u * 1024 * 1024)

typedef struct
{
  ZcInspection *inspection;
  const ZcProgress *progress;
  char *folder;         /* where evidence lies */
  GHashTable *known;    /* rows and findings made so far: "row:systems/1" */
  GHashTable *evidence; /* number in the list → id in the inspection, both as text */
} List;

/* \n, \t, \\; nothing else is special. */
static char *
unescape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at; at++)
    {
      if (at[0] == '\\' && at[1] && strchr ("nt\\", at[1]))
        {
          at++;
          g_string_append_c (out, *at == 'n' ? '\n' : *at == 't' ? '\t' : '\\');
        }
      else
        g_string_append_c (out, *at);
    }
  return g_string_free (out, FALSE);
}

static gboolean
make_row (List *self, const ZcPlace *place, GError **error)
{
  g_autofree char *row = zc_place_new (ZC_PLACE_ROW, place->id, place->number, NULL);

  if (zc_inspection_get (self->inspection, row) || g_hash_table_contains (self->known, row))
    return TRUE;
  if (!zc_inspection_restore_row (self->inspection, place->id, place->number, error))
    return FALSE;
  g_hash_table_add (self->known, g_steal_pointer (&row));
  return TRUE;
}

/* A finding's first line is its item. Answers may have opened one of that number already. */
static gboolean
make_finding (List *self, const ZcPlace *place, const char *value, GError **error)
{
  g_autofree char *item = zc_place_new (ZC_PLACE_FINDING, NULL, place->number, "item");

  if (zc_inspection_get (self->inspection, item))
    return TRUE;
  if (strcmp (place->field, "item") != 0)
    return zc_fail (error, ZC_ERROR_INVALID, _("The first line of a finding must say its item: %s"), item);
  return zc_inspection_restore_finding (self->inspection, place->number, value, error);
}

static gboolean
attach (List *self, const char *number, const char *items, const char *name, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (items, ",", -1);
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *path = g_build_filename (self->folder, "evidence", base, NULL);
  guint64 id = zc_inspection_attach (self->inspection, path, ids[0], self->progress, error);

  if (id == 0)
    return FALSE;
  for (guint i = 1; ids[0] && ids[i]; i++)
    if (!zc_inspection_link (self->inspection, id, ids[i], error))
      return FALSE;
  g_hash_table_replace (self->evidence, g_strdup (number), g_strdup_printf ("%" G_GUINT64_FORMAT, id));
  return TRUE;
}

static gboolean
caption (List *self, const ZcPlace *place, const char *value, GError **error)
{
  const char *id = g_hash_table_lookup (self->evidence, place->id);
  g_autofree char *at = NULL;

  if (!id)
    return zc_fail (error, ZC_ERROR_INVALID, _("Evidence %s is not attached in the lines above."), place->id);
  at = g_strdup_printf ("evidence:%s/%s", id, place->field);
  return zc_inspection_set (self->inspection, at, value, error);
}

static gboolean
state (List *self, const char *text, const char *value, GError **error)
{
  ZcPlace place;

  if (!zc_place_parse (text, &place))
    return zc_fail (error, ZC_ERROR_INVALID, _("“%s” is not a place."), text);
  if (place.kind == ZC_PLACE_EVIDENCE)
    return caption (self, &place, value, error);
  if (place.kind == ZC_PLACE_ROW)
    return make_row (self, &place, error);
  if (place.kind == ZC_PLACE_CELL && !make_row (self, &place, error))
    return FALSE;
  if (place.kind == ZC_PLACE_FINDING && !make_finding (self, &place, value, error))
    return FALSE;
  return zc_inspection_set (self->inspection, text, value, error);
}

/* Blanks and the CR of a foreign line end; not the TAB before an empty value, which takes back what is stated. */
static void
chomp (char *line)
{
  gsize n = strlen (line);

  while (n > 0 && (line[n - 1] == '\r' || line[n - 1] == ' '))
    line[--n] = 0;
}

static gboolean
load_line (List *self, char *line, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *value = NULL;
  gboolean is_file;

  chomp (line);
  if (*line == 0 || *line == '#')
    return TRUE;
  is_file = g_str_has_prefix (line, "evidence:") && !memchr (line, '/', strcspn (line, "\t"));
  parts = g_strsplit (line, "\t", is_file ? 3 : 2);
  if (g_strv_length (parts) != (is_file ? 3u : 2u))
    return zc_fail (error, ZC_ERROR_INVALID, _("A line is a place, TAB and a value."));
  if (is_file)
    return attach (self, parts[0] + strlen ("evidence:"), parts[1], parts[2], error);
  value = unescape (parts[1]);
  return state (self, parts[0], value, error);
}

static gboolean
load_lines (List *self, char **lines, const char *path, GError **error)
{
  for (guint i = 0; lines[i]; i++)
    if (!load_line (self, lines[i], error))
      {
        g_prefix_error (error, _("“%s”, line %u: "), path, i + 1);
        return FALSE;
      }
  return TRUE;
}

/* Returns: (transfer full) (nullable): without the mark that some editors put first; NULL if it is not UTF-8 */
static char *
text_of (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size == 0)
    return g_strdup ("");
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  return g_utf8_validate (data, (gssize) size, NULL) ? g_strndup (data, size) : NULL;
}

gboolean
zc_statement_list_load (ZcInspection *inspection, const char *path, const ZcProgress *progress, GError **error)
{
  g_autoptr (GBytes) bytes = zc_read_file (path, LIST_MAX_BYTES, error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  List self = { inspection, progress };
  gboolean done;

  if (!bytes)
    return FALSE;
  text = text_of (bytes);
  if (!text)
    return zc_fail (error, ZC_ERROR_INVALID, _("“%s” is not a text file in UTF-8."), path);
  if (!zc_inspection_begin (inspection, _("Load a list of statements"), error))
    return FALSE;

  lines = g_strsplit (text, "\n", -1);
  self.folder = g_path_get_dirname (path);
  self.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.evidence = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  done = load_lines (&self, lines, path, error) && zc_inspection_commit (inspection, error);
  if (!done)
    zc_inspection_rollback (inspection);
  g_free (self.folder);
  g_hash_table_unref (self.known);
  g_hash_table_unref (self.evidence);
  return done;
}
