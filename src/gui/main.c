/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-application.h"

#include <libintl.h>
#include <locale.h>
#include <sys/resource.h>

int
main (int argc, char *argv[])
{
  g_autoptr (ZcApplication) application = NULL;
  const struct rlimit none = { 0, 0 };
  const char *localedir = g_getenv ("ZICHA_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir ? localedir : ZC_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* Passphrases and answers must not end up in a core dump. */
  setrlimit (RLIMIT_CORE, &none);
  g_set_application_name (gettext ("Zicha"));
  application = zc_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
