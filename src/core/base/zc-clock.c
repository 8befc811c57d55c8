/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zc-clock.h"

static GMutex lock;
static GDateTime *fixed;

static GDateTime *
fixed_by_environment (void)
{
  const char *text = g_getenv ("ZICHA_CLOCK");

  return text ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}

GDateTime *
zc_clock_now (void)
{
  GDateTime *now = NULL;

  g_mutex_lock (&lock);
  if (fixed)
    now = g_date_time_ref (fixed);
  g_mutex_unlock (&lock);

  if (!now)
    now = fixed_by_environment ();
  return now ? now : g_date_time_new_now_local ();
}

void
zc_clock_set (GDateTime *now)
{
  g_mutex_lock (&lock);
  g_clear_pointer (&fixed, g_date_time_unref);
  if (now)
    fixed = g_date_time_ref (now);
  g_mutex_unlock (&lock);
}

char *
zc_clock_now_string (void)
{
  g_autoptr (GDateTime) now = zc_clock_now ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%S%:z");
}

char *
zc_clock_today (void)
{
  g_autoptr (GDateTime) now = zc_clock_now ();

  return g_date_time_format (now, "%Y-%m-%d");
}
