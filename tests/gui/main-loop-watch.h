/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Watches how much is done in one turn of the main loop, between waiting for something to happen and waiting again: that
 * long the window answers nobody. Time is for benchmarks and for people. Tests ask how much was done, which is the same on
 * every machine: how many widgets were brought onto the screen, and what is counted by main_loop_watch_count().
 */

typedef struct
{
  gint64 at_us;   /* when the longest one began, as `perf record -k CLOCK_MONOTONIC` has it */
  gint64 wall_us; /* on a shared machine this is of the others, too */
  gint64 cpu_us;  /* of the main thread */
  guint widgets;  /* that were realized */
  guint64 work;   /* of main_loop_watch_count() */
} MainLoopTurn;

/** main_loop_watch_start: begins to watch the default main context; after GTK was initialized. */
void main_loop_watch_start (void);
/** main_loop_watch_count: @func says a count that only grows, such as zc_inspection_data_version(); NULL: none any more. */
void main_loop_watch_count (guint64 (*func) (gpointer data), gpointer data);
/** main_loop_watch_reset: forgets what was before. */
void main_loop_watch_reset (void);
/** main_loop_watch_worst: Returns: each the most in any turn since the last reset; not all of the same turn. */
MainLoopTurn main_loop_watch_worst (void);
/** main_loop_watch_long: Returns: how many turns since the last reset took the main thread longer than @us. */
guint main_loop_watch_long (gint64 us);

G_END_DECLS
