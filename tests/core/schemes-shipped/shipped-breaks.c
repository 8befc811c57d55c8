/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shipped-breaks.h"

#include <string.h>

/*
 * A line of a table: RULE@PLACE… TAB change TAB change … ; what stands before a change ">" is done first and may have
 * results of its own. The first RULE is what the line is about.
 */

static void
must (gboolean done, const char *change, GError *error)
{
  if (!done)
    g_error ("“%s”: %s", change, error ? error->message : "?");
}

/* "-E19", "-row:systems/3", "-finding:2" */
static gboolean
take_away (ZcInspection *inspection, const char *what, GError **error)
{
  ZcPlace place;

  if (zc_place_parse (what, &place) && place.kind == ZC_PLACE_ROW)
    return zc_inspection_remove_row (inspection, place.id, place.number, error);
  if (g_str_has_prefix (what, "finding:"))
    return zc_inspection_remove_finding (inspection, g_ascii_strtoull (what + strlen ("finding:"), NULL, 10), error);

  g_autoptr (GPtrArray) files = zc_inspection_get_evidence (inspection, what);

  for (guint i = 0; i < files->len; i++)
    if (!zc_inspection_detach (inspection, ((ZcEvidence *) files->pdata[i])->id, what, error))
      return FALSE;
  return files->len > 0;
}

/* "+X32=event.txt" */
static gboolean
attach (ZcInspection *inspection, const char *what, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (what, "=", 2);
  g_autoptr (GBytes) bytes = g_bytes_new (parts[1], strlen (parts[1]));

  return zc_inspection_attach_bytes (inspection, bytes, parts[1], parts[0], error) > 0;
}

static gboolean
state (ZcInspection *inspection, const char *change, GError **error)
{
  const char *equals = strchr (change, '=');
  g_autofree char *text = equals ? g_strndup (change, (gsize) (equals - change)) : NULL;
  ZcPlace place;

  if (!text || !zc_place_parse (text, &place))
    return FALSE;
  if (place.kind == ZC_PLACE_FINDING && strcmp (place.field, "item") == 0)
    return zc_inspection_restore_finding (inspection, place.number, equals + 1, error);
  if (place.kind == ZC_PLACE_CELL)
    {
      g_autofree char *row = zc_place_new (ZC_PLACE_ROW, place.id, place.number, NULL);

      if (!zc_inspection_get (inspection, row) && !zc_inspection_restore_row (inspection, place.id, place.number, error))
        return FALSE;
    }
  return zc_inspection_set (inspection, text, equals[1] ? equals + 1 : NULL, error);
}

static void
change (ZcInspection *inspection, const char *what)
{
  g_autoptr (GError) error = NULL;

  if (*what == '-')
    must (take_away (inspection, what + 1, &error), what, error);
  else if (*what == '+')
    must (attach (inspection, what + 1, &error), what, error);
  else
    must (state (inspection, what, &error), what, error);
}

static GHashTable *
results_of (ZcInspection *inspection)
{
  g_autoptr (ZcRecord) record = zc_record_new (inspection);
  g_autoptr (GPtrArray) results = zc_preflight (record, NULL);
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < results->len; i++)
    {
      const ZcResult *result = results->pdata[i];

      /* A message that could not fill in a value would say so in braces. */
      g_assert_null (strchr (result->message, '{'));
      g_hash_table_replace (found, g_strconcat (result->rule, "@", result->place, NULL), g_strdup (result->message));
    }
  return found;
}

static void
expect_new (GHashTable *before, GHashTable *after, const char *wanted, const char *line)
{
  g_auto (GStrv) each = g_strsplit (wanted, " ", -1);
  GHashTableIter iter;
  gpointer key, message;

  for (char **one = each; *one; one++)
    if (g_hash_table_contains (before, *one) || !g_hash_table_contains (after, *one))
      g_error ("%s: “%s” %s", line, *one, g_hash_table_contains (before, *one) ? "is there without the change" : "is not reported");
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &key, &message))
    if (!g_hash_table_contains (before, key) && !g_strv_contains ((const char *const *) each, key))
      g_error ("%s: also reported: %s: %s", line, (char *) key, (char *) message);
}

static void
check_line (ZcInspection *inspection, const char *line, GHashTable *tried)
{
  g_auto (GStrv) parts = g_strsplit (line, "\t", -1);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GError) error = NULL;
  guint start = 1;

  zc_inspection_begin (inspection, "break", &error);
  g_assert_no_error (error);
  if (g_strv_contains ((const char *const *) parts, ">"))
    for (; strcmp (parts[start], ">") != 0; start++)
      change (inspection, parts[start]);
  before = results_of (inspection);
  for (guint i = start; parts[i]; i++)
    if (strcmp (parts[i], ">") != 0)
      change (inspection, parts[i]);
  after = results_of (inspection);
  expect_new (before, after, parts[0], line);
  zc_inspection_rollback (inspection);
  g_hash_table_add (tried, g_strndup (parts[0], strcspn (parts[0], "@")));
}

void
test_breaks (gconstpointer data)
{
  const Shipped *one = data;
  ZcInspection *inspection = sample_open (one->id);
  const ZcScheme *scheme = zc_inspection_get_scheme (inspection);
  g_autoptr (GHashTable) tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = g_strconcat (one->id, ".txt", NULL);
  g_autofree char *path = shipped_test_file ("breaks", name);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    if (**line && **line != '#')
      check_line (inspection, *line, tried);
  for (guint i = 0; i < scheme->rules->len; i++)
    if (!g_hash_table_contains (tried, ((const ZcRule *) scheme->rules->pdata[i])->id))
      g_error ("%s: no line breaks rule %s", name, ((const ZcRule *) scheme->rules->pdata[i])->id);
  sample_close (inspection);
}
