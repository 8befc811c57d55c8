/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zc-cli.h"

#include <glib-unix.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* In the order of the work, as the help lists them. */
static const ZcCommand commands[] = {
  { "schemes", "", N_("List the schemes that can be used"), zc_command_schemes },
  { "scheme", N_("show ID | check FILE | new FILE | import FILE | apply FILE.zicha SCHEME.xml|OVERLAY.xml"),
    N_("Print, check, start or import a scheme, or give it to a self-check that is begun"), zc_command_scheme },
  { "new", N_("FILE.zicha --scheme ID|FILE.xml [--overlay FILE.xml] [--from LAST.zicha]"), N_("Start a self-check"), zc_command_new },
  { "carried", N_("FILE"), N_("List what was taken over and needs a look"), zc_command_carried },
  { "set", N_("FILE ID VALUE | FILE --from LIST"), N_("State one answer or fact, or many from a list"), zc_command_set },
  { "get", N_("FILE ID"), N_("Print what is stated"), zc_command_get },
  { "note", N_("FILE ITEM TEXT"), N_("Write an item's note"), zc_command_note },
  { "undo", N_("FILE"), N_("Take the last step back"), zc_command_undo },
  { "redo", N_("FILE"), N_("Do the step that was taken back again"), zc_command_redo },
  { "history", N_("FILE"), N_("List the steps"), zc_command_history },
  { "ledger", N_("FILE LEDGER import|export CSV [--dry-run]"), N_("Rows of a ledger in bulk"), zc_command_ledger },
  { "attach", N_("FILE ITEM PATH…"), N_("Attach evidence to an item"), zc_command_attach },
  { "evidence", N_("FILE [--check]"), N_("List the evidence, or check that every file is whole"), zc_command_evidence },
  { "detach", N_("FILE EVIDENCE [ITEM]"), N_("Take evidence away"), zc_command_detach },
  { "export", N_("FILE [-o record.xml]"), N_("Write the record as XML"), zc_command_export },
  { "import", N_("FILE record.xml [--evidence DIR]"), N_("Take over a record"), zc_command_import },
  { "status", N_("FILE"), N_("Show progress and state"), zc_command_status },
  { "preflight", N_("FILE"), N_("List what must be fixed before sealing"), zc_command_preflight },
  { "report", N_("FILE -o DIR [--format pdf,docx] [--coverage]"), N_("Write all documents"), zc_command_report },
  { "seal", N_("FILE"), N_("Freeze the record and print its seal code"), zc_command_seal },
  { "unseal", N_("FILE --reason TEXT"), N_("Make a sealed record a draft again"), zc_command_unseal },
  { "code", N_("FILE"), N_("Print the seal code"), zc_command_code },
  { "pack", N_("FILE -o X.zcp --to CERT.pem… | --passphrase-file F | --new-passphrase-file F [--suite national|international]"),
    N_("Write the encrypted package"), zc_command_pack },
  { "disc", N_("image X.zcp -o D.iso | drives | burn X.zcp|D.iso --drive D | verify D…"),
    N_("Write and check the optical disc"), zc_command_disc },
  { "verify", N_("X.zcp|D.iso… --key KEY.pem | --passphrase-file F [--code CODE]"),
    N_("Office: is it whole, and is it this paper's?"), zc_command_verify },
  { "open", N_("X.zcp|D.iso… --key KEY.pem | --passphrase-file F -o DIR"), N_("Office: verify and unpack"), zc_command_open },
  { "keygen", N_("--office NAME -o DIR [--suite national|international]"), N_("Office: make a key and its certificate"),
    zc_command_keygen },
  { "fonts", "", N_("Say which fonts the documents are set in"), zc_command_fonts },
};

static void
print_usage (FILE *stream)
{
  fprintf (stream, _("Usage: zicha COMMAND …\n\nCommands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-10s %s\n", commands[i].name, _(commands[i].summary));
  fprintf (stream, _("\nOptions of every command: --json --quiet --help\n"
                     "Exit status: 0 done; 1 the answer is no; 2 wrong use; 3 bad input or file;\n"
                     "4 wrong key or passphrase; 5 cannot read or write; 130 cancelled\n"));
}

static void
show_progress (const char *phase, guint64 done, guint64 total, gpointer data)
{
  if (total > 0)
    fprintf (stderr, "\r%s %3u %%\033[K", phase, (guint) (done * 100 / total));
  else
    fprintf (stderr, "\r%s …\033[K", phase);
  if (total > 0 && done >= total)
    fputc ('\n', stderr);
}

static gboolean
on_interrupt (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

/* Commands run in the main thread without a main loop; signals are served in a small thread of their own. */
static gpointer
serve_signals (gpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GSource) source = g_unix_signal_source_new (signals[i]);

      g_source_set_callback (source, on_interrupt, data, NULL);
      g_source_attach (source, context);
    }
  while (TRUE)
    g_main_context_iteration (context, TRUE);
  return NULL;
}

static const ZcCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static int
report_error (const GError *error)
{
  g_autofree char *line = g_strconcat ("zicha: ", error->message, NULL);

  zc_cli_print_visible (stderr, line);
  return zc_error_exit_code (error);
}

static int
run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  ZcCli cli = { .progress = { .cancellable = cancellable } };
  const ZcCommand *command = find_command (argv[1]);
  int status;

  if (!command)
    {
      zc_fail (&error, ZC_ERROR_USAGE, _("There is no command “%s”. See: zicha --help"), argv[1]);
      return report_error (error);
    }
  if (isatty (STDERR_FILENO))
    cli.progress.func = show_progress;
  g_thread_unref (g_thread_new ("signals", serve_signals, cancellable));
  status = command->func (&cli, command, argc - 1, argv + 1, &error);
  return error ? report_error (error) : status;
}

/* Keys and passphrases must not end up in a core dump or in another process's hands. */
static void
keep_secrets_in (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0);
  /* A file size limit shows as an error of write(), as a full disk does. */
  signal (SIGXFSZ, SIG_IGN);
}

/* Where no language is set (a fresh system, a script, a rescue shell) the characters are plain ASCII, and a Chinese name
 * among the options would be refused. What is typed there is UTF-8 all the same; every Debian has this locale. */
static void
take_locale (void)
{
  setlocale (LC_ALL, "");
  if (strcmp (nl_langinfo (CODESET), "ANSI_X3.4-1968") == 0)
    setlocale (LC_CTYPE, "C.UTF-8");
}

int
main (int argc, char *argv[])
{
  take_locale ();
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("ZICHA_LOCALEDIR") ? g_getenv ("ZICHA_LOCALEDIR") : ZC_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  keep_secrets_in ();

  if (argc < 2)
    {
      print_usage (stderr);
      return 2;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0)
    {
      print_usage (stdout);
      return 0;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      puts ("zicha " ZC_VERSION);
      return 0;
    }
  return run (argc, argv);
}
