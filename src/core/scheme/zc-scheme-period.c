/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-text.h"
#include "scheme/zc-scheme.h"

#include <stdlib.h>
#include <string.h>

/* @date so many years later; the 29th of February becomes the 28th where there is none. Returns: (transfer full) */
static char *
add_years (const char *date, int years)
{
  g_autofree char *moved = g_strdup_printf ("%04d%s", atoi (date) + years, date + 4);

  return zc_date_to_days (moved) ? g_steal_pointer (&moved) : g_strdup_printf ("%04d-02-28", atoi (date) + years);
}

/* A notice that comes back every year names the dates of its first; the period is the first that does not end before
 * today. */
static void
yearly (const ZcScheme *self, const char *today, char **from, char **to)
{
  int years = MAX (atoi (today) - atoi (self->period_to), 0);
  g_autofree char *end = add_years (self->period_to, years);

  if (years > 0 && strcmp (end, today) < 0)
    years++;
  *from = add_years (self->period_from, years);
  *to = add_years (self->period_to, years);
}

void
zc_scheme_period (const ZcScheme *self, const char *today, char **from, char **to)
{
  gboolean stated = self->period_from && self->period_to;
  gboolean late;

  g_return_if_fail (zc_date_to_days (today) != 0);

  *from = *to = NULL;
  if (stated && self->period == ZC_PERIOD_YEARLY)
    yearly (self, today, from, to);
  else if (self->period == ZC_PERIOD_ONCE || (stated && strcmp (today, self->period_to) <= 0))
    {
      *from = g_strdup (self->period_from);
      *to = g_strdup (self->period_to);
    }
  else
    {
      late = self->period == ZC_PERIOD_HALF_YEARLY && strcmp (today + 5, "07") >= 0;
      *from = g_strdup_printf ("%.4s-%s", today, late ? "07-01" : "01-01");
      *to = g_strdup_printf ("%.4s-%s", today, self->period == ZC_PERIOD_HALF_YEARLY && !late ? "06-30" : "12-31");
    }
}
