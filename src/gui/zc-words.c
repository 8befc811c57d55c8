/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-words.h"

#include "base/zc-clock.h"
#include "base/zc-text.h"

#include <glib/gi18n.h>

const char *
zc_words_state (ZcState state)
{
  switch (state)
    {
    case ZC_STATE_DRAFT:
      return _("Draft");
    case ZC_STATE_CHECKED:
      return _("Checked");
    case ZC_STATE_SEALED:
      return _("Sealed");
    case ZC_STATE_PACKED:
      return _("Packed");
    case ZC_STATE_BURNED:
      return _("Burned and verified");
    }
  return "";
}

const char *
zc_words_item_state (ZcItemState state)
{
  switch (state)
    {
    case ZC_ITEM_UNANSWERED:
      return _("Unanswered");
    case ZC_ITEM_UNCONFIRMED:
      return _("To confirm");
    case ZC_ITEM_ANSWERED:
      return _("Answered");
    case ZC_ITEM_REVIEW:
      return _("To review");
    case ZC_ITEM_PROBLEM:
      return _("Problem");
    case ZC_ITEM_NOT_APPLICABLE:
      return _("Not applicable");
    }
  return "";
}

const char *
zc_words_item_icon (ZcItemState state)
{
  static const char *const icons[] = {
    [ZC_ITEM_UNANSWERED] = "zc-open-symbolic",         [ZC_ITEM_ANSWERED] = "zc-done-symbolic",
    [ZC_ITEM_UNCONFIRMED] = "zc-unconfirmed-symbolic", [ZC_ITEM_REVIEW] = "zc-review-symbolic",
    [ZC_ITEM_PROBLEM] = "zc-problem-symbolic",         [ZC_ITEM_NOT_APPLICABLE] = "zc-na-symbolic",
  };

  return icons[state];
}

const char *
zc_words_level (ZcLevel level)
{
  switch (level)
    {
    case ZC_LEVEL_MUST:
      return _("Must be fixed");
    case ZC_LEVEL_SHOULD:
      return _("Should be looked at");
    case ZC_LEVEL_NOTE:
      return _("Note");
    }
  return "";
}

const char *
zc_words_carrier (ZcCarrier carrier)
{
  switch (carrier)
    {
    case ZC_CARRIER_PAPER:
      return _("Paper");
    case ZC_CARRIER_DISC:
      return _("Disc");
    case ZC_CARRIER_MAIL:
      return _("Mail");
    case ZC_CARRIER_ONSITE:
      return _("On site");
    }
  return "";
}

static int
days_left (const char *due)
{
  g_autofree char *today = zc_clock_today ();

  return (int) zc_date_to_days (due) - (int) zc_date_to_days (today);
}

gboolean
zc_words_due_passed (const char *due)
{
  return due && zc_date_to_days (due) > 0 && days_left (due) < 0;
}

char *
zc_words_due (const char *due)
{
  g_autofree char *day = NULL;
  int left;

  if (!due || zc_date_to_days (due) == 0)
    return g_strdup ("");
  day = zc_date_display (due);
  left = days_left (due);
  if (left == 0)
    return g_strdup_printf (_("%s, today is the last day"), day);
  if (left > 0)
    return g_strdup_printf (ngettext ("%s, %d day left", "%s, %d days left", (gulong) left), day, left);
  return g_strdup_printf (ngettext ("%s, ended %d day ago", "%s, ended %d days ago", (gulong) -left), day, -left);
}

char *
zc_words_time (const char *time)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (time, NULL);
  g_autoptr (GDateTime) local = at ? g_date_time_to_local (at) : NULL;

  /* Translators: for g_date_time_format(): a day and a time of day */
  return local ? g_date_time_format (local, _("%Y-%m-%d %H:%M")) : g_strdup (time);
}

char *
zc_words_example (const ZcField *field)
{
  g_autofree char *kept = NULL;

  if (*field->example)
    kept = zc_field_check (field, field->example, NULL);
  else if (field->type == ZC_VALUE_DATE && !field->select)
    kept = zc_clock_today ();
  return kept ? zc_field_display (field, kept) : g_strdup ("");
}

void
zc_words_keep_days_whole (GtkLabel *label)
{
  static GRegex *day = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (PangoAttrList) whole = NULL;

  if (g_once_init_enter (&day))
    g_once_init_leave (&day, g_regex_new ("[0-9]+年[0-9]+月[0-9]+日", G_REGEX_OPTIMIZE, 0, NULL));
  for (g_regex_match (day, gtk_label_get_text (label), 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      PangoAttribute *together = pango_attr_allow_breaks_new (FALSE);
      int start, end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      together->start_index = (guint) start;
      together->end_index = (guint) end;
      if (!whole)
        whole = pango_attr_list_new ();
      pango_attr_list_insert (whole, together);
    }
  gtk_label_set_attributes (label, whole);
}

const char *
zc_words_confidence_tag (ZcConfidence confidence)
{
  switch (confidence)
    {
    case ZC_CONFIDENCE_NOTICE:
      return "";
    case ZC_CONFIDENCE_FORM:
      return _("from a public form");
    case ZC_CONFIDENCE_RECALLED:
      return _("to be checked against the official copy");
    case ZC_CONFIDENCE_DERIVED:
      return _("derived from the notice");
    }
  return "";
}
