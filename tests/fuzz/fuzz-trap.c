/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GLib ends a program by SIGTRAP, of which libFuzzer knows nothing: the input would be lost. */
#include <signal.h>
#include <stdlib.h>

static void
on_trap (int number)
{
  abort ();
}

__attribute__ ((constructor)) static void
watch_for_traps (void)
{
  signal (SIGTRAP, on_trap);
}
