/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/zc-item-lines.h"

#include "base/zc-text.h"
#include "inspection/zc-carry-over.h"
#include "widgets/zc-line-list.h"
#include "zc-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Characters shown around what was found. */
#define SNIPPET_BEFORE 10
#define SNIPPET_AFTER 40

static ZcLine *
item_line_new (ZcSession *session, const ZcItem *item, const char *subtitle)
{
  static const char *const styles[] = {
    [ZC_ITEM_UNANSWERED] = "dim-label", [ZC_ITEM_UNCONFIRMED] = "warning", [ZC_ITEM_ANSWERED] = "success",
    [ZC_ITEM_REVIEW] = "accent",        [ZC_ITEM_PROBLEM] = "warning",     [ZC_ITEM_NOT_APPLICABLE] = "dim-label",
  };
  ZcItemState state = zc_rules_item_state (zc_session_record (session), item);
  g_autofree char *title = g_strdup_printf ("%s %s", item->id, item->title);
  ZcLine *line = zc_line_new (item->id, zc_words_item_icon (state), title, subtitle);

  zc_line_set_badge (line, zc_words_item_state (state));
  zc_line_set_style (line, styles[state]);
  return line;
}

static gboolean
passes (ZcSession *session, const ZcItem *item, ZcItemFilter filter)
{
  ZcItemState state;

  if (filter == ZC_ITEM_FILTER_ALL)
    return TRUE;
  state = zc_rules_item_state (zc_session_record (session), item);
  return (filter == ZC_ITEM_FILTER_OPEN && state == ZC_ITEM_UNANSWERED) ||
         (filter == ZC_ITEM_FILTER_UNCONFIRMED && state == ZC_ITEM_UNCONFIRMED) ||
         (filter == ZC_ITEM_FILTER_REVIEW && state == ZC_ITEM_REVIEW) ||
         (filter == ZC_ITEM_FILTER_PROBLEM && state == ZC_ITEM_PROBLEM);
}

static void
add_section (GPtrArray *lines, ZcSession *session, const ZcSection *section, ZcItemFilter filter)
{
  ZcTally tally = zc_rules_tally (zc_session_record (session), section);
  g_autofree char *badge = g_strdup_printf ("%u/%u", zc_tally_done (&tally), tally.total);
  g_autofree char *key = g_strdup_printf ("section:%s", section->id);
  guint heading = lines->len;

  for (guint i = 0; i < section->items->len; i++)
    {
      const ZcItem *item = section->items->pdata[i];

      if (passes (session, item, filter))
        g_ptr_array_add (lines, item_line_new (session, item, NULL));
    }
  if (lines->len > heading)
    g_ptr_array_insert (lines, (int) heading, zc_line_new_heading (key, section->label, badge));
}

/* Promises */

guint64
zc_item_lines_promise (const char *key)
{
  ZcPlace place;

  return key && zc_place_parse (key, &place) && place.kind == ZC_PLACE_FINDING ? place.number : 0;
}

static ZcLine *
promise_line_new (ZcSession *session, guint64 finding, gboolean waits)
{
  g_autofree char *key = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "state");
  g_autofree char *measure = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "measure");
  g_autofree char *item = zc_place_new (ZC_PLACE_FINDING, NULL, finding, "item");
  g_autofree char *title = zc_text_normalize (zc_session_get (session, measure), FALSE, NULL);
  g_autofree char *state = zc_record_display (zc_session_record (session), key);
  gboolean done = g_str_equal (zc_session_get (session, key), "done");
  ZcLine *line = zc_line_new (key, waits ? "zc-unconfirmed-symbolic" : done ? "zc-done-symbolic" : "zc-problem-symbolic",
                              title && *title ? title : _("No measure was stated"), zc_session_get (session, item));

  zc_line_set_badge (line, waits ? _("Done?") : state);
  zc_line_set_style (line, done && !waits ? "success" : "warning");
  return line;
}

static void
add_promises (GPtrArray *lines, ZcSession *session, ZcItemFilter filter)
{
  g_autoptr (GArray) promises = zc_inspection_get_promises (zc_session_inspection (session));
  guint heading = lines->len, answered = 0;
  g_autofree char *badge = NULL;

  for (guint i = 0; i < promises->len; i++)
    {
      guint64 finding = g_array_index (promises, guint64, i);
      gboolean waits = zc_inspection_promise_waits (zc_session_inspection (session), finding);

      answered += !waits;
      if (filter == ZC_ITEM_FILTER_ALL || (waits && filter == ZC_ITEM_FILTER_UNCONFIRMED))
        g_ptr_array_add (lines, promise_line_new (session, finding, waits));
    }
  badge = g_strdup_printf ("%u/%u", answered, promises->len);
  if (lines->len > heading)
    g_ptr_array_insert (lines, (int) heading, zc_line_new_heading ("promises", _("Promised last year"), badge));
}

char *
zc_item_lines_next_promise (ZcSession *session, const char *but)
{
  g_autoptr (GArray) promises = zc_inspection_get_promises (zc_session_inspection (session));

  for (guint i = 0; i < promises->len; i++)
    {
      guint64 finding = g_array_index (promises, guint64, i);

      if (zc_inspection_promise_waits (zc_session_inspection (session), finding) && finding != zc_item_lines_promise (but))
        return zc_place_new (ZC_PLACE_FINDING, NULL, finding, "state");
    }
  return NULL;
}

char *
zc_item_lines_tally (ZcSession *session)
{
  ZcTally tally = zc_rules_tally (zc_session_record (session), NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _("%u of %u done · %u problems"), zc_tally_done (&tally), tally.total, tally.problem);
  if (tally.unconfirmed > 0)
    g_string_append_printf (text, _(" · %u to confirm"), tally.unconfirmed);
  if (tally.review > 0)
    g_string_append_printf (text, _(" · %u to review"), tally.review);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GPtrArray *
zc_item_lines (ZcSession *session, ZcItemFilter filter)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *sections = zc_session_scheme (session)->sections;

  add_promises (lines, session, filter);
  for (guint i = 0; i < sections->len; i++)
    add_section (lines, session, sections->pdata[i], filter);
  return lines;
}

/* Search */

typedef struct
{
  ZcSession *session;
  char **words;         /* folded */
  GHashTable *findings; /* item id → GString: words of its findings */
  GHashTable *evidence; /* item id → GString: names and captions of its evidence */
} Search;

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal ? normal : text, -1);
}

static void
gather (GHashTable *texts, const char *item, const char *text)
{
  GString *all = g_hash_table_lookup (texts, item);

  if (!text || !*text)
    return;
  if (!all)
    {
      all = g_string_new (NULL);
      g_hash_table_insert (texts, g_strdup (item), all);
    }
  g_string_append_printf (all, "%s\n", text);
}

static void
string_free (gpointer string)
{
  g_string_free (string, TRUE);
}

static GHashTable *
texts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, string_free);
}

static void
gather_findings (Search *search)
{
  static const char *const fields[] = { "problem", "measure", "person" };
  g_autoptr (GArray) findings = zc_inspection_get_findings (zc_session_inspection (search->session));

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *place = zc_place_new (ZC_PLACE_FINDING, NULL, g_array_index (findings, guint64, i), "item");
      g_autofree char *item = g_strdup (zc_session_get (search->session, place));

      for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
        {
          g_autofree char *at = zc_place_new (ZC_PLACE_FINDING, NULL, g_array_index (findings, guint64, i), fields[f]);

          gather (search->findings, item, zc_session_get (search->session, at));
        }
    }
}

static void
gather_evidence (Search *search)
{
  g_autoptr (GPtrArray) all = zc_inspection_get_evidence (zc_session_inspection (search->session), NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const ZcEvidence *evidence = all->pdata[i];

      for (char **item = evidence->items; *item; item++)
        {
          gather (search->evidence, *item, evidence->name);
          gather (search->evidence, *item, evidence->caption);
        }
    }
}

static void
append (GString *all, const char *text)
{
  if (text && *text)
    g_string_append_printf (all, "%s\n", text);
}

static void
append_gathered (GString *all, GHashTable *texts, const char *item)
{
  const GString *text = g_hash_table_lookup (texts, item);

  if (text)
    g_string_append (all, text->str);
}

/* All that can be found of an item, a line each. */
static char *
text_of (const Search *search, const ZcItem *item)
{
  g_autoptr (GString) all = g_string_new (NULL);
  const char *words[] = { item->title, item->requirement, item->guidance, item->threshold, item->clause, item->id };
  static const char *const fields[] = { "note", "reason", "conformity" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    append (all, words[i]);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *place = zc_place_new (ZC_PLACE_ANSWER, item->id, 0, fields[i]);
      g_autofree char *shown = zc_record_display (zc_session_record (search->session), place);

      append (all, shown);
    }
  for (guint i = 0; i < item->fields->len; i++)
    {
      const ZcField *field = item->fields->pdata[i];
      g_autofree char *place = zc_place_new (ZC_PLACE_FACT, field->id, 0, NULL);
      g_autofree char *shown = zc_record_display (zc_session_record (search->session), place);

      append (all, field->label);
      append (all, shown);
    }
  append_gathered (all, search->findings, item->id);
  append_gathered (all, search->evidence, item->id);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* The line in which the first word stands, cut to what is around it. */
static char *
snippet (const char *text, const char *word)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line; line++)
    {
      g_autofree char *folded = fold (*line);
      const char *found = strstr (folded, word);
      glong at = found ? g_utf8_strlen (folded, found - folded) : 0, length = g_utf8_strlen (*line, -1);
      glong from = MAX (MIN (at, length) - SNIPPET_BEFORE, 0), to = MIN (at + SNIPPET_AFTER, length);
      g_autofree char *part = found ? g_utf8_substring (*line, from, to) : NULL;

      if (found)
        return g_strdup_printf ("%s%s%s", from > 0 ? "…" : "", part, to < length ? "…" : "");
    }
  return NULL;
}

static gboolean
matches (const char *folded, char **words)
{
  for (char **word = words; *word; word++)
    if (!strstr (folded, *word))
      return FALSE;
  return TRUE;
}

GPtrArray *
zc_item_lines_search (ZcSession *session, const char *text)
{
  g_autofree char *wanted = fold (text);
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (wanted), " \t", -1);
  g_autoptr (GHashTable) findings = texts_new ();
  g_autoptr (GHashTable) evidence = texts_new ();
  Search search = { session, words, findings, evidence };
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *items = zc_session_scheme (session)->items;

  gather_findings (&search);
  gather_evidence (&search);
  for (guint i = 0; i < items->len; i++)
    {
      const ZcItem *item = items->pdata[i];
      g_autofree char *all = text_of (&search, item);
      g_autofree char *folded = fold (all);
      g_autofree char *where = NULL;

      if (!matches (folded, words))
        continue;
      where = words[0] ? snippet (all, words[0]) : NULL;
      g_ptr_array_add (lines, item_line_new (session, item, where));
    }
  return lines;
}
