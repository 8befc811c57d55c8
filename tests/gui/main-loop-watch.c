/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "main-loop-watch.h"

#include <gtk/gtk.h>
#include <time.h>

static struct
{
  GPollFunc poll;
  guint widgets;
  guint64 (*func) (gpointer data);
  gpointer data;
  gboolean in_turn; /* the loop has waited since the last reset */
  MainLoopTurn begun;
  MainLoopTurn worst;
  GArray *cpu; /* gint64, of each turn */
} watch;

static gint64
cpu_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static MainLoopTurn
now (void)
{
  gint64 time = g_get_monotonic_time ();

  return (MainLoopTurn){ time, time, cpu_now (), watch.widgets, watch.func ? watch.func (watch.data) : 0 };
}

static void
end_turn (void)
{
  MainLoopTurn end = now ();
  gint64 cpu = end.cpu_us - watch.begun.cpu_us;

  if (cpu > watch.worst.cpu_us)
    watch.worst.at_us = watch.begun.at_us;
  watch.worst.wall_us = MAX (watch.worst.wall_us, end.wall_us - watch.begun.wall_us);
  watch.worst.cpu_us = MAX (watch.worst.cpu_us, cpu);
  watch.worst.widgets = MAX (watch.worst.widgets, end.widgets - watch.begun.widgets);
  watch.worst.work = MAX (watch.worst.work, end.work - watch.begun.work);
  g_array_append_val (watch.cpu, cpu);
}

/* A main loop inside another one waits here, too: what is before and after it are two turns. */
static int
on_poll (GPollFD *fds, guint n_fds, int timeout)
{
  int ready;

  if (watch.in_turn)
    end_turn ();
  ready = watch.poll (fds, n_fds, timeout);
  watch.in_turn = TRUE;
  watch.begun = now ();
  return ready;
}

static gboolean
on_realized (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  watch.widgets++;
  return TRUE;
}

void
main_loop_watch_start (void)
{
  g_return_if_fail (!watch.poll);

  watch.cpu = g_array_new (FALSE, FALSE, sizeof (gint64));
  watch.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, on_poll);
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET)); /* makes its signals */
  g_signal_add_emission_hook (g_signal_lookup ("realize", GTK_TYPE_WIDGET), 0, on_realized, NULL, NULL);
}

void
main_loop_watch_count (guint64 (*func) (gpointer data), gpointer data)
{
  watch.func = func;
  watch.data = data;
  main_loop_watch_reset ();
}

void
main_loop_watch_reset (void)
{
  watch.in_turn = FALSE;
  watch.worst = (MainLoopTurn){ 0 };
  g_array_set_size (watch.cpu, 0);
}

MainLoopTurn
main_loop_watch_worst (void)
{
  return watch.worst;
}

guint
main_loop_watch_long (gint64 us)
{
  guint n = 0;

  for (guint i = 0; i < watch.cpu->len; i++)
    n += g_array_index (watch.cpu, gint64, i) > us;
  return n;
}
