/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-recent.h"

#include "base/zc-clock.h"
#include "base/zc-output.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_ENTRIES 20
#define MAX_BYTES (256u * 1024)

void
zc_recent_free (ZcRecent *self)
{
  if (!self)
    return;
  g_free (self->path);
  g_free (self->scheme);
  g_free (self->unit);
  g_free (self->due);
  g_free (self->step);
  g_free (self->place);
  g_free (self);
}

static char *
list_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "zicha", "recent.ini", NULL);
}

static GKeyFile *
load (void)
{
  g_autofree char *path = list_path ();
  g_autoptr (GBytes) bytes = zc_read_file (path, MAX_BYTES, NULL);
  GKeyFile *list = g_key_file_new ();

  if (bytes)
    g_key_file_load_from_bytes (list, bytes, G_KEY_FILE_NONE, NULL);
  return list;
}

static void
save (GKeyFile *list)
{
  g_autofree char *path = list_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  gsize size = 0;

  text = g_key_file_to_data (list, &size, NULL);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    zc_output_write_file (path, text, size, NULL);
}

static char *
text_of (GKeyFile *list, const char *group, const char *key)
{
  char *text = g_key_file_get_string (list, group, key, NULL);

  return text ? text : g_strdup ("");
}

static guint
count_of (GKeyFile *list, const char *group, const char *key)
{
  return (guint) MAX (g_key_file_get_integer (list, group, key, NULL), 0);
}

/* A group is called by the file's URI, which can hold none of the characters that a group's name must not have. */
static ZcRecent *
read_entry (GKeyFile *list, const char *group)
{
  g_autofree char *path = g_filename_from_uri (group, NULL, NULL);
  ZcRecent *entry;

  if (!path)
    return NULL;
  entry = g_new0 (ZcRecent, 1);
  entry->path = g_steal_pointer (&path);
  entry->scheme = text_of (list, group, "scheme");
  entry->unit = text_of (list, group, "unit");
  entry->due = text_of (list, group, "due");
  entry->step = text_of (list, group, "step");
  entry->place = text_of (list, group, "place");
  entry->answered = count_of (list, group, "answered");
  entry->total = count_of (list, group, "total");
  entry->state = (ZcState) MIN (count_of (list, group, "state"), ZC_STATE_BURNED);
  entry->open = g_key_file_get_boolean (list, group, "open", NULL);
  entry->used = g_key_file_get_int64 (list, group, "used", NULL);
  return entry;
}

static int
compare_used (gconstpointer a, gconstpointer b)
{
  const ZcRecent *x = *(const ZcRecent *const *) a, *y = *(const ZcRecent *const *) b;

  return x->used == y->used ? strcmp (x->path, y->path) : (x->used < y->used) - (x->used > y->used);
}

static GPtrArray *
entries_of (GKeyFile *list)
{
  g_auto (GStrv) groups = g_key_file_get_groups (list, NULL);
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_recent_free);

  for (char **group = groups; *group; group++)
    {
      ZcRecent *entry = read_entry (list, *group);

      if (entry)
        g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, compare_used);
  return entries;
}

GPtrArray *
zc_recent_list (void)
{
  g_autoptr (GKeyFile) list = load ();

  return entries_of (list);
}

ZcRecent *
zc_recent_find (const char *path)
{
  g_autoptr (GKeyFile) list = load ();
  g_autofree char *group = g_filename_to_uri (path, NULL, NULL);

  return group && g_key_file_has_group (list, group) ? read_entry (list, group) : NULL;
}

static void
drop_oldest (GKeyFile *list)
{
  g_autoptr (GPtrArray) entries = entries_of (list);

  for (guint i = MAX_ENTRIES; i < entries->len; i++)
    {
      const ZcRecent *entry = entries->pdata[i];
      g_autofree char *group = g_filename_to_uri (entry->path, NULL, NULL);

      g_key_file_remove_group (list, group, NULL);
    }
}

static void
set_text (GKeyFile *list, const char *group, const char *key, const char *text)
{
  g_key_file_set_string (list, group, key, text ? text : "");
}

void
zc_recent_note (ZcSession *session, const char *step, const char *place, gboolean open)
{
  ZcInspection *inspection = zc_session_inspection (session);
  ZcScheme *scheme = zc_session_scheme (session);
  ZcTally tally = zc_rules_tally (zc_session_record (session), NULL);
  g_autofree char *due = zc_scheme_due (scheme, zc_inspection_get (inspection, "fact:period.from"), zc_inspection_get (inspection, "fact:period.to"));
  g_autoptr (GKeyFile) list = load ();
  g_autoptr (GDateTime) now = zc_clock_now ();
  g_autofree char *group = g_filename_to_uri (zc_inspection_get_path (inspection), NULL, NULL);

  if (!group)
    return;
  set_text (list, group, "scheme", scheme->title);
  set_text (list, group, "unit", zc_session_get (session, "fact:unit.name"));
  set_text (list, group, "due", due);
  set_text (list, group, "step", step);
  set_text (list, group, "place", place);
  g_key_file_set_integer (list, group, "answered", (int) zc_tally_done (&tally));
  g_key_file_set_integer (list, group, "total", (int) tally.total);
  g_key_file_set_integer (list, group, "state", (int) zc_inspection_get_state (inspection));
  g_key_file_set_boolean (list, group, "open", open);
  g_key_file_set_int64 (list, group, "used", g_date_time_to_unix (now));
  drop_oldest (list);
  save (list);
}

void
zc_recent_forget (const char *path)
{
  g_autoptr (GKeyFile) list = load ();
  g_autofree char *group = g_filename_to_uri (path, NULL, NULL);

  if (group && g_key_file_remove_group (list, group, NULL))
    save (list);
}
