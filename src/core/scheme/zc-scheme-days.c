/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"
#include "scheme/zc-scheme-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* Days of the notice: the calendar of working days, and days that are written relative to the period. */

/* A rest of more days than this is a slip of the year; more of them than that is no calendar. */
#define MOST_DAYS 31u
#define MOST_REST_DAYS 1000u

/* 9999-12-31: dates are written with four digits of a year. */
#define LAST_DAY 3652059u

/* Working days */

static gboolean
has_day (const GArray *days, guint day)
{
  for (guint i = 0; i < days->len; i++)
    if (g_array_index (days, guint, i) == day)
      return TRUE;
  return FALSE;
}

gboolean
zc_scheme_is_workday (const ZcScheme *self, guint day)
{
  gboolean weekend = day % 7 == 6 || day % 7 == 0; /* Julian day 1 is a Monday */

  return weekend ? has_day (self->work_days, day) : !has_day (self->rest_days, day);
}

static void
load_days (GArray *into, const xmlNode *node, gboolean weekend, ZcFaults *faults)
{
  g_autofree char *from = zc_load_date (node, "from", faults);
  g_autofree char *to = zc_load_date (node, "to", faults);
  guint first = from ? zc_date_to_days (from) : 0, last = to ? zc_date_to_days (to) : first;

  if (first == 0 || last == 0)
    return;
  if (last < first || last - first >= MOST_DAYS)
    {
      zc_faults_add (faults, node, _("This <%s> is from %s to %s. Write the first and the last day, at most %u days."), node->name, from,
                     to, MOST_DAYS);
      return;
    }
  if (into->len >= MOST_REST_DAYS)
    {
      zc_faults_add (faults, node, _("There are more than %u days in <workdays>. Keep those around the notice’s own days."), MOST_REST_DAYS);
      return;
    }
  for (guint day = first; day <= last; day++)
    if ((day % 7 == 6 || day % 7 == 0) == weekend && !has_day (into, day))
      g_array_append_val (into, day);
  if (weekend && first == last && !has_day (into, first))
    zc_faults_add (faults, node, _("%s is no Saturday or Sunday, so it is a working day already. Check the date."), from);
}

void
zc_load_workdays (ZcScheme *self, const xmlNode *parent, ZcFaults *faults)
{
  for (const xmlNode *node = zc_xml_first (parent, "rest"); node && faults->list->len < ZC_SCHEME_MAX_FAULTS; node = zc_xml_next (node, "rest"))
    load_days (self->rest_days, node, FALSE, faults);
  for (const xmlNode *node = zc_xml_first (parent, "work"); node && faults->list->len < ZC_SCHEME_MAX_FAULTS; node = zc_xml_next (node, "work"))
    load_days (self->work_days, node, TRUE, faults);
}

/* Days relative to the period: "period.to", "period.to+15", "period.to-5w", "year.to" */

typedef struct
{
  gboolean year; /* of the calendar year in which the period ends */
  gboolean end;
  int days;
  gboolean working;
} Rule;

static gboolean
parse_rule (const char *text, Rule *rule)
{
  const char *at;

  *rule = (Rule){ .year = g_str_has_prefix (text, "year."), .end = FALSE };
  at = rule->year ? text + 5 : g_str_has_prefix (text, "period.") ? text + 7 : NULL;
  if (!at)
    return FALSE;
  rule->end = g_str_has_prefix (at, "to");
  at += rule->end ? 2 : 4;
  rule->days = atoi (at);
  rule->working = g_str_has_suffix (at, "w");
  return TRUE;
}

gboolean
zc_day_is_relative (const char *written)
{
  Rule rule;

  return written && parse_rule (written, &rule);
}

char *
zc_day_words (const char *written)
{
  Rule rule;
  const char *anchor, *unit;

  if (!parse_rule (written, &rule))
    return zc_date_display (written);
  anchor = rule.year ? (rule.end ? "当年年底" : "当年年初") : rule.end ? "自查期间结束" : "自查期间开始";
  unit = rule.working ? "个工作日" : "日";
  if (rule.days == 0)
    return g_strconcat (anchor, rule.year ? "" : "之日", NULL);
  return g_strdup_printf ("%s%s%d%s", anchor, rule.days > 0 ? "后" : "前", ABS (rule.days), unit);
}

static guint
anchor_of (const Rule *rule, const char *from, const char *to)
{
  g_autofree char *year = NULL;

  if (!rule->year)
    return zc_date_to_days (rule->end ? to : from);
  year = g_strdup_printf ("%.4s-%s", to, rule->end ? "12-31" : "01-01");
  return zc_date_to_days (year);
}

/* Returns: (transfer full) (nullable): NULL for a day that no calendar has */
static char *
date_of (gint64 day)
{
  return day >= 1 && day <= LAST_DAY ? zc_date_from_days ((guint) day) : NULL;
}

static gint64
workdays_from (const ZcScheme *self, gint64 day, int n)
{
  for (int left = ABS (n); left > 0 && day >= 1;)
    {
      day += n > 0 ? 1 : -1;
      left -= zc_scheme_is_workday (self, (guint) day);
    }
  return day;
}

char *
zc_scheme_day (const ZcScheme *self, const char *written, const char *from, const char *to)
{
  Rule rule;
  gint64 day;

  if (!written || !parse_rule (written, &rule))
    return g_strdup (written);
  if (!from || !to || zc_date_to_days (from) == 0 || zc_date_to_days (to) == 0)
    {
      from = self->period_from;
      to = self->period_to;
    }
  if (!from || !to)
    return NULL;
  day = anchor_of (&rule, from, to);
  return date_of (rule.working ? workdays_from (self, day, rule.days) : day + rule.days);
}

char *
zc_scheme_plan (const ZcScheme *self, const char *due, gboolean before)
{
  gint64 day = due ? zc_date_to_days (due) : 0;

  if (day == 0)
    return NULL;
  if (before)
    day--;
  while (day >= 1 && !zc_scheme_is_workday (self, (guint) day))
    day--;
  return date_of (day);
}

/* The lists for one period */

void
zc_delivery_free (ZcDelivery *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self->clause);
  g_free (self->document);
  g_free (self->item);
  g_free (self->to);
  g_free (self->written);
  g_free (self->due);
  g_free (self->plan);
  g_free (self);
}

void
zc_stage_free (ZcStage *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self->clause);
  g_free (self->written_from);
  g_free (self->written_to);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

GPtrArray *
zc_scheme_deliveries (const ZcScheme *self, const char *from, const char *to)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_delivery_free);

  for (guint i = 0; i < self->deliveries->len; i++)
    {
      const ZcDelivery *given = self->deliveries->pdata[i];
      ZcDelivery *delivery = g_memdup2 (given, sizeof *given);

      delivery->id = g_strdup (given->id);
      delivery->label = g_strdup (given->label);
      delivery->clause = g_strdup (given->clause);
      delivery->document = g_strdup (given->document);
      delivery->item = g_strdup (given->item);
      delivery->to = g_strdup (given->to);
      delivery->written = g_strdup (given->written);
      delivery->due = zc_scheme_day (self, given->written, from, to);
      delivery->plan = zc_scheme_plan (self, delivery->due, given->before);
      g_ptr_array_add (list, delivery);
    }
  return list;
}

GPtrArray *
zc_scheme_stages (const ZcScheme *self, const char *from, const char *to)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_stage_free);

  for (guint i = 0; i < self->stages->len; i++)
    {
      const ZcStage *given = self->stages->pdata[i];
      ZcStage *stage = g_memdup2 (given, sizeof *given);

      stage->id = g_strdup (given->id);
      stage->label = g_strdup (given->label);
      stage->clause = g_strdup (given->clause);
      stage->written_from = g_strdup (given->written_from);
      stage->written_to = g_strdup (given->written_to);
      stage->from = zc_scheme_day (self, given->written_from, from, to);
      stage->to = zc_scheme_day (self, given->written_to, from, to);
      g_ptr_array_add (list, stage);
    }
  return list;
}

char *
zc_scheme_due (const ZcScheme *self, const char *from, const char *to)
{
  g_autoptr (GPtrArray) deliveries = zc_scheme_deliveries (self, from, to);
  const char *first = NULL;

  for (guint i = 0; i < deliveries->len; i++)
    {
      const ZcDelivery *delivery = deliveries->pdata[i];

      if (delivery->due && (!first || strcmp (delivery->due, first) < 0))
        first = delivery->due;
    }
  return g_strdup (first);
}

/* What a day relative to the period needs */

static void
check_relative (const ZcScheme *self, const xmlNode *node, const char *attribute, ZcFaults *faults)
{
  g_autofree char *written = zc_xml_attribute (node, attribute);

  if (!zc_day_is_relative (written))
    return;
  if (self->period == ZC_PERIOD_ONCE && !(self->period_from && self->period_to))
    zc_faults_add (faults, node, _("%s=\"%s\" is relative to the period, but <period> names no days. Give it from and to, or write a date."),
                   attribute, written);
  else if (!zc_scheme_find_fact (self, "period.from") || !zc_scheme_find_fact (self, "period.to"))
    zc_faults_add (faults, node, _("%s=\"%s\" is relative to the period, which the unit is not asked for. Add <use fact=\"period.from\"/> and "
                                   "<use fact=\"period.to\"/> to <facts>."),
                   attribute, written);
}

/* Whether a stage ends before it starts may depend on the period; any period of its kind will tell. */
static void
check_order (const ZcScheme *self, const xmlNode *node, ZcFaults *faults)
{
  g_autofree char *written_from = zc_xml_attribute (node, "from");
  g_autofree char *written_to = zc_xml_attribute (node, "to");
  g_autofree char *from = NULL, *to = NULL;

  if (!zc_day_is_relative (written_from) || !zc_day_is_relative (written_to))
    return;
  from = zc_scheme_day (self, written_from, "2023-01-01", self->period == ZC_PERIOD_HALF_YEARLY ? "2023-06-30" : "2023-12-31");
  to = zc_scheme_day (self, written_to, "2023-01-01", self->period == ZC_PERIOD_HALF_YEARLY ? "2023-06-30" : "2023-12-31");
  if (from && to && strcmp (from, to) > 0)
    zc_faults_add (faults, node, _("This <%s> ends (%s) before it starts (%s). Swap the dates."), node->name, written_to, written_from);
}

void
zc_days_check (const ZcScheme *self, const xmlNode *root, ZcFaults *faults)
{
  const xmlNode *stages = zc_xml_first (root, "stages"), *handin = zc_xml_first (root, "handin");

  for (const xmlNode *node = zc_xml_first (stages, "stage"); node; node = zc_xml_next (node, "stage"))
    {
      check_relative (self, node, "from", faults);
      check_relative (self, node, "to", faults);
      check_order (self, node, faults);
    }
  for (const xmlNode *node = zc_xml_first (handin, "deliver"); node; node = zc_xml_next (node, "deliver"))
    check_relative (self, node, "due", faults);
}
